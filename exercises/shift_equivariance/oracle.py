"""Both sides of the equation as products of matrices: a shift and a convolution are linear.

np.eye(n, m, k) picks from m numbers the n that begin at number k; what has no such number is 0.
"""

import numpy as np


def shift_equivariance(
    image: np.ndarray, kernel: np.ndarray, shift: list[int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (shifted_first, convolved_first, inside)."""
    out_size = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    convolution = _convolution_matrix(kernel.astype(np.float64), image.shape, out_size)
    counting = _convolution_matrix(np.ones(kernel.shape), image.shape, out_size)
    of_the_image, of_the_map = _shift_matrix(image.shape, shift), _shift_matrix(out_size, shift)

    pixels = image.astype(np.float64).reshape(-1)
    not_brought_in = counting @ of_the_image @ np.ones(image.size)  # of the pixels of each window
    return (
        (convolution @ of_the_image @ pixels).reshape(out_size),
        (of_the_map @ convolution @ pixels).reshape(out_size),
        (not_brought_in == kernel.size).reshape(out_size),
    )


def _convolution_matrix(
    kernel: np.ndarray, size: tuple[int, ...], out_size: tuple[int, int]
) -> np.ndarray:
    """Return the sum of one matrix for each tap, which picks the pixel that the tap meets."""
    matrix = np.zeros((out_size[0] * out_size[1], size[0] * size[1]))
    for u, v in np.ndindex(*kernel.shape):
        rows, columns = np.eye(out_size[0], size[0], u), np.eye(out_size[1], size[1], v)
        matrix += kernel[u, v] * np.kron(rows, columns)
    return matrix


def _shift_matrix(size: tuple[int, ...], shift: list[int]) -> np.ndarray:
    down, right = (np.eye(n, k=-steps) for n, steps in zip(size, shift, strict=True))
    return np.kron(down, right)
