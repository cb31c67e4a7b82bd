"""Rows of windows over a plane (see planes.py), several at once: sums over taps, and over windows.

What is used again stays in registers: a weight, or the gradients of the rows. The last vector of a
row is only partly used; its other lanes are neither read from nor written to what belongs to
others.
"""

from typing import Any

from reference.cpu.vectors import Vectors, address, cgutils, integer, intrinsic, types

N = types.intp


@intrinsic
def fill_rows(
    typing: Any,
    rows: Any,
    out: Any,
    place: Any,
    width: Any,
    first: Any,
    last: Any,
    plane: Any,
    pitch: Any,
    places: Any,
    weight: Any,
    start: Any,
    bias: Any,
) -> Any:
    """Fill as many rows of out as `rows` is long, from the first one on.

    for r in range(first, first + len(rows)):
        for t in range(width):
            pixels = [plane[r*pitch + tap + t] for tap in places]
            out[place + r*width + t] = bias + dot(weight[start : start + len(places)], pixels)

    Rows after the last one are the last one again. The products are added up in the dtype of plane
    and weight; out may be narrower.
    """

    tables = (out, N, N, N, N, plane, N, places, weight, N, plane.dtype)
    return types.void(rows, *tables), _emit_fill_rows


def _emit_fill_rows(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    _, out, place, width, first, last, plane, pitch, places, weight, start, bias = arguments
    kinds = signature.args
    vectors = Vectors(context, builder, kinds[6].dtype)
    narrow = Vectors(context, builder, kinds[1].dtype, vectors.lanes)
    target = address(context, builder, kinds[1], out, place)
    pixels = address(context, builder, kinds[6], plane, integer(0))
    table = address(context, builder, kinds[8], places, integer(0))
    factors = address(context, builder, kinds[9], weight, start)
    taps = context.make_array(kinds[8])(context, builder, places).nitems
    own = []
    for r in range(len(kinds[0])):
        row = builder.add(first, integer(r))
        own.append(builder.select(builder.icmp_signed("<", row, last), row, last))
    targets = [builder.gep(target, [builder.mul(row, width)]) for row in own]
    lines = [builder.gep(pixels, [builder.mul(row, pitch)]) for row in own]
    totals = [cgutils.alloca_once(builder, vectors.type) for _ in own]
    lanes = integer(vectors.lanes)
    with cgutils.for_range_slice(builder, integer(0), width, lanes, inc=True) as (t, _):
        for total in totals:
            builder.store(vectors.spread(bias), total)
        with cgutils.for_range(builder, taps) as k:
            tap = builder.add(t, builder.load(builder.gep(table, [k.index])))
            factor = vectors.spread(builder.load(builder.gep(factors, [k.index])))
            for line, total in zip(lines, totals, strict=True):
                more = vectors.multiply_add(factor, vectors.load(line, tap), builder.load(total))
                builder.store(more, total)
        mask = vectors.inside(integer(0), builder.sub(width, t))
        for total, to in zip(totals, targets, strict=True):
            narrow.store_some(narrow.convert(builder.load(total)), to, t, mask)
    return context.get_dummy_value()


@intrinsic
def add_taps(
    typing: Any,
    taps: Any,
    sums: Any,
    plane: Any,
    start: Any,
    pitch: Any,
    places: Any,
    first: Any,
    grad: Any,
    place: Any,
    width: Any,
    height: Any,
) -> Any:
    """Add what windows give to as many taps as `taps` is long; a tap has a vector of L sums.

    for k in range(first, first + len(taps)):
        for r in range(height):
            for t in range(width):
                pixel = plane[start + r*pitch + places[k] + t]
                sums[k*L + t % L] += grad[place + r*width + t] * pixel

    grad may be narrower than sums and plane.
    """

    return types.void(taps, sums, plane, N, N, places, N, grad, N, N, N), _emit_add_taps


def _emit_add_taps(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    taps, sums, plane, start, pitch, places, first, grad, place, width, height = arguments
    kinds = signature.args
    vectors = Vectors(context, builder, kinds[1].dtype)
    narrow = Vectors(context, builder, kinds[7].dtype, vectors.lanes)
    lanes, own = integer(vectors.lanes), range(len(kinds[0]))
    targets = address(context, builder, kinds[1], sums, builder.mul(first, lanes))
    pixels = address(context, builder, kinds[2], plane, start)
    table = address(context, builder, kinds[5], places, first)
    grads = address(context, builder, kinds[7], grad, place)
    taps = [builder.gep(pixels, [builder.load(builder.gep(table, [integer(k)]))]) for k in own]
    before = [vectors.load(targets, integer(k * vectors.lanes)) for k in own]
    totals = [cgutils.alloca_once_value(builder, vector) for vector in before]

    def add(line: Any, t: Any, mask: Any) -> None:
        row = builder.gep(grads, [builder.mul(width, line)])
        factor = vectors.convert(
            narrow.load(row, t) if mask is None else narrow.load_some(row, t, mask)
        )
        offset = builder.add(builder.mul(pitch, line), t)
        for tap, total in zip(taps, totals, strict=True):
            # Masked as well: a NaN beyond the row times zero would be a NaN.
            pixel = (
                vectors.load(tap, offset) if mask is None else vectors.load_some(tap, offset, mask)
            )
            builder.store(vectors.multiply_add(factor, pixel, builder.load(total)), total)

    rest = builder.urem(width, lanes)
    whole = builder.sub(width, rest)
    with cgutils.for_range(builder, height) as loop:
        with cgutils.for_range_slice(builder, integer(0), whole, lanes, inc=True) as (t, _):
            add(loop.index, t, None)
        with builder.if_then(builder.icmp_signed(">", rest, integer(0))):
            add(loop.index, whole, vectors.inside(integer(0), rest))
    for k, total in enumerate(totals):
        vectors.store(builder.load(total), targets, integer(k * vectors.lanes))
    return context.get_dummy_value()
