"""ROC and precision-recall: a line for each threshold."""

from typing import Any, NamedTuple

import numpy as np

from reference.worked_examples.blackboard import number, table, total


class Counted(NamedTuple):
    """What a threshold calls positive: of the positives and of the negatives."""

    threshold: float
    tp: int
    fp: int


def roc_curve(inputs: dict[str, Any], answer: Any) -> str:
    """Return the table of thresholds with TP, FP and both rates."""
    positives, negatives, lines = _counted(inputs["y_true"], inputs["scores"])
    rows = [["inf", 0, 0, 0, 0]]
    rows += [[f"{c.threshold:g}", c.tp, c.fp, c.fp / negatives, c.tp / positives] for c in lines]
    listed = table(["threshold", "TP", "FP", "fpr", "tpr"], rows)
    said = f"positives: {positives}, negatives: {negatives}; score >= threshold is called positive"
    return f"{said}\n\n{listed}"


def roc_area(inputs: dict[str, Any], answer: Any) -> str:
    """Return, for each positive, how many negatives it beats; their share is the area."""
    y_true, scores = inputs["y_true"], inputs["scores"]
    negatives = scores[y_true == 0]
    won = [np.sum(s > negatives) + np.sum(s == negatives) / 2 for s in scores[y_true == 1]]
    rows = zip(scores[y_true == 1], won, strict=True)
    listed = table(["score of a positive", "negatives below it (ties: 1/2)"], rows)
    pairs = len(won) * negatives.size
    area = f"area = {number(sum(won))} / ({len(won)} · {negatives.size}) pairs"
    return f"{listed}\n{area} = {number(sum(won) / pairs)}"


def precision_recall_curve(inputs: dict[str, Any], answer: Any) -> str:
    """Return the table of thresholds with TP, FP, precision and recall."""
    positives, _, lines = _counted(inputs["y_true"], inputs["scores"])
    rows = [_point(c, positives) for c in reversed(lines)]
    listed = table(["threshold", "TP", "FP", "TP/(TP+FP)", "= precision", "recall"], rows)
    return f"positives: {positives}; score >= threshold is called positive\n\n{listed}"


def _point(c: Counted, positives: int) -> list[Any]:
    called = c.tp + c.fp
    fraction = f"{c.tp} / {called}"
    return [f"{c.threshold:g}", c.tp, c.fp, fraction, c.tp / called, _recall(c, positives)]


def average_precision(inputs: dict[str, Any], answer: Any) -> str:
    """Return the table of thresholds where recall rises, and the sum of the steps."""
    listed, steps = _steps(inputs["y_true"], inputs["scores"])
    if not steps:
        return "no positive: the area is 0 by convention"
    return f"{listed}\narea = {total([number(s) for s in steps])} = {number(sum(steps))}"


def mean_average_precision(inputs: dict[str, Any], answer: Any) -> str:
    """Return the steps of every class, and the mean of their areas."""
    parts, areas = [], []
    for k, (labels, scores) in enumerate(zip(inputs["y_true"].T, inputs["scores"].T, strict=True)):
        listed, steps = _steps(labels, scores)
        areas.append(sum(steps))
        parts.append(f"class {k}, area {number(areas[-1])}\n{listed}".rstrip())
    terms = total([number(area) for area in areas])
    mean = f"mean = ({terms}) / {len(areas)} = {number(np.mean(areas))}"
    return "\n\n".join([*parts[:4], mean])


def _steps(y_true: np.ndarray, scores: np.ndarray) -> tuple[str, list[float]]:
    """Return the table of the rising recall, and each rise times its precision."""
    positives, _, lines = _counted(y_true, scores)
    rows: list[list[Any]] = []
    before = 0.0
    for c in lines if positives else []:
        recall, precision = _recall(c, positives), c.tp / (c.tp + c.fp)
        if recall > before:
            rise = recall - before
            rows.append([f"{c.threshold:g}", rise, precision, rise * precision])
        before = recall
    headers = ["threshold", "rise of recall", "precision", "rise · precision"]
    return table(headers, rows) if rows else "", [float(row[-1]) for row in rows]


def _recall(counted: Counted, positives: int) -> float:
    return counted.tp / positives if positives else 0.0


def _counted(y_true: np.ndarray, scores: np.ndarray) -> tuple[int, int, list[Counted]]:
    """Return positives, negatives and what each threshold counts, the highest first."""
    lines = [
        Counted(float(t), int(np.sum(called == 1)), int(np.sum(called == 0)))
        for t in np.unique(scores)[::-1]
        for called in [y_true[scores >= t]]
    ]
    return int(np.sum(y_true == 1)), int(np.sum(y_true == 0)), lines
