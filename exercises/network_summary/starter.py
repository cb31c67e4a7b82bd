"""Exercise network_summary: `grade show network_summary` prints the task."""


def network_summary(layers, input_shape):
    """Return the table of a network: the shape that each layer puts out, and its parameters.

    Arguments:
        layers: a list of dicts, from the first layer to the last, of these kinds:
            {"kind": "conv", "out_channels": 6, "kernel_size": 5, "stride": 1, "padding": 0}
            {"kind": "max_pool", "kernel_size": 2, "stride": 2}
            {"kind": "avg_pool", "kernel_size": 2, "stride": 2}
            {"kind": "flatten"}
            {"kind": "dense", "units": 120}
        input_shape: [channels, height, width] of one image

    Returns:
        a list with a row [channels, height, width, parameters] for each layer. A vector of n
        numbers is written as n channels of 1 x 1. Kernels and units have a bias each.

    Example: the layers [{"kind": "flatten"}, {"kind": "dense", "units": 2}] on images of
    [1, 4, 5] give [[20, 1, 1, 0], [2, 1, 1, 42]].
    """
    raise NotImplementedError("network_summary is not written yet")
