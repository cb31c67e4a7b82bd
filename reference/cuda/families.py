"""The families of kernels, and the proofs that they give: every kernel has one."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import CodeType
from typing import Any

from reference.cuda.proof import Proof

FOLDER = Path(__file__).parent


@cache
def list_families() -> tuple[str, ...]:
    """Return the names of the modules that hold kernels and prove them."""
    return tuple(path.stem for path in _modules() if "proofs" in _functions(path))


@cache
def list_proofs(family: str) -> tuple[Proof, ...]:
    """Return the proofs of a family's kernels."""
    return tuple(import_module(f"reference.cuda.{family}").proofs())


def list_unproved(families: tuple[str, ...]) -> list[str]:
    """Return where there is a kernel that no proof of the families reaches: "pooling.py:40: name".

    A kernel is a function below the decorator `kernel`, most often inside a factory.
    """
    proved = {
        (Path(code.co_filename).name, code.co_firstlineno)
        for family in families
        for code in (_source(proof.kernel) for proof in list_proofs(family))
    }
    return [
        f"{path.name}:{line}: {name}"
        for path in _modules()
        for name, line in _kernels(path)
        if (path.name, line) not in proved
    ]


def _modules() -> list[Path]:
    return sorted(FOLDER.glob("[!_]*.py"))


def _functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def _kernels(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            for mark in node.decorator_list:
                named = mark.func if isinstance(mark, ast.Call) else mark
                if isinstance(named, ast.Name) and named.id == "kernel":
                    yield node.name, node.decorator_list[0].lineno


def _source(kernel: Any) -> CodeType:
    """Return the code of the function that a kernel was made of; the simulator calls it fn."""
    code: CodeType = (getattr(kernel, "py_func", None) or kernel.fn).__code__
    return code
