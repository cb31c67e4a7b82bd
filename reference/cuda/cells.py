"""The kernels of the recurrent cells, each made of two parts: what is added up, and what follows.

    cell(out, out_c, x, h, c, weight_ih, weight_hh, bias_ih, bias_hh)

A block computes a tile of the next state, some samples times some units. The gates of a unit are
rows of the weights, H apart; a thread adds up all of them for its samples and units, of x and of h,
in its registers. Then it has all that its part of the state needs, and nothing else goes back to
memory. A cell that has only one state gets out and h a second time, and looks at neither.
"""

import math
from functools import cache
from typing import Any

import numpy as np
from numba import from_dtype

from reference.cuda.gates import make_blend, make_sigmoid
from reference.cuda.products import Tile, make_add_product, make_clear, make_places
from reference.cuda.target import cuda, device_function, kernel

Dtype = np.dtype[Any]


def make_cell(dtype: Dtype, tile: Tile, slots: int, add_up: Any, finish: Any) -> Any:
    """Return the kernel of a cell with so many sums for each unit."""
    clear, real, shape = make_clear(dtype, tile, slots), from_dtype(dtype), (slots, *tile[3:])
    finish_all = make_finish_all(tile, finish)

    @kernel
    def cell(
        out: Any,
        out_c: Any,
        x: Any,
        h: Any,
        c: Any,
        weight_ih: Any,
        weight_hh: Any,
        bias_ih: Any,
        bias_hh: Any,
    ) -> None:
        total = cuda.local.array(shape, real)
        clear(total)
        add_up(total, x, h, c, weight_ih, weight_hh, bias_ih, bias_hh)
        finish_all(0, 0, total, h, c, out, out_c)

    return cell


def make_finish_all(tile: Tile, finish: Any) -> Any:
    """Return what calls finish for all places of a thread, without a loop.

    A loop over so much would not be unrolled, and the sums be in memory, not in registers.
    """
    (row_of, column_of), (rows, columns, _, high, wide) = make_places(tile), tile

    @device_function
    def finish_one(i: Any, j: Any, total: Any, h: Any, *states: Any) -> None:
        n = cuda.blockIdx.x * rows + row_of(i)
        k = cuda.blockIdx.y * columns + column_of(j)
        if n < h.shape[0] and k < h.shape[1]:
            finish(n, k, i, j, total, h, *states)

    do, length = finish_one, 1
    while length < wide:
        do, length = _twice(do, 0, length), 2 * length
    length = 1
    while length < high:
        do, length = _twice(do, length, 0), 2 * length
    return do


def _twice(do: Any, down: int, across: int) -> Any:
    @device_function
    def both(i: Any, j: Any, *others: Any) -> None:
        do(i, j, *others)
        do(i + down, j + across, *others)

    return both


@cache
def make_add_layer(
    dtype: Dtype, tile: Tile, parts: int = 1, first_part: int = 0, first_slot: int = 0
) -> Any:
    """Return add_layer(total, rows, weight, bias, units): total += rows @ weight.T + bias.

    Of so many parts of the weights, one below the other, from the first that is told; each part
    goes into a slot of its own.
    """
    add_product = make_add_product(
        dtype, tile, b_is_turned=True, parts=parts, first_part=first_part, first_slot=first_slot
    )
    (_, column_of), (_, columns, _, high, wide) = make_places(tile), tile

    @device_function
    def add_layer(total: Any, rows: Any, weight: Any, bias: Any, units: Any) -> None:
        add_product(total, rows, weight, units, 0, rows.shape[1])
        for part in range(parts):
            for j in range(wide):
                k = cuda.blockIdx.y * columns + column_of(j)
                if k < units:
                    for i in range(high):
                        total[first_slot + part, i, j] += bias[(first_part + part) * units + k]

    return add_layer


@cache
def make_add_gates(dtype: Dtype, tile: Tile, gates: int) -> Any:
    """Return what adds up all gates, each of x and of h in one slot."""
    add = make_add_layer(dtype, tile, gates)

    @device_function
    def add_up(
        total: Any, x: Any, h: Any, c: Any, weight_ih: Any, weight_hh: Any, *biases: Any
    ) -> None:
        add(total, x, weight_ih, biases[0], h.shape[1])
        add(total, h, weight_hh, biases[1], h.shape[1])

    return add_up


@cache
def make_tanh_cell(dtype: Dtype, tile: Tile) -> Any:
    """Return the plain cell with tanh."""

    @device_function
    def finish(
        n: Any, k: Any, i: Any, j: Any, total: Any, h: Any, c: Any, out: Any, out_c: Any
    ) -> None:
        out[n, k] = math.tanh(total[0, i, j])

    return make_cell(dtype, tile, 1, make_add_gates(dtype, tile, 1), finish)


@cache
def make_relu_cell(dtype: Dtype, tile: Tile) -> Any:
    """Return the plain cell with relu, which leaves NaN as it is."""
    zero = from_dtype(dtype)(0)

    @device_function
    def finish(
        n: Any, k: Any, i: Any, j: Any, total: Any, h: Any, c: Any, out: Any, out_c: Any
    ) -> None:
        out[n, k] = zero if total[0, i, j] < zero else total[0, i, j]

    return make_cell(dtype, tile, 1, make_add_gates(dtype, tile, 1), finish)


@cache
def make_lstm(dtype: Dtype, tile: Tile) -> Any:
    """Return the cell with the gates i, f, g, o in the slots 0 to 3."""
    sigmoid = make_sigmoid(dtype)

    @device_function
    def finish(
        n: Any, k: Any, i: Any, j: Any, total: Any, h: Any, c: Any, out: Any, out_c: Any
    ) -> None:
        kept = sigmoid(total[1, i, j]) * c[n, k]
        state = kept + sigmoid(total[0, i, j]) * math.tanh(total[2, i, j])
        out_c[n, k] = state
        out[n, k] = sigmoid(total[3, i, j]) * math.tanh(state)

    return make_cell(dtype, tile, 4, make_add_gates(dtype, tile, 4), finish)


@cache
def make_reset(dtype: Dtype, tile: Tile) -> Any:
    """Return what comes first in the original GRU: r * h, of the first third of the weights."""
    sigmoid = make_sigmoid(dtype)

    @device_function
    def finish(
        n: Any, k: Any, i: Any, j: Any, total: Any, h: Any, c: Any, out: Any, out_c: Any
    ) -> None:
        out[n, k] = sigmoid(total[0, i, j]) * h[n, k]

    return make_cell(dtype, tile, 1, make_add_gates(dtype, tile, 1), finish)


@cache
def make_gru_original(dtype: Dtype, tile: Tile) -> Any:
    """Return what comes then, with z and n in the slots 0 and 1; c is what make_reset filled."""
    add_x, add_h = make_add_layer(dtype, tile, 2, 1, 0), make_add_layer(dtype, tile, 1, 1, 0)
    add_reset, blend = make_add_layer(dtype, tile, 1, 2, 1), make_blend(dtype)

    @device_function
    def add_up(
        total: Any, x: Any, h: Any, c: Any, weight_ih: Any, weight_hh: Any, *biases: Any
    ) -> None:
        add_x(total, x, weight_ih, biases[0], h.shape[1])
        add_h(total, h, weight_hh, biases[1], h.shape[1])
        add_reset(total, c, weight_hh, biases[1], h.shape[1])

    @device_function
    def finish(
        n: Any, k: Any, i: Any, j: Any, total: Any, h: Any, c: Any, out: Any, out_c: Any
    ) -> None:
        out[n, k] = blend(total[0, i, j], math.tanh(total[1, i, j]), h[n, k])

    return make_cell(dtype, tile, 2, add_up, finish)


@cache
def make_gru_pytorch(dtype: Dtype, tile: Tile) -> Any:
    """Return the cell with r, z, and n of x and n of h in the slots 0 to 3."""
    add_x, add_h = make_add_layer(dtype, tile, 3, 0, 0), make_add_layer(dtype, tile, 2, 0, 0)
    add_last = make_add_layer(dtype, tile, 1, 2, 3)
    sigmoid, blend = make_sigmoid(dtype), make_blend(dtype)

    @device_function
    def add_up(
        total: Any, x: Any, h: Any, c: Any, weight_ih: Any, weight_hh: Any, *biases: Any
    ) -> None:
        add_x(total, x, weight_ih, biases[0], h.shape[1])
        add_h(total, h, weight_hh, biases[1], h.shape[1])
        add_last(total, h, weight_hh, biases[1], h.shape[1])

    @device_function
    def finish(
        n: Any, k: Any, i: Any, j: Any, total: Any, h: Any, c: Any, out: Any, out_c: Any
    ) -> None:
        of_h = sigmoid(total[0, i, j]) * total[3, i, j]
        candidate = math.tanh(total[2, i, j] + of_h)
        out[n, k] = blend(total[1, i, j], h[n, k], candidate)

    return make_cell(dtype, tile, 4, add_up, finish)


CELLS = (
    *(make_tanh_cell, make_relu_cell, make_lstm),
    *(make_reset, make_gru_original, make_gru_pytorch),
)
