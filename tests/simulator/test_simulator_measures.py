"""What a launch costs, in numbers that can be counted by hand."""

import numpy as np
import pytest

from grader.simulator import launch, stub_modules

cuda = stub_modules()["numba.cuda"]
float32, float64 = stub_modules()["numba"].float32, stub_modules()["numba"].float64
SIDE, PADDED = 32, 33


def measures(function, *arguments, grid=1, block=32, **more):
    report = launch(function, grid, block, arguments, **more)
    assert report.findings == ()
    return report.measures


def zeros(*shape, dtype=np.float32):
    return np.zeros(shape, dtype)


def only(by_line):
    """Return the number of the one line."""
    (value,) = by_line.values()
    return value


def test_the_busiest_thread_is_counted():
    def uneven(out, x):
        i = cuda.threadIdx.x
        for k in range(i):
            out[i] += x[k]
        cuda.atomic.add(out, 0, 1)

    told = measures(uneven, zeros(40), zeros(40), block=8)
    assert (told.global_reads, told.global_writes, told.global_atomics) == (14, 7, 1)
    assert (told.shared_reads, told.shared_writes, told.barriers, told.shared_bytes) == (0, 0, 0, 0)


def test_a_block_is_counted_by_itself():
    def one_read(out, x):
        i = cuda.grid(1)
        out[i] = x[i]

    told = measures(one_read, zeros(64), zeros(64), grid=8, block=8)
    assert (told.global_reads, told.global_writes) == (1, 1)


def test_shared_memory_and_barriers_are_counted():
    def turned(out, x):
        tile = cuda.shared.array(32, float32)
        i = cuda.threadIdx.x
        tile[i] = x[i]
        cuda.syncthreads()
        out[i] = tile[31 - i] + tile[i]
        cuda.syncthreads()

    told = measures(turned, zeros(32), zeros(32))
    assert (told.shared_reads, told.shared_writes) == (2, 1)
    assert (told.barriers, told.shared_bytes) == (2, 128)


def test_dynamic_shared_memory_counts():
    def nothing(out):
        cuda.shared.array(0, float32)

    assert measures(nothing, zeros(1), shared_bytes=256).shared_bytes == 256


@pytest.mark.parametrize(
    ("apart", "dtype", "expected"),
    [
        (1, np.float32, 1.0),
        (2, np.float32, 0.5),
        (8, np.float32, 0.125),
        (64, np.float32, 0.125),
        (0, np.float32, 1.0),
        (1, np.float64, 1.0),
        (4, np.float64, 0.25),
    ],
)
def test_coalescing_is_what_is_needed_over_what_is_moved(apart, dtype, expected):
    total = zeros(32, dtype=dtype)

    def read(out, x):
        value = x[cuda.threadIdx.x * apart]
        if value > 1:
            out[0] = value

    assert only(measures(read, total, zeros(2048, dtype=dtype)).coalescing) == expected


def test_coalescing_is_told_by_line():
    def transposed(out, x):
        column, row = cuda.grid(2)
        value = x[row, column]
        out[column, row] = value

    told = measures(transposed, zeros(32, 32), zeros(32, 32), grid=(1, 8), block=(32, 4))
    first = transposed.__code__.co_firstlineno
    assert told.coalescing == {first + 2: 1.0, first + 3: 0.125}


def test_a_row_that_begins_within_a_sector_needs_one_more():
    def shifted(out, x):
        out[cuda.threadIdx.x] = x[cuda.threadIdx.x + 1]

    assert only(measures(shifted, zeros(40), zeros(40)).coalescing) == 8 / 9


def column_reader(width, type_):
    """Return a function whose threads read a column of a shared tile of that width."""

    def read(out):
        tile = cuda.shared.array((SIDE, width), type_)
        i = cuda.threadIdx.x
        for k in range(SIDE):
            tile[k, i] = k
        cuda.syncthreads()
        out[i] = tile[i, 0]

    return read


@pytest.mark.parametrize(("width", "expected"), [(SIDE, 32.0), (PADDED, 1.0), (SIDE + 2, 2.0)])
def test_a_column_of_a_tile_conflicts_unless_it_is_padded(width, expected):
    function = column_reader(width, float32)
    told = measures(function, zeros(32)).bank_conflicts
    first = function.__code__.co_firstlineno
    assert told == {first + 4: 1.0, first + 6: expected}


@pytest.mark.parametrize(("apart", "expected"), [(0, 1.0), (1, 1.0), (2, 2.0), (16, 16.0)])
def test_doubles_are_served_half_a_warp_at_a_time(apart, expected):
    def read(out):
        tile = cuda.shared.array(512, float64)
        i = cuda.threadIdx.x
        for k in range(16):
            tile[k * 32 + i] = 0
        cuda.syncthreads()
        out[i] = tile[i % 16 * apart + (0 if apart < 16 else i % 16 // 16)]

    told = measures(read, zeros(32, dtype=np.float64)).bank_conflicts
    assert told[read.__code__.co_firstlineno + 6] == expected


def test_all_lanes_that_read_one_word_do_not_conflict():
    def read(out):
        tile = cuda.shared.array(32, float32)
        i = cuda.threadIdx.x
        tile[i] = i
        cuda.syncthreads()
        out[i] = tile[5]

    assert set(measures(read, zeros(32)).bank_conflicts.values()) == {1.0}


def test_measures_of_a_stopped_launch_are_those_so_far():
    def outside(out, x):
        out[cuda.threadIdx.x] = x[cuda.threadIdx.x + 4]

    report = launch(outside, 1, 8, (zeros(8), zeros(8)))
    assert not report.is_complete
    assert report.measures.global_reads == 1
