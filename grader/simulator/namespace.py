"""The names of `cuda` that a running function may use; the one list of what the simulator has."""

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

from . import atomics, device, warps
from .running import WARP, running
from .scalars import NumberType

_BASES = {"float": "float32", "double": "float64", "int": "int32", "uint": "uint32"} | {
    "char": "int8",
    "uchar": "uint8",
    "short": "int16",
    "ushort": "uint16",
    "longlong": "int64",
    "ulonglong": "uint64",
    "long": "int64",
    "ulong": "uint64",
}


class ShortVector:
    """Two, three or four numbers: x, y, z, w."""

    __slots__ = ("w", "x", "y", "z")

    def __init__(self, values: list[Any]) -> None:
        for axis, value in zip("xyzw", values, strict=False):
            setattr(self, axis, value)

    def numbers(self) -> list[Any]:
        """Return its numbers in order."""
        return [getattr(self, axis) for axis in "xyzw" if hasattr(self, axis)]


def _short_vector(name: str, count: int, element: NumberType) -> Callable[..., ShortVector]:
    def make(*values: Any) -> ShortVector:
        flat = [v for part in values for v in _numbers(part)]
        if len(flat) != count:
            raise TypeError(f"{name} takes {count} numbers, got {len(flat)}")
        return ShortVector([element(v) for v in flat])

    make.__name__ = name
    return make


def _numbers(part: Any) -> list[Any]:
    return part.numbers() if isinstance(part, ShortVector) else [part]


def short_vectors() -> dict[str, Callable[..., ShortVector]]:
    """Return float2, int4 and their kin, also by Numba's longer names, float32x2."""
    made = {}
    for base, type_name in _BASES.items():
        for count in (1, 2, 3, 4):
            make = _short_vector(f"{base}{count}", count, NumberType(type_name))
            made[f"{base}{count}"] = made[f"{type_name}x{count}"] = make
    return made


@cache
def device_names() -> dict[str, Any]:
    """Return what `cuda` holds for a running function, except laneid, which each thread has."""
    functions = (
        *(device.grid, device.gridsize, device.syncthreads, device.syncthreads_count),
        *(device.syncthreads_and, device.syncthreads_or, device.syncwarp, device.activemask),
        *(device.lanemask_lt, device.fma, device.popc, device.clz, device.ffs, device.brev),
        *(device.selp, device.cbrt),
    )
    nothing = ("threadfence", "threadfence_block", "threadfence_system", "nanosleep")
    return {
        "threadIdx": running.thread_index,
        "blockIdx": running.block_index,
        "blockDim": running.block_size,
        "gridDim": running.grid_size,
        "warpsize": WARP,
        "shared": SimpleNamespace(array=device.shared_array),
        "local": SimpleNamespace(array=device.local_array),
        "const": SimpleNamespace(array_like=device.const_array_like),
        "atomic": SimpleNamespace(**atomics.NAMES),
        **{function.__name__: function for function in functions},
        **{name: device.warp_call(name) for name in warps.NAMES},
        **dict.fromkeys(nothing, device.no_operation),
        **short_vectors(),
    }


def lookup(name: str) -> Any:
    """Return what has another value in each thread; raise where there is no such name."""
    if name == "laneid" and running.is_active:
        return running.thread.lane
    raise AttributeError(f"the simulator has no cuda.{name}")


class DeviceNames:
    """`cuda` for a function that was imported with the real Numba."""

    def __init__(self) -> None:
        vars(self).update(device_names())

    def __getattr__(self, name: str) -> Any:
        return lookup(name)
