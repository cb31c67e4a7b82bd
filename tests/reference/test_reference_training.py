"""examples/train_digits.py trains a network of the lectures on real images."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "train_digits.py"


def run(*words, **environment):
    command = [sys.executable, EXAMPLE, *words]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment)


def test_lenet_5_learns_the_digits():
    pytest.importorskip("sklearn")
    done = run("lenet-5", "--seeds", "1", "--epochs", "1")
    assert done.returncode == 0, done.stderr
    assert "1437 images to train with, 360 to test with" in done.stdout
    assert float(re.search(r"mean of 1 seeds: ([\d.]+)%", done.stdout)[1]) > 90


def test_without_scikit_learn_the_extra_is_named(tmp_path):
    (tmp_path / "sklearn.py").write_text("raise ImportError")
    paths = filter(None, (str(tmp_path), os.environ.get("PYTHONPATH")))
    done = run("lenet-5", PYTHONPATH=os.pathsep.join(paths))
    assert done.returncode == 1
    assert "pip install 'gradecheck[capstone]'" in done.stderr


def test_an_unknown_network_is_named_with_those_there_are():
    done = run("resnet")
    assert done.returncode == 2
    assert "'resnet' is not one of 'lenet-5', 'keras-cifar10'" in done.stderr
