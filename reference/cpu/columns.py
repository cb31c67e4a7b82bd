"""Columns (im2col): a convolution and both of its gradients as products of matrices.

columns[k, p] is the pixel of the padded image that tap k = (c, u, v) of a kernel meets in window p:

    out = weight @ columns
    grad_columns = weight.T @ grad_output
    grad_weight = grad_output @ columns.T

This is the one fast idea of the convolutions: each product adds up long rows of memory (all windows
of a block, or all taps), which LLVM turns into vector instructions. The rows of a small image alone
are too short for that. Stride, dilation and padding matter only where columns are gathered, for a
block of rows of windows at a time, so that it stays in the processor's cache.
"""

from reference.arguments import FloatArray
from reference.cpu.jit import jit

# How many numbers a block of columns holds, about: 1 MiB.
BLOCK = 2**17
# How many multiplications take the time of one elsewhere; what share() is told is less by this.
SPEED = 8


def count_rows(taps: int, count: tuple[int, int]) -> int:
    """Return how many rows of windows make a block, of count rows and columns of windows."""
    return min(max(1, BLOCK // (taps * count[1])), count[0])


@jit
def combine(out: FloatArray, factors: FloatArray, rows: FloatArray) -> None:
    """Fill out with the sum of factors[s] * rows[s]; the rows may be longer than out.

    Four products are added at a time. That saves loads and stores, and the rounding error grows
    with a quarter of the number of rows.
    """
    for t in range(out.size):
        out[t] = 0.0
    whole = factors.size // 4 * 4
    for s in range(0, whole, 4):
        f0, f1, f2, f3 = factors[s], factors[s + 1], factors[s + 2], factors[s + 3]
        r0, r1, r2, r3 = rows[s], rows[s + 1], rows[s + 2], rows[s + 3]
        for t in range(out.size):
            out[t] += (f0 * r0[t] + f1 * r1[t]) + (f2 * r2[t] + f3 * r3[t])
    for s in range(whole, factors.size):
        factor, row = factors[s], rows[s]
        for t in range(out.size):
            out[t] += factor * row[t]
