"""Believable mistakes in conv2d_backward, and the hint that each one earns."""

import numpy as np


def _framed(x, padding):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def _places(grad_output, weight, stride):
    """Yield each window: its gradients (N, O), and the rows and columns that it covers."""
    for i, j in np.ndindex(*grad_output.shape[2:]):
        rows = slice(i * stride, i * stride + weight.shape[2])
        columns = slice(j * stride, j * stride + weight.shape[3])
        yield grad_output[:, :, i, j], rows, columns


def _grad_framed(grad_output, x, weight, stride, padding):
    """Correct: the gradient of the images and of the zeros around them."""
    grad = np.zeros_like(_framed(x, padding))
    for gradients, rows, columns in _places(grad_output, weight, stride):
        grad[:, :, rows, columns] += np.tensordot(gradients, weight, axes=1)
    return grad


def _inner(grad, x, padding):
    """Correct: the part that belongs to the images."""
    return grad[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]


def _grad_x(grad_output, x, weight, stride, padding):
    return _inner(_grad_framed(grad_output, x, weight, stride, padding), x, padding)


def _grad_weight(grad_output, x, weight, stride, padding):
    """Correct: the sum over all windows of gradient times what the window saw."""
    framed, grad = _framed(x, padding), np.zeros_like(weight)
    for gradients, rows, columns in _places(grad_output, weight, stride):
        grad += np.tensordot(gradients.T, framed[:, :, rows, columns], axes=1)
    return grad


def _all_three(grad_output, x, weight, stride, padding):
    """Correct: each mistake below changes what goes in or one of the three that come out."""
    steps = stride, padding
    grad_bias = grad_output.sum(axis=(0, 2, 3))
    grads = _grad_x(grad_output, x, weight, *steps), _grad_weight(grad_output, x, weight, *steps)
    return (*grads, grad_bias)


def kernel_turned_for_grad_x(grad_output, x, weight, stride=1, padding=0):
    """Lays the kernel back turned by 180 degrees.

    In your grad_x the kernel is turned by 180 degrees. A weight hands its gradient to the very
    pixel that it was multiplied by. (The kernel is turned only if you write grad_x as a
    convolution of G, where the windows run the other way.)
    """
    _, grad_weight, grad_bias = _all_three(grad_output, x, weight, stride, padding)
    turned = weight[:, :, ::-1, ::-1]
    return _grad_x(grad_output, x, turned, stride, padding), grad_weight, grad_bias


def last_window_wins(grad_output, x, weight, stride=1, padding=0):
    """Assigns to grad_x where it should add.

    Where windows overlap, your grad_x keeps only what the last one brought. A pixel is part of
    several windows, and their contributions add up.
    """
    _, grad_weight, grad_bias = _all_three(grad_output, x, weight, stride, padding)
    grad = np.zeros_like(_framed(x, padding))
    for gradients, rows, columns in _places(grad_output, weight, stride):
        grad[:, :, rows, columns] = np.tensordot(gradients, weight, axes=1)
    return _inner(grad, x, padding), grad_weight, grad_bias


def padding_kept_in_grad_x(grad_output, x, weight, stride=1, padding=0):
    """Returns the gradient of the padded images.

    Your grad_x still has the frame of the padding around it. It is the gradient of x, and has the
    shape of x.
    """
    _, grad_weight, grad_bias = _all_three(grad_output, x, weight, stride, padding)
    return _grad_framed(grad_output, x, weight, stride, padding), grad_weight, grad_bias


def frame_cut_by_minus_padding(grad_output, x, weight, stride=1, padding=0):
    """Cuts the frame off with p:-p, which leaves nothing where p is 0.

    Your grad_x is empty when there is no padding: a slice that ends at minus padding ends at -0,
    which is the beginning. From where does a slice as long as the image run to where?
    """
    _, grad_weight, grad_bias = _all_three(grad_output, x, weight, stride, padding)
    grad = _grad_framed(grad_output, x, weight, stride, padding)
    return grad[:, :, padding:-padding, padding:-padding], grad_weight, grad_bias


def as_large_as_the_windows_reach(grad_output, x, weight, stride=1, padding=0):
    """Sizes grad_x by the windows, as in a transposed convolution.

    Your grad_x ends where the last window ends. When the stride does not divide, the windows do
    not reach the last pixels of x; these belong to grad_x too, and their gradient is 0.
    """
    grad_x, grad_weight, grad_bias = _all_three(grad_output, x, weight, stride, padding)
    height, width = (
        (count - 1) * stride + taps - 2 * padding
        for count, taps in zip(grad_output.shape[2:], weight.shape[2:], strict=True)
    )
    return grad_x[:, :, :height, :width], grad_weight, grad_bias


def stride_ignored(grad_output, x, weight, stride=1, padding=0):
    """Places neighbouring windows one pixel apart whatever the stride.

    You lay the windows one pixel apart, as if stride were 1. Where did the second window of the
    forward pass begin?
    """
    return _all_three(grad_output, x, weight, 1, padding)


def padding_ignored_in_grad_weight(grad_output, x, weight, stride=1, padding=0):
    """Multiplies G by the images as they are, where the windows saw the padded ones.

    Your grad_weight reads the windows from x itself. The forward pass slid over the image with
    its zeros, so every window lies `padding` pixels farther up and left in x.
    """
    grad_x, _, grad_bias = _all_three(grad_output, x, weight, stride, padding)
    at_the_corner = ((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding))
    unmoved = np.pad(x, at_the_corner)
    return grad_x, _grad_weight(grad_output, unmoved, weight, stride, 0), grad_bias


def averaged_over_the_batch(grad_output, x, weight, stride=1, padding=0):
    """Divides the gradients of the weights and the bias by the number of images.

    You divide by the number of images. Here the contributions of the images are added; if the loss
    is a mean, G already says so.
    """
    grad_x, grad_weight, grad_bias = _all_three(grad_output, x, weight, stride, padding)
    return grad_x, grad_weight / len(x), grad_bias / len(x)


def grad_weight_of_the_last_image(grad_output, x, weight, stride=1, padding=0):
    """Keeps only what the last image of the batch says about the weights.

    Your grad_weight knows one image of the batch alone. All images were made with the same
    weights, so their contributions add up.
    """
    grad_x, _, grad_bias = _all_three(grad_output, x, weight, stride, padding)
    return grad_x, _grad_weight(grad_output[-1:], x[-1:], weight, stride, padding), grad_bias


def grad_x_of_the_last_filter(grad_output, x, weight, stride=1, padding=0):
    """Begins grad_x anew for every filter.

    Your grad_x knows one filter alone. Every filter has seen every pixel, so the contributions of
    all filters add up.
    """
    _, grad_weight, grad_bias = _all_three(grad_output, x, weight, stride, padding)
    grad_x = _grad_x(grad_output[:, -1:], x, weight[-1:], stride, padding)
    return grad_x, grad_weight, grad_bias


def bias_averaged_over_the_map(grad_output, x, weight, stride=1, padding=0):
    """Takes the mean of G over the places of a map.

    Your grad_bias is a mean over the map. The bias is added at every place, and each of them
    brings the whole of its gradient.
    """
    grad_x, grad_weight, _ = _all_three(grad_output, x, weight, stride, padding)
    return grad_x, grad_weight, grad_output.mean(axis=(2, 3)).sum(axis=0)


def one_bias_for_all_filters(grad_output, x, weight, stride=1, padding=0):
    """Sums G over the filters as well.

    Your grad_bias is one sum over everything. Each filter has a bias of its own: which axis of G
    must not be summed over?
    """
    grad_x, grad_weight, grad_bias = _all_three(grad_output, x, weight, stride, padding)
    return grad_x, grad_weight, np.full_like(grad_bias, grad_bias.sum())


def weight_before_x(grad_output, x, weight, stride=1, padding=0):
    """Returns the gradients in the order in which they are often derived.

    You return grad_weight before grad_x. They are asked for in the order of the arguments: the
    images, the weights, the bias.
    """
    grad_x, grad_weight, grad_bias = _all_three(grad_output, x, weight, stride, padding)
    return grad_weight, grad_x, grad_bias
