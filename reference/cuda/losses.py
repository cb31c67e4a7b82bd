"""Loss functions on the GPU: one loss for each sample, a row, or for each element.

They are computed in the dtype of the predictions, also where `out` is float64 in memory: a loss is
a sum of terms that are not negative, so nothing cancels. Targets are float64 where they come from;
to a kernel of float32 they go as float32, which is half of what has to be copied.
"""

import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype, int32, int64

from reference.cuda.elementwise import as_real, over
from reference.cuda.proof import Proof
from reference.cuda.rows import LAYOUTS, Layout, launch, make_find_row, make_sum_row
from reference.cuda.staging import Stage
from reference.cuda.target import cuda, device_function, kernel
from reference.cuda.weights import make_weigh_row


def cross_entropy(
    out: Any, predictions: Any, targets: Any, smallest: float, log_base: float
) -> None:
    """Fill out (N,) from predictions and targets (N, K)."""
    dtype = predictions.dtype
    with Stage() as stage:
        arrays = stage.write(out, dtype), stage.read(predictions), stage.read(targets, dtype)
        numbers = as_real(dtype, smallest, log_base)
        launch(make_cross_entropy, dtype, predictions.shape, *arrays, *numbers)


def cross_entropy_of_labels(
    out: Any, predictions: Any, labels: Any, smallest: float, log_base: float
) -> None:
    """Fill out (N,) from predictions (N, K) and the index of each sample's class (N,)."""
    dtype = predictions.dtype
    with Stage() as stage:
        arrays = stage.write(out, dtype), stage.read(predictions), stage.read(labels)
        numbers = as_real(dtype, smallest, log_base)
        launch(make_cross_entropy_of_labels, dtype, predictions.shape, *arrays, *numbers)


def binary_cross_entropy(
    out: Any, predictions: Any, targets: Any, smallest: float, log_base: float
) -> None:
    """Fill out from predictions and targets, arrays of one axis."""
    dtype = predictions.dtype
    with Stage() as stage:
        arrays = stage.write(out, dtype), stage.read(predictions), stage.read(targets, dtype)
        numbers = as_real(dtype, smallest, log_base)
        over(make_binary_cross_entropy(dtype), out.size)(*arrays, *numbers)


def softmax_cross_entropy(out: Any, logits: Any, targets: Any) -> None:
    """Fill out (N,) from logits and targets (N, K)."""
    dtype = logits.dtype
    with Stage() as stage:
        arrays = stage.write(out, dtype), stage.read(logits), stage.read(targets, dtype)
        launch(make_softmax_cross_entropy, dtype, logits.shape, *arrays)


def softmax_cross_entropy_of_labels(out: Any, logits: Any, labels: Any) -> bool:
    """Fill out (N,) from logits (N, K) and the index of each sample's class (N,).

    Return whether all labels are class indices; if not, what was filled is worthless.
    """
    fault = np.zeros(1, np.int32)
    with Stage() as stage:
        arrays = stage.write(out, logits.dtype), stage.read(logits), stage.read(labels)
        make = make_softmax_cross_entropy_of_labels
        launch(make, logits.dtype, logits.shape, *arrays, stage.update(fault))
    return not fault[0]


@cache
def make_log(dtype: np.dtype[Any]) -> Any:
    """Return log(prediction, smallest), for kernels: of what is smaller, that of the smallest."""
    real = from_dtype(dtype)

    @device_function
    def log(prediction: Any, smallest: Any) -> Any:
        # Written so that a NaN, which compares false, passes.
        return real(math.log(smallest if prediction < smallest else prediction))

    return log


@cache
def make_read_label() -> Any:
    """Return read_label(labels, row, classes, fault), for kernels; fault[0] = 1 if it is no class.

    Threads that find a fault all write the same number, so it does not matter which is last.
    """

    @device_function
    def read_label(labels: Any, row: Any, classes: Any, fault: Any) -> Any:
        label = labels[row]
        if 0 <= label < classes:
            return label
        fault[0] = 1
        return int64(0)

    return read_label


@cache
def make_cross_entropy(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return cross_entropy(out, predictions, targets, smallest, log_base)."""
    real, width, find_row = from_dtype(dtype), layout.width, make_find_row(layout)
    log, sum_row = make_log(dtype), make_sum_row(dtype, layout)

    @kernel
    def cross_entropy(
        out: Any, predictions: Any, targets: Any, smallest: Any, log_base: Any
    ) -> None:
        row, lane, is_mine = find_row(predictions.shape[0])
        total = real(0)
        for k in range(lane, predictions.shape[1], width):
            total -= real(targets[row, k]) * log(predictions[row, k], smallest)
        total = sum_row(total)
        if is_mine and lane == 0:
            out[row] = total / log_base

    return cross_entropy


@cache
def make_cross_entropy_of_labels(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return cross_entropy_of_labels(out, predictions, labels, smallest, log_base)."""
    real, width, find_row = from_dtype(dtype), layout.width, make_find_row(layout)
    log, sum_row = make_log(dtype), make_sum_row(dtype, layout)

    @kernel
    def cross_entropy_of_labels(
        out: Any, predictions: Any, labels: Any, smallest: Any, log_base: Any
    ) -> None:
        row, lane, is_mine = find_row(predictions.shape[0])
        total = real(0)
        for k in range(lane, predictions.shape[1], width):
            p = predictions[row, k]
            # One-hot targets multiply the other classes by 0, which only a NaN survives.
            if k == labels[row] or p != p:
                total -= log(p, smallest)
        total = sum_row(total)
        if is_mine and lane == 0:
            out[row] = total / log_base

    return cross_entropy_of_labels


@cache
def make_binary_cross_entropy(dtype: np.dtype[Any]) -> Any:
    """Return binary_cross_entropy(out, predictions, targets, smallest, log_base)."""
    real, log = from_dtype(dtype), make_log(dtype)

    @kernel
    def binary_cross_entropy(
        out: Any, predictions: Any, targets: Any, smallest: Any, log_base: Any
    ) -> None:
        i = cuda.grid(1)
        if i < out.shape[0]:
            p, target = predictions[i], real(targets[i])
            no = real(math.log(smallest) if p == real(1) else math.log1p(-p))
            # From 0 on, not with a minus in front: a right certainty costs 0.0, not -0.0.
            loss = real(0) - target * log(p, smallest) - (real(1) - target) * no
            out[i] = loss / log_base

    return binary_cross_entropy


@cache
def make_softmax_cross_entropy(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return softmax_cross_entropy(out, logits, targets)."""
    find_row, weigh_row = make_find_row(layout), make_weigh_row(dtype, layout)
    add_losses, sum_row = make_add_losses(dtype, layout), make_sum_row(dtype, layout)

    @kernel
    def softmax_cross_entropy(out: Any, logits: Any, targets: Any) -> None:
        row, lane, is_mine = find_row(logits.shape[0])
        largest, rest, top = weigh_row(logits, row, lane)
        loss, _ = add_losses(logits, targets, row, lane, largest, rest, top)
        loss = sum_row(loss)
        if is_mine and lane == 0:
            out[row] = loss

    return softmax_cross_entropy


@cache
def make_add_losses(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return add_losses(logits, targets, row, lane, largest, rest, top), for kernels.

    It is what a thread finds: its part of the row's loss, and of the targets but that at the top.
    """
    real, width = from_dtype(dtype), layout.width

    @device_function
    def add_losses(
        logits: Any, targets: Any, row: Any, lane: Any, largest: Any, rest: Any, top: Any
    ) -> Any:
        least, others = real(math.log1p(rest)), real(0)
        loss = real(0) * rest  # NaN without probabilities
        for k in range(lane, logits.shape[1], width):
            target = real(targets[row, k])
            if target != real(0):
                loss += target * ((largest - logits[row, k]) + least)
            others += target if k != top else real(0)
        return loss, others

    return add_losses


@cache
def make_softmax_cross_entropy_of_labels(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return softmax_cross_entropy_of_labels(out, logits, labels, fault)."""
    real, find_row = from_dtype(dtype), make_find_row(layout)
    weigh_row, read_label = make_weigh_row(dtype, layout), make_read_label()

    @kernel
    def softmax_cross_entropy_of_labels(out: Any, logits: Any, labels: Any, fault: Any) -> None:
        row, lane, is_mine = find_row(logits.shape[0])
        largest, rest, _ = weigh_row(logits, row, lane)
        if is_mine and lane == 0:
            label = read_label(labels, row, logits.shape[1], fault)
            out[row] = (largest - logits[row, label]) + real(math.log1p(rest))

    return softmax_cross_entropy_of_labels


def proofs() -> Iterator[Proof]:
    """Yield every kernel as a GPU runs it, for rows of every length."""
    for real in (float32, float64):
        dtype, array, matrix, labels = np.dtype(real.name), real[::1], real[:, ::1], int64[::1]
        binary = make_binary_cross_entropy(dtype)
        yield Proof("binary_cross_entropy", binary, (array,) * 3 + (real,) * 2)
        for layout in LAYOUTS:
            about, numbers = f", {layout.width} threads a row", (real, real)
            soft, sharp = (array, matrix, matrix), (array, matrix, labels)
            loss = make_cross_entropy(dtype, layout)
            yield Proof("cross_entropy" + about, loss, soft + numbers)
            loss = make_cross_entropy_of_labels(dtype, layout)
            yield Proof("cross_entropy_of_labels" + about, loss, sharp + numbers)
            loss = make_softmax_cross_entropy(dtype, layout)
            yield Proof("softmax_cross_entropy" + about, loss, soft)
            loss = make_softmax_cross_entropy_of_labels(dtype, layout)
            yield Proof("softmax_cross_entropy_of_labels" + about, loss, (*sharp, int32[::1]))
