"""Believable mistakes in cuda_conv2d_tiled; each docstring carries the hint of a student."""

from numba import cuda, float32

TILE = 8
SIDE = TILE + 2


@cuda.jit
def barrier_missing(out, image, weight):
    """Reads the tile while other threads still fill it.

    Your threads read pixels that other threads load, and nothing says that those are done. Between
    filling shared memory and reading it stands cuda.syncthreads().

    No case passes: every thread reads places that others fill.
    """
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
    if row < out.shape[0] and column < out.shape[1]:
        total = float32(0)
        for u in range(3):
            for v in range(3):
                total += tile[y + u, x + v] * taps[u, v]
        out[row, column] = total


@cuda.jit
def one_place_a_thread(out, image, weight):
    """Loads as many places of the tile as the block has threads.

    Your block fills 64 places of a tile of 100. The others hold whatever was in shared memory: some
    threads have to load a second place.
    """
    tile = cuda.shared.array((SIDE, SIDE), float32)
    taps = cuda.shared.array((3, 3), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE - 1, cuda.blockIdx.x * TILE - 1
    number = y * TILE + x
    i, j = top + number // SIDE, left + number % SIDE
    inside = 0 <= i < image.shape[0] and 0 <= j < image.shape[1]
    tile[number // SIDE, number % SIDE] = image[i, j] if inside else float32(0)
    if number < 9:
        taps[number // 3, number % 3] = weight[number // 3, number % 3]
    cuda.syncthreads()
    if row < out.shape[0] and column < out.shape[1]:
        total = float32(0)
        for u in range(3):
            for v in range(3):
                total += tile[y + u, x + v] * taps[u, v]
        out[row, column] = total


@cuda.jit
def blocks_see_zeros_around_them(out, image, weight):
    """Takes what lies outside of the block for zero.

    Your result is too small where two blocks meet: you take all that lies outside of a block for
    zero. That is right at the edge of the image alone; elsewhere the halo holds pixels.
    """
    tile = cuda.shared.array((SIDE, SIDE), float32)
    taps = cuda.shared.array((3, 3), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE - 1, cuda.blockIdx.x * TILE - 1
    number = y * TILE + x
    for k in range(number, SIDE * SIDE, TILE * TILE):
        i, j = top + k // SIDE, left + k % SIDE
        inside = 0 <= i < image.shape[0] and 0 <= j < image.shape[1]
        inside = inside and 1 <= k // SIDE <= TILE and 1 <= k % SIDE <= TILE
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


@cuda.jit
def corners_forgotten(out, image, weight):
    """Loads the four sides of the halo without its corners.

    Your result is wrong in the corners of a block: its window reaches into the block that lies
    diagonally beside it. The halo has corners too.
    """
    tile = cuda.shared.array((SIDE, SIDE), float32)
    taps = cuda.shared.array((3, 3), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE - 1, cuda.blockIdx.x * TILE - 1
    number = y * TILE + x
    for k in range(number, SIDE * SIDE, TILE * TILE):
        i, j = top + k // SIDE, left + k % SIDE
        inside = 0 <= i < image.shape[0] and 0 <= j < image.shape[1]
        is_corner = k // SIDE % (SIDE - 1) == 0 and k % SIDE % (SIDE - 1) == 0
        inside = inside and not is_corner
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


@cuda.jit
def edge_wraps_round(out, image, weight):
    """Loads pixels with negative indices.

    Your first blocks load pixels above and to the left of the image, with negative indices. Python
    takes those for the other end of the image; a GPU for other memory. There are zeros outside.

    No case passes: every image has a first row.
    """
    tile = cuda.shared.array((SIDE, SIDE), float32)
    taps = cuda.shared.array((3, 3), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE - 1, cuda.blockIdx.x * TILE - 1
    number = y * TILE + x
    for k in range(number, SIDE * SIDE, TILE * TILE):
        i, j = top + k // SIDE, left + k % SIDE
        inside = i < image.shape[0] and j < image.shape[1]
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


@cuda.jit
def edge_repeated(out, image, weight):
    """Repeats the pixels of the edge outside of the image.

    You repeat the pixels at the edge outside of the image. Here zeros lie there.
    """
    tile = cuda.shared.array((SIDE, SIDE), float32)
    taps = cuda.shared.array((3, 3), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE - 1, cuda.blockIdx.x * TILE - 1
    number = y * TILE + x
    for k in range(number, SIDE * SIDE, TILE * TILE):
        i, j = top + k // SIDE, left + k % SIDE
        i, j = min(max(i, 0), image.shape[0] - 1), min(max(j, 0), image.shape[1] - 1)
        tile[k // SIDE, k % SIDE] = image[i, j]
    if number < 9:
        taps[number // 3, number % 3] = weight[number // 3, number % 3]
    cuda.syncthreads()
    if row < out.shape[0] and column < out.shape[1]:
        total = float32(0)
        for u in range(3):
            for v in range(3):
                total += tile[y + u, x + v] * taps[u, v]
        out[row, column] = total


@cuda.jit
def tile_begins_at_the_block(out, image, weight):
    """Begins the tile at the first pixel of the block.

    Your window has the pixel in its corner, not in its middle: the tile has to begin one row above
    and one column to the left of the block.

    No case passes: the window is another one at every pixel.
    """
    tile = cuda.shared.array((SIDE, SIDE), float32)
    taps = cuda.shared.array((3, 3), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE, cuda.blockIdx.x * TILE
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


@cuda.jit
def kernel_flipped(out, image, weight):
    """Computes the convolution of mathematics.

    Your weights are turned upside down and left to right. Here weight[0, 0] meets the upper left
    pixel of the window (cross-correlation).
    """
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
                total += tile[y + u, x + v] * taps[2 - u, 2 - v]
        out[row, column] = total


@cuda.jit
def every_pixel_from_global_memory(out, image, weight):
    """Needs no shared memory, but loads each pixel nine times.

    Your result is right, but every window loads its nine pixels and the nine weights from global
    memory. Let the block load each of them once into shared memory.
    """
    column, row = cuda.grid(2)
    if row < out.shape[0] and column < out.shape[1]:
        total = float32(0)
        for u in range(3):
            for v in range(3):
                i, j = row + u - 1, column + v - 1
                if 0 <= i < image.shape[0] and 0 <= j < image.shape[1]:
                    total += image[i, j] * weight[u, v]
        out[row, column] = total
