"""Gradients of the losses on the GPU; grad is with respect to each loss, its share of the mean.

softmax_cross_entropy and its gradient are one kernel, as they share the exponentials: the logits
are read once from memory (and again from a cache, see `rows`), the gradient is written once.
"""

import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype, int32, int64

from reference.cuda.elementwise import as_real, over
from reference.cuda.losses import make_add_losses, make_read_label
from reference.cuda.proof import Proof
from reference.cuda.rows import LAYOUTS, Layout, launch, make_find_row, make_sum_row
from reference.cuda.staging import Stage
from reference.cuda.target import cuda, device_function, kernel
from reference.cuda.weights import make_exp_of_difference, make_weigh_row


def cross_entropy_backward(
    out: Any, predictions: Any, targets: Any, grad: Any, smallest: float
) -> None:
    """Fill out (N, K) from predictions and targets (N, K) and grad (N,)."""
    dtype = out.dtype
    with Stage() as stage:
        arrays = stage.write(out), stage.read(predictions), stage.read(targets, dtype)
        numbers = stage.read(grad, dtype), *as_real(dtype, smallest)
        launch(make_cross_entropy_backward, dtype, out.shape, *arrays, *numbers)


def cross_entropy_backward_of_labels(
    out: Any, predictions: Any, labels: Any, grad: Any, smallest: float
) -> None:
    """Fill out (N, K) from predictions (N, K), each sample's class (N,) and grad (N,)."""
    dtype = out.dtype
    with Stage() as stage:
        arrays = stage.write(out), stage.read(predictions), stage.read(labels)
        numbers = stage.read(grad, dtype), *as_real(dtype, smallest)
        launch(make_cross_entropy_backward_of_labels, dtype, out.shape, *arrays, *numbers)


def binary_cross_entropy_backward(
    out: Any, predictions: Any, targets: Any, grad: Any, smallest: float
) -> None:
    """Fill out from arrays of one axis."""
    dtype = out.dtype
    with Stage() as stage:
        arrays = stage.write(out), stage.read(predictions), stage.read(targets, dtype)
        numbers = stage.read(grad, dtype), *as_real(dtype, smallest)
        over(make_binary_cross_entropy_backward(dtype), out.size)(*arrays, *numbers)


def softmax_cross_entropy_backward(out: Any, logits: Any, targets: Any, grad: Any) -> None:
    """Fill out (N, K) from logits and targets (N, K) and grad (N,)."""
    losses = cuda.device_array(grad.shape[0], out.dtype)
    softmax_cross_entropy_with_gradient(losses, out, logits, targets, grad)


def softmax_cross_entropy_backward_of_labels(out: Any, logits: Any, labels: Any, grad: Any) -> bool:
    """Fill out (N, K) from logits (N, K), each sample's class (N,) and grad (N,).

    Return whether all labels are class indices; if not, what was filled is worthless.
    """
    losses = cuda.device_array(grad.shape[0], out.dtype)
    return softmax_cross_entropy_with_gradient_of_labels(losses, out, logits, labels, grad)


def softmax_cross_entropy_with_gradient(
    losses: Any, out: Any, logits: Any, targets: Any, grad: Any
) -> None:
    """Fill losses (N,) and out (N, K) from logits and targets (N, K) and grad (N,)."""
    dtype = out.dtype
    with Stage() as stage:
        arrays = stage.write(losses, dtype), stage.write(out), stage.read(logits)
        weights = stage.read(targets, dtype), stage.read(grad, dtype)
        launch(make_with_gradient, dtype, out.shape, *arrays, *weights)


def softmax_cross_entropy_with_gradient_of_labels(
    losses: Any, out: Any, logits: Any, labels: Any, grad: Any
) -> bool:
    """Fill losses (N,) and out (N, K) from logits (N, K), each sample's class and grad (N,).

    Return whether all labels are class indices; if not, what was filled is worthless.
    """
    dtype, fault = out.dtype, np.zeros(1, np.int32)
    with Stage() as stage:
        arrays = stage.write(losses, dtype), stage.write(out), stage.read(logits)
        weights = stage.read(labels), stage.read(grad, dtype), stage.update(fault)
        launch(make_with_gradient_of_labels, dtype, out.shape, *arrays, *weights)
    return not fault[0]


@cache
def make_slope(dtype: np.dtype[Any]) -> Any:
    """Return slope(target, p, smallest), for kernels.

    It is the derivative of -target * log(max(p, smallest)).
    """
    real = from_dtype(dtype)

    @device_function
    def slope(target: Any, p: Any, smallest: Any) -> Any:
        if target == real(0) or p < smallest:
            return real(0) * p * target  # a NaN of either stays
        return -target / p

    return slope


@cache
def make_cross_entropy_backward(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return cross_entropy_backward(out, predictions, targets, grad, smallest)."""
    real, width, find_row = from_dtype(dtype), layout.width, make_find_row(layout)
    slope = make_slope(dtype)

    @kernel
    def cross_entropy_backward(
        out: Any, predictions: Any, targets: Any, grad: Any, smallest: Any
    ) -> None:
        row, lane, is_mine = find_row(out.shape[0])
        if is_mine:
            factor = real(grad[row])
            for k in range(lane, out.shape[1], width):
                target = real(targets[row, k])
                out[row, k] = factor * slope(target, predictions[row, k], smallest)

    return cross_entropy_backward


@cache
def make_cross_entropy_backward_of_labels(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return cross_entropy_backward_of_labels(out, predictions, labels, grad, smallest)."""
    real, width, find_row = from_dtype(dtype), layout.width, make_find_row(layout)
    slope = make_slope(dtype)

    @kernel
    def cross_entropy_backward_of_labels(
        out: Any, predictions: Any, labels: Any, grad: Any, smallest: Any
    ) -> None:
        row, lane, is_mine = find_row(out.shape[0])
        if is_mine:
            factor, label = real(grad[row]), labels[row]
            for k in range(lane, out.shape[1], width):
                target = real(1) if k == label else real(0)
                out[row, k] = factor * slope(target, predictions[row, k], smallest)

    return cross_entropy_backward_of_labels


@cache
def make_binary_cross_entropy_backward(dtype: np.dtype[Any]) -> Any:
    """Return binary_cross_entropy_backward(out, predictions, targets, grad, smallest)."""
    real, slope = from_dtype(dtype), make_slope(dtype)

    @kernel
    def binary_cross_entropy_backward(
        out: Any, predictions: Any, targets: Any, grad: Any, smallest: Any
    ) -> None:
        i = cuda.grid(1)
        if i < out.shape[0]:
            p, target = predictions[i], real(targets[i])
            yes = slope(target, p, smallest)
            no = slope(real(1) - target, real(1) - p, smallest)
            out[i] = real(grad[i]) * (yes - no)

    return binary_cross_entropy_backward


@cache
def make_with_gradient(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return with_gradient(losses, out, logits, targets, grad)."""
    real, width, find_row = from_dtype(dtype), layout.width, make_find_row(layout)
    weigh_row, exp_of_difference = make_weigh_row(dtype, layout), make_exp_of_difference(dtype)
    add_losses, sum_row = make_add_losses(dtype, layout), make_sum_row(dtype, layout)

    @kernel
    def with_gradient(losses: Any, out: Any, logits: Any, targets: Any, grad: Any) -> None:
        row, lane, is_mine = find_row(out.shape[0])
        largest, rest, top = weigh_row(logits, row, lane)
        loss, others = add_losses(logits, targets, row, lane, largest, rest, top)
        loss, others = sum_row(loss), sum_row(others)
        total, factor = others + real(targets[row, top]), real(1) / (real(1) + rest)
        share = real(grad[row])
        # For a largest that has nearly all, 1 / (1 + rest) is 1 - rest / (1 + rest).
        is_sure, at_top = rest < real(1), others - total * (rest * factor)
        if is_mine:
            if lane == 0:
                losses[row] = loss
            for k in range(lane, out.shape[1], width):
                weight = exp_of_difference(logits[row, k], largest)
                excess = total * weight * factor - real(targets[row, k])
                out[row, k] = share * (at_top if is_sure and k == top else excess)

    return with_gradient


@cache
def make_with_gradient_of_labels(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return with_gradient_of_labels(losses, out, logits, labels, grad, fault)."""
    real, width, find_row = from_dtype(dtype), layout.width, make_find_row(layout)
    weigh_row, exp_of_difference = make_weigh_row(dtype, layout), make_exp_of_difference(dtype)
    read_label = make_read_label()

    @kernel
    def with_gradient_of_labels(
        losses: Any, out: Any, logits: Any, labels: Any, grad: Any, fault: Any
    ) -> None:
        row, lane, is_mine = find_row(out.shape[0])
        largest, rest, _ = weigh_row(logits, row, lane)
        label = read_label(labels, row, out.shape[1], fault)
        less, factor = largest - logits[row, label], real(1) / (real(1) + rest)
        share = real(grad[row])
        if is_mine:
            if lane == 0:
                losses[row] = less + real(math.log1p(rest))
            for k in range(lane, out.shape[1], width):
                p = exp_of_difference(logits[row, k], largest) * factor
                if k == label:
                    # p - 1; of the largest, whose p may be nearly 1, minus what the others have.
                    p = -(rest * factor) if less == real(0) else p - real(1)
                out[row, k] = share * p

    return with_gradient_of_labels


def proofs() -> Iterator[Proof]:
    """Yield every kernel as a GPU runs it, for rows of every length."""
    for real in (float32, float64):
        dtype, array, matrix, labels = np.dtype(real.name), real[::1], real[:, ::1], int64[::1]
        gradient = make_binary_cross_entropy_backward(dtype)
        yield Proof("binary_cross_entropy_backward", gradient, (array,) * 4 + (real,))
        for layout in LAYOUTS:
            about = f", {layout.width} threads a row"
            soft, sharp = (matrix, matrix, array), (matrix, labels, array)
            gradient = make_cross_entropy_backward(dtype, layout)
            yield Proof("cross_entropy_backward" + about, gradient, (matrix, *soft, real))
            gradient = make_cross_entropy_backward_of_labels(dtype, layout)
            yield Proof(
                "cross_entropy_backward_of_labels" + about, gradient, (matrix, *sharp, real)
            )
            both = make_with_gradient(dtype, layout)
            yield Proof("softmax_cross_entropy_with_gradient" + about, both, (array, matrix, *soft))
            both = make_with_gradient_of_labels(dtype, layout)
            arguments = (array, matrix, *sharp, int32[::1])
            yield Proof("softmax_cross_entropy_with_gradient_of_labels" + about, both, arguments)
