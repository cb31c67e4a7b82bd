"""Sequential, its layers, summary, and the lectures' architectures."""

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from reference import Sequential, conv2d, dense, max_pool2d, relu, softmax, summary
from reference.architectures import keras_cifar10, lenet_5, vgg_16
from reference.layers import (
    AvgPool2d,
    Conv2d,
    Dense,
    Flatten,
    Layer,
    MaxPool2d,
    Relu,
    Sigmoid,
    Tanh,
)
from reference.sequential import OPTIMIZERS

ROOT = Path(__file__).parents[2]
SMALL = [Conv2d(3, 2, padding=1), Relu(), MaxPool2d(2), Flatten(), Dense(4), Tanh(), Dense(3)]


def blobs(count=90, seed=0):
    """Three clouds that a line cannot part, but a few lines can."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 3
    centres = np.array([[0.0, 2.0], [2.0, -1.0], [-2.0, -1.0]])
    return centres[labels] + 0.4 * rng.standard_normal((count, 2)), labels


@pytest.mark.lecture("summary")
@pytest.mark.parametrize(
    ("layers", "input_shape", "total"),
    [
        (keras_cifar10(), (3, 32, 32), 315_722),  # net-keras-cifar10
        (lenet_5(), (1, 32, 32), 61_706),  # net-lenet-5
        (vgg_16(), (3, 224, 224), 138_357_544),  # net-vgg-16
    ],
)
def test_the_lectures_networks_have_as_many_parameters_as_published(layers, input_shape, total):
    assert sum(row.parameters for row in summary(layers, input_shape)) == total


@pytest.mark.lecture("summary")
def test_the_shapes_of_bme_shape_1_to_3():
    """12@28x28 with 912 weights, 48@28x28 with 14448, 48@13x13 with 9264"""
    rows = summary([Conv2d(12, 5), Conv2d(48, 5, padding=2)], (3, 32, 32))
    assert [row[1:] for row in rows] == [((12, 28, 28), 912), ((48, 28, 28), 14448)]
    (row,) = summary([Conv2d(48, 4, stride=2)], (12, 28, 28))
    assert row == ("Conv2d", (48, 13, 13), 9264)


@pytest.mark.lecture("Sequential")
def test_the_loop_of_elte_lowers_the_cost_of_lenet_5():
    """Choose W at random; forward over the batch; cost; update; repeat."""
    rng = np.random.default_rng(0)
    labels = np.arange(12) % 3
    images = rng.normal(0, 0.1, (12, 1, 32, 32)) + labels[:, None, None, None] / 2
    network = Sequential(lenet_5(3), (1, 32, 32))
    history = network.fit(images, labels, epochs=8, batch_size=4, learning_rate=0.002)
    assert history[-1].loss < 0.5 * history[0].loss
    assert network.evaluate(images, labels).accuracy == 1


@pytest.mark.definition("Sequential")
def test_forward_is_one_operation_after_another():
    network = Sequential(SMALL, (2, 5, 6), seed=3, dtype=np.float64)
    x = np.random.default_rng(1).standard_normal((4, 2, 5, 6))
    first, _, _, _, middle, _, last = network.parameters
    hidden = max_pool2d(relu(conv2d(x, *first, padding=1)), 2).reshape(4, -1)
    expected = dense(np.tanh(dense(hidden, *middle)), *last)
    np.testing.assert_allclose(network.forward(x), expected, rtol=1e-13)
    np.testing.assert_array_equal(network.predict(x), network.forward(x).argmax(1))
    np.testing.assert_array_equal(network.predict_probabilities(x), softmax(network.forward(x)))


@pytest.mark.definition("summary")
def test_summary_counts_what_a_sequential_holds_and_makes():
    network = Sequential(SMALL, (2, 5, 6))
    rows = summary(SMALL, (2, 5, 6))
    held = [sum(array.size for array in own) for own in network.parameters]
    assert [row.parameters for row in rows] == held
    assert [row.layer for row in rows] == [type(layer).__name__ for layer in SMALL]
    outputs = list(network._outputs(np.zeros((1, 2, 5, 6), np.float32)))[1:]
    assert [row.output_shape for row in rows] == [out.shape[1:] for out in outputs]


def test_a_gradient_of_a_whole_network_agrees_with_central_differences():
    layers = [Conv2d(2, 2, bias=False), Sigmoid(), AvgPool2d(2), Flatten(), Dense(3, bias=False)]
    network = Sequential(layers, (1, 5, 5), dtype=np.float64)
    rng = np.random.default_rng(2)
    x, labels = rng.standard_normal((3, 1, 5, 5)), np.array([0, 2, 1])
    _, gradients = network._gradients(x, labels)
    for own, grads in zip(network.parameters, gradients, strict=True):
        for array, grad in zip(own, grads, strict=True):
            index = tuple(size // 2 for size in array.shape)
            losses = []
            for step in (1e-5, -1e-5):
                array[index] += step
                losses.append(network.evaluate(x, labels).loss)
                array[index] -= step
            assert grad[index] == pytest.approx((losses[0] - losses[1]) / 2e-5, abs=1e-8)


@pytest.mark.property("Sequential")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_same_seeds_give_the_same_network(dtype):
    x, labels = blobs()
    runs = []
    for seed in (5, 5, 6):
        network = Sequential([Dense(6), Relu(), Dense(3)], (2,), seed=seed, dtype=dtype)
        network.fit(x, labels, epochs=2, seed=seed)
        assert network.forward(x).dtype == dtype
        runs.append(network.forward(x))
    np.testing.assert_array_equal(runs[0], runs[1])
    assert (runs[0] != runs[2]).any()


@pytest.mark.property("Sequential")
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_learns(optimizer):
    x, labels = blobs()
    network = Sequential([Dense(8), Tanh(), Dense(3)], (2,), seed=1)
    rate = {"adadelta": 5.0, "adagrad": 0.1, "sgd": 0.2, "momentum": 0.05}.get(optimizer, 0.02)
    told = []
    history = network.fit(
        x,
        labels,
        epochs=15,
        learning_rate=rate,
        optimizer=optimizer,
        progress=lambda epoch, evaluation: told.append((epoch, evaluation)),
    )
    assert told == list(enumerate(history, 1))
    assert network.evaluate(x, labels).accuracy > 0.95
    assert history[-1].loss < history[0].loss


@pytest.mark.property("summary")
def test_the_total_does_not_depend_on_activations_and_pools_have_none():
    with_them = summary(SMALL, (2, 5, 6))
    assert all(row.parameters == 0 for row in with_them if row.layer in ("Relu", "MaxPool2d"))
    without = [layer for layer in SMALL if not isinstance(layer, Relu | Tanh)]
    rows = summary(without, (2, 5, 6))
    assert sum(row.parameters for row in rows) == sum(row.parameters for row in with_them)
    assert rows[-1].output_shape == with_them[-1].output_shape == (3,)


def test_weights_begin_between_the_limits_of_glorot_and_bengio():
    (weight, bias), *_ = Sequential([Conv2d(20, 5), Flatten(), Dense(2)], (3, 8, 8)).parameters
    limit = math.sqrt(6 / (3 * 25 + 20 * 25))
    assert 0.95 * limit < np.abs(weight).max() <= limit
    assert abs(weight.mean()) < 0.05 * limit
    assert not bias.any()


def test_a_layer_of_ones_own_is_trained_too():
    class Scale:
        def output_shape(self, input_shape):
            return input_shape

        def parameter_shapes(self, input_shape):
            return (input_shape,)

        def initialise(self, rng, input_shape, dtype):
            return (np.ones(input_shape, dtype),)

        def forward(self, x, parameters):
            return x * parameters[0]

        def backward(self, grad_output, x, parameters):
            return grad_output * parameters[0], ((grad_output * x).sum(0),)

    assert isinstance(Scale(), Layer)
    x, labels = blobs()
    network = Sequential([Scale(), Dense(3)], (2,))
    np.testing.assert_array_equal(network.parameters[0][0], [1, 1])
    network.fit(x, labels, epochs=1)
    assert (network.parameters[0][0] != 1).all()


@pytest.mark.property("Sequential")
def test_a_logit_that_is_nan_is_never_right():
    """argmax takes the first NaN for the largest, which would count class 0 as right."""
    network = Sequential([Dense(2)], (2,))
    x = [[np.nan, 1.0], [np.nan, 1.0]]
    for evaluation in (network.evaluate(x, [0, 0]), network.fit(x, [0, 0], epochs=1)[0]):
        assert math.isnan(evaluation.loss)
        assert evaluation.accuracy == 0


@pytest.mark.property("summary")
def test_summary_takes_a_sequential_as_it_takes_its_layers():
    assert summary(Sequential(SMALL, (2, 5, 6)), (2, 5, 6)) == summary(SMALL, (2, 5, 6))


def test_layers_and_architectures_are_there_after_import_reference():
    program = "import reference; reference.layers.Conv2d, reference.architectures.lenet_5"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0


def test_sizes_of_a_layer_may_be_numpy_integers():
    layers = [Conv2d(np.int64(2), np.int64(3)), Flatten(), Dense(np.int64(3))]
    assert Sequential(layers, (1, 4, 4)).forward(np.ones((2, 1, 4, 4))).shape == (2, 3)


def test_nothing_is_evaluated_to_nan():
    evaluation = Sequential([Dense(2)], (2,)).evaluate(np.ones((0, 2)), [])
    assert math.isnan(evaluation.loss)
    assert math.isnan(evaluation.accuracy)


X, LABELS = np.ones((4, 2)), [0, 1, 2, 0]


def build(layers=None, input_shape=(2,), **options):
    return Sequential([Dense(3)] if layers is None else layers, input_shape, **options)


@pytest.mark.bad_input("Sequential")
@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: build([]), ValueError, r"layers: got a last shape of \(2,\)|layers: got"),
        (lambda: build([Relu()], (2, 3)), ValueError, r"layers: got a last shape of \(2, 3\)"),
        (lambda: build([Dense(3)], (1, 4, 4)), ValueError, r"layers\[0\], Dense: got samples of s"),
        (
            lambda: build([Conv2d(2, 5), Flatten(), Dense(2)], (1, 4, 4)),
            ValueError,
            r"layers\[0\], Conv2d: kernel_size: got a kernel that covers \(5, 5\)",
        ),
        (lambda: build([Dense]), TypeError, r"layers\[0\]: got <class .*Dense'>, expected a layer"),
        (lambda: build(["dense"]), TypeError, r"layers\[0\]: got 'dense', expected a layer"),
        (lambda: build(5), TypeError, "layers: got 5, expected a list of layers"),
        (lambda: build(input_shape=2), TypeError, "input_shape: got 2, expected sizes"),
        (lambda: build(input_shape=(0,)), ValueError, "input_shape: got 0, expected an integer"),
        (lambda: build([Dense(0)]), ValueError, r"layers\[0\], Dense: units: got 0, expected"),
        (lambda: build(dtype=np.int64), TypeError, "dtype: got int64, expected float32 or float64"),
        (lambda: build(seed=-1), ValueError, "seed: got -1, expected an integer of at least 0"),
        (
            lambda: build().forward(np.ones((4, 3))),
            ValueError,
            r"x: got shape \(4, 3\), expected \(N, 2",
        ),
        (
            lambda: build().predict(np.ones(2)),
            ValueError,
            r"x: got shape \(2,\), expected \(N, 2\)",
        ),
        (lambda: build().evaluate(X, [0, 1, 3, 0]), ValueError, r"labels: got 3 at index \(2,\)"),
        (
            lambda: build().evaluate(X, [0, 1]),
            ValueError,
            r"labels: got shape \(2,\), expected \(4",
        ),
        (
            lambda: build().fit(X, [0.0, 1, 2, np.nan], epochs=1),
            TypeError,
            "labels: got dtype float64",
        ),
        (lambda: build().fit(X, LABELS, epochs=-1), ValueError, "epochs: got -1, expected"),
        (lambda: build().fit(X, LABELS, epochs=1.5), TypeError, "epochs: got 1.5, expected an int"),
        (lambda: build().fit(X, LABELS, epochs=1, batch_size=0), ValueError, "batch_size: got 0"),
        (
            lambda: build().fit(X, LABELS, epochs=1, optimizer="lion"),
            ValueError,
            "optimizer: got 'l",
        ),
        (
            lambda: build().fit(X, LABELS, epochs=1, learning_rate=-1),
            ValueError,
            r"learning_rate: got -1\.0, expected",
        ),
        (lambda: build().fit(np.ones((0, 2)), [], epochs=1), ValueError, "x: got no samples"),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=f"^({message})"):
        call()


@pytest.mark.bad_input("summary")
@pytest.mark.parametrize(
    ("layers", "input_shape", "error", "message"),
    [
        (
            [Flatten(), MaxPool2d(2)],
            (1, 4, 4),
            ValueError,
            r"layers\[1\], MaxPool2d: got samples of",
        ),
        (
            [MaxPool2d(5)],
            (1, 4, 4),
            ValueError,
            r"layers\[0\], MaxPool2d: kernel_size: got a kernel",
        ),
        ([AvgPool2d(2, padding=2)], (1, 4, 4), ValueError, r"layers\[0\], AvgPool2d: padding: got"),
        ([Dense(-3)], (4,), ValueError, r"layers\[0\], Dense: units: got -3, expected"),
        ([Dense(1.5)], (4,), TypeError, r"layers\[0\], Dense: units: got 1\.5, expected"),
        ([Conv2d(0, 3)], (1, 4, 4), ValueError, r"layers\[0\], Conv2d: out_channels: got 0"),
        (Dense(3), (4,), TypeError, r"layers: got Dense\(units=3, .*, expected a list of layers"),
        ([Dense(3)], 4, TypeError, r"input_shape: got 4, expected sizes such as \(C, H, W\)"),
        ([Dense(3)], (2.5,), TypeError, r"input_shape: got 2\.5, expected an integer"),
        ([Conv2d(2, 3, stride=0)], (1, 4, 4), ValueError, r"layers\[0\], Conv2d: stride: got 0"),
        ([Conv2d(2, 3)], (4, 4), ValueError, r"layers\[0\], Conv2d: got samples of shape \(4, 4\)"),
        ([None], (4,), TypeError, r"layers\[0\]: got None, expected a layer"),
    ],
)
def test_a_layer_that_does_not_fit_is_named_by_its_place(layers, input_shape, error, message):
    with pytest.raises(error, match=f"^{message}"):
        summary(layers, input_shape)
