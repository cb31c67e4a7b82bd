"""The table of a network: what each layer makes of a shape, and how much it has to learn."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from reference.arguments import Shape, read_integer
from reference.layers import Layer


class LayerSummary(NamedTuple):
    """A row of the table: the layer's name, the shape of its result for one sample, parameters."""

    layer: str
    output_shape: Shape
    parameters: int


def summary(layers: Iterable[Layer], input_shape: Shape) -> list[LayerSummary]:
    """Return for each layer its name, the shape of its result and its number of parameters.

    Arguments:
        layers: see reference.layers and reference.architectures; or a Sequential.
        input_shape: of one sample, (C, H, W) for images, without N.

    Result: a list of (layer, output_shape, parameters), one for each layer.

    Conventions: shapes are those of one sample. Weights and biases both count; a network's total is
    the sum of the last column.

    Raises ValueError for a layer that does not fit what comes before it, named by its place;
    TypeError for something that is no layer.

    Source: the layer tables of NCU (case net-keras-cifar10: 315722 parameters) and of LeNet-5 (case
    net-lenet-5: 61706).

    >>> from reference.layers import Conv2d, Dense, Flatten
    >>> for row in summary([Conv2d(6, 5), Flatten(), Dense(10)], (1, 8, 8)):
    ...     print(*row)  # 6 * (5*5 + 1), then 96 numbers, then 96 * 10 + 10
    Conv2d (6, 4, 4) 156
    Flatten (96,) 0
    Dense (10,) 970
    """
    rows, size = read_layers(layers), read_input_shape(input_shape)
    shapes = follow_shapes(rows, size)
    before = (size, *shapes[:-1])
    return [
        LayerSummary(type(layer).__name__, shape, _count(layer, size))
        for layer, shape, size in zip(rows, shapes, before, strict=True)
    ]


def _count(layer: Layer, input_shape: Shape) -> int:
    return sum(math.prod(shape) for shape in layer.parameter_shapes(input_shape))


def read_layers(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """Return the layers as a tuple; follow_shapes looks at each of them."""
    if not isinstance(layers, Iterable):
        raise TypeError(f"layers: got {layers!r}, expected a list of layers")
    return tuple(layers)


def read_input_shape(input_shape: Shape) -> Shape:
    """Return the shape of one sample as a tuple of ints."""
    if not isinstance(input_shape, tuple | list):
        raise TypeError(f"input_shape: got {input_shape!r}, expected sizes such as (C, H, W)")
    return tuple(read_integer("input_shape", size, 1) for size in input_shape)


def follow_shapes(layers: tuple[Layer, ...], input_shape: Shape) -> list[Shape]:
    """Return the shape of each layer's result. Raises ValueError that names the layer's place."""
    shapes: list[Shape] = []
    shape = input_shape
    for place, layer in enumerate(layers):
        if not isinstance(layer, Layer) or isinstance(layer, type):
            raise TypeError(f"layers[{place}]: got {layer!r}, expected a layer (reference.layers)")
        try:
            shape = layer.output_shape(shape)
        except (ValueError, TypeError) as error:
            name = type(layer).__name__
            raise type(error)(f"layers[{place}], {name}: {error}") from error
        shapes.append(shape)
    return shapes
