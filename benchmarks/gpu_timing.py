"""Time on a GPU, by its own events, and what the GPU is and can do.

A launch takes the host longer than a small kernel takes the GPU. So calls are put into the queue
while the GPU sleeps in a kernel that does nothing else, and run one after the other when it wakes:
what is timed is their work, not Python. The arrays take turns, so that a call never finds in the
L2 cache what the call before it left there.
"""

import contextlib
import importlib
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.gpu_rows import Call
from reference.cuda.target import IS_SIMULATED, cuda, kernel

BURST = 10  # calls in a queue
NAP = 1000  # nanoseconds
NAPS = 5000
COPIED_BYTES = 2**30
TIMES_THE_CACHE = 3  # of all copies of the arrays together
VERSIONS = ("numba", "numba-cuda", "torch", "cupy-cuda13x", "numpy")


@kernel
def sleep(naps: Any) -> None:
    """Keep the GPU from what stands behind in the queue."""
    for _ in range(naps):
        cuda.nanosleep(NAP)


def time_calls(calls: Sequence[Call], rounds: int, waits: bool) -> list[float]:
    """Return the seconds of a call in each round; the calls do the same on different arrays.

    A call that waits for the device is timed alone, with the time that the host takes.
    """
    for call in calls:  # compiles, and fills the allocators' pools
        call()
    cuda.synchronize()
    burst = 1 if waits else BURST
    turn = 0
    seconds = []
    for _ in range(rounds):
        began, ended = cuda.event(), cuda.event()
        if not waits:
            sleep[1, 1](NAPS)
        began.record()
        for _ in range(burst):
            calls[turn % len(calls)]()
            turn += 1
        ended.record()
        ended.synchronize()
        seconds.append(cuda.event_elapsed_time(began, ended) / 1e3 / burst)
    return seconds


def count_copies(footprint: int) -> int:
    """Return how many copies of arrays of so many bytes no cache holds."""
    cache = cuda.get_current_device().L2_CACHE_SIZE
    return max(2, -(-TIMES_THE_CACHE * cache // max(footprint, 1)))


def measure_bandwidth(rounds: int) -> float:
    """Return the bytes a second that a copy on the device reads and writes."""
    source, target = (cuda.device_array(COPIED_BYTES, np.uint8) for _ in range(2))

    def copy() -> None:
        target.copy_to_device(source)

    seconds = time_calls([copy], rounds, waits=False)
    return 2 * COPIED_BYTES / median(seconds)


def gpu_facts() -> dict[str, str]:
    """Return what a reader needs to judge the numbers by."""
    device = cuda.get_current_device()
    name = device.name.decode() if isinstance(device.name, bytes) else device.name
    sizes = f"{device.MULTIPROCESSOR_COUNT} multiprocessors"
    cache = f"L2 {device.L2_CACHE_SIZE / 2**20:.0f} MiB"
    capability = "sm_{}{}".format(*device.compute_capability)
    return {"GPU": f"{name}, {capability}, {sizes}, {cache}", "driver": _driver()} | packages()


def packages() -> dict[str, str]:
    """Return the versions of what is compared."""
    told = []
    for name in VERSIONS:
        with contextlib.suppress(PackageNotFoundError):
            told.append(f"{name} {version(name)}")
    torch = load_torch()
    if torch is not None and not IS_SIMULATED:
        told.append(f"CUDA {torch.version.cuda} and cuDNN {torch.backends.cudnn.version()} of it")
    return {"packages": ", ".join(told)}


def _driver() -> str:
    path = Path("/proc/driver/nvidia/version")
    with contextlib.suppress(OSError):
        return path.read_text(encoding="utf-8").splitlines()[0].partition(":")[2].strip()
    return "unknown"


def load_torch() -> Any:
    """Return PyTorch, made to compute float32 as such and to look for its best kernels.

    None where it is not installed, or not for this device.
    """
    try:
        torch = importlib.import_module("torch")
    except ImportError:
        return None
    if not IS_SIMULATED and not torch.cuda.is_available():
        return None
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = True
    return torch


def to_tensor(torch: Any, array: Any) -> Any:
    """Return an array of the device as a tensor of the same memory; in the simulator a copy."""
    if IS_SIMULATED:
        return torch.from_numpy(array.copy_to_host())
    return torch.as_tensor(array, device="cuda")


def to_host(result: Any) -> tuple[Any, ...]:
    """Return tensors as NumPy arrays; None stays."""
    parts = result if isinstance(result, tuple | list) else (result,)
    return tuple(None if part is None else part.detach().cpu().numpy() for part in parts)
