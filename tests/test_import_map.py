"""The map of the house: who may import whom, and who may know what. Read from the source."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
GRADER = sorted(p for p in ROOT.glob("grader/**/*.py") if "new_exercise" not in p.parts)
REFERENCE = sorted(ROOT.glob("reference/**/*.py"))
EXERCISES = sorted(ROOT.glob("exercises/*/exercise.yaml"))

# Part of grader -> the other parts that it may import. Data flows one way: nothing is imported by
# what stands above it. Only the commands know everything.
MAY_IMPORT = {
    "__init__": "",
    "errors": "",
    "results": "",
    "simulator": "",
    "border": "errors",
    "course": "border errors simulator",
    "printable": "",
    "submission": "course",
    "reading": "errors submission",
    "policy": "course submission",
    "submitted": "border course errors submission",
    "judging": "border course errors printable results",
    "timing": "course",
    "compiling": "border course errors judging printable submission submitted",
    "grading": "border compiling course errors judging policy printable results submission"
    " submitted timing",
    "verify": "border compiling course errors grading judging policy submission timing",
    "batch": "border course errors grading judging printable reading results submission timing",
    "checking": "border course errors grading judging reading results submission timing",
    "terminal": "checking course grading printable results",
    "worked": "course errors",
    "commands": "batch border checking course errors reading results submission terminal verify"
    " worked",
    "cli": "border commands course errors",
    "launch": "border cli errors",
    "__main__": "launch",
}
# Package -> the modules of grader that may import it.
PACKAGES = {
    "click": r"cli|terminal|commands/\w+|batch/progress",
    "greenlet": r"simulator/\w+",
    "numpy": r"border/(contained|frames|loading)|course/\w+|judging/(compare|trained)|verify/\w+"
    r"|simulator/\w+",
    "pydantic": r"course/manifest",
    "tabulate": r"commands/\w+|batch/progress",
    "yaml": r"course/(course|places)|border/sheet",
}
# Folder of reference -> the packages that its modules may import, beside those of all.
OF_REFERENCE = {"pictures": {"matplotlib"}, "cuda": {"cuda", "cupy", "tabulate"}}
BESIDE_A_SUBMISSION = [
    *("boot", "call", "child", "compiled", "frames", "kernel", "loading", "messages", "printing"),
    *("raised", "sheet"),
    *("confine", "landlock", "namespaces", "seccomp", "syscalls", "zygote"),
]
UNSAFE_MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "copyreg"}
SUBJECT = {
    *("activation", "convolution", "convolutions", "conv", "entropy", "epoch", "gradient"),
    *("image", "images", "kernel", "kernels", "logits", "momentum", "optimizer", "padding"),
    *("pixel", "pool", "pooling", "recall", "softmax", "stride", "tensor"),
}

# A kind of exercises has this name: what is launched on a grid of threads, whatever it computes.
KERNELS = (
    r"border/(child|compiled|kernel|loading)|compiling|course/(answering|case|exercise|manifest)"
    r"|judging/(kernel|kinds)"
)

SETTING_OF_LINUX = "kernel.apparmor_restrict_unprivileged_userns"


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Yield the absolute name of every import, those inside functions too."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def packages(path: Path) -> set[str]:
    """Return the packages beyond the standard library that a file imports."""
    return {name.partition(".")[0] for name in imports(path)} - set(sys.stdlib_module_names)


def part_of(path: Path) -> str:
    """Return the part of grader, a folder or a file of it, to which a file belongs."""
    inside = path.relative_to(ROOT / "grader")
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def module_of(path: Path) -> str:
    return str(path.relative_to(ROOT / "grader").with_suffix(""))


def calls(path: Path) -> set[str]:
    """Return the names of the built-in functions that a file calls."""
    nodes = ast.walk(tree_of(path))
    return {n.func.id for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}


def test_the_map_names_every_part_of_the_grader() -> None:
    assert {part_of(path) for path in GRADER} == set(MAY_IMPORT)


def test_the_map_has_no_circle() -> None:
    above: dict[str, set[str]] = {part: set(below.split()) for part, below in MAY_IMPORT.items()}
    while above:
        ground = {part for part, below in above.items() if not below}
        assert ground, f"these import each other: {sorted(above)}"
        above = {part: below - ground for part, below in above.items() if part not in ground}


@pytest.mark.parametrize("path", GRADER, ids=module_of)
def test_data_flows_one_way(path: Path) -> None:
    own = part_of(path)
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("grader.")}
    assert ours - {own, "__version__"} <= set(MAY_IMPORT[own].split())


@pytest.mark.parametrize("path", GRADER, ids=module_of)
def test_a_package_is_imported_where_it_belongs(path: Path) -> None:
    """So nothing of grader imports reference, Numba or matplotlib, nor a stray package."""
    others = packages(path) - {"grader", "_border"}
    allowed = {name for name, where in PACKAGES.items() if re.fullmatch(where, module_of(path))}
    assert others <= allowed


def test_only_the_manifest_imports_pydantic() -> None:
    assert [p.name for p in GRADER if "pydantic" in packages(p)] == ["manifest.py"]


@pytest.mark.parametrize("name", BESIDE_A_SUBMISSION)
def test_what_runs_beside_a_submission_imports_numpy_alone(name: str) -> None:
    path = ROOT / f"grader/border/{name}.py"
    reads = {"yaml"} if name == "sheet" else set()
    assert packages(path) <= {"numpy", "_border", "grader", *reads}
    ours = {name.removeprefix("grader.border.") for name in imports(path) if "grader" in name}
    assert {module.partition(".")[0] for module in ours} <= set(BESIDE_A_SUBMISSION)
    absolute = [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.ImportFrom) and not n.level]
    assert "grader" not in {str(node.module).partition(".")[0] for node in absolute}


@pytest.mark.parametrize("path", REFERENCE, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_oracle_knows_nothing_of_courses(path: Path) -> None:
    others = OF_REFERENCE.get(path.parent.name, set())
    assert packages(path) <= {"reference", "numpy", "numba", "llvmlite", *others}


def test_one_module_imports_the_package_for_gpus() -> None:
    """So its successor is one other import; what the simulator lacks is beside it."""
    importing = {p.name for p in REFERENCE for name in imports(p) if "numba.cuda" in name}
    assert importing == {"target.py", "simulation.py"}


@pytest.mark.parametrize("path", GRADER, ids=module_of)
def test_nothing_is_unpickled_or_evaluated(path: Path) -> None:
    assert {name.partition(".")[0] for name in imports(path)}.isdisjoint(UNSAFE_MODULES)
    # The harness is the course's own; it is run as source because the child has no such file.
    allowed = {"exec", "compile"} if module_of(path) == "border/loading" else set()
    assert calls(path) & {"eval", "exec", "compile", "__import__"} <= allowed
    assert "allow_pickle" not in path.read_text(encoding="utf-8")


def entry_points() -> set[str]:
    return {yaml.safe_load(path.read_text(encoding="utf-8"))["entry_point"] for path in EXERCISES}


def words_of(path: Path) -> Iterator[str]:
    """Yield identifiers and texts of a file, without docstrings and examples of the help."""
    tree = tree_of(path)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)):
                if id(node) not in docstrings and not text.startswith("Example: "):
                    yield text
            case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.keyword(arg=str(name)) | ast.alias(name=name):
                yield name


@pytest.mark.parametrize("path", GRADER, ids=module_of)
def test_the_grader_knows_no_subject(path: Path) -> None:
    told = " ".join(words_of(path)).lower().replace(SETTING_OF_LINUX, "")
    parts = set(re.findall(r"[a-z]+", told))
    whole = set(re.findall(r"\w+", told))
    assert entry_points() & whole == set()
    of_the_kind = {"kernel", "kernels"} if re.fullmatch(KERNELS, module_of(path)) else set()
    assert SUBJECT & parts <= of_the_kind


def test_the_words_of_a_file_are_found(tmp_path: Path) -> None:
    source = tmp_path / "known.py"
    source.write_text('"""Of a stride."""\n\ndef f(logits):\n    return g(x.softmax, "conv 2")\n')
    assert {"f", "logits", "softmax", "conv 2"} <= set(words_of(source))
    assert not any("stride" in word for word in words_of(source))


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("exercises/*/*.py")), ids=lambda p: f"{p.parent.name}/{p.stem}"
)
def test_exercises_import_what_their_students_may_import(path: Path) -> None:
    """NumPy alone, but where another library is the lesson; of a kernel Numba's, simulated."""
    told = yaml.safe_load((path.parent / "exercise.yaml").read_text(encoding="utf-8"))
    simulated = {"numba"} if told.get("kind") == "kernel" else set()
    assert packages(path) <= {"numpy", *told.get("libraries", []), *simulated}
