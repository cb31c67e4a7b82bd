"""What lies far off is fetched ahead, in steps: it must come out as what lies near does."""

import numpy as np
import pytest

import reference
from reference.cpu import optimizers
from reference.cpu.fetching import FAR_BYTES, STEP

NEAR = 4096


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("kernel", "arrays", "numbers"),
    [(optimizers.sgd, 2, (0.1,)), (optimizers.momentum, 3, (0.1, 0.9, 1.0))],
)
def test_a_step_over_far_parameters_is_that_over_near_ones(kernel, arrays, numbers, dtype):
    count = FAR_BYTES // np.dtype(dtype).itemsize + STEP // 2 + 1
    rng = np.random.default_rng(0)
    far = [rng.standard_normal(count).astype(dtype) for _ in range(arrays)]
    near = [array.copy() for array in far]
    kernel(*far, *numbers)
    for start in range(0, count, NEAR):
        kernel(*(array[start : start + NEAR] for array in near), *numbers)
    for one, other in zip(far, near, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@pytest.mark.parametrize("classes", [7, STEP + 1, 1025, 5000])
def test_rows_of_a_far_array_are_those_of_a_near_one(name, classes, dtype):
    rows = FAR_BYTES // (classes * np.dtype(dtype).itemsize) + 3
    x = np.random.default_rng(0).standard_normal((rows, classes)).astype(dtype)
    function = getattr(reference, name)
    far = function(x)
    for start in (0, rows // 2, rows - 5):
        some = slice(start, start + 5)
        np.testing.assert_array_equal(far[some], function(x[some]))
