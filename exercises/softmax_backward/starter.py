"""Exercise softmax_backward.

`grade show softmax_backward` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def softmax_backward(grad_output, x, axis=-1):
    """Return the gradient of the loss with respect to the scores x.

    Arguments:
        grad_output: array, the gradient of the loss with respect to softmax(x), in the shape of x.
        x: array of scores (logits), with any number of axes and numbers of any size.
        axis: the axis of the classes; the last one by default.

    Returns: an array of the shape of x; along the axis it adds to 0.

    Example:
        softmax_backward(np.array([1.0, 0.0]), np.array([3.0, 3.0])) gives [0.25, -0.25].
    """
    raise NotImplementedError("softmax_backward is not written yet")
