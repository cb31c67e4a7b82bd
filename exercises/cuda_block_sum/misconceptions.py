"""Believable mistakes in cuda_block_sum; each docstring carries the hint that a student reads."""

from numba import cuda, float32

THREADS = 32


@cuda.jit
def first_barrier_missing(out, a):
    """Adds before all elements are loaded.

    Your threads begin to add while others still load. Between filling shared memory and reading
    what another thread wrote there stands cuda.syncthreads().

    No case passes: every thread loads and the first step reads half of it.
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    if t == 0:
        out[cuda.blockIdx.x] = tile[0]


@cuda.jit
def barrier_between_the_steps_missing(out, a):
    """Waits once, before the first step.

    Each step reads sums that other threads wrote in the step before. One barrier before the loop is
    not enough: every step needs its own.

    No case passes: the steps of every launch read each other's sums.
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        half //= 2
    if t == 0:
        out[cuda.blockIdx.x] = tile[0]


@cuda.jit
def barrier_for_half_of_the_threads(out, a):
    """Puts the barrier of a step inside its `if`.

    Only the threads that add reach your barrier, and they wait for the others for ever. Take
    cuda.syncthreads() out of the `if`.

    No case passes: in every launch half of the threads do not add.
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
            cuda.syncthreads()
        half //= 2
    if t == 0:
        out[cuda.blockIdx.x] = tile[0]


@cuda.jit
def rest_of_the_last_block_not_loaded(out, a):
    """Leaves the tile as it was where the vector has ended.

    Your threads beyond the end load nothing, and the steps add what happened to be in shared
    memory there. What can you load that changes no sum?
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    if i < a.size:
        tile[t] = a[i]
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    if t == 0:
        out[cuda.blockIdx.x] = tile[0]


@cuda.jit
def one_thread_adds(out, a):
    """Lets thread 0 add all elements.

    Your sum is right, but one thread reads the whole tile while 31 wait for it. In a tree half of
    the threads add at the same time, and five steps are enough for 32 elements.
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    if t == 0:
        total = float32(0)
        for k in range(min(THREADS, a.size - i)):
            total += tile[k]
        out[cuda.blockIdx.x] = total


@cuda.jit
def every_thread_writes(out, a):
    """Lets all threads write the sum of the block.

    All your threads write the same element. They write the same number, but nothing orders them:
    let one thread write.

    No case passes: every launch has more than one thread.
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    out[cuda.blockIdx.x] = tile[0]


@cuda.jit
def all_blocks_write_the_first_sum(out, a):
    """Writes every sum to out[0].

    All your blocks write out[0]. Each block has its own place in `out`: which number tells the
    blocks apart?
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    if t == 0:
        out[0] = tile[0]


@cuda.jit
def last_step_left_out(out, a):
    """Stops while two sums are left.

    Your loop ends too early: two sums are left in the tile, and you write the first of them. The
    last step is the one in which `half` is 1.
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    half = THREADS // 2
    while half > 1:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    if t == 0:
        out[cuda.blockIdx.x] = tile[0]
