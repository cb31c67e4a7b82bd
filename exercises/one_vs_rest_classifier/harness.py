"""One call; the case's `part` says which of the two results is looked at."""

PARTS = ("scores", "classes")


def run(entry, inputs):
    """Return the scores or the classes."""
    arguments = {name: value for name, value in inputs.items() if name != "part"}
    answer = entry(**arguments)
    if not isinstance(answer, tuple | list) or len(answer) != len(PARTS):
        raise TypeError(
            "one_vs_rest_classifier must return two things, the scores and the classes:"
            f" got {_described(answer)}"
        )
    return answer[PARTS.index(inputs["part"])]


def _described(answer):
    many = isinstance(answer, tuple | list)
    return f"{len(answer)} things" if many else type(answer).__name__
