"""Recurrent cells and bidirectional against PyTorch."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from peers import assert_near

from reference import bidirectional, gru_cell, lstm_cell, rnn_cell

torch = pytest.importorskip("torch")

steadily = settings(deadline=None, derandomize=True, max_examples=60)
dtypes = st.sampled_from([np.float32, np.float64])
seeds = st.integers(0, 2**32 - 1)
sizes = st.tuples(st.sampled_from([(0,), (1,), (4,)]), st.integers(1, 20), st.integers(1, 9))


def tensors(arrays):
    return [None if array is None else torch.from_numpy(array) for array in arrays]


def weights_of(rng, dtype, parts, inputs, hidden, biased):
    height = parts * hidden
    shapes = [(height, inputs), (height, hidden)] + [(height,)] * (2 if biased else 0)
    return [rng.standard_normal(shape).astype(dtype) for shape in shapes]


def operands(dtype, seed, parts, size, biased, states=1):
    """Return x, the states, and the weights and biases, in one list."""
    rng, (batch, inputs, hidden) = np.random.default_rng(seed), size
    shapes = [(*batch, inputs)] + [(*batch, hidden)] * states
    rows = [rng.standard_normal(shape).astype(dtype) for shape in shapes]
    return rows + weights_of(rng, dtype, parts, inputs, hidden, biased)


@pytest.mark.library("rnn_cell")
@pytest.mark.parametrize("activation", ["tanh", "relu"])
@steadily
@given(dtype=dtypes, seed=seeds, size=sizes, biased=st.booleans())
def test_rnn_cell(activation, dtype, seed, size, biased):
    arrays = operands(dtype, seed, 1, size, biased)
    expected = getattr(torch, f"rnn_{activation}_cell")(*tensors(arrays))
    assert_near("rnn_cell", "PyTorch", rnn_cell(*arrays, activation=activation), expected, size=30)


@pytest.mark.library("lstm_cell")
@steadily
@given(dtypes, seeds, sizes, st.booleans())
def test_lstm_cell(dtype, seed, size, biased):
    x, h, c, *weights = operands(dtype, seed, 4, size, biased, states=2)
    tx, th, tc, *others = tensors((x, h, c, *weights))
    expected = torch.lstm_cell(tx, (th, tc), *others)
    for actual, other in zip(lstm_cell(x, h, c, *weights), expected, strict=True):
        assert_near("lstm_cell", "PyTorch", actual, other, size=30)


@pytest.mark.library("gru_cell")
@steadily
@given(dtypes, seeds, sizes, st.booleans())
def test_gru_cell_in_the_form_of_pytorch(dtype, seed, size, biased):
    arrays = operands(dtype, seed, 3, size, biased)
    expected = torch.gru_cell(*tensors(arrays))
    assert_near("gru_cell", "PyTorch", gru_cell(*arrays, form="pytorch"), expected, size=30)


@pytest.mark.library("gru_cell")
@steadily
@given(seeds, sizes)
def test_gru_cell_in_the_form_of_the_paper_as_a_composition_of_torch(seed, size):
    arrays = operands(np.float64, seed, 3, size, biased=True)
    x, h, weight_ih, weight_hh, bias_ih, bias_hh = tensors(arrays)
    (w_r, w_z, w_n), (u_r, u_z, u_n) = weight_ih.chunk(3), weight_hh.chunk(3)
    b_r, b_z, b_n = (bias_ih + bias_hh).chunk(3)
    r = torch.sigmoid(x @ w_r.T + h @ u_r.T + b_r)
    z = torch.sigmoid(x @ w_z.T + h @ u_z.T + b_z)
    candidate = torch.tanh(x @ w_n.T + (r * h) @ u_n.T + b_n)
    expected = z * candidate + (1 - z) * h
    assert_near("gru_cell", "PyTorch", gru_cell(*arrays), expected, size=30)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(
    ("cell", "peer", "parts", "options"),
    [
        pytest.param(rnn_cell, "rnn_tanh_cell", 1, {}, marks=pytest.mark.library("rnn_cell")),
        pytest.param(rnn_cell, "rnn_relu_cell", 1, {"activation": "relu"}),
        pytest.param(
            gru_cell, "gru_cell", 3, {"form": "pytorch"}, marks=pytest.mark.library("gru_cell")
        ),
    ],
)
def test_special_values(cell, peer, parts, options, value):
    arrays = operands(np.float64, 3, parts, ((2,), 3, 2), biased=True)
    arrays[0][0, 1] = value
    expected = getattr(torch, peer)(*tensors(arrays))
    assert_near(cell.__name__, "PyTorch", cell(*arrays, **options), expected)


@pytest.mark.library("lstm_cell")
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_special_values_of_an_lstm(value):
    x, h, c, *weights = operands(np.float64, 3, 4, ((2,), 3, 2), biased=True, states=2)
    x[0, 1] = value
    tx, th, tc, *others = tensors((x, h, c, *weights))
    expected = torch.lstm_cell(tx, (th, tc), *others)
    for actual, other in zip(lstm_cell(x, h, c, *weights), expected, strict=True):
        assert_near("lstm_cell", "PyTorch", actual, other)


@pytest.mark.library("bidirectional")
@pytest.mark.parametrize(
    ("cell", "parts", "kind", "options"),
    [
        (rnn_cell, 1, "RNN", {}),
        (rnn_cell, 1, "RNN", {"activation": "relu"}),
        (lstm_cell, 4, "LSTM", {}),
        (gru_cell, 3, "GRU", {"form": "pytorch"}),
    ],
)
@steadily
@given(
    dtype=dtypes,
    seed=seeds,
    size=st.tuples(st.sampled_from([(), (1,), (3,)]), st.integers(1, 5), st.integers(1, 4)),
    steps=st.integers(1, 6),
    biased=st.booleans(),
    started=st.booleans(),
)
def test_bidirectional(cell, parts, kind, options, dtype, seed, size, steps, biased, started):
    rng, (batch, inputs, hidden) = np.random.default_rng(seed), size
    # Small weights, so that relu does not grow from step to step.
    forward, backward = (
        [w / 4 for w in weights_of(rng, dtype, parts, inputs, hidden, biased)] for _ in range(2)
    )
    own = {"nonlinearity": options["activation"]} if "activation" in options else {}
    peer = getattr(torch.nn, kind)(
        inputs, hidden, bias=biased, bidirectional=True, dtype=getattr(torch, dtype.__name__), **own
    )
    for parameter, array in zip(peer.parameters(), forward + backward, strict=True):
        parameter.data = torch.from_numpy(array)
    x = rng.standard_normal((steps, *batch, inputs)).astype(dtype)
    count = 2 if cell is lstm_cell else 1
    states = rng.standard_normal((count, 2, *batch, hidden)).astype(dtype)
    given_states = {"initial_forward": states[:, 0], "initial_backward": states[:, 1]}
    given_states = {name: tuple(state) for name, state in given_states.items()} if started else {}
    start = tuple(tensors(states)) if count == 2 else torch.from_numpy(states[0])
    expected, _ = peer(torch.from_numpy(x), *((start,) if started else ()))
    actual = bidirectional(cell, x, forward, backward, **given_states, **options)
    assert_near("bidirectional", "PyTorch", actual, expected, size=20)
