"""Believable mistakes in cuda_matmul_tiled; each docstring carries the hint of a student."""

from numba import cuda, float32

TILE = 8


@cuda.jit
def first_barrier_missing(out, a, b):
    """Multiplies before the tiles are loaded.

    Your threads multiply numbers that other threads load, and nothing says that those are done.
    Between filling the tiles and reading them stands cuda.syncthreads().

    No case passes: every thread reads what others load.
    """
    rows_of_a = cuda.shared.array((TILE, TILE), float32)
    columns_of_b = cuda.shared.array((TILE, TILE), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    total = float32(0)
    for start in range(0, a.shape[1], TILE):
        in_a = row < a.shape[0] and start + x < a.shape[1]
        in_b = start + y < b.shape[0] and column < b.shape[1]
        rows_of_a[y, x] = a[row, start + x] if in_a else float32(0)
        columns_of_b[y, x] = b[start + y, column] if in_b else float32(0)
        for k in range(TILE):
            total += rows_of_a[y, k] * columns_of_b[k, x]
        cuda.syncthreads()
    if row < out.shape[0] and column < out.shape[1]:
        out[row, column] = total


@cuda.jit
def second_barrier_missing(out, a, b):
    """Loads the next tiles while others still read the last ones.

    Your fast threads load the next tiles while slow ones still multiply the last ones. The loop
    needs a second barrier: nobody writes before all have read.
    """
    rows_of_a = cuda.shared.array((TILE, TILE), float32)
    columns_of_b = cuda.shared.array((TILE, TILE), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    total = float32(0)
    for start in range(0, a.shape[1], TILE):
        in_a = row < a.shape[0] and start + x < a.shape[1]
        in_b = start + y < b.shape[0] and column < b.shape[1]
        rows_of_a[y, x] = a[row, start + x] if in_a else float32(0)
        columns_of_b[y, x] = b[start + y, column] if in_b else float32(0)
        cuda.syncthreads()
        for k in range(TILE):
            total += rows_of_a[y, k] * columns_of_b[k, x]
    if row < out.shape[0] and column < out.shape[1]:
        out[row, column] = total


@cuda.jit
def every_product_from_global_memory(out, a, b):
    """Needs no shared memory, but loads a row and a column a thread.

    Your result is right, but every thread loads a whole row of a and a whole column of b from
    global memory. With tiles, the threads of a block load each number once for all of them.
    """
    column, row = cuda.grid(2)
    if row < out.shape[0] and column < out.shape[1]:
        total = float32(0)
        for k in range(a.shape[1]):
            total += a[row, k] * b[k, column]
        out[row, column] = total


@cuda.jit
def rest_of_the_tiles_not_loaded(out, a, b):
    """Leaves the tiles as they were where a matrix has ended.

    Where a matrix ends inside a tile, your threads load nothing, and the products use what happened
    to be there. What can you load that changes no sum?
    """
    rows_of_a = cuda.shared.array((TILE, TILE), float32)
    columns_of_b = cuda.shared.array((TILE, TILE), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    total = float32(0)
    for start in range(0, a.shape[1], TILE):
        in_a = row < a.shape[0] and start + x < a.shape[1]
        in_b = start + y < b.shape[0] and column < b.shape[1]
        if in_a:
            rows_of_a[y, x] = a[row, start + x]
        if in_b:
            columns_of_b[y, x] = b[start + y, column]
        cuda.syncthreads()
        for k in range(TILE):
            total += rows_of_a[y, k] * columns_of_b[k, x]
        cuda.syncthreads()
    if row < out.shape[0] and column < out.shape[1]:
        out[row, column] = total


@cuda.jit
def last_tile_left_out(out, a, b):
    """Takes whole tiles alone.

    Your loop stops before the last tile when it is not full. The inner size need not be a
    multiple of 8: round up.
    """
    rows_of_a = cuda.shared.array((TILE, TILE), float32)
    columns_of_b = cuda.shared.array((TILE, TILE), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    total = float32(0)
    for start in range(0, a.shape[1] // TILE * TILE, TILE):
        in_a = row < a.shape[0] and start + x < a.shape[1]
        in_b = start + y < b.shape[0] and column < b.shape[1]
        rows_of_a[y, x] = a[row, start + x] if in_a else float32(0)
        columns_of_b[y, x] = b[start + y, column] if in_b else float32(0)
        cuda.syncthreads()
        for k in range(TILE):
            total += rows_of_a[y, k] * columns_of_b[k, x]
        cuda.syncthreads()
    if row < out.shape[0] and column < out.shape[1]:
        out[row, column] = total


@cuda.jit
def sum_begins_anew_in_every_tile(out, a, b):
    """Sets the sum to zero for each tile.

    Your sum begins at zero in each tile, so the last tile alone counts. It runs over all of them.
    """
    rows_of_a = cuda.shared.array((TILE, TILE), float32)
    columns_of_b = cuda.shared.array((TILE, TILE), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    for start in range(0, a.shape[1], TILE):
        total = float32(0)
        in_a = row < a.shape[0] and start + x < a.shape[1]
        in_b = start + y < b.shape[0] and column < b.shape[1]
        rows_of_a[y, x] = a[row, start + x] if in_a else float32(0)
        columns_of_b[y, x] = b[start + y, column] if in_b else float32(0)
        cuda.syncthreads()
        for k in range(TILE):
            total += rows_of_a[y, k] * columns_of_b[k, x]
        cuda.syncthreads()
    if row < out.shape[0] and column < out.shape[1]:
        out[row, column] = total


@cuda.jit
def b_transposed(out, a, b):
    """Multiplies rows by rows.

    You multiply a row of a by a row of b's tile. The second tile is read along its column: k comes
    first.

    No case passes: even where the sum is right, a warp reads several numbers of one bank.
    """
    rows_of_a = cuda.shared.array((TILE, TILE), float32)
    columns_of_b = cuda.shared.array((TILE, TILE), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    total = float32(0)
    for start in range(0, a.shape[1], TILE):
        in_a = row < a.shape[0] and start + x < a.shape[1]
        in_b = start + y < b.shape[0] and column < b.shape[1]
        rows_of_a[y, x] = a[row, start + x] if in_a else float32(0)
        columns_of_b[y, x] = b[start + y, column] if in_b else float32(0)
        cuda.syncthreads()
        for k in range(TILE):
            total += rows_of_a[y, k] * columns_of_b[x, k]
        cuda.syncthreads()
    if row < out.shape[0] and column < out.shape[1]:
        out[row, column] = total


@cuda.jit
def tile_of_b_stored_transposed(out, a, b):
    """Stores the tile of b with rows and columns exchanged.

    Your result is right, but neighbouring threads use a column of the tile of b: numbers that
    lie 8 places apart, several of them in one bank of shared memory. Keep x as the last index, so
    that neighbouring threads use neighbouring places.

    No case passes: every launch fills a whole tile.
    """
    rows_of_a = cuda.shared.array((TILE, TILE), float32)
    columns_of_b = cuda.shared.array((TILE, TILE), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    total = float32(0)
    for start in range(0, a.shape[1], TILE):
        in_a = row < a.shape[0] and start + x < a.shape[1]
        in_b = start + y < b.shape[0] and column < b.shape[1]
        rows_of_a[y, x] = a[row, start + x] if in_a else float32(0)
        columns_of_b[x, y] = b[start + y, column] if in_b else float32(0)
        cuda.syncthreads()
        for k in range(TILE):
            total += rows_of_a[y, k] * columns_of_b[x, k]
        cuda.syncthreads()
    if row < out.shape[0] and column < out.shape[1]:
        out[row, column] = total


@cuda.jit
def threads_without_cell_return(out, a, b):
    """Sends the threads beyond the edge of the result home at once.

    Your threads beyond the edge return before the barriers. They are needed: they load numbers for
    the others, and a barrier waits for all threads of the block. Guard the writing alone.
    """
    rows_of_a = cuda.shared.array((TILE, TILE), float32)
    columns_of_b = cuda.shared.array((TILE, TILE), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    if row >= out.shape[0] or column >= out.shape[1]:
        return
    total = float32(0)
    for start in range(0, a.shape[1], TILE):
        in_a = row < a.shape[0] and start + x < a.shape[1]
        in_b = start + y < b.shape[0] and column < b.shape[1]
        rows_of_a[y, x] = a[row, start + x] if in_a else float32(0)
        columns_of_b[y, x] = b[start + y, column] if in_b else float32(0)
        cuda.syncthreads()
        for k in range(TILE):
            total += rows_of_a[y, k] * columns_of_b[k, x]
        cuda.syncthreads()
    out[row, column] = total


@cuda.jit
def tiles_always_the_first(out, a, b):
    """Loads the same tiles in every step.

    Each of your steps loads the first tiles again. The tile of a moves to the right, that of b
    downwards: `start` belongs into both indices.
    """
    rows_of_a = cuda.shared.array((TILE, TILE), float32)
    columns_of_b = cuda.shared.array((TILE, TILE), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    total = float32(0)
    for _ in range(0, a.shape[1], TILE):
        in_a = row < a.shape[0] and x < a.shape[1]
        in_b = y < b.shape[0] and column < b.shape[1]
        rows_of_a[y, x] = a[row, x] if in_a else float32(0)
        columns_of_b[y, x] = b[y, column] if in_b else float32(0)
        cuda.syncthreads()
        for k in range(TILE):
            total += rows_of_a[y, k] * columns_of_b[k, x]
        cuda.syncthreads()
    if row < out.shape[0] and column < out.shape[1]:
        out[row, column] = total
