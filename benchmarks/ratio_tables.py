"""What was measured of a row, and the tables that are printed of it."""

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tabulate import tabulate

OURS = "ours"
ALONE = "1 thread"  # ours with one thread, beside ours with more

Cells = list[str]


@dataclass(frozen=True)
class Measured:
    """A row's outcome. Times and errors are by name, ours first, then the peers."""

    operation: str
    shape: str
    dtype: str
    seconds: Mapping[str, float]
    bars: Mapping[str, float] = field(default_factory=dict)  # peer -> least ratio
    floor_seconds: float = 0.0  # 0: unknown
    errors: Mapping[str, float] = field(default_factory=dict)  # largest, by the row's truth
    mismatches: Mapping[str, str] = field(default_factory=dict)  # peer -> what differs; not timed
    serial: Sequence[str] = ()  # the peers that use one thread however many there are
    samples: Mapping[str, Sequence[float]] = field(default_factory=dict)

    @property
    def ratios(self) -> dict[str, float]:
        """Each peer's time over ours: above 1 we are faster."""
        others = [name for name in self.seconds if name != OURS]
        return {name: self.seconds[name] / self.seconds[OURS] for name in others}

    @property
    def missed(self) -> list[str]:
        """The peers whose ratio is below the bar."""
        return [peer for peer, bar in self.bars.items() if self.ratios.get(peer, math.inf) < bar]

    def as_json(self) -> dict[str, Any]:
        """Return every value that was measured and what follows from it."""
        return asdict(self) | {"ratios": self.ratios, "missed": self.missed}


def by_operation(measured: Iterable[Measured]) -> dict[str, list[Measured]]:
    """Return the rows of each operation, in the order of their first appearance."""
    groups: dict[str, list[Measured]] = {}
    for row in measured:
        groups.setdefault(row.operation, []).append(row)
    return groups


def geometric_means(rows: Iterable[Measured]) -> dict[str, float]:
    """Return the geometric mean of the ratios to each peer, over the rows that it is in."""
    ratios: dict[str, list[float]] = {}
    for row in rows:
        for peer, ratio in row.ratios.items():
            ratios.setdefault(peer, []).append(ratio)
    return {peer: statistics.geometric_mean(values) for peer, values in ratios.items()}


def operation_text(operation: str, rows: Sequence[Measured]) -> str:
    """Return an operation's ratios, mismatches and, where there is a truth, errors."""
    parts = [f"## {operation}", _ratio_table(rows)]
    serial = sorted({peer for row in rows if ALONE in row.seconds for peer in row.serial})
    parts += [f"One thread only: {', '.join(serial)}."] if serial else []
    parts += [_name_mismatch(row, *told) for row in rows for told in row.mismatches.items()]
    if any(row.errors for row in rows):
        parts += ["Largest error, over the largest value of the truth:", _error_table(rows)]
    return "\n\n".join(parts)


def _ratio_table(rows: Sequence[Measured]) -> str:
    means = geometric_means(rows)
    headers = ["shape", "dtype", OURS, *means, "bar", "", "floor", "of floor"]
    lines = [_ratio_line(row, list(means)) for row in rows]
    if len(rows) > 1:
        summary = [f"{means[peer]:.2f}" for peer in means]
        lines.append(["geometric mean", "", "", *summary, "", "", "", ""])
    right = ["right"] * (1 + len(means))
    alignment = ["left", "left", *right, "left", "left", "right", "right"]
    return tabulate(lines, headers, disable_numparse=True, colalign=alignment)


def _ratio_line(row: Measured, peers: Sequence[str]) -> Cells:
    ours = row.seconds.get(OURS)
    ratios = [f"{row.ratios[peer]:.2f}" if peer in row.ratios else "" for peer in peers]
    floor = [duration(row.floor_seconds)] if row.floor_seconds else [""]
    share = [f"{row.floor_seconds / ours:.0%}"] if ours and row.floor_seconds else [""]
    told = duration(ours) if ours else ""
    return [row.shape, row.dtype, told, *ratios, _bars(row.bars), _verdict(row), *floor, *share]


def _bars(bars: Mapping[str, float]) -> str:
    if len(bars) > 1 and len(set(bars.values())) == 1:
        return f"all {next(iter(bars.values())):g}"
    return ", ".join(f"{peer} {bar:g}" for peer, bar in bars.items())


def _verdict(row: Measured) -> str:
    if row.mismatches:
        return "ERROR"
    if row.missed:
        return f"missed: {', '.join(row.missed)}"
    return "met" if row.bars else ""


def _name_mismatch(row: Measured, peer: str, what: str) -> str:
    return f"ERROR: {row.operation}, {row.shape}, {row.dtype}: {peer}: {what}"


def _error_table(rows: Sequence[Measured]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row.errors))
    lines = [
        [row.shape, row.dtype, *(_error(row.errors.get(name)) for name in names)]
        for row in rows
        if row.errors
    ]
    alignment = ["left", "left", *["right"] * len(names)]
    return tabulate(lines, ["shape", "dtype", *names], disable_numparse=True, colalign=alignment)


def _error(error: float | None) -> str:
    return "" if error is None else f"{error:.1e}" if error else "0"


def duration(seconds: float) -> str:
    """Return a time with three digits, in the unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} us"
