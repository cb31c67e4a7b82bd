"""The compiler's word on a kernel: beside the hint where it is installed, and else nothing."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from grader import compiling, grading
from grader.border.compiled import in_one_line
from grader.border.proof import prove, sandbox_of
from grader.border.sandbox import Answered
from grader.checking import task_of
from grader.compiling import Word
from grader.course.course import Course, load_course
from grader.grading import grade
from grader.results import ExerciseResult
from grader.submission import Source, Submission
from grader.submitted import Submitted
from grader.verify.checks import findings
from grader.verify.finding import Finding, Material

HEAD = "from numba import cuda, float32\n\n\n"
RIGHT = f"""{HEAD}@cuda.jit
def cuda_map(out, a):
    i = cuda.grid(1)
    if i < out.size:
        out[i] = a[i] + float32(10)
"""
OF_A_CLASS = RIGHT.replace("@cuda", "class Ten:\n    value = 10\n\n\n@cuda").replace(
    "float32(10)", "float32(Ten.value)"
)
OF_A_DEVICE_FUNCTION = RIGHT.replace(
    "@cuda", "@cuda.jit(device=True)\ndef ten(x):\n    return x + float32(10)\n\n\n@cuda"
).replace("a[i] + float32(10)", "ten(a[i])")

installed = pytest.mark.skipif(not compiling.has_compiler(), reason="needs the extra cuda")


def graded(course: Course, code: str, level: str = "none") -> ExerciseResult:
    task = task_of(course, course.exercise("cuda_map"))
    sandbox = sandbox_of(level)
    submission = Submission("student", (Source("answer.py", code.encode()),))
    (result,) = grade(submission, (task,), sandbox)
    sandbox.close()
    return result


@installed
@pytest.mark.parametrize("level", ["none", "strong", "full"])
@pytest.mark.parametrize(
    ("code", "refused"),
    [
        (RIGHT, ""),
        (OF_A_DEVICE_FUNCTION, ""),
        (OF_A_CLASS, "line 12: Untyped global name 'Ten': Cannot determine Numba type of"),
    ],
)
def test_the_compiler_says_what_it_refuses(
    code: str, refused: str, level: str, course: Course
) -> None:
    if not prove(level).attacks:
        pytest.skip(f"{level}: {prove(level).unavailable}")
    result = graded(course, code, level)
    assert (result.verdict, result.points) == ("passed", 1.0)
    assert result.hint.startswith(compiling.NOTE + refused if refused else "")
    assert (compiling.NOTE in result.hint) == bool(refused)


@installed
def test_a_file_beside_a_kernel_is_not_taken_for_a_library(course: Course) -> None:
    task = task_of(course, course.exercise("cuda_map"))
    sources = (Source("cuda_map.py", OF_A_CLASS.encode()), Source("timeit.py", b"raise OSError\n"))
    (result,) = grade(Submission("student", sources), (task,), sandbox_of("none"))
    assert "Untyped global name" in result.hint


@pytest.mark.skipif(compiling.has_compiler(), reason="the extra cuda is installed")
def test_without_the_compiler_nothing_is_said_and_no_process_started(course: Course) -> None:
    assert importlib.util.find_spec("numba_cuda") is None
    started: list[tuple[str, ...]] = []

    class Counting:
        level = "none"
        sandbox = sandbox_of("none")

        def start(self, libraries: tuple[str, ...]) -> Any:
            started.append(libraries)
            return self.sandbox.start(libraries)

        def close(self) -> None:
            self.sandbox.close()

    task = task_of(course, course.exercise("cuda_map"))
    submission = Submission("student", (Source("answer.py", OF_A_CLASS.encode()),))
    (result,) = grade(submission, (task,), Counting())
    assert (result.verdict, result.hint) == ("passed", "")
    assert started == [("numpy", "greenlet")]


def test_what_is_refused_is_told_and_changes_no_points(
    typed: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(grading, "asked", lambda *told: Word(refused="line 7: no"))
    (tmp_path / "cuda_map.py").write_text(RIGHT, encoding="utf-8")
    checked = typed("check", tmp_path / "cuda_map.py")
    assert checked.exit_code == 0
    assert "1 of 1 points" in checked.stdout
    told = " ".join(checked.stdout.split())
    assert f"hint: {compiling.NOTE}line 7: no" in told


def test_verify_says_that_a_solution_does_not_compile(
    monkeypatch: pytest.MonkeyPatch, copied_course: Callable[..., Path]
) -> None:
    monkeypatch.setattr("grader.verify.checks.asked", lambda *told: Word(refused="line 7: no"))
    folder = copied_course("cuda_map", "relu")
    for name, found in (("cuda_map", ["solution.py: line 7: no"]), ("relu", [])):
        material = Material(load_course(folder).exercise(name), {})
        check = "solution compiles"
        assert findings(material, check) == [Finding(check, problem) for problem in found]


@pytest.mark.parametrize(
    ("numba", "told"),
    [
        ("plain", "plain"),
        (
            "Failed in cuda mode pipeline (step: nopython frontend)\n\x1b[1mNo implementation of"
            " function F found for signature:\n \n >>> F(int64)\n \nThere are 2 candidate"
            ' implementations:\n\nFile "a/f.py", line 7:\ndef f(out):\n',
            "line 7: \x1b[1mNo implementation of function F found for signature: >>> F(int64)",
        ),
        ("name 'n' is not defined During: Pass typing", "name 'n' is not defined"),
        ("x" * 1000, "x" * 300),
    ],
)
def test_numbas_message_fits_into_a_line(numba: str, told: str) -> None:
    assert in_one_line(ValueError(numba)) == told


def test_a_word_that_steers_a_terminal_is_shown_as_codes(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What runs beside a submission may say anything in the compiler's name."""

    def run(submitted: Any, *told: Any) -> list[tuple[None, Answered]]:
        said = {"refused": "\x1b[2J" + "x" * 1000, "failed": "", "outputs": {}}
        return [(None, Answered(said))]

    monkeypatch.setattr(compiling, "has_compiler", lambda: True)
    monkeypatch.setattr(Submitted, "run", run)
    exercise = course.exercise("cuda_map")
    solved = task_of(course, exercise).cases[0]
    submission = Submission("student", ())
    told = compiling.asked(exercise, submission, "f.py", solved, sandbox_of("none")).refused
    assert told.startswith(r"\x1b[2Jxxx")
    assert len(told) == 300
