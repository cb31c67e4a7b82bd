"""What a convolution is given: images, kernels and a bias that fit together."""

from functools import lru_cache

from numpy.typing import ArrayLike

from reference.arguments import FloatArray
from reference.windows import Padding, Pair, Windows, read_windows

ACCUMULATORS = "float64", "float32"


def name_operands(
    x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None
) -> dict[str, ArrayLike]:
    """Return the arrays by the names of their arguments, as read_floats takes them."""
    named = {"x": x, "weight": weight}
    return named if bias is None else named | {"bias": bias}


def read_weight_windows(
    x: FloatArray, weight: FloatArray, stride: int | Pair, padding: Padding, dilation: int | Pair
) -> Windows:
    """Return the windows of kernels on images, at once where the options were seen before."""
    options = (x.shape[-2], x.shape[-1]), (weight.shape[2], weight.shape[3])
    # Of integers alone: in a pair, True would be found where 1 was seen before.
    if type(stride) is int and type(padding) is int and type(dilation) is int:
        return _read_numbers("weight", *options, stride, padding, dilation)
    return read_windows("weight", *options, stride, padding, dilation)


_read_numbers = lru_cache(maxsize=256)(read_windows)


def check_operands(
    x: FloatArray, weight: FloatArray, groups: int, image: str = "C, H, W", kernel: str = "kH, kW"
) -> None:
    """Raise a ValueError unless the kernels fit the images; image and kernel name the axes."""
    rank = image.count(",") + 1
    if x.ndim not in (rank, rank + 1) or 0 in x.shape[-rank:]:
        expected = f"(N, {image}) or ({image}) with {image} at least 1"
        raise ValueError(f"x: got shape {x.shape}, expected {expected}")
    if weight.ndim != rank + 1 or 0 in weight.shape:
        expected = f"(O, C/groups, {kernel}), each at least 1"
        raise ValueError(f"weight: got shape {weight.shape}, expected {expected}")
    channels = x.shape[-rank]
    if weight.shape[0] % groups or channels % groups:
        raise ValueError(
            f"groups: got {groups}, expected a divisor of {channels} channels "
            f"(x has shape {x.shape}) and of {weight.shape[0]} kernels "
            f"(weight has shape {weight.shape})"
        )
    if weight.shape[1] != channels // groups:
        raise ValueError(
            f"weight: got shape {weight.shape}, expected (O, {channels // groups}, {kernel}) "
            f"for x of shape {x.shape} and groups={groups}"
        )


def check_bias(bias: FloatArray, weight: FloatArray) -> None:
    """Raise a ValueError unless there is one bias for each kernel."""
    if bias.shape != weight.shape[:1]:
        raise ValueError(
            f"bias: got shape {bias.shape}, expected {weight.shape[:1]} "
            f"for weight of shape {weight.shape}"
        )
