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

Doubles = NDArray[np.float64]
Loss = FloatArray | np.float32 | np.float64
REDUCTIONS = ("mean", "sum", "none")


def make_room(shape: tuple[int, ...], like: FloatArray) -> Doubles:
    """Return an array for the losses: float64, but on the device, where like lies, like's dtype.

    What a kernel of float32 puts there need not be wider.
    """
    if type(like) is np.ndarray:
        return np.empty(shape)
    return np.empty(shape, like.dtype, like=like)


def reduce(losses: Doubles, reduction: str, dtype: np.dtype[Any]) -> Loss:
    """Return the mean (NaN of none), the sum or all of the losses, rounded to the dtype."""
    if reduction == "mean":
        reduced: Loss = dtype.type(add_up(losses) / losses.size if losses.size else math.nan)
    elif reduction == "sum":
        reduced = dtype.type(add_up(losses))
    elif isinstance(losses, np.ndarray):
        reduced = losses.astype(dtype)[()]
    else:
        reduced = losses if losses.ndim else dtype.type(add_up(losses))
    return reduced


def add_up(losses: Doubles) -> float:
    """Return the sum of the losses, which are added where they lie."""
    if type(losses) is not np.ndarray:
        return float(losses.sum())
    flat = losses if losses.ndim == 1 else losses.reshape(-1)
    total: float = load_kernels("losses", "cpu").reduce_to_sum(flat)  # in half of NumPy's time
    return total


def share_out(
    grad: float, reduction: str, count: int, like: FloatArray, backend: str
) -> Doubles | float:
    """Return the gradient with respect to each of count losses, of which one was made.

    It is one number for all; for kernels of the GPU an array, put where like lies and not copied.
    """
    check_choice("reduction", reduction, REDUCTIONS)
    share = grad / max(1, count) if reduction == "mean" else grad
    return share if backend == "cpu" else fill_like(share, (count,), like)


def read_grad_output(
    grad_output: ArrayLike,
    reduction: str,
    shape: tuple[int, ...],
    like: FloatArray,
    backend: str,
    divisor: float = 1.0,
) -> Doubles | float:
    """Return the gradient with respect to each loss, of which `shape` were reduced to one.

    It is divided by the divisor too. It is an array with one axis, or what share_out returns.
    """
    size = math.prod(shape)
    if type(grad_output) is float:
        return share_out(grad_output / divisor, reduction, size, like, backend)
    check_choice("reduction", reduction, REDUCTIONS)
    count = max(1, size) if reduction == "mean" else 1
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
