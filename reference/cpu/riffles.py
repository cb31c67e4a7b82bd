"""Runs of numbers in turns: the first of one, the first of the other, the second of one.

Where windows are two pixels apart, even and odd pixels belong to different taps of a kernel.
"""

from typing import Any

from reference.cpu.vectors import Vectors, address, every, integer, intrinsic, types

N = types.intp


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
        halves = [riffled(vectors.lanes, half, vectors.lanes) for half in (0, 1)]
        with every(builder, count, 2 * vectors.lanes) as (t, _):
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
