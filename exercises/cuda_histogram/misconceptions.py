"""Believable mistakes in cuda_histogram; each docstring carries the hint that a student reads."""

from numba import cuda, int32

BINS = 8


@cuda.jit
def threads_count_without_atomic(counts, values):
    """Counts in shared memory with +=.

    Two threads with the same value read the same count, add one, and write the same sum: one of
    them is lost. cuda.atomic.add reads, adds and writes in one.
    """
    tile = cuda.shared.array(BINS, int32)
    t = cuda.threadIdx.x
    if t < BINS:
        tile[t] = 0
    cuda.syncthreads()
    for i in range(cuda.grid(1), values.size, cuda.gridsize(1)):
        v = values[i]
        if 0 <= v < BINS:
            tile[v] += 1
    cuda.syncthreads()
    if t < BINS:
        cuda.atomic.add(counts, t, tile[t])


@cuda.jit
def blocks_add_without_atomic(counts, values):
    """Adds the counts of the blocks with +=.

    Your blocks read a count, add, and write it back, and two of them may do so at the same time.
    No barrier reaches beyond a block; an atomic addition does.
    """
    tile = cuda.shared.array(BINS, int32)
    t = cuda.threadIdx.x
    if t < BINS:
        tile[t] = 0
    cuda.syncthreads()
    for i in range(cuda.grid(1), values.size, cuda.gridsize(1)):
        v = values[i]
        if 0 <= v < BINS:
            cuda.atomic.add(tile, v, 1)
    cuda.syncthreads()
    if t < BINS:
        counts[t] += tile[t]


@cuda.jit
def last_block_alone(counts, values):
    """Writes the counts of a block over those of the others.

    Your blocks overwrite each other's counts: the last one stays. Every block adds to what is
    there, in an atomic addition.
    """
    tile = cuda.shared.array(BINS, int32)
    t = cuda.threadIdx.x
    if t < BINS:
        tile[t] = 0
    cuda.syncthreads()
    for i in range(cuda.grid(1), values.size, cuda.gridsize(1)):
        v = values[i]
        if 0 <= v < BINS:
            cuda.atomic.add(tile, v, 1)
    cuda.syncthreads()
    if t < BINS:
        counts[t] = tile[t]


@cuda.jit
def bins_not_set_to_zero(counts, values):
    """Counts on from whatever shared memory holds.

    Your bins never begin at zero: shared memory holds anything at the start. Only `counts` comes
    filled with zeros.

    No case passes: every launch reads all bins.
    """
    tile = cuda.shared.array(BINS, int32)
    t = cuda.threadIdx.x
    for i in range(cuda.grid(1), values.size, cuda.gridsize(1)):
        v = values[i]
        if 0 <= v < BINS:
            cuda.atomic.add(tile, v, 1)
    cuda.syncthreads()
    if t < BINS:
        cuda.atomic.add(counts, t, tile[t])


@cuda.jit
def first_barrier_missing(counts, values):
    """Counts before the bins are zero.

    A thread may count in a bin that another thread sets to zero afterwards. What has to stand
    between the zeros and the first count?
    """
    tile = cuda.shared.array(BINS, int32)
    t = cuda.threadIdx.x
    if t < BINS:
        tile[t] = 0
    for i in range(cuda.grid(1), values.size, cuda.gridsize(1)):
        v = values[i]
        if 0 <= v < BINS:
            cuda.atomic.add(tile, v, 1)
    cuda.syncthreads()
    if t < BINS:
        cuda.atomic.add(counts, t, tile[t])


@cuda.jit
def second_barrier_missing(counts, values):
    """Takes the counts of the block away before all threads have counted.

    Your first threads carry the block's counts away while others still count. All threads have to
    be done first: a second barrier.
    """
    tile = cuda.shared.array(BINS, int32)
    t = cuda.threadIdx.x
    if t < BINS:
        tile[t] = 0
    cuda.syncthreads()
    for i in range(cuda.grid(1), values.size, cuda.gridsize(1)):
        v = values[i]
        if 0 <= v < BINS:
            cuda.atomic.add(tile, v, 1)
    if t < BINS:
        cuda.atomic.add(counts, t, tile[t])


@cuda.jit
def every_value_to_global_memory(counts, values):
    """Counts in global memory alone.

    Your counts are right, but every value is an atomic addition to global memory, where all blocks
    stand in one queue. Count in shared memory; then a block adds each of its bins once.
    """
    for i in range(cuda.grid(1), values.size, cuda.gridsize(1)):
        v = values[i]
        if 0 <= v < BINS:
            cuda.atomic.add(counts, v, 1)


@cuda.jit
def values_outside_counted(counts, values):
    """Trusts that every value has a bin.

    Not every value lies between 0 and 7, and a value without a bin is an index outside of shared
    memory. Look at a value before you count it.
    """
    tile = cuda.shared.array(BINS, int32)
    t = cuda.threadIdx.x
    if t < BINS:
        tile[t] = 0
    cuda.syncthreads()
    for i in range(cuda.grid(1), values.size, cuda.gridsize(1)):
        cuda.atomic.add(tile, values[i], 1)
    cuda.syncthreads()
    if t < BINS:
        cuda.atomic.add(counts, t, tile[t])


@cuda.jit
def negative_values_counted(counts, values):
    """Looks at the upper end of the bins alone.

    A value below zero passes your test, and is an index in front of shared memory. Test both ends.
    """
    tile = cuda.shared.array(BINS, int32)
    t = cuda.threadIdx.x
    if t < BINS:
        tile[t] = 0
    cuda.syncthreads()
    for i in range(cuda.grid(1), values.size, cuda.gridsize(1)):
        v = values[i]
        if v < BINS:
            cuda.atomic.add(tile, v, 1)
    cuda.syncthreads()
    if t < BINS:
        cuda.atomic.add(counts, t, tile[t])


@cuda.jit
def one_value_a_thread(counts, values):
    """Takes one value per thread and stops.

    Your threads count one value each, and there may be more values than threads. Go on a whole
    grid further: cuda.gridsize(1).
    """
    tile = cuda.shared.array(BINS, int32)
    t = cuda.threadIdx.x
    if t < BINS:
        tile[t] = 0
    cuda.syncthreads()
    i = cuda.grid(1)
    if i < values.size and 0 <= values[i] < BINS:
        cuda.atomic.add(tile, values[i], 1)
    cuda.syncthreads()
    if t < BINS:
        cuda.atomic.add(counts, t, tile[t])
