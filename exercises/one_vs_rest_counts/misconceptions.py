"""Believable mistakes in one_vs_rest_counts, and the hint that each one earns."""

import numpy as np


def _counts(matrix, k):
    tp = matrix[k, k]
    fp = matrix[:, k].sum() - tp
    fn = matrix[k, :].sum() - tp
    return tp, fp, fn, matrix.sum() - tp - fp - fn


def false_positives_and_negatives_swapped(matrix, k):
    """Takes the false positives from the row and the false negatives from the column.

    Your false positives and false negatives are swapped. Rows are the targets here: in which
    direction do you meet the samples that were wrongly called k?
    """
    tp, fp, fn, tn = _counts(matrix, k)
    return tp, fn, fp, tn


def true_negatives_on_the_diagonal_only(matrix, k):
    """Counts as true negatives only the other classes' right answers.

    A car that is taken for an airplane is still a true negative for "rocket or not": it is no
    rocket, and nobody said so. Do your four counts add up to all the samples?
    """
    tp, fp, fn, _ = _counts(matrix, k)
    return tp, fp, fn, np.trace(matrix) - tp


def true_positives_subtracted_twice(matrix, k):
    """Takes the whole row and the whole column of k off the total, and so matrix[k, k] twice.

    Your true negatives are too few. The row and the column of class k share one place, and you
    subtract it with both of them.
    """
    tp, fp, fn, _ = _counts(matrix, k)
    return tp, fp, fn, matrix.sum() - matrix[k, :].sum() - matrix[:, k].sum()


def true_positives_left_in_the_errors(matrix, k):
    """Sums the whole row and the whole column, right answers included.

    Your false positives and false negatives are too many. The sum of a whole row or column of
    class k also holds the samples that were recognised.
    """
    tp, fp, fn, tn = _counts(matrix, k)
    return tp, fp + tp, fn + tp, tn


def everything_else_is_a_true_negative(matrix, k):
    """Takes only the true positives off the total.

    Your true negatives are too many: you subtract the recognised samples of class k alone. The
    mistakes that involve class k are no true negatives either.
    """
    tp, fp, fn, _ = _counts(matrix, k)
    return tp, fp, fn, matrix.sum() - tp


def true_counts_first(matrix, k):
    """Returns (tp, tn, fp, fn).

    Your four numbers are right, in another order: the answer begins with the true positives and
    ends with the true negatives.
    """
    tp, fp, fn, tn = _counts(matrix, k)
    return tp, tn, fp, fn


def negatives_first(matrix, k):
    """Returns (tn, fp, fn, tp), the order of scikit-learn's flattened two-class matrix.

    You list the counts in scikit-learn's order, which begins with the true negatives. Here the
    true positives come first and the true negatives last.
    """
    tp, fp, fn, tn = _counts(matrix, k)
    return tn, fp, fn, tp


def classes_counted_from_one(matrix, k):
    """Takes 1 off k, so that the class before it is counted.

    Your counts belong to the class before k. Some lectures number their classes from 1; here k
    is an index and counts from 0.
    """
    return _counts(matrix, k - 1)
