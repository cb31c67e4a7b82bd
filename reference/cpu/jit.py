"""The compiler that every CPU kernel goes through.

Without fastmath, so that NaN, infinity and compensated sums keep their meaning. Without explicit
signatures, which would compile at import.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

_compile: Any = partial(numba.njit, nogil=True, error_model="numpy")


def jit(kernel: Kernel) -> Kernel:
    """Return the kernel, compiled at its first call and cached on disk where that is possible.

    Numba raises at decoration when neither NUMBA_CACHE_DIR, nor the source's `__pycache__`, nor
    the user's cache directory can be written (a read-only image, a locked-down account). Then
    each process compiles for itself: a shared directory such as /tmp could be filled by others.
    """
    try:
        compiled: Kernel = _compile(kernel, cache=True)
    except RuntimeError:
        compiled = _compile(kernel)
    return compiled
