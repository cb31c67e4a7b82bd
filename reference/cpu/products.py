"""Products of rows with rows, x @ weight.T + bias, in float64 whatever the arrays are.

Both arrays are read along their rows, as they lie in memory. ROWS rows of x meet COLUMNS rows of
the weights at a time, each pair in a vector of its own that stays in a register: for as many
products as there are pairs, only ROWS + COLUMNS vectors are loaded.
"""

from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numpy.typing import NDArray

from reference.arguments import FloatArray
from reference.cpu.instructions import DOUBLE, INTEGER, intrinsic
from reference.cpu.jit import jit
from reference.threads import share

ROWS, COLUMNS, LANES = 4, 6, 8
SHORT = ir.IntType(32)
VECTOR = ir.VectorType(DOUBLE, LANES)
# A variable that LLVM keeps in a register; Numba does not say what it returns.
_reserve: Any = cgutils.alloca_once


def multiply_rows(x: FloatArray, weight: FloatArray, bias: FloatArray) -> NDArray[np.float64]:
    """Return x @ weight.T + bias, (rows of x, rows of weight)."""
    out = np.empty((len(x), len(weight)))
    share(_multiply_rows, out.size * x.shape[1] / 40, (out, x), weight, bias)
    return out


@jit
def _multiply_rows(out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray) -> None:
    few = x.shape[0] < ROWS
    for column in range(0, weight.shape[0], COLUMNS):
        if few:
            for row in range(x.shape[0]):
                multiply_row(out, x, weight, bias, row, column)
        else:
            for row in range(0, x.shape[0], ROWS):
                multiply_tile(out, x, weight, bias, row, column)


@intrinsic
def multiply_tile(
    typing: Any, out: Any, x: Any, weight: Any, bias: Any, row: Any, column: Any
) -> Any:
    """multiply_tile(out, x, weight, bias, i, j): fill out[i:i+ROWS, j:j+COLUMNS].

    At the edges the last row stands for those that are missing, and is written again.
    """
    signature = types.void(out, x, weight, bias, row, column)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _Tile(ROWS, context, builder, signature.args, arguments).emit()
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def multiply_row(
    typing: Any, out: Any, x: Any, weight: Any, bias: Any, row: Any, column: Any
) -> Any:
    """multiply_row(out, x, weight, bias, i, j): fill out[i, j:j+COLUMNS], bit for bit the same."""
    signature = types.void(out, x, weight, bias, row, column)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _Tile(1, context, builder, signature.args, arguments).emit()
        return context.get_dummy_value()

    return signature, generate


class _Tile:
    """What multiply_tile was given, and the instructions on it, with LLVM's builder b."""

    def __init__(self, rows: int, context: Any, builder: Any, kinds: Any, arguments: Any) -> None:
        self.context, self.b, self.kinds = context, builder, kinds
        out, x, weight, bias = (
            context.make_array(kind)(context, builder, array)
            for kind, array in zip(kinds[:4], arguments[:4], strict=True)
        )
        self.out, self.x, self.weight, self.bias = out.data, x.data, weight.data, bias.data
        self.length = builder.extract_value(x.shape, 1)
        self.width = builder.extract_value(out.shape, 1)
        self.rows = self.choose(arguments[4], rows, builder.extract_value(x.shape, 0))
        self.columns = self.choose(arguments[5], COLUMNS, self.width)

    def choose(self, first: Any, count: int, end: Any) -> list[Any]:
        """Return the next rows, none of them beyond the last."""
        last, b = self.b.sub(end, INTEGER(1)), self.b
        places = [b.add(first, INTEGER(k)) for k in range(count)]
        return [b.select(b.icmp_signed("<", place, end), place, last) for place in places]

    def emit(self) -> None:
        """Add up all products of the tile, then the lanes of each sum and its bias."""
        b, lanes = self.b, INTEGER(LANES)
        totals = [[_reserve(b, VECTOR) for _ in self.columns] for _ in self.rows]
        for line in totals:
            for total in line:
                b.store(ir.Constant(VECTOR, [0.0] * LANES), total)
        rest = b.srem(self.length, lanes)
        whole = b.sub(self.length, rest)
        with cgutils.for_range_slice(b, INTEGER(0), whole, lanes, inc=True) as (k, _):
            self.add_products(totals, k, None)
        with b.if_then(b.icmp_signed(">", rest, INTEGER(0))):
            kind = ir.VectorType(INTEGER, LANES)
            places = ir.Constant(kind, list(range(LANES)))
            mask = b.icmp_signed("<", places, self.spread(rest, kind))
            self.add_products(totals, whole, mask)
        for row, line in zip(self.rows, totals, strict=True):
            for column, total in zip(self.columns, line, strict=True):
                place = b.add(b.mul(row, self.width), column)
                product = self.add_up(b.load(total))
                b.store(b.fadd(product, self.load_bias(column)), b.gep(self.out, [place]))

    def add_products(self, totals: list[list[Any]], k: Any, mask: Any) -> None:
        b = self.b
        weights = [self.load(self.weight, 2, column, k, mask) for column in self.columns]
        for row, line in zip(self.rows, totals, strict=True):
            value = self.load(self.x, 1, row, k, mask)
            for weight, total in zip(weights, line, strict=True):
                kind = ir.FunctionType(VECTOR, [VECTOR] * 3)
                add = self.declare(f"llvm.fmuladd.v{LANES}f64", kind)
                b.store(b.call(add, [value, weight, b.load(total)]), total)

    def load(self, data: Any, argument: int, row: Any, k: Any, mask: Any) -> Any:
        """Return a vector of a row as float64; where there is a mask, zeros where it is not set."""
        b, dtype = self.b, self.kinds[argument].dtype
        kind = ir.VectorType(self.context.get_data_type(dtype), LANES)
        place = b.bitcast(b.gep(data, [b.add(b.mul(row, self.length), k)]), kind.as_pointer())
        align = dtype.bitwidth // 8
        if mask is None:
            vector = b.load(place, align=align)
        else:
            name = f"llvm.masked.load.v{LANES}f{dtype.bitwidth}.p0"
            function = ir.FunctionType(kind, [kind.as_pointer(), SHORT, mask.type, kind])
            zeros = ir.Constant(kind, [0.0] * LANES)
            vector = b.call(self.declare(name, function), [place, SHORT(align), mask, zeros])
        return b.fpext(vector, VECTOR) if align < 8 else vector

    def load_bias(self, column: Any) -> Any:
        bias = self.b.load(self.b.gep(self.bias, [column]))
        return self.b.fpext(bias, DOUBLE) if self.kinds[3].dtype.bitwidth < 64 else bias

    def add_up(self, vector: Any) -> Any:
        """Return the sum of the lanes, of halves, of quarters and so on."""
        lanes = LANES // 2
        while lanes:
            order = [(k + lanes) % LANES for k in range(LANES)]
            places = ir.Constant(ir.VectorType(SHORT, LANES), order)
            vector = self.b.fadd(vector, self.b.shuffle_vector(vector, vector, places))
            lanes //= 2
        return self.b.extract_element(vector, SHORT(0))

    def spread(self, value: Any, kind: Any) -> Any:
        one = self.b.insert_element(ir.Constant(kind, ir.Undefined), value, SHORT(0))
        places = ir.Constant(ir.VectorType(SHORT, LANES), [0] * LANES)
        return self.b.shuffle_vector(one, one, places)

    def declare(self, name: str, kind: ir.FunctionType) -> Any:
        known = self.b.module.globals.get(name)
        return known or ir.Function(self.b.module, kind, name)
