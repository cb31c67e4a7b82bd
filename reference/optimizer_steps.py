"""Steps of an optimizer: what every optimizer reads, and the arrays that it fills, maybe in place.

A state is a dict of arrays. The one called "step", which stands first, counts the steps, an int64
array of shape (); every other array has the shape and the dtype of param.
"""

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.arguments import (
    DOUBLE,
    SINGLE,
    FloatArray,
    are_ready,
    check_shape,
    is_ready,
    read_array,
    read_floats,
    read_integer,
)
from reference.outputs import check_apart, choose_draft, read_output

State = Mapping[str, ArrayLike]
Step = tuple[FloatArray, dict[str, NDArray[Any]]]
COUNT, LABEL = "step", np.dtype(np.int64)


def read_inputs(
    param: ArrayLike, grad: ArrayLike, state: State | None, keys: tuple[str, ...], backend: str
) -> tuple[FloatArray, ...]:
    """Return param, grad and the state's arrays in the order of the keys, without its count.

    All have one shape and one dtype. Before the first step, when state is None, the state is zero.
    """
    entries = {} if state is None else _read_entries("state", state, keys)
    named = {"param": param, "grad": grad}
    named |= {f"state['{key}']": entries[key] for key in _floats(keys) if entries}
    arrays = read_floats(backend, **named)
    for name, array in zip(named, arrays, strict=True):
        check_shape(name, array, arrays[0].shape, "param")
    missing = 2 + len(_floats(keys)) - len(arrays)
    return arrays + tuple(np.zeros_like(arrays[0]) for _ in range(missing))


def read_count(state: State | None, keys: tuple[str, ...]) -> int:
    """Return how many steps the state has seen; none when it is None."""
    if state is None:
        return 0
    is_usual = type(state) is dict and tuple(state) == keys
    entries = state if is_usual else _read_entries("state", state, keys)
    value: Any = entries[COUNT]
    name = "state['step']"
    count = value if is_ready(value, LABEL) else read_array(name, value)
    if count.shape != ():
        raise ValueError(f"{name}: got shape {count.shape}, expected (), one integer")
    return read_integer(name, count.item(), 0)


def read_outputs(out: Step | None, param: FloatArray, keys: tuple[str, ...]) -> Step:
    """Return the arrays to fill: out if it is given and fits, else new ones."""
    likes: dict[str, Any] = {key: np.empty((), np.int64) if key == COUNT else param for key in keys}
    if out is None:
        return np.empty_like(param), {key: np.empty_like(like) for key, like in likes.items()}
    if not isinstance(out, tuple) or len(out) != 2:
        raise TypeError(f"out: got {type(out).__name__}, expected (param, {_describe(keys)})")
    entries = _read_entries("out[1]", out[1], keys)
    first = read_output("out[0]", out[0], param)
    others = {key: read_output(f"out[1]['{key}']", entries[key], likes[key]) for key in keys}
    check_apart("out", (first, *others.values()))
    return out if first is out[0] else (first, others)


def take_step(
    kernel: Callable[..., object],
    numbers: tuple[float, ...],
    param: Any,
    grad: Any,
    state: State | None,
    out: Step | None,
    keys: tuple[str, ...],
    backend: str,
) -> Step:
    """Return param and the state after kernel(param, *state, grad, *numbers) has stepped them."""
    ready = _find_ready(param, grad, state, keys)
    if ready is not None and out is None:
        ready = [*(array.copy() for array in ready[:-1]), grad]
        out = ready[0], dict(zip(keys, ready[1:-1], strict=True))
    elif ready is not None and not _are_stepped_in_place(ready, state, out):
        ready = None
    if ready is not None and out is not None:
        if COUNT in keys:
            del ready[1]
        kernel(*(ready if param.ndim == 1 else [array.reshape(-1) for array in ready]), *numbers)
        return out
    return _step_whatever_comes(kernel, numbers, param, grad, state, out, keys, backend)


def _step_whatever_comes(
    kernel: Callable[..., object],
    numbers: tuple[float, ...],
    param: ArrayLike,
    grad: ArrayLike,
    state: State | None,
    out: Step | None,
    keys: tuple[str, ...],
    backend: str,
) -> Step:
    inputs = read_inputs(param, grad, state, keys, backend)
    outputs = read_outputs(out, inputs[0], keys)
    arrays = (outputs[0], *(outputs[1][key] for key in _floats(keys)))
    starts = (inputs[0], *inputs[2:])
    # What is to be written where it would overwrite an input too early is written elsewhere first.
    drafts = [
        choose_draft(array, start, inputs) for array, start in zip(arrays, starts, strict=True)
    ]
    kernel(*(array.reshape(-1) for array in (*drafts, inputs[1])), *numbers)
    for array, draft in zip(arrays, drafts, strict=True):
        if draft is not array:
            np.copyto(array, draft)
    return outputs


def _find_ready(
    param: Any, grad: Any, state: Any, keys: tuple[str, ...]
) -> list[NDArray[Any]] | None:
    """Return param, the arrays of the state and grad if they are what a kernel takes, else None.

    In a training loop they are, and then nothing else need be asked of them.
    """
    if type(param) is not np.ndarray:
        return None
    dtype, shape = param.dtype, param.shape
    if dtype is not SINGLE and dtype is not DOUBLE:
        return None
    if state is None:
        zeros = {COUNT: np.zeros((), LABEL)} if COUNT in keys else {}
        state = zeros | {key: np.zeros(shape, dtype) for key in _floats(keys)}
    elif type(state) is not dict or tuple(state) != keys:
        return None
    held = arrays = [param, *state.values(), grad]
    if COUNT in keys:
        arrays = [param, *held[2:]]
        if not is_ready(held[1], LABEL) or held[1].shape != ():
            return None
    return held if are_ready(arrays, dtype, shape) else None


def _are_stepped_in_place(ready: list[NDArray[Any]], state: Any, out: Any) -> bool:
    """Return whether out says that what is ready is to be stepped where it lies, and it can be.

    It can where no two of the arrays share memory; those that own theirs do not. To ask NumPy about
    each pair takes as long as everything else that is asked of a step.
    """
    if type(out) is not tuple or len(out) != 2 or out[0] is not ready[0] or out[1] is not state:
        return False
    if state is None:
        return False
    for array in ready:
        if not array.flags.owndata:
            pairs = combinations(ready, 2)
            return not any(np.may_share_memory(one, other) for one, other in pairs)
    return len(set(map(id, ready))) == len(ready)


def _floats(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if key != COUNT)


def _read_entries(name: str, state: object, keys: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(state, Mapping):
        raise TypeError(f"{name}: got {type(state).__name__}, expected {_describe(keys)}")
    if set(state) != set(keys):
        raise ValueError(f"{name}: got the keys {list(state)}, expected {_describe(keys)}")
    return {key: state[key] for key in keys}


def _describe(keys: tuple[str, ...]) -> str:
    return "{" + ", ".join(f"'{key}': array" for key in keys) + "}"
