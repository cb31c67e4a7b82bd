"""Rows of pixels, copied a vector at a time, with zeros where the image ends.

What is copied from float32 to float64 is widened on the way, and rounded on the way back.
"""

from typing import Any

from reference.cpu.vectors import Vectors, address, cgutils, integer, intrinsic, types

N = types.intp
PAIR = types.UniTuple(N, 2)


@intrinsic
def copy_rows(
    typing: Any,
    out: Any,
    place: Any,
    x: Any,
    start: Any,
    size: Any,
    row: Any,
    row_step: Any,
    rows: Any,
    column: Any,
    count: Any,
) -> Any:
    """Copy `count` pixels from a column on of every row_step-th row of an image, zeros around it.

    for q in range(rows):
        for t in range(count):
            r, c = row + q*row_step, column + t
            inside = 0 <= r < height and 0 <= c < width
            out[place + q*count + t] = x[start + r*width + c] if inside else 0

    (height, width) is size. Whole vectors are written: out needs room for one more after its end.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _copy(context, builder, signature, arguments, 1)

    return types.void(out, N, x, N, PAIR, N, N, N, N, N), generate


@intrinsic
def copy_rows_by_2(
    typing: Any,
    out: Any,
    place: Any,
    x: Any,
    start: Any,
    size: Any,
    row: Any,
    row_step: Any,
    rows: Any,
    column: Any,
    count: Any,
) -> Any:
    """Copy as copy_rows does, but every second pixel: c = column + 2*t."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _copy(context, builder, signature, arguments, 2)

    return types.void(out, N, x, N, PAIR, N, N, N, N, N), generate


def _copy(context: Any, builder: Any, signature: Any, arguments: Any, step: int) -> Any:
    out, place, x, start, size, row, row_step, rows, column, count = arguments
    vectors = Vectors(context, builder, signature.args[0].dtype)
    lanes = vectors.lanes
    pixels = Vectors(context, builder, signature.args[2].dtype, lanes)
    target = address(context, builder, signature.args[0], out, place)
    source = address(context, builder, signature.args[2], x, start)
    height, width = cgutils.unpack_tuple(builder, size)
    with cgutils.for_range(builder, rows) as loop:
        r = builder.add(row, builder.mul(row_step, loop.index))
        # A row outside has no columns. Unsigned, -1 is a large number.
        seen = builder.select(builder.icmp_unsigned("<", r, height), width, integer(0))
        line = builder.gep(source, [builder.mul(r, width)])
        to = builder.gep(target, [builder.mul(count, loop.index)])
        with cgutils.for_range_slice(builder, integer(0), count, integer(lanes), inc=True) as (
            t,
            _,
        ):
            first = builder.add(column, builder.mul(t, integer(step)))
            starts = [builder.add(first, integer(k * lanes)) for k in range(step)]
            parts = [pixels.load_some(line, s, pixels.inside(s, seen)) for s in starts]
            vectors.store(vectors.convert(pixels.deal(parts, 0)), to, t)
    return context.get_dummy_value()


@intrinsic
def spread_rows(
    typing: Any, out: Any, place: Any, pitch: Any, x: Any, start: Any, size: Any
) -> Any:
    """Copy the rows of an image so far from each other, and touch nothing between them.

    for r in range(height):
        for t in range(width):
            out[place + r*pitch + t] = x[start + r*width + t]

    (height, width) is size.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        out, place, pitch, x, start, size = arguments
        vectors = Vectors(context, builder, signature.args[0].dtype)
        target = address(context, builder, signature.args[0], out, place)
        source = address(context, builder, signature.args[3], x, start)
        (height, width), wide = cgutils.unpack_tuple(builder, size), integer(vectors.lanes)
        with cgutils.for_range(builder, height) as loop:
            line = builder.gep(source, [builder.mul(width, loop.index)])
            to = builder.gep(target, [builder.mul(pitch, loop.index)])
            with cgutils.for_range_slice(builder, integer(0), width, wide, inc=True) as (t, _):
                mask = vectors.inside(t, width)
                vectors.store_some(vectors.load_some(line, t, mask), to, t, mask)
        return context.get_dummy_value()

    return types.void(out, N, N, x, N, PAIR), generate


@intrinsic
def add_row(typing: Any, out: Any, place: Any, x: Any, start: Any, count: Any) -> Any:
    """Add a run of numbers to another: out[place + t] += x[start + t] for t in range(count)."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        out, place, x, start, count = arguments
        vectors = Vectors(context, builder, signature.args[0].dtype)
        target = address(context, builder, signature.args[0], out, place)
        source = address(context, builder, signature.args[2], x, start)
        wide = integer(vectors.lanes)
        with cgutils.for_range_slice(builder, integer(0), count, wide, inc=True) as (t, _):
            mask = vectors.inside(t, count)
            one, other = vectors.load_some(target, t, mask), vectors.load_some(source, t, mask)
            vectors.store_some(builder.fadd(one, other), target, t, mask)
        return context.get_dummy_value()

    return types.void(out, N, x, N, N), generate


@intrinsic
def riffle(
    typing: Any,
    out: Any,
    place: Any,
    count: Any,
    one: Any,
    one_start: Any,
    other: Any,
    other_start: Any,
) -> Any:
    """Fill so many places of out from two runs in turns, as the halves of a pack of cards.

    for t in range(count):
        out[place + t] = other[other_start + t // 2] if t % 2 else one[one_start + t // 2]
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        out, place, count, one, one_start, other, other_start = arguments
        vectors, two = Vectors(context, builder, signature.args[0].dtype), integer(2)
        target = address(context, builder, signature.args[0], out, place)
        runs = [
            (address(context, builder, signature.args[3], one, one_start), integer(1)),
            (address(context, builder, signature.args[5], other, other_start), integer(0)),
        ]
        wide = integer(2 * vectors.lanes)
        halves = [riffled(vectors.lanes, half, vectors.lanes) for half in (0, 1)]
        with cgutils.for_range_slice(builder, integer(0), count, wide, inc=True) as (t, _):
            start, pair = builder.sdiv(t, two), []
            for run, more in runs:
                end = builder.sdiv(builder.add(count, more), two)
                pair.append(vectors.load_some(run, start, vectors.inside(start, end)))
            for half, order in enumerate(halves):
                at = builder.add(t, integer(half * vectors.lanes))
                mask = vectors.inside(at, count)
                vectors.store_some(vectors.shuffle(pair[0], pair[1], order), target, at, mask)
        return context.get_dummy_value()

    return types.void(out, N, N, one, N, other, N), generate


def riffled(lanes: int, half: int, block: int) -> list[int]:
    """Return the places of the first or second halves of two vectors' blocks that are riffled."""
    return [
        start + half * block // 2 + lane // 2 + lane % 2 * lanes
        for start in range(0, lanes, block)
        for lane in range(block)
    ]
