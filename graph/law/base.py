"""What every model of the law book shares.

Closed and frozen: an unknown field in a law file is an error, and a field without a
default must be written.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

RuleKey = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$")]
"""Key of a rule or an instrument, equal to its file name: PERSON-DEFAULTER-BAN."""

WordKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
"""Key of a measure, list, field or topic: office_ban."""

Jurisdiction = Annotated[str, StringConstraints(pattern=r"^(CN|[1-9]\d(\d{2}){0,2})$")]
"""CN for the whole country, else a GB/T 2260 prefix: "23", "2307", "230781"."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A text that says something."""


class LawModel(BaseModel):
    """Base of every model: closed, frozen, compared by value."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Basis(LawModel):
    """Where a provision stands, and what it says in our own words."""

    instrument: RuleKey
    article: Text
    gist: Text
    gist_en: Text
