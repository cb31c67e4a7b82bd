"""The gradient of a convolution's images: correlations too, of grad_output with the kernels turned.

With stride 1 the neighbour of a pixel is met by the neighbouring window, so grad_x is the
correlation of grad_output with the kernels turned around. With a stride of s there are s sorts of
rows (the rest of the row divided by s), each met by taps of its own, and as many sorts of columns:
for one sort of both it is a correlation with these taps.

Where that is less work, products are spread over the pixels instead (see spread_gradients.py), and
kernels with one tap are multiplied as they are (see pointwise.py). With one kernel for each channel
all sorts of a plane are done together (see plane_gradients.py and plane_stacks.py).
"""

from functools import lru_cache
from math import prod

import numpy as np

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.columns import Steps
from reference.cpu.correlation import correlate
from reference.cpu.jit import jit
from reference.cpu.pixel_sorts import find_sorts
from reference.cpu.plane_gradients import are_apart, fill_planes
from reference.cpu.plane_stacks import are_stacks, spread_stacks
from reference.cpu.pointwise import are_points, correlate_points, plan_points
from reference.cpu.riffles import riffle
from reference.cpu.spread_gradients import are_spread, spread_grad_x
from reference.cpu.squares import turn
from reference.threads import share
from reference.windows import Pair

# So many kernels lie next to each other in a channel when they are exchanged: some lines of the
# cache.
FEW_KERNELS = 16


def fill_grad_x(
    grad_x: FloatArray, grad_output: FloatArray, weight: FloatArray, steps: Steps, groups: int
) -> None:
    """Fill grad_x (N, C, H, W) from grad_output (N, O, H', W') and finite weights.

    The correlation multiplies weights by zeros around grad_output that the formula does not have.
    """
    given = grad_x.shape, grad_output.shape, weight.shape, weight.itemsize
    if are_spread(*given, steps, groups):
        spread_grad_x(grad_x, grad_output, weight, steps, groups)
        return
    is_wide = grad_output.dtype == weight.dtype
    if is_wide and are_points(grad_output.shape, grad_x.shape, weight.shape[1], steps):
        plan = plan_points(grad_output.shape, grad_x.shape, weight.dtype, groups, is_turned=True)
        correlate_points(plan, grad_x, grad_output, weight, None)
        return
    if are_stacks(grad_output.shape, weight.shape, weight.itemsize, steps, groups):
        spread_stacks(grad_x, grad_output, weight, steps)
        return
    if are_apart(weight.shape, steps, groups):
        fill_planes(grad_x, grad_output, weight, steps)
        return
    height, width = grad_x.shape[2], grad_x.shape[3] // steps.images
    pixels = grad_x.reshape(*grad_x.shape[:2], height, width, steps.images)
    for sorts in find_sorts((height, width), steps):
        places = [pixels[:, :, *sort.pixels] for sort in sorts]
        parts = [grad_x]
        if steps.stride != (1, 1):
            shapes = [(*place.shape[:3], place.shape[3] * steps.images) for place in places]
            parts = [np.empty(shape, grad_x.dtype) for shape in shapes]
        for part, sort in zip(parts, sorts, strict=True):
            if sort.steps is None:
                part[...] = 0.0
                continue
            turned = _exchange(weight, sort.taps, sort.steps.kernel_size, groups)
            correlate(part, grad_output, turned, None, sort.steps, groups)
        if len(parts) == 2 and steps.images == 1:
            _riffle_rows(grad_x, parts[0], parts[1], sorts[0].pixels[0])
        elif steps.stride != (1, 1):
            for place, part in zip(places, parts, strict=True):
                place[...] = part.reshape(place.shape)


def _riffle_rows(grad_x: FloatArray, even: FloatArray, odd: FloatArray, rows: slice) -> None:
    """Fill these rows of grad_x from the parts of their even and odd columns."""
    planes, lines = np.arange(grad_x.shape[0] * grad_x.shape[1]), even.shape[2]
    flat = grad_x.reshape(-1), even.reshape(-1), odd.reshape(-1)
    size, step = grad_x.shape[2:], (rows.start, rows.step)
    share(_riffle_planes, grad_x.size / 8, (planes,), *flat, size, lines, *step)


@jit
def _riffle_planes(
    planes: IntegerArray,
    out: FloatArray,
    even: FloatArray,
    odd: FloatArray,
    size: Pair,
    lines: int,
    first: int,
    step: int,
) -> None:
    height, width = size
    for plane in planes:
        for line in range(lines):
            place, source = plane * height + first + line * step, plane * lines + line
            riffle(
                *(out, place * width, width),
                *(even, source * ((width + 1) // 2), odd, source * (width // 2)),
            )


def _exchange(weight: FloatArray, taps: IntegerArray, kernel_size: Pair, groups: int) -> FloatArray:
    """Return kernels (C, O/groups, *kernel_size) of these taps of kernels (O, C/groups, kH, kW)."""
    (kernels, channels, height, width), flat = weight.shape, weight.reshape(-1)
    of_group = kernels // groups
    out = np.empty((groups * channels, of_group, *kernel_size), weight.dtype)
    if height * width == 1:
        for start in range(0, out.size, channels * of_group):
            turn(out.reshape(-1), start, of_group, flat[start:], channels, of_group, channels)
        return out
    tables = _find_places(weight.shape, taps.size, groups)
    pitches = height * width, of_group * taps.size
    share(_exchange_kernels, out.size / 2, tables, out.reshape(-1), flat, taps, channels, *pitches)
    return out


@lru_cache(maxsize=256)
def _find_places(
    weight: tuple[int, ...], taps: int, groups: int
) -> tuple[IntegerArray, IntegerArray]:
    """Return where each kernel starts, and where so many of its taps lie when it is exchanged."""
    kernels, of_group = np.arange(weight[0]), weight[0] // groups
    group, kernel = np.divmod(kernels, of_group)
    return kernels * prod(weight[1:]), (group * weight[1] * of_group + kernel) * taps


@jit
def _exchange_kernels(
    starts: IntegerArray,
    places: IntegerArray,
    out: FloatArray,
    weight: FloatArray,
    taps: IntegerArray,
    channels: int,
    pitch: int,
    out_pitch: int,
) -> None:
    """Copy these kernels, a few at a time, channel by channel, each so far from the next."""
    for first in range(0, starts.size, FEW_KERNELS):
        for c in range(channels):
            for k in range(first, min(first + FEW_KERNELS, starts.size)):
                start, place = starts[k] + c * pitch, places[k] + c * out_pitch
                for t in range(taps.size):
                    out[np.uintp(place + t)] = weight[np.uintp(start + taps[t])]
