"""The memory of a launch: where arguments lie, shared and local arrays.

Checked, arrays are proxies and have made-up addresses; unchecked they are NumPy's own.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.lib.array_utils import byte_bounds

from .arrays import traced
from .running import Sizes, Stopped, running
from .scalars import dtype_of, for_threads, plain, poison
from .sites import Site
from .trace import SHARED, Allocation, Trace
from .traced import Backing

LINE = 512  # cudaMalloc aligns to at least 256 bytes
SHARED_LIMIT = 48 * 1024
DYNAMIC = SHARED + (1 << 16)  # the static arrays lie below


class Memory:
    """Shared and local arrays of one launch, and the log of a checked one."""

    def __init__(self, sizes: Sizes, is_checked: bool) -> None:
        self.trace = Trace() if is_checked else None
        self.shared_bytes = sizes.shared_bytes
        self._dynamic = np.zeros(sizes.shared_bytes, np.uint8)
        self._shared: dict[tuple[Site, Any], tuple[Any, np.ndarray]] = {}
        self._static_end = 0
        self.global_bytes, self.granule = 0, 1

    def arguments(self, names: Sequence[str], values: Sequence[Any]) -> list[Any]:
        """Return the arguments as the threads see them."""
        if self.trace is None:
            return [for_threads(v) if isinstance(v, np.ndarray) else plain(v) for v in values]
        arrays = [value for value in values if isinstance(value, np.ndarray)]
        self.granule = min((array.itemsize for array in arrays), default=1)
        bases = self._lay_out(arrays)
        return [
            self._traced(name, value, next(bases))
            if isinstance(value, np.ndarray)
            else plain(value)
            for name, value in zip_longest(names[: len(values)], values, fillvalue="an argument")
        ]

    def _lay_out(self, arrays: Sequence[np.ndarray]) -> Iterator[int]:
        """Yield an address for each array; arrays that overlap do so here too."""
        bounds = [byte_bounds(array) if array.size else (0, 0) for array in arrays]
        start, end, base = 0, 0, 0
        begins: dict[tuple[int, int], int] = {}
        for low, high in sorted(set(bounds)):
            if low >= end:
                base = -(-(base + end - start) // LINE) * LINE
                start = low
            end = max(end, high)
            begins[low, high] = base + low - start
        self.global_bytes = base + end - start
        for array, (low, high) in zip(arrays, bounds, strict=True):
            backwards = sum(
                step * (length - 1)
                for step, length in zip(array.strides, array.shape, strict=True)
                if step < 0
            )
            yield begins[low, high] - (backwards if array.size else 0)

    def _traced(self, name: str, array: np.ndarray, base: int) -> Any:
        assert self.trace is not None
        known = Allocation(name, base, array.shape, array.strides, array.itemsize)
        return traced(Backing(self.trace, known), array, base)

    def begin_block(self) -> None:
        """Forget what shared memory holds."""
        for _, array in self._shared.values():
            poison(array)

    def shared(self, site: Site, shape: Any, dtype: Any) -> Any:
        """Return the block's array of a place in the source; of shape 0, the dynamic memory."""
        found = self._shared.get((site, dtype))
        if found is None:
            found = self._shared[site, dtype] = self._new_shared(site, shape, dtype_of(dtype))
        return found[0]

    def _new_shared(self, site: Site, shape: Any, dtype: np.dtype) -> tuple[Any, np.ndarray]:
        if np.prod(shape) == 0:
            array = self._dynamic[: len(self._dynamic) // dtype.itemsize * dtype.itemsize].view(
                dtype
            )
            base = DYNAMIC
        else:
            array = np.empty(shape, dtype)
            base = SHARED + -(-self._static_end // dtype.itemsize) * dtype.itemsize
            self._static_end = base - SHARED + array.nbytes
            self._count(array.nbytes, site)
        poison(array)
        if self.trace is None:
            return for_threads(array), array
        return self._traced(site.name or "shared memory", array, base), array

    def _count(self, more: int, site: Site) -> None:
        self.shared_bytes += more
        if self.shared_bytes > SHARED_LIMIT:
            check_shared(self.shared_bytes, site.line, site.name)
            raise Stopped

    def local(self, shape: Any, dtype: Any) -> np.ndarray:
        """Return an array of a thread's own: NumPy's, filled with NaN or a large number."""
        array = np.empty(shape, dtype_of(dtype))
        poison(array)
        return for_threads(array)


def check_shared(asked: int, line: int = 0, name: str = "") -> bool:
    """Tell whether a block may have so much shared memory; if not, it is a finding."""
    if asked <= SHARED_LIMIT:
        return True
    told = f"{asked} bytes of shared memory: a block has {SHARED_LIMIT}"
    running.find("shared-memory", line, told, (), name)
    return False
