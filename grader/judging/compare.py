"""Comparing an answer with the expected one: the one place where numbers are held to a tolerance.

The order never varies: was there an answer, its type, its shape, its dtype, where NaN and the
infinities are (and their sign), then the values: |actual - expected| <= absolute + relative *
|expected|, in float64. The tolerance does not grow with size. Integers and booleans are exact.
Integer and float answers of equal value are equal; `strict_dtype` asks for the same kind.
A list and a tuple are the same; a 0-d array and a number are the same.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.border.frames import Foreign
from grader.course.exercise import Tolerance

KINDS = {"b": "booleans", "i": "integers", "u": "integers", "f": "floats", "c": "complex numbers"}
NUMBERS = "iuf"


@dataclass(frozen=True)
class Difference:
    """What is wrong with an answer. `index` is the first wrong place of an array."""

    stage: str  # answer, type, shape, dtype, non-finite, values
    message: str
    index: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rules:
    """How exact an answer has to be."""

    tolerance: Tolerance
    strict_dtype: bool = False


def compare(actual: Any, expected: Any, rules: Rules, where: str = "") -> Difference | None:
    """Return the first difference between two trees of values, or None."""
    prefix = f"{where}: " if where else ""
    if actual is None and expected is not None:
        text = f"None came back, expected {described(expected)}: is a `return` missing?"
        return Difference("answer", prefix + text)
    if isinstance(expected, dict):
        return _compare_dicts(actual, expected, rules, where)
    if isinstance(expected, list):
        return _compare_lists(actual, expected, rules, where)
    if expected is None or isinstance(expected, str | Foreign):
        if type(actual) is type(expected) and actual == expected:
            return None
        stage = "values" if type(actual) is type(expected) else "type"
        return Difference(stage, f"{prefix}got {described(actual)}, expected {described(expected)}")
    return _compare_numbers(actual, expected, rules, prefix)


def described(value: Any) -> str:
    """Return a few words for a value: its kind, and its shape or itself."""
    if isinstance(value, Foreign):
        return value.what
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else f"the number {value}"
    if isinstance(value, list):
        return f"a list of {len(value)} items" if len(value) != 1 else "a list of 1 item"
    if isinstance(value, dict):
        if not value:
            return "an empty dict"
        return f"a dict with the keys {', '.join(map(repr, list(value)[:5]))}"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    return "None" if value is None else f"the number {value!r}"


def _compare_dicts(actual: Any, expected: Any, rules: Rules, where: str) -> Difference | None:
    if not isinstance(actual, dict) or set(actual) != set(expected):
        stage = "shape" if isinstance(actual, dict) else "type"
        text = f"got {described(actual)}, expected {described(expected)}"
        return Difference(stage, f"{where}: {text}" if where else text)
    for key, value in expected.items():
        difference = compare(actual[key], value, rules, f"{where}[{key!r}]")
        if difference:
            return difference
    return None


def _compare_lists(actual: Any, expected: Any, rules: Rules, where: str) -> Difference | None:
    prefix = f"{where}: " if where else ""
    if not isinstance(actual, list):
        text = f"got {described(actual)}, expected {described(expected)}"
        return Difference("type", prefix + text)
    if len(actual) != len(expected):
        text = f"got {len(actual)} values, expected {len(expected)}"
        return Difference("shape", prefix + text)
    for position, (one, other) in enumerate(zip(actual, expected, strict=True)):
        difference = compare(one, other, rules, f"{where}[{position}]")
        if difference:
            return difference
    return None


def _compare_numbers(actual: Any, expected: Any, rules: Rules, prefix: str) -> Difference | None:
    e = np.asarray(expected)
    if not _is_numeric(actual) or not _is_numeric(expected):
        advice = ": np.array(...) makes one" if isinstance(actual, list) and e.ndim else ""
        text = f"got {described(actual)}, expected {described(e)}{advice}"
        return Difference("type", prefix + text)
    a = np.asarray(actual)
    if a.shape != e.shape:
        text = f"got the shape {a.shape}, expected {e.shape}"
        if not e.ndim or not a.ndim:
            text = f"got {described(a)}, expected {described(e)}"
        return Difference("shape", prefix + text)
    if not _dtype_fits(a.dtype, e.dtype, rules.strict_dtype):
        text = f"got {KINDS[a.dtype.kind]} ({a.dtype}), expected {KINDS[e.dtype.kind]}"
        return Difference("dtype", prefix + text)
    return _compare_elements(a, e, rules.tolerance, prefix)


def _is_numeric(value: Any) -> bool:
    """Return whether it is a number, or an array of numbers, that an array can hold."""
    kinds = np.ndarray | bool | int | float | complex
    return isinstance(value, kinds) and np.asarray(value).dtype.kind in KINDS


def _dtype_fits(actual: np.dtype, expected: np.dtype, strict: bool) -> bool:
    if KINDS[actual.kind] == KINDS[expected.kind]:
        return True
    return not strict and actual.kind in NUMBERS and expected.kind in NUMBERS


def _compare_elements(
    a: np.ndarray, e: np.ndarray, tolerance: Tolerance, prefix: str
) -> Difference | None:
    if _all_near(a, e, tolerance):
        return None
    wrong = _wrong_non_finite(a, e)
    if wrong.any():
        return _difference("non-finite", wrong, a, e, prefix)
    wrong = _wrong_values(a, e, tolerance)
    return _difference("values", wrong, a, e, prefix) if wrong.any() else None


def _all_near(a: np.ndarray, e: np.ndarray, tolerance: Tolerance) -> bool:
    """Return whether all is finite and near, as it mostly is: then nothing else is to be asked."""
    if e.dtype.kind not in "fc" or not np.isfinite(e).all():
        return False
    return bool((_distance(a, e) <= _allowed(e, tolerance)).all())


def _wrong_non_finite(a: np.ndarray, e: np.ndarray) -> np.ndarray:
    """Return where one is NaN, +inf or -inf and the other is not the same."""
    if a.dtype.kind not in "fc" and e.dtype.kind not in "fc":
        return np.zeros(e.shape, bool)
    same_nan = np.isnan(a) == np.isnan(e)
    infinite = (np.isinf(a) | np.isinf(e)) & ~np.isnan(a)
    return np.asarray(~same_nan | (infinite & (a != e)))


def _wrong_values(a: np.ndarray, e: np.ndarray, tolerance: Tolerance) -> np.ndarray:
    """Return which finite elements are too far from the expected ones."""
    if e.dtype.kind in "biu":
        return _unequal(a, e)
    return np.asarray(np.isfinite(e) & ~(_distance(a, e) <= _allowed(e, tolerance)))


def _distance(a: np.ndarray, e: np.ndarray) -> np.ndarray:
    """Return |a - e| in double precision; of huge values it may be infinite, and is wrong."""
    wide = np.complex128 if "c" in (a.dtype.kind, e.dtype.kind) else np.float64
    with np.errstate(all="ignore"):
        return np.asarray(np.abs(a.astype(wide) - e.astype(wide)))


def _allowed(e: np.ndarray, tolerance: Tolerance) -> np.ndarray:
    wide = np.complex128 if e.dtype.kind == "c" else np.float64
    with np.errstate(all="ignore"):
        return np.asarray(tolerance.absolute + np.abs(tolerance.relative * e.astype(wide)))


def _unequal(a: np.ndarray, e: np.ndarray) -> np.ndarray:
    """Return where a number is not exactly the integer that was expected."""
    unequal = np.asarray(a != e)
    if a.dtype.kind == "f":  # NumPy rounds an integer beyond 2**53 to compare it; Python does not
        large = ~unequal & (np.abs(a.astype(np.float64)) >= 2**53)
        unequal[large] = a[large].astype(object) != e[large].astype(object)
    return unequal


def _difference(
    stage: str, wrong: np.ndarray, a: np.ndarray, e: np.ndarray, prefix: str
) -> Difference:
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    got, wanted = _told_apart(a[index], e[index])
    if not e.ndim:
        return Difference(stage, f"{prefix}got {got}, expected {wanted}", index)
    count, size = int(wrong.sum()), wrong.size
    places = f"{count} of {size} places" if size > 1 else "1 of 1 places"
    text = f"values differ in {places}; first at {list(index)}: got {got}, expected {wanted}"
    return Difference(stage, prefix + text, index)


def _told_apart(got: Any, wanted: Any) -> tuple[str, str]:
    """Return both numbers in six digits, or in as many as it takes to see the difference."""
    numbers = got.item(), wanted.item()  # all digits of a float32 too, where NumPy prints 0.1
    if _rounded(numbers[0]) == _rounded(numbers[1]):
        return str(numbers[0]), str(numbers[1])
    return _short(numbers[0]), _short(numbers[1])


def _rounded(number: Any) -> Any:
    return float(f"{number:.6g}") if isinstance(number, float) else number


def _short(number: Any) -> str:
    if not isinstance(number, float):
        return str(number)
    text = f"{number:.6g}"
    return text if set(text) & set(".en") else f"{text}.0"
