"""Believable mistakes in network_summary; each docstring carries the hint that a student reads."""


def _fit(size, kernel_size, stride, padding):
    """Correct."""
    return (size + 2 * padding - kernel_size) // stride + 1


def _conv(layer, shape, fit=_fit):
    """Correct: the shape that comes out, and the weights and biases."""
    kernel_size = layer["kernel_size"]
    steps = kernel_size, layer["stride"], layer["padding"]
    learnt = layer["out_channels"] * (shape[0] * kernel_size**2 + 1)
    return [layer["out_channels"], fit(shape[1], *steps), fit(shape[2], *steps)], learnt


def _pool(layer, shape, fit=_fit):
    """Correct."""
    steps = layer["kernel_size"], layer["stride"], 0
    return [shape[0], fit(shape[1], *steps), fit(shape[2], *steps)], 0


def _flatten(layer, shape):
    """Correct."""
    return [shape[0] * shape[1] * shape[2], 1, 1], 0


def _dense(layer, shape):
    """Correct."""
    return [layer["units"], 1, 1], layer["units"] * (shape[0] + 1)


def _table(layers, input_shape, conv=_conv, pool=_pool, flatten=_flatten, dense=_dense):
    """Correct: each mistake below changes one kind of layer, or what becomes of the table."""
    kinds = {"conv": conv, "max_pool": pool, "avg_pool": pool, "flatten": flatten, "dense": dense}
    shape, table = list(input_shape), []
    for layer in layers:
        shape, learnt = kinds[layer["kind"]](layer, shape)
        table.append([*shape, learnt])
    return table


def _table_with_sizes(layers, input_shape, fit):
    """Correct, but for the number of windows."""
    return _table(
        layers,
        input_shape,
        conv=lambda layer, shape: _conv(layer, shape, fit),
        pool=lambda layer, shape: _pool(layer, shape, fit),
    )


def sizes_rounded_up(layers, input_shape):
    """Counts a last window that hangs over the end.

    You round sizes up. A window that does not fit wholly is left out: see AlexNet, where 224
    pixels make 54.
    """
    return _table_with_sizes(
        layers, input_shape, lambda size, k, s, p: -((k - size - 2 * p) // s) + 1
    )


def sizes_not_rounded(layers, input_shape):
    """Divides without rounding, as in the formula that has no floor.

    Your sizes are not always whole numbers. A window that does not fit wholly is left out: what
    happens to the remainder of the division?
    """
    return _table_with_sizes(layers, input_shape, lambda size, k, s, p: (size + 2 * p - k) / s + 1)


def padding_counted_once(layers, input_shape):
    """Adds the padding at one end.

    You count the padding once. It stands at both ends of the height, and at both of the width.
    """
    return _table_with_sizes(layers, input_shape, lambda size, k, s, p: _fit(size - p, k, s, p))


def stride_of_the_convolution_ignored(layers, input_shape):
    """Moves the kernel of a convolution by one pixel.

    Your convolutions move by one pixel at a time. Their dicts have a stride of their own.
    """
    return _table(
        layers, input_shape, conv=lambda layer, shape: _conv({**layer, "stride": 1}, shape)
    )


def pooling_always_side_by_side(layers, input_shape):
    """Takes the window of a pooling layer for its stride.

    Your pooling windows always lie side by side. Those of AlexNet overlap: they are 3 x 3 and
    move by 2.
    """
    return _table(
        layers,
        input_shape,
        pool=lambda layer, shape: _pool({**layer, "stride": layer["kernel_size"]}, shape),
    )


def pooling_learns_kernels(layers, input_shape):
    """Counts a pooling window as a kernel with weights.

    Your pooling layers learn something. A maximum or a mean needs no weights: what is there to
    be learnt?
    """
    return _table(
        layers,
        input_shape,
        pool=lambda layer, shape: _conv({**layer, "out_channels": shape[0], "padding": 0}, shape),
    )


def channels_of_the_image_everywhere(layers, input_shape):
    """Counts every kernel as if it saw the image itself.

    Each of your kernels has as many channels as the image. From the second convolution on it sees
    the maps of the layer before it: how many are they?
    """

    def conv(layer, shape):
        _, learnt = _conv(layer, input_shape)
        return _conv(layer, shape)[0], learnt

    return _table(layers, input_shape, conv=conv)


def counted_after_the_shape_has_changed(layers, input_shape):
    """Replaces the channels first and then counts with the new ones.

    You count with the channels that leave the layer in the place of those that come in. Do you
    count before or after you replace them?
    """

    def conv(layer, shape):
        after, _ = _conv(layer, shape)
        return after, _conv(layer, after)[1]

    def dense(layer, shape):
        after, _ = _dense(layer, shape)
        return after, _dense(layer, after)[1]

    return _table(layers, input_shape, conv=conv, dense=dense)


def kernels_are_flat(layers, input_shape):
    """Takes a kernel for k x k numbers, whatever the number of channels.

    Your kernels have one layer of weights. A kernel sees all channels that come in, and has k x k
    weights for each of them.
    """

    def conv(layer, shape):
        return _conv(layer, shape)[0], _conv(layer, [1, 0, 0])[1]

    return _table(layers, input_shape, conv=conv)


def biases_forgotten(layers, input_shape):
    """Counts the weights alone.

    You count the weights alone. Every kernel and every unit has a bias too.
    """
    return _table(
        layers,
        input_shape,
        conv=lambda layer, shape: (
            _conv(layer, shape)[0],
            _conv(layer, shape)[1] - layer["out_channels"],
        ),
        dense=lambda layer, shape: (
            _dense(layer, shape)[0],
            _dense(layer, shape)[1] - layer["units"],
        ),
    )


def one_bias_for_a_dense_layer(layers, input_shape):
    """Adds a single bias to the weights of a dense layer.

    Your dense layers have one bias each. Every unit of a layer has its own.
    """

    def dense(layer, shape):
        return _dense(layer, shape)[0], layer["units"] * shape[0] + 1

    return _table(layers, input_shape, dense=dense)


def one_map_flattened(layers, input_shape):
    """Makes a vector of height times width numbers.

    Your flatten takes the numbers of one map. The vector holds those of all channels.
    """
    return _table(
        layers, input_shape, flatten=lambda layer, shape: ([shape[1] * shape[2], 1, 1], 0)
    )


def images_taken_as_square(layers, input_shape):
    """Follows the height alone.

    You follow the height and use it for the width too. Images need not be square.
    """
    channels, height, _ = input_shape
    return _table(layers, [channels, height, height])


def channels_last(layers, input_shape):
    """Writes rows of height, width, channels.

    Your rows begin with the height, as tables of Keras do. Here the channels come first.
    """
    table = _table(layers, input_shape)
    return [[height, width, channels, learnt] for channels, height, width, learnt in table]
