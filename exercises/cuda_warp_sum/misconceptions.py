"""Believable mistakes in cuda_warp_sum; each docstring carries the hint that a student reads."""

from numba import cuda, float32

WARP = 32
ALL_LANES = 0xFFFFFFFF


@cuda.jit
def shuffles_inside_the_guard(out, a):
    """Lets only the lanes that have an element take part.

    Your mask names all 32 lanes, but those beyond the end of the vector never come to the shuffle.
    Let them take part with a number that changes no sum.
    """
    i = cuda.grid(1)
    if i < a.size:
        total = a[i]
        distance = WARP // 2
        while distance > 0:
            total += cuda.shfl_down_sync(ALL_LANES, total, distance)
            distance //= 2
        if i % WARP == 0:
            out[i // WARP] = total


@cuda.jit
def mask_of_half_a_warp(out, a):
    """Names 16 lanes for 32.

    Your mask has 16 bits: it names the first half of the warp, and the second half takes part
    without being named. 32 lanes need 0xFFFFFFFF.

    No case passes: every launch has whole warps.
    """
    i = cuda.grid(1)
    total = a[i] if i < a.size else float32(0)
    distance = WARP // 2
    while distance > 0:
        total += cuda.shfl_down_sync(0xFFFF, total, distance)
        distance //= 2
    if i < a.size and i % WARP == 0:
        out[i // WARP] = total


@cuda.jit
def shuffles_in_the_other_direction(out, a):
    """Sends the numbers up, away from the lane that writes.

    Your shuffles send numbers to higher lanes: lane 0 has no lane below it and adds its own number
    again. Either the last lane holds the sum, or the shuffles go down.
    """
    i = cuda.grid(1)
    total = a[i] if i < a.size else float32(0)
    distance = WARP // 2
    while distance > 0:
        total += cuda.shfl_up_sync(ALL_LANES, total, distance)
        distance //= 2
    if i < a.size and i % WARP == 0:
        out[i // WARP] = total


@cuda.jit
def first_step_left_out(out, a):
    """Starts at a distance of 8.

    Your sums miss the second half of each warp. The first step brings lane 16 to lane 0: a
    distance of half a warp.
    """
    i = cuda.grid(1)
    total = a[i] if i < a.size else float32(0)
    distance = WARP // 4
    while distance > 0:
        total += cuda.shfl_down_sync(ALL_LANES, total, distance)
        distance //= 2
    if i < a.size and i % WARP == 0:
        out[i // WARP] = total


@cuda.jit
def every_lane_writes(out, a):
    """Lets all lanes write the sum of the warp.

    All your lanes write the same element, and after shuffles that go down lane 0 alone holds the
    sum. Let that one write.
    """
    i = cuda.grid(1)
    total = a[i] if i < a.size else float32(0)
    distance = WARP // 2
    while distance > 0:
        total += cuda.shfl_down_sync(ALL_LANES, total, distance)
        distance //= 2
    if i < a.size:
        out[i // WARP] = total


@cuda.jit
def first_thread_of_the_block_alone(out, a):
    """Takes a block for a warp.

    Only the first warp of each of your blocks writes its sum. A block may have more than one warp:
    lane 0 of each has a sum.
    """
    i = cuda.grid(1)
    total = a[i] if i < a.size else float32(0)
    distance = WARP // 2
    while distance > 0:
        total += cuda.shfl_down_sync(ALL_LANES, total, distance)
        distance //= 2
    if i < a.size and cuda.threadIdx.x == 0:
        out[i // WARP] = total


@cuda.jit
def elements_not_guarded(out, a):
    """Reads an element in every lane.

    All your lanes read an element, but the vector may end inside a warp. A lane beyond the end has
    no element, and still takes part in the shuffles.
    """
    i = cuda.grid(1)
    total = a[i]
    distance = WARP // 2
    while distance > 0:
        total += cuda.shfl_down_sync(ALL_LANES, total, distance)
        distance //= 2
    if i % WARP == 0:
        out[i // WARP] = total


@cuda.jit
def a_tree_in_shared_memory(out, a):
    """Goes through shared memory, as the sum of a block does.

    Your sums are right, but they go through shared memory, with a barrier after every step. The
    lanes of a warp can hand each other their numbers directly.

    No case passes: every launch has whole warps.
    """
    tile = cuda.shared.array(64, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    distance = WARP // 2
    while distance > 0:
        if t % WARP < distance:
            tile[t] += tile[t + distance]
        cuda.syncthreads()
        distance //= 2
    if i < a.size and i % WARP == 0:
        out[i // WARP] = tile[t]
