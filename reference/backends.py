"""Where an operation is computed: the kernel modules, imported when they are first used."""

import sys
from importlib import import_module
from types import ModuleType

from reference.arguments import check_choice

BACKENDS = ("cpu", "cuda")


def load_kernels(family: str, backend: str) -> ModuleType:
    """Return the module of a family's kernels, for example `reference.cpu.pooling`.

    Numba is imported here and not with `reference`, which must start in a blink.
    """
    check_choice("backend", backend, BACKENDS)
    name = f"reference.{backend}.{family}"
    return sys.modules.get(name) or import_module(name)
