"""Believable mistakes in shuffle_batches; each docstring carries the hint that a student reads."""

import math

import numpy as np


def _cut(order, batch_size):
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def drawn_with_replacement(num_samples, batch_size, seed):
    """Draws every place of the epoch independently.

    You draw each index independently, so some samples come twice and others never. Think of
    dealing cards: a card that is dealt is no longer in the deck.
    """
    return _cut(np.random.default_rng(seed).integers(num_samples, size=num_samples), batch_size)


def each_batch_drawn_from_all_samples(num_samples, batch_size, seed):
    """Draws without replacement inside a batch, but puts the samples back after it.

    Inside a batch no sample comes twice, but every batch draws from the whole training set again.
    Over one epoch each sample comes exactly once.
    """
    rng = np.random.default_rng(seed)
    sizes = [len(batch) for batch in _cut(range(num_samples), batch_size)]
    return [rng.choice(num_samples, size=size, replace=False) for size in sizes]


def last_batch_dropped(num_samples, batch_size, seed):
    """Gives whole batches only.

    Your last samples are lost when batch_size does not divide num_samples. They make up a last,
    smaller batch.
    """
    order = np.random.default_rng(seed).permutation(num_samples)
    return [batch for batch in _cut(order, batch_size) if len(batch) == batch_size]


def last_batch_filled_up(num_samples, batch_size, seed):
    """Fills the last batch with samples from the beginning of the epoch.

    Your last batch is filled up with samples that have come already. It may be smaller: every
    sample comes exactly once.
    """
    order = np.random.default_rng(seed).permutation(num_samples)
    whole_batches = math.ceil(num_samples / batch_size)
    return _cut(np.resize(order, whole_batches * batch_size), batch_size)


def evenly_sized_batches(num_samples, batch_size, seed):
    """Spreads the missing samples over all batches.

    Your batches are all nearly the same size. Here every batch is full but the last, which takes
    what is left.
    """
    order = np.random.default_rng(seed).permutation(num_samples)
    return np.array_split(order, math.ceil(num_samples / batch_size))


def batch_size_as_number_of_batches(num_samples, batch_size, seed):
    """Makes as many batches as a batch should have samples.

    You make `batch_size` batches. It is the number of samples in a batch, not the number of
    batches.
    """
    return np.array_split(np.random.default_rng(seed).permutation(num_samples), batch_size)


def counted_from_one(num_samples, batch_size, seed):
    """Numbers the samples from 1.

    You number the samples from 1. They are used as indices, so which number has the first one?

    No case passes: sample 0 is missing whatever the input.
    """
    return _cut(np.random.default_rng(seed).permutation(num_samples) + 1, batch_size)


def not_shuffled(num_samples, batch_size, seed):
    """Cuts the samples into batches in the order they have.

    Your batches hold the samples in the order they are stored. Data is often sorted by class, so
    an epoch begins by mixing it.
    """
    return _cut(np.arange(num_samples), batch_size)


def batches_shuffled_as_wholes(num_samples, batch_size, seed):
    """Cuts first and shuffles the batches.

    You shuffle the batches, but the same samples always stay together. What has to be shuffled
    before you cut?
    """
    batches = _cut(np.arange(num_samples), batch_size)
    return [batches[k] for k in np.random.default_rng(seed).permutation(len(batches))]


def shuffled_inside_each_batch(num_samples, batch_size, seed):
    """Cuts first and shuffles inside each batch.

    You shuffle inside each batch, so a sample never leaves its batch. What has to be shuffled
    before you cut?
    """
    rng = np.random.default_rng(seed)
    return [rng.permutation(batch) for batch in _cut(np.arange(num_samples), batch_size)]


def seed_ignored(num_samples, batch_size, seed):
    """Draws from a fixed seed.

    Every seed gives you the same order, so all epochs would be alike. Where does the argument
    `seed` come into your code?
    """
    return _cut(np.random.default_rng(42).permutation(num_samples), batch_size)


def never_seeded(num_samples, batch_size, seed):
    """Draws from the global generator without seeding it.

    Two calls with the same seed give you different orders, so a result cannot be repeated. Where
    does the argument `seed` come into your code?
    """
    return _cut(np.random.permutation(num_samples), batch_size)
