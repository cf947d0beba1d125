"""Scores and leads in words, on a terminal."""

from rich.markup import escape

from api.console import Terminal
from api.schemas.leads import LeadFact, LeadItem, LeadRow, PartItem
from api.schemas.risk import ContributionItem, EvidenceItem, ModelRef, RiskItem


def tell_risk(term: Terminal, item: RiskItem) -> None:
    """Print a score with all that it rests on."""
    chance = f"  {item.probability:.1%}" if item.probability is not None else ""
    band = term.say(item.band.zh, item.band.en)
    name = item.subject.name or item.subject.id
    term.print(f"{name}  {item.score:g}/100  {band}{chance}  {item.rank}/{item.of}")
    for part in item.contributions:
        _tell_part(term, part)
    for change in item.changes[:3]:
        text = term.say(change.label.zh, change.label.en)
        term.print(
            term.say(
                f"  若“{text}”由 {change.value:g} 变为 {change.to:g}，总分为 {change.score:g}",
                f"  were “{text}” {change.to:g}, not {change.value:g}: {change.score:g}",
            )
        )
    for one in item.exposures:
        sector = term.say(one.sector.zh, one.sector.en)
        term.print(
            term.say(
                f"  {sector}：有共同人员的 {one.neighbours} 家，其中 {one.troubled} 家有不良记录",
                f"  {sector}: {one.neighbours} with common people, {one.troubled} adverse",
            )
        )
    tell_model(term, item.model)
    term.print(term.say(item.note.zh, item.note.en))


def _tell_part(term: Terminal, part: ContributionItem) -> None:
    reason = term.say(part.reason.zh, part.reason.en)
    value = "" if part.value is None or part.feature is None else f" ({part.value:.4g})"
    term.print(f"  {part.points:+g}  {reason}{value}")
    for piece in part.evidence[:3]:
        words = [term.say(piece.fact.zh, piece.fact.en), _title(term, piece)]
        words.append(piece.document_number or "")
        if piece.other:
            words.insert(0, piece.other.name or piece.other.id)
        if piece.via:
            words.append(term.say("经 ", "via ") + (piece.via.name or piece.via.id))
        source = f"〔{piece.source.file}:{piece.source.line}〕"
        term.print("      " + " ".join(filter(None, words)) + source)


def _title(term: Terminal, piece: EvidenceItem) -> str:
    return term.say(piece.title.zh, piece.title.en) if piece.title else ""


def tell_model(term: Terminal, model: ModelRef) -> None:
    """Print which model it is and what must be said beside it."""
    label = model.label
    term.print(term.say(f"{label.zh}（{model.id}）", f"{label.en} ({model.id})"))
    if model.warning is not None:
        term.print(term.say(model.warning.zh, model.warning.en))


def tell_row(term: Terminal, item: LeadRow) -> None:
    """Print a lead on one line."""
    said = f"  [{term.say(item.verdict.zh, item.verdict.en)}]" if item.verdict else ""
    who = "，".join(_part(term, part) for part in item.parts[:3])
    if item.group:
        who = term.say(item.group.zh, item.group.en)
    figures = "，".join(
        f"{term.say(one.figure.zh, one.figure.en)} {one.value:g}"
        for one in item.figures
    )
    title = term.say(item.title.zh, item.title.en)
    term.print(escape(f"{item.id}  {item.since}  {title}  {who}  {figures}{said}"))


def _part(term: Terminal, part: PartItem) -> str:
    return f"{part.subject.name or part.subject.id}（{term.say(part.part.zh, part.part.en)}）"


def tell_lead(term: Terminal, item: LeadItem) -> None:
    """Print a lead with the facts it rests on."""
    tell_row(term, item.lead)
    term.print(term.say(item.text.zh, item.text.en))
    names = {one.id: one.name or one.id for one in item.nodes}
    for fact in item.facts:
        term.print(escape("    " + _lead_fact(term, fact, names)))
    term.print(term.say("为何要紧：", "Why: ") + term.say(item.why.zh, item.why.en))
    term.print(
        term.say("不表示：", "It is not: ") + term.say(item.is_not.zh, item.is_not.en)
    )
    for note in item.notes:
        verdict = term.say(note.verdict.zh, note.verdict.en)
        term.print(
            escape(f"  {note.at:%Y-%m-%d %H:%M}  {note.by}  {verdict}  {note.text}")
        )
    term.print(term.say(item.note.zh, item.note.en))


def _lead_fact(term: Terminal, fact: LeadFact, names: dict[str, str]) -> str:
    words = [term.say(fact.fact.zh, fact.fact.en)]
    if fact.title:
        words.append(term.say(fact.title.zh, fact.title.en))
    words.append(names.get(fact.near, fact.near))
    if fact.far:
        words += ["→", names.get(fact.far, fact.far)]
    if fact.document_number:
        words.append(fact.document_number)
    if fact.decided_on:
        words.append(str(fact.decided_on))
    elif fact.period and fact.period.valid_from:
        words.append(f"{fact.period.valid_from} — {fact.period.last_day or ''}")
    return " ".join(words) + f" 〔{fact.source.file}:{fact.source.line}〕"
