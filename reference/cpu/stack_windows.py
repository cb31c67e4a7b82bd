"""Windows over a stack (see plane_stacks.py): a vector has one pixel of as many planes.

What is used again stays in registers: the weights of a tap, or the gradients of a window. All
vectors are whole, and lie on lines of the cache.
"""

from typing import Any

from reference.cpu.vectors import Vectors, address, cgutils, integer, intrinsic, types

N = types.intp


@intrinsic
def fill_windows(
    typing: Any,
    windows: Any,
    out: Any,
    place: Any,
    out_step: Any,
    first: Any,
    last: Any,
    stack: Any,
    start: Any,
    step: Any,
    places: Any,
    weight: Any,
    at: Any,
    pitch: Any,
    bias: Any,
    channel: Any,
) -> Any:
    """Fill as many windows of a row as `windows` is long, from the first one on, a vector of each.

    for t in range(first, first + len(windows)):
        total = bias[channel : channel + L]
        for k in range(len(places)):
            pixel = start + places[k] + t*step
            total += weight[at + k*pitch :][:L] * stack[pixel : pixel + L]
        out[place + t*out_step :][:L] = total

    Windows after the last one are the last one again. The products are added up in the dtype of
    stack and weight; out may be narrower.
    """
    given = (out, N, N, N, N, stack, N, N, places, weight, N, N, bias, N)
    return types.void(windows, *given), _emit_fill_windows


def _emit_fill_windows(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    _, out, place, out_step, first, last, stack, start, step, places = arguments[:10]
    weight, at, pitch, bias, channel = arguments[10:]
    kinds = signature.args
    vectors = Vectors(context, builder, kinds[6].dtype)
    narrow = Vectors(context, builder, kinds[1].dtype, vectors.lanes)
    target = address(context, builder, kinds[1], out, place)
    pixels = address(context, builder, kinds[6], stack, start)
    table = address(context, builder, kinds[9], places, integer(0))
    factors = address(context, builder, kinds[10], weight, at)
    taps = context.make_array(kinds[9])(context, builder, places).nitems
    before = vectors.load(address(context, builder, kinds[13], bias, channel), integer(0))
    own = []
    for t in range(len(kinds[0])):
        window = builder.add(first, integer(t))
        own.append(builder.select(builder.icmp_signed("<", window, last), window, last))
    sources = [builder.gep(pixels, [builder.mul(window, step)]) for window in own]
    totals = [cgutils.alloca_once_value(builder, before) for _ in own]
    with cgutils.for_range(builder, taps) as k:
        tap = builder.load(builder.gep(table, [k.index]))
        factor = vectors.load(factors, builder.mul(k.index, pitch))
        for source, total in zip(sources, totals, strict=True):
            more = vectors.multiply_add(factor, vectors.load(source, tap), builder.load(total))
            builder.store(more, total)
    for window, total in zip(own, totals, strict=True):
        narrow.store(narrow.convert(builder.load(total)), target, builder.mul(window, out_step))
    return context.get_dummy_value()


@intrinsic
def add_windows(
    typing: Any,
    taps: Any,
    sums: Any,
    at: Any,
    planes: Any,
    stack: Any,
    start: Any,
    pitch: Any,
    step: Any,
    places: Any,
    first: Any,
    grad: Any,
    place: Any,
    width: Any,
    height: Any,
) -> Any:
    """Add what windows give to as many taps as `taps` is long, from the first one on.

    for k in range(first, first + len(taps)):
        for r in range(height):
            for t in range(width):
                pixel = start + places[k] + r*pitch + t*step
                given = place + (r*width + t)*planes
                sums[at + k*planes :][:L] += stack[pixel : pixel + L] * grad[given : given + L]

    The products are added up in the dtype of stack and their total is added to sums, of float64;
    grad may be narrower.
    """
    given = (sums, N, N, stack, N, N, N, places, N, grad, N, N, N)
    return types.void(taps, *given), _emit_add_windows


def _emit_add_windows(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    taps, sums, at, planes, stack, start, pitch, step, places, first = arguments[:10]
    grad, place, width, height = arguments[10:]
    kinds, own = signature.args, range(len(signature.args[0]))
    vectors = Vectors(context, builder, kinds[4].dtype)
    narrow = Vectors(context, builder, kinds[10].dtype, vectors.lanes)
    wide = Vectors(context, builder, kinds[1].dtype, vectors.lanes)
    target = address(context, builder, kinds[1], sums, at)
    pixels = address(context, builder, kinds[4], stack, start)
    table = address(context, builder, kinds[8], places, first)
    grads = address(context, builder, kinds[10], grad, place)
    taps = [builder.gep(pixels, [builder.load(builder.gep(table, [integer(k)]))]) for k in own]
    totals = [cgutils.alloca_once_value(builder, vectors.zeros) for _ in own]
    with cgutils.for_range(builder, height) as r, cgutils.for_range(builder, width) as t:
        window = builder.add(builder.mul(r.index, width), t.index)
        offset = builder.add(builder.mul(r.index, pitch), builder.mul(t.index, step))
        factor = vectors.convert(narrow.load(grads, builder.mul(window, planes)))
        for tap, total in zip(taps, totals, strict=True):
            more = vectors.multiply_add(factor, vectors.load(tap, offset), builder.load(total))
            builder.store(more, total)
    for k, total in enumerate(totals):
        place_of_tap = builder.mul(builder.add(first, integer(k)), planes)
        more = wide.convert(builder.load(total))
        wide.store(builder.fadd(wide.load(target, place_of_tap), more), target, place_of_tap)
    return context.get_dummy_value()
