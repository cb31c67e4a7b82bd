"""Dense layers on the CPU: products of matrices by NumPy's BLAS, in float64, rounded once.

BLAS has threads of its own, which reference.set_num_threads does not govern.
"""

import numpy as np

from reference.arguments import FloatArray


def dense(out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray) -> None:
    """Fill out (N, J) with x (N, I) @ weight (I, J) + bias (J,)."""
    with np.errstate(over="ignore", invalid="ignore"):  # infinity and NaN are answers here
        out[...] = _double(x) @ _double(weight) + bias


def dense_backward(
    grad_x: FloatArray,
    grad_weight: FloatArray,
    grad_bias: FloatArray,
    grad_output: FloatArray,
    x: FloatArray,
    weight: FloatArray,
) -> None:
    """Fill grad_x (N, I), grad_weight (I, J) and grad_bias (J,) from grad_output (N, J)."""
    grad = _double(grad_output)
    with np.errstate(over="ignore", invalid="ignore"):
        grad_x[...] = grad @ _double(weight).T
        grad_weight[...] = _double(x).T @ grad
        grad_bias[...] = grad.sum(axis=0)


def _double(array: FloatArray) -> FloatArray:
    return array.astype(np.float64, copy=False)
