"""Train a network of the lectures on scikit-learn's digits, enlarged to 32x32.

Run: python examples/train_digits.py lenet-5|keras-cifar10 [--seeds 5] [--epochs N]

Needs scikit-learn: pip install 'gradecheck[capstone]'. Its 1797 images have 8x8 pixels; 80 % of
them train, 20 % test, always the same ones. Each image trains five times: as it is, and shifted by
two of its 32 pixels in each direction. A seed is that of the weights and of the order.
"""

import statistics
import time

import click
import numpy as np

from reference import Sequential
from reference.architectures import keras_cifar10, lenet_5

# Network -> its layers, channels of an image, epochs, learning rate of Adam.
NETWORKS = {
    "lenet-5": (lenet_5, 1, 5, 0.002),
    "keras-cifar10": (keras_cifar10, 3, 2, 0.001),
}
SHIFT = 2
LAST_EPOCHS, SLOWER = 2, 8  # a few small steps at the end settle what large ones stir up


def load(channels: int) -> list[np.ndarray]:
    """Return images to train and to test with, then the labels of both."""
    try:
        from sklearn.datasets import load_digits
        from sklearn.model_selection import train_test_split
    except ImportError:
        message = "scikit-learn is not installed; try: pip install 'gradecheck[capstone]'"
        raise click.ClickException(message) from None
    digits = load_digits()
    grey = (digits.images / 16).astype(np.float32)
    large = np.kron(grey, np.ones((1, 4, 4), np.float32))  # each pixel becomes 4x4
    images = np.repeat(large[:, np.newaxis], channels, axis=1)
    options = {"test_size": 0.2, "random_state": 0, "stratify": digits.target}
    return train_test_split(images, digits.target, **options)


def with_shifts(images: np.ndarray) -> np.ndarray:
    """Return the images, then each of them shifted down, up, right and left."""
    shifts = [(0, 0), (SHIFT, 0), (-SHIFT, 0), (0, SHIFT), (0, -SHIFT)]
    return np.concatenate([np.roll(images, shift, axis=(2, 3)) for shift in shifts])


@click.command(epilog="Example: python examples/train_digits.py lenet-5 --seeds 1")
@click.argument("network", type=click.Choice(list(NETWORKS)))
@click.option("--seeds", default=5, show_default=True, type=click.IntRange(min=1))
@click.option(
    "--epochs",
    type=click.IntRange(min=1),
    help="Before the last 2, which are slower. Default: 5 and 2.",
)
def main(network: str, seeds: int, epochs: int | None) -> None:
    """Train the network with each seed and print its accuracy on the test images."""
    layers, channels, usual, rate = NETWORKS[network]
    images, test_images, labels, test_labels = load(channels)
    click.echo(f"{network}: {len(images)} images to train with, {len(test_images)} to test with")
    images, labels = with_shifts(images), np.tile(labels, 5)
    accuracies, began = [], time.perf_counter()
    for seed in range(seeds):
        start = time.perf_counter()
        model = Sequential(layers(), images.shape[1:], seed=seed)
        for count, speed in ((epochs or usual, rate), (LAST_EPOCHS, rate / SLOWER)):
            model.fit(images, labels, epochs=count, learning_rate=speed, seed=seed)
        accuracies.append(model.evaluate(test_images, test_labels).accuracy)
        seconds = time.perf_counter() - start
        click.echo(f"  seed {seed}: {accuracies[-1]:.2%} right, {seconds:.0f} s")
    mean, seconds = statistics.mean(accuracies), time.perf_counter() - began
    click.echo(f"mean of {seeds} seeds: {mean:.2%} right, {seconds:.0f} s")


if __name__ == "__main__":
    main()
