"""For which processor the kernels are compiled."""

import os
import subprocess
import sys

import pytest

from reference.cpu.jit import choose_features

PROGRAM = """
import numpy as np
import reference
from numba.core.registry import cpu_target
reference.sigmoid(np.zeros(3))
print(cpu_target.target_context.codegen().magic_tuple()[2])
"""


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
