"""One cell: what it means, or what is wrong with it. Never a default."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.errors import Said
from graph.schema import MONEY
from loaders import days, values
from loaders.issues import Fault, Reason


def fault(value: object) -> Fault:
    assert isinstance(value, Fault)
    assert value.zh
    assert value.en
    return value


# --- days ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2020-01-02",
        "2020/1/2",
        "2020.1.2",
        "20200102",
        "2020年1月2日",
        "2020年01月02",
        "２０２０－０１－０２",
        " 2020-01-02 ",
        "2020-01-02 00:00:00",
        "2020-01-02T03:04",
        "20200102 03:04:05",
        "43832",
        "43832.0",
        "43832.75",
        "二〇二〇年一月二日",
        "二零二○年一月二日",
        "2020-01-01T16:00:00.000Z",
        "2020-01-01 16:00:00Z",
        "2020-01-02T00:00:00+08:00",
        "2020-01-02T03:04:05+0800",
    ],
)
def test_every_spelling_of_a_day(text: str) -> None:
    assert days.read_day(text) == date(2020, 1, 2)


@pytest.mark.parametrize("text", ["2099-12-31", "2099年12月31日", "长期", "9999-12-31"])
def test_what_means_without_end_is_no_day(text: str) -> None:
    assert days.read_day(text) is None
    assert days.read_last_day(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "1900-01-01",
        "1899-12-31",
        "0001-01-01",
        "0001-01-01 00:00:00",
        "1753/1/1",
        "0000-00-00",
        "00000000",
        "1111-11-11",
    ],
)
def test_a_placeholder_is_no_day_and_the_row_stays(text: str) -> None:
    found = fault(days.read_day(text))
    assert (found.reason, found.fatal) == (Reason.DAY_DOUBTFUL, False)


@pytest.mark.parametrize(
    "text", ["2022-09-31", "2023-02-29", "2020-13-01", "2020-00-10", "20220931"]
)
def test_an_impossible_day_is_named(text: str) -> None:
    found = fault(days.read_day(text))
    assert (found.reason, found.fatal) == (Reason.DAY, True)
    assert text in found.zh
    assert "no day of the calendar" in found.en


@pytest.mark.parametrize("text", ["0020-01-02", "3020-01-02", "1066-10-14"])
def test_a_year_nobody_meant_is_named(text: str) -> None:
    assert "year" in fault(days.read_day(text)).en


@pytest.mark.parametrize("text", ["01/02/2020", "昨天", "2020", "2020-01", "1.1.2020"])
def test_what_can_be_read_in_two_ways_is_not_read(text: str) -> None:
    assert fault(days.read_day(text)).reason is Reason.DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("05.12.2024", date(2024, 12, 5)),
        ("07.01.24", date(2024, 1, 7)),
        ("2024-12-05", date(2024, 12, 5)),
    ],
)
def test_day_first_where_the_source_says_so(text: str, day: date) -> None:
    assert days.read_day_first(text) == day


def test_a_last_day_is_stored_as_the_first_day_outside() -> None:
    assert days.read_last_day("2024-02-29") == date(2024, 3, 1)
    assert days.day_before(date(2024, 3, 1)) == date(2024, 2, 29)


# --- amounts ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("2877万人民币", 28_770_000),
        ("500万元", 5_000_000),
        ("500万元人民币", 5_000_000),
        ("人民币500万元", 5_000_000),
        ("1,200.5万元", 12_005_000),
        ("3亿元", 300_000_000),
        ("500(万元)", 5_000_000),
        ("５００万元", 5_000_000),
        ("100000", 100_000),
        ("0.000001元", Decimal("0.000001")),
        ("伍佰万元整", 5_000_000),
        ("人民币叁仟伍佰万圆整", 35_000_000),
        ("五百万元", 5_000_000),
        ("一亿二千万元", 120_000_000),
        ("十万元", 100_000),
    ],
)
def test_every_spelling_of_capital(text: str, yuan: object) -> None:
    assert values.read_yuan(text) == yuan


@pytest.mark.parametrize("text", ["600(万美元)", "2,400(万美元)", "50万港元"])
def test_another_currency_is_left_out_and_the_row_stays(text: str) -> None:
    found = fault(values.read_yuan(text))
    assert (found.reason, found.fatal) == (Reason.NUMBER, False)


@pytest.mark.parametrize(
    "text", ["很多", "-5万元", "1e9", "99999999999亿元", "0.0000001元", "万元"]
)
def test_what_is_no_amount_is_told(text: str) -> None:
    assert fault(values.read_yuan(text)).reason is Reason.NUMBER


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("12.500000", 125_000), ("0", 0), ("1,234.5", 12_345_000), ("3万元", 30_000)],
)
def test_amounts_in_ten_thousands(text: str, yuan: int) -> None:
    assert values.read_wan(text) == yuan


@pytest.mark.parametrize("text", ["125000元", "1e5", "NaN", "-1", "1_000", "Infinity"])
def test_a_column_of_ten_thousands_takes_numbers_only(text: str) -> None:
    assert fault(values.read_wan(text)).reason is Reason.NUMBER


# --- shares ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("51%", Fraction(51, 100)),
        ("33.33%", Fraction(3333, 10000)),
        ("1/3", Fraction(1, 3)),
        ("0.51", Fraction(51, 100)),
        ("100％", Fraction(1)),
        ("1", Fraction(1)),
        ("0%", Fraction(0)),
    ],
)
def test_shares_are_exact(text: str, share: Fraction) -> None:
    assert values.read_share(text) == share


@pytest.mark.parametrize("text", ["120%", "51", "3/2", "100.01%"])
def test_a_share_above_the_whole_is_out_of_range(text: str) -> None:
    assert fault(values.read_share(text)).reason is Reason.SHARE


@pytest.mark.parametrize(
    "text", ["约一半", "1/0", "1e999999999", "-5%", "1/3%", "1_0%"]
)
def test_what_is_no_share_is_told(text: str) -> None:
    assert fault(values.read_share(text)).reason is Reason.NUMBER


def test_a_share_too_fine_to_store_is_told() -> None:
    assert fault(values.read_share("0.123456789012%")).reason is Reason.SHARE


# --- words and texts -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"), [("23", "230000"), ("2307", "230700"), ("２３０７１７", "230717")]
)
def test_regions_have_six_digits(text: str, code: str) -> None:
    assert values.read_region(text) == code


@pytest.mark.parametrize("text", ["伊春", "23071", "2307170"])
def test_a_name_is_no_region_code(text: str) -> None:
    assert fault(values.read_region(text)).reason is Reason.WORD


@pytest.mark.parametrize("text", ["C", "c", "C26", "制造业"])
def test_sectors_are_section_letters(text: str) -> None:
    assert values.read_sector(text) == "C"


@pytest.mark.parametrize("text", ["U", "制造", "26", "C2 6"])
def test_what_is_no_section_is_told(text: str) -> None:
    assert fault(values.read_sector(text)).reason is Reason.WORD


@pytest.mark.parametrize("text", ["是", "TRUE", "1"])
def test_yes(text: str) -> None:
    assert values.read_flag(text) is True


@pytest.mark.parametrize("text", ["否", "no", "0"])
def test_no(text: str) -> None:
    assert values.read_flag(text) is False


def test_neither_yes_nor_no() -> None:
    assert fault(values.read_flag("也许")).reason is Reason.WORD


def test_texts_lose_their_outer_blanks_and_line_breaks() -> None:
    assert values.read_text(" 伊春\u3000示例\r\n公司 ") == "伊春 示例 公司"


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\x85\x86", "\u202e"])
def test_control_and_direction_characters_are_refused(character: str) -> None:
    found = fault(values.read_text(f"伊春{character}公司"))
    assert found.reason is Reason.CHARACTER
    assert "U+" in found.zh


def test_a_closed_list_tells_its_words() -> None:
    read = values.word_reader({"是的": "yes", "不": "no"}, Said("回答", "answer"))
    assert read(" 是的 ") == "yes"
    found = fault(read("也许"))
    assert found.zh == "“也许”不是“回答”的规定用词"
    assert found.en == "'也许' is not among the words of answer"
    assert (found.advice_zh, found.advice_en) == (
        "可用：是的、不",
        "use one of: 是的, 不",
    )


def test_a_pattern_takes_the_first_that_fits() -> None:
    read = values.pattern_reader(
        {"分公司": "branch", "公司": "company"}, Said("类型", "type")
    )
    assert (read("有限公司分公司"), read("有限公司")) == ("branch", "company")
    assert fault(read("其他")).fatal is False


@pytest.mark.parametrize(
    "text",
    [
        "伊市监罚〔2024〕1号",
        "伊市监罚[2024]1号",
        "伊市监罚 【2024】 1号",
        "伊市监罚（２０２４）１号",
        "伊市监罚﹝2024﹞1号\n",
    ],
)
def test_a_document_has_one_number_however_it_is_written(text: str) -> None:
    assert values.read_document(text) == "伊市监罚〔2024〕1号"


def test_a_court_writes_the_year_first() -> None:
    assert values.read_document("(2024)黑07执1号") == "（2024）黑07执1号"


def test_brackets_around_something_else_stay() -> None:
    assert values.read_document("甲（补）字[12]号") == "甲(补)字[12]号"


# --- any text --------------------------------------------------------------------

READERS: list[Callable[[str], object]] = [
    days.read_day,
    days.read_day_first,
    days.read_last_day,
    values.read_yuan,
    values.read_wan,
    values.read_share,
    values.read_flag,
    values.read_region,
    values.read_sector,
    values.read_text,
    values.read_document,
]


@settings(deadline=None)
@given(st.text(max_size=40) | st.from_regex(r"[0-9.,/%e年月日万元亿-]{0,30}"))
@example("٣٤٥")
@example("9" * 30)
@example("99999")
@example("9999-12-30")
def test_any_text_is_read_or_told(text: str) -> None:
    for read in READERS:
        value = read(text)
        if isinstance(value, Fault):
            assert value.zh
            assert value.en
        elif isinstance(value, Decimal):
            assert 0 <= value < 10**18
            assert value == value.quantize(Decimal("0.000001"))
            assert MONEY.precision == 24
        elif isinstance(value, Fraction):
            assert 0 <= value <= 1
            assert value.denominator < 2**63
