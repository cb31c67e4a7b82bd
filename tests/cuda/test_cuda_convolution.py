"""conv2d on the GPU gives what it gives on the CPU: in tiles, and window by window."""

import numpy as np
import pytest

from reference import conv1d, conv2d
from reference.cuda.taps import NOWHERE, pad, place_windows
from reference.cuda.tiles import (
    FLAT,
    LARGE,
    PART,
    SMALL,
    TILES_OF_SIMULATOR,
    VECTOR,
    WIDE,
    Tile,
    choose_tile,
    shape_room,
)

# Shapes of x and of weight, and options. No number is a multiple of a tile's.
CASES = {
    "padding": ((2, 3, 5, 4), (5, 3, 3, 2), {"padding": ((1, 2), (0, 1))}),
    "two tiles of kernels": ((1, 3, 7, 5), (19, 3, 3, 2), {"stride": (2, 1), "dilation": (1, 2)}),
    "groups in tiles": ((1, 4, 4, 4), (16, 2, 2, 2), {"groups": 2, "padding": 1}),
    "a group for each channel": ((2, 3, 5, 4), (6, 1, 3, 2), {"groups": 3, "padding": (0, 1)}),
}
SINGLE = "padding", "a group for each channel"


def draw(dtype: type, *shapes: tuple[int, ...]) -> list[np.ndarray]:
    rng = np.random.default_rng(5)
    return [rng.standard_normal(shape).astype(dtype) for shape in shapes]


def assert_close(actual: np.ndarray, expected: np.ndarray) -> None:
    """Within a few units of the last place of the largest number."""
    assert actual.dtype == expected.dtype
    finite = np.abs(expected[np.isfinite(expected)])
    rounding = 16 * np.finfo(expected.dtype).eps * finite.max(initial=0)
    np.testing.assert_allclose(actual, expected, rtol=0, atol=rounding)


@pytest.mark.parametrize(
    ("case", "dtype"),
    [*((case, np.float64) for case in CASES), *((case, np.float32) for case in SINGLE)],
)
def test_convolution_on_the_gpu_is_that_of_the_cpu(case: str, dtype: type) -> None:
    shape, kernels, options = CASES[case]
    x, weight, bias = draw(dtype, shape, kernels, kernels[:1])
    actual = conv2d(x, weight, bias, **options, backend="cuda")
    assert_close(actual, conv2d(x, weight, bias, **options))


def test_a_sum_of_many_parts_is_that_of_the_cpu() -> None:
    x, weight = draw(np.float64, (1, 9, 9), (1, 9, 9))
    assert_close(conv1d(x, weight, backend="cuda"), conv1d(x, weight))


@pytest.mark.parametrize("groups", [1, 2])
@pytest.mark.filterwarnings("ignore:invalid value")
def test_infinities_and_nans_go_into_the_windows_that_see_them(groups: int) -> None:
    x, weight = draw(np.float64, (2, 2, 4, 5), (2, 2 // groups, 2, 2))
    x[0, 0, 1, 2], x[1, 1, 3, 0], weight[1, 0, 0, 1] = np.inf, np.nan, -np.inf
    actual, expected = (
        conv2d(x, weight, padding=1, groups=groups, backend=b) for b in ("cuda", "cpu")
    )
    # An infinite weight over a zero of the padding gives NaN.
    assert np.isnan(expected[0, 1, 0, 0])
    assert_close(actual, expected)


def test_no_images_give_no_results() -> None:
    x, weight = draw(np.float32, (0, 2, 4, 4), (3, 2, 2, 2))
    assert conv2d(x, weight, backend="cuda").shape == (0, 3, 3, 3)
    assert conv2d(x, weight[:2, :1], groups=2, backend="cuda").shape == (0, 2, 3, 3)


def test_taps_beyond_the_last_one_meet_no_pixel() -> None:
    placement = place_windows(2, (5, 6), (2, 2), (4, 5), (1, 1), (0, 0), (1, 1))
    padded = pad(placement.table, 3)
    assert padded[0, :8].tolist() == [0, 1, 6, 7, 30, 31, 36, 37]
    assert padded[1, :8].tolist() == [0, 0, 1, 1] * 2
    assert padded[1:, 8:].max() == NOWHERE


def test_a_matrix_of_few_rows_gets_a_tile_of_few_rows() -> None:
    dtype = np.dtype(np.float32)
    assert choose_tile(dtype, 3, 10**6).rows < choose_tile(dtype, 300, 10**6).rows


@pytest.mark.parametrize("tile", [FLAT, SMALL, WIDE, LARGE, *TILES_OF_SIMULATOR])
def test_threads_divide_what_they_fetch_evenly(tile: Tile) -> None:
    for side in (tile.rows, tile.columns):
        assert side * tile.depth % tile.threads == 0
    assert tile.threads % tile.columns == tile.threads % tile.depth == 0
    assert tile.own_rows % VECTOR == tile.own_columns % VECTOR == 0
    assert shape_room(tile)[2] % VECTOR == PART % tile.depth == 0
