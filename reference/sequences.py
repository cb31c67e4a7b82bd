"""Sequences: a recurrent cell carried from step to step."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.arguments import FloatArray, check_shape, read_floats

Arrays = Sequence[ArrayLike]
Doubles = NDArray[np.float64]


def bidirectional(
    cell: Callable[..., Any],
    x: ArrayLike,
    forward: Arrays,
    backward: Arrays,
    *,
    initial_forward: Arrays | None = None,
    initial_backward: Arrays | None = None,
    **options: Any,
) -> FloatArray:
    """Return the hidden states of two passes over a sequence, concatenated step by step.

    f[t] = cell(x[t], f[t-1], forward)      from the first step to the last
    b[t] = cell(x[t], b[t+1], backward)     from the last step to the first
    result[t] = [f[t], b[t]]

    Arguments:
        cell: rnn_cell, lstm_cell, gru_cell or a function with the parameters and results of one of
            them: its parameters between x and weight_ih are its states.
        x: the sequence, shape (T, N, I), or (T, I) for one sample; T is at least 1.
        forward, backward: the weights of each pass, (weight_ih, weight_hh) or (weight_ih,
            weight_hh, bias_ih, bias_hh), in the shapes that the cell asks for.
        initial_forward, initial_backward: the states before the first step of each pass: (h,), or
            (h, c) for lstm_cell, each of shape (N, H), or (H,) for one sample; None for zeros.
        options: passed on to the cell: activation, form, backend.

    Result: shape (T, N, 2*H), or (T, 2*H) for one sample: h of the forward pass, then h of the
    backward pass; float32 when all arrays are float32, else float64.

    Conventions: at each step, both passes have read x[t]. The last states of the passes are
    result[-1, ..., :H] and result[0, ..., H:]. Also for float32 the states are carried in float64,
    so that a long sequence is rounded once. This is one layer; the next takes the result as its x.

    Raises ValueError for shapes that do not fit, and for what the cell refuses; TypeError for other
    dtypes or a cell without the parameters of one.

    Source: the lecture on recurrent networks, case proto-recurrent (bidirectional: two passes,
    outputs concatenated); Schuster and Paliwal, "Bidirectional recurrent neural networks", 1997;
    torch.nn.RNN, LSTM and GRU with bidirectional=True.

    >>> from reference import rnn_cell
    >>> one = ([[1.0]], [[1.0]])  # h_next = relu(x + h): running sums
    >>> bidirectional(rnn_cell, [[1.0], [2.0], [4.0]], one, one, activation="relu")
    array([[1., 7.],
           [3., 6.],
           [7., 4.]])
    """
    states = _count_states(cell)
    named: dict[str, ArrayLike] = {"x": x}
    named |= _name_arrays("forward", forward, (2, 4))
    named |= _name_arrays("backward", backward, (2, 4))
    named |= _name_arrays("initial_forward", initial_forward, (states,))
    named |= _name_arrays("initial_backward", initial_backward, (states,))
    arrays = read_floats(**named)
    doubles = {name: array.astype(float) for name, array in zip(named, arrays, strict=True)}
    steps = doubles["x"]
    if steps.ndim not in (2, 3) or len(steps) == 0:
        raise ValueError(f"x: got shape {steps.shape}, expected (T, N, I) or (T, I), T at least 1")
    starts = [_read_start(name, states, doubles) for name in ("forward", "backward")]
    ahead = _run(cell, steps, *starts[0], options)
    back = _run(cell, steps[::-1], *starts[1], options)[::-1]
    dtype: np.dtype[Any] = arrays[0].dtype
    return np.concatenate((ahead, back), axis=-1).astype(dtype)


def _count_states(cell: object) -> int:
    parameters = list(inspect.signature(cell).parameters) if callable(cell) else []
    if "weight_ih" not in parameters[2:]:
        expected = "rnn_cell, lstm_cell, gru_cell or a function with the parameters of one"
        raise TypeError(f"cell: got {cell!r}, expected {expected}")
    return parameters.index("weight_ih") - 1


def _name_arrays(name: str, arrays: object, lengths: tuple[int, ...]) -> dict[str, ArrayLike]:
    """Return the arrays under the names that a message gives them; none of None."""
    if arrays is None and name.startswith("initial"):
        return {}
    expected = f"a tuple of {' or '.join(map(str, lengths))} arrays"
    if not isinstance(arrays, tuple | list):
        raise TypeError(f"{name}: got {type(arrays).__name__}, expected {expected}")
    if len(arrays) not in lengths:
        raise ValueError(f"{name}: got {len(arrays)} arrays, expected {expected}")
    return {f"{name}[{place}]": array for place, array in enumerate(arrays)}


def _read_start(
    name: str, states: int, arrays: dict[str, Doubles]
) -> tuple[list[Doubles], list[Doubles]]:
    """Return the weights of a pass and the states before its first step."""
    weights = [array for key, array in arrays.items() if key.startswith(f"{name}[")]
    initial = [array for key, array in arrays.items() if key.startswith(f"initial_{name}[")]
    if weights[1].ndim != 2:
        raise ValueError(f"{name}[1]: got shape {weights[1].shape}, expected (rows, H)")
    shape = (*arrays["x"].shape[1:-1], weights[1].shape[1])
    for place, state in enumerate(initial):
        check_shape(f"initial_{name}[{place}]", state, shape, "the state")
    return weights, initial or [np.zeros(shape)] * states


def _run(
    cell: Callable[..., Any],
    steps: Doubles,
    weights: list[Doubles],
    states: Sequence[Doubles],
    options: dict[str, Any],
) -> Doubles:
    """Return h after each step."""
    hidden = []
    for x in steps:
        result = cell(x, *states, *weights, **options)
        states = result if isinstance(result, tuple) else (result,)
        hidden.append(states[0])
    return np.stack(hidden)
