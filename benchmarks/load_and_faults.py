"""A batch under load, with hostile hand-ins among the good; and a batch whose processes are killed.

Run: python -m benchmarks.load_and_faults [--submissions N] [--hostile PERCENT] [--kills N]
"""

import csv
import json
import os
import random
import signal
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import click

from benchmarks.hand_ins import ASSIGNMENT, hostile_situations, hurried_course, write_mixed
from benchmarks.measuring import environment, grade_command, heading, machine
from benchmarks.processes import family, left_behind
from grader.batch.store import Store
from grader.border.proof import choose

SEED = 20261121
SETTLE_SECONDS = 3.0


class Ground:
    """A folder with a course and hand-ins, and a temporary folder for the batch alone."""

    def __init__(self, folder: Path, count: int, percent: float) -> None:
        self.folder = folder
        self.level = choose("best").level
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self.course = hurried_course(folder / "course").folder
        self.situations = hostile_situations(self.level)
        kinds = sorted(self.situations)
        self.students = write_mixed(folder / "hand-ins", count, kinds, percent / 100)

    def command(self, out: str) -> list[str]:
        """Return the command that grades everything into a folder."""
        options = ["--assignment", ASSIGNMENT, "--out", self.folder / out, "--seed", SEED]
        options += ["--isolation", self.level, "--course", self.course]
        return [*grade_command(), "batch", str(self.folder / "hand-ins"), *map(str, options)]

    def start(self, out: str) -> "subprocess.Popen[bytes]":
        """Start grading."""
        env = environment(TMPDIR=str(self.temporary))
        quiet = subprocess.DEVNULL
        return subprocess.Popen(self.command(out), env=env, stdout=quiet, stderr=quiet)

    def gradebook(self, out: str) -> bytes:
        """Return what instructors get."""
        return (self.folder / out / "gradebook.csv").read_bytes()

    def misjudged(self, out: str) -> list[str]:
        """Return who was lost, a good one without full points, a hostile one judged otherwise."""
        text = self.gradebook(out).decode()
        points = {row["student"]: row for row in csv.DictReader(text.splitlines())}
        store = Store(self.folder / out)
        wrong = []
        for student, kind in self.students.items():
            verdict, full = self.situations[kind] if kind else ("passed", True)
            row = points.get(student)
            told = store.result(student).exercises[0].verdict if row else "lost"
            if row is None or told != verdict or (row["points"] == row["max_points"]) != full:
                wrong.append(f"{student} ({kind or 'good'}): {told}, expected {verdict}")
        store.close()
        return wrong

    def left(self) -> list[str]:
        """Return the processes and files that have outlived the batch."""
        until = time.monotonic() + SETTLE_SECONDS
        while left_behind() and time.monotonic() < until:
            time.sleep(0.05)
        return [*map(str, left_behind()), *(path.name for path in self.temporary.iterdir())]


def load(ground: Ground) -> dict[str, object]:
    """Grade everything in one go; return what came of it."""
    began = time.perf_counter()
    process = ground.start("load")
    peaks: dict[str, list[float]] = {"coordinator": [], "slot": []}
    descriptors: list[int] = []
    while process.poll() is None:
        time.sleep(0.2)
        seen = family(process.pid)
        for kind, peak in peaks.items():
            peak.append(max((one.memory_mib for one in seen if one.kind == kind), default=0.0))
        watched = (one.descriptors for one in seen if one.kind in peaks)
        descriptors.append(max(watched, default=0))
    wall = time.perf_counter() - began
    early, late = len(descriptors) // 10, len(descriptors) * 9 // 10
    return {
        "hand-ins": len(ground.students),
        "hostile": sum(map(bool, ground.students.values())),
        "kinds of hostility": len(set(ground.students.values())) - 1,
        "seconds": round(wall, 1),
        "exit code": process.returncode,
        "misjudged or lost": ground.misjudged("load"),
        "left behind": ground.left(),
        "coordinator MiB at 10 % and 90 %": [round(peaks["coordinator"][k]) for k in (early, late)],
        "slot MiB at 10 % and 90 %": [round(peaks["slot"][k]) for k in (early, late)],
        "descriptors at 10 % and 90 %": [descriptors[k] for k in (early, late)],
    }


class Killer(threading.Thread):
    """Kills a process of the running batch now and then, of a kind that is drawn first."""

    def __init__(self, kills: int) -> None:
        super().__init__(daemon=True)
        self.left = kills
        self.killed: Counter[str] = Counter()
        self.root = 0
        self._draw = random.Random(SEED)

    def run(self) -> None:
        """Kill until it has been often enough."""
        while self.left:
            time.sleep(self._draw.uniform(0.02, 0.4))
            by_kind: dict[str, list[int]] = {}
            for one in family(self.root) if self.root else ():
                by_kind.setdefault(one.kind, []).append(one.pid)
            # The coordinator is drawn seldom: each time the batch has to start anew.
            kinds = [kind for kind in sorted(by_kind) if kind != "coordinator"]
            if by_kind and self._draw.random() < 0.1:
                kinds = ["coordinator"]
            if not kinds:
                continue
            kind = self._draw.choice(kinds)
            try:
                os.kill(self._draw.choice(by_kind[kind]), signal.SIGKILL)
            except ProcessLookupError:
                continue
            self.killed[kind] += 1
            self.left -= 1


def faults(ground: Ground, kills: int) -> dict[str, object]:
    """Grade everything while processes are killed; start again until all is graded."""
    ground.start("unbroken").wait()
    killer, starts = Killer(kills), 0
    killer.start()
    code = -1
    while code != 0 or killer.left:
        if code == 0:  # all is graded, and kills are left: once more from the beginning
            subprocess.run(["rm", "-rf", str(ground.folder / "broken")], check=True)
        process = ground.start("broken")
        killer.root, starts = process.pid, starts + 1
        code = process.wait()
        killer.root = 0
    same = ground.gradebook("broken") == ground.gradebook("unbroken")
    return {
        "hand-ins": len(ground.students),
        "kills": dict(killer.killed),
        "starts": starts,
        "the gradebook is that of an unbroken run": same,
        "misjudged or lost": ground.misjudged("broken"),
        "left behind": ground.left(),
    }


def told(findings: Mapping[str, object]) -> str:
    """Return the findings, a line each."""
    return "\n".join(f"  {name}: {found}" for name, found in findings.items())


@click.command()
@click.option("--submissions", default=10_000, show_default=True, type=click.IntRange(min=20))
@click.option("--hostile", default=5.0, show_default=True, help="Percent of them.")
@click.option("--kills", default=100, show_default=True, type=click.IntRange(min=0))
@click.option("--json", "as_json", is_flag=True)
def main(submissions: int, hostile: float, kills: int, as_json: bool) -> None:
    """Hold a load, and survive faults."""
    facts = machine()
    findings = {}
    with tempfile.TemporaryDirectory() as name:
        ground = Ground(Path(name), submissions, hostile)
        findings["load"] = load(ground)
    with tempfile.TemporaryDirectory() as name:
        ground = Ground(Path(name), min(submissions, 400), 0.0)
        if kills:
            findings["faults"] = faults(ground, kills)
    if as_json:
        click.echo(json.dumps({"machine": facts, "level": ground.level, **findings}, indent=2))
    else:
        click.echo(f"{heading(facts)}\nisolation:   {ground.level}")
        for part, found in findings.items():
            click.echo(f"\n{part}\n{told(found)}")
    bad = ("misjudged or lost", "left behind")
    if any(found[name] for found in findings.values() for name in bad):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
