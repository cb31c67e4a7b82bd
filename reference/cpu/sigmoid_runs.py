"""sigmoid of runs of float32 numbers in pairs of float32.

1 / s = q + q * (1 - s * q)     with s = 1 + exp(-x), and q = 1 / s rounded to float32
"""

from typing import Any

from llvmlite import ir

from reference.cpu.exponential_pairs import Exponentials
from reference.cpu.vectors import (
    Vectors,
    address,
    cgutils,
    in_groups,
    integer,
    intrinsic,
    looks_up,
    types,
)

# So many vectors are done side by side.
AT_ONCE = 8
# No number below this: what comes out is not much above the normal range of float32. From MOST on
# it is 1.
LEAST, MOST = -86.0, 86.0


@intrinsic
def fill_sigmoid_run(typing: Any, out: Any, numbers: Any, start: Any, count: Any) -> Any:
    """Fill a run of out with sigmoid of the numbers, both float32; return whether that is right.

    It is not where a number is less than LEAST, or where looks_up says no.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        if not looks_up():
            return ir.Constant(ir.IntType(1), 0)
        out, numbers, start, count = arguments
        target = address(context, builder, signature.args[0], out, start)
        source = address(context, builder, signature.args[1], numbers, start)
        return _Run(context, builder).fill(target, source, count)

    return types.boolean(out, numbers, types.intp, types.intp), generate


class _Run:
    """The instructions of a run."""

    def __init__(self, context: Any, builder: Any) -> None:
        self.builder, self.singles = builder, Vectors(context, builder, types.float32)
        self.exponentials, self.one = Exponentials(context, builder, 0), self.singles.constant(1.0)
        self.least = cgutils.alloca_once_value(builder, self.singles.zeros)

    def fill(self, target: Any, source: Any, count: Any) -> Any:
        """Return whether all results are right."""
        b, singles = self.builder, self.singles

        def work(places: list[Any], left: Any) -> None:
            if left is None:
                results = self._compute([singles.load(source, place) for place in places])
                for result, place in zip(results, places, strict=True):
                    singles.store(result, target, place)
                return
            is_in = singles.inside(integer(0), left)
            (result,) = self._compute([singles.load_some(source, places[0], is_in)])
            singles.store_some(result, target, places[0], is_in)

        in_groups(b, count, singles.lanes, (AT_ONCE,), work)
        least = singles.fold(b.load(self.least), self._smaller)
        return b.fcmp_ordered(">=", least, ir.Constant(least.type, LEAST))

    def _compute(self, x: list[Any]) -> list[Any]:
        b, multiply_add = self.builder, self.singles.multiply_add
        for v in x:
            b.store(self._smaller(v, b.load(self.least)), self.least)
        pairs = self.exponentials.weigh([b.fneg(self.singles.limit(v, LEAST, MOST)) for v in x])
        sums = [self._add_one(*pair) for pair in pairs]
        quotients = [b.fdiv(self.one, high) for high, _ in sums]
        results = []
        for q, (high, low) in zip(quotients, sums, strict=True):
            d = multiply_add(b.fneg(high), q, self.one)
            d = multiply_add(b.fneg(low), q, d)
            results.append(multiply_add(q, multiply_add(d, d, d), q))
        return results

    def _add_one(self, high: Any, low: Any) -> tuple[Any, Any]:
        """Return a pair and 1 as a pair; Knuth's sum of two numbers."""
        b = self.builder
        total = b.fadd(self.one, high)
        back = b.fsub(total, self.one)
        error = b.fadd(b.fsub(high, back), b.fsub(self.one, b.fsub(total, back)))
        return total, b.fadd(error, low)

    def _smaller(self, one: Any, other: Any) -> Any:
        return self.builder.select(self.builder.fcmp_ordered("<", one, other), one, other)
