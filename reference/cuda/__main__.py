"""`python -m reference.cuda`: compile every kernel for GPUs that need not be there."""

import argparse
import json
import sys
from importlib.util import find_spec

from tabulate import tabulate

from reference.cuda.compilation import (
    ARCHITECTURES,
    Entry,
    compile_families,
    find_fault,
    name_gpu,
)
from reference.cuda.families import list_families, list_unproved
from reference.cuda.target import EXTRA, IS_SIMULATED

HEADERS = ("kernel", "dtype", "shared", "local", "spilled", "f64", "div64")
FACTS = "shared_bytes", "local_bytes", "spilled_bytes", "double_instructions", "wide_divisions"


def main() -> int:
    """Compile and link every kernel for five GPUs; say what they take, and what should not be.

    Exit code 1 on a kernel that does not compile, float64 instructions in a kernel of float32,
    local memory, spilled registers or a kernel without a proof; 3 where nothing can be compiled.
    """
    parser = argparse.ArgumentParser(
        "python -m reference.cuda", description=main.__doc__, epilog="It needs no GPU."
    )
    parser.add_argument("families", nargs="*", metavar="FAMILY", help="convolution, ...; else all")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--markdown", action="store_true", help="print docs/cuda.md's table")
    given = parser.parse_args()
    missing = _find_missing()
    if missing:
        print(f"nothing is compiled: {missing}", file=sys.stderr)
        return 3
    families = tuple(given.families) or list_families()
    if not set(families) <= set(list_families()):
        parser.error(f"families: got {families}, expected some of {list_families()}")
    entries = compile_families(families)
    faults = [fault for entry in entries for fault in find_faults(entry)]
    if not given.families:
        faults += [f"{kernel} has no proof" for kernel in list_unproved(families)]
    if given.json:
        compiled = [entry._asdict() for entry in entries]
        print(json.dumps({"compiled": compiled, "faults": faults}, indent=2))
    elif given.markdown:
        print(summarize(entries))
    else:
        print(_text(entries, faults))
    return 1 if faults else 0


def _find_missing() -> str:
    if IS_SIMULATED:
        return "NUMBA_ENABLE_CUDASIM is set, which simulates a GPU"
    if find_spec("numba_cuda") is None:
        return f"numba-cuda is not installed; {EXTRA}"
    return find_fault()


def find_faults(entry: Entry) -> list[str]:
    """Return what should not be, a line each."""
    where = f"{entry.family}: {entry.name} ({entry.dtype})"
    if entry.error:
        return [f"{where}: is not compiled: {entry.error}"]
    wrong = {
        "bytes of local memory": entry.worst("local_bytes"),
        "accesses to local memory": entry.worst("local_accesses"),
        "bytes of spilled registers": entry.worst("spilled_bytes"),
    }
    if entry.dtype != "float64" and not entry.adds_in_double:
        wrong["float64 instructions"] = entry.worst("double_instructions")
    return [f"{where}: {count} {what}" for what, count in wrong.items() if count]


def summarize(entries: list[Entry]) -> str:
    """Return a line for each family, of the kernel that takes most, as a table of Markdown."""
    rows = []
    for family in dict.fromkeys(entry.family for entry in entries):
        own = [entry for entry in entries if entry.family == family and entry.compiled]
        most = [max(e.compiled[i]["registers"] for e in own) for i in range(len(ARCHITECTURES))]
        single = [e for e in own if e.dtype != "float64" and not e.adds_in_double]
        doubles = max((e.worst("double_instructions") for e in single), default="")
        worst = [max(e.worst(fact) for e in own) for fact in FACTS[:3]]
        rows.append([family, len(own), *most, *worst, doubles])
    headers = ["family", "kernels", *map(name_gpu, ARCHITECTURES), *HEADERS[2:5], "f64 in float32"]
    return str(tabulate(rows, headers, tablefmt="github"))


def _text(entries: list[Entry], faults: list[str]) -> str:
    headers = [*HEADERS[:2], *map(name_gpu, ARCHITECTURES), *HEADERS[2:]]
    rows = [
        [f"{e.family}: {e.name}", _dtype(e), *(c["registers"] for c in e.compiled)]
        + [e.worst(fact) for fact in FACTS]
        for e in entries
        if not e.error
    ]
    table = tabulate(rows, headers)
    key = (
        "sm_..: registers of a thread. Of the worst GPU: shared, local, spilled: bytes (of shared,"
        "\n1 KiB is the GPU's own from sm_80 on); f64, div64: float64 operations, 64-bit divisions"
        "\nin PTX."
    )
    verdict = f"{len(faults)} faults" if faults else "no fault"
    listed = "".join(f"\n  {fault}" for fault in faults)
    return f"{table}\n\n{key}\n{len(rows)} kernels for {len(ARCHITECTURES)} GPUs: {verdict}{listed}"


def _dtype(entry: Entry) -> str:
    return f"{entry.dtype}, adds in float64" if entry.adds_in_double else entry.dtype


if __name__ == "__main__":
    sys.exit(main())
