"""Activation functions of each element by itself, and their gradients."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import FloatArray, check_shape, read_floats, read_number
from reference.backends import load_kernels


def sigmoid(x: ArrayLike, *, backend: str = "cpu") -> FloatArray:
    """Return the logistic function 1 / (1 + exp(-x)) of each element.

    For negative x it is computed as exp(x) / (1 + exp(x)), which is the same number and neither
    overflows nor loses digits.

    Arguments:
        x: any shape, also a single number.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 for float32, else float64.

    Conventions: sigmoid(-inf) is 0, sigmoid(inf) is 1, sigmoid(NaN) is NaN. In float64 the result
    is 1 from x = 37 on, and 0 only below x = -745.

    Raises ValueError for an unknown backend; TypeError for other dtypes.

    Source: ELTE, Lecture 3, and BME, case network-logistic-regression (class 1 when sigmoid(x) >
    0.5: 0.73, the sigmoid of 1, is a cat); torch.nn.functional.sigmoid.

    >>> sigmoid([0.0, 1.0, -1.0]).round(2)
    array([0.5 , 0.73, 0.27])
    """
    (x,) = read_floats(backend, x=x)
    return _compute(load_kernels("activations", backend).sigmoid, x)


def tanh(x: ArrayLike, *, backend: str = "cpu") -> FloatArray:
    """Return the hyperbolic tangent (exp(x) - exp(-x)) / (exp(x) + exp(-x)) of each element.

    Arguments:
        x: any shape, also a single number.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 for float32, else float64.

    Conventions: tanh(-inf) is -1, tanh(inf) is 1, tanh(NaN) is NaN.

    Raises ValueError for an unknown backend; TypeError for other dtypes.

    Source: the lectures' list of activation functions; torch.nn.functional.tanh.

    >>> tanh([0.0, 1.0, -1.0]).round(2)
    array([ 0.  ,  0.76, -0.76])
    """
    (x,) = read_floats(backend, x=x)
    return _compute(load_kernels("activations", backend).tanh, x)


def relu(x: ArrayLike, *, backend: str = "cpu") -> FloatArray:
    """Return x where it is positive and 0 where it is not: max(x, 0).

    Arguments:
        x: any shape, also a single number.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 for float32, else float64.

    Conventions: relu(NaN) is NaN. relu(-0.0) is -0.0, which equals 0 (PyTorch does the same).

    Raises ValueError for an unknown backend; TypeError for other dtypes.

    Source: UFV, Lecture 04, case ufv-relu-map; torch.nn.functional.relu.

    >>> relu([[-12, 27], [0, 0.5]])
    array([[ 0. , 27. ],
           [ 0. ,  0.5]])
    """
    (x,) = read_floats(backend, x=x)
    return _compute(load_kernels("activations", backend).relu, x)


def leaky_relu(x: ArrayLike, negative_slope: float = 0.01, *, backend: str = "cpu") -> FloatArray:
    """Return x where it is positive and negative_slope * x where it is not.

    Arguments:
        x: any shape, also a single number.
        negative_slope: a finite number, gamma in the lecture. Usually from 0 to 1, but any will do.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 for float32, else float64.

    Conventions: leaky_relu(NaN) is NaN, as is leaky_relu(-inf) with a slope of 0 (PyTorch does the
    same). The slope is not rounded to float32.

    Raises ValueError for a slope that is not finite or an unknown backend; TypeError for other
    dtypes.

    Source: the lectures' list of activation functions: gamma*x for x <= 0, x for x > 0;
    torch.nn.functional.leaky_relu.

    >>> leaky_relu([-2.0, 0.0, 3.0], 0.25)
    array([-0.5,  0. ,  3. ])
    """
    (x,) = read_floats(backend, x=x)
    slope = read_number("negative_slope", negative_slope)
    return _compute(load_kernels("activations", backend).leaky_relu, x, whole=(slope,))


def sigmoid_backward(grad_output: ArrayLike, x: ArrayLike, *, backend: str = "cpu") -> FloatArray:
    """Return the gradient of the loss with respect to x, given that with respect to sigmoid(x).

    grad_x = grad_output * s * (1 - s)     with s = sigmoid(x)

    It is computed with sigmoid(-x) for 1 - s, which keeps its digits where s is nearly 1.

    Arguments:
        grad_output: the gradient of the loss with respect to sigmoid(x), of the shape of x.
        x: the argument of sigmoid (not its result).
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 when both arrays are float32, else float64.

    Conventions: where x is infinite the slope is 0; where it is NaN so is the gradient.

    Raises ValueError for shapes that differ or an unknown backend; TypeError for other dtypes.

    Source: the derivative of the sigmoid of ELTE, Lecture 3, and BME; torch.autograd.

    >>> sigmoid_backward([1.0, 2.0], [0.0, 0.0])  # 1/2 * (1 - 1/2), once and twice
    array([0.25, 0.5 ])
    """
    grad_output, x = _read_gradient(grad_output, x, backend)
    return _compute(load_kernels("activations", backend).sigmoid_backward, grad_output, x)


def tanh_backward(grad_output: ArrayLike, x: ArrayLike, *, backend: str = "cpu") -> FloatArray:
    """Return the gradient of the loss with respect to x, given that with respect to tanh(x).

    grad_x = grad_output * (1 - tanh(x)^2)

    It is computed with 1 / cosh(x)^2 for 1 - tanh(x)^2, which keeps its digits where tanh(x) is
    nearly 1 or -1.

    Arguments:
        grad_output: the gradient of the loss with respect to tanh(x), of the shape of x.
        x: the argument of tanh (not its result).
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 when both arrays are float32, else float64.

    Conventions: where x is infinite the slope is 0; where it is NaN so is the gradient.

    Raises ValueError for shapes that differ or an unknown backend; TypeError for other dtypes.

    Source: the derivative of the lectures' tanh; torch.autograd.

    >>> tanh_backward([1.0, 2.0], [0.0, 0.0])
    array([1., 2.])
    """
    grad_output, x = _read_gradient(grad_output, x, backend)
    return _compute(load_kernels("activations", backend).tanh_backward, grad_output, x)


def relu_backward(grad_output: ArrayLike, x: ArrayLike, *, backend: str = "cpu") -> FloatArray:
    """Return the gradient of the loss with respect to x, given that with respect to relu(x).

    grad_x = grad_output where x > 0, else 0

    Arguments:
        grad_output: the gradient of the loss with respect to relu(x), of the shape of x.
        x: the argument of relu.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 when both arrays are float32, else float64.

    Conventions: at 0, where relu has no derivative, the gradient is 0. Where x <= 0 it is 0
    whatever grad_output is, also infinite or NaN. PyTorch does the same; but where x is NaN, it
    returns grad_output, and here the gradient is NaN.

    Raises ValueError for shapes that differ or an unknown backend; TypeError for other dtypes.

    Source: the derivative of the relu of UFV, Lecture 04, 0 for x <= 0; NCU, Lecture of 2023-10-12
    (dZ1 = dA1 * relu'(Z1)); torch.autograd.

    >>> relu_backward([5.0, 6.0, 7.0], [-1.0, 0.0, 2.0])
    array([0., 0., 7.])
    """
    grad_output, x = _read_gradient(grad_output, x, backend)
    return _compute(load_kernels("activations", backend).relu_backward, grad_output, x)


def leaky_relu_backward(
    grad_output: ArrayLike, x: ArrayLike, negative_slope: float = 0.01, *, backend: str = "cpu"
) -> FloatArray:
    """Return the gradient of the loss with respect to x, given that with respect to leaky_relu(x).

    grad_x = grad_output where x > 0, else negative_slope * grad_output

    Arguments:
        grad_output: the gradient of the loss with respect to leaky_relu(x, negative_slope), of the
            shape of x.
        x: the argument of leaky_relu.
        negative_slope: a finite number, as leaky_relu got it.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 when both arrays are float32, else float64.

    Conventions: at 0, where leaky_relu has no derivative, the slope is negative_slope (PyTorch does
    the same). Where x is NaN, PyTorch takes negative_slope too; here the gradient is NaN.

    Raises ValueError for shapes that differ, a slope that is not finite or an unknown backend;
    TypeError for other dtypes.

    Source: the derivative of the lectures' leaky relu, gamma for x <= 0; torch.autograd.

    >>> leaky_relu_backward([8.0, 8.0, 8.0], [-1.0, 0.0, 2.0], 0.25)
    array([2., 2., 8.])
    """
    grad_output, x = _read_gradient(grad_output, x, backend)
    slope = read_number("negative_slope", negative_slope)
    kernels = load_kernels("activations", backend)
    return _compute(kernels.leaky_relu_backward, grad_output, x, whole=(slope,))


def _read_gradient(
    grad_output: ArrayLike, x: ArrayLike, backend: str
) -> tuple[FloatArray, FloatArray]:
    grad_output, x = read_floats(backend, grad_output=grad_output, x=x)
    check_shape("grad_output", grad_output, x.shape, "x")
    return grad_output, x


def _compute(
    kernel: Callable[..., object], *arrays: FloatArray, whole: tuple[float, ...] = ()
) -> FloatArray:
    """Return what the kernel makes of the arrays' elements, whatever their shape."""
    out = np.empty_like(arrays[0])
    flat = [out, *arrays] if out.ndim == 1 else [array.reshape(-1) for array in (out, *arrays)]
    kernel(*flat, *whole)
    return out
