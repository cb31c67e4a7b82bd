"""What several tests share: the course, copies of it to spoil, and the command line as typed."""

import gc
import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result

from grader.cli import main
from grader.course.course import Course, load_course

ROOT = Path(__file__).parents[1]
pytest_plugins = ["proofs"]  # tests/reference/proofs.py
# To compile makes objects by the million, nearly all of which go by themselves: to look for garbage
# among them as often as Python does takes a fifth of the time.
gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def course() -> Course:
    """The course of this repository."""
    return load_course(ROOT)


@pytest.fixture
def copied_course(tmp_path: Path) -> Callable[..., Path]:
    """A function that makes a course of copies of some exercises, which a test may spoil."""

    def copy(*exercises: str) -> Path:
        folder = tmp_path / "course"
        for name in exercises:
            shutil.copytree(ROOT / "exercises" / name, folder / "exercises" / name)
        points = ", ".join(f"{name}: 2" for name in exercises)
        assignments = f"a1: {{title: Copies, exercises: {{{points}}}}}"
        text = f"course: A course of copies\nassignments:\n  {assignments}\n"
        (folder / "assignments.yaml").write_text(text, encoding="utf-8")
        return folder

    return copy


@pytest.fixture
def eager_threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Work of any size is shared among threads; a test in which none was fails."""
    from reference import threads

    opened = []
    open_pool = threads._open_pool
    monkeypatch.setattr(threads, "LEAST_NANOSECONDS", 1e-9)
    monkeypatch.setattr(threads, "_open_pool", lambda size: opened.append(True) or open_pool(size))
    yield
    assert opened


class _Grade:
    """`grade`, for click's runner: exceptions become text and exit code, as in a shell."""

    name = "grade"

    def main(self, args: tuple[str, ...], prog_name: str) -> None:
        with patch.object(sys, "argv", [prog_name, *args]):
            main()


@pytest.fixture
def typed() -> Callable[..., Result]:
    """A function that runs a command line in this process, and fails where it would crash."""

    def run(*words: object, **environment: str) -> Result:
        unset = {"GRADE_COURSE": None, "NO_COLOR": None}
        arguments = tuple(str(word) for word in words)
        result = CliRunner().invoke(_Grade(), arguments, env={**unset, **environment})
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-peers",
        action="store_true",
        help="fail where a comparison with PyTorch, SciPy or scikit-learn is skipped",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--require-peers"):
        for peer in ("torch", "scipy", "sklearn"):
            if importlib.util.find_spec(peer) is None:
                raise pytest.UsageError(f"--require-peers: {peer} is not installed")


def pytest_collection_finish() -> None:
    """Leave what is there out of the search for garbage: the tests stay to the end."""
    gc.freeze()
