"""Exponentials of runs of float32 numbers in pairs of float32: twice as many to a vector.

    exp(x) = 2^(n/PARTS) * exp(r)     with n = round(x * PARTS / ln 2), |r| <= ln(2) / 2 / PARTS

The power is looked up, and exp(r) is 1 + r but for so little that float32 is enough for the rest.
What comes out is a pair: high is 2^LIFT * exp(x) rounded to float32, or next to it, and low is what
high lacks. Together they have 33 bits.

There are pairs only where looks_up says so; elsewhere these functions do nothing.
"""

import math
from typing import Any

import numpy as np
from llvmlite import ir

from reference.cpu.runs import Run
from reference.cpu.vectors import (
    SHORT,
    Vectors,
    address,
    cgutils,
    in_groups,
    integer,
    intrinsic,
    looks_up,
    types,
)

# Between these, high and low are normal numbers. Beyond them, exp is that of the nearer one.
LEAST, MOST = -120.0, 42.0
# To a sum between these, what is beyond LEAST adds nothing, and its part of it is 0 in float32;
# nothing in it is beyond MOST.
LEAST_TOTAL, MOST_TOTAL = 1e-6, 1e18
LIFT = 66
# The factor is lifted too, so that nothing lies below the normal range before the end.
FACTOR_LIFT = 60
PARTS = 32
MAGIC = 1.5 * 2.0**23
# ln(2) / PARTS in two parts: x - n times the first is exact, since its last bit counts 2^-29.
STEP = math.log(2.0) / PARTS
STEP_HIGH = float(np.float32(STEP))
STEP_LOW = STEP - STEP_HIGH
# exp(r) = 1 + r + r^2 * (P[0] + P[1] * r), to 2^-33.
P = 0.50000405, 0.16666687
_EXACT = 2.0 ** (np.arange(PARTS) / PARTS)
_ROUNDED = _EXACT.astype(np.float32)
# The bits of 2^(n/PARTS) in float32, without those of n that will be added to them.
POWERS = _ROUNDED.view(np.int32) - (np.arange(PARTS) << 18)
# By so much the logarithm of a power is larger than that of the rounded one.
LACKS = ((_EXACT - _ROUNDED) / _ROUNDED).astype(np.float32).view(np.int32)


@intrinsic
def weigh_pairs(
    typing: Any, weights: Any, place: Any, numbers: Any, start: Any, count: Any, soon: Any
) -> Any:
    """Fill weights, float64, with a pair for each of so many numbers; return the sum of their exp.

    It holds between LEAST_TOTAL and MOST_TOTAL. Arguments as of weigh_run.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        if not looks_up():
            return ir.Constant(ir.DoubleType(), math.nan)
        target = address(context, builder, signature.args[0], *arguments[:2])
        total = _Pairs(context, builder).weigh(signature.args[2:], arguments[2:], target)
        return builder.fmul(total, ir.Constant(total.type, 2.0**-LIFT))

    given = weights, types.intp, numbers, types.intp, types.intp, soon
    return types.float64(*given), generate


@intrinsic
def multiply_pairs(
    typing: Any, out: Any, start: Any, weights: Any, place: Any, count: Any, factor: Any
) -> Any:
    """Fill a run of out, float32, with exp times the factor, from what weigh_pairs has left.

    The factor is the inverse of a sum that holds. Return whether none of the results lies below the
    normal range: there they are rounded twice.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        if not looks_up():
            return ir.Constant(ir.IntType(1), 0)
        out, start, weights, place, count, factor = arguments
        target = address(context, builder, signature.args[0], out, start)
        source = address(context, builder, signature.args[2], weights, place)
        return _Product(context, builder, factor).fill(target, source, count)

    given = out, types.intp, weights, types.intp, types.intp, types.float64
    return types.boolean(*given), generate


class Exponentials:
    """exp of vectors of float32 numbers in pairs, 2^lift times as large."""

    def __init__(self, context: Any, builder: Any, lift: int) -> None:
        self.builder, self.singles = builder, Vectors(context, builder, types.float32)
        self.bits = ir.VectorType(SHORT, self.singles.lanes)
        self.powers: list[int] = (POWERS + (lift << 23)).tolist()

    def weigh(self, x: list[Any]) -> list[tuple[Any, Any]]:
        """Return the pairs, step by step for all vectors; high and low must be normal numbers."""
        b, constant, multiply_add = self.builder, self.singles.constant, self.singles.multiply_add
        shifted = [multiply_add(v, constant(1.0 / STEP), constant(MAGIC)) for v in x]
        n = [b.fsub(v, constant(MAGIC)) for v in shifted]
        r = [multiply_add(k, constant(-STEP_HIGH), v) for k, v in zip(n, x, strict=True)]
        # What r lacks, and what the power does. With it, s is the rest of x.
        places = [b.bitcast(v, self.bits) for v in shifted]
        lacks = [
            b.bitcast(self.singles.look_up(LACKS.tolist(), k), self.singles.type) for k in places
        ]
        lacks = [multiply_add(k, constant(-STEP_LOW), v) for k, v in zip(n, lacks, strict=True)]
        s = [b.fadd(v, lack) for v, lack in zip(r, lacks, strict=True)]
        p = [multiply_add(v, constant(P[1]), constant(P[0])) for v in s]
        # exp(s) - 1 - r, which is small.
        small = [
            multiply_add(b.fmul(v, v), factor, lack)
            for v, factor, lack in zip(s, p, lacks, strict=True)
        ]
        powers = [self._raise(k) for k in places]
        high = [multiply_add(power, v, power) for power, v in zip(powers, r, strict=True)]
        low = [b.fsub(power, v) for power, v in zip(powers, high, strict=True)]
        low = [multiply_add(*parts) for parts in zip(powers, r, low, strict=True)]  # exactly
        low = [multiply_add(*parts) for parts in zip(powers, small, low, strict=True)]
        return list(zip(high, low, strict=True))

    def _raise(self, places: Any) -> Any:
        """Return the powers 2^(n/PARTS + lift); what MAGIC has in front of n is shifted out."""
        up = ir.Constant(self.bits, [18] * self.singles.lanes)
        powers = self.singles.look_up(self.powers, places)
        return self.builder.bitcast(
            self.builder.add(powers, self.builder.shl(places, up)), self.singles.type
        )


class _Pairs(Run):
    """A run whose weights are pairs: of a vector of numbers, first the high parts, then the low."""

    at_once = (4,)

    def __init__(self, context: Any, builder: Any) -> None:
        super().__init__(context, builder, Vectors(context, builder, types.float32).lanes)
        self.exponentials = Exponentials(context, builder, LIFT)
        self.doubles = Vectors(context, builder, types.float64)
        self.sums = [cgutils.alloca_once_value(builder, self.doubles.zeros) for _ in range(2)]

    def exp(self, numbers: list[Any]) -> list[Any]:
        """Return the pairs of vectors of numbers, as if these lay between LEAST and MOST."""
        return self.exponentials.weigh([self.singles.limit(v, LEAST, MOST) for v in numbers])

    def keep(self, weights: Any, target: Any, place: Any) -> None:
        where = find_pair(self.builder, target, place, integer(self.lanes))
        for part, start in zip(weights, where, strict=True):
            self.singles.store(part, start, integer(0))

    def keep_some(self, weights: Any, target: Any, place: Any, left: Any) -> None:
        count = at_most(self.builder, left, self.lanes)
        is_in = self.singles.inside(integer(0), count)
        for part, start in zip(weights, find_pair(self.builder, target, place, count), strict=True):
            self.singles.store_some(part, start, integer(0), is_in)

    def choose(self, is_in: Any, weights: Any) -> Any:
        return [self.builder.select(is_in, part, self.singles.zeros) for part in weights]

    def add(self, weights: list[Any]) -> None:
        """Add the high parts to the sum in float64, and the low ones too, first to each other."""
        b, totals = self.builder, [self.builder.load(total) for total in self.sums]
        # The low parts of a few vectors may be added up in float32, but not those of a whole run.
        low = weights[0][1]
        for each in weights[1:]:
            low = b.fadd(low, each[1])
        half = self.doubles.lanes
        for part in (*(each[0] for each in weights), low):
            for n in range(2):
                some = self.singles.shuffle(part, part, range(n * half, (n + 1) * half))
                totals[n] = b.fadd(totals[n], self.doubles.convert(some))
        for place, total in zip(self.sums, totals, strict=True):
            b.store(total, place)

    def total(self) -> Any:
        totals = [self.builder.load(total) for total in self.sums]
        return self.doubles.fold(self.builder.fadd(*totals), self.builder.fadd)


class _Product:
    """The products of pairs and a factor."""

    def __init__(self, context: Any, builder: Any, factor: Any) -> None:
        self.builder, self.singles = builder, Vectors(context, builder, types.float32)
        self.bits = ir.VectorType(SHORT, self.singles.lanes)
        factor = builder.fmul(factor, ir.Constant(factor.type, 2.0**FACTOR_LIFT))
        high = builder.fptrunc(factor, self.singles.type.element)
        low = builder.fsub(factor, builder.fpext(high, factor.type))
        low = builder.fptrunc(low, self.singles.type.element)
        self.high, self.low = self.singles.spread(high), self.singles.spread(low)
        largest = ir.Constant(self.bits, [-1] * self.singles.lanes)
        self.smallest = cgutils.alloca_once_value(builder, largest)

    def fill(self, target: Any, source: Any, count: Any) -> Any:
        """Store the products; return whether all of them are normal numbers or 0."""
        b, singles, lanes = self.builder, self.singles, self.singles.lanes

        def work(places: list[Any], left: Any) -> None:
            if left is None:
                for place in places:
                    parts = find_pair(b, source, place, integer(lanes))
                    high, low = (singles.load(part, integer(0)) for part in parts)
                    singles.store(self._multiply(high, low), target, place)
                return
            (place,), left = places, at_most(b, left, lanes)
            is_in, parts = singles.inside(integer(0), left), find_pair(b, source, place, left)
            high, low = (singles.load_some(part, integer(0), is_in) for part in parts)
            singles.store_some(self._multiply(high, low), target, place, is_in)

        in_groups(b, count, lanes, _Pairs.at_once, work)
        least = singles.fold(b.load(self.smallest), self._smaller)
        return b.icmp_unsigned(">=", least, ir.Constant(SHORT, 2**23 - 1))

    def _multiply(self, high: Any, low: Any) -> Any:
        b, multiply_add, lanes = self.builder, self.singles.multiply_add, self.singles.lanes
        rest = multiply_add(low, self.high, b.fmul(high, self.low))
        lifted = multiply_add(high, self.high, rest)
        lift = LIFT + FACTOR_LIFT
        # The product would round to 0 anyway, but take several times as long.
        is_zero = b.fcmp_ordered("<", lifted, self.singles.constant(2.0 ** (lift - 150)))
        lifted = b.select(is_zero, self.singles.zeros, lifted)
        product = b.fmul(lifted, self.singles.constant(2.0**-lift))
        # As bits, 0 becomes the largest when 1 is subtracted.
        size = b.sub(b.bitcast(product, self.bits), ir.Constant(self.bits, [1] * lanes))
        b.store(self._smaller(size, b.load(self.smallest)), self.smallest)
        return product

    def _smaller(self, one: Any, other: Any) -> Any:
        return self.builder.select(self.builder.icmp_unsigned("<", one, other), one, other)


def find_pair(builder: Any, weights: Any, place: Any, count: Any) -> tuple[Any, Any]:
    """Return where the high and the low parts lie of so many numbers from a place on."""
    single = ir.FloatType().as_pointer()
    high = builder.bitcast(builder.gep(weights, [place]), single)
    return high, builder.gep(high, [count])


def at_most(builder: Any, left: Any, lanes: int) -> Any:
    """Return how many of the numbers that are left a vector holds."""
    return builder.select(builder.icmp_unsigned("<", left, integer(lanes)), left, integer(lanes))
