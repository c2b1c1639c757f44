"""Mandates that end: told of before, what is worth asking for, the bank's answer, giving back, money afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest
from sqlalchemy import select

from collector_desk.domain.book.debts import PLACED_AGAIN, PlacementTerms, placed_before
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.conduct.mandate import MandateEnds
from collector_desk.domain.message import Refused
from collector_desk.domain.money.payments import RowDoubt, RowStanding
from collector_desk.domain.vocabulary import AskReason, BankListKind, BankWord, CaseState, PromiseState, Role
from collector_desk.services.book import bank_lists, cases, placements, queueing, returning
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.intake import case_words, payments, recovery
from collector_desk.services.intake import placements as intake
from collector_desk.store import tables as t
from tests.samples.words_of_bank import WordsOfBank
from tests.services.intake.test_case_words import dial, first, promise, promises
from tests.services.money.conftest import Bank

ENDS = date(2026, 11, 25)


@pytest.fixture
def ends(manager, debtor):
    """Lets the placement end on a day; a debtor has to be there."""

    def at(day, **more):
        with manager.store.read() as conn:
            placement, who = conn.execute(select(t.account_case.c.placement_id, t.account_case.c.debtor_id)).first()
        terms = replace(first(manager, who).terms, mandate_ends=day, **more)
        placements.set_terms(manager, placement, terms)

    return at


def read(path):
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_a_mandate_is_told_of_seven_days_before_and_what_is_worth_asking_is_proposed(
    manager, agent, debtor, ends, clock
):
    promised, idle = debtor(), debtor()
    promise(agent, promised)
    ends(date(2026, 12, 1))  # in eight days
    assert bank_lists.board(manager) == ()
    clock.forward(days=1)
    (mandate,) = bank_lists.board(manager)
    assert (mandate.cases, mandate.worth, mandate.asked) == (2, 1, 0)
    assert not mandate.over(manager.today())
    one, other = bank_lists.cases_of(manager, mandate)
    assert (one.debtor_id, one.worth) == (promised, (AskReason.PROMISE,))
    assert (other.debtor_id, other.worth) == (idle, ())


def test_the_list_goes_out_numbered_and_its_answer_comes_in_by_the_same_file(
    manager, agent, debtor, ends, tmp_path, clock
):
    stays, goes = debtor(), debtor()
    promise(agent, stays)
    ends(ENDS)
    (mandate,) = bank_lists.board(manager)
    both = [one.id for one in bank_lists.cases_of(manager, mandate)]
    path = tmp_path / "留案.xlsx"
    sent = bank_lists.ask(manager, mandate, both, date(2026, 12, 31), path)
    assert sent.rows == 2
    assert "-G1001" in sent.number
    rows = read(path)
    assert [row["申请原因"] for row in rows] == ["有未到期承诺", "正在跟进"]
    assert {row["申请留案至"] for row in rows} == {"2026-12-31"}
    (again,) = bank_lists.board(manager)
    assert again.asked == 2
    assert [line.number for line in bank_lists.sent(manager, mandate.placement_id)] == [sent.number]

    book = openpyxl.load_workbook(path)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    answers = {2: ("同意", "2026-12-31"), 3: ("不同意", None)}
    for line, (yes, until) in answers.items():
        sheet.cell(line, heads.index("是否同意留案") + 1).value = yes
        sheet.cell(line, heads.index("留案至") + 1).value = until
    book.save(tmp_path / "答复.xlsx")
    bank = WordsOfBank(manager, tmp_path)
    report = case_words.import_words(manager, bank.seen(tmp_path / "答复.xlsx"))
    assert report.words == {BankWord.EXTEND: 1, BankWord.NO_EXTENSION: 1}
    assert first(manager, stays).terms.mandate_ends == date(2026, 12, 31)
    (left,) = bank_lists.board(manager)
    (case,) = bank_lists.cases_of(manager, left)
    assert (case.debtor_id, case.refused, case.asked) == (goes, True, sent.number)
    clock.forward(days=3)
    assert dial(agent, stays).attempt is not None, "the day after the placement's last one"


def test_what_is_over_goes_back_whole_and_what_stays_stays(manager, agent, debtor, ends, tmp_path, clock):
    promised, plain, stays = debtor(), debtor(), debtor()
    ends(date(2026, 11, 23))
    bank = WordsOfBank(manager, tmp_path)
    bank.keeps((stays, "同意", "2026-12-31"))
    promise(agent, promised)
    (mandate,) = bank_lists.board(manager)
    with pytest.raises(Refused) as refused:
        returning.give_back(manager, mandate, tmp_path / "退案.xlsx")
    assert refused.value.message.code == "exports.lists.not_over"
    clock.forward(hours=15)  # one in the morning of the day after
    (mandate,) = bank_lists.board(manager)
    sent = returning.give_back(manager, mandate, tmp_path / "退案.xlsx")
    assert sent.rows == 2
    assert [first(manager, who).state for who in (promised, plain, stays)] == [
        *(CaseState.RETURNED, CaseState.RETURNED),
        CaseState.OPEN,
    ]
    assert promises(manager, promised) == [PromiseState.VOID]
    assert cases.open_case(manager, plain).file.queue_class is QueueClass.DONE
    rows = read(tmp_path / "退案.xlsx")
    assert [row["退案原因"] for row in rows] == ["委托到期", "委托到期"]
    assert "2026年11月24日" in rows[0]["承诺/约定"]
    assert bank_lists.board(manager) == ()
    (line,) = bank_lists.sent(manager, mandate.placement_id)
    assert (line.kind, line.rows) == (BankListKind.RETURN, 2)
    with pytest.raises(Refused) as refused:
        returning.give_back(manager, mandate, tmp_path / "again.xlsx")
    assert refused.value.message.code == "exports.lists.nothing_left"
    assert not (tmp_path / "again.xlsx").exists()


def test_details_are_masked_for_all_but_lead_and_legal(manager, agent, seat_of, debtor, ends, tmp_path, clock):
    who = debtor("宋小宝")
    ends(ENDS)
    clock.forward(days=3)
    (mandate,) = bank_lists.board(manager)
    returning.give_back(manager, mandate, tmp_path / "退案.xlsx")
    legal = seat_of("周法务", Role.LEGAL)
    for seat in (manager, legal):
        assert cases.open_case(seat, who).file.debtor.name == "宋小宝"
        cases.unmask(seat, who, "unmask")
    seen = cases.open_case(agent, who)
    assert seen.file.debtor.name == "宋**"
    assert seen.file.debtor.id_number.startswith("*")
    assert all("*" in card.phone.number for card in seen.numbers)
    assert all("*" in phone.number for phone in seen.file.phones)
    assert "*" in seen.file.cases[0].account_number
    assert [row.name for row in cases.find(agent, "宋小宝")] == ["宋**"]
    with pytest.raises(Refused) as refused:
        cases.unmask(agent, who, "unmask")
    assert refused.value.message.code == "office.not_allowed"


def test_payments_within_the_tail_count_and_later_ones_are_to_settle(manager, debtor, ends, tmp_path, clock):
    who = debtor(balance=500_000)
    ends(ENDS, tail_days=5)
    clock.forward(days=3)  # the 26th: it goes back today
    (mandate,) = bank_lists.board(manager)
    returning.give_back(manager, mandate, tmp_path / "退案.xlsx")
    clock.forward(days=10)
    bank = Bank(manager, tmp_path)
    report = bank.tells((who, 30, 1000, "R1"))
    assert report.of(RowStanding.TAKEN).rows == 1
    assert first(manager, who).balance.minor == 400_000
    path = tmp_path / "后.csv"
    path.write_text(
        f"账户号,客户姓名,还款日期,还款金额,流水号\n{bank.account(who)},某某,2026-12-02,700,R2\n", encoding="utf-8"
    )
    late = payments.import_payments(manager, payments.preview(manager, path))
    assert late.of(RowStanding.TO_SETTLE).rows == 1
    with manager.store.read() as conn:
        doubts = conn.execute(select(t.payment_now.c.doubt).where(t.payment_now.c.doubt.is_not(None))).scalars()
        assert list(doubts) == [RowDoubt.AFTER_RETURN]

    # another tail, shorter and longer: what was decided by the old one is decided anew
    def standing():
        with manager.store.read() as conn:
            return dict(conn.execute(select(t.payment_now.c.posted_on, t.payment_now.c.standing)).all())

    ends(ENDS, tail_days=2)
    assert standing() == {date(2026, 11, 30): RowStanding.TO_SETTLE, date(2026, 12, 2): RowStanding.TO_SETTLE}
    assert first(manager, who).balance.minor == 500_000
    ends(ENDS, tail_days=8)
    assert standing() == {date(2026, 11, 30): RowStanding.TAKEN, date(2026, 12, 2): RowStanding.TAKEN}
    assert first(manager, who).balance.minor == 330_000


def test_a_shorter_tail_killed_on_its_way_is_made_up_for_at_the_next_start(
    manager, debtor, ends, tmp_path, clock, monkeypatch
):
    who = debtor(balance=500_000)
    ends(ENDS, tail_days=5)
    clock.forward(days=3)
    (mandate,) = bank_lists.board(manager)
    returning.give_back(manager, mandate, tmp_path / "退案.xlsx")
    clock.forward(days=10)
    Bank(manager, tmp_path).tells((who, 30, 1000, "R1"))
    with monkeypatch.context() as patched:
        patched.setattr(placements, "work_stale", lambda _seat: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            ends(ENDS, tail_days=0)
    assert first(manager, who).balance.minor == 500_000, "whoever opens them sees what is owed now"
    recovery.recover(manager)
    with manager.store.read() as conn:
        assert conn.execute(select(t.payment_now.c.standing)).scalars().all() == [RowStanding.TO_SETTLE]


def test_an_agent_asks_for_nothing_and_gives_nothing_back(manager, agent, debtor, ends, tmp_path, clock):
    debtor()
    ends(ENDS)
    with pytest.raises(Refused):
        bank_lists.board(agent)
    clock.forward(days=3)
    (mandate,) = bank_lists.board(manager)
    with pytest.raises(Refused):
        returning.give_back(agent, mandate, tmp_path / "退案.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []


def placed_again(seat, folder):
    """The one account comes again in another placement."""
    with seat.store.read() as conn:
        row = conn.execute(
            select(t.debtor.c.customer_no, t.debtor.c.id_number, t.account_case.c.account_number).join(
                t.account_case, t.account_case.c.debtor_id == t.debtor.c.id
            )
        ).one()
    path = folder / "再委.csv"
    path.write_text(
        "委案批次号,委案日期,客户号,客户姓名,证件号码,账户号,币种,委案金额,逾期天数,本人手机\n"
        f"XK202612-01,2026-11-26,{row.customer_no},宋小宝,{row.id_number},{row.account_number},CNY,4500.00,120,"
        "16188009999\n",
        encoding="utf-8",
    )
    terms = {"XK202612-01": PlacementTerms("某某银行")}
    return intake.import_placement(seat, intake.preview(seat, path), terms)


def test_what_happened_under_an_earlier_placement_is_divided_off_and_its_talks_still_count(
    manager, agent, debtor, tmp_path, clock
):
    who = debtor("宋小宝")
    promise(agent, who)
    clock.forward(minutes=30)
    WordsOfBank(manager, tmp_path).recalls(who, day="2026-11-23")
    assert PLACED_AGAIN not in [line.kind for line in cases.open_case(agent, who).timeline]
    clock.forward(minutes=30)
    placed_again(manager, tmp_path)
    clock.forward(minutes=30)
    cases.unmask(agent, who, "unmask")
    lines = cases.open_case(agent, who).timeline
    kinds = [line.kind for line in lines]
    at = kinds.index(PLACED_AGAIN)
    assert kinds.count(PLACED_AGAIN) == 1
    assert kinds[:at] == ["access"]
    assert {"case_event", "promise", "attempt_end"} <= set(kinds[at + 1 :])
    (detail,) = lines[at].detail
    assert (detail.params["number"], detail.params["day"]) == ("K7M-1001", date(2026, 11, 23))
    with pytest.raises(GateRefused) as refused:
        dial(agent, who)
    assert "house.one_talk" in str(refused.value.decision.reasons), (
        "one talk a day, whatever placement it was under"
    )


def test_an_account_placed_again_is_a_new_case_beside_the_old_and_its_details_open_again(
    manager, agent, debtor, ends, tmp_path, clock
):
    who = debtor("宋小宝")
    ends(ENDS)
    clock.forward(days=3)
    (mandate,) = bank_lists.board(manager)
    returning.give_back(manager, mandate, tmp_path / "退案.xlsx")
    report = placed_again(manager, tmp_path)
    assert "intake.placed_again" in [found.reason.code for found in report.problems]
    file = cases.open_case(agent, who).file
    old, new = file.cases
    assert (old.state, new.state, new.balance.minor) == (CaseState.RETURNED, CaseState.OPEN, 450_000)
    assert placed_before(new, file.cases) == old
    assert placed_before(old, file.cases) is None
    assert file.debtor.name == "宋小宝"
    cases.unmask(agent, who, "unmask")
    assert dial(agent, who).attempt is not None


def why(seat, who):
    return cases.open_case(seat, who).file.why


def test_the_queue_says_by_when_and_what_to_do_from_the_packs_days_on(manager, agent, debtor, ends, clock):
    who, promised = debtor(previous_overdue=1), debtor()
    promise(agent, promised)
    ends(date(2026, 12, 1))  # in eight days
    queueing.catch_up(agent)
    before = why(agent, who)
    assert before.code == "book.never_tried"
    assert cases.open_case(agent, who).ends is None
    clock.forward(days=1)
    queueing.catch_up(agent)
    told = why(agent, who)
    assert (told.code, told.params["day"], told.params["why"]) == ("book.mandate_ending", date(2026, 12, 1), before)
    assert why(agent, promised).code == "book.mandate_ending", "who is waited for, too"
    assert not cases.open_case(agent, who).ends.last
    clock.forward(days=5)
    queueing.catch_up(agent)
    assert why(agent, who).code == "book.mandate_last"
    assert cases.open_case(agent, who).ends == MandateEnds(date(2026, 12, 1), 2, last=True)
    clock.forward(days=3)
    queueing.catch_up(agent)
    assert why(agent, who).code == "book.mandate_over"
    assert cases.open_case(agent, who).ends is None


def test_gate_queue_and_lists_end_a_mandate_at_the_banks_midnight_wherever_the_desk_is(
    manager, agent, debtor, ends, clock
):
    who = debtor()
    settings.change(manager, replace(settings.get(manager, DeskSettings), zone="Pacific/Honolulu"))
    ends(ENDS)
    manager, agent = replace(manager, zone="Pacific/Honolulu"), replace(agent, zone="Pacific/Honolulu")
    clock.at = datetime(2026, 11, 25, 15, 59, tzinfo=UTC)  # a minute before midnight in Shanghai
    queueing.catch_up(agent)
    assert first(agent, who).in_mandate
    assert not bank_lists.board(manager)[0].over(bank_lists.law_day(manager))
    clock.at = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
    assert manager.today() == ENDS, "at the desk it is still the last day"
    queueing.catch_up(agent)
    assert not first(agent, who).in_mandate
    assert cases.open_case(agent, who).file.queue_class is QueueClass.DONE
    assert cases.open_case(agent, who).nothing_owed.code == "conduct.mandate_over"
    (mandate,) = bank_lists.board(manager)
    assert mandate.over(bank_lists.law_day(manager))
