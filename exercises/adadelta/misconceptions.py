"""Believable mistakes in adadelta; each docstring carries the hint that a student reads."""

import numpy as np


def _begun(state, grad):
    """Correct: the averages of the squared gradients and of the squared steps so far."""
    return (np.zeros_like(grad), np.zeros_like(grad)) if state is None else state


def steps_updated_first(param, grad, state, rho=0.9, eps=1e-6):
    """Puts the step into its own average before it is taken, by a first guess.

    You update the average of the steps before you take the step. The step uses the average of the
    steps before it.
    """
    gradients, steps = _begun(state, grad)
    gradients = rho * gradients + (1 - rho) * grad**2
    guess = grad * np.sqrt(steps + eps) / np.sqrt(gradients + eps)
    steps = rho * steps + (1 - rho) * guess**2
    step = grad * np.sqrt(steps + eps) / np.sqrt(gradients + eps)
    return param - step, (gradients, steps)


def gradients_updated_last(param, grad, state, rho=0.9, eps=1e-6):
    """Divides by the average of the gradients before this one.

    The present gradient is missing in your average, so the first step is divided by √ε alone.
    Update the average of the gradients first.
    """
    gradients, steps = _begun(state, grad)
    step = grad * np.sqrt(steps + eps) / np.sqrt(gradients + eps)
    return param - step, (
        rho * gradients + (1 - rho) * grad**2,
        rho * steps + (1 - rho) * step**2,
    )


def steps_never_updated(param, grad, state, rho=0.9, eps=1e-6):
    """Keeps the average of the steps at zero.

    Your average of the squared steps stays at zero, so the steps never become longer. What has to
    be updated after each step?
    """
    gradients, steps = _begun(state, grad)
    gradients = rho * gradients + (1 - rho) * grad**2
    step = grad * np.sqrt(steps + eps) / np.sqrt(gradients + eps)
    return param - step, (gradients, steps)


def gradients_in_both_averages(param, grad, state, rho=0.9, eps=1e-6):
    """Averages the squared gradients instead of the squared steps in the numerator.

    Both your averages are made of gradients. The one above the fraction line is made of the steps.
    """
    gradients, steps = _begun(state, grad)
    gradients = rho * gradients + (1 - rho) * grad**2
    step = grad * np.sqrt(steps + eps) / np.sqrt(gradients + eps)
    return param - step, (gradients, rho * steps + (1 - rho) * grad**2)


def roots_left_out(param, grad, state, rho=0.9, eps=1e-6):
    """Divides the averages themselves.

    You divide the averages themselves. Their roots have the size of a step and of a gradient.
    """
    gradients, steps = _begun(state, grad)
    gradients = rho * gradients + (1 - rho) * grad**2
    step = grad * (steps + eps) / (gradients + eps)
    return param - step, (gradients, rho * steps + (1 - rho) * step**2)


def epsilon_below_only(param, grad, state, rho=0.9, eps=1e-6):
    """Leaves epsilon out of the numerator.

    Your weights never move: without ε the average of the steps is zero, and so is the first step.
    """
    gradients, steps = _begun(state, grad)
    gradients = rho * gradients + (1 - rho) * grad**2
    step = grad * np.sqrt(steps) / np.sqrt(gradients + eps)
    return param - step, (gradients, rho * steps + (1 - rho) * step**2)


def weights_exchanged(param, grad, state, rho=0.9, eps=1e-6):
    """Gives the weight rho to what is new.

    You weigh what is new with ρ and the average with 1 - ρ. With ρ = 0.9 the average has to be the
    heavier part.
    """
    gradients, steps = _begun(state, grad)
    gradients = (1 - rho) * gradients + rho * grad**2
    step = grad * np.sqrt(steps + eps) / np.sqrt(gradients + eps)
    return param - step, (gradients, (1 - rho) * steps + rho * step**2)


def uphill(param, grad, state, rho=0.9, eps=1e-6):
    """Adds the step instead of subtracting it.

    Your weights climb: the gradient points uphill, and the step goes against it.
    """
    gradients, steps = _begun(state, grad)
    gradients = rho * gradients + (1 - rho) * grad**2
    step = grad * np.sqrt(steps + eps) / np.sqrt(gradients + eps)
    return param + step, (gradients, rho * steps + (1 - rho) * step**2)
