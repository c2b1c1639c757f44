"""One reader per kind of thing: a name, a day, a time, a count, an identity number, whatever stands around it."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.book.money import Money, exponent, format_figure, format_money
from collector_desk.domain.text import counts, days, identity_numbers, moments, names, times
from collector_desk.domain.text.amounts import NotAnAmountError, TooFineError, parse_money, read
from collector_desk.domain.text.bare import bare
from collector_desk.domain.text.typed import parse_past_moment, parse_time
from collector_desk.intake import cells, instants

AROUND = ['="{}"', "'{}", "{}\t", "\t{}", "\u200b{}", "{}\u202c", '"{}"', "“{}”", " \u00a0{}\u3000", "\ufeff{}\r\n"]


@pytest.mark.parametrize("mark", AROUND)
def test_marks_around_a_value_are_no_part_of_any_kind(mark: str) -> None:
    assert bare(mark.format("张三")) == "张三"
    assert names.folded(mark.format("张三")) == "张三"
    assert parse_money(mark.format("1,200.50")) == Money(120_050)
    assert cells.amount(mark.format("1200.50"), 2, "CNY") == 120_050
    assert cells.day(mark.format("2026-10-15")) == (date(2026, 10, 15), "")
    assert cells.count(mark.format("45"), 0, 99) == 45
    assert identity_numbers.normal(mark.format("00010519900307001x")) == "00010519900307001X"
    assert cells.phones(mark.format("16100130001"))[0] == ("16100130001",)
    assert cells.identifier(mark.format("6226 0001"))[0] == "62260001"
    assert parse_time(mark.format("18:30")) == time(18, 30)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1.2万", 1_200_000),
        ("1.2万元", 1_200_000),
        ("￥3,000万", 3_000_000_000),
        ("0.5亿", 5_000_000_000),
        ("3千元", 300_000),
        ("1200块钱", 120_000),
        ("(1,200.50)", -120_050),
        ("-￥5", -500),
        ("￥-5", -500),
        ("5 CNY", 500),
        ("1\u202f234.56", 123_456),
        ("1\u00a0234\u00a0567", 123_456_700),
    ],
)
def test_units_signs_and_blanks_that_hold_a_figure_together(text: str, minor: int) -> None:
    assert parse_money(text).minor == cells.amount(text, 2, "CNY") == minor


@pytest.mark.parametrize(
    "text", ["1 200", "100 200", "--5", "-(5)", "1.2.万", "万", "5%", "1e3", "壹仟元", "12\u00a05"]
)
def test_what_is_no_amount_for_anybody(text: str) -> None:
    with pytest.raises(NotAnAmountError):
        parse_money(text)
    with pytest.raises(cells.Unreadable):
        cells.amount(text, 2, "CNY")


def test_a_slip_in_a_figure_with_a_unit_is_asked_about_with_it() -> None:
    with pytest.raises(NotAnAmountError) as slip:
        parse_money("1,23万")
    assert slip.value.meant == "1.23万"


@pytest.mark.parametrize(
    ("text", "currency"), [("5 USD", "USD"), ("5美元", "USD"), ("HK$ 5", "HKD"), ("€5", "EUR"), ("5 港币", "HKD")]
)
def test_a_currency_may_stand_behind_and_is_never_yuan(text: str, currency: str) -> None:
    assert parse_money(text, currency) == Money(500, currency)
    assert cells.currency_of_amount(text) == currency
    with pytest.raises(NotAnAmountError):
        parse_money(text)


def test_a_mark_of_several_currencies_names_none() -> None:
    assert cells.currency_of_amount("$5") == cells.currency_of_amount("¥5") == cells.currency_of_amount("5") == ""


@given(
    st.integers(-(10**14), 10**14),
    st.sampled_from(["CNY", "USD", "HKD", "EUR", "GBP", "TWD", "JPY", "VND"]),
    st.sampled_from(["{}", "{} ", '="{}"', "\u200b{}", "{}\t"]),
    st.booleans(),
)
def test_every_amount_comes_back_from_how_it_is_written(minor: int, currency: str, mark: str, sign: bool) -> None:
    money = Money(minor, currency)
    written = mark.format(format_money(money) if sign else format_figure(money))
    assert parse_money(written, currency) == money
    assert cells.amount(written, exponent(currency), currency) == minor


@given(st.integers(1, 10**7), st.sampled_from([("千", 3), ("万", 4), ("十万", 5), ("亿", 8)]), st.integers(0, 4))
def test_a_unit_only_moves_the_point(figure: int, unit: tuple[str, int], decimals: int) -> None:
    word, power = unit
    whole, rest = divmod(figure, 10**decimals)
    text = f"{whole}.{rest:0{decimals}d}{word}" if decimals else f"{figure}{word}"
    exact = figure * 10 ** (power + 2)
    if exact % 10**decimals:
        with pytest.raises(TooFineError):
            parse_money(text)
    else:
        assert parse_money(text).minor == exact // 10**decimals


def test_an_amount_too_large_for_the_store_is_none() -> None:
    with pytest.raises(NotAnAmountError):
        read("999999999999亿").minor(10)


NO_DAYS = [
    "9999-12-31", "99991231", "2999-12-31", "2099/12/31", "1900-01-01", "1900/1/0", "1900-01-00", "19000101",
    "0000-00-00", "00000000", "0001-01-01", "1899-12-30", "1970-01-01", "0", "00:00:00", "长期",
    date(9999, 12, 31), date(1900, 1, 1), datetime(1899, 12, 30), time(0), 0, 0.0,  # noqa: DTZ001
]  # fmt: skip


@pytest.mark.parametrize("mark", NO_DAYS, ids=repr)
def test_what_stands_for_no_day_is_none_and_said(mark: object) -> None:
    assert cells.day(mark) == (None, "intake.no_day")


@pytest.mark.parametrize("mark", ["", "-", "无", "NULL"])
def test_an_empty_day_is_none_without_a_word(mark: str) -> None:
    assert cells.day(mark) == (None, "")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20261015.0", date(2026, 10, 15)),
        ("20261015093000", date(2026, 10, 15)),
        ("2026年10月15日 星期四", date(2026, 10, 15)),
        ("2026-10-15(周四)", date(2026, 10, 15)),
        ("2026-10-15T00:00:00Z", date(2026, 10, 15)),
        ("２０２６／１０／１５", date(2026, 10, 15)),
    ],
)
def test_days_are_read_as_programs_write_them(text: str, day: date) -> None:
    assert days.read(text) == day


@pytest.mark.parametrize(
    "text", ["05/09/2026", "26-9-5", "2026-13-01", "2206-10-15", "10月15日", "soon", "2026-10"]
)
def test_what_may_be_two_days_is_none(text: str) -> None:
    with pytest.raises(days.NotADayError):
        days.read(text)


@given(
    st.dates(date(1901, 1, 1), date(2098, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"]),
)
def test_every_day_comes_back_from_how_it_is_written(day: date, form: str) -> None:
    found = None if day == date(1970, 1, 1) else day
    assert days.read(day.strftime(form)) == found
    assert cells.day(day)[0] == found


@pytest.mark.parametrize(("serial", "day"), [(44848, date(2026, 10, 15)), ("44848", date(2026, 10, 15))])
def test_a_book_of_1904_counts_its_days_from_there(serial: object, day: date) -> None:
    assert cells.day(serial, from_1904=True) == (day, "intake.day_serial_1904")
    assert cells.day(serial) == (date(2022, 10, 14), "intake.day_serial")


CLOCKS = {
    "中午1点": (13, 0), "中午1:30": (13, 30), "中午12点": (12, 0), "中午11点半": (11, 30), "正午": (12, 0),
    "noon": (12, 0),
    "12pm": (12, 0), "12am": (0, 0), "凌晨12点": (0, 0), "0点": (0, 0), "12:30am": (0, 30), "下午三点": (15, 0),
    "晚上十点半": (22, 30), "傍晚6点": (18, 0), "6 p.m.": (18, 0), "3点一刻": (3, 15), "二十点三十分": (20, 30),
    "下午12点": (12, 0), "晚上8点": (20, 0), "上午9点": (9, 0), "夜里11点": (23, 0),
}  # fmt: skip
MIDNIGHTS = {"晚上12点": 0, "晚上12:00": 0, "晚上0:30": 30, "午夜": 0, "midnight": 0, "24:00": 0, "半夜十二点": 0}
NO_TIMES = ["上午13点", "早上12点", "中午3点", "晚上13点", "24:30", "25:00", "18:61", "1800pm am", "evening", ""]


@pytest.mark.parametrize(("text", "at"), CLOCKS.items())
def test_the_half_of_the_day_decides(text: str, at: tuple[int, int]) -> None:
    assert times.read(text) == times.TimeOfDay(time(*at))
    assert instants.moment(text) == (None, time(*at), None)


@pytest.mark.parametrize(("text", "minute"), MIDNIGHTS.items())
def test_midnight_ends_the_day_it_is_said_of(text: str, minute: int) -> None:
    assert times.read(text) == times.TimeOfDay(time(0, minute), next_day=True)
    zone = ZoneInfo("Asia/Shanghai")
    found = moments.read("11-30", text, datetime(2026, 11, 30, 9, tzinfo=zone))
    assert (found.day, found.at) == (date(2026, 12, 1), time(0, minute))
    assert parse_time(text) is None  # by itself nobody knows of which day
    now = datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert parse_past_moment(f"11-30 {text}", now) == datetime(2026, 12, 1, 0, minute, tzinfo=now.tzinfo)
    with pytest.raises(cells.Unreadable):
        instants.moment(text)


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_contradicts_itself_is_no_time(text: str) -> None:
    assert times.read(text) is None


def test_a_bank_says_its_time_of_noon_and_midnight() -> None:
    assert instants.in_title("数据截至 2026-11-30 中午1:30") == (date(2026, 11, 30), time(13, 30), None)
    assert instants.moment("2026-11-29 晚上12:00") == (date(2026, 11, 30), time(0), None)
    assert instants.moment("2026-11-30 凌晨0:30") == (date(2026, 11, 30), time(0, 30), None)


@given(st.times())
def test_every_time_comes_back_from_how_it_is_written(at: time) -> None:
    to_the_minute = at.replace(second=0, microsecond=0)
    for form in ("%H:%M", "%H%M", "%H点%M分", "%I:%M%p", "%I:%M %p"):
        assert times.read(at.strftime(form)) == times.TimeOfDay(to_the_minute)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45天", 45),
        ("1,234", 1234),
        ("45.0", 45),
        ("４５", 45),
        ("-3", -3),
        ("−3", -3),
        ("－3", -3),
        ("45 days", 45),
    ],
)
def test_counts(text: str, number: int) -> None:
    assert counts.read(text) == number


@pytest.mark.parametrize("text", ["M2", "2个月", "4 5", "1,23", "1e2", "4.5", "", "四十五"])
def test_what_is_no_count(text: str) -> None:
    assert counts.read(text) is None


@given(st.integers(-999_999, 999_999), st.sampled_from(["{}", "{:,}", "{}天", '="{}"', "{}.0", " {} "]))
def test_every_count_comes_back_from_how_it_is_written(number: int, form: str) -> None:
    assert counts.read(form.format(number)) == number


DOTTED = "阿卜杜拉·买买提"


@pytest.mark.parametrize("dot", [*"·•．・･‧∙⋅.●", "", " ", " · ", "\u200b·"])
def test_a_name_is_one_whatever_its_dot(dot: str) -> None:
    assert names.folded(DOTTED.replace("·", dot)) == names.folded(DOTTED)


@pytest.mark.parametrize(
    ("one", "other"),
    [("⻢云", "马云"), ("⾼⻰", "高龙"), ("⻩明", "黄明"), ("Ｊｏｅ  Lee", "joe lee"), ("葛\U000e0100亮", "葛亮")],
)
def test_a_name_is_one_whatever_its_font(one: str, other: str) -> None:
    assert names.folded(one) == names.folded(other)


@given(st.text(st.characters(categories=["Lo", "Lu", "Ll"]), min_size=1, max_size=8), st.sampled_from(AROUND))
def test_folding_a_name_twice_changes_nothing_more(name: str, mark: str) -> None:
    once = names.folded(mark.format(name))
    assert names.folded(once) == once == names.folded(name)


@pytest.mark.parametrize("text", ["锟斤拷锟斤拷", "???", "张??", "王□", "ÕÅÈý", "å¼\u00a0ä¸‰", "烫烫烫"])
def test_text_that_was_lost_is_known(text: str) -> None:
    assert names.lost(text)


@pytest.mark.parametrize("text", ["张三", "José Müller", "阿卜杜拉·买买提", "黄𬭎䶮", "什么?", "Øystein"])
def test_text_that_is_only_rare_is_not_lost(text: str) -> None:
    assert not names.lost(text)


def test_a_usual_character_is_folded_to_itself_also_where_each_is_looked_at() -> None:
    usual = "".join(map(chr, range(0x4E00, 0xA000)))
    assert names.folded(usual) == usual
    assert names.folded(usual + "·") == usual  # with anything else in it a name takes the long way


def test_names_of_which_a_character_was_lost_may_be_one() -> None:
    assert names.perhaps_one("王?", "王䶮")
    assert names.perhaps_one("阿卜*拉", "阿卜杜拉")
    assert not names.perhaps_one("王伟", "王强")
    assert not names.perhaps_one("?", "王")
    assert not names.perhaps_one("王?", "李䶮")
