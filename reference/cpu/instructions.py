"""Instructions of LLVM on single numbers that Numba has no name for, and what a kernel knows.

Each becomes one instruction, or a few, and LLVM makes vector instructions of them where it makes
vectors of the loop around.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic as _intrinsic

# A name of the module and never of a closure: Numba finds a cached kernel only by such a name.
intrinsic: Callable[[Callable[..., Any]], Callable[..., Any]] = _intrinsic
DOUBLE, INTEGER = ir.DoubleType(), ir.IntType(64)


@intrinsic
def multiply_add(typing: Any, one: Any, other: Any, term: Any) -> Any:
    """multiply_add(a, b, c): a * b + c, with one rounding where the processor can."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.call(_declare(builder, "fmuladd", arguments), arguments)

    return one(one, one, one), generate


@intrinsic
def larger(typing: Any, one: Any, other: Any) -> Any:
    """larger(a, b): the larger number, NaN if one of them is; of 0.0 and -0.0 either.

    Python's max(1.0, nan) is 1.0, and in the other order nan.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        maximum = _declare(builder, "maximum", arguments)
        return builder.call(maximum, arguments, fastmath=("nsz",))

    return one(one, one), generate


@intrinsic
def is_single(typing: Any, array: Any) -> Any:
    """is_single(array) is whether its numbers are float32, a constant in a kernel."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return ir.Constant(ir.IntType(1), array.dtype.bitwidth == 32)

    return types.boolean(array), generate


@intrinsic
def add_in_any_order(typing: Any, one: Any, other: Any) -> Any:
    """add_in_any_order(a, b): a + b, a step of a sum whose terms LLVM may add in another order.

    It then adds as many sums as a vector has lanes. NaN and infinity keep their meaning.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.fadd(*arguments, flags=("reassoc",))

    return one(one, one), generate


@intrinsic
def bits_of(typing: Any, number: Any) -> Any:
    """bits_of(x): the 64 bits of a float64 as an integer."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], INTEGER)

    return types.int64(types.float64), generate


@intrinsic
def number_of(typing: Any, bits: Any) -> Any:
    """number_of(i): the float64 that has these bits."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], DOUBLE)

    return types.float64(types.int64), generate


def _declare(builder: Any, name: str, arguments: Any) -> Any:
    kind = arguments[0].type
    full = f"llvm.{name}.f{32 if isinstance(kind, ir.FloatType) else 64}"
    known = builder.module.globals.get(full)
    return known or ir.Function(
        builder.module, ir.FunctionType(kind, [kind] * len(arguments)), full
    )
