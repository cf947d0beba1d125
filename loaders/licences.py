"""What a penalty does to permits: the measures it imposes, the field they are about."""

from collections.abc import Mapping
from typing import Final

import pyarrow as pa

from graph.identity.columns import by_distinct
from graph.law.book import LawBook
from graph.schema import WORDS

_FIELDS: Final[Mapping[str, str]] = {
    "食品": "food",
    "餐饮": "food",
    "食盐": "salt",
    "屠宰": "slaughter",
    "药品": "drugs",
    "兽药": "veterinary_drugs",
    "农药": "pesticides",
    "种子": "seeds",
    "饲料": "feed",
    "动物防疫": "animal_health",
    "医疗器械": "medical_devices",
    "化妆品": "cosmetics",
    "网络文化": "internet_cafe",
    "娱乐": "entertainment",
    "演出经纪人": "performance_brokerage",
    "演出": "performances",
    "旅行社": "travel_agencies",
    "出版": "publishing",
    "印刷": "printing",
    "电影": "film",
    "音像": "audiovisual",
    "安全生产": "work_safety",
    "道路运输": "transport",
    "医疗机构": "health_care",
    "办学": "private_education",
    "电子认证": "e_signature",
    "支付业务": "payments",
}
"""Words in the name of a permit, first match from above."""


def fields_of(licences: pa.Array) -> pa.Array:
    """Return the field that each permit's name speaks of, null where it tells none."""
    return by_distinct(licences, _field)


def _field(licence: str) -> str | None:
    return next((f for word, f in _FIELDS.items() if word in licence), None)


def imposed_by(kinds: pa.Array, law: LawBook) -> pa.Array:
    """Return the kinds of penalty that are measures of the law book, null without any.

    Args:
        kinds: lists of kinds of penalty, row by row.
        law: says which kinds are measures; a fine or a warning is a record only.
    """
    imposed = [[k for k in row or () if k in law.measures] for row in kinds.to_pylist()]
    return pa.array([row or None for row in imposed], WORDS)
