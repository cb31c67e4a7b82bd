"""Exercise cuda_conv2d_tiled: `grade show cuda_conv2d_tiled` prints the task."""

from numba import cuda, float32  # noqa: F401

TILE = 8  # a block has 8 · 8 threads
SIDE = TILE + 2  # and needs 10 · 10 pixels


@cuda.jit
def cuda_conv2d_tiled(out, image, weight):
    """Write the cross-correlation of the image with a kernel of 3 by 3 into `out`.

    Arguments:
        out: float32 array of shape (H, W), to be filled
        image: float32 array of shape (H, W); zeros lie around it
        weight: float32 array of shape (3, 3); weight[1, 1] meets the pixel itself

    Example: [[1, 2]] and a weight of ones give [[3, 3]].
    """
    raise NotImplementedError("cuda_conv2d_tiled is not written yet")
