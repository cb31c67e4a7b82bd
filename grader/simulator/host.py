"""What a student's file does on the host: arrays on the device, and functions that are launched."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


class DeviceArray:
    """An array on the device: a copy, since the device has memory of its own."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array

    shape = property(lambda self: self.array.shape)
    size = property(lambda self: self.array.size)
    ndim = property(lambda self: self.array.ndim)
    dtype = property(lambda self: self.array.dtype)
    strides = property(lambda self: self.array.strides)
    nbytes = property(lambda self: self.array.nbytes)

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, index: Any) -> Any:
        part = self.array[index]
        return DeviceArray(part) if isinstance(part, np.ndarray) else part

    def __setitem__(self, index: Any, value: Any) -> None:
        self.array[index] = on_host(value)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.array(self.array, dtype)

    def copy_to_host(self, ary: np.ndarray | None = None, stream: Any = None) -> np.ndarray:
        """Return what the array holds, in another array of the host's."""
        if ary is None:
            return self.array.copy()
        ary[...] = self.array
        return ary

    def copy_to_device(self, ary: Any, stream: Any = None) -> None:
        """Fill the array with another."""
        self.array[...] = on_host(ary)

    def reshape(self, *shape: Any) -> "DeviceArray":
        """Return the same memory in another shape."""
        return DeviceArray(self.array.reshape(*shape))

    def ravel(self) -> "DeviceArray":
        """Return the same memory with one axis."""
        return DeviceArray(self.array.reshape(-1))


def on_host(value: Any) -> Any:
    """Return the array of a device array, and everything else as it is."""
    return value.array if isinstance(value, DeviceArray) else value


class Launchable:
    """A function under `@cuda.jit`: launched as function[blocks, threads](...)."""

    def __init__(self, function: Callable[..., Any], start: Callable[..., Any]) -> None:
        self.py_func, self._start = function, start
        self.__name__ = getattr(function, "__name__", "function")
        self.__doc__ = function.__doc__

    def __getitem__(self, configuration: Sequence[Any]) -> Callable[..., None]:
        if not isinstance(configuration, tuple) or len(configuration) < 2:
            raise ValueError(f"{self.__name__}[blocks, threads](...): both are needed")
        grid, block, _, shared_bytes = (*configuration, 0, 0)[:4]
        return self._configured(grid, block, shared_bytes)

    def _configured(self, grid: Any, block: Any, shared_bytes: int) -> Callable[..., None]:
        def run(*arguments: Any) -> None:
            held = [on_host(a) for a in arguments]
            self._start(self.py_func, grid, block, held, shared_bytes=shared_bytes)

        return run

    def forall(
        self, ntasks: int, tpb: int = 0, stream: Any = 0, sharedmem: int = 0
    ) -> Callable[..., None]:
        """Return a launch with at least so many threads, 128 to a block unless told."""
        threads = tpb or 128
        return self._configured(max(1, -(-ntasks // threads)), threads, sharedmem)

    def __call__(self, *arguments: Any) -> None:
        raise TypeError(
            f"{self.__name__} is launched with its grid: {self.__name__}[blocks, threads](...)"
        )
