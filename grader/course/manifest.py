"""Validation of exercise.yaml and assignments.yaml: every mistake with its place.

Pydantic is loaded here and nowhere else; the student's path reads what was validated when the
answers were frozen.
"""

import dataclasses
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from grader.course.names import did_you_mean
from grader.course.places import Document
from grader.errors import CourseError

PATTERNS = {
    r"^[A-Za-z_][A-Za-z0-9_]*$": "expected a Python name",
    r"^(\./[\w/]+\.py|[\w.]+):\w+$": "expected package:function or ./file.py:function",
    r"^\./\w+\.py$": "expected a file of this folder: ./name.py",
}
NAME, FUNCTION, FILE = PATTERNS

TRAFFIC = "reference.pictures.traffic:memory_traffic"
OF_LAUNCHES = ("outputs", "measures")

Name = Annotated[str, Field(pattern=NAME)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ArgumentFields(_Strict):
    """One argument: element type, shape as letters, what it is, its default as Python text."""

    dtype: str
    shape: list[str | int] | None = None
    text: str = ""
    default: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _default_as_python(cls, fields: Any) -> Any:
        """`default: null` means that the argument's default is None."""
        if isinstance(fields, dict) and "default" in fields:
            default = fields["default"]
            return fields | {"default": default if isinstance(default, str) else repr(default)}
        return fields


class ToleranceFields(_Strict):
    """Relative and absolute tolerance, both at least 0 and below 1."""

    relative: Annotated[float, Field(ge=0, lt=1)] = 0.0
    absolute: Annotated[float, Field(ge=0, lt=1)] = 0.0


class ToleranceByDtype(_Strict):
    """The tolerance for answers to float64 and to float32 inputs."""

    float64: ToleranceFields | None = None
    float32: ToleranceFields | None = None


class LimitsFields(_Strict):
    """Wall seconds a case and for the import, memory in MiB."""

    seconds: Positive = 5.0
    import_seconds: Positive = 10.0
    memory_mib: Annotated[int, Field(ge=256)] = 512


class QuestionFields(_Strict):
    """One question of a sheet: the letters to choose from, none for a number."""

    choices: list[Annotated[str, Field(pattern=r"^[A-Z]$")]] = []
    several: bool = False


class ExerciseFields(_Strict):
    """The keys of exercise.yaml; docs/exercises.md says what they mean."""

    title: str
    topic: str
    kind: Literal["function", "sheet", "trained", "timed", "kernel"] = "function"
    entry_point: Name
    arguments: dict[Name, ArgumentFields]
    returns: ArgumentFields | None = None
    outputs: list[Name] = []
    measures: dict[str, Positive] = {}
    oracle: Annotated[str, Field(pattern=FUNCTION)]
    oracle_arguments: dict[Name, Any] = {}
    harness: Annotated[str, Field(pattern=FILE)] | None = None
    judge: Annotated[str, Field(pattern=FILE)] | None = None
    questions: dict[str, QuestionFields] = {}
    thresholds: list[tuple[Positive, Share]] = []
    falling_loss: Share = 0.0
    wrong_hand_ins: dict[str, Share] = {}
    worked_example: Annotated[str, Field(pattern=FUNCTION)] | None = None
    picture: Annotated[str, Field(pattern=FUNCTION)] | None = None
    strict_dtype: bool = False
    tolerance: ToleranceByDtype = ToleranceByDtype()
    limits: LimitsFields = LimitsFields()
    seed: Annotated[int, Field(ge=0)]
    groups: Annotated[dict[str, Positive], Field(min_length=1)]
    libraries: list[str] = ["numpy"]
    forbidden_imports: list[str] = []
    forbidden_calls: list[str] = []
    sources: list[str] = []

    @field_validator("libraries")
    @classmethod
    def _numpy_is_there(cls, libraries: list[str]) -> list[str]:
        return libraries if "numpy" in libraries else ["numpy", *libraries]

    @model_validator(mode="after")
    def _a_sheet_is_read_as_yaml(self) -> "ExerciseFields":
        if self.kind == "sheet" and "yaml" not in self.libraries:
            self.libraries.append("yaml")
        return self

    @field_validator("measures")
    @classmethod
    def _the_simulator_measures_it(cls, bounds: dict[str, float]) -> dict[str, float]:
        from grader.simulator import Measures

        known = [field.name for field in dataclasses.fields(Measures)]
        for name in bounds:
            if name not in known:
                hint = did_you_mean(name, known) or f", expected one of: {', '.join(known)}"
                raise ValueError(f"unknown measure {name!r}{hint}")
        return bounds

    @model_validator(mode="after")
    def _a_kernel_runs_in_the_simulator(self) -> "ExerciseFields":
        if self.kind != "kernel":
            return self
        if not self.outputs or not set(self.outputs) <= set(self.arguments):
            raise ValueError("outputs: expected the arguments that a launch fills")
        if "greenlet" not in self.libraries:
            self.libraries.append("greenlet")
        self.picture = self.picture or TRAFFIC
        return self


class AssignmentFields(_Strict):
    """One assignment: its title and the points of its exercises."""

    title: str
    exercises: Annotated[dict[str, Positive], Field(min_length=1)]


class CourseFields(_Strict):
    """The keys of assignments.yaml."""

    course: str
    assignments: Annotated[dict[str, AssignmentFields], Field(min_length=1)]


def exercise_fields(path: Path) -> dict[str, Any]:
    """Return the validated fields of an exercise.yaml, as JSON-like values, defaults filled in."""
    fields = _validated(ExerciseFields, path)
    fields["tolerance"] = {k: v for k, v in fields["tolerance"].items() if v is not None}
    for key in OF_LAUNCHES:  # no other kind's frozen fields have them
        if fields["kind"] != "kernel":
            del fields[key]
    return fields


def course_fields(path: Path) -> dict[str, Any]:
    """Return the validated fields of an assignments.yaml."""
    return _validated(CourseFields, path)


def _validated(model: type[BaseModel], path: Path) -> dict[str, Any]:
    document = Document(path)
    try:
        return model.model_validate(document.data).model_dump(mode="json")
    except ValidationError as error:
        errors = sorted(error.errors(), key=lambda one: document.line(one["loc"]))
        faults = [_fault(document, model, dict(one)) for one in errors]
        raise CourseError("\n".join(dict.fromkeys(faults))) from None


def _fault(document: Document, model: type[BaseModel], error: dict[str, Any]) -> str:
    location = tuple(part for part in error["loc"] if part != "[key]")
    if error["type"] == "extra_forbidden":
        known = _known_keys(document, model, location)
        name = str(location[-1])
        hint = did_you_mean(name, known) or f", expected one of: {', '.join(known)}"
        return document.fault(location, f"unknown key {name!r}{hint}")
    if error["type"] == "missing":
        return document.fault(location[:-1], f"the key {location[-1]!r} is missing")
    message = PATTERNS.get(error.get("ctx", {}).get("pattern", ""), error["msg"])
    came = "" if isinstance(error["input"], dict | list) else f", got {error['input']!r}"
    return document.fault(location, f"{message[:1].lower()}{message[1:]}{came}")


def _known_keys(document: Document, model: type[BaseModel], location: tuple[Any, ...]) -> list[str]:
    """Return the keys allowed beside the unknown one at `location`."""
    for part in location[:-1]:
        field = model.model_fields.get(str(part))
        annotation = field.annotation if field else None
        nested = [a for a in _types_in(annotation) if issubclass(a, BaseModel)]
        if field and nested:
            model = nested[0]
    return list(model.model_fields)


def _types_in(annotation: Any) -> list[type]:
    if isinstance(annotation, type):
        inner = [t for a in getattr(annotation, "__args__", ()) for t in _types_in(a)]
        return inner or [annotation]
    return [t for a in getattr(annotation, "__args__", ()) for t in _types_in(a)]
