"""Products of rows with rows, x @ weight.T + bias, in float64 whatever the arrays are.

Both arrays are read along their rows, as they lie in memory: ROWS rows of x meet as many rows of
the weights as a vector has lanes, and each pair adds up its products in a vector of its own that
stays in a register. In the end the lanes of those vectors are added up, two vectors at a time, and
of each row of x one vector of sums is left.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.jit import jit
from reference.cpu.vectors import (
    Vectors,
    address,
    cgutils,
    integer,
    intrinsic,
    lanes,
    make_room,
    types,
    vector_bytes,
)
from reference.threads import share

# So many rows of a vector's lanes of sums fill the registers, and hide how long a product takes.
ROWS = 3
# The length of a part of a sum: rounding errors grow with it, and it lies in the first cache.
MOST_PRODUCTS = 512
# How many products a tile adds up in a nanosecond.
SPEED = 30
# Tuples whose lengths are numbers of rows: a length is part of a tuple's type.
ONE, FULL = (0,), (0,) * ROWS
N = types.intp


def multiply_rows(x: FloatArray, weight: FloatArray, bias: FloatArray) -> NDArray[np.float64]:
    """Return x @ weight.T + bias, (rows of x, rows of weight)."""
    out = np.empty((len(x), len(weight)))
    if len(x) >= ROWS:
        x = x.astype(np.float64, copy=False)
    # Threads share the columns: each reads its own weights, which are most of what is read.
    nanoseconds, columns = out.size * x.shape[1] / SPEED, _find_columns(len(weight))
    share(_multiply_rows, nanoseconds, (columns,), out, x, weight, bias)
    return out


@lru_cache(maxsize=256)
def _find_columns(count: int) -> IntegerArray:
    """Return the first column of each vector of columns."""
    return np.arange(0, count, vector_bytes() // 8)


@jit
def _multiply_rows(
    own: IntegerArray, out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray
) -> None:
    """Fill these columns of out, a vector of each."""
    columns, (count, length) = lanes(out), x.shape
    # Weights that many rows meet are widened and aligned once, those of a few as they are read.
    is_copied = count >= 2 * ROWS
    pitch = -(-min(length, MOST_PRODUCTS) // columns) * columns
    panel = make_room(columns * pitch if is_copied else 0, out)
    for row in range(count if own.size else 0):
        for c in range(own[0], min(own[-1] + columns, out.shape[1])):
            out[row, np.uintp(c)] = bias[np.uintp(c)]
    for column in own:
        width = min(columns, out.shape[1] - column)
        for start in range(0, length, MOST_PRODUCTS):
            part = min(MOST_PRODUCTS, length - start)
            if is_copied:
                for c in range(width):
                    for k in range(part):
                        panel[np.uintp(c * pitch + k)] = weight[column + c, np.uintp(start + k)]
                _add_columns(out, column, x, start, panel, 0, pitch, part)
            else:
                place = column * length + start
                _add_columns(out, column, x, start, weight, place, length, part)


@jit
def _add_columns(
    out: FloatArray,
    column: int,
    x: FloatArray,
    start: int,
    weight: FloatArray,
    place: int,
    pitch: int,
    count: int,
) -> None:
    whole = x.shape[0] // ROWS * ROWS
    for row in range(0, whole, ROWS):
        add_products(FULL, out, row, column, x, start, weight, place, pitch, count)
    for row in range(whole, x.shape[0]):
        add_products(ONE, out, row, column, x, start, weight, place, pitch, count)


@intrinsic
def add_products(
    typing: Any,
    rows: Any,
    out: Any,
    row: Any,
    column: Any,
    x: Any,
    start: Any,
    weight: Any,
    place: Any,
    pitch: Any,
    count: Any,
) -> Any:
    """Add to out[row:, column:], as many rows as the tuple `rows` is long and a vector of columns.

    out[row + r, column + c] += sum over k < count of
        x[row + r, start + k] * weight[place + c*pitch + k]

    with weight seen as flat. Nothing beyond the columns of out is read or written, and a sum is the
    same to the bit whatever the number of rows.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _Tile(context, builder, signature.args, arguments).add()
        return context.get_dummy_value()

    return types.void(rows, out, N, N, x, N, weight, N, N, N), generate


class _Tile:
    """The instructions of add_products."""

    def __init__(self, context: Any, builder: Any, kinds: Any, arguments: Any) -> None:
        self.context, self.builder, self.kinds = context, builder, kinds
        self.vectors = Vectors(context, builder, kinds[1].dtype)
        _, out, row, column, x, start, weight, place, pitch, self.count = arguments
        rows = [builder.add(row, integer(r)) for r in range(len(kinds[0]))]
        self.out, width = self._find(1, out, rows, column)
        self.x, _ = self._find(4, x, rows, start)
        self.rest = builder.sub(width, column)
        # Beyond the end the last row of the weights stands for those that are missing.
        last = builder.sub(self.rest, integer(1))
        self.weights = []
        for c in range(self.vectors.lanes):
            is_inside = builder.icmp_signed("<", integer(c), last)
            steps = builder.mul(builder.select(is_inside, integer(c), last), pitch)
            at = address(context, builder, kinds[6], weight, builder.add(place, steps))
            self.weights.append(at)

    def _find(
        self, position: int, array: Any, rows: list[Any], column: Any
    ) -> tuple[list[Any], Any]:
        """Return where the rows of an argument's array have the column, and how long they are."""
        kind, b = self.kinds[position], self.builder
        length = b.extract_value(self.context.make_array(kind)(self.context, b, array).shape, 1)
        places = [b.add(b.mul(row, length), column) for row in rows]
        return [address(self.context, b, kind, array, place) for place in places], length

    def add(self) -> None:
        """Add the sums of all products to what is there."""
        mask = self.vectors.inside(integer(0), self.rest)
        for out, sums in zip(self.out, self._sum(), strict=True):
            before = self.vectors.load_some(out, integer(0), mask)
            total = self.builder.fadd(before, self._add_lanes(sums))
            self.vectors.store_some(total, out, integer(0), mask)

    def _sum(self) -> list[list[Any]]:
        """Return a vector for each row of x and each of the weights: its lanes make the sum."""
        b, vectors = self.builder, self.vectors
        sums = [[cgutils.alloca_once_value(b, vectors.zeros) for _ in self.weights] for _ in self.x]
        wide = integer(vectors.lanes)
        rest = b.srem(self.count, wide)
        whole = b.sub(self.count, rest)
        with cgutils.for_range_slice(b, integer(0), whole, wide, inc=True) as (k, _):
            self._add_products(sums, k, None)
        with b.if_then(b.icmp_signed(">", rest, integer(0))):
            self._add_products(sums, whole, vectors.inside(integer(0), rest))
        return [[b.load(total) for total in line] for line in sums]

    def _add_products(self, sums: list[list[Any]], k: Any, mask: Any) -> None:
        numbers = [self._read(4, row, k, mask) for row in self.x]
        for c, start in enumerate(self.weights):
            weight = self._read(6, start, k, mask)
            for number, line in zip(numbers, sums, strict=True):
                total = self.builder.load(line[c])
                self.builder.store(self.vectors.multiply_add(number, weight, total), line[c])

    def _add_lanes(self, sums: list[Any]) -> Any:
        """Return the vector of the sums of the lanes of each.

        Two vectors become one, in which halves, then quarters and so on are added up, in turns.
        """
        size = self.vectors.lanes
        while len(sums) > 1:
            size //= 2
            # Of two vectors: their even runs of so many lanes, and their odd ones.
            even = [p for p in range(2 * self.vectors.lanes) if p // size % 2 == 0]
            order = sorted(even, key=lambda p: (p % self.vectors.lanes // (2 * size), p))
            pairs = zip(sums[: len(sums) // 2], sums[len(sums) // 2 :], strict=True)
            sums = [self._add_runs(one, other, order, size) for one, other in pairs]
        return sums[0]

    def _add_runs(self, one: Any, other: Any, order: list[int], size: int) -> Any:
        first = self.vectors.shuffle(one, other, order)
        return self.builder.fadd(
            first, self.vectors.shuffle(one, other, [place + size for place in order])
        )

    def _read(self, position: int, start: Any, offset: Any, mask: Any) -> Any:
        """Return a vector of an argument's numbers as float64; 0 where a mask is not set."""
        dtype = self.kinds[position].dtype
        vectors = Vectors(self.context, self.builder, dtype, self.vectors.lanes)
        if mask is None:
            return self.vectors.convert(vectors.load(start, offset))
        return self.vectors.convert(vectors.load_some(start, offset, mask))
