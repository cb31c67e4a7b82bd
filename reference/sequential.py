"""A stack of layers that is trained: forward, back-propagation, an optimizer's step, again."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from reference.adaptive_optimizers import adadelta, adagrad, adam, rmsprop
from reference.arguments import (
    FloatArray,
    IntegerArray,
    Shape,
    check_choice,
    check_shape,
    read_floats,
    read_integer,
    read_labels,
    read_number,
)
from reference.layers import Layer, Parameters
from reference.loss_gradients import softmax_cross_entropy_backward
from reference.losses import softmax_cross_entropy
from reference.network_summary import follow_shapes, read_input_shape, read_layers
from reference.optimizers import momentum, sgd
from reference.probabilities import softmax

OPTIMIZERS: dict[str, Callable[..., Any]] = {
    "sgd": sgd,
    "momentum": momentum,
    "adagrad": adagrad,
    "adadelta": adadelta,
    "rmsprop": rmsprop,
    "adam": adam,
}
EVALUATED_AT_ONCE = 256


@dataclass(frozen=True)
class Evaluation:
    """The mean loss of some samples, in nats, and which share of them is predicted right."""

    loss: float
    accuracy: float


class Sequential:
    """A classifier made of layers, one after another; the last gives a logit for each class.

    The loss is softmax_cross_entropy: no softmax layer is needed. Weights begin as Glorot and
    Bengio's uniform numbers (Keras' default: between -L and L, L = sqrt(6 / (inputs + outputs)) of
    a unit), biases as 0. The same seeds give the same network, bit for bit.

    Source: ELTE, case network-training-loop (choose W at random; forward over the batch; cost;
    update; repeat); NCU, case net-keras-cifar10; Glorot and Bengio, "Understanding the difficulty
    of training deep feedforward neural networks", AISTATS 2010.

    >>> from reference.layers import Dense, Relu
    >>> network = Sequential([Dense(8), Relu(), Dense(2)], (2,), seed=1)
    >>> x, labels = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [0, 1, 1, 0]  # exclusive or
    >>> history = network.fit(x, labels, epochs=200, batch_size=4, learning_rate=0.05)
    >>> network.predict(x)
    array([0, 1, 1, 0])
    """

    def __init__(
        self,
        layers: Iterable[Layer],
        input_shape: Shape,
        *,
        seed: int = 0,
        dtype: DTypeLike = np.float32,
    ) -> None:
        """Begin with random weights.

        Arguments:
            layers: see reference.layers; the last must give one axis of classes.
            input_shape: of one sample, (C, H, W) for images, without N.
            seed: of the weights.
            dtype: of the parameters and the results, float32 or float64.

        Raises ValueError for a layer that does not fit what comes before it, named by its place.
        """
        self.layers = read_layers(layers)
        self.input_shape = read_input_shape(input_shape)
        shapes = follow_shapes(self.layers, self.input_shape)
        if not shapes or len(shapes[-1]) != 1:
            last = shapes[-1] if shapes else self.input_shape
            raise ValueError(f"layers: got a last shape of {last}, expected one axis of classes")
        self.num_classes = shapes[-1][0]
        self.dtype = np.dtype(dtype)
        if self.dtype not in (np.float32, np.float64):
            raise TypeError(f"dtype: got {self.dtype}, expected float32 or float64")
        rng = np.random.default_rng(read_integer("seed", seed, 0))
        before = (self.input_shape, *shapes[:-1])
        self.parameters: list[Parameters] = [
            layer.initialise(rng, size, self.dtype)
            for layer, size in zip(self.layers, before, strict=True)
        ]

    def __iter__(self) -> Iterator[Layer]:
        """Return the layers one after another, as summary reads them."""
        return iter(self.layers)

    def forward(self, x: ArrayLike) -> FloatArray:
        """Return the logits (N, K) of samples (N, ...)."""
        *_, logits = self._outputs(self._read(x))
        return logits

    def predict_probabilities(self, x: ArrayLike) -> FloatArray:
        """Return the probability of each class (N, K): the softmax of the logits."""
        return softmax(self.forward(x))

    def predict(self, x: ArrayLike) -> IntegerArray:
        """Return the most probable class of each sample (N,), the first of equals or of NaNs."""
        classes: IntegerArray = np.argmax(self.forward(x), axis=1).astype(np.int64, copy=False)
        return classes

    def evaluate(self, x: ArrayLike, labels: ArrayLike) -> Evaluation:
        """Return the mean loss and the accuracy; labels are class indices (N,)."""
        images, targets = self._read(x), self._read_targets(labels, x)
        total, right = 0.0, 0
        for start in range(0, len(images), EVALUATED_AT_ONCE):
            part = slice(start, start + EVALUATED_AT_ONCE)
            *_, logits = self._outputs(images[part])
            total += float(softmax_cross_entropy(logits, targets[part], reduction="sum"))
            right += _count_right(logits, targets[part])
        count = len(images)
        return Evaluation(total / count, right / count) if count else Evaluation(math.nan, math.nan)

    def fit(
        self,
        x: ArrayLike,
        labels: ArrayLike,
        *,
        epochs: int,
        batch_size: int = 32,
        learning_rate: float = 0.001,
        optimizer: str = "adam",
        seed: int = 0,
        progress: Callable[[int, Evaluation], object] | None = None,
    ) -> list[Evaluation]:
        """Train, and return the mean loss and the accuracy of each epoch, measured on the way.

        Arguments:
            x, labels: samples (N, ...) and class indices (N,), N at least 1.
            epochs: how many times every sample is seen.
            batch_size: samples a step; the last of an epoch may be smaller.
            learning_rate: of the optimizer, a number of at least 0.
            optimizer: "sgd", "momentum", "adagrad", "adadelta", "rmsprop" or "adam", with the
                defaults of the operation of that name.
            seed: of the order of the samples, which is new in each epoch.
            progress: called with the number of the epoch, from 1, and its evaluation.

        Raises ValueError and TypeError that name the argument.
        """
        check_choice("optimizer", optimizer, OPTIMIZERS)
        images, targets = self._read(x), self._read_targets(labels, x)
        if len(images) == 0:
            raise ValueError("x: got no samples, expected at least one")
        epochs, size = read_integer("epochs", epochs, 0), read_integer("batch_size", batch_size, 1)
        rate = read_number("learning_rate", learning_rate, 0)
        rng = np.random.default_rng(read_integer("seed", seed, 0))
        states: list[list[Any]] = [[None] * len(parameters) for parameters in self.parameters]
        history = []
        for epoch in range(1, epochs + 1):
            total, right = 0.0, 0
            for batch in _batches(rng.permutation(len(images)), size):
                logits, gradients = self._gradients(images[batch], targets[batch])
                total += float(softmax_cross_entropy(logits, targets[batch], reduction="sum"))
                right += _count_right(logits, targets[batch])
                self._step(OPTIMIZERS[optimizer], gradients, states, rate)
            history.append(Evaluation(total / len(images), right / len(images)))
            if progress is not None:
                progress(epoch, history[-1])
        return history

    def _outputs(self, x: FloatArray) -> Iterator[FloatArray]:
        """Yield the samples and the result of each layer."""
        yield x
        for layer, parameters in zip(self.layers, self.parameters, strict=True):
            x = layer.forward(x, parameters)
            yield x

    def _gradients(
        self, x: FloatArray, targets: IntegerArray
    ) -> tuple[FloatArray, list[Parameters]]:
        """Return the logits, and the gradients of the mean loss by every parameter."""
        *inputs, logits = self._outputs(x)
        grad = softmax_cross_entropy_backward(logits, targets)
        gradients: list[Parameters] = []
        for layer, before, own in reversed(
            list(zip(self.layers, inputs, self.parameters, strict=True))
        ):
            grad, own_gradients = layer.backward(grad, before, own)
            gradients.insert(0, own_gradients)
        return logits, gradients

    def _step(
        self,
        optimize: Callable[..., Any],
        gradients: list[Parameters],
        states: list[list[Any]],
        rate: float,
    ) -> None:
        for place, (parameters, own) in enumerate(zip(self.parameters, gradients, strict=True)):
            steps = [
                optimize(parameter, gradient, state, learning_rate=rate)
                for parameter, gradient, state in zip(parameters, own, states[place], strict=True)
            ]
            self.parameters[place] = tuple(parameter for parameter, _ in steps)
            states[place] = [state for _, state in steps]

    def _read(self, x: ArrayLike) -> FloatArray:
        (samples,) = read_floats(x=x)
        if samples.shape[1:] != self.input_shape or samples.ndim == 0:
            expected = ", ".join(["N", *map(str, self.input_shape)])
            raise ValueError(f"x: got shape {samples.shape}, expected ({expected})")
        read: FloatArray = samples.astype(self.dtype, copy=False)
        return read

    def _read_targets(self, labels: ArrayLike, x: ArrayLike) -> IntegerArray:
        targets = read_labels("labels", labels, self.num_classes)
        check_shape("labels", targets, (len(np.asarray(x)),), "one label a sample")
        return targets


def _count_right(logits: FloatArray, targets: IntegerArray) -> int:
    """Return how many rows are largest at their target; a row with a NaN is not."""
    known = ~np.isnan(logits).any(axis=1)
    return int(((logits.argmax(axis=1) == targets) & known).sum())


def _batches(order: IntegerArray, size: int) -> Iterator[IntegerArray]:
    for start in range(0, len(order), size):
        yield order[start : start + size]
