"""Functions for a GPU as data: read from the files kernels_*.py beside, by the comments in them.

    # launch: [2, 64](zeros(128), numbers(128))     grid and block, arguments
    # gives: 2 * x                                  what `out` becomes (right ones)
    out[i] = x[i]  # finds: race                    what is told of this line (faulty ones)

A mark on the line of `def` is a finding without a line.
"""

import importlib.util
import re
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest

from grader.simulator import Report, launch, stub_modules

HERE = Path(__file__).parent
LAUNCH = re.compile(r"# launch: (\[.*\])(\(.*\))$")
FINDS = re.compile(r"# finds: ([\w-]+)")


def zeros(*shape: int) -> np.ndarray:
    return np.zeros(shape, np.float32)


def numbers(*shape: int) -> np.ndarray:
    return np.random.default_rng(11).standard_normal(shape).astype(np.float32)


def doubles(*shape: int) -> np.ndarray:
    return np.random.default_rng(12).standard_normal(shape)


def integers(*shape: int) -> np.ndarray:
    return np.random.default_rng(13).integers(0, 100, shape, dtype=np.int32)


def counts(*shape: int) -> np.ndarray:
    return np.zeros(shape, np.int32)


def unsigned(*shape: int) -> np.ndarray:
    return np.zeros(shape, np.uint32)


MAKERS = {maker.__name__: maker for maker in (zeros, numbers, doubles, integers, counts, unsigned)}


@dataclass(frozen=True)
class Example:
    """One function with its launch."""

    file: Path
    name: str
    grid: Any
    block: Any
    shared_bytes: int
    arguments: list[Any]
    gives: str = ""
    finds: frozenset[tuple[str, int]] = frozenset()

    def run(self, **more: Any) -> Report:
        """Return the report of the simulator; the arguments are changed."""
        function = load(self.file)[self.name]
        return launch(
            *(function, self.grid, self.block, self.arguments),
            shared_bytes=self.shared_bytes,
            budget=2000,
            **more,
        )

    def fresh(self) -> "Example":
        """Return the same with arguments of its own."""
        return replace(self, arguments=deepcopy(self.arguments))

    def expected(self) -> np.ndarray:
        """Return what `out` becomes, from the arguments as they are before the launch."""
        code = load(self.file)[self.name].py_func.__code__
        names = dict(zip(code.co_varnames, self.arguments, strict=False))
        return np.array(eval(self.gives, {"np": np, **names}))


def load(path: Path) -> dict[str, Any]:
    """Return what a file defines when it is imported with the simulator's `numba`."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    with mock.patch.dict(sys.modules, stub_modules()):
        spec.loader.exec_module(module)
    return vars(module)


def examples(pattern: str) -> Iterator[Example]:
    """Yield the functions of the files that match."""
    for path in sorted(HERE.glob(pattern)):
        yield from _examples_of(path)


def _examples_of(path: Path) -> Iterator[Example]:
    lines = path.read_text(encoding="utf-8").splitlines()
    begins = [i for i, line in enumerate(lines) if line.startswith("# launch:")]
    for begin, end in pairwise([*begins, len(lines)]):
        yield _example(path, begin, lines[begin:end])


def _example(path: Path, begin: int, lines: list[str]) -> Example:
    configuration, arguments = LAUNCH.match(lines[0]).groups()
    grid, block, _, shared_bytes = (*eval(configuration), 0, 0)[:4]
    gives = [line.removeprefix("# gives: ") for line in lines if line.startswith("# gives: ")]
    names = [line[4 : line.index("(")] for line in lines if line.startswith("def ")]
    finds = {
        (found[1], 0 if line.startswith("def ") else begin + number)
        for number, line in enumerate(lines, 1)
        if (found := FINDS.search(line))
    }
    values = list(eval(f"({arguments[1:-1]},)", MAKERS))
    return Example(
        *(path, names[-1], grid, block, shared_bytes, values), "".join(gives), frozenset(finds)
    )


@pytest.fixture(scope="session")
def examples_by_name() -> dict[str, Example]:
    return {example.name: example for example in examples("kernels_*.py")}


def pytest_generate_tests(metafunc: Any) -> None:
    """Give a test with an argument `faulty` or `clean` each function of those files."""
    for kind in {"faulty", "clean"} & set(metafunc.fixturenames):
        cases = list(examples(f"kernels_{kind}_*.py"))
        metafunc.parametrize(kind, cases, ids=[case.name for case in cases])
