"""Numbers of a GPU: the types by their names in Numba, and integers that wrap.

Numba computes integers of up to 32 bits in 64, as does Python here: an element of an integer array
is read as a Python integer. Floats stay NumPy's scalars, so that float32 is rounded as float32.
"""

from functools import cache
from typing import Any

import numpy as np

FLOATS = ("float16", "float32", "float64")
INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
COMPLEX = ("complex64", "complex128")
SHORT = {"f4": "float32", "f8": "float64", "i4": "int32", "i8": "int64", "u4": "uint32"} | {
    "u1": "uint8",
    "i1": "int8",
    "i2": "int16",
    "u2": "uint16",
    "u8": "uint64",
    "b1": "boolean",
    "c8": "complex64",
    "c16": "complex128",
    "intp": "int64",
    "uintp": "uint64",
    "byte": "uint8",
    "float_": "float32",
    "double": "float64",
    "bool_": "boolean",
}


class Signature:
    """What `void(float32[:], int32)` gives: a signature, which a simulator need not obey."""

    def __init__(self, *types: Any) -> None:
        self.types = types


class ArrayType:
    """What `float32[:, ::1]` gives."""

    def __init__(self, element: "NumberType") -> None:
        self.dtype = element.dtype

    def __call__(self, *types: Any) -> Signature:
        return Signature(self, *types)


class NumberType:
    """A type of Numba: `float32(x)` converts, `float32[:]` is an array."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.dtype = np.dtype(np.bool_ if name == "boolean" else name)

    def __call__(self, *values: Any) -> Any:
        if len(values) != 1 or isinstance(values[0], NumberType | ArrayType | Signature):
            return Signature(self, *values)
        return wrapped(values[0], self.dtype)

    def __getitem__(self, axes: Any) -> ArrayType:
        return ArrayType(self)

    def __repr__(self) -> str:
        return self.name


@cache
def number_types() -> dict[str, Any]:
    """Return the names that `from numba import ...` gives, with their types."""
    types: dict[str, Any] = {n: NumberType(n) for n in (*FLOATS, *INTEGERS, *COMPLEX, "boolean")}
    return types | {short: types[name] for short, name in SHORT.items()} | {"void": Signature}


@cache
def dtype_of(type_: Any) -> np.dtype:
    """Return NumPy's dtype for a type of ours, of NumPy or of Numba."""
    try:
        found: np.dtype = np.dtype(type_)
        return found
    except TypeError:
        return np.dtype(str(type_))  # Numba's types print as NumPy's names


def wrapped(value: Any, dtype: np.dtype) -> Any:
    """Return a number as a conversion in C gives it: integers wrap, floats are rounded."""
    if dtype.kind not in "iu":
        return dtype.type(value)
    bits = 8 * dtype.itemsize
    if isinstance(value, float | np.floating) and not np.isfinite(value):
        return -(1 << (bits - 1)) if dtype.kind == "i" else 0
    low = int(value) & ((1 << bits) - 1)
    return low - (1 << bits) if dtype.kind == "i" and low >> (bits - 1) else low


def plain(value: Any) -> Any:
    """Return an argument as the function sees it: integers as Python's."""
    return int(value) if isinstance(value, np.integer) else value


def poison(array: np.ndarray) -> None:
    """Fill fresh memory with what shows up in a result: NaN, or a large number."""
    if array.dtype.kind in "fc":
        array.fill(np.nan)
    elif array.dtype.kind in "iu":
        array.fill(np.iinfo(array.dtype).max // 3)
    else:
        array.fill(False)


class Integers(np.ndarray):
    """An array of integers whose elements are read as Python's and wrap when they are written."""

    def __getitem__(self, index: Any) -> Any:
        if self.ndim == 1 or index.__class__ is tuple:  # item(5) of a matrix is its sixth element
            try:
                return self.item(index)
            except (TypeError, ValueError):
                pass
        return super().__getitem__(index)

    def __setitem__(self, index: Any, value: Any) -> None:
        try:
            super().__setitem__(index, value)
        except OverflowError:
            super().__setitem__(index, wrapped(value, self.dtype))


def for_threads(array: np.ndarray) -> np.ndarray:
    """Return an array as unchecked threads use it."""
    return array.view(Integers) if array.dtype.kind in "iu" else array
