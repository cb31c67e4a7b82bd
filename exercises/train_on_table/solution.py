"""The training loop: forward, cost, backward, update, and again."""

import numpy as np


def train_on_table(x, y, weight1, bias1, weight2, bias2, learning_rate, steps):
    """Return the cost before each step, and after the last."""
    parameters = weight1, bias1, weight2, bias2
    costs = [cost(x, y, *parameters)]
    for _ in range(steps):
        grads = gradients(x, y, *parameters)
        parameters = [p - learning_rate * grad for p, grad in zip(parameters, grads, strict=True)]
        costs.append(cost(x, y, *parameters))
    return np.array(costs)


def cost(x, y, weight1, bias1, weight2, bias2):
    """Return the sum of the squared errors."""
    hidden = np.maximum(x @ weight1 + bias1, 0)
    return np.sum((hidden @ weight2 + bias2 - y) ** 2)


def gradients(x, y, weight1, bias1, weight2, bias2):
    """Return the gradients of the cost, in the order of the parameters."""
    before = x @ weight1 + bias1
    hidden = np.maximum(before, 0)
    grad_output = 2 * (hidden @ weight2 + bias2 - y)
    grad_before = (grad_output @ weight2.T) * (before > 0)
    return (
        x.T @ grad_before,
        grad_before.sum(axis=0),
        hidden.T @ grad_output,
        grad_output.sum(axis=0),
    )
