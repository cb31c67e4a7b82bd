"""log of one number, which LLVM can do in vectors; math.log takes five times as long.

    log(x) = k * ln 2 + log(1 + f)     with x = 2^k * (1 + f), 1 / sqrt(2) <= 1 + f < sqrt(2)

and log(1 + f) is a polynomial in s = f / (2 + f), as in FreeBSD's e_log.c: the error is less than a
unit of the last place.
"""

import math

from reference.cpu.exponentials import LN2_HIGH, LN2_LOW, MAGIC, MAGIC_BITS
from reference.cpu.instructions import bits_of, multiply_add, number_of
from reference.cpu.jit import inlined

# log(1 + f) = 2s + s * (ATANH[0] * s^2 + ATANH[1] * s^4 + ...)
ATANH = (
    *(6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01),
    *(2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01),
    1.479819860511658591e-01,
)
# Those of 1 / sqrt(2), nearly. What a number's bits are above these has k in place of the exponent.
LEAST_BITS = 0x3FE6A09E << 32
FRACTION_BITS = (1 << 52) - 1


@inlined
def log(x: float) -> float:
    """Return log(x) of a positive normal number, NaN of NaN."""
    k, f = _split(x)
    return x if math.isnan(x) else _log_of_parts(k, f, k * LN2_LOW)


@inlined
def log_of_rest(p: float) -> float:
    """Return log(1 - p) of 0 <= p < 1, with all its digits where p is nearly 0; NaN of NaN."""
    k, f = _split(1.0 - p)
    # From 1/2 on 1 - p is exact. Below, what it rounds off is in 1 + f = 1 - p or 2 * (1 - p).
    exact = -p if k == 0.0 else 1.0 - 2.0 * p
    return p if math.isnan(p) else _log_of_parts(k, exact if p < 0.5 else f, k * LN2_LOW)


@inlined
def log_of_more(x: float) -> float:
    """Return log(1 + x) of x >= 0, finite, with all its digits where x is nearly 0; NaN of NaN."""
    grown = 1.0 + x
    k, f = _split(grown)
    # What the sum rounds off, exactly: its part of the sum is what the logarithm lacks.
    lost = x - (grown - 1.0) if x < 1.0 else 1.0 - (grown - x)
    low = 0.0 if k == 0.0 else multiply_add(k, LN2_LOW, lost / grown)
    return x if math.isnan(x) else _log_of_parts(k, x if k == 0.0 else f, low)


@inlined
def _split(x: float) -> tuple[float, float]:
    """Return k and f of x = 2^k * (1 + f)."""
    bits = bits_of(x) - LEAST_BITS
    fraction = number_of((bits & FRACTION_BITS) + LEAST_BITS)
    # Through MAGIC, since not every processor turns integers of 64 bits into numbers in vectors.
    return number_of((bits >> 52) + MAGIC_BITS) - MAGIC, fraction - 1.0


@inlined
def _log_of_parts(k: float, f: float, low: float) -> float:
    """Return k * LN2_HIGH + log(1 + f) + low."""
    s = f / (2.0 + f)
    z = s * s
    p = multiply_add(ATANH[6], z, ATANH[5])
    p = multiply_add(p, z, ATANH[4])
    p = multiply_add(p, z, ATANH[3])
    p = multiply_add(p, z, ATANH[2])
    p = multiply_add(p, z, ATANH[1])
    p = multiply_add(p, z, ATANH[0])
    # 2s = f - s * f, and s * f = f^2 / 2 - s * f^2 / 2, of which f is exact.
    half = 0.5 * f * f
    correction: float = multiply_add(s, half + z * p, low)
    return k * LN2_HIGH - ((half - correction) - f)
