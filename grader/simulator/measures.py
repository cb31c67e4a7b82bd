"""What a launch costs: accesses of a thread, sectors moved, bank conflicts."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Measures:
    """Accesses of the busiest thread, and how well each line's accesses of a warp fit together.

    `coalescing`: line -> sectors of 32 bytes that would hold what a warp asks for / sectors moved;
    1.0 is best, 0.125 is the worst for float32. `bank_conflicts`: line -> passes through shared
    memory that a warp's access takes on average; 1.0 is best, 32.0 the worst.
    """

    global_reads: int = 0
    global_writes: int = 0
    global_atomics: int = 0
    shared_reads: int = 0
    shared_writes: int = 0
    shared_atomics: int = 0
    barriers: int = 0
    shared_bytes: int = 0
    coalescing: Mapping[int, float] = field(default_factory=dict)
    bank_conflicts: Mapping[int, float] = field(default_factory=dict)
