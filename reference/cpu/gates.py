"""The gates of a recurrent cell: sigmoid and tanh of one number, which LLVM can do in vectors.

Both come from exp(-y) of some y >= 0, in two parts: scale * (1 + excess), with scale a power of 2.
"""

import math

from reference.cpu.exponentials import (
    FINE,
    LN2_HIGH,
    LN2_LOW,
    MAGIC,
    PER_LN2,
)
from reference.cpu.instructions import bits_of, multiply_add, number_of
from reference.cpu.jit import jit

# exp of minus this is less than half the last digit of anything that a gate adds it to, and normal.
LARGEST = 700.0


@jit
def sigmoid(x: float) -> float:
    """Return 1 / (1 + exp(-x)), NaN of NaN."""
    scale, excess = split_exp(abs(x))
    small = 0.0 if abs(x) > LARGEST else multiply_add(scale, excess, scale)
    result = (1.0 if x > 0.0 else small) / (1.0 + small)
    return x if math.isnan(x) else result


@jit
def tanh(x: float) -> float:
    """Return tanh(x), NaN of NaN."""
    scale, excess = split_exp(2.0 * abs(x))
    # exp(-2|x|) - 1, which keeps its digits where x is nearly 0: there the scale is 1.
    less = multiply_add(scale, excess, scale - 1.0)
    result = math.copysign(less / (2.0 + less), x)
    return x if math.isnan(x) else result


@jit
def split_exp(y: float) -> tuple[float, float]:
    """Return scale and excess of exp(-y) = scale * (1 + excess), y >= 0 as if at most LARGEST."""
    x = -LARGEST if y > LARGEST else -y
    shifted = multiply_add(x, PER_LN2, MAGIC)
    n = shifted - MAGIC
    high, low = multiply_add(n, -LN2_HIGH, x), -n * LN2_LOW
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
    # The bits of 1.0, with n added to the exponent.
    scale: float = number_of(bits_of(1.0) + (bits_of(shifted) << 52))
    return scale, multiply_add(p * r, r, low) + r
