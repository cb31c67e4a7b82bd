"""Believable mistakes in convolve2d; each docstring carries the hint that a student reads."""

import numpy as np


def _zero_padded(x, padding):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def _turned(weight):
    return weight[:, :, ::-1, ::-1]


def _slide(padded, kernels, bias=None):
    """Correct once the image is padded and the kernels are turned: cross-correlation."""
    filters, _, kernel_height, kernel_width = kernels.shape
    out_height = padded.shape[2] - kernel_height + 1
    out_width = padded.shape[3] - kernel_width + 1
    out = np.zeros((len(padded), filters, out_height, out_width), dtype=padded.dtype)
    for i in range(out_height):
        for j in range(out_width):
            window = padded[:, np.newaxis, :, i : i + kernel_height, j : j + kernel_width]
            out[:, :, i, j] = np.sum(window * kernels, axis=(2, 3, 4))
    return out if bias is None else out + bias[:, np.newaxis, np.newaxis]


def kernel_not_flipped(x, weight, bias=None, padding=0):
    """Computes the cross-correlation, which deep learning calls convolution.

    You lay the kernel on the image as it is. This exercise asks for the convolution of
    mathematics: which weight meets the top left pixel of the window there?
    """
    return _slide(_zero_padded(x, padding), weight, bias)


def kernel_flipped_upside_down_only(x, weight, bias=None, padding=0):
    """Reverses the rows of the kernel and leaves the columns.

    Your kernel stands upside down, but its left and right are as they were. The definition has
    two minus signs, one for each direction.
    """
    return _slide(_zero_padded(x, padding), weight[:, :, ::-1], bias)


def kernel_mirrored_only(x, weight, bias=None, padding=0):
    """Reverses the columns of the kernel and leaves the rows.

    Your kernel is mirrored, but its top and bottom are as they were. The definition has two minus
    signs, one for each direction.
    """
    return _slide(_zero_padded(x, padding), weight[:, :, :, ::-1], bias)


def kernel_transposed(x, weight, bias=None, padding=0):
    """Exchanges rows and columns of the kernel instead of reversing them.

    You exchange the rows and the columns of the kernel. To turn it by 180 degrees is to read its
    rows from the last to the first, and each row from its end.
    """
    return _slide(_zero_padded(x, padding), weight.swapaxes(2, 3), bias)


def kernel_turned_by_90_degrees(x, weight, bias=None, padding=0):
    """Turns the kernel by a quarter instead of a half.

    Your kernel has made a quarter turn. After the flip the weight of the top left corner stands at
    the bottom right: how many quarter turns is that?
    """
    return _slide(_zero_padded(x, padding), np.rot90(weight, axes=(2, 3)), bias)


def channels_flipped_too(x, weight, bias=None, padding=0):
    """Reverses the order of the channels along with rows and columns.

    Your kernels are turned, but their channels are reversed as well, so that the last layer meets
    the first channel. Only the rows and the columns are flipped.
    """
    return _slide(_zero_padded(x, padding), weight[:, ::-1, ::-1, ::-1], bias)


def all_axes_flipped(x, weight, bias=None, padding=0):
    """Reverses every axis of the weights, the filters too.

    Your kernels are turned, but the order of the filters and of their channels is reversed as
    well. Of the four axes of `weight`, which two hold rows and columns?
    """
    return _slide(_zero_padded(x, padding), weight[::-1, ::-1, ::-1, ::-1], bias)


def first_two_axes_flipped(x, weight, bias=None, padding=0):
    """Reverses the first two axes of the weights, as for a kernel of shape (kH, kW).

    You reverse the first two axes of `weight`, which are the filters and the channels. Rows and
    columns of the kernel come after them.
    """
    return _slide(_zero_padded(x, padding), weight[::-1, ::-1], bias)


def image_turned_instead_of_kernel(x, weight, bias=None, padding=0):
    """Turns the image and leaves the kernel, so that the answer comes out turned.

    You turn the image instead of the kernel. The same pixels meet the same weights then, but what
    belongs to the first window comes out last.
    """
    return _slide(_turned(_zero_padded(x, padding)), weight, bias)


def padding_ignored(x, weight, bias=None, padding=0):
    """Never puts the zeros around the image.

    Your answer does not change with `padding`. Think of a larger image, with a frame of zeros,
    and slide the window over that one.
    """
    return _slide(x, _turned(weight), bias)


def padding_on_bottom_and_right_only(x, weight, bias=None, padding=0):
    """Puts all zeros of a direction on one side, at the bottom and at the right.

    Your zeros all stand at the bottom and at the right. Each of the four sides gets `padding` of
    them.
    """
    padded = np.pad(x, ((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding)))
    return _slide(padded, _turned(weight), bias)


def every_place_that_meets_a_pixel(x, weight, bias=None, padding=0):
    """Returns the whole sum of the definition, whatever the padding.

    You keep every place at which the kernel meets a pixel at all. Here `padding` decides how far
    the window may hang over the image, and with 0 it stays inside.
    """
    kernel_height, kernel_width = weight.shape[2:]
    sides = ((kernel_height - 1,) * 2, (kernel_width - 1,) * 2)
    return _slide(np.pad(x, ((0, 0), (0, 0), *sides)), _turned(weight), bias)


def answer_as_large_as_image(x, weight, bias=None, padding=0):
    """Pads by half of the kernel, whatever the padding.

    Your padding always comes from the size of the kernel, as if the answer had to be as large as
    the image. Use the argument `padding`.
    """
    sides = ((size // 2, (size - 1) // 2) for size in weight.shape[2:])
    return _slide(np.pad(x, ((0, 0), (0, 0), *sides)), _turned(weight), bias)


def bias_once_per_channel(x, weight, bias=None, padding=0):
    """Adds the bias inside the sum over the channels.

    Your bias comes in once for every channel. It is added once, after the channels have been
    summed.
    """
    if bias is not None:
        bias = bias * x.shape[1]
    return _slide(_zero_padded(x, padding), _turned(weight), bias)


def bias_left_out(x, weight, bias=None, padding=0):
    """Never adds the bias.

    Your answer does not change with `bias`. Each filter adds its own number to its whole map.
    """
    return _slide(_zero_padded(x, padding), _turned(weight))
