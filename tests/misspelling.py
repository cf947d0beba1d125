"""Seven ways in which a name is not written as it is registered.

Typing errors fall into the middle of a name, past its first two characters where it is
long enough: officers copy the beginning. Deterministic for a seed.
"""

import random
import re
from collections.abc import Callable
from functools import cache

from opencc import OpenCC
from pypinyin import lazy_pinyin

_PLACE = re.compile(r"^(?:[一-鿿]{2,3}省)?[一-鿿]{2,5}?(?:市|县|区)")
_FORMS = (
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "专业合作社",
    "合作社",
    "经营部",
    "公司",
)
_FORM = re.compile(f"({'|'.join(_FORMS)})$")
_COMMON = "华兴盛泰达源鑫宏福顺安康龙丰祥和平春林山水天地金木新东北中大成明海江"


def _place_in(name: str, dice: random.Random) -> int:
    end = len(_FORM.sub("", name)) or len(name)
    start = min(2, max(0, end - 2))
    return dice.randrange(start, max(start + 1, end))


def substituted(name: str, dice: random.Random) -> str:
    """One character is another."""
    at = _place_in(name, dice)
    other = dice.choice([c for c in _COMMON if c != name[at]])
    return name[:at] + other + name[at + 1 :]


def deleted(name: str, dice: random.Random) -> str:
    """One character is missing."""
    at = _place_in(name, dice)
    return name[:at] + name[at + 1 :] if len(name) > 2 else name


def transposed(name: str, dice: random.Random) -> str:
    """Two neighbouring characters changed places."""
    at = min(_place_in(name, dice), len(name) - 2)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :] if at >= 0 else name


def without_place(name: str, _: random.Random) -> str:
    """The city is left out."""
    shorter = _PLACE.sub("", name)
    return shorter if len(shorter) >= 4 else name


def other_form(name: str, dice: random.Random) -> str:
    """The legal form is left out or another one."""
    other = dice.choice(["", "公司", "有限责任公司", "股份有限公司"])
    shorter = _FORM.sub("", name)
    return shorter + other if len(shorter) >= 2 else name


def traditional(name: str, _: random.Random) -> str:
    """Written in traditional characters."""
    return str(_to_traditional().convert(name))


def homophone(name: str, dice: random.Random) -> str:
    """One character is another that sounds the same."""
    places = list(range(len(_FORM.sub("", name)) or len(name)))
    dice.shuffle(places)
    for at in places:
        (syllable,) = lazy_pinyin(name[at], errors="default")
        alike = [c for c in _by_sound().get(syllable, ()) if c != name[at]]
        if alike:
            return name[:at] + dice.choice(alike) + name[at + 1 :]
    return name


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


@cache
def _by_sound() -> dict[str, str]:
    """Return the characters of the first level of GB 2312 by how they sound."""
    found: dict[str, str] = {}
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            try:
                character = bytes([high, low]).decode("gb2312")
            except UnicodeDecodeError:
                continue
            (syllable,) = lazy_pinyin(character)
            found[syllable] = found.get(syllable, "") + character
    return found


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "substituted": substituted,
    "deleted": deleted,
    "transposed": transposed,
    "without place": without_place,
    "other form": other_form,
    "traditional": traditional,
    "homophone": homophone,
}
