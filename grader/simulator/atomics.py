"""`cuda.atomic`: each operation returns what the element was before, as on a GPU.

Which types an operation takes is what numba-cuda 0.30 compiles.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from .scalars import wrapped
from .traced import Traced

UNSIGNED = frozenset({"uint32", "uint64"})
INTEGERS = UNSIGNED | {"int32", "int64"}
NUMBERS = INTEGERS | {"float32", "float64"}


def _change(
    array: Any, index: Any, operation: Callable[[Any], Any], types: frozenset[str] = NUMBERS
) -> Any:
    if array.dtype.name not in types:
        raise TypeError(f"no such atomic operation on {array.dtype}, but on {_listed(types)}")
    if isinstance(array, Traced):
        return array.change(index, operation)
    before = array[index]
    after = operation(before)
    array[index] = wrapped(after, array.dtype) if array.dtype.kind in "iu" else after
    return before


def _listed(types: frozenset[str]) -> str:
    return ", ".join(sorted(types))


def add(array: Any, index: Any, value: Any) -> Any:
    """Return the element as it was, and add to it."""
    return _change(array, index, lambda old: old + value)


def sub(array: Any, index: Any, value: Any) -> Any:
    """Return the element as it was, and subtract from it."""
    return _change(array, index, lambda old: old - value)


def max(array: Any, index: Any, value: Any) -> Any:
    """Return the element as it was, and keep the larger; a NaN loses, as in Numba."""
    return _change(array, index, lambda old: np.fmax(old, value).item())


def min(array: Any, index: Any, value: Any) -> Any:
    """Return the element as it was, and keep the smaller; a NaN loses, as in Numba."""
    return _change(array, index, lambda old: np.fmin(old, value).item())


def exch(array: Any, index: Any, value: Any) -> Any:
    """Return the element as it was, and put another there."""
    return _change(array, index, lambda old: value, INTEGERS)


def cas(array: Any, index: Any, expected: Any, value: Any) -> Any:
    """Return the element as it was, and put another there if it was as expected."""
    return _change(array, index, lambda old: value if old == expected else old, INTEGERS)


def compare_and_swap(array: Any, expected: Any, value: Any) -> Any:
    """Return cas of the first element."""
    return cas(array, 0, expected, value)


def inc(array: Any, index: Any, limit: Any) -> Any:
    """Return the element as it was, and count up, from the limit to 0."""
    return _change(array, index, lambda old: 0 if old >= limit else old + 1, UNSIGNED)


def dec(array: Any, index: Any, limit: Any) -> Any:
    """Return the element as it was, and count down, from 0 to the limit."""
    return _change(
        array, index, lambda old: limit if old == 0 or old > limit else old - 1, UNSIGNED
    )


def and_(array: Any, index: Any, value: Any) -> Any:
    """Return the element as it was, and keep the bits that both have."""
    return _change(array, index, lambda old: old & value, INTEGERS)


def or_(array: Any, index: Any, value: Any) -> Any:
    """Return the element as it was, and keep the bits that either has."""
    return _change(array, index, lambda old: old | value, INTEGERS)


def xor(array: Any, index: Any, value: Any) -> Any:
    """Return the element as it was, and keep the bits that one of the two has."""
    return _change(array, index, lambda old: old ^ value, INTEGERS)


NAMES: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (add, sub, max, min, exch, cas, compare_and_swap, inc, dec, and_, or_, xor)
} | {"nanmax": max, "nanmin": min}
