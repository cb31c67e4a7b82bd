"""Believable mistakes in augmenting a batch, and the hint that each one earns."""

import numpy as np


def _mirrored(image):
    return image[:, :, ::-1]


def _moved(image, down, right, mode="constant"):
    """Correct for zeros: the image laid on a larger canvas, cut out again somewhere else."""
    margin = int(max(abs(down), abs(right)))
    canvas = np.pad(image, ((0, 0), (margin, margin), (margin, margin)), mode=mode)
    _, height, width = image.shape
    top, left = margin - down, margin - right
    return canvas[:, top : top + height, left : left + width]


def _augmented(images, flips, shifts, flip=_mirrored, move=_moved):
    """Correct; most mistakes below change the flip or the shift."""
    pairs = zip(images, flips, shifts, strict=True)
    return np.stack([move(flip(x) if flipped else x, *shift) for x, flipped, shift in pairs])


def pixels_come_back_on_the_other_side(images, flips, shifts):
    """Shifts with np.roll.

    Pixels that leave your image come back on the other side, as `np.roll` does it. They should be
    lost, and zeros should come in.
    """
    return _augmented(
        images, flips, shifts, move=lambda x, *shift: np.roll(x, tuple(shift), axis=(1, 2))
    )


def border_repeated(images, flips, shifts):
    """Fills the gap with the pixels of the border.

    You fill the gap with copies of the border. Some libraries do so; here zeros come in.
    """
    return _augmented(images, flips, shifts, move=lambda x, *s: _moved(x, *s, mode="edge"))


def flipped_upside_down(images, flips, shifts):
    """Exchanges top and bottom.

    Your flip exchanges top and bottom. It should exchange left and right, which are the ends of
    the last axis: most things stand on their feet in pictures.
    """
    return _augmented(images, flips, shifts, flip=lambda x: x[:, ::-1, :])


def turned_by_half(images, flips, shifts):
    """Reverses rows and columns, which is a rotation by 180 degrees.

    You reverse the rows and the columns, which turns the image by 180 degrees. A flip reverses the
    columns alone.
    """
    return _augmented(images, flips, shifts, flip=lambda x: x[:, ::-1, ::-1])


def shifted_before_the_flip(images, flips, shifts):
    """Shifts first and mirrors then, so that right becomes left.

    You shift first, and the flip then turns right into left. The image is mirrored first and moved
    then.
    """
    pairs = zip(images, flips, shifts, strict=True)
    moved = [(_moved(x, *shift), flipped) for x, flipped, shift in pairs]
    return np.stack([_mirrored(x) if flipped else x for x, flipped in moved])


def right_before_down(images, flips, shifts):
    """Reads the shifts as (right, down), like x and y.

    You read a shift as (right, down). Like an index of an array it gives the rows first: down,
    then right.
    """
    return _augmented(images, flips, np.asarray(shifts)[:, ::-1])


def shifted_the_other_way(images, flips, shifts):
    """Reads out[i, j] from row i + down and column j + right.

    Your images move up and to the left when the numbers are positive. What ends at row i came from
    row i - down.
    """
    return _augmented(images, flips, -np.asarray(shifts))


def the_first_draw_for_all_images(images, flips, shifts):
    """Treats the whole batch as its first image is treated.

    You treat all images as the first one. Each image of the batch has its own flip and its own
    shift.
    """
    number = len(images)
    return _augmented(images, [flips[0]] * number, [shifts[0]] * number)


def negative_shifts_as_slices(images, flips, shifts):
    """Writes out[down:, right:] = image[:H - down, :W - right], whatever the sign.

    Your slices are right for shifts down and to the right. A negative number counts from the end
    of the axis: for shifts up and to the left, other pixels are kept.
    """

    def move(image, down, right):
        out = np.zeros_like(image)
        _, height, width = image.shape
        out[:, down:, right:] = image[:, : height - down, : width - right]
        return out

    return _augmented(images, flips, shifts, move=move)


def flips_written_into_the_images(images, flips, shifts):
    """Mirrors in place, so that the training set itself is changed.

    You write into the images that you were given. They are the training set: in the next epoch
    they would be mirrored once more. Write into a new array.
    """
    for n in np.flatnonzero(flips):
        images[n] = images[n, :, :, ::-1]
    return _augmented(images, [False] * len(images), shifts)
