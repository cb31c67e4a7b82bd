"""What was trained is judged by its answers on held-out data, and by the loss that they have."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.border import frames
from grader.course.answering import SolvedCase
from grader.course.case import Case
from grader.course.exercise import Exercise
from grader.judging.judge import Judgement
from grader.judging.kinds import judge_of

CLASSES = np.arange(40) % 4
ONE_HOT = np.eye(4)[CLASSES]


def judged(actual: Any) -> Judgement:
    exercise = Exercise(
        "trained",
        Path(),
        "",
        "",
        "trained",
        "",
        1,
        {"learning": 1.0},
        kind="trained",
        thresholds=((0.9, 0.75), (0.5, 0.25)),
        falling_loss=0.25,
    )
    expected = {"first": ONE_HOT, "last": ONE_HOT}
    solved = SolvedCase(Case("c", "learning", frames.encode({})), expected)
    return judge_of(exercise).judge(solved, actual)


def probabilities(right: float, sure: float = 0.7) -> np.ndarray:
    """Return probabilities that are highest for the right class in a share of the rows."""
    told = np.where(np.arange(40) < right * 40, CLASSES, (CLASSES + 1) % 4)
    return np.where(np.eye(4)[told] == 1, sure, (1 - sure) / 3)


GUESSING = np.full((40, 4), 0.25)


@pytest.mark.parametrize(
    ("first", "last", "share"),
    [
        (GUESSING, probabilities(0.95), 1.0),
        (GUESSING, probabilities(0.9), 1.0),
        (GUESSING, probabilities(0.85), 0.5),
        (GUESSING, probabilities(0.5, sure=0.9), 0.25),  # too sure: a larger loss than guessing
        (GUESSING, probabilities(0.45), 0.0),
        (probabilities(0.95), probabilities(0.9), 0.75),  # it unlearns
        (probabilities(0.6), probabilities(0.7), 0.5),
        (ONE_HOT, ONE_HOT, 1.0),  # nothing is left to learn
        (probabilities(0.1), GUESSING, 0.0),  # better than it was is not better than guessing
    ],
)
def test_the_share_is_that_of_the_thresholds(
    first: np.ndarray, last: np.ndarray, share: float
) -> None:
    judgement = judged({"first": first, "last": last})
    assert judgement.right == (share == 1.0)
    assert judgement.share == (0.0 if share == 1.0 else share)


def test_the_message_says_what_was_measured() -> None:
    message = judged({"first": GUESSING, "last": probabilities(0.85)}).message
    assert "85.0% of the held-out data are told right, 90% are wanted next" in message
    assert "the loss on them falls: 1.39 after one round, 0.649 after all" in message
    message = judged({"first": probabilities(1.0), "last": probabilities(0.95)}).message
    assert "95.0% of the held-out data are told right; the loss on them does not fall" in message


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (None, "expected an array of probabilities, got NoneType"),
        ([[0.25] * 4] * 40, "expected an array of probabilities, got list"),
        (np.array(["a"] * 40), "expected an array of probabilities, got ndarray"),
        (CLASSES, "expected probabilities of the shape (40, 4), got (40,)"),
        (GUESSING[:, :3], "expected probabilities of the shape (40, 4), got (40, 3)"),
        (np.full((40, 4), np.nan), "a probability is infinite or not a number"),
        (np.full((40, 4), -0.25), "a probability is negative (-0.25); are these scores"),
        (np.full((40, 4), 0.5), "the probabilities of an item add to 1; row 0 adds to 2"),
        (np.full((40, 4), 1e308), "the probabilities of an item add to 1; row 0 adds to inf"),
    ],
)
def test_what_is_no_table_of_probabilities_is_told(last: Any, told: str) -> None:
    judgement = judged({"first": GUESSING, "last": last})
    assert not judgement.right
    assert judgement.share == 0.0
    assert re.match(re.escape(told), judgement.message)


@pytest.mark.parametrize("strange", [None, 3, [], {}, ONE_HOT, {"first": ONE_HOT}, "text"])
def test_anything_else_is_wrong(strange: Any) -> None:
    assert not judged(strange).right


def test_zeros_for_the_right_class_are_a_large_loss_and_no_error() -> None:
    wrong = np.eye(4)[(CLASSES + 1) % 4]
    assert "loss on them does not fall" in judged({"first": GUESSING, "last": wrong}).message
