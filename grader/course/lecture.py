"""Hand-worked cases: the numbers as the lectures print them, and how the oracle is held to them.

A printed decimal agrees with x when |x - printed| <= half a unit of its last place, in exact
decimal arithmetic, bound included (3.25 is printed 3.3); a float stands for its shortest decimal.
`truncated: true` marks decimals that the lecture cut instead. A printed integer is exact. An
erratum is a wrong printed number: the oracle must give what is exact there and must not give what
was printed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from grader.course.exercise import Exercise
from grader.course.names import did_you_mean
from grader.course.places import Document, Location
from grader.errors import CourseError

ANSWER_KEYS = ("printed", "printed_at", "derived", "truncated", "errata")
KEYS = ("id", "source", "inputs", *ANSWER_KEYS, "convention", "note")
AS_TEXT = ("printed", "exact", "value")
Index = tuple[int, ...]
LETTER = re.compile("[A-Z]")  # a choice, in a sheet of answers


@dataclass(frozen=True)
class Erratum:
    """A number that a lecture prints wrongly: where, what it prints, what is right, and why."""

    at: Index
    printed: str
    exact: str
    why: str


@dataclass(frozen=True)
class HandWorked:
    """One case of lecture.yaml. `printed` maps an index of the answer to the text as typed."""

    id: str
    source: str
    inputs: dict[str, Any]
    printed_places: tuple[tuple[Index, str], ...]
    whole: bool
    truncated: bool
    errata: tuple[Erratum, ...]
    place: str
    derived: bool = False


def hand_worked(exercise: Exercise) -> tuple[HandWorked, ...]:
    """Return the cases of the exercise's lecture.yaml. Raises CourseError with the place."""
    document = Document(exercise.folder / "lecture.yaml", _stays_text)
    if document.data is None:
        return ()
    if not isinstance(document.data, list):
        raise CourseError(document.fault((), "expected a list of cases"))
    return tuple(_case(document, n, fields) for n, fields in enumerate(document.data))


def _stays_text(location: Location) -> bool:
    """A printed number does; an input may have any name, `value` too."""
    return location[-1] in AS_TEXT and "inputs" not in location


def _case(document: Document, number: int, fields: Any) -> HandWorked:
    here = (number,)
    if not isinstance(fields, dict):
        raise CourseError(document.fault(here, "expected a case: id, source, inputs, printed"))
    for key in fields:
        if key not in KEYS:
            hint = did_you_mean(str(key), KEYS)
            raise CourseError(document.fault((*here, key), f"unknown key {key!r}{hint}"))
    for key in ("id", "source", "inputs"):
        if key not in fields:
            raise CourseError(document.fault(here, f"the key {key!r} is missing"))
    if ("printed" in fields) == ("printed_at" in fields):
        raise CourseError(document.fault(here, "expected either `printed` or `printed_at`"))
    try:
        return HandWorked(
            id=str(fields["id"]),
            source=str(fields["source"]),
            inputs={name: _value(value) for name, value in fields["inputs"].items()},
            printed_places=tuple(_printed(fields)),
            whole="printed" in fields,
            derived=bool(fields.get("derived", False)),
            truncated=bool(fields.get("truncated", False)),
            errata=tuple(_erratum(erratum) for erratum in fields.get("errata", ())),
            place=f"{document.path.name}:{document.line(here)}",
        )
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise CourseError(document.fault(here, f"this case cannot be read: {error!r}")) from None


def _value(typed: Any) -> Any:
    """Return an input: {values, shape, dtype} is an array, anything else is itself."""
    if isinstance(typed, dict) and "values" in typed:
        array = np.array(typed["values"], dtype=typed.get("dtype", "float64"))
        return array.reshape(typed["shape"]) if "shape" in typed else array
    if isinstance(typed, dict):
        return {key: _value(value) for key, value in typed.items()}
    return [_value(item) for item in typed] if isinstance(typed, list) else typed


def _printed(fields: dict[str, Any]) -> Iterator[tuple[Index, str]]:
    if "printed_at" in fields:
        for entry in fields["printed_at"]:
            yield tuple(entry["at"]), _number(entry["value"])
    else:
        yield from _leaves(fields["printed"], ())


def _leaves(printed: Any, index: Index) -> Iterator[tuple[Index, str]]:
    if isinstance(printed, list):
        for position, item in enumerate(printed):
            yield from _leaves(item, (*index, position))
    else:
        yield index, _number(printed)


def _number(text: str) -> str:
    if not LETTER.fullmatch(text):
        Decimal(text)  # a text that is no number raises
    return text


def _erratum(fields: dict[str, Any]) -> Erratum:
    at = tuple(int(i) for i in fields["at"])
    return Erratum(at, _number(fields["printed"]), _number(fields["exact"]), str(fields["why"]))


def disagreements(worked: HandWorked, answer: Any) -> list[str]:
    """Return where the oracle's answer and the lecture disagree; errata are held as they say."""
    choices = [answer] if isinstance(answer, str) else answer
    letters = [text for _, text in worked.printed_places]
    if isinstance(choices, list) and letters and all(map(LETTER.fullmatch, letters)):
        return [] if letters == choices else [f"printed {letters}, the oracle says {choices}"]
    try:
        values = np.asarray(answer, dtype=object if _is_integral(answer) else None)
    except ValueError:  # rows of different lengths
        values = np.array(None)
    if values.dtype.kind not in "biuf" and not _is_integral(answer):
        return [f"the oracle's answer {answer!r:.60} is no table of numbers"]
    offset = _offset(worked, values)
    if offset is None:
        return [f"printed is a table of another shape than the oracle's answer {values.shape}"]
    wrong = {erratum.at: erratum.printed for erratum in worked.errata}
    found = []
    for index, printed in worked.printed_places:
        place = (*offset, *index)
        if wrong.get(place) != printed:
            found += _compared(values, place, printed, worked.truncated)
    for erratum in worked.errata:
        found += _compared(values, erratum.at, erratum.exact, truncated=False)
        if not _compared(values, erratum.at, erratum.printed, worked.truncated):
            found.append(
                f"at {list(erratum.at)}: {erratum.printed} is no erratum, the oracle agrees"
            )
    return found


def _offset(worked: HandWorked, values: np.ndarray) -> Index | None:
    """Return the indices of the leading axes that the lecture leaves out, or None: no match."""
    if not worked.whole:
        return ()
    depth = len(worked.printed_places[0][0]) if worked.printed_places else 0
    left_out = values.ndim - depth
    if left_out < 0 or any(size != 1 for size in values.shape[:left_out]):
        return None
    places = {(*(0,) * left_out, *index) for index, _ in worked.printed_places}
    return (0,) * left_out if places == set(np.ndindex(values.shape)) else None


def _compared(values: np.ndarray, place: Index, printed: str, truncated: bool) -> list[str]:
    try:
        value = values[place]
    except IndexError:
        value = None
    if value is None or np.ndim(value):
        return [f"at {list(place)}: the oracle's answer has the shape {values.shape}"]
    if agrees(value, printed, truncated):
        return []
    return [f"at {list(place)}: printed {printed}, the oracle gives {value}"]


def agrees(value: Any, printed: str, truncated: bool = False) -> bool:
    """Return whether a number agrees with a printed one, by the rule above."""
    claim = Decimal(printed)
    number = Decimal(int(value)) if isinstance(value, int | np.integer) else Decimal(str(value))
    if not number.is_finite():
        return False
    if not isinstance(claim.as_tuple().exponent, int) or (
        claim == claim.to_integral_value() and "." not in printed
    ):
        return number == claim
    unit = Decimal(1).scaleb(int(claim.as_tuple().exponent))
    if truncated:
        return abs(claim) <= abs(number) < abs(claim) + unit and number * claim >= 0
    return abs(number - claim) <= unit / 2


def _is_integral(answer: Any) -> bool:
    return isinstance(answer, int) or (
        isinstance(answer, list) and bool(answer) and all(isinstance(a, int) for a in answer)
    )
