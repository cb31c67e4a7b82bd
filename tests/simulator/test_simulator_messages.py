"""What a student reads, word by word."""

import numpy as np
import pytest

from grader.simulator import KINDS, Finding, Place, launch, stub_modules

cuda = stub_modules()["numba.cuda"]
float32 = stub_modules()["numba"].float32


def zeros(*shape):
    return np.zeros(shape, np.float32)


def only(function, *arguments, grid=1, block=8):
    (found,) = launch(function, grid, block, arguments).findings
    assert found.kind in KINDS
    return found


def told(function, *arguments, **more):
    """Return the message with line numbers counted from the line of `def`."""
    text = only(function, *arguments, **more).in_words()
    first = function.__code__.co_firstlineno
    for line in range(first + 20, first, -1):
        text = text.replace(f"line {line}", f"line {line - first}")
    return text


def test_a_race_names_both_threads_and_both_lines():
    def turned(out, x):
        tile = cuda.shared.array(8, float32)
        i = cuda.threadIdx.x
        tile[i] = x[i]
        out[i] = tile[7 - i]

    assert told(turned, zeros(8), zeros(8)) == (
        "line 4: a data race on `tile`: thread 0 writes tile[0] (line 3) and thread 7 reads it,"
        " with no cuda.syncthreads() between"
    )


def test_a_finding_holds_what_its_message_says():
    def turned(out, x):
        tile = cuda.shared.array(8, float32)
        i = cuda.threadIdx.x
        tile[i] = x[i]
        out[i] = tile[7 - i]

    found = only(turned, zeros(8), zeros(8))
    assert (found.kind, found.array) == ("race", "tile")
    assert found.threads == (Place((0, 0, 0), (0, 0, 0)), Place((0, 0, 0), (7, 0, 0)))


def test_a_sum_of_many_threads_is_told_of_atomics():
    def total(out, x):
        out[0] += x[cuda.threadIdx.x]

    assert told(total, zeros(1), zeros(8)) == (
        "line 1: a data race on `out`: thread 1 reads out[0] and thread 0 writes it,"
        " with no cuda.syncthreads() between; what many threads add up or count needs cuda.atomic"
    )


def test_a_race_between_blocks_names_the_blocks():
    def over_each_other(out, x):
        out[cuda.threadIdx.x] = x[cuda.grid(1)]

    assert told(over_each_other, zeros(4), zeros(8), grid=2, block=4) == (
        "line 1: a data race on `out` between blocks: thread 0 of block 0 writes out[0] and"
        " thread 0 of block 1 writes it: nothing orders two blocks of one launch"
    )


def test_threads_of_two_axes_have_two_numbers():
    def outside(out, x):
        i, j = cuda.threadIdx.y, cuda.threadIdx.x
        out[i, j] = x[i + 1, j]

    assert told(outside, zeros(2, 2), zeros(2, 2), block=(2, 2)) == (
        "line 2: thread (0, 1) of block 0 reads x[2, 0], and the shape is (2, 2): it is outside;"
        " test the index first"
    )


def test_an_index_below_zero_says_what_it_means():
    def before(out, x):
        i = cuda.threadIdx.x
        out[i] = x[i - 1]

    assert told(before, zeros(8), zeros(8)) == (
        "line 2: thread 0 of block 0 reads x[-1], and the shape is (8,): below zero it counts from"
        " the end, here 7; test for the edge"
    )


def test_absent_threads_are_counted_and_one_is_named():
    def early(out, x):
        if cuda.threadIdx.x > 4:
            return
        cuda.syncthreads()

    assert told(early, zeros(8), zeros(8)) == (
        "line 3: 3 of 8 threads never come to this barrier: thread 5 has returned already"
    )


def test_an_exception_is_told_with_its_thread():
    def divided(out, x):
        out[0] = 1 // cuda.threadIdx.x

    assert told(divided, zeros(8), zeros(8)) == (
        "line 1: thread 0 of block 0: ZeroDivisionError: integer division or modulo by zero"
    )


def test_what_numba_cannot_compile_is_told_before_anything_runs():
    def listed(out, x):
        values = [x[0]]
        out[0] = values[0]

    out = zeros(8) + 5
    assert told(listed, out, zeros(8)) == (
        "line 1: Numba cannot compile this for a GPU: a list; use a tuple, or"
        " cuda.local.array(size, type)"
    )
    np.testing.assert_array_equal(out, 5)


def test_each_fault_is_told_once():
    def twice(out, x):
        for _ in range(2):
            out[0] = x[cuda.threadIdx.x - 1] + x[cuda.threadIdx.x - 2]

    report = launch(twice, 1, 1, (zeros(1), zeros(8)))
    assert [found.kind for found in report.findings] == ["negative"]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place((0, 0, 0), (3, 0, 0)), "thread 3 of block 0"),
        (Place((1, 2, 0), (3, 1, 0)), "thread (3, 1) of block (1, 2)"),
        (Place((1, 0, 2), (0, 0, 1)), "thread (0, 0, 1) of block (1, 0, 2)"),
    ],
)
def test_a_place_has_as_many_numbers_as_it_needs(place, words):
    assert place.with_block() == words


def test_a_finding_without_a_line_is_its_text():
    assert Finding("threads", "", 0, "too many").in_words() == "too many"
