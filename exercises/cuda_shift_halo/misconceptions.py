"""Believable mistakes in cuda_shift_halo; each docstring carries the hint that a student reads."""

from numba import cuda, float32

THREADS = 32
WIDTH = THREADS + 2


@cuda.jit
def barrier_missing(out, a):
    """Reads the tile while other threads still fill it.

    Your threads read what their neighbours load, and nothing says that the neighbours are done.
    All threads of a block wait for each other at cuda.syncthreads().

    No case passes: even one element reads the zero that the next thread writes.
    """
    tile = cuda.shared.array(WIDTH, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t + 1] = a[i] if i < a.size else float32(0)
    if t == 0:
        tile[0] = a[i - 1] if 0 < i <= a.size else float32(0)
    if t == THREADS - 1:
        tile[t + 2] = a[i + 1] if i + 1 < a.size else float32(0)
    if i < a.size:
        out[i] = tile[t] + tile[t + 1] + tile[t + 2]


@cuda.jit
def barrier_inside_the_guard(out, a):
    """Lets only the threads that have an element come to the barrier.

    Only some threads of your last block reach cuda.syncthreads(), and they wait for the others for
    ever. A barrier stands where all threads of a block come by: outside of the guard.
    """
    tile = cuda.shared.array(WIDTH, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t + 1] = a[i] if i < a.size else float32(0)
    if t == 0:
        tile[0] = a[i - 1] if 0 < i <= a.size else float32(0)
    if t == THREADS - 1:
        tile[t + 2] = a[i + 1] if i + 1 < a.size else float32(0)
    if i < a.size:
        cuda.syncthreads()
        out[i] = tile[t] + tile[t + 1] + tile[t + 2]


@cuda.jit
def threads_without_element_return(out, a):
    """Sends the threads beyond the end home before they have loaded a zero.

    Your threads beyond the end return at once: they neither reach the barrier nor load the zero
    that the last element needs. Let them load, wait, and only not write.
    """
    tile = cuda.shared.array(WIDTH, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    if i >= a.size:
        return
    tile[t + 1] = a[i]
    if t == 0:
        tile[0] = a[i - 1] if i > 0 else float32(0)
    if t == THREADS - 1:
        tile[t + 2] = a[i + 1] if i + 1 < a.size else float32(0)
    cuda.syncthreads()
    out[i] = tile[t] + tile[t + 1] + tile[t + 2]


@cuda.jit
def left_neighbour_wraps(out, a):
    """Loads a[-1] before the first element.

    Your first block loads a[-1]. Python takes that for the last element; on a GPU it is memory in
    front of the vector. Before the first element there is a zero.

    No case passes: every vector has a first element.
    """
    tile = cuda.shared.array(WIDTH, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t + 1] = a[i] if i < a.size else float32(0)
    if t == 0:
        tile[0] = a[i - 1] if i <= a.size else float32(0)
    if t == THREADS - 1:
        tile[t + 2] = a[i + 1] if i + 1 < a.size else float32(0)
    cuda.syncthreads()
    if i < a.size:
        out[i] = tile[t] + tile[t + 1] + tile[t + 2]


@cuda.jit
def right_neighbour_not_guarded(out, a):
    """Loads the element after the last one.

    The last thread of a block loads a[i + 1], but the guard of a[i] says nothing about it: when
    your block ends where the vector ends, it reads past the end.
    """
    tile = cuda.shared.array(WIDTH, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t + 1] = a[i] if i < a.size else float32(0)
    if t == 0:
        tile[0] = a[i - 1] if 0 < i <= a.size else float32(0)
    if t == THREADS - 1:
        tile[t + 2] = a[i + 1] if i < a.size else float32(0)
    cuda.syncthreads()
    if i < a.size:
        out[i] = tile[t] + tile[t + 1] + tile[t + 2]


@cuda.jit
def blocks_see_zeros_around_them(out, a):
    """Takes what lies outside of the block for zero.

    Your sums are too small where two blocks meet: the neighbour of a block's first and last
    element lies in the next block, and is not zero. Load it too.
    """
    tile = cuda.shared.array(WIDTH, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t + 1] = a[i] if i < a.size else float32(0)
    if t == 0:
        tile[0] = 0
    if t == THREADS - 1:
        tile[t + 2] = 0
    cuda.syncthreads()
    if i < a.size:
        out[i] = tile[t] + tile[t + 1] + tile[t + 2]


@cuda.jit
def halo_not_loaded(out, a):
    """Loads the block's own elements alone.

    Your tile has a place on each side that nobody fills. Shared memory is not zero at the start;
    it holds whatever was there.

    No case passes: the first element needs the zero before it.
    """
    tile = cuda.shared.array(WIDTH, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t + 1] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    if i < a.size:
        out[i] = tile[t] + tile[t + 1] + tile[t + 2]


@cuda.jit
def every_neighbour_from_global_memory(out, a):
    """Needs no shared memory, but loads everything three times.

    Your sums are right, but each element comes from global memory three times. Load it once into
    shared memory and read it there.
    """
    i = cuda.grid(1)
    if i < a.size:
        total = a[i]
        if i > 0:
            total += a[i - 1]
        if i + 1 < a.size:
            total += a[i + 1]
        out[i] = total
