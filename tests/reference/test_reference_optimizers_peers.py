"""The optimizers against those of PyTorch, over five steps, parameter and state."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from peers import assert_near

import reference
from reference import momentum, sgd

torch = pytest.importorskip("torch")

steadily = settings(deadline=None, derandomize=True, max_examples=60)
dtypes = st.sampled_from([np.float32, np.float64])
seeds = st.integers(0, 2**32 - 1)
rates = st.floats(0, 1)
eps = st.sampled_from([1e-10, 1e-8, 1e-3, 1.0])
decays = st.floats(0, 0.999)


class Peer:
    """A parameter that an optimizer of PyTorch steps."""

    def __init__(self, optimizer, param, **options):
        self.param = torch.nn.Parameter(torch.from_numpy(param.copy()))
        self.optimizer = getattr(torch.optim, optimizer)([self.param], **options)

    def step(self, grad):
        self.param.grad = torch.from_numpy(grad)
        self.optimizer.step()
        return self.param, self.optimizer.state[self.param]


def operands(dtype, seed):
    """Return a parameter and five gradients."""
    rng = np.random.default_rng(seed)
    return rng.standard_normal((2, 3)).astype(dtype), rng.standard_normal((5, 2, 3)).astype(dtype)


@pytest.mark.library("sgd")
@steadily
@given(dtypes, seeds, rates)
def test_sgd(dtype, seed, rate):
    param, grads = operands(dtype, seed)
    peer = Peer("SGD", param, lr=rate)
    for grad in grads:
        param, _ = sgd(param, grad, learning_rate=rate)
        assert_near("sgd", "PyTorch", param, peer.step(grad)[0], size=10)


@pytest.mark.library("momentum")
@steadily
@given(dtypes, seeds, st.floats(0, 0.99), st.floats(-1, 2), rates)
def test_momentum(dtype, seed, decay, dampening, rate):
    # PyTorch has no velocity without momentum, hence no dampening.
    options = {"momentum": decay, "dampening": 0.0 if decay == 0 else dampening}
    (param, grads), state = operands(dtype, seed), None
    peer = Peer("SGD", param, lr=rate, **options)
    for grad in grads:
        param, state = momentum(param, grad, state, learning_rate=rate, **options)
        expected, buffers = peer.step(grad)
        assert_near("momentum", "PyTorch", param, expected, size=10)
        if decay:
            assert_near(
                "momentum", "PyTorch", state["velocity"], buffers["momentum_buffer"], size=10
            )


PEERS = {
    "adagrad": ("Adagrad", {"eps": eps}),
    "adadelta": ("Adadelta", {"rho": decays, "eps": eps}),
    "rmsprop": ("RMSprop", {"alpha": decays, "eps": eps}),
    "adam": ("Adam", {"betas": st.tuples(decays, decays), "eps": eps}),
}
each_name = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.library(name)) for name in PEERS]
)


@each_name
@steadily
@given(dtype=dtypes, seed=seeds, rate=rates, data=st.data())
def test_adaptive_optimizers(name, dtype, seed, rate, data):
    other, options = PEERS[name]
    options = data.draw(st.fixed_dictionaries(options))
    (param, grads), state = operands(dtype, seed), None
    peer = Peer(other, param, lr=rate, **options)
    for grad in grads:
        param, state = getattr(reference, name)(param, grad, state, learning_rate=rate, **options)
        expected, buffers = peer.step(grad)
        assert_near(name, "PyTorch", param, expected, size=10)
        for key in state.keys() - {"step"}:
            assert_near(name, "PyTorch", state[key], buffers[key], size=10)


@each_name
def test_defaults_are_those_of_torch(name):
    (param, grads), state = operands(np.float64, 0), None
    peer = Peer(PEERS[name][0], param, lr=0.1)
    for grad in grads:
        param, state = getattr(reference, name)(param, grad, state, learning_rate=0.1)
        assert_near(name, "PyTorch", param, peer.step(grad)[0])
    assert float(state.get("step", 5)) == 5


@each_name
def test_special_gradients(name):
    grads = np.array([[np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0]])
    param = np.zeros(6)
    expected = Peer(PEERS[name][0], param, lr=0.5).step(grads[0])[0]
    actual, _ = getattr(reference, name)(param, grads[0], learning_rate=0.5)
    assert_near(name, "PyTorch", actual, expected)


@pytest.mark.library("adam", "rmsprop", "adagrad")
@steadily
@given(seed=seeds, rate=rates, small=eps)
def test_the_forms_of_the_ncu_lecture_as_compositions_of_torch(seed, rate, small):
    (param, grads), options = operands(np.float64, seed), {"learning_rate": rate, "eps": small}
    params, states = dict.fromkeys(PEERS, param), dict.fromkeys(PEERS)
    expected = {name: torch.tensor(param) for name in PEERS}
    m, v, s, total = (torch.zeros(2, 3, dtype=torch.float64) for _ in range(4))
    for grad in grads:
        g = torch.tensor(grad)
        m, v = m.lerp(g, 1 - 0.9), v.lerp(g.square(), 1 - 0.999)
        s, total = s.lerp(g.square(), 1 - 0.95), total.addcmul(g, g)
        for name, above, below in (("adam", m, v), ("rmsprop", g, s), ("adagrad", g, total)):
            own = {"adam": {"bias_correction": False}, "rmsprop": {"alpha": 0.95}}.get(name, {})
            params[name], states[name] = getattr(reference, name)(
                params[name], grad, states[name], eps_inside_sqrt=True, **options, **own
            )
            expected[name] = expected[name] - rate * above * torch.rsqrt(small + below)
            assert_near(name, "PyTorch", params[name], expected[name], size=40)
