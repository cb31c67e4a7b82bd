"""What an exercise forbids is found before anything runs, with line and column."""

from dataclasses import replace
from pathlib import Path

import pytest

from grader.border.proof import sandbox_of
from grader.checking import task_of
from grader.course.course import Course
from grader.course.exercise import Exercise
from grader.grading import grade
from grader.policy import violation
from grader.results import ExerciseResult
from grader.submission import Source, Submission

STRICT = Exercise(
    name="tanh",
    folder=Path("/nowhere"),
    title="Hyperbolic tangent",
    topic="activations",
    entry_point="tanh",
    oracle="reference:tanh",
    seed=1,
    groups={"lecture": 1.0},
    forbidden_imports=("scipy", "torch"),
    forbidden_calls=("numpy.tanh", "math.tanh", "eval"),
)
FREE = replace(STRICT, forbidden_imports=(), forbidden_calls=())

IMPORTS = [
    ("import torch", "1:1 importing torch"),
    ("import numpy, torch", "1:1 importing torch"),
    ("import torch.nn.functional as F", "1:1 importing torch.nn.functional"),
    ("from scipy.signal import convolve2d", "1:1 importing scipy.signal"),
    ("import numpy\n\nfrom torch import nn", "3:1 importing torch"),
    ("def f():\n    import scipy\nimport torch", "2:5 importing scipy"),
    ("try:\n    pass\nexcept OSError:\n    import torch", "4:5 importing torch"),
    ("class A:\n    def f(self):\n        from torch import nn", "3:9 importing torch"),
]
CALLS = [
    ("import numpy as np\ny = np.tanh(1)", "2:5 using numpy.tanh"),
    ("import numpy\ny = numpy.tanh(1)", "2:5 using numpy.tanh"),
    ("import numpy as np\ng = np.tanh", "2:5 using numpy.tanh"),
    ("import numpy as np\nn = np\ny = n.tanh(1)", "3:5 using numpy.tanh"),
    ("from numpy import tanh", "1:1 using numpy.tanh"),
    ("from numpy import tanh as t\ny = t(1)", "1:1 using numpy.tanh"),
    ("import math\ny = [math.tanh(x) for x in z]", "2:6 using math.tanh"),
    ("import numpy as np\ny = getattr(np, 'tanh')(1)", "2:5 using numpy.tanh"),
    ("y = 'é' + eval('1')", "1:11 using eval"),
    ("def f(x):\n    return map(eval, x)", "2:16 using eval"),
]
ALLOWED = [
    "import numpy",
    "import torchlike",
    "import my.torch",
    "from . import torch",
    "from .torch import nn",
    "torch = None",
    "'import torch'",
    "# import torch and np.tanh",
    "def tanh(x): return tanh(x)",
    "import cmath\ny = cmath.tanh(1)",
    "x.tanh()",
    "from . import numpy\nnumpy.tanhlike(1)",
    "x = y\ny = x\nx.tanh()",
]


@pytest.mark.parametrize(("text", "told"), IMPORTS + CALLS)
def test_what_is_forbidden_is_found_with_its_first_place(text: str, told: str) -> None:
    found = violation(STRICT, Source("hw.py", text.encode()))
    assert found is not None
    assert f"{found.line}:{found.column} {found.what}" == told
    assert violation(FREE, Source("hw.py", text.encode())) is None


@pytest.mark.parametrize("text", ALLOWED)
def test_nothing_else_is_forbidden(text: str) -> None:
    assert violation(STRICT, Source("hw.py", text.encode())) is None


def graded(course: Course, text: str, **changes: object) -> ExerciseResult:
    """Return the result of a hand-in to an exercise that forbids more than it does."""
    task = task_of(course, course.exercise("conv_output_size"))
    task = replace(task, exercise=replace(task.exercise, **changes))  # type: ignore[arg-type]
    submission = Submission("ada", (Source("conv_output_size.py", text.encode()),))
    (result,) = grade(submission, (task,), sandbox_of("none"))
    return result


def test_a_violation_costs_the_exercise_and_says_where(course: Course) -> None:
    text = "def conv_output_size(**sizes):\n    return eval('1')\n"
    result = graded(course, text, forbidden_calls=("eval",))
    assert (result.verdict, result.points) == ("forbidden", 0)
    place = "conv_output_size.py, line 2, column 12: using eval is not allowed in this exercise"
    assert result.cases[0].message == place


def test_an_import_that_no_parser_sees_is_refused_beside_the_submission(course: Course) -> None:
    text = "name = 'uu' + 'id'\ndef conv_output_size(**sizes):\n    return __import__(name).NAME\n"
    result = graded(course, text, forbidden_imports=("uuid",))
    assert (result.verdict, result.points) == ("forbidden", 0)
    assert "line 3, in conv_output_size: importing uuid is not allowed" in result.cases[0].message


KEEPS = """
calls = []

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    calls.append(input_size)
    return len(calls)
"""


def test_an_answer_that_depends_on_earlier_calls_is_run_again_and_told(course: Course) -> None:
    result = graded(course, KEEPS)
    assert result.verdict == "wrong"
    assert result.hint.startswith("Called again with the same inputs, your function gives another")


def test_an_answer_that_is_wrong_in_the_same_way_is_not_told_so(course: Course) -> None:
    result = graded(course, "def conv_output_size(**sizes):\n    return -1\n")
    assert result.verdict == "wrong"
    assert "Called again" not in result.hint
