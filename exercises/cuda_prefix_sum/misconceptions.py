"""Believable mistakes in cuda_prefix_sum; each docstring carries the hint that a student reads."""

from numba import cuda, float32

THREADS = 32


@cuda.jit
def read_and_written_without_barrier(out, a):
    """Adds in place: reads the left element while its thread changes it.

    Your step reads tile[t - step] while the thread there adds to it: you get the old sum or the new
    one, as it happens. Read first, wait for all, then write.

    No case passes: every launch has a first step.
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    step = 1
    while step < THREADS:
        if t >= step:
            tile[t] += tile[t - step]
        cuda.syncthreads()
        step *= 2
    if i < a.size:
        out[i] = tile[t]


@cuda.jit
def barrier_after_the_step_missing(out, a):
    """Waits between reading and writing, and not before the next reading.

    Your next step may read before the last one has written everywhere. A loop needs two barriers:
    one between reading and writing, and one between writing and reading again.

    No case passes: every launch has a second step.
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    step = 1
    while step < THREADS:
        left = tile[t - step] if t >= step else float32(0)
        cuda.syncthreads()
        tile[t] += left
        step *= 2
    if i < a.size:
        out[i] = tile[t]


@cuda.jit
def barrier_for_some_threads(out, a):
    """Puts the barriers of a step inside its `if`.

    Only the threads that have something to add reach your barriers, and they wait for the others
    for ever. Take cuda.syncthreads() out of the `if`.

    No case passes: in every launch the first thread has nothing to add.
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    step = 1
    while step < THREADS:
        if t >= step:
            left = tile[t - step]
            cuda.syncthreads()
            tile[t] += left
            cuda.syncthreads()
        step *= 2
    if i < a.size:
        out[i] = tile[t]


@cuda.jit
def left_end_not_guarded(out, a):
    """Reads tile[t - step] also where nothing lies to the left.

    Your first threads read to the left of the tile, and a negative index is no error in Python: it
    takes elements of the other end. A thread without a left neighbour adds nothing.

    No case passes: every launch has a first thread.
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    step = 1
    while step < THREADS:
        left = tile[t - step]
        cuda.syncthreads()
        tile[t] += left
        cuda.syncthreads()
        step *= 2
    if i < a.size:
        out[i] = tile[t]


@cuda.jit
def own_element_left_out(out, a):
    """Gives the sum of what lies before the element.

    Your sums leave the element itself out: they are the sums before it (an exclusive scan). Here
    out[i] counts a[i] too.

    No case passes: the first sum of every launch is the first element.
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    step = 1
    while step < THREADS:
        left = tile[t - step] if t >= step else float32(0)
        cuda.syncthreads()
        tile[t] += left
        cuda.syncthreads()
        step *= 2
    if i < a.size:
        out[i] = tile[t - 1] if t > 0 else float32(0)


@cuda.jit
def every_thread_adds_from_the_start(out, a):
    """Lets each thread add up all that lies to its left.

    Your sums are right, but the last thread of a block reads 32 elements while the first one waits.
    With steps that double, five are enough.
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    if i < a.size:
        total = float32(0)
        for k in range(t + 1):
            total += tile[k]
        out[i] = total


@cuda.jit
def steps_grow_by_one(out, a):
    """Takes the steps 1, 2, 3, 4, ...

    Your steps grow by one. After a step every element holds twice as many terms as before, so the
    next one has to reach twice as far: 1, 2, 4, 8, 16.

    No case passes: in 31 steps every launch reads shared memory too often.
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    step = 1
    while step < THREADS:
        left = tile[t - step] if t >= step else float32(0)
        cuda.syncthreads()
        tile[t] += left
        cuda.syncthreads()
        step += 1
    if i < a.size:
        out[i] = tile[t]


@cuda.jit
def last_step_left_out(out, a):
    """Stops before the step of half a block.

    Your loop ends one step too early, so the sums of the second half of a full block miss the first
    elements. The last step is half as long as a block.
    """
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    step = 1
    while step < THREADS // 2:
        left = tile[t - step] if t >= step else float32(0)
        cuda.syncthreads()
        tile[t] += left
        cuda.syncthreads()
        step *= 2
    if i < a.size:
        out[i] = tile[t]
