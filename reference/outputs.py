"""Arrays that a caller gives to be overwritten, also where they overlap with the arguments."""

from collections.abc import Iterable

import numpy as np

from reference.arguments import FloatArray


def read_output(name: str, array: object, like: FloatArray) -> FloatArray:
    """Return the array if a result of like's shape and dtype can be written into it."""
    expected = f"a writeable {like.dtype} array of shape {like.shape}"
    if not isinstance(array, np.ndarray):
        raise TypeError(f"{name}: got {type(array).__name__}, expected {expected}")
    if array.shape != like.shape or array.dtype != like.dtype or not array.flags.writeable:
        access = "writeable" if array.flags.writeable else "read-only"
        got = f"a {access} {array.dtype} array of shape {array.shape}"
        raise ValueError(f"{name}: got {got}, expected {expected}")
    return array


def check_apart(name: str, arrays: Iterable[FloatArray]) -> None:
    """Raise a ValueError if two of the arrays, which are all to be written, share memory."""
    seen: list[FloatArray] = []
    for array in arrays:
        if any(np.shares_memory(array, other) for other in seen):
            raise ValueError(f"{name}: got arrays that share memory, expected separate ones")
        seen.append(array)


def choose_draft(output: FloatArray, inputs: Iterable[FloatArray]) -> FloatArray:
    """Return output itself where a kernel may write element by element, else a new array.

    It may where output is contiguous and each input is either elsewhere in memory or the very
    same array; an input shifted against output would be overwritten before it is read.
    """
    safe = all(
        output.ctypes.data == array.ctypes.data or not np.may_share_memory(output, array)
        for array in inputs
    )
    return output if safe and output.flags.carray else np.empty(output.shape, output.dtype)
