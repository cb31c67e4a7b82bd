"""Exponentials of runs of float32 numbers, in vectors to the end of the run.

LLVM makes vectors of a loop of exp_of_single too, but what is left behind the last ones, up to 31
numbers, it does one by one: in a loop over a thousand numbers that is a tenth of the time, in one
over a hundred half of it.
"""

from typing import Any

from llvmlite import ir

from reference.cpu.exponentials import LARGEST_EXPONENT, LN2, MAGIC, PER_LN2, ROUGH
from reference.cpu.fetching import fetch_ahead
from reference.cpu.vectors import LONG, Vectors, address, cgutils, integer, intrinsic, types

# So many vectors are done side by side, each instruction for all of them before the next one: a
# processor looks ahead, but not as far as the end of an exponential. Where something comes near
# meanwhile, more of them are worth it.
AT_ONCE, AT_ONCE_FAR = 4, 6


@intrinsic
def weigh_run(
    typing: Any, weights: Any, place: Any, numbers: Any, start: Any, count: Any, soon: Any
) -> Any:
    """Fill weights with exp of so many numbers, which are float32; return the sum.

    total = 0.0
    for i in range(count):
        weights[place + i] = exp_of_single(numbers[start + i])
        total += weights[place + i]

    The weights are those of exp_of_single to the last bit, and each lane of a vector adds its own
    from the first to the last. Meanwhile what the arrays of the tuple `soon` have ahead of
    start + i comes near, as by fetch_step.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        place, source = arguments[:2], arguments[2:]
        target = address(context, builder, signature.args[0], *place)
        return _Run(context, builder).weigh(signature.args[2:], source, target)

    given = weights, types.intp, numbers, types.intp, types.intp, soon
    return types.float64(*given), generate


@intrinsic
def sum_run(typing: Any, numbers: Any, start: Any, count: Any, soon: Any) -> Any:
    """Return what weigh_run does; the weights are not kept."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _Run(context, builder).weigh(signature.args, arguments)

    return types.float64(numbers, types.intp, types.intp, soon), generate


class _Run:
    """The instructions of a run."""

    def __init__(self, context: Any, builder: Any) -> None:
        self.context, self.builder = context, builder
        self.wide = Vectors(context, builder, types.float64)
        self.narrow = Vectors(context, builder, types.float32, self.wide.lanes)

    def weigh(self, kinds: Any, arguments: Any, target: Any = None) -> Any:
        """Return the sum; without a target the weights are not kept."""
        b, lanes, (numbers, start, count, soon) = self.builder, self.wide.lanes, arguments
        source = address(self.context, b, kinds[0], numbers, start)
        total = cgutils.alloca_once_value(b, self.wide.zeros)
        at_once = AT_ONCE_FAR if kinds[3].types else AT_ONCE
        step = at_once * lanes
        whole = b.mul(b.udiv(count, integer(step)), integer(step))
        with cgutils.for_range_slice(b, integer(0), whole, integer(step), inc=True) as (first, _):
            fetch_ahead(self.context, b, kinds[3], soon, b.add(start, first), step)
            places = [b.add(first, integer(n * lanes)) for n in range(at_once)]
            weights = self._exp([self.narrow.load(source, place) for place in places])
            for weight, place in zip(weights, places, strict=True):
                if target is not None:
                    self.wide.store(weight, target, place)
                b.store(b.fadd(b.load(total), weight), total)
        with cgutils.for_range_slice(b, whole, count, integer(lanes), inc=True) as (place, _):
            is_in = self.wide.inside(integer(0), b.sub(count, place))
            (weight,) = self._exp([self.narrow.load_some(source, place, is_in)])
            if target is not None:
                self.wide.store_some(weight, target, place, is_in)
            b.store(b.fadd(b.load(total), b.select(is_in, weight, self.wide.zeros)), total)
        return self.wide.fold(b.load(total), b.fadd)

    def _exp(self, numbers: list[Any]) -> list[Any]:
        """Return what exp_of_single does, step by step."""
        b, multiply_add, constant = self.builder, self.wide.multiply_add, self.wide.constant
        x = [self.wide.convert(self._limit(number)) for number in numbers]
        shifted = [multiply_add(v, constant(PER_LN2), constant(MAGIC)) for v in x]
        n = [b.fsub(v, constant(MAGIC)) for v in shifted]
        r = [multiply_add(k, constant(-LN2), v) for k, v in zip(n, x, strict=True)]
        p = [constant(ROUGH[-1])] * len(x)
        for factor in (*ROUGH[-2::-1], 1.0, 1.0):
            p = [multiply_add(v, s, constant(factor)) for v, s in zip(p, r, strict=True)]
        bits = ir.VectorType(LONG, self.wide.lanes)
        up = ir.Constant(bits, [52] * self.wide.lanes)
        powers = [b.shl(b.bitcast(v, bits), up) for v in shifted]
        sums = [b.add(b.bitcast(v, bits), k) for v, k in zip(p, powers, strict=True)]
        return [b.bitcast(v, self.wide.type) for v in sums]

    def _limit(self, number: Any) -> Any:
        b = self.builder
        least, most = (self.narrow.constant(s * LARGEST_EXPONENT) for s in (-1.0, 1.0))
        number = b.select(b.fcmp_ordered("<", number, least), least, number)
        return b.select(b.fcmp_ordered(">", number, most), most, number)
