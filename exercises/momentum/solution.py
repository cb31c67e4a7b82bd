"""One step of gradient descent with momentum, as the lecture writes it."""


def momentum(param, grad, state, learning_rate=0.01, momentum=0.9):
    """Return the weights after the step, and the weights before it as the state."""
    previous = param if state is None else state
    last_move = param - previous
    gradient_step = -learning_rate * grad
    return param + momentum * last_move + (1 - momentum) * gradient_step, param
