"""Optimizers: pure steps from (param, grad, state) to the next (param, state)."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import FloatArray, read_floats, read_number
from reference.backends import load_kernels
from reference.outputs import check_apart, choose_draft, read_output

State = Mapping[str, ArrayLike]
Step = tuple[FloatArray, dict[str, FloatArray]]


def momentum(
    param: ArrayLike,
    grad: ArrayLike,
    state: State | None = None,
    *,
    learning_rate: float,
    momentum: float = 0.9,
    dampening: float | None = 0.0,
    dampen_first_step: bool = False,
    out: Step | None = None,
    backend: str = "cpu",
) -> Step:
    """Return the parameter and the state after one step of gradient descent with momentum.

    velocity <- momentum * velocity + (1 - dampening) * grad
    param    <- param - learning_rate * velocity

    Arguments:
        param: any shape.
        grad: the gradient of the loss, of the shape of param.
        state: {"velocity": array of the shape of param}, as the step before returned it; None
            before the first step.
        learning_rate, momentum: numbers of at least 0.
        dampening: a number, or None for the value of momentum.
        dampen_first_step: what state=None means. False: the first velocity is the gradient, whole.
            True: the velocity starts at zero and the formula holds from the first step.
        out: arrays to write the result into, in the form of the result: (param, {"velocity":
            array}). They may be the arguments themselves, which makes the step in place.
        backend: "cpu".

    Result: (param, {"velocity": velocity}), new arrays unless out is given; float32 when all arrays
    are float32, else float64. The arguments are not modified (but by way of out).

    Conventions: the defaults are PyTorch's. The lecture of UFV weighs the gradient with 1 - alpha:
    W[t+1] = W[t] + alpha * (W[t] - W[t-1]) + (1 - alpha) * (-learning_rate * gradient). That is
    momentum=alpha, dampening=None, dampen_first_step=True. The learning rate multiplies the
    velocity and is not stored in it, so it may change between steps. With momentum=0 PyTorch
    ignores dampening; here the formula holds.

    Raises ValueError for shapes that differ, a state without its velocity, numbers out of range, an
    out that does not fit or an unknown backend; TypeError for other dtypes.

    Source: UFV, Lecture 04, case opt-momentum; Sutskever et al., "On the importance of
    initialization and momentum in deep learning", ICML 2013; torch.optim.SGD.

    >>> param, state = momentum([1.0], [0.5], learning_rate=0.1)
    >>> param, state  # 1 - 0.1 * 0.5
    (array([0.95]), {'velocity': array([0.5])})
    >>> momentum(param, [0.5], state, learning_rate=0.1)[0]  # 0.95 - 0.1 * (0.9 * 0.5 + 0.5)
    array([0.855])
    """
    rate = read_number("learning_rate", learning_rate, 0)
    decay = read_number("momentum", momentum, 0)
    damping = decay if dampening is None else read_number("dampening", dampening)
    if state is None:
        param, grad = read_floats(param=param, grad=grad)
        velocity = np.zeros(param.shape, param.dtype)
        gain = 1 - damping if dampen_first_step else 1.0
    else:
        param, grad, velocity = read_floats(
            param=param, grad=grad, velocity=_read_velocity("state", state)
        )
        gain = 1 - damping
    _check_shape("grad", grad, param)
    _check_shape("state['velocity']", velocity, param)
    kernels = load_kernels("optimizers", backend)
    step = _empty_step(param) if out is None else out
    outputs = _read_outputs(step, param)
    inputs = (param, grad, velocity)
    drafts = tuple(choose_draft(output, inputs) for output in outputs)
    flat = (array.reshape(-1) for array in drafts + inputs)
    kernels.momentum(*flat, rate, decay, gain)
    for output, draft in zip(outputs, drafts, strict=True):
        if draft is not output:
            np.copyto(output, draft)
    return step


def _read_velocity(name: str, state: object) -> ArrayLike:
    if not isinstance(state, Mapping):
        raise TypeError(f"{name}: got {type(state).__name__}, expected {{'velocity': array}}")
    if set(state) != {"velocity"}:
        raise ValueError(f"{name}: got the keys {list(state)}, expected {{'velocity': array}}")
    velocity: ArrayLike = state["velocity"]
    return velocity


def _empty_step(param: FloatArray) -> Step:
    return np.empty(param.shape, param.dtype), {"velocity": np.empty(param.shape, param.dtype)}


def _read_outputs(step: object, param: FloatArray) -> tuple[FloatArray, FloatArray]:
    if not isinstance(step, tuple) or len(step) != 2:
        raise TypeError(f"out: got {type(step).__name__}, expected (param, {{'velocity': array}})")
    outputs = (
        read_output("out[0]", step[0], param),
        read_output("out[1]['velocity']", _read_velocity("out[1]", step[1]), param),
    )
    check_apart("out", outputs)
    return outputs


def _check_shape(name: str, array: FloatArray, param: FloatArray) -> None:
    if array.shape != param.shape:
        raise ValueError(
            f"{name}: got shape {array.shape}, expected {param.shape}, the shape of param"
        )
