"""The article that a decision cites tells its field, and only that article."""

import pyarrow as pa
import pytest

from graph.law.book import LawBook
from graph.law.model import TriggerOn
from loaders.citations import articles_in, fields_cited

LAW = LawBook.load()


@pytest.mark.parametrize(
    ("basis", "field"),
    [
        ("《中华人民共和国药品管理法》第一百一十八条第一款", "drugs"),
        ("《药品管理法》第118条", "drugs"),
        ("依据《中华人民共和国药品管理法（2019年修订）》第一百二十四条", "drugs"),
        ("《中华人民共和国行政处罚法》第九条、《药品管理法》第一百二十二条", "drugs"),
        ("《安全生产法》第九十二条", "safety_services"),
        # Another article of the same law, another law, nothing cited.
        ("《药品管理法》第三条", None),
        ("《中华人民共和国行政处罚法》第九条", None),
        ("药品管理法", None),
        ("", None),
        (None, None),
        # Two fields: which one the measure belongs to is not told.
        ("《药品管理法》第一百一十八条；《疫苗管理法》第八十条", None),
    ],
)
def test_the_article_cited_tells_the_field(
    basis: str | None, field: str | None
) -> None:
    assert fields_cited(pa.array([basis], pa.string()), LAW).to_pylist() == [field]


def test_articles_are_read_with_their_law() -> None:
    text = "《甲条例》第十条、第二十一条第二款；《乙法》第3条第一项"
    assert list(articles_in(text)) == [("甲条例", 10), ("甲条例", 21), ("乙法", 3)]


def test_the_articles_of_every_rule_tell_its_field() -> None:
    untold = set()
    for rule in LAW.rules.values():
        for version in rule.versions:
            trigger = version.trigger
            if trigger.on is TriggerOn.SANCTION and trigger.fields:
                for basis in version.basis:
                    text = (
                        f"《{LAW.instruments[basis.instrument].title}》{basis.article}"
                    )
                    (told,) = fields_cited(pa.array([text]), LAW).to_pylist()
                    assert told in (None, trigger.fields[0])
                    untold |= {rule.key} if told is None else set()
    # One article for troupes, performers and their agents: the permit tells which.
    assert untold == {
        "PERFORMANCE-INDIVIDUAL-BROKER-BAN",
        "PERFORMANCE-INDIVIDUAL-PERFORMER-BAN",
        "PERFORMANCE-PERMIT-REVOKED-OFFICE-BAN",
    }
