"""Functions with races between blocks, wrong barriers, and threads that do not end."""

from numba import cuda, float32, int32


# launch: [4, 32](zeros(1), numbers(128))
@cuda.jit
def blocks_add_without_atomics(out, x):
    part = cuda.shared.array(32, float32)
    i = cuda.threadIdx.x
    part[i] = x[cuda.grid(1)]
    cuda.syncthreads()
    if i == 0:
        total = float32(0)
        for k in range(32):
            total += part[k]
        out[0] += total  # finds: block-race


# launch: [4, 32](zeros(32), numbers(128))
@cuda.jit
def blocks_write_the_same_place(out, x):
    out[cuda.threadIdx.x] = x[cuda.grid(1)]  # finds: block-race


# launch: [4, 32](zeros(128), zeros(128))
@cuda.jit
def next_block_reads_the_halo(out, x):
    i = cuda.grid(1)
    x[i] = i
    cuda.syncthreads()
    if cuda.threadIdx.x == 0 and i > 0:
        out[i] = x[i - 1]  # finds: block-race


# launch: [2, 32](zeros(64), numbers(64))
@cuda.jit
def smooth_in_place(x, unused):
    i = cuda.grid(1)
    left = x[i - 1] if i > 0 else x[i]  # finds: block-race
    cuda.syncthreads()
    x[i] = (left + x[i]) / 2


# launch: [2, 32](zeros(2), numbers(64))
@cuda.jit
def atomic_in_one_block_plain_in_the_other(out, x):
    if cuda.threadIdx.x == 0:
        if cuda.blockIdx.x == 0:
            cuda.atomic.add(out, 0, x[0])
        else:
            out[0] = x[32]  # finds: block-race


# launch: [(2, 2), (4, 4)](zeros(4, 4), numbers(8, 8))
@cuda.jit
def blocks_of_a_picture_overlap(out, x):
    column, row = cuda.grid(2)
    out[row % 4, column % 4] = x[row, column]  # finds: block-race


# launch: [1, 64](zeros(64), numbers(60))
@cuda.jit
def return_before_the_barrier(out, x):
    tile = cuda.shared.array(64, float32)
    i = cuda.grid(1)
    if i >= x.size:
        return
    tile[i] = x[i]
    cuda.syncthreads()  # finds: barrier
    out[i] = tile[i]


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def barrier_in_a_branch(out, x):
    i = cuda.threadIdx.x
    if i < 32:
        cuda.syncthreads()  # finds: barrier
    out[i] = x[i]


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def a_barrier_in_each_branch(out, x):
    i = cuda.threadIdx.x
    if i % 2:
        out[i] = x[i]
        cuda.syncthreads()  # finds: barrier
    else:
        out[i] = -x[i]
        cuda.syncthreads()


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def two_barriers_in_one_line(out, x):
    i = cuda.threadIdx.x
    cuda.syncthreads() if i % 2 else cuda.syncthreads()  # noqa: RUF034  # finds: barrier
    out[i] = x[i]


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def barrier_in_a_loop_of_different_lengths(out, x):
    i = cuda.threadIdx.x
    for k in range(1 + i % 2):
        out[i] += x[i] * k
        cuda.syncthreads()  # finds: barrier


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def one_thread_breaks_out(out, x):
    i = cuda.threadIdx.x
    for k in range(4):
        if i == 5 and k == 2:
            break
        cuda.syncthreads()  # finds: barrier
        out[i] = x[i]


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def different_kinds_of_barriers(out, x):
    i = cuda.threadIdx.x
    if x[i] > 0:
        out[i] = cuda.syncthreads_count(1)  # finds: barrier
    else:
        out[i] = cuda.syncthreads_or(0)


# launch: [1, 32](counts(1), zeros(32))
@cuda.jit
def wait_for_a_flag(flag, out):
    i = cuda.threadIdx.x
    if i == 0:
        while flag[0] == 0:  # finds: spin
            pass
    else:
        flag[0] = 1
    out[i] = i


# launch: [1, 32](zeros(32), counts(1))
@cuda.jit
def lock_that_is_never_freed(out, lock):
    i = cuda.threadIdx.x
    while cuda.atomic.cas(lock, 0, 0, 1) != 0:  # finds: spin
        pass
    out[i] = i


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def loop_that_forgets_to_count(out, x):
    i = cuda.threadIdx.x
    k = 0
    while k < 4:
        out[i] += x[i]  # finds: spin


# launch: [1, 4](zeros(32), numbers(32))
@cuda.jit
def barriers_without_end(out, x):
    half = 4
    while half > 0:
        cuda.syncthreads()  # finds: spin


# launch: [1, 1100](zeros(1100), numbers(1100))
@cuda.jit
def block_too_large(out, x):  # finds: threads
    i = cuda.grid(1)
    out[i] = x[i]


# launch: [1, (2, 2, 100)](zeros(1100), numbers(1100))
@cuda.jit
def block_too_deep(out, x):  # finds: threads
    i = cuda.threadIdx.z
    out[i] = x[i]


# launch: [0, 32](zeros(32), numbers(32))
@cuda.jit
def empty_grid(out, x):  # finds: threads
    i = cuda.grid(1)
    out[i] = x[i]


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def tile_too_large(out, x):
    tile = cuda.shared.array((128, 128), float32)  # finds: shared-memory
    tile[0, cuda.threadIdx.x] = x[cuda.threadIdx.x]


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def two_tiles_too_large(out, x):
    left = cuda.shared.array((64, 128), float32)
    right = cuda.shared.array((64, 128), int32)  # finds: shared-memory
    left[0, cuda.threadIdx.x] = x[cuda.threadIdx.x]
    right[0, cuda.threadIdx.x] = 1


# launch: [1, 32, 0, 50000](zeros(32), numbers(32))
@cuda.jit
def dynamic_memory_too_large(out, x):  # finds: shared-memory
    tile = cuda.shared.array(0, float32)
    tile[cuda.threadIdx.x] = x[cuda.threadIdx.x]
