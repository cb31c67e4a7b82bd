"""The operations against SciPy."""

import numpy as np
import pytest

from reference import conv2d, cross_entropy, softmax

pytestmark = pytest.mark.peer
rng = np.random.default_rng(0)


@pytest.mark.parametrize(("padding", "mode"), [("valid", "valid"), ("same", "same"), (2, "full")])
def test_conv2d_is_correlate2d(padding, mode):
    signal = pytest.importorskip("scipy.signal")
    image, kernel = rng.standard_normal((7, 8)), rng.standard_normal((3, 3))
    actual = conv2d(image[np.newaxis], kernel[np.newaxis, np.newaxis], padding=padding)[0]
    np.testing.assert_allclose(actual, signal.correlate2d(image, kernel, mode), atol=1e-14)


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_softmax(axis):
    special = pytest.importorskip("scipy.special")
    x = 10 * rng.standard_normal((3, 4, 5))
    np.testing.assert_allclose(softmax(x, axis), special.softmax(x, axis), rtol=1e-14)


def test_cross_entropy_is_entropy_plus_divergence():
    special = pytest.importorskip("scipy.special")
    stats = pytest.importorskip("scipy.stats")
    p, q = softmax(rng.standard_normal((4, 6))), softmax(rng.standard_normal((4, 6)))
    expected = stats.entropy(p, axis=1) + special.rel_entr(p, q).sum(1)
    np.testing.assert_allclose(cross_entropy(q, p, reduction="none"), expected, rtol=1e-14)
    in_bits = stats.entropy(p, axis=1, base=2).mean()
    np.testing.assert_allclose(cross_entropy(p, p, base=2), in_bits, rtol=1e-14)
