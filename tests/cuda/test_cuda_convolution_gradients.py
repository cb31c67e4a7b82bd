"""conv2d_backward on the GPU gives what it gives on the CPU."""

from collections import Counter
from itertools import product

import numpy as np
import pytest

from reference import conv2d, conv2d_backward
from reference.cuda.taps import sort_pixels

# Shapes of x and of weight, and options. No number is a multiple of a tile's.
CASES = {
    "a sum of two spans": ((2, 2, 6, 5), (5, 2, 2, 3), {"padding": ((1, 0), (0, 1))}),
    "four sorts of pixels": ((1, 2, 5, 5), (17, 2, 3, 3), {"stride": 2, "dilation": (1, 2)}),
    "pixels that no window meets": ((1, 2, 7, 5), (3, 2, 1, 2), {"stride": (3, 2)}),
    "groups in tiles": ((1, 16, 2, 3), (16, 8, 2, 1), {"groups": 2, "padding": (1, 0)}),
    "a group for each channel": ((2, 2, 4, 4), (4, 1, 2, 2), {"groups": 2, "padding": (0, 1)}),
}
SINGLE = "a sum of two spans", "a group for each channel"


def draw(
    dtype: type, shape: tuple[int, ...], kernels: tuple[int, ...], **options: object
) -> list[np.ndarray]:
    """Return grad_output, x and weight."""
    rng = np.random.default_rng(5)
    x, weight = (rng.standard_normal(s).astype(dtype) for s in (shape, kernels))
    result = conv2d(x, weight, **options)
    return [rng.standard_normal(result.shape).astype(dtype), x, weight]


def assert_all_close(actual: tuple[np.ndarray, ...], expected: tuple[np.ndarray, ...]) -> None:
    """Within a few units of the last place of the largest number of each array."""
    for gpu, cpu in zip(actual, expected, strict=True):
        assert gpu.dtype == cpu.dtype
        finite = np.abs(cpu[np.isfinite(cpu)])
        rounding = 16 * np.finfo(cpu.dtype).eps * finite.max(initial=0)
        np.testing.assert_allclose(gpu, cpu, rtol=0, atol=rounding)


@pytest.mark.parametrize(
    ("case", "dtype"),
    [*((case, np.float64) for case in CASES), *((case, np.float32) for case in SINGLE)],
)
def test_gradients_on_the_gpu_are_those_of_the_cpu(case: str, dtype: type) -> None:
    shape, kernels, options = CASES[case]
    given = draw(dtype, shape, kernels, **options)
    expected = conv2d_backward(*given, **options)
    assert_all_close(conv2d_backward(*given, **options, backend="cuda"), expected)


@pytest.mark.filterwarnings("ignore:invalid value")
def test_an_infinite_weight_meets_no_zero_around_the_windows() -> None:
    grad_output, x, weight = draw(np.float64, (1, 2, 4, 3), (3, 2, 2, 2))
    weight[1, 0, 0, 1] = np.inf
    expected = conv2d_backward(grad_output, x, weight)
    assert np.isinf(expected[0]).any()
    assert not np.isnan(expected[0]).any()
    assert_all_close(conv2d_backward(grad_output, x, weight, backend="cuda"), expected)


@pytest.mark.filterwarnings("ignore:invalid value")
@pytest.mark.parametrize("groups", [1, 2])
def test_an_infinite_gradient_over_the_padding_gives_nan(groups: int) -> None:
    options = {"padding": 1, "groups": groups}
    grad_output, x, weight = draw(np.float64, (1, 2, 3, 3), (2, 2 // groups, 2, 2), **options)
    grad_output[0, 1, 0, 0] = np.inf
    expected = conv2d_backward(grad_output, x, weight, **options)
    assert np.isnan(expected[1]).any()
    actual = conv2d_backward(grad_output, x, weight, **options, backend="cuda")
    assert_all_close(actual, expected)


@pytest.mark.parametrize("groups", [1, 2])
def test_no_images_give_gradients_of_zero(groups: int) -> None:
    given = draw(np.float32, (0, 2, 4, 4), (2, 2 // groups, 2, 2), groups=groups)
    grad_x, grad_weight, grad_bias = conv2d_backward(*given, groups=groups, backend="cuda")
    assert grad_x.shape == (0, 2, 4, 4)
    assert not grad_weight.any()
    assert not grad_bias.any()


def test_each_pixel_is_of_one_sort() -> None:
    sorts = sort_pixels(1, (5, 7), (3, 2), (2, 2), (2, 3), (1, 0), (1, 2))
    places: Counter[int] = Counter()
    for sort in sorts:
        first, down, across = sort.placement.target
        pixels = product(range(sort.placement.windows[0]), range(sort.placement.windows[1]))
        places.update(first + i * down + j * across for i, j in pixels)
    assert places == dict.fromkeys(range(35), 1)
