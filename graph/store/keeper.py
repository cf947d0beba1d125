"""The parent of the embedded server: as long as somebody uses it, and no longer.

Run as a script with nothing but the standard library: `python -I -S keeper.py JOB`,
where JOB is the JSON text of a `Job`. Everything it promises rests on file locks:

* Each user of the server shares `users.lock`. The keeper waits for the exclusive
  lock and gets it when the last user has gone, however it went; then it stops the
  server in order.
* `keeper.lock` comes locked from the starter: one keeper a folder.
* `server.lock` is handed on to the server, so that a folder counts as open while
  either lives. If the keeper is killed the kernel asks the server to stop.

A server that was killed, or that ran out of memory, is started again on the same
port, where the drivers of all users find it. A server that ended by itself is not.
"""

import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_OUT_OF_MEMORY = 3  # exit code under -XX:+ExitOnOutOfMemoryError
_STOP_PATIENCE = 30.0
_RESTARTS = 5  # within _RESTART_WINDOW seconds; more is a fault, not an accident
_RESTART_WINDOW = 60.0


@dataclass(frozen=True, slots=True)
class Job:
    """What the starter asks for; the keeper inherits `keeper_lock` open and locked."""

    folder: str
    port: int
    http_port: int
    keeper_lock: int
    command: list[str]

    def as_json(self) -> str:
        """Return the text to pass on the command line."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class State:
    """Where the server of a folder is; true while `keeper.lock` is held."""

    port: int
    http_port: int
    server_pid: int
    keeper_pid: int

    def write(self, folder: Path) -> None:
        """Replace the state file in one step."""
        draft = folder / "server.json.new"
        draft.write_text(json.dumps(asdict(self)), encoding="utf-8")
        draft.replace(folder / "server.json")

    @classmethod
    def read(cls, folder: Path) -> "State | None":
        """Return what the state file says, or None without a readable one."""
        try:
            return cls(**json.loads((folder / "server.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def is_kept(self) -> bool:
        """Return whether the keeper lives; one just killed holds its lock a moment on.

        The locks of a process go with its last thread, after it counts as dead.
        """
        try:
            status = Path(f"/proc/{self.keeper_pid}/stat").read_text("utf-8", "replace")
        except OSError:
            return not Path("/proc/self/stat").exists()
        return status.rsplit(")", 1)[1].split()[0] not in "ZX"


_Server = subprocess.Popen[bytes]


class _Keeper:
    def __init__(self, job: Job) -> None:
        self._job = job
        self._folder = Path(job.folder)
        self._stopping = threading.Event()
        self._server: _Server | None = None
        self._starts: list[float] = []

    def run(self) -> None:
        """Keep the server until it is no longer wanted or ends by itself."""
        server_lock = (self._folder / "server.lock").open("a")
        fcntl.flock(server_lock, fcntl.LOCK_EX)
        signal.signal(signal.SIGTERM, lambda *_: self._stop_soon())
        threading.Thread(target=self._wait_for_last_user, daemon=True).start()
        while self._was_accident(self._start(server_lock.fileno())):
            pass

    def _start(self, server_lock: int) -> _Server:
        self._starts.append(time.monotonic())
        self._server = server = subprocess.Popen(  # noqa: S603 — the starter's own command
            self._job.command,
            stdin=subprocess.DEVNULL,
            pass_fds=[server_lock],
            # Tied to the thread that forks: this is the main one, which lives longest.
            preexec_fn=end_with_parent,  # noqa: PLW1509 — no lock is held here
        )
        State(
            port=self._job.port,
            http_port=self._job.http_port,
            server_pid=server.pid,
            keeper_pid=os.getpid(),
        ).write(self._folder)
        if self._stopping.is_set():
            server.terminate()
        return server

    def _was_accident(self, server: _Server) -> bool:
        code = server.wait()
        if self._stopping.is_set():
            return False
        since = time.monotonic() - _RESTART_WINDOW
        recent = sum(start > since for start in self._starts)
        return (code < 0 or code == _OUT_OF_MEMORY) and recent <= _RESTARTS

    def _wait_for_last_user(self) -> None:
        users = (self._folder / "users.lock").open("a")
        fcntl.flock(users, fcntl.LOCK_EX)
        # Held until the process ends, so that nobody attaches to a server that stops.
        self._users = users
        self._stop()

    def _stop_soon(self) -> None:
        threading.Thread(target=self._stop, daemon=True).start()

    def _stop(self) -> None:
        self._stopping.set()
        server = self._server
        if server is None:
            return
        server.terminate()
        try:
            server.wait(_STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()


def end_with_parent() -> None:
    """Ask the kernel to stop this process when the thread that forked it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def main(job_text: str) -> None:
    """Leave the starter's family at once, then keep the server."""
    job = Job(**json.loads(job_text))
    if os.fork():
        return  # nobody has to wait for the keeper, so it leaves no zombie behind
    os.umask(0o077)  # what the server writes is for its user alone
    os.chdir(job.folder)  # its logger writes to ./log whatever the options say
    _Keeper(job).run()
    os._exit(0)  # the waiting thread must not delay the end, which frees the locks


if __name__ == "__main__":
    main(sys.argv[1])
