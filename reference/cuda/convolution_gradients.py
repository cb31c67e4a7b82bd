"""The gradients of a convolution on the GPU: two more products of matrices, and a sum.

grad_x is a correlation of grad_output with the kernels turned around, for each sort of pixels that
the stride makes (see taps.py); grad_weight is a product of its own (see weight_gradients.py). The
accumulator is treated as in convolution.py.

The correlation multiplies weights by zeros around grad_output that the formula does not have. With
an infinite weight that would be NaN, so a kernel looks for one first, and then each product is
computed by itself. It answers with one number, for which the host waits.
"""

import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, int32, int64, uint64

from reference.cuda.correlation import correlate
from reference.cuda.elementwise import over
from reference.cuda.places import type_tuple
from reference.cuda.plain_convolution import are_thin, correlate_inside, weigh_plainly
from reference.cuda.proof import Proof
from reference.cuda.staging import Stage
from reference.cuda.sums import add_planes
from reference.cuda.taps import Sort, place_windows, sort_pixels
from reference.cuda.target import cuda, kernel
from reference.cuda.weight_gradients import fill_grad_weight
from reference.windows import FlatSteps, Pair, split_steps


def conv2d_backward(
    grad_x: Any,
    grad_weight: Any,
    grad_bias: Any,
    grad_output: Any,
    x: Any,
    weight: Any,
    steps: FlatSteps,
    accumulator: Any,
) -> None:
    """Fill the gradients of a convolution of x (N, C, H, W)."""
    kernels, channels, *kernel_size = weight.shape
    *pairs, groups = split_steps(steps)
    options = tuple(kernel_size), grad_output.shape[2:], *pairs
    with Stage() as stage:
        grads, pixels = stage.read(grad_output), stage.read(x)
        placement = place_windows(channels, x.shape[2:], *options)
        fill = weigh_plainly if are_thin(kernels, groups) else fill_grad_weight
        fill(stage, stage.write(grad_weight), grads, pixels, placement, groups)
        sorts = sort_pixels(kernels // groups, x.shape[2:], *options)
        _fill_grad_x(stage, stage.write(grad_x), grads, stage.read(weight), sorts, groups)
        add_planes(stage.write(grad_bias), grads)


def _fill_grad_x(
    stage: Stage, grad_x: Any, grad_output: Any, weight: Any, sorts: list[Sort], groups: int
) -> None:
    channels = grad_x.shape[1]
    is_plain = are_thin(channels, groups) or not _is_finite(weight)
    nothing = stage.read(np.zeros(channels, grad_x.dtype))
    for sort in sorts:
        has_taps = sort.rows and sort.columns
        turned = _turn(weight, sort, groups) if has_taps else weight
        fill = correlate_inside if is_plain or not has_taps else correlate
        fill(stage, grad_x, grad_output, turned, nothing, sort.placement, groups)


def _is_finite(weight: Any) -> bool:
    found = cuda.to_device(np.zeros(1, np.int32))
    over(make_find_infinity(np.dtype(weight.dtype)), weight.size)(found, weight.reshape(-1))
    return not found.copy_to_host()[0]


def _turn(weight: Any, sort: Sort, groups: int) -> Any:
    """Return the taps of weight (O, C/groups, kH, kW) that a sort has, as (C, O/groups * taps)."""
    kernels, channels, _, _ = weight.shape
    (row, row_step), (column, column_step) = _read_steps(sort.rows), _read_steps(sort.columns)
    taps = kernels // groups * len(sort.rows) * len(sort.columns)
    turned = cuda.device_array((channels * groups, taps), weight.dtype)
    over(make_turn(np.dtype(weight.dtype)), turned.size)(
        *(turned.reshape(-1), weight.reshape(-1), weight.shape),
        *((len(sort.rows), len(sort.columns)), (row, column), (row_step, column_step), groups),
    )
    return turned


def _read_steps(taps: tuple[int, ...]) -> Pair:
    """Return the first tap, and how far it is to the next, which is the same for all."""
    return taps[0], taps[1] - taps[0] if len(taps) > 1 else 0


@cache
def make_find_infinity(dtype: np.dtype[Any]) -> Any:
    """Return find_infinity[blocks, threads](found, weight): found[0] is 1 if one is not finite."""

    @kernel
    def find_infinity(found: Any, weight: Any) -> None:
        for k in range(cuda.grid(1), weight.shape[0], cuda.gridsize(1)):
            if not math.isfinite(weight[k]):
                found[0] = 1  # whichever thread is the last: all write the same

    return find_infinity


@cache
def make_turn(dtype: np.dtype[Any]) -> Any:
    """Return turn[blocks, threads](turned, weight, shape, counts, first, step, groups)."""

    @kernel
    def turn(
        turned: Any, weight: Any, shape: Any, counts: Any, first: Any, step: Any, groups: Any
    ) -> None:
        kernels, channels = uint64(shape[0] // groups), uint64(shape[1])
        height, width = uint64(counts[0]), uint64(counts[1])
        for number in range(cuda.grid(1), turned.shape[0], cuda.gridsize(1)):
            # number = ((c * kernels + o) * height + a) * width + b
            row = uint64(number) // width
            plane = row // height
            a, b = int64(row - plane * height), int64(uint64(number) - row * width)
            c = plane // kernels
            group = c // channels
            o, c = group * kernels + plane - c * kernels, c - group * channels
            place = int64(o * channels + c) * shape[2] + first[0] + a * step[0]
            turned[number] = weight[place * shape[3] + first[1] + b * step[1]]

    return turn


def proofs() -> Iterator[Proof]:
    """Yield every kernel of this module, with the arguments that it is launched with."""
    pair = type_tuple(2)
    for real in (float32, float64):
        dtype = np.dtype(str(real))
        yield Proof("find infinity", make_find_infinity(dtype), (int32[::1], real[::1]))
        arguments = real[::1], real[::1], type_tuple(4), pair, pair, pair, int64
        yield Proof("turn", make_turn(dtype), arguments)
