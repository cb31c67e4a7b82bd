"""Believable mistakes in max_pool2d_backward; each docstring carries the hint for the student."""

import numpy as np


def _first_largest(window):
    """1 at the first of the largest pixels, 0 elsewhere."""
    return (np.arange(window.size) == window.argmax()).reshape(window.shape)


def _hand_out(grad_output, x, kernel_size, stride, parts=_first_largest, sizes=None):
    """Correct with the defaults: parts(window) says which part of the gradient a pixel gets."""
    stride = kernel_size if stride is None else stride
    out_height, out_width = grad_output.shape[2:] if sizes is None else sizes
    grad_x = np.zeros(x.shape, dtype=x.dtype)
    for n, c in np.ndindex(grad_output.shape[:2]):
        for i, j in np.ndindex(out_height, out_width):
            rows = slice(i * stride, i * stride + kernel_size)
            columns = slice(j * stride, j * stride + kernel_size)
            window = x[n, c, rows, columns]
            grad_x[n, c, rows, columns] += grad_output[n, c, i, j] * parts(window)
    return grad_x


def all_equal_pixels_win(grad_output, x, kernel_size, stride=None):
    """Gives the whole gradient to each of the largest pixels of a window.

    When several pixels of a window are equally large, you give each of them the whole gradient.
    The conventions name one winner.
    """
    return _hand_out(grad_output, x, kernel_size, stride, lambda window: window == window.max())


def equal_pixels_share(grad_output, x, kernel_size, stride=None):
    """Divides the gradient among the largest pixels of a window.

    When several pixels of a window are equally large, you divide the gradient among them. The
    conventions name one winner, who gets all of it.
    """

    def parts(window):
        winners = window == window.max()
        return winners / winners.sum()

    return _hand_out(grad_output, x, kernel_size, stride, parts)


def last_of_equal_pixels_wins(grad_output, x, kernel_size, stride=None):
    """Searches the largest pixel with >=, so that a later one of the same size takes over.

    When several pixels of a window are equally large, you choose the last one. Should an equal
    number replace the largest one that you have found?
    """
    return _hand_out(
        grad_output, x, kernel_size, stride, lambda w: _first_largest(w[::-1, ::-1])[::-1, ::-1]
    )


def ties_read_column_by_column(grad_output, x, kernel_size, stride=None):
    """Searches the window column by column, so that another of equal pixels is the first.

    When several pixels of a window are equally large, you find the first one column by column.
    The conventions read a window row by row.
    """
    return _hand_out(grad_output, x, kernel_size, stride, lambda w: _first_largest(w.T).T)


def last_window_overwrites(grad_output, x, kernel_size, stride=None):
    """Sets the gradient of the winner, so that of overlapping windows the last one counts.

    A pixel that wins several windows keeps only the gradient of the last one. It changes the
    answers of all of them: what becomes of the earlier gradients?
    """
    stride = kernel_size if stride is None else stride
    grad_x = np.zeros(x.shape, dtype=x.dtype)
    for n, c, i, j in np.ndindex(grad_output.shape):
        top, left = i * stride, j * stride
        window = x[n, c, top : top + kernel_size, left : left + kernel_size]
        u, v = np.unravel_index(window.argmax(), window.shape)
        grad_x[n, c, top + u, left + v] = grad_output[n, c, i, j]
    return grad_x


def stride_of_one_by_default(grad_output, x, kernel_size, stride=None):
    """Takes the default stride of a convolution.

    Your windows overlap when no stride is given, as in a convolution. In pooling a missing stride
    means that the windows lie side by side.
    """
    return _hand_out(grad_output, x, kernel_size, 1 if stride is None else stride)


def windows_always_side_by_side(grad_output, x, kernel_size, stride=None):
    """Ignores the stride: moves the window by its own size.

    Your window always moves by its own size. When a stride is given it moves by that, so windows
    may overlap, or leave pixels out.
    """
    that_fit = (size // kernel_size for size in x.shape[2:])
    sizes = np.minimum(grad_output.shape[2:], tuple(that_fit))
    return _hand_out(grad_output, x, kernel_size, None, sizes=sizes)


def gradient_to_the_whole_window(grad_output, x, kernel_size, stride=None):
    """Gives every pixel of a window its gradient, the largest or not.

    Every pixel of a window gets its gradient. If one of the smaller pixels grows by a little, does
    the largest number of the window change?
    """
    return _hand_out(grad_output, x, kernel_size, stride, np.ones_like)


def equal_shares_as_in_average_pooling(grad_output, x, kernel_size, stride=None):
    """Computes the gradient of average pooling.

    You give every pixel of a window the same share, as average pooling does. In max pooling one
    pixel alone decides about the answer.
    """
    return _hand_out(grad_output, x, kernel_size, stride, lambda w: np.ones_like(w) / w.size)


def multiplied_by_the_largest_value(grad_output, x, kernel_size, stride=None):
    """Sends the gradient times the largest value.

    The right pixels get something, but you multiply the gradient by their values. If the largest
    pixel grows by 1, by how much does the maximum grow?
    """
    return x * _hand_out(grad_output, x, kernel_size, stride)


def largest_magnitude(grad_output, x, kernel_size, stride=None):
    """Chooses the pixel that lies farthest from zero.

    You compare the pixels without their signs. The largest of -5 and 2 is 2.
    """
    return _hand_out(grad_output, x, kernel_size, stride, lambda w: _first_largest(np.abs(w)))


def zero_never_wins(grad_output, x, kernel_size, stride=None):
    """Starts the search for the largest pixel at zero, so that some windows have no winner.

    A window without a positive pixel sends its gradient nowhere: your search for the largest
    begins at zero. Every window has a winner.
    """
    return np.where(x > 0, _hand_out(grad_output, x, kernel_size, stride), 0)


def one_winner_for_all_channels(grad_output, x, kernel_size, stride=None):
    """Looks for the winner in the sum of the channels.

    All channels of an image send their gradients to the same places: you look for one winner for
    all of them. Each channel was pooled on its own.
    """
    together = np.broadcast_to(x.sum(axis=1, keepdims=True), x.shape)
    return _hand_out(grad_output, together, kernel_size, stride)


def map_taken_as_square(grad_output, x, kernel_size, stride=None):
    """Uses one count of windows for both directions.

    Your code uses one count of windows for both directions, so it is right for square maps alone.
    Rows and columns of grad_output are counted separately.
    """
    size = min(grad_output.shape[2:])
    return _hand_out(grad_output, x, kernel_size, stride, sizes=(size, size))
