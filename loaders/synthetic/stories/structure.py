"""Story 14: shapes worth a second look; leads, never effects."""

from loaders.synthetic.stories.expect import lost_licence, spared
from loaders.synthetic.stories.papers import punish
from loaders.synthetic.stories.plan import Firm, Human, Paper, Plan, registrar

_ADDRESS = "松影街88号3楼"
_COMMON_NAME = "王秀兰"
_HOMES = (
    (230717, "伊春市"), (230781, "铁力市"), (230719, "友好区"), (230726, "南岔县"),
    (230402, "鹤岗市"), (230421, "萝北县"),
)  # fmt: skip


def plant(plan: Plan) -> None:
    """Plant the stories of this file."""
    ring = _ring(plan)
    chain = _chain(plan)
    leader, old, new, paper = _phoenix(plan)
    namesakes = _namesakes(plan)
    firms = (*ring, *chain, old, new, *namesakes)
    plan.tell(
        "14",
        firms,
        (paper,),
        expected=lost_licence(
            plan, leader, old, paper, "2029-02-04", status="pending_finding"
        ),
        unaffected=tuple(
            spared(f, f, "结构只是线索", role="self")
            for f in (*ring, *chain, new, *namesakes)
        ),
    )


def _firm(plan: Plan, name: str, leader: str, founded: str) -> Firm:
    human = plan.person(leader)
    return plan.firm(
        name, region=230717, section="L", founded=founded, leader=human,
        scope="企业管理服务",
    )  # fmt: skip


def _ring(plan: Plan) -> tuple[Firm, ...]:
    names = ("环溪甲", "环溪乙", "环溪丙")
    people = ("桑珂舟", "桑砚舟", "桑屿舟")
    firms = tuple(
        _firm(plan, f"伊春市{n}企业管理有限公司", p, "2020-03-02")
        for n, p in zip(names, people, strict=True)
    )
    for holder, held in zip(firms, (*firms[1:], firms[0]), strict=True):
        plan.hold(holder, held, "40%", "2021-01-04")
    return firms


def _chain(plan: Plan) -> tuple[Firm, ...]:
    top = plan.person("都砚霆")
    firms = tuple(
        _firm(plan, f"伊春市{n}控股有限公司", p, "2018-10-15")
        for n, p in (("叠翠一", "冉屿秋"), ("叠翠二", "冉澍秋"), ("叠翠三", "冉珩秋"))
    )
    holders: tuple[Human | Firm, ...] = (top, *firms[:-1])
    for holder, held, share in zip(holders, firms, ("60%", "55%", "51%"), strict=True):
        plan.hold(holder, held, share, "2018-10-15")
    plan.post(top, firms[-1], "实际控制人", "2018-10-15")
    return firms


def _phoenix(plan: Plan) -> tuple[Human, Firm, Firm, Paper]:
    leader, partner = plan.person("宓屿霖"), plan.person("宓珂霖")
    old = plan.firm(
        "伊春市旧雨轩餐饮有限公司", region=230717, section="H", founded="2019-02-11",
        leader=None, address=_ADDRESS, status="吊销", scope="餐饮服务",
    )  # fmt: skip
    new = plan.firm(
        "伊春市新雨轩餐饮有限公司", region=230717, section="H", founded="2026-02-25",
        leader=partner, address=_ADDRESS, scope="餐饮服务",
    )  # fmt: skip
    plan.post(leader, old, "法定代表人", "2019-02-11", "2026-02-04")
    plan.post(partner, old, "监事", "2019-02-11", "2026-02-04")
    plan.hold(leader, old, "70%", "2019-02-11")
    plan.hold(partner, old, "30%", "2019-02-11")
    plan.hold(leader, new, "70%", "2026-02-25")
    plan.hold(partner, new, "30%", "2026-02-25")
    paper = Paper("伊市监罚示〔2026〕3014号", registrar(230717), "2026-02-05")
    punish(
        plan, paper, old, kinds="吊销执照", act=("2025-08-04", "2025-10-31"),
        licence="营业执照", title="利用公司名义从事严重违法活动",
        basis="《中华人民共和国公司法》第二百六十二条",
    )  # fmt: skip
    return leader, old, new, paper


def _namesakes(plan: Plan) -> tuple[Firm, ...]:
    firms = []
    for number, (region, city) in enumerate(_HOMES, 1):
        human = plan.person(_COMMON_NAME, region=region // 100 * 100 + 99)
        firm = plan.firm(
            f"{city}同名里{'一二三四五六'[number - 1]}店商贸有限公司",
            region=region, section="F", founded=f"202{number - 1}-04-0{number}",
            leader=human, scope="日用百货批发零售",
        )  # fmt: skip
        firms.append(firm)
    return tuple(firms)
