"""The pixels to which products are spread (see spread_gradients.py).

Their columns are taken apart by the horizontal stride, as in planes.py, so that what windows side
by side give under one tap is added to a run of memory:

    pixels[b, row, j] = padded grad_x[n, c, row, j*stride + b]

Where images are laid into each other (see image_layout.py), each j stands for a run of them.
"""

from typing import NamedTuple

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.columns import Steps
from reference.cpu.jit import inlined
from reference.cpu.rows import add_row


class Sizes(NamedTuple):
    """The shapes of an image and of grad_output, and the padded image, as far as windows reach.

    padded counts the pixels of one image; pitch is how many numbers a row has of one sort, at most.
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
    dilation = steps.dilation[0], steps.dilation[1] // steps.images
    for u in range(steps.kernel_size[0]):
        for v in range(steps.kernel_size[1]):
            start = (u * steps.kernel_size[1] + v) * windows
            column = v * dilation[1]
            sort = column % across * sizes.padded[0] * sizes.pitch
            first = sort + column // across * steps.images
            for i in range(lines):
                row = (top + i) * down + u * dilation[0]
                add_row(pixels, first + row * sizes.pitch, products, start + i * width, width)


@inlined
def cut_out(grad_x: FloatArray, plane: int, pixels: FloatArray, sizes: Sizes, steps: Steps) -> None:
    """Fill a plane of grad_x from the padded image; what no window reaches is 0."""
    (_, height, width), (rows, seen), images = sizes.image, sizes.padded, steps.images
    across, above, left = steps.stride[1], steps.start[0], steps.start[1] // images
    lines, columns = min(height, rows - above), max(0, min(width // images, seen - left))
    corner = plane * height * width
    for b in range(across):
        first = (b - left) % across
        count = (columns - first + across - 1) // across
        runs, length = (1, count * images) if across == 1 else (count, images)
        source = (b * rows + above) * sizes.pitch + (left + first) // across * images
        for y in range(lines):
            place, start = corner + y * width + first * images, source + y * sizes.pitch
            _deal(grad_x, place, across * images, pixels, start, runs, length)
    for y in range(height):
        for x in range(columns * images if y < lines else 0, width):
            grad_x[np.uintp(corner + y * width + x)] = 0.0


@inlined
def _deal(
    out: FloatArray, place: int, step: int, x: FloatArray, start: int, runs: int, length: int
) -> None:
    """Copy runs of a row of x to places so many numbers apart."""
    if length == 1:
        for i in range(runs):
            out[np.uintp(place + i * step)] = x[np.uintp(start + i)]
        return
    for i in range(runs):
        for k in range(length):
            out[np.uintp(place + i * step + k)] = x[np.uintp(start + i * length + k)]
