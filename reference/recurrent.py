"""Recurrent cells: one step of a sequence, from the input and the state to the next state."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import (
    FloatArray,
    are_ready_floats,
    check_choice,
    check_shape,
    read_floats,
)
from reference.backends import load_kernels
from reference.outputs import zeros_beside

WEIGHTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def rnn_cell(
    x: ArrayLike,
    h: ArrayLike,
    weight_ih: ArrayLike,
    weight_hh: ArrayLike,
    bias_ih: ArrayLike | None = None,
    bias_hh: ArrayLike | None = None,
    *,
    activation: str = "tanh",
    backend: str = "cpu",
) -> FloatArray:
    """Return the next hidden state of a plain recurrent cell.

    h_next = activation(weight_ih x + bias_ih + weight_hh h + bias_hh)

    Arguments:
        x: the input, shape (N, I), or (I,) for one sample. N may be 0.
        h: the hidden state, shape (N, H), or (H,) for one sample.
        weight_ih: shape (H, I).
        weight_hh: shape (H, H).
        bias_ih, bias_hh: shape (H,) each; None for zeros.
        activation: "tanh" or "relu".
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of h; float32 when all arrays are float32, else float64.

    Conventions: the lecture has one bias b and writes W_x for weight_ih, W_h for weight_hh and phi
    for the activation; PyTorch has two biases, of which only the sum matters. relu(NaN) is NaN.

    Raises ValueError for shapes that do not fit, an unknown activation or backend; TypeError for
    other dtypes.

    Source: the lecture on recurrent networks, case proto-recurrent (vanilla): h_t = phi(W_h h_{t-1}
    + W_x x_t + b); torch.nn.RNNCell.

    >>> rnn_cell([1.0, 2.0], [3.0], [[1.0, -1.0]], [[2.0]], [0.5], activation="relu")  # 1 - 2 + 6.5
    array([5.5])
    """
    check_choice("activation", activation, ("tanh", "relu"))
    given = (weight_ih, weight_hh, bias_ih, bias_hh)
    shape, rows, weights = _read_cell(1, (x, h), given, backend)
    kernels = load_kernels("recurrent", backend)
    out = np.empty_like(rows[1])
    kernels.rnn_cell(out, *rows, *weights, activation)
    return out.reshape(shape)


def lstm_cell(
    x: ArrayLike,
    h: ArrayLike,
    c: ArrayLike,
    weight_ih: ArrayLike,
    weight_hh: ArrayLike,
    bias_ih: ArrayLike | None = None,
    bias_hh: ArrayLike | None = None,
    *,
    backend: str = "cpu",
) -> tuple[FloatArray, FloatArray]:
    """Return the next hidden state and the next cell state of a long short-term memory.

    i, f, o = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o)      g = tanh(a_g)
    c_next  = f * c + i * g
    h_next  = o * tanh(c_next)
    where a_i, a_f, a_g, a_o are the quarters of weight_ih x + bias_ih + weight_hh h + bias_hh

    Arguments:
        x: the input, shape (N, I), or (I,) for one sample. N may be 0.
        h, c: the hidden state and the cell state, shape (N, H), or (H,) for one sample.
        weight_ih: shape (4*H, I): the rows of the gates i, f, g, o, H for each.
        weight_hh: shape (4*H, H), rows alike.
        bias_ih, bias_hh: shape (4*H,) each, alike; None for zeros.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: (h_next, c_next), each of the shape of h; float32 when all arrays are float32, else
    float64.

    Conventions: the order of the gates is PyTorch's (Keras stacks i, f, c, o, which is the same).
    The lecture writes one matrix for each gate on [h, x], which are the two states in one column:
    the first H columns of its W_i are rows 0 to H - 1 of weight_hh, the other I columns are those
    rows of weight_ih; so for W_f, W_c (here g) and W_o with the next H rows each. Its G_i, G_f, G_o
    are i, f, o; its c~ is g; its psi is tanh; its b is bias_ih + bias_hh. For the input gate its
    slide writes W_u, a slip for W_i. There are no peepholes.

    Raises ValueError for shapes that do not fit or an unknown backend; TypeError for other dtypes.

    Source: the lecture on recurrent networks, case proto-recurrent (lstm); Hochreiter and
    Schmidhuber, "Long short-term memory", 1997, with the forget gate of Gers et al., 2000;
    torch.nn.LSTMCell.

    >>> h, c = lstm_cell([1.0], [0.0], [8.0], np.zeros((4, 1)), np.zeros((4, 1)))
    >>> c  # all gates are half open and g is 0: 8 / 2
    array([4.])
    >>> h.round(3)  # tanh(4) / 2
    array([0.5])
    """
    given = (weight_ih, weight_hh, bias_ih, bias_hh)
    shape, rows, weights = _read_cell(4, (x, h, c), given, backend)
    kernels = load_kernels("recurrent", backend)
    out_h, out_c = np.empty_like(rows[1]), np.empty_like(rows[2])
    kernels.lstm_cell(out_h, out_c, *rows, *weights)
    return out_h.reshape(shape), out_c.reshape(shape)


def gru_cell(
    x: ArrayLike,
    h: ArrayLike,
    weight_ih: ArrayLike,
    weight_hh: ArrayLike,
    bias_ih: ArrayLike | None = None,
    bias_hh: ArrayLike | None = None,
    *,
    form: str = "original",
    backend: str = "cpu",
) -> FloatArray:
    """Return the next hidden state of a gated recurrent unit.

    r = sigmoid(W_r x + b_r + U_r h + d_r)
    z = sigmoid(W_z x + b_z + U_z h + d_z)
    form="original": candidate = tanh(W_n x + b_n + U_n (r * h) + d_n)
                     h_next    = z * candidate + (1 - z) * h
    form="pytorch":  candidate = tanh(W_n x + b_n + r * (U_n h + d_n))
                     h_next    = (1 - z) * candidate + z * h
    with W, U, b, d the thirds of weight_ih, weight_hh, bias_ih, bias_hh

    Arguments:
        x: the input, shape (N, I), or (I,) for one sample. N may be 0.
        h: the hidden state, shape (N, H), or (H,) for one sample.
        weight_ih: shape (3*H, I): the rows of r, z, n, H for each, whatever the form.
        weight_hh: shape (3*H, H), rows alike.
        bias_ih, bias_hh: shape (3*H,) each, alike; None for zeros.
        form: "original" or "pytorch". They differ in two ways: where the reset gate acts, before
            the recurrent product or after it; and which of candidate and h has the weight z.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of h; float32 when all arrays are float32, else float64.

    Conventions: "original" is the lecture's. Its G_u is z, G_r is r, c~ is the candidate; one
    matrix for each gate acts on [h, x] or [r * h, x]: its first H columns are rows of weight_hh,
    the other I columns are those rows of weight_ih, and its b is bias_ih + bias_hh. Both papers
    reset before the product. Cho et al. write h_next = z * h + (1 - z) * candidate, as PyTorch
    does; Chung et al. write the roles of the lecture. To swap the roles, negate the rows of z in
    the weights and the biases, since sigmoid(-a) = 1 - sigmoid(a).

    Raises ValueError for shapes that do not fit, an unknown form or backend; TypeError for other
    dtypes.

    Source: the lecture on recurrent networks, case proto-recurrent (gru); Cho et al.,
    arXiv:1406.1078, 2014, equations 5 to 8; Chung et al., arXiv:1412.3555, 2014; torch.nn.GRUCell.

    >>> zeros = np.zeros((3, 1))
    >>> gru_cell([1.0], [8.0], zeros, zeros)  # z is 1/2, the candidate 0
    array([4.])
    >>> gru_cell([1.0], [8.0], zeros, zeros, [0.0, -1000.0, 0.0])  # z is 0: the state stays
    array([8.])
    >>> gru_cell([1.0], [8.0], zeros, zeros, [0.0, -1000.0, 0.0], form="pytorch")  # and goes
    array([0.])
    """
    check_choice("form", form, ("original", "pytorch"))
    given = (weight_ih, weight_hh, bias_ih, bias_hh)
    shape, rows, weights = _read_cell(3, (x, h), given, backend)
    kernels = load_kernels("recurrent", backend)
    kernel = kernels.gru_cell_original if form == "original" else kernels.gru_cell_pytorch
    out = np.empty_like(rows[1])
    kernel(out, *rows, *weights)
    return out.reshape(shape)


def _read_cell(
    parts: int, rows: tuple[Any, ...], weights: tuple[Any, ...], backend: str
) -> tuple[tuple[int, ...], Sequence[FloatArray], Sequence[FloatArray]]:
    """Return the shape of h; x (N, I) and the states (N, H); the weights and biases.

    These have so many parts each.
    """
    if are_ready_floats((*rows, *weights)) and _do_fit(parts, rows, weights):
        return rows[1].shape, rows, weights
    named = dict(zip(WEIGHTS, weights, strict=True))
    given = {name: weight for name, weight in named.items() if weight is not None}
    row_names = ("x", "h", "c")[: len(rows)]
    floats = read_floats(backend, **dict(zip(row_names, rows, strict=True)), **given)
    x, h = _check_rows(*floats[: len(rows)])
    arrays = dict(zip(given, floats[len(rows) :], strict=True))
    height = parts * h.shape[-1]
    shapes = ((height, x.shape[-1]), (height, h.shape[-1]), (height,), (height,))
    for name, shape in zip(WEIGHTS, shapes, strict=True):
        if name not in arrays:
            arrays[name] = zeros_beside(shape, x)
        elif (array := arrays[name]).shape != shape:
            sizes = f"x of shape {x.shape} and h of shape {h.shape}"
            raise ValueError(f"{name}: got shape {array.shape}, expected {shape} for {sizes}")
    batch = [array if x.ndim == 2 else array[np.newaxis] for array in floats[: len(rows)]]
    return h.shape, batch, [arrays[name] for name in WEIGHTS]


def _do_fit(parts: int, rows: tuple[Any, ...], weights: tuple[Any, ...]) -> bool:
    """Return whether these arrays need no more to be asked: they have every axis and fit."""
    (weight_ih, weight_hh, bias_ih, bias_hh), (x, h) = weights, rows[:2]
    if x.ndim != 2 or h.ndim != 2 or len(x) != len(h):
        return False
    height, hidden = parts * h.shape[1], h.shape[1]
    expected = (height, x.shape[1]), (height, hidden), (height,), (height,), h.shape
    shapes = weight_ih.shape, weight_hh.shape, bias_ih.shape, bias_hh.shape, rows[-1].shape
    return shapes == expected


def _check_rows(x: FloatArray, h: FloatArray, *others: FloatArray) -> tuple[FloatArray, FloatArray]:
    if x.ndim not in (1, 2):
        raise ValueError(f"x: got shape {x.shape}, expected (N, I) or (I,)")
    if h.ndim != x.ndim or h.shape[:-1] != x.shape[:-1]:
        expected = "(H,)" if x.ndim == 1 else f"({len(x)}, H)"
        raise ValueError(f"h: got shape {h.shape}, expected {expected} for x of shape {x.shape}")
    for c in others:
        check_shape("c", c, h.shape, "h")
    return x, h
