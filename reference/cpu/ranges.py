"""Whether numbers lie in a range: in one pass that puts nothing down."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.cpu.jit import jit

# So many numbers are asked before what was found is looked at.
BLOCK = 1024


@jit
def are_within(numbers: NDArray[Any], least: float, most: float) -> bool:
    """Return whether none of the numbers, of one axis, is below least or above most.

    A NaN is neither.
    """
    for start in range(0, numbers.size, BLOCK):
        is_outside = False
        for i in range(start, min(start + BLOCK, numbers.size)):
            number = numbers[np.uintp(i)]
            is_outside |= (number < least) | (number > most)
        if is_outside:
            return False
    return True
