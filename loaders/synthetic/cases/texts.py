"""What a detector should find in each sort of case, and why it finds nothing in decoys."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEXTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "phoenix": (
            "旧公司被吊销后不久，原班股东在同一地址、同一电话另设同业公司，由另一人出面。",
            "Soon after the old company lost its licence its owners founded one in the same business at the same address and telephone, with another representative.",
        ),
        "not_phoenix": (
            "同一房间先后两家公司，人员、行业、电话都不同：换了租户。",
            "Two companies in one room, one after the other, with other people, business and telephone: another tenant.",
        ),
        "swapped_representative": (
            "违法行为之后、处罚决定之前几天更换法定代表人，大股东不变；按行为时，前任仍然负责。",
            "The representative was changed after the act and days before the decision, the majority owner stayed; at the act it was the former one, who still answers.",
        ),
        "not_swapped_representative": (
            "法定代表人早在违法行为之前一年多已经更换。",
            "The representative had changed more than a year before the act.",
        ),
        "nominee_representative": (
            "一人同时担任多家短期内在同一地址集中设立的公司的法定代表人而没有股份，股份都在另一人名下。",
            "One person represents many companies founded at one desk within weeks and owns none; somebody else owns them all.",
        ),
        "not_nominee_representative": (
            "一人开的连锁店：各店地址不同、设立时间不同，股份都在本人名下。",
            "A chain of shops of one person: different places and years, all owned by himself.",
        ),
        "guarantee_ring": (
            "几家公司依次担保，首尾相接；其中一家已是失信被执行人，风险沿环传到全部成员。",
            "Companies guarantee each other in a ring; one is a judgment defaulter already, and the risk goes round.",
        ),
        "not_guarantee_ring": (
            "几家公司依次担保，没有成环。",
            "Companies guarantee each other in a row that does not close.",
        ),
        "banned_in_office": (
            "因所任公司被吊销执照并被认定负有个人责任，三年内不得任职；期内又在另一家公司任职。",
            "Found responsible for a revoked licence and barred for three years, he took office in another company within them.",
        ),
        "not_banned_in_office": (
            "三年期满以后才任职。",
            "He took office after the three years.",
        ),
        "chain_of_control": (
            "自然人经多层过半数持股控制末端公司，末端公司已被列为失信被执行人；登记的法定代表人另有其人。",
            "A person controls the last company through majority holdings over several layers; that company is a judgment defaulter, its registered representative is somebody else.",
        ),
        "not_chain_of_control": (
            "链条中间一层只持股三成，控制到此中断。",
            "One link of the chain holds only thirty per cent: control ends there.",
        ),
    }
)
