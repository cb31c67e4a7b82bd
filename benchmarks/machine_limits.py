"""What this machine can do at most: FLOP/s of a core and bytes a second, measured in a second.

With one thread in its CPU time, so that other work on the machine hides nothing.

No operation can take less than its FLOPs over the one or its bytes over the other. An operation
whose data stay in a cache may beat the second.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from threading import Thread
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core.cgutils import get_or_insert_function
from numba.extending import intrinsic

from benchmarks.rows import Work
from reference.cpu.vectors import vector_bytes

# Enough independent chains to hide an FMA's latency (4 cycles, 2 units), and few enough to stay in
# 16 registers.
CHAINS = 10
TRIES = 5
STEPS = 2_000_000
ELEMENTS = 2**23  # 64 MiB of float64, more than a cache holds


@dataclass(frozen=True)
class Limits:
    """The machine's peaks with the threads of this run."""

    flops_per_second: dict[str, float]  # by dtype
    bytes_per_second: float

    def floor_seconds(self, work: Work, dtype: str) -> float:
        """Return the least time that an operation can take, 0 where nothing is known of it."""
        peak = self.flops_per_second.get(dtype, np.inf)
        return max(work.flops / peak, work.bytes / self.bytes_per_second)


def measure_limits(threads: int) -> Limits:
    """Return the peaks of so many cores."""
    peaks = {"float32": np.float32, "float64": np.float64}
    flops = {name: threads * _measure_flops(dtype) for name, dtype in peaks.items()}
    return Limits(flops, max(_measure_bandwidth(count) for count in {1, threads}))


@intrinsic
def _chains_of_fma(typing_context: Any, steps: Any, x: Any) -> Any:
    """Return something made of chains of a = a * x + x, each in a vector register of its own.

    In LLVM's language, since Numba neither contracts a * b + c nor keeps such sums in registers.
    """
    return x(types.int64, x), _generate_chains


def _generate_chains(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    steps, x = arguments
    factor = _spread(builder, x, vector_bytes() // (signature.return_type.bitwidth // 8))
    # The chains begin with different values, or LLVM would see that they are one.
    starts = [factor]
    while len(starts) < CHAINS:
        starts.append(builder.fadd(starts[-1], factor))
    before = builder.block
    body, after = builder.append_basic_block("body"), builder.append_basic_block("after")
    builder.branch(body)
    builder.position_at_end(body)
    step = builder.phi(steps.type)
    chains = [builder.phi(factor.type) for _ in starts]
    fma = _declare_fma(builder.module, factor.type)
    longer = [builder.call(fma, [chain, factor, factor]) for chain in chains]
    following = builder.add(step, ir.Constant(steps.type, 1))
    zero = ir.Constant(steps.type, 0)
    for phi, first, then in zip(
        [step, *chains], [zero, *starts], [following, *longer], strict=True
    ):
        phi.add_incoming(first, before)
        phi.add_incoming(then, body)
    builder.cbranch(builder.icmp_signed("<", following, steps), body, after)
    builder.position_at_end(after)
    return builder.extract_element(reduce(builder.fadd, longer), ir.Constant(ir.IntType(32), 0))


def _declare_fma(module: Any, vector: Any) -> Any:
    name = f"llvm.fmuladd.v{vector.count}{vector.element.intrinsic_name}"
    return get_or_insert_function(  # type: ignore[no-untyped-call]
        module, ir.FunctionType(vector, [vector] * 3), name
    )


def _spread(builder: Any, value: Any, lanes: int) -> Any:
    """Return a vector that holds the value in each lane."""
    vector = ir.Constant(ir.VectorType(value.type, lanes), ir.Undefined)
    for lane in range(lanes):
        vector = builder.insert_element(vector, value, ir.Constant(ir.IntType(32), lane))
    return vector


@njit(nogil=True)
def _run_chains(steps: int, x: Any) -> Any:
    return _chains_of_fma(steps, x)  # type: ignore[call-arg]


@njit(nogil=True)
def _add_scaled(a: Any, b: Any) -> None:
    """Read two arrays and write one of them: what moves the most bytes a second."""
    for i in range(a.size):
        a[i] += 0.5 * b[i]


def _measure_flops(dtype: Any) -> float:
    half = dtype(0.5)  # a stays a normal number
    seconds = _least_seconds(lambda: _run_chains(STEPS, half), time.thread_time)
    flops = 2 * CHAINS * STEPS * (vector_bytes() // int(half.itemsize))
    return flops / seconds


def _measure_bandwidth(threads: int) -> float:
    a, b = np.ones((2, threads, ELEMENTS))

    def stream() -> None:
        others = [Thread(target=_add_scaled, args=(a[k], b[k])) for k in range(1, threads)]
        for other in others:
            other.start()
        _add_scaled(a[0], b[0])
        for other in others:
            other.join()

    read = time.thread_time if threads == 1 else time.perf_counter
    return (2 * a.nbytes + b.nbytes) / _least_seconds(stream, read)


def _least_seconds(work: Callable[[], object], read: Callable[[], float]) -> float:
    """Return the least of some tries, after one that compiles."""
    work()
    taken = []
    for _ in range(TRIES):
        began = read()
        work()
        taken.append(read() - began)
    return min(taken)
