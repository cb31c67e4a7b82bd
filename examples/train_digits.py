"""Train a network of the lectures on scikit-learn's digits, enlarged to 32x32.

Run: python examples/train_digits.py lenet-5|keras-cifar10 [--seeds 5] [--epochs N]

Needs scikit-learn: pip install 'gradecheck[capstone]'. Its 1797 images have 8x8 pixels; 80 % of
them train, 20 % test, always the same ones. A seed is that of the weights and of the order.
"""

import statistics
import time

import click
import numpy as np

from reference import Sequential
from reference.architectures import keras_cifar10, lenet_5

# Network -> its layers, channels of an image, epochs, learning rate of Adam.
NETWORKS = {
    "lenet-5": (lenet_5, 1, 15, 0.002),
    "keras-cifar10": (keras_cifar10, 3, 6, 0.001),
}
TEST_SHARE = 0.2


def load(channels: int) -> tuple[np.ndarray, ...]:
    """Return images and labels to train with, then those to test with."""
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        message = "scikit-learn is not installed; try: pip install 'gradecheck[capstone]'"
        raise click.ClickException(message) from None
    digits = load_digits()
    small = (digits.images / 16).astype(np.float32)  # grey from 0 to 16
    large = np.kron(small, np.ones((1, 4, 4), np.float32))  # each pixel becomes 4x4
    images = np.repeat(large[:, np.newaxis], channels, axis=1)
    order = np.random.default_rng(0).permutation(len(images))
    test, train = np.split(order, [round(TEST_SHARE * len(images))])
    return images[train], digits.target[train], images[test], digits.target[test]


@click.command()
@click.argument("network", type=click.Choice(list(NETWORKS)))
@click.option("--seeds", default=5, show_default=True, type=click.IntRange(min=1))
@click.option("--epochs", type=click.IntRange(min=1), help="Default: 15 and 6.")
def main(network: str, seeds: int, epochs: int | None) -> None:
    """Train the network with each seed and print its accuracy on the test images."""
    layers, channels, usual, rate = NETWORKS[network]
    images, labels, test_images, test_labels = load(channels)
    click.echo(f"{network}: {len(images)} images to train with, {len(test_images)} to test with")
    accuracies, began = [], time.perf_counter()
    for seed in range(seeds):
        start = time.perf_counter()
        model = Sequential(layers(), images.shape[1:], seed=seed)
        model.fit(images, labels, epochs=epochs or usual, learning_rate=rate, seed=seed)
        accuracies.append(model.evaluate(test_images, test_labels).accuracy)
        seconds = time.perf_counter() - start
        click.echo(f"  seed {seed}: {accuracies[-1]:.2%} right, {seconds:.0f} s")
    mean, seconds = statistics.mean(accuracies), time.perf_counter() - began
    click.echo(
        f"mean of {seeds} seeds: {mean:.2%} right, {epochs or usual} epochs, {seconds:.0f} s"
    )


if __name__ == "__main__":
    main()
