"""Squares of numbers, turned in the registers of the processor: their columns become vectors.

To put the columns of a matrix where rows shall be, number by number, takes a load and a store for
each. A square with a side of L is turned by exchanges between two vectors, log2(L) for each row.
"""

from typing import Any

from reference.arguments import FloatArray
from reference.cpu.jit import jit
from reference.cpu.riffles import riffled
from reference.cpu.vectors import Vectors, address, every, integer, intrinsic, lanes, types

N = types.intp
# Kernels are seldom wider: the registers of a square with more columns would be empty.
FEW_TAPS = 4


@intrinsic
def transpose(
    typing: Any,
    out: Any,
    place: Any,
    pitch: Any,
    x: Any,
    start: Any,
    x_pitch: Any,
    rows: Any,
    columns: Any,
) -> Any:
    """Transpose a square with a side of one vector, or what there is of rows and columns of it.

    for r in range(min(rows, L)):
        for c in range(min(columns, L)):
            out[place + c*pitch + r] = x[start + r*x_pitch + c]
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        out, place, pitch, x, start, x_pitch, rows, columns = arguments
        vectors = Vectors(context, builder, signature.args[0].dtype)
        numbers = Vectors(context, builder, signature.args[3].dtype, vectors.lanes)
        target = address(context, builder, signature.args[0], out, place)
        source = address(context, builder, signature.args[3], x, start)
        square = []
        for r in range(vectors.lanes):
            inside = builder.icmp_signed("<", integer(r), rows)
            mask = numbers.inside(integer(0), builder.select(inside, columns, integer(0)))
            row = numbers.load_some(source, builder.mul(x_pitch, integer(r)), mask)
            square.append(vectors.convert(row))
        some = vectors.inside(integer(0), rows)
        for c, column in enumerate(_turn(vectors, square)):
            with builder.if_then(builder.icmp_signed("<", integer(c), columns)):
                vectors.store_some(column, target, builder.mul(pitch, integer(c)), some)
        return context.get_dummy_value()

    return types.void(out, N, N, x, N, N, N, N), generate


@jit
def turn(
    out: FloatArray,
    place: int,
    pitch: int,
    x: FloatArray,
    x_pitch: int,
    rows: int,
    columns: int,
) -> None:
    """Transpose the matrix with which x begins: out[place + c*pitch + r] = x[r*x_pitch + c]."""
    side = lanes(out)
    for c in range(0, columns, side):
        for r in range(0, rows, side):
            to, start = place + c * pitch + r, r * x_pitch + c
            transpose(out, to, pitch, x, start, x_pitch, rows - r, columns - c)


@intrinsic
def deal(
    typing: Any,
    out: Any,
    place: Any,
    pitch: Any,
    taps: Any,
    line: Any,
    stride: Any,
    count: Any,
) -> Any:
    """Deal a line of pixels out to neighbouring taps, each of which has a run of its own.

    for v in range(taps):
        for t in range(count):
            out[place + v*pitch + t] = line[t*stride + v]

    Where it is read, taps are rounded up to FEW_TAPS and count to a whole vector.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        out, place, pitch, taps, line, stride, count = arguments
        vectors = Vectors(context, builder, signature.args[0].dtype)
        few = Vectors(context, builder, signature.args[4].dtype, min(FEW_TAPS, vectors.lanes))
        target = address(context, builder, signature.args[0], out, place)
        source = address(context, builder, signature.args[4], line, integer(0))
        steps = [builder.mul(stride, integer(r)) for r in range(vectors.lanes)]
        with every(builder, count, vectors.lanes) as (t, _):
            mask, first = vectors.inside(t, count), builder.mul(t, stride)
            with every(builder, taps, few.lanes) as (v, _):
                corner = builder.gep(source, [builder.add(first, v)])
                rows = _join(few, [few.load(corner, step) for step in steps])
                for c, run in enumerate(_turn(vectors, rows)):
                    tap = builder.add(v, integer(c))
                    with builder.if_then(builder.icmp_signed("<", tap, taps)):
                        to = builder.add(builder.mul(tap, pitch), t)
                        vectors.store_some(run, target, to, mask)
        return context.get_dummy_value()

    return types.void(out, N, N, N, line, N, N), generate


def _join(few: Vectors, rows: list[Any]) -> list[Any]:
    """Return as many vectors as `few` has lanes: of so many rows after each other, one in each."""
    count = few.lanes
    while len(rows) > count:
        both, joined = range(2 * rows[0].type.count), []
        for start in range(0, len(rows), 2 * count):
            ones, others = rows[start : start + count], rows[start + count : start + 2 * count]
            joined += [few.shuffle(a, b, both) for a, b in zip(ones, others, strict=True)]
        rows = joined
    return rows


def _turn(vectors: Vectors, square: list[Any]) -> list[Any]:
    """Return the columns of squares of which these vectors are the rows, one beside the other."""
    # Riffling a pack of 2**n cards n times, as each of the rounds does with the rows and their
    # numbers, exchanges the upper and the lower half of the digits of a card's place.
    side = len(square)
    low, high = (riffled(vectors.lanes, half, side) for half in (0, 1))
    for _ in range(side.bit_length() - 1):
        halves = zip(square[: side // 2], square[side // 2 :], strict=True)
        square = [vectors.shuffle(*pair, half) for pair in halves for half in (low, high)]
    return square
