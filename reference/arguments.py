"""Reading arguments: each function returns a checked value or names the argument that is wrong.

Every message has one form: `name: got this, expected that`. A wrong kind of thing (a string for a
number, a complex array) is a TypeError; a wrong value or shape is a ValueError.
"""

import math
import operator
from collections.abc import Collection, Sequence
from numbers import Real
from typing import Any

import numpy as np
from numpy import ndarray
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float32] | NDArray[np.float64]
SINGLE, DOUBLE = np.dtype(np.float32), np.dtype(np.float64)
IntegerArray = NDArray[np.int64]
Shape = tuple[int, ...]
PAIRS = (tuple, list)  # tuple | list is made anew wherever it is asked, which takes longer
ON_HOST = frozenset({np.ndarray, list, tuple, int, float})  # what need not be asked where it lies


def is_on_device(value: object) -> bool:
    """Return whether value is an array that lies on a GPU, whoever made it."""
    if type(value) in ON_HOST:
        return False
    try:
        return hasattr(value, "__cuda_array_interface__") or hasattr(value, "__cuda_ndarray__")
    except RuntimeError:  # as PyTorch says of one that is on a GPU and needs a gradient
        return True


def read_array(name: str, value: ArrayLike) -> NDArray[Any]:
    """Return value as an array of any dtype, which lies in the host's memory."""
    if is_on_device(value):
        got = f"{name}: got a device array ({type(value).__name__}), expected a NumPy array"
        raise TypeError(
            f'{got}; functions that have a backend take one with backend="cuda", see docs/cuda.md'
        )
    try:
        return np.asarray(value)
    except (ValueError, TypeError, RuntimeError) as error:
        message = f"{name}: got {type(value).__name__} that is no array ({error})"
        raise ValueError(f"{message}, expected an array") from error


def read_floats(backend: str = "cpu", /, **named: ArrayLike) -> tuple[FloatArray, ...]:
    """Return the arguments with one dtype: float32 when each of them is float32, else float64.

    The arrays are aligned, C-contiguous, native and writeable, so that a kernel is compiled once
    for each dtype and never for a memory layout; an argument that is not so is copied. With the
    backend "cuda" they are DeviceArrays where one of them lies on the device; functions that take
    such arrays say which backend they were given, and only these do.
    """
    given: tuple[Any, ...] = tuple(named.values())
    if are_ready_floats(given):
        return given
    if backend == "cuda" and any(map(is_on_device, given)):
        on_device: tuple[FloatArray, ...] = load_device_arrays().read_device_floats(named)
        return on_device
    arrays = [_check_real(name, read_array(name, value)) for name, value in named.items()]
    single = all(array.dtype.kind == "f" and array.dtype.itemsize == 4 for array in arrays)
    dtype = np.float32 if single else np.float64
    return tuple(np.require(array, dtype, ["C", "A", "W"]) for array in arrays)


def load_device_arrays() -> Any:
    """Return the module that knows device arrays; it imports Numba."""
    from reference.cuda import arrays

    return arrays


def are_ready(
    values: Sequence[Any], dtype: np.dtype[Any], shape: tuple[int, ...] | None = None
) -> bool:
    """Return whether the values are what a kernel takes, so that nothing more need be asked.

    Most arguments are; to ask them only this takes a tenth of the time. With a shape, all have it.
    """
    for value in values:
        if type(value) is not ndarray or value.dtype is not dtype or not value.flags.carray:
            return False
        if shape is not None and value.shape != shape:
            return False
    return True


def is_ready(value: Any, dtype: np.dtype[Any]) -> bool:
    """Return whether the value is what a kernel takes, as are_ready does."""
    return type(value) is ndarray and value.dtype is dtype and value.flags.carray


def are_ready_floats(values: Sequence[Any]) -> bool:
    """Return whether the values are what a kernel of float32, or one of float64, takes."""
    if type(values[0]) is not ndarray:
        return False
    dtype = values[0].dtype
    if dtype is not SINGLE and dtype is not DOUBLE:
        return False
    for value in values:  # as in are_ready, without the time to call it
        if type(value) is not ndarray or value.dtype is not dtype or not value.flags.carray:
            return False
    return True


def _check_real(name: str, array: NDArray[Any]) -> NDArray[Any]:
    if array.dtype.kind in "biu" or (array.dtype.kind == "f" and array.dtype.itemsize in (4, 8)):
        return array
    raise TypeError(
        f"{name}: got dtype {array.dtype}, expected float32, float64, integers or booleans"
    )


def read_labels(
    name: str, value: ArrayLike, num_classes: int | None = None, first_class: int = 0
) -> IntegerArray:
    """Return class indices as a contiguous int64 array, each in 0 .. num_classes - 1.

    The labels that come count from first_class.
    """
    array = read_array(name, value)
    if array.size == 0 and array.dtype == np.float64:  # what NumPy makes of an empty list
        array = array.astype(np.int64)
    if array.dtype.kind not in "biu":
        raise TypeError(f"{name}: got dtype {array.dtype}, expected integer class indices")
    largest = np.iinfo(np.int64).max if num_classes is None else first_class + num_classes - 1
    expected = f"class indices from {first_class}"
    expected += "" if num_classes is None else f" to {largest}"
    check_all(name, array, (array >= first_class) & (array <= largest), expected)
    labels = np.require(array, np.int64, ["C", "A", "W"])
    return labels - first_class if first_class else labels


def check_all(name: str, array: NDArray[Any], is_right: NDArray[np.bool_], expected: str) -> None:
    """Raise a ValueError that shows the first element of the array that is not right."""
    if is_right.all():
        return
    first = tuple(int(i) for i in np.argwhere(~is_right)[0])
    place = f" at index {first}" if first else ""
    raise ValueError(f"{name}: got {array[first]}{place}, expected {expected}")


def check_shape(name: str, array: NDArray[Any], expected: tuple[int, ...], whose: str) -> None:
    """Raise a ValueError unless the array has the expected shape, which is that of whose."""
    if array.shape != expected:
        raise ValueError(
            f"{name}: got shape {array.shape}, expected {expected}, the shape of {whose}"
        )


def read_integer(name: str, value: Any, minimum: float = -math.inf) -> int:
    """Return value as an int of at least minimum; a boolean is no integer here."""
    if type(value) is int and value >= minimum:
        return value
    try:
        if isinstance(value, bool | np.bool_):
            raise TypeError
        integer = operator.index(value)
    except TypeError:
        raise TypeError(f"{name}: got {value!r}, expected an integer") from None
    if integer < minimum:
        raise ValueError(f"{name}: got {integer}, expected an integer of at least {minimum}")
    return integer


def is_pair(value: object) -> bool:
    """Return whether value speaks for two axes, not for both alike."""
    return isinstance(value, PAIRS) or (isinstance(value, np.ndarray) and value.ndim > 0)


def split_pair(name: str, value: Any) -> tuple[Any, Any]:
    """Return the two entries of a pair; a single value counts for both."""
    if not is_pair(value):
        return value, value
    if len(value) != 2:
        raise ValueError(f"{name}: got {value!r}, expected one value or a pair of them")
    return value[0], value[1]


def read_pair(name: str, value: object, minimum: int) -> tuple[int, int]:
    """Return (vertical, horizontal) from an integer or a pair of integers."""
    vertical, horizontal = split_pair(name, value)
    return read_integer(name, vertical, minimum), read_integer(name, horizontal, minimum)


def read_number(name: str, value: object, minimum: float = -math.inf) -> float:
    """Return value as a finite float of at least minimum."""
    if type(value) is float and minimum <= value < math.inf and value != -math.inf:
        return value
    if type(value) is not float and (not isinstance(value, Real) or isinstance(value, bool)):
        raise TypeError(f"{name}: got {value!r}, expected a number")
    number = float(value)
    if not math.isfinite(number) or number < minimum:
        bound = "" if minimum == -math.inf else f" of at least {minimum:g}"
        raise ValueError(f"{name}: got {number!r}, expected a finite number{bound}")
    return number


def check_choice(name: str, value: object, choices: Collection[str]) -> None:
    """Raise a ValueError that lists the choices unless value is one of them."""
    if not isinstance(value, str) or value not in choices:
        expected = " or ".join(repr(choice) for choice in choices)
        raise ValueError(f"{name}: got {value!r}, expected {expected}")
