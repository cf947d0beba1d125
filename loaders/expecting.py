"""What a file must reach before anything of it is written, and what was accepted.

A file is compared with what its source declares and with the last file of the source:
one that shrinks, or is filled worse than before, stops. Whoever knows better accepts it
with a reason, and the receipt in the journal keeps both.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from graph.errors import BadInput, Said
from loaders.description import SourceDescription
from loaders.interpret import Parsed
from loaders.issues import Reason
from loaders.report import CODES_SOUND, CODES_WRITTEN, FILL, FileReceipt
from loaders.whole import Dropped

_FEW: Final = 20
"""Below so many rows or codes a share says nothing."""
_MANY: Final = 100
"""From so many on in both files, a share is compared with that of the last file."""
_ANY: Final = 5
"""So many facts may always be dropped, unless they are all."""
_MOST: Final = 500
"""Characters of a reason."""
_WHOLE_SHARE: Final = 0.8
"""Of what was asserted, so much stands in a whole file unless its source says else."""


class ExpectationMissed(BadInput):
    """A file shrinks or degrades; it may be accepted with a reason."""

    code = "expectation_missed"


class Miss(NamedTuple):
    """One expectation that a file does not reach; both figures are in `told`."""

    what: str
    found: float
    wanted: float
    told: Said

    @property
    def figures(self) -> str:
        """Return both figures for the journal."""
        return f"{self.found:.4g} < {self.wanted:.4g}"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why a file is taken although it misses what is expected, and who says so.

    Raises:
        BadInput: no reason, or a very long one.
    """

    reason: str
    by: str

    def __post_init__(self) -> None:
        if not 0 < len(self.reason.strip()) <= _MOST:
            raise BadInput(
                f"接受理由须有内容，至多 {_MOST} 字。",
                f"The reason for accepting needs 1 to {_MOST} characters.",
            )


@dataclass
class Measured:
    """How well the rows of a file are filled, as far as it was read."""

    rows: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    written: int = 0
    sound: int = 0

    def take(self, parsed: Parsed) -> None:
        """Count the rows of a piece."""
        self.rows += len(parsed)
        coded = set()
        for heading, rule in parsed.source.columns.items():
            name = f"{rule.to}_num" if rule.type == "share" else rule.to
            usable = len(parsed) - parsed.column(name).null_count
            self.filled[rule.to] += usable
            if rule.type == "uscc":
                coded.add(heading)
                self.sound += usable
                self.written += usable
        self.written += sum(
            i.reason is Reason.CODE and i.field in coded for i in parsed.issues
        )

    def fill(self, name: str) -> float:
        """Return the share of rows with a usable value in a parsed column."""
        return self.filled[name] / self.rows if self.rows else 0.0

    def note(self) -> dict[str, str]:
        """Return the figures for the receipt."""
        fills = {f"{FILL}{n}": f"{self.fill(n):.4f}" for n in sorted(self.filled)}
        return fills | {CODES_WRITTEN: str(self.written), CODES_SOUND: str(self.sound)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One file beside what is expected of it.

    Args:
        source: declares what is expected.
        rows: how many the whole file has.
        measured: what of it was looked at.
        last: receipt of the last file of the source, None for the first.
        dropped: what it drops, where it is the whole truth of its source.
    """

    source: SourceDescription
    rows: int
    measured: Measured
    last: FileReceipt | None
    dropped: Dropped | None

    def misses(self) -> Iterator[Miss]:
        """Yield what the file does not reach."""
        yield from self._shrunk()
        for heading, rule in self.source.columns.items():
            found, wanted = self.measured.fill(rule.to), 0.0
            before = self.last.fills.get(rule.to, 0.0) if self.last else 0.0
            if self.measured.rows >= _FEW:
                wanted = self.source.expect.fill.get(heading, 0.0)
            if self._comparable(self.measured.rows, self.last.read if self.last else 0):
                wanted = max(wanted, before - self.source.expect.fall)
            if found < wanted:
                told = self._share_told(
                    Said(
                        f"列“{heading}”有可用值的行",
                        f"rows with a usable value in '{heading}'",
                    ),
                    found,
                    wanted,
                    before,
                )
                yield Miss(f"fill.{rule.to}", found, wanted, told)
        yield from self._codes()

    @staticmethod
    def _comparable(now: int, before: int) -> bool:
        return min(now, before) >= _MANY

    def _shrunk(self) -> Iterator[Miss]:
        expected = self.source.expect.rows
        if self.rows < expected.min:
            told = Said(
                f"只有 {self.rows} 行，至少应有 {expected.min} 行",
                f"{self.rows} rows instead of at least {expected.min}",
            )
            yield Miss("rows", self.rows, expected.min, told)
        share = expected.min_share_of_last
        if self.dropped is not None:
            yield from self._drops(self.dropped, share)
        elif share is not None and self.last and self.last.read:
            found = self.rows / self.last.read
            if found < share:
                told = Said(
                    f"只有 {self.rows} 行，是上次（{self.last.file}，{self.last.read} 行）"
                    f"的 {found:.1%}，至少应有 {share:.1%}",
                    f"{self.rows} rows are {found:.1%} of the last file "
                    f"({self.last.file}, {self.last.read} rows); at least {share:.1%} "
                    "are expected",
                )
                yield Miss("rows", found, share, told)

    def _drops(self, dropped: Dropped, share: float | None) -> Iterator[Miss]:
        wanted = _WHOLE_SHARE if share is None else share
        gone, before = dropped.count, dropped.asserted
        few = gone <= _ANY and gone < before
        left = 1 - gone / before if before else 1.0
        if few or left >= wanted:
            return
        told = Said(
            f"全量文件中不再有该来源现有 {before} 条事实中的 {gone} 条，只剩 {left:.1%}，"
            f"至少应有 {wanted:.1%}",
            f"the whole file lacks {gone} of the {before} facts of the source: "
            f"{left:.1%} are left, at least {wanted:.1%} are expected",
        )
        yield Miss("kept", left, wanted, told)

    def _codes(self) -> Iterator[Miss]:
        written, wanted, before = self.measured.written, 0.0, 0.0
        if written >= _FEW:
            wanted = self.source.expect.valid_codes
        if self.last and self._comparable(written, self.last.codes_written):
            before = self.last.codes_sound / self.last.codes_written
            wanted = max(wanted, before - self.source.expect.fall)
        found = self.measured.sound / written if written else 1.0
        if found < wanted:
            what = Said("校验通过的统一社会信用代码", "sound unified codes")
            told = self._share_told(what, found, wanted, before)
            yield Miss("valid_codes", found, wanted, told)

    def _share_told(
        self, what: Said, found: float, wanted: float, before: float
    ) -> Said:
        last = self.last.file if self.last and before else ""
        return Said(
            f"{what.zh}只占 {found:.1%}，至少应有 {wanted:.1%}"
            + (f"（上次 {last}：{before:.1%}）" if last else ""),
            f"{what.en} are {found:.1%}, at least {wanted:.1%} are expected"
            + (f" (last time, {last}: {before:.1%})" if last else ""),
        )


def last_of(receipts: Sequence[FileReceipt], source: str) -> FileReceipt | None:
    """Return the receipt of the last file of a source; rows driven again are none."""
    found = (r for r in reversed(receipts) if r.source == source and not r.redriven)
    return next(found, None)


def refusal(file: str, missed: Sequence[Miss]) -> ExpectationMissed:
    """Return the error that tells what a file does not reach, and what to do."""
    return ExpectationMissed(
        f"{file} 未载入，与应有的不符：{'；'.join(m.told.zh for m in missed)}。",
        f"{file} is not loaded; it is not what is expected: "
        f"{'; '.join(m.told.en for m in missed)}.",
        hint_zh="什么也没有写入。请与报送单位核对；确属如此时，用 --accept “理由”"
        "（接口：accept 字段）载入，理由记入账本。",
        hint_en="Nothing was written. Ask who sent it; if it is right all the same, "
        'load it with --accept "reason" (API: the field `accept`); the journal '
        "keeps the reason.",
    )
