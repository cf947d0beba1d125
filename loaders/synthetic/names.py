"""Invented names of people and firms.

Given names end in a character that belongs to one of three groups: names that occur
in both prefectures, and names that occur in one only. So how many companies share
their representative's name with the other prefecture is decided, not left to chance.
"""

from functools import cache

import numpy as np
import pyarrow as pa

from loaders.synthetic.columns import glue, look_up
from loaders.synthetic.draw import Draw, Ints

SHARED = 0
"""The group of names that occur in both prefectures; 1 and 2 belong to one each."""

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
)
_SURNAME_WEIGHTS = tuple(max(3, 90 - 3 * i) for i in range(len(_SURNAMES)))
_FIRST = (
    "建国志文晓春海玉秀永立德明红丽桂淑宝振东金长凤广庆学忠福新俊少宏家世继光景树兆"
)
_LAST = (
    "华军伟平芳英强敏杰涛霞艳波辉斌",
    "林森松柏杨桦楠榆峰岭川溪河泉湖涧雪梅兰荣",
    "山石岩矿田原禾麦稻垦疆牧野泽江港舟帆洋源",
)
_SINGLE = ("伟静丽强磊", "松柏岭溪楠", "岩禾原野泽")
"""Given names of one character; every group has its own, like the endings."""

_GROUPS = 3
_SINGLES = 5
_ENDINGS = [c for ends in _LAST for c in ends.ljust(20)] + list("".join(_SINGLE))
_GIVEN = len(_FIRST) + 1


@cache
def _all_names() -> pa.Array:
    """Return every name there can be, in the order of its number."""
    first = [*_FIRST, ""]
    return pa.array([s + f + e for s in _SURNAMES for f in first for e in _ENDINGS])


def name_numbers(draw: Draw, groups: Ints) -> Ints:
    """Return the number of a name for each person, of the person's group."""
    count = len(groups)
    surname = draw.pick(count, _SURNAME_WEIGHTS)
    first = draw.leaning(count, len(_FIRST))
    single = draw.chance(count, 0.13)
    lengths = np.array([len(ends) for ends in _LAST], dtype=np.int64)
    u = draw.uniform(count)
    last = (u * lengths[groups]).astype(np.int64) + 20 * groups
    alone = (u * _SINGLES).astype(np.int64) + _SINGLES * groups
    first[single] = len(_FIRST)
    last[single] = _GROUPS * 20 + alone[single]
    return (surname * _GIVEN + first) * len(_ENDINGS) + last


def person_names(numbers: Ints) -> pa.Array:
    """Return the names of these numbers."""
    return look_up(_all_names(), numbers)


_OTHER_SURNAMES = (
    *"李王刘张陈孙于杨宋徐高曲姜林丛宫毕初邹隋矫迟修单尹由战苗滕柳栾辛慕纪苑祝邢温鞠牟",
    *("欧阳", "上官", "司马", "诸葛", "慕容", "尉迟", "东方", "夏侯"),
)
_OTHER_GIVEN = (
    "梓子浩宇轩涵怡欣思雨晨佳诗琪博然瑞铭睿泽皓逸晗雅静淑芬兰凤英翠珍莲桂香菊"
    "贵福财旺根生发喜顺庆恩保全有才茂盛洪亮刚勇猛健壮坚毅卓越超群鹏飞翔云龙虎彪"
)
_ALONE = len(_OTHER_GIVEN)


def other_name_numbers(draw: Draw, count: int) -> Ints:
    """Return numbers of names of another region and age: nothing of the first ones.

    Surnames are fewer and fall off faster, given names are drawn letter by letter.
    """
    surname = draw.heavy(count, len(_OTHER_SURNAMES))
    first = draw.leaning(count, _ALONE)
    first[draw.chance(count, 0.22)] = _ALONE
    return (surname * (_ALONE + 1) + first) * _ALONE + draw.leaning(count, _ALONE)


def other_person_names(numbers: Ints) -> pa.Array:
    """Return the names of these numbers of `other_name_numbers`."""
    rest, last = numbers // _ALONE, numbers % _ALONE
    return glue(
        look_up(_OTHER_SURNAMES, rest // (_ALONE + 1)),
        look_up([*_OTHER_GIVEN, ""], rest % (_ALONE + 1)),
        look_up(list(_OTHER_GIVEN), last),
    )


def shared_numbers(draw: Draw, count: int) -> Ints:
    """Return the numbers of up to this many different names of the shared group."""
    drawn = name_numbers(draw, np.full(20 * count + 50, SHARED, dtype=np.int64))
    _, first = np.unique(drawn, return_index=True)
    return drawn[np.sort(first)[:count]]


_TRADE = (
    "栎桦榆椴枫楸槐梓樟桐楠柳檀橡杉柏松竹兰菊芷蕙荷莲萱蓝青碧翠苍",
    "澄泓沐溪澜渟漪涵渊汀洛沁泽润浔川江海湖泊云霖霁雪露霜岚霞虹星",
    "禾稷穗麓谷原野岭峦岩峰屿舟帆棠棣翎羽鸣翔骏驰恒远宁和嘉瑞祺安",
)
_MORE = "华盛隆昌泰丰茂源通达鑫宏博凯元亨利贞兴旺顺福禄康德信义诚睿智明辉耀朗晟宸"
_TRADE_STEP = 7919
_ROUND = 27_000
"""So many names of three characters there are."""


def trade_names(numbers: Ints) -> pa.Array:
    """Return invented trade names, each different from all others.

    They have three characters, from 27,000 on one more, from about a million two.
    """
    slots = numbers % _ROUND * _TRADE_STEP + 4321
    parts = []
    for letters in _TRADE:
        parts.append(look_up(list(letters), slots % len(letters)))
        slots = slots // len(letters)
    rounds = numbers // _ROUND
    later = rounds - len(_MORE) - 1
    fourth = np.where(later < 0, rounds, 1 + later % len(_MORE))
    fifth = np.where(later < 0, 0, 1 + later // len(_MORE))
    return glue(*parts, look_up(["", *_MORE], fourth), look_up(["", *_MORE], fifth))
