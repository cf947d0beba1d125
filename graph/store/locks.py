"""Locks on files that the kernel gives back whatever happens to their holder.

A lock belongs to an open file, so it ends with the process that opened it (also by
SIGKILL) and can be handed to a child. There is nothing stale to recognise and no
process id to compare. The folder must be on a local disk: network file systems
imitate these locks and lose them when a descriptor is handed on.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import StoreUnavailable

# Short enough that a waiting writer costs less than the commit it waits for.
_PAUSE = 0.002


class FileLock:
    """A held lock; `release` gives it back, and so does the end of the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def try_exclusive(cls, path: Path) -> "FileLock | None":
        """Return the lock that nobody else may share, or None while another holds."""
        return cls._try(path, fcntl.LOCK_EX)

    @classmethod
    def try_shared(cls, path: Path) -> "FileLock | None":
        """Return a lock shared with other sharers, or None while one excludes them."""
        return cls._try(path, fcntl.LOCK_SH)

    @classmethod
    def _try(cls, path: Path, kind: int) -> "FileLock | None":
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        except OSError:
            os.close(descriptor)
            raise
        return cls(descriptor)

    @property
    def descriptor(self) -> int:
        """The open file, to hand the lock to a child process."""
        if self._descriptor is None:
            raise ValueError("The lock was released.")
        return self._descriptor

    def release_last(self) -> bool:
        """Release the shared lock; return whether nobody else shared it."""
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            self.release()
        return True

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@contextmanager
def writer_lock(data_folder: Path, *, patience: float = 60.0) -> Iterator[None]:
    """Hold the right to write into the store of `data_folder`.

    The embedded server is optimistic: two writers at once end in an error that the
    driver does not retry. Threads and processes queue here instead. The lock cannot
    be taken twice by one thread.

    Args:
        data_folder: the folder all writers name; must exist.
        patience: seconds to wait for another writer.

    Raises:
        StoreUnavailable: another writer held the lock all that time, or the folder
            cannot be written.
    """
    lock = _wait_for(data_folder / "writer.lock", patience)
    try:
        yield
    finally:
        lock.release()


def _wait_for(path: Path, patience: float) -> FileLock:
    deadline = time.monotonic() + patience
    try:
        while (lock := FileLock.try_exclusive(path)) is None:
            if time.monotonic() > deadline:
                raise StoreUnavailable(
                    f"另一个写入程序占用 {path} 已有 {patience:.0f} 秒。",
                    f"Another writer has held {path} for {patience:.0f} s.",
                    hint_zh="请等它载入结束，或者停止该进程。",
                    hint_en="Wait until its load has ended, or stop that process.",
                )
            time.sleep(_PAUSE)
    except OSError as error:
        raise StoreUnavailable(
            f"无法取得锁 {path}：{error.strerror}。",
            f"The lock {path} cannot be taken: {error.strerror}.",
            hint_zh="请使用本机磁盘上当前用户可写的文件夹。",
            hint_en="Use a folder on a local disk that this user may write.",
        ) from error
    return lock
