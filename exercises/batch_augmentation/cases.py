"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs).

    No two pixels of a batch are alike and none is 0, so that a pixel in a wrong place shows
    whatever the seed. The flips and shifts are chosen, not drawn, for the same reason.
    """

    def batch(shape, flips, shifts):
        pixels = 1 + rng.permutation(np.prod(shape)).reshape(shape)
        return {"images": pixels / 8, "flips": np.array(flips), "shifts": np.array(shifts)}

    still = [[0, 0]]
    yield "nothing-to-do", "flips", batch((2, 1, 3, 4), [False, False], still * 2)
    yield "flip-of-a-wide-image", "flips", batch((1, 1, 2, 5), [True], still)
    yield "flip-of-a-tall-image", "flips", batch((1, 2, 5, 2), [True], still)
    yield "some-images-flipped", "flips", batch((3, 1, 3, 3), [True, False, True], still * 3)

    yield "down", "shifts", batch((1, 1, 4, 3), [False], [[1, 0]])
    yield "up", "shifts", batch((1, 1, 4, 3), [False], [[-2, 0]])
    yield "right", "shifts", batch((1, 1, 3, 4), [False], [[0, 2]])
    yield "left", "shifts", batch((1, 1, 3, 4), [False], [[0, -1]])
    yield "two-channels-move-together", "shifts", batch((1, 2, 4, 4), [False], [[2, 1]])
    four_ways = [[1, -1], [-1, 2], [2, 0], [0, -2]]
    yield "each-image-its-own-way", "shifts", batch((4, 1, 4, 5), [False] * 4, four_ways)
    yield (
        "image-smaller-than-its-shift",
        "shifts",
        batch((2, 1, 2, 1), [False] * 2, [[2, 0], [0, 1]]),
    )

    yield "flip-then-left", "both", batch((1, 1, 3, 4), [True], [[0, -2]])
    yield "flip-then-down", "both", batch((1, 1, 4, 3), [True], [[2, 0]])
    yield "batch-of-four", "both", batch((4, 3, 4, 5), [True, False, True, False], four_ways)

    float32 = batch((2, 1, 4, 4), [False, True], [[-1, 1], [1, 2]])
    float32["images"] = float32["images"].astype(np.float32)
    yield "float32", "types", float32
    bytes_ = batch((2, 1, 3, 4), [True, False], [[1, 1], [-1, 0]])
    bytes_["images"] = (8 * bytes_["images"]).astype(np.uint8)
    yield "uint8", "types", bytes_
    # Channels last in memory, as image files are read.
    last = batch((2, 3, 4, 5), [True, True], [[0, 1], [-2, -1]])
    last["images"] = np.ascontiguousarray(last["images"].transpose(0, 2, 3, 1)).transpose(
        0, 3, 1, 2
    )
    yield "channels-last-in-memory", "types", last
