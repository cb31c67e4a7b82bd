"""Plans of pools: what was seen before answers for nothing else. Lists are never looked up."""

from itertools import product

import numpy as np
import pytest

import reference

KERNELS = (2, (2, 2), (2, 3), (3, 2))
OPTIONS = [
    {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    for stride, padding, ceil_mode in product((None, 1, (1, 2)), (0, 1, (1, 0)), (False, True))
]
SPECIAL = {
    "max_pool2d": [{}, {"dilation": 2}, {"return_indices": True}],
    "min_pool2d": [{}, {"dilation": (1, 2)}, {"return_indices": True}],
    "avg_pool2d": [{}, {"count_include_pad": False}],
}


def as_list(kernel):
    return [kernel, kernel] if isinstance(kernel, int) else list(kernel)


def assert_same(actual, expected):
    actual, expected = (r if isinstance(r, tuple) else (r,) for r in (actual, expected))
    for one, other in zip(actual, expected, strict=True):
        np.testing.assert_array_equal(one, other, strict=True)


@pytest.mark.parametrize("name", SPECIAL)
@pytest.mark.parametrize("shape", [(2, 3, 7, 6), (3, 7, 6), (2, 3, 6, 7)])
def test_a_plan_answers_for_its_own_arguments_only(shape, name):
    x, operation = np.random.default_rng(0).standard_normal(shape), getattr(reference, name)
    cases = product((x, x.astype(np.float32)), KERNELS, OPTIONS, SPECIAL[name])
    for images, kernel, options, special in cases:
        expected = operation(images, as_list(kernel), **options, **special)
        for _ in range(2):
            assert_same(operation(images, kernel, **options, **special), expected)


@pytest.mark.parametrize("name", SPECIAL)
def test_the_plan_of_a_gradient_answers_for_its_own_arguments_only(name):
    x = np.random.default_rng(0).standard_normal((2, 3, 7, 6))
    forward, backward = getattr(reference, name), getattr(reference, f"{name}_backward")
    specials = [special for special in SPECIAL[name] if "return_indices" not in special]
    for kernel, options, special in product(KERNELS, OPTIONS, specials):
        grad = np.sin(forward(x, kernel, **options, **special))
        expected = backward(grad, x, as_list(kernel), **options, **special)
        for _ in range(2):
            assert_same(backward(grad, x, kernel, **options, **special), expected)


@pytest.mark.parametrize("name", SPECIAL)
def test_true_is_no_integer_though_1_was_seen_before(name):
    x, operation = np.ones((1, 4, 4)), getattr(reference, name)
    usual = {"kernel_size": 2, "stride": 1, "padding": 1}
    for option in usual:
        fitting = usual | {"padding": 0} if option == "kernel_size" else usual
        for right, wrong in ((1, True), ((1, 1), (1, True))):
            operation(x, **fitting | {option: right})
            with pytest.raises(TypeError, match=f"^{option}: got True, expected an integer"):
                operation(x, **fitting | {option: wrong})
