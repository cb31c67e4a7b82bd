"""How long a student waits for `grade check`, next to `python -c "import numpy"`.

Run: python -m benchmarks.check_latency [--runs N] [--json]
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import click
from tabulate import tabulate

from benchmarks.measuring import EXERCISES, NAMES, environment, grade_command, heading, machine, run

BAR = 2.5
NUMPY = 'python -c "import numpy"'
CHECK = "grade check, one exercise"
WARM_UPS = 2


def hand_in(folder: Path, names: tuple[str, ...]) -> Path:
    """Return a new folder with the solutions of these exercises."""
    folder.mkdir()
    for name in names:
        shutil.copy(EXERCISES / name / "solution.py", folder / f"{name}.py")
    return folder


def measure(runs: int) -> dict[str, list[float]]:
    """Return the wall seconds of each command, taken in turns after a warm-up."""
    grade = grade_command()
    with tempfile.TemporaryDirectory() as temporary:
        one = hand_in(Path(temporary) / "one", ("conv2d",))
        all_of_them = hand_in(Path(temporary) / "all", NAMES)
        commands = {
            NUMPY: ([sys.executable, "-c", "import numpy"], one),
            CHECK: ([*grade, "check", "conv2d.py"], one),
            f"grade check, all {len(NAMES)} functions": ([*grade, "check"], all_of_them),
            "grade list": ([*grade, "list"], all_of_them),
            "grade --help": ([*grade, "--help"], all_of_them),
        }
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(WARM_UPS + runs):
            for name, (command, folder) in commands.items():
                began = time.perf_counter()
                run(command, folder, environment(), codes={0})
                if turn >= WARM_UPS:
                    seconds[name].append(time.perf_counter() - began)
    return seconds


def table(seconds: Mapping[str, list[float]]) -> str:
    """Return the medians, the smallest values and the ratios to NumPy's import."""
    unit = statistics.median(seconds[NUMPY])
    rows = [
        [name, statistics.median(taken) * 1000, min(taken) * 1000, statistics.median(taken) / unit]
        for name, taken in seconds.items()
    ]
    headers = ["whole process, warm", "median ms", "least ms", "x import numpy"]
    return tabulate(rows, headers, floatfmt=("", ".0f", ".0f", ".2f"))


@click.command()
@click.option("--runs", default=21, show_default=True, type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="The single values, in seconds.")
def main(runs: int, as_json: bool) -> None:
    """Measure `grade check` against importing NumPy."""
    facts = machine()
    seconds = measure(runs)
    ratio = statistics.median(seconds[CHECK]) / statistics.median(seconds[NUMPY])
    if as_json:
        found = {"machine": facts, "seconds": seconds, "ratio": ratio, "bar": BAR}
        click.echo(json.dumps(found, indent=2))
        return
    click.echo(f"{heading(facts)}\n\n{table(seconds)}\n")
    verdict = "met" if ratio <= BAR else "missed"
    click.echo(f"{CHECK}: {ratio:.2f} x importing NumPy, {runs} runs; bar {BAR}: {verdict}")


if __name__ == "__main__":
    main()
