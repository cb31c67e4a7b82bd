"""Exponentials of runs of float32 numbers, in vectors to the end of the run.

    exp(x) = 2^(n/parts) * exp(r)     with n = round(x * parts / ln 2)

as in exponentials, where parts is 1. A processor that looks up a number for each lane of a vector
has the powers of 2 between 1 and 2 in a table: r is small then, and exp(r) has fewer terms.
"""

from typing import Any

import numpy as np
from llvmlite import ir

from reference.cpu.exponentials import LARGEST_EXPONENT, LN2, MAGIC, PER_LN2, ROUGH
from reference.cpu.runs import Run
from reference.cpu.vectors import (
    LONG,
    Vectors,
    address,
    cgutils,
    integer,
    intrinsic,
    looks_up,
    types,
)

# exp(r) as in exponentials, to 2^-37, for |r| <= ln(2) / 2 / PARTS.
PARTS = 16
SHORT_ROUGH = 0.5000000007918547, 0.16667006530248557, 0.04166512990447864
# The powers 2^(n/PARTS), without the bits of n that will be added to them.
POWERS = (2.0 ** (np.arange(PARTS) / PARTS)).view(np.int64) - (np.arange(PARTS) << 48)


@intrinsic
def weigh_run(
    typing: Any, weights: Any, place: Any, numbers: Any, start: Any, count: Any, soon: Any
) -> Any:
    """Fill weights with exp of so many numbers, which are float32; return the sum.

    total = 0.0
    for i in range(count):
        weights[place + i] = exp(numbers[start + i])
        total += weights[place + i]

    exp has 34 bits, and is that of a number as if it lay in -LARGEST_EXPONENT .. LARGEST_EXPONENT.
    The weight of a number is the same wherever it stands. Each lane of a vector adds its own from
    the first to the last. Meanwhile what the arrays of the tuple `soon` have ahead of start + i
    comes near, as by fetch_step.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        place, source = arguments[:2], arguments[2:]
        target = address(context, builder, signature.args[0], *place)
        return _Doubles(context, builder).weigh(signature.args[2:], source, target)

    given = weights, types.intp, numbers, types.intp, types.intp, soon
    return types.float64(*given), generate


@intrinsic
def sum_run(typing: Any, numbers: Any, start: Any, count: Any, soon: Any) -> Any:
    """Return what weigh_run does; the weights are not kept."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _Doubles(context, builder).weigh(signature.args, arguments)

    return types.float64(numbers, types.intp, types.intp, soon), generate


class _Doubles(Run):
    """A run whose weights are float64."""

    def __init__(self, context: Any, builder: Any) -> None:
        self.wide = Vectors(context, builder, types.float64)
        super().__init__(context, builder, self.wide.lanes)
        self.sum = cgutils.alloca_once_value(builder, self.wide.zeros)

    def exp(self, numbers: list[Any]) -> list[Any]:
        """Return exp of vectors of numbers, to 34 bits, or 37 where the powers are looked up."""
        b, constant, multiply_add = self.builder, self.wide.constant, self.wide.multiply_add
        parts, factors = (PARTS, SHORT_ROUGH) if looks_up() else (1, ROUGH)
        limits = -LARGEST_EXPONENT, LARGEST_EXPONENT
        x = [self.wide.convert(self.singles.limit(vector, *limits)) for vector in numbers]
        shifted = [multiply_add(v, constant(parts * PER_LN2), constant(MAGIC)) for v in x]
        n = [b.fsub(v, constant(MAGIC)) for v in shifted]
        r = [multiply_add(k, constant(-LN2 / parts), v) for k, v in zip(n, x, strict=True)]
        p = [constant(factors[-1])] * len(x)
        for factor in (*factors[-2::-1], 1.0, 1.0):
            p = [multiply_add(v, s, constant(factor)) for v, s in zip(p, r, strict=True)]
        return [self._scale(v, k, parts) for v, k in zip(p, shifted, strict=True)]

    def _scale(self, p: Any, shifted: Any, parts: int) -> Any:
        """Return p times 2^(n/parts); what MAGIC has in front of n is shifted out."""
        b, bits = self.builder, ir.VectorType(LONG, self.lanes)
        n = b.bitcast(shifted, bits)
        up = ir.Constant(bits, [52 - (parts - 1).bit_length()] * self.lanes)
        if parts == 1:
            return b.bitcast(b.add(b.bitcast(p, bits), b.shl(n, up)), p.type)
        power = b.add(self.wide.look_up(POWERS.tolist(), n), b.shl(n, up))
        return b.fmul(p, b.bitcast(power, p.type))

    def keep(self, weights: Any, target: Any, place: Any) -> None:
        self.wide.store(weights, target, place)

    def keep_some(self, weights: Any, target: Any, place: Any, left: Any) -> None:
        is_in = self.wide.inside(integer(0), left)
        self.wide.store_some(weights, target, place, is_in)

    def choose(self, is_in: Any, weights: Any) -> Any:
        return self.builder.select(is_in, weights, self.wide.zeros)

    def add(self, weights: list[Any]) -> None:
        total = self.builder.load(self.sum)
        for each in weights:
            total = self.builder.fadd(total, each)
        self.builder.store(total, self.sum)

    def total(self) -> Any:
        return self.wide.fold(self.builder.load(self.sum), self.builder.fadd)
