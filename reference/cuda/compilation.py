"""Compiling kernels for GPUs that need not be there, and what the compilers say of them.

NVVM makes PTX, the instructions of no GPU in particular; nvJitLink makes those of one GPU, and
tells how many registers a thread takes and what did not fit into them. Both come with the extra and
need no driver. What is compiled here is what a GPU would be sent: same options, same tile sizes.

NVVM writes the same PTX for several GPUs, and is slow: each process asks it for all GPUs on its
first kernel, and from then on once for those that it found alike.
"""

import os
import re
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from types import SimpleNamespace
from typing import Any, NamedTuple

from numba import types

from reference.cuda.families import list_proofs
from reference.cuda.proof import Proof
from reference.cuda.target import EXTRA, cuda

Architecture = tuple[int, int]
# Turing, Ampere, Hopper, Blackwell for data centres, Blackwell for desks.
ARCHITECTURES = ((7, 5), (8, 0), (9, 0), (10, 0), (12, 0))
TARGET = re.compile(r"^\.target .*$", re.MULTILINE)
DOUBLE = re.compile(r"^\s*(?:@!?%p\d+\s+)?[a-z][\w.]*\.f64", re.MULTILINE)
LOCAL = re.compile(r"\b(?:ld|st)\.local\b")
WIDE_DIVISION = re.compile(r"\b(?:div|rem)\.[su]64\b")

_alike: dict[Architecture, Architecture] = {}  # GPU -> the one whose PTX is its own too


class Compiled(NamedTuple):
    """What became of a kernel on one GPU."""

    architecture: str  # "sm_90"
    registers: int
    shared_bytes: int
    local_bytes: int  # of a thread: its stack
    spilled_bytes: int
    local_accesses: int
    double_instructions: int
    wide_divisions: int  # of 64-bit integers: some forty instructions each


class Entry(NamedTuple):
    """A kernel in the table: what became of it on each GPU, or why it was not compiled."""

    family: str
    name: str
    dtype: str
    adds_in_double: bool
    compiled: list[dict[str, Any]]
    error: str = ""

    def worst(self, fact: str) -> int:
        """Return the largest number of all GPUs."""
        return max((compiled[fact] for compiled in self.compiled), default=0)


def compile_families(families: tuple[str, ...]) -> list[Entry]:
    """Return what became of the kernels, compiled in as many processes as there are CPUs."""
    work = [(family, i) for family in families for i in range(len(list_proofs(family)))]
    processes = max(1, min(os.cpu_count() or 1, len(work)))
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        # Neighbours share device functions, which a process compiles once.
        return list(pool.map(_compile, work, chunksize=4))


def find_fault() -> str:
    """Return why nothing can be compiled and linked here, or nothing."""
    from cuda.bindings import nvjitlink, nvrtc

    try:
        nvjitlink.version()
        nvrtc.nvrtcVersion()
    except RuntimeError as error:
        return f"a part of the CUDA toolkit is missing ({error}); {EXTRA}"
    return ""


def _compile(work: tuple[str, int]) -> Entry:
    family, number = work
    proof = list_proofs(family)[number]
    about = family, proof.name, name_dtype(proof), proof.adds_in_double
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Numba, on launches and on what is deprecated
            return Entry(*about, [compiled._asdict() for compiled in compile_proof(proof)])
    except Exception as error:  # whatever stops a compiler is what we look for
        return Entry(*about, [], f"{type(error).__name__}: {error}")


def name_dtype(proof: Proof) -> str:
    """Return the dtype that a kernel computes in: the widest of its arguments'."""
    floats = {str(getattr(argument, "dtype", argument)) for argument in proof.arguments}
    for dtype in ("float64", "float32"):
        if dtype in floats:
            return dtype
    return "integers"


def compile_proof(proof: Proof) -> list[Compiled]:
    """Return what becomes of a kernel on each GPU; a kernel that cannot be compiled raises."""
    options = getattr(proof.kernel, "targetoptions", {})
    with _pretend_device():
        # What cuda.compile_ptx does, but the steps before NVVM once and not for each GPU.
        library, _ = cuda.compiler._compile_pyfunc_with_fixup(
            proof.kernel.py_func,
            types.void(*proof.arguments),
            cc=ARCHITECTURES[0],
            device=False,
            abi="numba",
            launch_bounds=options.get("launch_bounds"),
        )
    limit = options.get("max_registers")
    ptx = write_ptx(library)
    return [_link(ptx[architecture], architecture, limit) for architecture in ARCHITECTURES]


@contextmanager
def _pretend_device() -> Iterator[None]:
    """Let device functions be compiled, for which Numba asks the GPU what it can do."""
    dispatcher = cuda.dispatcher
    asked = dispatcher.get_current_device
    dispatcher.get_current_device = lambda: SimpleNamespace(compute_capability=ARCHITECTURES[0])
    try:
        yield
    finally:
        dispatcher.get_current_device = asked


def write_ptx(library: Any) -> dict[Architecture, str]:
    """Return a kernel's PTX for each GPU."""
    if not _alike:
        bodies = {a: _take_body(library.get_asm_strs(cc=a)[0]) for a in ARCHITECTURES}
        _alike.update(
            {a: next(b for b in ARCHITECTURES if bodies[b] == bodies[a]) for a in ARCHITECTURES}
        )
    written = {a: library.get_asm_strs(cc=a)[0] for a in set(_alike.values())}
    return {a: TARGET.sub(f".target {name_gpu(a)}", written[_alike[a]]) for a in ARCHITECTURES}


def _take_body(ptx: str) -> str:
    return TARGET.sub("", ptx)


def name_gpu(architecture: Architecture) -> str:
    """Return the name that the compilers have for a kind of GPU."""
    return "sm_{}{}".format(*architecture)


def _link(ptx: str, architecture: Architecture, max_registers: int | None) -> Compiled:
    name = name_gpu(architecture)
    log = _read_log(ptx, name, max_registers)
    return Compiled(
        name,
        registers=_read(r"Used (\d+) registers", log),
        shared_bytes=_read(r"(\d+) bytes smem", log),
        local_bytes=max(_read(r"(\d+) bytes stack frame", log), _read(r"(\d+) bytes lmem", log)),
        spilled_bytes=_read(r"(\d+) bytes spill stores", log),
        local_accesses=len(LOCAL.findall(ptx)),
        double_instructions=len(DOUBLE.findall(ptx)),
        wide_divisions=len(WIDE_DIVISION.findall(ptx)),
    )


def _read_log(ptx: str, architecture: str, max_registers: int | None) -> str:
    """Return what nvJitLink tells about a kernel when it links it for one GPU."""
    from cuda.bindings import nvjitlink

    options = [f"-arch={architecture}", "-verbose"]
    options += [f"-maxrregcount={max_registers}"] if max_registers else []
    handle = nvjitlink.create(len(options), options)
    try:
        source = ptx.encode() + b"\0"
        try:
            nvjitlink.add_data(handle, nvjitlink.InputType.PTX, source, len(source), "kernel")
            nvjitlink.complete(handle)
        except nvjitlink.nvJitLinkError as error:
            told = bytearray(nvjitlink.get_error_log_size(handle))
            nvjitlink.get_error_log(handle, told)
            raise RuntimeError(f"{error}: {told.decode(errors='replace')}") from error
        told = bytearray(nvjitlink.get_info_log_size(handle))
        nvjitlink.get_info_log(handle, told)
        return told.decode(errors="replace")
    finally:
        nvjitlink.destroy(handle)


def _read(pattern: str, log: str) -> int:
    """Return the largest number at the pattern's place, 0 where the log does not speak of it."""
    return max((int(number) for number in re.findall(pattern, log)), default=0)
