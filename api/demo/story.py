"""`make demo`: the story of an invented city, told by the service itself.

Every sentence about who answers is what the service derived just now; the answer key
is only compared with it at the end, and a difference fails the demo.
"""

import http.client
import json
import secrets
from collections import Counter
from typing import Any
from urllib.parse import quote, urlsplit

from rich.rule import Rule

from analytics.propagation.effects import Effect
from analytics.propagation.explain import examine, explain
from api.acts import Act, End, Void
from api.board import View
from api.console import Terminal
from api.demo import plot
from api.demo.city import city_folder, city_service, demo_terminal
from api.demo.risk import tell_picture
from api.keys import KeyRing
from api.rendering import print_report
from api.service import Service
from api.serving import running_api
from graph.errors import StoreDamaged
from graph.snapshot import date_of, last_day_of
from graph.vocabulary import EndReason, FactKind

_TOLD = ("01", "02", "03", "04", "16", "05", "06", "07", "11", "12", "13", "15", "17")
_ACTED = ("08", "09", "10")
_LINES = 14


def tell(term: Terminal) -> None:
    """Load the city into a fresh demo store and tell what follows, and what is undone.

    Raises:
        StoreDamaged: the service's answers differ from the answer key.
        StoreMismatch: the store holds something that is not marked as a demo.
    """
    term = demo_terminal(term)
    stories = plot.read_stories(city_folder() / "answers.json")
    _heading(term, "一、载入", "1. Loading")
    with city_service(term, fresh=True) as (service, reports):
        for report in reports:
            print_report(term, report, issues=0)
        _Narrator(term, service, stories).tell()


def _heading(term: Terminal, zh: str, en: str) -> None:
    term.print("")
    term.out.print(Rule(f"[bold]{term.say(zh, en)}[/bold]", align="left"))


class _Narrator:
    """Tells the stories one after the other."""

    def __init__(
        self, term: Terminal, service: Service, stories: dict[str, plot.Story]
    ) -> None:
        self._term, self._service, self._stories = term, service, stories
        self._unmet: list[str] = []

    @property
    def _view(self) -> View:
        return self._service.board.view

    def _say(self, zh: str, en: str) -> None:
        self._term.out.print(self._term.say(zh, en), markup=False, soft_wrap=True)

    def tell(self) -> None:
        """Tell everything."""
        for story in self._stories.values():
            self._unmet += plot.unmet(self._view, story)
        self._tell_lists()
        _heading(self._term, "三、谁依法负责，谁不负责", "3. Who answers, who does not")
        for key in _TOLD:
            self._tell_story(self._stories[key])
        _heading(self._term, "四、终止与作废", "4. Ended, and voided")
        for key in _ACTED:
            self._tell_acts(self._stories[key])
        _heading(
            self._term, "五、业务系统经接口查询", "5. A sector system asks over HTTP"
        )
        self._ask_over_http()
        _heading(self._term, "六、风险：线索与评分", "6. Risk: leads and a score")
        tell_picture(self._term, self._service)
        self._close()

    def _tell_lists(self) -> None:
        _heading(self._term, "二、名单与惩戒", "2. Lists and sanctions")
        snapshot, law = self._view.snapshot, self._view.law
        counts: Counter[str] = Counter()
        for row in snapshot.all_rows(FactKind.SANCTION).tolist():
            begins = snapshot.day(FactKind.SANCTION, row, "valid_from")
            ends = snapshot.day(FactKind.SANCTION, row, "valid_to")
            if begins <= self._view.day < ends:
                listed = snapshot.text(FactKind.SANCTION, row, "list")
                counts[listed or snapshot.text(FactKind.SANCTION, row, "measures")] += 1
        rows = [
            {"name": self._label(key), "count": n} for key, n in counts.most_common()
        ]
        self._term.table(
            {
                "name": self._term.say("名单或措施", "list or measure"),
                "count": self._term.say("现行", "in force"),
            },
            list(rows),
        )
        held = Counter(
            status
            for effect in self._view.derivation.effects.values()
            if (status := effect.status_on(self._view.day)) is not None
        )
        told = "，".join(f"{self._term.say(s.zh, s.en)} {n}" for s, n in held.items())
        self._say(
            f"法规库 {len(law.rules)} 条规则推导出的后果：{told}",
            f"Consequences derived by {len(law.rules)} rules: {told}",
        )

    def _label(self, key: str) -> str:
        law = self._view.law
        words = []
        for part in key.split(";"):
            found = law.lists.get(part) or law.measures.get(part)
            words.append(self._term.say(found.zh, found.en) if found else part)
        return "、".join(words)

    # ---- who answers -----------------------------------------------------

    def _tell_story(self, story: plot.Story) -> None:
        term = self._term
        term.print(f"\n[bold]{story.key} {term.say(story.title, story.text_en)}[/bold]")
        self._say(story.text, "")
        found = list(plot.consequences(self._view, story))
        for effect, _ in found:
            self._tell_effect(effect)
        if story.key == "01" and found:
            self._explain(found[0][0])
        if story.key in {"02", "06"}:
            self._examine(story)
        for one in story.unaffected:
            self._say(
                f"  ○ {one['name']}（{one['organization']}）不受影响：{one['why']}",
                f"  ○ {one['name']} ({one['organization']}) is not touched",
            )

    def _tell_effect(self, effect: Effect) -> None:
        view, law = self._view, self._view.law
        status = effect.status_on(view.day)
        if status is None:
            return
        begins, ends = effect.period_on(view.day)
        last = last_day_of(ends) or "…"
        measure = law.measures[effect.measure]
        grounds = effect.grounds_on(view.day) or effect.grounds
        mark = "●" if status.value == "in_force" else "◐"
        self._say(
            f"  {mark} {plot.name_of(view, effect.bearer)}：{measure.zh}，{status.zh}，"
            f"{date_of(begins)} 至 {last}（{_reach(effect.jurisdiction)}）",
            f"  {mark} {plot.name_of(view, effect.bearer)}: {measure.en}, {status.en}, "
            f"{date_of(begins)} to {last}",
        )
        for ground in grounds:
            version = law.version(f"{ground.rule}@{ground.version.isoformat()}")
            basis = version.version.basis[0] if version else None
            title = law.instruments[basis.instrument].title if basis else ""
            article = basis.article if basis else ""
            place = (
                plot.name_of(view, ground.organization) if ground.organization else ""
            )
            self._say(
                f"      {place} {ground.role.zh}；《{title}》{article}",
                f"      {place} {ground.role.en}; {title} {article}",
            )

    def _explain(self, effect: Effect) -> None:
        view = self._view
        tree = explain(effect, view.derivation, view.snapshot, view.law, day=view.day)
        self._say("  解释：", "  Explanation:")
        self._print_tree(tree.text(self._term.settings.language))

    def _examine(self, story: plot.Story) -> None:
        view = self._view
        for key in plot.sanction_keys(view, story.documents[0])[:1]:
            tree = examine(key, view.snapshot, view.law, day=view.day)
            self._say("  查过的人：", "  Who was looked at:")
            self._print_tree(tree.text(self._term.settings.language))

    def _print_tree(self, text: str) -> None:
        lines = text.splitlines()
        for line in lines[:_LINES]:
            self._term.out.print(f"    │ {line}", markup=False, soft_wrap=True)
        if len(lines) > _LINES:
            self._term.out.print(
                f"    │ … {len(lines) - _LINES}", markup=False, soft_wrap=True
            )

    # ---- taking back -----------------------------------------------------

    def _tell_acts(self, story: plot.Story) -> None:
        term = self._term
        term.print(f"\n[bold]{story.key} {term.say(story.title, story.text_en)}[/bold]")
        self._say(story.text, "")
        for act in story.acts:
            before = [e for e, _ in plot.consequences(self._view, story)]
            (key,) = plot.sanction_keys(self._view, act.document)
            change = self._service.perform(self._decided(act, key))
            self._say(
                f"  → {'信用修复' if act.kind == 'repair' else '撤销'} {act.document}，"
                f"依据 {act.authority} {act.decision}：消除 {len(change.effects.lost)} 项，"
                f"新增 {len(change.effects.gained)} 项",
                f"  → {act.kind} of {act.document} by {act.decision}: "
                f"{len(change.effects.lost)} lost, {len(change.effects.gained)} gained",
            )
            for effect in before:
                self._tell_after(effect)

    def _decided(self, act: plot.Act, key: str) -> Act:
        request, actor = secrets.token_hex(8), "demo"
        if act.kind == "void":
            return Void(
                key=key,
                document=act.decision,
                authority=act.authority,
                actor=actor,
                request=request,
                reason="列入决定被撤销",
            )
        return End(
            key=key,
            document=act.decision,
            authority=act.authority,
            actor=actor,
            request=request,
            on=act.on,
            reason=EndReason.REPAIR,
        )

    def _tell_after(self, before: Effect) -> None:
        """Say how an effect stands now, and how it stood yesterday as known now."""
        view = self._view
        name = plot.name_of(view, before.bearer)
        effect = view.derivation.effects.get(before.id)
        if effect is None:
            self._say(
                f"  ✕ {name}：任何一天都不再有这一后果",
                f"  ✕ {name}: the effect never was, on any day",
            )
            return
        now, yesterday = effect.status_on(view.day), effect.status_on(view.day - 1)
        grounds = len(effect.grounds_on(view.day))
        words = self._term.say("今日", "today"), self._term.say("昨日", "yesterday")
        told = [
            f"{word} {self._term.say(s.zh, s.en) if s else '—'}"
            for word, s in zip(words, (now, yesterday), strict=True)
        ]
        self._say(
            f"  ● {name}：{'，'.join(told)}；尚有 {grounds} 个依据",
            f"  ● {name}: {', '.join(told)}; {grounds} grounds left",
        )

    # ---- over HTTP -------------------------------------------------------

    def _ask_over_http(self) -> None:
        ring = KeyRing(self._service.settings.keys_file)
        _, secret = ring.create("demo", role="operator", now=self._service.clock.now())
        code = self._stories["01"].codes[0]
        with running_api(self._service) as address:
            ask = _Client(address, secret, self._term)
            ask.item(f"/v1/subjects/{code}")
            sanction = ask.items(f"/v1/subjects/{code}/sanctions")
            effect = ask.items(f"/v1/effects?organization={quote('org:' + code)}")
            ask.text(f"/v1/effects/{effect['id']}/explanation")
            ask.text(f"/v1/sanctions/{sanction['key']}/examination")
            ask.item("/v1/subjects/91230000000000000X")
        self._say("接口已停止。", "The API has stopped.")

    # ---- the end ---------------------------------------------------------

    def _close(self) -> None:
        report = self._service.verify()
        expected = sum(len(s.expected) for s in self._stories.values())
        if self._unmet or not report.ok:
            raise StoreDamaged(
                f"{expected} 项预期中有 {len(self._unmet)} 项不符：{'；'.join(self._unmet[:5])}；verify 结果 {report.ok}。",
                f"{len(self._unmet)} of {expected} expectations were not met: "
                f"{'; '.join(self._unmet[:5])}; verify {report.ok}.",
                hint_zh="这是程序的错误，请报告。",
                hint_en="This is a fault of the program; please report it.",
            )
        self._term.print("")
        self._say(
            f"与答案对照：{expected} 项预期全部相符；图、账本、投影核对一致。"
            "接着可以：make serve，然后打开 http://127.0.0.1:8000/docs",
            f"Against the answer key: all {expected} expectations met; graph, journal "
            "and "
            "projection agree. Next: make serve, then http://127.0.0.1:8000/docs",
        )


def _reach(jurisdiction: str) -> str:
    """Return where an effect holds, in words."""
    return "全国" if jurisdiction == "CN" else f"地区 {jurisdiction}"


class _Client:
    """Asks the API as a sector system would, and shows question and answer."""

    def __init__(self, address: str, secret: str, term: Terminal) -> None:
        self._place, self._secret = urlsplit(address).netloc, secret
        self._term = term

    def item(self, path: str) -> None:
        """Ask for one thing."""
        answer = json.loads(self._get(path, "application/json"))
        self._show_json(answer.get("item", answer))

    def items(self, path: str) -> dict[str, Any]:
        """Ask for a list; show and return its first entry."""
        answer = json.loads(self._get(path, "application/json"))
        first: dict[str, Any] = answer["items"][0]
        meta = answer["meta"]
        self._term.out.print(
            f"  as_of {meta['as_of']}  load {meta['load']}  snapshot "
            f"{meta['snapshot'][:12]}…  law {meta['law'][:12]}…",
            markup=False,
        )
        self._show_json(first)
        return first

    def text(self, path: str) -> None:
        """Ask for an explanation in words."""
        language = self._term.settings.language
        self._show(self._get(f"{path}?lang={language}", "text/plain").splitlines())

    def _get(self, path: str, kind: str) -> str:
        connection = http.client.HTTPConnection(self._place, timeout=30)
        try:
            headers = {"X-API-Key": self._secret, "Accept": kind}
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            body = response.read().decode()
        finally:
            connection.close()
        self._term.print(f"\n[bold]GET {path}[/bold] → {response.status}")
        return body

    def _show_json(self, value: object) -> None:
        self._show(json.dumps(value, ensure_ascii=False, indent=1).splitlines())

    def _show(self, lines: list[str]) -> None:
        for line in lines[:_LINES]:
            self._term.out.print(f"  {line}", markup=False, soft_wrap=True)
        if len(lines) > _LINES:
            self._term.out.print(f"  … {len(lines) - _LINES}", markup=False)
