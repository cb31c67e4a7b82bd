"""The kernels of `reference` on a GPU beside PyTorch's: ratios, bars, and the share of a copy."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from benchmarks.gpu_rows import COPY, FAMILIES, collect
from benchmarks.measuring import heading, machine
from benchmarks.ratio_tables import Measured, by_operation, geometric_means, operation_text

LEGEND = f"""\
Ratios are PyTorch's time over ours: above 1 we are faster. "{COPY}" is the time that a copy of as
many bytes takes on this device, over ours: 1 is as fast as memory goes."""
EXAMPLES = """\
\b
Examples:
  python -m benchmarks.gpu                              everything
  python -m benchmarks.gpu --only convolution           one family
  python -m benchmarks.gpu --only adam --only "VGG 64"  rows that name either
  python -m benchmarks.gpu --json > gpu.json            every sample
  NUMBA_ENABLE_CUDASIM=1 python -m benchmarks.gpu --simulate"""
NO_DEVICE = 3


@click.command(epilog=EXAMPLES)
@click.option("--only", multiple=True, metavar="TEXT", help=f"{', '.join(FAMILIES)}, or a text.")
@click.option("--rounds", default=11, show_default=True, type=click.IntRange(min=1))
@click.option("--json", "is_json", is_flag=True, help="All values, in seconds.")
@click.option("--simulate", is_flag=True, help="Tiny rows in Numba's simulator; no times.")
def main(only: tuple[str, ...], rounds: int, is_json: bool, simulate: bool) -> None:
    """Compare kernels with PyTorch on this GPU, float32 as such (without TF32).

    Exit code 1 where results differ, 3 where there is no device.
    """
    if simulate != (os.environ.get("NUMBA_ENABLE_CUDASIM") == "1"):
        raise click.UsageError(
            "--simulate: goes with NUMBA_ENABLE_CUDASIM=1, and with nothing else"
        )
    _check_device()
    measured = _simulate(only) if simulate else _compare(only, rounds, is_json)
    sys.exit(1 if any(row.mismatches for row in measured) else 0)


def _check_device() -> None:
    from reference.cuda.target import check_device

    try:
        check_device()
    except RuntimeError as error:
        click.echo(error, err=True)
        sys.exit(NO_DEVICE)


def _simulate(only: tuple[str, ...]) -> list[Measured]:
    """Print which rows are right; no row is timed."""
    from benchmarks.gpu_outcome import check

    measured = []
    for row in collect(only, is_tiny=True):
        outcome = check(row)
        told = "; ".join(f"{name}: {what}" for name, what in outcome.mismatches.items()) or "right"
        click.echo(f"{row.operation}, {row.shape}: {told}")
        measured.append(outcome)
    click.echo(f"{len(measured)} rows; nothing is timed in a simulator")
    return measured


def _compare(only: tuple[str, ...], rounds: int, is_json: bool) -> list[Measured]:
    """Print the tables, or all values."""
    from benchmarks.gpu_outcome import measure
    from benchmarks.gpu_timing import count_copies, gpu_facts, measure_bandwidth

    bandwidth = measure_bandwidth(rounds)
    told = machine() | gpu_facts() | {"copy": f"{bandwidth / 1e9:.0f} GB/s, read and written"}
    measured = []
    for row in collect(only, is_tiny=False):
        click.echo(f"{row.operation}, {row.shape}", err=True)
        measured.append(measure(row, count_copies, rounds, bandwidth))
    click.echo(as_json(measured, told) if is_json else as_text(measured, told))
    return measured


def as_json(measured: Sequence[Measured], told: Mapping[str, str]) -> str:
    """Return all values."""
    means = {name: geometric_means(rows) for name, rows in by_operation(measured).items()}
    found: dict[str, Any] = {"machine": told, "geometric_means": means}
    return json.dumps(found | {"rows": [row.as_json() for row in measured]}, indent=2)


def as_text(measured: Sequence[Measured], told: Mapping[str, str]) -> str:
    """Return the tables."""
    tables = [operation_text(name, rows) for name, rows in by_operation(measured).items()]
    missed = sum(bool(row.missed) for row in measured)
    wrong = sum(bool(row.mismatches) for row in measured)
    total = f"{len(measured)} rows; {missed} miss a bar; {wrong} disagree"
    return "\n\n".join([heading(told), LEGEND, *tables, total])


if __name__ == "__main__":
    main()
