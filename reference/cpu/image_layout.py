"""How images are laid out before they are cut into tiles: without unseen pixels, many in one.

A tile adds up for neighbouring windows, and it reads the weights anew for each image. Where an
image has one window, or ten, most of a vector is empty and most of the time goes into the weights.
So such images are laid into each other,

    together[0, c, row, column*N + n] = x[n, c, row, column]

and their windows are then neighbours too: what was a step of one pixel across is one of N.
"""

from functools import lru_cache
from math import prod
from typing import Any, NamedTuple, cast

import numpy as np

from reference.arguments import FloatArray, Shape
from reference.cpu.columns import Steps
from reference.cpu.plane_stacks import are_stacks
from reference.cpu.planes import are_planes
from reference.cpu.squares import turn
from reference.cpu.vectors import vector_bytes
from reference.windows import FlatSteps, split_steps

ALL = slice(None)
# Windows of an image that are more vectors than these fill tiles by themselves; but where weights
# are too many for the second cache, it takes more to make up for reading them again.
FEW_VECTORS, FEW_FOR_MANY_WEIGHTS = 3.5, 7
MANY_WEIGHTS = 2**22
# With steps and few channels, or with one tap and few kernels or channels, so that k*c / (k + c) is
# less than DEPTH, laying out takes as long as what there is to add up.
FEW_CHANNELS, DEPTH, FEW_FOR_FEW_TAPS, MANY_IMAGES = 3, 64, 1.25, 8


class Layout(NamedTuple):
    """Which rows and columns of x are seen, the shapes of an image and a kernel, and the steps.

    is_together tells whether images are laid into each other, is_same whether they stay as they
    are.
    """

    seen: tuple[slice, slice]
    image: Shape
    kernel: Shape
    steps: Steps
    is_together: bool
    is_same: bool


@lru_cache(maxsize=256)
def find_layout(
    x: Shape, out: Shape, weight: Shape, itemsize: int, flat_steps: FlatSteps
) -> tuple[Layout, int]:
    """Return the layout that choose_layout chooses, and how many groups there are."""
    stride, start, dilation, groups = split_steps(flat_steps)
    steps = Steps((weight[2], weight[3]), stride, start, dilation)
    return choose_layout(x, out, weight, itemsize, steps), groups


def choose_layout(x: Shape, out: Shape, weight: Shape, itemsize: int, steps: Steps) -> Layout:
    """Return the layout for images (N, C, H, W), windows (N, O, H', W') and kernels."""
    axes = [_find_seen(x[2 + axis], out[2 + axis], axis, steps) for axis in (0, 1)]
    (rows, height, *down), (columns, width, *across) = axes
    stride, dilation = (down[0], across[0]), (down[1], across[1])
    steps = steps._replace(stride=stride, dilation=dilation)
    image, kernel = (x[1], height, width), weight[1:]
    if out[2:] == (1, 1) and kernel[1:] == image[1:] and steps.start == (0, 0):
        image, kernel = (prod(image), 1, 1), (prod(kernel), 1, 1)
        steps = Steps((1, 1), (1, 1), (0, 0), (1, 1))
    is_together = _are_better_together(x, out, weight, itemsize, steps)
    if is_together:
        (above, left), (over, along) = steps.start, steps.dilation
        start, dilation = (above, left * x[0]), (over, along * x[0])
        steps = steps._replace(start=start, dilation=dilation, images=x[0])
    is_same = not is_together and rows == columns == ALL and image == x[1:]
    return Layout((rows, columns), image, kernel, steps, is_together, is_same)


def _are_better_together(x: Shape, out: Shape, weight: Shape, itemsize: int, steps: Steps) -> bool:
    """Return whether images are laid into each other: whether the windows of one are few."""
    groups, windows, stride = x[1] // weight[1], prod(out[2:]), steps.stride[1]
    room, vector = windows * itemsize, vector_bytes()
    # These know nothing of pixels that are several.
    is_own = are_stacks(out, weight, itemsize, steps, groups)
    if is_own or (stride > 1 and are_planes(weight, groups)):
        return False
    if windows == 1 or prod(weight) * itemsize > MANY_WEIGHTS:
        return x[0] > 1 and room < FEW_FOR_MANY_WEIGHTS * vector
    kernels, channels = weight[0] // groups, weight[1]
    is_shallow = kernels * channels < DEPTH * (kernels + channels)
    if (weight[2:] == (1, 1) and is_shallow) or (stride > 1 and channels <= FEW_CHANNELS):
        return x[0] >= MANY_IMAGES and room < FEW_FOR_FEW_TAPS * vector
    return x[0] > 2 and room < FEW_VECTORS * vector and room % (2 * vector) > 0


def _find_seen(size: int, count: int, axis: int, steps: Steps) -> tuple[slice, int, int, int]:
    """Return what the windows meet of an axis, how much that is, and the steps on it.

    It is all of it but where a window is one pixel wide, or where there is one window.
    """
    kernel, stride, dilation = steps.kernel_size[axis], steps.stride[axis], steps.dilation[axis]
    if steps.start[axis] or (kernel > 1 and count > 1):
        return ALL, size, stride, dilation
    step, seen = (stride if kernel == 1 else dilation), max(kernel, count)
    if (seen - 1) * step + 1 > size:  # there is padding after the image
        return ALL, size, stride, dilation
    return (ALL if seen == size else slice(0, (seen - 1) * step + 1, step)), seen, 1, 1


def lay_out(x: FloatArray, layout: Layout) -> FloatArray:
    """Return the images (N, C, H, W) in their layout."""
    if layout.is_same:
        return x
    seen: Any = np.ascontiguousarray(x[:, :, *layout.seen])
    seen = seen.reshape(len(x), *layout.image)
    return cast(FloatArray, lay_together(seen) if layout.is_together else seen)


def put_back(x: FloatArray, laid: FloatArray, layout: Layout) -> None:
    """Fill x (N, C, H, W) from images in the layout, and with zeros where no window sees it."""
    seen = x[:, :, *layout.seen]
    if seen.shape != x.shape:
        x[...] = 0.0
    if not layout.is_together:
        seen[...] = laid.reshape(seen.shape)
    elif layout.image == seen.shape[1:]:
        take_apart(seen, laid)
    else:
        apart = np.empty((len(x), *layout.image), x.dtype)
        take_apart(apart, laid)
        seen[...] = apart.reshape(seen.shape)


def lay_together(x: FloatArray) -> FloatArray:
    """Return images (N, C, H, W) as one, (1, C, H, W*N)."""
    n, channels, height, width = x.shape
    out, size = np.empty((1, channels, height, width * n), x.dtype), channels * height * width
    turn(out.reshape(-1), 0, n, x.reshape(-1), size, n, size)
    return out


def take_apart(x: FloatArray, together: FloatArray) -> None:
    """Fill images (N, C, H, W) from one, (1, C, H, W*N)."""
    n, channels, height, width = x.shape
    if x.flags.c_contiguous:
        size = channels * height * width
        turn(x.reshape(-1), 0, size, together.reshape(-1), n, size, n)
        return
    x[...] = together.reshape(channels, height, width, n).transpose(3, 0, 1, 2)
