"""A convolution by tiles: a block loads its pixels, and one more on every side, once."""

from numba import cuda, float32

TILE = 8
SIDE = TILE + 2


@cuda.jit
def cuda_conv2d_tiled(out, image, weight):
    """Write the cross-correlation of the image with a kernel of 3 by 3 into `out`."""
    tile = cuda.shared.array((SIDE, SIDE), float32)
    taps = cuda.shared.array((3, 3), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE - 1, cuda.blockIdx.x * TILE - 1
    number = y * TILE + x
    for k in range(number, SIDE * SIDE, TILE * TILE):
        i, j = top + k // SIDE, left + k % SIDE
        inside = 0 <= i < image.shape[0] and 0 <= j < image.shape[1]
        tile[k // SIDE, k % SIDE] = image[i, j] if inside else float32(0)
    if number < 9:
        taps[number // 3, number % 3] = weight[number // 3, number % 3]
    cuda.syncthreads()
    if row < out.shape[0] and column < out.shape[1]:
        total = float32(0)
        for u in range(3):
            for v in range(3):
                total += tile[y + u, x + v] * taps[u, v]
        out[row, column] = total
