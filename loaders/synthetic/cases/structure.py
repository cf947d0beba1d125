"""Cases about the shape: firms that rise again, guarantee each other, control others."""

from loaders.synthetic.cases.people import defaulter
from loaders.synthetic.cases.scene import FOOD, HOLDING, SHOP, WOOD, Scene
from loaders.synthetic.stories.papers import punish
from loaders.synthetic.stories.plan import Firm, Human


def phoenix(scene: Scene, number: int, *, decoy: bool) -> None:
    """Found a firm where one lost its licence: by the same people, or by others."""
    case = scene.open("phoenix", number, decoy=decoy)
    revoked = scene.roll(80, 700)
    founded = revoked - scene.roll(8, 60)
    begun = revoked + scene.roll(700, 2200)
    leader, partner = scene.person(), scene.person()
    place, phone = scene.address(), scene.phone()
    old = scene.firm(FOOD, begun, None, address=place, status="吊销")
    scene.post(leader, old, "法定代表人", begun, revoked)
    scene.post(partner, old, "监事", begun, revoked)
    scene.own(old, begun, (leader, 70), (partner, 30))
    scene.reach(old, place, phone, begun, revoked)
    if decoy:
        leader, partner, phone = scene.person(), scene.person(), scene.phone()
    new = scene.firm(WOOD if decoy else FOOD, founded, partner, address=place)
    scene.own(new, founded, (leader, 70), (partner, 30))
    scene.reach(new, place, phone, founded)
    paper = scene.paper("罚", revoked)
    punish(
        scene.plan, paper, old, kinds="吊销执照",
        act=(scene.ago(revoked + 170), scene.ago(revoked + 80)), licence="营业执照",
        title="利用公司名义从事严重违法活动",
        basis="《中华人民共和国公司法》第二百六十二条",
    )  # fmt: skip
    case.firms = [("old", old), ("new", new)]
    case.people = [
        ("owner", leader, new, "shareholder"),
        ("representative", partner, new, "legal_representative"),
    ]
    case.papers = [paper]
    case.days = {"revoked": scene.day(revoked), "founded": scene.day(founded)}


def guarantee_ring(scene: Scene, number: int, *, decoy: bool) -> None:
    """Let firms guarantee each other in a ring, or in a row that does not close."""
    case = scene.open("guarantee_ring", number, decoy=decoy)
    founded = scene.roll(900, 3000)
    firms = [_firm(scene, founded) for _ in range(scene.roll(3, 7))]
    since = scene.roll(200, 800)
    pairs = list(zip(firms, (*firms[1:], firms[0]), strict=True))
    amounts = []
    for place, (guarantor, debtor) in enumerate(pairs[:-1] if decoy else pairs):
        amounts.append(scene.roll(3, 40) * 50)
        _guarantee(scene, guarantor, debtor, amounts[-1], since - place * 9)
    paper = defaulter(scene, firms[0], scene.roll(20, 150))
    case.firms = [("member", firm) for firm in firms]
    case.papers = [paper]
    case.days = {
        "first_guarantee": scene.day(since),
        "listed": scene.plan.on(paper.day),
    }
    case.figures = {"amounts_wan": amounts}


def _firm(scene: Scene, founded: int) -> Firm:
    leader = scene.person()
    firm = scene.firm(scene.some(), founded, leader)
    scene.own(firm, founded, (leader, 60))
    return firm


def _guarantee(
    scene: Scene, guarantor: Firm, debtor: Firm, amount: int, days: int
) -> None:
    """Give a guarantee of so many 万元 for three years."""
    contract = scene.contract(days)
    city = "伊春市" if scene.region // 100 == 2307 else "鹤岗市"
    scene.plan.add(
        "guarantees",
        {
            "担保人名称": guarantor.name,
            "担保人类别": "企业",
            "担保人统一社会信用代码": guarantor.code,
            "被担保人名称": debtor.name,
            "被担保人统一社会信用代码": debtor.code,
            "债权人名称": f"{city}虚拟农村商业银行",
            "担保合同编号": f"保{contract}",
            "担保方式": "连带责任保证",
            "主合同编号": f"借{contract}",
            "担保金额（万元）": str(amount),
            "担保起始日期": scene.day(days),
            "担保终止日期": scene.day(days - 3 * 365),
            "数据来源单位": f"{city}地方金融监管局",
            "行政区划代码": str(scene.region // 100 * 100),
        },
    )


def chain_of_control(scene: Scene, number: int, *, decoy: bool) -> None:
    """Let a person hold the majority over several layers; decoys have a thin link."""
    case = scene.open("chain_of_control", number, decoy=decoy)
    layers, founded = scene.roll(3, 7), scene.roll(900, 3000)
    thin = scene.roll(1, layers) if decoy else -1
    top = scene.person()
    holders: list[Human | Firm] = [top]
    shares = []
    for layer in range(layers):
        trade = SHOP if layer == layers - 1 else HOLDING
        firm = scene.firm(trade, founded - layer * 20, scene.person())
        shares.append(30 if layer == thin else scene.roll(51, 91))
        scene.own(firm, founded - layer * 20, (holders[-1], shares[-1]))
        holders.append(firm)
        case.firms.append((f"layer_{layer + 1}", firm))
    last = case.firms[-1][1]
    paper = defaulter(scene, last, scene.roll(20, 400))
    case.people = [("top", top, case.firms[0][1], "shareholder")]
    case.papers = [paper]
    case.days = {"listed": scene.plan.on(paper.day)}
    case.figures = {"shares_per_cent": shares}
