"""Believable mistakes in global_avg_pool2d; each docstring carries the hint for the student."""

import numpy as np


def axes_kept(x):
    """Keeps height and width as axes of length 1, as PyTorch does.

    Your numbers are right, but your answer has the shape (N, C, 1, 1), as PyTorch keeps it. Here
    the two axes of the map are gone: what follows in a network is a vector for each image.

    No case passes: the shape is another one everywhere.
    """
    return x.mean(axis=(2, 3), keepdims=True)


def one_number_for_each_image(x):
    """Takes the mean over the channels as well.

    You have one number for each image: the mean of all its channels. Each channel looks for
    something else, so each has a mean of its own.
    """
    return x.mean(axis=(1, 2, 3)).reshape(-1, 1)


def one_number_for_each_channel(x):
    """Takes the mean over the batch as well, as batch normalisation does.

    You have one number for each channel: the mean over all the images of the batch. One image
    knows nothing of the others, so each has a mean of its own.
    """
    return x.mean(axis=(0, 2, 3)).reshape(1, -1)


def channels_last(x):
    """Reads the maps as (N, H, W, C).

    You take the mean along the axes 1 and 2. That is right where the channels come last; here they
    come first: (N, C, H, W).
    """
    return x.mean(axis=(1, 2))


def sum_instead_of_mean(x):
    """Adds the numbers of the map and does not divide.

    You add up each map, so that larger maps give larger numbers. The mean is that sum divided by
    something: look at the beginning of the formula.
    """
    return x.sum(axis=(2, 3))


def map_taken_as_square(x):
    """Divides by H * H.

    You divide by the square of one side, which is right for square maps alone. How many numbers
    does a map of height H and width W have?
    """
    return x.sum(axis=(2, 3)) / x.shape[2] ** 2


def window_as_wide_as_high(x):
    """Pools with one window of H by H, as avg_pool2d(x, H) would do.

    Your one window is as wide as it is high, so columns of a wide map are left out. The window is
    the whole map, and a map need not be square.
    """
    return x[:, :, :, : x.shape[2]].mean(axis=(2, 3))


def pooled_by_two_again_and_again(x):
    """Halves the maps by average pooling until one number is left.

    You pool with small windows until one number is left. Where a side cannot be halved, the last
    row or column is lost on the way, so not every number counts.
    """
    while x.shape[2] > 1 or x.shape[3] > 1:
        if x.shape[2] > 1:
            height = x.shape[2] // 2
            x = (x[:, :, 0 : 2 * height : 2] + x[:, :, 1 : 2 * height : 2]) / 2
        if x.shape[3] > 1:
            width = x.shape[3] // 2
            x = (x[:, :, :, 0 : 2 * width : 2] + x[:, :, :, 1 : 2 * width : 2]) / 2
    return x[:, :, 0, 0]


def maximum_instead_of_mean(x):
    """Computes global max pooling.

    You keep the largest number of each map. Global average pooling takes all of them into account.
    """
    return x.max(axis=(2, 3))


def zeros_not_counted(x):
    """Divides by how many numbers of the map are not zero.

    You divide by the number of places where something was found. The zeros of a map count in its
    mean like any other number.
    """
    counts = np.count_nonzero(x, axis=(2, 3))
    return (x.sum(axis=(2, 3)) / np.maximum(counts, 1)).astype(x.dtype)
