"""Comparing with PyTorch, SciPy and scikit-learn, and keeping count of how near we are.

`pytest --peer-errors` prints how many arrays of each operation were compared with which library,
and the largest difference.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass
class Record:
    """What was compared so far: how many arrays, and the largest error of each dtype."""

    arrays: int = 0
    float32: float = 0.0
    float64: float = 0.0


# (operation, library) -> what was compared
records: dict[tuple[str, str], Record] = defaultdict(Record)


def to_array(value: Any) -> np.ndarray:
    """Return a tensor, a number or a list as an array."""
    return value.detach().numpy() if hasattr(value, "detach") else np.asarray(value)


def assert_near(
    operation: str,
    library: str,
    actual: Any,
    expected: Any,
    *,
    size: float = 1.0,
    units: float = 16,
) -> None:
    """Compare to a few units in the last place of size, the largest number on the way.

    The two must have the same dtype and shape. The error that is kept is relative to size or to
    the expected value, whichever is larger.
    """
    actual, expected = to_array(actual), to_array(expected)
    assert actual.dtype == expected.dtype
    assert actual.shape == expected.shape
    eps = np.finfo(actual.dtype).eps if actual.dtype.kind == "f" else 0.0
    np.testing.assert_allclose(actual, expected, rtol=units * eps, atol=units * eps * size)
    record = records[operation, library]
    record.arrays += 1
    if actual.dtype.kind == "f":
        error = _largest_error(actual, expected, size)
        setattr(record, actual.dtype.name, max(getattr(record, actual.dtype.name), error))


def assert_same(operation: str, library: str, actual: Any, expected: Any) -> None:
    """Compare bit for bit, NaN equal to NaN."""
    actual, expected = to_array(actual), to_array(expected)
    np.testing.assert_array_equal(actual, expected, strict=True)
    records[operation, library].arrays += 1


def _largest_error(actual: np.ndarray, expected: np.ndarray, size: float) -> float:
    finite = np.isfinite(expected)
    if not finite.any():
        return 0.0
    one, other = actual[finite].astype(float), expected[finite].astype(float)
    return float(np.max(np.abs(one - other) / np.maximum(size, np.abs(other))))
