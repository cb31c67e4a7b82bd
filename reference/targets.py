"""What the losses of classifiers are given: predictions, and targets that fit them."""

import math
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.arguments import (
    DOUBLE,
    SINGLE,
    FloatArray,
    IntegerArray,
    check_all,
    is_on_device,
    is_ready,
    load_device_arrays,
    read_array,
    read_floats,
    read_integer,
    read_labels,
    read_number,
)
from reference.backends import load_kernels

Doubles = NDArray[np.float64]
LABEL = np.dtype(np.int64)


def one_hot(
    labels: ArrayLike, num_classes: int | None = None, *, first_class: int = 0
) -> NDArray[np.float64]:
    """Return for each label a row of zeros with a one at its class.

    out[n, k] = 1 if labels[n] == k + first_class else 0

    Arguments:
        labels: integers of any shape, from first_class on.
        num_classes: K; None means as many as the largest label needs.
        first_class: the label of the first class.

    Result: float64, the shape of labels and an axis of K classes.

    Conventions: classes count from 0, as in NumPy, PyTorch and Keras. The lecture of ELTE counts
    from 1: first_class=1. PyTorch's one_hot returns integers; here they are floats, ready for a
    loss.

    Raises ValueError for labels outside the classes, or without labels and num_classes; TypeError
    for labels that are not integers.

    Source: ELTE, Lecture 3, case elte-one-hot; torch.nn.functional.one_hot.

    >>> one_hot([1, 2, 3], first_class=1)  # cat, dog, horse
    array([[1., 0., 0.],
           [0., 1., 0.],
           [0., 0., 1.]])
    """
    first = read_integer("first_class", first_class)
    classes = None if num_classes is None else read_integer("num_classes", num_classes, 1)
    places = read_labels("labels", labels, classes, first)
    if classes is None:
        if places.size == 0:
            raise ValueError("num_classes: got None, expected a number when there are no labels")
        classes = int(places.max()) + 1
    out = np.zeros((*places.shape, classes))
    np.put_along_axis(out, places[..., np.newaxis], 1.0, axis=-1)
    return out


def read_integers(name: str, value: ArrayLike, backend: str = "cpu") -> IntegerArray:
    """Return labels as a contiguous int64 array that no value was looked at of.

    One that int64 cannot hold becomes negative, which no class index is. With the backend "cuda" a
    device array is one of the results.
    """
    if is_ready(value, LABEL):
        return cast(IntegerArray, value)
    if backend == "cuda" and is_on_device(value):
        return cast(IntegerArray, load_device_arrays().read_device_integers(name, value))
    array = read_array(name, value)
    if array.dtype.kind not in "biu":
        return read_labels(name, array)  # which knows what an empty list is, and what an error
    return np.require(array, np.int64, ["C", "A", "W"])


def read_predictions(
    name: str, values: ArrayLike, backend: str = "cpu", *beside: ArrayLike
) -> FloatArray:
    """Return predictions, on the device where they or one that is given beside them lie there."""
    if backend == "cuda" and not is_on_device(values) and any(map(is_on_device, beside)):
        (floats,) = read_floats(**{name: values})
        return cast(FloatArray, load_device_arrays().to_device(floats))
    return read_floats(backend, **{name: values})[0]


def read_rows(name: str, values: ArrayLike, backend: str = "cpu", *beside: ArrayLike) -> FloatArray:
    """Return predictions or logits of shape (N, K) or (K,), K at least 1."""
    rows = read_predictions(name, values, backend, *beside)
    if rows.ndim not in (1, 2) or rows.shape[-1] == 0:
        expected = "(N, K) or (K,) with K at least 1"
        raise ValueError(f"{name}: got shape {rows.shape}, expected {expected}")
    return rows


def flatten(array: Any) -> Any:
    """Return an array of any shape with one axis."""
    return array if array.ndim == 1 else array.reshape(-1)


def split_rows(array: Any) -> Any:
    """Return an array of shape (N, K) or (K,) as one of shape (N, K)."""
    return array if array.ndim == 2 else array.reshape(-1, array.shape[-1])


def read_samples(
    name: str, values: Any, targets: Any, backend: str, *beside: ArrayLike
) -> tuple[FloatArray, Doubles | None, IntegerArray | None]:
    """Return rows as read_rows does, and their targets as split_class_targets does.

    Most often they are as a kernel takes them; to ask them only this takes half of the time.
    """
    is_known = backend == "cpu" and is_ready(targets, LABEL)
    if is_known and (is_ready(values, DOUBLE) or is_ready(values, SINGLE)):
        shape = values.shape
        if len(shape) == 2 and targets.shape == shape[:1] and 0 not in shape:
            return values, None, targets
    rows = read_rows(name, values, backend, targets, *beside)
    return rows, *split_class_targets(targets, rows, name, backend)


def read_class_targets(
    targets: ArrayLike, rows: FloatArray, whose: str, backend: str = "cpu"
) -> tuple[Doubles | None, IntegerArray | None]:
    """Return distributions (N, K) or labels (N,), the other one None."""
    weights, labels = split_class_targets(targets, rows, whose, backend)
    if labels is not None:
        check_classes(targets, rows)
    return weights, labels


def check_classes(targets: ArrayLike, rows: FloatArray) -> None:
    """Raise a ValueError that shows the first target that is no class index."""
    if is_ready(targets, LABEL):
        labels, last = flatten(targets), rows.shape[-1] - 1
        if load_kernels("ranges", "cpu").are_within(labels, 0, last):
            return
    check_class_indices("targets", targets, rows.shape[-1])


def check_class_indices(name: str, labels: ArrayLike, num_classes: int | None) -> None:
    """Raise a ValueError that shows the first label that is no class index, on whatever device."""
    if is_on_device(labels):
        load_device_arrays().check_class_indices(name, labels, num_classes)
    else:
        read_labels(name, labels, num_classes)


def split_class_targets(
    targets: ArrayLike, rows: FloatArray, whose: str, backend: str = "cpu"
) -> tuple[Doubles | None, IntegerArray | None]:
    """Return distributions (N, K) or integers (N,), no value of which was looked at.

    They lie on the device where the rows do and the targets did.
    """
    array = read_targets(targets, rows)
    if array.shape == rows.shape:
        return split_rows(read_distributions(array, backend)), None
    if array.shape == rows.shape[:-1]:
        return None, flatten(read_integers("targets", array, backend))
    raise ValueError(
        f"targets: got shape {array.shape}, expected {rows.shape} (one-hot or soft) "
        f"or {rows.shape[:-1]} (class indices), as {whose} has shape {rows.shape}"
    )


def read_targets(targets: ArrayLike, like: FloatArray) -> NDArray[Any]:
    """Return targets of any dtype, on the device where they and like lie there."""
    if not isinstance(like, np.ndarray) and is_on_device(targets):
        return cast(NDArray[Any], load_device_arrays().read_device_array("targets", targets))
    return read_array("targets", targets)


def read_distributions(targets: ArrayLike, backend: str = "cpu") -> Doubles:
    """Return targets in [0, 1] in float64, whatever the predictions are: 0.1 is not rounded.

    A device array keeps its dtype.
    """
    (distributions,) = read_floats(backend, targets=targets)
    check_unit_interval("targets", distributions)
    if not isinstance(distributions, np.ndarray):
        return distributions
    return distributions.astype(np.float64, copy=False)


def check_unit_interval(name: str, array: FloatArray, advice: str = "") -> None:
    """Raise a ValueError for a value outside [0, 1]; a NaN passes, and shows in the loss."""
    expected = f"values in [0, 1]{advice}"
    if isinstance(array, np.ndarray):
        if not load_kernels("ranges", "cpu").are_within(flatten(array), 0.0, 1.0):
            check_all(name, array, ~((array < 0) | (array > 1)), expected)
    else:
        load_device_arrays().check_range(name, array, 0, 1, expected)


def read_log_base(base: object) -> float:
    """Return the natural logarithm of the base."""
    number = read_number("base", base)
    if number <= 0 or number == 1:
        raise ValueError(f"base: got {number!r}, expected a positive number other than 1")
    return math.log(number)
