"""A sheet of answers, which a student hands in as YAML: read beside the submission, as code is.

    "1": B               one of the question's choices
    c3: 14448            a number
    c9: [A, D]           several choices

An answer that is left empty is not written yet. Any other mistake of form is a ValueError that
names the line.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")

Answer = str | list[str] | int | float
Question = Mapping[str, Any]  # {"choices": letters, none for a number, "several": whether a list}


def read(content: bytes, questions: Mapping[str, Question]) -> Callable[[str], Answer]:
    """Return a function from a question to its answer. Raises ValueError for a malformed sheet."""
    nodes = _answers(content)
    for key, node in nodes.items():
        if key not in questions:
            known = ", ".join(questions)
            raise ValueError(f"line {_line(node)}: there is no question {key!r}; there are {known}")
    given = {k: _answer(k, node, questions[k]) for k, node in nodes.items() if not _is_empty(node)}

    def answer(question: str) -> Answer:
        if question not in given:
            raise NotImplementedError
        return given[question]

    return answer


def _answers(content: bytes) -> dict[str, Any]:
    """Return the YAML nodes of the answers: texts as written, with their lines."""
    import yaml

    try:
        sheet = yaml.compose(content, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise ValueError(f"{where}this is not YAML ({getattr(error, 'problem', error)})") from None
    if not isinstance(sheet, yaml.MappingNode):
        raise ValueError("expected a line `question: answer` for each question")
    nodes: dict[str, Any] = {}
    for key, node in sheet.value:
        if key.value in nodes:
            raise ValueError(f"line {_line(node)}: question {key.value!r} is answered twice")
        nodes[str(key.value)] = node
    return nodes


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1


def _is_empty(node: Any) -> bool:
    return not node.value or str(node.value) in ("~", "null")


def _answer(key: str, node: Any, question: Question) -> Answer:
    """Return one answer in the form that its question asks for."""
    if question["several"]:
        letters = node.value if isinstance(node.value, list) else [node]
        chosen = {_choice(key, letter, question["choices"]) for letter in letters}
        return sorted(chosen)
    if question["choices"]:
        return _choice(key, node, question["choices"])
    text = node.value
    if not isinstance(text, str) or not NUMBER.fullmatch(text.strip()) or len(text) > 40:
        raise ValueError(f"line {_line(node)}: {key}: expected a number, got {_shown(node)}")
    return int(text) if text.strip().lstrip("+-").isdigit() else float(text)


def _choice(key: str, node: Any, choices: list[str]) -> str:
    if isinstance(node.value, str) and node.value.strip().upper() in choices:
        return node.value.strip().upper()
    expected = f"one of {', '.join(choices)}"
    raise ValueError(f"line {_line(node)}: {key}: expected {expected}, got {_shown(node)}")


def _shown(node: Any) -> str:
    return repr(node.value[:40]) if isinstance(node.value, str) else "a list or a table"
