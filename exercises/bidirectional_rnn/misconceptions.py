"""Believable mistakes in a bidirectional network; each docstring carries the student's hint.

`forwards` and `backwards` are the three arrays of a direction: weight_ih, weight_hh, bias.
"""

import numpy as np


def _one_pass(x, weight_ih, weight_hh, bias, h=None):
    """Return the states after each step (N, T, H), in the order of x; correct."""
    h = np.zeros((len(x), len(bias)), dtype=x.dtype) if h is None else h
    states = []
    for t in range(x.shape[1]):
        h = np.tanh(h @ weight_hh.T + x[:, t] @ weight_ih.T + bias)
        states.append(h)
    return np.stack(states, axis=1)


def _both(x, forwards, backwards):
    """Return the states of both directions, each (N, T, H) and in the order of x; correct."""
    return _one_pass(x, *forwards), _one_pass(x[:, ::-1], *backwards)[:, ::-1]


def backward_states_not_turned_back(
    x, weight_ih, weight_hh, bias, weight_ih_reverse, weight_hh_reverse, bias_reverse
):
    """Concatenates the backward states in the order in which they were computed.

    Your backward states are right, but the one of the last step stands at the first. They are
    computed last step first: put each beside the forward state of its own step.
    """
    forwards = weight_ih, weight_hh, bias
    backwards = weight_ih_reverse, weight_hh_reverse, bias_reverse
    first, second = _both(x, forwards, backwards)
    return np.concatenate([first, second[:, ::-1]], axis=2)


def both_passes_forwards(
    x, weight_ih, weight_hh, bias, weight_ih_reverse, weight_hh_reverse, bias_reverse
):
    """Lets the second network read from the left too.

    Both of your networks read from the first step to the last. The second one has to begin at the
    last step. (Do you turn the right axis round? The first one counts the sequences.)
    """
    first = _one_pass(x, weight_ih, weight_hh, bias)
    second = _one_pass(x, weight_ih_reverse, weight_hh_reverse, bias_reverse)
    return np.concatenate([first, second], axis=2)


def forward_weights_both_ways(
    x, weight_ih, weight_hh, bias, weight_ih_reverse, weight_hh_reverse, bias_reverse
):
    """Uses the weights of the forward network for the way back.

    Your two networks share their weights. The one that reads backwards has its own, those that end
    in _reverse.
    """
    forwards = (weight_ih, weight_hh, bias)
    return np.concatenate(_both(x, forwards, forwards), axis=2)


def backward_state_first(
    x, weight_ih, weight_hh, bias, weight_ih_reverse, weight_hh_reverse, bias_reverse
):
    """Concatenates the other way round.

    Your two halves have changed places: at each step the forward state comes first.
    """
    forwards = weight_ih, weight_hh, bias
    backwards = weight_ih_reverse, weight_hh_reverse, bias_reverse
    first, second = _both(x, forwards, backwards)
    return np.concatenate([second, first], axis=2)


def units_interleaved(
    x, weight_ih, weight_hh, bias, weight_ih_reverse, weight_hh_reverse, bias_reverse
):
    """Pairs each forward unit with its backward unit.

    Your numbers are right, but forward and backward units take turns. All units of the forward
    state come first, then all of the backward state.
    """
    forwards = weight_ih, weight_hh, bias
    backwards = weight_ih_reverse, weight_hh_reverse, bias_reverse
    first, second = _both(x, forwards, backwards)
    return np.stack([first, second], axis=3).reshape(*first.shape[:2], -1)


def states_added(x, weight_ih, weight_hh, bias, weight_ih_reverse, weight_hh_reverse, bias_reverse):
    """Adds the two states.

    You add the two states, after which nobody can tell them apart. They are put side by side, so
    that each step has 2H numbers.

    No case passes: the answer has half as many numbers as it should.
    """
    forwards = weight_ih, weight_hh, bias
    backwards = weight_ih_reverse, weight_hh_reverse, bias_reverse
    return sum(_both(x, forwards, backwards))


def concatenated_along_the_steps(
    x, weight_ih, weight_hh, bias, weight_ih_reverse, weight_hh_reverse, bias_reverse
):
    """Puts the backward states after the forward states in time.

    Your sequence has become twice as long: the backward states follow the forward ones in time.
    Put the two states of a step side by side, along the last axis.

    No case passes: the answer has another shape.
    """
    forwards = weight_ih, weight_hh, bias
    backwards = weight_ih_reverse, weight_hh_reverse, bias_reverse
    return np.concatenate(_both(x, forwards, backwards), axis=1)


def way_back_starts_from_the_last_state(
    x, weight_ih, weight_hh, bias, weight_ih_reverse, weight_hh_reverse, bias_reverse
):
    """Gives the last forward state to the backward network.

    Your way back starts from the last forward state. The two networks know nothing of each other:
    both begin with zeros.
    """
    first = _one_pass(x, weight_ih, weight_hh, bias)
    back = (weight_ih_reverse, weight_hh_reverse, bias_reverse)
    second = _one_pass(x[:, ::-1], *back, first[:, -1])[:, ::-1]
    return np.concatenate([first, second], axis=2)


def backward_state_of_the_step_after(
    x, weight_ih, weight_hh, bias, weight_ih_reverse, weight_hh_reverse, bias_reverse
):
    """Puts r_{t+1} beside f_t, so that no input counts twice.

    Beside the forward state of step t you put the backward state of step t + 1. Both belong to the
    same step; its input counts in both.
    """
    forwards = weight_ih, weight_hh, bias
    backwards = weight_ih_reverse, weight_hh_reverse, bias_reverse
    first, second = _both(x, forwards, backwards)
    after = np.concatenate([second[:, 1:], 0 * second[:, :1]], axis=1)
    return np.concatenate([first, after], axis=2)


def recurrent_weights_transposed(
    x, weight_ih, weight_hh, bias, weight_ih_reverse, weight_hh_reverse, bias_reverse
):
    """Computes h @ W_h for states that are rows, in both directions.

    Your recurrent weights act the wrong way round, which no shape betrays since they are square.
    Row k leads to unit k; with the sequences as rows, what has to be transposed?
    """
    forwards = (weight_ih, weight_hh.T, bias)
    backwards = (weight_ih_reverse, weight_hh_reverse.T, bias_reverse)
    return np.concatenate(_both(x, forwards, backwards), axis=2)
