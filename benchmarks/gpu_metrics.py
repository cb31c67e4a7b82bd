"""Confusion matrices and the area under the ROC curve, beside what one would write in PyTorch."""

from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np

import reference
from benchmarks.gpu_rows import Array, Arrays, Call, GpuRow, Work
from reference.backends import load_kernels

SEED, POSITIVES = 6, 0.3
SIZE, TINY_SIZE = 10_000_000, 99
CLASSES, TINY_CLASSES = (10, 100, 1000), (3, 20)
BARS = {"PyTorch": 1.0}


def rows(is_tiny: bool) -> Iterator[GpuRow]:
    """Yield the rows of every metric that has a kernel."""
    size = TINY_SIZE if is_tiny else SIZE
    for classes in TINY_CLASSES if is_tiny else CLASSES:
        told = f"{size:,} samples, {classes} classes"
        yield GpuRow("confusion_matrix", told, partial(_confusion_matrix, size, classes))
    told = f"{size:,} scores"
    yield GpuRow("roc_auc of sorted scores", told, partial(_pairs_in_order, size))
    if find_spec("cupy") and not is_tiny:
        yield GpuRow("roc_auc", told, partial(_roc_auc, size))


def _labels(size: int, classes: int) -> tuple[Array, Array]:
    """Return targets and predictions, of which about two in three are right."""
    rng = np.random.default_rng(SEED)
    y_true, other = rng.integers(0, classes, (2, size))
    return y_true, np.where(rng.random(size) < 0.6, y_true, other)


def _scored(size: int) -> tuple[Array, Array]:
    """Return targets and the scores of a classifier of middling quality."""
    rng = np.random.default_rng(SEED)
    y_true = (rng.random(size) < POSITIVES).astype(np.int64)
    return y_true, (rng.standard_normal(size) + y_true).astype(np.float32)


def _confusion_matrix(size: int, classes: int) -> Work:
    """Return the work of the kernel, which adds to the matrix: PyTorch's begins with zeros."""
    y_true, y_pred = _labels(size, classes)
    kernels = load_kernels("metrics", "cuda")

    def torch_count(outputs: Any, inputs: Any) -> Call:
        import torch

        targets, predictions = inputs

        def call() -> Any:
            places = targets * classes + predictions
            return torch.bincount(places, minlength=classes**2).reshape(classes, classes), None

        return call

    def expected() -> Arrays:
        matrix = reference.confusion_matrix(y_true, y_pred, num_classes=classes)
        return matrix, np.zeros(1, np.int32)

    return Work(
        outputs=(np.zeros((classes, classes), np.int64), np.zeros(1, np.int32)),
        inputs=(y_true, y_pred),
        ours=lambda outputs, inputs: kernels.count(*outputs, *inputs),
        torch=torch_count,
        expected=expected,
        bars=BARS,
        bytes=y_true.nbytes + y_pred.nbytes,
    )


def _pairs_in_order(size: int) -> Work:
    """Return the work of the kernel that follows on the sorting."""
    y_true, scores = _scored(size)
    kernels = load_kernels("ranking", "cuda")
    positives, negatives = np.sort(scores[y_true == 1]), np.sort(scores[y_true == 0])

    def torch_search(outputs: Any, inputs: Any) -> Call:
        return lambda: _search(*inputs)

    return Work(
        outputs=(np.zeros(1, np.int64),),
        inputs=(positives, negatives),
        ours=lambda outputs, inputs: kernels.count_pairs(*outputs, *inputs),
        torch=torch_search,
        expected=lambda: _pairs(positives, negatives),
        bars=BARS,
        bytes=scores.nbytes,
    )


def _roc_auc(size: int) -> Work:
    """Return all of the work; CuPy tells the host how many positives there are."""
    y_true, scores = _scored(size)
    kernels = load_kernels("ranking", "cuda")
    parts = load_kernels("ranking", "cpu").sort_by_label(y_true, scores)

    def ours(outputs: Any, inputs: Any) -> None:
        kernels.count_pairs(*outputs, *kernels.sort_by_label(*inputs))

    def torch_auc(outputs: Any, inputs: Any) -> Call:
        labels, numbers = inputs

        def call() -> Any:
            is_positive = labels == 1
            return _search(numbers[is_positive].sort().values, numbers[~is_positive].sort().values)

        return call

    return Work(
        outputs=(np.zeros(1, np.int64),),
        inputs=(y_true, scores),
        ours=ours,
        torch=torch_auc,
        expected=lambda: _pairs(*parts),
        bars=BARS,
        bytes=y_true.nbytes + scores.nbytes,
        waits=True,
    )


def _pairs(positives: Array, negatives: Array) -> Array:
    """Return the pairs in order, twice, and ties once."""
    pairs = np.zeros(1, np.int64)
    load_kernels("ranking", "cpu").roc_auc(pairs, positives, negatives)
    return pairs


def _search(positives: Any, negatives: Any) -> Any:
    """Return the same of sorted tensors."""
    import torch

    below = torch.searchsorted(negatives, positives).sum()
    return (below + torch.searchsorted(negatives, positives, right=True).sum()).reshape(1)
