"""The loss and its gradient without subtracting the largest logit: pair by pair.

ln(1 / p_k) = ln Σ_j exp(z_j - z_k) is added up two terms at a time, ln(e^a + e^b), which NumPy
computes for any a and b. And 1 / p_k = Σ_j exp(z_j - z_k), where infinity is harmless: 1/∞ is 0.
"""

import numpy as np


def softmax_cross_entropy(logits, targets):
    """Return the mean loss over the samples, and its gradient with respect to the logits."""
    logits, targets = (np.asarray(array, dtype=np.float64) for array in (logits, targets))
    samples = len(logits)
    # differences[n, k, j] = logits[n, j] - logits[n, k]
    differences = logits[:, np.newaxis, :] - logits[:, :, np.newaxis]
    costs = np.logaddexp.reduce(differences, axis=2)
    with np.errstate(over="ignore"):
        probabilities = 1 / np.exp(differences).sum(axis=2)
    return (targets * costs).sum() / samples, (probabilities - targets) / samples
