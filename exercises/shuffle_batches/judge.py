"""Judges three epochs of batches by the rules of the exercise; the order itself is free.

Two verdicts rest on chance: that an order is not mixed, and that another seed must give another
order. Both are given only where an honest shuffle would meet them with a probability below
`MISJUDGED`; for fewer samples than that allows they are not given at all.
"""

from collections import Counter
from itertools import pairwise
from math import factorial, prod

import numpy as np

MISJUDGED = 1e-12
RUNS = ("epoch", "again", "other_seed")


def judge(inputs, actual, expected):
    """Return None for a right answer, else (fault, message)."""
    num_samples, batch_size, seed = (inputs[k] for k in ("num_samples", "batch_size", "seed"))
    if type(actual) is not dict or not all(name in actual for name in RUNS):
        return "no epochs", "The three epochs did not come back as the grader asked for them."

    epochs = {}
    for name, used in zip(RUNS, (seed, seed, seed + 1), strict=True):
        where = f"with num_samples={num_samples}, batch_size={batch_size}, seed={used}"
        fault = _not_batches(actual[name]) or _too_many(actual[name], num_samples)
        if fault is None:
            epochs[name] = [_numbers(batch) for batch in actual[name]]
            fault = (
                _not_the_samples(epochs[name], num_samples)
                or _not_mixed(epochs[name], num_samples, batch_size)
                or _not_the_sizes(epochs[name], num_samples, batch_size)
            )
        if fault is not None:
            kind, message = fault
            return kind, f"{where}: {message}"
    return _not_from_the_seed(epochs, num_samples, seed)


def _not_batches(batches):
    """The answer has to be a list of one-dimensional integer arrays (or lists of integers)."""
    wanted = "expected a list of one-dimensional integer arrays"
    if type(batches) not in (list, tuple):
        return "not a list", f"got {_described(batches)}, {wanted}."
    for position, batch in enumerate(batches):
        if type(batch) not in (list, tuple, np.ndarray):
            return "not an array", f"batch {position} is {_described(batch)}, {wanted}."
        if type(batch) is np.ndarray and batch.ndim != 1:
            return "not one-dimensional", f"batch {position} is {_described(batch)}, {wanted}."
        if len(batch) == 0:
            return "empty batch", f"batch {position} of {len(batches)} is empty."
        if type(batch) is np.ndarray:
            if batch.dtype.kind not in "iu":
                return "not integers", f"batch {position} is {_described(batch)}, {wanted}."
        else:
            for item in batch:
                if not _is_integer(item):
                    what = f"batch {position} contains {_described(item)}"
                    return "not integers", f"{what}, {wanted}."
    return None


def _too_many(batches, num_samples):
    """Counted before the numbers are read: a stranger may send millions."""
    total = sum(len(batch) for batch in batches)
    if total <= num_samples:
        return None
    return (
        "too many samples",
        f"{_counted(len(batches), 'batch')} of sizes {_sizes(batches)} hold {total} numbers in all:"
        f" expected each of the {num_samples} samples once.",
    )


def _not_the_samples(batches, num_samples):
    """Every sample exactly once."""
    counts = Counter(sample for batch in batches for sample in batch)
    for position, batch in enumerate(batches):
        outside = [sample for sample in batch if not 0 <= sample < num_samples]
        if outside and set(outside) == {num_samples} and counts[0] == 0:
            return (
                "counts from one",
                f"batch {position} has sample {num_samples}, and no batch has sample 0:"
                f" the samples are numbered from 0 to {num_samples - 1}.",
            )
        if outside:
            return (
                "outside the range",
                f"batch {position} contains {_short(outside[0])}:"
                f" the samples are numbered from 0 to {num_samples - 1}.",
            )
    missing = [sample for sample in range(num_samples) if sample not in counts]
    sample, times = counts.most_common(1)[0] if counts else (0, 0)
    if times > 1:
        return (
            "repeats a sample",
            f"sample {sample} comes {times} times, expected once;"
            f" {_counted(len(missing), 'sample')} never came, the first is {missing[0]}.",
        )
    if missing:
        return (
            "leaves samples out",
            f"{len(missing)} of {num_samples} samples never came, the first is {missing[0]};"
            f" got {_counted(len(batches), 'batch')} of sizes {_sizes(batches)}.",
        )
    return None


def _not_mixed(batches, num_samples, batch_size):
    """An order that a real shuffle has with a probability of at least MISJUDGED passes."""
    orders = factorial(num_samples)
    order = [sample for batch in batches for sample in batch]
    blocks = [
        list(range(start, min(start + batch_size, num_samples)))
        for start in range(0, num_samples, batch_size)
    ]
    inside = prod(factorial(len(block)) for block in blocks)
    whole = factorial(len(blocks))
    ascending = list(range(num_samples))
    members = [sorted(batch) for batch in batches]

    if order == ascending and _rare(1, orders):
        return "not shuffled", f"the order is 0, 1, 2, ..., {num_samples - 1}: nothing is shuffled."
    if members == blocks and _rare(inside, orders):
        return (
            "shuffles inside the batches only",
            f"batch 0 holds the first {len(blocks[0])} samples, and so on in all batches:"
            " samples never change their batch.",
        )
    if sorted(batches) == blocks and _rare(whole, orders):
        return (
            "shuffles whole batches only",
            f"every batch is a piece of 0, 1, 2, ...: batch 0 is {_listed(batches[0])}."
            " Only the batches change places, not the samples.",
        )
    if sorted(members) == blocks and _rare(whole * inside, orders):
        return (
            "keeps the batches together",
            f"the samples of every batch are neighbours in 0, 1, 2, ...: batch 0 has"
            f" {_listed(members[0])}. Samples never meet those of another batch.",
        )
    steps = Counter((b - a) % num_samples for a, b in pairwise(order))
    step, times = steps.most_common(1)[0] if steps else (0, 0)  # one sample takes no step
    # A given step occurs k times with a probability of at most 1/k!; there are so many steps.
    if steps and _rare(num_samples - 1, factorial(times)):
        return (
            "a regular order",
            f"{times} of {num_samples - 1} samples are followed by the one that lies {step} further"
            f" (counted round the end): {_listed(order)}. That is no random order.",
        )
    return None


def _not_the_sizes(batches, num_samples, batch_size):
    """All batches are full, but for the last where batch_size does not divide num_samples."""
    full, rest = divmod(num_samples, batch_size)
    wanted = [batch_size] * full + ([rest] if rest else [])
    sizes = [len(batch) for batch in batches]
    if sizes == wanted:
        return None
    return (
        "wrong batch sizes",
        f"the batches have the sizes {_listed(sizes)}, expected {_listed(wanted)}.",
    )


def _not_from_the_seed(epochs, num_samples, seed):
    """The same seed, the same order; another seed, another order."""
    if epochs["epoch"] != epochs["again"]:
        pairs = zip(epochs["epoch"], epochs["again"], strict=True)
        batch = next(k for k, (first, second) in enumerate(pairs) if first != second)
        return (
            "the same seed gives another order",
            f"two calls with seed={seed} gave different batches: batch {batch} was"
            f" {_listed(epochs['epoch'][batch])}, then {_listed(epochs['again'][batch])}.",
        )
    if epochs["epoch"] == epochs["other_seed"] and _rare(1, factorial(num_samples)):
        return (
            "another seed gives the same order",
            f"seed={seed} and seed={seed + 1} gave the same batches, the first is"
            f" {_listed(epochs['epoch'][0])}: expected another order.",
        )
    return None


def _rare(favourable, possible):
    return favourable < MISJUDGED * possible


def _is_integer(item):
    kind = type(item)
    return kind is int or (issubclass(kind, np.integer) and kind.__module__ == "numpy")


def _numbers(batch):
    return batch.tolist() if type(batch) is np.ndarray else [int(item) for item in batch]


def _described(value):
    """Name a stranger's value without calling anything of its own."""
    if type(value) is np.ndarray:
        return f"an array of {value.dtype} with shape {value.shape}"
    names = {
        type(None): "None",
        bool: "a boolean",
        int: "an integer",
        float: "a decimal number",
        complex: "a complex number",
        str: "a string",
        list: "a list",
        tuple: "a tuple",
        dict: "a dictionary",
    }
    return names.get(type(value), "an object of another kind")


def _short(number):
    return number if abs(number) < 10**12 else "a number of more than twelve digits"


def _sizes(batches):
    return _listed([len(batch) for batch in batches])


def _listed(numbers):
    """Show a list, its middle left out when it is long."""
    if len(numbers) <= 12:
        return str(numbers)
    return f"[{', '.join(map(str, numbers[:12]))}, ...]"


def _counted(count, noun):
    plural = "es" if noun.endswith("ch") else "s"
    return f"1 {noun}" if count == 1 else f"{count} {noun}{plural}"
