"""Planes side by side: a vector has a pixel of as many planes as it has lanes.

A small plane has rows that are shorter than a vector, and of a row with a stride only few numbers
are wanted. Where there are planes enough, each lane takes one of them, and all lanes do the same.
A square of numbers, with a side of one vector, is transposed on the way in and on the way out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from llvmlite import ir

from reference.arguments import FloatArray, Shape
from reference.cpu.jit import inlined
from reference.cpu.vectors import (
    LINE_BYTES,
    LONG,
    Vectors,
    address,
    cgutils,
    fetch_line,
    integer,
    intrinsic,
    lanes,
    types,
)
from reference.windows import Pair

N = types.intp
# How many pixels of all planes lie in the first cache, side by side.
PIXELS = 384
# Up to so many bytes are in the second cache anyway, and need not be fetched ahead.
NEAR_BYTES = 2**20
# The next planes are fetched ahead up to so many bytes, and of larger ones so many lines.
AHEAD_BYTES = 2**18
AHEAD_LINES = 8


def are_runs(out: Shape, x: Shape, kernel_size: Pair, padding: Pair) -> bool:
    """Return whether each window of a pool is as wide as the image: a run of its pixels."""
    return out[2] == 1 and kernel_size[1] - padding[1] >= x[2]


def fill_lanes(planes: int, itemsize: int) -> bool:
    """Return whether there are planes for half of the lanes at least, of the widest vectors."""
    return 2 * planes * itemsize >= LINE_BYTES


@inlined
def see(start: int, size: int, kernel_size: int, dilation: int) -> Pair:
    """Return the first tap of a window at or after the image's edge, and how many lie in it."""
    first = start if start >= 0 else start % dilation
    end = min(start + kernel_size * dilation, size)
    return first, (end - first + dilation - 1) // dilation


@inlined
def look_ahead(x: FloatArray) -> int:
    """Return how far away the pixels lie that should be fetched now, 0 where none."""
    block = lanes(x) * x.shape[1] * x.shape[2]
    if x.size * x.itemsize < NEAR_BYTES:
        return 0
    return block if block * x.itemsize < AHEAD_BYTES else AHEAD_LINES * LINE_BYTES // x.itemsize


@intrinsic
def read_planes(
    typing: Any, tile: Any, x: Any, start: Any, pitch: Any, last: Any, count: Any, ahead: Any
) -> Any:
    """Put `count` pixels of each plane side by side, and fetch those that lie `ahead` from there.

    for t in range(count):
        for lane in range(lanes):
            tile[t*lanes + lane] = x[start + min(lane, last)*pitch + t]

    Nothing else is read, but tile is written in whole squares. Nothing is fetched if ahead is 0.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        tile, x, start, pitch, last, count, ahead = arguments
        vectors = Vectors(context, builder, signature.args[0].dtype)
        source = address(context, builder, signature.args[1], x, start)
        target = address(context, builder, signature.args[0], tile, integer(0))
        planes = _starts_of_planes(builder, vectors.lanes, pitch, last)
        with _each_square(builder, count, vectors.lanes) as t:
            mask = vectors.inside(integer(0), builder.sub(count, t))
            starts = [builder.add(t, plane) for plane in planes]
            square = [vectors.load_some(source, place, mask) for place in starts]
            with builder.if_then(builder.icmp_signed("!=", ahead, integer(0))):
                for place in starts:
                    fetch_line(builder, builder.gep(source, [builder.add(place, ahead)]))
            begin = builder.mul(t, integer(vectors.lanes))
            for k, pixel in enumerate(_transpose(vectors, square)):
                vectors.store(pixel, target, builder.add(begin, integer(k * vectors.lanes)))
        return context.get_dummy_value()

    return types.void(tile, x, N, N, N, N, N), generate


@intrinsic
def write_planes(
    typing: Any, out: Any, start: Any, pitch: Any, last: Any, count: Any, tile: Any
) -> Any:
    """Give each plane its `count` results.

    for t in range(count):
        for lane in range(lanes):
            out[start + min(lane, last)*pitch + t] = tile[t*lanes + lane]

    Nothing else is written, but tile is read in whole squares. Where out has integers, tile has
    integers of its own width, with the bits of its numbers.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        out, start, pitch, last, count, tile = arguments
        vectors, kind = Vectors(context, builder, signature.args[5].dtype), signature.args[0].dtype
        is_whole, lanes = isinstance(kind, types.Integer), vectors.lanes
        results = Vectors(context, builder, types.float64 if is_whole else kind, lanes)
        source = address(context, builder, signature.args[5], tile, integer(0))
        target = address(context, builder, signature.args[0], out, start)
        planes = _starts_of_planes(builder, lanes, pitch, last)
        with _each_square(builder, count, lanes) as t:
            begin = builder.mul(t, integer(lanes))
            places = [builder.add(begin, integer(k * lanes)) for k in range(lanes)]
            square = _transpose(vectors, [vectors.load(source, place) for place in places])
            if is_whole:
                square = [_extend(vectors, results, plane) for plane in square]
            starts = [builder.add(t, plane) for plane in planes]
            _store(results, square, target, starts, builder.sub(count, t))
        return context.get_dummy_value()

    return types.void(out, N, N, N, N, tile), generate


@contextmanager
def _each_square(builder: Any, count: Any, lanes: int) -> Iterator[Any]:
    """Go along `count` pixels, a square at a time."""
    with cgutils.for_range_slice(builder, integer(0), count, integer(lanes), inc=True) as (t, _):
        yield t


def _store(results: Vectors, square: list[Any], target: Any, starts: list[Any], count: Any) -> None:
    """Store the first `count` numbers of each row of a square, where it has so many."""
    builder, pairs = results.builder, list(zip(square, starts, strict=True))
    is_full = builder.icmp_signed(">=", count, integer(results.lanes))
    with builder.if_else(is_full) as (then, other):
        with then:
            for row, start in pairs:
                results.store(row, target, start)
        with other:
            mask = results.inside(integer(0), count)
            for row, start in pairs:
                results.store_some(row, target, start, mask)


def _starts_of_planes(builder: Any, lanes: int, pitch: Any, last: Any) -> list[Any]:
    """Where planes are fewer than lanes, the last lanes take the last plane once more."""
    starts = []
    for lane in range(lanes):
        is_there = builder.icmp_signed("<", integer(lane), last)
        starts.append(builder.mul(pitch, builder.select(is_there, integer(lane), last)))
    return starts


def _transpose(vectors: Vectors, square: list[Any]) -> list[Any]:
    """Return the columns of a square of rows.

    A processor is quick within 16 bytes of a vector, and with whole blocks of 16 bytes. So each
    block is transposed, and then the square of blocks.
    """
    lanes, side = vectors.lanes, 16 // vectors.bytes
    groups = [square[r : r + side] for r in range(0, lanes, side)]
    for _ in range(side.bit_length() - 1):
        groups = [_riffle(vectors, group, side) for group in groups]
    stacks = [list(stack) for stack in zip(*groups, strict=True)]
    for _ in range((lanes // side).bit_length() - 1):
        stacks = [_deal(vectors, stack, side) for stack in stacks]
    return [column for columns in zip(*stacks, strict=True) for column in columns]


def _riffle(vectors: Vectors, group: list[Any], side: int) -> list[Any]:
    """Return the group with its first and second half riffled, and so its numbers in each block.

    To riffle a pack of 2**n cards n times, rows and numbers, exchanges the upper and the lower half
    of the digits of a card's place.
    """
    lanes, half = vectors.lanes, side // 2
    low = [lane // side * side + lane % side // 2 + lane % 2 * lanes for lane in range(lanes)]
    orders = low, [place + half for place in low]
    pairs = zip(group[:half], group[half:], strict=True)
    return [vectors.shuffle(*pair, order) for pair in pairs for order in orders]


def _deal(vectors: Vectors, stack: list[Any], side: int) -> list[Any]:
    """Return the stack dealt out onto two, and so the blocks of its vectors: a riffle backwards."""
    lanes = vectors.lanes
    even = [place for place in range(2 * lanes) if place // side % 2 == 0]
    orders = even, [place + side for place in even]
    pairs = list(zip(stack[::2], stack[1::2], strict=True))
    return [vectors.shuffle(*pair, order) for order in orders for pair in pairs]


def _extend(vectors: Vectors, results: Vectors, plane: Any) -> Any:
    """Return integers of 64 bits, in a vector of results, of integers in a vector of numbers."""
    builder, lanes = vectors.builder, vectors.lanes
    whole = builder.bitcast(plane, ir.VectorType(ir.IntType(8 * vectors.bytes), lanes))
    wide = builder.sext(whole, ir.VectorType(LONG, lanes)) if vectors.bytes < 8 else whole
    return builder.bitcast(wide, results.type)
