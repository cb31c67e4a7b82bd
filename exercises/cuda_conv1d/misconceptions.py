"""Believable mistakes in cuda_conv1d; each docstring carries the hint that a student reads."""

from numba import cuda, float32

THREADS = 32
TAPS = 8
WIDTH = THREADS + TAPS - 1


@cuda.jit
def barrier_missing(out, x, weight):
    """Reads the tile while other threads still fill it.

    Your windows read what other threads load, and nothing says that those are done. Between filling
    shared memory and reading it stands cuda.syncthreads().
    """
    tile = cuda.shared.array(WIDTH, float32)
    taps = cuda.shared.array(TAPS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    if i < x.size:
        tile[t] = x[i]
    if t < TAPS - 1 and i + THREADS < x.size:
        tile[t + THREADS] = x[i + THREADS]
    if t < weight.size:
        taps[t] = weight[t]
    if i < out.size:
        total = float32(0)
        for u in range(weight.size):
            total += tile[t + u] * taps[u]
        out[i] = total


@cuda.jit
def halo_not_loaded(out, x, weight):
    """Loads as many elements as the block has threads.

    The last windows of your block reach beyond its 32 elements, into places of shared memory that
    nobody has filled. Some threads have to load a second element.
    """
    tile = cuda.shared.array(WIDTH, float32)
    taps = cuda.shared.array(TAPS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    if i < x.size:
        tile[t] = x[i]
    if t < weight.size:
        taps[t] = weight[t]
    cuda.syncthreads()
    if i < out.size:
        total = float32(0)
        for u in range(weight.size):
            total += tile[t + u] * taps[u]
        out[i] = total


@cuda.jit
def halo_not_guarded(out, x, weight):
    """Loads the second element without looking where the vector ends.

    The second element that some of your threads load lies 32 places further on, and the vector may
    have ended there. It needs a guard of its own.
    """
    tile = cuda.shared.array(WIDTH, float32)
    taps = cuda.shared.array(TAPS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    if i < x.size:
        tile[t] = x[i]
    if t < weight.size - 1:
        tile[t + THREADS] = x[i + THREADS]
    if t < weight.size:
        taps[t] = weight[t]
    cuda.syncthreads()
    if i < out.size:
        total = float32(0)
        for u in range(weight.size):
            total += tile[t + u] * taps[u]
        out[i] = total


@cuda.jit
def kernel_flipped(out, x, weight):
    """Computes the convolution of mathematics.

    Your weights meet the window back to front. Here the first weight meets the first element of the
    window (cross-correlation).
    """
    tile = cuda.shared.array(WIDTH, float32)
    taps = cuda.shared.array(TAPS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    if i < x.size:
        tile[t] = x[i]
    if t < TAPS - 1 and i + THREADS < x.size:
        tile[t + THREADS] = x[i + THREADS]
    if t < weight.size:
        taps[t] = weight[weight.size - 1 - t]
    cuda.syncthreads()
    if i < out.size:
        total = float32(0)
        for u in range(weight.size):
            total += tile[t + u] * taps[u]
        out[i] = total


@cuda.jit
def windows_that_do_not_fit(out, x, weight):
    """Writes a sum for every element of the vector.

    Your guard of the writing lets all elements of x through, but `out` is shorter: a window that
    begins near the end does not fit. Compare with out.size.
    """
    tile = cuda.shared.array(WIDTH, float32)
    taps = cuda.shared.array(TAPS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = x[i] if i < x.size else float32(0)
    if t < TAPS - 1:
        tile[t + THREADS] = x[i + THREADS] if i + THREADS < x.size else float32(0)
    if t < weight.size:
        taps[t] = weight[t]
    cuda.syncthreads()
    if i < x.size:
        total = float32(0)
        for u in range(weight.size):
            total += tile[t + u] * taps[u]
        out[i] = total


@cuda.jit
def threads_without_window_return(out, x, weight):
    """Sends the threads that have no window home at once.

    Your threads without a window return before the barrier. They are needed: they load elements
    for the windows of others, and the barrier waits for all threads of the block.
    """
    tile = cuda.shared.array(WIDTH, float32)
    taps = cuda.shared.array(TAPS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    if i >= out.size:
        return
    tile[t] = x[i]
    if t < TAPS - 1 and i + THREADS < x.size:
        tile[t + THREADS] = x[i + THREADS]
    if t < weight.size:
        taps[t] = weight[t]
    cuda.syncthreads()
    total = float32(0)
    for u in range(weight.size):
        total += tile[t + u] * taps[u]
    out[i] = total


@cuda.jit
def everything_from_global_memory(out, x, weight):
    """Needs no shared memory, but loads each element once for every window.

    Your sums are right, but every window loads all of its elements and all weights from global
    memory. Let the block load each of them once into shared memory.
    """
    i = cuda.grid(1)
    if i < out.size:
        total = float32(0)
        for u in range(weight.size):
            total += x[i + u] * weight[u]
        out[i] = total


@cuda.jit
def weights_from_global_memory(out, x, weight):
    """Shares the vector, and loads the weights in every window.

    Your block shares its part of the vector, but every thread still loads all weights from global
    memory. They fit into shared memory too.
    """
    tile = cuda.shared.array(WIDTH, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    if i < x.size:
        tile[t] = x[i]
    if t < TAPS - 1 and i + THREADS < x.size:
        tile[t + THREADS] = x[i + THREADS]
    cuda.syncthreads()
    if i < out.size:
        total = float32(0)
        for u in range(weight.size):
            total += tile[t + u] * weight[u]
        out[i] = total
