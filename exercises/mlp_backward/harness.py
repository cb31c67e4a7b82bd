"""One call; the case's `part` says which of the four gradients is looked at."""

PARTS = {"weight1": (0, 0), "bias1": (0, 1), "weight2": (1, 0), "bias2": (1, 1)}


def run(entry, inputs):
    """Return the gradient of one weight matrix or bias."""
    answer = entry(x=inputs["x"], y=inputs["y"], parameters=inputs["parameters"])
    if not _are_two(answer) or not all(_are_two(pair) for pair in answer):
        raise TypeError(
            "mlp_backward must return two pairs, [[dW1, db1], [dW2, db2]]:"
            f" got {_described(answer)}"
        )
    layer, place = PARTS[inputs["part"]]
    return answer[layer][place]


def _are_two(answer):
    return isinstance(answer, tuple | list) and len(answer) == 2


def _described(answer):
    if not isinstance(answer, tuple | list):
        return type(answer).__name__
    return "[" + ", ".join(_described(item) for item in answer[:4]) + "]"
