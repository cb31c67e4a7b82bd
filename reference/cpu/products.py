"""Products of rows with rows, x @ weight.T + bias, in float64 whatever the arrays are.

Both arrays are read along their rows, as they lie in memory: ROWS rows of x meet as many rows of
the weights as a vector has lanes, and each pair adds up its products in a vector of its own that
stays in a register. In the end the lanes of those vectors are added up, two vectors at a time, and
of each row of x one vector of sums is left.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray
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
)
from reference.threads import share

# So many rows of a vector's lanes of sums fill the registers, and hide how long a product takes.
ROWS = 3
# Tuples whose lengths are numbers of rows: a length is part of a tuple's type.
ONE, FULL = (0,), (0,) * ROWS
N = types.intp


def multiply_rows(x: FloatArray, weight: FloatArray, bias: FloatArray) -> NDArray[np.float64]:
    """Return x @ weight.T + bias, (rows of x, rows of weight)."""
    out = np.empty((len(x), len(weight)))
    if len(x) >= ROWS:
        x = x.astype(np.float64, copy=False)
    share(_multiply_rows, out.size * x.shape[1] / 40, (out, x), weight, bias)
    return out


@jit
def _multiply_rows(out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray) -> None:
    columns, length = lanes(out), x.shape[1]
    # Weights that many rows meet are widened and aligned once, those of a few as they are read.
    is_copied = x.shape[0] >= 2 * ROWS
    panel = make_room(columns * length if is_copied else 0, out)
    for column in range(0, weight.shape[0], columns):
        if is_copied:
            for c in range(min(columns, weight.shape[0] - column)):
                for k in range(length):
                    panel[c * length + k] = weight[column + c, k]
            _multiply_panel(out, x, panel, bias, column, column)
        else:
            _multiply_panel(out, x, weight, bias, column, 0)


@jit
def _multiply_panel(
    out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray, column: int, first: int
) -> None:
    """Fill a vector of columns of out; `first` is the column of the first row of weights."""
    whole = x.shape[0] // ROWS * ROWS
    for row in range(0, whole, ROWS):
        multiply_tile(FULL, out, x, weight, bias, row, column, first)
    for row in range(whole, x.shape[0]):
        multiply_tile(ONE, out, x, weight, bias, row, column, first)


@intrinsic
def multiply_tile(
    typing: Any,
    rows: Any,
    out: Any,
    x: Any,
    weight: Any,
    bias: Any,
    row: Any,
    column: Any,
    first: Any,
) -> Any:
    """Fill out[row:, column:], as many rows as the tuple `rows` is long and a vector of columns.

    `first` is the column of the first row of weights. Nothing is read or written beyond the arrays.
    A sum is the same to the bit whatever the number of rows.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _Tile(context, builder, signature.args, arguments).fill()
        return context.get_dummy_value()

    return types.void(rows, out, x, weight, bias, N, N, N), generate


class _Tile:
    """The instructions of multiply_tile."""

    def __init__(self, context: Any, builder: Any, kinds: Any, arguments: Any) -> None:
        self.context, self.builder, self.kinds = context, builder, kinds
        self.vectors = Vectors(context, builder, kinds[1].dtype)
        _, out, x, weight, bias, row, column, first = arguments
        shape = context.make_array(kinds[2])(context, builder, x).shape
        self.length = builder.extract_value(shape, 1)
        shape = context.make_array(kinds[1])(context, builder, out).shape
        width = builder.extract_value(shape, 1)
        self.rest = builder.sub(width, column)
        rows = [builder.add(row, integer(r)) for r in range(len(kinds[0]))]
        self.out = [self._address(1, out, builder.add(self._mul(r, width), column)) for r in rows]
        self.x = [self._address(2, x, self._mul(r, self.length)) for r in rows]
        self.bias = self._address(4, bias, column)
        # Beyond the end the last row of the weights stands for those that are missing.
        last, start = builder.sub(self.rest, integer(1)), builder.sub(column, first)
        places = [self._smaller(integer(c), last) for c in range(self.vectors.lanes)]
        self.weights = [
            self._address(3, weight, self._mul(builder.add(start, place), self.length))
            for place in places
        ]

    def fill(self) -> None:
        """Store the sums of all products, plus the bias."""
        mask = self.vectors.inside(integer(0), self.rest)
        bias = self._read(4, self.bias, integer(0), mask)
        for out, sums in zip(self.out, self._sum(), strict=True):
            total = self.builder.fadd(self._add_lanes(sums), bias)
            self.vectors.store_some(total, out, integer(0), mask)

    def _sum(self) -> list[list[Any]]:
        """Return a vector for each row of x and each of the weights: its lanes make the sum."""
        b, vectors = self.builder, self.vectors
        sums = [[cgutils.alloca_once_value(b, vectors.zeros) for _ in self.weights] for _ in self.x]
        wide = integer(vectors.lanes)
        rest = b.srem(self.length, wide)
        whole = b.sub(self.length, rest)
        with cgutils.for_range_slice(b, integer(0), whole, wide, inc=True) as (k, _):
            self._add_products(sums, k, None)
        with b.if_then(b.icmp_signed(">", rest, integer(0))):
            self._add_products(sums, whole, vectors.inside(integer(0), rest))
        return [[b.load(total) for total in line] for line in sums]

    def _add_products(self, sums: list[list[Any]], k: Any, mask: Any) -> None:
        numbers = [self._read(2, row, k, mask) for row in self.x]
        for c, start in enumerate(self.weights):
            weight = self._read(3, start, k, mask)
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

    def _smaller(self, one: Any, other: Any) -> Any:
        return self.builder.select(self.builder.icmp_signed("<", one, other), one, other)

    def _mul(self, one: Any, other: Any) -> Any:
        return self.builder.mul(one, other)

    def _address(self, position: int, array: Any, offset: Any) -> Any:
        return address(self.context, self.builder, self.kinds[position], array, offset)
