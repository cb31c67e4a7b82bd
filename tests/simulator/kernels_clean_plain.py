"""Right functions that Numba's own simulator runs too; `gives` is what `out` becomes."""

import math

import numpy as np
from numba import cuda, float32, float64, int32, njit

TILE = 8
WEIGHTS = np.array([0.25, 0.5, 0.25], dtype=np.float32)


@cuda.jit(device=True)
def squared(value):
    return value * value


@njit
def halved(value):
    return value / 2


@cuda.jit
def tripled(value):
    return 3 * value


@cuda.jit("float32(float32, float32)", device=True, inline=True)
def distance(x, y):
    return math.sqrt(squared(x) + squared(y))


# launch: [2, 64](zeros(100), numbers(100), numbers(100))
# gives: x + y
@cuda.jit
def add(out, x, y):
    i = cuda.grid(1)
    if i < out.size:
        out[i] = x[i] + y[i]


# launch: [2, 16](zeros(100), numbers(100))
# gives: 2 * x
@cuda.jit
def grid_stride(out, x):
    for i in range(cuda.grid(1), x.size, cuda.gridsize(1)):
        out[i] = 2 * x[i]


# launch: [(2, 3), (8, 4)](zeros(11, 13), numbers(11, 13))
# gives: x + 1
@cuda.jit("void(float32[:, :], float32[:, :])")
def two_axes(out, x):
    column, row = cuda.grid(2)
    if row < out.shape[0] and column < out.shape[1]:
        out[row, column] = x[row, column] + float32(1)


# launch: [(2, 1, 2), (3, 4, 2)](zeros(4, 4, 6), numbers(4, 4, 6))
# gives: -x
@cuda.jit
def three_axes(out, x):
    k, j, i = cuda.grid(3)
    if i < out.shape[0] and j < out.shape[1] and k < out.shape[2]:
        out[i, j, k] = -x[i, j, k]


# launch: [1, 64](zeros(64), numbers(64))
# gives: x[::-1]
@cuda.jit
def reversal(out, x):
    tile = cuda.shared.array(64, float32)
    i = cuda.threadIdx.x
    tile[i] = x[i]
    cuda.syncthreads()
    out[i] = tile[63 - i]


# launch: [1, 64, 0, 256](zeros(64), numbers(64))
# gives: x[::-1]
@cuda.jit
def reversal_in_dynamic_memory(out, x):
    tile = cuda.shared.array(0, float32)
    i = cuda.threadIdx.x
    tile[i] = x[i]
    cuda.syncthreads()
    out[i] = tile[63 - i]


# launch: [(2, 2), (8, 8)](zeros(16, 16), numbers(16, 24), numbers(24, 16))
# gives: a @ b
@cuda.jit
def tiled_product(out, a, b):
    a_tile = cuda.shared.array((TILE, TILE), float32)
    b_tile = cuda.shared.array((TILE, TILE), float32)
    column, row = cuda.grid(2)
    tx, ty = cuda.threadIdx.x, cuda.threadIdx.y
    total = float32(0)
    for tile in range(a.shape[1] // TILE):
        a_tile[ty, tx] = a[row, tile * TILE + tx]
        b_tile[ty, tx] = b[tile * TILE + ty, column]
        cuda.syncthreads()
        for k in range(TILE):
            total += a_tile[ty, k] * b_tile[k, tx]
        cuda.syncthreads()
    out[row, column] = total


# launch: [(2, 2), (8, 8)](zeros(10, 13), numbers(10, 11), numbers(11, 13))
# gives: a @ b
@cuda.jit
def tiled_product_of_odd_sizes(out, a, b):
    a_tile = cuda.shared.array(shape=(TILE, TILE), dtype=float32)
    b_tile = cuda.shared.array(shape=(TILE, TILE), dtype=float32)
    column, row = cuda.grid(2)
    tx, ty = cuda.threadIdx.x, cuda.threadIdx.y
    total = float32(0)
    for tile in range((a.shape[1] + TILE - 1) // TILE):
        k = tile * TILE
        inside_a = row < a.shape[0] and k + tx < a.shape[1]
        a_tile[ty, tx] = a[row, k + tx] if inside_a else 0
        inside_b = k + ty < b.shape[0] and column < b.shape[1]
        b_tile[ty, tx] = b[k + ty, column] if inside_b else 0
        cuda.syncthreads()
        for k in range(TILE):
            total += a_tile[ty, k] * b_tile[k, tx]
        cuda.syncthreads()
    if row < out.shape[0] and column < out.shape[1]:
        out[row, column] = total


# launch: [2, 64](zeros(2), numbers(128))
# gives: x.reshape(2, 64).sum(axis=1)
@cuda.jit
def block_sums(out, x):
    part = cuda.shared.array(64, float32)
    i = cuda.threadIdx.x
    part[i] = x[cuda.grid(1)]
    cuda.syncthreads()
    half = 32
    while half > 0:
        if i < half:
            part[i] += part[i + half]
        cuda.syncthreads()
        half //= 2
    if i == 0:
        out[cuda.blockIdx.x] = part[0]


# launch: [1, 32](zeros(32), numbers(32))
# gives: np.cumsum(x)
@cuda.jit
def scan_with_two_buffers(out, x):
    part = cuda.shared.array((2, 32), float32)
    i = cuda.threadIdx.x
    here = 0
    part[here, i] = x[i]
    cuda.syncthreads()
    step = 1
    while step < 32:
        there = 1 - here
        part[there, i] = part[here, i] + (part[here, i - step] if i >= step else 0)
        here = there
        cuda.syncthreads()
        step *= 2
    out[i] = part[here, i]


# launch: [2, 64](integers(5), integers(128))
# gives: out + np.bincount(x % 5, minlength=5)
@cuda.jit
def histogram(out, x):
    cuda.atomic.add(out, x[cuda.grid(1)] % 5, 1)


# launch: [2, 64](integers(5), integers(128))
# gives: out + np.bincount(x % 5, minlength=5)
@cuda.jit
def histogram_by_blocks(out, x):
    own = cuda.shared.array(5, int32)
    i = cuda.threadIdx.x
    if i < 5:
        own[i] = 0
    cuda.syncthreads()
    cuda.atomic.add(own, x[cuda.grid(1)] % 5, 1)
    cuda.syncthreads()
    if i < 5:
        cuda.atomic.add(out, i, own[i])


# launch: [2, 32](zeros(2), numbers(64))
# gives: [x.max(), min(x.min(), 0)]
@cuda.jit
def largest_and_smallest(out, x):
    i = cuda.grid(1)
    cuda.atomic.max(out, 0, x[i])
    cuda.atomic.min(out, 1, x[i])


# launch: [1, 32](zeros(32), numbers(32))
# gives: np.convolve(np.concatenate([[0], x, [0]]), [0.25, 0.5, 0.25], "valid")
@cuda.jit
def constant_weights(out, x):
    weights = cuda.const.array_like(WEIGHTS)
    i = cuda.threadIdx.x
    total = float32(0)
    for k in range(3):
        if 0 <= i + k - 1 < x.size:
            total += x[i + k - 1] * weights[k]
    out[i] = total


# launch: [1, 32](zeros(32), numbers(32, 4))
# gives: np.sort(x, axis=1)[:, 0]
@cuda.jit
def smallest_by_local_sort(out, x):
    own = cuda.local.array(4, float32)
    i = cuda.threadIdx.x
    for k in range(4):
        own[k] = x[i, k]
    for last in range(3, 0, -1):
        for k in range(last):
            if own[k] > own[k + 1]:
                own[k], own[k + 1] = own[k + 1], own[k]
    out[i] = own[0]


# launch: [1, 32](zeros(32), numbers(32), numbers(32))
# gives: np.hypot(x, y)
@cuda.jit
def device_functions(out, x, y):
    i = cuda.threadIdx.x
    out[i] = distance(x[i], y[i])


# launch: [1, 32](zeros(32), numbers(32))
# gives: x * 1.5
@cuda.jit
def functions_of_other_decorators(out, x):
    i = cuda.threadIdx.x
    out[i] = halved(tripled(x[i]))


# launch: [1, (8, 8)](zeros(8, 8), numbers(8, 8))
# gives: x.T
@cuda.jit
def transpose_with_padding(out, x):
    tile = cuda.shared.array((8, 9), float32)
    i, j = cuda.threadIdx.y, cuda.threadIdx.x
    tile[i, j] = x[i, j]
    cuda.syncthreads()
    out[i, j] = tile[j, i]


# launch: [1, 16](zeros(16), numbers(16, 8))
# gives: x.sum(axis=1)
@cuda.jit
def rows_as_views(out, x):
    row = x[cuda.threadIdx.x]
    total = float32(0)
    for value in row:
        total += value
    out[cuda.threadIdx.x] = total


# launch: [1, 8](zeros(8), numbers(16))
# gives: x[:8] + x[8:]
@cuda.jit
def halves_as_views(out, x):
    i = cuda.threadIdx.x
    left = x[:8]
    right = x[8:]
    out[i] = left[i] + right[i]


# launch: [1, 32](zeros(32), numbers(32), 3.0, 2)
# gives: a * x + b
@cuda.jit
def scalars(out, x, a, b):
    i = cuda.threadIdx.x
    out[i] = float32(a) * x[i] + b


# launch: [2, 32](zeros(64), numbers(64))
# gives: [x[:32].clip(0).astype(bool).sum()] * 32 + [(x[32:] > 0).sum()] * 32
@cuda.jit
def counting_barrier(out, x):
    i = cuda.grid(1)
    out[i] = cuda.syncthreads_count(1 if x[i] > 0 else 0)


# launch: [1, 32](zeros(32), numbers(32))
# gives: [2 + (abs(x) < 9).all()] * 32
@cuda.jit
def voting_barriers(out, x):
    i = cuda.threadIdx.x
    some = cuda.syncthreads_or(1 if x[i] > -9 else 0)
    every = cuda.syncthreads_and(1 if abs(x[i]) < 9 else 0)
    out[i] = 2 * some + every


# launch: [1, 32](doubles(32), doubles(32))
# gives: np.exp(-x) / (1 + np.exp(-x))
@cuda.jit
def doubles_stay_doubles(out, x):
    tile = cuda.shared.array(32, float64)
    i = cuda.threadIdx.x
    tile[i] = math.exp(-x[i])
    out[i] = tile[i] / (1 + tile[i])


# launch: [1, 32](integers(32), integers(32))
# gives: (x.astype(np.int64) * 1103515245 + 12345) % 2**31 % 1000
@cuda.jit
def whole_numbers_are_long(out, x):
    i = cuda.threadIdx.x
    out[i] = (x[i] * 1103515245 + 12345) % 2147483648 % 1000


# launch: [1, 4](integers(4), integers(4))
# gives: [20, 3, 5, 0]
@cuda.jit
def atomics_in_order(out, x):
    if cuda.threadIdx.x == 0:
        cuda.atomic.exch(out, 0, 22)
        cuda.atomic.sub(out, 0, 2)
        cuda.atomic.exch(out, 1, 1)
        cuda.atomic.or_(out, 1, 2)
        cuda.atomic.exch(out, 2, 4)
        cuda.atomic.cas(out, 2, 4, 5)
        cuda.atomic.cas(out, 2, 4, 6)
        cuda.atomic.exch(out, 3, 7)
        cuda.atomic.and_(out, 3, 4)
        cuda.atomic.xor(out, 3, 4)


# launch: [1, 32](zeros(32), numbers(32))
# gives: x + 6
@cuda.jit
def short_loops_over_lists_and_tuples(out, x):
    i = cuda.threadIdx.x
    out[i] = x[i]
    for step in [1, 2]:
        out[i] += step
    for a, b in ((1, 1), (1, 2)):
        out[i] += a * b


# launch: [1, 32](zeros(32), numbers(32))
# gives: x * 2 + 1
@cuda.jit
def lambdas_and_inner_functions(out, x):
    i = cuda.threadIdx.x
    twice = lambda value: value * 2  # noqa: E731

    def and_one(value):
        return value + 1

    out[i] = and_one(twice(x[i]))


# launch: [1, 4](zeros(4), numbers(4))
# gives: [np.inf, np.nan, -np.inf, np.inf]
@cuda.jit
def limits_raise_nothing(out, x):
    i = cuda.threadIdx.x
    if i == 0:
        out[i] = math.exp(1000 + x[i])
    elif i == 1:
        out[i] = math.sqrt(-1 - x[i] * x[i])
    elif i == 2:
        out[i] = math.log(x[i] - x[i])
    else:
        out[i] = 1 / (x[i] - x[i])


# launch: [(2, 2), (4, 4)](zeros(8, 8), numbers(8, 8))
# gives: np.pad(x, 1)[:-2, 1:-1] + np.pad(x, 1)[2:, 1:-1]
@cuda.jit
def tile_with_halo(out, x):
    tile = cuda.shared.array((6, 4), float32)
    column, row = cuda.grid(2)
    ty, tx = cuda.threadIdx.y, cuda.threadIdx.x
    tile[ty + 1, tx] = x[row, column]
    if ty == 0:
        tile[0, tx] = x[row - 1, column] if row > 0 else 0
    if ty == 3:
        tile[5, tx] = x[row + 1, column] if row + 1 < x.shape[0] else 0
    cuda.syncthreads()
    out[row, column] = tile[ty, tx] + tile[ty + 2, tx]
