"""Files of nested statements (JSON) as rows of text, by a foreign standard.

The file is read twice: once for what its statements are about, because a relation
names its ends by identifiers alone, and once for the rows.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from graph.errors import Said
from loaders.issues import Fault, Reason
from loaders.json_objects import DEEPEST, Objects, is_deep
from loaders.piece import Piece, Row, pieces_of
from loaders.standards import standard_of
from loaders.standards.standard import Standard, Statement, Survey

_ADVICE: Final = Said("每行写一个 JSON 对象", "write one JSON object a line")


@dataclass(slots=True)
class StatementFile:
    """A file of a foreign standard."""

    objects: Objects
    standard: Standard
    _survey: Survey = field(default_factory=dict)

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings of the rows."""
        return self.standard.headings

    def count(self) -> int:
        """Return the number of statements, noting what each is about."""
        rows = 0
        for _, line in self.objects.each():
            rows += 1
            statement = _statement(line)
            if not isinstance(statement, Fault):
                subject = self.standard.subject(statement)
                if subject:
                    self._survey[subject[0]] = subject[1]
        return rows

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows."""
        yield from pieces_of(self.headings, self._rows())

    def _rows(self) -> Iterator[Row]:
        for number, line in self.objects.each():
            cells = self._cells(line)
            if isinstance(cells, Fault):
                yield Row(number, (), cells, line.strip())
            else:
                row = [cells.get(h) or "" for h in self.headings]
                yield Row(number, row, raw=line.strip())

    def _cells(self, line: str) -> dict[str, str] | Fault:
        statement = _statement(line)
        if isinstance(statement, Fault):
            return statement
        if missing := sorted(self.standard.marks - statement.keys()):
            return Fault(
                Reason.MISSING,
                f"缺少 {missing[0]}",
                f"lacks {missing[0]}",
                f"按 {self.standard.name} 补全",
                f"complete it as {self.standard.name} says",
            )
        return self.standard.row(statement, self._survey)


def statements_in(objects: Objects) -> StatementFile | None:
    """Return the objects as statements of a standard, None where they follow none."""
    _, text = next(objects.each(), (0, ""))
    first = _statement(text)
    standard = None if isinstance(first, Fault) else standard_of(first)
    return StatementFile(objects, standard) if standard else None


def _statement(line: str) -> Statement | Fault:
    try:
        # Numbers stay as they are written: 33.30 per cent is exact, as text.
        found = json.loads(
            line,
            object_pairs_hook=_once,
            parse_float=str,
            parse_int=str,
            parse_constant=str,
        )
    except (ValueError, RecursionError) as error:
        what = Said(f"不是有效的 JSON（{error}）", f"is not JSON ({error})")
        return Fault(Reason.CELLS, *what, *_ADVICE)
    if not isinstance(found, dict) or is_deep(found):
        return Fault(
            Reason.CELLS,
            f"不是深度 {DEEPEST} 层以内的 JSON 对象",
            f"is no JSON object of at most {DEEPEST} levels",
            *_ADVICE,
        )
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is written twice")
    return found
