"""The pixels to which products are spread (see spread_gradients.py).

Their columns are taken apart by the horizontal stride, as in planes.py, so that what windows side
by side give under one tap is added to a run of memory:

    pixels[b, row, j] = padded grad_x[n, c, row, j*stride + b]
"""

from typing import NamedTuple

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.columns import Steps
from reference.cpu.jit import inlined
from reference.cpu.rows import add_row


class Sizes(NamedTuple):
    """The shapes of an image and of grad_output, and the padded image, as far as windows reach.

    pitch is how many columns of one sort a row of the padded image has, at most.
    """

    image: tuple[int, int, int]
    out: tuple[int, int, int]
    padded: tuple[int, int]
    pitch: int


@inlined
def add_to_pixels(
    pixels: FloatArray,
    products: FloatArray,
    windows: int,
    block: tuple[int, int, int],
    sizes: Sizes,
    steps: Steps,
) -> None:
    """Add the products of a block of windows, (top, lines, width), to their pixels."""
    (top, lines, width), (down, across) = block, steps.stride
    for u in range(steps.kernel_size[0]):
        for v in range(steps.kernel_size[1]):
            start = (u * steps.kernel_size[1] + v) * windows
            column = v * steps.dilation[1]
            first = column % across * sizes.padded[0] * sizes.pitch + column // across
            for i in range(lines):
                row = (top + i) * down + u * steps.dilation[0]
                add_row(pixels, first + row * sizes.pitch, products, start + i * width, width)


@inlined
def cut_out(grad_x: FloatArray, plane: int, pixels: FloatArray, sizes: Sizes, steps: Steps) -> None:
    """Fill a plane of grad_x from the padded image; what no window reaches is 0."""
    (_, height, width), (rows, seen) = sizes.image, sizes.padded
    across, (above, left) = steps.stride[1], steps.start
    end = max(0, min(width, seen - left))
    for y in range(height):
        row, place = y + above, (plane * height + y) * width
        last = end if row < rows else 0
        for b in range(across):
            source = (b * rows + row) * sizes.pitch
            first = (b - left) % across
            from_first = source + (left + first) // across
            for j in range((last - first + across - 1) // across):
                grad_x[np.uintp(place + first + j * across)] = pixels[np.uintp(from_first + j)]
        for x in range(last, width):
            grad_x[np.uintp(place + x)] = 0.0
