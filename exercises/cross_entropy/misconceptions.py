"""Believable mistakes in cross-entropy, and the hint that each one earns."""

import math

import numpy as np


def _terms(predictions, targets, base=math.e):
    """targets * log(predictions), one row per sample, with 0 * log(0) = 0."""
    targets = np.atleast_2d(targets)
    predictions = np.where(targets == 0, 1, np.atleast_2d(predictions))
    with np.errstate(divide="ignore"):
        return targets * np.log(predictions) / math.log(base)


def _mean_over_samples(terms):
    return np.mean(-np.sum(terms, axis=1))


def base_ignored(predictions, targets, base=math.e):
    """Takes the natural logarithm, whatever the argument says.

    Your logarithm is always the natural one. Some lectures count in base 10, others in bits:
    look at the argument `base`, and at how one changes the base of a logarithm.
    """
    return _mean_over_samples(_terms(predictions, targets))


def always_base_10(predictions, targets, base=math.e):
    """Takes the logarithm in base 10, as two lectures compute it.

    Your logarithm is always in base 10, as in the numbers of two of the lectures. Here the
    argument `base` decides, and its default is the natural logarithm.
    """
    return _mean_over_samples(_terms(predictions, targets, 10))


def summed_over_the_samples(predictions, targets, base=math.e):
    """Adds the losses of the samples without dividing by their number.

    You add the losses of the samples, so that a larger batch costs more. This exercise asks for
    their mean.
    """
    return -np.sum(_terms(predictions, targets, base))


def averaged_over_all_elements(predictions, targets, base=math.e):
    """Divides by the number of samples times the number of classes.

    You divide by the number of entries of the table. The loss of one sample is the sum over its
    classes; only the samples are averaged.
    """
    return -np.mean(_terms(predictions, targets, base))


def single_sample_averaged_over_its_classes(predictions, targets, base=math.e):
    """Divides by len(predictions), which is the number of classes for a single sample.

    Your answer is right for a batch. A single sample comes as one row of shape (K,), whose length
    is the number of classes: by what do you divide then?
    """
    return -np.sum(_terms(predictions, targets, base)) / len(predictions)


def zero_times_log_of_zero(predictions, targets, base=math.e):
    """Computes 0 * log(0), which is NaN.

    A class that is not the right one may have the prediction 0, and 0 * log(0) is NaN in NumPy.
    Such a term has to count as 0: keep it away from the logarithm.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.atleast_2d(targets) * np.log(np.atleast_2d(predictions)) / math.log(base)
    return _mean_over_samples(terms)


def sign_forgotten(predictions, targets, base=math.e):
    """Leaves out the minus sign.

    Your loss is negative. The logarithm of a probability is never above 0: look again at the
    beginning of the formula.
    """
    return -_mean_over_samples(_terms(predictions, targets, base))


def predictions_and_targets_swapped(predictions, targets, base=math.e):
    """Takes the logarithm of the targets and weighs it with the predictions.

    Your loss is infinite unless the predictions are perfect: the logarithm is taken of the
    targets, which are mostly 0. Which of the two belongs inside?
    """
    return _mean_over_samples(_terms(targets, predictions, base))


def every_class_as_a_binary_one(predictions, targets, base=math.e):
    """Adds the terms (1 - y) * log(1 - p) of the binary loss for every class.

    You also charge each wrong class for its probability, with (1 - y) log(1 - p) as in the binary
    loss. With one-hot targets, the prediction of the right class alone decides.
    """
    right = _terms(predictions, targets, base)
    wrong = _terms(1 - predictions, 1 - targets, base)
    return _mean_over_samples(right + wrong)


def predictions_clipped_coarsely(predictions, targets, base=math.e):
    """Clips the predictions to [1e-7, 1 - 1e-7], which changes answers that need no clipping.

    You keep the predictions between 1e-7 and 1 - 1e-7: then a perfect prediction costs a little,
    and a very bad one too little. Change only what would otherwise break.
    """
    return _mean_over_samples(_terms(np.clip(predictions, 1e-7, 1 - 1e-7), targets, base))
