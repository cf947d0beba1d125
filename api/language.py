"""Which of its two languages a text is told in: Chinese, or English on request."""

from typing import Final, Literal, get_args

Language = Literal["zh", "en"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


def known_language(text: str | None) -> Language | None:
    """Return the language with this name, None where it is not one of ours."""
    return next((known for known in LANGUAGES if known == text), None)


def language_of(accepted: str | None) -> Language:
    """Return the language an Accept-Language header prefers among ours.

    Args:
        accepted: the header's value; Chinese where it is absent or names neither.
    """
    preferred: Language = "zh"
    most = 0.0
    for part in (accepted or "").split(","):
        name, _, weight = part.partition(";")
        tag = name.strip().lower().partition("-")[0]
        found = known_language(tag)
        if found is not None and _weight(weight) > most:
            preferred, most = found, _weight(weight)
    return preferred


def _weight(text: str) -> float:
    """Return the weight of a `q=…`; 1 where none is given, 0 where it is none."""
    value = text.strip().lower()
    if not value:
        return 1.0
    name, _, number = value.partition("=")
    digits = number.strip()
    plain = name.strip() == "q" and digits.replace(".", "", 1).isdecimal()
    return float(digits) if plain and digits.isascii() else 0.0
