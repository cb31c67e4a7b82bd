"""Arrays on their way to the device and back.

    with Stage() as stage:
        softmax_kernel[blocks, threads](stage.write(out), stage.read(x))

A NumPy array is copied to the device, and back when the stage ends if it was written. An array that
lies on the device already is used where it is.
"""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from reference.cuda.target import check_device, cuda


class Stage:
    """The device's arrays of one call."""

    def __init__(self) -> None:
        check_device()
        self._returning: list[tuple[np.ndarray, Any]] = []

    def __enter__(self) -> "Stage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, place: object
    ) -> None:
        if kind is None:
            for array, on_device in self._returning:
                array[...] = on_device.copy_to_host()

    def read(self, array: Any, dtype: DTypeLike | None = None) -> Any:
        """Return an array for a kernel to read, copied as the dtype if one is given."""
        if not isinstance(array, np.ndarray):
            return _find_on_device(array)
        with np.errstate(over="ignore"):  # what float32 cannot hold is infinite there
            return cuda.to_device(array.astype(dtype or array.dtype, copy=False))

    def write(self, array: Any, dtype: DTypeLike | None = None) -> Any:
        """Return an array for a kernel to fill; what it held is not copied.

        A dtype lets a kernel of float32 fill an array of float64 without an instruction of float64.
        """
        if not isinstance(array, np.ndarray):
            return _find_on_device(array)
        on_device = cuda.device_array(array.shape, dtype or array.dtype)
        self._returning.append((array, on_device))
        return on_device

    def update(self, array: Any) -> Any:
        """Return an array for a kernel to read and to change."""
        if not isinstance(array, np.ndarray):
            return _find_on_device(array)
        on_device = cuda.to_device(array)
        self._returning.append((array, on_device))
        return on_device


def _find_on_device(array: Any) -> Any:
    """Return the array that a kernel takes, of a DeviceArray or of Numba's own."""
    return getattr(array, "on_device", array)
