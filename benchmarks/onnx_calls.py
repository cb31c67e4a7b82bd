"""One operator of ONNX, run by ONNX Runtime as a peer."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

import reference
from benchmarks.rows import Call

OPSET = 17
IR_VERSION = 9


def onnx_call(
    operator: str,
    inputs: Mapping[str, NDArray[Any]],
    constants: Mapping[str, NDArray[Any]] | None = None,
    outputs: Sequence[type | np.dtype[Any]] | None = None,
    **attributes: Any,
) -> Call:
    """Return a function that runs one operator, its inputs in order, then its constants.

    Constants, weights for example, are part of the model: the session may lay them out as it
    likes. `outputs` are the dtypes of the results; None means one of the first input's dtype.
    """
    from onnx import helper, numpy_helper

    constants = constants or {}
    dtypes = outputs or [next(iter(inputs.values())).dtype]
    names = [f"result_{number}" for number in range(len(dtypes))]

    def kind(dtype: Any) -> int:
        return int(helper.np_dtype_to_tensor_dtype(np.dtype(dtype)))

    node = helper.make_node(operator, [*inputs, *constants], names, **attributes)
    graph = helper.make_graph(
        [node],
        operator,
        [helper.make_tensor_value_info(k, kind(v.dtype), v.shape) for k, v in inputs.items()],
        [
            helper.make_tensor_value_info(n, kind(d), None)
            for n, d in zip(names, dtypes, strict=True)
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = IR_VERSION
    session = _open_session(model.SerializeToString())
    feed = dict(inputs)
    if len(names) == 1:
        return lambda: session.run(None, feed)[0]
    return lambda: tuple(session.run(None, feed))


def _open_session(model: bytes) -> Any:
    import onnxruntime

    threads = reference.get_num_threads()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    spins = "1" if threads > 1 else "0"
    options.add_session_config_entry("session.intra_op.allow_spinning", spins)
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
