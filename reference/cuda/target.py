"""Numba's CUDA target: the one place that imports it, and what is missing where it cannot work.

Everything else says `from reference.cuda.target import cuda`. A successor of the package has the
same interface, and would be imported here.
"""

import importlib.util
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from numba import cuda as _cuda
from numba.core import config as _config

from reference.cuda.simulation import SimulatedCuda

# Numba reads NUMBA_ENABLE_CUDASIM when it is imported: kernels are then run as Python, by threads.
IS_SIMULATED = bool(getattr(_config, "ENABLE_CUDASIM", False))
cuda: Any = SimulatedCuda(_cuda) if IS_SIMULATED else _cuda
Function = TypeVar("Function", bound=Callable[..., Any])
EXTRA = 'pip install "gradecheck[cuda]"'


def kernel(function: Callable[..., None]) -> Any:
    """Return the function as a kernel: kernel[blocks, threads](*arrays)."""
    return cuda.jit(function)


def device_function(function: Function) -> Function:
    """Return the function for kernels to call."""
    if IS_SIMULATED:
        return function
    compiled: Function = cuda.jit(device=True)(function)
    return compiled


@cache
def check_device() -> None:
    """Raise a RuntimeError unless kernels can run here: on a GPU, or in Numba's simulator."""
    if IS_SIMULATED:
        return
    if importlib.util.find_spec("numba_cuda") is None:
        raise RuntimeError(f'backend "cuda": numba-cuda is not installed; {EXTRA}')
    if not cuda.is_available():
        raise RuntimeError(
            f'backend "cuda": {_find_fault()}; NUMBA_ENABLE_CUDASIM=1 simulates a device, slowly'
        )


def describe_device() -> str:
    """Return the device's name, or what is missing."""
    try:
        check_device()
    except RuntimeError as error:
        return str(error).removeprefix('backend "cuda": ')
    if IS_SIMULATED:
        return "Numba's simulator, which is no GPU"
    name = cuda.get_current_device().name
    return name.decode() if isinstance(name, bytes) else str(name)


def _find_fault() -> str:
    error = cuda.cuda_error()
    if error is None:
        return "no NVIDIA GPU was found"
    return f"no NVIDIA driver works here ({' '.join(str(error).split())})"
