"""The windows that a kernel or a pool slides over an image: padding and how many there are."""

from reference.arguments import check_choice, read_pair, split_pair

Pair = tuple[int, int]
Sides = tuple[Pair, Pair]


def read_padding(padding: object, kernel_size: Pair, stride: Pair, dilation: Pair) -> Sides:
    """Return ((top, bottom), (left, right)) from any form of padding that conv2d takes."""
    if not isinstance(padding, str):
        rows, columns = split_pair("padding", padding)
        return read_pair("padding", rows, 0), read_pair("padding", columns, 0)
    check_choice("padding", padding, ("valid", "same"))
    if padding == "valid":
        return (0, 0), (0, 0)
    if stride != (1, 1):
        raise ValueError(f"padding: got 'same' with stride {stride}, expected stride 1 with it")
    return _same_sides(kernel_size[0], dilation[0]), _same_sides(kernel_size[1], dilation[1])


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
