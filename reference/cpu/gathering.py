"""Filling a block of columns (see columns.py) with the pixels that its windows meet.

Rows are copied tap by tap where neighbouring windows are one or two pixels apart. Where they are
farther apart, all taps of a row are dealt out at once, as squares if they are four pixels or more;
and where images are laid into each other (see image_layout.py), a pixel of all of them is copied
as one.
"""

from reference.arguments import FloatArray
from reference.cpu.columns import Block, Steps, count_rows, find_pitch
from reference.cpu.jit import inlined
from reference.cpu.rows import copy_rows, copy_rows_by_2, deal_rows_by_3
from reference.cpu.squares import FEW_TAPS, deal
from reference.cpu.vectors import lanes, make_room
from reference.windows import Pair


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
    pitch = find_pitch(columns, block, steps)
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
    rows, (down, across), place = count_rows(block, steps), steps.stride, 0
    pitch = find_pitch(columns, block, steps)
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
    (down, across), images, rows = steps.stride, steps.images, count_rows(block, steps)
    start, first = image * size[0] * size[1], window[1] % images
    spare = find_pitch(columns, block, steps) - rows * block.columns
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
    rows, (down, across), taps = count_rows(block, steps), steps.stride, steps.kernel_size[1]
    column, pitch = window[1] * across - steps.start[1], find_pitch(columns, block, steps)
    start, run = image * size[0] * size[1], down * pitch
    if across == 3:
        for a in range(down):
            at, row, count = place + a * pitch, window[0] * down + a - steps.start[0], block.columns
            deal_rows_by_3(columns, at, run, taps, x, start, size, row, down, rows, column, count)
        return
    width = -(-block.columns // lanes(columns)) * lanes(columns) * across + taps + FEW_TAPS
    line = make_room(width + lanes(columns), columns)
    for a in range(down):
        for q in range(rows):
            row = (window[0] + q) * down + a - steps.start[0]
            copy_rows(line, 0, x, start, size, row, 1, 1, column, width)
            at = place + a * pitch + q * block.columns
            deal(columns, at, run, taps, line, across, block.columns)


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
