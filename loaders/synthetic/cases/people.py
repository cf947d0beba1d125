"""Cases about who stands for a firm: swapped, borrowed, and barred from office."""

from loaders.synthetic.cases.scene import FOOD, SHOP, Scene
from loaders.synthetic.stories.papers import find, impose, punish
from loaders.synthetic.stories.plan import Firm, Human, Paper

_TERM = 3 * 365
"""Days for which nobody takes office whose firm lost its licence by his fault."""


def swapped_representative(scene: Scene, number: int, *, decoy: bool) -> None:
    """Change the representative between act and decision, or long before the act."""
    case = scene.open("swapped_representative", number, decoy=decoy)
    decided = scene.roll(40, 600)
    ended = decided + scene.roll(30, 70)
    began = ended + scene.roll(10, 40)
    swapped = began + scene.roll(380, 800) if decoy else decided + scene.roll(4, 25)
    founded = began + scene.roll(900, 2500)
    former, latter = scene.person(), scene.person()
    firm = scene.firm(FOOD, founded, latter, since=swapped)
    scene.post(former, firm, "法定代表人", founded, swapped + 1)
    scene.own(firm, founded, (former, 80))
    paper = scene.paper("罚", decided)
    punish(
        scene.plan, paper, firm, kinds="吊销许可证件",
        act=(scene.ago(began), scene.ago(ended)), licence="食品经营许可证",
        title="经营腐败变质的食品，情节严重",
        basis="《中华人民共和国食品安全法》第一百二十四条",
    )  # fmt: skip
    case.firms = [("punished", firm)]
    case.people = [
        ("former", former, firm, "legal_representative"),
        ("present", latter, firm, "legal_representative"),
    ]
    case.papers = [paper]
    case.days = {
        "act_from": scene.day(began),
        "act_to": scene.day(ended),
        "swapped": scene.day(swapped),
        "decided": scene.day(decided),
    }


def nominee_representative(scene: Scene, number: int, *, decoy: bool) -> None:
    """Let one person stand for many firms of another, or own his chain of shops."""
    case = scene.open("nominee_representative", number, decoy=decoy)
    front = scene.person()
    owner = front if decoy else scene.person()
    desk, phone = scene.address(), scene.phone()
    first = scene.roll(300, 900)
    for place in range(scene.roll(6, 13)):
        founded = first + (place * 150 if decoy else -scene.roll(0, 45))
        if decoy:
            desk, phone = scene.address(), scene.phone()
        firm = scene.firm(SHOP, founded, front, address=desk)
        scene.reach(firm, desk, phone, founded)
        scene.own(firm, founded, (owner, 100))
        case.firms.append(("shop" if decoy else "front", firm))
    of = case.firms[0][1]
    case.people = [("representative", front, of, "legal_representative")]
    if not decoy:
        case.people.append(("owner", owner, of, "shareholder"))
    case.figures = {"companies": len(case.firms)}
    case.days = {"first_founded": scene.day(first)}


def banned_in_office(scene: Scene, number: int, *, decoy: bool) -> None:
    """Bar somebody from office for three years; let him take one within, or after."""
    case = scene.open("banned_in_office", number, decoy=decoy)
    revoked = scene.roll(_TERM + 120, _TERM + 350) if decoy else scene.roll(200, 900)
    appointed = (
        revoked - _TERM - scene.roll(20, 80) if decoy else revoked - scene.roll(30, 150)
    )
    barred = scene.person()
    lost, paper = _revoked(scene, barred, revoked)
    other = scene.firm(scene.some(), revoked + scene.roll(400, 1500), scene.person())
    role = "董事" if scene.roll(0, 2) else "高级管理人员"
    scene.post(barred, other, role, appointed)
    case.firms = [("revoked", lost), ("in_office", other)]
    case.people = [
        ("barred", barred, lost, "legal_representative"),
        ("barred", barred, other, "director" if role == "董事" else "senior_manager"),
    ]
    case.papers = [paper]
    case.days = {
        "revoked": scene.day(revoked),
        "barred_until": scene.day(revoked - _TERM),
        "appointed": scene.day(appointed),
    }


def _revoked(scene: Scene, leader: Human, days: int) -> tuple[Firm, Paper]:
    founded = days + scene.roll(700, 2000)
    firm = scene.firm(SHOP, founded, None, status="吊销")
    scene.post(leader, firm, "法定代表人", founded, days)
    scene.own(firm, founded, (leader, 60))
    paper = scene.paper("罚", days)
    punish(
        scene.plan, paper, firm, kinds="吊销执照",
        act=(scene.ago(days + 160), scene.ago(days + 60)), licence="营业执照",
        title="利用公司名义从事严重违法活动",
        basis="《中华人民共和国公司法》第二百六十二条",
    )  # fmt: skip
    find(scene.plan, leader, firm, paper, responsible=True, day=scene.ago(days))
    return firm, paper


def defaulter(scene: Scene, firm: Firm, days: int) -> Paper:
    """Put a firm on the list of judgment defaulters."""
    paper = scene.order(days)
    impose(
        scene.plan, paper, firm, list_name="失信被执行人", field="司法执行",
        act=(scene.ago(days + 150), scene.ago(days + 1)),
        reason="有履行能力而拒不履行生效法律文书确定义务",
    )  # fmt: skip
    return paper
