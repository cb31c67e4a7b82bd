"""Recurrent cells on the CPU: two products of matrices, gates by one loop each, all in float64."""

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray
from reference.cpu import activations
from reference.cpu.gates import sigmoid, tanh
from reference.cpu.jit import jit
from reference.cpu.products import multiply_rows
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
    total = multiply_rows(x, weight_ih, bias_ih)
    share(_add, total.size / 8, (total, multiply_rows(h, weight_hh, bias_hh)))
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
    of_x, of_h = multiply_rows(x, weight_ih, bias_ih), multiply_rows(h, weight_hh, bias_hh)
    share(_lstm_gates, of_x.size, (out_h, out_c, of_x, of_h, c))


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
    first, last = slice(0, 2 * h.shape[1]), slice(2 * h.shape[1], None)  # of r and z, of n
    of_x, of_h = (
        multiply_rows(x, weight_ih, bias_ih),
        multiply_rows(h, weight_hh[first], bias_hh[first]),
    )
    reset = np.empty(h.shape)
    share(_gru_reset, reset.size, (reset, of_x, of_h, h))
    of_reset = multiply_rows(reset, weight_hh[last], bias_hh[last])
    share(_gru_original, of_x.size, (out, of_x, of_h, of_reset, h))


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
def _add(total: Doubles, of_h: Doubles) -> None:
    for n in range(total.shape[0]):
        for k in range(total.shape[1]):
            total[n, k] += of_h[n, k]


@jit
def _lstm_gates(
    out_h: FloatArray, out_c: FloatArray, of_x: Doubles, of_h: Doubles, c: FloatArray
) -> None:
    size = c.shape[1]
    for n in range(c.shape[0]):
        for k in range(size):
            i = sigmoid(of_x[n, k] + of_h[n, k])
            f = sigmoid(of_x[n, size + k] + of_h[n, size + k])
            g = tanh(of_x[n, 2 * size + k] + of_h[n, 2 * size + k])
            o = sigmoid(of_x[n, 3 * size + k] + of_h[n, 3 * size + k])
            state = f * np.float64(c[n, k]) + i * g
            out_c[n, k] = state
            out_h[n, k] = o * tanh(state)


@jit
def _gru_reset(reset: Doubles, of_x: Doubles, of_h: Doubles, h: FloatArray) -> None:
    for n in range(h.shape[0]):
        for k in range(h.shape[1]):
            reset[n, k] = sigmoid(of_x[n, k] + of_h[n, k]) * np.float64(h[n, k])


@jit
def _gru_original(
    out: FloatArray, of_x: Doubles, of_h: Doubles, of_reset: Doubles, h: FloatArray
) -> None:
    size = h.shape[1]
    for n in range(h.shape[0]):
        for k in range(size):
            z = of_x[n, size + k] + of_h[n, size + k]
            candidate = tanh(of_x[n, 2 * size + k] + of_reset[n, k])
            out[n, k] = _blend(z, candidate, np.float64(h[n, k]))


@jit
def _gru_pytorch(out: FloatArray, of_x: Doubles, of_h: Doubles, h: FloatArray) -> None:
    size = h.shape[1]
    for n in range(h.shape[0]):
        for k in range(size):
            reset = sigmoid(of_x[n, k] + of_h[n, k])
            z = of_x[n, size + k] + of_h[n, size + k]
            candidate = tanh(of_x[n, 2 * size + k] + reset * of_h[n, 2 * size + k])
            out[n, k] = _blend(z, np.float64(h[n, k]), candidate)


@jit
def _blend(gate: float, opened: float, closed: float) -> float:
    # The second weight is 1 - sigmoid(gate), without the cancellation.
    return sigmoid(gate) * opened + sigmoid(-gate) * closed
