"""Where an operation is computed: the kernel modules, imported when they are first used."""

from importlib import import_module
from types import ModuleType

from reference.arguments import check_choice

BACKENDS = ("cpu", "cuda")

# By family and backend; a dictionary is asked in a tenth of the time that a check takes.
_loaded: dict[tuple[str, str], ModuleType] = {}


def load_kernels(family: str, backend: str) -> ModuleType:
    """Return the module of a family's kernels, for example `reference.cpu.pooling`.

    Numba is imported here and not with `reference`, which must start in a blink.
    """
    try:
        return _loaded[family, backend]
    except (KeyError, TypeError):
        check_choice("backend", backend, BACKENDS)
    _loaded[family, backend] = kernels = import_module(f"reference.{backend}.{family}")
    return kernels
