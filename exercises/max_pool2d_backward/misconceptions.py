"""Believable mistakes in max_pool2d_backward; each docstring carries the hint for the student."""

import numpy as np


def _places(grad_output, kernel_size, stride):
    """Yield each window's place in grad_output and its slices of the map."""
    stride = kernel_size if stride is None else stride
    for n, c, i, j in np.ndindex(grad_output.shape):
        rows = slice(i * stride, i * stride + kernel_size)
        yield (n, c, i, j), (n, c, rows, slice(j * stride, j * stride + kernel_size))


def _first(window):
    """Correct: 1 at the first of the largest values, 0 elsewhere."""
    return (np.arange(window.size) == np.argmax(window)).reshape(window.shape)


def _send(grad_output, x, kernel_size, stride, share=_first):
    """Correct: each mistake below changes how a window shares out its gradient, or a step."""
    grad_x = np.zeros(x.shape, dtype=x.dtype)
    for place, window in _places(grad_output, kernel_size, stride):
        if x[window].size:
            grad_x[window] += (share(x[window]) * grad_output[place]).astype(x.dtype)
    return grad_x


def later_window_overwrites(grad_output, x, kernel_size, stride=None):
    """Writes a window's gradient over what an earlier window sent.

    Where windows overlap, a pixel may win several of them. Your pixel keeps the gradient of the
    last window alone: what becomes of the others?
    """
    grad_x = np.zeros(x.shape, dtype=x.dtype)
    for place, window in _places(grad_output, kernel_size, stride):
        winner = _first(x[window])
        grad_x[window] = np.where(winner, grad_output[place], grad_x[window])
    return grad_x


def last_of_equal_values(grad_output, x, kernel_size, stride=None):
    """Lets the last of equal values win, as >= in a loop does.

    Of equal values you let the last one win. Here the first one wins; if you search with a loop,
    look at how you compare.
    """

    def last(window):
        return _first(window[::-1, ::-1])[::-1, ::-1]

    return _send(grad_output, x, kernel_size, stride, last)


def first_column_by_column(grad_output, x, kernel_size, stride=None):
    """Searches the window column by column.

    You search each window column by column. Which of two equal values comes first is decided row
    by row: the higher row wins, whatever the column.
    """
    return _send(grad_output, x, kernel_size, stride, lambda window: _first(window.T).T)


def every_equal_value_wins(grad_output, x, kernel_size, stride=None):
    """Sends the whole gradient to each of the largest values.

    You compare the window with its maximum, and so every one of several equal values gets the whole
    gradient. A window has only one to give: the first of them gets it.
    """
    return _send(grad_output, x, kernel_size, stride, lambda window: window == window.max())


def equal_values_share(grad_output, x, kernel_size, stride=None):
    """Divides the gradient among the largest values.

    You divide the gradient among equal largest values. That is a sound choice, and some libraries
    make it, but here the first of them gets everything.
    """

    def equally(window):
        winners = window == window.max()
        return winners / winners.sum()

    return _send(grad_output, x, kernel_size, stride, equally)


def spread_over_the_window(grad_output, x, kernel_size, stride=None):
    """Spreads the gradient evenly, as the gradient of average pooling does.

    You give every pixel of the window the same share, which is the gradient of average pooling.
    In max pooling, which pixels of the window can change its answer?
    """
    return _send(grad_output, x, kernel_size, stride, lambda window: 1 / window.size)


def whole_gradient_for_every_pixel(grad_output, x, kernel_size, stride=None):
    """Copies the gradient to all pixels of the window.

    You copy a window's gradient to all its pixels. A pixel that is not the largest has no
    influence on the answer, so its derivative is 0.
    """
    return _send(grad_output, x, kernel_size, stride, np.ones_like)


def place_counted_from_the_window(grad_output, x, kernel_size, stride=None):
    """Takes the winner's place within its window for its place in the map.

    Your gradients all lie near the upper left corner of the map. argmax counts from the corner of
    the window: where does that corner lie in the map?
    """
    grad_x = np.zeros(x.shape, dtype=x.dtype)
    for place, window in _places(grad_output, kernel_size, stride):
        winner = np.argwhere(_first(x[window]))[0]
        grad_x[place[0], place[1], winner[0], winner[1]] += grad_output[place]
    return grad_x


def multiplied_by_the_maximum(grad_output, x, kernel_size, stride=None):
    """Multiplies the gradient by the largest value.

    The right places, but you multiply the gradient by the number that stands there. How much does
    the answer of a window grow when its largest number grows by 1?
    """
    return _send(grad_output, x, kernel_size, stride, lambda window: _first(window) * window)


def stride_of_one_by_default(grad_output, x, kernel_size, stride=None):
    """Takes the default stride of a convolution.

    Your windows overlap when no stride is given, as in a convolution. In pooling a missing stride
    means that the windows lie side by side.
    """
    return _send(grad_output, x, kernel_size, 1 if stride is None else stride)


def windows_always_side_by_side(grad_output, x, kernel_size, stride=None):
    """Ignores the stride: moves the window by its own size.

    Your window always moves by its own size. When a stride is given it moves by that, so windows
    may overlap, or leave pixels out.
    """
    return _send(grad_output, x, kernel_size, None)


def one_winner_for_all_channels(grad_output, x, kernel_size, stride=None):
    """Looks for the largest value across all channels of an image.

    You look for one winner among all the channels of an image. Each channel was pooled on its own,
    so in every channel each window has a winner.
    """
    stride = kernel_size if stride is None else stride
    grad_x = np.zeros(x.shape, dtype=x.dtype)
    for n, i, j in np.ndindex(len(x), *grad_output.shape[2:]):
        rows = slice(i * stride, i * stride + kernel_size)
        window = n, slice(None), rows, slice(j * stride, j * stride + kernel_size)
        grad_x[window] += _first(x[window]) * grad_output[n, :, i, j].sum()
    return grad_x
