"""The tile of products.py: sums of products of a few rows with as many as a vector has lanes.

Both arrays are read along their rows, as they lie in memory: ROWS rows of x meet as many rows of
the weights as a vector has lanes, and each pair adds up its products in a vector of its own that
stays in a register. In the end the lanes of those vectors are added up, two vectors at a time, and
of each row of x one vector of sums is left.
"""

from typing import Any

from reference.cpu.vectors import (
    Vectors,
    address,
    cgutils,
    fetch_line,
    integer,
    intrinsic,
    types,
)

# Tuples whose lengths are numbers of rows: a length is part of a tuple's type. Three rows of a
# vector's lanes of sums fill the registers, and hide how long a product takes.
ONE, TWO, FULL = (0,), (0, 0), (0, 0, 0)
ROWS = len(FULL)
N = types.intp


@intrinsic
def add_products(
    typing: Any,
    rows: Any,
    out: Any,
    before: Any,
    row: Any,
    column: Any,
    width: Any,
    x: Any,
    first: Any,
    weight: Any,
    place: Any,
    pitch: Any,
    count: Any,
    source: Any,
    ahead: Any,
) -> Any:
    """Fill so many rows of out as `rows` is long, and a vector of columns but at most `width`.

    out[row + r, column + c] = before[row + r, column + c] + sum over k < count of
        x[first + r, k] * weight[place + c*pitch + k]

    with weight seen as flat, and row 0 of before if that is all it has. A sum is the same to the
    bit whatever the number of rows. A tile of several rows fetches `source`, seen as flat, from
    `ahead` on.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _Tile(context, builder, signature.args, arguments).add()
        return context.get_dummy_value()

    places = (N, N, N, x, N, weight, N, N, N, source, N)
    return types.void(rows, out, before, *places), generate


class _Tile:
    """The instructions of add_products."""

    def __init__(self, context: Any, builder: Any, kinds: Any, arguments: Any) -> None:
        self.context, self.builder, self.kinds = context, builder, kinds
        self.vectors = Vectors(context, builder, kinds[1].dtype)
        _, out, before, row, column, self.width, x, first, weight, place, pitch = arguments[:11]
        self.count, source, ahead = arguments[11:]
        self.ahead = address(context, builder, kinds[12], source, ahead)
        self.out = self._find(1, out, row, column)
        self.before = self._find(2, before, row, column)
        self.x = self._find(6, x, first, integer(0))
        # Beyond the end the last row of the weights stands for those that are missing.
        last = builder.sub(self.width, integer(1))
        self.weights = []
        for c in range(self.vectors.lanes):
            is_inside = builder.icmp_signed("<", integer(c), last)
            steps = builder.mul(builder.select(is_inside, integer(c), last), pitch)
            at = address(context, builder, kinds[8], weight, builder.add(place, steps))
            self.weights.append(at)

    def _find(self, position: int, array: Any, row: Any, column: Any) -> list[Any]:
        """Return where the rows of an argument's array have the column.

        A row that is alone stands for all.
        """
        kind, b = self.kinds[position], self.builder
        shape = self.context.make_array(kind)(self.context, b, array).shape
        count, length = b.extract_value(shape, 0), b.extract_value(shape, 1)
        step = b.select(b.icmp_signed(">", count, integer(1)), length, integer(0))
        places = [b.add(b.mul(row, step), column)]
        for _ in self.kinds[0].types[1:]:
            places.append(b.add(places[-1], step))
        return [address(self.context, b, kind, array, place) for place in places]

    def add(self) -> None:
        """Store the sums of all products on top of what was before."""
        mask = self.vectors.inside(integer(0), self.width)
        for out, before, sums in zip(self.out, self.before, self._sum(), strict=True):
            start = self.vectors.load_some(before, integer(0), mask)
            total = self.builder.fadd(start, self._add_lanes(sums))
            self.vectors.store_some(total, out, integer(0), mask)

    def _sum(self) -> list[list[Any]]:
        """Return a vector for each row of x and each of the weights: its lanes make the sum."""
        b, vectors = self.builder, self.vectors
        sums = [[cgutils.alloca_once_value(b, vectors.zeros) for _ in self.weights] for _ in self.x]
        wide = integer(vectors.lanes)
        rest = b.srem(self.count, wide)
        whole = b.sub(self.count, rest)
        with cgutils.for_range_slice(b, integer(0), whole, wide, inc=True) as (k, _):
            if len(self.x) > 1:
                fetch_line(b, b.gep(self.ahead, [k]))
            self._add_products(sums, k, None)
        with b.if_then(b.icmp_signed(">", rest, integer(0))):
            self._add_products(sums, whole, vectors.inside(integer(0), rest))
        return [[b.load(total) for total in line] for line in sums]

    def _add_products(self, sums: list[list[Any]], k: Any, mask: Any) -> None:
        numbers = [self._read(6, row, k, mask) for row in self.x]
        for c, start in enumerate(self.weights):
            weight = self._read(8, start, k, mask)
            for number, line in zip(numbers, sums, strict=True):
                total = self.builder.load(line[c])
                self.builder.store(self.vectors.multiply_add(number, weight, total), line[c])

    def _add_lanes(self, sums: list[Any]) -> Any:
        """Return the vector of the sums of the lanes of each.

        Two vectors become one: runs of lanes of the one and of the other in turns, halves, then
        quarters and so on, each with the run beside it added.
        """
        size = self.vectors.lanes
        while len(sums) > 1:
            size //= 2
            # The place, in two vectors one after the other, of what stays where it is.
            stay = [p + p // size % 2 * self.vectors.lanes for p in range(self.vectors.lanes)]
            come = [p + (size if p < self.vectors.lanes else -size) for p in stay]
            pairs = zip(sums[: len(sums) // 2], sums[len(sums) // 2 :], strict=True)
            sums = [self._add_runs(one, other, stay, come) for one, other in pairs]
        return sums[0]

    def _add_runs(self, one: Any, other: Any, stay: list[int], come: list[int]) -> Any:
        first = self.vectors.shuffle(one, other, stay)
        return self.builder.fadd(first, self.vectors.shuffle(one, other, come))

    def _read(self, position: int, start: Any, offset: Any, mask: Any) -> Any:
        """Return a vector of an argument's numbers as float64; 0 where a mask is not set."""
        dtype = self.kinds[position].dtype
        vectors = Vectors(self.context, self.builder, dtype, self.vectors.lanes)
        if mask is None:
            return self.vectors.convert(vectors.load(start, offset))
        return self.vectors.convert(vectors.load_some(start, offset, mask))
