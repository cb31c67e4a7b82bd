"""The gradients by a complex step: the loss is computed anew for each weight, and nothing else.

For an analytic function f, the imaginary part of f(w + ih) / h is f'(w), exact to the last digit
for a small h, since nothing is subtracted. A unit is awake or not by the real part.
"""

import numpy as np

STEP = 2.0**-100  # a power of two: multiplying by it rounds nothing


def mlp_backward(x, y, parameters):
    """Return [[dW1, db1], [dW2, db2]], computed in float64."""
    arrays = [np.array(array, np.complex128) for pair in parameters for array in pair]
    grads = []
    for array in arrays:
        grad = np.zeros(array.shape)
        for place in np.ndindex(array.shape):
            array[place] += 1j * STEP
            grad[place] = _loss(x, y, arrays).imag / STEP
            array[place] = array[place].real
        grads.append(grad)
    return [grads[:2], grads[2:]]


def _loss(x, y, arrays):
    weight1, bias1, weight2, bias2 = arrays
    before = np.einsum("ni,ih->nh", np.asarray(x, np.float64), weight1) + bias1
    hidden = np.where(before.real > 0, before, 0)
    output = np.einsum("nh,hj->nj", hidden, weight2) + bias2
    return ((output - np.asarray(y, np.float64)) ** 2).sum()
