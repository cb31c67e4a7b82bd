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
    if ready is not None and (out is None or _is_in_place(out, param, grad, state)):
        if out is None:
            ready = [*(start.copy() for start in ready[:-1]), grad]
        kernel(*(ready if param.ndim == 1 else [array.reshape(-1) for array in ready]), *numbers)
        return out if out is not None else (ready[0], _name_entries(ready[1:-1], keys))
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
) -> list[FloatArray] | None:
    """Return param, the state's arrays without its count, and grad if they are what a kernel takes.

    In a training loop they are, and then nothing else need be asked of them.
    """
    if type(param) is not np.ndarray or (param.dtype is not SINGLE and param.dtype is not DOUBLE):
        return None
    if state is None:
        arrays = [param, *(np.zeros(param.shape, param.dtype) for _ in _floats(keys)), grad]
    elif type(state) is dict and tuple(state) == keys:
        arrays = [param, *state.values(), grad]
        if COUNT in state:
            del arrays[1]
    else:
        return None
    return arrays if are_ready(arrays, param.dtype, param.shape) else None


def _is_in_place(out: Any, param: FloatArray, grad: FloatArray, state: Any) -> bool:
    """Return whether out says that what is ready is to be stepped where it lies, and it can be."""
    if type(out) is not tuple or len(out) != 2 or out[0] is not param or out[1] is not state:
        return False
    if state is None:
        return False
    if COUNT in state and not (is_ready(state[COUNT], LABEL) and state[COUNT].shape == ()):
        return False
    return _lie_apart([param, grad, *state.values()])


def _name_entries(arrays: list[FloatArray], keys: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    """Return the arrays as a state, by their keys; a count is yet to be written."""
    if keys[:1] == (COUNT,):
        return dict(zip(keys, (np.empty((), LABEL), *arrays), strict=True))
    return dict(zip(keys, arrays, strict=True))


def _lie_apart(arrays: list[NDArray[Any]]) -> bool:
    """Return whether no two of the arrays share memory; those that own theirs do not.

    To ask NumPy about each pair takes as long as everything else that is asked of a step.
    """
    for array in arrays:
        if not array.flags.owndata:
            pairs = combinations(arrays, 2)
            return not any(np.may_share_memory(one, other) for one, other in pairs)
    return len(set(map(id, arrays))) == len(arrays)


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
