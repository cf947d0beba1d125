"""Short ways to say what a story expects."""

from loaders.synthetic.stories.answers import Expected, Unaffected
from loaders.synthetic.stories.plan import Firm, Human, Paper, Plan

_NATIONAL = "SEVERE-LIST-PERSON-RECORD-CN"
_YICHUN = "SEVERE-LIST-PERSON-RECORD-YICHUN"


def record(
    plan: Plan,
    human: Human,
    firm: Firm,
    paper: Paper,
    until: str,
    *,
    role: str = "legal_representative",
    status: str = "in_force",
) -> tuple[Expected, ...]:
    """Expect an entry in a personal record: nationwide and, there, by Yichun's text."""
    rules = (_NATIONAL, _YICHUN) if firm.region // 100 == 2307 else (_NATIONAL,)
    return tuple(
        Expected(
            human.name,
            firm.name,
            role,
            "personal_record",
            rule,
            status,
            paper.number,
            plan.on(until),
        )
        for rule in rules
    )


def ban(
    plan: Plan,
    human: Human,
    firm: Firm,
    paper: Paper,
    measure: str,
    rule: str,
    until: str,
    *,
    role: str = "legal_representative",
    status: str = "in_force",
) -> Expected:
    """Expect a ban that has its own term."""
    return Expected(
        human.name, firm.name, role, measure, rule, status, paper.number, plan.on(until)
    )


def lost_licence(
    plan: Plan,
    human: Human,
    firm: Firm,
    paper: Paper,
    until: str,
    *,
    status: str = "in_force",
) -> tuple[Expected, ...]:
    """Expect both bans of a representative whose firm lost its business licence."""
    bans = (
        ("office_ban", "LICENCE-REVOKED-OFFICE-BAN"),
        ("representative_ban", "LICENCE-REVOKED-REPRESENTATIVE-BAN"),
    )
    return tuple(
        ban(plan, human, firm, paper, measure, rule, until, status=status)
        for measure, rule in bans
    )


def spared(
    who: Human | Firm,
    firm: Firm,
    why: str,
    *,
    role: str = "legal_representative",
    measure: str = "",
) -> Unaffected:
    """Say that nothing, or not this measure, must happen to somebody, and why."""
    return Unaffected(who.name, firm.name, role, why, measure)
