"""Believable mistakes in avg_pool2d_backward; each docstring carries the hint for the student."""

import numpy as np


def _hand_out(grad_output, x, kernel_size, stride, share, sizes=None):
    """Correct if share(window, g) is g / k² everywhere: each window adds to its pixels."""
    stride = kernel_size if stride is None else stride
    out_height, out_width = grad_output.shape[2:] if sizes is None else sizes
    grad_x = np.zeros(x.shape, dtype=x.dtype)
    for n, c in np.ndindex(grad_output.shape[:2]):
        for i, j in np.ndindex(out_height, out_width):
            rows = slice(i * stride, i * stride + kernel_size)
            columns = slice(j * stride, j * stride + kernel_size)
            window = x[n, c, rows, columns]
            grad_x[n, c, rows, columns] += share(window, grad_output[n, c, i, j])
    return grad_x


def _equal(kernel_size):
    return lambda window, g: g / kernel_size**2


def gradient_not_divided(grad_output, x, kernel_size, stride=None):
    """Gives every pixel the whole gradient of its window.

    Every pixel gets the whole gradient of its window. A pixel that grows by 1 raises the mean of
    its window by less than 1: by how much?
    """
    return _hand_out(grad_output, x, kernel_size, stride, lambda window, g: g)


def divided_by_the_kernel_size(grad_output, x, kernel_size, stride=None):
    """Divides by k, as if the window were a row of k pixels.

    Your shares are too large by a factor. You divide by something that is smaller than the number
    of pixels under a window: how many does a window of height and width k have?
    """
    return _hand_out(grad_output, x, kernel_size, stride, lambda window, g: g / kernel_size)


def divided_by_the_size_of_the_map(grad_output, x, kernel_size, stride=None):
    """Divides by the number of pixels of the map.

    You divide by the number of pixels of the whole map. A mean was taken over the pixels of one
    window: divide by as many.
    """
    pixels = x.shape[2] * x.shape[3]
    return _hand_out(grad_output, x, kernel_size, stride, lambda window, g: g / pixels)


def overlapping_windows_overwrite(grad_output, x, kernel_size, stride=None):
    """Sets the pixels of a window, so that of overlapping windows the last one counts.

    A pixel under several windows keeps only what the last of them sent. It changes the mean of
    each of these windows: what becomes of the earlier shares?
    """
    stride = kernel_size if stride is None else stride
    grad_x = np.zeros(x.shape, dtype=x.dtype)
    for i, j in np.ndindex(grad_output.shape[2:]):
        top, left = i * stride, j * stride
        share = grad_output[:, :, i : i + 1, j : j + 1] / kernel_size**2
        grad_x[:, :, top : top + kernel_size, left : left + kernel_size] = share
    return grad_x


def overlapping_windows_averaged(grad_output, x, kernel_size, stride=None):
    """Takes the mean of what the windows send to a pixel, not the sum.

    A pixel under several windows gets the mean of their shares. It reaches the loss along several
    ways; the chain rule says what to do with the gradients of these ways.
    """
    windows = _hand_out(np.ones_like(grad_output), x, kernel_size, stride, lambda window, g: g)
    total = _hand_out(grad_output, x, kernel_size, stride, _equal(kernel_size))
    return total / np.maximum(windows, 1)


def stride_of_one_by_default(grad_output, x, kernel_size, stride=None):
    """Takes the default stride of a convolution.

    Your windows overlap when no stride is given, as in a convolution. In pooling a missing stride
    means that the windows lie side by side.
    """
    stride = 1 if stride is None else stride
    return _hand_out(grad_output, x, kernel_size, stride, _equal(kernel_size))


def windows_always_side_by_side(grad_output, x, kernel_size, stride=None):
    """Ignores the stride: moves the window by its own size.

    Your window always moves by its own size. When a stride is given it moves by that, so windows
    may overlap, or leave pixels out.
    """
    return _hand_out(grad_output, x, kernel_size, None, _equal(kernel_size))


def gradients_repeated(grad_output, x, kernel_size, stride=None):
    """Enlarges grad_output k times in both directions, whatever the windows were.

    You repeat each gradient k times along rows and columns. That is right when the windows lie
    side by side and cover all of x; what if they overlap, or if some pixels are under none?
    """
    repeated = grad_output.repeat(kernel_size, axis=2).repeat(kernel_size, axis=3)
    return repeated / kernel_size**2


def gradient_to_the_largest_pixel(grad_output, x, kernel_size, stride=None):
    """Computes the gradient of max pooling.

    You send a window's gradient to its largest pixel, as max pooling does. Into a mean all pixels
    of the window enter.
    """

    def share(window, g):
        return np.where(np.arange(window.size) == window.argmax(), g, 0).reshape(window.shape)

    return _hand_out(grad_output, x, kernel_size, stride, share)


def shares_by_brightness(grad_output, x, kernel_size, stride=None):
    """Gives a pixel a share in proportion to its value.

    You give a large pixel more of the gradient than a small one. Does the mean grow faster when
    you add 1 to a large pixel than when you add 1 to a small one?
    """
    return _hand_out(grad_output, x, kernel_size, stride, lambda w, g: g * w / w.sum())


def multiplied_by_the_pixels(grad_output, x, kernel_size, stride=None):
    """Multiplies the shares by x, as if the pixels were what they are multiplied by.

    You multiply the gradient by the pixels. That is the gradient of a weight; pooling has none,
    and the derivative of a mean by one of its numbers does not contain this number.
    """
    return x * _hand_out(grad_output, x, kernel_size, stride, _equal(kernel_size))


def map_taken_as_square(grad_output, x, kernel_size, stride=None):
    """Uses the number of rows of windows for their columns too.

    Your code uses one count of windows for both directions, so it is right for square maps alone.
    Rows and columns of grad_output are counted separately.
    """
    size = min(grad_output.shape[2:])
    share = _equal(kernel_size)
    return _hand_out(grad_output, x, kernel_size, stride, share, (size, size))
