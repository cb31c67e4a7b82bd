"""How fast `grader.simulator` runs a grid of threads, beside the simulator that Numba brings.

Run: python -m benchmarks.cuda_simulators [--rounds N] [--json]
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import click
import numpy as np
from tabulate import tabulate

from benchmarks.measuring import environment, heading, machine

ROOT = Path(__file__).parents[1]
STOCK, UNCHECKED, CHECKED = "Numba's", "unchecked", "checked"
BARS = {UNCHECKED: 5.0, CHECKED: 1.0}
Seconds = Mapping[str, Mapping[str, list[float]]]  # row -> simulator -> samples


def run_rows(simulator: str) -> dict[str, float]:
    """Return the seconds of the second launch of each row; the first one warms up."""
    if simulator != STOCK:
        from grader.simulator import stub_modules

        sys.modules.update(stub_modules(is_checked=simulator == CHECKED))
    from benchmarks.cuda_kernels import rows

    seconds = {}
    for row in rows():
        for _ in range(2):
            began = time.perf_counter()
            row.function[row.grid, row.block](*row.arguments)
            seconds[row.name] = time.perf_counter() - began
        out, *operands = row.arguments
        np.testing.assert_allclose(out, row.expected(*operands), rtol=1e-4, atol=1e-5)
    return seconds


def measure(rounds: int) -> dict[str, dict[str, list[float]]]:
    """Return samples of each simulator, which take turns, each in a process of its own."""
    seconds: dict[str, dict[str, list[float]]] = {}
    for _ in range(rounds):
        for simulator in (STOCK, UNCHECKED, CHECKED):
            for name, taken in _in_child(simulator).items():
                seconds.setdefault(name, {}).setdefault(simulator, []).append(taken)
    return seconds


def _in_child(simulator: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.cuda_simulators", "--child", simulator]
    env = environment(NUMBA_ENABLE_CUDASIM="1", PYTHONPATH=str(ROOT))
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{simulator} failed:\n{done.stderr}")
    told: dict[str, float] = json.loads(done.stdout)
    return told


def ratios(seconds: Seconds, simulator: str) -> list[float]:
    """Return for each row how many times faster than Numba's one of ours is."""
    medians = [{k: statistics.median(v) for k, v in row.items()} for row in seconds.values()]
    return [row[STOCK] / row[simulator] for row in medians]


def table(seconds: Seconds) -> str:
    """Return medians in milliseconds and the ratios."""
    columns = {simulator: ratios(seconds, simulator) for simulator in BARS}
    lines = []
    for place, (name, row) in enumerate(seconds.items()):
        line: list[object] = [name, 1000 * statistics.median(row[STOCK])]
        for simulator in BARS:
            line += [1000 * statistics.median(row[simulator]), columns[simulator][place]]
        lines.append(line)
    headers = ["launch", f"{STOCK} ms", "unchecked ms", "faster", "checked ms", "faster"]
    return tabulate(lines, headers, floatfmt=("", ".0f", ".1f", ".1f", ".1f", ".1f"))


@click.command()
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="The single values, in seconds.")
@click.option("--child", hidden=True)
def main(rounds: int, as_json: bool, child: str | None) -> None:
    """Measure five launches in both simulators."""
    if child:
        click.echo(json.dumps(run_rows(child)))
        return
    facts, seconds = machine(), measure(rounds)
    if as_json:
        click.echo(json.dumps({"machine": facts, "seconds": seconds, "bars": BARS}, indent=2))
        return
    click.echo(f"{heading(facts)}\n\n{table(seconds)}\n")
    for simulator, bar in BARS.items():
        least = min(ratios(seconds, simulator))
        verdict = "met" if least >= bar else "missed"
        click.echo(f"{simulator}: at least {least:.1f} x as fast, bar {bar:.0f}: {verdict}")


if __name__ == "__main__":
    main()
