"""Average pooling on the GPU, in float64: a thread for each window, a block for a whole plane.

One addition of float64 for each number that is read costs nothing beside the reading, even on a GPU
with slow float64, so that a mean of float32 is rounded once.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype, int64, uint64

from reference.arguments import Shape
from reference.cuda.elementwise import over
from reference.cuda.places import locate, type_tuple
from reference.cuda.proof import Proof
from reference.cuda.reductions import WARP, make_block_sum
from reference.cuda.staging import Stage
from reference.cuda.sums import DOUBLE, choose_threads
from reference.cuda.target import cuda, kernel
from reference.pooling_windows import PoolWindows


def avg_pool2d_for(
    out: Shape, x: Shape, dtype: np.dtype[Any], windows: PoolWindows, heights: Any, widths: Any
) -> Callable[..., None]:
    """Return what fills out (planes, H', W') from x (planes, H, W), its arguments.

    They are sums over windows, divided by heights[i] * widths[j].
    """

    def pool(out: Any, x: Any) -> None:
        with Stage() as stage:
            arrays = stage.write(out).reshape(-1), stage.read(x).reshape(-1)
            counts = stage.read(heights), stage.read(widths)
            over(make_average(dtype), out.size)(*arrays, *counts, x.shape[1:], *windows[:3])

    return pool


def global_avg_pool2d(out: Any, x: Any) -> None:
    """Fill out (planes,) with the means of x (planes, pixels)."""
    if not out.size:
        return
    threads = choose_threads(x.shape[1])
    with Stage() as stage:
        make_average_plane(np.dtype(x.dtype), threads)[out.size, threads](
            stage.write(out), stage.read(x)
        )


@cache
def make_average(dtype: np.dtype[Any]) -> Any:
    """Return average[blocks, threads](...)."""
    real = from_dtype(dtype)

    @kernel
    def average(
        out: Any,
        x: Any,
        heights: Any,
        widths: Any,
        size: Any,
        kernel_size: Any,
        stride: Any,
        padding: Any,
    ) -> None:
        for number in range(cuda.grid(1), out.shape[0], cuda.gridsize(1)):
            plane, i, j = locate(number, (heights.shape[0], widths.shape[0]))
            top, left = i * stride[0] - padding[0], j * stride[1] - padding[1]
            bottom, right = min(top + kernel_size[0], size[0]), min(left + kernel_size[1], size[1])
            total = float64(0)
            for row in range(max(top, 0), bottom):
                first = (plane * size[0] + row) * size[1]
                for column in range(max(left, 0), right):
                    total += float64(x[uint64(first + column)])
            out[number] = real(total / float64(heights[i] * widths[j]))

    return average


@cache
def make_average_plane(dtype: np.dtype[Any], threads: int) -> Any:
    """Return average_plane[planes, threads](out, x)."""
    real, block_sum = from_dtype(dtype), make_block_sum(DOUBLE, threads)

    @kernel
    def average_plane(out: Any, x: Any) -> None:
        plane, total = cuda.blockIdx.x, float64(0)
        for pixel in range(cuda.threadIdx.x, x.shape[1], threads):
            total += float64(x[plane, pixel])
        total = block_sum(total)
        if cuda.threadIdx.x == 0:
            out[plane] = real(total / float64(x.shape[1]))

    return average_plane


def proofs() -> Iterator[Proof]:
    """Yield every kernel of this module, with the arguments that it is launched with."""
    for real in (float32, float64):
        dtype = np.dtype(str(real))
        windows = (type_tuple(2),) * 4
        arguments = real[::1], real[::1], int64[::1], int64[::1], *windows
        yield Proof("average", make_average(dtype), arguments, adds_in_double=True)
        for threads in (WARP, 256):
            average = make_average_plane(dtype, threads)
            name = f"average plane, {threads} threads"
            yield Proof(name, average, (real[::1], real[:, ::1]), adds_in_double=True)
