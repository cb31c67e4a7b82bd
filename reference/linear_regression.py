"""Linear regression: its cost, and the parameters that make it smallest."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.arguments import FloatArray, check_choice, check_shape, read_floats


def linear_regression_cost(
    theta: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    intercept: bool = True,
    reduction: str = "mean",
) -> np.float32 | np.float64:
    """Return the squared error of a straight line, or a plane, through the data.

    J(theta) = (1/n) sum_n (theta_0 + theta_1 x_n - y_n)^2 = (1/n) (X theta - y)^T (X theta - y)

    Arguments:
        theta: the parameters, shape (1 + features,), theta_0 first; without intercept (features,).
        x: inputs, shape (n,) for one feature, or (n, features).
        y: targets, shape (n,).
        intercept: True: a column of ones for theta_0 is put before x. False: x is X itself.
        reduction: "mean" divides by n, "sum" does not.

    Result: a number; float32 when all arrays are float32, else float64.

    Conventions: the lecture writes the factor 1/n before the sum and leaves it out of the product
    of matrices: "mean" and "sum". There is no factor 1/2.

    Raises ValueError for shapes that do not fit, no samples or an unknown reduction; TypeError for
    other dtypes.

    Source: ELTE, case network-linear-regression.

    >>> float(linear_regression_cost([1.0, 2.0], [0.0, 1.0], [1.0, 5.0]))  # (0 + (3 - 5)^2) / 2
    2.0
    """
    check_choice("reduction", reduction, ("mean", "sum"))
    theta, x, y = read_floats(theta=theta, x=x, y=y)
    design = _design(x, intercept)
    check_shape("y", y, (len(design),), "a target for each row of x")
    check_shape("theta", theta, design.shape[1:], "a parameter for each column")
    residuals = design @ theta.astype(np.float64) - y
    total = np.square(residuals).sum()
    number: np.float32 | np.float64 = x.dtype.type(
        total / len(residuals) if reduction == "mean" else total
    )
    return number


def normal_equation(x: ArrayLike, y: ArrayLike, *, intercept: bool = True) -> FloatArray:
    """Return the parameters of the straight line, or plane, of least squared error.

    theta = (X^T X)^-1 X^T y

    It is solved by the singular values of X (numpy.linalg.lstsq): the same parameters, without
    squaring the condition of X and without an inverse. Each column is first divided by a power of
    two, which rounds nothing, so that the unit of a feature does not decide about its rank.

    Arguments:
        x: inputs, shape (n,) for one feature, or (n, features).
        y: targets, shape (n,).
        intercept: True: a column of ones for theta_0 is put before x. False: x is X itself.

    Result: theta, shape (1 + features,), theta_0 first; without intercept (features,); float32 when
    all arrays are float32, else float64.

    Conventions: X has the samples in its rows.

    Raises ValueError for shapes that do not fit, values that are not finite, or columns that depend
    on each other, where X^T X has no inverse; TypeError for other dtypes.

    Source: ELTE, case network-linear-regression.

    >>> normal_equation([0.0, 1.0, 2.0], [1.0, 3.0, 5.0]).round(12)  # y = 1 + 2 x
    array([1., 2.])
    """
    x, y = read_floats(x=x, y=y)
    design = _design(x, intercept)
    check_shape("y", y, (len(design),), "a target for each row of x")
    for name, array in (("x", x), ("y", y)):
        if not np.isfinite(array).all():
            raise ValueError(f"{name}: got NaN or infinity, expected finite numbers")
    _, exponents = np.frexp(np.abs(design).max(axis=0))
    scaled = np.ldexp(design, -exponents)
    theta, _, rank, _ = np.linalg.lstsq(scaled, y.astype(np.float64), rcond=None)
    if rank < design.shape[1]:
        raise ValueError(
            f"x: got columns of rank {rank}, expected {design.shape[1]} that do not depend on "
            "each other, the column of ones of the intercept included"
        )
    solution: NDArray[Any] = np.ldexp(theta, -exponents).astype(x.dtype)
    return solution


def _design(x: FloatArray, intercept: bool) -> NDArray[np.float64]:
    """Return X, in float64."""
    if x.ndim not in (1, 2) or 0 in x.shape:
        raise ValueError(f"x: got shape {x.shape}, expected (n,) or (n, features), each at least 1")
    columns = x.astype(np.float64).reshape(len(x), -1)
    return np.column_stack([np.ones(len(x)), columns]) if intercept else columns
