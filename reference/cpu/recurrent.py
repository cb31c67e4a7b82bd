"""Recurrent cells on the CPU: products by NumPy's BLAS, gates by one loop each, all in float64.

BLAS has threads of its own, which reference.set_num_threads does not set.
"""

import math

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray
from reference.cpu import activations
from reference.cpu.jit import jit
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
    total = _affine(x, weight_ih, bias_ih) + _affine(h, weight_hh, bias_hh)
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
    gates = _affine(x, weight_ih, bias_ih) + _affine(h, weight_hh, bias_hh)
    share(_lstm_gates, gates.size, (out_h, out_c, gates, c))


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
    gates = _affine(x, weight_ih, bias_ih)
    gates[:, first] += _affine(h, weight_hh[first], bias_hh[first])
    reset = np.empty(h.shape)
    share(_gru_reset, reset.size, (reset, gates, h))
    gates[:, last] += _affine(reset, weight_hh[last], bias_hh[last])
    share(_gru_original, gates.size, (out, gates, h))


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
    of_x, of_h = _affine(x, weight_ih, bias_ih), _affine(h, weight_hh, bias_hh)
    share(_gru_pytorch, of_x.size, (out, of_x, of_h, h))


def _affine(x: FloatArray, weight: FloatArray, bias: FloatArray) -> Doubles:
    """Return (rows of x, rows of weight)."""
    # Infinity minus infinity is NaN without a warning, as in a kernel.
    with np.errstate(invalid="ignore", over="ignore"):
        product: Doubles = x.astype(np.float64, copy=False) @ weight.astype(np.float64).T + bias
    return product


@jit
def _lstm_gates(out_h: FloatArray, out_c: FloatArray, gates: Doubles, c: FloatArray) -> None:
    size = c.shape[1]
    for n in range(c.shape[0]):
        for k in range(size):
            kept = _sigmoid(gates[n, size + k]) * np.float64(c[n, k])
            state = kept + _sigmoid(gates[n, k]) * math.tanh(gates[n, 2 * size + k])
            out_c[n, k] = state
            out_h[n, k] = _sigmoid(gates[n, 3 * size + k]) * math.tanh(state)


@jit
def _gru_reset(reset: Doubles, gates: Doubles, h: FloatArray) -> None:
    for n in range(h.shape[0]):
        for k in range(h.shape[1]):
            reset[n, k] = _sigmoid(gates[n, k]) * np.float64(h[n, k])


@jit
def _gru_original(out: FloatArray, gates: Doubles, h: FloatArray) -> None:
    size = h.shape[1]
    for n in range(h.shape[0]):
        for k in range(size):
            z, candidate = gates[n, size + k], math.tanh(gates[n, 2 * size + k])
            out[n, k] = _blend(z, candidate, np.float64(h[n, k]))


@jit
def _gru_pytorch(out: FloatArray, of_x: Doubles, of_h: Doubles, h: FloatArray) -> None:
    size = h.shape[1]
    for n in range(h.shape[0]):
        for k in range(size):
            reset = _sigmoid(of_x[n, k] + of_h[n, k])
            z = of_x[n, size + k] + of_h[n, size + k]
            candidate = math.tanh(of_x[n, 2 * size + k] + reset * of_h[n, 2 * size + k])
            out[n, k] = _blend(z, np.float64(h[n, k]), candidate)


@jit
def _blend(gate: float, opened: float, closed: float) -> float:
    # The second weight is 1 - sigmoid(gate), without the cancellation.
    return _sigmoid(gate) * opened + _sigmoid(-gate) * closed


@jit
def _sigmoid(x: float) -> float:
    # Of exp(-|x|), which never overflows.
    small = math.exp(-abs(x))
    return (1.0 if x > 0 else small) / (1.0 + small)
