"""Flips and shifts, pixel by pixel as the formula has it."""

import numpy as np


def batch_augmentation(images, flips, shifts):
    """Return the images, each mirrored and then shifted as told, in a new array."""
    out = np.zeros_like(images)
    number, _, height, width = images.shape
    for n in range(number):
        image = images[n, :, :, ::-1] if flips[n] else images[n]
        down, right = shifts[n]
        for i in range(height):
            for j in range(width):
                # Where this pixel comes from; outside the image there are zeros.
                row, column = i - down, j - right
                if 0 <= row < height and 0 <= column < width:
                    out[n, :, i, j] = image[:, row, column]
    return out
