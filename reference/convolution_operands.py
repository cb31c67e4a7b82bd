"""What a convolution is given: images, kernels and a bias that fit together, and its plan."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from reference.arguments import (
    FloatArray,
    Shape,
    are_ready_floats,
    check_choice,
    read_floats,
    read_integer,
)
from reference.backends import load_kernels
from reference.windows import FlatSteps, Padding, Pair, Windows, is_plain, read_windows

ACCUMULATORS = "float64", "float32"


class Plan(NamedTuple):
    """A convolution of which all is known but its numbers.

    correlate(out, x, weight, bias, steps) fills out, which has the shape (N, O, H', W').
    """

    correlate: Callable[..., None]
    shape: Shape
    steps: FlatSteps


def read_operands(
    backend: str, x: Any, weight: Any, bias: Any
) -> tuple[FloatArray, FloatArray, FloatArray | None]:
    """Return images, kernels and biases, if there are any, of one dtype."""
    if bias is None:
        if not are_ready_floats((x, weight)):
            x, weight = read_floats(backend, x=x, weight=weight)
    elif not are_ready_floats((x, weight, bias)):
        x, weight, bias = read_floats(backend, x=x, weight=weight, bias=bias)
    return x, weight, bias


def read_plan(
    x: FloatArray,
    weight: FloatArray,
    stride: int | Pair,
    padding: Padding,
    dilation: int | Pair,
    groups: int,
    accumulator: str,
    backend: str,
) -> Plan:
    """Return the plan of conv2d, at once where all this was seen before.

    Raise an error as conv2d does unless images and kernels fit.
    """
    options = x.shape, weight.shape, stride, padding, dilation, groups, accumulator, backend
    is_usual = type(stride) is type(padding) is type(dilation) is type(groups) is int
    is_usual = is_usual or all(map(is_plain, (stride, padding, dilation, groups)))
    if is_usual and type(accumulator) is type(backend) is str:
        return plan_numbers(*options)
    return _plan(*options)


def _plan(
    image: Shape,
    kernel: Shape,
    stride: int | Pair,
    padding: Padding,
    dilation: int | Pair,
    groups: int,
    accumulator: str,
    backend: str,
) -> Plan:
    groups = read_integer("groups", groups, 1)
    check_shapes(image, kernel, groups)
    sizes = (image[-2], image[-1]), (kernel[2], kernel[3])
    windows = read_windows("weight", *sizes, stride, padding, dilation)
    return make_plan(image, kernel, windows, groups, accumulator, backend)


plan_numbers = lru_cache(maxsize=256)(_plan)


def make_plan(
    image: Shape, kernel: Shape, windows: Windows, groups: int, accumulator: str, backend: str
) -> Plan:
    """Return the plan of kernels and images, or one image, that fit."""
    check_choice("accumulator", accumulator, ACCUMULATORS)
    count = image[0] if len(image) == 4 else 1
    shape = count, kernel[0], *windows.counts
    kernels = load_kernels("convolution", backend)
    correlate = kernels.conv2d_for(shape, kernel, accumulator)
    return Plan(correlate, shape, windows.flatten(groups))


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
