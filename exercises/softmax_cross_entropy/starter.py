"""Exercise softmax_cross_entropy.

`grade show softmax_cross_entropy` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def softmax_cross_entropy(logits, targets):
    """Return the mean cross-entropy of softmax(logits), and its gradient.

    Arguments:
        logits: array of scores, shape (N, K), from -1000 to 1000.
        targets: array of the same shape; each row holds probabilities, mostly a single 1.

    Returns:
        the pair (loss, gradient): the mean over the samples of -sum_k targets_k * ln(softmax_k),
        and the gradient of this mean with respect to the logits, shape (N, K).

    Example:
        softmax_cross_entropy(np.array([[0.0, 0.0]]), np.array([[0, 1]]))
        gives 0.6931 (ln 2) and [[0.5, -0.5]].
    """
    raise NotImplementedError("softmax_cross_entropy is not written yet")
