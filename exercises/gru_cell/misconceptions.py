"""Believable mistakes in a gated recurrent unit; each docstring carries the student's hint."""

import numpy as np


def _sigmoid(a):
    return 1 / (1 + np.exp(-a))


def _parts(x, h, weight_ih, weight_hh, bias_ih):
    """Return three functions of the state, the sums of r, u and c before activation; correct."""
    size = h.shape[1]
    bias = np.zeros(3 * size) if bias_ih is None else bias_ih

    def of(part):
        rows = slice(part * size, (part + 1) * size)
        return lambda state: x @ weight_ih[rows].T + state @ weight_hh[rows].T + bias[rows]

    return of(0), of(1), of(2)


def _step(parts, h):
    """Return the next state, correct if the parts are."""
    of_reset, of_update, of_candidate = parts
    update = _sigmoid(of_update(h))
    candidate = np.tanh(of_candidate(_sigmoid(of_reset(h)) * h))
    return update * candidate + (1 - update) * h


def reset_after_the_product(x, h, weight_ih, weight_hh, bias_ih=None):
    """Applies the reset gate after the recurrent product, as PyTorch does.

    Your reset gate acts on the product of the weights with h, as PyTorch's does. In the original
    form it acts on h, and the product comes after it.
    """
    of_reset, of_update, of_candidate = _parts(x, h, weight_ih, weight_hh, bias_ih)
    of_input = of_candidate(0 * h)
    of_state = of_candidate(h) - of_input
    candidate = np.tanh(of_input + _sigmoid(of_reset(h)) * of_state)
    update = _sigmoid(of_update(h))
    return update * candidate + (1 - update) * h


def update_gate_keeps(x, h, weight_ih, weight_hh, bias_ih=None):
    """Exchanges G_u and 1 - G_u, as Cho et al. and PyTorch write it.

    Your update gate is the weight of the old state, as in PyTorch. In the lecture's form it is the
    weight of the candidate: open means update.
    """
    of_reset, of_update, of_candidate = _parts(x, h, weight_ih, weight_hh, bias_ih)
    return _step((of_reset, lambda state: -of_update(state), of_candidate), h)


def pytorch_form(x, h, weight_ih, weight_hh, bias_ih=None):
    """Computes PyTorch's form: both of its differences at once.

    You compute the form of PyTorch. Two things differ in the original form: the reset gate acts on
    h before the recurrent product, and the update gate is the weight of the candidate.
    """
    of_reset, of_update, of_candidate = _parts(x, h, weight_ih, weight_hh, bias_ih)
    of_input = of_candidate(0 * h)
    of_state = of_candidate(h) - of_input
    candidate = np.tanh(of_input + _sigmoid(of_reset(h)) * of_state)
    update = _sigmoid(of_update(h))
    return (1 - update) * candidate + update * h


def update_gate_in_the_first_rows(x, h, weight_ih, weight_hh, bias_ih=None):
    """Takes the first rows for the update gate and the second ones for the reset gate.

    Your two gates are exchanged: the first H rows belong to the reset gate, the next H rows to the
    update gate.
    """
    first, second, third = _parts(x, h, weight_ih, weight_hh, bias_ih)
    return _step((second, first, third), h)


def rows_dealt_out_in_turn(x, h, weight_ih, weight_hh, bias_ih=None):
    """Reads the rows as reset, update, candidate, reset, ... one unit after the other.

    You deal the rows out in turn: one for each gate, then again from the start. They lie in blocks:
    H rows for the reset gate, then H for the update gate, then H for the candidate.
    """
    size = h.shape[1]
    order = np.arange(3 * size).reshape(size, 3).T.reshape(-1)
    bias = None if bias_ih is None else bias_ih[order]
    return _step(_parts(x, h, weight_ih[order], weight_hh[order], bias), h)


def without_reset_gate(x, h, weight_ih, weight_hh, bias_ih=None):
    """Leaves the reset gate out: the candidate sees the whole state.

    Your candidate sees the whole state. What it reads is G_r * h: the reset gate can hide the past
    from it.
    """
    _, of_update, of_candidate = _parts(x, h, weight_ih, weight_hh, bias_ih)
    update = _sigmoid(of_update(h))
    return update * np.tanh(of_candidate(h)) + (1 - update) * h


def reset_of_the_kept_state_too(x, h, weight_ih, weight_hh, bias_ih=None):
    """Mixes the candidate with G_r * h instead of h.

    The part of the state that you keep has gone through the reset gate too. That gate is for the
    candidate's eyes alone: the last formula has h itself.
    """
    of_reset, of_update, of_candidate = _parts(x, h, weight_ih, weight_hh, bias_ih)
    seen = _sigmoid(of_reset(h)) * h
    update = _sigmoid(of_update(h))
    return update * np.tanh(of_candidate(seen)) + (1 - update) * seen


def reset_of_the_whole_candidate(x, h, weight_ih, weight_hh, bias_ih=None):
    """Multiplies the candidate by the reset gate.

    Your reset gate also shrinks what comes from the input. It acts on the state h alone, inside
    the tanh.
    """
    of_reset, of_update, of_candidate = _parts(x, h, weight_ih, weight_hh, bias_ih)
    update = _sigmoid(of_update(h))
    return update * (_sigmoid(of_reset(h)) * np.tanh(of_candidate(h))) + (1 - update) * h


def candidate_through_a_sigmoid(x, h, weight_ih, weight_hh, bias_ih=None):
    """Computes the candidate with a sigmoid, as if it were a third gate.

    Your candidate goes through a sigmoid, so it can never be negative. The gates are sigmoids; the
    candidate is a tanh.
    """
    of_reset, of_update, of_candidate = _parts(x, h, weight_ih, weight_hh, bias_ih)
    candidate = _sigmoid(of_candidate(_sigmoid(of_reset(h)) * h))
    update = _sigmoid(of_update(h))
    return update * candidate + (1 - update) * h


def state_kept_whole(x, h, weight_ih, weight_hh, bias_ih=None):
    """Adds the gated candidate to the whole state.

    You add the candidate to the whole old state, which can grow without end. As much as the update
    gate lets in has to go: the old state has the weight 1 - G_u.
    """
    of_reset, of_update, of_candidate = _parts(x, h, weight_ih, weight_hh, bias_ih)
    return _sigmoid(of_update(h)) * np.tanh(of_candidate(_sigmoid(of_reset(h)) * h)) + h


def gates_see_the_input_alone(x, h, weight_ih, weight_hh, bias_ih=None):
    """Computes the two gates without the state.

    Your gates look at the input alone. They are computed from [h, x], so the state has a say in
    them too.
    """
    of_reset, of_update, of_candidate = _parts(x, h, weight_ih, weight_hh, bias_ih)
    return _step((lambda h: of_reset(0 * h), lambda h: of_update(0 * h), of_candidate), h)


def update_gate_sees_the_reset_state(x, h, weight_ih, weight_hh, bias_ih=None):
    """Computes the update gate, too, from the state after the reset.

    Your update gate reads the state that has gone through the reset gate. Only the candidate does;
    both gates read h itself.
    """
    of_reset, of_update, of_candidate = _parts(x, h, weight_ih, weight_hh, bias_ih)
    reset = _sigmoid(of_reset(h))
    return _step((of_reset, lambda h: of_update(reset * h), of_candidate), h)


def bias_left_out(x, h, weight_ih, weight_hh, bias_ih=None):
    """Ignores the bias.

    You leave the bias out. When it is given, each row of the weights has one number of it.
    """
    return _step(_parts(x, h, weight_ih, weight_hh, None), h)


def recurrent_blocks_transposed(x, h, weight_ih, weight_hh, bias_ih=None):
    """Computes h @ U for each block U of weight_hh, without the transposition.

    Your recurrent weights act the wrong way round, which no shape betrays since each block is
    square. Row k of a block leads to unit k; with the samples as rows, what has to be transposed?
    """
    size = h.shape[1]
    turned = weight_hh.reshape(3, size, size).transpose(0, 2, 1).reshape(3 * size, size)
    return _step(_parts(x, h, weight_ih, turned, bias_ih), h)
