"""What an exercise forbids, found in a file by parsing it, before anything of it runs.

An import is forbidden by the name of its library; a call by its full name, `numpy.tanh` or `eval`.
Names are followed through `import ... as`, `from ... import`, plain assignments and `getattr` with
a text. Who hides a call better than that is seen by a person, not here.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from grader.course.exercise import Exercise
from grader.submission import Source


@dataclass(frozen=True, order=True)
class Violation:
    """Where a file does what is forbidden, lines and columns counted from 1, and what it is."""

    line: int
    column: int
    what: str

    def in_words(self, file: str) -> str:
        """Return what a student is told."""
        place = f"{file}, line {self.line}, column {self.column}"
        return f"{place}: {self.what} is not allowed in this exercise"


def violation(exercise: Exercise, source: Source) -> Violation | None:
    """Return the first violation, None where there is none."""
    imports, calls = exercise.forbidden_imports, exercise.forbidden_calls
    words = (*imports, *(call.rpartition(".")[2] for call in calls))
    named = any(word.encode() in source.content for word in words)
    if source.content.isascii() and not named:  # beyond ASCII, Python reads other letters as these
        return None
    if source.tree is None:
        return None
    found = sorted([*_imports(source.tree, imports), *_calls(source.tree, calls)])
    return _by_characters(found[0], source) if found else None


def imported_names(node: ast.AST) -> list[str]:
    """Return the modules that a statement imports by absolute name."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module]
    return []


def _imports(tree: ast.Module, forbidden: tuple[str, ...]) -> Iterator[Violation]:
    for node in ast.walk(tree):
        for name in imported_names(node):
            if name.partition(".")[0] in forbidden:
                yield _violation(node, f"importing {name}")


def _calls(tree: ast.Module, forbidden: tuple[str, ...]) -> Iterator[Violation]:
    """Yield every place that names a forbidden function, called there or handed on."""
    if not forbidden:
        return
    known = dict(_bindings(tree))
    for node in ast.walk(tree):
        name = _full_name(node, known)
        if name in forbidden:
            yield _violation(node, f"using {name}")
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                if f"{node.module}.{alias.name}" in forbidden:
                    yield _violation(node, f"using {node.module}.{alias.name}")


def _bindings(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the names that stand for a module or for something in it."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    top = alias.name.partition(".")[0]
                    yield (alias.asname, alias.name) if alias.asname else (top, top)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                yield from ((a.asname or a.name, f"{module}.{a.name}") for a in names)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=other)):
                yield name, other


def _full_name(node: ast.AST, known: dict[str, str]) -> str:
    """Return the full name of what an expression means, "" where that is not plain to see."""
    parts: list[str] = []
    while True:
        match node:
            case ast.Attribute(value=inner, attr=attribute):
                node, parts = inner, [attribute, *parts]
            case ast.Call(
                func=ast.Name(id="getattr"), args=[inner, ast.Constant(value=str(attribute)), *_]
            ):
                node, parts = inner, [attribute, *parts]
            case ast.Name(id=name, ctx=ast.Load()):
                seen = set[str]()
                while name in known and name not in seen:
                    seen.add(name)
                    name = known[name]
                return ".".join([name, *parts])
            case _:
                return ""


def _violation(node: ast.AST, what: str) -> Violation:
    return Violation(getattr(node, "lineno", 0), getattr(node, "col_offset", 0), what)


def _by_characters(found: Violation, source: Source) -> Violation:
    """Return the violation with its column in characters from 1; Python counts bytes from 0."""
    lines = source.content.splitlines()
    before = lines[found.line - 1][: found.column] if found.line <= len(lines) else b""
    return Violation(found.line, len(before.decode(errors="replace")) + 1, found.what)
