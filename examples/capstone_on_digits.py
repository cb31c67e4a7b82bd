"""Trains a hand-in of the exercise `small_cnn` on scikit-learn's digits, real handwriting.

Run: python examples/capstone_on_digits.py HAND_IN.py [--epochs 30] [--seed 0]

Small matrix products are fastest on one thread: set OPENBLAS_NUM_THREADS=1 where it takes minutes.

Needs scikit-learn: pip install 'gradecheck[capstone]'. Its 1797 images of 8x8 pixels get an edge of
two empty pixels and so are 12x12, as those of the exercise; 80 % of them train, 20 % test. They are
centred: a linear model tells 95 % right, the exercise's solution 98 %. The file runs here as it is,
without isolation: run your own, or read it first.
"""

import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np

ENTRY_POINT = "small_cnn"
EDGE = 2  # pixels


def load(seed: int) -> list[np.ndarray]:
    """Return images to train and to test with, (N, 1, 12, 12), then the labels of both."""
    try:
        from sklearn.datasets import load_digits
        from sklearn.model_selection import train_test_split
    except ImportError:
        message = "scikit-learn is not installed; try: pip install 'gradecheck[capstone]'"
        raise click.ClickException(message) from None
    digits = load_digits()
    images = np.pad(digits.images / 16, ((0, 0), (EDGE, EDGE), (EDGE, EDGE)))[:, np.newaxis]
    labels = digits.target.astype(np.int64)
    return train_test_split(images, labels, test_size=0.2, random_state=seed, stratify=labels)


def entry_point(path: Path) -> Callable[..., object]:
    """Return the function `small_cnn` of a file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise click.ClickException(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))  # a hand-in may import its neighbours
    spec.loader.exec_module(module)
    if not callable(getattr(module, ENTRY_POINT, None)):
        raise click.ClickException(
            f"{path} does not define {ENTRY_POINT}; see: grade show small_cnn"
        )
    return getattr(module, ENTRY_POINT)


def share_right(probabilities: object, labels: np.ndarray) -> float:
    """Return the share of the images whose label has the largest probability."""
    shape = np.shape(probabilities)
    if shape != (len(labels), 10):
        expected = f"expected probabilities of the shape {(len(labels), 10)}"
        raise click.ClickException(f"{expected}, got {type(probabilities).__name__} {shape}")
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))


@click.command(epilog="Example: python examples/capstone_on_digits.py small_cnn.py --epochs 10")
@click.argument("hand_in", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--epochs", default=30, show_default=True, type=click.IntRange(min=1))
@click.option(
    "--seed",
    default=0,
    show_default=True,
    type=click.IntRange(min=0, max=2**32 - 1),
    help="Of which images test, of the weights and of the order.",
)
def main(hand_in: Path, epochs: int, seed: int) -> None:
    """Train small_cnn of HAND_IN on real digits and print the share it tells right."""
    small_cnn = entry_point(hand_in)
    images, held_out, labels, held_out_labels = load(seed)
    click.echo(f"{len(images)} images to train with, {len(held_out)} to test with")
    start = time.perf_counter()
    try:
        answer = small_cnn(images, labels, held_out, epochs, seed)
    except NotImplementedError as error:
        raise click.ClickException(f"{hand_in}: {error or 'not written yet'}") from None
    right = share_right(answer, held_out_labels)
    click.echo(f"{right:.1%} told right, {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
