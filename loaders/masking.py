"""Raw rows as they may be shown: what identifies a person is masked.

A column that the source describes as sensitive is masked as the number of a document;
so is a column that it does not describe, because nobody said what stands there. What
looks like an identity number is masked wherever it stands.
"""

import re
from collections.abc import Mapping
from typing import Final

from graph.identifiers import mask_document_number, mask_name
from graph.law.book import LawBook
from graph.vocabulary import SubjectKind
from loaders.description import EitherRule, PersonRule, SourceDescription
from loaders.issues import without_identity_numbers
from loaders.readers import Reader, readers_of

_MAYBE_NUMBER: Final = re.compile(r"(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{5,}")
_WORD: Final = re.compile(r"\w")


class Masking:
    """Masks the raw rows of one source.

    Args:
        source: says what is sensitive; None (it is gone) masks everything.
        hide_names: masks names of persons too; the law book reads whether a row
            speaks of a person.
    """

    def __init__(
        self, source: SourceDescription | None, *, hide_names: LawBook | None = None
    ) -> None:
        self._source, self._names = source, hide_names is not None
        self._readers: dict[str, Reader] = {}
        if source is not None and hide_names is not None:
            self._readers = {r.rule.to: r for r in readers_of(source, hide_names)}

    def row(self, row: Mapping[str, str]) -> dict[str, str]:
        """Return the cells of a row by heading, masked."""
        official = {} if self._source is None else self._by_column(row)
        persons = self._person_columns(official) if self._names else set()
        return {
            heading: self._cell(heading, cell, persons)
            for heading, cell in row.items()
            if heading
        }

    def text(self, row: Mapping[str, str]) -> str:
        """Return the text of a row without usable cells, masked; else nothing."""
        if self._names:
            return _WORD.sub("*", row.get("", ""))
        return _MAYBE_NUMBER.sub(
            lambda m: mask_document_number(m.group()), row.get("", "")
        )

    def _cell(self, heading: str, cell: str, persons: set[str]) -> str:
        named = self._source.official(heading) if self._source else None
        rule = self._source.columns[named] if self._source and named else None
        if rule is None or rule.sensitive:
            return mask_document_number(cell)
        if rule.to in persons:
            return mask_name(cell)
        return without_identity_numbers(cell)

    def _by_column(self, row: Mapping[str, str]) -> dict[str, str]:
        """Return the cells by the name of the parsed column."""
        assert self._source is not None  # noqa: S101  # the caller looks
        named = {h: self._source.official(h) for h in row}
        columns = self._source.columns
        return {columns[n].to: row[h] for h, n in named.items() if n is not None}

    def _person_columns(self, cells: Mapping[str, str]) -> set[str]:
        """Return the columns in which this row names a person."""
        rules = self._source.subjects if self._source else {}
        found = {r.name for r in rules.values() if isinstance(r, PersonRule)}
        for rule in rules.values():
            if isinstance(rule, EitherRule) and self._is_organization(rule, cells):
                person = rules[rule.person]
                assert isinstance(person, PersonRule)  # noqa: S101  # consistency
                found.discard(person.name)
        return found

    def _is_organization(self, rule: EitherRule, cells: Mapping[str, str]) -> bool:
        reader = self._readers.get(rule.by)
        word = cells.get(rule.by, "")
        return reader is not None and reader(word) == SubjectKind.ORGANIZATION
