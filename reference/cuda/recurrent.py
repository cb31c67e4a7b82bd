"""Recurrent cells on the GPU: a block computes a tile of the next state from beginning to end.

What the kernels do is told in `cells`. The original GRU needs two of them: its candidate is a
product with the state that all units have reset.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numba import float32, float64

from reference.arguments import FloatArray
from reference.cuda import cells
from reference.cuda.products import Tile, choose_tile
from reference.cuda.proof import Proof
from reference.cuda.staging import Stage
from reference.cuda.target import IS_SIMULATED, cuda

# A thread has up to four sums for each of its places, so the tiles are smaller than a product's.
SMALL = Tile(rows=16, columns=16, depth=16, high=2, wide=1)
LARGE = Tile(rows=64, columns=64, depth=8, high=4, wide=4)
SIMULATED = Tile(rows=4, columns=8, depth=4, high=2, wide=2)


def rnn_cell(
    out: FloatArray,
    x: FloatArray,
    h: FloatArray,
    weight_ih: FloatArray,
    weight_hh: FloatArray,
    bias_ih: FloatArray,
    bias_hh: FloatArray,
    activation: str,
) -> None:
    """Fill out (N, H)."""
    make = cells.make_tanh_cell if activation == "tanh" else cells.make_relu_cell
    _launch(make, (out, out), x, h, h, weight_ih, weight_hh, bias_ih, bias_hh)


def lstm_cell(
    out_h: FloatArray,
    out_c: FloatArray,
    x: FloatArray,
    h: FloatArray,
    c: FloatArray,
    weight_ih: FloatArray,
    weight_hh: FloatArray,
    bias_ih: FloatArray,
    bias_hh: FloatArray,
) -> None:
    """Fill out_h and out_c (N, H)."""
    _launch(cells.make_lstm, (out_h, out_c), x, h, c, weight_ih, weight_hh, bias_ih, bias_hh)


def gru_cell_original(
    out: FloatArray,
    x: FloatArray,
    h: FloatArray,
    weight_ih: FloatArray,
    weight_hh: FloatArray,
    bias_ih: FloatArray,
    bias_hh: FloatArray,
) -> None:
    """Fill out (N, H); the reset gate acts before the recurrent product."""
    with Stage() as stage:
        arrays = [stage.read(array) for array in (x, h, weight_ih, weight_hh, bias_ih, bias_hh)]
        reset = cuda.device_array(out.shape, out.dtype)
        _launch(cells.make_reset, (reset, reset), *arrays[:2], arrays[1], *arrays[2:])
        _launch(cells.make_gru_original, (out, out), *arrays[:2], reset, *arrays[2:])


def gru_cell_pytorch(
    out: FloatArray,
    x: FloatArray,
    h: FloatArray,
    weight_ih: FloatArray,
    weight_hh: FloatArray,
    bias_ih: FloatArray,
    bias_hh: FloatArray,
) -> None:
    """Fill out (N, H); the reset gate acts after the recurrent product."""
    _launch(cells.make_gru_pytorch, (out, out), x, h, h, weight_ih, weight_hh, bias_ih, bias_hh)


def _launch(make: Callable[..., Any], outs: tuple[Any, Any], *arrays: Any) -> None:
    """Launch a cell that fills one array, given twice, or two."""
    out, other = outs
    if out.size == 0:
        return
    tile = choose_tile(list_tiles(out.dtype), *out.shape)
    cell = make(np.dtype(out.dtype), tile)
    with Stage() as stage:
        written = stage.write(out)
        also = written if other is out else stage.write(other)
        read = [stage.read(array) for array in arrays]
        cell[tile.count_blocks(*out.shape), tile.threads](written, also, *read)


def list_tiles(dtype: np.dtype[Any]) -> tuple[Tile, ...]:
    """Return the tiles to choose from, small ones first."""
    if IS_SIMULATED:
        return (SIMULATED,)
    return (SMALL, LARGE) if dtype == np.float32 else (SMALL,)


def proofs() -> Iterator[Proof]:
    """Yield every kernel that is launched here, with each tile that may be chosen."""
    for real in (float32, float64):
        dtype, matrix, row = np.dtype(real.name), real[:, ::1], real[::1]
        for tile in list_tiles(dtype):
            for make in cells.CELLS:
                name = make.__name__.removeprefix("make_").removesuffix("_cell")
                size = f"{tile.rows}x{tile.columns}"
                yield Proof(f"{name} {size}", make(dtype, tile), (matrix,) * 7 + (row, row))
