"""Believable mistakes in adam; each docstring carries the hint that a student reads."""

import numpy as np


def _averages(state, grad, betas):
    """Correct: the number of steps and both averages, with this gradient in them."""
    steps, mean, square = state or (0, np.zeros_like(grad), np.zeros_like(grad))
    mean = betas[0] * mean + (1 - betas[0]) * grad
    square = betas[1] * square + (1 - betas[1]) * grad**2
    return steps + 1, mean, square


def _corrected(averages, betas, steps):
    """Correct where `steps` is the number of steps."""
    _, mean, square = averages
    return mean / (1 - betas[0] ** steps), square / (1 - betas[1] ** steps)


def _root(v, eps, inside):
    """Correct."""
    return np.sqrt(v + eps) if inside else np.sqrt(v) + eps


def never_corrected(
    param,
    grad,
    state,
    learning_rate=0.001,
    betas=(0.9, 0.999),
    eps=1e-8,
    bias_correction=True,
    eps_inside_sqrt=False,
):
    """Ignores bias_correction.

    Your averages are never corrected. With `bias_correction` they are divided by 1 - γ^t before
    they are used.
    """
    averages = _averages(state, grad, betas)
    _, m, v = averages
    return param - learning_rate * m / _root(v, eps, eps_inside_sqrt), averages


def always_corrected(
    param,
    grad,
    state,
    learning_rate=0.001,
    betas=(0.9, 0.999),
    eps=1e-8,
    bias_correction=True,
    eps_inside_sqrt=False,
):
    """Corrects where the lecture does not.

    You correct the averages even where `bias_correction` is False. The lecture's form uses them as
    they are.
    """
    averages = _averages(state, grad, betas)
    m, v = _corrected(averages, betas, averages[0])
    return param - learning_rate * m / _root(v, eps, eps_inside_sqrt), averages


def only_the_gradients_corrected(
    param,
    grad,
    state,
    learning_rate=0.001,
    betas=(0.9, 0.999),
    eps=1e-8,
    bias_correction=True,
    eps_inside_sqrt=False,
):
    """Corrects m and forgets v.

    You correct the average of the gradients, but not that of their squares. Both begin at zero.
    """
    averages = _averages(state, grad, betas)
    steps, m, v = averages
    if bias_correction:
        m = m / (1 - betas[0] ** steps)
    return param - learning_rate * m / _root(v, eps, eps_inside_sqrt), averages


def corrected_for_the_first_step_only(
    param,
    grad,
    state,
    learning_rate=0.001,
    betas=(0.9, 0.999),
    eps=1e-8,
    bias_correction=True,
    eps_inside_sqrt=False,
):
    """Divides by 1 - gamma at every step.

    You divide by 1 - γ at every step. It is 1 - γ^t: what has to travel in the state, so that you
    know t?
    """
    averages = _averages(state, grad, betas)
    _, m, v = averages
    if bias_correction:
        m, v = _corrected(averages, betas, 1)
    return param - learning_rate * m / _root(v, eps, eps_inside_sqrt), averages


def steps_counted_one_too_far(
    param,
    grad,
    state,
    learning_rate=0.001,
    betas=(0.9, 0.999),
    eps=1e-8,
    bias_correction=True,
    eps_inside_sqrt=False,
):
    """Counts the first step as the second.

    Your t is one too large. It is 1 at the first step.
    """
    averages = _averages(state, grad, betas)
    steps, m, v = averages
    if bias_correction:
        m, v = _corrected(averages, betas, steps + 1)
    return param - learning_rate * m / _root(v, eps, eps_inside_sqrt), averages


def corrected_averages_kept(
    param,
    grad,
    state,
    learning_rate=0.001,
    betas=(0.9, 0.999),
    eps=1e-8,
    bias_correction=True,
    eps_inside_sqrt=False,
):
    """Puts the corrected averages into the state.

    You keep the corrected averages, so the next step corrects them once more. The state holds m
    and v as they are; the correction is for the step alone.
    """
    averages = _averages(state, grad, betas)
    steps, m, v = averages
    if bias_correction:
        m, v = _corrected(averages, betas, steps)
    return param - learning_rate * m / _root(v, eps, eps_inside_sqrt), (steps, m, v)


def epsilon_always_outside(
    param,
    grad,
    state,
    learning_rate=0.001,
    betas=(0.9, 0.999),
    eps=1e-8,
    bias_correction=True,
    eps_inside_sqrt=False,
):
    """Ignores eps_inside_sqrt and adds epsilon to the root.

    You add ε to the root in every form. With `eps_inside_sqrt`, as in the lecture, it stands under
    the root.
    """
    averages = _averages(state, grad, betas)
    steps, m, v = averages
    if bias_correction:
        m, v = _corrected(averages, betas, steps)
    return param - learning_rate * m / _root(v, eps, inside=False), averages


def epsilon_always_inside(
    param,
    grad,
    state,
    learning_rate=0.001,
    betas=(0.9, 0.999),
    eps=1e-8,
    bias_correction=True,
    eps_inside_sqrt=False,
):
    """Ignores eps_inside_sqrt and puts epsilon under the root.

    You put ε under the root in every form. In the paper's it is added to the root.
    """
    averages = _averages(state, grad, betas)
    steps, m, v = averages
    if bias_correction:
        m, v = _corrected(averages, betas, steps)
    return param - learning_rate * m / _root(v, eps, inside=True), averages


def gammas_exchanged(
    param,
    grad,
    state,
    learning_rate=0.001,
    betas=(0.9, 0.999),
    eps=1e-8,
    bias_correction=True,
    eps_inside_sqrt=False,
):
    """Uses the first gamma for the squares and the second for the gradients.

    Your two γ have changed places. The first belongs to the average of the gradients, the second
    to that of the squares.
    """
    betas = betas[::-1]
    averages = _averages(state, grad, betas)
    steps, m, v = averages
    if bias_correction:
        m, v = _corrected(averages, betas, steps)
    return param - learning_rate * m / _root(v, eps, eps_inside_sqrt), averages


def squares_of_the_average(
    param,
    grad,
    state,
    learning_rate=0.001,
    betas=(0.9, 0.999),
    eps=1e-8,
    bias_correction=True,
    eps_inside_sqrt=False,
):
    """Averages the squares of m instead of the squares of the gradient.

    Your second average is made of the squares of the first. It is made of the squares of the
    gradients themselves.
    """
    steps, mean, square = state or (0, np.zeros_like(grad), np.zeros_like(grad))
    mean = betas[0] * mean + (1 - betas[0]) * grad
    averages = (steps + 1, mean, betas[1] * square + (1 - betas[1]) * mean**2)
    _, m, v = averages
    if bias_correction:
        m, v = _corrected(averages, betas, averages[0])
    return param - learning_rate * m / _root(v, eps, eps_inside_sqrt), averages


def averages_of_the_step_before(
    param,
    grad,
    state,
    learning_rate=0.001,
    betas=(0.9, 0.999),
    eps=1e-8,
    bias_correction=True,
    eps_inside_sqrt=False,
):
    """Takes the step before the averages are updated, as the slide does.

    Your first step goes nowhere: you use the averages of the step before. Update both averages
    first, then take the step.
    """
    averages = _averages(state, grad, betas)
    steps, m, v = state or (0, np.zeros_like(grad), np.zeros_like(grad))
    if bias_correction and steps:
        m, v = _corrected((steps, m, v), betas, steps)
    step = learning_rate * m / _root(v, eps, eps_inside_sqrt) if steps else np.zeros_like(grad)
    return param - step, averages


def squares_summed(
    param,
    grad,
    state,
    learning_rate=0.001,
    betas=(0.9, 0.999),
    eps=1e-8,
    bias_correction=True,
    eps_inside_sqrt=False,
):
    """Sums the squares, as the slide writes it.

    Your squares pile up: old ones never fade. In a moving average the old average is multiplied by
    γ2 at every step.
    """
    steps, mean, square = state or (0, np.zeros_like(grad), np.zeros_like(grad))
    mean = betas[0] * mean + (1 - betas[0]) * grad
    averages = (steps + 1, mean, square + (1 - betas[1]) * grad**2)
    _, m, v = averages
    if bias_correction:
        m, v = _corrected(averages, betas, averages[0])
    return param - learning_rate * m / _root(v, eps, eps_inside_sqrt), averages
