"""A case looks at one of the three gradients, so that each earns its points by itself."""

GRADIENTS = ("grad_x", "grad_weight", "grad_bias")


def run(entry, inputs):
    """Return the gradient that the case names."""
    arguments = {name: value for name, value in inputs.items() if name != "gradient"}
    answer = entry(**arguments)
    if not isinstance(answer, tuple | list) or len(answer) != len(GRADIENTS):
        items = f" of {len(answer)} items" if isinstance(answer, tuple | list) else ""
        raise TypeError(
            "conv2d_backward must return three things, grad_x, grad_weight and grad_bias:"
            f" got {type(answer).__name__}{items}"
        )
    gradient = answer[GRADIENTS.index(inputs["gradient"])]
    if gradient is None:
        raise TypeError(f"{inputs['gradient']} is None: it is not written yet")
    return gradient
