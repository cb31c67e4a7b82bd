"""Believable mistakes in cuda_softmax_rows; each docstring carries the hint of a student."""

import math

from numba import cuda, float32

THREADS = 32


@cuda.jit(device=True)
def _largest_of_block(tile, t):
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] = max(tile[t], tile[t + half])
        cuda.syncthreads()
        half //= 2
    return tile[0]


@cuda.jit(device=True)
def _sum_of_block(tile, t):
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    return tile[0]


@cuda.jit
def largest_not_subtracted(out, x):
    """Takes the exponential of the numbers as they are.

    Your exponentials overflow where the numbers are large. Subtracting the same number from a whole
    row changes no quotient: which one makes every exponent zero or less?
    """
    tile = cuda.shared.array(THREADS, float32)
    row = cuda.blockIdx.x
    t = cuda.threadIdx.x
    total = float32(0)
    for j in range(t, x.shape[1], THREADS):
        total += math.exp(x[row, j])
    tile[t] = total
    cuda.syncthreads()
    total = _sum_of_block(tile, t)
    for j in range(t, x.shape[1], THREADS):
        out[row, j] = math.exp(x[row, j]) / total


@cuda.jit
def largest_starts_at_zero(out, x):
    """Starts the search for the largest number at zero.

    Your largest number is 0 where a whole row is negative, and far below zero every
    exponential is 0. Start below all numbers: at minus infinity.
    """
    tile = cuda.shared.array(THREADS, float32)
    row = cuda.blockIdx.x
    t = cuda.threadIdx.x
    largest = float32(0)
    for j in range(t, x.shape[1], THREADS):
        largest = max(largest, x[row, j])
    tile[t] = largest
    cuda.syncthreads()
    largest = _largest_of_block(tile, t)
    cuda.syncthreads()
    total = float32(0)
    for j in range(t, x.shape[1], THREADS):
        total += math.exp(x[row, j] - largest)
    tile[t] = total
    cuda.syncthreads()
    total = _sum_of_block(tile, t)
    for j in range(t, x.shape[1], THREADS):
        out[row, j] = math.exp(x[row, j] - largest) / total


@cuda.jit
def second_use_of_the_tile_without_barrier(out, x):
    """Writes into the tile while others still read the largest number.

    Your fast threads put their sums into the tile while slow ones still read the largest number
    there. A tile that is used twice needs a barrier between the last reading and the next writing.

    No case passes: every thread reads the place that thread 0 writes.
    """
    tile = cuda.shared.array(THREADS, float32)
    row = cuda.blockIdx.x
    t = cuda.threadIdx.x
    largest = float32(-math.inf)
    for j in range(t, x.shape[1], THREADS):
        largest = max(largest, x[row, j])
    tile[t] = largest
    cuda.syncthreads()
    largest = _largest_of_block(tile, t)
    total = float32(0)
    for j in range(t, x.shape[1], THREADS):
        total += math.exp(x[row, j] - largest)
    tile[t] = total
    cuda.syncthreads()
    total = _sum_of_block(tile, t)
    for j in range(t, x.shape[1], THREADS):
        out[row, j] = math.exp(x[row, j] - largest) / total


@cuda.jit
def barrier_between_the_steps_missing(out, x):
    """Waits before the tree of the sum, and not within it.

    Each step of your tree reads what other threads wrote in the step before. One barrier before the
    loop is not enough: every step needs its own.

    No case passes: the steps of every launch read each other's sums.
    """
    tile = cuda.shared.array(THREADS, float32)
    row = cuda.blockIdx.x
    t = cuda.threadIdx.x
    largest = float32(-math.inf)
    for j in range(t, x.shape[1], THREADS):
        largest = max(largest, x[row, j])
    tile[t] = largest
    cuda.syncthreads()
    largest = _largest_of_block(tile, t)
    cuda.syncthreads()
    total = float32(0)
    for j in range(t, x.shape[1], THREADS):
        total += math.exp(x[row, j] - largest)
    tile[t] = total
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        half //= 2
    cuda.syncthreads()
    for j in range(t, x.shape[1], THREADS):
        out[row, j] = math.exp(x[row, j] - largest) / tile[0]


@cuda.jit
def one_element_a_thread(out, x):
    """Takes one element per thread and stops.

    Your threads take one element each, and a row may have more than 32. Let a thread go on
    32 elements further, until the row ends.
    """
    tile = cuda.shared.array(THREADS, float32)
    row = cuda.blockIdx.x
    t = cuda.threadIdx.x
    tile[t] = x[row, t] if t < x.shape[1] else -math.inf
    cuda.syncthreads()
    largest = _largest_of_block(tile, t)
    cuda.syncthreads()
    tile[t] = math.exp(x[row, t] - largest) if t < x.shape[1] else float32(0)
    cuda.syncthreads()
    total = _sum_of_block(tile, t)
    if t < x.shape[1]:
        out[row, t] = math.exp(x[row, t] - largest) / total


@cuda.jit
def always_the_first_row(out, x):
    """Forgets the number of the block.

    All your blocks work on the first row. Which number tells the blocks apart?
    """
    tile = cuda.shared.array(THREADS, float32)
    row = 0
    t = cuda.threadIdx.x
    largest = float32(-math.inf)
    for j in range(t, x.shape[1], THREADS):
        largest = max(largest, x[row, j])
    tile[t] = largest
    cuda.syncthreads()
    largest = _largest_of_block(tile, t)
    cuda.syncthreads()
    total = float32(0)
    for j in range(t, x.shape[1], THREADS):
        total += math.exp(x[row, j] - largest)
    tile[t] = total
    cuda.syncthreads()
    total = _sum_of_block(tile, t)
    for j in range(t, x.shape[1], THREADS):
        out[row, j] = math.exp(x[row, j] - largest) / total


@cuda.jit
def quotient_forgotten(out, x):
    """Writes the exponentials.

    Your rows do not add up to one: divide by the sum of the row's exponentials.
    """
    tile = cuda.shared.array(THREADS, float32)
    row = cuda.blockIdx.x
    t = cuda.threadIdx.x
    largest = float32(-math.inf)
    for j in range(t, x.shape[1], THREADS):
        largest = max(largest, x[row, j])
    tile[t] = largest
    cuda.syncthreads()
    largest = _largest_of_block(tile, t)
    cuda.syncthreads()
    for j in range(t, x.shape[1], THREADS):
        out[row, j] = math.exp(x[row, j] - largest)


@cuda.jit
def one_thread_a_row(out, x):
    """Lets thread 0 compute the whole row.

    Your result is right, but thread 0 reads the whole row three times while 31 threads wait for
    it. Let each thread take every 32nd element.
    """
    row = cuda.blockIdx.x
    if cuda.threadIdx.x == 0:
        largest = float32(-math.inf)
        for j in range(x.shape[1]):
            largest = max(largest, x[row, j])
        total = float32(0)
        for j in range(x.shape[1]):
            total += math.exp(x[row, j] - largest)
        for j in range(x.shape[1]):
            out[row, j] = math.exp(x[row, j] - largest) / total


@cuda.jit
def neighbours_to_one_thread(out, x):
    """Gives each thread a piece of the row.

    Your result is right, but each thread walks through a piece of its own, so that the 32
    threads of a warp read from 32 places far from each other. Let neighbouring threads take
    neighbours: a thread begins at its number and goes on 32 elements further.
    """
    tile = cuda.shared.array(THREADS, float32)
    row = cuda.blockIdx.x
    t = cuda.threadIdx.x
    width = (x.shape[1] + THREADS - 1) // THREADS
    end = min((t + 1) * width, x.shape[1])
    largest = float32(-math.inf)
    for j in range(t * width, end):
        largest = max(largest, x[row, j])
    tile[t] = largest
    cuda.syncthreads()
    largest = _largest_of_block(tile, t)
    cuda.syncthreads()
    total = float32(0)
    for j in range(t * width, end):
        total += math.exp(x[row, j] - largest)
    tile[t] = total
    cuda.syncthreads()
    total = _sum_of_block(tile, t)
    for j in range(t * width, end):
        out[row, j] = math.exp(x[row, j] - largest) / total
