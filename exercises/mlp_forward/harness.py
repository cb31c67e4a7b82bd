"""One call; the case's `part` says which of the two results is looked at."""

PARTS = ("hidden", "output")


def run(entry, inputs):
    """Return what the hidden units put out, or what the network does."""
    answer = entry(x=inputs["x"], parameters=inputs["parameters"])
    if not isinstance(answer, tuple | list) or len(answer) != len(PARTS):
        raise TypeError(
            f"mlp_forward must return two things, hidden and output: got {_described(answer)}"
        )
    return answer[PARTS.index(inputs["part"])]


def _described(answer):
    many = isinstance(answer, tuple | list)
    return f"{len(answer)} things" if many else type(answer).__name__
