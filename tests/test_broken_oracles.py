"""A wrong oracle is found: one operator or constant is broken, and `grade verify` goes red.

Each row breaks a copy of what answers an exercise, in the smallest way that a slip of the pen
would, and names a check that has to notice: the lecture's numbers or the second solution (of an
exercise with its own judge, the judge). A new exercise needs a row.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
EXERCISES = sorted(path.parent.name for path in ROOT.glob("exercises/*/exercise.yaml"))
LECTURE, SOLUTION, JUDGE = "oracle = lectures", "solution = oracle", "oracle passes its judge"


class Slip(NamedTuple):
    """One slip in the copies of `reference/` and of the course."""

    exercise: str
    file: str
    right: str
    wrong: str
    found_by: str


SLIPS = [
    Slip(
        "conv2d",
        "reference/cpu/columns.py",
        "out[t] += factor * row[t]",
        "out[t] = factor * row[t]",
        LECTURE,
    ),
    Slip(
        "conv2d",
        "reference/convolution.py",
        "steps = windows.stride, windows.start,",
        "steps = windows.stride, (windows.start[0], 0),",
        SOLUTION,
    ),
    Slip(
        "conv_output_size",
        "reference/windows.py",
        "extent[0]) // stride[0] + 1",
        "extent[0]) // stride[0] + 2",
        LECTURE,
    ),
    Slip(
        "conv_output_size", "reference/windows.py", "sum(padding[0])", "max(padding[0])", SOLUTION
    ),
    Slip(
        "max_pool2d",
        "reference/cpu/pooling.py",
        "best[:] = -np.inf",
        "best[:] = 0.0",
        SOLUTION,
    ),
    Slip(
        "softmax",
        "reference/cpu/exponentials.py",
        "if x[k] > x[top]:",
        "if x[k] < x[top]:",
        SOLUTION,
    ),
    Slip(
        "cross_entropy",
        "reference/cpu/losses.py",
        "out[n] = total / log_base",
        "out[n] = total * log_base",
        LECTURE,
    ),
    Slip(
        "confusion_matrix",
        "reference/cpu/metrics.py",
        "out[y_true[n], y_pred[n]] += 1",
        "out[y_true[n], y_pred[n]] = 1",
        LECTURE,
    ),
    Slip(
        "one_vs_rest_counts",
        "reference/metrics.py",
        "fn = matrix.sum(axis=1) - tp",
        "fn = matrix.sum(axis=1) + tp",
        LECTURE,
    ),
    Slip(
        "momentum",
        "reference/cpu/optimizers.py",
        "gain * np.float64(grad[i])",
        "gain + np.float64(grad[i])",
        LECTURE,
    ),
    Slip(
        "shuffle_batches",
        "course/exercises/shuffle_batches/oracle.py",
        "len(batches[-1]) == batch_size",
        "len(batches[-1]) == batch_size + 1",
        JUDGE,
    ),
]


def test_every_exercise_has_a_slip() -> None:
    assert sorted({slip.exercise for slip in SLIPS}) == EXERCISES


def verified(tmp_path: Path, *exercises: str) -> tuple[int, list[dict[str, Any]]]:
    """Return exit code and reports of `grade verify` with the copies in tmp_path."""
    environment = os.environ | {
        "PYTHONPATH": str(tmp_path),
        "NUMBA_CACHE_DIR": str(tmp_path / "numba"),
    }
    words = [sys.executable, "-m", "grader", "verify", *exercises, "--json"]
    command = [*words, "--course", str(tmp_path / "course")]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert run.stderr == ""
    return run.returncode, json.loads(run.stdout)["exercises"]


def copy_course_and_oracle(tmp_path: Path) -> None:
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "reference", tmp_path / "reference", ignore=without)
    shutil.copytree(ROOT / "exercises", tmp_path / "course/exercises", ignore=without)
    shutil.copy(ROOT / "assignments.yaml", tmp_path / "course")


def test_the_unbroken_copies_are_in_order(tmp_path: Path) -> None:
    copy_course_and_oracle(tmp_path)
    code, reports = verified(tmp_path)
    assert [report for report in reports if report["findings"]] == []
    assert sorted(report["exercise"] for report in reports) == EXERCISES
    assert code == 0
    assert any(tmp_path.glob("numba/**/*.nbi")), "the oracle was compiled elsewhere"


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.exercise}: {slip.wrong}")
def test_a_slip_in_the_oracle_is_found(slip: Slip, tmp_path: Path) -> None:
    copy_course_and_oracle(tmp_path)
    path = tmp_path / slip.file
    text = path.read_text(encoding="utf-8")
    assert slip.right in text, f"{slip.file} has changed: choose another slip"
    path.write_text(text.replace(slip.right, slip.wrong), encoding="utf-8")
    code, (report,) = verified(tmp_path, slip.exercise)
    assert code == 1
    assert slip.found_by in {finding["check"] for finding in report["findings"]}
