"""The same cases as `grade batch`, as a pytest file that an instructor could have written.

The oracle's answers are frozen beside it, so that pytest computes no answer and loads no Numba; and
frozen with pickle, the fastest that Python has to load (these bytes are our own).
"""

import pickle
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from grader.course.answering import solve
from grader.course.answers import read_answers
from grader.course.case import hidden_cases
from grader.course.course import Course

SUITE = '''\
"""Every case of every exercise against the hand-in in the folder HAND_IN."""

import functools
import importlib
import os
import pickle
import sys
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).parent
CASES = pickle.loads((HERE / "cases.pickle").read_bytes())
sys.path[:0] = [os.environ["HAND_IN"], str(HERE / "course")]


@functools.cache
def of_the_course(file, name):
    """Return a function of a harness or a judge, where the exercise has one."""
    there = (HERE / "course" / f"{file}.py").exists()
    return getattr(importlib.import_module(file), name) if there else None


@pytest.mark.parametrize(
    ("exercise", "inputs", "expected", "tolerance"), CASES.values(), ids=CASES.keys()
)
def test_answer(exercise, inputs, expected, tolerance):
    entry = getattr(importlib.import_module(exercise), exercise)
    harness = of_the_course(f"{exercise}_harness", "run")
    judge = of_the_course(f"{exercise}_judge", "judge")
    actual = harness(entry, inputs) if harness else entry(**inputs)
    if judge:
        assert judge(inputs, actual, expected) is None
    else:
        relative, absolute = tolerance
        assert np.shape(actual) == np.shape(expected)
        np.testing.assert_allclose(actual, expected, rtol=relative, atol=absolute)
'''


def write_suite(folder: Path, course: Course, names: Iterable[str], seed: int) -> int:
    """Write test_hand_in.py, its cases and what it needs of the course; return how many cases."""
    (folder / "course").mkdir(parents=True)
    cases: dict[str, Any] = {}
    for name in names:
        exercise = course.exercise(name)
        for part in (exercise.harness, exercise.judge):
            if part is not None:
                shutil.copy(exercise.folder / part, folder / "course" / f"{name}_{Path(part).name}")
        hidden = solve(exercise, hidden_cases(exercise, seed))
        for solved in (*read_answers(exercise.folder).cases, *hidden):
            tolerance = exercise.tolerance[solved.case.precision]
            cases[f"{name}/{solved.case.name}"] = (
                name,
                solved.case.inputs,
                solved.expected,
                (tolerance.relative, tolerance.absolute),
            )
    (folder / "cases.pickle").write_bytes(pickle.dumps(cases, pickle.HIGHEST_PROTOCOL))
    (folder / "test_hand_in.py").write_text(SUITE, encoding="utf-8")
    return len(cases)
