"""Threads: a kernel that releases the GIL runs on slices of the first axis, several at a time.

These are threads of Python, not of Numba's threading layers. GNU OpenMP kills a forked child, the
workqueue layer aborts a process in which two threads call it, and which layer there is depends on
what else is installed. Each element of a result is computed by one thread, as it would be alone, so
the number of threads never changes a result.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from functools import wraps
from itertools import pairwise
from typing import Any

import numpy as np

from reference.arguments import read_integer

# The least work for a thread. To hand work over takes 50 microseconds, and several times as long
# where the other core is busy or asleep.
LEAST_NANOSECONDS = 2**19

_state: dict[str, Any] = {"threads": None, "pool": None, "size": 0}
_lock = threading.Lock()


def set_num_threads(num_threads: int) -> None:
    """Return nothing; from now on an operation uses at most so many threads in this process.

    Arguments:
        num_threads: an integer of at least 1; 1 computes everything in the calling thread.

    Result: None.

    Conventions: the default is the number of CPUs that the process may run on. Small work is done
    in the calling thread alone. The number of threads never changes a result, not by a bit.

    Raises ValueError for a number below 1; TypeError for anything but an integer.

    Source: the name and the meaning are those of torch.set_num_threads.

    >>> before = get_num_threads()
    >>> set_num_threads(1)
    >>> get_num_threads()
    1
    >>> set_num_threads(before)
    """
    number = read_integer("num_threads", num_threads, 1)
    _state["threads"] = number


def get_num_threads() -> int:
    """Return how many threads an operation uses at most.

    Arguments: none.

    Result: an int of at least 1.

    Conventions: the number of CPUs that the process may run on, until set_num_threads changes it.

    Raises nothing.

    Source: the name and the meaning are those of torch.get_num_threads.

    >>> get_num_threads() >= 1
    True
    """
    return _state["threads"] or _count_cpus()


def _count_cpus() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def share(
    kernel: Callable[..., object],
    nanoseconds: float,
    sliced: tuple[np.ndarray, ...],
    *whole: object,
) -> bool:
    """Call kernel(*sliced, *whole), in threads on slices of the first axis if the work is worth it.

    Return whether no call of the kernel returned False.

    sliced are arrays of the same length; nanoseconds are what the whole call takes in one thread,
    roughly. The kernel must write only into its slices.
    """
    parts = choose_threads(nanoseconds)
    if parts > 1:
        parts = min(parts, len(sliced[0]))
    if parts < 2:
        return kernel(*sliced, *whole) is not False
    length = len(sliced[0])
    bounds = [length * part // parts for part in range(parts + 1)]
    slices = [tuple(array[start:stop] for array in sliced) for start, stop in pairwise(bounds)]
    pool = _open_pool(parts - 1)
    others = [pool.submit(kernel, *arrays, *whole) for arrays in slices[1:]]
    results = [kernel(*slices[0], *whole), *(other.result() for other in others)]
    return not any(result is False for result in results)


def choose_threads(nanoseconds: float) -> int:
    """Return how many threads are worth it for work that takes one so long."""
    if nanoseconds < 2 * LEAST_NANOSECONDS:
        return 1
    return min(get_num_threads(), int(nanoseconds / LEAST_NANOSECONDS))


def shared(kernel: Callable[..., object], nanoseconds: float, sliced: int) -> Callable[..., object]:
    """Return a kernel that is shared where it is worth it, and called with nothing around it else.

    Its first arguments, `sliced` arrays of one size, are sliced; nanoseconds are what an element
    takes.
    """

    @wraps(kernel, updated=())
    def call(*arguments: Any) -> object:
        total = arguments[0].size * nanoseconds
        if total < 2 * LEAST_NANOSECONDS:
            return kernel(*arguments)
        return share(kernel, total, arguments[:sliced], *arguments[sliced:])

    return call


def _open_pool(size: int) -> Executor:
    """Return a pool with room for so many threads at least; it starts one when one is missing."""
    from concurrent.futures import ThreadPoolExecutor

    with _lock:
        if _state["size"] < size:
            # A smaller one ends when it has done what was handed over and nobody holds it.
            _state.update(pool=ThreadPoolExecutor(size, "reference"), size=size)
        pool: Executor = _state["pool"]
    return pool


def _forget_pool() -> None:
    """A forked child has no threads but its own: it must open a pool of its own."""
    global _lock
    _lock = threading.Lock()
    _state.update(pool=None, size=0)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_pool)
