"""The description of a source: one YAML file says what every column means.

Nothing is guessed: a heading is mapped, ignored by name, or reported. An unknown
field, a double key or a dangling name in the file is an error with its line.
"""

from collections.abc import Mapping
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PrivateAttr,
    StringConstraints,
)
from pydantic import Field as Constraint

from graph.vocabulary import FactKind
from loaders.spelling import plain_heading

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Type = Literal[
    "text",
    "texts",
    "document",
    "authority",
    "uscc",
    "registration_number",
    "day",
    "day_first",
    "last_day",
    "yuan",
    "wan",
    "share",
    "flag",
    "word",
    "words",
    "pattern",
    "category",
    "list",
    "measures",
    "field",
    "region",
    "sector",
]


class Part(BaseModel):
    """Closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Labels(Part):
    """A text in both languages."""

    zh: str
    en: str


class ColumnRule(Part):
    """What one heading means.

    Args:
        to: name of the parsed column.
        words: name of a vocabulary, or the list itself: written → stored.
        aliases: other headings under which the column comes.
        sensitive: never shown in clear.
        separator: splits a cell with several values.
        as_written: name of a further parsed column that keeps the text.
    """

    to: Name
    type: Type = "text"
    required: bool = False
    sensitive: bool = False
    words: str | dict[str, str] | None = None
    separator: str = ";；、"
    aliases: tuple[str, ...] = ()
    as_written: Name | None = None


class OrganizationRule(Part):
    """How an organization is identified: by code, number, else by its name."""

    is_: Literal["organization"] = Constraint(alias="is")
    uscc: Name | None = None
    registration_number: Name | None = None
    name: Name | None = None
    region: Name | None = None
    scheme: str | None = None
    number: Name | None = None


class PersonRule(Part):
    """How a person is identified: by document, else scoped to organization and role.

    Without an organization the person is scoped to what the columns `within` say,
    the authority and the number of its document: two people of one name on two
    documents are two people until somebody finds otherwise.
    """

    is_: Literal["person"] = Constraint(alias="is")
    name: Name
    id_kind: Name | None = None
    id_number: Name | None = None
    organization: Name | None = None
    role: Name | None = None
    within: tuple[Name, ...] = ()


class EitherRule(Part):
    """A subject that is an organization or a person, as a column says."""

    is_: Literal["either"] = Constraint(alias="is")
    by: Name
    organization: Name
    person: Name


class AnchorRule(Part):
    """An address or a number that several subjects may share.

    `kind` is one of graph.identity.ANCHOR_KINDS, `value` the column that holds it as
    written; a column of `texts` holds several, and a fact is emitted for each. The text
    that may be shown is the parsed column `<subject>_masked`.
    """

    is_: Literal["anchor"] = Constraint(alias="is")
    kind: Literal["address", "phone", "email", "website"]
    value: Name


Subject = Annotated[
    OrganizationRule | PersonRule | EitherRule | AnchorRule,
    Constraint(discriminator="is_"),
]


class EmitRule(Part):
    """Which fact a row yields.

    `set` gives each fact column a parsed column, `$subject` for an identifier,
    `=text` for a constant, or `#kind` for the key of the fact of that kind in the
    same row. The fact is emitted where every column of `when` has a value. A
    contradiction of a `minor` fact is reported, and its row stays.
    """

    fact: FactKind
    set: dict[str, str]
    when: tuple[str, ...] = ()
    minor: bool = False


def _share(value: object) -> object:
    """Return the share that a text such as 95% says."""
    text = value.removesuffix("%") if isinstance(value, str) else ""
    if not text.replace(".", "", 1).isdecimal() or text == value:
        raise ValueError("should be a share such as 95%")
    return float(text) / 100


Share = Annotated[float, Constraint(le=1), BeforeValidator(_share)]


class RowsExpectation(Part):
    """How long a file should be.

    Args:
        min: rows at least.
        min_share_of_last: of the rows of the last file, or where a file is the whole
            truth, of the facts that the source asserted before.
    """

    min: Annotated[int, Constraint(ge=0)] = 0
    min_share_of_last: Share | None = None


class Expectations(Part):
    """What a file of the source must reach; else it is refused before anything is written.

    Args:
        rows: how long it should be.
        fill: heading → share of the rows with a usable value, at least.
        valid_codes: share of sound unified codes among those written, at least.
        fall: so far a fill rate, or the share of sound codes, may fall below that of
            the last file.
    """

    rows: RowsExpectation = RowsExpectation()
    fill: dict[str, Share] = Constraint(default_factory=dict)
    valid_codes: Share = 0.0
    fall: Share = 0.2


class SourceDescription(Part):
    """Everything that is known about a source before its file is opened.

    Args:
        layout: whose headings these are; every shipped source says so.
        match: headings by which a file of this source is known.
        ignored: headings that mean nothing here, each named on purpose.
        derived: parsed columns that mapping.py adds.
        periods: parsed columns of a start and an end that must lie after it.
        revision: grows when the same file would now yield other facts.
        mode: `append` adds and changes; in a `change_feed` each row says what it
            does; `full`: the file is the whole truth of the source.
        operation: parsed column that says what a row of a change feed does.
        dropped: what becomes of a fact that the whole file does not have any more:
            `end` on the day of the file, or `withdraw` because it was never so.
        drop_reason: `end_reason` of a sanction that ends so (graph.vocabulary).
        replaces_within: columns of the facts; a file is the whole truth only where
            they have the values that stand in it.
        expect: what a file must reach.
    """

    key: Name
    title: Labels
    layout: Labels | None = None
    department: str
    visibility: Literal["public", "department"]
    match: tuple[str, ...] = Constraint(min_length=1)
    columns: dict[str, ColumnRule]
    ignored: tuple[str, ...] = ()
    derived: tuple[Name, ...] = ()
    subjects: dict[Name, Subject]
    periods: tuple[tuple[Name, Name], ...] = ()
    emit: tuple[EmitRule, ...] = Constraint(min_length=1)
    revision: int = 1
    mode: Literal["append", "change_feed", "full"] = "append"
    operation: Name | None = None
    dropped: Literal["end", "withdraw"] | None = None
    drop_reason: Name | None = None
    replaces_within: tuple[Name, ...] = ()
    expect: Expectations = Expectations()

    _folder: Traversable | None = PrivateAttr(default=None)

    def model_post_init(self, context: Any, /) -> None:
        """Remember the folder the description was read from."""
        self._folder = (context or {}).get("folder")

    @property
    def folder(self) -> Traversable | None:
        """Return the folder of the source, where its mapping.py lies."""
        return self._folder

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings of the official layout."""
        return tuple(self.columns)

    @property
    def own_rules(self) -> tuple[EmitRule, ...]:
        """Return the rules of what a row says for itself, not only in passing."""
        return tuple(rule for rule in self.emit if not rule.minor)

    @cached_property
    def _official(self) -> Mapping[str, str]:
        return {
            name: heading
            for heading, rule in self.columns.items()
            for name in (heading, *rule.aliases)
        }

    def official(self, heading: str) -> str | None:
        """Return the official heading for one of a file, None when not described."""
        found = self._official.get(heading)
        return found or self._plain.get(plain_heading(heading))

    @cached_property
    def _plain(self) -> Mapping[str, str]:
        return {plain_heading(h): official for h, official in self._official.items()}

    @cached_property
    def _passed_over(self) -> frozenset[str]:
        return frozenset(map(plain_heading, self.ignored))

    def describes(self, heading: str) -> bool:
        """Return whether a heading of a file is mapped, or ignored by name."""
        return (
            self.official(heading) is not None
            or plain_heading(heading) in self._passed_over
        )

    def filled_from(self, name: str) -> tuple[str, ColumnRule | None]:
        """Return heading and rule from which a parsed column comes, if any does."""
        found = ((h, c) for h, c in self.columns.items() if c.to == name)
        return next(found, (name, None))
