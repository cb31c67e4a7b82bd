"""The same threads and the same memory allocator for everybody, ours and the peers."""

import os
import sys

# Read by the libraries when they are loaded, so a process that lacks them begins anew with them.
POOLS = (
    *("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"),
    *("BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS", "NUMBA_NUM_THREADS"),
)
# Otherwise glibc hands large blocks back to the system, and each large result costs its first
# touch: a quarter of a microsecond a page, in which the differences between kernels drown.
ALLOCATOR = {
    "MALLOC_MMAP_THRESHOLD_": str(2**32),
    "MALLOC_TRIM_THRESHOLD_": str(2**34),
    "MALLOC_TOP_PAD_": str(2**28),
}
# How long OpenBLAS's threads spin when they have nothing to do: 2^4 cycles. With 2^26, what it is
# otherwise, they keep a core from who comes next for 20 ms.
SPINNING = {"OPENBLAS_THREAD_TIMEOUT": "4"}


def environment(threads: int) -> dict[str, str]:
    """Return the variables that a process which compares fairly has to start with."""
    return {name: str(threads) for name in POOLS} | ALLOCATOR | SPINNING


def begin_anew(threads: int) -> None:
    """Run this process again, once, with the variables set; return where they are set already."""
    wanted = environment(threads)
    if any(os.environ.get(name) != value for name, value in wanted.items()):
        sys.stdout.flush()
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | wanted)


def set_threads(threads: int) -> None:
    """Set the threads of what is loaded, as far as the variables do not do it."""
    import reference

    reference.set_num_threads(threads)
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(threads)
