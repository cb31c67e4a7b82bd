"""The tile: a block of sums of products that stay in the registers of the processor.

Adding up in memory costs a load and a store for each product, ten times what the product costs. So
a convolution is cut into tiles of R rows and V vectors of L columns, few enough that all their sums
have a register. In NumPy's words a tile computes

    for r in range(R):
        for l in range(V * L):
            sums[r, l] = sum(a[a_rows[r] + k*a_step] * b[b_rows[k] + l] for k in range(count))

and one step of k is V loads from b, R numbers from a spread over a vector each, and R*V products.
`a_rows` and `b_rows` are tables of places in flat arrays. They are all that the tile knows of
strides, dilations and taps: correlation.py and weight_gradients.py fill them.

The sums start at zero and are added to what was there when they are complete: a long sum is cut
into parts in this way, and its rounding error grows with the length of a part.

R and V are the lengths of two tuples, `rows` and `vectors`, whose numbers mean nothing: a tuple's
length is part of its type, and Numba compiles for types.
"""

from typing import Any

import numpy as np

from reference.arguments import IntegerArray
from reference.cpu.vectors import (
    LINE_BYTES,
    Vectors,
    address,
    cgutils,
    fetch_line,
    integer,
    intrinsic,
    types,
    vector_bytes,
)

ONE_VECTOR = (0,)
# Sums that are under way at once hide that each product takes four cycles to come out.
UNDER_WAY = 8
N = types.intp


def choose_rows(count: int) -> tuple[int, ...]:
    """Return `rows` such that the fewest loads are spent on so many rows, cut into tiles.

    There are registers for eight rows of two vectors where there are 32 (with AVX-512), else for
    six.
    """
    most = 8 if vector_bytes() == 64 else 6
    return (0,) * min(range(most, 0, -1), key=lambda rows: (-(-count // rows) * (rows + 1), -rows))


def choose_vectors(rows: tuple[int, ...]) -> tuple[int, ...]:
    """Return `vectors` of two, or more where there are few rows."""
    return (0,) * min(max(2, -(-UNDER_WAY // len(rows))), 4)


def order_rows(count: int, rows: tuple[int, ...]) -> IntegerArray:
    """Return which of `count` each row of the tiles does: in one not full, the last once more."""
    return np.minimum(np.arange(count + len(rows) - 1), count - 1)


@intrinsic
def fill_tile(
    typing: Any,
    rows: Any,
    vectors: Any,
    out: Any,
    out_start: Any,
    out_rows: Any,
    a: Any,
    a_start: Any,
    a_rows: Any,
    row: Any,
    a_step: Any,
    b: Any,
    b_start: Any,
    b_rows: Any,
    count: Any,
    bias: Any,
    is_first: Any,
    columns: Any,
) -> Any:
    """Set out[out_start + out_rows[r] + l] to the sums plus bias[r] at first, later add them to it.

    A tile of one vector reads and writes only so many `columns`; a wider one all of its own. The
    tables a_rows, out_rows and bias are read from `row` on. Two rows may be the same: all that is
    there is read before anything is written.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        tile = _Tile(context, builder, signature.args, arguments)
        tile.fill(*arguments[14:])
        return context.get_dummy_value()

    tables = (out, N, out_rows, a, N, a_rows, N, N, b, N, b_rows, N)
    return types.void(rows, vectors, *tables, bias, N, N), generate


@intrinsic
def add_tile(
    typing: Any,
    rows: Any,
    vectors: Any,
    out: Any,
    out_start: Any,
    out_rows: Any,
    a: Any,
    a_start: Any,
    a_rows: Any,
    row: Any,
    a_step: Any,
    b: Any,
    b_start: Any,
    b_rows: Any,
    count: Any,
) -> Any:
    """Add the sums to out[out_start + out_rows[r] + l], which may be float64 for float32 sums."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        tile = _Tile(context, builder, signature.args, arguments)
        tile.add(signature.args[2].dtype)
        return context.get_dummy_value()

    tables = (out, N, out_rows, a, N, a_rows, N, N, b, N, b_rows, N)
    return types.void(rows, vectors, *tables), generate


class _Tile:
    """The instructions of a tile; sums[r, c] is vector c of row r."""

    def __init__(self, context: Any, builder: Any, kinds: Any, arguments: Any) -> None:
        self.context, self.builder, self.kinds = context, builder, kinds
        self.rows, self.width = range(len(kinds[0])), len(kinds[1])
        self.vectors = Vectors(context, builder, kinds[5].dtype)
        _, _, out, out_start, out_rows, a, a_start, a_rows, row, a_step = arguments[:10]
        b, b_start, b_rows, self.count = arguments[10:14]
        self.row, self.a_step = row, a_step
        self.a = self._look_up(self._address(5, a, a_start), self._address(7, a_rows, row))
        self.out = self._look_up(self._address(2, out, out_start), self._address(4, out_rows, row))
        self.b, self.b_rows = self._address(10, b, b_start), self._address(12, b_rows, integer(0))

    def fill(self, bias: Any, is_first: Any, columns: Any) -> None:
        """Store the sums on top of the bias, or of what is there."""
        builder, vectors = self.builder, self.vectors
        mask = vectors.inside(integer(0), columns) if self.width == 1 else None
        sums = self._sum(mask)
        start = {place: cgutils.alloca_once(builder, vectors.type) for place in sums}
        with builder.if_else(builder.icmp_signed("!=", is_first, integer(0))) as (then, otherwise):
            with then:
                table = self._address(14, bias, self.row)
                for (r, _), room in start.items():
                    builder.store(vectors.spread(self._entry(table, r)), room)
            with otherwise:
                for (r, c), room in start.items():
                    builder.store(self._load(self.out[r], c, mask), room)
        ready = {place: builder.fadd(builder.load(start[place]), s) for place, s in sums.items()}
        for (r, c), vector in ready.items():
            if mask is None:
                vectors.store(vector, self.out[r], integer(c * vectors.lanes))
            else:
                vectors.store_some(vector, self.out[r], integer(0), mask)

    def add(self, dtype: Any) -> None:
        """Add the sums to what is there, which has this dtype."""
        builder, wide = self.builder, Vectors(self.context, self.builder, dtype, self.vectors.lanes)
        ready = {}
        # Of many taps the sums have left the caches: they come back while products are added up.
        for row in self.out:
            for line in range(0, self.width * wide.lanes, LINE_BYTES // wide.bytes):
                fetch_line(builder, builder.gep(row, [integer(line)]))
        for (r, c), vector in self._sum(None).items():
            before = wide.load(self.out[r], integer(c * wide.lanes))
            ready[r, c] = builder.fadd(before, wide.convert(vector))
        for (r, c), vector in ready.items():
            wide.store(vector, self.out[r], integer(c * wide.lanes))

    def _sum(self, mask: Any) -> dict[tuple[int, int], Any]:
        """The loop over k. LLVM turns each of these variables into a register."""
        builder, vectors = self.builder, self.vectors
        places = [(r, c) for r in self.rows for c in range(self.width)]
        sums = {place: cgutils.alloca_once_value(builder, vectors.zeros) for place in places}
        with cgutils.for_range(builder, self.count) as loop:
            start = builder.gep(self.b, [builder.load(builder.gep(self.b_rows, [loop.index]))])
            step = builder.mul(loop.index, self.a_step)
            columns = [self._load(start, c, mask) for c in range(self.width)]
            factors = [vectors.spread(builder.load(builder.gep(row, [step]))) for row in self.a]
            for r, c in places:
                total = builder.load(sums[r, c])
                builder.store(vectors.multiply_add(factors[r], columns[c], total), sums[r, c])
        return {place: builder.load(total) for place, total in sums.items()}

    def _load(self, start: Any, c: int, mask: Any) -> Any:
        offset = integer(c * self.vectors.lanes)
        if mask is None:
            return self.vectors.load(start, offset)
        return self.vectors.load_some(start, offset, mask)

    def _look_up(self, start: Any, table: Any) -> list[Any]:
        return [self.builder.gep(start, [self._entry(table, r)]) for r in self.rows]

    def _entry(self, table: Any, r: int) -> Any:
        return self.builder.load(self.builder.gep(table, [integer(r)]))

    def _address(self, position: int, array: Any, offset: Any) -> Any:
        return address(self.context, self.builder, self.kinds[position], array, offset)
