"""One call; the case's `part` says which of the two results is looked at."""


def run(entry, inputs):
    """Return the loss or the gradient."""
    answer = entry(logits=inputs["logits"], targets=inputs["targets"])
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        raise TypeError(
            "softmax_cross_entropy must return two things, the loss and its gradient:"
            f" got {type(answer).__name__}"
        )
    loss, gradient = answer
    return loss if inputs["part"] == "loss" else gradient
