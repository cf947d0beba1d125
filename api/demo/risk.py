"""The last part of the demo: five leads with their evidence, one score explained."""

from typing import Final

from analytics.leads.lead import Lead
from api.access import Sight
from api.console import Terminal
from api.leads import LeadBook
from api.service import Service
from api.showing import leads as showing_leads
from api.showing import risk as showing
from api.telling import tell_lead, tell_risk
from graph.scope import ALL

_LEADS: Final = 5


def tell_picture(term: Terminal, service: Service) -> None:
    """Print a lead of each of five patterns and the highest score."""
    seen = Sight(service.view(), ALL)
    leads = LeadBook().of(seen)
    counts = f"{len(leads.every)}"
    term.print(
        term.say(
            f"图上有 {counts} 条线索（供核查，不产生后果），以下为其中五种各一条：",
            f"{counts} leads (to be checked, without consequence); one of five kinds:",
        )
    )
    first: dict[str, Lead] = {}
    for lead in leads.every:
        first.setdefault(lead.pattern, lead)
    for lead in list(first.values())[:_LEADS]:
        term.print("")
        tell_lead(term, showing_leads.lead(lead, leads, {}, seen))
    scored = service.risks.of(seen.snapshot, seen.day)
    highest = scored.matrix.subjects[int(scored.order[0])]
    term.print("")
    term.print(term.say("评分最高的一家：", "The highest score:"))
    tell_risk(term, showing.risk(scored.assess(highest), scored.card, seen))
