"""Believable mistakes in avg_pool2d_backward; each docstring carries the hint for the student."""

import numpy as np


def _places(grad_output, kernel_size, stride):
    """Yield each window's place in grad_output and its slices of the map."""
    stride = kernel_size if stride is None else stride
    for n, c, i, j in np.ndindex(grad_output.shape):
        rows = slice(i * stride, i * stride + kernel_size)
        yield (n, c, i, j), (n, c, rows, slice(j * stride, j * stride + kernel_size))


def _share_out(grad_output, x, kernel_size, stride, share=None):
    """Correct: each mistake below changes how a window shares out its gradient, or a step."""
    grad_x = np.zeros(x.shape, dtype=x.dtype)
    for place, window in _places(grad_output, kernel_size, stride):
        if x[window].size:
            parts = 1 / kernel_size**2 if share is None else share(x[window])
            grad_x[window] += parts * grad_output[place]
    return grad_x


def later_window_overwrites(grad_output, x, kernel_size, stride=None):
    """Writes a window's shares over what an earlier window sent.

    Where windows overlap, a pixel belongs to several of them. Your pixel keeps the share of the
    last window alone: what becomes of the others?
    """
    grad_x = np.zeros(x.shape, dtype=x.dtype)
    for place, window in _places(grad_output, kernel_size, stride):
        grad_x[window] = grad_output[place] / kernel_size**2
    return grad_x


def overlaps_averaged(grad_output, x, kernel_size, stride=None):
    """Divides each pixel's gradient by how many windows see it.

    Where windows overlap, you average what they send to a pixel. A pixel that is seen by more
    windows has more influence on the loss: the chain rule adds.
    """
    seen = _share_out(np.ones_like(grad_output), np.ones_like(x), kernel_size, stride)
    times = np.maximum(seen * kernel_size**2, 1)
    return _share_out(grad_output, x, kernel_size, stride) / times


def whole_gradient_for_every_pixel(grad_output, x, kernel_size, stride=None):
    """Copies the gradient to all pixels of the window.

    You copy a window's gradient to each of its pixels. How much does a mean grow when one of its
    numbers grows by 1?
    """
    return _share_out(grad_output, x, kernel_size, stride, np.ones_like)


def divided_by_the_kernel_size(grad_output, x, kernel_size, stride=None):
    """Divides by k, as if the window were a row of k numbers.

    Your shares are too large. You divide by something that is smaller than the number of pixels
    in the window: how many does a window of height and width k have?
    """
    return kernel_size * _share_out(grad_output, x, kernel_size, stride)


def sent_to_the_largest(grad_output, x, kernel_size, stride=None):
    """Sends the whole gradient to the largest value, as in max pooling.

    You send each gradient to one pixel, which is the gradient of max pooling. In average pooling
    every pixel of the window has an influence on the answer.
    """

    def winner(window):
        return (np.arange(window.size) == np.argmax(window)).reshape(window.shape)

    return _share_out(grad_output, x, kernel_size, stride, winner)


def shares_in_proportion_to_the_pixels(grad_output, x, kernel_size, stride=None):
    """Gives larger pixels a larger share, because they make up more of the mean.

    You give a pixel a share in proportion to its value. A large pixel makes up more of the mean,
    but if it grows by 1 the mean grows no more than by any other pixel.
    """

    def part_of_the_sum(window):
        return window / window.sum() if window.sum() else 1 / window.size

    return _share_out(grad_output, x, kernel_size, stride, part_of_the_sum)


def multiplied_by_the_pixels(grad_output, x, kernel_size, stride=None):
    """Multiplies the gradient by x, as if the pixels were what is learned.

    You multiply by the pixels, which is the gradient with respect to the weights of a layer.
    Pooling has none: the gradient with respect to x has the weight itself, which is 1/(k·k).
    """
    return x * _share_out(grad_output, x, kernel_size, stride)


def stride_of_one_by_default(grad_output, x, kernel_size, stride=None):
    """Takes the default stride of a convolution.

    Your windows overlap when no stride is given, as in a convolution. In pooling a missing stride
    means that the windows lie side by side.
    """
    return _share_out(grad_output, x, kernel_size, 1 if stride is None else stride)


def windows_always_side_by_side(grad_output, x, kernel_size, stride=None):
    """Ignores the stride: moves the window by its own size.

    Your window always moves by its own size. When a stride is given it moves by that, so windows
    may overlap, or leave pixels out.
    """
    return _share_out(grad_output, x, kernel_size, None)


def last_window_reaches_the_edge(grad_output, x, kernel_size, stride=None):
    """Also gives left-over rows and columns the share of the last window.

    Your left-over pixels at the lower or right edge get the share of the window next to them. No
    window saw them, so they have no influence on the answer.
    """
    grad_x = _share_out(grad_output, x, kernel_size, stride)
    stride = kernel_size if stride is None else stride
    height, width = ((size - 1) * stride + kernel_size for size in grad_output.shape[2:])
    grad_x[:, :, height:] = grad_x[:, :, height - 1 : height]
    grad_x[:, :, :, width:] = grad_x[:, :, :, width - 1 : width]
    return grad_x


def channels_added(grad_output, x, kernel_size, stride=None):
    """Adds up the gradients of all the channels, as convolution does.

    Your channels all get the same gradient, the sum over the channels. That is so in a convolution,
    which mixes them; in pooling each channel is on its own.
    """
    mixed = grad_output.sum(axis=1, keepdims=True)
    return _share_out(np.broadcast_to(mixed, grad_output.shape), x, kernel_size, stride)
