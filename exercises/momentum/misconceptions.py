"""Believable mistakes in momentum; each docstring carries the hint that a student reads.

Where nothing else is said the state is the last move W[t] - W[t-1].
"""


def _move(grad, last_move, learning_rate, momentum):
    """Correct: the next move."""
    return momentum * last_move + (1 - momentum) * (-learning_rate * grad)


def without_one_minus_alpha(param, grad, state, learning_rate=0.01, momentum=0.9):
    """Takes the gradient whole, as PyTorch does without dampening.

    You take the whole gradient step. That is PyTorch's rule; in the lecture's the last move and
    the gradient step share a weight of one between them.
    """
    last_move = 0 * param if state is None else state
    move = momentum * last_move - learning_rate * grad
    return param + move, move


def first_step_undampened(param, grad, state, learning_rate=0.01, momentum=0.9):
    """Takes the first gradient whole, as PyTorch does with dampening.

    Your first step is too long: there is no earlier move, but the gradient step has the factor
    1 - α from the beginning.
    """
    first = state is None
    move = -learning_rate * grad if first else _move(grad, state, learning_rate, momentum)
    return param + move, move


def last_move_forgotten(param, grad, state, learning_rate=0.01, momentum=0.9):
    """Moves by the gradient step alone.

    Your steps do not remember the move before: a gradient of zero stops you at once. What has to
    travel in the state from one step to the next?
    """
    return param + _move(grad, 0 * param, learning_rate, momentum), None


def last_move_subtracted(param, grad, state, learning_rate=0.01, momentum=0.9):
    """Computes W[t-1] - W[t] and so moves back by it.

    The last move pulls you back instead of carrying you on. Look at the order of W[t] and W[t-1]
    in their difference.
    """
    last_move = 0 * param if state is None else state
    move = _move(grad, -last_move, learning_rate, momentum)
    return param + move, move


def weights_exchanged(param, grad, state, learning_rate=0.01, momentum=0.9):
    """Gives the weight α to the gradient and 1 - α to the last move.

    You weigh the last move with 1 - α and the gradient step with α. With α = 0.9, which of the two
    should count for more?
    """
    last_move = 0 * param if state is None else state
    move = _move(grad, last_move, learning_rate, 1 - momentum)
    return param + move, move


def gradient_of_the_step_before(param, grad, state, learning_rate=0.01, momentum=0.9):
    """Uses the gradient that the state kept, one step late.

    You are one gradient late: the step uses the gradient of the step before. The new gradient
    counts at once.
    """
    last_move, last_grad = (0 * param, grad) if state is None else state
    move = _move(last_grad, last_move, learning_rate, momentum)
    return param + move, (move, grad)


def moved_before_the_update(param, grad, state, learning_rate=0.01, momentum=0.9):
    """Moves the weights by the last move, and only then computes the new one.

    You move the weights before you compute the new move, so every gradient counts one step late
    and the first step goes nowhere.

    No case passes: the first gradient is never zero, and the first step does not use it.
    """
    last_move = 0 * param if state is None else state
    return param + last_move, _move(grad, last_move, learning_rate, momentum)


def look_ahead(param, grad, state, learning_rate=0.01, momentum=0.9):
    """Applies the momentum once more to the new move, as Nesterov's method does.

    You look one move ahead, which is Nesterov's momentum. The lecture's weights move by the new
    move itself.
    """
    last_move = 0 * param if state is None else state
    move = _move(grad, last_move, learning_rate, momentum)
    return param + _move(grad, move, learning_rate, momentum), move


def learning_rate_on_both(param, grad, state, learning_rate=0.01, momentum=0.9):
    """Multiplies the whole bracket by the learning rate, the last move too.

    Your learning rate also shrinks the last move, which has it inside already. It belongs to the
    gradient alone.
    """
    last_move = 0 * param if state is None else state
    move = learning_rate * (momentum * last_move - (1 - momentum) * grad)
    return param + move, move


def first_weights_kept(param, grad, state, learning_rate=0.01, momentum=0.9):
    """Keeps W[0] in the state for ever instead of W[t-1].

    Your state is set once and never again, so you measure the last move from where you started.
    What should the state hold after the second step?
    """
    first = param if state is None else state
    return param + _move(grad, param - first, learning_rate, momentum), first
