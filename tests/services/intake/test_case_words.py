"""A bank's list of cases: recalled, stopped, going on, staying longer; what follows, and how it is undone."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import func, select

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import (
    ArrearsReason,
    BankWord,
    CaseState,
    Outcome,
    PayChannel,
    PromiseState,
    Speaker,
)
from collector_desk.services.book import cases, placements, queueing
from collector_desk.services.calls import calling
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.intake import case_words
from collector_desk.store import tables as t
from collector_desk.store.book import closing
from collector_desk.store.search import SearchRow, index_debtors
from tests.samples.words_of_bank import WordsOfBank


@pytest.fixture
def bank(manager, tmp_path):
    return WordsOfBank(manager, tmp_path)


def first(seat, who):
    return cases.open_case(seat, who).file.cases[0]


def promise(seat, who):
    begun = calling.begin(seat, debtor_id=who, phone_id=cases.open_case(seat, who).next_number.phone.id)
    log = CallLog(
        Outcome.PROMISE_PART, Speaker.DEBTOR, IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4})),
        talk_seconds=90, recording="R-1", reason=ArrearsReason.WAITING_WAGES, amount=Money(100_000),
        day=date(2026, 11, 24), at=time(18), channel=PayChannel.BANK_APP,
        note="客户承诺明天下午六点前从手机银行还一千元，已复述确认。",
    )  # fmt: skip
    calling.finish(seat, begun.attempt.id, log)


def promises(seat, who):
    return [one.state for one in cases.open_case(seat, who).file.promises]


def dial(seat, who):
    phone = cases.open_case(seat, who).numbers[0].phone.id
    return calling.begin(seat, debtor_id=who, phone_id=phone)


def test_a_recall_ends_cases_voids_promises_and_closes_the_gate(agent, bank, debtor):
    recalled, other = debtor(), debtor()
    promise(agent, recalled)
    report = bank.recalls(recalled)
    assert report.words == {BankWord.RECALL: 1}
    assert (report.unmatched, report.idle, report.set_aside, report.rows) == (0, 0, 0, 1)
    case = first(agent, recalled)
    assert case.state is CaseState.RETURNED
    assert case.balance.minor > 0, "what is owed is owed to the bank"
    assert promises(agent, recalled) == [PromiseState.VOID]
    assert cases.open_case(agent, recalled).file.queue_class is QueueClass.DONE
    with pytest.raises(GateRefused):
        dial(agent, recalled)
    assert dial(agent, other).attempt is not None


def test_the_banks_reason_and_document_stand_in_the_history(manager, bank, debtor):
    who = debtor()
    bank.recalls(who)
    with manager.store.read() as conn:
        (closed,) = closing.closed_accounts(conn, who).values()
    assert closed.document == "名单1.csv"
    assert closed.written_on == date(2026, 11, 20)
    told = [line.text for line in cases.open_case(manager, who).timeline if line.kind == "case_event"]
    assert told == ["客户投诉"]


def test_who_holds_a_recalled_case_lets_go_of_it(agent, bank, debtor):
    who = debtor()
    queueing.claim(agent, who)
    bank.recalls(who)
    assert cases.open_case(agent, who).file.debtor.holder_id is None


def test_a_stop_holds_until_a_later_list_lifts_it(agent, bank, debtor, clock):
    who = debtor()
    assert bank.stops(who).words == {BankWord.STOP: 1}
    case = cases.open_case(agent, who)
    assert case.file.cases[0].state is CaseState.OPEN
    assert (case.file.queue_class, case.file.why.code) == (QueueClass.DONE, "book.stopped")
    with pytest.raises(GateRefused) as refused:
        dial(agent, who)
    assert "conduct.debt_stopped" in [reason.detail.code for reason in refused.value.decision.reasons]
    assert bank.stops(who).idle == 1, "it is stopped already"
    clock.forward(days=1)
    assert bank.lifts(who).words == {BankWord.LIFT: 1}
    assert cases.open_case(agent, who).file.queue_class.workable
    assert dial(agent, who).attempt is not None


def test_a_case_stays_by_the_banks_answer_until_its_own_day(manager, agent, bank, debtor):
    stays, goes = debtor(), debtor()
    with manager.store.read() as conn:
        placement = conn.execute(select(t.placement.c.id)).scalar_one()
    terms = replace(first(manager, stays).terms, mandate_ends=date(2026, 11, 30))
    placements.set_terms(manager, placement, terms)
    report = bank.keeps((stays, "同意", "2026-12-31"), (goes, "不同意", ""))
    assert report.words == {BankWord.EXTEND: 1, BankWord.NO_EXTENSION: 1}
    assert first(agent, stays).terms.mandate_ends == date(2026, 12, 31)
    assert first(agent, stays).extended
    assert first(agent, goes).terms.mandate_ends == date(2026, 11, 30)
    assert bank.keeps((stays, "是", "2026-12-15")).idle == 1, "an earlier end is a recall"


def test_rows_of_nobody_and_of_several_are_findings_and_the_file_is_kept(manager, bank, debtor):
    who = debtor()
    report = bank.says(
        ("账户号", "姓名", "处理方式"),
        (bank.account(who), "某某", "撤案"),
        ("6299999999999999", "某某", "撤案"),
        (bank.account(who), "某某", "停催"),
        ("", "某某", "撤案"),
        (bank.account(who) + "1", "某某", "看着办"),
    )
    assert (report.words, report.unmatched, report.idle, report.set_aside) == ({BankWord.RECALL: 1}, 1, 1, 2)
    codes = {found.reason.code for found in report.problems}
    assert {"intake.words.unmatched", "intake.words.twice", "intake.words.nobody", "intake.words.not_said"} <= codes
    with manager.store.read() as conn:
        kept = conn.execute(select(func.count()).select_from(t.set_aside_row)).scalar_one()
        assert kept >= 4
        assert conn.execute(select(func.count()).select_from(t.received_piece)).scalar_one() == 1


def test_a_customer_with_the_cards_last_figures_is_found_and_without_them_nobody(manager, bank, debtor):
    who = debtor()
    with manager.store.read() as conn:
        customer, tail = conn.execute(
            select(t.debtor.c.customer_no, t.account_case.c.card_tail).join(
                t.account_case, t.account_case.c.debtor_id == t.debtor.c.id
            )
        ).one()
    with manager.store.write() as conn:  # as an import would
        index_debtors(conn, [SearchRow(who, ("朱雪彩",), (customer,))])
    assert bank.says(("客户号", "姓名", "撤案原因"), (customer, "某某", "客户投诉")).unmatched == 1
    report = bank.says(("客户号", "卡号后四位", "撤案原因"), (customer, tail, "客户投诉"))
    assert report.words == {BankWord.RECALL: 1}
    assert first(manager, who).state is CaseState.RETURNED


def test_the_same_list_twice_says_so_and_changes_nothing(bank, debtor):
    who = debtor()
    heading, row = ("账户号", "姓名", "停催原因"), (bank.account(who), "某某", "协商")
    path = bank.file(heading, row)
    case_words.import_words(bank.seat, bank.seen(path))
    again = case_words.import_words(bank.seat, bank.seen(path))
    assert again.already


def test_undone_what_held_before_holds_again(agent, manager, bank, debtor):
    recalled, stopped, owed = debtor(), debtor(), 3391162
    promise(agent, recalled)
    report = bank.says(
        ("账户号", "姓名", "处理方式"),
        (bank.account(recalled), "某某", "撤案"),
        (bank.account(stopped), "某某", "停催"),
    )
    case_words.undo(manager, report.batch, reason="银行发错了名单")
    assert first(agent, recalled).state is CaseState.OPEN
    assert first(agent, recalled).balance.minor == owed
    assert promises(agent, recalled) == [PromiseState.OPEN]
    assert first(agent, stopped).stopped_on is None
    with pytest.raises(Refused) as refused:
        case_words.undo(manager, report.batch, reason="银行发错了名单")
    assert refused.value.message.code == "intake.words.no_such_list"


def test_a_list_somebody_went_on_with_is_not_undone(agent, manager, bank, debtor):
    who, lifted = debtor(), debtor()
    report = bank.stops(who, lifted)
    bank.lifts(lifted)
    calling.begin(agent, debtor_id=lifted, phone_id=cases.open_case(agent, lifted).next_number.phone.id)
    with pytest.raises(Refused) as refused:
        case_words.undo(manager, report.batch, reason="银行发错了名单")
    assert refused.value.message.code == "intake.words.worked_on"
    assert first(manager, who).stopped_on is not None


def test_an_agent_takes_no_list_in_and_undoes_none(agent, manager, bank, debtor):
    who = debtor()
    with pytest.raises(Refused):
        case_words.import_words(
            agent, bank.seen(bank.file(("账户号", "姓名", "停催原因"), (bank.account(who), "", "x")))
        )
    report = bank.stops(who)
    with pytest.raises(Refused):
        case_words.undo(agent, report.batch, reason="银行发错了名单")
