"""The gradient of images by products that are spread over their pixels, and when that is done."""

import numpy as np
import pytest
from convolution_by_definition import correlations, gradients_by_definition, some, steadily
from guards import assert_guards_are_whole, guarded
from hypothesis import given
from hypothesis import strategies as st

from reference.cpu.columns import Steps
from reference.cpu.image_layout import lay_together
from reference.cpu.input_gradients import fill_grad_x
from reference.cpu.spread_gradients import are_spread, spread_grad_x


@pytest.mark.definition("conv2d_backward")
@steadily
@given(correlations())
def test_spread_products_agree_with_the_definition(drawn):
    (x, weight, _, grad), steps, groups, (dtype, wide) = drawn
    grad_x, room = guarded(np.full(x.shape, 7), dtype)
    spread_grad_x(grad_x, guarded(grad, dtype)[0], guarded(weight, wide)[0], steps, groups)
    expected = gradients_by_definition(grad, x, weight, steps, groups)
    np.testing.assert_array_equal(grad_x, expected[0])
    assert_guards_are_whole(room)


@pytest.mark.definition("conv2d_backward")
def test_products_are_spread_in_parts():
    """More kernels than a sum has terms, and more windows than a block has room for."""
    rng, steps = np.random.default_rng(2), Steps((11, 11), (2, 3), (5, 5), (1, 1))
    x, weight = some(rng, 1, 2, 200, 300), some(rng, 200, 2, 11, 11)
    grad, grad_x = some(rng, 1, 200, 100, 100), np.empty(x.shape)
    spread_grad_x(grad_x, grad.astype(float), weight.astype(float), steps, 1)
    expected = gradients_by_definition(grad, x, weight, steps, 1)
    np.testing.assert_array_equal(grad_x, expected[0])


@pytest.mark.definition("conv2d_backward")
@pytest.mark.parametrize("stride", [(3, 3), (2, 5)])
@pytest.mark.parametrize("groups", [1, 2])
def test_products_of_windows_far_apart_are_spread(stride, groups):
    """Of 24 channels, or 12, some are done together; what no window sees has no gradient."""
    rng, steps = np.random.default_rng(3), Steps((5, 4), stride, (2, 1), (1, 2))
    x, weight = some(rng, 2, 24, 43, 57), some(rng, 8, 24 // groups, 5, 4)
    grad, grad_x = some(rng, 2, 8, 13, 10), np.full(x.shape, 7.0)
    assert are_spread(x.shape, grad.shape, weight.shape, 8, steps, groups)
    fill_grad_x(grad_x, grad.astype(float), weight.astype(float), steps, groups)
    expected = gradients_by_definition(grad, x, weight, steps, groups)
    np.testing.assert_array_equal(grad_x, expected[0])


@pytest.mark.definition("conv2d_backward")
@steadily
@given(correlations(), st.sampled_from([2, 3, 9]))
def test_spread_products_of_images_laid_together_agree_with_the_definition(drawn, images):
    (x, weight, _, grad), steps, groups, (dtype, wide) = drawn
    rng = np.random.default_rng(images)
    x, grad = (some(rng, images, *part.shape[1:]) for part in (x, grad))
    (above, left), (over, along) = steps.start, steps.dilation
    start, dilation = (above, left * images), (over, along * images)
    laid = steps._replace(start=start, dilation=dilation, images=images)
    grad_x, room = guarded(np.full((1, *x.shape[1:3], x.shape[3] * images), 7), dtype)
    given = lay_together(guarded(grad, dtype)[0]), guarded(weight, wide)[0]
    spread_grad_x(grad_x, *given, laid, groups)
    expected, _ = gradients_by_definition(grad, x, weight, steps, groups)
    np.testing.assert_array_equal(grad_x, lay_together(expected.astype(dtype)))
    assert_guards_are_whole(room)


@pytest.mark.parametrize(
    ("image", "out", "weight", "stride", "expected"),
    [
        # Of 49 pixels 9 have a window: most of what a correlation multiplies is zero.
        ((8, 4, 7, 7), (8, 64, 3, 3), (64, 4, 5, 5), 1, True),
        # Four correlations, for each sort of pixels one, and little to do.
        ((1, 16, 8, 8), (1, 192, 4, 4), (192, 16, 3, 3), 2, True),
        # Many channels share what is laid out.
        ((8, 64, 56, 56), (8, 64, 56, 56), (64, 64, 3, 3), 1, False),
        ((8, 64, 56, 56), (8, 128, 28, 28), (128, 64, 3, 3), 2, False),
        ((8, 64, 56, 56), (8, 64, 56, 56), (64, 64, 1, 1), 1, False),
    ],
)
def test_products_are_spread_where_that_is_less(image, out, weight, stride, expected):
    steps = Steps(weight[2:], (stride, stride), (weight[2] // 2,) * 2, (1, 1))
    assert are_spread(image, out, weight, 8, steps, 1) == expected


@pytest.mark.parametrize(("images", "expected"), [(16, True), (64, False)])
def test_images_laid_together_are_spread_while_their_windows_stay_near(images, expected):
    """Windows of 64 images leave the second cache from one channel to the next."""
    steps = Steps((3, 3), (2, 2), (1, images), (1, images), images)
    image, out = (1, 128, 8, 8 * images), (1, 256, 4, 4 * images)
    assert are_spread(image, out, (256, 128, 3, 3), 8, steps, 1) == expected
