"""Pooling on the GPU gives what it gives on the CPU, to the last digit."""

import numpy as np
import pytest

import reference

DTYPES = pytest.mark.parametrize("dtype", [np.float32, np.float64])
# kernel_size and options; the images are not a multiple of any of them.
WINDOWS = {
    "side by side": (2, {}),
    "overlapping": (3, {"stride": (1, 2), "padding": (1, 0)}),
    "hanging over the edge": ((2, 3), {"padding": 1, "ceil_mode": True}),
}
SPREAD = {"stride": 2, "dilation": 3, "padding": 1, "ceil_mode": True}


def draw(dtype: type, *shape: int) -> np.ndarray:
    """Return whole numbers, many of them equal, with infinities and NaNs here and there."""
    x = np.random.default_rng(3).integers(-2, 3, shape).astype(dtype)
    x.flat[4::17], x.flat[5::19], x.flat[6::23] = np.inf, -np.inf, np.nan
    return x


def assert_same(actual: object, expected: object) -> None:
    both = (a if isinstance(a, tuple) else (a,) for a in (actual, expected))
    for gpu, cpu in zip(*both, strict=True):
        assert gpu.dtype == cpu.dtype
        np.testing.assert_array_equal(gpu, cpu)


@DTYPES
@pytest.mark.parametrize("windows", [*WINDOWS.values(), (3, SPREAD)], ids=[*WINDOWS, "spread"])
@pytest.mark.parametrize("name", ["max_pool2d", "min_pool2d"])
def test_the_best_of_a_window_its_place_and_its_gradient(
    name: str, windows: tuple[object, dict[str, object]], dtype: type
) -> None:
    (kernel_size, options), x = windows, draw(dtype, 2, 2, 5, 7)
    pool, backward = getattr(reference, name), getattr(reference, f"{name}_backward")
    expected = pool(x, kernel_size, **options, return_indices=True)
    assert_same(pool(x, kernel_size, **options, return_indices=True, backend="cuda"), expected)
    assert_same(pool(x, kernel_size, **options, backend="cuda"), expected[0])
    grad = np.random.default_rng(4).standard_normal(expected[0].shape).astype(dtype)
    actual = backward(grad, x, kernel_size, **options, backend="cuda")
    assert_same(actual, backward(grad, x, kernel_size, **options))


@DTYPES
@pytest.mark.parametrize("counts_padding", [True, False])
@pytest.mark.parametrize("windows", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_the_mean_of_a_window_and_its_gradient(
    windows: tuple[object, dict[str, object]], counts_padding: bool, dtype: type
) -> None:
    (kernel_size, options), x = windows, draw(dtype, 2, 2, 5, 7)
    options = {**options, "count_include_pad": counts_padding}
    expected = reference.avg_pool2d(x, kernel_size, **options)
    assert_same(reference.avg_pool2d(x, kernel_size, **options, backend="cuda"), expected)
    # Whole numbers: sums of them in any order are equal, and thirds are rounded in both.
    grad = np.random.default_rng(4).integers(-9, 9, expected.shape).astype(dtype)
    actual = reference.avg_pool2d_backward(grad, x, kernel_size, **options, backend="cuda")
    expected = reference.avg_pool2d_backward(grad, x, kernel_size, **options)
    np.testing.assert_allclose(actual, expected, rtol=0, atol=16 * np.finfo(dtype).eps)


@DTYPES
@pytest.mark.filterwarnings("ignore:invalid value")
def test_the_mean_of_an_image_and_its_gradient(dtype: type) -> None:
    x = draw(dtype, 2, 3, 9, 9)
    x[0, 0] = np.arange(81).reshape(9, 9)
    expected = reference.global_avg_pool2d(x)
    assert expected[0, 0] == 40
    assert_same(reference.global_avg_pool2d(x, backend="cuda"), expected)
    grad = np.random.default_rng(4).standard_normal((2, 3)).astype(dtype)
    expected = reference.global_avg_pool2d_backward(grad, x)
    assert_same(reference.global_avg_pool2d_backward(grad, x, backend="cuda"), expected)


def test_no_images_give_no_results() -> None:
    x = draw(np.float32, 0, 2, 4, 4)
    assert reference.max_pool2d(x, 2, backend="cuda").shape == (0, 2, 2, 2)
    assert reference.avg_pool2d(x, 2, backend="cuda").shape == (0, 2, 2, 2)
    assert reference.global_avg_pool2d(x, backend="cuda").shape == (0, 2)
    grad = np.zeros((0, 2, 2, 2), np.float32)
    assert reference.max_pool2d_backward(grad, x, 2, backend="cuda").shape == x.shape
    assert reference.avg_pool2d_backward(grad, x, 2, backend="cuda").shape == x.shape
