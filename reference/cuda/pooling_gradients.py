"""The gradients of pooling on the GPU: a thread for each pixel asks the windows that may see it.

So no two threads add to one number, and the sums have one order. Which windows those are is the
same for all pixels of a row, and of a column: it is found beforehand, in a table for each axis.
What windows send to a pixel is added up in float64; there are few of them.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype, int64, uint64
from numpy.typing import NDArray

from reference.cuda.elementwise import over
from reference.cuda.places import locate, type_tuple
from reference.cuda.proof import Proof
from reference.cuda.staging import Stage
from reference.cuda.target import cuda, kernel
from reference.windows import Pair, dilated_extent


def max_pool2d_backward(
    grad_x: Any,
    grad_output: Any,
    indices: Any,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> None:
    """Fill grad_x (planes, H, W): a window sends its grad_output to the pixel of its index.

    grad_output and indices are (planes, H', W'); an index of -1 sends nothing.
    """
    extent = dilated_extent(kernel_size, dilation)
    tables = _list_windows(grad_x.shape, grad_output.shape, extent, stride, padding)
    with Stage() as stage:
        arrays = stage.write(grad_x), stage.read(grad_output), stage.read(indices)
        rows, columns = (stage.read(table) for table in tables)
        over(make_gather_largest(np.dtype(grad_x.dtype)), grad_x.size)(
            *(array.reshape(-1) for array in arrays), rows, columns, grad_output.shape[1:]
        )


def avg_pool2d_backward(
    grad_x: Any,
    grad_output: Any,
    heights: Any,
    widths: Any,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
) -> None:
    """Fill grad_x (planes, H, W) from grad_output (planes, H', W')."""
    tables = _list_windows(grad_x.shape, grad_output.shape, kernel_size, stride, padding)
    with Stage() as stage:
        arrays = stage.write(grad_x).reshape(-1), stage.read(grad_output).reshape(-1)
        counts = (stage.read(count) for count in (heights, widths))
        rows, columns = (stage.read(table) for table in tables)
        over(make_gather_shares(np.dtype(grad_x.dtype)), grad_x.size)(
            *arrays, *counts, rows, columns
        )


def global_avg_pool2d_backward(grad_x: Any, grad_output: Any) -> None:
    """Fill grad_x (planes, pixels) from grad_output (planes,)."""
    with Stage() as stage:
        arrays = stage.write(grad_x).reshape(-1), stage.read(grad_output)
        over(make_share(np.dtype(grad_x.dtype)), grad_x.size)(*arrays, grad_x.shape[1])


def _list_windows(
    shape: tuple[int, ...], pooled: tuple[int, ...], extent: Pair, stride: Pair, padding: Pair
) -> list[NDArray[np.int64]]:
    """Return, for each axis of a plane, the first window that may see a place, and the end."""
    tables = []
    for axis in (0, 1):
        places = np.arange(shape[axis + 1], dtype=np.int64) + padding[axis]
        first = np.maximum((places - extent[axis]) // stride[axis] + 1, 0)
        end = np.minimum(places // stride[axis] + 1, pooled[axis + 1])
        tables.append(np.stack([first, end]))
    return tables


@cache
def make_gather_largest(dtype: np.dtype[Any]) -> Any:
    """Return gather_largest[blocks, threads](...)."""
    real = from_dtype(dtype)

    @kernel
    def gather_largest(
        grad_x: Any, grad_output: Any, indices: Any, rows: Any, columns: Any, count: Any
    ) -> None:
        width = columns.shape[1]
        for number in range(cuda.grid(1), grad_x.shape[0], cuda.gridsize(1)):
            plane, row, column = locate(number, (rows.shape[1], width))
            pixel, total = row * width + column, float64(0)
            for i in range(rows[0, row], rows[1, row]):
                first = (plane * count[0] + i) * count[1]
                for j in range(columns[0, column], columns[1, column]):
                    if indices[uint64(first + j)] == pixel:
                        total += float64(grad_output[uint64(first + j)])
            grad_x[number] = real(total)

    return gather_largest


@cache
def make_gather_shares(dtype: np.dtype[Any]) -> Any:
    """Return gather_shares[blocks, threads](...)."""
    real = from_dtype(dtype)

    @kernel
    def gather_shares(
        grad_x: Any, grad_output: Any, heights: Any, widths: Any, rows: Any, columns: Any
    ) -> None:
        for number in range(cuda.grid(1), grad_x.shape[0], cuda.gridsize(1)):
            plane, row, column = locate(number, (rows.shape[1], columns.shape[1]))
            total = float64(0)
            for i in range(rows[0, row], rows[1, row]):
                first = (plane * heights.shape[0] + i) * widths.shape[0]
                for j in range(columns[0, column], columns[1, column]):
                    # Divided in its own dtype, which is much faster than in float64.
                    share = grad_output[uint64(first + j)] / real(heights[i] * widths[j])
                    total += float64(share)
            grad_x[number] = real(total)

    return gather_shares


@cache
def make_share(dtype: np.dtype[Any]) -> Any:
    """Return share[blocks, threads](grad_x, grad_output, pixels)."""
    real = from_dtype(dtype)

    @kernel
    def share(grad_x: Any, grad_output: Any, pixels: Any) -> None:
        for number in range(cuda.grid(1), grad_x.shape[0], cuda.gridsize(1)):
            plane = uint64(number) // uint64(pixels)
            grad_x[number] = grad_output[plane] / real(pixels)

    return share


def proofs() -> Iterator[Proof]:
    """Yield every kernel of this module, with the arguments that it is launched with."""
    for real in (float32, float64):
        dtype, table = np.dtype(str(real)), int64[:, ::1]
        arrays, counts = (real[::1], real[::1], int64[::1]), type_tuple(2)
        gather = make_gather_largest(dtype), (*arrays, table, table, counts)
        yield Proof("gather largest", *gather, adds_in_double=True)
        gather = make_gather_shares(dtype), (*arrays, int64[::1], table, table)
        yield Proof("gather shares", *gather, adds_in_double=True)
        yield Proof("share", make_share(dtype), (real[::1], real[::1], int64))
