"""The windows that a kernel or a pool slides over an image: padding and how many there are."""

from typing import NamedTuple

from reference.arguments import check_choice, read_integer, read_pair, split_pair

Pair = tuple[int, int]
Sides = tuple[Pair, Pair]
Padding = int | Pair | Sides | str
FlatSteps = tuple[int, int, int, int, int, int, int]


class Windows(NamedTuple):
    """How many windows there are on each axis, and how they lie over the padded image."""

    counts: Pair
    stride: Pair
    padding: Sides
    dilation: Pair

    def flatten(self, groups: int) -> FlatSteps:
        """Return stride, where the first window starts, dilation and groups in one row.

        A start is how far above and on the left of the image. Numba reads seven integers faster
        than pairs of them.
        """
        (top, _), (left, _) = self.padding
        return *self.stride, top, left, *self.dilation, groups


def split_steps(steps: FlatSteps) -> tuple[Pair, Pair, Pair, int]:
    """Return the stride, the start, the dilation and the groups that were flattened."""
    return steps[:2], steps[2:4], steps[4:6], steps[6]


def is_plain(option: object) -> bool:
    """Return whether the option may be looked up among those that were seen before.

    True, which is no integer here, would be found as 1.
    """
    if type(option) is tuple:
        return all(map(is_plain, option))
    return type(option) is int or type(option) is str


def read_windows(
    name: str,
    input_size: Pair,
    kernel_size: Pair,
    stride: object,
    padding: object,
    dilation: object,
) -> Windows:
    """Return the windows that conv2d's arguments mean.

    name is the argument to blame when the kernel is larger than the padded input.
    """
    steps, spread = read_pair("stride", stride, 1), read_pair("dilation", dilation, 1)
    sides = read_padding(padding, kernel_size, steps, spread)
    count = count_windows(name, input_size, kernel_size, steps, sides, spread)
    return Windows(count, steps, sides, spread)


def read_windows_of_row(
    name: str, length: int, kernel_size: int, stride: object, padding: object, dilation: object
) -> Windows:
    """Return the windows that conv1d's arguments mean: those of an image with one row."""
    step, spread = read_integer("stride", stride, 1), read_integer("dilation", dilation, 1)
    sides = _read_sides(padding, kernel_size, step, spread)
    padded, extent = length + sum(sides), spread * (kernel_size - 1) + 1
    if extent > padded:
        raise ValueError(
            f"{name}: got a kernel that covers {extent}, "
            f"expected at most the padded input's size {padded}"
        )
    count = (padded - extent) // step + 1
    return Windows((1, count), (1, step), ((0, 0), sides), (1, spread))


def read_padding(padding: object, kernel_size: Pair, stride: Pair, dilation: Pair) -> Sides:
    """Return ((top, bottom), (left, right)) from any form of padding that conv2d takes."""
    if not isinstance(padding, str):
        rows, columns = split_pair("padding", padding)
        return read_pair("padding", rows, 0), read_pair("padding", columns, 0)
    if not _is_same(padding, stride, (1, 1)):
        return (0, 0), (0, 0)
    return _same_sides(kernel_size[0], dilation[0]), _same_sides(kernel_size[1], dilation[1])


def _read_sides(padding: object, kernel_size: int, stride: int, dilation: int) -> Pair:
    """Return (before, after) from any form of padding that conv1d takes."""
    if not isinstance(padding, str):
        return read_pair("padding", padding, 0)
    return _same_sides(kernel_size, dilation) if _is_same(padding, stride, 1) else (0, 0)


def _is_same(padding: str, stride: object, stride_of_same: object) -> bool:
    check_choice("padding", padding, ("valid", "same"))
    if padding == "same" and stride != stride_of_same:
        raise ValueError(f"padding: got 'same' with stride {stride}, expected stride 1 with it")
    return padding == "same"


def _same_sides(kernel_size: int, dilation: int) -> Pair:
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


def count_windows(
    name: str, input_size: Pair, kernel_size: Pair, stride: Pair, padding: Sides, dilation: Pair
) -> Pair:
    """Return floor((n + padding - dilation*(kernel - 1) - 1) / stride) + 1 of both axes.

    name is the argument to blame when the kernel is larger than the padded input.
    """
    padded = (input_size[0] + sum(padding[0]), input_size[1] + sum(padding[1]))
    extent = dilated_extent(kernel_size, dilation)
    if extent[0] > padded[0] or extent[1] > padded[1]:
        raise ValueError(
            f"{name}: got a kernel that covers {extent}, "
            f"expected at most the padded input's size {padded}"
        )
    return (padded[0] - extent[0]) // stride[0] + 1, (padded[1] - extent[1]) // stride[1] + 1


def dilated_extent(kernel_size: Pair, dilation: Pair) -> Pair:
    """Return how many rows and columns a dilated kernel spans from its first to its last tap."""
    return dilation[0] * (kernel_size[0] - 1) + 1, dilation[1] * (kernel_size[1] - 1) + 1
