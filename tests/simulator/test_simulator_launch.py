"""Launches: arguments of all kinds, limits, and that nothing depends on how the log is read."""

import sys

import numpy as np
import pytest

from grader.simulator import block as block_module
from grader.simulator import launch, stub_modules
from grader.simulator import launch as launch_function

launch_module = sys.modules["grader.simulator.launch"]
cuda = stub_modules()["numba.cuda"]
numba = stub_modules()["numba"]


def copy(out, x):
    i = cuda.grid(1)
    if i < out.size:
        out[i] = x[i]


def kinds(report):
    return [found.kind for found in report.findings]


@pytest.mark.parametrize("is_checked", [True, False])
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int8", "uint8", "int64", "?"])
def test_every_dtype_passes_through(dtype, is_checked):
    x = np.arange(8).astype(dtype)
    out = np.zeros_like(x)
    assert launch(copy, 1, 8, (out, x), is_checked=is_checked).findings == ()
    np.testing.assert_array_equal(out, x)


@pytest.mark.parametrize("is_checked", [True, False])
def test_whole_numbers_wrap_when_they_are_stored(is_checked):
    def double(out, x):
        out[cuda.threadIdx.x] = 2 * x[cuda.threadIdx.x]

    x = np.array([100, 127, -128, 3], np.int8)
    out = np.zeros_like(x)
    launch(double, 1, 4, (out, x), is_checked=is_checked)
    np.testing.assert_array_equal(out, [-56, -2, 0, 6])


@pytest.mark.parametrize("is_checked", [True, False])
def test_atomics_of_integers_wrap_too(is_checked):
    def count(out):
        cuda.atomic.add(out, 0, 2**31)

    out = np.zeros(1, np.uint32)
    launch(count, 1, 3, (out,), is_checked=is_checked)
    assert out[0] == 3 * 2**31 % 2**32


@pytest.mark.parametrize("is_checked", [True, False])
def test_indices_may_be_numbers_of_numpy(is_checked):
    def copied(out, x):
        i = np.int32(cuda.grid(1))
        out[i, np.int64(0)] = x[np.uint32(i)]

    x = np.arange(8, dtype=np.float32)
    out = np.zeros((8, 1), np.float32)
    assert launch(copied, 1, 8, (out, x), is_checked=is_checked).findings == ()
    np.testing.assert_array_equal(out[:, 0], x)


@pytest.mark.parametrize("is_checked", [True, False])
def test_types_of_numba_convert_as_in_c(is_checked):
    def converted(out, x):
        out[0] = numba.int32(2**31)
        out[1] = numba.uint8(-1)
        out[2] = numba.int32(-3.7)
        out[3] = numba.float32(16777217)

    out = np.zeros(4)
    launch(converted, 1, 1, (out, out), is_checked=is_checked)
    np.testing.assert_array_equal(out, [-(2**31), 255, -3, 16777216])


def test_sums_of_float32_are_rounded_as_float32():
    def total(out, x):
        value = numba.float32(0)
        for k in range(x.size):
            value += x[k]
        out[0] = value

    x = np.full(1000, 0.1, np.float32)
    out = np.zeros(1, np.float64)
    launch(total, 1, 1, (out, x))
    assert out[0] == np.add.accumulate(x)[-1]


@pytest.mark.parametrize(
    "x",
    [
        np.arange(16, dtype=np.float32)[::2],
        np.arange(8, dtype=np.float32)[::-1],
        np.asfortranarray(np.arange(16, dtype=np.float32).reshape(8, 2))[:, 1],
    ],
)
def test_arrays_may_have_gaps(x):
    out = np.zeros(8, np.float32)
    assert launch(copy, 1, 8, (out, x)).findings == ()
    np.testing.assert_array_equal(out, x)


def test_an_empty_array_is_not_touched():
    assert launch(copy, 1, 8, (np.zeros(0), np.zeros(0))).findings == ()


def test_arguments_that_overlap_race():
    x = np.arange(9, dtype=np.float32)
    report = launch(copy, 1, 8, (x[:-1], x[1:]))
    assert kinds(report) == ["race"]


def test_arguments_that_lie_side_by_side_do_not_race():
    x = np.arange(16, dtype=np.float32)
    assert launch(copy, 1, 8, (x[:8], x[8:])).findings == ()


def test_the_two_ends_of_a_reversed_view_are_known():
    x = np.arange(8, dtype=np.float32)
    report = launch(copy, 1, 8, (x, x[::-1]))
    assert kinds(report) == ["race"]


@pytest.mark.parametrize("arguments", [1, 3])
def test_a_wrong_number_of_arguments_is_told(arguments):
    report = launch(copy, 1, 8, [np.zeros(8)] * arguments)
    assert kinds(report) == ["raised"]
    assert "argument" in report.findings[0].text


def test_what_is_no_function_is_an_error():
    with pytest.raises(TypeError, match="not a Python function"):
        launch(3, 1, 1, ())


def test_a_launch_within_a_launch_is_told():
    def outer(out):
        launch_function(copy, 1, 1, (out, out))

    report = launch(outer, 1, 1, (np.zeros(1),))
    assert kinds(report) == ["raised"]
    assert "cannot launch another" in report.findings[0].text


@pytest.mark.parametrize("grid", [(1, 70000), (1, 1, 70000)])
def test_a_grid_too_large_is_told(grid):
    assert kinds(launch(copy, grid, 1, (np.zeros(1), np.zeros(1)))) == ["threads"]


@pytest.mark.parametrize("block", [0, -1])
def test_a_block_without_threads_is_told(block):
    assert kinds(launch(copy, 1, block, (np.zeros(1), np.zeros(1)))) == ["threads"]


def test_the_budget_of_a_thread_is_between_two_barriers():
    def busy(out, n):
        for _ in range(3):
            for k in range(n):
                out[k] += 1
            cuda.syncthreads()

    assert launch(busy, 1, 1, (np.zeros(10), 10), budget=20).findings == ()
    assert kinds(launch(busy, 1, 1, (np.zeros(11), 11), budget=20)) == ["spin"]


def test_a_block_that_does_too_much_is_stopped(monkeypatch):
    monkeypatch.setattr(block_module, "LONGEST_LOG", 10)
    report = launch(copy, 1, 8, (np.zeros(8), np.zeros(8)))
    assert kinds(report) == ["spin"]
    assert "too much to simulate" in report.findings[0].text


def test_findings_do_not_depend_on_how_often_the_log_is_read(faulty, monkeypatch):
    at_once = faulty.fresh().run()
    monkeypatch.setattr(launch_module, "LOG", 0)
    in_parts = faulty.run()
    of_both = [{(f.kind, f.line) for f in report.findings} for report in (at_once, in_parts)]
    assert of_both[0] == of_both[1]


def test_measures_do_not_depend_on_how_often_the_log_is_read(clean, monkeypatch):
    at_once = clean.fresh().run()
    monkeypatch.setattr(launch_module, "LOG", 0)
    assert clean.run().measures == at_once.measures


def test_unchecked_threads_that_wait_wrongly_are_told_too():
    def early(out):
        if cuda.threadIdx.x > 4:
            return
        cuda.syncthreads()

    assert kinds(launch(early, 1, 8, (np.zeros(8),), is_checked=False)) == ["barrier"]


def test_after_a_fault_the_next_launch_is_clean():
    def outside(out):
        out[cuda.threadIdx.x + 8] = 1

    launch(outside, 1, 8, (np.zeros(8),))
    assert launch(copy, 1, 8, (np.zeros(8), np.zeros(8))).findings == ()
