"""Believable mistakes in accuracy, and the hint that each one earns."""

import numpy as np


def _share(right):
    """The share of the true ones among N booleans."""
    return np.count_nonzero(right) / len(right)


def true_positives_alone(y_true, y_pred):
    """Counts only the samples of class 1 that were recognised.

    You count the true positives alone. The samples of the other classes that were predicted right
    are right answers too.
    """
    return _share((y_true == 1) & (y_pred == 1))


def recall_of_the_positives(y_true, y_pred):
    """Divides by the number of samples of class 1, which gives the recall.

    You compute the recall, the share of class 1 that was found. The accuracy asks about all the
    samples.
    """
    positives = y_true == 1
    with np.errstate(invalid="ignore"):
        return np.float64(np.sum(positives & (y_pred == 1))) / np.sum(positives)


def mean_of_the_class_recalls(y_true, y_pred):
    """Averages over the classes (balanced accuracy), not over the samples.

    You take the mean over the classes, so that a small class weighs as much as a large one: that
    is called balanced accuracy. In the plain accuracy every sample has the same weight.
    """
    return np.mean([_share(y_pred[y_true == k] == k) for k in np.unique(y_true)])


def class_one_against_the_rest(y_true, y_pred):
    """Uses (TP + TN) / N of class 1, although there are more than two classes.

    Your answer is right for two classes. With more, you take a 0 that was called 2 for a true
    negative: neither is class 1, but the answer is wrong all the same.
    """
    return _share((y_true == 1) == (y_pred == 1))


def true_negatives_of_every_class(y_true, y_pred):
    """Puts the counts of all classes, each against the rest, into the formula for two classes.

    You add up TP and TN of each class against the rest. With three classes, a wrong answer is
    still a true negative of the third, so that you count too many right ones.
    """
    classes = np.union1d(y_true, y_pred)
    if len(classes) == 1:
        return 1.0
    return np.mean([_share((y_true == k) == (y_pred == k)) for k in classes])


def one_minus_the_mean_distance(y_true, y_pred):
    """Takes 1 - mean(|y_true - y_pred|), as if class numbers were quantities.

    You measure how far the class numbers lie apart. They are names: taking a 0 for a 2 is one
    wrong answer, no worse than taking it for a 1.
    """
    return 1 - np.mean(np.abs(y_true.astype(int) - y_pred.astype(int)))


def right_answers_not_divided(y_true, y_pred):
    """Returns the number of right answers.

    You return how many answers are right. The accuracy is their share, from 0 to 1.
    """
    return np.count_nonzero(y_true == y_pred)


def error_rate(y_true, y_pred):
    """Returns the share of the wrong answers.

    You return the share of the wrong answers, so that the best classifier gets 0. The accuracy is
    the share of the right ones.
    """
    return _share(y_true != y_pred)


def in_percent(y_true, y_pred):
    """Returns percent.

    Your number is a hundred times too large: you return percent. The accuracy is a share, from 0
    to 1.
    """
    return 100 * _share(y_true == y_pred)


def rounded_to_two_digits(y_true, y_pred):
    """Rounds the result as one prints it.

    You round the accuracy. Return it with all its digits: rounding belongs to the place where a
    number is printed.
    """
    return round(_share(y_true == y_pred), 2)
