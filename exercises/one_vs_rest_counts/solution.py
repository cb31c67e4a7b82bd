"""True and false positives and negatives of one class against the rest."""


def one_vs_rest_counts(matrix, k):
    """Return the tuple (tp, fp, fn, tn) of class k."""
    true_positives = matrix[k, k]
    false_positives = matrix[:, k].sum() - true_positives  # called k, but something else
    false_negatives = matrix[k, :].sum() - true_positives  # k, but called something else
    true_negatives = matrix.sum() - true_positives - false_positives - false_negatives
    return true_positives, false_positives, false_negatives, true_negatives
