"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs).

    The letters P and N of a pattern are the targets from the highest score to the lowest; what
    stands between two blanks shares one score. So the answer does not depend on the seed, but the
    scores and the order in which the samples come do. At least two positives are among those that
    share a score: whoever takes them one by one gets another answer in any order.
    """

    def ranked(pattern, lowest=0.0, highest=1.0):
        steps = pattern.split()
        levels = np.sort(rng.choice(np.arange(1, 1000), size=len(steps), replace=False))[::-1]
        levels = lowest + (highest - lowest) * levels / 1000
        scores = np.repeat(levels, [len(step) for step in steps])
        y_true = np.array([letter == "P" for letter in "".join(steps)]).astype(int)
        order = rng.permutation(len(scores))
        return {"y_true": y_true[order], "scores": scores[order]}

    yield "no-equal-scores", "steps", ranked("P P N P N N P N")
    yield "one-of-each", "steps", ranked("P N")
    yield "perfect", "steps", ranked("P P P N N")
    yield "upside-down", "steps", ranked("N N P P P")
    yield "precision-that-rises-and-falls", "steps", ranked("N P P N N P P N P")
    yield "rare-positives", "steps", ranked("N P N N N P N N N N N N")
    yield "positives-only", "steps", ranked("P P P")
    yield "one-positive-in-last-place", "steps", ranked("N N N P")
    yield "negative-scores", "steps", ranked("P N P P N", lowest=-9.0, highest=-2.0)

    yield "all-scores-equal", "ties", ranked("PPPNN")
    yield "positives-share-a-score", "ties", ranked("P PPP N P N")
    yield "both-classes-share-a-score", "ties", ranked("P PPN N PPNN N")
    yield "highest-score-shared", "ties", ranked("PPNN P N P")
    yield "lowest-score-shared", "ties", ranked("P N P PPN")

    yield "no-positive", "undefined", ranked("N N NN")

    float32 = ranked("P N PPN P N")
    float32["scores"] = float32["scores"].astype(np.float32)
    yield "float32", "types", float32
    unsigned = ranked("P N P NN P")
    unsigned["y_true"] = unsigned["y_true"].astype(np.uint8)
    yield "uint8-targets", "types", unsigned
    every_second = {name: np.repeat(a, 2)[::2] for name, a in ranked("P PPN N P N").items()}
    yield "every-second-value-in-memory", "types", every_second
