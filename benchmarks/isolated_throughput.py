"""Hand-ins a second at each isolation level, with one slot and with two, and what they cost.

Run: python -m benchmarks.isolated_throughput [--submissions N] [--json]

CPU is sampled from /proc; at level "none" that of the children is not, they live too shortly.
"""

import json
import subprocess
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from tabulate import tabulate

from benchmarks.hand_ins import ASSIGNMENT, NINE, make_course, solution, write_hand_in
from benchmarks.measuring import cores, environment, grade_command, heading, machine
from benchmarks.processes import Seen, family
from grader.border.proof import choose

BAR, GRADER_BAR = 150.0, 4.0
SEED = 20261121
WATCH_SECONDS = 0.05


@dataclass(frozen=True)
class Cost:
    """What a batch took, start and gradebook included."""

    level: str
    jobs: int
    hand_ins: int
    wall_seconds: float
    grader_seconds: float  # CPU of coordinator and slots, but for the last moments of each
    child_seconds: float  # CPU of what runs submissions, likewise
    coordinator_mib: float  # the most
    slot_mib: float  # the most of one
    descriptors: int  # the most of one, coordinator or slot

    @property
    def per_second(self) -> float:
        """Hand-ins a second."""
        return self.hand_ins / self.wall_seconds


class Watch:
    """Looks at a batch's processes until it ends."""

    def __init__(self, root: int) -> None:
        self.last: dict[int, Seen] = {}
        self.most = {"coordinator": 0.0, "slot": 0.0}
        self.descriptors = 0
        self._root, self._ended = root, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        while not self._ended.wait(WATCH_SECONDS):
            for one in family(self._root):
                self.last[one.pid] = one
                if one.kind in self.most:
                    self.most[one.kind] = max(self.most[one.kind], one.memory_mib)
                    self.descriptors = max(self.descriptors, one.descriptors)

    def cpu_seconds(self, *kinds: str) -> float:
        """Return the CPU time of all processes of some kinds."""
        return sum(one.cpu_seconds for one in self.last.values() if one.kind in kinds)

    def end(self) -> None:
        """Stop looking."""
        self._ended.set()
        self._thread.join()


def batch(course: Path, hand_ins: Path, out: Path, level: str, jobs: int, count: int) -> Cost:
    """Grade all hand-ins, all of which are right."""
    options = ["-a", ASSIGNMENT, "--out", out, "--jobs", jobs, "--seed", SEED]
    options += ["--isolation", level, "--course", course]
    command = [*grade_command(), "batch", str(hand_ins), *map(str, options)]
    began = time.perf_counter()
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        watch = Watch(process.pid)
        told, _ = process.communicate()
    wall = time.perf_counter() - began
    watch.end()
    rows = (out / "gradebook.csv").read_text().splitlines()[1:]
    if process.returncode or sum(",9,9,complete" in row for row in rows) != count:
        raise SystemExit(f"{' '.join(command)}: not everybody got 9 of 9\n{told[-2000:]}")
    cpu = watch.cpu_seconds("coordinator", "slot"), watch.cpu_seconds("zygote")
    memory = watch.most["coordinator"], watch.most["slot"]
    return Cost(level, jobs, count, wall, *cpu, *memory, watch.descriptors)


def table(costs: list[Cost]) -> str:
    """Return a row for each batch."""
    rows = [
        [
            one.level,
            one.jobs,
            one.hand_ins,
            one.wall_seconds,
            one.per_second,
            one.grader_seconds / one.hand_ins * 1000,
            one.child_seconds / one.hand_ins * 1000,
            one.coordinator_mib,
            one.slot_mib,
            one.descriptors,
        ]
        for one in costs
    ]
    headers = ["level", "slots", "hand-ins", "wall s", "hand-ins/s", "grader CPU ms"]
    headers += ["child CPU ms", "coordinator MiB", "slot MiB", "descriptors"]
    return tabulate(rows, headers, floatfmt=".1f")


@click.command()
@click.option("--submissions", default=400, show_default=True, type=click.IntRange(min=1))
@click.option("--levels", help="Such as strong,none; at least these. Default: the best.")
@click.option("--slots", default=f"1,{cores()}", show_default=True)
@click.option("--json", "as_json", is_flag=True)
def main(submissions: int, levels: str | None, slots: str, as_json: bool) -> None:
    """Measure batches of the nine-exercise assignment, vectorised, at each level."""
    facts = machine()
    wanted = levels.split(",") if levels else [choose("best").level]
    costs = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = make_course(folder / "course").folder
        files = {exercise: solution(exercise, vectorised=True) for exercise in NINE}
        for number in range(submissions):
            write_hand_in(folder / "hand-ins" / f"student-{number:05}", files, number)
        for level in wanted:
            choose(level).close()
            for jobs in map(int, slots.split(",")):
                out = folder / f"{level}-{jobs}"
                costs.append(batch(course, folder / "hand-ins", out, level, jobs, submissions))
    if as_json:
        click.echo(json.dumps({"machine": facts, "costs": [asdict(c) for c in costs]}, indent=2))
        return
    click.echo(f"{heading(facts)}\n\n{len(NINE)} exercises, vectorised solutions\n{table(costs)}")
    best = max((c for c in costs if c.level == wanted[0]), key=lambda cost: cost.per_second)
    each = best.grader_seconds / best.hand_ins * 1000
    for text, figure, met, bar in [
        ("hand-ins a second", best.per_second, best.per_second >= BAR, BAR),
        ("grader's CPU, ms each", each, each <= GRADER_BAR, GRADER_BAR),
    ]:
        verdict = "met" if met else "missed"
        click.echo(f"{best.level}: {text} {figure:.1f}; bar {bar:g}: {verdict}")


if __name__ == "__main__":
    main()
