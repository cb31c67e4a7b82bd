"""What the tables of calls are made of: an operation as a function of arrays, and arrays for it.

`calls_<family>.py` holds the calls of a family; test_reference_package.py asks of all of them what
every operation must do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Call:
    """function(*floats, *integers, **options) calls the public operation `name`."""

    name: str
    function: Callable[..., Any]
    floats: tuple[np.ndarray, ...] = ()
    integers: tuple[np.ndarray, ...] = ()
    variant: str = ""
    # Whether the float32 result is the float64 result of the same inputs, rounded once.
    rounded_once: bool = True

    @property
    def id(self) -> str:
        return f"{self.name}-{self.variant}" if self.variant else self.name


def some(*shape: int, seed: int = 7) -> np.ndarray:
    """Return numbers in [0, 1): probabilities to a loss, pixels to a convolution."""
    return np.random.default_rng(seed).random(shape)
