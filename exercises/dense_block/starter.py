"""Exercise dense_block: `grade show dense_block` prints the task, `grade check` looks at it."""

import numpy as np  # noqa: F401


def dense_block(x, layer_weights, transition_weight=None):
    """Return the maps of a dense block, or what the transition layer makes of them.

    Arguments:
        x: N images or maps, float array of shape (N, C, H, W)
        layer_weights: a list of float arrays; that of layer l = 0, 1, ... has the shape
            (k, C + l*k, 3, 3), as the layer sees x and the k maps of each layer before it
        transition_weight: the M kernels of the transition layer, float array of shape
            (M, C + L*k, 1, 1) after L layers, or None for no transition layer

    Returns:
        float array: without a transition layer x and all new maps, shape (N, C + L*k, H, W);
        with it the shape is (N, M, H // 2, W // 2)

    Example: an image of one pixel with the value 1, two layers with k = 1 and all weights 1 give
    the three maps 1, 1 and 2: the second layer sees both of the first two.
    """
    raise NotImplementedError("dense_block is not written yet")
