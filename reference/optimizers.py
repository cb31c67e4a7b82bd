"""Gradient descent, plain and with momentum: pure steps to the next (param, state)."""

from numpy.typing import ArrayLike

from reference.arguments import read_number
from reference.backends import load_kernels
from reference.optimizer_steps import State, Step, take_step


def sgd(
    param: ArrayLike,
    grad: ArrayLike,
    state: State | None = None,
    *,
    learning_rate: float,
    out: Step | None = None,
    backend: str = "cpu",
) -> Step:
    """Return the parameter and the state after one step of gradient descent.

    param <- param - learning_rate * grad

    Arguments:
        param: any shape.
        grad: the gradient of the loss, of the shape of param.
        state: {} or None: gradient descent remembers nothing. It is there so that all optimizers
            are called alike.
        learning_rate: a number of at least 0, eta in the lectures.
        out: arrays to write the result into, in the form of the result: (param, {}). The array may
            be the argument itself, which makes the step in place.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: (param, {}), a new array unless out is given; float32 when all arrays are float32, else
    float64. The arguments are not modified (but by way of out).

    Conventions: the step does not know over how many samples grad was taken, nor whether it is
    their sum or their mean. The lecture of UFV sums the gradients of the samples: over all N of
    them in gradient descent, over a batch of B in stochastic gradient descent. ELTE calls these
    batch (B = N), mini-batch and stochastic (B = 1). A loss with reduction="mean" gives the mean.

    Raises ValueError for shapes that differ, a state that is not empty, numbers out of range, an
    out that does not fit or an unknown backend; TypeError for other dtypes.

    Source: UFV, Lecture 04, cases opt-gd and opt-sgd; ELTE, case opt-sgd; torch.optim.SGD.

    >>> sgd([1.0, 2.0], [0.5, -1.0], learning_rate=0.5)  # 1 - 0.5 * 0.5, 2 + 0.5 * 1
    (array([0.75, 2.5 ]), {})
    """
    rate = read_number("learning_rate", learning_rate, 0)
    kernel = load_kernels("optimizers", backend).sgd
    return take_step(kernel, (rate,), param, grad, state, out, (), backend)


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
        backend: "cpu", or "cuda" (see docs/cuda.md).

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
    gain = 1.0 if state is None and not dampen_first_step else 1.0 - damping
    numbers, keys = (rate, decay, gain), ("velocity",)
    kernel = load_kernels("optimizers", backend).momentum
    return take_step(kernel, numbers, param, grad, state, out, keys, backend)
