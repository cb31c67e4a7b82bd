"""Believable mistakes in train_on_table; each docstring carries the hint that a student reads."""

import numpy as np


def _train(x, y, parameters, learning_rate, steps, cost_of=None, grads_of=None):
    """Correct where `cost_of` and `grads_of` are not replaced."""
    cost_of, grads_of = cost_of or _cost, grads_of or _gradients
    costs = [cost_of(x, y, parameters)]
    for _ in range(steps):
        parameters = _moved(parameters, grads_of(x, y, parameters), learning_rate)
        costs.append(cost_of(x, y, parameters))
    return np.array(costs)


def _moved(parameters, grads, learning_rate):
    pairs = zip(parameters, grads, strict=True)
    return [parameter - learning_rate * grad for parameter, grad in pairs]


def _forward(x, parameters):
    """Correct: before relu, after it, and the output."""
    weight1, bias1, weight2, bias2 = parameters
    before = x @ weight1 + bias1
    hidden = np.maximum(before, 0)
    return before, hidden, hidden @ weight2 + bias2


def _cost(x, y, parameters):
    return np.sum((_forward(x, parameters)[-1] - y) ** 2)


def _gradients(x, y, parameters, awake_of=lambda before: before > 0):
    """Correct where `awake_of` is relu's derivative."""
    before, hidden, output = _forward(x, parameters)
    grad_output = 2 * (output - y)
    grad_before = (grad_output @ parameters[2].T) * awake_of(before)
    return (
        x.T @ grad_before,
        grad_before.sum(axis=0),
        hidden.T @ grad_output,
        grad_output.sum(axis=0),
    )


def mean_of_the_squared_errors(x, y, weight1, bias1, weight2, bias2, learning_rate, steps):
    """Averages the costs and the gradients over the samples.

    Your costs are too small by the number of samples, and so are your steps. This exercise adds
    the samples up, as NCU does, and takes no mean.
    """
    samples = max(len(x), 1)
    return _train(
        x,
        y,
        (weight1, bias1, weight2, bias2),
        learning_rate / samples,
        steps,
        cost_of=lambda x, y, parameters: _cost(x, y, parameters) / samples,
    )


def mean_of_the_gradients(x, y, weight1, bias1, weight2, bias2, learning_rate, steps):
    """Adds the costs up, but averages the gradients.

    Your first cost is right, but your steps are too short by the number of samples: the cost is a
    sum, so its gradient is one too.
    """
    rate = learning_rate / max(len(x), 1)
    return _train(x, y, (weight1, bias1, weight2, bias2), rate, steps)


def cost_after_each_step(x, y, weight1, bias1, weight2, bias2, learning_rate, steps):
    """Takes a step, then the cost, for each of the numbers to return.

    Your costs come one step late: the first belongs to the network as it was given, before any
    step.
    """
    late = _train(x, y, (weight1, bias1, weight2, bias2), learning_rate, steps + 1)
    return late[1:]


def last_cost_left_out(x, y, weight1, bias1, weight2, bias2, learning_rate, steps):
    """Returns the cost before each step and nothing after the last.

    You return one cost for each step. After the last step there is a network too, and its cost is
    wanted.

    No case passes: a number is missing everywhere.
    """
    return _train(x, y, (weight1, bias1, weight2, bias2), learning_rate, steps)[:-1]


def gradient_through_the_new_output_layer(
    x, y, weight1, bias1, weight2, bias2, learning_rate, steps
):
    """Updates the output layer before the errors go back through it.

    You update weight2 before you use it to pass the errors back to the hidden layer. All gradients
    belong to the weights as they were: compute all four, then update.
    """

    def gradients(x, y, parameters):
        _, _, grad_weight2, grad_bias2 = _gradients(x, y, parameters)
        before, _, output = _forward(x, parameters)
        new_weight2 = parameters[2] - learning_rate * grad_weight2
        grad_before = (2 * (output - y) @ new_weight2.T) * (before > 0)
        return x.T @ grad_before, grad_before.sum(axis=0), grad_weight2, grad_bias2

    return _train(x, y, (weight1, bias1, weight2, bias2), learning_rate, steps, grads_of=gradients)


def relu_forgotten_on_the_way_back(x, y, weight1, bias1, weight2, bias2, learning_rate, steps):
    """Leaves relu's derivative out of the gradients.

    In your training sleeping units learn. On the way back, too, nothing passes where relu gave 0.
    """

    def gradients(x, y, parameters):
        return _gradients(x, y, parameters, np.ones_like)

    return _train(x, y, (weight1, bias1, weight2, bias2), learning_rate, steps, grads_of=gradients)


def awake_at_zero(x, y, weight1, bias1, weight2, bias2, learning_rate, steps):
    """Takes the derivative of relu at 0 as 1.

    A hidden unit whose sum is exactly 0 learns in your training. The derivative of relu at 0 is
    taken as 0.
    """

    def gradients(x, y, parameters):
        return _gradients(x, y, parameters, lambda before: before >= 0)

    return _train(x, y, (weight1, bias1, weight2, bias2), learning_rate, steps, grads_of=gradients)


def biases_stay(x, y, weight1, bias1, weight2, bias2, learning_rate, steps):
    """Updates the weights alone.

    Your biases never change. They have gradients and learn like the weights.
    """

    def gradients(x, y, parameters):
        grad_weight1, _, grad_weight2, _ = _gradients(x, y, parameters)
        return grad_weight1, 0, grad_weight2, 0

    return _train(x, y, (weight1, bias1, weight2, bias2), learning_rate, steps, grads_of=gradients)


def two_left_out(x, y, weight1, bias1, weight2, bias2, learning_rate, steps):
    """Takes the error as the derivative of its square.

    All your steps are half as long as they should be. What is the derivative of a square?
    """
    return _train(x, y, (weight1, bias1, weight2, bias2), learning_rate / 2, steps)


def every_step_from_the_beginning(x, y, weight1, bias1, weight2, bias2, learning_rate, steps):
    """Subtracts each step from the weights that were given.

    Your first step is right, but then the cost stays where it is: each step has to begin where the
    one before it ended.
    """
    parameters = (weight1, bias1, weight2, bias2)
    first = _train(x, y, parameters, learning_rate, min(steps, 1))
    return np.append(first, np.repeat(first[-1:], steps + 1 - len(first)))


def gradient_of_the_beginning(x, y, weight1, bias1, weight2, bias2, learning_rate, steps):
    """Computes the gradients once, before the loop.

    Your first step is right, and all others go the same way as it did. The gradients belong into
    the loop: each step needs those of the weights as they are by then.
    """
    parameters = (weight1, bias1, weight2, bias2)
    grads = _gradients(x, y, parameters)
    return _train(x, y, parameters, learning_rate, steps, grads_of=lambda x, y, parameters: grads)


def a_step_for_each_sample(x, y, weight1, bias1, weight2, bias2, learning_rate, steps):
    """Updates after every sample instead of after the whole table.

    You update after every sample. Here a step looks at the whole table first: its gradients are
    the sums over all samples at the same weights.
    """
    parameters = (weight1, bias1, weight2, bias2)
    costs = [_cost(x, y, parameters)]
    for _ in range(steps):
        for n in range(len(x)):
            grads = _gradients(x[n : n + 1], y[n : n + 1], parameters)
            parameters = _moved(parameters, grads, learning_rate)
        costs.append(_cost(x, y, parameters))
    return np.array(costs)
