"""Kernels with one tap: the pixels are read where they lie, and nothing else is."""

import numpy as np
import pytest
from guards import assert_guards_are_whole, guarded
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import conv2d, conv2d_backward
from reference.cpu import pointwise
from reference.cpu.columns import Steps
from reference.cpu.correlation import correlate
from reference.cpu.input_gradients import fill_grad_x
from reference.cpu.pointwise import are_points, correlate_points, plan_points

steadily = settings(deadline=None, derandomize=True, max_examples=80)
STEPS = Steps((1, 1), (1, 1), (0, 0), (1, 1))


def some(rng, *shape):
    return rng.integers(-9, 10, shape)


@pytest.mark.definition("conv2d")
@pytest.mark.definition("conv2d_backward")
@steadily
@given(
    shape=st.tuples(st.integers(1, 3), st.integers(1, 20), st.integers(1, 40)),
    channels=st.tuples(st.integers(1, 3), st.integers(1, 400), st.integers(1, 40)),
    dtype=st.sampled_from([np.float32, np.float64]),
)
def test_results_and_gradients_are_products_of_matrices(shape, channels, dtype):
    """More channels than a sum has terms, more pixels than a part has, and every rest."""
    (images, height, width), (groups, some_channels, kernels) = shape, channels
    rng = np.random.default_rng(sum(shape) + sum(channels))
    x = some(rng, images, groups * some_channels, height, width)
    weight = some(rng, groups * kernels, some_channels, 1, 1)
    bias = some(rng, groups * kernels)
    by_group = weight.reshape(groups, kernels, some_channels)
    parts = x.reshape(images, groups, some_channels, height * width)
    expected = by_group @ parts + bias.reshape(groups, kernels, 1)
    out, room = guarded(np.zeros((images, groups * kernels, height, width)), dtype)
    inside = guarded(x, dtype)[0], guarded(weight, dtype)[0]
    plan = plan_points(x.shape, out.shape, out.dtype, groups)
    correlate_points(plan, out, *inside, bias.astype(dtype))
    np.testing.assert_array_equal(out, expected.reshape(out.shape))
    assert_guards_are_whole(room)

    grad_x, room = guarded(np.zeros(x.shape), dtype)
    plan = plan_points(out.shape, x.shape, out.dtype, groups, is_turned=True)
    correlate_points(plan, grad_x, guarded(out, dtype)[0], inside[1], None)
    expected = by_group.transpose(0, 2, 1) @ expected
    np.testing.assert_array_equal(grad_x, expected.reshape(x.shape))
    assert_guards_are_whole(room)


@pytest.mark.parametrize(
    ("x", "out", "kernels", "expected"),
    [
        ((2, 256, 56, 56), (2, 32, 56, 56), 32, True),
        ((2, 256, 56, 56), (2, 33, 56, 56), 33, False),
        ((2, 256, 14, 14), (2, 64, 14, 14), 64, True),
        ((2, 256, 14, 14), (2, 65, 14, 14), 65, False),
        ((2, 256, 56, 56), (2, 32, 56, 57), 32, False),
    ],
)
def test_few_kernels_are_multiplied_where_the_pixels_lie(x, out, kernels, expected):
    assert are_points(x, out, kernels, STEPS) == expected
    assert not are_points(x, out, kernels, STEPS._replace(stride=(1, 2)))
    assert not are_points(x, out, kernels, STEPS._replace(kernel_size=(1, 2)))
    assert not are_points(x, out, kernels, STEPS._replace(start=(1, 0)))


def test_both_directions_take_this_way(monkeypatch):
    """And they take another one where the numbers are widened on the way."""
    calls = []
    run = pointwise._correlate
    monkeypatch.setattr(pointwise, "_correlate", lambda *a: calls.append(a[3].dtype) or run(*a))
    rng = np.random.default_rng(0)
    x, weight = some(rng, 3, 12, 9, 10).astype(float), some(rng, 14, 12, 1, 1).astype(float)
    out, grad_x = np.empty((3, 14, 9, 10)), np.empty(x.shape)
    correlate(out, x, weight, None, STEPS, 1)
    fill_grad_x(grad_x, out, weight, STEPS, 1)
    assert calls == [np.float64, np.float64]
    conv2d(x.astype(np.float32), weight.astype(np.float32))
    conv2d_backward(*(a.astype(np.float32) for a in (out, x, weight)))
    assert len(calls) == 2
    conv2d(x.astype(np.float32), weight.astype(np.float32), accumulator="float32")
    assert calls[2:] == [np.float32]
