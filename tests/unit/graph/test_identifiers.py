"""Codes: known good and bad ones, and the column check against the single check."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.identifiers import (
    CodeCheck,
    CodeFault,
    CodeKind,
    absent,
    check_organization_code,
    check_registration_number,
    check_resident_id,
    check_resident_id_column,
    check_uscc,
    check_uscc_column,
    mask_document_number,
    mask_name,
    mask_resident_id,
    normalise_code,
    normalise_code_column,
    organization_check_character,
    registration_check_digit,
    rejected,
    resident_check_character,
    upgrade_resident_id,
    uscc_check_character,
    warm_up,
)
from graph.identifiers.normal import PLACEHOLDER_WORDS, SPACES
from graph.identifiers.uscc import USCC_ALPHABET

AS_OF = date(2026, 11, 21)

GOOD = (
    "914403001922038216",
    "9144030071526726XG",
    "91440300708461136T",
    "911101085923662400",
    "91100000100003962T",
    "9132070070404786XB",
    "91510185MA64ND8627",
    "912307000000001660",  # remainder 0: the check character is 0, not a 32nd one
)
BAD = {
    "91350100M000100Y4Z": (CodeFault.ALPHABET, 18, "Z", "3"),
    "91110000100001825N": (CodeFault.CHECK_CHARACTER, 18, "N", "0"),
    "91320281137692538X": (CodeFault.CHECK_CHARACTER, 18, "X", "D"),
    "914403001922038217": (CodeFault.CHECK_CHARACTER, 18, "7", "6"),
    "9144030019220382I6": (CodeFault.ALPHABET, 17, "I", USCC_ALPHABET),
    "9144A3001922038216": (CodeFault.REGION_NOT_DIGITS, 5, "A", ""),
    "91440300192203821": (CodeFault.LENGTH, 0, "17", "18"),
    "9144*********38216": (CodeFault.MASKED, 5, "*", ""),
    "00000000000000000X": (CodeFault.PLACEHOLDER, 0, "", ""),
    "000000000000000000": (CodeFault.PLACEHOLDER, 0, "", ""),
    "111111111111111111": (CodeFault.PLACEHOLDER, 0, "", ""),
    "无": (CodeFault.PLACEHOLDER, 0, "", ""),
    "暂无": (CodeFault.PLACEHOLDER, 0, "", ""),
    "": (CodeFault.EMPTY, 0, "", ""),
    " \u3000\ufeff": (CodeFault.EMPTY, 0, "", ""),
    "9" * 33: (CodeFault.LENGTH, 0, "33", "18"),
}
INNER = {"913100001322041051": ("1", "5"), "914201007171752128": ("1", "2")}
RESIDENTS = ("11010519491231002X", "440524188001010014")


@pytest.mark.parametrize("code", GOOD)
def test_a_genuine_uscc_passes(code: str) -> None:
    check = check_uscc(code)
    assert (check.fault, check.value, check.ok) == (CodeFault.OK, code, True)


@pytest.mark.parametrize("code", BAD)
def test_a_wrong_uscc_is_refused_with_its_place_and_what_should_stand_there(
    code: str,
) -> None:
    check = check_uscc(code)
    assert (check.fault, check.position, check.found, check.expected) == BAD[code]
    assert not check.ok


@pytest.mark.parametrize("code", INNER)
def test_a_wrong_inner_organization_code_warns_and_does_not_refuse(code: str) -> None:
    check = check_uscc(code)
    assert check.fault is CodeFault.INNER_CHECK_CHARACTER
    assert check.ok
    assert (check.expected, check.found, check.position) == (*INNER[code], 17)


@pytest.mark.parametrize(
    "spelling",
    [
        "\u3000914403001922038216\ufeff",
        "９１４４０３００１９２２０３８２１６",
        "\t914403001922038216\n",
    ],
)
def test_spaces_and_full_width_do_not_matter(spelling: str) -> None:
    assert check_uscc(spelling).value == "914403001922038216"


def test_lower_case_is_raised_and_lookalikes_are_not() -> None:
    assert check_uscc("9144030071526726xg").value == "9144030071526726XG"
    assert check_uscc("91440300708461136ｔ").ok
    assert check_uscc("9132070070404786X\u0412").fault is CodeFault.ALPHABET  # Cyrillic
    assert normalise_code("\u017f") == "\u017f"  # long s would become S


def test_messages_name_the_fault_and_the_right_check_character() -> None:
    check = check_uscc("914403001922038217")
    assert check.message_zh == "统一社会信用代码末位校验码应为“6”，实为“7”"
    assert "must be '6'" in check.message_en
    assert "unified social credit code" in check.message_en
    assert "第5位" in check_uscc("9144A3001922038216").message_zh


def test_every_fault_says_something_complete_in_both_languages() -> None:
    for fault in CodeFault:
        check = CodeCheck(CodeKind.USCC, fault, "v", 3, "F", "E")
        for message in (check.message_zh, check.message_en):
            assert message
            assert "{" not in message


def test_only_empty_and_placeholder_count_as_absent() -> None:
    assert {f for f in CodeFault if f.absent} == {
        CodeFault.EMPTY,
        CodeFault.PLACEHOLDER,
    }
    faults = np.array([*CodeFault], np.uint8)
    assert rejected(faults).tolist() == [f.rejects for f in CodeFault]
    assert absent(faults).tolist() == [f.absent for f in CodeFault]
    assert not CodeFault.OK.rejects


def test_organization_codes_take_a_hyphen_and_letters_by_their_own_table() -> None:
    assert check_organization_code("71526726-x").value == "71526726X"
    assert check_organization_code("MA64ND862").ok
    wrong = check_organization_code("715267265")
    assert (wrong.fault, wrong.expected) == (CodeFault.CHECK_CHARACTER, "X")
    assert check_organization_code("71526726A").fault is CodeFault.ALPHABET
    assert check_organization_code("7152-6726X").fault is CodeFault.LENGTH


def test_registration_numbers_follow_mod_11_10() -> None:
    assert check_registration_number("110108000000016").ok
    wrong = check_registration_number("110108000000017")
    assert (wrong.fault, wrong.expected) == (CodeFault.CHECK_CHARACTER, "6")
    assert check_registration_number("1101082000016").fault is CodeFault.LENGTH
    assert check_registration_number("11010800000001A").expected == "6"


@pytest.mark.parametrize("number", RESIDENTS)
def test_a_resident_id_passes(number: str) -> None:
    assert check_resident_id(number, as_of=AS_OF).value == number


def test_a_resident_id_in_lower_case_or_15_digits_has_the_same_value() -> None:
    for spelling in ("11010519491231002x", "１1010519491231002Ｘ", "110105491231002"):
        check = check_resident_id(spelling, as_of=AS_OF)
        assert check.ok
        assert check.value == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("110105194912310021", CodeFault.CHECK_CHARACTER),
        ("11010519490229002X", CodeFault.BIRTH_DATE),  # 1949 was no leap year
        ("11010519001301002X", CodeFault.BIRTH_DATE),
        ("110105184912310025", CodeFault.BIRTH_DATE),
        ("110105491331002", CodeFault.BIRTH_DATE),
        ("1101051949123100AX", CodeFault.ALPHABET),
        ("11010549123100X", CodeFault.ALPHABET),  # no check character in 15 digits
        ("1101051949123X0021", CodeFault.ALPHABET),
        ("1101**********002X", CodeFault.MASKED),
        ("11010519491231002", CodeFault.LENGTH),
        ("00000000000000000X", CodeFault.PLACEHOLDER),
        (None, CodeFault.EMPTY),
    ],
)
def test_a_wrong_resident_id_is_refused(number: str | None, fault: CodeFault) -> None:
    assert check_resident_id(number, as_of=AS_OF).fault is fault


def test_the_day_asked_about_decides_whether_a_birth_lies_ahead() -> None:
    number = "11010519491231002X"
    before, on = date(1949, 12, 30), date(1949, 12, 31)
    assert check_resident_id(number, as_of=before).fault is CodeFault.BIRTH_AFTER_AS_OF
    assert check_resident_id(number, as_of=on).ok
    column = pa.array([number])
    assert (
        check_resident_id_column(column, as_of=before)[0] == CodeFault.BIRTH_AFTER_AS_OF
    )
    assert check_resident_id_column(column, as_of=on)[0] == CodeFault.OK


def test_no_message_or_repr_of_a_resident_id_check_carries_the_number() -> None:
    for number in ("110105194912310021", "11010519491331002X", "1101051949123100AX"):
        check = check_resident_id(number, as_of=AS_OF)
        text = f"{check!r} {check.message_zh} {check.message_en}"
        assert number not in text
        assert number[6:14] not in text


def test_upgrade_leaves_alone_what_is_not_15_digits() -> None:
    assert upgrade_resident_id("11010549123100X") == "11010549123100X"
    assert upgrade_resident_id("１10105491231002") == "１10105491231002"


# --- columns ---------------------------------------------------------------------

ODD = ("É", "ß", "ſ", "ı", "一", "𠮷", "\u0663", "\x00", "*", "-", "ａ", "Ｚ", "\u200b")
SEEDS = (*GOOD, *INNER, *BAD, *RESIDENTS, *PLACEHOLDER_WORDS, "110105491231002")


@st.composite
def cells(draw: st.DrawFn) -> str | None:
    """A seed code with a few characters changed, dropped, doubled or padded."""
    text = draw(st.sampled_from(SEEDS))
    alphabet = st.sampled_from((*USCC_ALPHABET, "I", "O", "x", "z", *SPACES, *ODD))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        width = draw(st.integers(0, 2))
        text = text[:at] + draw(alphabet) * draw(st.integers(0, 2)) + text[at + width :]
    return draw(st.sampled_from((text, text, text.lower(), f" {text}\u3000", None)))


@st.composite
def sound_codes(draw: st.DrawFn) -> str:
    region = draw(st.text("0123456789", min_size=6, max_size=6))
    inner = draw(st.text(USCC_ALPHABET, min_size=8, max_size=8))
    body = "91" + region + inner + organization_check_character(inner)
    return body + uscc_check_character(body)


@st.composite
def sound_residents(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1850, 1, 1), date(2030, 12, 31)))
    head = draw(st.integers(110000, 659999))
    body = f"{head}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + resident_check_character(body)


TEXTS = st.lists(cells() | sound_codes() | sound_residents() | st.none() | st.text())
SHAPES: dict[str, Callable[[list[str | None]], pa.Array | pa.ChunkedArray]] = {
    "string": lambda v: pa.array(v, pa.string()),
    "large_string": lambda v: pa.array(v, pa.large_string()),
    "string_view": lambda v: pa.array(v, pa.string_view()),
    "sliced": lambda v: pa.array(["x", None, "yy", *v, "z"], pa.string())[3:-1],
    "chunked": lambda v: pa.chunked_array(
        [
            pa.array(v[:3], pa.string()),
            pa.array([], pa.string()),
            pa.array(v[3:], pa.string()),
        ]
    ),
    "dictionary": lambda v: pa.array(v, pa.string()).dictionary_encode(),
}


@pytest.mark.parametrize("shape", SHAPES)
@given(texts=TEXTS)
@example(texts=[*SEEDS, None])
@settings(deadline=None, max_examples=150)
def test_the_column_names_the_same_fault_as_the_single_check(
    shape: str, texts: list[str | None]
) -> None:
    column = SHAPES[shape](texts)
    uscc = [check_uscc(t).fault for t in texts]
    resident = [check_resident_id(t, as_of=AS_OF).fault for t in texts]
    assert check_uscc_column(column).tolist() == uscc
    assert check_resident_id_column(column, as_of=AS_OF).tolist() == resident


@given(sound_codes())
def test_a_code_built_with_its_check_characters_passes(code: str) -> None:
    assert check_uscc(code).fault in (CodeFault.OK, CodeFault.PLACEHOLDER)


@given(sound_codes(), st.integers(0, 17), st.sampled_from(USCC_ALPHABET))
def test_one_changed_character_is_always_found(code: str, at: int, new: str) -> None:
    if new == code[at] or check_uscc(code).fault is CodeFault.PLACEHOLDER:
        return
    assert not check_uscc(code[:at] + new + code[at + 1 :]).ok


@given(sound_residents())
def test_a_built_resident_id_passes_and_its_short_spelling_means_the_same(
    number: str,
) -> None:
    late = date(2031, 1, 1)
    assert check_resident_id(number, as_of=late).ok
    if number[6:8] == "19":
        assert upgrade_resident_id(number[:6] + number[8:17]) == number


@given(st.text("0123456789", min_size=14, max_size=14))
def test_a_built_registration_number_passes(body: str) -> None:
    check = check_registration_number(body + registration_check_digit(body))
    assert check.fault in (CodeFault.OK, CodeFault.PLACEHOLDER)


def test_a_column_of_numbers_is_refused_because_leading_zeros_are_lost() -> None:
    with pytest.raises(BadInput, match="int64") as caught:
        check_uscc_column(pa.array([914403001922038216]))
    assert "string" in caught.value.hint.en


def test_columns_without_rows_or_without_values_are_checked_too() -> None:
    assert check_uscc_column(pa.chunked_array([], pa.string())).size == 0
    assert check_uscc_column(pa.nulls(2)).tolist() == [CodeFault.EMPTY] * 2
    assert check_uscc_column(pa.array(["", None])).tolist() == [CodeFault.EMPTY] * 2
    warm_up()


@given(st.lists(cells()))
def test_the_normalised_column_equals_the_normalised_cells(
    texts: list[str | None],
) -> None:
    column = normalise_code_column(pa.array(texts, pa.string()))
    assert column.to_pylist() == [normalise_code(t) or None for t in texts]


# --- masks -----------------------------------------------------------------------


def test_a_masked_resident_id_keeps_region_and_tail() -> None:
    assert mask_resident_id("230717199001011234") == "2307**********1234"
    assert mask_resident_id("11010519491231002x") == mask_resident_id("110105491231002")
    assert mask_resident_id("1101051949") == "*" * 10
    assert mask_resident_id("") == ""


def test_a_masked_passport_keeps_three_characters() -> None:
    assert mask_document_number("e12345678") == "E******78"
    assert mask_document_number("E12345") == "******"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张小三", "张*三"),
        ("张三", "张*"),
        ("张", "*"),
        ("", ""),
        ("欧阳小三", "欧**三"),
        (" 张三 ", "张*"),
    ],
)
def test_a_masked_name_keeps_its_ends(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(st.text())
def test_no_mask_ever_fails_or_shows_a_whole_text(text: str) -> None:
    for mask in (mask_name, mask_resident_id, mask_document_number):
        shown = mask(text)
        assert not shown or "*" in shown
