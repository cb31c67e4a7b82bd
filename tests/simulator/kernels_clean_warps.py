"""Right functions with what Numba's own simulator lacks: shuffles, votes, syncwarp, masks."""

from numba import cuda, float32
from numba.cuda import grid, syncthreads

FULL = 0xFFFFFFFF


@cuda.jit(device=True)
def warp_sum(value):
    for step in (16, 8, 4, 2, 1):
        value += cuda.shfl_down_sync(FULL, value, step)
    return value


# launch: [1, 32](zeros(1), numbers(32))
# gives: [x.sum()]
@cuda.jit
def sum_by_shuffles(out, x):
    total = warp_sum(x[cuda.threadIdx.x])
    if cuda.threadIdx.x == 0:
        out[0] = total


# launch: [2, 64](zeros(2), numbers(128))
# gives: x.reshape(2, 64).sum(axis=1)
@cuda.jit
def sum_of_warps(out, x):
    part = cuda.shared.array(2, float32)
    i = cuda.threadIdx.x
    total = warp_sum(x[cuda.grid(1)])
    if cuda.laneid == 0:
        part[i // cuda.warpsize] = total
    cuda.syncthreads()
    if i == 0:
        out[cuda.blockIdx.x] = part[0] + part[1]


# launch: [1, 32](zeros(32), numbers(32))
# gives: [x.max()] * 32
@cuda.jit
def largest_by_butterfly(out, x):
    i = cuda.threadIdx.x
    value = x[i]
    for mask in (16, 8, 4, 2, 1):
        value = max(value, cuda.shfl_xor_sync(FULL, value, mask))
    out[i] = value


# launch: [1, 32](zeros(32), numbers(32))
# gives: np.cumsum(x)
@cuda.jit
def scan_by_shuffles(out, x):
    i = cuda.threadIdx.x
    value = x[i]
    for step in (1, 2, 4, 8, 16):
        below = cuda.shfl_up_sync(FULL, value, step)
        if i >= step:
            value += below
    out[i] = value


# launch: [1, 32](zeros(32), numbers(32))
# gives: [x[5]] * 32
@cuda.jit
def broadcast(out, x):
    out[cuda.threadIdx.x] = cuda.shfl_sync(FULL, x[cuda.threadIdx.x], 5)


# launch: [1, 32](zeros(32), numbers(32))
# gives: np.where(x > 0, np.cumsum(x > 0) - 1, -1)
@cuda.jit
def places_of_the_positive(out, x):
    i = cuda.threadIdx.x
    votes = cuda.ballot_sync(FULL, x[i] > 0)
    below = cuda.popc(votes & cuda.lanemask_lt())
    out[i] = below if x[i] > 0 else -1


# launch: [1, 64](zeros(64), numbers(64))
# gives: [1 + 2 * 1 + 4 * 0] * 64
@cuda.jit
def votes(out, x):
    i = cuda.threadIdx.x
    some = cuda.any_sync(FULL, i % 32 == 3)
    every = cuda.all_sync(FULL, x[i] < 100)
    same = cuda.eq_sync(FULL, i % 2)
    out[i] = (1 if some else 0) + (2 if every else 0) + (4 if same else 0)


# launch: [1, 32](zeros(32), integers(32))
# gives: [(x % 4 == v % 4).sum() for v in x]
@cuda.jit
def equals_counted_by_match(out, x):
    i = cuda.threadIdx.x
    out[i] = cuda.popc(cuda.match_any_sync(FULL, x[i] % 4))


# launch: [1, 32](zeros(1), numbers(32))
# gives: [x.sum()]
@cuda.jit
def warp_tree_with_syncwarp(out, x):
    part = cuda.shared.array(32, float32)
    i = cuda.threadIdx.x
    part[i] = x[i]
    cuda.syncwarp()
    for half in (16, 8, 4, 2, 1):
        value = part[i + half] if i < half else float32(0)
        cuda.syncwarp()
        if i < half:
            part[i] += value
        cuda.syncwarp()
    if i == 0:
        out[0] = part[0]


# launch: [1, 64](zeros(64), numbers(64))
# gives: x.reshape(2, 32)[:, ::-1].ravel()
@cuda.jit
def each_warp_reverses_its_own(out, x):
    tile = cuda.shared.array(64, float32)
    i = cuda.threadIdx.x
    tile[i] = x[i]
    cuda.syncwarp()
    out[i] = tile[i // 32 * 32 + 31 - i % 32]


# launch: [1, 32](zeros(32), numbers(32))
# gives: np.concatenate([x[:16].reshape(8, 2)[:, ::-1].ravel(), x[16:]])
@cuda.jit
def shuffle_of_half_a_warp_by_its_mask(out, x):
    i = cuda.threadIdx.x
    if i < 16:
        out[i] = cuda.shfl_xor_sync(0xFFFF, x[i], 1)
    else:
        out[i] = x[i]


# launch: [2, 32](zeros(64), numbers(64))
# gives: x + 1
@cuda.jit
def functions_imported_from_cuda(out, x):
    i = grid(1)
    syncthreads()
    out[i] = x[i] + 1


# launch: [1, 32](zeros(32), numbers(32))
# gives: x * 4 + 10
@cuda.jit
def short_vectors(out, x):
    i = cuda.threadIdx.x
    value = cuda.float4(x[i], x[i], x[i], x[i])
    steps = cuda.int2(3, 7)
    out[i] = value.x + value.y + value.z + value.w + steps.x + steps.y


# launch: [1, 8](integers(8), integers(8))
# gives: [3, 29, 4, -2147483648, 5, 7, 0, 0]
@cuda.jit
def bits(out, x):
    if cuda.threadIdx.x == 0:
        out[0] = cuda.popc(0b10101)
        out[1] = cuda.clz(0b101)
        out[2] = cuda.ffs(0b1000)
        out[3] = cuda.brev(1)
        out[4] = cuda.selp(1 > 0, 5, 6)
        out[5] = cuda.fma(2, 3, 1)
        out[6] = out[7] = 0


# launch: [1, 4](unsigned(4), unsigned(4))
# gives: [0, 2, 2, 0]
@cuda.jit
def counters_that_start_again(out, x):
    if cuda.threadIdx.x == 0:
        for _ in range(3):
            cuda.atomic.inc(out, 0, 2)
        for _ in range(2):
            cuda.atomic.inc(out, 1, 5)
        for _ in range(2):
            cuda.atomic.dec(out, 2, 3)


# launch: [1, 32](zeros(32), numbers(32))
# gives: [32] * 32
@cuda.jit
def lanes_at_work(out, x):
    cuda.threadfence()
    cuda.threadfence_block()
    out[cuda.threadIdx.x] = cuda.popc(cuda.activemask())
