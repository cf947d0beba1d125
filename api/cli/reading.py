"""Asking: `subject`, `explain`, `examine`. All take a day and an instant."""

import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import typer

from analytics.drawing import mermaid, svg
from analytics.explanation import Explanation
from analytics.propagation.effects import Effect
from analytics.propagation.engine import Derivation
from analytics.propagation.examination import about
from analytics.propagation.explain import examine as examination
from analytics.propagation.explain import explain as explanation
from api.access import Sight
from api.acts import find_sanction
from api.cli.printing import period, plain, print_effects, print_list, word
from api.console import Terminal, terminal
from api.rendering import key_values
from api.service import Service
from api.showing import facts as showing
from api.showing import relations
from api.showing.effects import show_effect
from graph.errors import NotFound
from graph.scope import ALL
from graph.vocabulary import FactKind

Show = Callable[[int, Sight, relations.Details | None], Any]

Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]
Who = Annotated[
    str, typer.Argument(help="统一社会信用代码、标识或全名。Code, identifier or name.")
]
EffectId = Annotated[str, typer.Argument(help="后果的标识。Id of the effect.")]
Form = Annotated[
    Literal["text", "json", "mermaid", "svg"],
    typer.Option("--format", help="文字、JSON、Mermaid 或 SVG。Words or a picture."),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="基准日，默认今天。The day asked about."),
]
KnownAt = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"],
        help="已知时点（UTC）：按当时已载入的回答。As known at this instant (UTC).",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    for command in (subject, explain, examine):
        app.command(command.__name__)(command)


def sight(service: Service, as_of: datetime | None, known: datetime | None) -> Sight:
    """Return the view of a day and an instant, everything to be seen."""
    day = as_of.date() if as_of else None
    instant = known.replace(tzinfo=UTC) if known else None
    return Sight(service.view(as_of=day, known_at=instant), ALL)


def subject(
    context: typer.Context,
    who: Who,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """查看一个主体：概况、任职、持股、记录、惩戒、后果。Show a subject."""
    term = terminal(context)
    with term.service() as service:
        seen = sight(service, as_of, known_at)
        found = service.find_subject(who, view=seen.view, scope=ALL)
        shown = _subject(found, seen, service)
    if as_json:
        term.json(plain(shown))
    else:
        _print_subject(term, shown)


def _subject(found: str, seen: Sight, service: Service) -> dict[str, Any]:
    snapshot, derivation = seen.snapshot, seen.view.derivation
    borne = derivation.of_bearer(found)

    def rows(kind: FactKind, *columns: str) -> list[int]:
        return sorted({r for c in columns for r in snapshot.rows(kind, c, found)})

    def each(kind: FactKind, show: Show, *columns: str) -> list[Any]:
        at = rows(kind, *columns)
        texts = showing.details(service.store, seen, kind, at) if at else {}
        return [show(row, seen, texts.get(row)) for row in at]

    return {
        "subject": showing.show_subject(
            found, seen, effects=len(borne), store=service.store
        ),
        "sanctions": [
            showing.show_sanction(r, seen) for r in rows(FactKind.SANCTION, "subject")
        ],
        "records": [
            showing.show_record(r, seen) for r in rows(FactKind.RECORD, "subject")
        ],
        "ties": each(FactKind.TIE, relations.show_tie, "person", "organization"),
        "holdings": each(
            FactKind.HOLDING, relations.show_holding, "holder", "organization"
        ),
        "branches": each(FactKind.BRANCH, relations.show_branch, "branch", "parent"),
        "links": each(FactKind.LINK, relations.show_link, "subject", "other"),
        "contacts": each(FactKind.CONTACT, relations.show_contact, "subject", "anchor"),
        "effects_borne": _shown(borne, seen),
        "effects_on_others": _shown(derivation.of_organization(found), seen),
    }


def _shown(effects: Iterable[Effect], seen: Sight) -> list[Any]:
    return [show_effect(e, seen) for e in effects if e.status_on(seen.day) is not None]


def _print_subject(term: Terminal, shown: dict[str, Any]) -> None:
    item = shown["subject"]
    key_values(
        term,
        {
            term.say("名称", "name"): item.subject.name,
            term.say("标识", "identifier"): item.subject.id,
            term.say("代码", "code"): item.uscc or "",
            term.say("类型", "kind"): word(term, item.organization_kind),
            term.say("状态", "status"): word(term, item.status),
            term.say("住所", "address"): item.address or "",
        },
    )
    print_list(
        term,
        term.say("惩戒", "sanctions"),
        [
            f"{s.key}  {word(term, s.on_list.label if s.on_list else None)} "
            f"{term.say('、', ', ').join(word(term, m) for m in s.measures)}  "
            f"{s.document_number}  {period(s.period)}"
            for s in shown["sanctions"]
        ],
    )
    print_list(
        term,
        term.say("任职", "posts"),
        [
            f"{t.person.name}  {word(term, t.role)}  {t.organization.name}  "
            f"{period(t.period)}"
            for t in shown["ties"]
        ],
    )
    _print_relations(term, shown)
    print_list(
        term,
        term.say("记录", "records"),
        [
            f"{word(term, r.kind)}  {r.document_number}  {period(r.period)}  "
            f"{word(term, r.outcome)}{r.grade or ''}".rstrip()
            for r in shown["records"]
        ],
    )
    print_effects(term, term.say("承担的后果", "effects borne"), shown["effects_borne"])
    print_effects(
        term,
        term.say("由其惩戒及于他人的后果", "effects on others"),
        shown["effects_on_others"],
    )


def _print_relations(term: Terminal, shown: dict[str, Any]) -> None:
    print_list(
        term,
        term.say("持股", "shares"),
        [
            f"{_name(h.holder)}  {_share(h)}  {_name(h.organization)}  "
            f"{period(h.period)}"
            for h in shown["holdings"]
        ],
    )
    print_list(
        term,
        term.say("分支机构", "branches"),
        [
            f"{_name(b.branch)}  →  {_name(b.parent)}  {period(b.period)}"
            for b in shown["branches"]
        ],
    )
    print_list(
        term,
        term.say("其他关系", "other relations"),
        [
            f"{_name(i.subject)}  {word(term, i.relation)}  {_name(i.other)}  "
            f"{_yuan(term, i.amount_yuan)}{i.document}  {period(i.period)}"
            for i in shown["links"]
        ],
    )
    print_list(
        term,
        term.say("联系信息", "contacts"),
        [
            f"{word(term, c.kind)}  {c.text or c.anchor}  "
            f"{term.say(f'{c.shared_by} 个主体', f'{c.shared_by} subjects')}  {c.anchor}"
            for c in shown["contacts"]
        ],
    )


def _name(subject: Any) -> str:
    return str(subject.name or subject.id)


def _share(holding: Any) -> str:
    ends = [e for e in (holding.share, holding.share_to) if e is not None]
    return "–".join(f"{100 * e.decimal:.6g}%" for e in ends) or "?"


def _yuan(term: Terminal, amount: Any) -> str:
    return "" if amount is None else f"{amount:,f} {term.say('元', 'yuan')}  "


def explain(
    context: typer.Context,
    effect: EffectId,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Form = "text",
    as_json: Json = False,
) -> None:
    """解释一个后果：事实、任职、规则、条文、期限。Explain an effect."""
    term = terminal(context)
    with term.service() as service:
        view = sight(service, as_of, known_at).view
        found = effect_of(view.derivation, effect)
        tree = explanation(
            found, view.derivation, view.snapshot, view.law, day=view.day
        )
    print_tree(term, tree, "json" if as_json else form)


def effect_of(derivation: Derivation, effect: str) -> Effect:
    """Return the effect with this id.

    Raises:
        NotFound: there is none.
    """
    found = derivation.effects.get(effect)
    if found is None:
        raise NotFound(
            f"没有后果 {effect}。",
            f"There is no effect {effect!r}.",
            hint_zh="`creditgraph effects 代码` 列出一个主体的后果。",
            hint_en="`creditgraph effects CODE` lists the effects of a subject.",
        )
    return found


def print_tree(term: Terminal, tree: Explanation, form: str) -> None:
    """Print a tree of reasons as text, JSON, Mermaid or SVG."""
    language = term.settings.language
    if form == "json":
        term.json(tree.as_dict())
    elif form == "text":
        term.out.print(tree.text(language), markup=False, soft_wrap=True)
    else:
        draw = mermaid if form == "mermaid" else svg
        sys.stdout.write(draw(tree.as_dict(), language))


def examine(
    context: typer.Context,
    sanction: Annotated[str, typer.Argument(help="惩戒的键。Key of the sanction.")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    person: Annotated[
        str | None,
        typer.Option(help="只说这个人为什么（不）承担。Only why (not) this person."),
    ] = None,
    form: Form = "text",
    as_json: Json = False,
) -> None:
    """一项惩戒查过哪些人：谁负责、谁不负责、为什么。Who was looked at, and why (not)."""
    term = terminal(context)
    with term.service() as service:
        view = sight(service, as_of, known_at).view
        find_sanction(view.snapshot, sanction)
        tree = examination(sanction, view.snapshot, view.law, day=view.day)
        if person is not None:
            who = service.find_subject(person, view=view, scope=ALL)
            tree = about(tree, who, view.snapshot)
    print_tree(term, tree, "json" if as_json else form)
