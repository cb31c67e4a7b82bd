"""Believable mistakes in pooling_invariance; each docstring carries a hint for the student."""

import numpy as np


def _shifted(x, shift):
    """Correct: the right part of a map that is widened with zeros at its left."""
    return np.pad(x, ((0, 0), (shift, 0)))[:, : x.shape[1]]


def _pooled(x, kernel_size, stride=None, pool=np.max):
    """Correct, but for a stride or another way to pool, if they are given."""
    stride = stride or kernel_size
    rows, columns = ((size - kernel_size) // stride + 1 for size in x.shape)
    out = np.zeros((max(rows, 0), max(columns, 0)))
    for i, j in np.ndindex(*out.shape):
        top, left = i * stride, j * stride
        out[i, j] = pool(x[top : top + kernel_size, left : left + kernel_size])
    return out


def _share(actual, expected):
    """Correct."""
    return np.mean(np.isclose(actual, expected))


def _shares(x, kernel_size, max_shift, shifted=_shifted, pooled=_pooled, share=_share):
    """Correct: most mistakes below change one of the three steps."""
    moved = [shifted(x, shift) for shift in range(max_shift + 1)]
    before = pooled(x, kernel_size)
    return (
        np.array([share(one, x) for one in moved]),
        np.array([share(pooled(one, kernel_size), before) for one in moved]),
    )


def pixels_come_back_at_the_left(x, kernel_size, max_shift):
    """Rolls the map, as np.roll does.

    What you push out at the right comes back at the left. Here it is lost, and zeros come in.
    """
    return _shares(x, kernel_size, max_shift, shifted=lambda x, shift: np.roll(x, shift, axis=1))


def first_column_repeated(x, kernel_size, max_shift):
    """Fills the left with copies of the first column.

    You fill the places that come in at the left with copies of the first column. They are zeros.
    """
    return _shares(
        x,
        kernel_size,
        max_shift,
        shifted=lambda x, shift: np.pad(x, ((0, 0), (shift, 0)), mode="edge")[:, : x.shape[1]],
    )


def shifted_to_the_left(x, kernel_size, max_shift):
    """Moves the map to the left.

    Your map moves to the left. Where does the pixel of column 0 stand after a shift by one to the
    right?
    """
    return _shares(
        x, kernel_size, max_shift, shifted=lambda x, shift: _shifted(x[:, ::-1], shift)[:, ::-1]
    )


def shifted_down(x, kernel_size, max_shift):
    """Moves the rows instead of the columns.

    Your map moves down. A shift to the right changes the second index, that of the columns.
    """
    return _shares(x, kernel_size, max_shift, shifted=lambda x, shift: _shifted(x.T, shift).T)


def shifts_added_up(x, kernel_size, max_shift):
    """Shifts the map that is shifted already: by 0, 1, 3, 6 pixels.

    You shift a map that you have shifted before, so that 1, 2 and 3 add up to 6. Every shift
    starts from the map x as it came.
    """
    return _shares(
        x, kernel_size, max_shift, shifted=lambda x, shift: _shifted(x, shift * (shift + 1) // 2)
    )


def compared_with_the_shift_before(x, kernel_size, max_shift):
    """Compares each shift with the one before it.

    You compare each map with that of the shift before it. All are compared with the map that was
    not shifted at all.
    """
    moved = [_shifted(x, shift) for shift in (0, *range(max_shift + 1))]
    pooled = [_pooled(one, kernel_size) for one in moved]
    pairs = [(maps[1:], maps[:-1]) for maps in (moved, pooled)]
    shares = [[_share(*both) for both in zip(*pair, strict=True)] for pair in pairs]
    return np.array(shares[0]), np.array(shares[1])


def windows_that_overlap(x, kernel_size, max_shift):
    """Moves the pooling window by one pixel.

    Your pooling windows overlap, as those of a convolution do. Here they lie side by side: each
    begins where the one before it ends.
    """
    return _shares(x, kernel_size, max_shift, pooled=lambda x, size: _pooled(x, size, stride=1))


def average_pooling(x, kernel_size, max_shift):
    """Pools with the mean.

    You average the window. Max pooling keeps its largest number alone, wherever it stands.
    """
    return _shares(x, kernel_size, max_shift, pooled=lambda x, size: _pooled(x, size, pool=np.mean))


def largest_magnitude_kept(x, kernel_size, max_shift):
    """Compares the numbers of a window without their signs.

    You compare the numbers of a window without their signs. The zero that comes in is larger than
    any negative number.
    """
    return _shares(
        x, kernel_size, max_shift, pooled=lambda x, size: -_pooled(-np.abs(x), size, pool=np.min)
    )


def pooled_map_shifted(x, kernel_size, max_shift):
    """Pools first and shifts the small map.

    You shift the pooled map. The shift comes first, in pixels of the map x; pooling sees the map
    that has been moved.
    """
    map_unchanged, _ = _shares(x, kernel_size, max_shift)
    pooled = _pooled(x, kernel_size)
    shares = [_share(_shifted(pooled, shift), pooled) for shift in range(max_shift + 1)]
    return map_unchanged, np.array(shares)


def all_or_nothing(x, kernel_size, max_shift):
    """Asks whether the whole map is unchanged.

    You ask whether a map is unchanged as a whole. The answer is a share: how many of its places
    are unchanged?
    """
    return _shares(
        x, kernel_size, max_shift, share=lambda one, other: float(np.allclose(one, other))
    )


def places_counted(x, kernel_size, max_shift):
    """Counts the places and does not divide.

    You count the places that are unchanged. Large maps have more of them: the answer is their
    share of all places, from 0 to 1.
    """
    return _shares(
        x, kernel_size, max_shift, share=lambda one, other: np.sum(np.isclose(one, other))
    )


def pooled_places_divided_by_all_pixels(x, kernel_size, max_shift):
    """Divides both counts by the size of the map.

    You divide both counts by the number of pixels of x. The pooled map has fewer places: when
    nothing moves, all of them are unchanged, and the share is 1.
    """
    map_unchanged, pooled_unchanged = _shares(x, kernel_size, max_shift)
    return map_unchanged, pooled_unchanged * _pooled(x, kernel_size).size / x.size


def pooled_share_first(x, kernel_size, max_shift):
    """Returns the two rows in the other order.

    Your two rows are exchanged: first comes the map, then the pooled map.
    """
    return _shares(x, kernel_size, max_shift)[::-1]
