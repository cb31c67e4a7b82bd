"""Steps of an optimizer: what every optimizer reads, and the arrays that it fills, maybe in place.

A state is a dict of arrays. The one called "step" counts the steps, an int64 array of shape ();
every other array has the shape and the dtype of param.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.arguments import FloatArray, check_shape, read_array, read_floats, read_integer
from reference.outputs import check_apart, choose_draft, read_output

State = Mapping[str, ArrayLike]
Step = tuple[FloatArray, dict[str, NDArray[Any]]]
COUNT = "step"


def read_inputs(
    param: ArrayLike, grad: ArrayLike, state: State | None, keys: tuple[str, ...]
) -> tuple[FloatArray, ...]:
    """Return param, grad and the state's arrays in the order of the keys, without its count.

    All have one shape and one dtype. Before the first step, when state is None, the state is zero.
    """
    entries = {} if state is None else _read_entries("state", state, keys)
    named = {"param": param, "grad": grad}
    named |= {f"state['{key}']": entries[key] for key in _floats(keys) if entries}
    arrays = read_floats(**named)
    for name, array in zip(named, arrays, strict=True):
        check_shape(name, array, arrays[0].shape, "param")
    missing = 2 + len(_floats(keys)) - len(arrays)
    return arrays + tuple(np.zeros_like(arrays[0]) for _ in range(missing))


def read_count(state: State | None) -> int:
    """Return how many steps the state has seen; none when it is None."""
    if state is None:
        return 0
    count = read_array(f"state['{COUNT}']", state[COUNT])
    if count.shape != ():
        raise ValueError(f"state['{COUNT}']: got shape {count.shape}, expected (), one integer")
    return read_integer(f"state['{COUNT}']", count.item(), 0)


def read_outputs(out: Step | None, param: FloatArray, keys: tuple[str, ...]) -> Step:
    """Return the arrays to fill: out if it is given and fits, else new ones."""
    likes: dict[str, Any] = {key: np.empty((), np.int64) if key == COUNT else param for key in keys}
    if out is None:
        return np.empty_like(param), {key: np.empty_like(like) for key, like in likes.items()}
    if not isinstance(out, tuple) or len(out) != 2:
        raise TypeError(f"out: got {type(out).__name__}, expected (param, {_describe(keys)})")
    entries = _read_entries("out[1]", out[1], keys)
    read_output("out[0]", out[0], param)
    for key, like in likes.items():
        read_output(f"out[1]['{key}']", entries[key], like)
    check_apart("out", (out[0], *entries.values()))
    return out


def take_step(
    kernel: Callable[..., object],
    outputs: Step,
    inputs: tuple[FloatArray, ...],
    keys: tuple[str, ...],
    *numbers: float,
) -> Step:
    """Return the outputs after kernel(*outputs, *inputs, *numbers), all arrays with one axis.

    What is to be written where it would overwrite an input too early is written elsewhere first.
    """
    arrays = (outputs[0], *(outputs[1][key] for key in _floats(keys)))
    drafts = tuple(choose_draft(array, inputs) for array in arrays)
    kernel(*(array.reshape(-1) for array in drafts + inputs), *numbers)
    for array, draft in zip(arrays, drafts, strict=True):
        if draft is not array:
            np.copyto(array, draft)
    return outputs


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
