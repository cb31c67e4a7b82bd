"""Two tables about the oracle that pytest prints.

pytest tests/reference --proofs        every public name by the ways in which tests prove it; runs
                                       no test, and fails where there is a hole
pytest tests/reference --peer-errors   after the tests: how many arrays were compared with which
                                       library, and the largest relative errors
"""

from collections import Counter
from collections.abc import Iterable

import pytest
from peers import records
from tabulate import tabulate

WAYS = ("lecture", "definition", "library", "property", "bad_input", "example")
# No operations: no lecture, definition or library has a value for them.
SETTINGS = {"get_num_threads", "set_num_threads"}

_counts = pytest.StashKey[Counter[tuple[str, str]]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("the oracle")
    group.addoption(
        "--proofs", action="store_true", help="run nothing, print how each public name is proved"
    )
    group.addoption(
        "--peer-errors", action="store_true", help="print the largest differences from libraries"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--proofs"):
        config.stash[_counts] = _count(items)
        items.clear()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    counts = session.config.stash.get(_counts, None)
    if counts is not None:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED if _holes(counts) else pytest.ExitCode.OK


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts = terminalreporter.config.stash.get(_counts, None)
    if counts is not None:
        terminalreporter.write_line(_proof_table(counts))
    if terminalreporter.config.getoption("--peer-errors"):
        terminalreporter.write_line(_error_table())


def _count(items: Iterable[pytest.Item]) -> Counter[tuple[str, str]]:
    """Return how many tests prove (name, way); a mark that names nothing public is an error."""
    import reference  # not with every test of the grader

    counts: Counter[tuple[str, str]] = Counter()
    for item in items:
        for way in WAYS:
            names = {name for mark in item.iter_markers(way) for name in mark.args}
            unknown = sorted(names - set(reference.__all__))
            if unknown:
                raise pytest.UsageError(f"{item.nodeid}: {way} names {unknown}, not public")
            counts.update((name, way) for name in names)
    return counts


def _is_asked_for(name: str, way: str) -> bool:
    return name not in SETTINGS or way in ("property", "bad_input", "example")


def _holes(counts: Counter[tuple[str, str]]) -> int:
    import reference

    cells = [(name, way) for name in reference.__all__ for way in WAYS if _is_asked_for(name, way)]
    return sum(not counts[cell] for cell in cells)


def _proof_table(counts: Counter[tuple[str, str]]) -> str:
    import reference

    def cell(name: str, way: str) -> int | str:
        return (counts[name, way] or "HOLE") if _is_asked_for(name, way) else ""

    rows = [[name, *(cell(name, way) for way in WAYS)] for name in reference.__all__]
    table = tabulate(rows, ["tests of", *WAYS], colalign=["left"] + ["right"] * len(WAYS))
    holes = _holes(counts) or "no"
    return f"{table}\n\n{len(rows)} public names, {len(WAYS)} ways, {holes} hole(s)"


def _error_table() -> str:
    rows = [
        [operation, library, record.arrays, f"{record.float32:.1e}", f"{record.float64:.1e}"]
        for (operation, library), record in sorted(records.items())
    ]
    headers = ["operation", "library", "arrays", "float32", "float64"]
    note = "largest differences, relative to the largest number on the way; 0 is bit for bit"
    return f"\n{tabulate(rows, headers, disable_numparse=True)}\n\n{note}"
