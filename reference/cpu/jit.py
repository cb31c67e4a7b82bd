"""The compiler that every CPU kernel goes through.

Without fastmath, so that NaN, infinity and compensated sums keep their meaning. Without explicit
signatures, which would compile at import.
"""

import os
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import numba
from numba.core import codegen

from reference.cpu.kernel_cache import find_cache, numba_config

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

_codegen: Any = codegen
_compile: Any = partial(numba.njit, nogil=True, error_model="numpy")


def choose_features(chosen: str | None, host: str) -> str | None:
    """Return the features of the processor for which Numba is to compile; None leaves it to Numba.

    Of Intel's processors LLVM uses half a vector of 64 bytes in loops, since those before 2019 slow
    down with whole ones: exponentials and pooling take 1.4 times as long. Whoever has chosen
    features (NUMBA_CPU_FEATURES) keeps them.
    """
    if chosen is None and "+avx512f" in host.split(","):
        return f"{host},-prefer-256-bit"
    return chosen


def jit(kernel: Kernel) -> Kernel:
    """Return the kernel, compiled at its first call and cached on disk where that is possible.

    Where nothing can be written (a read-only image, a locked-down account), or the kernel has no
    source file, each process compiles for itself.
    """
    folder = find_cache()
    if folder is None:
        compiled: Kernel = _compile(kernel)
        return compiled
    # Numba reads this setting once, when a function is decorated; other users of Numba in the
    # process keep the place that they chose.
    before, numba_config.CACHE_DIR = numba_config.CACHE_DIR, str(folder)
    try:
        compiled = name_apart(_compile(kernel, cache=True))
    except RuntimeError:
        compiled = _compile(kernel)
    finally:
        numba_config.CACHE_DIR = before
    return compiled


def inlined(function: Kernel) -> Kernel:
    """Return a function that becomes part of each kernel that calls it, before that is compiled.

    A function by itself is compiled by itself, and then once more wherever LLVM puts it into
    another: of small ones that takes longer than the kernel around them. Not for functions that
    are called with *arguments, which Numba refuses.
    """
    compiled: Kernel = _compile(function, inline="always")
    return compiled


def name_apart(compiled: Any) -> Any:
    """Return a compiled kernel whose cached versions have names that nobody else will choose.

    Numba numbers them. Of two processes that compile different versions of a kernel at once, both
    would take the next number, and one find the other's version under the name of its own.
    """
    cache_file = getattr(getattr(compiled, "_cache", None), "_cache_file", None)
    if cache_file is not None:
        base = cache_file._index_name.removesuffix(".nbi")
        cache_file._data_name = lambda number: f"{base}.{os.urandom(8).hex()}.nbc"
    return compiled


# Numba reads this once in a process, when it compiles for the first time.
_host = _codegen.get_host_cpu_features()
numba_config.CPU_FEATURES = choose_features(numba_config.CPU_FEATURES, _host)
