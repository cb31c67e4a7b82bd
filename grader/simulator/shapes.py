"""Whether the shape of a shared or local array is a constant, as Numba needs it.

A number in the source is one, a global or closed-over name of an integer too, and a tuple of such;
a local name that is assigned nothing but that. An expression with a name in it is computed, even
`TILE + 1`: Numba folds numbers alone.
"""

import ast
from collections.abc import Callable, Iterator
from typing import Any

Look = Callable[[ast.Name], Any]
_ADVICE = "the shape must be a number, or a name that is given one outside the function"


def shape_fault(
    shape: ast.expr, definition: ast.FunctionDef, local: set[str], look: Look
) -> str | None:
    """Return what is wrong with a shape, None where nothing is."""
    for part in shape.elts if isinstance(shape, ast.Tuple) else [shape]:
        if not _is_constant(part, definition, local, look):
            return f"`{ast.unparse(part)}` is not a constant; {_ADVICE}"
    return None


def _is_constant(part: ast.expr, definition: ast.FunctionDef, local: set[str], look: Look) -> bool:
    if not isinstance(part, ast.Name):
        return _has_numbers_alone(part)
    if part.id not in local:
        value = look(part)
        return isinstance(value, int) or (
            isinstance(value, tuple) and all(isinstance(v, int) for v in value)
        )
    given = list(_assigned(part.id, definition))
    return len(given) == 1 and (
        _has_numbers_alone(given[0])
        or shape_fault(given[0], definition, local - {part.id}, look) is None
    )


def _assigned(name: str, definition: ast.FunctionDef) -> Iterator[ast.expr]:
    """Yield what a local name is assigned; an argument, loop or update is no constant."""
    unknown = ast.Call(ast.Name(name), [], [])
    if name in {argument.arg for argument in ast.walk(definition) if isinstance(argument, ast.arg)}:
        yield unknown
    for node in ast.walk(definition):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield value
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value):
                if target == name:
                    yield value
            case ast.Name(id=target, ctx=ast.Store()) if target == name:
                if not _is_plain_target(node, definition):
                    yield unknown


def _is_plain_target(name: ast.Name, definition: ast.FunctionDef) -> bool:
    plain = (n for n in ast.walk(definition) if isinstance(n, ast.Assign | ast.AnnAssign))
    targets = [t for n in plain for t in (n.targets if isinstance(n, ast.Assign) else [n.target])]
    return any(target is name for target in targets)


def _has_numbers_alone(part: ast.expr) -> bool:
    allowed = (ast.Constant, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop)
    return all(isinstance(node, allowed) for node in ast.walk(part))
