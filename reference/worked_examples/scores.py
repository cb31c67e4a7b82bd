"""Confusion matrix, its counts, and the fractions made of them."""

from typing import Any

import numpy as np

from reference.worked_examples.blackboard import MOST, number, table, total


def confusion_matrix(inputs: dict[str, Any], answer: Any) -> str:
    """Return the samples one by one, then the table of the targets against what was said."""
    pairs = list(zip(inputs["y_true"], inputs["y_pred"], strict=True))
    if not pairs:
        return ""
    rows = ([n, true, said, f"[{true}, {said}] + 1"] for n, (true, said) in enumerate(pairs))
    listed = [table(["sample", "target", "predicted", "place"], rows)] if len(pairs) <= MOST else []
    return "\n\n".join([*listed, counts(answer)])


def counts(matrix: np.ndarray) -> str:
    """Return a confusion matrix with the sums of its rows and columns."""
    classes = range(len(matrix))
    rows = [[f"target {k}", *matrix[k], matrix[k].sum()] for k in classes]
    rows.append(["all", *matrix.sum(axis=0), matrix.sum()])
    return table(["", *(f"predicted {k}" for k in classes), "all"], rows)


def accuracy(inputs: dict[str, Any], answer: Any) -> str:
    """Return each sample, whether it was told right, and the share of those."""
    right = np.equal(inputs["y_true"], inputs["y_pred"])
    rows = zip(inputs["y_true"], inputs["y_pred"], right, strict=True)
    listed = table(["target", "predicted", "right"], ([t, p, "yes" * bool(r)] for t, p, r in rows))
    return f"{listed}\n{fraction('right', right.sum(), right.size)}" if right.size else ""


def one_vs_rest(inputs: dict[str, Any], answer: Any) -> str:
    """Return the four counts of one class, each as the sum that it is."""
    matrix, k = inputs["matrix"], inputs["k"]
    rest = [j for j in range(len(matrix)) if j != k]
    cells = {
        "tp": [(k, k)],
        "fp": [(j, k) for j in rest],
        "fn": [(k, j) for j in rest],
        "tn": [(i, j) for i in rest for j in rest],
    }
    lines = []
    for (name, places), count in zip(cells.items(), answer, strict=True):
        terms = total([number(matrix[place]) for place in places]) or "0"
        lines.append(f"{name} = {terms}" + f" = {number(count)}" * (len(places) > 1))
    return "\n".join([counts(matrix), "", f"class {k} against the rest:", *lines])


def precision_recall_f1(inputs: dict[str, Any], answer: Any) -> str:
    """Return the fractions of the class or of every class, then the mean that was asked for."""
    matrix, average = inputs["matrix"], inputs.get("average", "binary")
    tp = np.diag(matrix)
    fp, fn = matrix.sum(axis=0) - tp, matrix.sum(axis=1) - tp
    classes = [1] if average == "binary" else range(len(matrix))
    parts = [counts(matrix)]
    if average == "micro":
        said = f"all classes: tp = {tp.sum()}, fp = {fp.sum()}, fn = {fn.sum()}"
        parts.append(f"{said}\n{_three(tp.sum(), fp.sum(), fn.sum())}")
    else:
        parts += [f"class {k}:\n{_three(tp[k], fp[k], fn[k])}" for k in list(classes)[:4]]
    if average in ("macro", "weighted"):
        names = zip(("precision", "recall", "f1"), answer, strict=True)
        means = ", ".join(f"{name} {number(value)}" for name, value in names)
        parts.append(f"{average} mean over the classes: {means}")
    return "\n\n".join(parts)


def negative_rates(inputs: dict[str, Any], answer: Any) -> str:
    """Return specificity, negative predictive value and false positive rate as fractions."""
    fp, fn, tn = (inputs[name] for name in ("fp", "fn", "tn"))
    return "\n".join(
        [
            fraction("specificity = tn / (tn + fp)", tn, tn + fp),
            fraction("negative predictive value = tn / (tn + fn)", tn, tn + fn),
            fraction("false positive rate = fp / (fp + tn)", fp, fp + tn),
        ]
    )


def fraction(name: str, part: Any, whole: Any) -> str:
    """Return a share as a fraction and as a number; 0 out of 0 is 0 here."""
    value = part / whole if whole else 0
    return f"{name} = {number(part)} / {number(whole)} = {number(value)}"


def _three(tp: int, fp: int, fn: int) -> str:
    return "\n".join(
        [
            fraction("  precision = tp / (tp + fp)", tp, tp + fp),
            fraction("  recall = tp / (tp + fn)", tp, tp + fn),
            fraction("  f1 = 2·tp / (2·tp + fp + fn)", 2 * tp, 2 * tp + fp + fn),
        ]
    )
