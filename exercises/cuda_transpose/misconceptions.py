"""Believable mistakes in cuda_transpose; each docstring carries the hint that a student reads."""

from numba import cuda, float32

TILE = 32
ROWS = 4
WIDTH = TILE + 1


@cuda.jit
def written_column_by_column(out, a):
    """Needs no tile: reads along rows, and writes along columns.

    Your result is right, but the 32 threads of a warp write into 32 rows of `out`: each write moves
    a whole sector of memory for one number. Collect a tile in shared memory, so that a warp writes
    a piece of one row.
    """
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE, cuda.blockIdx.x * TILE
    for k in range(y, TILE, ROWS):
        if top + k < a.shape[0] and left + x < a.shape[1]:
            out[left + x, top + k] = a[top + k, left + x]


@cuda.jit
def tile_as_wide_as_it_is_high(out, a):
    """Makes a tile of 32 · 32, whose columns lie in one bank.

    Your result is right, but the threads of a warp read a column of the tile, whose elements lie
    32 places apart: all in the same bank of shared memory, so one is read after the other. One
    more column in the tile puts them into different banks.
    """
    tile = cuda.shared.array((TILE, TILE), float32)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE, cuda.blockIdx.x * TILE
    for k in range(y, TILE, ROWS):
        if top + k < a.shape[0] and left + x < a.shape[1]:
            tile[k, x] = a[top + k, left + x]
    cuda.syncthreads()
    for k in range(y, TILE, ROWS):
        if left + k < out.shape[0] and top + x < out.shape[1]:
            out[left + k, top + x] = tile[x, k]


@cuda.jit
def barrier_missing(out, a):
    """Writes before the tile is loaded.

    Your threads write what other threads load, and nothing says that those are done. Between
    filling the tile and reading it stands cuda.syncthreads().
    """
    tile = cuda.shared.array((TILE, WIDTH), float32)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE, cuda.blockIdx.x * TILE
    for k in range(y, TILE, ROWS):
        if top + k < a.shape[0] and left + x < a.shape[1]:
            tile[k, x] = a[top + k, left + x]
    for k in range(y, TILE, ROWS):
        if left + k < out.shape[0] and top + x < out.shape[1]:
            out[left + k, top + x] = tile[x, k]


@cuda.jit
def tiles_stay_where_they_are(out, a):
    """Transposes every tile in its place.

    Each of your tiles is transposed, but the tiles stay where they were: tile (i, j) of `a` is tile
    (j, i) of `out`.
    """
    tile = cuda.shared.array((TILE, WIDTH), float32)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE, cuda.blockIdx.x * TILE
    for k in range(y, TILE, ROWS):
        if top + k < a.shape[0] and left + x < a.shape[1]:
            tile[k, x] = a[top + k, left + x]
    cuda.syncthreads()
    for k in range(y, TILE, ROWS):
        inside = left + x < a.shape[1] and top + k < a.shape[0]
        if inside and top + k < out.shape[0] and left + x < out.shape[1]:
            out[top + k, left + x] = tile[x, k]


@cuda.jit
def tiles_not_transposed(out, a):
    """Exchanges the tiles, and leaves each as it is.

    Your tiles are in their new places, but each of them is written as it was read. A row of `out`
    is a column of the tile.
    """
    tile = cuda.shared.array((TILE, WIDTH), float32)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE, cuda.blockIdx.x * TILE
    for k in range(y, TILE, ROWS):
        if top + k < a.shape[0] and left + x < a.shape[1]:
            tile[k, x] = a[top + k, left + x]
    cuda.syncthreads()
    for k in range(y, TILE, ROWS):
        if left + k < out.shape[0] and top + x < out.shape[1]:
            out[left + k, top + x] = tile[k, x]


@cuda.jit
def writing_guarded_like_reading(out, a):
    """Uses the guard of the reading for the writing too.

    You guard the writing by the place that the thread read from. It writes at another place: that
    one has to lie inside `out`.
    """
    tile = cuda.shared.array((TILE, WIDTH), float32)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE, cuda.blockIdx.x * TILE
    for k in range(y, TILE, ROWS):
        if top + k < a.shape[0] and left + x < a.shape[1]:
            tile[k, x] = a[top + k, left + x]
    cuda.syncthreads()
    for k in range(y, TILE, ROWS):
        if top + k < a.shape[0] and left + x < a.shape[1]:
            out[left + k, top + x] = tile[x, k]


@cuda.jit
def one_element_a_thread(out, a):
    """Moves one element per thread, though a tile has eight times as many.

    Most rows of your tiles are never moved: a block has 32 · 4 threads for 32 · 32 elements, so
    each thread moves eight of them, four rows apart.
    """
    tile = cuda.shared.array((TILE, WIDTH), float32)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE, cuda.blockIdx.x * TILE
    if top + y < a.shape[0] and left + x < a.shape[1]:
        tile[y, x] = a[top + y, left + x]
    cuda.syncthreads()
    if left + y < out.shape[0] and top + x < out.shape[1] and x < ROWS:
        out[left + y, top + x] = tile[x, y]
