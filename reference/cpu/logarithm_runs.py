"""Logarithms of probabilities of runs of float32 numbers, in vectors to the end of the run."""

from typing import Any

from llvmlite import ir

from reference.cpu.vectors import LONG, SHORT, Vectors, address, cgutils, integer, intrinsic, types

# The logarithm of a probability over 7/8, nearly: of a row, one at most is as near to 0.
NEAR = -0.125
# Larger than any logarithm of a total, and so than what rounding takes from a difference.
HUGE = 2.0**96


@intrinsic
def subtract_run(
    typing: Any, out: Any, numbers: Any, start: Any, count: Any, logarithm: Any
) -> Any:
    """Fill a run of out with numbers - logarithm, both float32; return which one is nearly 0.

    nearest = -1
    for i in range(count):
        out[start + i] = np.float32(np.float64(numbers[start + i]) - logarithm)
        nearest = i if out[start + i] > NEAR else nearest

    It is done in float32, twice as many to a vector as of float64: only where a difference is
    halfway between two numbers, but for 24 bits more, may the other one be taken.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        out, numbers, start, count, logarithm = arguments
        target = address(context, builder, signature.args[0], out, start)
        source = address(context, builder, signature.args[1], numbers, start)
        return _Run(context, builder, logarithm).subtract(target, source, count)

    return types.intp(out, numbers, types.intp, types.intp, types.float64), generate


class _Run:
    """The instructions of a run."""

    def __init__(self, context: Any, builder: Any, logarithm: Any) -> None:
        self.builder, self.vectors = builder, Vectors(context, builder, types.float32)
        single = self.vectors.type.element
        high = builder.fptrunc(logarithm, single)
        low = builder.fsub(logarithm, builder.fpext(high, logarithm.type))
        self.high, self.low = (self.vectors.spread(v) for v in (high, builder.fptrunc(low, single)))
        self.places = ir.VectorType(SHORT, self.vectors.lanes)
        lanes = ir.Constant(self.places, list(range(self.vectors.lanes)))
        self.here = cgutils.alloca_once_value(builder, lanes)
        self.nearest = cgutils.alloca_once_value(builder, self._everywhere(-1))

    def subtract(self, target: Any, source: Any, count: Any) -> Any:
        """Return the place of what is nearly 0."""
        b, vectors = self.builder, self.vectors
        step = integer(vectors.lanes)
        whole = b.mul(b.udiv(count, step), step)
        with cgutils.for_range_slice(b, integer(0), whole, step, inc=True) as (place, _):
            results = self._subtract(vectors.load(source, place))
            vectors.store(results, target, place)
            self._look_at(results)
        with cgutils.if_likely(b, b.icmp_signed("<", whole, count)):
            is_in = vectors.inside(integer(0), b.sub(count, whole))
            results = self._subtract(vectors.load_some(source, whole, is_in))
            vectors.store_some(results, target, whole, is_in)
            self._look_at(b.select(is_in, results, vectors.constant(2 * NEAR)))
        return b.sext(vectors.fold(b.load(self.nearest), self._larger), LONG)

    def _subtract(self, x: Any) -> Any:
        b = self.builder
        difference = b.fsub(x, self.high)
        # Knuth's sum of two numbers: the rounding error of the difference, exactly.
        back = b.fsub(difference, x)
        error = b.fsub(b.fsub(x, b.fsub(difference, back)), b.fadd(self.high, back))
        rest = b.fsub(error, self.low)
        # Of an infinite number it is NaN; then any number does.
        huge = self.vectors.constant(HUGE)
        return b.fadd(difference, b.select(b.fcmp_ordered("<", rest, huge), rest, huge))

    def _look_at(self, results: Any) -> None:
        """Note the places of what is nearly 0, and go on to the next ones."""
        b, here = self.builder, self.builder.load(self.here)
        is_near = b.fcmp_ordered(">", results, self.vectors.constant(NEAR))
        b.store(b.select(is_near, here, b.load(self.nearest)), self.nearest)
        b.store(b.add(here, self._everywhere(self.vectors.lanes)), self.here)

    def _larger(self, one: Any, other: Any) -> Any:
        return self.builder.select(self.builder.icmp_signed(">", one, other), one, other)

    def _everywhere(self, number: int) -> ir.Constant:
        return ir.Constant(self.places, [number] * self.vectors.lanes)
