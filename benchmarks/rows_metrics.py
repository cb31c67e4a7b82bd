"""Metrics beside scikit-learn, and beside np.bincount where that counts the same."""

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

import reference
from benchmarks.rows import Call, Row, Work, peers

SEED = 6
POSITIVES = 0.3
LARGE, MIDDLE, SMALL = 10_000_000, 1_000_000, 1_000
# How often scores are equal, as a step to which they are rounded.
TIES = {"all distinct": None, "ties": 1e-3, "heavy ties": 1.0}
CURVES = {"roc_curve": "roc_curve", "precision_recall_curve": "precision_recall_curve"}
AREAS = {"roc_auc": "roc_auc_score", "average_precision": "average_precision_score"}

Array = NDArray[Any]


def rows() -> Iterator[Row]:
    """Yield the rows of every metric."""
    for classes in (10, 100):
        for size in (LARGE, SMALL):
            shape = f"{size:,} samples, {classes} classes"
            work = partial(_confusion_matrix, size, classes)
            yield Row("confusion_matrix", shape, "int64", work)
    for size in (LARGE, SMALL):
        yield from _scores(size)
    for dtype in ("float32", "float64"):
        for size in (LARGE, MIDDLE, SMALL):
            for ties in TIES:
                yield from _ranked(AREAS, size, dtype, ties, {"scikit-learn": 15.0})
        for ties in TIES:
            yield from _ranked(CURVES, MIDDLE, dtype, ties, {"scikit-learn": 1.0})


def _sklearn(name: str, *arguments: Array, **options: Any) -> Callable[[], Call]:
    """Return what imports scikit-learn and returns the call of one of its metrics."""

    def make() -> Call:
        from sklearn import metrics

        return partial(getattr(metrics, name), *arguments, **options)

    return make


@lru_cache(maxsize=1)
def _labels(size: int, classes: int) -> tuple[Array, Array]:
    """Return targets and predictions, of which about two in three are right."""
    rng = np.random.default_rng(SEED)
    y_true, other = rng.integers(0, classes, (2, size))
    return y_true, np.where(rng.random(size) < 0.6, y_true, other)


def _confusion_matrix(size: int, classes: int) -> Work:
    y_true, y_pred = _labels(size, classes)

    def count() -> Array:
        return np.bincount(y_true * classes + y_pred, minlength=classes**2).reshape(
            classes, classes
        )

    return Work(
        partial(reference.confusion_matrix, y_true, y_pred),
        peers(
            {
                "scikit-learn": _sklearn("confusion_matrix", y_true, y_pred),
                "NumPy": lambda: count,
            }
        ),
        bars={"scikit-learn": 30.0, "NumPy": 1.3}
        if y_true.size == LARGE
        else {"scikit-learn": 1.0},
        bytes=y_true.nbytes + y_pred.nbytes,
        peer_threads=False,
    )


def _scores(size: int) -> Iterator[Row]:
    """Yield what is counted of two classes, and of ten with an average."""
    for name, peer, options in (
        ("accuracy", "accuracy_score", {}),
        ("precision", "precision_score", {"average": "macro"}),
        ("recall", "recall_score", {"average": "macro"}),
        ("f1", "f1_score", {"average": "macro"}),
        ("f1", "f1_score", {"average": "binary"}),
    ):
        title = " ".join([name, *options.values()])
        yield Row(title, f"{size:,} samples", "int64", partial(_score, name, peer, size, options))


def _score(name: str, peer: str, size: int, options: dict[str, str]) -> Work:
    labels = _labels(size, 2 if options.get("average") == "binary" else 10)
    return Work(
        partial(getattr(reference, name), *labels, **options),
        peers({"scikit-learn": _sklearn(peer, *labels, **options)}),
        bars={"scikit-learn": 1.0},
        tolerance=1e-15,
        bytes=2 * labels[0].nbytes,
        peer_threads=False,
    )


def _ranked(
    names: dict[str, str], size: int, dtype: str, ties: str, bars: dict[str, float]
) -> Iterator[Row]:
    least = bars if size != SMALL else {"scikit-learn": 1.0}
    for name, peer in names.items():
        work = partial(_rank, name, peer, size, dtype, ties, least)
        yield Row(name, f"{size:,} scores, {ties}", dtype, work)


def _rank(name: str, peer: str, size: int, dtype: str, ties: str, bars: dict[str, float]) -> Work:
    samples = _ranked_samples(size, dtype, ties)
    return Work(
        partial(getattr(reference, name), *samples),
        peers({"scikit-learn": _sklearn(peer, *samples)}),
        bars=bars,
        tolerance=1e-13,
        bytes=sum(array.nbytes for array in samples),
        peer_threads=False,
    )


@lru_cache(maxsize=1)
def _ranked_samples(size: int, dtype: str, ties: str) -> tuple[Array, Array]:
    """Return targets and the scores of a classifier of middling quality."""
    rng = np.random.default_rng(SEED)
    y_true = (rng.random(size) < POSITIVES).astype(np.int64)
    scores = rng.standard_normal(size) + y_true
    step = TIES[ties]
    if step is None:
        # The order alone matters, and float32 has too few values near 0 for ten million of them.
        scores[scores.argsort()] = np.linspace(-1.0, 1.0, size)
    else:
        scores = np.round(scores / step) * step
    return y_true, scores.astype(dtype)
