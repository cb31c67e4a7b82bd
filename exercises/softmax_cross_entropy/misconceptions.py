"""Believable mistakes in softmax with cross-entropy, and the hint that each one earns."""

import numpy as np


def _log_softmax(logits, axis=1):
    """Correct along the last axis."""
    shifted = logits - np.max(logits, axis=axis, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))


def _loss(log_softmax, targets):
    return -np.sum(targets * log_softmax) / len(targets)


def _gradient(log_softmax, targets):
    return (np.exp(log_softmax) - targets) / len(targets)


def _correct(logits, targets):
    log_softmax = _log_softmax(logits)
    return _loss(log_softmax, targets), _gradient(log_softmax, targets)


def largest_logit_not_subtracted(logits, targets):
    """Computes exp(logits) as they are.

    Your exponentials overflow for logits around 1000, and vanish around -1000. Softmax does not
    change when the same number is subtracted from every logit of a row; which number helps?
    """
    with np.errstate(all="ignore"):
        exponentials = np.exp(logits)
        p = exponentials / np.sum(exponentials, axis=1, keepdims=True)
        return -np.sum(targets * np.log(p)) / len(logits), (p - targets) / len(logits)


def one_number_subtracted_from_all_rows(logits, targets):
    """Subtracts the largest logit of the whole batch.

    You subtract the largest logit of the whole batch, and rows that lie far below it vanish
    altogether. Each row needs a number of its own.
    """
    with np.errstate(all="ignore"):
        exponentials = np.exp(logits - np.max(logits))
        p = exponentials / np.sum(exponentials, axis=1, keepdims=True)
        return -np.sum(targets * np.log(p)) / len(logits), (p - targets) / len(logits)


def logarithm_of_the_rounded_softmax(logits, targets):
    """Computes the softmax first and then its logarithm.

    Your softmax is right, but some of its probabilities are so small that they are rounded to 0,
    and the logarithm of 0 is infinite. Write down ln softmax on paper and simplify it before you
    compute anything.
    """
    p = np.exp(_log_softmax(logits))
    with np.errstate(all="ignore"):
        return -np.sum(targets * np.log(p)) / len(logits), (p - targets) / len(logits)


def small_number_in_the_logarithm(logits, targets):
    """Adds 1e-15 to the probabilities so that the logarithm is finite.

    You keep the logarithm finite with a small number, so that no answer can cost more than about
    35. With ln softmax, computed in one step, the loss of a very wrong answer comes out right.
    """
    p = np.exp(_log_softmax(logits))
    return -np.sum(targets * np.log(p + 1e-15)) / len(logits), (p - targets) / len(logits)


def softmax_over_the_samples(logits, targets):
    """Applies the softmax along the columns.

    Your probabilities add to 1 over the samples. The classes of one sample compete with each
    other: along which axis do they lie?
    """
    log_softmax = _log_softmax(logits, axis=0)
    return _loss(log_softmax, targets), _gradient(log_softmax, targets)


def loss_summed_over_the_samples(logits, targets):
    """Returns the sum of the losses, but the gradient of their mean.

    Your loss is the sum over the samples, while your gradient belongs to the mean. The exercise
    asks for the mean.
    """
    loss, gradient = _correct(logits, targets)
    return loss * len(logits), gradient


def gradient_of_the_sum(logits, targets):
    """Returns softmax - targets, without dividing by the number of samples.

    Your gradient is that of the sum of the losses. The loss is their mean: what does a derivative
    do with the factor 1/N?
    """
    loss, gradient = _correct(logits, targets)
    return loss, gradient * len(logits)


def sum_throughout(logits, targets):
    """Adds the losses and their gradients.

    Your loss and your gradient are those of the sum over the samples. Both are asked for the mean.
    """
    loss, gradient = _correct(logits, targets)
    return loss * len(logits), gradient * len(logits)


def averaged_over_all_elements(logits, targets):
    """Divides by the number of samples times the number of classes.

    You divide by the number of entries of the table. The loss of one sample is the sum over its
    classes; only the samples are averaged.
    """
    loss, gradient = _correct(logits, targets)
    return loss / logits.shape[1], gradient / logits.shape[1]


def gradient_with_the_sign_turned(logits, targets):
    """Returns targets - softmax.

    Your gradient points downhill. The gradient points to where the loss grows; it is the optimizer
    that steps against it.
    """
    loss, gradient = _correct(logits, targets)
    return loss, -gradient


def gradient_of_the_probabilities(logits, targets):
    """Returns the gradient with respect to the probabilities, -targets / p.

    Your gradient is that with respect to the probabilities. It has to go on through the softmax to
    the logits.
    """
    log_softmax = _log_softmax(logits)
    with np.errstate(all="ignore"):
        gradient = -targets / np.exp(log_softmax) / len(logits)
    return _loss(log_softmax, targets), gradient


def softmax_derived_twice(logits, targets):
    """Multiplies p - targets by p (1 - p) once more.

    You multiply by p(1 - p). The softmax is in p - targets already: that is what is left when the
    derivatives of the loss and of the softmax are multiplied.
    """
    log_softmax = _log_softmax(logits)
    p = np.exp(log_softmax)
    return _loss(log_softmax, targets), _gradient(log_softmax, targets) * p * (1 - p)


def only_the_right_class_moves(logits, targets):
    """Gives the gradient of the right class, and 0 for all others.

    Your gradient is 0 for the wrong classes. The loss reads only the probability of the right
    class, but every logit has a share in that probability.
    """
    loss, gradient = _correct(logits, targets)
    return loss, np.where(targets > 0, gradient, 0)
