"""Arrays that lie on the device, in the form that the functions of `reference` work with.

    x = torch.rand(64, 3, 32, 32, device="cuda")
    conv2d(x, weight, backend="cuda")       a DeviceArray; torch.as_tensor takes it without a copy

What comes in is used where it lies: anything with `__cuda_array_interface__`, contiguous as C has
it. Where one argument of a call is such, NumPy arrays beside it are copied to the device.
"""

import math
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from reference.arguments import is_on_device, read_floats
from reference.cuda.target import IS_SIMULATED, check_device, cuda

FLOATS = tuple(map(np.dtype, (np.float32, np.float64)))


class DeviceArray:
    """An array on the device. It can be allocated and reshaped as NumPy's, not calculated with."""

    flags = SimpleNamespace(carray=True, writeable=True)

    def __init__(self, on_device: Any) -> None:
        self.on_device = on_device  # Numba's, as kernels take it
        self.shape: tuple[int, ...] = tuple(on_device.shape)
        self.dtype = np.dtype(on_device.dtype)
        self.ndim = len(self.shape)
        self.size = math.prod(self.shape)
        self.itemsize = self.dtype.itemsize
        self.nbytes = self.size * self.itemsize

    @property
    def address(self) -> int:
        """Where the first element lies."""
        # The simulator's arrays lie in the host's memory, and say so.
        name = "__array_interface__" if IS_SIMULATED else "__cuda_array_interface__"
        address: int = getattr(self.on_device, name)["data"][0]
        return address

    @property
    def __cuda_array_interface__(self) -> dict[str, Any]:
        place = {"data": (self.address, False), "strides": None, "stream": None, "version": 3}
        return {"shape": self.shape, "typestr": self.dtype.str, **place}

    def __len__(self) -> int:
        return self.shape[0]

    def __repr__(self) -> str:
        return f"<DeviceArray of shape {self.shape}, {self.dtype}>"

    def __getitem__(self, index: Any) -> "DeviceArray":
        """Return the same numbers with a first axis more (np.newaxis), or without it (0)."""
        if index is np.newaxis:
            return self.reshape(1, *self.shape)
        if index == 0 and self.shape[:1] == (1,):
            return self.reshape(self.shape[1:])
        raise TypeError(f"a device array has no [{index!r}]; copy_to_host() gives a NumPy array")

    def __array__(self, *args: Any, **options: Any) -> np.ndarray:
        raise TypeError("a device array is not copied unasked; copy_to_host() gives a NumPy array")

    def __array_function__(
        self, function: Any, types: Any, args: tuple[Any, ...], options: dict[str, Any]
    ) -> Any:
        if function not in FUNCTIONS:
            raise TypeError(f"numpy.{function.__name__} does not take device arrays")
        return FUNCTIONS[function](*args, **options)

    def reshape(self, *shape: Any) -> "DeviceArray":
        """Return the same numbers in another shape, of which one length may be -1."""
        wanted = tuple(shape[0]) if len(shape) == 1 and isinstance(shape[0], tuple) else shape
        if -1 in wanted:
            rest = math.prod(length for length in wanted if length != -1)
            wanted = tuple(self.size // rest if length == -1 else length for length in wanted)
        if wanted == self.shape:
            return self
        if self.size == 0:  # Numba does not reshape nothing
            return _empty(wanted, self.dtype)
        return DeviceArray(self.on_device.reshape(wanted))

    def copy(self) -> "DeviceArray":
        """Return another array of the same numbers."""
        copied = _empty_like(self)
        _copy_to(copied, self)
        return copied

    def sum(self) -> float:
        """Return the sum of all elements."""
        from reference.cuda.elements import take_sum

        return take_sum(self.reshape(-1))

    def copy_to_host(self) -> np.ndarray:
        """Return the numbers as a NumPy array."""
        copied: np.ndarray = self.on_device.copy_to_host()
        return copied


def to_device(array: Any) -> DeviceArray:
    """Return a copy of an array on the device."""
    check_device()
    return DeviceArray(cuda.to_device(np.asarray(array, order="C")))


def read_device_array(name: str, value: Any) -> DeviceArray:
    """Return value, of whatever package, as a device array: no number of it is copied."""
    if isinstance(value, DeviceArray):
        return value
    check_device()
    try:
        array = value if hasattr(value, "__cuda_ndarray__") else cuda.as_cuda_array(value)
    except (AttributeError, RuntimeError, TypeError, ValueError) as error:
        message = f"{name}: got {type(value).__name__} that cannot be read ({error})"
        raise ValueError(f"{message}, expected a device array") from error
    if not array.is_c_contiguous():
        got = f"a device array of shape {tuple(array.shape)} with strides {tuple(array.strides)}"
        raise ValueError(f"{name}: got {got}, expected a C-contiguous one; none is copied there")
    return DeviceArray(array)


def read_device_floats(named: Mapping[str, Any]) -> tuple[DeviceArray, ...]:
    """Return arguments, one of which lies on the device, as device arrays of one dtype."""
    held = {n: read_device_array(n, v) for n, v in named.items() if is_on_device(v)}
    first, dtype = next((name, array.dtype) for name, array in held.items())
    for name, array in held.items():
        if array.dtype not in FLOATS or array.dtype != dtype:
            fitting = f"{dtype}, the dtype of {first}" if dtype in FLOATS else "float32 or float64"
            raise TypeError(f"{name}: got a device array of {array.dtype}, expected {fitting}")
    return tuple(held[n] if n in held else _send(n, v, dtype) for n, v in named.items())


def _send(name: str, value: Any, dtype: np.dtype[Any]) -> DeviceArray:
    """Return a copy on the device of what does not lie there, in the dtype of what does."""
    (array,) = read_floats(**{name: value})
    with np.errstate(over="ignore"):
        return to_device(array.astype(dtype, copy=False))


def read_device_integers(name: str, value: Any) -> DeviceArray:
    """Return labels, no value of which was looked at, as a device array of int64."""
    if not is_on_device(value):
        return to_device(np.asarray(value, np.int64))
    array = read_device_array(name, value)
    if array.dtype != np.int64:
        raise TypeError(f"{name}: got a device array of {array.dtype}, expected int64")
    return array


def check_range(name: str, array: DeviceArray, low: float, high: float, expected: str) -> None:
    """Raise a ValueError that shows the first element that is not from low to high."""
    from reference.cuda.elements import find_outside

    place = find_outside(array.reshape(-1), low, high)
    if place is None:
        return
    index = tuple(int(i) for i in np.unravel_index(place, array.shape))
    where = f" at index {index}" if index else ""
    got = array.reshape(-1).on_device[place : place + 1].copy_to_host()[0]
    raise ValueError(f"{name}: got {got}{where}, expected {expected}")


def check_class_indices(name: str, labels: Any, num_classes: int | None) -> None:
    """Raise a ValueError that shows the first label that is no class index."""
    largest = np.iinfo(np.int64).max if num_classes is None else num_classes - 1
    expected = "class indices from 0" + ("" if num_classes is None else f" to {largest}")
    check_range(name, read_device_integers(name, labels), 0, largest, expected)


def replace_where(array: DeviceArray, replaced: np.ndarray, value: int) -> None:
    """Put value into every plane of array (..., H, W) where replaced (H, W) is true."""
    from reference.cuda import elements

    elements.replace_where(array.reshape(-1), replaced.reshape(-1), value)


def _empty(shape: Any, dtype: Any = float) -> DeviceArray:
    return DeviceArray(cuda.device_array(shape, np.dtype(dtype)))


def _empty_like(array: DeviceArray) -> DeviceArray:
    return _empty(array.shape, array.dtype)


def _full(shape: Any, value: float, dtype: Any = float, **defaults: Any) -> DeviceArray:
    from reference.cuda.elements import fill

    filled = _empty(shape, dtype)
    fill(filled.reshape(-1), value)
    return filled


def _zeros(shape: Any, dtype: Any = float) -> DeviceArray:
    return _full(shape, 0, dtype)


def _zeros_like(array: DeviceArray) -> DeviceArray:
    return _zeros(array.shape, array.dtype)


def _copy_to(target: DeviceArray, source: DeviceArray) -> None:
    if source.size:
        target.on_device.copy_to_device(source.on_device)


def _share_memory(one: Any, other: Any) -> bool:
    if not (isinstance(one, DeviceArray) and isinstance(other, DeviceArray)):
        return False  # one of them lies in the host's memory
    starts_before: bool = one.address < other.address + other.nbytes
    return starts_before and other.address < one.address + one.nbytes


# What NumPy calls for us where it is given a device array, as in np.empty(shape, like=x).
FUNCTIONS: dict[Any, Any] = {
    np.empty: _empty,
    np.empty_like: _empty_like,
    np.full: _full,
    np.zeros: _zeros,
    np.zeros_like: _zeros_like,
    np.copyto: _copy_to,
    np.may_share_memory: _share_memory,
    np.shares_memory: _share_memory,
}
