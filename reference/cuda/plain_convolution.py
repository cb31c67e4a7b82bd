"""A convolution and its gradients by the formulas, for groups too small to be tiles of a matrix.

One thread computes one number of the result, as a group of one channel shares nothing that would
be worth shared memory; what neighbours read twice comes from the cache. The gradient of the images
is computed so where weights are infinite, too: here each product is one of the formula, and none is
with a zero around the windows. A sum is cut into parts as in tiles.py.

The gradient of a weight is a sum over all windows of all images: a block adds it up, an image at a
time, and its images in float64. That is one addition of float64 for an image, which costs nothing.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype, int32, int64, uint32, uint64

from reference.cuda.elementwise import over
from reference.cuda.places import is_inside, locate, type_tuple
from reference.cuda.proof import Proof
from reference.cuda.reductions import make_block_sum
from reference.cuda.staging import Stage
from reference.cuda.taps import Placement
from reference.cuda.target import IS_SIMULATED, cuda, device_function, kernel
from reference.cuda.tiles import PART

THREADS = 32 if IS_SIMULATED else 256
# A tile would be mostly empty with fewer rows of a matrix than these.
FEW_ROWS = 8


def are_thin(rows: int, groups: int) -> bool:
    """Return whether matrices of so many rows in all groups together are too thin for tiles."""
    return groups > 1 and rows // groups < FEW_ROWS


def correlate_plainly(
    stage: Stage, out: Any, x: Any, weight: Any, bias: Any, placement: Placement, groups: int
) -> None:
    """Fill out, on the device; a zero of the padding is a pixel like others."""
    _launch(make_correlate_plainly, stage, out, x, weight, bias, placement, groups)


def correlate_inside(
    stage: Stage, out: Any, x: Any, weight: Any, bias: Any, placement: Placement, groups: int
) -> None:
    """Fill out, on the device; taps that meet no pixel have no product."""
    _launch(make_correlate_inside, stage, out, x, weight, bias, placement, groups)


def _launch(
    make: Any,
    stage: Stage,
    out: Any,
    x: Any,
    weight: Any,
    bias: Any,
    placement: Placement,
    groups: int,
) -> None:
    numbers = len(x) * out.shape[1] * placement.windows[0] * placement.windows[1]
    flat = out.reshape(-1), x.reshape(-1), weight.reshape(-1)
    over(make(np.dtype(x.dtype)), numbers)(
        *flat, bias, stage.read(placement.table), out.shape, x.shape, *placement[1:], groups
    )


@device_function
def locate_result(
    number: Any,
    shape: Any,
    size: Any,
    count: Any,
    stride: Any,
    start: Any,
    target: Any,
    groups: Any,
) -> Any:
    """Return the kernel of a result, its place, and where its window begins: row, column, place."""
    plane, i, j = locate(number, count)
    n = int64(uint64(plane) // uint64(shape[1]))
    o = plane - n * shape[1]
    group = int64(uint64(o) // uint64(shape[1] // groups))
    row, column = int32(i * stride[0] - start[0]), int32(j * stride[1] - start[1])
    begin = ((n * size[1] + group * (size[1] // groups)) * size[2] + row) * size[3] + column
    to = plane * shape[2] * shape[3] + target[0] + i * target[1] + j * target[2]
    return o, to, row, column, begin


@cache
def make_correlate_plainly(dtype: np.dtype[Any]) -> Any:
    """Return correlate_plainly[blocks, threads](...), with the arguments of make_correlate's."""
    real = from_dtype(dtype)

    @kernel
    def correlate_plainly(
        out: Any,
        x: Any,
        weight: Any,
        bias: Any,
        table: Any,
        shape: Any,
        size: Any,
        count: Any,
        stride: Any,
        start: Any,
        target: Any,
        groups: Any,
    ) -> None:
        taps, numbers = table.shape[1], size[0] * shape[1] * count[0] * count[1]
        for number in range(cuda.grid(1), numbers, cuda.gridsize(1)):
            o, to, row, column, begin = locate_result(
                number, shape, size, count, stride, start, target, groups
            )
            total = bias[uint64(o)]
            for part in range(0, taps, PART):
                of_part = real(0)
                for k in range(part, min(part + PART, taps)):
                    inside = is_inside(row + int32(table[1, k]), column + int32(table[2, k]), size)
                    pixel = x[uint64(begin + table[0, k])] if inside else real(0)
                    of_part += weight[uint64(o * taps + k)] * pixel
                total += of_part
            out[uint64(to)] = total

    return correlate_plainly


@cache
def make_correlate_inside(dtype: np.dtype[Any]) -> Any:
    """Return correlate_inside[blocks, threads](...), with the arguments of the other one."""
    real = from_dtype(dtype)

    @kernel
    def correlate_inside(
        out: Any,
        x: Any,
        weight: Any,
        bias: Any,
        table: Any,
        shape: Any,
        size: Any,
        count: Any,
        stride: Any,
        start: Any,
        target: Any,
        groups: Any,
    ) -> None:
        taps, numbers = table.shape[1], size[0] * shape[1] * count[0] * count[1]
        for number in range(cuda.grid(1), numbers, cuda.gridsize(1)):
            o, to, row, column, begin = locate_result(
                number, shape, size, count, stride, start, target, groups
            )
            total = bias[uint64(o)]
            for part in range(0, taps, PART):
                of_part = real(0)
                for k in range(part, min(part + PART, taps)):
                    if is_inside(row + int32(table[1, k]), column + int32(table[2, k]), size):
                        of_part += weight[uint64(o * taps + k)] * x[uint64(begin + table[0, k])]
                total += of_part
            out[uint64(to)] = total

    return correlate_inside


def weigh_plainly(
    stage: Stage, grad_weight: Any, grad_output: Any, x: Any, placement: Placement, groups: int
) -> None:
    """Fill grad_weight, on the device: what each tap met, times what its window got."""
    arrays = grad_weight.reshape(-1), grad_output.reshape(-1), x.reshape(-1)
    make_weigh_plainly(np.dtype(x.dtype))[grad_weight.size, THREADS](
        *arrays,
        stage.read(placement.table),
        grad_output.shape,
        x.shape,
        placement.stride,
        placement.start,
        groups,
    )


@cache
def make_weigh_plainly(dtype: np.dtype[Any]) -> Any:
    """Return weigh_plainly[weights, threads](...): a block adds up the gradient of a weight."""
    real, block_sum = from_dtype(dtype), make_block_sum(np.dtype(np.float64), THREADS)

    @kernel
    def weigh_plainly(
        grad_weight: Any,
        grad_output: Any,
        x: Any,
        table: Any,
        shape: Any,
        size: Any,
        stride: Any,
        start: Any,
        groups: Any,
    ) -> None:
        taps, plane = table.shape[1], shape[2] * shape[3]
        o = int64(cuda.blockIdx.x) // taps
        k = int64(cuda.blockIdx.x) - o * taps
        channel = o // (shape[1] // groups) * (size[1] // groups)
        below, right = int32(table[1, k] - start[0]), int32(table[2, k] - start[1])
        offset, total = table[0, k] - start[0] * size[3] - start[1], float64(0)
        for n in range(shape[0]):
            first, grads = (n * size[1] + channel) * size[2] * size[3], (n * shape[1] + o) * plane
            of_image = real(0)
            for p in range(cuda.threadIdx.x, plane, THREADS):
                i = int32(uint32(p) // uint32(shape[3]))
                row, column = int32(i * stride[0]), int32((p - i * shape[3]) * stride[1])
                place = first + offset + row * size[3] + column
                inside = is_inside(row + below, column + right, size)
                pixel = x[uint64(place)] if inside else real(0)
                of_image += grad_output[uint64(grads + p)] * pixel
            total += float64(of_image)
        total = block_sum(total)
        if cuda.threadIdx.x == 0:
            grad_weight[cuda.blockIdx.x] = real(total)

    return weigh_plainly


def proofs() -> Iterator[Proof]:
    """Yield every kernel of this module, with the arguments that it is launched with."""
    shapes, pair, table = (type_tuple(4), type_tuple(4)), type_tuple(2), int64[:, ::1]
    for real in (float32, float64):
        dtype, arrays = np.dtype(str(real)), (real[::1], real[::1], real[::1])
        given: tuple[Any, ...] = (*arrays, real[::1], table, *shapes)
        given = (*given, pair, pair, pair, type_tuple(3), int64)
        yield Proof("correlate plainly", make_correlate_plainly(dtype), given)
        yield Proof("correlate inside", make_correlate_inside(dtype), given)
        given = (*arrays, table, *shapes, pair, pair, int64)
        yield Proof("weigh plainly", make_weigh_plainly(dtype), given, adds_in_double=True)
