"""Amounts as people type them: one reader for calls, visits, settings and the bank's files."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.book.money import Money, format_money
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.text.amounts import NotAnAmountError, parse_money
from collector_desk.domain.visits.checks import VisitRules
from collector_desk.domain.visits.form import compose
from collector_desk.domain.visits.visit import Visitor, VisitPlan
from collector_desk.domain.vocabulary import Outcome
from collector_desk.intake import cells
from collector_desk.services.calls.live.form import Form

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PLAN = VisitPlan(Visitor("a", "王走访"), Visitor("b", "赵同行"), START, START + timedelta(hours=1), "某路 1 号")
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)

SLIPS = {
    "1200,5": "1,200.50",
    "1200，5": "1,200.50",
    "1200，50": "1,200.50",
    "12，5": "12.50",
    "3,50": "3.50",
    ",5": "0.50",
    "，05": "0.05",
    "1200。5": "1,200.50",
    "1,200。50": "1,200.50",
    "1200、5": "1,200.50",
    "1200。": "1,200.00",
    "1200,": "1,200.00",
    "12000,00": "12,000.00",
    "1.200,50": "1,200.50",
    "1,200,5": "1,200.50",
    "￥1200，5元": "1,200.50",
    ".5": "0.50",
    "1 234.56": "1,234.56",
    "￥ 1 234": "1,234.00",
    "12 345 678.90元": "12,345,678.90",
}
NONE = [
    "1,2,0",
    "1,2,3",
    "1200,500",
    "1,2345",
    "12,34,56",
    "1,,200",
    "1.2.3",
    "1,200.5.0",
    "1 2345",
    "12 34",
    "1234 567",
    "26.11.23",
    "，",
    "。",
    "",
]
READ = {
    "￥1200": 120_000,
    "¥1200": 120_000,
    "￥ 1，200．50": 120_050,
    "1，200": 120_000,
    "1,200,000.5": 120_000_050,
    "人民币1200元整": 120_000,
    "RMB 1,200": 120_000,
    "１２００": 120_000,
    "1200.": 120_000,
    "1200圆": 120_000,
}


def meant_by(text: str) -> str:
    with pytest.raises(NotAnAmountError) as refused:
        parse_money(text)
    return refused.value.meant


@pytest.mark.parametrize(("text", "figure"), SLIPS.items())
def test_a_slip_is_refused_everywhere_and_asked_about(text: str, figure: str) -> None:
    assert meant_by(text) == figure
    with pytest.raises(Refused) as refused:
        Form(amount=text).log(CallLog(Outcome.PROMISE_PART), currency="CNY", now=NOW)
    assert (refused.value.message.code, refused.value.message.params["figure"]) == ("calls.amount_meant", figure)
    form = {"outcome": "done", "met": "debtor", "identified": "id_card_seen", "debt_disclosed": "yes"}
    typed = {**form, "agreed": "promise", "promise_amount": text}
    composed = compose(typed, PLAN, TODAY, VisitRules())
    assert composed.report.promise_amount is None
    assert composed.unreadable["promise_amount"].params == {"figure": figure}
    with pytest.raises(cells.Unreadable) as unread:
        cells.amount(text, 2, "CNY")
    assert unread.value.reason.params == {"figure": figure}


@pytest.mark.parametrize("text", NONE)
def test_what_may_mean_several_things_is_refused_without_a_guess(text: str) -> None:
    assert meant_by(text) == ""
    if text:
        with pytest.raises(cells.Unreadable) as unread:
            cells.amount(text, 2, "CNY")
        assert unread.value.reason.code == "intake.not_an_amount"


@pytest.mark.parametrize(("text", "minor"), READ.items())
def test_marks_and_groups_are_read_alike(text: str, minor: int) -> None:
    assert parse_money(text) == Money(minor)
    assert cells.amount(text, 2, "CNY") == minor


@pytest.mark.parametrize(
    ("text", "currency"), [("$1200", "CNY"), ("¥1200", "USD"), ("HK$5", "USD"), ("US$5", "CNY"), ("€5", "CNY")]
)
def test_another_currencys_mark_is_another_amount(text: str, currency: str) -> None:
    with pytest.raises(NotAnAmountError):
        parse_money(text, currency)
    with pytest.raises(cells.Unreadable, match="other_currency"):
        cells.amount(text, 2, currency)


@pytest.mark.parametrize("currency", ["CNY", "USD", "HKD", "EUR", "GBP", "TWD", "JPY", "VND"])
@pytest.mark.parametrize("minor", [0, 5, -120_050, 99_999_999])
def test_every_currency_reads_what_it_writes(currency: str, minor: int) -> None:
    assert parse_money(format_money(Money(minor, currency)), currency) == Money(minor, currency)


@given(st.text("0123456789,.，。￥¥元 -", min_size=1, max_size=12))
def test_what_is_typed_and_what_a_file_holds_mean_the_same(text: str) -> None:
    typed = held = None
    with suppress(NotAnAmountError):
        typed = parse_money(text).minor
    with suppress(cells.Unreadable):
        held = cells.amount(text.strip(), 2, "CNY")
    assert typed == held


@given(st.integers(0, 10**12), st.data())
def test_no_comma_is_read_away(number: int, data: st.DataObject) -> None:
    """Commas put anywhere: the figure itself where they stand in groups of three, else no amount at all."""
    plain, grouped = str(number), f"{number:,}"
    places = data.draw(st.lists(st.integers(0, len(plain)), max_size=3, unique=True))
    typed = "".join(("," if at in places else "") + digit for at, digit in enumerate(plain))
    typed += "," if len(plain) in places else ""
    read = None
    with suppress(NotAnAmountError):
        read = parse_money(typed.replace(",", data.draw(st.sampled_from(",，")))).minor
    assert read == (number * 100 if typed in (plain, grouped) else None)
