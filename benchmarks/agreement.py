"""Whether two results are the same, and how far a result is from the truth."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = tuple[NDArray[Any], ...]


def arrays_of(result: Any) -> Arrays:
    """Return a result as a tuple of arrays, whatever library it came from."""
    parts = result if isinstance(result, tuple | list) else (result,)
    return tuple(np.asarray(part) for part in parts)


def find_mismatch(actual: Arrays, expected: Arrays, tolerance: float) -> str | None:
    """Return what differs, or None if all arrays agree within tolerance * max |expected|."""
    if len(actual) != len(expected):
        return f"{len(actual)} arrays beside {len(expected)}"
    for number, (ours, theirs) in enumerate(zip(actual, expected, strict=True)):
        difference = _find_difference(ours, theirs, tolerance)
        if difference is not None:
            return difference if len(actual) == 1 else f"array {number}: {difference}"
    return None


def _find_difference(actual: NDArray[Any], expected: NDArray[Any], tolerance: float) -> str | None:
    if actual.shape != expected.shape:
        return f"shape {actual.shape} beside {expected.shape}"
    finite = np.isfinite(expected)
    if not np.array_equal(actual[~finite], expected[~finite], equal_nan=True):
        return "other infinities or NaNs"
    if not np.isfinite(actual[finite]).all():
        return "infinities or NaNs beside numbers"
    error = _largest_difference(actual[finite], expected[finite])
    allowed = tolerance * _largest(expected[finite])
    return None if error <= allowed else f"differs by {error:.1e}, {allowed:.1e} is allowed"


def largest_error(actual: Arrays, truth: Arrays) -> float:
    """Return the largest difference from the truth, over the largest value of its array."""
    errors = [
        _largest_difference(ours, right) / (_largest(right) or 1.0)
        for ours, right in zip(actual, truth, strict=True)
    ]
    return max(errors)


def _largest_difference(actual: NDArray[Any], expected: NDArray[Any]) -> float:
    if np.array_equal(actual, expected):
        return 0.0
    # In longdouble, so that a truth of more digits than ours keeps them.
    return _largest(actual.astype(np.longdouble) - expected.astype(np.longdouble))


def _largest(array: NDArray[Any]) -> float:
    return float(np.abs(array).max()) if array.size else 0.0
