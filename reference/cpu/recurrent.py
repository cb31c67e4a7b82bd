"""Recurrent cells on the CPU: two products of matrices, gates by one loop each, all in float64."""

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray
from reference.cpu import activations
from reference.cpu.gates import blend, sigmoid, sigmoid_times_tanh
from reference.cpu.instructions import is_single
from reference.cpu.jit import jit
from reference.cpu.products import add_rows, multiply_rows
from reference.threads import share

Doubles = NDArray[np.float64]


def rnn_cell(
    out: FloatArray,
    x: FloatArray,
    h: FloatArray,
    weight_ih: FloatArray,
    weight_hh: FloatArray,
    bias_ih: FloatArray,
    bias_hh: FloatArray,
    activation: str,
) -> None:
    """Fill out (N, H)."""
    total = multiply_rows(x, weight_ih, np.add(bias_ih, bias_hh, dtype=np.float64))
    add_rows(total, h, weight_hh)
    kernel = activations.tanh if activation == "tanh" else activations.relu
    kernel(out.reshape(-1), total.reshape(-1))


def lstm_cell(
    out_h: FloatArray,
    out_c: FloatArray,
    x: FloatArray,
    h: FloatArray,
    c: FloatArray,
    weight_ih: FloatArray,
    weight_hh: FloatArray,
    bias_ih: FloatArray,
    bias_hh: FloatArray,
) -> None:
    """Fill out_h and out_c (N, H)."""
    total = multiply_rows(x, weight_ih, bias_ih)
    add_rows(total, h, weight_hh)
    share(_lstm_gates, total.size, (out_h, out_c, total, c), bias_hh)


def gru_cell_original(
    out: FloatArray,
    x: FloatArray,
    h: FloatArray,
    weight_ih: FloatArray,
    weight_hh: FloatArray,
    bias_ih: FloatArray,
    bias_hh: FloatArray,
) -> None:
    """Fill out (N, H); the reset gate acts before the recurrent product."""
    both = 2 * h.shape[1]  # rows of r and z; those of n follow
    total = multiply_rows(x, weight_ih, bias_ih)
    add_rows(total, h, weight_hh[:both])
    reset = np.empty(h.shape)
    share(_gru_reset, reset.size, (reset, total, h), bias_hh, out)
    add_rows(total, reset, weight_hh[both:], both)
    share(_gru_original, total.size, (out, total, h), bias_hh)


def gru_cell_pytorch(
    out: FloatArray,
    x: FloatArray,
    h: FloatArray,
    weight_ih: FloatArray,
    weight_hh: FloatArray,
    bias_ih: FloatArray,
    bias_hh: FloatArray,
) -> None:
    """Fill out (N, H); the reset gate acts after the recurrent product."""
    of_x, of_h = multiply_rows(x, weight_ih, bias_ih), multiply_rows(h, weight_hh, bias_hh)
    share(_gru_pytorch, of_x.size, (out, of_x, of_h, h))


@jit
def _lstm_gates(
    out_h: FloatArray, out_c: FloatArray, total: Doubles, c: FloatArray, bias: FloatArray
) -> None:
    size, rough = c.shape[1], is_single(out_h)
    for n in range(c.shape[0]):
        for k in range(size):
            i = total[n, k] + bias[k]
            f = total[n, size + k] + bias[size + k]
            g = total[n, 2 * size + k] + bias[2 * size + k]
            o = total[n, 3 * size + k] + bias[3 * size + k]
            state = sigmoid(f, rough) * np.float64(c[n, k]) + sigmoid_times_tanh(i, g, rough)
            out_c[n, k] = state
            out_h[n, k] = sigmoid_times_tanh(o, state, rough)


@jit
def _gru_reset(
    reset: Doubles, total: Doubles, h: FloatArray, bias: FloatArray, out: FloatArray
) -> None:
    """Fill reset with what the recurrent product is of; out will have the result."""
    rough = is_single(out)
    for n in range(h.shape[0]):
        for k in range(h.shape[1]):
            reset[n, k] = sigmoid(total[n, k] + bias[k], rough) * np.float64(h[n, k])


@jit
def _gru_original(out: FloatArray, total: Doubles, h: FloatArray, bias: FloatArray) -> None:
    size, rough = h.shape[1], is_single(out)
    for n in range(h.shape[0]):
        for k in range(size):
            z = total[n, size + k] + bias[size + k]
            candidate = total[n, 2 * size + k] + bias[2 * size + k]
            out[n, k] = blend(-z, np.float64(h[n, k]), candidate, rough)


@jit
def _gru_pytorch(out: FloatArray, of_x: Doubles, of_h: Doubles, h: FloatArray) -> None:
    size, rough = h.shape[1], is_single(out)
    for n in range(h.shape[0]):
        for k in range(size):
            reset = sigmoid(of_x[n, k] + of_h[n, k], rough)
            z = of_x[n, size + k] + of_h[n, size + k]
            candidate = of_x[n, 2 * size + k] + reset * of_h[n, 2 * size + k]
            out[n, k] = blend(z, np.float64(h[n, k]), candidate, rough)
