"""Believable mistakes in logistic regression, and the hint that each one earns."""

import numpy as np


def _sigmoid(z):
    """Correct."""
    small = np.exp(-np.abs(z))
    return np.where(z > 0, 1, small) / (1 + small)


def _classes(h):
    return (h > 0.5).astype(int)


def _step(x, w, b, learning_rate, errors):
    """Correct when the errors are h - y: the weights and the bias after the step."""
    return w - learning_rate * x.T @ errors / len(x), b - learning_rate * np.mean(errors)


def _correct(x, y, w, b, learning_rate):
    h = _sigmoid(x @ w + b)
    return h, _classes(h), *_step(x, w, b, learning_rate, h - y)


def half_is_a_yes(x, y, w, b, learning_rate):
    """Says yes where h is 0.5 or more.

    A probability of exactly 0.5 is class 1 with you. The lecture asks for more than 0.5.
    """
    h, _, new_w, new_b = _correct(x, y, w, b, learning_rate)
    return h, (h >= 0.5).astype(int), new_w, new_b


def threshold_for_the_sum(x, y, w, b, learning_rate):
    """Compares the sum z with 0.5, in place of the probability.

    You compare the sum before the sigmoid with 0.5. It is the probability that is compared; where
    is the sum when the probability is 0.5?
    """
    h, _, new_w, new_b = _correct(x, y, w, b, learning_rate)
    return h, (x @ w + b > 0.5).astype(int), new_w, new_b


def sigmoid_forgotten(x, y, w, b, learning_rate):
    """Takes the sum for the probability, as linear regression does.

    Your probabilities are the sums themselves, below 0 and above 1 too. What brings every number
    between 0 and 1?
    """
    z = x @ w + b
    return z, _classes(z), *_step(x, w, b, learning_rate, z - y)


def bias_forgotten(x, y, w, b, learning_rate):
    """Leaves the bias out of the sum.

    Your sums lack the bias: it moves in the step, but has no say in the prediction.
    """
    h = _sigmoid(x @ w)
    return h, _classes(h), *_step(x, w, b, learning_rate, h - y)


def sigmoid_that_overflows(x, y, w, b, learning_rate):
    """Writes the sigmoid as exp(z) / (1 + exp(z)).

    Your sigmoid is NaN for large sums: exp(1000) is infinite, and infinity divided by infinity is
    no number. Divide both by exp(z) on paper.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        exponentials = np.exp(x @ w + b)
        h = exponentials / (1 + exponentials)
    return h, _classes(h), *_step(x, w, b, learning_rate, h - y)


def summed_over_the_samples(x, y, w, b, learning_rate):
    """Adds the gradients of the samples.

    Your step grows with the number of samples: you add their gradients. The loss is a mean, and so
    is its gradient.
    """
    h, classes, *_ = _correct(x, y, w, b, learning_rate)
    return h, classes, *_step(x, w, b, learning_rate * len(x), h - y)


def bias_summed_weights_averaged(x, y, w, b, learning_rate):
    """Averages the gradient of the weights, but adds that of the bias.

    Your weights are right, and your bias moves too far: the factor 1/N belongs to both.
    """
    h, classes, new_w, _ = _correct(x, y, w, b, learning_rate)
    return h, classes, new_w, b - learning_rate * np.sum(h - y)


def bias_left_where_it_is(x, y, w, b, learning_rate):
    """Moves the weights alone.

    Your bias does not move. It is a parameter as well, the weight of an input that is always 1.
    """
    h, classes, new_w, _ = _correct(x, y, w, b, learning_rate)
    return h, classes, new_w, b


def uphill(x, y, w, b, learning_rate):
    """Steps with y - h in place of h - y, or adds the gradient.

    Your step makes the loss larger. For a cat with h below 1, should the sum become larger or
    smaller?
    """
    h, classes, *_ = _correct(x, y, w, b, learning_rate)
    return h, classes, *_step(x, w, b, learning_rate, y - h)


def slope_of_the_sigmoid_twice(x, y, w, b, learning_rate):
    """Multiplies h - y by h (1 - h), as for a squared error.

    You multiply by h(1 - h), which belongs to the squared error. With the cross-entropy this factor
    cancels, so that a very wrong answer still learns.
    """
    h, classes, *_ = _correct(x, y, w, b, learning_rate)
    return h, classes, *_step(x, w, b, learning_rate, (h - y) * h * (1 - h))


def step_from_the_classes(x, y, w, b, learning_rate):
    """Takes the step with the classes in place of the probabilities, as the perceptron does.

    Your step uses the classes, so a right answer teaches nothing. That is the perceptron's rule;
    the gradient of this loss has the probability h in it.
    """
    h, classes, *_ = _correct(x, y, w, b, learning_rate)
    return h, classes, *_step(x, w, b, learning_rate, classes - y)


def predicted_after_the_step(x, y, w, b, learning_rate):
    """Returns the predictions of the new weights.

    Your predictions come from the weights after the step. They are to show what the model said
    before it learned from these samples.
    """
    *_, new_w, new_b = _correct(x, y, w, b, learning_rate)
    h = _sigmoid(x @ new_w + new_b)
    return h, _classes(h), new_w, new_b
