"""Hostile and clumsy hand-ins, graded as everybody's are: each states what comes of it.

A situation is a folder of tests/grader/submissions with the files that are handed in and
outcome.yaml, whose keys the README there explains. A new situation is tested by being there.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from grader.border import plain
from grader.border.library_view import library_view
from grader.border.plain import PlainSandbox
from grader.border.proof import prove, sandbox_of
from grader.border.sandbox import Session
from grader.checking import task_of
from grader.course.answering import solve
from grader.course.case import hidden_cases
from grader.course.course import load_course
from grader.course.exercise import Limits
from grader.errors import MachineError
from grader.grading import MAX_TIME_OUTS, Task, Trial, grade
from grader.reading import read_submission
from grader.results import ORDER, PASSED, ExerciseResult
from grader.submission import Source, Submission
from grader.submitted import Submitted

SUBMISSIONS = Path(__file__).with_name("submissions")
SITUATIONS = sorted(path.parent.name for path in SUBMISSIONS.glob("*/outcome.yaml"))
ROOT = Path(__file__).parents[2]
COURSE = load_course(ROOT)
HONEST = "conv_output_size"

LEVELS = ("none", "strong", "full")  # each comes out as the one before it, if nothing is stated
OUTCOMES = ("prevented", "detected", "not prevented", "harmless")
POINTS = ("full", "partial", "zero")
KEYS = {"outcome", "verdict", "points", "message", "leaves", "note"}

# What ends by the clock ends soon; all else has time, so that a busy machine fails no test.
HURRIED = Limits(seconds=0.35, import_seconds=0.7)
PATIENT = Limits(seconds=10, import_seconds=20)
START_SECONDS = 1.5  # for each process, on a busy machine
SECRET = "canary-of-the-grader"


@dataclass(frozen=True)
class Situation:
    """What a folder says."""

    exercises: tuple[str, ...]
    kind: str
    needs: str
    levels: dict[str, dict[str, Any]]

    def at(self, level: str) -> dict[str, Any]:
        """Return what is stated of a level, or of the strongest one below it."""
        below = LEVELS[: LEVELS.index(level) + 1]
        return next(self.levels[name] for name in reversed(below) if name in self.levels)


def situation(name: str) -> Situation:
    fields = yaml.safe_load((SUBMISSIONS / name / "outcome.yaml").read_text(encoding="utf-8"))
    exercise, kind, needs = fields.pop("exercise"), fields.pop("kind"), fields.pop("needs", "")
    exercises = (exercise,) if isinstance(exercise, str) else tuple(exercise)
    return Situation(exercises, kind, needs, fields)


def machine_has(need: str) -> bool:
    """Return whether the situation can arise here."""
    yama = Path("/proc/sys/kernel/yama/ptrace_scope")
    linux = sys.platform == "linux"
    return {
        "": True,
        "posix": os.name == "posix",
        "linux": linux,
        "ptrace": linux and (not yama.is_file() or yama.read_text().strip() == "0"),
    }[need]


@cache
def task(name: str, limits: Limits) -> Task:
    """Return an exercise with one public case of two groups, and a hidden one."""
    whole = task_of(COURSE, replace(COURSE.exercise(name), limits=limits))
    one_of_each = {solved.case.group: solved for solved in reversed(whole.cases)}
    lecture, generated, *_ = sorted(one_of_each.values(), key=whole.cases.index)
    hidden = solve(whole.exercise, hidden_cases(whole.exercise, seed=7)[-1:])
    return replace(whole, cases=(lecture, generated, *hidden))


class Watched:
    """The sandbox of a level; remembers what it started."""

    def __init__(self, level: str = "none") -> None:
        self.level = level
        self.sandbox = sandbox_of(level)
        self.sessions: list[Session] = []

    def start(self, libraries: tuple[str, ...]) -> Session:
        self.sessions.append(self.sandbox.start(libraries))
        return self.sessions[-1]

    def close(self) -> None:
        self.sandbox.close()


@dataclass(frozen=True)
class Before:
    """What is the same after a submission as before it."""

    ours: dict[str, object]
    entries: set[Path]
    processes: set[int]


@dataclass(frozen=True)
class Ground:
    """Where all sessions of these tests have their folders, and the libraries that they share."""

    folders: Path
    cache: Path
    others: frozenset[str]  # processes that were there before

    def entries(self) -> set[Path]:
        return {*self.folders.iterdir(), *self.cache.glob("gradecheck/libraries/*/*")}

    def processes(self) -> set[int]:
        """Return the living processes that began in one of the folders (nothing but on Linux)."""
        return {int(path.name) for path in Path("/proc").glob("[0-9]*") if self._began_here(path)}

    def _began_here(self, process: Path) -> bool:
        with contextlib.suppress(OSError):
            at_home = f"HOME={self.folders}/".encode() in (process / "environ").read_bytes()
            zygote = b"\0--zygote\0" in (process / "cmdline").read_bytes()
            here = os.readlink(process / "cwd").startswith(f"{self.folders}/")
            is_new = zygote and process.name not in self.others
            return at_home or here or (is_new and not is_of_a_sibling(process))
        return False


def is_of_a_sibling(process: Path) -> bool:
    """Return whether another child of our parent began it: tests run in several processes."""
    us, parent = str(os.getpid()), str(os.getppid())
    while process.name not in (us, parent, "1", "0"):
        process = process.with_name((process / "stat").read_text().rpartition(")")[2].split()[1])
    return process.name == parent


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Folders of our own, in which all that is left behind can be seen."""
    others = frozenset(path.name for path in Path("/proc").glob("[0-9]*"))
    folders = tmp_path_factory.mktemp("folders").resolve()
    ground = Ground(folders, tmp_path_factory.mktemp("cache"), others)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(ground.folders))
        patch.setenv("XDG_CACHE_HOME", str(ground.cache))
        patch.setenv("GRADECHECK_CANARY", SECRET)
        for exercise in {exercise for name in SITUATIONS for exercise in situation(name).exercises}:
            library_view(COURSE.exercise(exercise).libraries)  # they stay
        yield ground


@pytest.fixture(scope="module")
def neighbour(ground: Ground) -> Iterator[Submitted]:
    """An honest student, whose one process lives through everything that others do."""
    solution = (COURSE.exercises_folder / HONEST / "solution.py").read_bytes()
    submitted = Submitted(Submission("honest", (Source(f"{HONEST}.py", solution),)), Watched())
    with contextlib.closing(submitted):
        assert_graded_in_full(submitted)
        yield submitted


@pytest.fixture
def before(ground: Ground, neighbour: Submitted) -> Iterator[Before]:
    """What was there before the test; all else is removed after it."""
    before = Before(ours(), ground.entries(), ground.processes())
    yield before
    for process in ground.processes() - before.processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    for path in ground.entries() - before.entries:
        subprocess.run(["rm", "-rf", str(path)], check=True)  # however deep


def ours() -> dict[str, object]:
    """Return what no submission may change: our files, and what our process holds."""
    roots = (COURSE.exercises_folder, ROOT / "reference", Path(np.__file__).parent)
    files = (
        path for root in roots for path in root.rglob("*.*") if "__pycache__" not in path.parts
    )
    return {
        "files": {path: (s.st_size, s.st_mtime_ns) for path in files if (s := path.lstat())},
        "numpy": {name: id(getattr(np, name)) for name in np.__all__},
        "threads": threading.active_count(),
        "descriptors": len(os.listdir("/dev/fd")) if os.path.isdir("/dev/fd") else 0,
    }


def in_words(result: ExerciseResult) -> str:
    """Return "full", "partial" or "zero"."""
    assert result.points is not None, "a submission's doing was taken for our fault"
    if result.points == 0:
        return "zero"
    return "full" if result.points == result.max_points else "partial"


def test_there_are_many_situations() -> None:
    assert len(SITUATIONS) >= 25
    assert {path.name for path in SUBMISSIONS.iterdir() if path.is_dir()} == set(SITUATIONS)


@pytest.mark.parametrize("name", SITUATIONS)
def test_an_outcome_is_stated_in_the_known_words(name: str) -> None:
    stated = situation(name)
    assert stated.kind in ("hostile", "clumsy")
    assert set(stated.exercises) <= set(COURSE.exercise_names)
    assert set(stated.levels) <= set(LEVELS)
    for outcome in stated.levels.values():
        assert KEYS - {"message", "leaves"} <= set(outcome) <= KEYS
        assert outcome["outcome"] in OUTCOMES
        assert outcome["verdict"] in (PASSED, *ORDER)
        assert outcome["points"] in POINTS
        assert outcome["note"].endswith(".")
        assert "leaves" not in outcome or outcome["outcome"] == "not prevented"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", SITUATIONS)
def test_a_situation_comes_out_as_stated(
    name: str, level: str, ground: Ground, before: Before, neighbour: Submitted
) -> None:
    stated = situation(name)
    if not machine_has(stated.needs):
        pytest.skip(f"needs {stated.needs}")
    if not prove(level).attacks:
        pytest.skip(f"{level}: {prove(level).unavailable}")
    expected = stated.at(level)
    limits = HURRIED if expected["verdict"] == "timed_out" else PATIENT
    tasks = tuple(task(exercise, limits) for exercise in stated.exercises)
    sandbox = Watched(level)

    began = time.monotonic()
    *_, result = grade(read_submission(SUBMISSIONS / name), tasks, sandbox)
    seconds = time.monotonic() - began
    sandbox.close()

    messages = "\n".join(case.message for case in result.cases)
    assert (result.verdict, in_words(result)) == (expected["verdict"], expected["points"]), messages
    assert expected.get("message", "") in messages
    assert_fit_to_be_told(tasks[-1], result)
    assert seconds <= (
        limits.import_seconds
        + MAX_TIME_OUTS * limits.seconds
        + START_SECONDS * len(sandbox.sessions)
    )
    assert_left(ground, before, expected.get("leaves", []))
    assert ours() == before.ours
    assert_graded_in_full(neighbour)


def assert_fit_to_be_told(task: Task, result: ExerciseResult) -> None:
    """Messages are short and printable; of hidden cases there is none, of our secrets nothing."""
    hidden = {solved.case.name for solved in task.cases if solved.case.hidden}
    for case in result.cases:
        assert case.message == "" or case.case not in hidden or case.verdict == "skipped"
        assert len(case.message) < 5000
        assert all(c.isprintable() or c in "\n\t" for c in case.message)
        assert SECRET not in case.message


def assert_left(ground: Ground, before: Before, stated: list[str]) -> None:
    """What is left of a graded submission is what its outcome states: mostly nothing."""
    names = sorted(path.name for path in ground.entries() - before.entries)
    patterns = sorted(pattern for pattern in stated if pattern != "process")
    assert len(names) == len(patterns), names
    assert all(map(fnmatch, names, patterns)), names

    until = time.monotonic() + 5  # the kernel takes a moment to end what was killed
    while "process" not in stated and ground.processes() - before.processes:
        assert time.monotonic() < until, "a process is left"
        time.sleep(0.01)
    assert ("process" in stated) == bool(ground.processes() - before.processes)


def assert_graded_in_full(neighbour: Submitted) -> None:
    """The honest student gets full points, in the process that he began in."""
    trial = Trial(neighbour, task(HONEST, PATIENT))
    trial.begin()
    trial.run(hidden=False)
    trial.run(hidden=True)
    result = trial.result()
    assert (result.verdict, in_words(result)) == (PASSED, "full")
    assert len(neighbour.sandbox.sessions) == 1


def test_a_file_name_that_steers_a_terminal_is_shown_as_codes(before: Before) -> None:
    source = Source("\x1b[2J.py", b"def conv_output_size(:\n")
    (result,) = grade(Submission("student", (source,)), (task(HONEST, PATIENT),), PlainSandbox())
    assert result.verdict == "raised"
    assert r"\x1b[2J.py" in result.cases[0].message
    assert "\x1b" not in result.cases[0].message


def test_a_child_that_does_not_start_is_no_fault_of_the_student(
    ground: Ground, before: Before, neighbour: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "BOOT", "/there/is/no/such/file.py")
    with pytest.raises(MachineError, match="did not start"):
        list(grade(neighbour.submission, (task(HONEST, PATIENT),), PlainSandbox()))
    assert_left(ground, before, [])


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the folder may stay")
@pytest.mark.parametrize("level", LEVELS)
def test_a_grader_that_is_killed_leaves_no_process_and_no_folder(
    level: str, ground: Ground, before: Before
) -> None:
    if not prove(level).attacks:
        pytest.skip(f"{level}: {prove(level).unavailable}")
    lines = (
        "import time; from grader.border.proof import sandbox_of; sandbox = sandbox_of('LEVEL')",
        "session = sandbox.start(('numpy',)); session.write_files({'a.py': b'pass'})",
        "print(session.load({'file': 'a.py', 'entry_point': 'f', 'harness': None,"
        " 'memory_mib': 512, 'draws': False}, 10), flush=True); time.sleep(60)",
    )
    command = [sys.executable, "-c", "\n".join(lines).replace("LEVEL", level)]
    environment = {**os.environ, "TMPDIR": str(ground.folders)}
    for _ in range(10):  # the guard and its child race to see it
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=ROOT) as ours:
            assert ours.stdout is not None
            assert b"AttributeError" in ours.stdout.readline()
            ours.kill()
    until = time.monotonic() + 5
    while ground.entries() - before.entries or ground.processes() - before.processes:
        assert time.monotonic() < until, "something is left"
        time.sleep(0.01)
