"""Rows of pixels, copied a vector at a time, with zeros where the image ends.

What is copied from float32 to float64 is widened on the way, and rounded on the way back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reference.cpu.vectors import Vectors, address, cgutils, every, integer, intrinsic, types

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


@intrinsic
def deal_rows_by_3(
    typing: Any,
    out: Any,
    place: Any,
    pitch: Any,
    taps: Any,
    x: Any,
    start: Any,
    size: Any,
    row: Any,
    row_step: Any,
    rows: Any,
    column: Any,
    count: Any,
) -> Any:
    """Copy what each of neighbouring taps meets: every third pixel, to a run of the tap's own.

    for v in range(taps):
        for q in range(rows):
            for t in range(count):
                r, c = row + q*row_step, column + v + 3*t
                inside = 0 <= r < height and 0 <= c < width
                out[place + v*pitch + q*count + t] = x[start + r*width + c] if inside else 0

    (height, width) is size. What is read for a tap serves two more; nothing else is written.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        rows = _Rows(context, builder, signature, arguments, 3)
        pitch, taps, count = arguments[2], arguments[3], arguments[-1]
        with rows.each_vector() as (to, t):
            some = rows.vectors.inside(t, count)
            with every(builder, taps, 3) as (v, _):
                parts = rows.read(t, v)
                for k in range(3):
                    tap = builder.add(v, integer(k))
                    with builder.if_then(builder.icmp_signed("<", tap, taps)):
                        at = builder.add(builder.mul(tap, pitch), t)
                        rows.vectors.store_some(rows.deal(parts, k), to, at, some)
        return context.get_dummy_value()

    return types.void(out, N, N, N, x, N, PAIR, N, N, N, N, N), generate


def _copy(context: Any, builder: Any, signature: Any, arguments: Any, step: int) -> Any:
    rows = _Rows(context, builder, signature, arguments, step)
    with rows.each_vector() as (to, t):
        rows.vectors.store(rows.deal(rows.read(t, integer(0)), 0), to, t)
    return context.get_dummy_value()


class _Rows:
    """The instructions that read every step-th pixel of rows of an image.

    out and place are the first arguments, the last eight are those of copy_rows.
    """

    def __init__(
        self, context: Any, builder: Any, signature: Any, arguments: Any, step: int
    ) -> None:
        self.builder, self.step = builder, step
        x, start, self.size, self.row, self.row_step, self.rows, self.column, self.count = (
            arguments[-8:]
        )
        out_type, x_type = signature.args[0], signature.args[-8]
        self.vectors = Vectors(context, builder, out_type.dtype)
        self.pixels = Vectors(context, builder, x_type.dtype, self.vectors.lanes)
        self.target = address(context, builder, out_type, *arguments[:2])
        self.source = address(context, builder, x_type, x, start)

    @contextmanager
    def each_vector(self) -> Iterator[tuple[Any, Any]]:
        """Loop over the vectors of all rows: where the row goes, and the vector's place in it."""
        b = self.builder
        height, width = cgutils.unpack_tuple(b, self.size)
        with cgutils.for_range(b, self.rows) as loop:
            r = b.add(self.row, b.mul(self.row_step, loop.index))
            # A row outside has no columns. Unsigned, -1 is a large number.
            self.seen = b.select(b.icmp_unsigned("<", r, height), width, integer(0))
            self.line = b.gep(self.source, [b.mul(r, width)])
            to = b.gep(self.target, [b.mul(self.count, loop.index)])
            with every(b, self.count, self.vectors.lanes) as (t, _):
                yield to, t

    def read(self, t: Any, tap: Any) -> list[Any]:
        """Return the pixels from that which a tap meets first, for the vector at t."""
        b, pixels = self.builder, self.pixels
        first = b.add(b.add(self.column, tap), b.mul(t, integer(self.step)))
        starts = [b.add(first, integer(k * pixels.lanes)) for k in range(self.step)]
        return [pixels.load_some(self.line, s, pixels.inside(s, self.seen)) for s in starts]

    def deal(self, parts: list[Any], first: int) -> Any:
        """Return every step-th of these pixels from that one on, as numbers of out."""
        return self.vectors.convert(self.pixels.deal(parts, first))


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
        height, width = cgutils.unpack_tuple(builder, size)
        with cgutils.for_range(builder, height) as loop:
            line = builder.gep(source, [builder.mul(width, loop.index)])
            to = builder.gep(target, [builder.mul(pitch, loop.index)])
            with every(builder, width, vectors.lanes) as (t, _):
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
        with every(builder, count, vectors.lanes) as (t, _):
            mask = vectors.inside(t, count)
            one, other = vectors.load_some(target, t, mask), vectors.load_some(source, t, mask)
            vectors.store_some(builder.fadd(one, other), target, t, mask)
        return context.get_dummy_value()

    return types.void(out, N, x, N, N), generate
