"""What stands for `numba.cuda` in Numba's simulator, where each CUDA thread is one of Python.

The simulator puts its own module in place of `cuda` among the globals of a function, when a thread
calls it, and takes it away when that thread returns. So a device function of another file than the
kernel's loses it while other threads are still at work there. Here nothing is put in place: each
use asks whether a kernel is running.
"""

import sys
from collections.abc import Callable
from threading import Lock
from types import ModuleType
from typing import Any

import numpy as np
from numba.np.numpy_support import as_dtype


class SimulatedCuda:
    """Numba's module, and inside of a kernel what the simulator has in its place."""

    def __init__(self, outside: ModuleType) -> None:
        from numba.cuda.simulator import kernel

        self._outside = outside
        self._find_inside: Callable[[], Any] = kernel._get_kernel_context

    def __getattr__(self, name: str) -> Any:
        inside = self._find_inside()
        if inside is None:
            return getattr(self._outside, name)
        return SharedMemory(inside.shared) if name == "shared" else getattr(inside, name)


class SharedMemory:
    """Shared arrays as the simulator has them: one for each line that asks for one.

    Here with an alignment too, and of two threads that ask at once the second gets the same array.
    """

    lock = Lock()

    def __init__(self, shared: Any) -> None:
        self.arrays = shared._allocations

    def array(self, shape: Any, dtype: Any, alignment: int = 0) -> np.ndarray:
        """Return the array of this line of the kernel."""
        caller = sys._getframe(1)
        line = caller.f_code, caller.f_lineno
        with self.lock:
            if line not in self.arrays:
                self.arrays[line] = np.empty(shape, as_dtype(dtype))
            array: np.ndarray = self.arrays[line]
            return array
