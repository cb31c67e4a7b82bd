"""The table of a network: follow the shape from layer to layer, and count what is learnt."""


def network_summary(layers, input_shape):
    """Return a row [channels, height, width, parameters] for each layer."""
    channels, height, width = input_shape
    table = []
    for layer in layers:
        parameters = 0
        if layer["kind"] == "conv":
            kernel_size, stride, padding = layer["kernel_size"], layer["stride"], layer["padding"]
            # The kernels see the channels that come in: count before they are replaced.
            parameters = layer["out_channels"] * (channels * kernel_size * kernel_size + 1)
            channels = layer["out_channels"]
            height = windows_that_fit(height, kernel_size, stride, padding)
            width = windows_that_fit(width, kernel_size, stride, padding)
        elif layer["kind"] in ("max_pool", "avg_pool"):
            height = windows_that_fit(height, layer["kernel_size"], layer["stride"], 0)
            width = windows_that_fit(width, layer["kernel_size"], layer["stride"], 0)
        elif layer["kind"] == "flatten":
            channels, height, width = channels * height * width, 1, 1
        elif layer["kind"] == "dense":
            parameters = layer["units"] * (channels + 1)
            channels = layer["units"]
        table.append([channels, height, width, parameters])
    return table


def windows_that_fit(size, kernel_size, stride, padding):
    """Return at how many places a window stops along one axis."""
    return (size + 2 * padding - kernel_size) // stride + 1
