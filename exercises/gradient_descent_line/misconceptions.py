"""Believable mistakes in gradient descent for a line, and the hint that each one earns."""

import numpy as np


def _gradient(theta, x, y):
    """Correct: the gradient of the mean of the squares."""
    differences = theta[0] + theta[1] * x - y
    return np.array([2 * np.mean(differences), 2 * np.mean(differences * x)])


def _path(theta, learning_rate, steps, gradient):
    """Correct when the gradient is."""
    path = [np.asarray(theta, dtype=float)]
    for step in range(steps):
        path.append(path[-1] - learning_rate * gradient(path[-1], step))
    return np.array(path)


def two_forgotten(theta, x, y, learning_rate, steps):
    """Leaves out the 2 that comes from the square.

    Your steps are half as long as they should be. What is the derivative of a square?
    """
    return _path(theta, learning_rate, steps, lambda at, step: _gradient(at, x, y) / 2)


def summed_over_the_points(theta, x, y, learning_rate, steps):
    """Adds the gradients of all points, as UFV writes gradient descent.

    Your steps grow with the number of points: you add their gradients, as UFV does. Here the cost
    is a mean, and so is its gradient.
    """
    return _path(theta, learning_rate, steps, lambda at, step: _gradient(at, x, y) * len(x))


def uphill(theta, x, y, learning_rate, steps):
    """Adds the gradient.

    Your cost grows with every step. The gradient points uphill: which way do you want to go?
    """
    return _path(theta, learning_rate, steps, lambda at, step: -_gradient(at, x, y))


def one_parameter_after_the_other(theta, x, y, learning_rate, steps):
    """Moves θ0, and computes the derivative for θ1 at the place it has come to.

    Your θ0 is right after the first step and your θ1 is not: when you compute its derivative, θ0
    has moved already. Both derivatives belong to the place where the step begins.
    """
    path = [np.asarray(theta, dtype=float)]
    for _ in range(steps):
        at = path[-1].copy()
        for parameter in range(2):
            at[parameter] -= learning_rate * _gradient(at, x, y)[parameter]
        path.append(at)
    return np.array(path)


def slope_without_x(theta, x, y, learning_rate, steps):
    """Forgets the inner derivative x for the slope.

    Both your parameters move by the same amount. How much does the height of the line at x change
    when the slope grows by 1?
    """

    def gradient(at, step):
        return np.full(2, _gradient(at, x, y)[0])

    return _path(theta, learning_rate, steps, gradient)


def sum_of_x_times_sum_of_differences(theta, x, y, learning_rate, steps):
    """Multiplies the mean difference by the mean of x.

    You multiply the mean of the differences by the mean of x. Each difference belongs with the x of
    its own point: multiply first, and take the mean of the products.
    """

    def gradient(at, step):
        intercept = _gradient(at, x, y)[0]
        return np.array([intercept, intercept * np.mean(x)])

    return _path(theta, learning_rate, steps, gradient)


def gradient_of_the_start(theta, x, y, learning_rate, steps):
    """Computes the gradient once and keeps it.

    All your steps are alike: the gradient was computed once, before the loop. It is another one at
    each place.
    """
    return _path(theta, learning_rate, steps, lambda at, step: _gradient(theta, x, y))


def one_point_for_each_step(theta, x, y, learning_rate, steps):
    """Takes the points in turn, one for each step.

    You use one point for each step, which is stochastic gradient descent. Here every step looks at
    all points.
    """

    def gradient(at, step):
        point = slice(step % len(x), step % len(x) + 1)
        return _gradient(at, x[point], y[point])

    return _path(theta, learning_rate, steps, gradient)


def same_array_in_every_row(theta, x, y, learning_rate, steps):
    """Changes the one array in place that all the places of the path refer to.

    All rows of your path are alike, and show where it ends: `theta -= ...` changes the array that
    the list holds already. A new array for each step, or a copy, helps.
    """
    at = theta.copy()
    path = [at]
    for _ in range(steps):
        at -= learning_rate * _gradient(at, x, y)
        path.append(at)
    return np.array(path)


def parameters_exchanged(theta, x, y, learning_rate, steps):
    """Takes the first parameter for the slope.

    You take the first parameter for the slope. Here θ0 is the intercept, the height of the line at
    x = 0, and θ1 is the slope.
    """

    def gradient(at, step):
        return _gradient(at[::-1], x, y)[::-1]

    return _path(theta, learning_rate, steps, gradient)


def start_left_out(theta, x, y, learning_rate, steps):
    """Returns the parameters after each step alone.

    Your path begins after the first step. The start is its first row, so there is one row more than
    steps.

    No case passes: a row is missing.
    """
    return _path(theta, learning_rate, steps, lambda at, step: _gradient(at, x, y))[1:]
