"""Penalties as the rows of the official form of 2018 (双公示)."""

import numpy as np
import pyarrow as pa

from loaders.synthetic.authorities import (
    OFFICE_AUTHORITIES,
    office_position,
    paper_numbers,
)
from loaders.synthetic.columns import (
    LONG_TERM,
    amounts,
    blank_unless,
    constant,
    days,
    glue,
    look_up,
    numbers,
)
from loaders.synthetic.draw import Ints
from loaders.synthetic.layout import table_of
from loaders.synthetic.offices import OFFENCES
from loaders.synthetic.organizations import FORMS, Organizations
from loaders.synthetic.penalties import Penalties
from loaders.synthetic.people import People

_CATEGORIES = ("法人及非法人组织", "个体工商户")


def penalties_table(orgs: Organizations, people: People, given: Penalties) -> pa.Table:
    """Return one row per penalty, in the order of the decisions."""
    where = pa.array(given.organization)
    leader = people.representative[given.organization]
    trader = np.array([f.shop for f in FORMS])[orgs.form[given.organization]]
    organ = office_position(orgs.prefecture[given.organization], given.office)
    name = look_up([a.name for a in OFFICE_AUTHORITIES], organ)
    code = look_up([a.code for a in OFFICE_AUTHORITIES], organ)
    return table_of(
        "penalties",
        {
            "行政相对人名称": orgs.names.take(where),
            "行政相对人类别": look_up(_CATEGORIES, trader.astype(np.int64)),
            "行政相对人代码_1(统一社会信用代码)": orgs.codes.take(where),
            "法定代表人": people.names(leader),
            "行政处罚决定书文号": document_numbers(given, organ),
            **_offence_columns(given),
            **_amount_columns(given),
            "处罚决定日期": days(given.decided),
            "处罚有效期": constant(LONG_TERM, len(given)),
            "公示截止期": days(given.public_to),
            "处罚机关": name,
            "处罚机关统一社会信用代码": code,
            "数据来源单位": name,
            "数据来源单位统一社会信用代码": code,
            "违法行为起始日期": days(given.act_from),
            "违法行为终止日期": days(given.act_to),
            "行政区划代码": numbers(orgs.region).take(where),
        },
    )


def document_numbers(given: Penalties, organ: Ints) -> pa.Array:
    """Return the numbers of the papers."""
    return paper_numbers("罚", organ, given.decided, given.serial)


def _offence_columns(given: Penalties) -> dict[str, pa.Array]:
    found = days(given.act_to)
    fact = look_up([f.fact for f in OFFENCES], given.offence)
    return {
        "违法行为类型": look_up([f.act for f in OFFENCES], given.offence),
        "违法事实": glue(found, "检查发现", fact, "。"),
        "处罚依据": look_up([f.basis for f in OFFENCES], given.offence),
        "处罚类别": look_up([f.kinds for f in OFFENCES], given.offence),
        "暂扣或吊销证照名称及编号": look_up(
            [f.licence for f in OFFENCES], given.offence
        ),
    }


def _amount_columns(given: Penalties) -> dict[str, pa.Array]:
    kinds = [f.kinds for f in OFFENCES]
    fined = np.array(["罚款" in k for k in kinds])[given.offence]
    gains = np.array(["没收" in k for k in kinds])[given.offence]
    fine = glue(amounts(given.fine), "0000")
    gain = glue(amounts(given.fine // 7 + 1), "0000")
    words = look_up([k.replace(";", "、") for k in kinds], given.offence)
    detail = blank_unless(fined, glue("，罚款", amounts(given.fine), "万元"))
    return {
        "处罚内容": glue(words, detail, "。"),
        "罚款金额（万元）": blank_unless(fined, fine),
        "没收违法所得、没收非法财物的金额（万元）": blank_unless(gains, gain),
    }
