"""The processes of a running batch, read from /proc (Linux)."""

import contextlib
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Seen:
    """One process at one moment."""

    pid: int
    kind: str  # coordinator, slot, zygote, child, bubblewrap
    cpu_seconds: float  # of a zygote, with those of the children that have ended
    memory_mib: float
    descriptors: int


def family(root: int) -> list[Seen]:
    """Return a batch's process and everything below it."""
    children: dict[int, list[int]] = defaultdict(list)
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            children[int(_fields(path)[1])].append(int(path.name))
    found: list[Seen] = []
    waiting = [(root, "coordinator")]
    while waiting:
        pid, kind = waiting.pop()
        with contextlib.suppress(OSError, ValueError, IndexError):
            found.append(_seen(pid, kind))
            waiting += [(child, _kind_below(kind, child)) for child in children[pid]]
    return found


def _kind_below(kind: str, pid: int) -> str:
    if kind == "coordinator":
        return "slot"
    if kind == "zygote":
        return "child"
    program = Path(f"/proc/{pid}/comm").read_text().strip()
    return "bubblewrap" if program == "bwrap" else "zygote" if kind != "child" else "child"


def _seen(pid: int, kind: str) -> Seen:
    path = Path(f"/proc/{pid}")
    fields = _fields(path)
    own, ended = fields[11:13], fields[13:15]
    cpu = sum(map(int, own + ended if kind == "zygote" else own)) / TICKS
    memory = int((path / "statm").read_text().split()[1]) * PAGE / 2**20
    return Seen(pid, kind, cpu, memory, len(list((path / "fd").iterdir())))


def _fields(process: Path) -> list[str]:
    """Return the fields of stat behind the name: state, parent, ..."""
    return (process / "stat").read_text().rpartition(")")[2].split()


def left_behind() -> list[int]:
    """Return processes of any batch that have outlived it."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if b"border/boot.py" in (path / "cmdline").read_bytes():
                found.append(int(path.name))
    return found
