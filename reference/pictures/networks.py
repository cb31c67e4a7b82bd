"""Networks as tables: the layers, what they put out, and their parameters."""

from typing import Any

from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from reference.pictures.sheet import BLUE, figure


def layers(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the table of layers, output shapes and parameters, the parameters as bars too."""
    names = [str(layer["kind"]).replace("_", " ") for layer in inputs["layers"]]
    rows = [["input", _shape(inputs["input_shape"]), ""]]
    for name, (*shape, parameters) in zip(names, answer, strict=True):
        rows.append([name, _shape(shape), f"{parameters:,}" if parameters else ""])
    total = sum(row[-1] for row in answer)

    sheet = figure(columns=2, width=4.2, height=1.2 + 0.34 * len(rows))
    listed, bars = sheet.axes
    listed.set_axis_off()
    table = listed.table(
        rows, colLabels=["layer", "output", "parameters"], bbox=Bbox.unit(), cellLoc="right"
    )
    table.auto_set_font_size(False)
    table.set_fontsize(10)
    for (row, _), cell in table.get_celld().items():
        cell.set(edgecolor="#bbbbbb", facecolor="#e8f1f8" if row == 0 else "white")
    # Bars stand beside the lines of the table: a line of headers, then the input, then the layers.
    places = range(2, len(rows) + 1)
    bars.barh(places, [row[-1] for row in answer], color=BLUE, height=0.6)
    bars.set(ylim=(len(rows) + 0.5, -0.5), yticks=[], xlabel=f"parameters, {total:,} in all")
    bars.spines[["top", "right", "left"]].set_visible(False)
    return sheet


def _shape(sizes: list[int]) -> str:
    return " × ".join(map(str, sizes))
