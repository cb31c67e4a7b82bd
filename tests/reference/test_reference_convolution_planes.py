"""Kernels that see one channel each: plane by plane, or planes side by side.

conv2d takes the plain loops for small work, so its own tests see little of these. Integers add up
exactly in any order: each way must agree with the definition to the bit.
"""

import numpy as np
import pytest
from convolution_by_definition import (
    correlation_by_definition,
    correlations,
    gradients_by_definition,
    some,
    steadily,
)
from guards import assert_guards_are_whole, guarded
from hypothesis import given
from hypothesis import strategies as st

from reference.cpu.columns import Steps
from reference.cpu.input_gradients import fill_grad_x
from reference.cpu.plane_stacks import are_stacks, correlate_stacks, spread_stacks
from reference.cpu.planes import correlate_planes, weigh_planes
from reference.cpu.stack_weights import weigh_stacks
from reference.cpu.vectors import vector_bytes


@pytest.mark.definition("conv2d")
@steadily
@given(correlations(one_channel=True))
def test_planes_agree_with_the_definition(drawn):
    (x, weight, bias, grad), steps, groups, (dtype, wide) = drawn
    out, room = guarded(np.zeros(grad.shape), dtype)
    given = guarded(x, dtype)[0], guarded(weight, wide)[0], guarded(bias, dtype)[0]
    correlate_planes(out, *given, steps)
    expected = correlation_by_definition(x, weight, bias, steps, groups, grad.shape[2:])
    np.testing.assert_array_equal(out, expected)
    assert_guards_are_whole(room)


@pytest.mark.definition("conv2d_backward")
@steadily
@given(correlations(one_channel=True))
def test_gradients_of_planes_agree_with_the_definition(drawn):
    (x, weight, _, grad), steps, groups, (dtype, wide) = drawn
    # Of images with one kernel for each channel, too, whatever else was drawn.
    own = weight[:groups], grad[:, :groups]
    grad_weight, room = guarded(np.full(weight.shape, 7), wide)
    grad_x, room_x = guarded(np.full(x.shape, 7), dtype)
    grads, images = guarded(grad, dtype)[0], guarded(x, dtype)[0]
    weigh_planes(grad_weight, grads, images, steps)
    fill_grad_x(grad_x, guarded(own[1], dtype)[0], guarded(own[0], wide)[0], steps, groups)
    expected = gradients_by_definition(grad, x, weight, steps, groups)
    np.testing.assert_array_equal(grad_weight, expected[1])
    expected = gradients_by_definition(own[1], x, own[0], steps, groups)
    np.testing.assert_array_equal(grad_x, expected[0])
    assert_guards_are_whole(room, room_x)


@pytest.mark.definition("conv2d", "conv2d_backward")
@steadily
@given(correlations(one_channel=True), st.integers(1, 40))
def test_stacks_agree_with_the_definition(drawn, channels):
    """Of as many channels as leave any number of lanes empty; rows that are long make no bands."""
    (x, _, _, grad), steps, _, (dtype, wide) = drawn
    rng = np.random.default_rng(channels)
    x, grad = (some(rng, len(part), channels, *part.shape[2:]) for part in (x, grad))
    weight, bias = some(rng, channels, 1, *steps.kernel_size), some(rng, channels)
    images, grads = guarded(x, dtype)[0], guarded(grad, dtype)[0]
    kernels = guarded(weight, wide)[0]
    out, room = guarded(np.full(grad.shape, 7), dtype)
    correlate_stacks(out, images, kernels, guarded(bias, dtype)[0], steps)
    expected = correlation_by_definition(x, weight, bias, steps, channels, grad.shape[2:])
    np.testing.assert_array_equal(out, expected)
    grad_x, room_x = guarded(np.full(x.shape, 7), dtype)
    grad_weight, room_weight = guarded(np.full(weight.shape, 7), wide)
    spread_stacks(grad_x, grads, kernels, steps)
    weigh_stacks(grad_weight, grads, images, steps)
    expected = gradients_by_definition(grad, x, weight, steps, channels)
    np.testing.assert_array_equal(grad_x, expected[0])
    np.testing.assert_array_equal(grad_weight, expected[1])
    assert_guards_are_whole(room, room_x, room_weight)


@pytest.mark.definition("conv2d", "conv2d_backward")
@pytest.mark.parametrize("stride", [(1, 1), (2, 2), (3, 1)])
def test_large_stacks_are_done_in_bands(stride):
    """What is not seen of the band before must be zeros again."""
    rng, steps = np.random.default_rng(4), Steps((5, 3), stride, (4, 1), (2, 1))
    x, weight = some(rng, 2, 19, 90, 60), some(rng, 19, 1, 5, 3)
    count = (90 - 1) // stride[0] + 1, (60 - 1) // stride[1] + 1
    out, grad = np.empty((2, 19, *count)), some(rng, 2, 19, *count)
    correlate_stacks(out, x.astype(float), weight.astype(float), None, steps)
    no_bias = np.zeros(19, int)
    expected = correlation_by_definition(x, weight, no_bias, steps, 19, count)
    np.testing.assert_array_equal(out, expected)
    grad_x, grad_weight = np.empty(x.shape), np.empty(weight.shape)
    spread_stacks(grad_x, grad.astype(float), weight.astype(float), steps)
    weigh_stacks(grad_weight, grad.astype(float), x.astype(float), steps)
    expected = gradients_by_definition(grad, x, weight, steps, 19)
    np.testing.assert_array_equal(grad_x, expected[0])
    np.testing.assert_array_equal(grad_weight, expected[1])


@pytest.mark.parametrize(
    ("windows", "weight", "groups", "expected"),
    [
        ((8, 144, 14, 14), (144, 1, 3, 3), 144, True),
        # Rows of one vector, and of many: nothing to gain.
        ((8, 144, 16, 16), (144, 1, 3, 3), 144, False),
        ((8, 144, 56, 56), (144, 1, 3, 3), 144, False),
        # Few lanes, several kernels for each channel, several channels.
        ((8, 6, 14, 14), (6, 1, 3, 3), 6, False),
        ((8, 288, 14, 14), (288, 1, 3, 3), 144, False),
        ((8, 144, 14, 14), (144, 2, 3, 3), 72, False),
    ],
)
def test_small_planes_of_many_channels_are_stacked(windows, weight, groups, expected):
    itemsize, steps = vector_bytes() // 16, Steps(weight[2:], (1, 1), (1, 1), (1, 1))
    assert are_stacks(windows, weight, itemsize, steps, groups) == expected
