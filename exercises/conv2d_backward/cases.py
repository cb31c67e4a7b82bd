"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np

BOTH = ("grad_x", "grad_weight")
ALL = (*BOTH, "grad_bias")


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Different from each other and from zero, so that every mistake shows whatever the seed.
        hundredths = rng.choice(np.arange(1, 1000), size=shape, replace=False)
        return rng.choice([-1, 1], size=shape) * hundredths / 100

    def setting(images, filters, stride=1, padding=0):
        windows = [
            (size + 2 * padding - taps) // stride + 1
            for size, taps in zip(images[2:], filters[2:], strict=True)
        ]
        gradient = numbers(images[0], filters[0], *windows)
        # All above zero: no sum over a batch or a map may be 0 by chance.
        arrays = {"grad_output": abs(gradient), "x": numbers(*images), "weight": numbers(*filters)}
        return {**arrays, "stride": stride, "padding": padding}

    def each(name, group, inputs, gradients):
        for gradient in gradients:
            case = f"{name}-{gradient.replace('_', '-')}"
            yield case, group, {**inputs, "gradient": gradient}

    wide, pixel = setting((1, 1, 3, 5), (1, 1, 2, 2)), setting((1, 1, 2, 3), (1, 1, 1, 1))
    yield from each("wide-image", "geometry", wide, BOTH)
    yield from each("kernel-3x2", "geometry", setting((1, 1, 4, 4), (1, 1, 3, 2)), BOTH)
    yield from each("kernel-of-one-weight", "geometry", pixel, BOTH)
    # The last row and the last column are in no window.
    rest = setting((1, 1, 6, 8), (1, 1, 3, 3), stride=2)
    yield from each("stride-that-does-not-divide", "geometry", rest, BOTH)
    # The windows leave gaps between them.
    gaps = setting((1, 1, 5, 8), (1, 1, 2, 2), stride=3)
    yield from each("stride-larger-than-kernel", "geometry", gaps, ["grad_x"])

    frame = setting((1, 1, 3, 4), (1, 1, 3, 3), padding=1)
    yield from each("padding", "padding", frame, BOTH)
    frame_and_stride = setting((1, 1, 4, 5), (1, 1, 3, 3), stride=2, padding=2)
    yield from each("padding-with-stride", "padding", frame_and_stride, BOTH)

    layer = setting((1, 3, 3, 4), (2, 3, 2, 2))
    yield from each("channels-and-filters", "channels", layer, ALL)
    batch = setting((3, 2, 3, 3), (2, 2, 2, 2))
    yield from each("batch-of-three", "channels", batch, ALL)

    float32 = {
        name: value.astype(np.float32) if isinstance(value, np.ndarray) else value
        for name, value in setting((2, 1, 3, 4), (1, 1, 2, 3)).items()
    }
    yield from each("float32", "types", float32, ["grad_weight"])
    strided = setting((1, 2, 4, 4), (1, 2, 2, 3), padding=1)
    strided["x"] = numbers(1, 2, 8, 4)[:, :, ::2]
    strided["weight"] = np.asfortranarray(strided["weight"])
    yield from each("not-contiguous-in-memory", "types", strided, ["grad_x"])
