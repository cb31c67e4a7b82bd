"""`grade show`: the worked example laid out, and drawn."""

import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import Result

from grader.course.answers import read_answers
from grader.course.course import Course, load_course
from grader.course.modules import named
from grader.worked import draw, figure_of, laid_out

ROOT = Path(__file__).parents[1]
COURSE = load_course(ROOT)
ALL = [COURSE.exercise(name) for name in COURSE.exercise_names]
LAID_OUT = [exercise.name for exercise in ALL if exercise.worked_example]
DRAWN = [exercise.name for exercise in ALL if exercise.picture]
FIRST_WINDOW = """
    window          kernel        products
    10  2   4       2  2  2       20   4   8
     0  4   0   ×   1  0  1   =    0   0   0   sum 82
     1  8  16       2  2  2        2  16  32
"""
Typed = Callable[..., Result]
Copied = Callable[..., Path]


def size_of(png: Path) -> tuple[int, int]:
    content = png.read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", content[16:24])
    return width, height


# Every exercise


@pytest.mark.parametrize("name", LAID_OUT)
def test_every_public_case_can_be_laid_out(course: Course, name: str) -> None:
    exercise = course.exercise(name)
    assert exercise.worked_example is not None
    lay_out = named(exercise, exercise.worked_example)
    for solved in read_answers(exercise.folder).cases:
        text = lay_out(solved.case.inputs, solved.expected)
        assert text or not solved.case.source, solved.case.name
        assert text == "\n".join(line.rstrip() for line in text.splitlines())
        assert len(text.splitlines()) < 60


@pytest.mark.parametrize("name", LAID_OUT)
def test_a_hand_worked_case_is_laid_out_first(course: Course, name: str) -> None:
    example = laid_out(course.exercise(name))
    assert example is not None
    assert example[0].source
    assert max(len(line) for line in example[1].splitlines()) <= 100


@pytest.mark.parametrize("name", DRAWN)
def test_every_hand_worked_case_can_be_drawn(course: Course, name: str) -> None:
    exercise = course.exercise(name)
    assert exercise.picture is not None
    solved = [s for s in read_answers(exercise.folder).cases if s.case.source]
    figures = [figure_of(exercise, s) for s in solved]
    assert figures
    assert all(any(axes.has_data() for axes in figure.axes) for figure in figures)


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_has_the_size_of_its_figure_and_many_colours(
    course: Course, tmp_path: Path, name: str
) -> None:
    from matplotlib.image import imread

    exercise, file = course.exercise(name), tmp_path / "picture.png"
    assert exercise.picture is not None
    case = draw(exercise, file)
    answer = next(s for s in read_answers(exercise.folder).cases if s.case.name == case.name)
    figure = figure_of(exercise, answer)
    assert size_of(file) == pytest.approx(figure.get_size_inches() * figure.dpi, abs=1)
    assert len(np.unique(imread(file)[..., 0])) > 10


# The command


def test_the_first_window_is_laid_out_as_on_the_board(typed: Typed) -> None:
    shown = typed("show", "conv2d")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "## Step by step: elte-conv-5x5 (ELTE, Lecture 3)" in shown.stdout
    assert FIRST_WINDOW in shown.stdout
    assert "    82  68  46\n" in shown.stdout.split("sum 82")[1]
    assert shown.stdout.index("# Two-dim") < shown.stdout.index("sum 82")
    assert shown.stdout.index("sum 82") < shown.stdout.index("It is called as")


def test_an_exercise_without_a_layout_is_shown_as_it_is(typed: Typed) -> None:
    shown = typed("show", "shuffle_batches")
    assert (shown.exit_code, "Step by step" in shown.stdout) == (0, False)


def test_another_public_case_is_laid_out(typed: Typed) -> None:
    shown = typed("show", "conv2d", "--case", "elte-conv-5x5-stride-2")
    assert "Step by step: elte-conv-5x5-stride-2" in shown.stdout
    assert "    stride 2\n" in shown.stdout


def test_an_exercise_that_is_only_drawn_draws_another_case(typed: Typed, tmp_path: Path) -> None:
    line = ("show", "conv_matrix", "--case", "elte-equivariance-as-a-matrix")
    shown = typed(*line, "--plot", tmp_path / "m.svg")
    assert shown.exit_code == 0
    assert "The picture of elte-equivariance-as-a-matrix: " in shown.stdout
    assert "has no worked example to lay out" in typed(*line).stderr


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf", ".PNG"])
def test_a_picture_is_written_and_its_path_told(typed: Typed, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"conv{suffix}"
    shown = typed("show", "conv2d", "--plot", file)
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout.splitlines()[-1] == f"The picture of elte-conv-5x5: {file}"
    first = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF-"}[suffix.lower()]
    assert file.read_bytes().startswith(first)


def test_a_picture_without_a_name_is_called_as_the_exercise(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = typed("show", "roc_curve", "--plot")
    assert shown.stdout.endswith("The picture of ncu-roc-pr-eight: roc_curve.png\n")
    assert size_of(tmp_path / "roc_curve.png")[0] > 300


def test_a_student_with_the_handout_alone_sees_and_draws_it(
    typed: Typed, copied_course: Copied, tmp_path: Path
) -> None:
    course = copied_course("softmax")
    for secret in ("solution.py", "cases.py", "lecture.yaml", "misconceptions.py"):
        (course / "exercises/softmax" / secret).unlink()
    drawn = tmp_path / "p.png"
    shown = typed("show", "softmax", "--course", course, "--plot", drawn)
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "sum of the exponentials: 3042.9452" in shown.stdout
    assert drawn.is_file()


def test_neither_numba_nor_matplotlib_is_imported_to_lay_out(tmp_path: Path) -> None:
    code = (
        "import sys; from grader.commands.show_command import command;"
        "command(['conv2d'], standalone_mode=False);"
        "print({'numba', 'matplotlib', 'pydantic'} & set(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "sum 82" in ran.stdout
    assert ran.stdout.splitlines()[-1] == "set()"


# What is wrong


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "conv2d --case elte-conv-5x6",
            "conv2d has no public case 'elte-conv-5x6', did you mean 'elte-conv-5x5'?",
        ),
        (
            "conv2d --plot --case elte-conv-5x6",
            "conv2d has no public case 'elte-conv-5x6', did you mean 'elte-conv-5x5'?",
        ),
        (
            "conv2d --plot conv.jpeg",
            "conv.jpeg is no picture: expected a name that ends in .png, .svg or .pdf",
        ),
        ("conv2d --plot conv", "conv is no picture"),
        ("conv2d --plot missing/c.png", "missing/c.png cannot be written: No such file"),
        ("neuron --plot n.png", "neuron has no picture\n  try: grade show neuron"),
        ("dense --case empty-batch", "dense: the case 'empty-batch' has nothing to lay out"),
        ("shuffle_batches --case x", "shuffle_batches has no worked example to lay out"),
    ],
)
def test_what_is_not_there_is_one_clear_error(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = typed("show", *line.split())
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert says in shown.stderr
    assert not list(tmp_path.iterdir())


def test_a_layout_that_raises_is_a_fault_of_the_course(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = SimpleNamespace(convolution=lambda inputs, answer: inputs["no such input"])
    monkeypatch.setitem(sys.modules, "reference.worked_examples.windows", broken)
    shown = typed("show", "conv2d")
    assert (shown.exit_code, shown.stdout) == (3, "")
    assert "conv2d, case elte-conv-5x5: reference.worked_examples.windows:convolution raised" in (
        shown.stderr
    )
    assert "KeyError('no such input')" in shown.stderr


def test_a_layout_that_is_not_there_is_a_fault_of_the_course(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = SimpleNamespace(convolutions=None)
    monkeypatch.setitem(sys.modules, "reference.worked_examples.windows", empty)
    shown = typed("show", "conv2d")
    assert shown.exit_code == 3
    assert "reference.worked_examples.windows has no convolution, did you mean" in shown.stderr


def test_stale_answers_hide_the_worked_example_and_nothing_else(
    typed: Typed, copied_course: Copied
) -> None:
    course = copied_course("softmax")
    with (course / "exercises/softmax/cases.py").open("a") as cases:
        cases.write("# changed\n")
    shown = typed("show", "softmax", "--course", course)
    assert shown.exit_code == 0
    assert "No worked example is laid out: softmax: cases.py changed" in shown.stdout
    assert "grade verify softmax --freeze" in shown.stdout
    assert "Write it with: grade start softmax" in shown.stdout
    assert typed("show", "softmax", "--course", course, "--case", "x").exit_code == 3
