"""Layouts of images: each is chosen where it ought to be, and changes no result."""

import numpy as np
import pytest

from reference import conv2d, conv2d_backward, convolution_operands
from reference.cpu import convolution, convolution_gradients
from reference.cpu.columns import Steps
from reference.cpu.image_layout import choose_layout, lay_out, lay_together, put_back, take_apart

STEPS = {"stride": (2, 3), "padding": ((1, 0), (2, 1)), "dilation": (1, 2)}
# Images, kernels and options; whether images are laid together, and the part of them that is seen.
CASES = {
    "one window": ((9, 4, 5, 5), (12, 4, 5, 5), {}, True, (5, 5)),
    "one window of groups": ((9, 4, 5, 5), (24, 2, 5, 5), {"groups": 2}, True, (5, 5)),
    "one dilated window": ((7, 3, 5, 5), (16, 3, 3, 3), {"dilation": 2}, True, (3, 3)),
    "one window, more pixels": ((9, 4, 6, 7), (12, 4, 4, 4), {"stride": 4}, True, (4, 4)),
    "one padded window": ((9, 4, 3, 3), (12, 4, 5, 5), {"padding": 1}, True, (3, 3)),
    "one image": ((1, 4, 5, 5), (99, 4, 5, 5), {}, False, (5, 5)),
    "few windows": ((6, 8, 4, 4), (12, 8, 3, 3), {}, True, (4, 4)),
    "few padded windows": ((6, 8, 3, 4), (12, 8, 3, 3), {"padding": (1, 0)}, True, (3, 4)),
    "few windows in steps": ((6, 8, 7, 4), (16, 8, 3, 3), {"stride": (2, 1)}, True, (7, 4)),
    "steps across": ((6, 8, 4, 7), (16, 8, 3, 3), {"stride": (1, 2)}, True, (4, 7)),
    "steps and padding": ((6, 8, 4, 7), (32, 4, 2, 4), {**STEPS, "groups": 2}, True, (4, 7)),
    "steps of few channels": ((6, 3, 4, 7), (32, 3, 3, 3), {"stride": 2}, False, (3, 7)),
    "steps of few channels, many images": ((9, 3, 5, 6), (8, 3, 3, 3), {"stride": 2}, True, (5, 6)),
    "steps of many images": ((300, 4, 4, 4), (16, 4, 2, 2), {"stride": (1, 2)}, True, (4, 4)),
    "many windows": ((2, 8, 12, 12), (12, 8, 3, 3), {}, False, (12, 12)),
    "every second pixel": ((2, 8, 15, 16), (8, 8, 1, 1), {"stride": 2}, False, (8, 8)),
    "rows of pixels": ((2, 8, 15, 16), (8, 8, 1, 3), {"stride": (2, 1)}, False, (8, 16)),
    "padding at one end": (
        (2, 8, 8, 8),
        (8, 8, 1, 1),
        {"padding": ((0, 1), (0, 2))},
        False,
        (8, 8),
    ),
    "kernels that do not fit": ((5, 6, 9, 10), (16, 6, 3, 2), {"stride": 3}, True, (9, 10)),
    "steps wider than kernels": ((5, 6, 9, 10), (16, 6, 2, 2), {"stride": (3, 4)}, True, (9, 10)),
    "few windows of one kernel": ((6, 9, 4, 4), (1, 9, 3, 3), {}, True, (4, 4)),
    "few windows of planes": ((6, 6, 4, 4), (6, 1, 3, 3), {"groups": 6}, True, (4, 4)),
    "few windows of stacks": ((6, 9, 4, 4), (9, 1, 3, 3), {"groups": 9}, False, (4, 4)),
    "steps of planes": ((6, 9, 7, 7), (9, 1, 3, 3), {"stride": 2, "groups": 9}, False, (7, 7)),
}
OPTIONS = "stride", "padding", "dilation"
each_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@pytest.fixture
def call_small(monkeypatch):
    """Return what sets how much work is small, and forgets the plans that were made before."""

    def set_small(products):
        monkeypatch.setattr(convolution, "SMALL", products)
        monkeypatch.setattr(convolution_gradients, "SMALL", products)
        convolution_operands.plan_numbers.cache_clear()

    yield set_small
    convolution_operands.plan_numbers.cache_clear()


def as_pair(value):
    return value if isinstance(value, tuple) else (value, value)


def make_layout(case, itemsize=8):
    x, weight, options, *_ = case
    windows = conv2d(np.zeros(x), np.zeros(weight), **options).shape
    stride, padding, dilation = (as_pair(options.get(name, 0)) for name in OPTIONS)
    start = tuple(side[0] if isinstance(side, tuple) else side for side in padding)
    steps = Steps(
        weight[2:], tuple(map(max, stride, (1, 1))), start, tuple(map(max, dilation, (1, 1)))
    )
    return choose_layout(x, windows, weight, itemsize, steps)


@each_case
def test_the_layout_is_chosen_by_shapes(case):
    layout = make_layout(case)
    x = np.arange(np.prod(case[0]), dtype=float).reshape(case[0])
    assert layout.is_together == case[3]
    assert x[:, :, *layout.seen].shape[2:] == case[4]
    assert lay_out(x, layout).size == x[:, :, *layout.seen].size


@each_case
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_integers_agree_with_the_images_one_by_one_and_with_nothing_but_them(
    case, dtype, call_small
):
    """One image is never laid together, and sums of small integers are exact."""
    rng = np.random.default_rng(0)
    call_small(0)
    x, weight = (rng.integers(-3, 4, shape).astype(dtype) for shape in case[:2])
    options = case[2]
    together = conv2d(x, weight, **options)
    grad = rng.integers(-3, 4, together.shape).astype(dtype)
    ours = conv2d_backward(grad, x, weight, **options)
    call_small(10**9)
    np.testing.assert_array_equal(together, conv2d(x, weight, **options), strict=True)
    for one, other in zip(ours, conv2d_backward(grad, x, weight, **options), strict=True):
        np.testing.assert_array_equal(one, other, strict=True)


def test_images_laid_together_are_neighbours_pixel_by_pixel():
    x = np.arange(2.0 * 3 * 4 * 5).reshape(2, 3, 4, 5)
    together = lay_together(x)
    assert together.shape == (1, 3, 4, 10)
    assert together[0, 2, 1, 7] == x[1, 2, 1, 3]
    apart = np.empty_like(x)
    take_apart(apart, together)
    np.testing.assert_array_equal(apart, x)


@each_case
def test_what_no_window_sees_is_put_back_as_zeros(case):
    layout = make_layout(case)
    x = 1 + np.arange(np.prod(case[0]), dtype=float).reshape(case[0])
    back = np.full_like(x, np.nan)
    put_back(back, lay_out(x, layout), layout)
    seen = np.zeros(x.shape, bool)
    seen[:, :, *layout.seen] = True
    np.testing.assert_array_equal(back, np.where(seen, x, 0.0))
