"""The field of a penalty, told from the article of law that the decision cites.

Only an article on which a rule of the law book rests is looked up. A law as a whole
tells no field: most laws reach wider than the one article that binds persons.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

import pyarrow as pa

from graph.identity.columns import by_distinct
from graph.law.book import LawBook
from graph.law.model import TriggerOn
from loaders.numerals import chinese_number

_LAW: Final = re.compile(r"《([^《》]{2,60})》([^《]*)")
_ARTICLE: Final = re.compile(r"第([〇零一二三四五六七八九十百千]{1,9}|\d{1,4})条")
_EDITION: Final = re.compile(r"[（(][^（）()]*[）)]")

Article = tuple[str, int]
"""Title of a law without 中华人民共和国, and the number of an article."""


def fields_cited(bases: pa.Array, law: LawBook) -> pa.Array:
    """Return the field of the articles cited, null where they tell none, or several."""
    known = _fields_by_article(law)
    return by_distinct(bases, lambda text: _field(text, known))


def articles_in(text: str) -> Iterator[Article]:
    """Yield every article cited: 《药品管理法》第一百一十八条、第122条 gives two."""
    for title, after in _LAW.findall(text):
        for written in _ARTICLE.findall(after):
            number = int(written) if written.isdecimal() else chinese_number(written)
            if number is not None:
                yield _short(title), number


def _field(text: str, known: Mapping[Article, frozenset[str]]) -> str | None:
    none: frozenset[str] = frozenset()
    told = none.union(*(known.get(article, none) for article in articles_in(text)))
    return next(iter(told)) if len(told) == 1 else None


@lru_cache(maxsize=8)
def _fields_by_article(law: LawBook) -> Mapping[Article, frozenset[str]]:
    found: dict[Article, set[str]] = {}
    for rule in law.rules.values():
        for version in rule.versions:
            trigger = version.trigger
            if trigger.on is TriggerOn.SANCTION and trigger.fields:
                for basis in version.basis:
                    title = law.instruments[basis.instrument].title
                    for article in articles_in(f"《{title}》{basis.article}"):
                        found.setdefault(article, set()).add(trigger.fields[0])
    return {article: frozenset(fields) for article, fields in found.items()}


def _short(title: str) -> str:
    return _EDITION.sub("", title).strip().removeprefix("中华人民共和国")
