"""Believable mistakes in image_filters; each docstring carries the hint that a student reads."""

import numpy as np

SHARPEN = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
EDGES = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
STRONG_EDGES = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
KERNELS = SHARPEN, EDGES, STRONG_EDGES
PAD_MODES = {"zeros": "constant", "repeat": "edge"}


def _frame(image, border):
    return np.pad(image.astype(float), 1, mode=PAD_MODES[border])


def _apply(kernel, padded):
    """Correct: each mistake below changes the kernel, the border, or what comes out."""
    height, width = padded.shape[0] - 2, padded.shape[1] - 2
    out = np.zeros((height, width))
    for u in range(3):
        for v in range(3):
            out += kernel[u, v] * padded[u : u + height, v : v + width]
    return out


def _apply_all(padded, kernels=KERNELS):
    return np.stack([_apply(kernel, padded) for kernel in kernels])


def kernels_flipped(image, border="zeros"):
    """Turns the kernels by 180 degrees, as the true convolution does.

    Your third map has the wrong sign: the kernels are flipped. Lay them on the image as they
    stand; the first two are the same both ways.
    """
    return _apply_all(_frame(image, border), [kernel[::-1, ::-1] for kernel in KERNELS])


def strong_edges_of_columns(image, border="zeros"):
    """Exchanges rows and columns of the third kernel.

    Your third map finds the upright edges, from left to right. The kernel compares the row above
    with the row below: which of its indices counts rows?
    """
    return _apply_all(_frame(image, border), (SHARPEN, EDGES, STRONG_EDGES.T))


def each_kernel_on_the_map_before(image, border="zeros"):
    """Looks for edges in the sharpened image, and for strong edges in the edges.

    You lay each kernel on the map of the one before it. All three look at the image itself.
    """
    maps = [image]
    for kernel in KERNELS:
        maps.append(_apply(kernel, _frame(maps[-1], border)))
    return np.stack(maps[1:])


def edges_added_to_sharpen(image, border="zeros"):
    """Sharpens by adding the edges to the image, where they must be taken away.

    Your first map is the image plus its edges, which blurs it. The edge kernel is negative in its
    centre: what must be done with the edges to get the 5 of the sharpening kernel?
    """
    padded = _frame(image, border)
    _, edges, strong = _apply_all(padded)
    return np.stack([image + edges, edges, strong])


def edges_of_eight_neighbours(image, border="zeros"):
    """Uses the other well-known edge kernel, with -8 in its centre.

    Your second kernel looks at all eight neighbours. The one of this exercise has zeros in its
    corners and -4 in its centre.
    """
    eight = np.array([[1, 1, 1], [1, -8, 1], [1, 1, 1]])
    return _apply_all(_frame(image, border), (SHARPEN, eight, STRONG_EDGES))


def edges_without_sign(image, border="zeros"):
    """Takes the magnitude of the edges.

    Your maps of edges have no negative numbers. Their sign tells on which side of an edge it is
    brighter, and it stays.
    """
    sharp, *edges = _apply_all(_frame(image, border))
    return np.stack([sharp, *np.abs(edges)])


def clipped_to_a_picture(image, border="zeros"):
    """Clips the maps to the numbers that a picture can have, 0 to 255.

    You cut your maps to numbers from 0 to 255, as to show them on a screen. Here they stay as they
    are: the lecture's own first number is 320.
    """
    return np.clip(_apply_all(_frame(image, border)), 0, 255)


def wrapped_around_in_uint8(image, border="zeros"):
    """Collects the sums in the type of the image, where 255 + 1 is 0.

    Your maps have the type of the image. For uint8 that has no negative numbers and none above
    255: they come out wrong by a multiple of 256.
    """
    maps = _apply_all(_frame(image, border))
    # By way of int64: what becomes of a negative float as uint8 depends on the processor.
    return maps if image.dtype.kind == "f" else maps.astype(np.int64).astype(image.dtype)


def answer_cut_to_integers(image, border="zeros"):
    """Collects the sums in an array of integers.

    Your maps lost their decimals: the array that collects them holds integers. An image may have
    numbers from 0 to 1.
    """
    return _apply_all(_frame(image, border)).astype(int)


def border_always_zeros(image, border="zeros"):
    """Puts zeros around the image whatever the argument says.

    Your border is black even where `border` asks to repeat the image's nearest pixel.
    """
    return _apply_all(_frame(image, "zeros"))


def border_always_repeated(image, border="zeros"):
    """Repeats the border whatever the argument says.

    Your border repeats the image's nearest pixel even where `border` asks for zeros.
    """
    return _apply_all(_frame(image, "repeat"))


def border_mirrored(image, border="zeros"):
    """Mirrors the image at its first and last pixel instead of repeating them.

    Where the border is repeated, you mirror the image at its outermost pixels, so that above the
    first row stands the second one. To repeat is to have the first row twice.
    """
    if border == "zeros":
        return _apply_all(_frame(image, border))
    return _apply_all(np.pad(image.astype(float), 1, mode="reflect"))


def border_wraps_around(image, border="zeros"):
    """Takes the neighbour of an outermost pixel from the other side, as np.roll does.

    At the border your image goes on at its other side, as if it were rolled up: above the first
    row stands the last one.
    """
    return _apply_all(np.pad(image.astype(float), 1, mode="wrap"))


def border_pixels_left_out(image, border="zeros"):
    """Fills the map only where the window lies inside the image; its frame stays 0.

    The outermost rows and columns of your maps are 0. Every pixel gets an answer: around the image
    stands a border, so that the window fits there too.
    """
    maps = np.zeros((3, *image.shape))
    maps[:, 1:-1, 1:-1] = _apply_all(_frame(image, border))[:, 1:-1, 1:-1]
    return maps


def maps_of_inside_windows_alone(image, border="zeros"):
    """Returns maps that are smaller than the image by two rows and two columns.

    Your maps are smaller than the image, because your window stays inside it. Put a border around
    the image first: one row or column on each side.

    No case passes: the maps never have the shape of the image.
    """
    return _apply_all(_frame(image, border))[:, 1:-1, 1:-1]
