"""YAML with the place of every value, so that a complaint can point at it.

Scalars at and below the places that `as_text` picks stay the text that was typed: 0.0900 and 0.09
are different claims.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from grader.course.names import shown
from grader.errors import CourseError

Location = tuple[str | int, ...]


class Document:
    """One YAML file: its data, and where each part of it stands."""

    def __init__(self, path: Path, as_text: Callable[[Location], bool] = lambda _: False) -> None:
        self.path = path
        try:
            self.lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CourseError(f"{shown(path)} cannot be read: {error}") from None
        self._marks: dict[Location, yaml.Mark] = {}
        self._faults: list[str] = []
        self._as_text = as_text
        self._own_keys: dict[int, set[int]] = {}  # of each mapping, those that are not merged in
        try:
            self._loader = yaml.SafeLoader("\n".join(self.lines))
            node = self._loader.get_single_node()
            self.data = self._build(node, (), text=False) if node else None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or yaml.Mark("", 0, 0, 0, None, 0)
            raise CourseError(self._pointed(mark, str(error.problem))) from None
        except yaml.YAMLError as error:
            raise CourseError(f"{shown(path)}: {error}") from None
        if self._faults:
            raise CourseError("\n".join(dict.fromkeys(self._faults)))

    def _build(self, node: yaml.Node, location: Location, text: bool) -> Any:
        self._marks.setdefault(location, node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            return node.value if text else self._scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return [self._build(n, (*location, i), text) for i, n in enumerate(node.value)]
        assert isinstance(node, yaml.MappingNode)
        own = self._own_keys.setdefault(id(node), {id(key) for key, _ in node.value})
        self._loader.flatten_mapping(node)  # merges: <<: *name
        built: dict[Any, Any] = {}
        typed = set()
        for key_node, value_node in node.value:
            key = self._scalar(key_node)
            if key in typed:
                fault = self._pointed(key_node.start_mark, f"{key!r} stands here twice")
                self._faults.append(fault)
            if id(key_node) in own:
                typed.add(key)
            self._marks[*location, key] = key_node.start_mark
            within = text or self._as_text((*location, key))
            built[key] = self._build(value_node, (*location, key), within)
        return built

    def _scalar(self, node: yaml.Node) -> Any:
        """Return the value of a key or a leaf, such as a number or a date."""
        if not isinstance(node, yaml.ScalarNode):
            raise CourseError(self._pointed(node.start_mark, "a key is one word or number"))
        try:
            return self._loader.construct_object(node)
        except ValueError as error:  # 2025-02-30
            raise CourseError(self._pointed(node.start_mark, str(error))) from None

    def fault(self, location: Location, message: str) -> str:
        """Return the complaint with file, line, column and the line itself, pointed at."""
        return self._pointed(self._mark(location), message)

    def line(self, location: Location) -> int:
        """Return the line number at which this part of the document stands."""
        return self._mark(location).line + 1

    def _mark(self, location: Location) -> yaml.Mark:
        while location and location not in self._marks:
            location = location[:-1]
        return self._marks.get(location, yaml.Mark("", 0, 0, 0, None, 0))

    def _pointed(self, mark: yaml.Mark, message: str) -> str:
        place = f"{shown(self.path)}:{mark.line + 1}:{mark.column + 1}"
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        return f"{place}: {message}\n    {line}\n    {' ' * mark.column}^"
