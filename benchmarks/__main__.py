"""Every operation of `reference` beside its peers: ratios, bars, the machine's floor, errors."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from benchmarks.equal_threads import begin_anew, set_threads
from benchmarks.interleaved import clock_for
from benchmarks.machine_limits import Limits, measure_limits
from benchmarks.measuring import cores, heading, machine
from benchmarks.ratio_tables import Measured, by_operation, geometric_means, operation_text
from benchmarks.row_outcome import measure
from benchmarks.rows import PACKAGES, collect, families, missing_peers

DISTRIBUTIONS = {**{package: package for package in PACKAGES.values()}, "sklearn": "scikit-learn"}
DTYPES = ("float32", "float64", "int64")
LEGEND = """\
Ratios are a peer's time over ours: above 1 we are faster. "floor" is the least time that the peaks
allow, "of floor" how near ours comes; what stays in a cache may beat it."""
EXAMPLES = """\
\b
Examples:
  python -m benchmarks                                everything, one thread
  python -m benchmarks --only metrics --dtype float32 one family, one dtype
  python -m benchmarks --only softmax --only lenet    rows that name either
  python -m benchmarks --threads 2                    wall clock, and ours against itself
  python -m benchmarks --json > rows.json             every sample
"""


def facts(threads: int, limits: Limits) -> dict[str, str]:
    """Return what a reader needs to judge the ratios by."""
    gigaflops = [f"{peak / 1e9:.0f} {dtype}" for dtype, peak in limits.flops_per_second.items()]
    bandwidth = f"{limits.bytes_per_second / 1e9:.0f} GB/s"
    return machine() | {
        "peers": ", ".join(_peer_versions()),
        "missing": ", ".join(missing_peers()) or "no peer",
        "threads": f"{threads} of {cores()}; {clock_for(threads).name}",
        "peaks": f"GFLOP/s {', '.join(gigaflops)} (one core x {threads}); {bandwidth}",
    }


def _peer_versions() -> Iterator[str]:
    for peer, package in PACKAGES.items():
        try:
            yield f"{peer} {version(DISTRIBUTIONS[package])}"
        except PackageNotFoundError:
            continue


def as_json(measured: Sequence[Measured], told: Mapping[str, str], limits: Limits) -> str:
    """Return all values."""
    means = {name: geometric_means(rows) for name, rows in by_operation(measured).items()}
    found: dict[str, Any] = {"machine": told, "limits": vars(limits), "geometric_means": means}
    return json.dumps(found | {"rows": [row.as_json() for row in measured]}, indent=2)


def as_text(measured: Sequence[Measured], told: Mapping[str, str]) -> str:
    """Return the tables."""
    tables = [operation_text(name, rows) for name, rows in by_operation(measured).items()]
    missed = sum(bool(row.missed) for row in measured)
    wrong = sum(bool(row.mismatches) for row in measured)
    total = f"{len(measured)} rows; {missed} miss a bar; {wrong} disagree"
    return "\n\n".join([heading(told), LEGEND, *tables, total])


@click.command(epilog=EXAMPLES)
@click.option(
    "--only", multiple=True, metavar="TEXT", help=f"A family ({', '.join(families())}) or a text."
)
@click.option("--threads", default=1, show_default=True, type=click.IntRange(min=1))
@click.option("--rounds", default=11, show_default=True, type=click.IntRange(min=1))
@click.option("--dtype", "dtypes", multiple=True, type=click.Choice(DTYPES))
@click.option("--json", "is_json", is_flag=True, help="All values, in seconds.")
def main(
    only: tuple[str, ...], threads: int, rounds: int, dtypes: tuple[str, ...], is_json: bool
) -> None:
    """Compare operations with the installed peers, in turns, in one process."""
    begin_anew(threads)
    set_threads(threads)
    limits = measure_limits(threads)
    told = facts(threads, limits)
    measured = []
    for row in collect(only, dtypes):
        click.echo(f"{row.operation}, {row.shape}, {row.dtype}", err=True)
        set_threads(threads)  # of a peer that was loaded for the last row
        measured.append(measure(row, clock_for(threads), rounds, limits))
    if not measured:
        got = " ".join([*(f"--only {text!r}" for text in only), *(f"--dtype {d}" for d in dtypes)])
        expected = f"a family ({', '.join(families())}) or a part of a row's name, as it is printed"
        raise click.UsageError(f"got {got}, which no row matches; expected {expected}")
    click.echo(as_json(measured, told, limits) if is_json else as_text(measured, told))
    sys.exit(1 if any(row.mismatches for row in measured) else 0)


if __name__ == "__main__":
    main()
