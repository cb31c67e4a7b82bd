"""Activation functions on the CPU: arrays of one axis, each element by itself."""

import numpy as np

from reference.arguments import FloatArray
from reference.cpu import gates
from reference.cpu.instructions import is_single
from reference.cpu.jit import jit
from reference.cpu.sigmoid_runs import fill_sigmoid_run
from reference.cpu.vectors import looks_up
from reference.threads import share

# So many numbers are done in pairs at a time.
STEP = 4096


def sigmoid(out: FloatArray, x: FloatArray) -> None:
    """Fill out with 1 / (1 + exp(-x))."""
    kernel = _sigmoid_in_pairs if out.itemsize == 4 and looks_up() else _sigmoid
    share(kernel, x.size / 2, (out, x))


def tanh(out: FloatArray, x: FloatArray) -> None:
    """Fill out with tanh(x)."""
    share(_tanh, x.size / 2, (out, x))


def relu(out: FloatArray, x: FloatArray) -> None:
    """Fill out with x, and 0 where x is negative."""
    share(_relu, x.size / 8, (out, x))


def leaky_relu(out: FloatArray, x: FloatArray, negative_slope: float) -> None:
    """Fill out with x, and negative_slope * x where x is not positive."""
    share(_leaky_relu, x.size / 8, (out, x), negative_slope)


def sigmoid_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    """Fill out with the gradient."""
    share(_sigmoid_backward, x.size / 2, (out, grad_output, x))


def tanh_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    """Fill out with the gradient."""
    share(_tanh_backward, x.size / 2, (out, grad_output, x))


def relu_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    """Fill out with the gradient."""
    share(_relu_backward, x.size / 8, (out, grad_output, x))


def leaky_relu_backward(
    out: FloatArray, grad_output: FloatArray, x: FloatArray, negative_slope: float
) -> None:
    """Fill out with the gradient."""
    share(_leaky_relu_backward, x.size / 8, (out, grad_output, x), negative_slope)


@jit
def _sigmoid(out: FloatArray, x: FloatArray) -> None:
    rough = is_single(out)
    for i in range(x.shape[0]):
        out[i] = gates.sigmoid(np.float64(x[i]), rough)


@jit
def _sigmoid_in_pairs(out: FloatArray, x: FloatArray) -> None:
    for start in range(0, x.shape[0], STEP):
        end = min(start + STEP, x.shape[0])
        if not fill_sigmoid_run(out, x, start, end - start):
            for i in range(start, end):
                out[i] = gates.sigmoid(np.float64(x[i]), True)


@jit
def _tanh(out: FloatArray, x: FloatArray) -> None:
    rough = is_single(out)
    for i in range(x.shape[0]):
        out[i] = gates.tanh(np.float64(x[i]), rough)


@jit
def _relu(out: FloatArray, x: FloatArray) -> None:
    for i in range(x.shape[0]):
        # Written so that a NaN, which compares false, passes.
        out[i] = 0.0 if x[i] < 0 else x[i]


@jit
def _leaky_relu(out: FloatArray, x: FloatArray, negative_slope: float) -> None:
    for i in range(x.shape[0]):
        out[i] = x[i] if x[i] > 0 else negative_slope * np.float64(x[i])


@jit
def _sigmoid_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    rough = is_single(out)
    for i in range(x.shape[0]):
        out[i] = np.float64(grad_output[i]) * gates.sigmoid_slope(np.float64(x[i]), rough)


@jit
def _tanh_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    rough = is_single(out)
    for i in range(x.shape[0]):
        out[i] = np.float64(grad_output[i]) * gates.tanh_slope(np.float64(x[i]), rough)


@jit
def _relu_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    for i in range(x.shape[0]):
        if x[i] > 0:
            out[i] = grad_output[i]
        else:
            out[i] = 0.0 if x[i] <= 0 else x[i]  # a NaN stays one


@jit
def _leaky_relu_backward(
    out: FloatArray, grad_output: FloatArray, x: FloatArray, negative_slope: float
) -> None:
    for i in range(x.shape[0]):
        if x[i] > 0:
            out[i] = grad_output[i]
        else:
            out[i] = negative_slope * np.float64(grad_output[i]) if x[i] <= 0 else x[i]
