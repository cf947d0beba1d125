"""Which subjects have a node, exactly those that some journaled row names, and where."""

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.snapshot.facts import Facts

_UNKNOWN: Final = -1


class Drawn:
    """The subjects that the journal has named so far.

    The pool of identifiers in `Facts` cannot answer this: a trial on a fork leaves
    identifiers there that were never written.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._read = dict.fromkeys(facts.tables, 0)
        self._flags: npt.NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._places: npt.NDArray[np.int64] = np.zeros(0, np.int64)

    def _catch_up(self) -> npt.NDArray[np.bool_]:
        for kind, table in self._facts.tables.items():
            start, size = self._read[kind], table.size
            for name in table.by_subject:
                self._mark(table.subject_codes(name).values[start:size])
            self._read[kind] = size
        return self._flags

    def _mark(self, codes: npt.NDArray[np.int32]) -> None:
        highest = int(codes.max(initial=-1))
        if highest >= len(self._flags):
            grown = np.zeros(max(highest + 1, len(self._flags) * 3 // 2), np.bool_)
            grown[: len(self._flags)] = self._flags
            self._flags = grown
        self._flags[codes] = True

    def missing(self, identifiers: Iterable[str]) -> list[str]:
        """Return those that have no node yet, each once, in order."""
        flags, known = self._catch_up(), self._facts.subjects.known
        return sorted(
            name
            for name in set(identifiers)
            if not 0 <= (code := known(name)) < len(flags) or not flags[code]
        )

    def all(self) -> list[str]:
        """Return every subject that has a node."""
        texts = self._facts.subjects.texts
        return [texts[code] for code in np.flatnonzero(self._catch_up())]

    def remember(self, places: Mapping[str, int]) -> None:
        """Remember the server's numbers of nodes, once what made them is committed."""
        known, texts = self._facts.subjects.known, self._facts.subjects.texts
        if len(self._places) < len(texts):
            grown = np.full(len(texts) * 3 // 2, _UNKNOWN, np.int64)
            grown[: len(self._places)] = self._places
            self._places = grown
        for name, place in places.items():
            if (code := known(name)) >= 0:
                self._places[code] = place

    def places(self, identifiers: Iterable[str]) -> dict[str, int]:
        """Return the server's numbers of those nodes whose numbers are remembered."""
        known, places = self._facts.subjects.known, self._places
        found = {}
        for name in identifiers:
            if 0 <= (code := known(name)) < len(places) and places[code] != _UNKNOWN:
                found[name] = int(places[code])
        return found

    def forget(self) -> bool:
        """Forget the numbers; return whether there were any."""
        any_known = bool((self._places != _UNKNOWN).any())
        self._places = np.zeros(0, np.int64)
        return any_known
