"""An exercise: what its exercise.yaml says, checked, with the defaults filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HANDOUT = (
    *("exercise.yaml", "README.md", "starter.py", "starter.yaml", "answers.bin"),
    *("harness.py", "judge.py"),
)
LISTS = ("libraries", "forbidden_imports", "forbidden_calls", "outputs", "sources")


@dataclass(frozen=True)
class Argument:
    """One argument, or the result, of an entry point, as the student is told of it."""

    name: str
    dtype: str
    shape: tuple[str, ...] | None = None
    text: str = ""
    default: str | None = None


@dataclass(frozen=True)
class Tolerance:
    """How far an answer may lie from the oracle's: |a - e| <= absolute + relative * |e|."""

    relative: float
    absolute: float


@dataclass(frozen=True)
class Limits:
    """What a submission may use: wall seconds a case and for its import, memory."""

    seconds: float = 5.0
    import_seconds: float = 10.0
    memory_mib: int = 512


DEFAULT_TOLERANCES = {
    "float64": Tolerance(relative=1e-9, absolute=1e-12),
    "float32": Tolerance(relative=1e-4, absolute=1e-6),
}


@dataclass(frozen=True)
class Exercise:
    """One exercise of the course. `folder` is its place on this disk; all else is exercise.yaml."""

    name: str
    folder: Path
    title: str
    topic: str
    entry_point: str
    oracle: str
    seed: int
    groups: Mapping[str, float]
    arguments: tuple[Argument, ...] = ()
    returns: Argument | None = None
    outputs: tuple[str, ...] = ()  # of a launch: the arguments that it fills
    measures: Mapping[str, float] = field(default_factory=dict)  # of a launch: bounds
    oracle_arguments: Mapping[str, Any] = field(default_factory=dict)
    harness: str | None = None
    judge: str | None = None
    kind: str = "function"
    questions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # of a sheet
    thresholds: tuple[tuple[float, float], ...] = ()  # (value, share of a case's points)
    falling_loss: float = 0.0  # the share of the points for it
    wrong_hand_ins: Mapping[str, float] = field(default_factory=dict)  # file: share of the points
    worked_example: str | None = None
    picture: str | None = None
    strict_dtype: bool = False
    tolerance: Mapping[str, Tolerance] = field(default_factory=lambda: DEFAULT_TOLERANCES)
    limits: Limits = Limits()
    libraries: tuple[str, ...] = ("numpy",)
    forbidden_imports: tuple[str, ...] = ()
    forbidden_calls: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @classmethod
    def from_fields(cls, name: str, folder: Path, fields: Mapping[str, Any]) -> "Exercise":
        """Return the exercise of validated fields (see `grader.course.manifest`)."""
        tolerance = {kind: Tolerance(**value) for kind, value in fields["tolerance"].items()}
        built: dict[str, Any] = {
            "arguments": tuple(_argument(k, value) for k, value in fields["arguments"].items()),
            "returns": _argument("returns", fields["returns"]) if fields["returns"] else None,
            "tolerance": DEFAULT_TOLERANCES | tolerance,
            "limits": Limits(**fields["limits"]),
            "thresholds": tuple((value, share) for value, share in fields["thresholds"]),
            **{k: tuple(fields.get(k, ())) for k in LISTS},
        }
        plain = {key: value for key, value in fields.items() if key not in built}
        return cls(name=name, folder=folder, **plain, **built)

    @property
    def suffix(self) -> str:
        """What a hand-in is: Python, or YAML for a sheet of answers."""
        return ".yaml" if self.kind == "sheet" else ".py"

    @property
    def is_launched(self) -> bool:
        """Whether its entry point is launched on a grid of threads, in the simulator."""
        return self.kind == "kernel"

    @property
    def has_misconceptions(self) -> bool:
        """Whether mistakes are told by misconceptions, not by wrong hand-ins."""
        return self.kind == "function" or self.is_launched

    @property
    def required(self) -> tuple[str, ...]:
        """The files that its folder must have."""
        own = (f"starter{self.suffix}", f"solution{self.suffix}")
        mistakes = ("misconceptions.py",) if self.has_misconceptions else ()
        return ("exercise.yaml", "README.md", *own, "lecture.yaml", "cases.py", *mistakes)

    def source(self, file: str | None) -> str | None:
        """Return the text of a file of the folder, given as ./file or not at all."""
        return None if file is None else (self.folder / file).read_text(encoding="utf-8")

    @property
    def call(self) -> str:
        """How the entry point is called: `conv2d(x, weight, bias=None), by these names`."""
        named = (a.name if a.default is None else f"{a.name}={a.default}" for a in self.arguments)
        arguments = f"({', '.join(named)})"
        if self.is_launched:
            return f"{self.entry_point}[grid, block]{arguments}, in this order"
        return f"{self.entry_point}{arguments}, by these names"


def _argument(name: str, fields: Mapping[str, Any]) -> Argument:
    shape = fields["shape"]
    return Argument(
        name=name,
        dtype=fields["dtype"],
        shape=None if shape is None else tuple(str(size) for size in shape),
        text=fields["text"],
        default=fields.get("default"),
    )
