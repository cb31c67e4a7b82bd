"""The calls of reference.convolution, its gradients and its geometry."""

from functools import partial

from calls import Call, some

from reference import conv1d, conv2d, conv2d_backward, conv_matrix, convolve2d

OPTIONS = {"stride": 2, "padding": ((1, 0), (2, 1)), "dilation": (1, 2), "groups": 2}
X, WEIGHT, BIAS = some(2, 4, 5, 6), some(6, 2, 3, 2, seed=8), some(6, seed=9)

CALLS: list[Call] = [
    Call("conv1d", conv1d, (X[:, :, 0], some(3, 4, 2, seed=8), some(3, seed=9))),
    Call("conv2d", conv2d, (X[:, :2], WEIGHT, BIAS)),
    Call("conv2d", conv2d, (X[0, :2], WEIGHT), variant="one-image"),
    Call("conv2d", partial(conv2d, **OPTIONS), (X, WEIGHT, BIAS), variant="options"),
    Call("convolve2d", partial(convolve2d, padding="same"), (X[:, :2], WEIGHT, BIAS)),
    Call("conv2d_backward", conv2d_backward, (some(2, 6, 3, 5, seed=3), X[:, :2], WEIGHT)),
    Call(
        "conv2d_backward",
        partial(conv2d_backward, **OPTIONS),
        (some(2, 6, 2, 4, seed=3), X, WEIGHT),
        variant="options",
    ),
    Call("conv_matrix", partial(conv_matrix, input_size=(4, 3)), (WEIGHT,)),
]
