"""What runs beside a submission: loads its file, calls its function, sends back what came out.

It holds no answers and decides nothing. A request, on what was standard input, is a letter and a
message; the reply, on what was standard output, is a message. Requests may come before earlier ones
are answered; the replies come in their order. The messages' frames are

    F {name: bytes of a file}
        -> {"status": "loaded"} | {"status": "raised", ...}
    L {"file", "entry_point", "harness": source or None, "memory_mib", "draws", "forbidden",
       "questions": of a sheet, "launched": {"arguments", "outputs", "compiles"} of a kernel}
        -> {"status": "loaded"} | {"status": "raised", ...}
    R inputs
        -> {"status": "answered", "value"} | {"status": "raised", ...}

Before the reply to a request during which something was printed comes one more message,
{"status": "printed", "text"}.

Every exception of a submission, of whatever base, is caught and described; what kills the process
is seen from outside.
"""

import contextlib
import os
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO

from . import call, frames
from .loading import harness_of, import_file, launching, read_sheet, seeding
from .messages import PREFIX, frame_length, message
from .printing import catch_prints
from .raised import described

with contextlib.suppress(ImportError):  # Windows
    import resource

MAX_FILE_BYTES = 64 << 20
MAX_CPU_SECONDS = 1800  # for what escapes the clock: a process that a submission left behind


def serve(confine: Callable[[], None] | None = None) -> None:
    """Answer requests until the parent closes the channel, confined first if that is given."""
    requests, replies = take_descriptors()
    limit_resources()
    prints = catch_prints()
    work = Work(os.getcwd(), limits_memory=confine is None)
    if confine is not None:
        confine()

    def take(count: int) -> bytes:
        data = requests.read(count)
        if len(data) < count:  # the parent has gone or wants no more
            os._exit(0)
        return data

    send(replies, frames.encode({"status": "ready", "process": os.getpid()}))
    while True:
        letter = take(1)
        frame = take(frame_length(take(PREFIX)))
        reply = work.answer(letter, frames.decode(frame))
        printed = prints.taken()
        if printed:
            send(replies, frames.encode({"status": "printed", "text": printed}))
        send(replies, reply)


def take_descriptors() -> tuple[BinaryIO, BinaryIO]:
    """Move the channel away from 0 and 1: input becomes empty, output goes with the errors."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, replies


def send(replies: BinaryIO, frame: bytes) -> None:
    """Send one message."""
    rest = memoryview(message(frame))
    while rest:
        rest = rest[os.write(replies.fileno(), rest) :]


def limit_resources() -> None:
    """Limit what no exercise changes: core dumps, file size, CPU; memory comes with `load`."""
    if os.name != "posix":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FILE_BYTES, MAX_FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))


class Work:
    """The loaded files of one submission and the exercise in hand."""

    def __init__(self, folder: str, limits_memory: bool) -> None:
        self.folder = folder
        self.limits_memory = limits_memory and os.name == "posix"
        self.modules: dict[str, types.ModuleType] = {}
        self.imports = Imports()
        self.entry: Callable[..., Any] = call.run
        self.harness: Callable[..., Any] = call.run
        self.seed: Callable[[], None] = lambda: None
        self.requests: dict[bytes, Callable[[Any], dict[str, Any]]] = {
            b"F": self.write,
            b"L": lambda request: self.load(**request),
            b"R": self.run,
        }

    def answer(self, request: bytes, content: Any) -> bytes:
        """Return the reply's frame. Even looking at an answer may run the submission's code."""
        try:
            return frames.encode(self.requests[request](content))
        except frames.FrameError as error:
            return frames.encode({"status": "answered", "value": frames.Foreign(str(error))})
        except BaseException as error:
            return frames.encode(described(error, self.folder))

    def write(self, files: Mapping[str, Any]) -> dict[str, Any]:
        """Put the submission's files into the folder."""
        for name, content in files.items():
            path = os.path.join(self.folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content.tobytes())
        return {"status": "loaded"}

    def load(
        self,
        file: str,
        entry_point: str,
        harness: str | None,
        memory_mib: int,
        draws: bool,
        forbidden: Sequence[str] = (),
        questions: Mapping[str, Any] | None = None,
        launched: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Import the file and find its entry point, or read the answers to questions.

        `draws`: it may draw random numbers; `forbidden` are libraries that it must not import.
        """
        if draws:
            self.seed = seeding()
        # What these import comes before the submission's folder: it may have files of such names.
        self.harness = harness_of(harness) if launched is None else launching(**launched)
        self.imports.forbidden = frozenset(forbidden)
        if self.imports not in sys.meta_path:
            sys.meta_path.insert(0, self.imports)
        if self.folder not in sys.path:
            sys.path.insert(0, self.folder)
        if self.limits_memory:
            limit = memory_mib << 20
            resource.setrlimit(
                resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1])
            )
        path = os.path.join(self.folder, file)
        if questions is not None:
            self.entry = read_sheet(path, questions)
            return {"status": "loaded"}
        if file not in self.modules:
            self.modules[file] = import_file(path)
        entry = getattr(self.modules[file], entry_point)
        if not callable(entry):
            raise TypeError(f"{entry_point} is not a function, it is {frames.described(entry)}")
        self.entry = entry
        return {"status": "loaded"}

    def run(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """Call the harness; the global generators start each case in the same state."""
        self.seed()
        return {"status": "answered", "value": self.harness(self.entry, inputs)}


class Imports:
    """Refuses imports of an exercise's forbidden libraries, however they are written."""

    forbidden: frozenset[str] = frozenset()

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Raise ImportError for a forbidden library; find nothing else."""
        if name.partition(".")[0] in self.forbidden:
            raise ImportError(f"importing {name} is not allowed in this exercise")
