"""Who is meant: person keys, scoped identifiers, and nothing that tells a number."""

import hmac
import logging
import pickle
import traceback
from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, UnknownTerm
from graph.identity import (
    DocumentKind,
    PersonKeys,
    UnusableNumber,
    is_organization,
    is_person,
    is_scoped,
    normalise_name,
    organization_id,
    organization_ids,
    scoped_organization_id,
    scoped_organization_ids,
    scoped_person_id,
    scoped_person_ids,
)
from graph.vocabulary import Role

SECRET = bytes(range(32))
KEYS = PersonKeys(SECRET)
CANARY = "11010519491231002X"
RESIDENT = DocumentKind.RESIDENT_ID
USCC = "9144030071526726XG"
ORG = f"org:{USCC}"


# --- keys ------------------------------------------------------------------------


def test_the_key_is_hmac_sha256_over_kind_and_number() -> None:
    message = f"resident_id\0{CANARY}".encode()
    expected = hmac.new(SECRET, message, "sha256").hexdigest()[:32]
    assert KEYS.person_id(RESIDENT, CANARY) == f"per:{expected}"
    assert KEYS.check_value() == hmac.new(SECRET, b"check", "sha256").hexdigest()


@pytest.mark.parametrize(
    "spelling",
    [
        "11010519491231002x",
        " 11010519491231002X\u3000",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105491231002",
    ],
)
def test_spellings_of_one_resident_id_give_one_key(spelling: str) -> None:
    assert KEYS.person_id(RESIDENT, spelling) == KEYS.person_id(RESIDENT, CANARY)


def test_a_passport_is_capitals_without_spaces() -> None:
    wanted = KEYS.person_id(DocumentKind.PASSPORT, "E12345678")
    assert KEYS.person_id("passport", "e 1234 5678") == wanted
    assert KEYS.person_id("护照", "Ｅ12345678") == wanted


def test_the_same_number_of_two_kinds_is_two_persons() -> None:
    ids = {KEYS.person_id(kind, "E12345678") for kind in DocumentKind}
    assert len(ids) == len(DocumentKind)


def test_another_secret_gives_other_keys_and_another_check_value() -> None:
    other = PersonKeys(SECRET[::-1])
    assert other.person_id(RESIDENT, CANARY) != KEYS.person_id(RESIDENT, CANARY)
    assert other.check_value() != KEYS.check_value()


def test_a_short_secret_is_refused_without_quoting_it() -> None:
    with pytest.raises(BadInput, match="31 bytes") as caught:
        PersonKeys(b"canary-" * 4 + b"abc")
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    "number", ["", " ", "无", "0" * 17 + "X", "1101**********002X"]
)
@pytest.mark.parametrize("kind", DocumentKind)
def test_what_names_nobody_makes_no_key(kind: DocumentKind, number: str) -> None:
    with pytest.raises(UnusableNumber) as caught:
        KEYS.person_id(kind, number)
    assert caught.value.kind is kind
    assert KEYS.person_ids(kind, pa.array([number])).to_pylist() == [None]


def test_an_unknown_kind_of_document_is_refused() -> None:
    with pytest.raises(UnknownTerm):
        KEYS.person_id("library card", "1234567")


NUMBERS = st.sampled_from(
    [
        CANARY,
        CANARY.lower(),
        "110105491231002",
        "E1234567",
        "e 123 4567",
        "",
        "无",
        "12*4",
    ]
) | st.text(max_size=20)


def _one(kind: str, number: str) -> str | None:
    try:
        return KEYS.person_id(kind, number)
    except UnusableNumber:
        return None


@given(
    st.lists(st.tuples(st.sampled_from(DocumentKind) | st.none(), NUMBERS | st.none()))
)
def test_a_column_gives_the_keys_of_its_cells(
    rows: list[tuple[DocumentKind | None, str | None]],
) -> None:
    kinds = pa.array([k for k, _ in rows], pa.string())
    numbers = pa.array([n for _, n in rows], pa.string())
    mixed = [None if k is None or n is None else _one(k, n) for k, n in rows]
    assert KEYS.person_ids(kinds, numbers).to_pylist() == mixed
    passports = [None if n is None else _one("passport", n) for _, n in rows]
    chunked = pa.chunked_array([numbers, numbers.slice(1)])
    assert KEYS.person_ids("passport", chunked).to_pylist() == passports + passports[1:]


def test_each_distinct_number_is_hashed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    original = PersonKeys._key

    def counting(self: PersonKeys, kind: DocumentKind, value: str) -> str:
        made.append(value)
        return original(self, kind, value)

    monkeypatch.setattr(PersonKeys, "_key", counting)
    ids = KEYS.person_ids(RESIDENT, pa.array([CANARY, None, CANARY] * 50))
    assert made == [CANARY]
    assert ids.null_count == 50


def test_no_number_and_no_secret_ever_shows(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    canaries = [CANARY, "1101**********002X", "canary-passport-77", SECRET.hex()]
    shown = [repr(KEYS), str(KEYS), KEYS.check_value(), repr(KEYS.person_ids)]
    shown += [KEYS.person_id(RESIDENT, CANARY)]
    for kind in ("resident_id", "passport", "library card"):
        for number in (f"{CANARY}*", "canary-passport-77*"):
            try:
                KEYS.person_id(kind, number)
            except BadInput as error:
                shown += [str(error), repr(error), *error.hint, traceback.format_exc()]
    shown += [record.getMessage() for record in caplog.records]
    traces = [line for text in shown for line in text.splitlines()]
    assert not [c for c in canaries for line in traces if c in line]
    assert repr(SECRET) not in repr(KEYS)


def test_keys_are_not_pickled() -> None:
    with pytest.raises(TypeError, match="secret would travel"):
        pickle.dumps(KEYS)


# --- scoped identifiers ----------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张三", "张 三"),
        ("张三", "张\u3000三 "),
        ("阿卜杜拉·买买提", "阿卜杜拉•买买提"),
        ("甲（北京）公司", "甲(北京)公司"),
        ("John  Smith", "john smith"),
        ("金三", "\u2fa6三"),  # Kangxi radical, from PDFs
        ("张三", "张\u200b三\x00"),
    ],
)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert normalise_name(one) == normalise_name(other)


@pytest.mark.parametrize(
    "name", ["", None, "无", "N/A", "n/a", "-", "——", "***", "暂无"]
)
def test_what_is_no_name_says_nothing(name: str | None) -> None:
    assert normalise_name(name) == ""


def test_a_name_of_two_equal_characters_is_a_name() -> None:
    assert normalise_name("丽丽") == "丽丽"


@given(st.text())
def test_a_normalised_name_stays_as_it_is_and_holds_no_separator(name: str) -> None:
    once = normalise_name(name)
    assert normalise_name(once) == once
    assert "\x1f" not in once


def test_a_scoped_person_depends_on_organization_role_and_name() -> None:
    role = Role.LEGAL_REPRESENTATIVE
    ids = {
        scoped_person_id(ORG, role, "张三"),
        scoped_person_id(ORG, role, "李四"),
        scoped_person_id(ORG, Role.DIRECTOR, "张三"),
        scoped_person_id("org:reg:1", role, "张三"),
    }
    assert len(ids) == 4
    assert scoped_person_id(ORG, role, "张 三") in ids
    assert all(len(i) == len("per:scoped:") + 24 for i in ids)


def test_identifiers_stay_the_same_from_version_to_version() -> None:
    assert (
        scoped_person_id(ORG, Role.LEGAL_REPRESENTATIVE, "张三")
        == "per:scoped:ddc949c3d82491d58d675386"
    )
    assert (
        scoped_organization_id("甲公司", "230700")
        == "org:scoped:6098fb351542a3aabe51fd47"
    )
    assert KEYS.person_id(RESIDENT, CANARY) == "per:6d2e57e5a68f5fa6c685474e36acf5b3"


def test_without_a_name_there_is_no_scoped_identifier() -> None:
    for make in (
        lambda: scoped_person_id(ORG, "director", "无"),
        lambda: scoped_person_id("", "director", "张三"),
        lambda: scoped_organization_id(" ", "230700"),
    ):
        with pytest.raises(BadInput):
            make()


NAMES = st.sampled_from(["张三", "张 三", "无", "", "甲（集团）"]) | st.text(max_size=6)


def _or_none(make: Callable[[], str]) -> str | None:
    try:
        return make()
    except BadInput:
        return None


@given(st.lists(st.tuples(st.sampled_from([ORG, "org:reg:1", ""]), NAMES)))
def test_scoped_columns_give_the_identifiers_of_their_cells(
    rows: list[tuple[str, str]],
) -> None:
    orgs = pa.array([o for o, _ in rows] + [None, ORG], pa.string())
    names = pa.array([n for _, n in rows] + ["张三", None], pa.string())
    persons = [
        _or_none(lambda o=o, n=n: scoped_person_id(o, "director", n)) for o, n in rows
    ]
    named = [_or_none(lambda o=o, n=n: scoped_organization_id(n, o)) for o, n in rows]
    roles = pa.array(["director"] * len(names))
    assert scoped_person_ids(orgs, Role.DIRECTOR, names).to_pylist() == [
        *persons,
        None,
        None,
    ]
    assert scoped_person_ids(orgs, roles, names).to_pylist() == [*persons, None, None]
    last = [scoped_organization_id("张三", ""), None]
    assert scoped_organization_ids(names, orgs).to_pylist() == named + last


# --- organizations ---------------------------------------------------------------


def test_the_best_number_names_the_organization() -> None:
    assert organization_id(uscc=" 9144030071526726xg") == ORG
    assert organization_id(uscc=USCC, registration_number="110108000000016") == ORG
    assert (
        organization_id(
            uscc="00000000000000000X", registration_number="110108000000016"
        )
        == "org:reg:110108000000016"
    )
    assert organization_id(scheme="lei", number=" 5493 00abc ") == "org:lei:549300ABC"


def test_a_wrong_uscc_is_never_passed_over_for_a_lesser_number() -> None:
    with pytest.raises(BadInput, match="must be '6'") as caught:
        organization_id(
            uscc="914403001922038217", registration_number="110108000000016"
        )
    assert "应为“6”" in caught.value.message.zh


@pytest.mark.parametrize("scheme", ["reg", "scoped", "LEI", "a:b", "x"])
def test_a_scheme_cannot_imitate_another_kind_of_identifier(scheme: str) -> None:
    with pytest.raises(BadInput, match="scheme"):
        organization_id(scheme=scheme, number="1")


def test_without_any_number_the_hint_names_the_scoped_identifier() -> None:
    with pytest.raises(BadInput) as caught:
        organization_id(uscc="无", registration_number="/", number="12")
    assert "scoped_organization_id" in caught.value.hint.en
    with pytest.raises(BadInput):
        organization_ids()


CODES = st.sampled_from([USCC, USCC.lower(), "914403001922038217", "无", "", None])
OTHERS = st.sampled_from(["110108000000016", " 12 34 ", "无", "", None])


@given(st.lists(st.tuples(CODES, OTHERS, OTHERS)))
@example([])
@settings(deadline=None)  # the first row loads the compiled check
def test_organization_columns_give_the_identifiers_of_their_cells(
    rows: list[tuple[str | None, str | None, str | None]],
) -> None:
    code, registration, number = (
        pa.array([row[i] for row in rows], pa.string()) for i in range(3)
    )
    wanted = [
        _or_none(
            lambda r=r: organization_id(
                uscc=r[0], registration_number=r[1], scheme="lei", number=r[2]
            )
        )
        for r in rows
    ]
    ids = organization_ids(
        uscc=code, registration_number=registration, scheme="lei", number=number
    )
    assert ids.to_pylist() == wanted
    alone = [_or_none(lambda r=r: organization_id(uscc=r[0])) for r in rows]
    assert organization_ids(uscc=code).to_pylist() == alone
    lesser = [
        _or_none(lambda r=r: organization_id(registration_number=r[1])) for r in rows
    ]
    assert organization_ids(registration_number=registration).to_pylist() == lesser


def test_an_identifier_says_what_it_means() -> None:
    person = KEYS.person_id(RESIDENT, CANARY)
    scoped = scoped_person_id(ORG, Role.DIRECTOR, "张三")
    named = scoped_organization_id("甲公司", "")
    table = {
        person: (True, False),
        scoped: (True, True),
        named: (False, True),
        ORG: (False, False),
    }
    for subject, (personal, by_name) in table.items():
        assert is_person(subject) is personal
        assert is_organization(subject) is not personal
        assert is_scoped(subject) is by_name
