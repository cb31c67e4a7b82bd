"""Exercise cuda_map_2d: `grade show cuda_map_2d` prints the task."""

from numba import cuda


@cuda.jit
def cuda_map_2d(out, image):
    """Write the negative of an image, 1 - image, into `out`.

    Arguments:
        out: float32 array of shape (H, W), to be filled
        image: float32 array of shape (H, W)

    Blocks and grid are two-dimensional: x runs along a row, y from row to row, and both may go
    beyond the image.

    Example: [[0, 1], [0.25, 0.5]] gives [[1, 0], [0.75, 0.5]].
    """
    raise NotImplementedError("cuda_map_2d is not written yet")
