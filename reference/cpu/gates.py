"""sigmoid, tanh and their slopes of one number, which LLVM can do in vectors: math.exp it cannot.

All come from exp(-y) of some y >= 0, which never overflows. tanh takes it in two parts: scale *
(1 + excess), with scale a power of 2. A rough result has 34 bits, ten more than float32 keeps, in
two thirds of the time. What is rough must be known when a kernel is compiled (is_single).
"""

import math

from reference.cpu.exponentials import (
    FINE,
    LN2,
    LN2_HIGH,
    LN2_LOW,
    MAGIC,
    PER_LN2,
    exp_of_difference,
    exp_of_single,
)
from reference.cpu.instructions import bits_of, multiply_add, number_of
from reference.cpu.jit import inlined

# exp of minus this is less than half the last digit of anything that tanh adds it to, and normal.
LARGEST = 700.0
# As ROUGH and FINE in exponentials.py, but with the least relative error, 2^-37, of exp(r) - 1.
OF_SINGLE = (
    *(0.5000000000104897, 0.16666666753871928, 0.04166666595498329, 0.008333289142530283),
    *(0.0013888985089202715, 0.00019904845576797228, 2.4796382907471746e-05),
)


@inlined
def sigmoid(x: float, rough: bool) -> float:
    """Return 1 / (1 + exp(-x)), NaN of NaN."""
    numerator, _, denominator = split_sigmoid(x, rough)
    return numerator / denominator


@inlined
def split_sigmoid(x: float, rough: bool) -> tuple[float, float, float]:
    """Return the numerators of sigmoid(x) and sigmoid(-x), and their denominator, 1 to 2.

    A quotient takes as long as all else: who multiplies gates needs one of them for two.
    """
    small = exp_below(abs(x), rough)
    # Of negative x, exp(x) / (1 + exp(x)): the same number, with all its digits.
    opened, closed = (1.0, small) if x > 0.0 else (small, 1.0)
    return opened, closed, 1.0 + small


@inlined
def sigmoid_slope(x: float, rough: bool) -> float:
    """Return the derivative of sigmoid at x, NaN of NaN."""
    # s(x) * s(-x), the same for x and -x: no 1 - s, which cancels where s is nearly 1.
    small = exp_below(abs(x), rough)
    return small / ((1.0 + small) * (1.0 + small))


@inlined
def tanh(x: float, rough: bool) -> float:
    """Return tanh(x), NaN of NaN."""
    if rough:
        numerator, denominator = split_tanh(x, rough)
        return numerator / denominator
    scale, excess = split_exp(2.0 * abs(x))
    small, less = join_exp(scale, excess)
    # (1 - e) / (1 + e), which far from 0 is better 1 - 2e / (1 + e): there e rounds off less.
    is_far = scale <= 0.125
    quotient = (2.0 * small if is_far else -less) / (2.0 + less)
    return math.copysign(1.0 - quotient if is_far else quotient, x)


@inlined
def split_tanh(x: float, rough: bool) -> tuple[float, float]:
    """Return the numerator and the denominator, 1 to 2, of tanh(x), NaN of NaN."""
    y = 2.0 * abs(x)
    scale, excess = split_exp_of_single(y) if rough else split_exp(y)
    _, less = join_exp(scale, excess)
    return math.copysign(less, x), 2.0 + less


@inlined
def tanh_slope(x: float, rough: bool) -> float:
    """Return the derivative of tanh at x, NaN of NaN."""
    return 4.0 * sigmoid_slope(2.0 * x, rough)  # since tanh(x) = 2 * sigmoid(2x) - 1


@inlined
def sigmoid_times_tanh(x: float, y: float, rough: bool) -> float:
    """Return sigmoid(x) * tanh(y)."""
    gate, _, below_gate = split_sigmoid(x, rough)
    value, below_value = split_tanh(y, rough)
    return (gate * value) / (below_gate * below_value)


@inlined
def blend(x: float, h: float, y: float, rough: bool) -> float:
    """Return sigmoid(x) * h + sigmoid(-x) * tanh(y), where 1 - sigmoid(x) would cancel."""
    opened, closed, below_gate = split_sigmoid(x, rough)
    value, below_value = split_tanh(y, rough)
    # Halves, so that the largest h does not overflow.
    below_value *= 0.5
    total = opened * (h * below_value) + closed * (0.5 * value)
    return total / (below_gate * below_value)


@inlined
def exp_below(y: float, rough: bool) -> float:
    """Return exp(-y) of y >= 0, NaN of NaN."""
    if rough:
        return exp_of_single(-y)
    result = exp_of_difference(-y, 0.0)
    return y if math.isnan(y) else result


@inlined
def join_exp(scale: float, excess: float) -> tuple[float, float]:
    """Return e = scale * (1 + excess), and e - 1 with all its digits where e is nearly 1."""
    return multiply_add(scale, excess, scale), multiply_add(scale, excess, scale - 1.0)


@inlined
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


@inlined
def split_exp_of_single(y: float) -> tuple[float, float]:
    """Return what split_exp does, the excess to 37 bits."""
    x = -LARGEST if y > LARGEST else -y
    shifted = multiply_add(x, PER_LN2, MAGIC)
    r = multiply_add(shifted - MAGIC, -LN2, x)
    p = multiply_add(OF_SINGLE[6], r, OF_SINGLE[5])
    p = multiply_add(p, r, OF_SINGLE[4])
    p = multiply_add(p, r, OF_SINGLE[3])
    p = multiply_add(p, r, OF_SINGLE[2])
    p = multiply_add(p, r, OF_SINGLE[1])
    p = multiply_add(p, r, OF_SINGLE[0])
    # The bits of 1.0, with n added to the exponent.
    scale: float = number_of(bits_of(1.0) + (bits_of(shifted) << 52))
    return scale, multiply_add(p * r, r, r)
