"""The calls of networks and of linear regression."""

from calls import Call, some

import reference

X, WEIGHT, BIAS, GRAD = some(4, 3), some(3, 2, seed=8), some(2, seed=9), some(4, 2, seed=10)
LAST, LAST_BIAS = some(2, 2, seed=11), some(2, seed=12)


def mlp_forward(x, w1, b1, w2, b2, **options):
    return reference.mlp_forward(x, [(w1, b1), (w2, b2)], activation="tanh", **options)


def mlp_backward(grad, x, w1, b1, w2, b2, **options):
    return reference.mlp_backward(grad, x, [(w1, b1), (w2, b2)], activation="tanh", **options)


MLP = (X, WEIGHT, BIAS, LAST, LAST_BIAS)

CALLS: list[Call] = [
    Call("dense", reference.dense, (X, WEIGHT, BIAS)),
    Call("dense_backward", reference.dense_backward, (GRAD, X, WEIGHT)),
    Call("mlp_forward", mlp_forward, MLP),
    Call("mlp_backward", mlp_backward, (GRAD, *MLP)),
    Call("linear_regression_cost", reference.linear_regression_cost, (BIAS, X[:, 0], GRAD[:, 0])),
    # Rounded to whole numbers, which some tests do, the columns must stay independent.
    Call("normal_equation", reference.normal_equation, (9 * X[:, 0], 9 * GRAD[:, 0])),
]
