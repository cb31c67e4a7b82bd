"""Steps of arrays as a training loop holds them: nothing about them goes unseen."""

import numpy as np
import pytest

import reference

STATES = {
    "sgd": (),
    "momentum": ("velocity",),
    "adagrad": ("sum",),
    "adadelta": ("square_avg", "acc_delta"),
    "rmsprop": ("square_avg",),
    "adam": ("exp_avg", "exp_avg_sq"),
}
each_name = pytest.mark.parametrize("name", STATES)
with_memory = pytest.mark.parametrize("name", [name for name in STATES if name != "sgd"])


def operands(name, numbers):
    """Return param, grad and a state whose arrays are rows of the numbers, none below 0."""
    state = dict(zip(STATES[name], numbers[2:], strict=False))
    return numbers[0], numbers[1], ({"step": np.array(3)} if name == "adam" else {}) | state


def step(name, param, grad, state):
    return getattr(reference, name)(param, grad, state, learning_rate=0.5, out=(param, state))


def assert_steps_as_apart(name, param, grad, state):
    apart = {key: array.copy() for key, array in state.items()}
    expected, memory = step(name, param.copy(), grad.copy(), apart)
    step(name, param, grad, state)
    np.testing.assert_array_equal(param, expected, strict=True)
    for key, array in memory.items():
        np.testing.assert_array_equal(state[key], array, strict=True)


@each_name
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(), (0,), (7,), (2, 3)])
def test_rows_of_one_buffer_step_as_arrays_apart(name, dtype, shape):
    numbers = np.random.default_rng(0).random((4, *shape)).astype(dtype)
    rows = [numbers[i, ...] for i in range(4)]  # of shape () an array too, which shares the memory
    assert_steps_as_apart(name, *operands(name, rows))


@each_name
def test_a_gradient_that_is_the_parameter_is_read_before_it_is_written(name):
    numbers = np.random.default_rng(0).random((4, 5))
    param, _, state = operands(name, list(map(np.copy, numbers)))
    assert_steps_as_apart(name, param, param, state)


@with_memory
@pytest.mark.parametrize("overlap", [slice(0, 5), slice(4, 9)])
def test_a_gradient_that_overlaps_the_memory_is_read_before_it_is_written(name, overlap):
    buffer = np.random.default_rng(1).random(9)
    rows = [np.linspace(1, 2, 5), buffer[overlap], buffer[:5], np.linspace(0, 1, 5)]
    assert_steps_as_apart(name, *operands(name, rows))


@with_memory
def test_a_parameter_that_is_its_own_memory_is_refused(name):
    numbers = np.ones((4, 5))
    param, grad, state = operands(name, list(map(np.copy, numbers)))
    state[STATES[name][-1]] = param
    with pytest.raises(ValueError, match=r"^out: got arrays that share memory"):
        step(name, param, grad, state)


@each_name
def test_a_gradient_of_another_shape_is_refused_though_it_has_as_many_numbers(name):
    param, _, state = operands(name, list(map(np.copy, np.ones((4, 2, 3)))))
    with pytest.raises(ValueError, match=r"^grad: got shape \(3, 2\), expected \(2, 3\)"):
        step(name, param, np.ones((3, 2)), state)


@each_name
def test_a_parameter_that_may_not_be_written_is_refused(name):
    param, grad, state = operands(name, list(map(np.copy, np.ones((4, 5)))))
    param.setflags(write=False)
    with pytest.raises(ValueError, match=r"^out\[0\]: got a read-only float64 array"):
        step(name, param, grad, state)


@each_name
def test_a_strided_gradient_of_float32_or_integers_gives_what_its_copy_gives(name):
    for grad in (np.arange(10.0)[::2], np.arange(5, dtype=np.float32), np.arange(5)):
        param, _, state = operands(name, list(map(np.copy, np.ones((4, 5)))))
        assert_steps_as_apart(name, param, grad, state)


def test_the_count_of_adam_may_be_any_integer():
    param, grad, state = operands("adam", np.ones((4, 5)))
    expected, _ = reference.adam(param, grad, state, learning_rate=0.5)
    for count in (3, np.int32(3), np.array(3, np.uint8)):
        after, memory = reference.adam(param, grad, state | {"step": count}, learning_rate=0.5)
        np.testing.assert_array_equal(after, expected)
        np.testing.assert_array_equal(memory["step"], np.array(4), strict=True)


def test_a_count_of_adam_that_lies_in_another_array_is_refused():
    param, grad, state = operands("adam", list(map(np.copy, np.zeros((4, 5)))))
    state["step"] = state["exp_avg"].view(np.int64)[:1].reshape(())
    with pytest.raises(ValueError, match=r"^out: got arrays that share memory"):
        step("adam", param, grad, state)


@each_name
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(), (0,), (7,), (2, 3)])
def test_a_step_without_out_gives_new_arrays_and_leaves_the_arguments(name, dtype, shape):
    numbers = np.random.default_rng(0).random((4, *shape)).astype(dtype)
    param, grad, state = operands(name, [np.array(row) for row in numbers])
    given = [array.copy() for array in (param, grad, *state.values())]
    after = getattr(reference, name)(param, grad, state, learning_rate=0.5)
    for array, before in zip((param, grad, *state.values()), given, strict=True):
        np.testing.assert_array_equal(array, before, strict=True)
        assert not any(np.shares_memory(array, new) for new in (after[0], *after[1].values()))
    expected = step(name, param, grad, state)
    assert list(after[1]) == list(state)
    np.testing.assert_array_equal(after[0], expected[0], strict=True)
    for key, array in expected[1].items():
        np.testing.assert_array_equal(after[1][key], array, strict=True)


@each_name
def test_the_first_step_is_one_from_a_state_of_zeros(name):
    param, grad, state = operands(name, list(np.random.default_rng(0).random((4, 5))))
    first = getattr(reference, name)(param, grad, learning_rate=0.5)
    zeros = {key: np.zeros_like(array) for key, array in state.items()}
    second = getattr(reference, name)(param, grad, zeros, learning_rate=0.5)
    assert list(first[1]) == list(state)
    for key, array in (first[1] | {"param": first[0]}).items():
        np.testing.assert_array_equal(array, (second[1] | {"param": second[0]})[key], strict=True)


@each_name
def test_an_out_without_a_state_is_refused_on_the_first_step(name):
    param, grad, _ = operands(name, list(np.ones((4, 5))))
    with pytest.raises(TypeError, match=r"^out\[1\]: got NoneType"):
        step(name, param, grad, None)
