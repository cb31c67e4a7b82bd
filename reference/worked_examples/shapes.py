"""Shapes and parameters: the formula with the numbers put in."""

from typing import Any

from reference.worked_examples.blackboard import number, table


def output_size(inputs: dict[str, Any], answer: Any) -> str:
    """Return how many windows fit, by the formula."""
    return f"{_windows(**inputs)} = {answer}"


def parameter_count(inputs: dict[str, Any], answer: Any) -> str:
    """Return the parameters of a convolution layer, by the formula."""
    channels, filters, size = (inputs[k] for k in ("in_channels", "out_channels", "kernel_size"))
    bias = int(inputs.get("bias", True))
    kernel = channels * size * size
    return "\n".join(
        [
            f"a kernel:   {channels} channels · {size} · {size} = {kernel} weights",
            f"a filter:   {kernel} weights + {bias} bias = {kernel + bias}",
            f"the layer:  {filters} · {kernel + bias} = {filters * (kernel + bias)} parameters",
        ]
    )


def network(inputs: dict[str, Any], answer: Any) -> str:
    """Return the table of the layers, with the formula of every number of parameters."""
    shape, rows = inputs["input_shape"], [["input", _shape(inputs["input_shape"]), "", ""]]
    for layer, (*after, parameters) in zip(inputs["layers"], answer, strict=True):
        rows.append([layer_name(layer), _shape(after), _counted(layer, shape[0]), str(parameters)])
        shape = after
    parameters = sum(row[-1] for row in answer)
    layers = table(["layer", "output", "weights and biases", "parameters"], rows, left=1)
    return f"{layers}\nall layers: {parameters} parameters" if answer else ""


def layer_name(layer: dict[str, Any]) -> str:
    """Return a layer as a lecture names it: conv 5×5, 6 filters."""
    if layer["kind"] == "conv":
        ways = [f"conv {layer['kernel_size']}×{layer['kernel_size']}"]
        ways += [f"stride {layer['stride']}"] * (layer["stride"] != 1)
        ways += [f"padding {layer['padding']}"] * (layer["padding"] != 0)
        return ", ".join(ways)
    if "pool" in layer["kind"]:
        size = layer["kernel_size"]
        apart = f", stride {layer['stride']}" if layer["stride"] != size else ""
        return f"{layer['kind'].replace('_', ' ')} {size}×{size}{apart}"
    return str(layer["kind"])


def _windows(
    input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> str:
    over = f"{input_size} + 2·{padding} - {dilation}·({kernel_size} - 1) - 1"
    room = input_size + 2 * padding - dilation * (kernel_size - 1) - 1
    return f"⌊({over}) / {stride}⌋ + 1 = ⌊{number(room / stride)}⌋ + 1"


def _shape(sizes: list[int]) -> str:
    return " × ".join(map(str, sizes))


def _counted(layer: dict[str, Any], channels: int) -> str:
    if layer["kind"] == "conv":
        size = layer["kernel_size"]
        return f"{layer['out_channels']} · ({channels}·{size}·{size} + 1)"
    return f"{layer['units']} · ({channels} + 1)" if layer["kind"] == "dense" else ""
