"""One step of gradient descent over a batch."""


def sgd(param, sample_grads, learning_rate=0.01):
    """Return the weights after the step."""
    return param - learning_rate * sample_grads.sum(axis=0)
