"""What the simulator finds in faulty functions, and that it finds nothing in right ones."""

import numpy as np
import pytest

STOPS = {"bounds", "spin", "raised", "threads", "shared-memory", "refused"}


def test_a_fault_is_found_at_its_line(faulty):
    report = faulty.run()
    assert {(found.kind, found.line) for found in report.findings} == faulty.finds
    assert report.is_complete == STOPS.isdisjoint(found.kind for found in report.findings)


def test_a_right_function_raises_no_alarm_and_gives_its_answer(clean):
    expected = clean.expected()
    report = clean.run()
    assert report.findings == ()
    assert report.is_complete
    np.testing.assert_allclose(clean.arguments[0], expected, rtol=1e-5, atol=1e-6)
    assert report.measures is not None


def test_unchecked_gives_the_same_answer(clean):
    expected = clean.expected()
    report = clean.run(is_checked=False)
    assert report.findings == ()
    np.testing.assert_allclose(clean.arguments[0], expected, rtol=1e-5, atol=1e-6)
    assert report.measures is None


@pytest.mark.parametrize("is_checked", [True, False])
def test_a_launch_is_the_same_each_time(clean, is_checked):
    one, other = clean.fresh(), clean.fresh()
    assert one.run(is_checked=is_checked) == other.run(is_checked=is_checked)
    np.testing.assert_array_equal(one.arguments[0], other.arguments[0])
