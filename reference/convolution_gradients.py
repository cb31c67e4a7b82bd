"""The gradients of a convolution."""

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import FloatArray, check_shape, read_floats
from reference.backends import load_kernels
from reference.convolution_operands import read_plan
from reference.outputs import empty_beside
from reference.windows import Padding, Pair


def conv2d_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    weight: ArrayLike,
    *,
    stride: int | Pair = 1,
    padding: Padding = 0,
    dilation: int | Pair = 1,
    groups: int = 1,
    accumulator: str = "float64",
    backend: str = "cpu",
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the gradients of the loss with respect to conv2d's images, kernels and bias.

    With G = grad_output, row = i*stride + u*dilation - top and column likewise, each is a sum over
    the windows (i, j):

    grad_x[n, g*C/groups + c, row, column] = sum over o of group g, i, j, u, v of
        weight[o, c, u, v] * G[n, o, i, j]
    grad_weight[o, c, u, v] = sum over n, i, j of
        G[n, o, i, j] * padded x[n, g*C/groups + c, row, column]
    grad_bias[o] = sum over n, i, j of G[n, o, i, j]

    Arguments:
        grad_output: the gradient of the loss with respect to conv2d(x, weight, bias, ...), of its
            shape.
        x: images, shape (N, C, H, W), or one image, shape (C, H, W). N may be 0.
        weight: kernels, shape (O, C/groups, kH, kW).
        stride, padding, dilation, groups, accumulator: as conv2d got them.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: (grad_x, grad_weight, grad_bias) of the shapes of x, of weight and (O,); float32 when
    all arrays are float32, else float64.

    Conventions: the gradients of a batch are summed, not averaged. The gradient does not depend on
    the bias, so the bias is no argument. As in conv2d, a zero of the padding is multiplied like any
    pixel: an infinite G over it makes grad_weight NaN. grad_x has only the terms of the
    formula: what would go to the padding goes nowhere. PyTorch does the same. Sums of float32 are
    added up as in conv2d; grad_bias always in float64.

    Raises ValueError for shapes that do not fit, a kernel larger than the padded input, numbers out
    of range or an unknown backend; TypeError for other dtypes.

    Source: the derivatives of the formula of ELTE, Lecture 3; torch.nn.grad.conv2d_input and
    conv2d_weight.

    >>> x, weight = [[[1, 2], [3, 4]]], [[[[5, 6]]]]
    >>> grad_x, grad_weight, grad_bias = conv2d_backward([[[1], [10]]], x, weight)
    >>> grad_x  # 1 and 10 times the kernel
    array([[[ 5.,  6.],
            [50., 60.]]])
    >>> grad_weight, grad_bias  # 1*1 + 10*3, 1*2 + 10*4; 1 + 10
    (array([[[[31., 42.]]]]), array([11.]))
    """
    grad_output, x, weight = read_floats(backend, grad_output=grad_output, x=x, weight=weight)
    plan = read_plan(x, weight, stride, padding, dilation, groups, accumulator, backend)
    check_shape("grad_output", grad_output, plan.shape[4 - x.ndim :], "conv2d(x, weight)")
    kernels = load_kernels("convolution_gradients", backend)
    grads = np.empty_like(x), np.empty_like(weight), empty_beside(weight.shape[:1], x)
    grad_x, *others = grads
    batch = [a if x.ndim == 4 else a[np.newaxis] for a in (grad_x, grad_output, x)]
    kernels.conv2d_backward(batch[0], *others, *batch[1:], weight, plan.steps, accumulator)
    return grads
