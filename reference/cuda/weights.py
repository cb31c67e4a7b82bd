"""What softmax, log_softmax and the losses of logits share: a row seen from its largest number.

The largest number of a row has the weight 1, any other x the weight exp(x - largest), and

    softmax = weight / (1 + rest)     where rest is the sum of the weights but that of one largest

What a row loses to the others is then a sum of small numbers, not 1 minus a number that is nearly
1. Two parts of a row that were seen each from its own largest number make one:

    rest = rest of the higher + (1 + rest of the lower) * exp(lower - higher)

so a row is read once, number after number, by all its threads, whose parts are put together then.
"""

import math
from functools import cache
from typing import Any

import numpy as np
from numba import from_dtype, int64

from reference.cuda.elementwise import EACH
from reference.cuda.reductions import ALL_LANES
from reference.cuda.rows import WARP, Layout
from reference.cuda.target import IS_SIMULATED, cuda, device_function

# exp of what is below is less than half the smallest positive number.
TOO_SMALL = {np.dtype(np.float32): -104.0, np.dtype(np.float64): -746.0}


@cache
def make_weigh_row(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return weigh_row(x, row, lane) -> (largest, rest, top), for kernels.

    top is where the largest stands first. A NaN, a +inf, or nothing but -inf makes rest NaN.
    """
    real, width = from_dtype(dtype), layout.width
    merge, merge_row = make_merge(dtype), _make_merge_row(dtype, layout)

    @device_function
    def weigh_row(x: Any, row: Any, lane: Any) -> Any:
        numbers, classes = x[row], x.shape[1]
        held = cuda.local.array(EACH, real)  # registers, once the loops are unrolled
        largest, rest, top = real(-math.inf), real(0), classes
        for start in range(lane, classes, EACH * width):
            # Asked for before the first is needed, as in `elementwise`.
            for j in range(EACH):
                k = start + j * width
                held[j] = numbers[k] if k < classes else real(-math.inf)
            for j in range(EACH):
                k = start + j * width
                largest, rest, top = merge(largest, rest, top, held[j], real(0), k)
        largest, rest, top = merge_row(largest, rest, top)
        return largest, rest + (largest - largest), top

    return weigh_row


@cache
def make_exp_of_difference(dtype: np.dtype[Any]) -> Any:
    """Return exp_of_difference(x, largest), for kernels: exp(x - largest) for x <= largest."""
    real, too_small = from_dtype(dtype), from_dtype(dtype)(TOO_SMALL[dtype])

    @device_function
    def exp_of_difference(x: Any, largest: Any) -> Any:
        difference = x - largest
        # Knuth's sum of two numbers: the rounding error of the difference, exactly. exp would make
        # a relative error of it, at a difference of -50 that of 50 units of the last place.
        back = difference - x
        error = (x - (difference - back)) - (largest + back)
        weight = real(math.exp(difference))
        # Far below, where an infinite difference makes a NaN of its error, the weight is 0.
        return real(0) if difference < too_small else weight + weight * error

    return exp_of_difference


@cache
def make_merge(dtype: np.dtype[Any]) -> Any:
    """Return merge, for kernels: (largest, rest, top) of two parts of a row that have their own.

    It gives the same with the parts exchanged, to the last bit: threads that exchange their parts
    agree. A NaN is larger than any number. What is put together with a number that is not there,
    -inf, stays as it is, unless it is itself nothing but -inf, and then its rest has no meaning.
    """
    real, exp_of_difference = from_dtype(dtype), make_exp_of_difference(dtype)

    @device_function
    def merge(one: Any, one_rest: Any, one_top: Any, two: Any, two_rest: Any, two_top: Any) -> Any:
        if two > one or two != two:
            one, two = two, one
            one_rest, two_rest = two_rest, one_rest
            one_top, two_top = two_top, one_top
        rest = one_rest + (two_rest + real(1)) * exp_of_difference(two, one)
        if one == two:
            # Their exp would be 1, but the sum another one when the parts are exchanged.
            rest = (one_rest + two_rest) + real(1)
            one_top = min(one_top, two_top)
        return one, rest, one_top

    return merge


@cache
def _make_merge_row(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return merge_row(largest, rest, top): what the row's threads found, put together."""
    real, warps = from_dtype(dtype), layout.width // WARP
    merge_lanes = _make_merge_lanes(dtype, layout, min(layout.width, WARP))
    if warps < 2:
        return merge_lanes
    merge_warps = _make_merge_lanes(dtype, layout, warps)

    @device_function
    def merge_row(largest: Any, rest: Any, top: Any) -> Any:
        room_of_largest = cuda.shared.array(warps, real)
        room_of_rest = cuda.shared.array(warps, real)
        room_of_top = cuda.shared.array(warps, int64)
        largest, rest, top = merge_lanes(largest, rest, top)
        if cuda.threadIdx.x % WARP == 0:
            warp = cuda.threadIdx.x // WARP
            room_of_largest[warp], room_of_rest[warp] = largest, rest
            room_of_top[warp] = top
        cuda.syncthreads()
        warp = cuda.threadIdx.x % warps
        return merge_warps(room_of_largest[warp], room_of_rest[warp], room_of_top[warp])

    return merge_row


@cache
def _make_merge_lanes(dtype: np.dtype[Any], layout: Layout, lanes: int) -> Any:
    merge, exchange = make_merge(dtype), _make_exchange(dtype, layout)

    @device_function
    def merge_lanes(largest: Any, rest: Any, top: Any) -> Any:
        shift = 1
        while shift < lanes:
            other, other_rest, other_top = exchange(largest, rest, top, shift)
            largest, rest, top = merge(largest, rest, top, other, other_rest, other_top)
            shift *= 2
        return largest, rest, top

    return merge_lanes


@cache
def _make_exchange(dtype: np.dtype[Any], layout: Layout) -> Any:
    real, threads = from_dtype(dtype), layout.threads

    @device_function
    def shuffle(largest: Any, rest: Any, top: Any, shift: Any) -> Any:
        other = cuda.shfl_xor_sync(ALL_LANES, largest, shift)
        other_rest = cuda.shfl_xor_sync(ALL_LANES, rest, shift)
        return other, other_rest, cuda.shfl_xor_sync(ALL_LANES, top, shift)

    @device_function
    def pass_through_memory(largest: Any, rest: Any, top: Any, shift: Any) -> Any:
        room_of_largest = cuda.shared.array(threads, real)
        room_of_rest = cuda.shared.array(threads, real)
        room_of_top = cuda.shared.array(threads, int64)
        place = cuda.threadIdx.x
        cuda.syncthreads()
        room_of_largest[place], room_of_rest[place], room_of_top[place] = largest, rest, top
        cuda.syncthreads()
        other = place ^ shift
        return room_of_largest[other], room_of_rest[other], room_of_top[other]

    return pass_through_memory if IS_SIMULATED else shuffle
