"""The negative of an image: one thread per pixel, x along the row."""

from numba import cuda


@cuda.jit
def cuda_map_2d(out, image):
    """Write 1 - image into `out`."""
    column, row = cuda.grid(2)
    if row < image.shape[0] and column < image.shape[1]:
        out[row, column] = 1 - image[row, column]
