"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs). Both classes occur in every case.

    The letters P and N of a pattern are the targets from the highest score to the lowest; what
    stands between two blanks shares one score. So the area does not depend on the seed, but the
    scores and the order in which the samples come do. Where scores are tied, the tied pairs are of
    an odd number: whoever takes ties in some order cannot get half of them by chance.
    """

    def ranked(pattern, lowest=0.0, highest=1.0):
        steps = pattern.split()
        levels = np.sort(rng.choice(np.arange(1, 1000), size=len(steps), replace=False))[::-1]
        levels = lowest + (highest - lowest) * levels / 1000
        scores = np.repeat(levels, [len(step) for step in steps])
        y_true = np.array([letter == "P" for letter in "".join(steps)]).astype(int)
        order = rng.permutation(len(scores))
        return {"y_true": y_true[order], "scores": scores[order]}

    yield "no-equal-scores", "order", ranked("P P N P N N P N")
    yield "one-of-each", "order", ranked("P N")
    yield "perfect", "order", ranked("P P P N N", lowest=0.5, highest=0.9)
    yield "upside-down", "order", ranked("N N P P P")
    yield "worse-than-chance", "order", ranked("N P N N P N P")
    yield "many-more-negatives", "order", ranked("N P N N N P N N N N N N")
    yield "negative-scores", "order", ranked("P N P P N", lowest=-9.0, highest=-2.0)
    yield "scores-beyond-one", "order", ranked("P P N P N N", lowest=3.0, highest=60.0)

    yield "all-scores-equal", "ties", ranked("PPPN")
    yield "positives-share-a-score", "ties", ranked("P PPP N P N")
    yield "both-classes-share-a-score", "ties", ranked("P PN N PNNN N")
    yield "highest-score-shared", "ties", ranked("PNNN P N P")
    yield "lowest-score-shared", "ties", ranked("P N P PPPN")
    # The next number above a score is another score, however near it lies.
    near = ranked("P N")
    near["scores"] = np.where(near["y_true"] == 1, np.nextafter(0.25, 1), 0.25)
    yield "scores-that-are-almost-equal", "ties", near

    float32 = ranked("P N PPPN P N")
    float32["scores"] = float32["scores"].astype(np.float32)
    yield "float32", "types", float32
    unsigned = ranked("P N P NN P")
    unsigned["y_true"] = unsigned["y_true"].astype(np.uint8)
    yield "uint8-targets", "types", unsigned
    every_second = {name: np.repeat(a, 2)[::2] for name, a in ranked("P PN N P N").items()}
    yield "every-second-value-in-memory", "types", every_second
