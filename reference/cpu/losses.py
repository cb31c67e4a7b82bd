"""Loss functions on the CPU: one loss for each sample, in float64 whatever the predictions are."""

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.instructions import add_in_any_order
from reference.cpu.jit import inlined, jit
from reference.cpu.logarithms import log, log_of_rest
from reference.cpu.row_weights import count_rows, make_room, share_rows, weigh_rows
from reference.cpu.sample_losses import are_classes, lose, lose_singles, sum_losses
from reference.cpu.single_weights import count_summed, sum_singles
from reference.cpu.sums import CHUNK, add
from reference.threads import share

Doubles = NDArray[np.float64]


def cross_entropy(
    out: Doubles, predictions: FloatArray, targets: Doubles, smallest: float, log_base: float
) -> None:
    """Fill out (N,) from predictions and targets (N, K)."""
    share(_cross_entropy, predictions.size / 2, (out, predictions, targets), smallest, log_base)


def cross_entropy_of_labels(
    out: Doubles, predictions: FloatArray, labels: IntegerArray, smallest: float, log_base: float
) -> None:
    """Fill out (N,) from predictions (N, K) and the index of each sample's class (N,)."""
    share(
        _cross_entropy_of_labels,
        predictions.size / 8,
        (out, predictions, labels),
        smallest,
        log_base,
    )


def binary_cross_entropy(
    out: Doubles, predictions: FloatArray, targets: Doubles, smallest: float, log_base: float
) -> None:
    """Fill out from predictions and targets, arrays of one axis."""
    share(_binary_cross_entropy, out.size, (out, predictions, targets), smallest, log_base)


def softmax_cross_entropy(out: Doubles, logits: FloatArray, targets: Doubles) -> None:
    """Fill out (N,) from logits and targets (N, K)."""
    share(_softmax_cross_entropy, logits.size, (out, logits, targets))


def softmax_cross_entropy_of_labels(out: Doubles, logits: FloatArray, labels: IntegerArray) -> bool:
    """Fill out (N,) from logits (N, K) and the index of each sample's class (N,).

    Return whether all labels are class indices; if not, what was filled is worthless.
    """
    kernels = _softmax_cross_entropy_of_labels, _softmax_cross_entropy_of_singles
    return share_rows(*kernels, logits.size / 2, (out,), logits, (labels,))


@jit
def reduce_to_sum(losses: Doubles) -> float:
    """Return the sum of losses of one axis."""
    total, lost = 0.0, 0.0
    for start in range(0, losses.size, CHUNK):
        part = 0.0
        for i in range(min(CHUNK, losses.size - start)):
            part = add_in_any_order(part, losses[np.uintp(start + i)])
        total, lost = add(total, lost, part)
    return total


@jit
def _cross_entropy(
    out: Doubles, predictions: FloatArray, targets: Doubles, smallest: float, log_base: float
) -> None:
    for n in range(predictions.shape[0]):
        total, lost = 0.0, 0.0
        for start in range(0, predictions.shape[1], CHUNK):
            part = 0.0
            for i in range(min(CHUNK, predictions.shape[1] - start)):
                k = np.uintp(start + i)
                part = add_in_any_order(part, -targets[n, k] * _log(predictions[n, k], smallest))
            total, lost = add(total, lost, part)
        out[n] = total / log_base


@jit
def _cross_entropy_of_labels(
    out: Doubles, predictions: FloatArray, labels: IntegerArray, smallest: float, log_base: float
) -> None:
    for n in range(predictions.shape[0]):
        others = 0.0
        for k in range(predictions.shape[1]):
            # One-hot targets multiply the other classes by 0, which only a NaN survives.
            others = add_in_any_order(others, 0.0 * np.float64(predictions[n, k]))
        out[n] = (others - _log(predictions[n, labels[n]], smallest)) / log_base


@jit
def _binary_cross_entropy(
    out: Doubles, predictions: FloatArray, targets: Doubles, smallest: float, log_base: float
) -> None:
    least = log(smallest)
    for i in range(out.shape[0]):
        p = np.float64(predictions[i])
        no = least if p == 1.0 else log_of_rest(p)
        # From 0.0 on, not with a minus in front: a right certainty costs 0.0, not -0.0.
        out[i] = (0.0 - targets[i] * _log(p, smallest) - (1.0 - targets[i]) * no) / log_base


@jit
def _softmax_cross_entropy(out: Doubles, logits: FloatArray, targets: Doubles) -> None:
    weights = make_room(logits)
    largest, rests = np.empty(logits.shape[0]), np.empty(logits.shape[0])
    for first in range(0, logits.shape[0], count_rows(logits)):
        end = weigh_rows(weights, largest, rests, logits, first)
        sum_losses(out, largest, rests, logits, targets, first, end)


@jit
def _softmax_cross_entropy_of_labels(
    out: Doubles, logits: FloatArray, labels: IntegerArray
) -> bool:
    if not are_classes(labels, logits.shape[1]):
        return False
    weights = make_room(logits)
    largest, rests = np.empty(logits.shape[0]), np.empty(logits.shape[0])
    for first in range(0, logits.shape[0], count_rows(logits)):
        weigh_rows(weights, largest, rests, logits, first)
    lose(out, largest, rests, logits, labels)
    return True


@jit
def _softmax_cross_entropy_of_singles(
    out: Doubles, logits: FloatArray, labels: IntegerArray
) -> bool:
    if not are_classes(labels, logits.shape[1]):
        out[:] = np.nan
        return False
    weights = make_room(logits)
    totals, others = np.empty(logits.shape[0]), np.empty(logits.shape[0])
    for first in range(0, logits.shape[0], count_summed(logits)):
        sum_singles(logits, weights, totals, logits, first)
    return lose_singles(out, others, totals, logits, labels)


@inlined
def _log(prediction: float, smallest: float) -> float:
    # Written so that a NaN, which compares false, passes.
    return log(smallest if prediction < smallest else np.float64(prediction))
