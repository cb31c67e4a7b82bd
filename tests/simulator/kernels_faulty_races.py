"""Functions with data races within a block; the marked line is the one that is told."""

from numba import cuda, float32, int32

N = 64


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def reversal_without_a_barrier(out, x):
    tile = cuda.shared.array(N, float32)
    i = cuda.threadIdx.x
    tile[i] = x[i]
    out[i] = tile[N - 1 - i]  # finds: race


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def neighbours_without_a_barrier(out, x):
    tile = cuda.shared.array(N, float32)
    i = cuda.threadIdx.x
    tile[i] = x[i]
    if i + 1 < N:
        out[i] = tile[i] + tile[i + 1]  # finds: race


# launch: [1, 64](zeros(64), numbers(4, 64))
@cuda.jit
def next_tile_while_the_last_is_read(out, x):
    tile = cuda.shared.array(N, float32)
    i = cuda.threadIdx.x
    total = float32(0)
    for row in range(x.shape[0]):
        tile[i] = x[row, i]  # finds: race
        cuda.syncthreads()
        total += tile[N - 1 - i]
    out[i] = total


# launch: [(1, 1), (8, 8)](zeros(8, 8), numbers(8, 16), numbers(16, 8))
@cuda.jit
def product_without_the_first_barrier(out, a, b):
    a_tile = cuda.shared.array((8, 8), float32)
    b_tile = cuda.shared.array((8, 8), float32)
    column, row = cuda.grid(2)
    total = float32(0)
    for tile in range(2):
        a_tile[row, column] = a[row, tile * 8 + column]
        b_tile[row, column] = b[tile * 8 + row, column]
        for k in range(8):
            total += a_tile[row, k] * b_tile[k, column]  # finds: race
        cuda.syncthreads()
    out[row, column] = total


# launch: [(1, 1), (8, 8)](zeros(8, 8), numbers(8, 16), numbers(16, 8))
@cuda.jit
def product_without_the_second_barrier(out, a, b):
    a_tile = cuda.shared.array((8, 8), float32)
    b_tile = cuda.shared.array((8, 8), float32)
    column, row = cuda.grid(2)
    total = float32(0)
    for tile in range(2):
        a_tile[row, column] = a[row, tile * 8 + column]  # finds: race
        b_tile[row, column] = b[tile * 8 + row, column]  # finds: race
        cuda.syncthreads()
        for k in range(8):
            total += a_tile[row, k] * b_tile[k, column]
    out[row, column] = total


# launch: [1, 64](zeros(1), numbers(64))
@cuda.jit
def tree_without_a_barrier_in_the_loop(out, x):
    part = cuda.shared.array(N, float32)
    i = cuda.threadIdx.x
    part[i] = x[i]
    cuda.syncthreads()
    half = N // 2
    while half > 0:
        if i < half:
            part[i] += part[i + half]  # finds: race
        half //= 2
    if i == 0:
        out[0] = part[0]


# launch: [1, 64](zeros(1), numbers(64))
@cuda.jit
def tree_that_is_read_too_early(out, x):
    part = cuda.shared.array(N, float32)
    i = cuda.threadIdx.x
    part[i] = x[i]
    half = N // 2
    while half > 0:
        cuda.syncthreads()
        if i < half:
            part[i] += part[i + half]
        half //= 2
    if i == 1:
        out[0] = part[0]  # finds: race


# launch: [1, 64](zeros(1), numbers(64))
@cuda.jit
def sum_without_atomics(out, x):
    out[0] += x[cuda.threadIdx.x]  # finds: race


# launch: [1, 64](counts(4), integers(64))
@cuda.jit
def histogram_without_atomics(counts, x):
    counts[x[cuda.threadIdx.x] % 4] += 1  # finds: race


# launch: [1, 64](counts(4), integers(64))
@cuda.jit
def shared_histogram_without_atomics(counts, x):
    own = cuda.shared.array(4, int32)
    i = cuda.threadIdx.x
    if i < 4:
        own[i] = 0
    cuda.syncthreads()
    own[x[i] % 4] += 1  # finds: race
    cuda.syncthreads()
    if i < 4:
        counts[i] = own[i]


# launch: [1, 64](counts(4), integers(64))
@cuda.jit
def bins_cleared_without_a_barrier(counts, x):
    own = cuda.shared.array(4, int32)
    i = cuda.threadIdx.x
    if i < 4:
        own[i] = 0
    cuda.atomic.add(own, x[i] % 4, 1)  # finds: race
    cuda.syncthreads()
    if i < 4:
        counts[i] = own[i]


# launch: [1, 64](counts(4), integers(64))
@cuda.jit
def bins_read_before_all_have_counted(counts, x):
    own = cuda.shared.array(4, int32)
    i = cuda.threadIdx.x
    if i < 4:
        own[i] = 0
    cuda.syncthreads()
    cuda.atomic.add(own, x[i] % 4, 1)
    if i < 4:
        counts[i] = own[i]  # finds: race


# launch: [1, 64](zeros(1), numbers(64))
@cuda.jit
def everybody_writes_the_same_flag(out, x):
    if x[cuda.threadIdx.x] > -100:
        out[0] = 1  # finds: race


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def shift_in_place(x, unused):
    i = cuda.threadIdx.x
    if i + 1 < N:
        x[i] = x[i + 1]  # finds: race


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def scan_in_place_without_a_second_buffer(out, x):
    part = cuda.shared.array(N, float32)
    i = cuda.threadIdx.x
    part[i] = x[i]
    cuda.syncthreads()
    step = 1
    while step < N:
        if i >= step:
            part[i] += part[i - step]  # finds: race
        cuda.syncthreads()
        step *= 2
    out[i] = part[i]


# launch: [1, (8, 8)](zeros(8, 8), numbers(8, 8))
@cuda.jit
def transpose_without_a_barrier(out, x):
    tile = cuda.shared.array((8, 8), float32)
    i, j = cuda.threadIdx.y, cuda.threadIdx.x
    tile[i, j] = x[i, j]
    out[i, j] = tile[j, i]  # finds: race


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def one_warp_needs_a_barrier_too(out, x):
    tile = cuda.shared.array(32, float32)
    i = cuda.threadIdx.x
    tile[i] = x[i]
    out[i] = tile[i ^ 1]  # finds: race


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def syncwarp_does_not_order_two_warps(out, x):
    tile = cuda.shared.array(N, float32)
    i = cuda.threadIdx.x
    tile[i] = x[i]
    cuda.syncwarp()
    out[i] = tile[(i + 32) % N]  # finds: race


# launch: [1, 32](zeros(1), numbers(32))
@cuda.jit
def warp_tree_without_syncwarp(out, x):
    part = cuda.shared.array(32, float32)
    i = cuda.threadIdx.x
    part[i] = x[i]
    cuda.syncthreads()
    for half in (16, 8, 4, 2, 1):
        if i < half:
            part[i] += part[i + half]  # finds: race
    if i == 0:
        out[0] = part[0]


# launch: [1, 64, 0, 256](zeros(64), numbers(64))
@cuda.jit
def dynamic_memory_without_a_barrier(out, x):
    tile = cuda.shared.array(0, float32)
    i = cuda.threadIdx.x
    tile[i] = x[i]
    out[i] = tile[N - 1 - i]  # finds: race


# launch: [1, 64, 0, 256](zeros(64), numbers(64))
@cuda.jit
def two_names_for_the_dynamic_memory(out, x):
    left = cuda.shared.array(0, float32)
    right = cuda.shared.array(0, float32)
    i = cuda.threadIdx.x
    left[i] = x[i]
    right[N - 1 - i] = 2 * x[i]  # finds: race
    cuda.syncthreads()
    out[i] = left[i] + right[i]


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit(device=True)
def put(tile, place, value):
    tile[place] = value


@cuda.jit
def race_through_a_device_function(out, x):
    tile = cuda.shared.array(N, float32)
    i = cuda.threadIdx.x
    put(tile, i, x[i])
    out[i] = tile[N - 1 - i]  # finds: race


# launch: [1, 64](zeros(8, 8), numbers(8, 8))
@cuda.jit
def race_in_a_row(out, x):
    tile = cuda.shared.array((8, 8), float32)
    i = cuda.threadIdx.x
    row = tile[i // 8]
    row[i % 8] = x[i // 8, i % 8]
    out[i // 8, i % 8] = tile[7 - i // 8, i % 8]  # finds: race


# launch: [1, (4, 4, 2)](zeros(2, 4, 4), numbers(2, 4, 4))
@cuda.jit
def race_in_three_axes(out, x):
    tile = cuda.shared.array((2, 4, 4), float32)
    i, j, k = cuda.threadIdx.z, cuda.threadIdx.y, cuda.threadIdx.x
    tile[i, j, k] = x[i, j, k]
    out[i, j, k] = tile[1 - i, j, k]  # finds: race


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def all_clear_the_whole_tile(out, x):
    tile = cuda.shared.array(4, float32)
    tile[:] = 0  # finds: race
    cuda.syncthreads()
    out[cuda.threadIdx.x] = tile[0]


# launch: [1, 64](zeros(1), numbers(64))
@cuda.jit
def largest_by_a_plain_comparison(best, x):
    i = cuda.threadIdx.x
    if x[i] > best[0]:
        best[0] = x[i]  # finds: race
