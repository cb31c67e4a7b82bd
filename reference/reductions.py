"""How the losses of samples become one number, and its gradient that of each loss."""

import math
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.arguments import (
    FloatArray,
    check_choice,
    check_shape,
    is_on_device,
    load_device_arrays,
    read_floats,
)
from reference.backends import load_kernels
from reference.targets import flatten

Doubles = NDArray[np.float64]
Loss = FloatArray | np.float32 | np.float64
REDUCTIONS = ("mean", "sum", "none")


def make_room(shape: tuple[int, ...], like: FloatArray) -> Doubles:
    """Return an array for the losses: float64, but on the device, where like lies, like's dtype.

    What a kernel of float32 puts there need not be wider.
    """
    if isinstance(like, np.ndarray):
        return np.empty(shape)
    return np.empty(shape, like.dtype, like=like)


def reduce(losses: Doubles, reduction: str, dtype: np.dtype[Any]) -> Loss:
    """Return the mean (NaN of none), the sum or all of the losses, rounded to the dtype."""
    if reduction == "none" and isinstance(losses, np.ndarray):
        reduced: Loss = losses.astype(dtype)[()]
    elif reduction == "none" and losses.ndim:
        reduced = losses
    else:
        total = add_up(losses)
        count = losses.size if reduction == "mean" else 1
        reduced = dtype.type(total / count if count else math.nan)
    return reduced


def add_up(losses: Doubles) -> float:
    """Return the sum of the losses, which are added where they lie."""
    if not isinstance(losses, np.ndarray):
        return losses.sum()
    # NumPy's sum takes twice as long.
    total: float = load_kernels("losses", "cpu").reduce_to_sum(flatten(losses))
    return total


def read_grad_output(
    grad_output: ArrayLike,
    reduction: str,
    shape: tuple[int, ...],
    like: FloatArray,
    divisor: float = 1.0,
) -> Doubles:
    """Return the gradient with respect to each loss, of which `shape` were reduced to one.

    It is divided by the divisor too. One number for all is put on the device, if like lies there,
    and not copied to it. The result has one axis.
    """
    check_choice("reduction", reduction, REDUCTIONS)
    size = math.prod(shape)
    count = max(1, size) if reduction == "mean" else 1
    if type(grad_output) is float:
        return fill_like(grad_output / count / divisor, (size,), like)
    grad = read_grad(grad_output, like)
    if grad.ndim > 0:
        if reduction != "none":
            raise ValueError(
                f"grad_output: got shape {grad.shape}, expected a number for the one loss "
                f"of reduction={reduction!r}"
            )
        check_shape("grad_output", grad, shape, "the losses")
    elif not isinstance(like, np.ndarray):
        return fill_like(float(grad) / count / divisor, (size,), like)
    if not isinstance(grad, np.ndarray):
        scaled = grad if divisor == 1.0 else load_device_arrays().scale(grad, 1 / divisor)
        return scaled.reshape(-1)
    share = grad / np.float64(count) / np.float64(divisor)
    return np.ascontiguousarray(np.broadcast_to(share, shape), np.float64).reshape(-1)


def read_grad(grad_output: ArrayLike, like: FloatArray) -> FloatArray:
    """Return the gradient with respect to a loss, on the device where it and like lie there.

    One number comes from there to the host.
    """
    if isinstance(like, np.ndarray) or not is_on_device(grad_output):
        return read_floats(grad_output=grad_output)[0]
    named = {"the loss": like, "grad_output": grad_output}
    grad = load_device_arrays().read_device_floats(named)[1]
    return cast(FloatArray, grad if grad.ndim else grad.copy_to_host())


def fill_like(value: float, shape: tuple[int, ...], like: FloatArray) -> Doubles:
    """Return an array of one number: of float64, or on the device, where like lies."""
    if isinstance(like, np.ndarray):
        filled = np.empty(shape)  # np.full takes three times as long
        filled.fill(value)
        return filled
    return np.full(shape, value, like.dtype, like=like)
