"""The gradient of a convolution's images: correlations too, of grad_output with the kernels turned.

With stride 1 the neighbour of a pixel is met by the neighbouring window, so grad_x is the
correlation of grad_output with the kernels turned around. With a stride of s there are s sorts of
rows (the rest of the row divided by s), each met by taps of its own, and as many sorts of columns:
for one sort of both it is a correlation with these taps.
"""

from math import gcd
from typing import NamedTuple

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.columns import Steps
from reference.cpu.correlation import correlate
from reference.cpu.jit import jit

# The side of a square of kernels that stays in the first cache.
SIDE = 16


class Taps(NamedTuple):
    """The taps last, last - step, ... that meet the pixels of one sort, and how, on one axis."""

    last: int
    step: int
    number: int
    start: int
    dilation: int


def fill_grad_x(
    grad_x: FloatArray, grad_output: FloatArray, weight: FloatArray, steps: Steps, groups: int
) -> None:
    """Fill grad_x (N, C, H, W) from grad_output (N, O, H', W') and finite weights.

    The correlation multiplies weights by zeros around grad_output that the formula does not have.
    """
    down, across = steps.stride
    for a in range(min(down, grad_x.shape[2])):
        for b in range(min(across, grad_x.shape[3])):
            part = grad_x[:, :, a::down, b::across]
            rows, columns = _find_taps(a, 0, steps), _find_taps(b, 1, steps)
            if rows is None or columns is None:
                part[...] = 0.0
            elif steps.stride == (1, 1):
                _fill_sort(grad_x, grad_output, weight, rows, columns, groups)
            else:
                whole = np.empty(part.shape, part.dtype)
                _fill_sort(whole, grad_output, weight, rows, columns, groups)
                part[...] = whole


def _find_taps(rest: int, axis: int, steps: Steps) -> Taps | None:
    """Return the taps that meet the pixels rest, rest + stride, ..., None if there are none.

    Tap t meets them in the windows (rest + start - t*dilation) / stride, and in those after.
    """
    stride, dilation = steps.stride[axis], steps.dilation[axis]
    place = rest + steps.start[axis]
    taps = [t for t in range(steps.kernel_size[axis]) if (place - t * dilation) % stride == 0]
    if not taps:
        return None
    step = stride // gcd(stride, dilation)
    start = (taps[-1] * dilation - place) // stride
    return Taps(taps[-1], step, len(taps), start, step * dilation // stride)


def _fill_sort(
    grad_x: FloatArray,
    grad_output: FloatArray,
    weight: FloatArray,
    rows: Taps,
    columns: Taps,
    groups: int,
) -> None:
    channels, kernels = grad_x.shape[1], len(weight) // groups
    turned = np.empty((channels, kernels, rows.number, columns.number), weight.dtype)
    _turn(turned.reshape(-1), weight.reshape(-1), weight.shape, rows, columns, groups)
    start, dilation = (rows.start, columns.start), (rows.dilation, columns.dilation)
    steps = Steps((rows.number, columns.number), (1, 1), start, dilation)
    correlate(grad_x, grad_output, turned, np.zeros(channels, weight.dtype), steps, groups)


@jit
def _turn(
    turned: FloatArray,
    weight: FloatArray,
    shape: tuple[int, int, int, int],
    rows: Taps,
    columns: Taps,
    groups: int,
) -> None:
    """Fill turned (C, O/groups, rows, columns) from weight (O, C/groups, kH, kW); both are flat."""
    kernels, channels, area = shape[0] // groups, shape[1], shape[2] * shape[3]
    for g in range(groups):
        # Square by square, as what are neighbours in one are far apart in the other.
        for c_first in range(0, channels, SIDE):
            for o_first in range(0, kernels, SIDE):
                for i in range(rows.number):
                    for j in range(columns.number):
                        u, v = rows.last - i * rows.step, columns.last - j * columns.step
                        for c in range(c_first, min(c_first + SIDE, channels)):
                            to = (g * channels + c) * kernels + o_first
                            to = (to * rows.number + i) * columns.number + j
                            tap = ((g * kernels + o_first) * channels + c) * area + u * shape[3] + v
                            for _ in range(min(SIDE, kernels - o_first)):
                                turned[to] = weight[tap]
                                to += rows.number * columns.number
                                tap += channels * area
