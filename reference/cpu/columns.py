"""Columns: the pixels that the taps of a kernel meet, in rows long enough for vectors.

For a block of windows and some channels, `columns` holds for each channel c and each tap v of a row
of the kernel the pixels

    columns[c, v, a, q, j] = padded[c, (q*stride + a), j*stride + v*dilation]

so that what tap (c, u, v) meets in all windows of the block, row after row, is one run of memory:
a step down the kernel is a step of rows, and rows follow each other without a gap (a is the rest
and q the quotient of the row divided by the vertical stride). That takes kW copies of the image and
not kH*kW as im2col does. Stride, dilation and padding matter nowhere else.
"""

from typing import NamedTuple

import numpy as np

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.jit import inlined
from reference.cpu.vectors import LINE_BYTES, lanes, make_room, vector_bytes
from reference.windows import Pair

# A block of columns stays in the second cache of a core, with room for other things.
BLOCK_BYTES = 2**17
LEAST_WINDOWS = 128
# What a tile reads of a block stays in the first cache, beside the weights.
TILE_BYTES = 20 * 2**10
# Runs of fewer lines need no gaps: whatever they are apart, they find enough places in the cache.
SHORT_LINES = 8
# The length of a part of a sum: rounding errors grow with it.
MOST_TAPS = 160


class Steps(NamedTuple):
    """How the windows lie over the image; start is how far before it the first one starts.

    Where images are laid into each other (see image_layout.py), `images` is how many. Across, start
    and dilation count the pixels of all of them, and the stride those of one.
    """

    kernel_size: Pair
    stride: Pair
    start: Pair
    dilation: Pair
    images: int = 1


class Block(NamedTuple):
    """How many rows and columns of windows, and how many channels, make a block."""

    rows: int
    columns: int
    channels: int

    def cover(self, windows: Pair) -> Pair:
        """Return how many blocks there are down and across so many windows."""
        return -(-windows[0] // self.rows), -(-windows[1] // self.columns)


def choose_block(
    count: Pair, channels: int, steps: Steps, itemsize: int, block_bytes: int, most_windows: int
) -> Block:
    """Return blocks of equal size for count windows; a row of windows, or tiles of a long one."""
    channels = _even(channels, _fit_channels(count[1], steps, itemsize))
    windows = block_bytes // (channels * steps.kernel_size[1] * itemsize)
    windows = min(max(windows, LEAST_WINDOWS), most_windows)
    if count[1] > windows:
        wide = 2 * vector_bytes() // itemsize
        return Block(1, -(-_even(count[1], windows) // wide) * wide, channels)
    return Block(_even(count[0], windows // count[1]), count[1], channels)


def _fit_channels(width: int, steps: Steps, itemsize: int) -> int:
    """Return of how many channels the first cache holds what a tile of two vectors reads."""
    (height, across), down = steps.kernel_size, steps.stride[0]
    run = 2 * vector_bytes() + LINE_BYTES
    # The taps of a column of the kernel read runs that are rows apart, and may overlap.
    spread = (height - 1) * steps.dilation[0] // down * width * itemsize
    channel = across * min(height * run, down * run + spread)
    return max(1, min(TILE_BYTES // channel, MOST_TAPS // (height * across)))


def _even(count: int, most: int) -> int:
    """Return the size of the parts when count is cut into as few as possible of at most `most`."""
    return -(-count // -(-count // most))


@inlined
def make_columns(like: FloatArray, block: Block, steps: Steps) -> FloatArray:
    """Return room for a block of columns, and for a last vector that is only partly used."""
    runs = block.channels * steps.kernel_size[1] * steps.stride[0]
    return make_room(runs * find_pitch(like, block, steps) + lanes(like), like)


@inlined
def find_taps(like: FloatArray, block: Block, steps: Steps, spare: int) -> IntegerArray:
    """Return where each tap starts in a block of columns, the last one `spare` times more."""
    (height, width), stride = steps.kernel_size, steps.stride[0]
    pitch = find_pitch(like, block, steps)
    places = np.empty(block.channels * height * width + spare, np.int64)
    k = 0
    for c in range(block.channels):
        for u in range(height):
            row = u * steps.dilation[0]
            for v in range(width):
                run = (c * width + v) * stride + row % stride
                places[k] = run * pitch + row // stride * block.columns
                k += 1
    places[k:] = places[k - 1]
    return places


@inlined
def find_pitch(like: FloatArray, block: Block, steps: Steps) -> int:
    """Return how far a run of a block of columns is from the next one.

    It is an odd number of lines: what a tile reads of many runs would push itself out of the first
    cache if they were a power of two apart, since a line has few places there.
    """
    run, line = count_rows(block, steps) * block.columns, LINE_BYTES // like.itemsize
    if run < SHORT_LINES * line:
        return run
    lines = (run + line - 1) // line
    return (lines + 1 - lines % 2) * line


@inlined
def count_rows(block: Block, steps: Steps) -> int:
    return block.rows + (steps.kernel_size[0] - 1) * steps.dilation[0] // steps.stride[0]
