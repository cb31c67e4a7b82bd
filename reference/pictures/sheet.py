"""An empty sheet to draw on: figure, axes and the colours that all pictures share."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#666666"  # of Okabe and Ito, for every eye
SKY, YELLOW, PURPLE = "#56b4e9", "#f0e442", "#cc79a7"
DPI = 120
INSET = 0.06  # of a pixel: frames of neighbours do not touch


def figure(
    columns: int = 1, width: float = 6.0, height: float = 4.5, ratios: Sequence[float] | None = None
) -> Figure:
    """Return a figure of so many axes side by side, each of this size in inches."""
    sheet = Figure(figsize=(width * columns, height), dpi=DPI)
    sheet.set_layout_engine("constrained", w_pad=0.1, h_pad=0.1)
    sheet.subplots(1, columns, width_ratios=ratios)
    return sheet


def only(sheet: Figure) -> Axes:
    """Return the axes of a figure that has one."""
    (axes,) = sheet.axes
    return axes


def named(axes: Axes, across: str, up: str, title: str = "") -> None:
    """Write what the axes are."""
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    if title:
        axes.set_title(title)
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)


def count_across(axes: Axes) -> None:
    """Number the steps across with integers."""
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))


def framed(axes: Axes, top: float, left: float, height: float, width: float, **how: Any) -> None:
    """Draw a frame just inside pixels of a map, whose first pixel lies around (0, 0)."""
    style: dict[str, Any] = {"edgecolor": ORANGE, "linewidth": 2.5, "clip_on": False} | how
    corner = (left - 0.5 + INSET, top - 0.5 + INSET)
    axes.add_patch(Rectangle(corner, width - 2 * INSET, height - 2 * INSET, fill=False, **style))
