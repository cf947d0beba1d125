"""Errors raised on purpose. HTTP status codes are api.errors' business.

CreditGraphError
├── BadInput                a file, row or argument is wrong; the message says which
│   ├── UnknownTerm         a word outside a closed vocabulary
│   └── LawDataError        a file of the law book is wrong
├── NotFound                nothing with this identifier (or not visible to the caller)
├── Conflict                the request contradicts what is already recorded
│   └── AlreadyVoided       the fact was voided by decision and cannot be revived
├── StoreError
│   ├── StoreUnavailable    the server does not answer, or refuses the credentials
│   ├── StoreTooNew         written by a newer version of this program
│   ├── StoreMismatch       another person key, or not a store of this kind
│   └── StoreDamaged        graph and journal disagree in a way that stops work
└── (subclasses in their own modules, for example CalendarUnpublished)
"""

from typing import ClassVar, NamedTuple


class Said(NamedTuple):
    """One text in the two languages of the users."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """Return the Chinese text for "zh", the English one for anything else."""
        return self.zh if language == "zh" else self.en


class CreditGraphError(Exception):
    """Base class; `code` is stable and becomes the problem type of the API.

    Args:
        zh: what is wrong, in one sentence that names the thing.
        en: the same in English.
        hint_zh: what to do about it; empty where nothing can be advised.
        hint_en: the same in English.
    """

    code: ClassVar[str] = "internal"

    def __init__(
        self, zh: str, en: str, *, hint_zh: str = "", hint_en: str = ""
    ) -> None:
        super().__init__(zh, en)
        self.message = Said(zh, en)
        self.hint = Said(hint_zh, hint_en)

    def text(self, language: str) -> str:
        """Return message and hint as one text."""
        between = "" if language == "zh" else " "
        return between.join(
            filter(None, (s.text(language) for s in (self.message, self.hint)))
        )

    def __str__(self) -> str:
        """Return the English text, for logs."""
        return self.text("en")


class BadInput(CreditGraphError):
    """A file, a row or an argument is wrong."""

    code = "bad_input"


class UnknownTerm(BadInput):
    """A word outside a closed vocabulary."""

    code = "unknown_term"


class LawDataError(BadInput):
    """A file of the law book is wrong; the message names file, line and mend."""

    code = "law_data"


class NotFound(CreditGraphError):
    """Nothing has this identifier, or the caller may not see it."""

    code = "not_found"


class Conflict(CreditGraphError):
    """The request contradicts what is already recorded."""

    code = "conflict"


class AlreadyVoided(Conflict):
    """The fact was voided by decision; no source can revive it."""

    code = "already_voided"


class StoreError(CreditGraphError):
    """The graph store could not do what was asked."""

    code = "store"


class StoreUnavailable(StoreError):
    """The server does not answer, or refuses the credentials."""

    code = "store_unavailable"


class StoreTooNew(StoreError):
    """The store was written by a newer version of this program."""

    code = "store_too_new"


class StoreMismatch(StoreError):
    """The store belongs to another deployment: other person key or other purpose."""

    code = "store_mismatch"


class StoreDamaged(StoreError):
    """Graph and journal disagree in a way that stops work."""

    code = "store_damaged"
