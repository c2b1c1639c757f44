"""A placement, a refresh or a file of balances undone: as if it had never come, while nobody has worked on it."""

import csv

import pytest
from sqlalchemy import func, select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Refused
from collector_desk.domain.states import BatchState
from collector_desk.domain.vocabulary import InTheWay, Role
from collector_desk.services.book import cases, overview
from collector_desk.services.intake import placements, recovery, undoing, withdrawing
from collector_desk.services.money import derive, make_up, questions
from collector_desk.services.permits import tasks
from collector_desk.store import tables as t
from collector_desk.store.money.digest import digest_of_money
from collector_desk.store.verify import verify
from tests.samples.full_life import dialled
from tests.services.money.conftest import PLACED, nov

PEOPLE = {"importer": (("陈经理", frozenset({Role.MANAGER})),)}
STATE = (t.account_case, t.debtor, t.phone, t.address, t.task_state, t.question_state, t.payment_now)


@pytest.fixture
def who(debtor, clock):
    """Placed on the 23rd with 10,000; a week has passed."""
    placed = debtor(balance=1_000_000)
    clock.forward(days=7)
    return placed


def state(seat):
    """All that follows from history, but for what is worked out of the time."""
    left_out = {"queue_changes_at", "calls_sum", "week"}
    with seat.store.read() as conn:
        return {
            table.name: sorted(
                str(row) for row in conn.execute(select(*(c for c in table.c if c.name not in left_out)))
            )
            for table in STATE
        }


def found_by(seat):
    with seat.store.read() as conn:
        rows = conn.exec_driver_sql(
            "SELECT (SELECT count(*) FROM search_key), (SELECT count(*) FROM search_debtor)"
        )
        return tuple(rows.one())


def placement(bank, *accounts, number="XK202611-09", name="新委案.csv", phone="16155550009"):
    """A placement of accounts, each a new debtor."""
    path = bank.folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(PLACED)
        for n, account in enumerate(accounts):
            person = ("王小明", f"ID{account[-6:]}")
            lines.writerow((number, account, *person, f"{n + 1}000.00", "40", phone, "2026-11-27", ""))
    return path


def taken(bank, path):
    seen = placements.preview(bank.seat, path)
    terms = dict.fromkeys(seen.ask_terms, PlacementTerms("某某银行"))
    return placements.import_placement(bank.seat, seen, terms)


A, B = "6211110000000001", "6211110000000002"


def test_new_cases_go_as_if_they_had_never_come_and_may_come_again(manager, agent, bank, who):
    before, keys = state(manager), found_by(manager)
    path = placement(bank, A, B)
    report = taken(bank, path)
    with manager.store.read() as conn:
        numbers = set(conn.execute(select(t.account_case.c.serial)).scalars())
    done = undoing.undo(manager, report.batch)
    assert (done.file.state, done.file.accepted, done.hindrances) == (BatchState.UNDONE, 2, ())
    assert (state(manager), found_by(manager)) == (before, keys)
    assert cases.find(agent, "16155550009") == ()
    assert report.batch not in [line.id for line in overview.batches(manager)]
    assert verify(manager.store).ok
    again = taken(bank, path)
    assert (again.already, again.accepted) == (False, 2)
    with manager.store.read() as conn:
        assert conn.execute(select(func.count()).where(t.account_case.c.serial.in_(numbers))).scalar_one() == 1
        assert conn.execute(select(func.count()).select_from(t.import_event)).scalar_one() == 2
        assert conn.execute(select(t.batch_undone.c.batch_id)).scalars().all() == [report.batch]
    assert verify(manager.store).ok


def test_a_refresh_goes_with_what_it_corrected_and_asked(manager, agent, bank, who):
    before = state(manager)
    report = bank.refreshes((who, 26, 9_000, {"本人手机": "16155550001", "客户姓名": "朱雪采"}))
    assert [task.kind.value for task in tasks.open_tasks(manager)] == ["figure_fell"]
    undoing.undo(manager, report.batch)
    assert not tasks.open_tasks(manager)
    after = state(manager)
    assert {name: rows for name, rows in after.items() if name != "task_state"} == {
        name: rows for name, rows in before.items() if name != "task_state"
    }
    assert cases.find(agent, "16155550001") == ()
    assert [found.debtor_id for found in cases.find(agent, "朱雪彩")] == [who]
    assert not make_up.figures_of_debtor(agent, who)  # what it was placed with is of no file in these tests
    assert not [e for e in cases.open_case(agent, who).timeline if e.kind == "figure"]
    assert verify(manager.store).ok
    assert bank.refreshes((who, 26, 9_100)).refreshing.refreshed == 1


def test_of_two_refreshes_the_first_undone_leaves_the_second(manager, agent, bank, who):
    first = bank.refreshes((who, 25, 9_500))
    bank.refreshes((who, 26, 9_000))
    undoing.undo(manager, first.batch)
    case = cases.open_case(agent, who).file.lead_case
    assert (case.balance, case.balance_as_of) == (Money(900_000), nov(26))
    assert verify(manager.store).ok


def test_balances_alone_are_undone_and_payments_count_again(manager, agent, bank, who, tmp_path):
    bank.tells((who, 24, 1_000, "R1"))
    with manager.store.read() as conn:
        money = digest_of_money(conn)
    path = tmp_path / "余额2026-11-26.csv"
    path.write_text(f"账号,最新欠款\n{bank.account(who)},8800.00\n", "utf-8")
    report = placements.import_placement(manager, placements.preview(manager, path))
    assert cases.open_case(agent, who).file.lead_case.balance == Money(880_000)
    undoing.undo(manager, report.batch)
    assert cases.open_case(agent, who).file.lead_case.balance == Money(900_000)
    with manager.store.read() as conn:
        assert digest_of_money(conn) == money
    assert verify(manager.store).ok


def hindered(seat, batch_id):
    with pytest.raises(Refused) as refused:
        undoing.undo(seat, batch_id)
    assert refused.value.message.code == "intake.undo.worked_on"
    seen = undoing.look(seat, batch_id)
    return seen.hindrances, seen.instead.code


def test_after_a_call_it_is_refused_with_who_and_what(manager, agent, bank, who):
    report = bank.refreshes((who, 26, 9_000, {"本人手机": "16155550001"}))
    assert undoing.look(manager, report.batch).hindrances == ()
    for task in tasks.open_tasks(manager):
        tasks.settle(manager, task.id, approve=True, reason="已与银行核对")
    (decided, *_), _ = hindered(manager, report.batch)
    assert decided.what is InTheWay.DECISION
    dialled(agent, who)
    found, instead = hindered(manager, report.batch)
    call = next(one for one in found if one.what is InTheWay.CALL)
    assert (call.by, call.about) == ("张晓", cases.open_case(agent, who).file.lead_case.number)
    assert instead == "intake.undo.instead_figures"
    assert verify(manager.store).ok


def test_payments_on_its_accounts_and_later_files_stand_in_the_way_until_they_are_gone(manager, bank, who):
    report = taken(bank, placement(bank, A, B))
    paid = bank.tells((A, 28, 400, "R1"))
    later = taken(bank, placement(bank, A, name="余额2026-11-29.csv", phone="16155550010"))
    assert later.refreshing.fates  # the same figure of the 27th: nothing newer
    found, instead = hindered(manager, report.batch)
    assert [(one.what, one.about) for one in found] == [(InTheWay.PAYMENTS, "还款1.csv")]
    assert instead == "intake.undo.instead_payments"
    withdrawing.undo(manager, paid.batch)
    path = bank.folder / "余额2026-11-30.csv"
    path.write_text(f"账号,最新欠款\n{A},800.00\n", "utf-8")
    newer = placements.import_placement(manager, placements.preview(manager, path))
    found, instead = hindered(manager, report.batch)
    assert [(one.what, one.about) for one in found] == [(InTheWay.LATER_FILE, path.name)]
    assert instead == "intake.undo.instead_later_file"
    undoing.undo(manager, newer.batch)
    undoing.undo(manager, report.batch)
    with manager.store.read() as conn:
        assert conn.execute(select(t.payment_match.c.debtor_id)).scalars().all() == [None]
    assert verify(manager.store).ok


def test_what_it_asked_the_bank_is_asked_no_more_of_who_left(manager, bank, who):
    report = taken(bank, placement(bank, A))
    assert bank.refreshes((who, 25, 9_000)).batch
    path = placement(bank, A, name="另一笔.csv")
    path.write_text(path.read_text("utf-8").replace("1000.00", "1200.00"), "utf-8")
    taken(bank, path)
    assert len(questions.waiting(manager)) == 1
    undoing.undo(manager, report.batch)
    assert questions.waiting(manager) == ()
    assert verify(manager.store).ok


def test_broken_off_behind_the_commit_whoever_opens_one_loses_it_first_and_the_next_start_the_rest(
    manager, agent, bank, who, monkeypatch
):
    def killed(_seat):
        raise KeyboardInterrupt

    before = state(manager)
    report = taken(bank, placement(bank, A, B))
    with manager.store.read() as conn:
        new = conn.execute(select(t.debtor.c.id).where(t.debtor.c.batch_id == report.batch)).scalars().all()
    number = cases.open_case(agent, new[1]).next_number.phone.id
    with monkeypatch.context() as patch:
        patch.setattr(undoing, "work_stale", killed)
        with pytest.raises(KeyboardInterrupt):
            undoing.undo(manager, report.batch)
    with pytest.raises(Refused) as refused:
        cases.open_case(agent, new[0])
    assert refused.value.message.code == "book.cases.gone"
    with pytest.raises(Refused):
        derive_and_dial(agent, new[1], number)
    assert recovery.recover(manager)
    assert state(manager) == before
    assert verify(manager.store).ok


def derive_and_dial(agent, who, number):
    from collector_desk.services.calls import calling

    assert derive.caught_up is calling.caught_up
    calling.begin(agent, debtor_id=who, phone_id=number)


def test_what_cannot_be_undone_is_refused(manager, agent, bank, who):
    report = bank.refreshes((who, 25, 9_000))
    paid = bank.tells((who, 26, 1, "R1"))
    for act, code in (
        (lambda: undoing.undo(agent, report.batch), "office.not_allowed"),
        (lambda: undoing.undo(manager, paid.batch), "intake.undo.no_file"),
        (lambda: undoing.look(manager, who), "intake.undo.no_file"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.message.code == code
    withdrawing.undo(manager, paid.batch)
    undoing.undo(manager, report.batch)
    with pytest.raises(Refused) as refused:
        undoing.undo(manager, report.batch)
    assert refused.value.message.code == "intake.undo.gone"
