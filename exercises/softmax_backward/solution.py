"""The gradient of softmax, from the chain rule."""

import numpy as np


def softmax_backward(grad_output, x, axis=-1):
    """Return p * (grad_output - sum(p * grad_output)) with p = softmax(x)."""
    exponentials = np.exp(x - np.max(x, axis=axis, keepdims=True))
    p = exponentials / np.sum(exponentials, axis=axis, keepdims=True)
    mean = np.sum(p * grad_output, axis=axis, keepdims=True)  # weighted by the probabilities
    return p * (grad_output - mean)
