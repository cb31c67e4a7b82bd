"""Pooling on the GPU: a thread for each window, tap by tap in the order of memory.

Windows side by side belong to neighbouring threads, which read each pixel from memory once, or find
it in the cache. Within a plane, places are integers of 32 bits: a GPU adds and compares them in
half the time, and that is most of what there is to do.

The smallest value is minus the largest of the opposite numbers: sign is 1 for the largest, -1 for
the smallest, in the dtype of x.
"""

import math
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype, int32, int64, uint64

from reference.arguments import Shape
from reference.cuda.elementwise import over
from reference.cuda.places import locate, type_tuple
from reference.cuda.proof import Proof
from reference.cuda.staging import Stage
from reference.cuda.target import cuda, device_function, kernel
from reference.pooling_windows import PoolWindows


def pool_for(
    out: Shape,
    x: Shape,
    dtype: np.dtype[Any],
    windows: PoolWindows,
    sign: int,
    has_indices: bool,
) -> Callable[..., None]:
    """Return what fills out (planes, H', W'), and indices if wanted, from x (planes, H, W).

    Its arguments are these arrays. sign is 1 for the largest, -1 for the smallest.
    """
    return partial(_pool_with_indices if has_indices else _pool, windows, dtype.type(sign))


def _pool(windows: PoolWindows, sign: Any, out: Any, x: Any) -> None:
    with Stage() as stage:
        arrays = stage.write(out).reshape(-1), stage.read(x).reshape(-1)
        sizes = out.shape[1:], x.shape[1:]
        over(make_pool(sign.dtype), out.size)(*arrays, sign, *sizes, *windows)


def _pool_with_indices(windows: PoolWindows, sign: Any, out: Any, x: Any, indices: Any) -> None:
    with Stage() as stage:
        arrays = stage.write(out), stage.write(indices), stage.read(x)
        flat, sizes = (array.reshape(-1) for array in arrays), (out.shape[1:], x.shape[1:])
        over(make_pool_with_indices(sign.dtype), out.size)(*flat, sign, *sizes, *windows)


@device_function
def enter(start: Any, dilation: Any) -> Any:
    """Return the first tap of a window that does not lie in the padding before the image."""
    while start < 0:
        start += dilation
    return start


@cache
def make_find(dtype: np.dtype[Any]) -> Any:
    """Return find(...): the best value of a window, and its place in the plane."""
    lowest = from_dtype(dtype)(-math.inf)

    @device_function
    def find(
        x: Any,
        sign: Any,
        number: Any,
        count: Any,
        size: Any,
        kernel_size: Any,
        stride: Any,
        padding: Any,
        dilation: Any,
    ) -> Any:
        plane, i, j = locate(number, count)
        above, before = i * stride[0] - padding[0], j * stride[1] - padding[1]
        bottom = int32(min(above + kernel_size[0] * dilation[0], size[0]))
        right = int32(min(before + kernel_size[1] * dilation[1], size[1]))
        row, left = int32(enter(above, dilation[0])), int32(enter(before, dilation[1]))
        # A longer step leaves the image as well.
        down, across = int32(min(dilation[0], size[0])), int32(min(dilation[1], size[1]))
        best, place, first = lowest, int32(row * size[1] + left), plane * size[0] * size[1]
        while row < bottom:
            column = left
            while column < right:
                here = int32(row * size[1] + column)
                value = x[uint64(first + here)] * sign
                # A NaN compares false with everything: it must be asked for.
                if value > best or value != value:
                    best, place = value, here
                column = int32(column + across)
            row = int32(row + down)
        return best * sign, place

    return find


@cache
def make_pool(dtype: np.dtype[Any]) -> Any:
    """Return pool[blocks, threads](...)."""
    find = make_find(dtype)

    @kernel
    def pool(
        out: Any,
        x: Any,
        sign: Any,
        count: Any,
        size: Any,
        kernel_size: Any,
        stride: Any,
        padding: Any,
        dilation: Any,
    ) -> None:
        for number in range(cuda.grid(1), out.shape[0], cuda.gridsize(1)):
            out[number], _ = find(
                x, sign, number, count, size, kernel_size, stride, padding, dilation
            )

    return pool


@cache
def make_pool_with_indices(dtype: np.dtype[Any]) -> Any:
    """Return pool_with_indices[blocks, threads](...)."""
    find = make_find(dtype)

    @kernel
    def pool_with_indices(
        out: Any,
        indices: Any,
        x: Any,
        sign: Any,
        count: Any,
        size: Any,
        kernel_size: Any,
        stride: Any,
        padding: Any,
        dilation: Any,
    ) -> None:
        for number in range(cuda.grid(1), out.shape[0], cuda.gridsize(1)):
            out[number], indices[number] = find(
                x, sign, number, count, size, kernel_size, stride, padding, dilation
            )

    return pool_with_indices


def proofs() -> Iterator[Proof]:
    """Yield every kernel of this module, with the arguments that it is launched with."""
    windows = (type_tuple(2),) * 6
    for real in (float32, float64):
        dtype = np.dtype(str(real))
        yield Proof("pool", make_pool(dtype), (real[::1], real[::1], real, *windows))
        arguments = real[::1], int64[::1], real[::1], real, *windows
        yield Proof("pool with indices", make_pool_with_indices(dtype), arguments)
