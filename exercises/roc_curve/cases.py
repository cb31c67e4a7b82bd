"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs). Both classes occur in every case.

    The letters P and N of a pattern are the targets from the highest score to the lowest; what
    stands between two blanks shares one score. So the curve does not depend on the seed, but the
    scores and the order in which the samples come do.
    """

    def ranked(pattern, lowest=0.0, highest=1.0):
        steps = pattern.split()
        levels = np.sort(rng.choice(np.arange(1, 1000), size=len(steps), replace=False))[::-1]
        levels = lowest + (highest - lowest) * levels / 1000
        scores = np.repeat(levels, [len(step) for step in steps])
        y_true = np.array([letter == "P" for letter in "".join(steps)]).astype(int)
        order = rng.permutation(len(scores))
        return {"y_true": y_true[order], "scores": scores[order]}

    yield "no-equal-scores", "thresholds", ranked("P P N P N N P N")
    yield "one-of-each", "thresholds", ranked("P N")
    yield "perfect", "thresholds", ranked("P P P N N")
    yield "upside-down", "thresholds", ranked("N N P P P")
    yield "more-negatives-than-positives", "thresholds", ranked("N P N N N P N N N")
    yield "negative-scores", "thresholds", ranked("P N P P N", lowest=-9.0, highest=-2.0)
    yield "scores-beyond-one", "thresholds", ranked("P P N P N N", lowest=-4.0, highest=6.0)

    yield "all-scores-equal", "ties", ranked("PPPNN")
    yield "positives-share-a-score", "ties", ranked("P PPP N P N")
    yield "both-classes-share-a-score", "ties", ranked("P PPN N PNN N")
    yield "highest-score-shared", "ties", ranked("PNN P N P")
    yield "lowest-score-shared", "ties", ranked("P N P PPN")

    float32 = ranked("P N PPN P N")
    float32["scores"] = float32["scores"].astype(np.float32)
    yield "float32", "types", float32
    unsigned = ranked("P N P NN P")
    unsigned["y_true"] = unsigned["y_true"].astype(np.uint8)
    yield "uint8-targets", "types", unsigned
    # A table with a row for each sample, as read from a file: its columns are views with a step.
    samples = ranked("P PN N P N")
    table = np.column_stack([samples["scores"], samples["scores"][::-1]])
    labels = np.column_stack([samples["y_true"], 1 - samples["y_true"]])
    yield "columns-of-a-table", "types", {"y_true": labels[:, 0], "scores": table[:, 0]}
