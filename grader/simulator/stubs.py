"""What a student's file imports as `numba` and `numba.cuda` where it runs in the simulator."""

from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from .adopted import DEVICE
from .findings import Report
from .host import DeviceArray, Launchable, on_host
from .launch import BUDGET, launch
from .namespace import device_names, lookup
from .scalars import dtype_of, number_types

_LIMITS = SimpleNamespace(
    name=b"gradecheck's simulator",
    compute_capability=(9, 0),
    MAX_THREADS_PER_BLOCK=1024,
    MULTIPROCESSOR_COUNT=1,
    WARP_SIZE=32,
)


def stub_modules(
    reports: list[Report] | None = None, *, is_checked: bool = True, budget: int = BUDGET
) -> dict[str, ModuleType]:
    """Return modules for sys.modules; each launch of what they decorate appends its report."""
    collected: list[Report] = [] if reports is None else reports

    def start(function: Any, grid: Any, block: Any, arguments: Any, *, shared_bytes: int) -> None:
        collected.append(
            launch(
                *(function, grid, block, arguments),
                shared_bytes=shared_bytes,
                is_checked=is_checked,
                budget=budget,
            )
        )

    types = number_types()
    numba = _module("numba", **types, **_compilers(), prange=range, __version__="0")
    cuda = _module(
        "numba.cuda",
        **{**device_names(), **_host_names(), "jit": _jit(start)},
        is_of_gradecheck=True,
        __getattr__=lookup,
    )
    numba_types, core = _module("numba.types", **types), _module("numba.core", **types)
    vars(core).update(types=numba_types)
    vars(numba).update(cuda=cuda, types=numba_types, core=core)
    by_name = {module.__name__: module for module in (numba, cuda, numba_types, core)}
    return by_name | {"numba.core.types": numba_types}


def _module(name: str, **contents: Any) -> ModuleType:
    module = ModuleType(name)
    module.__path__ = []  # a package: `import numba.cuda` looks for one
    vars(module).update(contents)
    return module


def _jit(start: Callable[..., Any]) -> Callable[..., Any]:
    def jit(signature: Any = None, device: bool = False, **options: Any) -> Any:
        """Return what Numba's decorator gives, with or without a signature and options."""

        def decorate(function: Any) -> Any:
            if not device:
                return Launchable(function, start)
            setattr(function, DEVICE, True)
            return function

        is_bare = callable(signature) and hasattr(signature, "__code__")
        return decorate(signature) if is_bare else decorate

    return jit


def _compilers() -> dict[str, Any]:
    """Return jit, njit and vectorize of the host, which leave a function as it is.

    Numba lets a function under them be called on the device too.
    """

    def leave(function: Any = None, *types: Any, **options: Any) -> Any:
        if not hasattr(function, "__code__"):
            return leave
        setattr(function, DEVICE, True)
        return function

    return dict.fromkeys(("jit", "njit", "vectorize", "guvectorize"), leave)


def _host_names() -> dict[str, Any]:
    def to_device(obj: Any, stream: Any = 0, copy: bool = True, to: Any = None) -> DeviceArray:
        array = DeviceArray(np.array(on_host(obj)))
        if to is not None:
            to.copy_to_device(array)
        return array if to is None else DeviceArray(to.array)

    def device_array(
        shape: Any, dtype: Any = np.float64, strides: Any = None, order: str = "C", stream: Any = 0
    ) -> DeviceArray:
        return DeviceArray(np.zeros(shape, dtype_of(dtype)))

    def host_array(shape: Any, dtype: Any = np.float64, **options: Any) -> np.ndarray:
        return np.zeros(shape, dtype_of(dtype))

    def nothing(*arguments: Any) -> None:
        return None

    return {
        "to_device": to_device,
        "device_array": device_array,
        "device_array_like": lambda ary, stream=0: device_array(ary.shape, ary.dtype),
        "as_cuda_array": lambda array: array,
        "is_cuda_array": lambda array: isinstance(array, DeviceArray),
        **dict.fromkeys(("pinned_array", "mapped_array", "managed_array"), host_array),
        **dict.fromkeys(("synchronize", "close", "select_device"), nothing),
        "is_available": lambda: True,
        "get_current_device": lambda: _LIMITS,
        "stream": lambda: SimpleNamespace(synchronize=nothing),
        "event": lambda timing=True: SimpleNamespace(record=nothing, synchronize=nothing),
        "event_elapsed_time": lambda begin, end: 0.0,
    }
