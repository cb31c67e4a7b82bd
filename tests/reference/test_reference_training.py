"""examples/train_digits.py trains a network of the lectures on real images."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "train_digits.py"


def run(*words):
    return subprocess.run([sys.executable, EXAMPLE, *words], capture_output=True, text=True)


def test_lenet_5_learns_the_digits():
    pytest.importorskip("sklearn")
    done = run("lenet-5", "--seeds", "1", "--epochs", "1")
    assert done.returncode == 0, done.stderr
    assert "1437 images to train with, 360 to test with" in done.stdout
    assert float(re.search(r"mean of 1 seeds: ([\d.]+)%", done.stdout)[1]) > 90


def test_an_unknown_network_is_named_with_those_there_are():
    done = run("resnet")
    assert done.returncode == 2
    assert "'resnet' is not one of 'lenet-5', 'keras-cifar10'" in done.stderr
