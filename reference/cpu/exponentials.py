"""What softmax, log_softmax and the losses of logits share: exponentials, and the weights of a row.

math.exp takes ten times as long, since LLVM cannot make vector instructions of it. Here

    exp(x) = 2^n * exp(r)     with n = round(x / ln 2), |r| <= ln(2) / 2

and exp(r) is a polynomial. n is found by adding MAGIC, where the last bit of a float64 counts one,
and 2^n is multiplied by adding n to the bits of the exponent.
"""

import math

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray
from reference.cpu.fetching import FAR_BYTES, STEP, fetch_step
from reference.cpu.instructions import (
    add_in_any_order,
    bits_of,
    larger,
    multiply_add,
    number_of,
)
from reference.cpu.jit import inlined
from reference.cpu.sums import CHUNK, add

Doubles = NDArray[np.float64]

PER_LN2 = 1.0 / math.log(2.0)
LN2 = math.log(2.0)
# ln 2 in two parts, the first of so few bits that n times it is exact.
LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
MAGIC = 1.5 * 2.0**52
MAGIC_BITS = int(np.float64(MAGIC).view(np.int64))
# With this in place of MAGIC, what has 2^n gets 2^(n + LIFT).
LIFT = 64
HIGH_MAGIC = MAGIC + LIFT
# exp(r) = 1 + r + r^2 * (P[0] + P[1] * r + ...) with the least relative error on |r| <= ln(2) / 2.
ROUGH = (  # 2^-34: what is rounded to float32 afterwards needs no more
    *(0.5000000068040821, 0.1666666586475516, 0.04166629362518831, 0.008333497631531767),
    *(0.0013944759124742514, 0.0001979026878948519),
)
FINE = (  # 2^-57
    *(0.5000000000000011, 0.1666666666666641, 0.04166666666652914, 0.008333333333494635),
    *(0.0013888888943932496, 0.0001984126950692898, 2.480149275472975e-05),
    *(2.7557585389651476e-06, 2.7630380840201015e-07, 2.5000589571617807e-08),
)
# Beyond this, exp_of_single is exp of this.
LARGEST_EXPONENT = 700.0


@inlined
def exp_of_single(x: float) -> float:
    """Return exp(x) to 34 bits, of x as if it lay in -700 .. 700; NaN of a NaN that was float32."""
    x = -LARGEST_EXPONENT if x < -LARGEST_EXPONENT else x
    x = LARGEST_EXPONENT if x > LARGEST_EXPONENT else x
    shifted = multiply_add(x, PER_LN2, MAGIC)
    r = multiply_add(shifted - MAGIC, -LN2, x)
    p = multiply_add(ROUGH[5], r, ROUGH[4])
    p = multiply_add(p, r, ROUGH[3])
    p = multiply_add(p, r, ROUGH[2])
    p = multiply_add(p, r, ROUGH[1])
    p = multiply_add(p, r, ROUGH[0])
    p = multiply_add(p, r, 1.0)
    p = multiply_add(p, r, 1.0)
    # What MAGIC has in front of n is shifted out.
    result: float = number_of(bits_of(p) + (bits_of(shifted) << 52))
    return result


@inlined
def exp_of_difference(x: float, largest: float) -> float:
    """Return exp(x - largest) to the last digits, also where the difference is rounded.

    x is at most largest, which is finite: else what comes back has no meaning.
    """
    difference = x - largest
    # Knuth's sum of two numbers: the rounding error of the difference, exactly.
    back = difference - x
    error = (x - (difference - back)) - (largest + back)
    shifted = multiply_add(difference, PER_LN2, HIGH_MAGIC)
    n = shifted - HIGH_MAGIC
    high, low = multiply_add(n, -LN2_HIGH, difference), multiply_add(n, -LN2_LOW, error)
    r = high + low
    low = (high - r) + low
    p = multiply_add(FINE[9], r, FINE[8])
    p = multiply_add(p, r, FINE[7])
    p = multiply_add(p, r, FINE[6])
    p = multiply_add(p, r, FINE[5])
    p = multiply_add(p, r, FINE[4])
    p = multiply_add(p, r, FINE[3])
    p = multiply_add(p, r, FINE[2])
    p = multiply_add(p, r, FINE[1])
    p = multiply_add(p, r, FINE[0])
    p = (multiply_add(p * r, r, low) + r) + 1.0
    # First 2^LIFT times too large, a normal number, so that a subnormal result is rounded once.
    result = number_of(bits_of(p) + (bits_of(shifted) << 52)) * 2.0**-LIFT
    return 0.0 if difference < -746.0 else result  # less than half the smallest number


@inlined
def find_largest(x: FloatArray, row: int) -> float:
    """Return the largest number of a row, NaN if there is one."""
    largest = x[row, 0]
    for k in range(x.shape[1]):
        largest = larger(largest, x[row, k])
    return np.float64(largest)


@inlined
def find_place(x: FloatArray, row: int, largest: float) -> int:
    """Return where the row's largest number stands first, 0 if that is a NaN."""
    nowhere = x.shape[1]
    place = nowhere
    for k in range(x.shape[1]):  # to the end, since vectors cannot leave a loop
        place = min(place, k if x[row, k] == largest else nowhere)
    return place if place < nowhere else 0


@inlined
def weigh(weights: Doubles, x: FloatArray, row: int) -> tuple[float, float]:
    """Fill weights with exp(x[row] - largest); return the largest and the others' sum.

    A row is seen from its largest element, which has the weight 1. What it loses to the others is
    then a sum of small numbers, not 1 minus a number that is nearly 1. A NaN or an infinite largest
    makes the sum NaN.
    """
    largest = find_largest(x, row)
    total, lost = largest - largest, 0.0  # 0, or NaN
    # A long row has come into the caches when its largest number was looked for.
    step = STEP if x.shape[1] <= CHUNK else CHUNK
    for start in range(0, x.shape[1], step):
        if step == STEP and x.nbytes >= FAR_BYTES:
            fetch_step((x,), row * x.shape[1] + start)
            fetch_step((weights,), start)
        part = 0.0
        for i in range(min(step, x.shape[1] - start)):
            k = np.uintp(start + i)
            weight = exp_of_difference(np.float64(x[row, k]), largest)
            weights[k] = weight
            part = add_in_any_order(part, weight)
        total, lost = add(total, lost, part)
    # With at least two the largest are several, or the others weigh something.
    return largest, add_others(weights, x.shape[1]) if total < 2.0 else total - 1.0


@inlined
def scale(weights: FloatArray, place: int, factor: float) -> None:
    """Multiply a row of weights by the factor.

    With a factor of 1 / total this is several times as fast as a quotient for each, and costs half
    a unit of the last place.
    """
    for k in range(weights.shape[1]):
        weights[place, k] *= factor


@inlined
def multiply(out: FloatArray, row: int, weights: Doubles, start: int, factor: float) -> None:
    """Fill a row of out with the weights from start on, times the factor."""
    for k in range(out.shape[1]):
        out[row, k] = weights[np.uintp(start + k)] * factor


@inlined
def add_others(weights: Doubles, classes: int) -> float:
    """Return the sum of a row's weights other than the largest, which alone is 1."""
    total, lost = 0.0, 0.0
    for start in range(0, classes, CHUNK):
        part = 0.0
        for i in range(min(CHUNK, classes - start)):
            weight = weights[np.uintp(start + i)]
            part = add_in_any_order(part, weight if weight < 1.0 else 0.0)
        total, lost = add(total, lost, part)
    return total
