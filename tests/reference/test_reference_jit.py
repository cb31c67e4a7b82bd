"""The compiler of the CPU kernels, and for which processor it compiles."""

import linecache
import os
import subprocess
import sys

import numpy as np
import pytest

from reference.cpu.jit import choose_features, jit

WITHOUT_FILE = "def largest(x):\n    return max(x[0], x[1])\n"
PROGRAM = """
import numpy as np
import reference
from numba.core.registry import cpu_target
reference.sigmoid(np.zeros(3))
print(cpu_target.target_context.codegen().magic_tuple()[2])
"""


def test_a_kernel_that_cannot_be_cached_still_compiles():
    # Numba finds no place to cache a function without a file, as when no directory is writable.
    linecache.cache["<no file>"] = (
        len(WITHOUT_FILE),
        None,
        WITHOUT_FILE.splitlines(True),
        "<no file>",
    )
    names = {}
    exec(compile(WITHOUT_FILE, "<no file>", "exec"), names)
    assert jit(names["largest"])(np.array([1.0, 2.0])) == 2.0


@jit
def _inverse(x):
    return 1.0 / x[0]


def test_dividing_by_zero_gives_infinity_as_in_numpy():
    assert _inverse(np.array([0.0])) == np.inf


def test_kernels_release_the_gil():
    assert _inverse.targetoptions["nogil"]


@pytest.mark.parametrize(
    ("chosen", "host", "expected"),
    [
        (None, "+avx2,+avx512f", "+avx2,+avx512f,-prefer-256-bit"),
        (None, "+avx2,-avx512f", None),
        (None, "+neon", None),
        ("+avx2", "+avx2,+avx512f", "+avx2"),
        ("", "+avx2,+avx512f", ""),
    ],
)
def test_whole_vectors_are_asked_for_where_nobody_has_chosen(chosen, host, expected):
    assert choose_features(chosen, host) == expected


@pytest.mark.parametrize("chosen", [{}, {"NUMBA_CPU_FEATURES": "+sse2"}])
def test_numba_compiles_for_what_was_chosen(chosen, tmp_path):
    """Asked of Numba itself: it reads the choice once, before it compiles."""
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)} | chosen
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    features = done.stdout.strip().split(",")
    if chosen:
        assert features == ["+sse2"]
    else:
        assert ("-prefer-256-bit" in features) == ("+avx512f" in features)
