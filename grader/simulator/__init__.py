"""A simulator of CUDA for functions under `@cuda.jit`: deterministic, and it finds faults.

    report = launch(add, grid=8, block=128, arguments=(x, y, out))
    print([finding.in_words() for finding in report.findings], report.measures)

One greenlet is one CUDA thread; a block's threads run in the order of their numbers from barrier
to barrier, one block after the other. For a student's file, `stub_modules` gives what to put into
`sys.modules` before the file is imported, so that no Numba is:

    reports: list[Report] = []
    sys.modules.update(stub_modules(reports))

A function called as `add[8, 128](x, y, out)` then runs here and its report is appended to the list.
docs/simulator.md says what it finds and what it cannot see.
"""

from .findings import KINDS, Finding, Place, Report
from .launch import BUDGET, launch
from .measures import Measures
from .stubs import stub_modules

__all__ = [
    "BUDGET",
    "KINDS",
    "Finding",
    "Measures",
    "Place",
    "Report",
    "launch",
    "stub_modules",
]
