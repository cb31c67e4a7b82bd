"""Recurrent cells and bidirectional: the lecture's formulas, the definition, properties, bad input.

tanh(log 2) = 3/5, tanh(log 3) = 4/5 and sigmoid(log 3) = 3/4 make examples that hands can work.
"""

import math
from decimal import Decimal, localcontext
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import bidirectional, gru_cell, lstm_cell, rnn_cell

steadily = settings(deadline=None, derandomize=True, max_examples=60)
seeds = st.integers(0, 2**32 - 1)
L2, L3 = math.log(2), math.log(3)
# A cell with its options, and how many parts its weights have.
CELLS = {
    "rnn_cell": (rnn_cell, 1),
    "rnn_cell-relu": (partial(rnn_cell, activation="relu"), 1),
    "lstm_cell": (lstm_cell, 4),
    "gru_cell": (gru_cell, 3),
    "gru_cell-pytorch": (partial(gru_cell, form="pytorch"), 3),
}


def each_cell(way):
    return pytest.mark.parametrize(
        "cell",
        [
            pytest.param(cell, id=cell, marks=getattr(pytest.mark, way)(cell.partition("-")[0]))
            for cell in CELLS
        ],
    )


def operands(name, seed, *shape, inputs=3, hidden=2):
    """Return x (*shape, I), the states (*shape, H), and the weights and biases."""
    rng, height = np.random.default_rng(seed), CELLS[name][1] * hidden
    states = [rng.standard_normal((*shape, hidden)) for _ in range(2 if "lstm" in name else 1)]
    weights = [rng.standard_normal(size) for size in ((height, inputs), (height, hidden))]
    biases = list(rng.standard_normal((2, height)))
    return rng.standard_normal((*shape, inputs)), states, weights + biases


def step(name, *arrays):
    """Return the next states as a tuple."""
    result = CELLS[name][0](*arrays)
    return result if isinstance(result, tuple) else (result,)


def near(actual, expected, atol=1e-14):
    np.testing.assert_allclose(actual, expected, rtol=0, atol=atol)


@pytest.mark.lecture("rnn_cell")
def test_the_vanilla_cell_of_proto_recurrent_by_hand():
    # W_x x + W_h h + b = 2 * 1 - 0.5 * 4 + log 3
    near(rnn_cell([1.0], [4.0], [[2.0]], [[-0.5]], [L3]), [0.8])
    near(rnn_cell([1.0], [4.0], [[2.0]], [[-0.5]], [0.25], activation="relu"), [0.25])


@pytest.mark.lecture("lstm_cell")
def test_the_lstm_of_proto_recurrent_by_hand():
    # One matrix W for each gate acts on [h, x] = [log 3, log 3].
    w_i, w_f, w_c, w_o = [2.0, -1.0], [-1.0, 2.0], [1.0, 0.0], [0.0, 1.0]
    both, b = np.array([w_i, w_f, w_c, w_o]), [0.0, -2 * L3, 0.0, 0.0]
    weight_hh, weight_ih = both[:, :1], both[:, 1:]
    # G_i = 3/4, G_f = 1/4, c~ = 4/5, G_o = 3/4; c = G_i * c~ + G_f * c = 3/5 + c / 4 = log 3
    h, c = lstm_cell([L3], [L3], [4 * (L3 - 0.6)], weight_ih, weight_hh, b)
    near(c, [L3])
    near(h, [0.75 * 0.8])


@pytest.mark.lecture("gru_cell")
def test_the_gru_of_proto_recurrent_by_hand():
    # G_r = 1/4, G_u = 3/4 of x = log 3; c~ = tanh(log 2 * (4 / 4) + log 1.5) = tanh(log 3) = 4/5
    weight_ih, weight_hh = [[-1.0], [1.0], [0.0]], [[0.0], [0.0], [L2]]
    bias_hh = [0.0, 0.0, L3 - L2]
    near(gru_cell([L3], [4.0], weight_ih, weight_hh, None, bias_hh), [0.75 * 0.8 + 0.25 * 4])
    # PyTorch resets the bias too, log 2 + log(1.5) / 4, and swaps the roles of G_u and 1 - G_u.
    candidate = math.tanh(L2 + (L3 - L2) / 4)
    actual = gru_cell([L3], [4.0], weight_ih, weight_hh, None, bias_hh, form="pytorch")
    near(actual, [0.25 * candidate + 0.75 * 4])


@pytest.mark.lecture("bidirectional")
def test_the_two_passes_of_proto_recurrent_by_hand():
    # relu(x + h / 2), forward 1, 2 + 1/2, 4 + 5/4; relu(x - h), backward 4, 2 - 4, 1 - 0
    forward, backward = ([[1.0]], [[0.5]]), ([[1.0]], [[-1.0]])
    x = [[1.0], [2.0], [4.0]]
    actual = bidirectional(rnn_cell, x, forward, backward, activation="relu")
    assert actual.tolist() == [[1, 1], [2.5, 0], [5.25, 4]]


def sigmoid(a):
    return 1 / (1 + (-a).exp())


def tanh(a):
    return 1 - 2 / ((2 * a).exp() + 1)


def relu(a):
    return max(a, Decimal(0))


def rows_by_definition(weight, bias, vector):
    """Return weight @ vector + bias."""
    return [
        sum((w * v for w, v in zip(row, vector, strict=True)), b)
        for row, b in zip(weight, bias, strict=True)
    ]


def by_definition(name, x, states, weight_ih, weight_hh, bias_ih, bias_hh):
    """Return the next states of one sample, of lists of Decimal."""
    h, size = states[0], len(states[0])
    of_x = rows_by_definition(weight_ih, bias_ih, x)
    of_h = rows_by_definition(weight_hh, bias_hh, h)
    total = [a + b for a, b in zip(of_x, of_h, strict=True)]
    if name.startswith("rnn"):
        return ([(relu if name.endswith("relu") else tanh)(a) for a in total],)
    if name == "lstm_cell":
        i, f, g, o = (total[part * size : (part + 1) * size] for part in range(4))
        c = [sigmoid(f[k]) * states[1][k] + sigmoid(i[k]) * tanh(g[k]) for k in range(size)]
        return [sigmoid(o[k]) * tanh(c[k]) for k in range(size)], c
    r, z = [sigmoid(a) for a in total[:size]], [sigmoid(a) for a in total[size : 2 * size]]
    last = slice(2 * size, None)
    if name == "gru_cell-pytorch":
        n = [tanh(of_x[last][k] + r[k] * of_h[last][k]) for k in range(size)]
        return ([(1 - z[k]) * n[k] + z[k] * h[k] for k in range(size)],)
    reset = rows_by_definition(weight_hh[last], bias_hh[last], [r[k] * h[k] for k in range(size)])
    n = [tanh(of_x[last][k] + reset[k]) for k in range(size)]
    return ([z[k] * n[k] + (1 - z[k]) * h[k] for k in range(size)],)


def to_decimals(array):
    return [to_decimals(row) for row in array] if np.ndim(array) else Decimal(float(array))


@each_cell("definition")
@steadily
@given(seed=seeds, samples=st.integers(0, 3), inputs=st.integers(1, 5), hidden=st.integers(1, 4))
def test_a_cell_agrees_with_the_definition_in_forty_digits(cell, seed, samples, inputs, hidden):
    x, states, weights = operands(cell, seed, samples, inputs=inputs, hidden=hidden)
    actual = step(cell, x, *states, *weights)
    with localcontext() as context:
        context.prec = 40
        exact_weights = [to_decimals(array) for array in weights]
        for n in range(samples):
            state = [to_decimals(array[n]) for array in states]
            exact = by_definition(cell, to_decimals(x[n]), state, *exact_weights)
            for one, other in zip(actual, exact, strict=True):
                near(one[n], [float(value) for value in other], atol=2e-15 * (inputs + hidden + 4))


@pytest.mark.definition("bidirectional")
@pytest.mark.parametrize("cell", CELLS)
@steadily
@given(seed=seeds, steps=st.integers(1, 4), shape=st.sampled_from([(), (1,), (3,)]))
def test_bidirectional_is_two_loops(cell, seed, steps, shape):
    _, (*first,), forward = operands(cell, seed, *shape)
    _, (*last,), backward = operands(cell, seed + 1, *shape)
    x = np.random.default_rng(seed).standard_normal((steps, *shape, 3))
    expected = np.empty((steps, *shape, 4))
    ahead, back = tuple(first), tuple(last)
    for t in range(steps):
        ahead = step(cell, x[t], *ahead, *forward)
        expected[t, ..., :2] = ahead[0]
    for t in reversed(range(steps)):
        back = step(cell, x[t], *back, *backward)
        expected[t, ..., 2:] = back[0]
    given_states = {"initial_forward": tuple(first), "initial_backward": tuple(last)}
    actual = bidirectional(CELLS[cell][0], x, forward, backward, **given_states)
    np.testing.assert_array_equal(actual, expected, strict=True)


@each_cell("property")
@steadily
@given(seed=seeds)
def test_each_sample_is_stepped_alone(cell, seed):
    x, states, weights = operands(cell, seed, 4)
    whole = step(cell, x, *states, *weights)
    for n in range(4):
        for one, all_ in zip(
            step(cell, x[n], *(state[n] for state in states), *weights), whole, strict=True
        ):
            near(one, all_[n])


@each_cell("property")
def test_no_bias_is_a_bias_of_zeros_and_no_sample_is_none(cell):
    x, states, weights = operands(cell, 0, 3)
    zeros = np.zeros(len(weights[2]))
    expected = step(cell, x, *states, *weights[:2], zeros, zeros)
    np.testing.assert_array_equal(step(cell, x, *states, *weights[:2]), expected)
    nothing = step(cell, x[:0], *(state[:0] for state in states), *weights)
    assert {array.shape for array in nothing} == {(0, 2)}


@each_cell("property")
def test_the_order_of_the_hidden_units_does_not_matter(cell):
    x, states, (weight_ih, weight_hh, *biases) = operands(cell, 0, 3, hidden=4)
    units = np.array([2, 0, 3, 1])
    rows = (4 * np.arange(CELLS[cell][1])[:, np.newaxis] + units).ravel()
    moved = (weight_ih[rows], weight_hh[rows][:, units], *(bias[rows] for bias in biases))
    expected = step(cell, x, *states, weight_ih, weight_hh, *biases)
    actual = step(cell, x, *(state[:, units] for state in states), *moved)
    for one, other in zip(actual, expected, strict=True):
        near(one, other[:, units])


@each_cell("property")
@pytest.mark.filterwarnings("error")
def test_nan_goes_through_and_infinity_saturates(cell):
    x, states, weights = operands(cell, 0, 2)
    x[0, 1] = np.nan
    assert np.isnan(step(cell, x, *states, *weights)[0]).tolist() == [[True] * 2, [False] * 2]
    x[0, 1] = np.inf
    assert not np.isnan(step(cell, x, *states, *weights)[0]).any()


@pytest.mark.property("lstm_cell")
def test_a_shut_input_gate_and_an_open_forget_gate_keep_the_cell_state():
    x, (h, c), weights = operands("lstm_cell", 0, 3)
    bias = np.repeat([-1e4, 1e4, 0, 0], 2)
    np.testing.assert_array_equal(lstm_cell(x, h, c, *weights[:2], bias)[1], c)


@pytest.mark.property("gru_cell")
@pytest.mark.parametrize(("form", "z"), [("original", -1e4), ("pytorch", 1e4)])
def test_a_shut_gate_keeps_even_the_largest_state(form, z):
    h, zeros = np.array([[np.finfo(np.float64).max, -1e308]]), np.zeros((6, 2))
    actual = gru_cell([[1.0, 2.0]], h, zeros, zeros, np.repeat([0, z, 0], 2), form=form)
    np.testing.assert_array_equal(actual, h)


@pytest.mark.property("gru_cell")
@pytest.mark.parametrize(("form", "z"), [("original", -1.0), ("pytorch", 1.0)])
def test_a_gate_that_an_infinite_state_shuts_keeps_it(form, z):
    h, weight = np.full((1, 2), np.inf), np.repeat([1.0, z, 1.0], 2)[:, None]
    actual = gru_cell([[1.0]], h, weight, np.repeat(weight, 2, axis=1), np.zeros(6), form=form)
    np.testing.assert_array_equal(actual, h)


@pytest.mark.property("gru_cell")
@steadily
@given(seed=seeds)
def test_the_two_forms_agree_where_nothing_is_reset_and_the_roles_are_swapped(seed):
    x, (h,), (weight_ih, weight_hh, bias_ih, bias_hh) = operands("gru_cell", seed, 3)
    bias_ih[:2] = 1e4  # r is 1
    sign = np.repeat([1.0, -1.0, 1.0], 2)
    swapped = [(weight.T * sign).T for weight in (weight_ih, weight_hh, bias_ih, bias_hh)]
    original = gru_cell(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    near(gru_cell(x, h, *swapped, form="pytorch"), original)


@pytest.mark.property("bidirectional")
@pytest.mark.parametrize("cell", CELLS)
@steadily
@given(seed=seeds)
def test_a_sequence_read_from_its_end_swaps_the_passes(cell, seed):
    _, _, forward = operands(cell, seed)
    _, _, backward = operands(cell, seed + 1)
    x = np.random.default_rng(seed).standard_normal((5, 2, 3))
    expected = bidirectional(CELLS[cell][0], x, forward, backward)
    actual = bidirectional(CELLS[cell][0], x[::-1], backward, forward)[::-1]
    np.testing.assert_array_equal(np.roll(actual, 2, axis=-1), expected)


@pytest.mark.property("bidirectional")
def test_a_cell_of_ones_own_is_carried_too():
    def count(x, h, weight_ih, weight_hh):
        return h + 1

    weights = (np.ones((2, 3)), np.ones((2, 2)))
    actual = bidirectional(count, np.zeros((3, 3)), weights, weights)
    assert actual.tolist() == [[1, 1, 3, 3], [2, 2, 2, 2], [3, 3, 1, 1]]


X, H = np.ones((2, 3)), np.ones((2, 4))


def cell_arguments(parts, **changed):
    weights = {"weight_ih": np.ones((4 * parts, 3)), "weight_hh": np.ones((4 * parts, 4))}
    return {"x": X, "h": H, **weights, **changed}


EVERY = [
    ({"x": np.ones((1, 2, 3))}, ValueError, r"x: got shape \(1, 2, 3\), expected \(N, I\) or \(I,"),
    ({"x": 1.0}, ValueError, r"x: got shape \(\), expected \(N, I\) or \(I,\)"),
    (
        {"h": np.ones(4)},
        ValueError,
        r"h: got shape \(4,\), expected \(2, H\) for x of shape \(2, 3",
    ),
    ({"h": np.ones((3, 4))}, ValueError, r"h: got shape \(3, 4\), expected \(2, H\) for x of"),
    ({"x": X[0]}, ValueError, r"h: got shape \(2, 4\), expected \(H,\) for x of shape \(3,\)"),
    (
        {"weight_ih": np.ones((5, 3))},
        ValueError,
        r"weight_ih: got shape \(5, 3\), expected \(\d+, 3",
    ),
    (
        {"weight_ih": H},
        ValueError,
        r"weight_ih: got shape \(2, 4\), expected .* and h of shape \(2",
    ),
    ({"weight_hh": H}, ValueError, r"weight_hh: got shape \(2, 4\), expected \(\d+, 4\) for x of"),
    ({"bias_ih": np.ones(3)}, ValueError, r"bias_ih: got shape \(3,\), expected \(\d+,\) for x"),
    ({"bias_hh": 1.0}, ValueError, r"bias_hh: got shape \(\), expected \(\d+,\) for x of"),
    ({"bias_hh": ["a"]}, TypeError, "bias_hh: got dtype <U1, expected float32"),
    ({"x": [[1.0], [1.0, 2.0]]}, ValueError, "x: got list that is no array"),
    ({"h": H + 0j}, TypeError, "h: got dtype complex128, expected float32, float64"),
    ({"backend": "gpu"}, ValueError, "backend: got 'gpu', expected 'cpu'"),
]
OWN = {
    "rnn_cell": [
        ({"activation": "sigmoid"}, ValueError, "activation: got 'sigmoid', expected 'tanh' or"),
        ({"activation": math.tanh}, ValueError, "activation: got <built-in .*, expected 'tanh'"),
    ],
    "lstm_cell": [
        (
            {"c": np.ones((2, 3))},
            ValueError,
            r"c: got shape \(2, 3\), expected \(2, 4\), the shape",
        ),
        ({"c": None}, TypeError, "c: got dtype object, expected float32"),
    ],
    "gru_cell": [
        ({"form": "chung"}, ValueError, "form: got 'chung', expected 'original' or 'pytorch'"),
        ({"form": None}, ValueError, "form: got None, expected 'original' or 'pytorch'"),
    ],
}


@pytest.mark.parametrize(
    ("name", "arguments", "error", "message"),
    [
        pytest.param(name, *row, marks=pytest.mark.bad_input(name))
        for name, own in OWN.items()
        for row in EVERY + own
    ],
)
def test_bad_input_is_named(name, arguments, error, message):
    cell, parts = CELLS[name]
    defaults = cell_arguments(parts) | ({"c": H} if name == "lstm_cell" else {})
    with pytest.raises(error, match=f"^{message}"):
        cell(**defaults | arguments)


PASS = (np.ones((4, 3)), np.ones((4, 4)))


@pytest.mark.bad_input("bidirectional")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"cell": "rnn"}, TypeError, "cell: got 'rnn', expected rnn_cell, lstm_cell, gru_cell or"),
        ({"cell": np.tanh}, TypeError, "cell: got <ufunc 'tanh'>, expected rnn_cell"),
        ({"x": np.ones(3)}, ValueError, r"x: got shape \(3,\), expected \(T, N, I\) or \(T, I\)"),
        ({"x": np.ones((0, 2, 3))}, ValueError, r"x: got shape \(0, 2, 3\), .* T at least 1"),
        ({"x": X + 0j}, TypeError, "x: got dtype complex128, expected float32"),
        ({"forward": PASS[0]}, TypeError, "forward: got ndarray, expected a tuple of 2 or 4"),
        ({"backward": None}, TypeError, "backward: got NoneType, expected a tuple of 2 or 4"),
        ({"backward": PASS[:1]}, ValueError, "backward: got 1 arrays, expected a tuple of 2 or 4"),
        ({"forward": (*PASS, 0)}, ValueError, "forward: got 3 arrays, expected a tuple of 2 or 4"),
        ({"forward": (PASS[0], 1.0)}, ValueError, r"forward\[1\]: got shape \(\), expected \(rows"),
        ({"forward": ("a", PASS[1])}, TypeError, r"forward\[0\]: got dtype <U1, expected float32"),
        ({"backward": PASS[::-1]}, ValueError, r"weight_ih: got shape \(4, 4\), expected \(3, 3\)"),
        (
            {"initial_forward": (H, H)},
            ValueError,
            "initial_forward: got 2 arrays, expected a tuple of 1 arrays",
        ),
        ({"initial_backward": H}, TypeError, "initial_backward: got ndarray, expected a tuple of"),
        (
            {"initial_backward": (np.ones(4),)},
            ValueError,
            r"initial_backward\[0\]: got shape \(4,\), expected \(2, 4\)",
        ),
        ({"activation": "sin"}, ValueError, "activation: got 'sin', expected 'tanh' or 'relu'"),
        ({"backend": "gpu"}, ValueError, "backend: got 'gpu', expected 'cpu'"),
    ],
)
def test_bad_input_of_bidirectional_is_named(arguments, error, message):
    defaults = {"cell": rnn_cell, "x": np.ones((5, 2, 3)), "forward": PASS, "backward": PASS}
    with pytest.raises(error, match=f"^{message}"):
        bidirectional(**defaults | arguments)
