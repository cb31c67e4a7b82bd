"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs).

    A pattern for each class: the letters P and N are its targets from the highest score to the
    lowest; what stands between two blanks shares one score. So the answer does not depend on the
    seed, but the scores and which sample has which of them do. At least two positives are among
    those that share a score: whoever takes them one by one gets another answer in any order.
    """

    def column(pattern, lowest, highest):
        steps = pattern.split()
        levels = np.sort(rng.choice(np.arange(1, 1000), size=len(steps), replace=False))[::-1]
        levels = lowest + (highest - lowest) * levels / 1000
        scores = np.repeat(levels, [len(step) for step in steps])
        y_true = np.array([letter == "P" for letter in "".join(steps)]).astype(int)
        order = rng.permutation(len(scores))
        return y_true[order], scores[order]

    def ranked(*patterns, lowest=0.0, highest=1.0):
        columns = [column(pattern, lowest, highest) for pattern in patterns]
        names = ("y_true", "scores")
        return {
            n: np.column_stack(c) for n, c in zip(names, zip(*columns, strict=True), strict=True)
        }

    yield "one-class", "classes", ranked("P N P N N")
    yield "as-many-classes-as-samples", "classes", ranked("P N P", "N P P", "N N P")
    yield "more-classes-than-samples", "classes", ranked("P N", "N P", "P P", "N P", "P N")
    yield "rare-class", "classes", ranked("P P P N P P P P", "N N N P N N N N")
    yield "perfect", "classes", ranked("P P N N", "P N N N", "P P P N")
    yield "upside-down", "classes", ranked("N N P P", "N N N P")
    yield "negative-scores", "classes", ranked("P N P P N", "N P N N P", lowest=-9.0, highest=-2.0)
    # The scores of one class all lie above those of the other: they are never compared.
    high, low = ranked("N P N P", lowest=8.0, highest=9.0), ranked("P P N N")
    apart = {name: np.hstack([high[name], low[name]]) for name in high}
    yield "classes-on-different-scales", "classes", apart

    yield "all-scores-equal", "ties", ranked("PPPNN", "PPNNN")
    yield "both-labels-share-a-score", "ties", ranked("P PPN N P", "N N PPN N", "P P N N N N")

    yield "class-without-a-positive", "undefined", ranked("P N P N", "N N N N", "N P N N")
    yield "class-of-positives-only", "undefined", ranked("N P N P", "P P P P")
    yield "nothing-to-find", "undefined", ranked("N N N", "N N N")

    float32 = ranked("P N PPN P", "N P N P N N")
    float32["scores"] = float32["scores"].astype(np.float32)
    yield "float32", "types", float32
    unsigned = ranked("P N P NN", "N P N P P")
    unsigned["y_true"] = unsigned["y_true"].astype(np.uint8)
    yield "uint8-targets", "types", unsigned
    by_class = {n: np.asfortranarray(a) for n, a in ranked("P PPN N", "N P P N N").items()}
    yield "column-major", "types", by_class
