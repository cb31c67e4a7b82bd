"""Arrays that a caller gives to be overwritten, also where they overlap with the arguments."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from reference.arguments import FloatArray, is_on_device, load_device_arrays


def read_output(name: str, array: object, like: FloatArray) -> FloatArray:
    """Return the array if a result of like's shape and dtype can be written into it."""
    if not isinstance(like, np.ndarray):
        return _read_on_device(name, array, like)
    expected = f"a writeable {like.dtype} array of shape {like.shape}"
    if not isinstance(array, np.ndarray):
        raise TypeError(f"{name}: got {type(array).__name__}, expected {expected}")
    if array.shape != like.shape or array.dtype != like.dtype or not array.flags.writeable:
        access = "writeable" if array.flags.writeable else "read-only"
        got = f"a {access} {array.dtype} array of shape {array.shape}"
        raise ValueError(f"{name}: got {got}, expected {expected}")
    return array


def empty_beside(shape: tuple[int, ...], like: FloatArray) -> FloatArray:
    """Return an array of the shape, of like's dtype and where like lies."""
    if type(like) is np.ndarray:  # asked first, since NumPy takes half a microsecond to find out
        return np.empty(shape, like.dtype)
    return np.empty(shape, like.dtype, like=like)


def zeros_beside(shape: tuple[int, ...], like: FloatArray) -> FloatArray:
    """Return zeros of the shape, of like's dtype and where like lies."""
    if type(like) is np.ndarray:
        return np.zeros(shape, like.dtype)
    return np.zeros(shape, like.dtype, like=like)


def _read_on_device(name: str, array: object, like: Any) -> Any:
    expected = f"a {like.dtype} device array of shape {like.shape}"
    if not is_on_device(array):
        raise TypeError(f"{name}: got {type(array).__name__}, expected {expected}")
    held = load_device_arrays().read_device_array(name, array)
    if held.shape != like.shape or held.dtype != like.dtype:
        got = f"a {held.dtype} device array of shape {held.shape}"
        raise ValueError(f"{name}: got {got}, expected {expected}")
    return held


def check_apart(name: str, arrays: Iterable[FloatArray]) -> None:
    """Raise a ValueError if two of the arrays, which are all to be written, share memory."""
    seen: list[FloatArray] = []
    for array in arrays:
        if any(np.shares_memory(array, other) for other in seen):
            raise ValueError(f"{name}: got arrays that share memory, expected separate ones")
        seen.append(array)


def choose_draft(output: FloatArray, start: FloatArray, inputs: Iterable[FloatArray]) -> FloatArray:
    """Return an array that begins as start: output itself where a kernel may step it in place.

    It may where output is contiguous and shares memory with no input but its own start, and that
    is the very same array: an input would be overwritten before it is read.
    """
    is_start = is_same_memory(output, start)
    others = (array for array in inputs if not (is_start and array is start))
    if not output.flags.carray or any(np.may_share_memory(output, array) for array in others):
        return start.copy()
    if not is_start:
        np.copyto(output, start)
    return output


def is_same_memory(output: FloatArray, array: FloatArray) -> bool:
    """Return whether two contiguous arrays of one shape and dtype are one."""
    return output is array or _find_address(output) == _find_address(array)


def _find_address(array: Any) -> int:
    address: int = array.ctypes.data if isinstance(array, np.ndarray) else array.address
    return address
