"""Functions that go outside an array, read what nobody wrote, or raise an exception."""

from numba import cuda, float32, int32


# launch: [2, 64](zeros(100), numbers(100), numbers(100))
@cuda.jit
def no_guard(out, x, y):
    i = cuda.grid(1)
    out[i] = x[i] + y[i]  # finds: bounds


# launch: [2, 64](zeros(100), numbers(100))
@cuda.jit
def guard_one_too_far(out, x):
    i = cuda.grid(1)
    if i <= x.size:
        out[i] = x[i]  # finds: bounds


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def halo_on_the_left(out, x):
    i = cuda.threadIdx.x
    out[i] = x[i - 1]  # finds: negative


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def halo_on_the_right(out, x):
    i = cuda.threadIdx.x
    out[i] = x[i + 1]  # finds: bounds


# launch: [1, 64](zeros(64), numbers(8))
@cuda.jit
def far_below_zero(out, x):
    i = cuda.threadIdx.x
    out[i] = x[i - 60]  # finds: bounds


# launch: [(1, 1), (8, 8)](zeros(6, 6), numbers(6, 6))
@cuda.jit
def no_guard_in_two_axes(out, x):
    column, row = cuda.grid(2)
    out[row, column] = x[row, column]  # finds: bounds


# launch: [(1, 1), (8, 8)](zeros(8, 4), numbers(8, 4))
@cuda.jit
def rows_and_columns_exchanged(out, x):
    row, column = cuda.grid(2)
    if row < 8 and column < 4:
        out[column, row] = x[row, column]  # finds: bounds


# launch: [(1, 1), (8, 8)](zeros(8, 8), numbers(8, 8))
@cuda.jit
def window_without_padding(out, x):
    column, row = cuda.grid(2)
    total = float32(0)
    for i in range(3):
        for j in range(3):
            if row + i - 1 < 8 and column + j - 1 < 8:
                total += x[row + i - 1, column + j - 1]  # finds: negative
    out[row, column] = total


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def shared_tile_without_room_for_the_halo(out, x):
    tile = cuda.shared.array(32, float32)
    i = cuda.threadIdx.x
    tile[i + 1] = x[i]  # finds: bounds
    cuda.syncthreads()
    out[i] = tile[i]


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def local_array_too_small(out, x):
    own = cuda.local.array(4, float32)
    for k in range(5):
        own[k] = x[k]  # finds: bounds
    out[cuda.threadIdx.x] = own[0]


# launch: [1, 32](integers(8), integers(32))
@cuda.jit
def label_outside_the_histogram(counts, labels):
    cuda.atomic.add(counts, labels[cuda.threadIdx.x], 1)  # finds: bounds


# launch: [1, (2, 2, 2)](zeros(2, 2, 2), numbers(2, 2, 2))
@cuda.jit
def outside_in_three_axes(out, x):
    i, j, k = cuda.threadIdx.z, cuda.threadIdx.y, cuda.threadIdx.x
    out[i, j, k] = x[i, j + 1, k]  # finds: bounds


# launch: [1, 32](zeros(32), numbers(4, 8))
@cuda.jit
def row_that_does_not_exist(out, x):
    row = x[cuda.threadIdx.x]  # finds: bounds
    out[cuda.threadIdx.x] = row[0]


# launch: [1, 32](zeros(1), numbers(32))
@cuda.jit
def sum_that_does_not_start_at_zero(out, x):
    total = cuda.shared.array(1, float32)
    cuda.atomic.add(total, 0, x[cuda.threadIdx.x])  # finds: uninitialised
    cuda.syncthreads()
    if cuda.threadIdx.x == 0:
        out[0] = total[0]


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def half_of_the_tile_is_not_filled(out, x):
    tile = cuda.shared.array(64, float32)
    i = cuda.threadIdx.x
    tile[i] = x[i]
    cuda.syncthreads()
    out[i] = tile[i] + tile[i + 32]  # finds: uninitialised


# launch: [1, 32](zeros(32), numbers(20))
@cuda.jit
def tile_with_a_guard_and_no_padding(out, x):
    tile = cuda.shared.array(32, float32)
    i = cuda.threadIdx.x
    if i < x.size:
        tile[i] = x[i]
    cuda.syncthreads()
    total = float32(0)
    for k in range(32):
        total += tile[k]  # finds: uninitialised
    out[i] = total


# launch: [2, 32](zeros(2), numbers(64))
@cuda.jit
def first_block_alone_fills_the_tile(out, x):
    tile = cuda.shared.array(32, float32)
    i = cuda.threadIdx.x
    if cuda.blockIdx.x == 0:
        tile[i] = x[i]
    cuda.syncthreads()
    if i == 0:
        out[cuda.blockIdx.x] = tile[0]  # finds: uninitialised


# launch: [1, 32, 0, 128](zeros(32), numbers(32))
@cuda.jit
def dynamic_memory_that_nobody_fills(out, x):
    tile = cuda.shared.array(0, float32)
    out[cuda.threadIdx.x] = tile[cuda.threadIdx.x]  # finds: uninitialised


# launch: [1, 32](zeros(32), integers(32))
@cuda.jit
def own_bin_is_counted_up_from_nothing(out, x):
    counts = cuda.shared.array(32, int32)
    i = cuda.threadIdx.x
    counts[i] += x[i]  # finds: uninitialised
    cuda.syncthreads()
    out[i] = counts[i]


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def name_that_does_not_exist(out, x):
    i = cuda.threadIdx.x
    out[i] = scale * x[i]  # noqa: F821  # finds: raised


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def index_that_is_no_integer(out, x):
    i = cuda.threadIdx.x
    out[i / 2] = x[i]  # finds: raised


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def too_many_indices(out, x):
    i = cuda.threadIdx.x
    out[i] = x[i, 0]  # finds: bounds


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def arithmetic_with_nothing(out, x):
    i = cuda.threadIdx.x
    out[i] = x[i] + None  # finds: raised


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def exchange_of_floats(out, x):
    cuda.atomic.exch(out, 0, 1.0)  # finds: raised


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def count_of_a_truth_value(out, x):
    out[0] = cuda.syncthreads_count(x[0] > 0)  # finds: raised


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def arithmetic_of_whole_arrays(out, x):
    out[:] = x * 2  # finds: raised


# launch: [1, 32](zeros(32))
@cuda.jit
def an_argument_is_missing(out, x):  # finds: raised
    out[0] = x[0]
