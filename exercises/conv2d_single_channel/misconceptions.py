"""Believable mistakes in conv2d_single_channel, and the hint that each one earns."""

import numpy as np


def _framed(image, kernel, mode, fill="constant"):
    """Correct: the image with the zeros that "same" puts around it."""
    if mode == "valid":
        return image
    rows, columns = kernel.shape[0] - 1, kernel.shape[1] - 1
    top, left = rows // 2, columns // 2
    return np.pad(image, ((top, rows - top), (left, columns - left)), mode=fill)


def _slide(framed, kernel, out_height, out_width):
    """Correct at every place it is asked for; the zeros are there already."""
    height, width = kernel.shape
    out = np.zeros((out_height, out_width), dtype=framed.dtype)
    for i in range(out_height):
        for j in range(out_width):
            out[i, j] = np.sum(framed[i : i + height, j : j + width] * kernel)
    return out


def _correlate(framed, kernel):
    """Correct: each mistake below changes what goes in, a size, or what comes out."""
    height, width = framed.shape
    return _slide(framed, kernel, height - kernel.shape[0] + 1, width - kernel.shape[1] + 1)


def kernel_flipped(image, kernel, mode="valid"):
    """Computes the true convolution of mathematics, with the kernel turned by 180 degrees.

    Your kernel is flipped: deep learning lays it on the image as it is (cross-correlation).
    Look at which weight meets the top left pixel of the window.
    """
    return _correlate(_framed(image, kernel, mode), kernel[::-1, ::-1])


def matrix_product_of_window_and_kernel(image, kernel, mode="valid"):
    """Multiplies the window and the kernel as matrices and adds up the product.

    You take the matrix product of window and kernel. Here each pixel meets one weight alone, the
    one that lies on it: the product is element by element.
    """
    framed, (height, width) = _framed(image, kernel, mode), kernel.shape
    out = np.zeros((framed.shape[0] - height + 1, framed.shape[1] - width + 1))
    for i, j in np.ndindex(*out.shape):
        out[i, j] = np.sum(framed[i : i + height, j : j + width] @ kernel)
    return out


def products_averaged(image, kernel, mode="valid"):
    """Averages the products instead of adding them.

    You take the mean of the products. The answer is their sum: an average would need weights of
    1/9 in a kernel of nine, and it is the kernel that says so.
    """
    return _correlate(_framed(image, kernel, mode), kernel) / kernel.size


def last_window_left_out(image, kernel, mode="valid"):
    """Counts H - kH windows instead of H - kH + 1.

    With "valid" your answer lacks its last row and column. A kernel of 3 fits into an image of 3
    once, so the number of places is not quite the difference of the sizes.
    """
    whole = _correlate(_framed(image, kernel, mode), kernel)
    return whole if mode == "same" else whole[:-1, :-1]


def mode_ignored(image, kernel, mode="valid"):
    """Answers "valid" whatever the mode.

    Your answer does not change with `mode`. For "same" it has to be as large as the image: think
    of the image with zeros around it, and slide the kernel over that.
    """
    return _correlate(image, kernel)


def always_one_zero_on_each_side(image, kernel, mode="valid"):
    """Pads with one zero on each side, which is right for a kernel of 3 x 3.

    For "same" you always put one zero on each side, which fits a kernel of 3 x 3. How many rows
    does a kernel of 5, or of 2, take away from the image?
    """
    return _correlate(image if mode == "valid" else np.pad(image, 1), kernel)


def half_the_kernel_on_each_side(image, kernel, mode="valid"):
    """Pads kH // 2 rows above and below, which is right for odd kernels alone.

    For "same" you put kH // 2 rows of zeros above the image and as many below it. That fits odd
    kernels; an even one takes an odd number of rows away, so the two sides cannot be equal.
    """
    rows, columns = kernel.shape[0] // 2, kernel.shape[1] // 2
    framed = np.pad(image, ((rows, rows), (columns, columns)))
    return _correlate(image if mode == "valid" else framed, kernel)


def frame_as_wide_as_the_kernel_allows(image, kernel, mode="valid"):
    """Pads kH - 1 rows on each side, so that the answer is larger than the image.

    For "same" you put kH - 1 rows of zeros above the image and as many below it, and the answer
    becomes larger than the image. That is how many the two sides need together.
    """
    rows, columns = kernel.shape[0] - 1, kernel.shape[1] - 1
    framed = np.pad(image, ((rows, rows), (columns, columns)))
    return _correlate(image if mode == "valid" else framed, kernel)


def extra_zeros_on_top_and_left(image, kernel, mode="valid"):
    """Puts the odd row of zeros above the image, as SciPy does.

    Your answer is right for kernels of odd size. With an even one the number of rows of zeros is
    odd: here the extra row stands below the image, and the extra column at its right.
    """
    rows, columns = kernel.shape[0] - 1, kernel.shape[1] - 1
    bottom, right = rows // 2, columns // 2
    framed = np.pad(image, ((rows - bottom, bottom), (columns - right, right)))
    return _correlate(image if mode == "valid" else framed, kernel)


def zeros_around_the_answer(image, kernel, mode="valid"):
    """Puts the zeros around the answer to "valid" instead of around the image.

    For "same" you put the frame of zeros around the answer. It belongs around the image: a window
    that hangs over the edge still sees some pixels.
    """
    if mode == "valid":
        return _correlate(image, kernel)
    if image.shape[0] < kernel.shape[0] or image.shape[1] < kernel.shape[1]:
        return np.zeros_like(image)
    return _framed(_correlate(image, kernel), kernel, mode)


def border_repeated(image, kernel, mode="valid"):
    """Fills the frame with copies of the border pixels.

    For "same" your frame repeats the pixels at the border of the image. Here it is made of zeros.
    """
    return _correlate(_framed(image, kernel, mode, fill="edge"), kernel)


def image_taken_as_square(image, kernel, mode="valid"):
    """Uses the height of the answer for its width too.

    Your code uses one size for both directions, so it is right for square images alone. Rows and
    columns of the answer are counted separately.
    """
    framed = _framed(image, kernel, mode)
    size = framed.shape[0] - kernel.shape[0] + 1
    return _slide(framed, kernel, size, size)


def rows_and_columns_swapped(image, kernel, mode="valid"):
    """Reads the shape of the image as (W, H).

    Your height and width are exchanged, which shows as soon as an image is not square. An array
    has the shape (H, W): rows come before columns.
    """
    framed = _framed(image, kernel, mode)
    out_height = framed.shape[1] - kernel.shape[0] + 1
    return _slide(framed, kernel, out_height, framed.shape[0] - kernel.shape[1] + 1)


def answer_cut_to_integers(image, kernel, mode="valid"):
    """Collects the sums in an array of integers.

    Your answers lost their decimals: the array that collects them holds integers. Look at the
    dtype with which you create it.
    """
    return _correlate(_framed(image, kernel, mode), kernel).astype(int)
