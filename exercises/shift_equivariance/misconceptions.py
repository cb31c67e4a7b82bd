"""Believable mistakes in shift_equivariance; each docstring carries a hint for the student."""

import numpy as np


def _convolved(image, kernel):
    """Correct: stride 1, no padding, the kernel not flipped."""
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i, j in np.ndindex(*out.shape):
        out[i, j] = np.sum(kernel * image[i : i + rows, j : j + columns])
    return out


def _shifted(x, shift, mode="constant"):
    """Correct with zeros: a piece of an array that is framed widely enough."""
    widths = [(abs(steps), abs(steps)) for steps in shift]
    framed = np.pad(x, widths, mode=mode)
    down, right = (abs(steps) - steps for steps in shift)
    return framed[down : down + x.shape[0], right : right + x.shape[1]]


def _sides(image, kernel, shift, **keywords):
    """Correct without keywords."""
    return (
        _convolved(_shifted(image, shift, **keywords), kernel),
        _shifted(_convolved(image, kernel), shift, **keywords),
    )


def _inside(image, kernel, shift):
    """Correct."""
    return _shifted(np.ones_like(_convolved(image, kernel), dtype=bool), shift)


def pixels_come_back_at_the_other_side(image, kernel, shift):
    """Rolls the arrays, as np.roll does.

    What you push out at one side comes back at the other. Here it is lost, and zeros come in.
    """
    shift = tuple(shift)
    return (
        _convolved(np.roll(image, shift, (0, 1)), kernel),
        np.roll(_convolved(image, kernel), shift, (0, 1)),
        _inside(image, kernel, shift),
    )


def border_pixels_repeated(image, kernel, shift):
    """Fills what comes in with the nearest pixel.

    You fill the places that come in with a copy of the border. Here they are filled with zeros.
    """
    return *_sides(image, kernel, shift, mode="edge"), _inside(image, kernel, shift)


def shifted_the_other_way(image, kernel, shift):
    """Reads x[r + down, c + right].

    Your image moves up where it should move down, or left where it should move right. From where
    does the pixel come that lands at row r, above it or below it?
    """
    back = [-steps for steps in shift]
    return *_sides(image, kernel, back), _inside(image, kernel, back)


def right_before_down(image, kernel, shift):
    """Reads the shift as [right, down].

    Your two shifts are exchanged. As with all shapes and indices here, rows come first: the first
    number says how far down.
    """
    return *_sides(image, kernel, shift[::-1]), _inside(image, kernel, shift[::-1])


def kernel_flipped(image, kernel, shift):
    """Turns the kernel by 180 degrees, as the mathematical convolution does.

    Your kernel is flipped: its last number meets the first pixel of a window. Deep learning lays
    the kernel down as it is.
    """
    return *_sides(image, kernel[::-1, ::-1], shift), _inside(image, kernel, shift)


def one_side_computed_and_returned_twice(image, kernel, shift):
    """Trusts the equation and computes its left side alone.

    Your two maps are one and the same. The equation does not hold for windows that cover what was
    brought in, so compute its right side too.
    """
    shifted_first, _ = _sides(image, kernel, shift)
    return shifted_first, shifted_first, _inside(image, kernel, shift)


def every_window_inside(image, kernel, shift):
    """Expects agreement everywhere.

    You call every window inside. A window that covers a pixel brought in by the shift sees what
    no window of the first image saw.
    """
    sides = _sides(image, kernel, shift)
    return *sides, np.ones(sides[0].shape, dtype=bool)


def inside_where_the_maps_agree(image, kernel, shift):
    """Compares the two maps, and so takes chance for a rule.

    You call a window inside when the two maps agree there. They may agree by chance, such as
    where the image is dark. Which windows are inside follows from sizes alone.
    """
    sides = _sides(image, kernel, shift)
    return *sides, np.isclose(*sides)


def only_the_corner_of_the_window_looked_at(image, kernel, shift):
    """Asks whether the upper left pixel of the window was brought in.

    You look at the upper left pixel of a window alone. After a shift up or to the left the zeros
    come in at the far end, where the window reaches them with its other pixels.
    """
    sides = _sides(image, kernel, shift)
    kept = _shifted(np.ones(image.shape, dtype=bool), shift)
    return *sides, kept[: sides[0].shape[0], : sides[0].shape[1]]


def windows_marked_where_they_came_from(image, kernel, shift):
    """Marks the windows of the first image.

    You mark the windows of the image before the shift that have a partner after it. The answer is
    about the maps after the shift: there the windows stand where they have gone.
    """
    sides = _sides(image, kernel, shift)
    return *sides, _inside(image, kernel, [-steps for steps in shift])
