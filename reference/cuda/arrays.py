"""Arguments that lie on the device: read, checked, and what little else is done to them there.

    x = torch.rand(64, 3, 32, 32, device="cuda")
    conv2d(x, weight, backend="cuda")       a DeviceArray; torch.as_tensor takes it without a copy

What comes in is used where it lies: anything with `__cuda_array_interface__`, contiguous as C has
it. Where one argument of a call is such, NumPy arrays beside it are copied to the device.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from reference.arguments import is_on_device, read_floats
from reference.cuda.device_array import DeviceArray
from reference.cuda.target import check_device, cuda

FLOATS = tuple(map(np.dtype, (np.float32, np.float64)))


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


def turn_kernels(name: str, value: Any) -> DeviceArray:
    """Return kernels (O, C, kH, kW) flipped on both of their last axes; others as they are."""
    from reference.cuda import elements

    array = read_device_array(name, value)
    if array.ndim != 4 or array.dtype not in FLOATS or not array.size:
        return array  # the convolution tells what is wrong
    turned = DeviceArray(cuda.device_array(array.shape, array.dtype))
    elements.turn_planes(turned.reshape(-1), array.reshape(-1), math.prod(array.shape[2:]))
    return turned


def scale(array: DeviceArray, factor: float) -> DeviceArray:
    """Return the array times a number."""
    from reference.cuda import elements

    scaled = DeviceArray(cuda.device_array(array.shape, array.dtype))
    elements.scale(scaled.reshape(-1), array.reshape(-1), factor)
    return scaled
