"""A payment file taken out again: undone while nobody acted on it, then withdrawn by a lead; or told anew."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.message import Refused
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import FileKind, RowStanding, Settling
from collector_desk.domain.states import BatchState
from collector_desk.domain.vocabulary import CaseState, LeansOn, PromiseState, QuestionKind, Role, TaskKind
from collector_desk.services.book import cases, closing
from collector_desk.services.calls import calling
from collector_desk.services.intake import coverage, payments, recovery, telling, withdrawing
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.money import questions, settling
from collector_desk.services.permits import tasks
from collector_desk.store import tables as t
from collector_desk.store.money.digest import digest_of_money
from collector_desk.store.verify import verify
from tests.samples.full_life import dialled
from tests.services.money.conftest import nov
from tests.services.money.test_claims import said
from tests.services.money.test_promises import promised  # noqa: F401 -- a fixture

NOBODYS = "6299999999999999"
BANK = "某某银行"
REASON = "银行来函：以本次为准"
PEOPLE = {"importer": (("陈经理", frozenset({Role.MANAGER})),)}


@pytest.fixture
def importer(seat_of):
    return seat_of("陈经理", Role.MANAGER)


def money(seat):
    with seat.store.read() as conn:
        return digest_of_money(conn)


def owed(seat, who):
    return cases.open_case(seat, who).file.lead_case.balance.minor


def standings(seat):
    with seat.store.read() as conn:
        return sorted(conn.execute(select(t.payment_now.c.standing)).scalars())


def state(seat, who):
    return [one.state for one in cases.open_case(seat, who).file.promises]


@pytest.fixture
def two(debtor, clock):
    made = debtor(balance=100_000), debtor(balance=200_000)
    clock.forward(days=6)
    return made


def test_undone_it_leaves_as_if_it_had_never_come_and_may_come_again(manager, bank, two):
    before = money(manager)
    report = bank.tells((two[0], 24, 400, "R1"), (two[1], 25, 2500, "R2"), (NOBODYS, 25, 7, "R3"), covers=(24, 25))
    done = withdrawing.undo(manager, report.batch)
    assert (done.state, done.calls, done.acted_on) == (BatchState.UNDONE, (), False)
    assert money(manager) == before
    assert (settling.waiting(manager), questions.waiting(manager)) == ((), ())
    assert [told.known_up_to for told in coverage.banks(manager)] == [None]
    assert verify(manager.store).ok
    bank.sent -= 1
    again = bank.tells((two[0], 24, 400, "R1"), (two[1], 25, 2500, "R2"), (NOBODYS, 25, 7, "R3"), covers=(24, 25))
    assert (again.already, again.of(RowStanding.TAKEN).rows, again.batch != report.batch) == (False, 1, True)
    assert owed(manager, two[0]) == 60_000
    assert verify(manager.store).ok


@pytest.mark.parametrize("kind", [FileKind.NEW, FileKind.CUMULATIVE])
def test_of_two_files_the_first_withdrawn_leaves_the_money_of_the_second_alone(manager, bank, two, kind):
    rows = ((two[0], 24, 400, "R1"), (two[1], 25, 300, ""), (NOBODYS, 25, 7, "R3"))
    alone = bank.tells(*rows[1:], (two[0], 26, 50, "R4"), covers=(24, 26), kind=kind)
    of_second = money(manager)
    withdrawing.undo(manager, alone.batch)
    first = bank.tells(*rows, covers=(24, 25), kind=kind)
    bank.sent = 0
    second = bank.tells(*rows[1:], (two[0], 26, 50, "R4"), covers=(24, 26), kind=kind)
    assert second.of(RowStanding.REPEATED).rows == (kind is FileKind.CUMULATIVE)
    withdrawing.withdraw(manager, first.batch, reason=REASON)
    assert money(manager) == of_second
    assert verify(manager.store).ok
    assert RowStanding.REPEATED not in standings(manager)  # taken from the next file


def test_once_somebody_has_rung_only_a_lead_withdraws_and_sees_whom(manager, agent, bank, two, clock):
    report = bank.tells((two[0], 24, 400, "R1"), (two[1], 25, 300, "R2"))
    attempt = dialled(agent, two[0])
    with pytest.raises(Refused) as refused:
        withdrawing.undo(manager, report.batch)
    assert refused.value.message.code == "money.withdrawal.acted_on"
    calling.finish(agent, attempt.id, replace(said(), outcome=said().outcome))
    clock.forward(hours=1)
    done = withdrawing.withdraw(manager, report.batch, reason=REASON)
    (call,) = done.calls
    assert (call.by, call.outcome) == ("张晓", said().outcome)
    assert call.case_number == cases.open_case(manager, two[0]).file.lead_case.number
    assert [owed(manager, who) for who in two] == [100_000, 200_000]
    clock.forward(days=1)
    calling.finish(agent, dialled(agent, two[1]).id, said(note="客户说前天已经在柜台还过款了，回单还在手上。"))
    assert withdrawing.look(manager, report.batch).calls == (call,), "what came afterwards was not made on it"


def test_a_row_settled_is_an_act_too(manager, bank, two):
    report = bank.tells((two[0], 24, 1500, "R1"))
    settling.settle(manager, settling.waiting(manager), Settling.ACCEPT)
    assert withdrawing.look(manager, report.batch).decisions == 1
    with pytest.raises(Refused):
        withdrawing.undo(manager, report.batch)


def test_promises_and_claims_it_decided_are_decided_by_what_is_left(manager, agent, bank, promised, clock):  # noqa: F811
    clock.forward(days=4)
    first = bank.tells((NOBODYS, 24, 7, "R9"), covers=(24, 26), named=BANK)
    assert state(agent, promised) == [PromiseState.BROKEN]
    withdrawing.withdraw(manager, first.batch, reason=REASON)
    assert state(agent, promised) == [PromiseState.OPEN]
    second = bank.tells((promised, 24, 30_000, "R1"), covers=(24, 26))
    assert state(agent, promised)[0] in (PromiseState.KEPT, PromiseState.PARTLY)
    withdrawing.withdraw(manager, second.batch, reason=REASON)
    assert state(agent, promised) == [PromiseState.OPEN]
    assert verify(manager.store).ok


def test_what_it_missed_is_asked_no_more(manager, bank, two):
    bank.tells((two[0], 24, 400, "R1"), covers=(24, 24), kind=FileKind.CUMULATIVE)
    second = bank.tells((two[1], 24, 300, "R2"), covers=(24, 25), kind=FileKind.CUMULATIVE)
    assert [one.kind for one in questions.waiting(manager)] == [QuestionKind.MISSING_ROW]
    withdrawing.undo(manager, second.batch)
    assert questions.waiting(manager) == ()


def test_what_cannot_be_taken_out_is_refused(manager, agent, importer, bank, two):
    report = bank.tells((two[0], 24, 400, "R1"))
    for act, code in (
        (lambda: withdrawing.withdraw(manager, report.batch, reason=" "), "money.withdrawal.reason"),
        (lambda: withdrawing.withdraw(importer, report.batch, reason=REASON), "office.not_allowed"),
        (lambda: withdrawing.undo(agent, report.batch), "office.not_allowed"),
        (lambda: withdrawing.undo(manager, two[0]), "money.withdrawal.no_file"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.message.code == code
    withdrawing.undo(importer, report.batch)
    with pytest.raises(Refused) as refused:
        withdrawing.withdraw(manager, report.batch, reason=REASON)
    assert refused.value.message.code == "money.withdrawal.gone"


def test_the_same_file_given_other_days_is_told_anew_by_a_lead(manager, agent, importer, bank, promised, clock):  # noqa: F811
    clock.forward(days=5)
    bank.tells((NOBODYS, 24, 7, "R9"), covers=(24, 24), named=BANK)
    assert state(agent, promised) == [PromiseState.OPEN]
    path = bank.folder / "还款1.csv"
    told = FileTold(BANK, FileKind.CUMULATIVE, DaySpan(nov(24), nov(26)))
    with pytest.raises(Refused):
        payments.import_payments(importer, payments.preview(importer, path, told))
    report = payments.import_payments(manager, payments.preview(manager, path, told))
    assert (report.already, report.told_anew, report.sums.covers) == (True, True, told.covers)
    assert state(agent, promised) == [PromiseState.BROKEN]
    again = payments.import_payments(manager, payments.preview(manager, path, told))
    assert (again.already, again.told_anew) == (True, False)
    silent = payments.import_payments(manager, payments.preview(manager, path, FileTold(BANK)))
    assert silent.told_anew is False
    with manager.store.read() as conn:
        (line,) = conn.execute(select(t.payments_line)).all()
    assert (line.event, line.kind, line.covers_to) == ("told", "cumulative", nov(26))
    assert verify(manager.store).ok


def test_another_kind_changes_what_counts(manager, bank, two):
    for _ in range(2):
        bank.tells((two[0], 24, 100, ""), (two[1], 24, bank.sent + 1, ""))
    assert owed(manager, two[0]) == 80_000
    for name in ("还款1.csv", "还款2.csv"):
        told = FileTold(BANK, FileKind.CUMULATIVE)
        payments.import_payments(manager, payments.preview(manager, bank.folder / name, told))
    assert owed(manager, two[0]) == 90_000
    assert verify(manager.store).ok


def test_broken_off_behind_the_commit_whoever_opens_one_works_them_and_so_does_the_next_start(
    manager, agent, bank, two, monkeypatch
):
    def killed(_seat):
        raise KeyboardInterrupt

    report = bank.tells((two[0], 24, 400, "R1"), (two[1], 25, 300, "R2"))
    with monkeypatch.context() as patch:
        patch.setattr(telling, "work_stale", killed)
        with pytest.raises(KeyboardInterrupt):
            withdrawing.withdraw(manager, report.batch, reason=REASON)
    assert owed(agent, two[0]) == 100_000  # opened: worked first
    with manager.store.read() as conn:
        left = conn.execute(select(t.account_case.c.balance_minor)).scalars().all()
    assert sorted(left) == [100_000, 170_000]
    assert recovery.recover(manager)
    with manager.store.read() as conn:
        left = conn.execute(select(t.account_case.c.balance_minor)).scalars().all()
    assert sorted(left) == [100_000, 200_000]
    assert verify(manager.store).ok


def closing_tasks(seat):
    return [task for task in tasks.open_tasks(seat) if task.kind is TaskKind.CLOSED_IN_DOUBT]


def closed_on_it(manager, bank, who):
    """A file pays everything, a lead confirms the end of it."""
    report = bank.tells((who, 24, 1000, "R1"), covers=(24, 25))
    (end,) = [task for task in tasks.open_tasks(manager) if task.kind is TaskKind.SETTLED]
    tasks.settle(manager, end.id, approve=True, reason="结清证明 2026-119")
    assert cases.open_case(manager, who).file.lead_case.state is CaseState.SETTLED
    return report


@pytest.mark.parametrize("opened", [True, False])
def test_what_a_lead_closed_on_its_word_is_put_to_a_lead(manager, bank, two, opened):
    who, _ = two
    report = closed_on_it(manager, bank, who)
    done = withdrawing.withdraw(manager, report.batch, reason=REASON)
    number = cases.open_case(manager, who).file.lead_case.number
    assert [(one.what, one.case_number) for one in done.leaning] == [(LeansOn.CLOSED, number)]
    assert cases.open_case(manager, who).file.lead_case.state is CaseState.SETTLED  # until a lead says so
    (task,) = closing_tasks(manager)
    tasks.settle(manager, task.id, approve=opened, reason="银行确认未结清")
    case = cases.open_case(manager, who).file.lead_case
    assert (case.state, case.balance.minor) == ((CaseState.OPEN, 100_000) if opened else (CaseState.SETTLED, 0))
    assert closing_tasks(manager) == []
    assert verify(manager.store).ok


def test_opened_again_the_rows_of_other_files_still_count(manager, bank, two):
    who, _ = two
    bank.tells((who, 24, 300, "R0"))
    report = bank.tells((who, 25, 700, "R1"))
    (end,) = [task for task in tasks.open_tasks(manager) if task.kind is TaskKind.SETTLED]
    tasks.settle(manager, end.id, approve=True, reason="结清证明 2026-119")
    withdrawing.withdraw(manager, report.batch, reason=REASON)
    (task,) = closing_tasks(manager)
    tasks.settle(manager, task.id, approve=True, reason="银行确认未结清")
    assert owed(manager, who) == 70_000
    assert verify(manager.store).ok


def test_what_was_closed_before_the_file_or_otherwise_leans_on_nothing(manager, bank, two, clock):
    who, other = two
    case_id = cases.open_case(manager, other).file.lead_case.id
    closing.close(manager, case_id, Ending.SETTLED, document="结清证明 2026-120", written_on=clock.now().date())
    clock.forward(minutes=1)
    report = bank.tells((who, 24, 400, "R1"), (other, 24, 100, "R2"))
    settling.settle(manager, settling.waiting(manager), Settling.ACCEPT)
    done = withdrawing.withdraw(manager, report.batch, reason=REASON)
    assert {one.what for one in done.leaning} <= {LeansOn.ROW}
    assert closing_tasks(manager) == []


def test_promises_kept_by_it_are_said(manager, agent, bank, promised, clock):  # noqa: F811
    clock.forward(days=4)
    report = bank.tells((promised, 24, 30_000, "R1"), covers=(24, 26))
    done = withdrawing.withdraw(manager, report.batch, reason=REASON)
    assert [one.what for one in done.leaning] == [LeansOn.KEPT]
    assert state(agent, promised) == [PromiseState.OPEN]
