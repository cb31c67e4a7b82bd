"""Optimizers with a learning rate for each weight, from the squares of the gradients it has seen.

The lecture of NCU adds eps inside the square root, PyTorch and Keras outside. That is the argument
eps_inside_sqrt; Zeiler's Adadelta has it inside everywhere.
"""

import math

from numpy.typing import ArrayLike

from reference.arguments import is_pair, read_number, split_pair
from reference.backends import load_kernels
from reference.optimizer_steps import State, Step, read_count, take_step


def adagrad(
    param: ArrayLike,
    grad: ArrayLike,
    state: State | None = None,
    *,
    learning_rate: float,
    eps: float = 1e-10,
    eps_inside_sqrt: bool = False,
    out: Step | None = None,
    backend: str = "cpu",
) -> Step:
    """Return the parameter and the state after one step of Adagrad.

    sum   <- sum + grad^2
    param <- param - learning_rate * grad / (sqrt(sum) + eps)

    Arguments:
        param: any shape.
        grad: the gradient of the loss, of the shape of param.
        state: {"sum": array of the shape of param}, as the step before returned it; None before the
            first step.
        learning_rate, eps: numbers of at least 0.
        eps_inside_sqrt: divide by sqrt(sum + eps) instead.
        out: arrays to write the result into, in the form of the result. They may be the arguments
            themselves, which makes the step in place.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: (param, {"sum": sum}), new arrays unless out is given; float32 when all arrays are
    float32, else float64. The arguments are not modified (but by way of out).

    Conventions: the defaults are PyTorch's. The lecture of NCU is eps_inside_sqrt=True, eps=1e-8.
    With eps=0 an element whose gradients were all zero becomes NaN.

    Raises ValueError for shapes that differ, a state without its sum, numbers out of range, an out
    that does not fit or an unknown backend; TypeError for other dtypes.

    Source: NCU, case opt-adagrad; Duchi, Hazan and Singer, "Adaptive subgradient methods for online
    learning and stochastic optimization", JMLR 12, 2011; torch.optim.Adagrad.

    >>> param, state = adagrad([1.0], [3.0], learning_rate=0.5, eps=0)  # 1 - 0.5 * 3 / sqrt(9)
    >>> adagrad(param, [4.0], state, learning_rate=0.5, eps=0)  # 0.5 - 0.5 * 4 / sqrt(9 + 16)
    (array([0.1]), {'sum': array([25.])})
    """
    rate = read_number("learning_rate", learning_rate, 0)
    shift = _place_eps(eps, eps_inside_sqrt)
    numbers, keys = (rate, *shift), ("sum",)
    kernel = load_kernels("adaptive_optimizers", backend).adagrad
    return take_step(kernel, numbers, param, grad, state, out, keys, backend)


def adadelta(
    param: ArrayLike,
    grad: ArrayLike,
    state: State | None = None,
    *,
    learning_rate: float = 1.0,
    rho: float = 0.9,
    eps: float = 1e-6,
    out: Step | None = None,
    backend: str = "cpu",
) -> Step:
    """Return the parameter and the state after one step of Adadelta.

    square_avg <- rho * square_avg + (1 - rho) * grad^2
    delta       = grad * sqrt(acc_delta + eps) / sqrt(square_avg + eps)
    acc_delta  <- rho * acc_delta + (1 - rho) * delta^2
    param      <- param - learning_rate * delta

    Arguments:
        param: any shape.
        grad: the gradient of the loss, of the shape of param.
        state: {"square_avg": array, "acc_delta": array}, of the shape of param, as the step before
            returned it; None before the first step.
        learning_rate, eps: numbers of at least 0; the paper has no learning rate, which is 1.
        rho: a number from 0 to below 1.
        out: arrays to write the result into, in the form of the result. They may be the arguments
            themselves, which makes the step in place.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: (param, {"square_avg": square_avg, "acc_delta": acc_delta}), new arrays unless out is
    given; float32 when all arrays are float32, else float64. The arguments are not modified (but by
    way of out).

    Conventions: the defaults are PyTorch's (the paper tries several). eps is inside both roots, in
    the paper and in PyTorch. With eps=0 the first step is none, or NaN where the gradient is zero.

    Raises ValueError for shapes that differ, a state without its arrays, numbers out of range, an
    out that does not fit or an unknown backend; TypeError for other dtypes.

    Source: UFV and BME name it without a formula, case opt-adadelta; Zeiler, "ADADELTA: an adaptive
    learning rate method", arXiv:1212.5701, Algorithm 1; torch.optim.Adadelta.

    >>> param, state = adadelta([1.0], [2.0], rho=0.5, eps=2.0)
    >>> param  # 1 - 2 * sqrt(0 + 2) / sqrt(0.5 * 2^2 + 2)
    array([-0.41421356])
    >>> state["acc_delta"].round(12)  # 0.5 * delta^2 = 0.5 * 4 * 2 / 4
    array([1.])
    """
    rate = read_number("learning_rate", learning_rate, 0)
    decay, small = _read_decay("rho", rho), read_number("eps", eps, 0)
    numbers, keys = (rate, decay, small), ("square_avg", "acc_delta")
    kernel = load_kernels("adaptive_optimizers", backend).adadelta
    return take_step(kernel, numbers, param, grad, state, out, keys, backend)


def rmsprop(
    param: ArrayLike,
    grad: ArrayLike,
    state: State | None = None,
    *,
    learning_rate: float,
    alpha: float = 0.99,
    eps: float = 1e-8,
    eps_inside_sqrt: bool = False,
    out: Step | None = None,
    backend: str = "cpu",
) -> Step:
    """Return the parameter and the state after one step of RMSprop.

    square_avg <- alpha * square_avg + (1 - alpha) * grad^2
    param      <- param - learning_rate * grad / (sqrt(square_avg) + eps)

    Arguments:
        param: any shape.
        grad: the gradient of the loss, of the shape of param.
        state: {"square_avg": array of the shape of param}, as the step before returned it; None
            before the first step.
        learning_rate, eps: numbers of at least 0.
        alpha: a number from 0 to below 1, gamma in the lecture.
        eps_inside_sqrt: divide by sqrt(square_avg + eps) instead.
        out: arrays to write the result into, in the form of the result. They may be the arguments
            themselves, which makes the step in place.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: (param, {"square_avg": square_avg}), new arrays unless out is given; float32 when all
    arrays are float32, else float64. The arguments are not modified (but by way of out).

    Conventions: the defaults are PyTorch's. The lecture of NCU is eps_inside_sqrt=True, with gamma
    from 0.9 to 0.99. Two slips of its slide are put right here: it writes (1 - gamma) times the sum
    of all past squares, but a moving average takes only the current one; and it divides by the
    average of the step before, which would make the first step learning_rate * grad / sqrt(eps), so
    the average is updated first, as everyone does. With eps=0 an element whose gradients were all
    zero becomes NaN.

    Raises ValueError for shapes that differ, a state without its average, numbers out of range, an
    out that does not fit or an unknown backend; TypeError for other dtypes.

    Source: NCU, case opt-rmsprop; Tieleman and Hinton, "Neural networks for machine learning",
    Lecture 6.5, 2012; torch.optim.RMSprop.

    >>> rmsprop([1.0], [2.0], learning_rate=0.5, alpha=0.75, eps=0)  # 1 - 0.5 * 2 / sqrt(0.25 * 4)
    (array([0.]), {'square_avg': array([1.])})
    """
    rate = read_number("learning_rate", learning_rate, 0)
    decay, shift = _read_decay("alpha", alpha), _place_eps(eps, eps_inside_sqrt)
    numbers, keys = (rate, decay, *shift), ("square_avg",)
    kernel = load_kernels("adaptive_optimizers", backend).rmsprop
    return take_step(kernel, numbers, param, grad, state, out, keys, backend)


def adam(
    param: ArrayLike,
    grad: ArrayLike,
    state: State | None = None,
    *,
    learning_rate: float,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    eps_inside_sqrt: bool = False,
    bias_correction: bool = True,
    out: Step | None = None,
    backend: str = "cpu",
) -> Step:
    """Return the parameter and the state after one step of Adam.

    step       <- step + 1
    exp_avg    <- betas[0] * exp_avg + (1 - betas[0]) * grad
    exp_avg_sq <- betas[1] * exp_avg_sq + (1 - betas[1]) * grad^2
    m           = exp_avg / (1 - betas[0]^step)
    v           = exp_avg_sq / (1 - betas[1]^step)
    param      <- param - learning_rate * m / (sqrt(v) + eps)

    Arguments:
        param: any shape.
        grad: the gradient of the loss, of the shape of param.
        state: {"step": int, "exp_avg": array, "exp_avg_sq": array}, the arrays of the shape of
            param, as the step before returned it; None before the first step.
        learning_rate, eps: numbers of at least 0.
        betas: a pair of numbers from 0 to below 1, gamma1 and gamma2 in the lecture.
        eps_inside_sqrt: divide by sqrt(v + eps) instead.
        bias_correction: False for m = exp_avg and v = exp_avg_sq.
        out: arrays to write the result into, in the form of the result. They may be the arguments
            themselves, which makes the step in place.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: (param, {"step": step, "exp_avg": exp_avg, "exp_avg_sq": exp_avg_sq}), new arrays unless
    out is given; step is int64 of shape (), the others are float32 when all arrays are float32,
    else float64. The arguments are not modified (but by way of out).

    Conventions: the defaults are the paper's and PyTorch's. The lecture of NCU is
    bias_correction=False, eps_inside_sqrt=True. Two slips of its slide are put right here: it sums
    all past squares in v, but a moving average takes only the current one; and it uses m and v of
    the step before, which would make the first step none, so they are updated first, as everyone
    does. With eps=0 an element whose gradients were all zero becomes NaN.

    Raises ValueError for shapes that differ, a state without its entries, numbers out of range, an
    out that does not fit or an unknown backend; TypeError for other dtypes.

    Source: NCU, case opt-adam; Kingma and Ba, "Adam: a method for stochastic optimization", ICLR
    2015, Algorithm 1; torch.optim.Adam.

    >>> param, state = adam([1.0], [4.0], learning_rate=0.5, betas=(0.5, 0.75), eps=0)
    >>> param  # m = 2 / 0.5, v = 4 / 0.25: the first step is the sign of grad, times 0.5
    array([0.5])
    >>> state
    {'step': array(1), 'exp_avg': array([2.]), 'exp_avg_sq': array([4.])}
    """
    rate = read_number("learning_rate", learning_rate, 0)
    decays, shift = _read_betas(betas), _place_eps(eps, eps_inside_sqrt)
    keys = ("step", "exp_avg", "exp_avg_sq")
    step = read_count(state, keys) + 1
    corrections = [_bias(beta, step) if bias_correction else 1.0 for beta in decays]
    numbers = (rate, *decays, *corrections, *shift)
    kernel = load_kernels("adaptive_optimizers", backend).adam
    after = take_step(kernel, numbers, param, grad, state, out, keys, backend)
    after[1]["step"][...] = step
    return after


def _place_eps(eps: object, inside_sqrt: bool) -> tuple[float, float]:
    """Return what is added inside the square root, and what outside."""
    small = read_number("eps", eps, 0)
    return (small, 0.0) if inside_sqrt else (0.0, small)


def _read_decay(name: str, value: object) -> float:
    if type(value) is float and 0.0 <= value < 1.0:
        return value
    decay = read_number(name, value, 0)
    if decay >= 1:
        raise ValueError(f"{name}: got {decay!r}, expected a number from 0 to below 1")
    return decay


def _read_betas(betas: object) -> tuple[float, float]:
    if type(betas) is not tuple and not is_pair(betas):
        raise TypeError(f"betas: got {betas!r}, expected a pair of numbers")
    first, second = split_pair("betas", betas)
    return _read_decay("betas[0]", first), _read_decay("betas[1]", second)


def _bias(beta: float, step: int) -> float:
    """Return 1 - beta^step, of which subtracting leaves few digits when beta is nearly 1."""
    return 1.0 - beta**step if beta < 0.5 else -math.expm1(step * math.log1p(beta - 1.0))
