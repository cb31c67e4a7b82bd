"""Believable mistakes in cuda_dot; each docstring carries the hint that a student reads."""

from numba import cuda, float32

THREADS = 32


@cuda.jit
def blocks_add_without_atomic(out, a, b):
    """Adds the sums of the blocks with +=.

    Your blocks read out[0], add, and write it back, and two of them may do so at the same time:
    then one sum is lost. No barrier reaches beyond a block; cuda.atomic.add does.
    """
    tile = cuda.shared.array(THREADS, float32)
    t = cuda.threadIdx.x
    total = float32(0)
    for i in range(cuda.grid(1), a.size, cuda.gridsize(1)):
        total += a[i] * b[i]
    tile[t] = total
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    if t == 0:
        out[0] += tile[0]


@cuda.jit
def every_thread_adds_the_sum(out, a, b):
    """Lets all threads of a block add the block's sum.

    Your result is 32 times too large: every thread adds the sum of its block. One thread is enough.

    No case passes: every block has 32 threads.
    """
    tile = cuda.shared.array(THREADS, float32)
    t = cuda.threadIdx.x
    total = float32(0)
    for i in range(cuda.grid(1), a.size, cuda.gridsize(1)):
        total += a[i] * b[i]
    tile[t] = total
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    cuda.atomic.add(out, 0, tile[0])


@cuda.jit
def one_product_a_thread(out, a, b):
    """Takes one element per thread and stops.

    Your threads take one product each, and a long vector has more products than the grid has
    threads. Go on a whole grid further: cuda.gridsize(1).
    """
    tile = cuda.shared.array(THREADS, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    tile[t] = a[i] * b[i] if i < a.size else float32(0)
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    if t == 0:
        cuda.atomic.add(out, 0, tile[0])


@cuda.jit
def steps_of_a_block(out, a, b):
    """Walks by the size of a block, not of the grid.

    With more than one block you count products twice: each thread moves on by blockDim, into
    elements that belong to the next block. A step is as long as the whole grid.
    """
    tile = cuda.shared.array(THREADS, float32)
    t = cuda.threadIdx.x
    total = float32(0)
    for i in range(cuda.grid(1), a.size, cuda.blockDim.x):
        total += a[i] * b[i]
    tile[t] = total
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    if t == 0:
        cuda.atomic.add(out, 0, tile[0])


@cuda.jit
def last_product_alone(out, a, b):
    """Overwrites a thread's product by its next one.

    Each of your threads keeps the last of its products alone. Add them up on the way.
    """
    tile = cuda.shared.array(THREADS, float32)
    t = cuda.threadIdx.x
    total = float32(0)
    for i in range(cuda.grid(1), a.size, cuda.gridsize(1)):
        total = a[i] * b[i]
    tile[t] = total
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    if t == 0:
        cuda.atomic.add(out, 0, tile[0])


@cuda.jit
def an_atomic_addition_for_every_product(out, a, b):
    """Adds every product to global memory by itself.

    Your result is right, but all threads stand in a queue for out[0], once for every product. Let
    each thread add up its own products, and each block those of its threads, first.
    """
    for i in range(cuda.grid(1), a.size, cuda.gridsize(1)):
        cuda.atomic.add(out, 0, a[i] * b[i])


@cuda.jit
def barriers_missing(out, a, b):
    """Adds up the tile without waiting.

    Your threads read sums that other threads may not have written yet. A cuda.syncthreads() belongs
    behind the loading of the tile and behind every step of the tree.

    No case passes: the steps of every launch read each other's sums.
    """
    tile = cuda.shared.array(THREADS, float32)
    t = cuda.threadIdx.x
    total = float32(0)
    for i in range(cuda.grid(1), a.size, cuda.gridsize(1)):
        total += a[i] * b[i]
    tile[t] = total
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        half //= 2
    if t == 0:
        cuda.atomic.add(out, 0, tile[0])


@cuda.jit
def sum_times_sum(out, a, b):
    """Multiplies the sums instead of adding the products.

    You multiply the two sums of a thread. The products come first: a[i] * b[i], then they are added
    up.
    """
    tile = cuda.shared.array(THREADS, float32)
    t = cuda.threadIdx.x
    first, second = float32(0), float32(0)
    for i in range(cuda.grid(1), a.size, cuda.gridsize(1)):
        first += a[i]
        second += b[i]
    tile[t] = first * second
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    if t == 0:
        cuda.atomic.add(out, 0, tile[0])
