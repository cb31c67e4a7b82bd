"""Dense layers and their gradients of the GPU's kernels beside the CPU's."""

import numpy as np
import pytest

import reference
from reference.cuda.column_sums import SLICE, WIDTH, add_columns
from reference.cuda.staging import Stage

RNG = np.random.default_rng(0)
# Samples, inputs, outputs: no multiple of a tile, more than one tile, one of each, none.
SIZES = [(17, 5, 10), (37, 3, 2), (1, 1, 1), (3, 0, 2), (0, 2, 3)]


@pytest.fixture(params=[np.float32, np.float64])
def dtype(request):
    return request.param


def assert_near(actual, expected, terms):
    """Compare sums of so many terms of size about 1."""
    assert actual.dtype == expected.dtype
    tolerance = 4 * np.finfo(expected.dtype).eps * max(terms, 1) ** 0.5
    np.testing.assert_allclose(actual, expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("size", SIZES)
def test_a_layer_is_the_same(size, dtype):
    samples, inputs, outputs = size
    x = RNG.standard_normal((samples, inputs)).astype(dtype)
    weight = RNG.standard_normal((inputs, outputs)).astype(dtype)
    bias = RNG.standard_normal(outputs).astype(dtype)
    expected = reference.dense(x, weight, bias)
    assert_near(reference.dense(x, weight, bias, backend="cuda"), expected, inputs)


@pytest.mark.parametrize("size", SIZES)
def test_gradients_are_the_same(size, dtype):
    samples, inputs, outputs = size
    grad = RNG.standard_normal((samples, outputs)).astype(dtype)
    x = RNG.standard_normal((samples, inputs)).astype(dtype)
    weight = RNG.standard_normal((inputs, outputs)).astype(dtype)
    actual = reference.dense_backward(grad, x, weight, backend="cuda")
    for ours, right in zip(actual, reference.dense_backward(grad, x, weight), strict=True):
        assert_near(ours, right, max(size))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_an_infinity_stays_in_its_row_and_a_nan_too():
    x, weight = RNG.standard_normal((10, 9)), RNG.standard_normal((9, 10))
    x[3, 4], x[9, 8] = np.inf, np.nan
    expected = reference.dense(x, weight)
    np.testing.assert_allclose(reference.dense(x, weight, backend="cuda"), expected, rtol=1e-13)


def test_a_network_is_trained_alike():
    x, target = RNG.standard_normal((5, 4)), RNG.standard_normal((5, 2))
    layers = [
        (RNG.standard_normal((4, 9)), RNG.standard_normal(9)),
        (RNG.standard_normal((9, 2)), RNG.standard_normal(2)),
    ]
    expected = reference.mlp_forward(x, layers) - target
    actual = reference.mlp_forward(x, layers, backend="cuda") - target
    np.testing.assert_allclose(actual, expected, rtol=1e-12)


@pytest.mark.parametrize("rows", [0, 1, SLICE, SLICE + 1, 3 * SLICE + 1])
def test_column_sums_of_any_length_are_exact_where_they_can_be(rows):
    matrix = RNG.integers(-9, 9, (rows, WIDTH + 1)).astype(np.float32)
    out = np.zeros(WIDTH + 1, np.float32)
    with Stage() as stage:
        add_columns(stage.write(out), stage.read(matrix))
    assert np.array_equal(out, matrix.sum(axis=0))
