"""Unpacking what may be hostile in a process of its own, under limits.

Inspecting a header finds most bombs; a header can lie. So what unpacks a workbook or a
Parquet file has bounded memory, time and disk, and when it dies only that file is
refused.
"""

import json
import mmap
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from graph.errors import BadInput, Said
from loaders.unpacking import NAME, OTHERS

MEMORY: Final = 2 << 30
"""Bytes of address space: about a million cells take 100 MB."""
SECONDS: Final = 300
WRITTEN: Final = 32 << 30
_WAIT: Final = 3 * SECONDS

# The search path of this process, and nothing else of it: no variable, no user site.
_START: Final = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
    "from loaders.unpacking import main;"
    "main(sys.argv[2], sys.argv[3], int(sys.argv[4]), json.loads(sys.argv[5]))"
)
_ENVIRONMENT: Final = {"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1"}
"""Pools that reserve memory ahead would use up the limit without using the memory."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a file held, as text, in a file without a name.

    Args:
        name: of the sheet.
        others: names of further sheets with content.
    """

    reader: pa.RecordBatchFileReader
    name: str
    others: tuple[str, ...]

    def batches(self) -> int:
        """Return the number of batches."""
        return int(self.reader.num_record_batches)


def unpack(path: Path, kind: str, what: Said, hint: Said) -> Unpacked:
    """Return the content of a file.

    Args:
        path: of the file.
        kind: `xlsx` or `parquet`.
        what: the kind of file, for messages.
        hint: what to do when it cannot be read.

    Raises:
        BadInput: it cannot be read, or not within the limits.
    """
    with tempfile.TemporaryFile() as spool:
        limits = json.dumps([MEMORY, SECONDS, WRITTEN])
        done = _run(
            [kind, str(path.resolve()), str(spool.fileno()), limits], spool.fileno()
        )
        if done.returncode == 1:
            raise _unreadable(path, what, hint, done.stderr)
        if done.returncode:
            raise _beyond(path)
        # The pages stay readable for as long as a batch of them is in use.
        content = mmap.mmap(spool.fileno(), 0, access=mmap.ACCESS_READ)
        reader = pa.ipc.open_file(pa.py_buffer(content))
    said = reader.schema.metadata or {}
    others = said.get(OTHERS, b"").decode().split("\n")
    return Unpacked(reader, said.get(NAME, b"").decode(), tuple(filter(None, others)))


def _run(arguments: list[str], descriptor: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-c", _START, json.dumps(sys.path), *arguments]
    try:
        return subprocess.run(  # noqa: S603  # ourselves
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=[descriptor],
            env=_ENVIRONMENT,
            check=False,
            text=True,
            errors="replace",
            timeout=_WAIT,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, -1, "", "")


def _unreadable(path: Path, what: Said, hint: Said, told: str) -> BadInput:
    said = " ".join(told.split())[:300]
    return BadInput(
        f"{path.name} 不是可读的 {what.zh}：{said}",
        f"{path.name} is not a readable {what.en}: {said}",
        hint_zh=hint.zh,
        hint_en=hint.en,
    )


def _beyond(path: Path) -> BadInput:
    return BadInput(
        f"解开 {path.name} 要用的内存或时间超过上限（{MEMORY >> 20:,} MB、{SECONDS} 秒）。",
        f"Unpacking {path.name} takes more memory or time than it may ({MEMORY >> 20:,} "
        f"MB, {SECONDS} s).",
        hint_zh="请改用 CSV 报送；CSV 文件大小不限。什么也没有写入。",
        hint_en="Send it as CSV; a CSV file may have any size. Nothing was written.",
    )
