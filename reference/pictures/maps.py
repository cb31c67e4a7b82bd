"""Maps with their numbers: input, kernel and output, pooling, coverage, filters, confusion."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize, TwoSlopeNorm
from matplotlib.figure import Figure

from reference.pictures.sheet import BLUE, GREY, ORANGE, PURPLE, figure, framed, only

WRITTEN = 14  # pixels along an axis, up to which every number is written
WINDOW_COLOURS = (ORANGE, BLUE, PURPLE, GREY)
FILTERS = ("sharpen", "edge detect", "strong edge detect")


def convolution(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return image, kernel and map of the first image and filter, the first window framed."""
    image, kernel = inputs["x"][0, 0], inputs["weight"][0, 0]
    return _image_kernel_map(inputs, image, kernel, answer[0, 0], _channels(inputs))


def true_convolution(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return image, kernel turned by half a turn, and map of a true convolution."""
    turned = inputs["weight"][..., ::-1, ::-1]
    sheet = convolution(inputs | {"weight": turned}, answer)
    sheet.axes[1].set_title("turned kernel")
    return sheet


def convolution_1d(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return sequence, kernel and answer of the first sequence and filter, as rows."""
    row, kernel = inputs["x"][0, :1], inputs["weight"][0, :1]
    padding = (0, inputs.get("padding", 0))
    return _image_kernel_map(
        inputs | {"padding": padding}, row, kernel, answer[0, :1], _channels(inputs)
    )


def one_channel(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return image, kernel and map of a convolution of one channel."""
    image, kernel = inputs["image"], inputs["kernel"]
    if inputs.get("mode", "valid") == "same":
        image = np.pad(image, [((size - 1) // 2, size // 2) for size in kernel.shape])
    return _image_kernel_map({}, image, kernel, answer, "")


def pooling(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return a map and what is pooled of it, the first windows framed in one colour each."""
    return _windows_and_map(inputs, inputs["x"][0, 0], answer[0, 0], "after pooling")


def pooling_gradient(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the gradient of the pooled map, the map, and what each of its pixels gets."""
    gradient, image = inputs["grad_output"][0, 0], inputs["x"][0, 0]
    sheet = _side_by_side(gradient, image, answer[0, 0])
    titles = ("gradient of the output", "input", "gradient of the input")
    for axes, values, title in zip(
        sheet.axes, (gradient, image, answer[0, 0]), titles, strict=True
    ):
        numbered(axes, values, title)
    _frame_windows(sheet.axes[1], sheet.axes[0], inputs, gradient.shape)
    return sheet


def coverage(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the number of windows over each pixel as a map."""
    sheet = figure(width=4.6, height=4.2)
    size = inputs["kernel_size"]
    way = ", ".join(f"{k} {inputs[k]}" for k in ("stride", "padding") if k in inputs)
    told = f"windows of {size}×{size} over each pixel" + f"\n{way}" * bool(way)
    numbered(only(sheet), answer, told)
    return sheet


def filters(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the image and its three filtered maps."""
    sheet = figure(columns=4, width=3.2, height=3.5)
    numbered(sheet.axes[0], inputs["image"], "original", "gray")
    for axes, values, title in zip(sheet.axes[1:], answer, FILTERS, strict=True):
        numbered(axes, values, title)
    return sheet


def confusion(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return a confusion matrix with its counts, coloured by the share of the target's row."""
    matrix = np.asarray(inputs.get("matrix", answer))
    right = np.trace(matrix)
    sheet = figure(width=5.2, height=4.6)
    axes = only(sheet)
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    image = axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    _write(axes, matrix, shares > 0.5)
    title = f"{right} of {matrix.sum()} right"
    axes.set(xlabel="predicted class", ylabel="target class", title=title)
    axes.set(xticks=range(len(matrix)), yticks=range(len(matrix)))
    sheet.colorbar(image, ax=axes, label="share of the target class")
    return sheet


def one_hot(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the rows of the labels as a map of zeros and ones."""
    labels = np.ravel(inputs["labels"])
    sheet = figure(width=4.8, height=3.8)
    axes = only(sheet)
    rows = answer.reshape(-1, answer.shape[-1])
    numbered(axes, rows, "one row per label")
    first = inputs.get("first_class", 0)
    axes.set(xlabel="class", ylabel="label", yticks=range(len(labels)), yticklabels=labels)
    axes.set(xticks=range(rows.shape[1]), xticklabels=range(first, first + rows.shape[1]))
    return sheet


def matrix(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the matrix that a convolution is: a row for each window, the kernel moved along."""
    sheet = figure(width=max(4.0, 0.42 * answer.shape[1] + 1.5), height=4.2)
    axes = only(sheet)
    numbered(axes, answer, "the convolution as a matrix")
    axes.set(xlabel="pixel of the image", ylabel="window")
    return sheet


def numbered(axes: Axes, values: Any, title: str, colours: str | None = None) -> None:
    """Draw a map with a number in each pixel; white is 0, unless a map of greys is asked for."""
    values = np.atleast_2d(np.asarray(values, dtype=float))
    axes.set_title(title)
    axes.set(xticks=[], yticks=[])
    if values.size == 0:
        return
    name, scale, dark = _scale(values) if colours is None else _grey(values, colours)
    axes.imshow(values, cmap=name, norm=scale, alpha=None if colours else 0.75)
    _write(axes, values, dark)


def _scale(values: np.ndarray) -> tuple[str, Normalize, np.ndarray]:
    """Return colours, their scale, and where they are dark; 0 is white."""
    low, high = float(values.min()), float(values.max())
    if low < 0:
        size = max(-low, high)
        scale: Normalize = TwoSlopeNorm(0, -size, size)
        return "PuOr_r", scale, abs(scale(values) - 0.5) > 0.4
    scale = Normalize(0, max(high, 1e-12))
    return "Blues", scale, scale(values) > 0.8


def _grey(values: np.ndarray, colours: str) -> tuple[str, Normalize, np.ndarray]:
    """Return the scale of an image, black for 0."""
    scale = Normalize(min(float(values.min()), 0), max(float(values.max()), 1e-12))
    return colours, scale, scale(values) < 0.5


def _write(axes: Axes, values: np.ndarray, dark: np.ndarray) -> None:
    if max(values.shape) > WRITTEN:
        return
    size = 12 if max(values.shape) <= 6 else 9
    for (i, j), value in np.ndenumerate(values):
        text = f"{value:.4g}" if abs(value) < 1e5 else f"{value:.2g}"
        colour = "white" if dark[i, j] else "black"
        axes.text(j, i, text, ha="center", va="center", color=colour, fontsize=size)


def _channels(inputs: dict[str, Any]) -> str:
    """Return which channel is drawn, where there are several."""
    channels = inputs["x"].shape[1]
    return f", channel 0 of {channels}" if channels > 1 else ""


def _image_kernel_map(
    inputs: dict[str, Any], image: np.ndarray, kernel: np.ndarray, answer: np.ndarray, which: str
) -> Figure:
    rows, columns = np.broadcast_to(inputs.get("padding", 0), 2)
    image = np.pad(image, ((rows, rows), (columns, columns)))
    sheet = _side_by_side(image, kernel, answer)
    padded = f"\npadded with {max(rows, columns)}" if rows or columns else ""
    titles = (f"input{which}{padded}", "kernel", "output" + "\nof all channels" * bool(which))
    for axes, values, title in zip(sheet.axes, (image, kernel, answer), titles, strict=True):
        numbered(axes, values, title)
    down, right = np.broadcast_to(inputs.get("dilation", 1), 2)
    height, width = kernel.shape
    framed(sheet.axes[0], 0, 0, (height - 1) * down + 1, (width - 1) * right + 1)
    framed(sheet.axes[2], 0, 0, 1, 1)
    for axes, sign in zip(sheet.axes[1:], ("×", "="), strict=True):
        axes.set_ylabel(sign, rotation=0, fontsize=22, labelpad=18, va="center")
    return sheet


def _side_by_side(*maps: np.ndarray) -> Figure:
    """Return a figure for maps whose pixels are all of one size."""
    rows, columns = (max(m.shape[axis] for m in maps) for axis in (0, 1))
    pixel = min(0.6, 5.0 / max(rows, columns))  # inches
    widths = [max(m.shape[1], 3) for m in maps]
    width = pixel * sum(widths) + 0.7 * len(maps)
    return figure(len(maps), width / len(maps), pixel * rows + 1.1, widths)


def _windows_and_map(
    inputs: dict[str, Any], image: np.ndarray, pooled: np.ndarray, title: str
) -> Figure:
    sheet = _side_by_side(image, pooled)
    numbered(sheet.axes[0], image, "input")
    numbered(sheet.axes[1], pooled, title)
    _frame_windows(sheet.axes[0], sheet.axes[1], inputs, pooled.shape)
    return sheet


def _frame_windows(
    input_axes: Axes, output_axes: Axes, inputs: dict[str, Any], shape: tuple[int, ...]
) -> None:
    """Frame the first windows, and the pixel that belongs to each, in the same colour."""
    size, padding = inputs["kernel_size"], inputs.get("padding", 0)
    stride = inputs.get("stride") or size
    for (i, j), colour in zip(np.ndindex(*shape), WINDOW_COLOURS, strict=False):
        inside = {"edgecolor": colour}
        top, left = i * stride - padding, j * stride - padding
        framed(input_axes, top, left, size, size, **inside)
        framed(output_axes, i, j, 1, 1, **inside)
