"""What a family says of its kernels, so that all of them are compiled where there is no GPU.

    python -m reference.cuda

compiles each proof of each family for every GPU that we name, and looks at what came out. A family
lists its kernels in a function `proofs`, as they are launched on a GPU: with its tile sizes.
"""

from typing import Any, NamedTuple


class Proof(NamedTuple):
    """A kernel, and Numba's types of the arguments that it is launched with."""

    name: str  # as it stands in the table: "softmax rows"
    kernel: Any
    arguments: tuple[Any, ...]
    adds_in_double: bool = False  # float64 on purpose, though the arrays are float32
