"""Comparing with what np.longdouble gives, where it has more digits than float64."""

import numpy as np
import pytest

LONG = np.longdouble
needs_long = pytest.mark.skipif(
    np.finfo(LONG).eps > 2.0**-63, reason="np.longdouble is float64 on this machine"
)


def assert_within_ulps(actual, exact, ulps, atol=0.0):
    """Compare with exact, of dtype LONG, to so many units in the last place of actual's dtype."""
    with np.errstate(over="ignore", under="ignore"):
        rounded = np.abs(exact).astype(actual.dtype)
    error = np.abs(actual.astype(LONG) - exact)
    assert actual.shape == exact.shape
    assert not np.isnan(error).any()
    worst = np.max(error / (ulps * np.spacing(rounded).astype(LONG) + atol), initial=0)
    assert worst <= 1, f"{float(worst) * ulps:.2f} ulps"
