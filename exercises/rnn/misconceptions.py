"""Believable mistakes in a recurrent network; each docstring carries the hint for the student."""

import numpy as np


def _first_state(x, bias, h):
    return np.zeros((len(x), len(bias)), dtype=x.dtype) if h is None else h


def _step(x_t, h, weight_ih, weight_hh, bias):
    """Correct: the next state of all sequences."""
    return np.tanh(h @ weight_hh.T + x_t @ weight_ih.T + bias)


def _states(x, weight_ih, weight_hh, bias, h=None, step=_step):
    """Return h_0 .. h_T, a list; correct when the step is."""
    states = [_first_state(x, bias, h)]
    for t in range(x.shape[1]):
        states.append(step(x[:, t], states[-1], weight_ih, weight_hh, bias))
    return states


def _answer(states, return_sequences):
    """Return what is asked for of h_1 .. h_T, correct."""
    return np.stack(states, axis=1) if return_sequences else states[-1]


def state_not_carried_on(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Gives the first state to every step.

    Every step of yours starts from the first state, so the network has no memory. Which state does
    step 2 need?
    """
    first = _first_state(x, bias, h)
    steps = range(x.shape[1])
    states = [_step(x[:, t], first, weight_ih, weight_hh, bias) for t in steps]
    return _answer(states, return_sequences)


def first_state_always_zero(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Starts from zeros even if a first state is given.

    You start from zeros even when h is given. Zeros are meant only when h is None.
    """
    return _answer(_states(x, weight_ih, weight_hh, bias)[1:], return_sequences)


def state_carried_to_the_next_sequence(
    x, weight_ih, weight_hh, bias, h=None, return_sequences=False
):
    """Does not reset the state between the sequences of a batch.

    Your second sequence begins where the first one ended. The sequences of a batch know nothing of
    each other: what state does each begin with?
    """
    state = _first_state(x, bias, h)[:1]
    rows = []
    for sequence in x:
        states = _states(sequence[np.newaxis], weight_ih, weight_hh, bias, state)
        state = states[-1]
        rows.append(_answer(states[1:], return_sequences))
    return np.concatenate(rows)


def states_before_the_steps(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Stores the state before it is updated: returns h_0 .. h_{T-1}.

    You are one step late: your first state is the one from before the first step. Keep each state
    after it has seen the input of its step.
    """
    return _answer(_states(x, weight_ih, weight_hh, bias, h)[:-1], return_sequences)


def tanh_forgotten(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Leaves the activation out.

    Your states are not kept between -1 and 1: the sum still has to go through tanh, at every step.
    """

    def step(x_t, h, weight_ih, weight_hh, bias):
        return h @ weight_hh.T + x_t @ weight_ih.T + bias

    return _answer(_states(x, weight_ih, weight_hh, bias, h, step)[1:], return_sequences)


def tanh_at_the_output_alone(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Carries the sum to the next step, and applies tanh to what is returned.

    You apply tanh to what you return, but you carry the bare sum to the next step. The state that
    the next step reads is the one after tanh.
    """

    def step(x_t, h, weight_ih, weight_hh, bias):
        return h @ weight_hh.T + x_t @ weight_ih.T + bias

    sums = _states(x, weight_ih, weight_hh, bias, h, step)[1:]
    return _answer([np.tanh(total) for total in sums], return_sequences)


def tanh_of_each_term(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Applies tanh to the recurrent part and to the input part, and adds then.

    You apply tanh to the part of the state and to the part of the input, and add afterwards. The
    sum comes first; tanh is applied once.
    """

    def step(x_t, h, weight_ih, weight_hh, bias):
        return np.tanh(h @ weight_hh.T) + np.tanh(x_t @ weight_ih.T + bias)

    return _answer(_states(x, weight_ih, weight_hh, bias, h, step)[1:], return_sequences)


def bias_after_tanh(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Adds the bias outside the activation.

    You add the bias after tanh. It belongs to the sum, inside.
    """

    def step(x_t, h, weight_ih, weight_hh, bias):
        return _step(x_t, h, weight_ih, weight_hh, 0 * bias) + bias

    return _answer(_states(x, weight_ih, weight_hh, bias, h, step)[1:], return_sequences)


def recurrent_weights_transposed(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Computes h @ W_h for states that are rows.

    Your recurrent weights act the wrong way round, which no shape betrays since W_h is square. Row
    k of W_h leads to unit k; with the sequences as rows, which of the two has to be transposed?
    """
    return _answer(_states(x, weight_ih, weight_hh.T, bias, h)[1:], return_sequences)


def last_state_only(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Always answers many to one.

    You always return the last state alone. With return_sequences=True the answer has the state
    after every step.
    """
    return _states(x, weight_ih, weight_hh, bias, h)[-1]


def all_states_always(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Always answers many to many.

    You always return the states of all steps. With return_sequences=False, which is the default,
    the answer is the last state, without an axis for the steps.
    """
    return _answer(_states(x, weight_ih, weight_hh, bias, h)[1:], return_sequences=True)


def steps_on_the_first_axis(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Stacks the states along a new first axis.

    Your states are stacked with the steps first. In the answer, as in x, the first axis counts the
    sequences and the second the steps.
    """
    states = _states(x, weight_ih, weight_hh, bias, h)[1:]
    return np.stack(states) if return_sequences else states[-1]


def sequences_read_as_steps(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Takes the first axis for the time.

    Your network walks along the first axis of x. That one counts the sequences; the steps are on
    the second.
    """
    first = np.zeros(len(bias), dtype=x.dtype) if h is None else h[0]
    turned = np.swapaxes(x, 0, 1)
    first = np.broadcast_to(first, (len(turned), len(bias)))
    states = _states(turned, weight_ih, weight_hh, bias, first)[1:]
    return np.stack(states) if return_sequences else states[-1]
