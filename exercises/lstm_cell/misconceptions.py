"""Believable mistakes in a long short-term memory; each docstring carries the student's hint."""

import numpy as np


def _sigmoid(a):
    return 1 / (1 + np.exp(-a))


def _sums(both, weights, biases):
    """Return the sums before activation of input gate, forget gate, candidate, output gate."""
    parts = "input", "forget", "candidate", "output"
    return [both @ weights[part].T + biases[part] for part in parts]


def _activated(x, h, weights, biases):
    """Return G_i, G_f, c~ and G_o, correct."""
    i, f, candidate, o = _sums(np.concatenate([h, x], axis=1), weights, biases)
    return _sigmoid(i), _sigmoid(f), np.tanh(candidate), _sigmoid(o)


def _shown(cell, o):
    """Return the answer for a cell state, correct if that is."""
    return o * np.tanh(cell), cell


def input_and_forget_gate_exchanged(x, h, c, weights, biases):
    """Multiplies the candidate by the forget gate and the old cell by the input gate.

    Your input gate and your forget gate have changed places. The input gate belongs to what is
    written, the candidate; the forget gate to the old cell state.
    """
    i, f, candidate, o = _activated(x, h, weights, biases)
    return _shown(f * candidate + i * c, o)


def open_forget_gate_forgets(x, h, c, weights, biases):
    """Keeps 1 - G_f of the old cell state.

    Your forget gate forgets when it is open. In spite of its name it keeps: the old cell state is
    multiplied by G_f itself.
    """
    i, f, candidate, o = _activated(x, h, weights, biases)
    return _shown(i * candidate + (1 - f) * c, o)


def forget_gate_from_the_input_gate(x, h, c, weights, biases):
    """Keeps 1 - G_i of the old cell state, as a gated recurrent unit would.

    You keep as much as you do not write, as a GRU does. Here the forget gate decides, with weights
    of its own: much can be written and much be kept.
    """
    i, _, candidate, o = _activated(x, h, weights, biases)
    return _shown(i * candidate + (1 - i) * c, o)


def without_forget_gate(x, h, c, weights, biases):
    """Keeps the whole old cell state, as in the paper of 1997.

    You keep all of the old cell state. So did the first form of 1997; here a forget gate decides
    how much of it stays.
    """
    i, _, candidate, o = _activated(x, h, weights, biases)
    return _shown(i * candidate + c, o)


def without_input_gate(x, h, c, weights, biases):
    """Writes the whole candidate.

    You write the whole candidate into the cell. The input gate decides how much of it.
    """
    _, f, candidate, o = _activated(x, h, weights, biases)
    return _shown(candidate + f * c, o)


def without_output_gate(x, h, c, weights, biases):
    """Shows the whole cell state.

    You show all of tanh(c_t). The output gate decides how much of it is shown.
    """
    i, f, candidate, _ = _activated(x, h, weights, biases)
    return _shown(i * candidate + f * c, 1)


def hidden_state_of_the_old_cell(x, h, c, weights, biases):
    """Computes the new hidden state from the cell state before the step.

    Your hidden state shows the old cell state. It is computed last, from the new one.
    """
    i, f, candidate, o = _activated(x, h, weights, biases)
    return o * np.tanh(c), i * candidate + f * c


def cell_shown_without_tanh(x, h, c, weights, biases):
    """Shows G_o * c_t.

    You multiply the output gate by the cell state as it is. What is shown goes through tanh first.
    """
    i, f, candidate, o = _activated(x, h, weights, biases)
    cell = i * candidate + f * c
    return o * cell, cell


def cell_kept_after_tanh(x, h, c, weights, biases):
    """Stores tanh(c_t) as the cell state.

    Your cell state has gone through tanh, so it would shrink at every step. The tanh belongs to
    the hidden state alone; c_t is returned as it is.
    """
    i, f, candidate, o = _activated(x, h, weights, biases)
    squashed = np.tanh(i * candidate + f * c)
    return o * squashed, squashed


def candidate_through_a_sigmoid(x, h, c, weights, biases):
    """Computes the candidate with a sigmoid, as if it were a fourth gate.

    Your candidate goes through a sigmoid, so nothing negative can be written. The three gates are
    sigmoids; the candidate is a tanh.
    """
    i, f, candidate, o = map(_sigmoid, _sums(np.concatenate([h, x], axis=1), weights, biases))
    return _shown(i * candidate + f * c, o)


def x_before_h(x, h, c, weights, biases):
    """Puts x above h.

    You put x before h. The first H columns of each matrix are for h: it is [h, x].
    """
    i, f, candidate, o = _sums(np.concatenate([x, h], axis=1), weights, biases)
    cell = _sigmoid(i) * np.tanh(candidate) + _sigmoid(f) * c
    return _shown(cell, _sigmoid(o))


def gates_read_the_cell(x, h, c, weights, biases):
    """Computes gates and candidate from [c, x].

    Your gates and your candidate read the cell state. They are computed from the hidden state and
    the input, [h, x]; c comes in afterwards.
    """
    return _shown_from(_activated(x, c, weights, biases), c)


def bias_left_out(x, h, c, weights, biases):
    """Ignores the biases.

    You leave the biases out. Each of the four sums has its own.
    """
    without = {part: 0 * bias for part, bias in biases.items()}
    return _shown_from(_activated(x, h, weights, without), c)


def cell_state_first(x, h, c, weights, biases):
    """Returns (c_t, h_t).

    Your two states are right, but they come in the wrong order: the hidden state is the first.
    """
    hidden, cell = _shown_from(_activated(x, h, weights, biases), c)
    return cell, hidden


def _shown_from(activated, c):
    """Return the answer for gates and candidate, correct if those are."""
    i, f, candidate, o = activated
    return _shown(i * candidate + f * c, o)
