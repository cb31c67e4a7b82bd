"""Weighing a run of float32 numbers in vectors to its end, whatever the weights are.

LLVM makes vectors of a loop too, but what is left behind the last ones, up to 31 numbers, it does
one by one: in a loop over a thousand numbers that is a tenth of the time, in one over a hundred
half of it.
"""

from typing import Any

from reference.cpu.fetching import fetch_ahead
from reference.cpu.vectors import Vectors, address, in_groups, integer, types


class Run:
    """The loop over a run; a subclass knows what a vector of weights is."""

    # So many vectors are done side by side, each instruction for all of them before the next one: a
    # processor looks ahead, but not as far as the end of an exponential. Where fewer are left, the
    # next smaller group is.
    at_once: tuple[int, ...] = (8, 4)

    def __init__(self, context: Any, builder: Any, lanes: int) -> None:
        self.context, self.builder, self.lanes = context, builder, lanes
        self.singles = Vectors(context, builder, types.float32, lanes)

    def weigh(self, kinds: Any, arguments: Any, target: Any = None) -> Any:
        """Return the sum of the weights; without a target they are not kept."""
        b, singles, (numbers, start, count, soon) = self.builder, self.singles, arguments
        source = address(self.context, b, kinds[0], numbers, start)

        def work(places: list[Any], left: Any) -> None:
            if left is None:
                step = len(places) * self.lanes
                fetch_ahead(self.context, b, kinds[3], soon, b.add(start, places[0]), step)
                weights = self.exp([singles.load(source, place) for place in places])
                if target is not None:
                    for each, place in zip(weights, places, strict=True):
                        self.keep(each, target, place)
                self.add(weights)
                return
            is_in = singles.inside(integer(0), left)
            (some,) = self.exp([singles.load_some(source, places[0], is_in)])
            if target is not None:
                self.keep_some(some, target, places[0], left)
            self.add([self.choose(is_in, some)])

        in_groups(b, count, self.lanes, self.at_once, work)
        return self.total()

    def exp(self, numbers: list[Any]) -> list[Any]:
        """Return the weights of vectors of numbers, step by step for all of them."""
        raise NotImplementedError

    def keep(self, weights: Any, target: Any, place: Any) -> None:
        """Store a vector of weights from a place on."""
        raise NotImplementedError

    def keep_some(self, weights: Any, target: Any, place: Any, left: Any) -> None:
        """Store only as many of them as are left."""
        raise NotImplementedError

    def choose(self, is_in: Any, weights: Any) -> Any:
        """Return the weights where the mask is set, and zeros elsewhere."""
        raise NotImplementedError

    def add(self, weights: list[Any]) -> None:
        """Add vectors of weights to the sum."""
        raise NotImplementedError

    def total(self) -> Any:
        """Return the sum."""
        raise NotImplementedError
