"""`python -m reference`: what the library offers here, and what it runs on."""

import argparse
import json
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from types import FunctionType
from typing import Any

import reference
from reference.backends import BACKENDS


def main() -> None:
    """Print the operations of reference, versions, threads, devices and the cache of kernels."""
    parser = argparse.ArgumentParser(
        "python -m reference",
        description=main.__doc__,
        epilog="Example: python -m reference --json",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    as_json = parser.parse_args().json
    facts = describe()
    try:
        print(json.dumps(facts, indent=2) if as_json else _text(facts), flush=True)
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def describe() -> dict[str, Any]:
    """Return what the command prints, as plain values."""
    from reference.cpu.kernel_cache import find_cache  # imports Numba
    from reference.cuda.target import describe_device

    names = ("gradecheck", "numpy", "numba", "llvmlite")
    return {
        "versions": {"python": platform.python_version(), **{n: _version(n) for n in names}},
        "threads": reference.get_num_threads(),
        "devices": {
            "cpu": f"{_processor()}, {os.cpu_count()} cores",
            "cuda": describe_device(),
        },
        "backends": list(BACKENDS),
        "kernel_cache": str(find_cache() or "none: no place can be written"),
        "operations": {name: _first_line(name) for name in reference.__all__},
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _processor() -> str:
    """Return the name of the processor as LLVM knows it, for which kernels are compiled."""
    import llvmlite.binding

    return f"{platform.machine()} {llvmlite.binding.get_host_cpu_name()}"


def _first_line(name: str) -> str:
    value = getattr(reference, name)
    return (value.__doc__ or "").strip().splitlines()[0].removeprefix("Return ")


def _text(facts: dict[str, Any]) -> str:
    lines = [
        "versions:      "
        + ", ".join(f"{name} {number}" for name, number in facts["versions"].items()),
        f"threads:       at most {facts['threads']} (reference.set_num_threads)",
        "devices:       " + "; ".join(f"{name}: {what}" for name, what in facts["devices"].items()),
        "backends:      " + ", ".join(facts["backends"]),
        f"kernel cache:  {facts['kernel_cache']}",
    ]
    width = max(map(len, facts["operations"])) + 2
    for module, names in _by_module().items():
        lines += ["", module, *(f"  {name:{width}}{facts['operations'][name]}" for name in names)]
    return "\n".join(lines)


def _by_module() -> dict[str, list[str]]:
    modules: dict[str, list[str]] = {}
    for name in reference.__all__:
        value: FunctionType | type = getattr(reference, name)
        modules.setdefault(value.__module__, []).append(name)
    return dict(sorted(modules.items()))


if __name__ == "__main__":
    main()
