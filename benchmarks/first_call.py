"""How long an engineer waits for `import reference` and for the first call of an operation.

Run: python -m benchmarks.first_call [--runs N] [--json]
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import click
from tabulate import tabulate

from benchmarks.measuring import environment, heading, machine

# Each step is timed inside its process; SciPy is hidden where a user would not have it.
PROGRAM = """
import json, sys, time
if not {scipy}:
    sys.modules["scipy"] = None
steps, began = {{}}, time.perf_counter()
def step(name):
    global began
    steps[name] = time.perf_counter() - began
    began = time.perf_counter()
import numpy as np; step("import numpy")
import reference; step("import reference")
{call}
print(json.dumps(steps))
"""
CALL = """
import numba; step("import numba")
x = {arguments}; began = time.perf_counter()
reference.{name}(*x); step("first call")
reference.{name}(*x); step("second call")
"""
CALLS = {
    "conv2d": "np.ones((1, 1, 5, 5)), np.ones((1, 1, 3, 3))",
    "max_pool2d": "np.ones((1, 1, 4, 4)), 2",
    "softmax": "np.ones((1, 4)),",
    "softmax_cross_entropy": "np.ones((2, 4)), np.array([0, 1])",
    "conv2d_backward": "np.ones((1, 1, 3, 3)), np.ones((1, 1, 5, 5)), np.ones((1, 1, 3, 3))",
    "roc_auc": "np.array([0, 1]), np.array([0.2, 0.8])",
}
BARS = {"import reference": 0.050, "warm": 0.1, "cold": 2.5}


def take(program: str, cache: Path | None) -> dict[str, float]:
    """Return the seconds of the steps of one process, and of the whole process."""
    own = {"NUMBA_CACHE_DIR": str(cache)} if cache else {}
    began = time.perf_counter()
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment(**own), capture_output=True, text=True)
    wall = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(done.stderr)
    steps: dict[str, float] = json.loads(done.stdout)
    return steps | {"whole process": wall}


def measure(runs: int) -> dict[str, dict[str, float]]:
    """Return the medians of each arm; the arms take turns, so that a busy minute hits them all."""
    arms = {"import": (PROGRAM.format(call="", scipy=True), "warm")}
    for name, arguments in CALLS.items():
        call = CALL.format(name=name, arguments=arguments)
        arms[f"{name}, warm"] = (PROGRAM.format(call=call, scipy=False), "warm")
        arms[f"{name}, cold"] = (PROGRAM.format(call=call, scipy=False), "cold")
    beside = CALL.format(name="conv2d", arguments=CALLS["conv2d"])
    arms["conv2d, warm, SciPy there"] = (PROGRAM.format(call=beside, scipy=True), "warm")
    taken: dict[str, list[dict[str, float]]] = {arm: [] for arm in arms}
    for turn in range(runs + 1):
        for arm, (program, cache) in arms.items():
            with tempfile.TemporaryDirectory() as empty:
                steps = take(program, Path(empty) if cache == "cold" else None)
            if turn:  # the first turn fills the cache
                taken[arm].append(steps)
    return {arm: _medians(steps) for arm, steps in taken.items()}


def _medians(steps: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(step[name] for step in steps) for name in steps[0]}


def table(medians: Mapping[str, Mapping[str, float]]) -> str:
    """Return the medians in milliseconds."""
    columns = list(dict.fromkeys(name for steps in medians.values() for name in steps))
    rows = [
        [arm, *(steps[name] * 1000 if name in steps else None for name in columns)]
        for arm, steps in medians.items()
    ]
    formats = ["", *(".3f" if name == "second call" else ".1f" for name in columns)]
    return tabulate(rows, ["median ms", *columns], floatfmt=formats)


def verdicts(medians: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return one line for each bar, about the slowest operation."""
    figures = {"import reference": medians["import"]["import reference"]}
    for state in ("warm", "cold"):
        figures[state] = max(
            steps["first call"] for arm, steps in medians.items() if arm.endswith(f", {state}")
        )
    texts = {
        "import reference": "import reference, beyond NumPy",
        "warm": "slowest first call beyond importing Numba, kernels cached",
        "cold": "slowest first call beyond importing Numba, nothing cached",
    }
    return [
        f"{texts[name]}: {figures[name]:.3f} s; bar {bar} s: "
        + ("met" if figures[name] <= bar else "missed")
        for name, bar in BARS.items()
    ]


@click.command()
@click.option("--runs", default=9, show_default=True, type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="The medians, in seconds.")
def main(runs: int, as_json: bool) -> None:
    """Measure what comes before the first result of the oracle."""
    facts = machine()
    medians = measure(runs)
    if as_json:
        click.echo(json.dumps({"machine": facts, "medians": medians, "bars": BARS}, indent=2))
        return
    click.echo(f"{heading(facts)}\n\n{table(medians)}\n")
    click.echo("\n".join(verdicts(medians)))


if __name__ == "__main__":
    main()
