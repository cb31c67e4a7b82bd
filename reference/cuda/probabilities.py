"""softmax and its kin on the GPU: each row is one sample, and some threads of one block compute it.

They read the row to see it from its largest number, then once more to write the result: what they
wrote themselves they would have to read again too. `weights` says how digits are kept, `rows` how
threads share the work.
"""

import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype

from reference.cuda.proof import Proof
from reference.cuda.rows import LAYOUTS, Layout, launch, make_find_row, make_sum_row
from reference.cuda.staging import Stage
from reference.cuda.target import kernel
from reference.cuda.weights import make_exp_of_difference, make_weigh_row


def softmax(out: Any, x: Any) -> None:
    """Fill out (rows, classes) with probabilities; there is at least one class."""
    with Stage() as stage:
        launch(make_softmax, x.dtype, x.shape, stage.write(out), stage.read(x))


def log_softmax(out: Any, x: Any) -> None:
    """Fill out (rows, classes) with the logarithms of the probabilities."""
    with Stage() as stage:
        launch(make_log_softmax, x.dtype, x.shape, stage.write(out), stage.read(x))


def softmax_backward(out: Any, grad_output: Any, x: Any) -> None:
    """Fill out (rows, classes) with the gradient."""
    with Stage() as stage:
        arrays = stage.write(out), stage.read(grad_output), stage.read(x)
        launch(make_softmax_backward, x.dtype, x.shape, *arrays)


def log_softmax_backward(out: Any, grad_output: Any, x: Any) -> None:
    """Fill out (rows, classes) with the gradient."""
    with Stage() as stage:
        arrays = stage.write(out), stage.read(grad_output), stage.read(x)
        launch(make_log_softmax_backward, x.dtype, x.shape, *arrays)


@cache
def make_softmax(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return softmax(out, x)."""
    real, width, find_row = from_dtype(dtype), layout.width, make_find_row(layout)
    weigh_row, exp_of_difference = make_weigh_row(dtype, layout), make_exp_of_difference(dtype)

    @kernel
    def softmax(out: Any, x: Any) -> None:
        row, lane, is_mine = find_row(x.shape[0])
        largest, rest, _ = weigh_row(x, row, lane)
        factor = real(1) / (real(1) + rest)
        if is_mine:
            for k in range(lane, x.shape[1], width):
                out[row, k] = exp_of_difference(x[row, k], largest) * factor

    return softmax


@cache
def make_log_softmax(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return log_softmax(out, x)."""
    real, width, find_row = from_dtype(dtype), layout.width, make_find_row(layout)
    weigh_row = make_weigh_row(dtype, layout)

    @kernel
    def log_softmax(out: Any, x: Any) -> None:
        row, lane, is_mine = find_row(x.shape[0])
        largest, rest, _ = weigh_row(x, row, lane)
        loss = real(math.log1p(rest))
        if is_mine:
            for k in range(lane, x.shape[1], width):
                # Neither term is positive: nothing cancels.
                out[row, k] = (x[row, k] - largest) - loss

    return log_softmax


@cache
def make_softmax_backward(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return softmax_backward(out, grad_output, x)."""
    real, width, find_row = from_dtype(dtype), layout.width, make_find_row(layout)
    weigh_row, exp_of_difference = make_weigh_row(dtype, layout), make_exp_of_difference(dtype)
    sum_row = make_sum_row(dtype, layout)

    @kernel
    def softmax_backward(out: Any, grad_output: Any, x: Any) -> None:
        row, lane, is_mine = find_row(x.shape[0])
        largest, rest, top = weigh_row(x, row, lane)
        factor = real(1) / (real(1) + rest)
        # A constant added to grad_output changes nothing: measured from its value at the largest,
        # the mean holds only what the largest loses.
        origin, total = grad_output[row, top], real(0)
        for k in range(lane, x.shape[1], width):
            weight = exp_of_difference(x[row, k], largest)
            total += weight * (grad_output[row, k] - origin)
        mean = sum_row(total) * factor
        if is_mine:
            for k in range(lane, x.shape[1], width):
                weight = exp_of_difference(x[row, k], largest)
                out[row, k] = weight * factor * ((grad_output[row, k] - origin) - mean)

    return softmax_backward


@cache
def make_log_softmax_backward(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return log_softmax_backward(out, grad_output, x)."""
    real, width, find_row = from_dtype(dtype), layout.width, make_find_row(layout)
    weigh_row, exp_of_difference = make_weigh_row(dtype, layout), make_exp_of_difference(dtype)
    sum_row = make_sum_row(dtype, layout)

    @kernel
    def log_softmax_backward(out: Any, grad_output: Any, x: Any) -> None:
        row, lane, is_mine = find_row(x.shape[0])
        largest, rest, top = weigh_row(x, row, lane)
        factor = real(1) / (real(1) + rest)
        others = real(0)
        for k in range(lane, x.shape[1], width):
            others += grad_output[row, k] if k != top else real(0)
        others = sum_row(others)
        total = grad_output[row, top] + others
        if is_mine:
            for k in range(lane, x.shape[1], width):
                share = exp_of_difference(x[row, k], largest) * factor
                # For the largest the same, with 1 - 1 / (1 + rest) = rest / (1 + rest).
                at_top = (rest * grad_output[row, top] - others) * factor
                out[row, k] = at_top if k == top else grad_output[row, k] - share * total

    return log_softmax_backward


def proofs() -> Iterator[Proof]:
    """Yield every kernel as a GPU runs it, for rows of every length."""
    for real in (float32, float64):
        dtype, array = np.dtype(real.name), real[:, ::1]
        for layout in LAYOUTS:
            about = f"{layout.width} threads a row"
            for make in (make_softmax, make_log_softmax):
                yield Proof(f"{make.__name__[5:]}, {about}", make(dtype, layout), (array,) * 2)
            for make in (make_softmax_backward, make_log_softmax_backward):
                yield Proof(f"{make.__name__[5:]}, {about}", make(dtype, layout), (array,) * 3)
