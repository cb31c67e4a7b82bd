"""Believable mistakes in a one-vs-rest classifier, and the hint that each one earns."""

import numpy as np


def _scores(x, weight, bias):
    """The scores, correct."""
    return x @ weight + bias


def bias_forgotten(x, weight, bias):
    """Leaves the bias out.

    You leave the bias out. Each classifier adds its own to the weighted sum, and sometimes it
    decides who wins.
    """
    scores = x @ weight
    return scores, np.argmax(scores, axis=1)


def weights_classes_first(x, weight, bias):
    """Multiplies by the transposed weights, one row per classifier.

    You multiply by the transpose of the weights. They come as (inputs, classes): each column
    belongs to one classifier.
    """
    scores = _scores(x, weight.T, bias)
    return scores, np.argmax(scores, axis=1)


def last_class_wins_a_tie(x, weight, bias):
    """Takes the last of several equal scores, as `>=` in a loop does.

    Where two scores are equal you take the later class. The first one wins: a later score has to
    be larger, not as large.
    """
    scores = _scores(x, weight, bias)
    return scores, scores.shape[1] - 1 - np.argmax(scores[:, ::-1], axis=1)


def first_yes_wins(x, weight, bias):
    """Takes the first class whose score is above 0.

    You stop at the first classifier that says "mine". Several may say so: which one of them is the
    surest?
    """
    scores = _scores(x, weight, bias)
    return scores, np.argmax(scores > 0, axis=1)


def no_class_without_a_yes(x, weight, bias):
    """Gives -1 where no score is above 0.

    You give no class where all classifiers say "one of the rest". Every sample gets a class here:
    the largest of the negative scores wins.
    """
    scores = _scores(x, weight, bias)
    return scores, np.where(scores.max(axis=1) > 0, np.argmax(scores, axis=1), -1)


def largest_magnitude_wins(x, weight, bias):
    """Takes the score that lies farthest from zero.

    You compare the scores without their signs. A score far below zero is a very sure "not mine".
    """
    scores = _scores(x, weight, bias)
    return scores, np.argmax(np.abs(scores), axis=1)


def smallest_score_wins(x, weight, bias):
    """Takes the smallest score, as if it were a distance.

    You take the smallest score. A score is no distance: the larger it is, the surer the classifier.
    """
    scores = _scores(x, weight, bias)
    return scores, np.argmin(scores, axis=1)


def best_sample_of_each_class(x, weight, bias):
    """Looks for the largest score along the samples.

    You look for the best sample of each class. The question is the other one: for each sample,
    along which axis do the classes lie?
    """
    scores = _scores(x, weight, bias)
    return scores, np.argmax(scores, axis=0)


def classes_counted_from_one(x, weight, bias):
    """Numbers the classes from 1 to K.

    Your classes are one too high. They count from 0, like the columns of the weights.
    """
    scores = _scores(x, weight, bias)
    return scores, np.argmax(scores, axis=1) + 1


def classes_as_one_hot_rows(x, weight, bias):
    """Returns a row with a 1 for the class instead of its number.

    Your classes are rows of zeros and ones. One number per sample is asked for: where in the row
    is the 1?
    """
    scores = _scores(x, weight, bias)
    return scores, np.eye(len(bias))[np.argmax(scores, axis=1)]


def scores_through_a_sigmoid(x, weight, bias):
    """Returns the probabilities of logistic regression.

    Your scores lie between 0 and 1: you put them through a sigmoid. The classes need none, and the
    scores are asked for as the weighted sums leave them.
    """
    probabilities = 1 / (1 + np.exp(-_scores(x, weight, bias)))
    return probabilities, np.argmax(probabilities, axis=1)


def scores_through_softmax(x, weight, bias):
    """Returns the softmax of the scores.

    Your scores add to 1 for each sample: that is softmax. These classifiers know nothing of each
    other, and each score stands for itself.
    """
    scores = _scores(x, weight, bias)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True), np.argmax(scores, axis=1)


def scores_cut_at_zero(x, weight, bias):
    """Applies relu to the scores.

    Your scores are never negative. How far a classifier is from saying "mine" counts too: where
    none of them does, it decides.
    """
    scores = np.maximum(_scores(x, weight, bias), 0)
    return scores, np.argmax(scores, axis=1)


def classes_before_scores(x, weight, bias):
    """Returns (classes, scores).

    Your two results are there, in the other order: the scores come first, the classes second.

    No case passes: scores and classes never have the same shape.
    """
    scores = _scores(x, weight, bias)
    return np.argmax(scores, axis=1), scores
