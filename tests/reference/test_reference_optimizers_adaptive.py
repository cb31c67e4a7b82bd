"""Adagrad, Adadelta, RMSprop and Adam: the lectures' formulas, the definition, out, bad input."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reference
from reference import adadelta, adam, rmsprop

steadily = settings(deadline=None, derandomize=True, max_examples=60)
NAMES = ("adagrad", "adadelta", "rmsprop", "adam")
each_name = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.property(name)) for name in NAMES]
)


def run(name, param, grads, **options):
    """Return the parameter after each step, and the last state."""
    state, path = None, []
    for grad in grads:
        param, state = getattr(reference, name)(param, grad, state, **options)
        path.append(float(param))
    return path, state


@pytest.mark.lecture("adagrad")
def test_two_steps_of_opt_adagrad_by_hand():
    # eps of 7 makes the roots whole: 1 - 0.5 * 3 / sqrt(7 + 9), then - 0.5 * 3 / sqrt(7 + 18)
    options = {"learning_rate": 0.5, "eps": 7, "eps_inside_sqrt": True}
    path, state = run("adagrad", 1.0, [3.0, 3.0], **options)
    np.testing.assert_allclose(path, [0.625, 0.325], rtol=1e-15)
    assert state["sum"] == 18


@pytest.mark.lecture("rmsprop")
def test_two_steps_of_opt_rmsprop_by_hand():
    # s = 0.25 * 12^2 = 36, then 0.75 * 36 + 0.25 * 20^2 = 127: the roots of 28 + 36 and 42 + 127
    first = {"learning_rate": 0.5, "alpha": 0.75, "eps": 28, "eps_inside_sqrt": True}
    param, state = rmsprop(2.0, 12.0, **first)
    assert (param, state["square_avg"]) == (2 - 0.5 * 12 / 8, 36)
    param, state = rmsprop(param, 20.0, state, **first | {"eps": 42})
    np.testing.assert_allclose(param, 1.25 - 0.5 * 20 / 13, rtol=1e-15)
    assert state["square_avg"] == 127


@pytest.mark.lecture("adam")
def test_two_steps_of_opt_adam_by_hand():
    # m = 2, v = 4, root of 4 + 12; then m = 0.5 * 2 + 0.5 * 6, v = 0.75 * 4 + 0.25 * 36 = 12
    options = {"learning_rate": 0.5, "betas": (0.5, 0.75), "bias_correction": False}
    param, state = adam(1.0, 4.0, eps=12, eps_inside_sqrt=True, **options)
    assert (param, state["exp_avg"], state["exp_avg_sq"]) == (1 - 0.5 * 2 / 4, 2, 4)
    param, state = adam(param, 6.0, state, eps=13, eps_inside_sqrt=True, **options)
    assert (param, state["exp_avg"], state["exp_avg_sq"]) == (0.75 - 0.5 * 4 / 5, 4, 12)


@pytest.mark.lecture("adadelta")
def test_the_first_step_of_opt_adadelta_by_hand_from_the_paper():
    # s = 0.5 * 4^2 = 8; delta = 4 * sqrt(0 + 1) / sqrt(8 + 1); acc = 0.5 * delta^2
    param, state = adadelta(2.0, 4.0, rho=0.5, eps=1)
    np.testing.assert_allclose(param, 2 - 4 / 3, rtol=1e-15)
    assert state["square_avg"] == 8
    np.testing.assert_allclose(state["acc_delta"], 8 / 9, rtol=1e-15)


def adagrad_by_definition(g, memory, o):
    s = memory["sum"] = memory.get("sum", 0) + g * g
    return o["learning_rate"] * g / root(s, o)


def rmsprop_by_definition(g, memory, o):
    s = memory.get("square_avg", 0)
    s = memory["square_avg"] = o["alpha"] * s + (1 - o["alpha"]) * g * g
    return o["learning_rate"] * g / root(s, o)


def adadelta_by_definition(g, memory, o):
    s, acc = memory.get("square_avg", 0), memory.get("acc_delta", 0)
    s = memory["square_avg"] = o["rho"] * s + (1 - o["rho"]) * g * g
    delta = ((acc + o["eps"]) / (s + o["eps"])).sqrt() * g
    memory["acc_delta"] = o["rho"] * acc + (1 - o["rho"]) * delta * delta
    return o["learning_rate"] * delta


def adam_by_definition(g, memory, o):
    t = memory["step"] = memory.get("step", 0) + 1
    b1, b2 = o["betas"]
    m = memory["exp_avg"] = b1 * memory.get("exp_avg", 0) + (1 - b1) * g
    v = memory["exp_avg_sq"] = b2 * memory.get("exp_avg_sq", 0) + (1 - b2) * g * g
    if o["bias_correction"]:
        m, v = m / (1 - b1**t), v / (1 - b2**t)
    return o["learning_rate"] * m / root(v, o)


def root(s, o):
    return (s + o["eps"]).sqrt() if o["eps_inside_sqrt"] else s.sqrt() + o["eps"]


def to_decimal(value):
    if isinstance(value, tuple):
        return tuple(map(Decimal, value))
    return value if isinstance(value, bool) else Decimal(value)


grads = st.lists(st.floats(-1e3, 1e3, allow_subnormal=False), min_size=1, max_size=5)
rates, decays = st.floats(0, 2), st.floats(0, 0.9999, allow_subnormal=False)
common = {"learning_rate": rates, "eps": st.sampled_from([1e-10, 1e-8, 1e-3, 1.0])}
placed = common | {"eps_inside_sqrt": st.booleans()}
OPTIONS = {
    "adagrad": placed,
    "adadelta": common | {"rho": decays},
    "rmsprop": placed | {"alpha": decays},
    "adam": placed | {"betas": st.tuples(decays, decays), "bias_correction": st.booleans()},
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.definition(name)) for name in NAMES]
)
@steadily
@given(data=st.data(), param=st.floats(-10, 10), grads=grads)
def test_steps_agree_with_the_definition_in_fifty_digits(name, data, param, grads):
    options = data.draw(st.fixed_dictionaries(OPTIONS[name]))
    path, state = run(name, param, grads, **options)
    with localcontext() as context:
        context.prec = 50
        exact, memory = Decimal(param), {}
        numbers = {key: to_decimal(value) for key, value in options.items()}
        for grad, actual in zip(grads, path, strict=True):
            step = globals()[f"{name}_by_definition"](Decimal(grad), memory, numbers)
            size = max(abs(exact), abs(step), 1)
            exact -= step
            # Where exp_avg cancels, the step is exact relative to its terms, not to itself.
            scale = float(size) * (1 + max(map(abs, grads)) if name == "adam" else 1)
            np.testing.assert_allclose(actual, float(exact), rtol=0, atol=1e-14 * scale)
    assert set(state) == set(memory)
    for key, value in memory.items():
        terms = max(map(abs, grads)) if key == "exp_avg" else 0
        np.testing.assert_allclose(state[key], float(value), rtol=2e-14, atol=1e-15 * terms)


@pytest.mark.property("adam")
@pytest.mark.parametrize("betas", [(0.9, 0.999), (0.0, 0.0), (0.5, 0.999999)])
def test_the_first_step_of_adam_is_the_sign_of_the_gradient(betas):
    grad = np.array([1e-3, -7.0, 1e5])
    param, state = adam(np.zeros(3), grad, learning_rate=0.25, betas=betas, eps=0)
    np.testing.assert_allclose(param, -0.25 * np.sign(grad), rtol=1e-15)
    assert state["step"].dtype == np.int64
    assert state["step"] == 1


@pytest.mark.property("rmsprop")
def test_rmsprop_updates_the_average_before_it_divides():
    # The slide divides by the average of the step before: 1 / sqrt(eps) at the first step.
    path, _ = run("rmsprop", 0.0, [1.0], learning_rate=1, alpha=0.75, eps_inside_sqrt=True)
    np.testing.assert_allclose(path, [-2], rtol=1e-7)


@each_name
def test_a_parabola_is_descended(name):
    param, state = np.array([1.0]), None
    optimizer = getattr(reference, name)
    # Adadelta starts with steps of the size of the root of eps.
    options = {"eps": 1e-3} if name == "adadelta" else {"learning_rate": 0.05}
    for _ in range(2000):
        param, state = optimizer(param, 2 * param, state, **options)
    assert abs(param[0]) < 0.1


@each_name
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0), (2, 3, 4)])
def test_any_shape_is_kept(name, shape):
    param, state = getattr(reference, name)(np.ones(shape), np.ones(shape), learning_rate=0.5)
    assert param.shape == shape
    assert all(array.shape == (() if key == "step" else shape) for key, array in state.items())
    assert (param < 1).all()


@each_name
def test_nan_and_infinity_pass_through(name):
    param, _ = getattr(reference, name)([1.0, 1.0], [np.nan, 1.0], learning_rate=0.1)
    assert np.isnan(param).tolist() == [True, False]
    # Infinity over infinity.
    assert np.isnan(getattr(reference, name)(1.0, np.inf, learning_rate=0.1)[0])


def second_step(name, dtype=np.float64):
    """Return what the second step takes."""
    param, first, second = np.random.default_rng(1).standard_normal((3, 4, 5)).astype(dtype)
    param, state = getattr(reference, name)(param, first, learning_rate=0.1)
    return param, second, state


@each_name
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_out_makes_the_step_in_place(name, dtype):
    optimizer, (param, grad, state) = getattr(reference, name), second_step(name, dtype)
    expected, memory = optimizer(param, grad, state, learning_rate=0.1)
    out = (param, state)
    assert optimizer(param, grad, state, learning_rate=0.1, out=out) is out
    np.testing.assert_array_equal(param, expected, strict=True)
    for key, array in memory.items():
        np.testing.assert_array_equal(state[key], array, strict=True)


@each_name
def test_out_may_have_any_layout_and_overlap_with_arguments(name):
    optimizer, (param, grad, state) = getattr(reference, name), second_step(name)
    expected, memory = optimizer(param, grad, state, learning_rate=0.1)
    buffer = np.zeros(21)
    buffer[:20] = param.ravel()
    out_state = {
        key: np.zeros((), np.int64) if key == "step" else np.zeros((5, 4)).T
        for key in reversed(state)
    }
    out = (buffer[1:].reshape(4, 5), out_state)
    optimizer(buffer[:20].reshape(4, 5), grad, state, learning_rate=0.1, out=out)
    np.testing.assert_array_equal(out[0], expected)
    for key, array in memory.items():
        np.testing.assert_array_equal(out_state[key], array)


@each_name
@pytest.mark.usefixtures("eager_threads")
def test_the_number_of_threads_changes_no_bit(name):
    param, grad = np.random.default_rng(2).standard_normal((2, 300_000))
    before, results = reference.get_num_threads(), []
    for threads in (1, 3):
        reference.set_num_threads(threads)
        results.append(getattr(reference, name)(param, grad, learning_rate=0.1)[0])
    reference.set_num_threads(before)
    np.testing.assert_array_equal(*results)


ONES = np.ones(2)
EVERY = [
    ({"grad": np.ones(3)}, ValueError, r"grad: got shape \(3,\), expected \(2,\), the shape of"),
    ({"param": ONES + 0j}, TypeError, "param: got dtype complex128, expected float32"),
    ({"state": {}}, ValueError, r"state: got the keys \[\], expected {'"),
    ({"state": [ONES]}, TypeError, "state: got list, expected {'"),
    ({"learning_rate": -1}, ValueError, r"learning_rate: got -1\.0, expected .* of at least 0"),
    ({"learning_rate": "1"}, TypeError, "learning_rate: got '1', expected a number"),
    ({"eps": -1e-8}, ValueError, "eps: got -1e-08, expected a finite number of at least 0"),
    ({"eps": math.nan}, ValueError, "eps: got nan, expected a finite number"),
    ({"out": ONES}, TypeError, r"out: got ndarray, expected \(param, {'"),
    ({"out": (ONES, {})}, ValueError, r"out\[1\]: got the keys \[\], expected {'"),
    ({"backend": "gpu"}, ValueError, "backend: got 'gpu', expected 'cpu'"),
]
MOMENTS = {"exp_avg": ONES, "exp_avg_sq": ONES}
OWN = {
    "adagrad": [
        ({"state": {"sum": np.ones(3)}}, ValueError, r"state\['sum'\]: got shape \(3,\)"),
        ({"out": (ONES, {"sum": ONES})}, ValueError, "out: got arrays that share memory"),
    ],
    "adadelta": [
        ({"rho": 1}, ValueError, r"rho: got 1\.0, expected a number from 0 to below 1"),
        ({"rho": -0.1}, ValueError, r"rho: got -0\.1, expected a finite number of at least 0"),
    ],
    "rmsprop": [
        ({"alpha": 1.5}, ValueError, r"alpha: got 1\.5, expected a number from 0 to below 1"),
        ({"alpha": True}, TypeError, "alpha: got True, expected a number"),
        ({"state": {"square_avg": "x"}}, TypeError, r"state\['square_avg'\]: got dtype <U1"),
    ],
    "adam": [
        ({"betas": 0.9}, TypeError, r"betas: got 0\.9, expected a pair of numbers"),
        ({"betas": (0.9,)}, ValueError, r"betas: got \(0\.9,\), expected"),
        ({"betas": (1, 0.9)}, ValueError, r"betas\[0\]: got 1\.0, expected a number from 0 to"),
        ({"betas": (0.9, "x")}, TypeError, r"betas\[1\]: got 'x', expected a number"),
        ({"state": MOMENTS | {"step": 1.0}}, TypeError, r"state\['step'\]: got 1\.0, expected an"),
        ({"state": MOMENTS | {"step": -1}}, ValueError, r"state\['step'\]: got -1, expected an"),
        ({"state": MOMENTS | {"step": [1]}}, ValueError, r"state\['step'\]: got shape \(1,\)"),
        (
            {"out": (ONES, {"step": np.ones(()), "exp_avg": ONES + 0, "exp_avg_sq": ONES + 0})},
            ValueError,
            r"out\[1\]\['step'\]: got a writeable float64 .*, expected a writeable int64",
        ),
    ],
}


@pytest.mark.parametrize(
    ("name", "arguments", "error", "message"),
    [
        pytest.param(name, *row, marks=pytest.mark.bad_input(name))
        for name in NAMES
        for row in EVERY + OWN[name]
    ],
)
def test_bad_input_is_named(name, arguments, error, message):
    defaults = {"param": np.ones(2), "grad": np.ones(2), "learning_rate": 0.1}
    with pytest.raises(error, match=f"^{message}"):
        getattr(reference, name)(**defaults | arguments)
