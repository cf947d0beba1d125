"""Who is meant by a code, and whether he may have what he applies for.

One way for the API and the command line. That something bars is told to everybody who
may ask; why, only as far as the asker may see it, as for effects.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from analytics.eligibility import (
    Doubt,
    Eligibility,
    Examiner,
    Hit,
    Question,
    answer_of,
)
from api.access import Sight, kind_of
from api.schemas.eligibility import Applicant, EligibilityRequest
from graph.errors import BadInput, Said
from graph.identifiers import (
    CodeCheck,
    check_registration_number,
    check_resident_id,
    check_uscc,
    normalise_code,
)
from graph.identity import DocumentKind, PersonKeys, is_scoped
from graph.law.book import LawBook
from graph.law.model import Purpose

_USCC, _OLD = 18, 15


class Meant(NamedTuple):
    """Whom a text means; a doubt where nobody can be told."""

    subject: str = ""
    doubt: Doubt | None = None
    told: Said | None = None


class Judged(NamedTuple):
    """The answer for one applicant."""

    applicant: Applicant
    question: Question
    meant: Meant
    known: bool
    answer: Eligibility
    doubts: tuple[Doubt, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Judging:
    """Judges the applicants of one request.

    Args:
        seen: what the asker may see.
        keys: makes persons of document numbers.
    """

    seen: Sight
    keys: PersonKeys
    _questions: dict[tuple[str | None, ...], Question] = field(default_factory=dict)

    def judge(self, request: EligibilityRequest) -> list[Judged]:
        """Return the answers in the order of the request.

        Raises:
            BadInput: a purpose or field that the law book does not know, or none.
        """
        items = [
            Applicant(subject=item) if isinstance(item, str) else item
            for item in request.items
        ]
        meant = [self.meant(item.subject) for item in items]
        view = self.seen.view
        subjects = {one.subject for one in meant if one.subject}
        examiner = Examiner(view.derivation, view.day, subjects)
        return [
            self._judged(item, whom, self._question(item, request), examiner)
            for item, whom in zip(items, meant, strict=True)
        ]

    def _judged(
        self, item: Applicant, meant: Meant, question: Question, examiner: Examiner
    ) -> Judged:
        known = bool(meant.subject) and self.seen.snapshot.has(meant.subject)
        doubts = self._doubts(meant, question.purpose)
        hits = examiner.hits(question, meant.subject) if meant.subject else ()
        answer = answer_of(hits)
        if doubts and answer is Eligibility.YES:
            answer = Eligibility.TO_CHECK
        return Judged(item, question, meant, known, answer, doubts, hits)

    def _doubts(self, meant: Meant, purpose: Purpose) -> tuple[Doubt, ...]:
        if meant.doubt:
            return (meant.doubt,)
        if kind_of(meant.subject) not in purpose.applicants:
            return (Doubt.OTHER_KIND,)
        return (Doubt.NAME_ONLY,) if is_scoped(meant.subject) else ()

    # ---- what is asked ---------------------------------------------------

    def _question(self, item: Applicant, request: EligibilityRequest) -> Question:
        asked = (
            item.purpose or request.purpose,
            item.field or request.field,
            item.region or request.region,
            item.organization or request.organization,
        )
        known = self._questions.get(asked)
        if known is None:
            known = self._questions[asked] = self._read(*asked)
        return known

    def _read(
        self,
        purpose: str | None,
        named: str | None,
        region: str | None,
        organization: str | None,
    ) -> Question:
        law = self.seen.view.law
        about = self.meant(organization).subject if organization else ""
        if about and not region:
            profile = self.seen.profile(about)
            region = profile.region if profile else None
        return Question(
            purpose_named(law, purpose),
            _entry(law.fields, "领域", "field", named).key if named else None,
            region or "",
        )

    # ---- who is meant ----------------------------------------------------

    def meant(self, text: str) -> Meant:
        """Return whom a code, number or identifier means; names mean nobody."""
        code = normalise_code(text)
        if text.startswith(("org:", "per:")):
            return Meant(self._canonical(text))
        if not any(c.isascii() and c.isalnum() for c in code):
            return Meant(doubt=Doubt.NAME_ONLY)
        return self._coded(code)

    def _coded(self, code: str) -> Meant:
        old = len(code) == _OLD
        company = check_registration_number(code) if old else check_uscc(code)
        person = check_resident_id(code, as_of=self.seen.view.as_of)
        organization = f"org:{'reg:' if old else ''}{code}"
        # One resident number in 31 passes the check of company codes by chance: it
        # is a company only where that company is known, and is never repeated.
        if company.ok and (not person.ok or self.seen.snapshot.has(organization)):
            return Meant(self._canonical(organization))
        if person.ok:
            return self._person(person)
        if len(code) == _USCC and self.seen.snapshot.has(f"org:{code}"):
            return Meant(self._canonical(f"org:{code}"))
        told = Said(company.message_zh, company.message_en)
        return Meant(doubt=Doubt.UNREADABLE, told=told)

    def _person(self, number: CodeCheck) -> Meant:
        if not self.seen.scope.personal_data:
            return Meant(doubt=Doubt.NUMBER_NOT_OPEN)
        found = self.keys.person_id(DocumentKind.RESIDENT_ID, number.value)
        return Meant(self._canonical(found))

    def _canonical(self, subject: str) -> str:
        return self.seen.snapshot.identities.canonical(subject)


def purpose_named(law: LawBook, text: str | None) -> Purpose:
    """Return the purpose with this key or Chinese name.

    Raises:
        BadInput: none is named, or the law book does not know it.
    """
    found: Purpose = _entry(law.purposes, "用途", "purpose", text)
    return found


def _entry(shelf: Mapping[str, Any], zh: str, en: str, text: str | None) -> Any:
    for key, entry in shelf.items():
        if text in (key, entry.zh):
            return entry
    known = sorted(shelf)
    if text is None:
        raise BadInput(
            f"没有写明{zh}。",
            f"No {en} is named.",
            hint_zh=f"可用：{'、'.join(known)}",
            hint_en=f"Known: {', '.join(known)}",
        )
    raise BadInput(
        f"法规库中没有{zh}“{text}”。",
        f"The law book has no {en} {text!r}.",
        hint_zh=f"可用：{'、'.join(known)}",
        hint_en=f"Known: {', '.join(known)}",
    )
