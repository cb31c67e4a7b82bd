"""The compiler of the CPU kernels."""

import linecache

import numpy as np

from reference.cpu.jit import jit

SOURCE = "def largest(x):\n    return max(x[0], x[1])\n"


def test_a_kernel_that_cannot_be_cached_still_compiles():
    # Numba finds no place to cache a function without a file, as when no directory is writable.
    linecache.cache["<no file>"] = (len(SOURCE), None, SOURCE.splitlines(True), "<no file>")
    names = {}
    exec(compile(SOURCE, "<no file>", "exec"), names)
    assert jit(names["largest"])(np.array([1.0, 2.0])) == 2.0


@jit
def _inverse(x):
    return 1.0 / x[0]


def test_dividing_by_zero_gives_infinity_as_in_numpy():
    assert _inverse(np.array([0.0])) == np.inf


def test_kernels_release_the_gil():
    assert _inverse.targetoptions["nogil"]
