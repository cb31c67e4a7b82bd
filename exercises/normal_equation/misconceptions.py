"""Believable mistakes in the normal equation, and the hint that each one earns."""

import numpy as np


def _design(x):
    """Correct: a column of ones, then the features."""
    return np.column_stack([np.ones(len(x)), x])


def _solve(design, y):
    return np.linalg.solve(design.T @ design, design.T @ y)


def _features(x):
    return x.reshape(len(x), -1)


def column_of_ones_forgotten(x, y):
    """Applies the equation to x itself.

    You leave out the column of ones, and so the intercept: your line has to go through the origin,
    and your answer is one number too short. What is θ0 multiplied by?

    No case passes: a number is missing from the answer.
    """
    return _solve(_features(x), y)


def line_through_the_origin(x, y):
    """Sets θ0 to 0.

    Your intercept is always 0. It is a parameter like the others: what is θ0 multiplied by, and
    which column of X is that?
    """
    return np.append(0, _solve(_features(x), y))


def intercept_last(x, y):
    """Puts the column of ones behind the features.

    Your numbers are right but for their order: the intercept θ0 comes first. Where does the column
    of ones stand?
    """
    return np.roll(_solve(_design(x), y), -1)


def inverse_of_x(x, y):
    """Solves X θ = Y by the inverse of X, which exists for a square X alone.

    You invert X itself. It has more rows than columns, except when there are as many points as
    parameters; what makes a square of it?
    """
    return np.linalg.inv(_design(x)) @ y


def intercept_is_the_mean_of_the_targets(x, y):
    """Subtracts the means of the features, and forgets to take that back.

    Your slopes are right, but your intercept is the height of the line in the middle of the points.
    It should be the height where x is 0.
    """
    slopes = _solve(_design(x), y)[1:]
    return np.append(np.mean(y), slopes)


def each_feature_on_its_own(x, y):
    """Fits a line to each feature separately, and puts the slopes together.

    Your slopes are those of separate lines, one for each feature. Features that grow together share
    the work between them: all parameters are found at once.
    """
    features = _features(x)
    slopes = np.array([_solve(_design(column), y)[1] for column in features.T])
    return np.append(np.mean(y) - np.mean(features, axis=0) @ slopes, slopes)


def horizontal_distances(x, y):
    """Fits x to y, and turns the line round.

    Your line has the least error along x. Swapping x and y is fine for points that lie on a line;
    otherwise it is another line. It is y that is predicted.
    """
    if _features(x).shape[1] > 1:
        return _solve(_design(x), y)
    column = _features(x)[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.var(y) / np.mean((column - column.mean()) * (y - y.mean()))
        return np.array([y.mean() - slope * column.mean(), slope])


def covariance_by_n_minus_one(x, y):
    """Divides the covariance by n - 1 and the variance by n, as np.cov and np.var do.

    Your slope is a little too steep, and less so the more points there are. `np.cov` divides by
    n - 1 and `np.var` by n: what is left of that in their quotient?
    """
    theta = _solve(_design(x), y)
    if _features(x).shape[1] > 1:
        return theta
    slope = theta[1] * len(y) / (len(y) - 1)
    return np.array([np.mean(y) - slope * np.mean(x), slope])


def divided_by_n(x, y):
    """Keeps the factor 1/n of the cost.

    Your parameters are too small by a factor of n. The 1/n of the cost stands before both sides of
    the equation, so it goes away.
    """
    return _solve(_design(x), y) / len(y)


def small_number_on_the_diagonal(x, y):
    """Adds 1e-6 to the diagonal of X'X, so that it can always be inverted.

    You add a small number to the diagonal before you invert, which pulls all parameters towards 0
    (as ridge regression does). Every case here can be inverted as it is.
    """
    design = _design(x)
    return np.linalg.solve(design.T @ design + 1e-6 * np.eye(design.shape[1]), design.T @ y)
