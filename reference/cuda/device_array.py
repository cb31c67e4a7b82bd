"""An array on the device, in the form that the functions of `reference` work with.

They allocate and reshape NumPy's arrays, seldom more; so does this, and NumPy itself hands on what
it is asked of it. What calculates is kernels.
"""

import math
from types import SimpleNamespace
from typing import Any

import numpy as np

from reference.cuda.target import IS_SIMULATED, cuda


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
        """Return the same numbers with a first axis more (np.newaxis), or without it (0).

        Or the last axis but one, as [..., np.newaxis, :] and [..., 0, :].
        """
        if index is np.newaxis:
            return self.reshape(1, *self.shape)
        if index == 0 and self.shape[:1] == (1,):
            return self.reshape(self.shape[1:])
        if index == (..., np.newaxis, slice(None)):
            return self.reshape(*self.shape[:-1], 1, self.shape[-1])
        if index == (..., 0, slice(None)) and self.shape[-2:-1] == (1,):
            return self.reshape(*self.shape[:-2], self.shape[-1])
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

    def astype(self, dtype: Any, copy: bool = True) -> "DeviceArray":
        """Return the same numbers in another dtype; this array if it has it and copy is false."""
        from reference.cuda.elements import scale

        if self.dtype == dtype and not copy:
            return self
        converted = _empty(self.shape, dtype)
        scale(converted.reshape(-1), self.reshape(-1), 1.0)
        return converted

    def sum(self) -> float:
        """Return the sum of all elements."""
        from reference.cuda.elements import take_sum

        return take_sum(self.reshape(-1))

    def copy_to_host(self) -> np.ndarray:
        """Return the numbers as a NumPy array."""
        copied: np.ndarray = self.on_device.copy_to_host()
        return copied


def _empty(shape: Any, dtype: Any = float) -> DeviceArray:
    return DeviceArray(cuda.device_array(shape, np.dtype(dtype)))


def _atleast_2d(array: DeviceArray) -> DeviceArray:
    return array if array.ndim > 1 else array[np.newaxis]


def _moveaxis(array: DeviceArray, source: int, destination: int) -> DeviceArray:
    """Return the array with an axis moved to the end, or the last one moved to the front of some.

    Either way matrices are transposed.
    """
    from reference.cuda import elements

    shape = array.shape
    if destination == -1:
        place = source % array.ndim
        rows, columns = shape[place], math.prod(shape[place + 1 :])
        shape = (*shape[:place], *shape[place + 1 :], rows)
    else:
        place = destination % array.ndim
        rows, columns = math.prod(shape[place:-1]), shape[-1]
        shape = (*shape[:place], columns, *shape[place:-1])
    moved = _empty(shape, array.dtype)
    elements.turn_matrices(moved.reshape(-1), array.reshape(-1), rows, columns)
    return moved


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
    np.atleast_2d: _atleast_2d,
    np.empty: _empty,
    np.empty_like: _empty_like,
    np.full: _full,
    np.zeros: _zeros,
    np.zeros_like: _zeros_like,
    np.copyto: _copy_to,
    np.moveaxis: _moveaxis,
    np.may_share_memory: _share_memory,
    np.shares_memory: _share_memory,
}
