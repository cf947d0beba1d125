"""A name in its parts: where, the name itself, legal form.

By pattern, not by a list of places: 伊春市, 大箐山县, 黑龙江省. A place without such an
ending stays part of the name itself, on both sides alike.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from analytics.matching.symbols import heard, spelled

_FORMS: Final = (
    *(
        "股份有限公司",
        "有限责任公司",
        "有限公司",
        "集团公司",
        "总公司",
        "分公司",
        "公司",
    ),
    *("特殊普通合伙", "有限合伙", "普通合伙", "合伙企业", "个人独资企业"),
    *("农民专业合作社", "专业合作社", "合作社", "联合社", "经营部", "商店", "事务所"),
    *("co ltd", "coltd", "company limited", "limited", "ltd", "llc", "inc", "corp"),
    *("corporation", "gmbh", "plc", "sa", "ag", "jsc", "ooo", "pte ltd", "pty ltd"),
)
_FORM: Final = re.compile(
    "(" + "|".join(map(re.escape, sorted(_FORMS, key=len, reverse=True))) + ")$"
)
_PLACE: Final = re.compile(
    r"^(?:[一-鿿]{2,3}(?:省|自治区))?(?:[一-鿿]{1,5}?(?:市|自治州|地区|盟|县|区|旗))?"
    r"(?:[一-鿿]{1,4}?(?:县|区|旗|镇|乡))?"
)
_BRACKETED: Final = re.compile(r"[(\[【〔][^)\]】〕]{0,20}[)\]】〕]")
_MARKS: Final = re.compile(r"[^0-9a-z一-鿿㐀-䶿]+")
_LEAST: Final = 2
LONGEST: Final = 200
"""Characters of a name that are compared."""


class Name(NamedTuple):
    """A name as it is compared.

    Args:
        full: in one script, width and case, without marks and spaces.
        core: without place and legal form; never shorter than two characters.
        place: what it begins with, empty where it names none.
        form: what it ends with, empty where it has none.
        sound: the core, by how it sounds.
    """

    full: str
    core: str
    place: str
    form: str
    sound: str


@lru_cache(maxsize=200_000)
def parsed(text: str) -> Name:
    """Return the parts of a name."""
    plain = spelled(text[:LONGEST])
    full = _MARKS.sub("", plain)
    bare = _MARKS.sub("", _BRACKETED.sub("", plain)) or full
    words = _MARKS.sub(" ", plain).strip()
    latin = words if words.isascii() else bare
    form = _form(latin)
    rest = _MARKS.sub("", latin[: len(latin) - len(form)]) if form else bare
    found = _PLACE.match(rest)
    place = found.group() if found else ""
    core = rest[len(place) :]
    if len(core) < _LEAST:
        place, core = "", rest or full
    return Name(full, core, place, _MARKS.sub("", form), heard(core))


def _form(text: str) -> str:
    found = _FORM.search(text)
    return found.group() if found and found.start() >= _LEAST else ""
