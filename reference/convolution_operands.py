"""What a convolution is given: images, kernels and a bias that fit together."""

from functools import lru_cache

from numpy.typing import ArrayLike

from reference.arguments import FloatArray, read_floats
from reference.outputs import zeros_beside
from reference.windows import Padding, Pair, Windows, read_windows

ACCUMULATORS = "float64", "float32"

Shape = tuple[int, ...]


def read_operands(
    backend: str, x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return images, kernels and biases of one dtype; the biases are zeros where none are given."""
    if bias is not None:
        x, weight, bias = read_floats(backend, x=x, weight=weight, bias=bias)
        return x, weight, bias
    x, weight = read_floats(backend, x=x, weight=weight)
    return x, weight, zeros_beside(weight.shape[:1], x)


def read_weight_windows(
    x: FloatArray,
    weight: FloatArray,
    stride: int | Pair,
    padding: Padding,
    dilation: int | Pair,
    groups: int,
) -> Windows:
    """Return the windows of kernels on images, at once where all this was seen before.

    Raise a ValueError unless images and kernels fit.
    """
    options = x.shape, weight.shape, stride, padding, dilation, groups
    # Of integers alone: in a pair, True would be found where 1 was seen before.
    if type(stride) is int and type(padding) is int and type(dilation) is int:
        return _read_numbers(*options)
    return _read_options(*options)


def _read_options(
    image: Shape, kernel: Shape, stride: object, padding: object, dilation: object, groups: int
) -> Windows:
    check_shapes(image, kernel, groups)
    sizes = (image[-2], image[-1]), (kernel[2], kernel[3])
    return read_windows("weight", *sizes, stride, padding, dilation)


_read_numbers = lru_cache(maxsize=256)(_read_options)


def check_shapes(
    x: Shape, weight: Shape, groups: int, image: str = "C, H, W", kernel: str = "kH, kW"
) -> None:
    """Raise a ValueError unless the kernels fit the images; image and kernel name the axes."""
    rank = image.count(",") + 1
    if len(x) not in (rank, rank + 1) or 0 in x[-rank:]:
        expected = f"(N, {image}) or ({image}) with {image} at least 1"
        raise ValueError(f"x: got shape {x}, expected {expected}")
    if len(weight) != rank + 1 or 0 in weight:
        expected = f"(O, C/groups, {kernel}), each at least 1"
        raise ValueError(f"weight: got shape {weight}, expected {expected}")
    channels = x[-rank]
    if weight[0] % groups or channels % groups:
        raise ValueError(
            f"groups: got {groups}, expected a divisor of {channels} channels "
            f"(x has shape {x}) and of {weight[0]} kernels (weight has shape {weight})"
        )
    if weight[1] != channels // groups:
        raise ValueError(
            f"weight: got shape {weight}, expected (O, {channels // groups}, {kernel}) "
            f"for x of shape {x} and groups={groups}"
        )


def check_bias(bias: FloatArray, weight: FloatArray) -> None:
    """Raise a ValueError unless there is one bias for each kernel."""
    if bias.shape != weight.shape[:1]:
        raise ValueError(
            f"bias: got shape {bias.shape}, expected {weight.shape[:1]} "
            f"for weight of shape {weight.shape}"
        )
