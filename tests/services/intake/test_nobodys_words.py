"""Cases of a bank's list named by its own serial or by our number; rows that name nobody wait for their case."""

import csv
from dataclasses import replace
from datetime import date

import pytest

from collector_desk.domain.book.serials import serial_of
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import BankWord, CaseState, NobodysReason, QuestionKind
from collector_desk.services.book import cases
from collector_desk.services.intake import case_words, nobodys_words, placements, recovery, words_held
from collector_desk.services.money import questions
from collector_desk.store import tables as t
from collector_desk.store.intake import unfinished
from collector_desk.store.verify import verify
from tests.samples.words_of_bank import WordsOfBank
from tests.services.intake.test_placements import HEADER, TERMS, row


@pytest.fixture
def bank(manager, tmp_path):
    return WordsOfBank(manager, tmp_path)


@pytest.fixture
def place(manager, tmp_path):
    """Takes placements in: of each debtor the row's number and the bank's serial of the case."""

    def made(*of, number="XK202611-09", placed="20261102", bank="某某银行"):
        path = tmp_path / f"{number}.csv"
        changes = {"委案批次号": number, "委案日期": placed}
        with path.open("w", encoding="utf-8", newline="") as out:
            told = csv.writer(out)
            told.writerow([*HEADER, "个案序列号"])
            told.writerows([*row(serial, **changes), said] for serial, said in of)
        seen = placements.preview(manager, path)
        placements.import_placement(manager, seen, dict.fromkeys(seen.ask_terms, replace(TERMS, bank_name=bank)))

    return made


def account(serial):
    return f"6250000000{serial:05d}"


def cases_of(seat):
    with seat.store.read() as conn:
        rows = conn.exec_driver_sql(
            "SELECT c.account_number, c.state, o.prefix || '-' || c.serial FROM account_case c "
            "JOIN origin o ON o.store_id = c.issuer ORDER BY c.id"
        )
        return {said: (CaseState(state), ours) for said, state, ours in rows}


def state(seat, serial):
    return cases_of(seat)[account(serial)][0]


def sound(seat):
    assert verify(seat.store).ok


def test_a_case_is_named_by_the_banks_serial_or_our_number_and_by_nothing_less(manager, bank, place):
    place((1, "GA-2026-000123"), (2, "GA-2026-000124"), (3, ""))
    ours = cases_of(manager)[account(3)][1]
    report = bank.says(
        ("个案序列号", "姓名", "处理方式"),
        ("ga2026000123", "某某", "撤案"),
        (ours, "某某", "停催"),  # where the bank has none, ours goes out under its heading
        (ours.split("-")[1], "某某", "撤案"),  # figures alone may be anybody's
    )
    assert report.words == {BankWord.RECALL: 1, BankWord.STOP: 1}
    assert report.unmatched == 1
    assert [state(manager, n) for n in (1, 2, 3)] == [CaseState.RETURNED, CaseState.OPEN, CaseState.OPEN]
    again = bank.says(("我司案件编号", "处理方式"), (ours.lower(), "恢复催收"))
    assert again.words == {BankWord.LIFT: 1}
    sound(manager)


def test_numbers_that_name_different_cases_name_none(manager, bank, place):
    place((1, "GA-000123"), (2, "GA-000124"))
    report = bank.says(("账户号", "个案序列号", "撤案原因"), (account(1), "GA-000124", "客户投诉"))
    assert (report.words, report.unmatched) == ({}, 1)
    (waits,) = nobodys_words.waiting(manager)
    assert waits.why is NobodysReason.CONTRADICTS
    assert state(manager, 1) is CaseState.OPEN


def test_a_refresh_brings_the_serial_an_account_had_not(manager, bank, place):
    place((1, ""))
    path = bank.file(
        ("委案批次号", "账户号", "客户姓名", "最新欠款", "数据日期", "案件序列号"),
        ("XK202611-09", account(1), "朱雪彩", "90.00", "2026-11-20", "GA-000555"),
        name="余额",
    )
    seen = placements.preview(manager, path)
    placements.import_placement(manager, seen)
    assert bank.says(("个案序列号", "撤案原因"), ("GA-000555", "客户投诉")).words == {BankWord.RECALL: 1}
    sound(manager)


@pytest.mark.parametrize(
    ("extras", "serial"),
    [
        ((("个案序列号", " ga-0001 23"),), "GA000123"),
        ((("案件编号", "A-77777"), ("档案号", "D-88888"), ("个案序列号", "S-99999")), "S99999"),
        ((("序列号", "17"),), None),  # it counts rows
        ((("备注二", "GA-000123"),), None),
        ((), None),
    ],
)
def test_which_of_a_files_numbers_is_the_cases(extras, serial):
    assert serial_of(extras) == serial


def test_what_names_nobody_waits_and_holds_when_its_case_comes(manager, bank, place):
    place((1, "GA-000001"))
    bank.says(
        ("个案序列号", "姓名", "撤案日期", "撤案原因"),
        ("GA-000001", "某某", "2026-11-20", "客户投诉"),
        ("GA-000002", "某某", "2026-11-20", "客户投诉"),
    )
    (waits,) = nobodys_words.waiting(manager)
    assert (waits.names.serial, waits.word, waits.said_on) == ("GA-000002", BankWord.RECALL, date(2026, 11, 20))
    nobodys_words.ask(manager, [waits])
    nobodys_words.ask(manager, [waits])
    (asked,) = questions.waiting(manager)
    assert (asked.kind, asked.bank, asked.filename, asked.line) == (
        QuestionKind.WORD_UNMATCHED, "某某银行", "名单1.csv", 3,
    )  # fmt: skip
    place((2, "GA-000002"), number="XK202611-10", placed="20261118")
    assert state(manager, 2) is CaseState.RETURNED
    assert nobodys_words.waiting(manager) == ()
    assert questions.waiting(manager) == (), "nothing is to be asked any more"
    assert nobodys_words.try_again(manager) == 0
    sound(manager)


def test_what_was_said_before_the_bank_placed_a_case_is_not_said_of_it(manager, bank, place):
    place((1, "GA-000001"))
    report = bank.says(
        ("个案序列号", "撤案日期", "撤案原因"), ("GA-000001", "2026-10-20", "客户投诉"), ("GA-2", "2026-10-20", "x")
    )
    assert (report.words, report.idle) == ({}, 1)
    assert state(manager, 1) is CaseState.OPEN
    bank.says(("个案序列号", "撤案日期"), ("GA-000002", "2026-11-10"))
    place((2, "GA-000002"), number="XK202611-10", placed="20261118")
    assert state(manager, 2) is CaseState.OPEN, "recalled at somebody else's, and placed with us since"
    assert len(nobodys_words.waiting(manager)) == 2


def test_a_list_of_nobody_is_undone_too_and_tried_no_more(manager, bank, place):
    place((1, "GA-000001"))
    path = bank.file(("个案序列号", "撤案日期"), ("GA-000002", "2026-11-20"))
    report = case_words.import_words(manager, bank.seen(path))
    assert report.words == {}
    case_words.undo(manager, report.batch, reason="银行发错了名单")
    assert nobodys_words.waiting(manager) == ()
    place((2, "GA-000002"), number="XK202611-10", placed="20261118")
    assert state(manager, 2) is CaseState.OPEN
    with pytest.raises(Refused):
        case_words.undo(manager, report.batch, reason="银行发错了名单")
    assert not case_words.import_words(manager, bank.seen(path)).already, "it can be taken in again"
    assert state(manager, 2) is CaseState.RETURNED


def test_what_is_let_go_is_tried_no_more(manager, bank, place):
    place((1, "GA-000001"))
    bank.says(("个案序列号", "撤案日期"), ("GA-000002", "2026-11-20"))
    nobodys_words.ask(manager, nobodys_words.waiting(manager))
    nobodys_words.let_go(manager, nobodys_words.waiting(manager))
    assert nobodys_words.waiting(manager) == questions.waiting(manager) == ()
    place((2, "GA-000002"), number="XK202611-10", placed="20261118")
    assert state(manager, 2) is CaseState.OPEN


def test_a_list_that_tells_no_bank_is_asked_of_the_only_one_or_of_the_one_named(manager, bank, place):
    place((1, "GA-000001"))
    bank.says(("个案序列号", "撤案日期"), ("GA-000002", "2026-11-20"))
    (waits,) = nobodys_words.waiting(manager)
    assert waits.bank == ""
    place((2, "X-000001"), number="ZH-1", bank="另一家银行")
    with pytest.raises(Refused) as refused:
        nobodys_words.ask(manager, [waits])
    assert refused.value.message.code == "intake.words.whose_list"
    nobodys_words.ask(manager, [waits], "某某银行")
    assert [one.bank for one in questions.waiting(manager)] == ["某某银行"]


def test_an_older_list_is_not_undone_over_a_later_one(manager, bank, debtor):
    who = debtor()
    extended = bank.keeps((who, "同意", "2027-12-31"))
    bank.stops(who)
    with pytest.raises(Refused) as refused:
        case_words.undo(manager, extended.batch, reason="银行发错了名单")
    assert refused.value.message.code == "intake.words.worked_on"
    assert cases.open_case(manager, who).file.cases[0].stopped_on is not None


def test_killed_between_a_placement_and_its_lists_the_next_start_makes_up_for_it(manager, bank, place, monkeypatch):
    place((1, "GA-000001"))
    bank.says(("个案序列号", "撤案日期"), ("GA-000002", "2026-11-20"))

    class Killed(BaseException):
        pass

    def killed(*_):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(words_held, "follow", killed)
        with pytest.raises(Killed):
            place((2, "GA-000002"), number="XK202611-10", placed="20261118")
    assert state(manager, 2) is CaseState.RETURNED, "it holds with one commit"
    assert recovery.recover(manager)
    assert not recovery.recover(manager)
    with manager.store.read() as conn:
        assert unfinished.batch_of(conn, "words") is None
        assert conn.execute(t.words_row_line.select()).all()
    sound(manager)


def test_an_agent_asks_nobody(agent, bank, debtor):
    debtor()
    for act in (nobodys_words.ask, nobodys_words.let_go):
        with pytest.raises(Refused):
            act(agent, [])
    with pytest.raises(Refused):
        nobodys_words.waiting(agent)
