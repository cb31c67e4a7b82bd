"""The layers of a Sequential: what each makes of a shape, its parameters, forward and backward.

A layer is a description without state. Whoever writes one of his own follows Layer.
"""

import math
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np

from reference.activations import (
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from reference.arguments import FloatArray, Shape, read_integer, read_pair
from reference.average_pooling import avg_pool2d
from reference.convolution import conv2d
from reference.convolution_geometry import conv_output_size
from reference.convolution_gradients import conv2d_backward
from reference.initial_weights import glorot_uniform
from reference.networks import dense, dense_backward
from reference.pooling import max_pool2d
from reference.pooling_gradients import avg_pool2d_backward, max_pool2d_backward
from reference.pooling_windows import pooled_shape, read_pool_windows
from reference.windows import Padding

Parameters = tuple[FloatArray, ...]


@runtime_checkable
class Layer(Protocol):
    """What a Sequential asks of a layer. Shapes are those of one sample, without N."""

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of the result. Raises ValueError where the layer does not fit."""

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """Return the shapes of the parameters, weights before biases."""

    def initialise(
        self, rng: np.random.Generator, input_shape: Shape, dtype: np.dtype[Any]
    ) -> Parameters:
        """Return the parameters to begin with, of those shapes and this dtype."""

    def forward(self, x: FloatArray, parameters: Parameters) -> FloatArray:
        """Return the result for samples (N, ...)."""

    def backward(
        self, grad_output: FloatArray, x: FloatArray, parameters: Parameters
    ) -> tuple[FloatArray, Parameters]:
        """Return the gradients with respect to x and to each parameter."""


class _WithWeights:
    """What begins with Glorot and Bengio's weights."""

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        raise NotImplementedError

    def initialise(
        self, rng: np.random.Generator, input_shape: Shape, dtype: np.dtype[Any]
    ) -> Parameters:
        return glorot_uniform(rng, self.parameter_shapes(input_shape), dtype)


@dataclass(frozen=True)
class Conv2d(_WithWeights):
    """A convolution with so many kernels, as reference.conv2d."""

    out_channels: int
    kernel_size: int | tuple[int, int]
    stride: int | tuple[int, int] = 1
    padding: Padding = 0
    bias: bool = True

    def output_shape(self, input_shape: Shape) -> Shape:
        _, height, width = _read_image(input_shape)
        step = (self.stride, self.stride) if isinstance(self.stride, int) else self.stride
        size = conv_output_size((height, width), self._kernel(), step, self.padding)
        assert isinstance(size, tuple)
        return read_integer("out_channels", self.out_channels, 1), *size

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        channels, _, _ = _read_image(input_shape)
        weight = (self.out_channels, channels, *self._kernel())
        return (weight, (self.out_channels,)) if self.bias else (weight,)

    def _kernel(self) -> tuple[int, int]:
        return read_pair("kernel_size", self.kernel_size, 1)

    def forward(self, x: FloatArray, parameters: Parameters) -> FloatArray:
        return conv2d(x, *parameters, stride=self.stride, padding=self.padding)

    def backward(
        self, grad_output: FloatArray, x: FloatArray, parameters: Parameters
    ) -> tuple[FloatArray, Parameters]:
        options = {"stride": self.stride, "padding": self.padding}
        grad_x, *grads = conv2d_backward(grad_output, x, parameters[0], **options)  # type: ignore[arg-type]
        return grad_x, tuple(grads[: len(parameters)])


@dataclass(frozen=True)
class Dense(_WithWeights):
    """A fully connected layer of so many units, as reference.dense."""

    units: int
    bias: bool = True

    def output_shape(self, input_shape: Shape) -> Shape:
        _read_vector(input_shape)
        return (read_integer("units", self.units, 1),)

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        weight = (_read_vector(input_shape), self.units)
        return (weight, (self.units,)) if self.bias else (weight,)

    def forward(self, x: FloatArray, parameters: Parameters) -> FloatArray:
        return dense(x, *parameters)

    def backward(
        self, grad_output: FloatArray, x: FloatArray, parameters: Parameters
    ) -> tuple[FloatArray, Parameters]:
        grad_x, *grads = dense_backward(grad_output, x, parameters[0])
        return grad_x, tuple(grads[: len(parameters)])


class _WithoutParameters:
    """What has nothing to learn."""

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        return ()

    def initialise(
        self, rng: np.random.Generator, input_shape: Shape, dtype: np.dtype[Any]
    ) -> Parameters:
        return ()


@dataclass(frozen=True)
class _Pool(_WithoutParameters):
    kernel_size: int | tuple[int, int]
    stride: int | tuple[int, int] | None = None
    padding: int | tuple[int, int] = 0

    def output_shape(self, input_shape: Shape) -> Shape:
        windows = read_pool_windows(self.kernel_size, self.stride, self.padding)
        return pooled_shape(_read_image(input_shape), windows, ceil_mode=False)


class MaxPool2d(_Pool):
    """The largest of each window, as reference.max_pool2d."""

    def forward(self, x: FloatArray, parameters: Parameters) -> FloatArray:
        return max_pool2d(x, self.kernel_size, stride=self.stride, padding=self.padding)

    def backward(
        self, grad_output: FloatArray, x: FloatArray, parameters: Parameters
    ) -> tuple[FloatArray, Parameters]:
        options = {"stride": self.stride, "padding": self.padding}
        grad_x: FloatArray = max_pool2d_backward(grad_output, x, self.kernel_size, **options)  # type: ignore[arg-type]
        return grad_x, ()


class AvgPool2d(_Pool):
    """The mean of each window, as reference.avg_pool2d."""

    def forward(self, x: FloatArray, parameters: Parameters) -> FloatArray:
        return avg_pool2d(x, self.kernel_size, stride=self.stride, padding=self.padding)

    def backward(
        self, grad_output: FloatArray, x: FloatArray, parameters: Parameters
    ) -> tuple[FloatArray, Parameters]:
        options = {"stride": self.stride, "padding": self.padding}
        grad_x: FloatArray = avg_pool2d_backward(grad_output, x, self.kernel_size, **options)  # type: ignore[arg-type]
        return grad_x, ()


@dataclass(frozen=True)
class Flatten(_WithoutParameters):
    """Each sample as one row of numbers."""

    def output_shape(self, input_shape: Shape) -> Shape:
        return (math.prod(input_shape),)

    def forward(self, x: FloatArray, parameters: Parameters) -> FloatArray:
        return x.reshape(len(x), math.prod(x.shape[1:]))

    def backward(
        self, grad_output: FloatArray, x: FloatArray, parameters: Parameters
    ) -> tuple[FloatArray, Parameters]:
        return grad_output.reshape(x.shape), ()


class _Activation(_WithoutParameters):
    functions = relu, relu_backward

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def forward(self, x: FloatArray, parameters: Parameters) -> FloatArray:
        return self.functions[0](x)

    def backward(
        self, grad_output: FloatArray, x: FloatArray, parameters: Parameters
    ) -> tuple[FloatArray, Parameters]:
        return self.functions[1](grad_output, x), ()


@dataclass(frozen=True)
class Relu(_Activation):
    """x where it is positive, else 0, as reference.relu."""


@dataclass(frozen=True)
class Tanh(_Activation):
    """The hyperbolic tangent, as reference.tanh."""

    functions = tanh, tanh_backward


@dataclass(frozen=True)
class Sigmoid(_Activation):
    """The logistic function, as reference.sigmoid."""

    functions = sigmoid, sigmoid_backward


def _read_image(input_shape: Shape) -> tuple[int, int, int]:
    if len(input_shape) != 3:
        raise ValueError(f"got samples of shape {input_shape}, expected images (C, H, W)")
    channels, height, width = input_shape
    return channels, height, width


def _read_vector(input_shape: Shape) -> int:
    if len(input_shape) != 1:
        raise ValueError(
            f"got samples of shape {input_shape}, expected (I,): is a Flatten missing?"
        )
    return input_shape[0]
