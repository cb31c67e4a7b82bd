"""What the lanes of a warp do together: exchange numbers, vote, wait."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from .findings import Place
from .running import ALL_LANES, WARP, AtWarp, Thread, running

# How a lane finds the lane that it reads from: (own lane, argument) -> lane.
_SOURCES: dict[str, Callable[[int, int], int]] = {
    "shfl_sync": lambda lane, at: at % WARP,
    "shfl_up_sync": lambda lane, by: lane - by,
    "shfl_down_sync": lambda lane, by: lane + by,
    "shfl_xor_sync": lambda lane, mask: lane ^ mask,
}
# What a vote of all lanes gives: (values by lane, own value) -> result.
_VOTES: dict[str, Callable[[Mapping[int, Any], Any], Any]] = {
    "all_sync": lambda values, own: all(values.values()),
    "any_sync": lambda values, own: any(values.values()),
    "eq_sync": lambda values, own: len({bool(value) for value in values.values()}) == 1,
    "ballot_sync": lambda values, own: _mask(lane for lane, value in values.items() if value),
    "match_any_sync": lambda values, own: _mask(k for k, value in values.items() if value == own),
    "match_all_sync": lambda values, own: _unanimous(values),
}
NAMES = (*_SOURCES, *_VOTES)


def _mask(lanes: Any) -> int:
    return sum(1 << lane for lane in lanes)


def _unanimous(values: Mapping[int, Any]) -> tuple[int, bool]:
    agree = len(set(values.values())) == 1
    return (_mask(values) if agree else 0), agree


class Group:
    """Threads of one warp that wait with the same mask."""

    def __init__(self, mask: int) -> None:
        self.mask = mask
        self.lanes: dict[int, Thread] = {}
        self.calls: dict[int, AtWarp] = {}

    def add(self, thread: Thread, call: AtWarp) -> None:
        """Take one more thread in."""
        self.lanes[thread.lane], self.calls[thread.lane] = thread, call

    def missing(self, lanes: Sequence[int]) -> list[int]:
        """Return those of the warp's lanes that the mask names and that are not here."""
        return [lane for lane in lanes if self.mask >> lane & 1 and lane not in self.lanes]

    def answers(self) -> Iterator[tuple[Thread, Any]]:
        """Yield each thread with what its call returns."""
        values = {lane: call.value for lane, call in self.calls.items()}
        for lane, call in self.calls.items():
            yield self.lanes[lane], self._answer(lane, call, values)

    def _answer(self, lane: int, call: AtWarp, values: Mapping[int, Any]) -> Any:
        if call.how == "syncwarp":
            self.lanes[lane].warp_phase += 1
            return None
        if call.how in _VOTES:
            return _VOTES[call.how](values, call.value)
        source = _SOURCES[call.how](lane, call.argument)
        if source in values or not (0 <= source < WARP and self.mask >> source & 1):
            return values.get(source, call.value)
        self.find(
            f"thread {self.lanes[lane].number} reads from lane {source}, which takes no part;"
            " what it gets is undefined",
            lane,
        )
        return call.value

    def check(self, existing: Sequence[int]) -> None:
        """Find what is wrong with a group that is about to go on."""
        absent = self.missing(existing)
        if absent:
            self.find(
                f"the mask {self.mask:#x} names {_listed(absent)}, which"
                f" {'does' if len(absent) == 1 else 'do'} not come here"
            )
        sites = {call.site.line for call in self.calls.values()}
        if {call.how for call in self.calls.values()} == {"syncwarp"}:
            return
        if len(sites) > 1:
            lines = " and ".join(map(str, sorted(sites)))
            self.find(f"lanes of one warp meet in different calls, at lines {lines}")
        outside = [lane for lane in self.calls if not self.mask >> lane & 1]
        if outside and not absent:
            self.find(f"called by {_listed(outside)}, which the mask {self.mask:#x} does not name")

    def find(self, text: str, lane: int | None = None) -> None:
        """Keep a finding about this group's call."""
        at = next(iter(self.calls)) if lane is None else lane
        call = self.calls[at]
        places = tuple(Place(running.block(), thread.index) for thread in self.lanes.values())
        first = places[:1] if lane is None else (Place(running.block(), self.lanes[at].index),)
        running.find("warp", call.site.line, f"cuda.{call.how}: {text}", first)


def _listed(lanes: Sequence[int]) -> str:
    shown = ", ".join(map(str, lanes[:4])) + (", ..." if len(lanes) > 4 else "")
    return f"lane {shown}" if len(lanes) == 1 else f"lanes {shown}"


def groups(waiting: Sequence[Thread]) -> list[tuple[int, Group]]:
    """Return the groups of threads that wait at warp operations, with their warps' numbers."""
    found: dict[tuple[int, int], Group] = {}
    for thread in waiting:
        if isinstance(thread.waits, AtWarp):
            mask = thread.waits.mask & ALL_LANES
            found.setdefault((thread.warp, mask), Group(mask)).add(thread, thread.waits)
    return [(warp, group) for (warp, _), group in found.items()]
