"""The gradients of a convolution on the CPU: by the formulas where it is small, else in tiles."""

import numpy as np
from numpy.typing import DTypeLike

from reference.arguments import FloatArray
from reference.cpu.convolution import SMALL
from reference.cpu.image_layout import find_layout, lay_out, lay_together, put_back
from reference.cpu.input_gradients import fill_grad_x
from reference.cpu.instructions import add_in_any_order
from reference.cpu.jit import jit
from reference.cpu.plain_convolution import spread_plainly, weigh_plainly
from reference.cpu.weight_gradients import fill_grad_weight
from reference.threads import share
from reference.windows import FlatSteps


def conv2d_backward(
    grad_x: FloatArray,
    grad_weight: FloatArray,
    grad_bias: FloatArray,
    grad_output: FloatArray,
    x: FloatArray,
    weight: FloatArray,
    steps: FlatSteps,
    accumulator: DTypeLike,
) -> None:
    """Fill the gradients of a convolution of x (N, C, H, W)."""
    work = grad_output.size * weight[0].size
    _add_up(grad_bias, grad_output)
    if work <= SMALL:
        weigh_plainly(grad_weight, grad_output, x, steps)
        spread_plainly(grad_x, grad_output, weight, steps)
        return
    wide = weight.astype(np.result_type(weight, np.dtype(accumulator)), copy=False)
    _fill(grad_x, grad_weight, grad_output, x, wide, steps)
    # The one that is not as large is asked first: a weight that is not finite shows in grad_x.
    if not _are_finite(min(weight, grad_x, key=np.size)) and not _are_finite(weight):
        share(spread_plainly, work, (grad_x, grad_output), weight, steps)


def _fill(
    grad_x: FloatArray,
    grad_weight: FloatArray,
    grad_output: FloatArray,
    x: FloatArray,
    weight: FloatArray,
    flat_steps: FlatSteps,
) -> None:
    """Fill grad_x and grad_weight in tiles, from finite weights."""
    shapes = x.shape, grad_output.shape, weight.shape
    layout, groups = find_layout(*shapes, weight.itemsize, flat_steps)
    images, kernels = lay_out(x, layout), weight.reshape(len(weight), *layout.kernel)
    grads = lay_together(grad_output) if layout.is_together else grad_output
    is_wide = grad_weight.dtype == kernels.dtype
    sums = grad_weight.reshape(kernels.shape) if is_wide else np.empty_like(kernels)
    fill_grad_weight(sums, grads, images, layout.steps, groups)
    if not is_wide:
        grad_weight[...] = sums.reshape(grad_weight.shape)
    if layout.is_together or images.size < x.size:
        grad_images = np.empty(images.shape, x.dtype)
        fill_grad_x(grad_images, grads, kernels, layout.steps, groups)
        put_back(grad_x, grad_images, layout)
    else:
        fill_grad_x(grad_x.reshape(images.shape), grads, kernels, layout.steps, groups)


@jit
def _are_finite(array: FloatArray) -> bool:
    """Return whether no number is NaN or infinite: zero times each is zero."""
    total, numbers = 0.0, array.reshape(array.size)
    for i in range(numbers.size):
        total = add_in_any_order(total, 0.0 * np.float64(numbers[np.uintp(i)]))
    return total == 0.0


@jit
def _add_up(grad_bias: FloatArray, grad_output: FloatArray) -> None:
    """Fill grad_bias with the sums of the planes of grad_output (N, O, H', W')."""
    kernels, area = grad_bias.size, grad_output.shape[2] * grad_output.shape[3]
    numbers, totals = grad_output.reshape(grad_output.size), np.zeros(kernels)
    for plane in range(grad_output.shape[0] * kernels):
        part = 0.0
        for p in range(area):
            part = add_in_any_order(part, np.float64(numbers[np.uintp(plane * area + p)]))
        totals[np.uintp(plane % kernels)] += part
    for o in range(kernels):
        grad_bias[o] = totals[o]
