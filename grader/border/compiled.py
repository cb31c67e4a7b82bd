"""The harness of a compiler: what Numba refuses of a kernel on its way to a GPU.

No GPU has to be there; where one is, the kernel is launched on it too. It runs in a process of its
own, in which Numba is the real one. What comes back is a tree:

    {"refused": what the compiler refuses, "failed": what went wrong on the GPU,
     "outputs": {argument: the array that the GPU filled}, none where there is no GPU,
     "microseconds": of a launch on it, or None}
"""

import contextlib
import importlib.util
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

with contextlib.suppress(ImportError):  # Windows
    import resource

ARCHITECTURE = (9, 0)
WHERE = re.compile(r"Failed in \w+ mode pipeline \(step: [^)]*\)")
MORE = re.compile(r" (There (is|are) \d+ candidate|During:|File \").*")  # no student reads it
LINE = re.compile(r'File "[^"]*\.py", line (\d+):')
LONGEST = 300
TIMED_LAUNCHES = 7
NOTHING: dict[str, Any] = {"refused": "", "failed": "", "outputs": {}, "microseconds": None}


def use_compiler() -> None:
    """Import Numba with the `numba.cuda` of the extra, whose toolkit lies beside it in the view."""
    import site
    import tempfile

    spec = importlib.util.find_spec("numba_cuda")
    tempfile.tempdir = os.getcwd()  # Numba asks for one, where none can be written too
    if spec is not None and spec.origin is not None:  # else Numba's simulator, in a test
        view = spec.origin.rsplit("numba_cuda", 1)[0]
        site.getsitepackages = lambda prefixes=None: [view]
        importlib.import_module("_numba_cuda_redirector")
    importlib.import_module("numba.cuda")


def harness(arguments: Sequence[str], outputs: Sequence[str]) -> Callable[..., Any]:
    """Return what compiles a kernel for the inputs of a case, and launches it where a GPU is.

    Without `outputs` there is nothing to bring back from a GPU, and it is compiled alone.
    """

    def run(entry: Callable[..., Any], inputs: Mapping[str, Any]) -> dict[str, Any]:
        cuda = importlib.import_module("numba.cuda")
        refused = "" if _is_simulated() else _refusal(cuda, entry, [inputs[n] for n in arguments])
        if refused or not outputs or not _has_device(cuda):
            return NOTHING | {"refused": refused}
        return NOTHING | on_device(cuda, entry, inputs, arguments, outputs)

    return run


def _refusal(cuda: Any, entry: Callable[..., Any], values: Sequence[Any]) -> str:
    """Return what Numba refuses to compile, or nothing."""
    numba, errors = sys.modules["numba"], importlib.import_module("numba.core.errors")
    device = SimpleNamespace(compute_capability=ARCHITECTURE)
    asked = cuda.dispatcher.get_current_device
    cuda.dispatcher.get_current_device = lambda: device  # device functions ask for it
    try:
        signature = numba.void(*map(numba.typeof, values))
        cuda.compile_ptx(getattr(entry, "py_func", entry), signature, cc=ARCHITECTURE)
    except errors.NumbaError as error:
        return in_one_line(error)
    except Exception:  # a part of the toolkit is missing: that is no fault of the kernel
        return ""
    finally:
        cuda.dispatcher.get_current_device = asked
    return ""


def _is_simulated() -> bool:
    """Return whether Numba's own simulator takes the place of a GPU: it compiles nothing."""
    return os.environ.get("NUMBA_ENABLE_CUDASIM") == "1"


def _has_device(cuda: Any) -> bool:
    """Return whether there is a GPU that can be used."""
    try:
        if os.name == "posix":  # a driver reserves more addresses than a machine has memory
            hard = resource.getrlimit(resource.RLIMIT_AS)[1]
            resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
        return bool(cuda.is_available() and (_is_simulated() or cuda.current_context()))
    except Exception:  # of the driver: that is no fault of the kernel
        return False


def on_device(
    cuda: Any,
    kernel: Any,
    inputs: Mapping[str, Any],
    arguments: Sequence[str],
    outputs: Sequence[str],
) -> dict[str, Any]:
    """Return what a launch on the GPU fills and how long one takes, or how it fails."""

    def on_gpu() -> dict[str, Any]:  # anew for each launch, which may change them
        given = {name: inputs[name] for name in arguments}
        is_array = {name: bool(getattr(value, "shape", ())) for name, value in given.items()}
        return {n: cuda.to_device(v) if is_array[n] else v for n, v in given.items()}

    arrays = on_gpu()
    try:
        launch = kernel[_configuration(inputs)]
        launch(*arrays.values())
        cuda.synchronize()
    except Exception as error:
        return {"failed": f"{type(error).__name__}: {in_one_line(error)}"}
    launches = 0 if _is_simulated() else TIMED_LAUNCHES  # no time passes on its events
    times = sorted(_time(cuda, launch, on_gpu()) for _ in range(launches))
    return {
        "outputs": {name: arrays[name].copy_to_host() for name in outputs},
        "microseconds": times[launches // 2] if times else None,
    }


def _configuration(inputs: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return grid, block, stream and dynamic shared memory, as Numba takes them."""
    sizes = [tuple(n) if isinstance(n, list) else n for n in (inputs["grid"], inputs["block"])]
    return (*sizes, 0, inputs.get("shared_bytes", 0))


def _time(cuda: Any, launch: Callable[..., None], arrays: Mapping[str, Any]) -> float:
    """Return the microseconds from the start of a launch to its end, as the GPU counts them."""
    start, end = cuda.event(), cuda.event()
    start.record()
    launch(*arrays.values())
    end.record()
    end.synchronize()
    return 1000 * float(cuda.event_elapsed_time(start, end))


def in_one_line(error: Exception) -> str:
    """Return what Numba says, without what only its authors read."""
    told = " ".join(WHERE.sub("", str(error)).split())
    line = LINE.search(told)
    short = MORE.sub("", told)[:LONGEST]
    return f"line {line[1]}: {short}" if line else short
