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
from reference.cpu.rows import copy_rows, copy_rows_by_2
from reference.cpu.squares import FEW_TAPS, deal
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
    return make_room(runs * _find_pitch(like, block, steps) + lanes(like), like)


@inlined
def find_taps(like: FloatArray, block: Block, steps: Steps, spare: int) -> IntegerArray:
    """Return where each tap starts in a block of columns, the last one `spare` times more."""
    (height, width), stride = steps.kernel_size, steps.stride[0]
    pitch = _find_pitch(like, block, steps)
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
def _find_pitch(like: FloatArray, block: Block, steps: Steps) -> int:
    """Return how far a run of a block of columns is from the next one.

    It is an odd number of lines: what a tile reads of many runs would push itself out of the first
    cache if they were a power of two apart, since a line has few places there.
    """
    run, line = _count_rows(block, steps) * block.columns, LINE_BYTES // like.itemsize
    if run < SHORT_LINES * line:
        return run
    lines = (run + line - 1) // line
    return (lines + 1 - lines % 2) * line


@inlined
def _count_rows(block: Block, steps: Steps) -> int:
    return block.rows + (steps.kernel_size[0] - 1) * steps.dilation[0] // steps.stride[0]


@inlined
def gather(
    columns: FloatArray,
    x: FloatArray,
    first: int,
    channels: int,
    size: Pair,
    window: Pair,
    block: Block,
    steps: Steps,
) -> None:
    """Fill columns with what the block meets that starts at a window, in channels from the first.

    x is flat; size is that of an image, and `first` counts channels through all images.
    """
    is_together = steps.stride[1] > 1 and steps.images > 1
    if not is_together and (steps.stride[1] <= 2 or steps.dilation[1] > 1):
        _copy_by_taps(columns, x, first, channels, size, window, block, steps)
        return
    pitch = _find_pitch(columns, block, steps)
    for k in range(channels):
        place = k * steps.kernel_size[1] * steps.stride[0] * pitch
        if is_together:
            _copy_together(columns, place, x, first + k, size, window, block, steps)
        else:
            _deal_channel(columns, place, x, first + k, size, window, block, steps)


@inlined
def _copy_by_taps(
    columns: FloatArray,
    x: FloatArray,
    first: int,
    channels: int,
    size: Pair,
    window: Pair,
    block: Block,
    steps: Steps,
) -> None:
    """Copy what each tap meets by itself, of all channels: a call takes as long as many pixels."""
    rows, (down, across), place = _count_rows(block, steps), steps.stride, 0
    pitch = _find_pitch(columns, block, steps)
    for image in range(first, first + channels):
        start = image * size[0] * size[1]
        for v in range(steps.kernel_size[1]):
            column = window[1] * across + v * steps.dilation[1] - steps.start[1]
            for a in range(down):
                row, count = window[0] * down + a - steps.start[0], (rows, block.columns)
                if across == 1:
                    copy_rows(columns, place, x, start, size, row, down, rows, column, count[1])
                else:
                    copy_pixels(columns, place, x, image, size, (row, column), count, steps.stride)
                place += pitch


@inlined
def _copy_together(
    columns: FloatArray,
    place: int,
    x: FloatArray,
    image: int,
    size: Pair,
    window: Pair,
    block: Block,
    steps: Steps,
) -> None:
    """Copy what each tap meets of images laid into each other, whose windows are apart."""
    (down, across), images, rows = steps.stride, steps.images, _count_rows(block, steps)
    start, first = image * size[0] * size[1], window[1] % images
    spare = _find_pitch(columns, block, steps) - rows * block.columns
    for v in range(steps.kernel_size[1]):
        corner = window[1] // images * across * images + v * steps.dilation[1] - steps.start[1]
        for a in range(down):
            for q in range(rows):
                row = (window[0] + q) * down + a - steps.start[0]
                column, skipped, rest = corner, first, block.columns
                while rest > 0:
                    # A pixel of several images.
                    count = min(images - skipped, rest)
                    copy_rows(columns, place, x, start, size, row, 1, 1, column + skipped, count)
                    column, skipped = column + across * images, 0
                    place, rest = place + count, rest - count
            place += spare


@inlined
def _deal_channel(
    columns: FloatArray,
    place: int,
    x: FloatArray,
    image: int,
    size: Pair,
    window: Pair,
    block: Block,
    steps: Steps,
) -> None:
    """Copy what all taps of a row meet at once: they are neighbours, and windows are far apart."""
    rows, (down, across), taps = _count_rows(block, steps), steps.stride, steps.kernel_size[1]
    column, pitch = window[1] * across - steps.start[1], _find_pitch(columns, block, steps)
    width = -(-block.columns // lanes(columns)) * lanes(columns) * across + taps + FEW_TAPS
    line = make_room(width + lanes(columns), columns)
    for a in range(down):
        for q in range(rows):
            row = (window[0] + q) * down + a - steps.start[0]
            copy_rows(line, 0, x, image * size[0] * size[1], size, row, 1, 1, column, width)
            at = place + a * pitch + q * block.columns
            deal(columns, at, down * pitch, taps, line, across, block.columns)


@inlined
def copy_pixels(
    out: FloatArray,
    place: int,
    x: FloatArray,
    image: int,
    size: Pair,
    corner: Pair,
    count: Pair,
    stride: Pair,
) -> None:
    """Copy (rows, columns) of pixels from the corner of an image on, each so far from the next."""
    start, (row, column) = image * size[0] * size[1], corner
    if stride[1] == 1:
        copy_rows(out, place, x, start, size, row, stride[0], count[0], column, count[1])
    elif stride[1] == 2:
        copy_rows_by_2(out, place, x, start, size, row, stride[0], count[0], column, count[1])
    else:
        # The columns from left to right - 1 lie in the image.
        left = min(max(0, -(column // stride[1])), count[1])
        right = min(max(left, (size[1] - 1 - column) // stride[1] + 1), count[1])
        for q in range(count[0]):
            r = row + q * stride[0]
            for t in range(count[1]):
                out[place + t] = 0.0
            if 0 <= r < size[0]:
                for t in range(left, right):
                    out[place + t] = x[start + r * size[1] + column + t * stride[1]]
            place += count[1]
