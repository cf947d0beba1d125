"""Where the table of a spreadsheet begins and ends, and what its columns are called.

Official files have lines above the table (附件1 …公示表, 填报单位：…), headings over two
rows, columns without a name, and lines below it (合计, 备注：…, 填表人：…). The headings are
the first row, or pair of rows, that some source knows; every line that is no part of the
table is told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from graph.errors import BadInput, Said
from graph.identifiers import half_width
from loaders.description import SourceDescription
from loaders.issues import Issue, Reason, without_identity_numbers
from loaders.spelling import clean_heading

TITLE_ROWS: Final = 20
"""The headings are among so many rows that are not blank."""
FOOT_ROWS: Final = 30
_MOST_COLUMNS: Final = 500
_SUM: Final = re.compile(r"(?:本页)?(?:合|总|小|共)计(?:[:(].*)?")
_NOTE: Final = re.compile(
    r"(?:(?:备注|注\d*|说明|填表说明|[填制]表(?:人|单位|日期|时间)?|填报(?:人|单位|日期|时间)"
    r"|报送(?:单位|日期|时间)|审[核批](?:人|单位)?|复核人?|经办人?|签发人?|统计人|盖章|日期"
    r"|(?:单位)?负责人|联系(?:人|电话|方式))(?:\([^)]*\))?(?::.*|$)"
    r"|共计?[\d,]+[条户家项人笔件页].*|以上(?:数据|信息|名单|内容|情况).*)"
)
_ONCE: Final = Said(
    "表头须写明各列的名称，每列一个，不得重复。",
    "The headings must name each column once.",
)


class Line(NamedTuple):
    """A row as it stands in a file."""

    number: int
    cells: Sequence[str]


class Found(NamedTuple):
    """The headings of a file.

    Args:
        names: of the columns, empty where there is none.
        line: the last one that the headings take; the rows begin below.
        above: lines above the headings that hold something.
    """

    names: tuple[str, ...]
    line: int
    above: tuple[Line, ...]


class KnownHeadings:
    """The headings that the sources describe."""

    def __init__(self, sources: Iterable[SourceDescription]) -> None:
        """Gather the headings of some sources."""
        self._sources = tuple(sources)

    def knows(self, heading: str) -> bool:
        """Return whether a source maps or ignores the heading."""
        return any(source.describes(heading) for source in self._sources)

    def score(self, headings: Sequence[str]) -> int:
        """Return how many headings the best fitting source describes; 0 if none fits."""
        named = [h for h in headings if h]
        return max((_described(source, named) for source in self._sources), default=0)


def _described(source: SourceDescription, headings: Sequence[str]) -> int:
    there = {source.official(h) for h in headings}
    if not there.issuperset(source.match):
        return 0
    return sum(source.describes(h) for h in headings)


NOTHING_KNOWN: Final = KnownHeadings(())


def find_headings(rows: Sequence[Line], known: KnownHeadings) -> Found:
    """Return the headings among the first rows of a file.

    Args:
        rows: those that are not blank, at most TITLE_ROWS and one.
        known: what the sources describe. Where no row fits one of them, the headings
            are the first row in which most columns are filled.
    """
    at, taken, names = _fitting(rows, known) or _fullest(rows)
    last = rows[at + taken - 1].number if rows else 1
    return Found(names, last, tuple(rows[:at]))


def _fitting(
    rows: Sequence[Line], known: KnownHeadings
) -> tuple[int, int, tuple[str, ...]] | None:
    alone = [known.score(_names(row.cells)) for row in rows[: TITLE_ROWS + 1]]
    for at, (one, below) in enumerate(
        zip(alone[:TITLE_ROWS], [*alone[1:], 0], strict=False)
    ):
        pair = _joined(rows[at : at + 2], known)
        # A title over headings that stand by themselves is no part of them.
        if known.score(pair) > max(one, below):
            return at, 2, pair
        if one:
            return at, 1, _names(rows[at].cells)
    return None


def _fullest(rows: Sequence[Line]) -> tuple[int, int, tuple[str, ...]]:
    filled = [sum(1 for c in row.cells if c.strip()) for row in rows[:TITLE_ROWS]]
    most = max(filled, default=0)
    at = next((n for n, number in enumerate(filled) if number * 2 > most), 0)
    return at, 1, _names(rows[at].cells) if rows else ()


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(clean_heading, cells))


def _joined(rows: Sequence[Line], known: KnownHeadings) -> tuple[str, ...]:
    """Return the names of a heading over two rows.

    A cell merged across columns has its text in the first of them; one merged across
    both rows has an empty cell below.
    """
    if len(rows) < 2:
        return ()
    names, over = [], ""
    for top, sub in zip_longest(*(_names(row.cells) for row in rows), fillvalue=""):
        over = top or over
        names.append(_one_name(top, over, sub, known) if sub else top)
    return tuple(names)


def _one_name(top: str, over: str, sub: str, known: KnownHeadings) -> str:
    forms = (f"{over}（{sub}）", f"{over}{sub}", f"{over}_{sub}", sub, top)
    found = (form for form in forms if form and known.knows(form))
    return next(found, f"{over}（{sub}）" if over else sub)


def find_foot(rows: Sequence[Line], width: int) -> tuple[Line, ...]:
    """Return the lines below the table, in their order.

    Args:
        rows: the last ones of a file that are not blank, at most FOOT_ROWS.
        width: number of columns.
    """
    begins = len(rows)
    while begins and _is_foot(rows[begins - 1].cells, width):
        begins -= 1
    return tuple(rows[begins:])


def _is_foot(cells: Sequence[str], width: int) -> bool:
    filled = ["".join(half_width(c).split()) for c in cells if c.strip()]
    if not filled:
        return False
    if _SUM.fullmatch(filled[0]):
        return len(filled) * 2 <= max(width, 2)
    # A name may begin with such a word too; but a row of data fills more cells.
    few = len(filled) <= max(1, width // 3) or (len(filled) <= 3 < width)
    return few and bool(_NOTE.fullmatch(filled[0]))


def beside_the_table(
    file: str, lines: Iterable[Line], *, above: bool
) -> Iterator[Issue]:
    """Yield an issue for each line above the headings, or below the last row."""
    zh, en = (
        ("表头以上", "above the headings") if above else ("表尾", "below the table")
    )
    for line in lines:
        text = " ".join(c.strip() for c in line.cells if c.strip())
        yield Issue(
            file=file,
            line=line.number,
            field="",
            value=without_identity_numbers(" ".join(text.split()))[:200],
            reason=Reason.BESIDE,
            message_zh=f"{zh}的一行，不作数据",
            message_en=f"a line {en}, not taken for data",
            advice_zh="如是数据，请移到表内",
            advice_en="move it into the table if it is data",
            fatal=False,
        )


def checked_names(
    file: str, names: Sequence[str], places: Sequence[int] | None = None
) -> tuple[str, ...]:
    """Return the names of the columns; those without one are called by their place.

    Args:
        file: its name, for messages.
        names: of its columns, empty where there is none.
        places: of the columns in the file, the first being 0; by default all.

    Raises:
        BadInput: no name at all, too many, or one of them twice.
    """
    named = [name for name in names if name]
    doubled = sorted({n for n in named if named.count(n) > 1})
    if not named:
        raise _wrong(file, "没有表头", "has no headings")
    if len(names) > _MOST_COLUMNS:
        raise _wrong(file, f"有 {len(names)} 列", f"has {len(names)} columns")
    if doubled:
        raise _wrong(
            file,
            f"的表头“{doubled[0]}”出现两次",
            f"has the heading {doubled[0]!r}, which stands twice",
        )
    at = range(len(names)) if places is None else places
    return tuple(
        name or f"（第{place + 1}列）" for place, name in zip(at, names, strict=True)
    )


def is_unnamed(name: str) -> bool:
    """Return whether a column has no name of its own."""
    return bool(_UNNAMED.fullmatch(name))


_UNNAMED: Final = re.compile(r"（第\d+列）")


def _wrong(file: str, zh: str, en: str) -> BadInput:
    return BadInput(
        f"{file} {zh}。", f"{file} {en}.", hint_zh=_ONCE.zh, hint_en=_ONCE.en
    )
