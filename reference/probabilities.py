"""softmax and log_softmax: probabilities from logits, along one axis, and their gradients."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import FloatArray, check_shape, read_floats, read_integer
from reference.backends import load_kernels


def softmax(x: ArrayLike, axis: int = -1, *, backend: str = "cpu") -> FloatArray:
    """Return the probabilities exp(x_i) / sum_k exp(x_k) along one axis.

    They are computed as exp(x_i - m) / sum_k exp(x_k - m) with m = max_k x_k, which is the same
    number and does not overflow, whatever finite values x has.

    Arguments:
        x: logits, any shape of at least one axis, which may be empty.
        axis: the axis of the classes, along which the result sums to 1; negative counts from the
            end.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 for float32, else float64.

    Conventions: the last axis by default, one row for each sample. A class of -inf has probability
    0. A NaN, a +inf, or nothing but -inf along the axis makes everything along it NaN (PyTorch
    does the same).

    Raises ValueError for an axis that x does not have or an unknown backend; TypeError for other
    dtypes.

    Source: ELTE, Lecture 3, cases elte-softmax-correct and elte-softmax-wrong; UFV, Lecture 04,
    case ufv-softmax.

    >>> softmax([0.0, 0.0])
    array([0.5, 0.5])
    >>> softmax([4, 2, 8]).round(2)
    array([0.02, 0.  , 0.98])
    """
    (x,) = read_floats(backend, x=x)
    return _compute_along(axis, load_kernels("probabilities", backend).softmax, x)


def log_softmax(x: ArrayLike, axis: int = -1, *, backend: str = "cpu") -> FloatArray:
    """Return the logarithms of the probabilities of softmax, x_i - ln(sum_k exp(x_k)).

    They are computed as (x_i - m) - ln(sum_k exp(x_k - m)) with m = max_k x_k, and the logarithm as
    log1p of the sum without the largest. So they are exact to the last digits where ln(softmax(x))
    is -inf, because the probability is too small for a float, or 0, because it is nearly 1.

    Arguments:
        x: logits, any shape of at least one axis, which may be empty.
        axis: the axis of the classes, along which exp(result) sums to 1; negative counts from the
            end.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 for float32, else float64. No element is positive.

    Conventions: the natural logarithm; the last axis by default, one row for each sample. A class
    of -inf stays -inf. A NaN, a +inf, or nothing but -inf along the axis makes everything along it
    NaN (PyTorch does the same).

    Raises ValueError for an axis that x does not have or an unknown backend; TypeError for other
    dtypes.

    Source: the logarithm of ELTE's and UFV's softmax (case ufv-softmax: -0.8 - ln(413.5599));
    torch.nn.functional.log_softmax.

    >>> log_softmax([0.0, 0.0])  # ln(1/2)
    array([-0.69314718, -0.69314718])
    >>> log_softmax([0.0, -1000.0])
    array([    0., -1000.])
    """
    (x,) = read_floats(backend, x=x)
    return _compute_along(axis, load_kernels("probabilities", backend).log_softmax, x)


def softmax_backward(
    grad_output: ArrayLike, x: ArrayLike, axis: int = -1, *, backend: str = "cpu"
) -> FloatArray:
    """Return the gradient of the loss with respect to x, given that with respect to softmax(x).

    grad_x_i = p_i * (grad_output_i - sum_k p_k * grad_output_k)     with p = softmax(x)

    Arguments:
        grad_output: the gradient of the loss with respect to softmax(x, axis), of the shape of x.
        x: the logits, as softmax got them (not its result).
        axis: the axis of the classes; negative counts from the end.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 when both arrays are float32, else float64. It sums to 0 along
    the axis.

    Conventions: where softmax(x) is NaN, so is the gradient. A NaN in grad_output makes everything
    along the axis NaN; an infinity makes it infinite or NaN.

    Raises ValueError for shapes that differ, an axis that x does not have or an unknown backend;
    TypeError for other dtypes.

    Source: the derivative dp_i/dx_k = p_i * ((i == k) - p_k) of ELTE's and UFV's softmax;
    torch.autograd.

    >>> softmax_backward([1.0, 0.0], [3.0, 3.0])  # p = 1/2: 1/2 * (1 - 1/2) and 1/2 * (0 - 1/2)
    array([ 0.25, -0.25])
    """
    grad_output, x = read_floats(backend, grad_output=grad_output, x=x)
    axis = _read_axis(axis, x)
    check_shape("grad_output", grad_output, x.shape, "x")
    kernels = load_kernels("probabilities", backend)
    return _compute_along(axis, kernels.softmax_backward, grad_output, x)


def log_softmax_backward(
    grad_output: ArrayLike, x: ArrayLike, axis: int = -1, *, backend: str = "cpu"
) -> FloatArray:
    """Return the gradient of the loss with respect to x, given that with respect to log_softmax(x).

    grad_x_i = grad_output_i - p_i * sum_k grad_output_k     with p = softmax(x)

    Arguments:
        grad_output: the gradient of the loss with respect to log_softmax(x, axis), of the shape of
            x.
        x: the logits, as log_softmax got them (not its result).
        axis: the axis of the classes; negative counts from the end.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 when both arrays are float32, else float64. It sums to 0 along
    the axis.

    Conventions: where log_softmax(x) is NaN, so is the gradient. A NaN in grad_output makes
    everything along the axis NaN; an infinity makes it infinite or NaN. A class of -inf, whose
    probability is 0, has the gradient grad_output_i.

    Raises ValueError for shapes that differ, an axis that x does not have or an unknown backend;
    TypeError for other dtypes.

    Source: the derivative dln(p_i)/dx_k = (i == k) - p_k of ELTE's and UFV's softmax; with
    grad_output = -target it is the p - target of cross-entropy; torch.autograd.

    >>> log_softmax_backward([0.0, -1.0], [3.0, 3.0])  # p - target
    array([ 0.5, -0.5])
    """
    grad_output, x = read_floats(backend, grad_output=grad_output, x=x)
    axis = _read_axis(axis, x)
    check_shape("grad_output", grad_output, x.shape, "x")
    kernels = load_kernels("probabilities", backend)
    return _compute_along(axis, kernels.log_softmax_backward, grad_output, x)


def _compute_along(axis: int, kernel: Callable[..., object], *arrays: FloatArray) -> FloatArray:
    """Return what the kernel makes of the arrays' rows, a row being what lies along the axis."""
    last = arrays[0].ndim - 1
    if type(axis) is not int or axis not in (-1, last) or last < 0:
        position = _read_axis(axis, arrays[0])
        if position % (last + 1) != last:
            return _compute_across(position, kernel, *arrays)
    out = np.empty_like(arrays[0])
    if out.size and last == 1:  # as most are
        kernel(out, *arrays)
    elif out.size:  # a row of no classes has no largest
        kernel(*(array.reshape(-1, out.shape[-1]) for array in (out, *arrays)))
    return out


def _read_axis(axis: object, x: FloatArray) -> int:
    if x.ndim == 0:
        raise ValueError("x: got a single number, expected an array of at least one axis")
    position = read_integer("axis", axis)
    if not -x.ndim <= position < x.ndim:
        raise ValueError(
            f"axis: got {position}, expected {-x.ndim} to {x.ndim - 1} for x of shape {x.shape}"
        )
    return position


def _compute_across(axis: int, kernel: Callable[..., object], *arrays: FloatArray) -> FloatArray:
    backend = "cpu" if isinstance(arrays[0], np.ndarray) else "cuda"
    moved = read_floats(backend, **{str(i): np.moveaxis(a, axis, -1) for i, a in enumerate(arrays)})
    moved_out = np.moveaxis(_compute_along(-1, kernel, *moved), -1, axis)
    (out,) = read_floats(backend, out=moved_out)
    return out
