"""Attacks that a sandbox must withstand, run in it as a submission is: proof.py sends this file.

Each function tries one thing that honest work never needs and returns whether it got it. What they
do is harmless where it works: a file of our own is read or changed, a process ends at once.
Nothing imports this file.
"""

import ctypes
import mmap
import os
import resource
import signal
import socket
import subprocess


def attempt(name: str, secret: str, grader: int) -> dict[str, object]:
    """Return {"got": whether the attack succeeded, "how": what stood in its way}.

    secret is a file of ours that no submission may see, grader the process that watches. Only what
    the system refuses stands in the way; a mistake in an attack is raised, and proves nothing.
    """
    try:
        got = bool(globals()[name](secret, grader))
    except (OSError, ValueError) as error:
        return {"got": False, "how": f"{type(error).__name__}: {error}"}
    return {"got": got, "how": ""}


def read_a_file(secret: str, grader: int) -> bool:
    with open(secret) as file:
        return file.read() != ""


def list_a_folder(secret: str, grader: int) -> bool:
    return os.listdir(os.path.dirname(secret)) != []


def write_a_file(secret: str, grader: int) -> bool:
    with open(os.path.join(os.path.dirname(secret), "planted"), "w") as file:
        return file.write("planted") > 0


def write_beside_itself(secret: str, grader: int) -> bool:
    with open("planted", "w") as file:
        return file.write("planted") > 0


def empty_a_file(secret: str, grader: int) -> bool:
    os.truncate(secret, 0)
    return True


def rename_a_file(secret: str, grader: int) -> bool:
    os.rename(secret, secret + "-renamed")
    return True


def remove_a_file(secret: str, grader: int) -> bool:
    os.unlink(secret)
    return True


def change_the_time_of_a_file(secret: str, grader: int) -> bool:
    os.utime(secret, (0, 0))
    return True


def change_the_rights_of_a_file(secret: str, grader: int) -> bool:
    os.chmod(secret, 0o777)
    return True


def read_the_graders_environment(secret: str, grader: int) -> bool:
    with open(f"/proc/{grader}/environ", "rb") as file:
        return file.read(1) != b""


def signal_the_grader(secret: str, grader: int) -> bool:
    os.kill(grader, 0)
    return True


def signal_its_parent(secret: str, grader: int) -> bool:
    os.kill(os.getppid(), 0)
    return True


def trace_its_parent(secret: str, grader: int) -> bool:
    attach, detach = 16, 17
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(attach, os.getppid(), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")
    os.waitpid(os.getppid(), 0x40000000)
    libc.ptrace(detach, os.getppid(), 0, 0)
    return True


def start_a_process(secret: str, grader: int) -> bool:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return True


def run_a_program(secret: str, grader: int) -> bool:
    return subprocess.run(["true"]).returncode == 0


def leave_its_session(secret: str, grader: int) -> bool:
    child = os.fork()
    if child == 0:
        os.setsid()
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def open_a_network_socket(secret: str, grader: int) -> bool:
    with socket.socket(socket.AF_INET) as server:
        server.bind(("127.0.0.1", 0))
        return True


def open_a_local_socket(secret: str, grader: int) -> bool:
    with socket.socket(socket.AF_UNIX):
        return True


def hide_memory_in_a_file(secret: str, grader: int) -> bool:
    os.close(os.memfd_create("hidden"))
    return True


def lift_its_memory_limit(secret: str, grader: int) -> bool:
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    mmap.mmap(-1, 4 << 30).close()
    return True


def make_a_namespace(secret: str, grader: int) -> bool:
    new_user = 0x10000000
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(new_user) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    return True


def have_the_grader_signalled(secret: str, grader: int) -> bool:
    import fcntl

    reading, _ = os.pipe()
    fcntl.fcntl(reading, fcntl.F_SETOWN, grader)
    fcntl.fcntl(reading, fcntl.F_SETSIG, signal.SIGCONT)
    return True
