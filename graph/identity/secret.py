"""The secret under which person keys are made: one file, readable by its owner.

It is made once, with a new data folder, and never silently again: a second secret
would make every known person a stranger. The file is complete or absent, also after
a power loss, because it is written aside, synced and then given its name.
"""

import os
import secrets
import stat
from pathlib import Path

from graph.errors import BadInput

_FORBIDDEN = stat.S_IRWXO | stat.S_IWGRP
"""Others may do nothing and the group may at most read, as mounted secrets need."""
_BYTES = 32


class PersonSecretError(BadInput):
    """The secret for person keys cannot be used; the message names the file."""

    code = "person_secret"


class SecretMissing(PersonSecretError):
    """There is no secret, and making a new one was not asked for."""

    code = "person_secret_missing"


class SecretExposed(PersonSecretError):
    """Others on this machine can read or change the secret."""

    code = "person_secret_exposed"


class SecretDamaged(PersonSecretError):
    """The file does not hold a secret."""

    code = "person_secret_damaged"


def load_or_create_secret(path: Path, *, create: bool) -> bytes:
    """Return the secret in the file, which is made first where that is allowed.

    Args:
        path: the file; its folder is made with it.
        create: whether a missing file is made. Only right where no person has been
            stored yet.

    Raises:
        SecretMissing: no file, and `create` is False.
        SecretExposed: others on this machine may read or change it.
        SecretDamaged: the file holds something else.
        PersonSecretError: it cannot be read or written.
    """
    try:
        if create and not path.exists():
            _create(path)
        return _load(path)
    except OSError as error:
        raise PersonSecretError(
            f"密钥文件 {path} 无法读写：{error.strerror}。",
            f"The secret {path} cannot be read or written: {error.strerror}.",
            hint_zh="请检查该文件及其文件夹的所有者和权限。",
            hint_en="Check owner and mode of the file and its folder.",
        ) from error


def _create(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    _write_synced(aside, secrets.token_hex(_BYTES) + "\n")
    try:
        path.hardlink_to(aside)  # fails where another process was first, unlike rename
    except FileExistsError:
        pass
    finally:
        aside.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write_synced(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(handle)


def _load(path: Path) -> bytes:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise SecretMissing(
            f"密钥文件 {path} 不存在。",
            f"The secret {path} is missing.",
            hint_zh="请从备份恢复。换一个新密钥，已知的人都会变成陌生人，所以存储启用后不再新建。",
            hint_en="Put it back from the backup. A new one would make every known "
            "person a stranger, so none is made for a store in use.",
        ) from None
    with file:
        mode = os.fstat(file.fileno()).st_mode
        if mode & _FORBIDDEN:
            raise SecretExposed(
                f"其他用户可以读取或改动密钥文件 {path}（权限 {stat.S_IMODE(mode):04o}）。",
                f"Others may read or change the secret {path} (mode "
                f"{stat.S_IMODE(mode):04o}).",
                hint_zh=f"请运行：chmod 600 {path}",
                hint_en=f"Run: chmod 600 {path}",
            )
        return _parsed(path, file.read(1024))


def _parsed(path: Path, content: bytes) -> bytes:
    try:
        secret = bytes.fromhex(content.decode("ascii").strip())
    except ValueError:
        secret = b""
    if len(secret) < _BYTES:
        # From None: the decoder's own message would quote a part of the content.
        raise SecretDamaged(
            f"文件 {path} 里不是 {_BYTES} 字节的十六进制密钥。",
            f"The file {path} does not hold a secret of {_BYTES} bytes in hexadecimal.",
            hint_zh="请从备份恢复。",
            hint_en="Put it back from the backup.",
        ) from None
    return secret
