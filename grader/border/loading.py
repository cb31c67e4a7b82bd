"""What a load brings in beside a submission's file: a harness, the simulator, a sheet's reader."""

import importlib.util
import os
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import call


def seeding() -> Callable[[], None]:
    """Return what sets the global generators to the same state; to import them takes a while.

    They come before the submission's folder: its own `secrets.py` would be imported by NumPy.
    """
    import random

    import numpy.random

    def seed() -> None:
        random.seed(0)
        numpy.random.seed(0)

    return seed


def harness_of(source: str | None) -> Callable[..., Any]:
    """Return the `run` of a harness, the default one for None."""
    if source is None:
        return call.run
    module = types.ModuleType("_harness")
    exec(compile(source, "harness.py", "exec"), module.__dict__)
    run: Callable[..., Any] = module.run
    return run


def launching(
    arguments: Sequence[str], outputs: Sequence[str], compiles: bool
) -> Callable[..., Any]:
    """Return the harness of a kernel; from now on Numba is the simulator's.

    `compiles`: it is compiled instead, and launched where a GPU is; then Numba is the real one.
    """
    from . import compiled, kernel

    if compiles:
        compiled.use_compiler()
        return compiled.harness(arguments, outputs)
    simulator = simulator_package()
    if "numba" not in sys.modules:
        sys.modules.update(simulator.stub_modules())
    return kernel.harness(simulator.launch, arguments, outputs)


def simulator_package() -> types.ModuleType:
    """Return the simulator, which lies beside this package."""
    if "_simulator" in sys.modules:
        return sys.modules["_simulator"]
    folder = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "simulator")
    return import_as("_simulator", os.path.join(folder, "__init__.py"), [folder])


def import_ahead() -> None:
    """Import what a load may import: who is confined later cannot read our files."""
    from . import compiled, kernel, sheet  # noqa: F401

    if importlib.util.find_spec("greenlet") is not None:
        simulator_package()
    if importlib.util.find_spec("numba_cuda") is not None:
        compiled.use_compiler()


def read_sheet(path: str, questions: Mapping[str, Any]) -> Callable[..., Any]:
    """Return the answers of a sheet as a function of the question."""
    from . import sheet

    with open(path, "rb") as file:
        return sheet.read(file.read(), questions)


def import_file(path: str) -> types.ModuleType:
    """Import a submission's file under its own name, so that its other files can import it."""
    stem = os.path.splitext(os.path.basename(path))[0]
    there = sys.modules.get(stem)
    if there is not None and getattr(there, "__file__", None) == path:
        return there  # another of its files has imported it
    name = stem if stem not in sys.modules else f"submission_{stem}"
    if os.path.dirname(path) not in sys.path:
        sys.path.insert(0, os.path.dirname(path))
    return import_as(name, path)


def import_as(name: str, path: str, submodules_in: Sequence[str] | None = None) -> types.ModuleType:
    """Import a file, or a package of which it is the first, under a name."""
    spec = importlib.util.spec_from_file_location(
        name, path, submodule_search_locations=None if submodules_in is None else [*submodules_in]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
