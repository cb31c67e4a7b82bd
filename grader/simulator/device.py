"""What a function under test finds in `cuda`: its place, barriers, warps, arithmetic."""

import math
from collections.abc import Callable
from sys import _getframe
from typing import Any

import numpy as np

from .running import ALL_LANES, AtBarrier, AtWarp, running
from .scalars import for_threads

_block, _thread = running.block_index, running.thread_index
_size, _grid = running.block_size, running.grid_size


def grid(axes: int) -> Any:
    """Return the thread's place in the whole grid: an integer, or a tuple of two or three."""
    x = _block.x * _size.x + _thread.x
    if axes == 1:
        return x
    if axes not in (2, 3):
        raise ValueError(f"cuda.grid takes 1, 2 or 3, got {axes}")
    y = _block.y * _size.y + _thread.y
    return (x, y) if axes == 2 else (x, y, _block.z * _size.z + _thread.z)


def gridsize(axes: int) -> Any:
    """Return how many threads the grid has along its axes."""
    whole = (_grid.x * _size.x, _grid.y * _size.y, _grid.z * _size.z)
    return whole[0] if axes == 1 else whole[:axes]


def _wait_for_block(how: str, value: Any) -> Any:
    if isinstance(value, bool | float | np.bool_ | np.floating):
        raise TypeError(f"cuda.syncthreads_{how} takes an integer: 1 if ... else 0")
    site = running.sites.at(_getframe(2))
    return running.hub.switch(AtBarrier(site, how, value))


def syncthreads() -> None:
    """Wait for all threads of the block."""
    _wait_for_block("", None)


def syncthreads_count(value: Any) -> Any:
    """Wait for the block, and return for how many threads the value is true."""
    return _wait_for_block("count", value)


def syncthreads_and(value: Any) -> Any:
    """Wait for the block, and return 1 if the value is true for all threads, else 0."""
    return _wait_for_block("and", value)


def syncthreads_or(value: Any) -> Any:
    """Wait for the block, and return 1 if the value is true for any thread, else 0."""
    return _wait_for_block("or", value)


def syncwarp(mask: int = ALL_LANES) -> None:
    """Wait for the lanes of a mask."""
    site = running.sites.at(_getframe(1))
    running.hub.switch(AtWarp(site, "syncwarp", int(mask) & ALL_LANES, None, None))


def warp_call(how: str) -> Callable[..., Any]:
    """Return the function of a warp operation: how(mask, value, argument)."""

    def call(mask: int, value: Any, argument: Any = 0) -> Any:
        site = running.sites.at(_getframe(1))
        request = AtWarp(site, how, int(mask) & ALL_LANES, value, int(argument))
        return running.hub.switch(request)

    call.__name__ = how
    return call


def activemask() -> int:
    """Return the lanes of the warp that have not returned."""
    own = running.thread.warp
    alive = (t for t in running.threads if t.warp == own and not (t.greenlet and t.greenlet.dead))
    return sum(1 << thread.lane for thread in alive)


def lanemask_lt() -> int:
    """Return a mask of the lanes below this one."""
    return (1 << running.thread.lane) - 1


def shared_array(shape: Any, dtype: Any, alignment: int | None = None) -> Any:
    """Return the block's array of this place in the source; shape 0 is the dynamic memory."""
    return running.memory.shared(running.sites.at(_getframe(1)), shape, dtype)


def local_array(shape: Any, dtype: Any, alignment: int | None = None) -> Any:
    """Return an array of this thread's own."""
    return running.memory.local(shape, dtype)


def const_array_like(array: Any) -> Any:
    """Return a constant array."""
    constant = np.asarray(array).view()
    constant.flags.writeable = False
    return for_threads(constant)


def no_operation(*arguments: Any) -> None:
    """Do nothing: fences and sleeps, where one thread runs at a time."""


def fma(a: Any, b: Any, c: Any) -> Any:
    """Return a * b + c; of float32, rounded once."""
    if all(isinstance(value, np.float32) for value in (a, b, c)):
        return np.float32(float(a) * float(b) + float(c))
    return a * b + c


def popc(value: Any) -> int:
    """Return how many bits are set."""
    return (int(value) & _bits(value)).bit_count()


def clz(value: Any) -> int:
    """Return how many zero bits lead."""
    bits = _bits(value)
    return bits.bit_length() - (int(value) & bits).bit_length()


def ffs(value: Any) -> int:
    """Return the place of the lowest set bit, counted from 1, or 0 if none is set."""
    low = int(value) & _bits(value)
    return (low & -low).bit_length()


def brev(value: Any) -> int:
    """Return the bits in reverse order."""
    bits = _bits(value)
    return int(f"{int(value) & bits:0{bits.bit_length()}b}"[::-1], 2)


def _bits(value: Any) -> int:
    """Return a mask of 32 bits, or of 64 where the value does not fit into them."""
    return ALL_LANES if -(1 << 31) <= int(value) <= ALL_LANES else (1 << 64) - 1


def selp(condition: Any, one: Any, other: Any) -> Any:
    """Return one of two values."""
    return one if condition else other


def cbrt(value: Any) -> Any:
    """Return the cube root."""
    return math.copysign(abs(value) ** (1 / 3), value)
