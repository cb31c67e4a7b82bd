"""Submissions: which files a student handed in, and where in them an exercise is.

An exercise is found by its entry point, by parsing; nothing is run. It is in `<exercise>.py` if
there is one, else in the one file that defines the name at top level. A sheet of answers is the
file `<exercise>.yaml`.
"""

import ast
import difflib
import hashlib
import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from grader.course.exercise import Exercise


@dataclass(frozen=True)
class Source:
    """One Python file: its text and the names it defines at top level."""

    name: str
    content: bytes

    @cached_property
    def tree(self) -> ast.Module | None:
        """The parsed file, or None where it is not Python."""
        try:
            return ast.parse(self.content)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None

    @cached_property
    def defined(self) -> frozenset[str]:
        """The names bound at top level; of a file with a syntax error, what looks like them."""
        if self.tree is not None:
            return frozenset(_bound(self.tree.body))
        text = self.content.decode(errors="replace")
        return frozenset(re.findall(r"^(?:async\s+)?(?:def|class)\s+(\w+)", text, re.MULTILINE))

    def defines(self, name: str) -> bool:
        """Return whether the name is bound at top level; a plain `def` is seen without parsing."""
        plain = re.search(rb"^def[ \t]+" + name.encode() + rb"[ \t]*\(", self.content, re.MULTILINE)
        if plain is not None:
            quotes = (self.content.count(quote, 0, plain.start()) for quote in (b'"""', b"'''"))
            if all(count % 2 == 0 for count in quotes):  # it does not stand in a long text
                return True
        return name in self.defined


@dataclass(frozen=True)
class Found:
    """The file that holds an exercise."""

    file: str


@dataclass(frozen=True)
class NotFound:
    """Why no file holds the exercise. `claimed`: a file or a near name shows that it was meant."""

    reason: str
    claimed: bool = False
    file: str = field(default="", compare=False)  # that has the near name


@dataclass(frozen=True)
class Submission:
    """The files of one student. `support` are files that may be imported but are not graded."""

    name: str
    sources: tuple[Source, ...]
    sheets: Mapping[str, bytes] = field(default_factory=dict)  # YAML files
    support: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def files(self) -> dict[str, bytes]:
        """Every file that its code may need, by relative path."""
        return {
            **self.support,
            **self.sheets,
            **{source.name: source.content for source in self.sources},
        }

    @property
    def sha256(self) -> str:
        """One hash over all names and contents."""
        total = hashlib.sha256()
        for name, content in sorted(self.files.items()):
            total.update(f"{name}\0{len(content)}\0".encode(errors="surrogateescape") + content)
        return total.hexdigest()

    def find(self, exercise: Exercise, others: Collection[str] = ()) -> Found | NotFound:
        """Return where the exercise is; a name of `others`, its like, is no misspelling of it."""
        if exercise.kind == "sheet":
            return self._sheet(exercise)
        named = [s for s in self.sources if os.path.basename(s.name) == f"{exercise.name}.py"]
        defining = [s for s in named or self.sources if s.defines(exercise.entry_point)]
        if len(defining) == 1:
            return Found(defining[0].name)
        if defining or len(named) > 1:
            names = " and ".join(sorted(s.name for s in defining or named))
            return NotFound(f"{exercise.entry_point} is in two files: {names}; keep one", True)
        if named and named[0].tree is None:
            return Found(named[0].name)  # loading it will say what is wrong with it
        return self._nothing(exercise, named, others)

    def _sheet(self, exercise: Exercise) -> Found | NotFound:
        """Return where the answers are: a hand-in that is one sheet may have any name."""
        names = [
            n for n in self.sheets if os.path.splitext(os.path.basename(n))[0] == exercise.name
        ]
        if not names and len(self.sheets) == 1 and not self.sources:
            names = list(self.sheets)
        if len(names) == 1:
            return Found(names[0])
        if names:
            return NotFound(f"there are two sheets: {' and '.join(sorted(names))}; keep one", True)
        return NotFound(f"there is no file {exercise.name}.yaml")

    def _nothing(
        self, exercise: Exercise, named: list[Source], others: Collection[str]
    ) -> NotFound:
        entry = exercise.entry_point
        where = named[0].name if named else "no file"
        verb = "does not define" if named else "defines"
        near = _nearest(entry, named or list(self.sources), others)
        hint = f"; {near[1]} defines {near[0]}: is that it?" if near else ""
        unread = "".join(f"; {note}" for note in self.notes[:3])
        reason = f"{where} {verb} {entry}{hint}{unread}"
        return NotFound(reason, bool(named or near), near[1] if near else "")


def _nearest(name: str, sources: list[Source], others: Collection[str]) -> tuple[str, str] | None:
    """Return the defined name nearest to this one, and its file."""
    places = {
        defined: source.name
        for source in sources
        for defined in sorted(source.defined)
        if defined not in others
    }
    plain = {defined.lower().replace("_", ""): defined for defined in places}
    close = difflib.get_close_matches(name.lower().replace("_", ""), plain, n=1, cutoff=0.85)
    return (plain[close[0]], places[plain[close[0]]]) if close else None


def _bound(statements: list[ast.stmt]) -> Iterator[str]:
    """Yield the names that these statements bind, looking into if, try, with and loops.

    Without recursion: `elif` a thousand times is nested a thousand deep.
    """
    waiting: list[ast.AST] = list(reversed(statements))
    while waiting:
        match waiting.pop():
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=targets):
                yield from (name for target in targets for name in _stored(target))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
                yield name
            case ast.stmt() | ast.ExceptHandler() | ast.match_case() as compound:
                waiting += reversed(list(ast.iter_child_nodes(compound)))


def _stored(target: ast.expr) -> Iterator[str]:
    """Yield the names that an assignment binds: of `a, b[i] = ...` only a."""
    for node in ast.walk(target):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
