"""Facts together with the law book that they are judged by."""

from dataclasses import dataclass, fields

from hypothesis import strategies as st

from graph.law.book import LawBook
from graph.law.model import Rule
from graph.records import Fact
from tests.strategies import worlds
from tests.strategies_law import law_books


@dataclass(frozen=True, repr=False)
class Case:
    """A law book and facts."""

    law: LawBook
    facts: list[Fact]

    def __repr__(self) -> str:
        """Return what matters, short enough to be read when a test fails."""
        rules = [_rule(rule) for rule in self.law.rules.values()]
        return "\n".join(["", *rules, *map(_fact, self.facts)])


def _rule(rule: Rule) -> str:
    versions = "; ".join(
        str(v.model_dump(mode="json", exclude={"basis", "checked_on", "doubts"}))
        for v in rule.versions
    )
    return f"{rule.key} {rule.topic} {rule.jurisdiction}: {versions}"


def _fact(fact: Fact) -> str:
    values = {f.name: getattr(fact, f.name) for f in fields(fact)}
    said = {
        name: str(value)
        for name, value in values.items()
        if value not in (None, "", ()) and name not in ("public", "line", "authority")
    }
    return f"{fact.kind_of_fact}: {said}"


cases = st.builds(Case, law_books(), worlds())
