"""Exercises with kernels: what their files say, and how a submission is graded at every level."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from click.testing import Result

from grader.border import frames
from grader.border.proof import prove, sandbox_of
from grader.border.sandbox import Answered
from grader.checking import task_of
from grader.course import modules
from grader.course.answers import read_answers
from grader.course.case import public_cases
from grader.course.course import Course, load_course
from grader.course.exercise import Exercise
from grader.course.manifest import exercise_fields
from grader.course.traffic import recorded
from grader.errors import CourseError
from grader.grading import grade
from grader.results import ExerciseResult
from grader.simulator.traffic import traffic
from grader.submission import Source, Submission
from grader.verify.course_check import verify

HEAD = "from numba import cuda, float32, int32\n\n\n@cuda.jit\n"
RIGHT = f"""{HEAD}def cuda_map(out, a):
    i = cuda.grid(1)
    if i < out.size:
        out[i] = a[i] + 10
"""
NO_GUARD = HEAD + "def cuda_map(out, a):\n    i = cuda.grid(1)\n    out[i] = a[i] + 10\n"

# The course


def test_the_course_loads_a_kernel_without_numba_and_leaves_numba_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ModuleType("numba")
    monkeypatch.setitem(sys.modules, "numba", real)
    path = tmp_path / "f.py"
    path.write_text(RIGHT, encoding="utf-8")
    entry = modules.function(path, "cuda_map", is_launched=True)
    assert entry.__class__.__module__.startswith("grader.simulator")
    assert sys.modules["numba"] is real
    assert not hasattr(sys.modules.get("numba.cuda"), "is_of_gradecheck")


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("outputs: [out]", "", "outputs: expected the arguments that a launch fills"),
        ("outputs: [out]", "outputs: [b]", "outputs: expected the arguments that a launch fills"),
        (
            "global_reads: 1",
            "global_read: 1",
            "unknown measure 'global_read', did you mean 'global_reads'",
        ),
    ],
)
def test_exercise_yaml_says_what_is_filled_and_measured(
    right: str, wrong: str, message: str, copied_course: Callable[..., Path]
) -> None:
    path = copied_course("cuda_map") / "exercises/cuda_map/exercise.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    with pytest.raises(CourseError) as told:
        exercise_fields(path)
    assert message in str(told.value)


def test_the_fields_of_other_kinds_are_as_before(course: Course) -> None:
    stored = exercise_fields(course.exercises_folder / "relu/exercise.yaml")
    assert not {"outputs", "measures"} & set(stored)
    assert "greenlet" not in stored["libraries"]


def test_a_case_has_a_grid_a_block_and_every_argument(copied_course: Callable[..., Path]) -> None:
    folder = copied_course("cuda_map") / "exercises/cuda_map"
    (folder / "lecture.yaml").write_text("[]\n", encoding="utf-8")
    (folder / "cases.py").write_text(
        "def cases(rng):\n    yield 'x', 'sizes', {'grid': 1, 'a': 1}\n", encoding="utf-8"
    )
    read = Exercise.from_fields("cuda_map", folder, exercise_fields(folder / "exercise.yaml"))
    with pytest.raises(CourseError, match="case 'x': no block, out"):
        public_cases(read)


# Beside a submission


def graded(course: Course, code: str, level: str = "none") -> ExerciseResult:
    task = task_of(course, course.exercise("cuda_map"))
    sandbox = sandbox_of(level)
    submission = Submission("student", (Source("answer.py", code.encode()),))
    (result,) = grade(submission, (task,), sandbox)
    sandbox.close()
    return result


@pytest.mark.parametrize("level", ["none", "weak", "strong", "full"])
def test_a_kernel_is_graded_at_every_level(level: str, course: Course) -> None:
    if not prove(level).attacks:
        pytest.skip(f"{level}: {prove(level).unavailable}")
    result = graded(course, RIGHT, level)
    assert (result.verdict, result.points) == ("passed", 1.0)
    result = graded(course, NO_GUARD, level)
    assert result.verdict == "wrong"
    assert result.hint.startswith("Your threads past the end")


@pytest.mark.parametrize("level", ["weak", "strong", "full"])
def test_a_sheet_is_read_at_every_level(level: str, course: Course) -> None:
    """What a load imports lies where a confined process cannot read it."""
    if not prove(level).attacks:
        pytest.skip(f"{level}: {prove(level).unavailable}")
    quiz = course.exercise("counting_quiz")
    sandbox = sandbox_of(level)
    session = sandbox.start(quiz.libraries)
    session.write_files({"counting_quiz.yaml": b"c1: 28\n"})
    request = {"file": "counting_quiz.yaml", "entry_point": "", "harness": None, "draws": False}
    loaded = session.load({**request, "memory_mib": 512, "questions": quiz.questions}, 20)
    session.close()
    sandbox.close()
    assert loaded == Answered(None)


def test_numba_is_not_there_for_a_kernel(course: Course) -> None:
    code = "import numba\n\nassert not hasattr(numba, '__file__')\n\n\n" + RIGHT
    assert graded(course, code).verdict == "passed"


def test_a_student_may_launch_a_kernel_himself(course: Course) -> None:
    code = RIGHT + "\n\nimport numpy as np\n\ncuda_map[1, 4](np.zeros(4), np.ones(4))\n"
    assert graded(course, code).verdict == "passed"


def test_a_fresh_process_may_have_libraries_too_many_which_are_forbidden(course: Course) -> None:
    """`grade check` starts its process before it knows for which exercise."""
    relu = "def relu(x):\n    return x * (x > 0)\n"
    for name, code, verdict in (
        ("relu", f"import greenlet\n\n\n{relu}", "forbidden"),
        ("relu", f"import math\n\n\n{relu.replace('x * (x > 0)', 'abs(x)')}", "wrong"),
        ("cuda_map", RIGHT, "passed"),
    ):
        sandbox = sandbox_of("none")
        session = sandbox.start(("numpy", "greenlet"))
        submission = Submission("student", (Source("answer.py", code.encode()),))
        (result,) = grade(submission, (task_of(course, course.exercise(name)),), sandbox, session)
        assert result.verdict == verdict
        assert "greenlet is not allowed" in result.cases[0].message or verdict != "forbidden"


def test_a_starter_is_no_answer_and_a_host_function_raises(course: Course) -> None:
    starter = (course.exercises_folder / "cuda_map/starter.py").read_text(encoding="utf-8")
    assert {case.message for case in graded(course, starter).cases} == {"not written yet"}
    host = graded(course, RIGHT.replace("@cuda.jit\n", ""))
    assert host.verdict == "raised"
    assert "write @cuda.jit above it" in host.cases[0].message
    few = graded(course, HEAD + "def cuda_map(out):\n    pass\n")
    assert "it is called as cuda_map[grid, block](out, a), in this order" in few.cases[0].message


# What is drawn


def test_the_traffic_of_the_first_block_is_recorded(course: Course) -> None:
    exercise = course.exercise("cuda_map")
    ten, *_ = (case for case in public_cases(exercise) if case.name.startswith("ten-elements"))
    traffic = recorded(exercise, ten)
    assert traffic["threads"] == 4
    assert [step["array"] for step in traffic["steps"]] == ["a", "out"]
    assert traffic["steps"][0]["touches"].tolist() == [[0, 0, 0], [1, 1, 0], [2, 2, 0], [3, 3, 0]]
    assert traffic["steps"][1]["touches"].tolist() == [[0, 0, 1], [1, 1, 1], [2, 2, 1], [3, 3, 1]]
    stored = {solved.case.name: solved.traffic for solved in read_answers(exercise.folder).cases}
    assert frames.encode(stored[ten.name]) == frames.encode(traffic)


def test_traffic_is_of_hand_worked_kernels_alone(course: Course) -> None:
    for name in ("cuda_map", "relu"):
        exercise = course.exercise(name)
        cases = [solved.case for solved in read_answers(exercise.folder).cases]
        drawn = [case for case in cases if recorded(exercise, case) is not None]
        assert drawn == [case for case in cases if case.source and name == "cuda_map"]


def test_elements_of_several_axes_are_counted_through_all_of_them(tmp_path: Path) -> None:
    code = (
        f"{HEAD}def turned(out, a):\n"
        "    i, j = cuda.threadIdx.x, cuda.threadIdx.y\n"
        "    out[j, i] = a[i, j]\n"
        "    cuda.atomic.add(out, (0, 0), 1)\n"
    )
    path = tmp_path / "turned.py"
    path.write_text(code, encoding="utf-8")
    entry = modules.function(path, "turned", is_launched=True)
    a = np.zeros((3, 8), np.float32)[:, ::4]
    first, *others = traffic(entry, 1, [3, 2], [np.zeros((2, 3), np.float32), a])
    assert (first.array, first.shape) == ("a", (3, 2))
    assert first.touches[:, :2].tolist() == [[0, 0], [1, 2], [2, 4], [3, 1], [4, 3], [5, 5]]
    assert [step.touches[:, 2].tolist() for step in others] == [[1] * 6, [2] * 6]


def test_another_solution_makes_the_recorded_traffic_old(
    copied_course: Callable[..., Path],
) -> None:
    folder = copied_course("cuda_map")
    path = folder / "exercises/cuda_map/solution.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("a[i] + float32(10)", "float32(10) + a[i] + 0 * a[0]"), "utf-8")
    found = {finding.problem for finding in verify(load_course(folder), "cuda_map").findings}
    name = "ten-elements-three-blocks"
    assert f"{name}: answers.bin holds other memory traffic than the solution's" in found


def test_a_case_without_traffic_has_no_picture(typed: Callable[..., Result]) -> None:
    drawn = typed("show", "cuda_map", "--plot", "x.png", "--case", "large-numbers")
    assert drawn.exit_code == 2
    assert "large-numbers has no picture, only hand-worked cases have" in drawn.stderr
