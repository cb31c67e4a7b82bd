"""Sums of warps: numbers go from register to register, without shared memory."""

from numba import cuda, float32

WARP = 32
ALL_LANES = 0xFFFFFFFF


@cuda.jit
def cuda_warp_sum(out, a):
    """Write the sum of the elements of each warp into out[warp]."""
    i = cuda.grid(1)
    total = a[i] if i < a.size else float32(0)
    distance = WARP // 2
    while distance > 0:
        total += cuda.shfl_down_sync(ALL_LANES, total, distance)
        distance //= 2
    if i < a.size and i % WARP == 0:
        out[i // WARP] = total
