"""What an isolation level proves to withstand on this machine, by attacks on the real path.

A level counts as proved when no attack of attacks.py gets what it is after, but what the level
allows. What a machine has is never guessed from its version or from what is installed.
"""

import ast
import contextlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.border import frames
from grader.border.sandbox import Answered, Raised, Sandbox, Session
from grader.errors import MachineError

ATTACKS = Path(__file__).with_name("attacks.py")
SECONDS = 10.0
SECRET = "gradecheck-secret"
NAMESPACES = (
    "let users make namespaces: sysctl kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu), in"
    " a container --security-opt seccomp=unconfined; or --isolation strong, where that is proved"
)
MEMORY_MIB = 512
LEVELS = ("full", "strong", "weak", "none")  # the strongest first
# What a level does not promise: at full, a submission writes into a file system of its own; at
# weak, what its user may read and write is open to it.
ALLOWED = {
    "full": frozenset(["write_beside_itself"]),
    "weak": frozenset(
        [
            *("read_a_file", "list_a_folder", "write_a_file", "write_beside_itself"),
            "read_the_graders_environment",
        ]
    ),
}


@dataclass(frozen=True)
class Attack:
    """What came of one attack."""

    name: str
    withstood: bool
    how: str  # what stood in its way
    allowed: bool = False  # at this level; then it counts as withstood


@dataclass(frozen=True)
class Proof:
    """What came of all attacks at one level; `unavailable` says why none could be tried."""

    level: str
    attacks: tuple[Attack, ...] = ()
    unavailable: str = ""

    @property
    def holds(self) -> bool:
        """Whether each attack was tried and withstood."""
        return bool(self.attacks) and all(attack.withstood for attack in self.attacks)


def sandbox_of(level: str) -> Sandbox:
    """Return the sandbox of a level. Raises ImportError where its modules need another system."""
    if level == "none":
        from grader.border.plain import PlainSandbox

        return PlainSandbox()
    if level == "full":
        from grader.border.contained import ContainedSandbox

        return ContainedSandbox()
    from grader.border.confined import ConfinedSandbox, FilteredSandbox

    return ConfinedSandbox() if level == "strong" else FilteredSandbox()


def choose(asked: str) -> Sandbox:
    """Return the sandbox of the strongest proved level, at least of the one that was asked for.

    "best" asks for nothing, and "none" for exactly that. Raises MachineError where the level is not
    proved here: nothing ever steps down in silence.
    """
    if asked == "none":
        return sandbox_of("none")
    least = LEVELS.index("none" if asked == "best" else asked)
    for level in LEVELS[: least + 1]:
        if level == "none" or prove(level).holds:
            return sandbox_of(level)
    why = reason(prove(asked))
    vouched = "--isolation best in a container or machine that you can throw away"
    raise MachineError(
        f"isolation {asked!r} is not proved on this machine: {why}", remedy(why) or vouched
    )


def remedy(why: str) -> str:
    """Return what to do where a level is not available, as far as it is known."""
    known = {
        "bubblewrap is not installed": "apt install bubblewrap, or dnf install bubblewrap",
        "namespace": NAMESPACES,
        "uid map": NAMESPACES,
        "loopback": NAMESPACES,
        "source path": "a Python that every user can read: to root's programs bubblewrap is no"
        " wall, so that submissions run as nobody",
    }
    return next((what for part, what in known.items() if part in why), "")


def reason(proof: Proof) -> str:
    """Return in a few words why a level is not proved."""
    if proof.unavailable:
        return proof.unavailable
    got = [attack.name.replace("_", " ") for attack in proof.attacks if not attack.withstood]
    return f"a submission could {', '.join(got[:3])}"


@cache
def prove(level: str) -> Proof:
    """Run every attack at a level, as a submission would."""
    missing = missing_for(level)
    if missing:
        return Proof(level, unavailable=missing)
    _remove_what_was_left()
    try:
        with (
            tempfile.TemporaryDirectory(prefix=f"{SECRET}-{os.getpid()}-") as folder,
            contextlib.closing(sandbox_of(level)) as sandbox,
        ):
            return Proof(level, tuple(_run_all(sandbox, Path(folder) / "secret")))
    except MachineError as error:
        return Proof(level, unavailable=error.message.strip().splitlines()[-1])


def _remove_what_was_left() -> None:
    """Remove the folders of self-tests that were killed before they could."""
    for path in Path(tempfile.gettempdir()).glob(f"{SECRET}-*"):
        process = path.name.removeprefix(f"{SECRET}-").partition("-")[0]
        if sys.platform == "linux" and not Path(f"/proc/{process}").exists():
            shutil.rmtree(path, ignore_errors=True)


def missing_for(level: str) -> str:
    """Return what this machine lacks for a level, "" for nothing that is known beforehand."""
    if level == "none":
        return ""
    if sys.platform != "linux":
        return f"it needs Linux, this is {platform.system()}"
    from grader.border import landlock, seccomp

    if not seccomp.supported():
        return f"it knows the system calls of x86_64 and aarch64, not of {platform.machine()}"
    if level == "full":
        return "" if shutil.which("bwrap") else "bubblewrap is not installed"
    if level == "strong" and landlock.version() == 0:
        return "it needs Landlock: Linux 5.13 or newer, not turned off by its boot option lsm="
    return ""


def attack_names() -> list[str]:
    """Return the attacks by name, read from their source; `attempt` runs them."""
    tree = ast.parse(ATTACKS.read_text(encoding="utf-8"))
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [name for name in names if name != "attempt"]


def _run_all(sandbox: Sandbox, secret: Path) -> Iterator[Attack]:
    """Yield what came of each attack, after one that ended its process in another.

    An attack that raises is one that is wrong here: it counts as not withstood.
    """
    session = _started(sandbox)
    try:
        for name in attack_names():
            secret.write_text("a secret", encoding="utf-8")
            inputs = {"name": name, "secret": str(secret), "grader": os.getpid()}
            (reply,) = session.run([frames.encode(inputs)], SECONDS)
            if isinstance(reply, Answered):
                allowed = reply.value["got"] and name in ALLOWED.get(sandbox.level, ())
                withstood = allowed or reply.value["got"] is False
                yield Attack(name, withstood, reply.value["how"], allowed)
            elif isinstance(reply, Raised):
                yield Attack(name, False, f"{reply.type}: {reply.text}")
            else:
                yield Attack(name, True, str(reply))
                session.close()
                session = _started(sandbox)
    finally:
        session.close()


def _started(sandbox: Sandbox) -> Session:
    session = sandbox.start(("numpy",))
    session.write_files({"attacks.py": ATTACKS.read_bytes()})
    request = {
        "file": "attacks.py",
        "entry_point": "attempt",
        "harness": None,
        "memory_mib": MEMORY_MIB,
        "draws": False,
    }
    reply = session.load(request, SECONDS)
    if not isinstance(reply, Answered):
        session.close()
        raise MachineError(f"the attacks of the self-test did not load: {reply}")
    return session
