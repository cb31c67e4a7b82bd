"""The harness of a compiler: what Numba refuses of a kernel on its way to a GPU.

No GPU has to be there. It runs in a process of its own, in which Numba is the real one.
"""

import importlib.util
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

ARCHITECTURE = (9, 0)
WHERE = re.compile(r"Failed in \w+ mode pipeline \(step: [^)]*\)")
MORE = re.compile(r" (There (is|are) \d+ candidate|During:|File \").*")  # no student reads it
LINE = re.compile(r'File "[^"]*\.py", line (\d+):')
LONGEST = 300


def use_compiler() -> None:
    """Import Numba with the `numba.cuda` of the extra, whose toolkit lies beside it in the view."""
    import site
    import tempfile

    spec = importlib.util.find_spec("numba_cuda")
    assert spec is not None
    assert spec.origin is not None
    view = spec.origin.rsplit("numba_cuda", 1)[0]
    site.getsitepackages = lambda prefixes=None: [view]
    tempfile.tempdir = os.getcwd()  # Numba asks for one, where none can be written too
    importlib.import_module("_numba_cuda_redirector")
    importlib.import_module("numba.cuda")


def harness(arguments: Sequence[str]) -> Callable[..., Any]:
    """Return what compiles a kernel for the inputs of a case, and returns what is refused."""

    def run(entry: Callable[..., Any], inputs: Mapping[str, Any]) -> str:
        cuda, errors = (
            importlib.import_module(f"numba.{name}") for name in ("cuda", "core.errors")
        )
        numba = sys.modules["numba"]
        device = SimpleNamespace(compute_capability=ARCHITECTURE)
        cuda.dispatcher.get_current_device = lambda: device  # device functions ask for it
        try:
            signature = numba.void(*(numba.typeof(inputs[name]) for name in arguments))
            function = getattr(entry, "py_func", entry)
            cuda.compile_ptx(function, signature, cc=ARCHITECTURE)
        except errors.NumbaError as error:
            return in_one_line(error)
        except Exception:  # a part of the toolkit is missing: that is no fault of the kernel
            return ""
        return ""

    return run


def in_one_line(error: Exception) -> str:
    """Return what Numba says, without what only its authors read."""
    told = " ".join(WHERE.sub("", str(error)).split())
    line = LINE.search(told)
    short = MORE.sub("", told)[:LONGEST]
    return f"line {line[1]}: {short}" if line else short
