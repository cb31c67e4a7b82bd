"""Quotients by square roots, which the adaptive optimizers need one of for each number.

A root and a quotient take a processor as long as dozens of products. One with AVX-512 also has
estimates of 1 / sqrt(x) and 1 / x, good to 14 bits, and Newton's steps double the bits:

    g ~ sqrt(x), h ~ 1 / (2 sqrt(x)):    r = 1/2 - g * h,    g <- g + g * r,    h <- h + h * r
    y ~ 1 / d:                           r = 1 - d * y,      y <- y + y * r

each line a multiply_add with a rounding of its own. A last step adds what is left, x - g * g and
n - d * y, each exact but for one rounding: then g and n / d are the numbers that IEEE 754 asks for
(Markstein, "Computation of elementary functions on the IBM RISC System/6000 processor", IBM Journal
of Research and Development 34, 1990). What becomes float32 afterwards needs 40 bits: one step with
the next term of the series, and nothing that is left,

    e ~ 1 / sqrt(x), g = x * e:    r = 1 - g * e,    g <- g + g * (r/2 + 3/8 r^2)
    y ~ 1 / d:                     r = 1 - d * y,    y <- y + y * (r + r^2)

Some processors divide in less time than the steps for y take: there only the roots are estimated.

0, infinity and what leaves the range on the way come out as NaN. Such numbers are done again by the
processor's own roots and quotients, as all are where there are no estimates.
"""

from typing import Any

from llvmlite import ir

from reference.cpu.fetching import FEW, STEP
from reference.cpu.vectors import (
    Vectors,
    address,
    integer,
    intrinsic,
    name_processor,
    types,
    vector_bytes,
)

# Which processors divide a vector in four cycles; others with AVX-512 take up to four times that.
DIVIDERS = ("znver5",)
# So wide are the vectors of which AVX-512 has estimates; a bit for each lane makes a byte.
ESTIMATED, BYTE = 64, ir.IntType(8)


@intrinsic
def block_size(typing: Any) -> Any:
    """block_size(): of how many numbers to prepare the quotients before they are divided.

    Where the processor's own instructions divide, which it can do beside something else, a block is
    so short that the next one begins meanwhile.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return integer(STEP if vector_bytes() == ESTIMATED else 2 * FEW)

    return types.intp(), generate


@intrinsic
def divide_by_roots(
    typing: Any, numerators: Any, radicands: Any, start: Any, eps: Any, like: Any
) -> Any:
    """numerators[k] /= sqrt(radicands[k]) + eps, for FEW numbers of float64 from start on.

    Where the numbers of `like` are float32, to 40 bits, else to the last.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kinds = signature.args
        vectors = Vectors(context, builder, kinds[0].dtype)
        starts = [
            address(context, builder, kind, array, arguments[2])
            for kind, array in zip(kinds[:2], arguments[:2], strict=True)
        ]
        quotients = _Quotients(vectors, arguments[3], is_rough=kinds[4].dtype.bitwidth == 32)
        quotients.fill(*starts)
        return context.get_dummy_value()

    return types.void(numerators, radicands, types.intp, types.float64, like), generate


class _Quotients:
    """The instructions of divide_by_roots."""

    def __init__(self, vectors: Vectors, eps: Any, is_rough: bool) -> None:
        self.vectors, self.builder, self.is_rough = vectors, vectors.builder, is_rough
        self.eps = vectors.spread(eps)

    def fill(self, numerators: Any, radicands: Any) -> None:
        """Store the quotients over the numerators."""
        b, load, lanes = self.builder, self.vectors.load, self.vectors.lanes
        places = [integer(place) for place in range(0, FEW, lanes)]
        given = [(load(numerators, place), load(radicands, place)) for place in places]
        if vector_bytes() != ESTIMATED:
            self._store([self._divide(*pair) for pair in given], numerators, places)
            return
        one, other = (self._refine(*pair) for pair in given)
        self._store([one, other], numerators, places)
        are_nan = b.bitcast(b.fcmp_unordered("uno", one, other), BYTE)
        with b.if_then(b.icmp_unsigned("!=", are_nan, BYTE(0)), likely=False):
            self._store([self._divide(*pair) for pair in given], numerators, places)

    def _store(self, results: list[Any], start: Any, places: list[Any]) -> None:
        for result, place in zip(results, places, strict=True):
            self.vectors.store(result, start, place)

    def _divide(self, numerator: Any, radicand: Any) -> Any:
        """Return the quotients by the processor's own instructions."""
        root = self._call(f"llvm.sqrt.v{self.vectors.lanes}f64", radicand)
        return self.builder.fdiv(numerator, self.builder.fadd(root, self.eps))

    def _refine(self, numerator: Any, radicand: Any) -> Any:
        """Return the quotients from estimates."""
        b, add = self.builder, self.vectors.multiply_add
        divisor = (self._find_divisor if self.is_rough else self._refine_divisor)(radicand)
        if name_processor() in DIVIDERS:
            return b.fdiv(numerator, divisor)
        y = self._estimate("rcp14", divisor)
        minus, one = b.fneg(divisor), self.vectors.constant(1.0)
        r = add(minus, y, one)
        if self.is_rough:
            return b.fmul(numerator, add(y, add(r, r, r), y))
        y = add(y, r, y)
        y = add(y, add(minus, y, one), y)
        quotient = b.fmul(numerator, y)
        return add(add(minus, quotient, numerator), y, quotient)

    def _find_divisor(self, radicand: Any) -> Any:
        """Return the root plus eps, to 40 bits."""
        b, add, constant = self.builder, self.vectors.multiply_add, self.vectors.constant
        estimate = self._estimate("rsqrt14", radicand)
        g = b.fmul(radicand, estimate)
        r = add(b.fneg(g), estimate, constant(1.0))
        series = b.fmul(r, add(r, constant(0.375), constant(0.5)))
        return add(g, series, b.fadd(g, self.eps))

    def _refine_divisor(self, radicand: Any) -> Any:
        """Return the root plus eps, both rounded."""
        b, add, half = self.builder, self.vectors.multiply_add, self.vectors.constant(0.5)
        estimate = self._estimate("rsqrt14", radicand)
        g, h = b.fmul(radicand, estimate), b.fmul(half, estimate)
        r = add(b.fneg(g), h, half)
        g, h = add(g, r, g), add(h, r, h)
        g = add(g, add(b.fneg(g), h, half), g)
        return b.fadd(add(add(b.fneg(g), g, radicand), h, g), self.eps)

    def _estimate(self, name: str, vector: Any) -> Any:
        """Return an estimate of each number: no number is left out."""
        return self._call(
            f"llvm.x86.avx512.{name}.pd.512", vector, self.vectors.zeros, ir.Constant(BYTE, 255)
        )

    def _call(self, name: str, *arguments: Any) -> Any:
        module = self.builder.module
        kind = ir.FunctionType(self.vectors.type, [argument.type for argument in arguments])
        function = module.globals.get(name) or ir.Function(module, kind, name)
        return self.builder.call(function, arguments)
