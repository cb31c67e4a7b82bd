"""sgd and momentum: the lectures' formulas, the definition, properties, bad input."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import momentum, sgd

steadily = settings(deadline=None, derandomize=True, max_examples=60)


def run(param, grads, **options):
    """Return the parameter after each step."""
    state, path = None, []
    for grad in grads:
        param, state = momentum(param, grad, state, **options)
        path.append(param)
    return path


def by_definition(param, grads, rate, decay, dampening, dampen_first_step):
    """Return the path of one number in exact arithmetic."""
    velocity, path = None, []
    for grad in grads:
        if velocity is None and not dampen_first_step:
            velocity = grad
        else:
            velocity = decay * (velocity or 0) + (1 - dampening) * grad
        param -= rate * velocity
        path.append(param)
    return path


small = st.integers(-64, 64).map(lambda n: n / 8)
fractions = st.integers(0, 8).map(lambda n: n / 8)


@pytest.mark.definition("momentum")
@steadily
@given(
    small, st.lists(small, min_size=1, max_size=6), fractions, fractions, fractions, st.booleans()
)
def test_steps_agree_with_the_definition(param, grads, rate, decay, dampening, dampen_first):
    options = {"learning_rate": rate, "momentum": decay, "dampening": dampening}
    path = run(
        np.array([param]), np.array(grads)[:, np.newaxis], **options, dampen_first_step=dampen_first
    )
    numbers = map(Fraction, (rate, decay, dampening))
    exact = by_definition(Fraction(param), list(map(Fraction, grads)), *numbers, dampen_first)
    np.testing.assert_allclose(np.ravel(path), [float(p) for p in exact], rtol=1e-14, atol=1e-13)


@pytest.mark.lecture("momentum")
def test_dampening_none_is_the_form_of_the_ufv_lecture():
    alpha, eta = 0.8, 0.1
    grads = np.random.default_rng(0).standard_normal((6, 3))
    path = run(
        np.ones(3), grads, learning_rate=eta, momentum=alpha, dampening=None, dampen_first_step=True
    )
    previous = current = np.ones(3)
    for grad, actual in zip(grads, path, strict=True):
        step = alpha * (current - previous) + (1 - alpha) * (-eta * grad)
        previous, current = current, current + step
        np.testing.assert_allclose(actual, current, rtol=1e-14)


@pytest.mark.lecture("momentum")
def test_two_steps_of_opt_momentum_by_hand():
    # W1 = 1 - 0.25 * 0.5 * 4, W2 = W1 + 0.75 * (W1 - W0) - 0.25 * 0.5 * 2
    options = {"learning_rate": 0.5, "momentum": 0.75, "dampening": None, "dampen_first_step": True}
    assert np.ravel(run(np.ones(1), [[4.0], [2.0]], **options)).tolist() == [0.5, -0.125]


SAMPLES = np.array([[1.0, 0.0], [2.0, 1.0], [0.0, 3.0], [1.0, 1.0]])  # the gradient of each


@pytest.mark.lecture("sgd")
def test_opt_gd_by_hand_sums_the_gradients_of_all_samples():
    # 10 - 0.5 * (1 + 2 + 0 + 1), 20 - 0.5 * (0 + 1 + 3 + 1)
    param, state = sgd([10.0, 20.0], SAMPLES.sum(0), learning_rate=0.5)
    assert (param.tolist(), state) == ([8.0, 17.5], {})


@pytest.mark.lecture("sgd")
def test_opt_sgd_by_hand_sums_the_gradients_of_a_batch():
    param, state = np.array([10.0, 20.0]), None
    for batch, expected in ((SAMPLES[:2], [8.5, 19.5]), (SAMPLES[2:], [8.0, 17.5])):
        param, state = sgd(param, batch.sum(0), state, learning_rate=0.5)
        assert param.tolist() == expected


@steadily
@given(small, small, fractions)
@pytest.mark.definition("sgd")
def test_sgd_agrees_with_the_definition(param, grad, rate):
    exact = Fraction(param) - Fraction(rate) * Fraction(grad)
    assert sgd(param, grad, learning_rate=rate)[0] == float(exact)


@pytest.mark.property("momentum", "sgd")
def test_without_momentum_it_is_gradient_descent():
    param, grads = np.array([1.0, 2.0]), np.array([[0.5, 1.0], [0.25, 0.5]])
    path = run(param, grads, learning_rate=0.5, momentum=0.0)
    np.testing.assert_array_equal(path, [[0.75, 1.5], [0.625, 1.25]])
    for grad, expected in zip(grads, path, strict=True):
        param, _ = sgd(param, grad, learning_rate=0.5)
        np.testing.assert_array_equal(param, expected)


@pytest.mark.property("momentum")
def test_the_first_velocity_is_the_gradient_unless_asked_otherwise():
    param, grad = np.zeros(2), np.array([4.0, 8.0])
    options = {"learning_rate": 1, "momentum": 0.5, "dampening": 0.75}
    assert momentum(param, grad, **options)[1]["velocity"].tolist() == [4, 8]
    assert momentum(param, grad, **options, dampen_first_step=True)[1]["velocity"].tolist() == [
        1,
        2,
    ]


@pytest.mark.property("momentum")
def test_a_parabola_is_descended():
    param, state = np.array([5.0]), None
    for _ in range(200):
        param, state = momentum(param, 2 * param, state, learning_rate=0.1)
    assert abs(param[0]) < 1e-3


@pytest.mark.property("momentum")
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0), (2, 3, 4)])
def test_any_shape_is_kept(shape):
    param, state = momentum(np.ones(shape), np.ones(shape), learning_rate=0.5)
    assert param.shape == state["velocity"].shape == shape
    assert (param == 0.5).all()


@pytest.mark.property("momentum")
def test_one_float64_argument_makes_both_results_float64():
    single, double = np.ones(2, np.float32), np.ones(2)
    param, state = momentum(single, single, {"velocity": double}, learning_rate=0.1)
    assert param.dtype == state["velocity"].dtype == np.float64


@pytest.mark.property("momentum")
def test_nan_and_infinity_pass_through():
    param, _ = momentum([1.0, 1.0], [np.nan, np.inf], learning_rate=0.1)
    np.testing.assert_array_equal(param, [np.nan, -np.inf])


def operands(dtype=np.float64):
    rng = np.random.default_rng(1)
    param, grad, velocity = rng.standard_normal((3, 4, 5)).astype(dtype)
    return param, grad, {"velocity": velocity}


@pytest.mark.property("momentum")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_out_makes_the_step_in_place(dtype):
    param, grad, state = operands(dtype)
    expected = momentum(param, grad, state, learning_rate=0.1)
    out = (param, state)
    assert momentum(param, grad, state, learning_rate=0.1, out=out) is out
    np.testing.assert_array_equal(param, expected[0])
    np.testing.assert_array_equal(state["velocity"], expected[1]["velocity"])


@pytest.mark.property("momentum")
def test_out_may_have_any_layout():
    param, grad, state = operands()
    expected = momentum(param, grad, state, learning_rate=0.1)
    out = (np.zeros((5, 4)).T, {"velocity": np.zeros((4, 10))[:, ::2]})
    momentum(param, grad, state, learning_rate=0.1, out=out)
    np.testing.assert_array_equal(out[0], expected[0])
    np.testing.assert_array_equal(out[1]["velocity"], expected[1]["velocity"])


@pytest.mark.property("momentum")
def test_out_that_overlaps_an_argument_is_written_after_it_is_read():
    buffer = np.arange(9.0)
    param, shifted = buffer[:8], buffer[1:]
    expected, _ = momentum(param.copy(), np.ones(8), learning_rate=0.5)
    momentum(param, np.ones(8), learning_rate=0.5, out=(shifted, {"velocity": np.empty(8)}))
    np.testing.assert_array_equal(shifted, expected)


@pytest.mark.property("momentum")
def test_out_may_swap_the_roles_of_the_arguments():
    param, grad, state = operands()
    expected = momentum(param, grad, state, learning_rate=0.1)
    momentum(param, grad, state, learning_rate=0.1, out=(grad, {"velocity": param}))
    np.testing.assert_array_equal(grad, expected[0])
    np.testing.assert_array_equal(param, expected[1]["velocity"])


ONES = np.ones(2)
FROZEN = np.broadcast_to(1.0, (2,))


@pytest.mark.bad_input("momentum")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (
            {"grad": np.ones(3)},
            ValueError,
            r"grad: got shape \(3,\), expected \(2,\), the shape of",
        ),
        ({"state": {"velocity": np.ones(3)}}, ValueError, r"state\['velocity'\]: got shape \(3,\)"),
        ({"state": {"velocity": "fast"}}, TypeError, r"state\['velocity'\]: got dtype"),
        ({"state": {}}, ValueError, r"state: got the keys \[\], expected {'velocity': array}"),
        ({"state": {"m": ONES}}, ValueError, r"state: got the keys \['m'\], expected"),
        ({"state": ONES}, TypeError, "state: got ndarray, expected {'velocity': array}"),
        ({"learning_rate": -1}, ValueError, r"learning_rate: got -1\.0, expected .* of at least 0"),
        ({"learning_rate": math.nan}, ValueError, "learning_rate: got nan, expected a finite"),
        ({"learning_rate": "0.1"}, TypeError, "learning_rate: got '0.1', expected a number"),
        ({"learning_rate": ONES}, TypeError, "learning_rate: got array.*, expected a number"),
        ({"momentum": -0.5}, ValueError, r"momentum: got -0\.5, expected a finite number of at"),
        ({"dampening": math.inf}, ValueError, "dampening: got inf, expected a finite number"),
        ({"out": ONES}, TypeError, "out: got ndarray, expected"),
        ({"out": (ONES, ONES)}, TypeError, r"out\[1\]: got ndarray, expected {'velocity': array}"),
        ({"out": ([1, 2], {"velocity": ONES})}, TypeError, r"out\[0\]: got list, expected a write"),
        (
            {"out": (np.ones(2, np.float32), {"velocity": ONES})},
            ValueError,
            r"out\[0\]: got a writeable float32 array .*, expected a writeable float64 array",
        ),
        ({"out": (FROZEN, {"velocity": ONES})}, ValueError, r"out\[0\]: got a read-only float64"),
        (
            {"out": (np.ones(2), {"velocity": np.ones(3)})},
            ValueError,
            r"out\[1\]\['velocity'\]: got .* shape \(3,\), expected .* shape \(2,\)",
        ),
        ({"out": (ONES, {"velocity": ONES})}, ValueError, "out: got arrays that share memory"),
    ],
)
def test_bad_input_is_named(arguments, error, message):
    defaults = {"param": np.ones(2), "grad": np.ones(2), "learning_rate": 0.1}
    with pytest.raises(error, match=f"^{message}"):
        momentum(**defaults | arguments)


@pytest.mark.bad_input("sgd")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (
            {"grad": np.ones(3)},
            ValueError,
            r"grad: got shape \(3,\), expected \(2,\), the shape of",
        ),
        ({"param": [[1], [1, 2]]}, ValueError, "param: got list that is no array"),
        ({"param": ["a", "b"]}, TypeError, "param: got dtype <U1, expected float32, float64"),
        ({"grad": ONES + 0j}, TypeError, "grad: got dtype complex128, expected float32, float64"),
        (
            {"state": {"velocity": ONES}},
            ValueError,
            r"state: got the keys \['velocity'\], expected",
        ),
        ({"state": ()}, TypeError, "state: got tuple, expected {}"),
        ({"learning_rate": -1}, ValueError, r"learning_rate: got -1\.0, expected .* of at least 0"),
        ({"learning_rate": None}, TypeError, "learning_rate: got None, expected a number"),
        ({"out": np.ones(2)}, TypeError, r"out: got ndarray, expected \(param, {}\)"),
        (
            {"out": (np.ones(3), {})},
            ValueError,
            r"out\[0\]: got a writeable .* shape \(3,\), expected",
        ),
        ({"out": (np.ones(2), None)}, TypeError, r"out\[1\]: got NoneType, expected {}"),
        ({"backend": "gpu"}, ValueError, "backend: got 'gpu', expected 'cpu'"),
    ],
)
def test_bad_input_of_sgd_is_named(arguments, error, message):
    defaults = {"param": np.ones(2), "grad": np.ones(2), "learning_rate": 0.1}
    with pytest.raises(error, match=f"^{message}"):
        sgd(**defaults | arguments)
