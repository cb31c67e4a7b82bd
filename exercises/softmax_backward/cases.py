"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def inputs(*shape, offset=0.0, **options):
        # Gradients between 0.5 and 4 with a changing sign, most of them negative.
        signs = np.where(np.arange(np.prod(shape)).reshape(shape) % 3 == 0, 1, -1)
        grad_output = signs * rng.uniform(0.5, 4, size=shape)
        return {"grad_output": grad_output, "x": offset + rng.normal(size=shape), **options}

    yield "batch-of-one", "batch", inputs(1, 4)
    # As many rows as columns: a sum along the wrong axis has the right shape here.
    yield "square-batch", "batch", inputs(3, 3)
    yield "equal-scores", "batch", inputs(2, 4) | {"x": np.full((2, 4), rng.uniform(1, 3))}
    yield "one-class", "batch", inputs(2, 1)
    yield "no-gradient", "batch", inputs(2, 3) | {"grad_output": np.zeros((2, 3))}
    constant = np.repeat(rng.uniform(1, 3, size=(2, 1)), 3, axis=1)
    yield "same-gradient-for-every-class", "batch", inputs(2, 3) | {"grad_output": constant}

    yield "large-scores", "stability", inputs(2, 3, offset=1000)
    far_apart = np.array([[0.0], [-2000.0], [2000.0]])
    yield "rows-far-apart", "stability", inputs(3, 2, offset=far_apart)
    certain = np.array([[900.0, -900.0, -900.0], [-900.0, 900.0, -900.0]])
    yield "one-certain-class", "stability", inputs(2, 3, offset=certain)

    yield "axis-0", "axes", inputs(3, 4, axis=0)
    yield "three-axes", "axes", inputs(2, 2, 3)
    # Class scores of every pixel of a small image: N, C, H, W.
    yield "four-axes-over-the-channels", "axes", inputs(1, 3, 2, 2, axis=1)

    float32 = {name: array.astype(np.float32) for name, array in inputs(2, 5).items()}
    yield "float32", "types", float32
    columns = {name: array[:, ::2] for name, array in inputs(2, 7).items()}
    yield "every-other-column", "types", columns
