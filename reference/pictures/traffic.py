"""The memory traffic of a block of threads: which thread touches which elements, step by step."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from reference.pictures.sheet import BLUE, DPI, ORANGE, PURPLE

A_ROW = 4  # steps side by side
ALL = 64  # threads or elements, up to which those are shown too that nobody touches
MOST = 128
TICKS = 16
COLOURS = ("white", BLUE, ORANGE, PURPLE)
WHAT = ("reads", "writes", "reads and writes")
ATOMIC = 2


def memory_traffic(inputs: dict[str, Any], traffic: dict[str, Any]) -> Figure:
    """Return a panel for each array in each line of a kernel: threads down, elements across."""
    steps = traffic["steps"]
    columns = min(A_ROW, max(len(steps), 1))
    rows = -(-max(len(steps), 1) // columns)
    touching = [int(thread) for step in steps for thread in step["touches"][:, 0]]
    threads = _shown(traffic["threads"], touching)
    height = min(1.1 + 0.18 * len(threads), 6.5)
    sheet = Figure(figsize=(3.4 * columns, height * rows + 0.5), dpi=DPI)
    sheet.set_layout_engine("constrained", w_pad=0.1, h_pad=0.1)
    panels = np.ravel(sheet.subplots(rows, columns, squeeze=False))
    for number, (axes, step) in enumerate(zip(panels, steps, strict=False), start=1):
        _draw(axes, step, threads, number)
    for axes in panels[len(steps) :]:
        axes.remove()
    patches = [Patch(color=c, label=what) for c, what in zip(COLOURS[1:], WHAT, strict=True)]
    sheet.legend(handles=patches, loc="outside lower center", ncols=3, frameon=False)
    sheet.suptitle(_launched(inputs))
    return sheet


def _launched(inputs: dict[str, Any]) -> str:
    """Return the launch in words."""
    grid, block = (_sizes(inputs[name]) for name in ("grid", "block"))
    return f"grid {grid}, block {block}: what block 0 does"


def _sizes(sizes: Any) -> str:
    return " × ".join(map(str, sizes)) if isinstance(sizes, list) else str(sizes)


def _draw(axes: Axes, step: dict[str, Any], threads: np.ndarray, number: int) -> None:
    """Draw one array in one line."""
    touches = step["touches"]
    elements = _shown(int(np.prod(step["shape"])), touches[:, 1])
    cells = np.zeros((len(threads), len(elements)), int)
    for thread, element, kind in touches:
        here = np.ix_(threads == thread, elements == element)
        cells[here] |= 3 if kind == ATOMIC else 1 + kind  # bits: 1 to read, 2 to write
    scale = BoundaryNorm(np.arange(-0.5, len(COLOURS)), len(COLOURS))
    axes.imshow(cells, ListedColormap(COLOURS), scale, aspect="auto", interpolation="nearest")
    verb = WHAT[int(np.bitwise_or.reduce(cells, axis=None)) - 1] if cells.any() else "leaves"
    axes.set_title(f"{number}. {verb} {step['array']}", fontsize=10)
    memory = "shared memory" if step["is_shared"] else "global memory"
    axes.set(xlabel=f"element, in {memory}", ylabel="thread")
    _number(axes, elements, tuple(step["shape"]))
    places = _ticks(len(threads))
    axes.set_yticks(places, [str(threads[place]) for place in places], fontsize=7)
    _rule(axes, cells.shape)


def _number(axes: Axes, elements: np.ndarray, shape: tuple[int, ...]) -> None:
    """Write the index of elements below, of several axes with its brackets."""
    places = _ticks(len(elements))
    indices = [np.unravel_index(int(elements[place]), shape) for place in places]
    texts = [", ".join(str(int(i)) for i in index) for index in indices]
    if len(shape) > 1:
        axes.set_xticks(places, [f"[{text}]" for text in texts], fontsize=7, rotation=90)
    else:
        axes.set_xticks(places, texts, fontsize=7)


def _rule(axes: Axes, shape: tuple[int, ...]) -> None:
    """Draw lines between cells, where they are large enough."""
    if max(shape) > ALL:
        return
    axes.set_xticks(np.arange(0.5, shape[1] - 1), minor=True)
    axes.set_yticks(np.arange(0.5, shape[0] - 1), minor=True)
    axes.grid(which="minor", color="#dddddd", linewidth=0.6)
    axes.tick_params(which="minor", length=0)


def _shown(count: int, touched: Any) -> np.ndarray:
    """Return all of so many, or of very many those that are touched, the first of them."""
    return np.arange(count) if count <= ALL else np.unique(touched)[:MOST].astype(int)


def _ticks(count: int) -> list[int]:
    """Return the places that get a number."""
    return list(range(0, count, -(-count // TICKS) or 1))
