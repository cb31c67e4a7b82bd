"""Functions whose warp operations wait for lanes that do not come."""

from numba import cuda

FULL = 0xFFFFFFFF


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def shuffle_in_a_branch(out, x):
    i = cuda.threadIdx.x
    value = x[i]
    if i < 16:
        value += cuda.shfl_down_sync(FULL, value, 8)  # finds: warp
    out[i] = value


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def return_before_the_shuffle(out, x):
    i = cuda.threadIdx.x
    if i > 20:
        return
    out[i] = cuda.shfl_xor_sync(FULL, x[i], 1)  # finds: warp


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def vote_of_half_a_warp(out, x):
    i = cuda.threadIdx.x
    if i % 2 == 0:
        out[i] = cuda.ballot_sync(FULL, x[i] > 0)  # finds: warp


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def a_shuffle_in_each_branch(out, x):
    i = cuda.threadIdx.x
    if i < 16:
        out[i] = cuda.shfl_xor_sync(FULL, x[i], 16)  # finds: warp
    else:
        out[i] = cuda.shfl_xor_sync(FULL, x[i], 16)


# launch: [1, 16](zeros(1), numbers(16))
@cuda.jit
def sum_over_lanes_that_do_not_exist(out, x):
    value = x[cuda.threadIdx.x]
    for step in (16, 8, 4, 2, 1):
        value += cuda.shfl_down_sync(FULL, value, step)  # finds: warp
    if cuda.threadIdx.x == 0:
        out[0] = value


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def mask_that_forgets_the_caller(out, x):
    i = cuda.threadIdx.x
    out[i] = cuda.shfl_sync(0xFFFF, x[i], 0)  # finds: warp


# launch: [1, 32](zeros(32), numbers(32))
@cuda.jit
def syncwarp_in_a_branch(out, x):
    i = cuda.threadIdx.x
    if i < 8:
        cuda.syncwarp()  # finds: warp
    out[i] = x[i]


# launch: [1, 64](zeros(64), numbers(64))
@cuda.jit
def shuffle_against_a_barrier(out, x):
    i = cuda.threadIdx.x
    if i < 40:
        out[i] = cuda.shfl_sync(FULL, x[i], 0)  # finds: warp
    cuda.syncthreads()
