"""Which encoding a text file has, found strictly: a wrong byte is named, not replaced.

UTF-8 (with or without mark), GB18030 and, by its mark, UTF-16 are found; Big5 must be
declared. GB18030 accepts nearly any bytes, so a file whose headings are UTF-8 is never tried as GB18030: a broken
byte further down would turn into wrong characters and nobody would see it.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.errors import BadInput, Said

UTF8, UTF8_MARKED, GB18030, UTF16 = "utf-8", "utf-8-sig", "gb18030", "utf-16"
BLOCK: Final = 1 << 22
_NAMES: Final = {
    "utf8": UTF8,
    "utf8sig": UTF8,
    "gb18030": GB18030,
    "gbk": GB18030,
    "gb2312": GB18030,
    "cp936": GB18030,
    "big5": "big5",
    "utf16": UTF16,
}
"""No other codec is named by a sender: some of Python's unpack what they read."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """Where a decoder stopped."""

    encoding: str
    offset: int
    line: int

    def told(self) -> Said:
        """Return where it stopped, as part of a sentence."""
        name = self.encoding.upper().removesuffix("-SIG")
        return Said(
            f"按 {name} 读到第 {self.offset:,} 字节（第 {self.line:,} 行）出错",
            f"{name} fails at byte {self.offset:,} (line {self.line:,})",
        )


def find_encoding(path: Path, declared: str | None = None) -> str:
    """Return the encoding in which every byte of the file can be read.

    Args:
        path: a text file.
        declared: its encoding where it is known; otherwise UTF-8 or GB18030, found.

    Raises:
        BadInput: not in the declared encoding, or in neither; byte and line are told.
    """
    with path.open("rb") as file:
        head = file.read(BLOCK)
    tried = [_fault(path, name) for name in _candidates(head, declared)]
    fit = [name for name in tried if isinstance(name, str)]
    if fit:
        return fit[0]
    told = [fault.told() for fault in tried if isinstance(fault, _Fault)]
    raise BadInput(
        f"{path.name} 无法读取：{'；'.join(f.zh for f in told)}。",
        f"{path.name} cannot be read: {'; '.join(f.en for f in told)}.",
        hint_zh="请用原来的程序打开，另存为 UTF-8 后重新载入。",
        hint_en="Open it in its program, save it as UTF-8 and load it again.",
    )


def _candidates(head: bytes, declared: str | None) -> list[str]:
    marked = head.startswith(codecs.BOM_UTF8)
    if declared is not None:
        name = _known(declared)
        return [UTF8_MARKED if marked and name == UTF8 else name]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [UTF16]
    if marked:
        return [UTF8_MARKED]
    first = head.split(b"\n", 1)[0]
    if not first.isascii() and _decodes(first, UTF8):
        return [UTF8]
    return [UTF8, GB18030]


def _known(declared: str) -> str:
    name = declared.lower().replace("-", "").replace("_", "")
    if name not in _NAMES:
        raise BadInput(
            f"没有名为“{declared[:40]}”的编码。",
            f"There is no encoding {declared[:40]!r}.",
            hint_zh="请用 utf-8、gb18030、big5 或 utf-16。",
            hint_en="Use utf-8, gb18030, big5 or utf-16.",
        )
    return _NAMES[name]


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _fault(path: Path, encoding: str) -> _Fault | str:
    """Return the first fault, or the encoding when every byte can be read."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    done = lines = 0
    with path.open("rb") as file:
        while True:
            block = file.read(BLOCK)
            # What the decoder still holds stands before the block.
            held = len(decoder.getstate()[0])
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                before = bytes(error.object[: error.start])
                line = lines + before.count(b"\n") + 1
                return _Fault(encoding, done - held + error.start, line)
            if not block:
                return encoding
            done += len(block)
            lines += block.count(b"\n")


def utf8_blocks(path: Path, encoding: str, size: int = BLOCK) -> Iterator[bytes]:
    """Yield the file's text as UTF-8 without a mark, in blocks of about `size`.

    A block may end within a character. The file must be readable in the encoding.
    """
    with path.open("rb") as file:
        if encoding in {UTF8, UTF8_MARKED}:
            mark = codecs.BOM_UTF8
            first = file.read(size)
            yield first.removeprefix(mark)
            while block := file.read(size):
                yield block
            return
        decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
        while block := file.read(size):
            yield decoder.decode(block).encode()
