"""Believable mistakes in the loss of several labels, and the hint that each one earns."""

import numpy as np


def _cost_of_a_no(logits):
    """Correct: -ln(1 - sigmoid)."""
    return np.maximum(logits, 0) + np.log1p(np.exp(-np.abs(logits)))


def _losses(logits, targets):
    """Correct: one loss for each answer."""
    return _cost_of_a_no(logits) - logits * targets


def _from_probabilities(h, targets):
    """The mean straight from the definition: NaN or infinity where a probability is 0 or 1."""
    with np.errstate(all="ignore"):
        return np.mean(-targets * np.log(h) - (1 - targets) * np.log(1 - h))


def _sigmoid(logits):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-logits))


def sigmoid_first(logits, targets):
    """Computes the sigmoids, and then the logarithms of the definition.

    Your loss is infinite or NaN where a sigmoid is rounded to 0 or 1. Put the sigmoid into the
    logarithm on paper: ln(1 - h) can be computed although 1 - h cannot.
    """
    return _from_probabilities(_sigmoid(logits), targets)


def probabilities_clipped(logits, targets):
    """Keeps the sigmoids between 1e-12 and 1 - 1e-12.

    You clip the probabilities, so that no answer can cost more than about 28. The exercise has
    answers that cost 1000: start from the logits.
    """
    return _from_probabilities(np.clip(_sigmoid(logits), 1e-12, 1 - 1e-12), targets)


def stable_on_one_side(logits, targets):
    """Writes everything with exp(-z), which is infinite for large negative z.

    You use exp(-z) throughout: that is fine for large positive logits, and overflows for large
    negative ones. Can you write the loss with exp(-|z|)?
    """
    with np.errstate(over="ignore"):
        return np.mean((1 - targets) * logits + np.log1p(np.exp(-logits)))


def softmax_over_the_labels(logits, targets):
    """Takes the softmax, as for classes that exclude each other.

    Your probabilities add to 1 over the labels, so two labels can never both be sure. Each label
    has a sigmoid of its own.
    """
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    log_softmax = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return -np.sum(targets * log_softmax) / len(logits)


def softmax_in_place_of_the_sigmoids(logits, targets):
    """Puts the softmax of each row into the binary cross-entropy.

    You have the right loss with the wrong probabilities: they add to 1 over the labels. Each label
    has a sigmoid of its own, whatever the others say.
    """
    shifted = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return _from_probabilities(shifted / np.sum(shifted, axis=1, keepdims=True), targets)


def only_the_labels_that_are_there(logits, targets):
    """Leaves out the term of the labels that a sample does not have.

    With you a label that the sample does not have costs nothing, so the network may say "yes" to
    everything. Where is the second term of the loss?
    """
    return np.mean(targets * _losses(logits, targets))


def averaged_over_the_labels_that_are_there(logits, targets):
    """Divides by the number of ones in the targets.

    You divide by the number of labels that the samples have. A "no" is an answer as well: the mean
    is over all N · K answers.
    """
    with np.errstate(divide="ignore"):
        return np.sum(_losses(logits, targets)) / np.sum(targets)


def one_label_per_sample(logits, targets):
    """Keeps the first label of each sample only.

    You keep one label of each sample: argmax finds the first 1 of a row and overlooks the others. A
    row may have several, or none.
    """
    first = np.eye(targets.shape[1])[np.argmax(targets, axis=1)]
    return np.mean(_losses(logits, first))


def summed_over_the_labels(logits, targets):
    """Adds over the labels and averages over the samples.

    You add over the labels, so that a sample costs the more the more labels are asked for. The mean
    is over samples and labels alike.
    """
    return np.sum(_losses(logits, targets)) / len(logits)


def summed_over_everything(logits, targets):
    """Adds all the losses.

    You add the losses of all answers. This exercise asks for their mean.
    """
    return np.sum(_losses(logits, targets))


def signs_exchanged(logits, targets):
    """Subtracts z where the answer is no, and not where it is yes.

    Your loss is large where the answer is right. For a label that is there, should a larger logit
    make the loss larger or smaller?
    """
    return np.mean(_losses(logits, 1 - targets))
