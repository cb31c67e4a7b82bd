"""The harness of a kernel: launches it in the simulator, and tells what came of it.

A case gives `grid`, `block`, perhaps `shared_bytes`, and the kernel's arguments by name. What comes
back is a tree:

    {"outputs": {argument: the array that the launch filled}, none where the launch was stopped,
     "findings": [{"kind", "array", "line", "text", "source": that line of the file}],
     "measures": {name: number, or {line: number}}}

The simulator runs in the process of the kernel, beside a student's code: who calls `launch` hands
it in, since here and in the child it has two names.
"""

import builtins
import linecache
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from types import CodeType
from typing import Any

CONFIGURATION = ("grid", "block", "shared_bytes")
OF_ITS_OWN = "own"  # in place of the name of an array that is no argument
RAISED = re.compile(r"(thread .*?): ([A-Za-z_]\w*): ?(.*)", re.DOTALL)

Harness = Callable[[Callable[..., Any], Mapping[str, Any]], Any]


def harness(
    launch: Callable[..., Any], arguments: Sequence[str], outputs: Sequence[str]
) -> Harness:
    """Return what launches a kernel with the inputs of a case."""

    def run(entry: Callable[..., Any], inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the launch filled, what was found in it, and what it cost."""
        code = _code_of(entry, len(arguments))
        values = [inputs[name] for name in arguments]
        shared_bytes = inputs.get("shared_bytes", 0)
        report = launch(entry, inputs["grid"], inputs["block"], values, shared_bytes=shared_bytes)
        _raise_what_was_raised(report.findings)
        known = dict(zip(code.co_varnames, arguments, strict=False))
        return {
            "outputs": {name: inputs[name] for name in outputs} if report.is_complete else {},
            "findings": [_told(finding, known, code.co_filename) for finding in report.findings],
            "measures": _by_text(asdict(report.measures)) if report.measures else {},
        }

    return run


def expected(outputs: Sequence[str], bounds: Mapping[str, float]) -> Harness:
    """Return what asks an oracle for the arrays that a launch has to fill, at the cost allowed."""

    def run(entry: Callable[..., Any], inputs: Mapping[str, Any]) -> dict[str, Any]:
        told = {name: value for name, value in inputs.items() if name != "shared_bytes"}
        answer = entry(**told)
        filled = dict(answer) if isinstance(answer, Mapping) else {outputs[0]: answer}
        return {"outputs": filled, "findings": [], "measures": dict(bounds)}

    return run


def filled(answer: Any) -> Any:
    """Return what was filled: the array where there is one, a dict of several; else the answer."""
    match answer:
        case {"outputs": dict(outputs), "findings": list(), "measures": dict()}:
            return next(iter(outputs.values())) if len(outputs) == 1 else outputs
    return answer


def _code_of(entry: Any, arguments: int) -> CodeType:
    """Return the code of a kernel. Raises TypeError for what is none, or takes other arguments."""
    name = getattr(entry, "__name__", "it")
    if not hasattr(entry, "py_func"):
        raise TypeError(f"{name} is a function of the host: write @cuda.jit above it")
    code: CodeType = entry.py_func.__code__
    if code.co_argcount != arguments:
        raise TypeError(f"{name} takes {code.co_argcount} arguments, it is given {arguments}")
    return code


def _told(finding: Any, known: Mapping[str, str], file: str) -> dict[str, Any]:
    """Return a finding as a tree: an array by the exercise's name, whatever a student calls it."""
    array = known.get(finding.array, OF_ITS_OWN) if finding.array else ""
    source = linecache.getline(file, finding.line).strip() if finding.line else ""
    kind, line, text = finding.kind, finding.line, finding.text
    return {"kind": kind, "array": array, "line": line, "text": text, "source": source}


def _by_text(measures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the measures with lines as texts, which are the keys that cross the border."""
    return {
        name: {str(line): number for line, number in value.items()}
        if isinstance(value, Mapping)
        else value
        for name, value in measures.items()
    }


def _raise_what_was_raised(findings: Sequence[Any]) -> None:
    """Raise a kernel's exception again, so that NotImplementedError says what it always says."""
    for finding in findings:
        match = RAISED.fullmatch(finding.text) if finding.kind == "raised" else None
        if match:
            thread, name, text = match.groups()
            where = f"line {finding.line}, {thread}" if finding.line else thread
            raise _exception(name)(f"{text} ({where})")


def _exception(name: str) -> type[Exception]:
    """Return the exception of this name where Python has it."""
    kind = getattr(builtins, name, None)
    return kind if isinstance(kind, type) and issubclass(kind, Exception) else RuntimeError
