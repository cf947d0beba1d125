"""Penalties that impose a measure, and the field that a revoked permit is about."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.schema import WORDS
from loaders.interpret import Parsed

# Words in the name of a permit, first match from above.
_FIELDS = {
    "食品": "food",
    "餐饮": "food",
    "药品": "drugs",
    "医疗器械": "medical_devices",
    "化妆品": "cosmetics",
    "网络文化": "internet_cafe",
    "娱乐": "entertainment",
    "演出": "performances",
    "旅行社": "travel_agencies",
    "出版": "publishing",
    "印刷": "printing",
    "音像": "audiovisual",
    "安全生产": "work_safety",
    "道路运输": "transport",
    "医疗机构": "health_care",
}


def derive(parsed: Parsed) -> None:
    """Add `authority`, `supplier`, `imposed` and `field`.

    A kind of penalty that is also a measure of the law book is a sanction; a fine or
    a warning is a record only.
    """
    parsed.columns["authority"] = pc.coalesce(
        parsed.column("authority_code"), parsed.column("authority_name")
    )
    # Without a supplier the authority itself answers for the row.
    parsed.columns["supplier"] = pc.coalesce(
        parsed.column("department"), parsed.column("authority_name")
    )
    kinds = parsed.column("kinds").to_pylist()
    imposed = [
        [k for k in row or () if k in parsed.law.measures] or None for row in kinds
    ]
    parsed.columns["imposed"] = pa.array(imposed, WORDS)
    parsed.columns["field"] = pa.array(_fields(parsed), pa.string())


def _fields(parsed: Parsed) -> list[str | None]:
    named = parsed.column("named_field").to_pylist()
    licences = parsed.column("licence").to_pylist()
    return [
        field or next((f for w, f in _FIELDS.items() if w in (licence or "")), None)
        for field, licence in zip(named, licences, strict=True)
    ]
