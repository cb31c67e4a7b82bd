"""Believable mistakes in binary cross-entropy, and the hint that each one earns."""

import math

import numpy as np


def _part(weights, probabilities):
    """-weights * ln(probabilities), with 0 * ln(0) = 0."""
    with np.errstate(divide="ignore"):
        return -weights * np.log(np.where(weights == 0, 1, probabilities))


def _losses(predictions, targets):
    """Correct: the natural loss of each prediction."""
    return _part(targets, predictions) + _part(1 - targets, 1 - predictions)


def base_ignored(predictions, targets, base=math.e):
    """Takes the natural logarithm, whatever the argument says.

    Your logarithm is always the natural one. The lectures count in base 10: look at the argument
    `base`, and at how one changes the base of a logarithm.
    """
    return np.mean(_losses(predictions, targets))


def always_base_10(predictions, targets, base=math.e):
    """Takes the logarithm in base 10, as both lectures compute it.

    Your logarithm is always in base 10, as in the numbers of the lectures. Here the argument `base`
    decides, and its default is the natural logarithm.
    """
    return np.mean(_losses(predictions, targets)) / math.log(10)


def base_in_one_term_only(predictions, targets, base=math.e):
    """Changes the base of log(h), but not that of log(1 - h).

    Only the first of your logarithms has the right base. Both are to be changed: a no may not
    cost more than a yes that is as wrong.
    """
    yes, no = _part(targets, predictions), _part(1 - targets, 1 - predictions)
    return np.mean(yes / math.log(base) + no)


def only_the_yes_term(predictions, targets, base=math.e):
    """Leaves out the second term, as the loss of several classes does.

    With you a "no" never costs anything, whatever was predicted. Among several classes the right
    one has an output of its own; here the second term speaks for the answer "no".
    """
    return np.mean(_part(targets, predictions)) / math.log(base)


def terms_exchanged(predictions, targets, base=math.e):
    """Puts log(1 - h) with y, and log(h) with 1 - y.

    Your loss is large where the prediction is good. When y is 1, which of the two logarithms has to
    be left over?
    """
    return np.mean(_losses(1 - predictions, targets)) / math.log(base)


def summed_over_the_predictions(predictions, targets, base=math.e):
    """Adds the losses without dividing by their number.

    You add the losses, so that more predictions cost more. This exercise asks for their mean.
    """
    return np.sum(_losses(predictions, targets)) / math.log(base)


def averaged_over_the_samples_alone(predictions, targets, base=math.e):
    """Adds over the questions of a sample, and divides by the number of samples.

    You divide by the number of rows. That is the rule for classes that exclude each other; here
    every prediction is a question of its own, and all of them are averaged.
    """
    return np.sum(_losses(predictions, targets)) / len(predictions) / math.log(base)


def zero_times_log_of_zero(predictions, targets, base=math.e):
    """Computes 0 * log(0), which is NaN.

    When the network is sure and right, the term that does not count is 0 * log(0), and that is NaN
    in NumPy. It has to count as 0: keep the 0 away from the logarithm.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        yes, no = targets * np.log(predictions), (1 - targets) * np.log(1 - predictions)
    return -np.mean(yes + no) / math.log(base)


def sign_forgotten(predictions, targets, base=math.e):
    """Leaves out the minus signs.

    Your loss is negative. The logarithm of a probability is never above 0: look again at the
    beginning of the formula.
    """
    return -np.mean(_losses(predictions, targets)) / math.log(base)


def difference_of_the_terms(predictions, targets, base=math.e):
    """Computes -y log(h) + (1 - y) log(1 - h).

    With you a "no" brings the loss down, the more the worse it is predicted. The minus sign in
    front of the formula holds for both terms.
    """
    yes, no = _part(targets, predictions), _part(1 - targets, 1 - predictions)
    return np.mean(yes - no) / math.log(base)


def targets_rounded(predictions, targets, base=math.e):
    """Chooses one of the two terms by asking whether the target is a yes.

    You choose one term by the target. That is right for 0 and 1; between them both terms count,
    each with its weight, as the formula says.
    """
    return np.mean(_losses(predictions, np.round(targets))) / math.log(base)


def predictions_clipped_coarsely(predictions, targets, base=math.e):
    """Clips the predictions to [1e-7, 1 - 1e-7], which changes answers that need no clipping.

    You keep the predictions between 1e-7 and 1 - 1e-7: then a perfect prediction costs a little,
    and a very bad one too little. Change only what would otherwise break.
    """
    clipped = np.clip(predictions, 1e-7, 1 - 1e-7)
    return np.mean(_losses(clipped, targets)) / math.log(base)


def scores_expected(predictions, targets, base=math.e):
    """Applies the sigmoid to the predictions.

    You apply a sigmoid, but the predictions are probabilities already. Libraries have two losses:
    one takes probabilities, the other scores ("with logits").

    No case passes: the sigmoid would have to leave every probability where it was.
    """
    return np.mean(_losses(1 / (1 + np.exp(-predictions)), targets)) / math.log(base)
