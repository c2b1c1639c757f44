"""A bank's payment files come in, and balances, ends and what waits for a person follow."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import FileKind, RowStanding
from collector_desk.domain.vocabulary import CaseState, Role, TaskKind, Verdict
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.intake import payments, placements, recovery
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.money import settling
from collector_desk.services.office import backup
from collector_desk.services.permits import tasks
from collector_desk.store import tables as t
from collector_desk.store.money.digest import digest_of_money
from collector_desk.store.search import SearchRow, index_debtors
from collector_desk.store.verify import verify
from tests.samples import bank_files as files

HEADER = ["账户号", "还款日期", "还款金额", "流水号"]
PEOPLE = {"lead": (("陈组长", frozenset({Role.LEAD})),)}
NEW = FileTold(kind=FileKind.NEW)


@pytest.fixture
def lead(seat_of):
    return seat_of("陈组长", Role.LEAD)


@pytest.fixture
def a_file(tmp_path, clock):
    """Files of the four weeks after the accounts were placed."""
    made = iter(range(99))
    moved: list[bool] = []

    def make(*rows, header=HEADER) -> Path:
        if not moved:
            moved.append(True)
            clock.forward(days=28)
        path = tmp_path / f"还款{next(made)}.csv"
        path.write_bytes(files.text([header, *rows], "gb18030"))
        return path

    return make


def take(seat, path, told=NEW):
    return payments.import_payments(seat, payments.preview(seat, path, told))


def account(seat, who) -> str:
    return cases.open_case(seat, who).file.lead_case.account_number


def owed(seat, who) -> int:
    return cases.open_case(seat, who).file.cases[0].balance.minor


def counts(report) -> dict[str, int]:
    return {standing.value: sums.rows for standing, sums in report.sums.standings.items()}


def money(seat) -> str:
    with seat.store.read() as conn:
        return digest_of_money(conn)


def rows_of(seat, table) -> int:
    with seat.store.read() as conn:
        return conn.execute(select(func.count()).select_from(table)).scalar_one()


def test_what_the_bank_says_was_paid_is_owed_no_more(lead, agent, debtor, a_file):
    who = debtor(balance=1_000_000)
    seen = payments.preview(lead, a_file([account(lead, who), "2026-12-14", "3000.00", "R1"]), NEW)
    assert (seen.plan.count(RowStanding.TAKEN), seen.plan.allocated, owed(lead, who)) == (1, 300_000, 1_000_000)
    report = payments.import_payments(lead, seen)
    assert (counts(report), report.sums.allocated, report.to_confirm) == ({"taken": 1}, 300_000, 0)
    assert owed(agent, who) == 700_000
    assert cases.open_case(agent, who).file.cases[0].placed.minor == 1_000_000  # the bank's figure stays


def test_more_than_is_owed_takes_its_part_and_waits_for_a_person(lead, agent, debtor, a_file):
    who = debtor(balance=20_634_570)
    number = account(lead, who)
    report = take(
        lead, a_file([number, "2026-12-05", "109848.26", "R1"], [number, "2026-12-19", "103118.59", "R2"])
    )
    assert counts(report) == {"taken": 1, "to_settle": 1}
    assert (report.sums.allocated, report.sums.excess, owed(agent, who)) == (20_634_570, 662_115, 0)


def test_the_days_decide_and_not_the_place_in_the_file(lead, debtor, a_file):
    who = debtor(balance=1_972_944)
    number = account(lead, who)
    take(lead, a_file([number, "2026-12-10", "5020.58", "LS10"], [number, "2026-12-07", "19729.44", "LS11"]))
    with lead.store.read() as conn:
        found = {
            row.minor: row.standing for row in conn.execute(select(t.payment_now.c.minor, t.payment_now.c.standing))
        }
    assert found == {1_972_944: "taken", 502_058: "to_settle"}


def test_who_paid_all_is_left_in_peace_and_a_lead_confirms_the_end(lead, agent, debtor, a_file):
    who = debtor(balance=500_000)
    report = take(lead, a_file([account(lead, who), "2026-12-14", "5000.00", "R1"]))
    assert report.to_confirm == 1
    case = cases.open_case(agent, who)
    assert case.nothing_owed is not None
    assert case.numbers[0].decision.verdict is Verdict.BLOCK
    (task,) = [one for one in tasks.open_tasks(lead) if one.kind is TaskKind.SETTLED]
    tasks.settle(lead, task.id, approve=True, reason="银行回执 2026-12-20")
    assert cases.open_case(agent, who).file.cases[0].state is CaseState.SETTLED
    assert verify(lead.store).ok


def test_a_figure_has_what_was_posted_up_to_its_day(lead, debtor, a_file):
    who = debtor(balance=1_000_000)
    as_of = cases.open_case(lead, who).file.lead_case.balance_as_of
    number = account(lead, who)
    take(lead, a_file([number, as_of.isoformat(), "3000.00", "R1"]))
    assert owed(lead, who) == 1_000_000
    take(lead, a_file([number, (as_of + timedelta(days=1)).isoformat(), "500.00", "R2"]))
    assert owed(lead, who) == 950_000


def test_the_same_file_again_is_known_and_the_same_rows_again_are_repeated(lead, debtor, a_file):
    who = debtor(balance=1_000_000)
    row = [account(lead, who), "2026-12-14", "3000.00", "R1"]
    path = a_file(row)
    first = take(lead, path)
    before = money(lead)
    again = take(lead, path)
    assert (again.already, again.batch) == (True, first.batch)
    other = take(lead, a_file(row, [row[0], "2026-12-15", "10.00", "R2"]))
    assert counts(other) == {"repeated": 1, "taken": 1}
    assert owed(lead, who) == 699_000
    assert money(lead) != before


def test_a_known_reference_with_another_day_is_a_clash_and_counts_nothing(lead, debtor, a_file):
    who = debtor(balance=1_000_000)
    number = account(lead, who)
    take(lead, a_file([number, "2026-12-14", "500.00", "R1"]))
    report = take(lead, a_file([number, "2026-12-15", "500.00", "R1"]))
    assert (counts(report), owed(lead, who)) == ({"to_settle": 1}, 950_000)


def test_a_reversal_gives_the_debt_back(lead, debtor, a_file):
    who = debtor(balance=500_000)
    number = account(lead, who)
    take(lead, a_file([number, "2026-12-06", "5000.00", "R1"]))
    assert owed(lead, who) == 0
    report = take(lead, a_file([number, "2026-12-08", "-5000.00", "R1"]))
    assert (counts(report), owed(lead, who)) == ({"taken": 1}, 500_000)


@pytest.mark.parametrize(
    ("kind", "left"), [(FileKind.NEW, 900_000), (FileKind.CUMULATIVE, 950_000), (FileKind.UNKNOWN, 950_000)]
)
def test_rows_without_a_reference_count_by_what_their_file_holds(lead, debtor, a_file, kind, left):
    who = debtor(balance=1_000_000)
    header, row = HEADER[:3], [account(lead, who), "2026-12-14", "500.00"]
    take(lead, a_file(row, header=header), FileTold(kind=kind))
    take(lead, a_file(row, ["1", "2026-12-14", "1.00"], header=header), FileTold(kind=kind))
    assert owed(lead, who) == left


def test_any_order_and_any_cut_of_the_files_comes_to_the_same_money(lead, debtor, a_file, monkeypatch):
    who, other = debtor(balance=600_000), debtor(balance=1_000_000)
    one, two = account(lead, who), account(lead, other)
    rows = [
        [one, "2026-12-10", "5020.58", "LS1"],
        [two, "2026-12-07", "19.44", "LS2"],
        [one, "2026-12-07", "3729.44", "LS3"],
        [two, "2026-12-12", "100.00", "LS4"],
        ["999", "2026-12-12", "7.00", "LS5"],
        [two, "2026-12-13", "-100.00", "LS4"],
    ]
    told = FileTold("某某银行", FileKind.NEW)
    take(lead, a_file(*rows[3:]), told)
    take(lead, a_file(*rows[:4]), told)  # one row is in both
    in_halves = money(lead)
    take(lead, a_file(*reversed(rows), ["998", "2026-12-12", "7.00", "LS6"]), told)
    assert owed(lead, who) == 0
    assert owed(lead, other) == 998_056
    assert money(lead) != in_halves  # somebody's new payment
    with lead.store.read() as conn:
        standings = conn.execute(select(t.payment_now.c.standing, func.count()).group_by(t.payment_now.c.standing))
        assert dict(standings.all()) == {"taken": 4, "to_settle": 1, "repeated": 6}


def test_a_customer_with_the_cards_end_names_an_account(lead, debtor, a_file):
    who = debtor(balance=1_000_000)
    file = cases.open_case(lead, who).file
    header = ["卡号", "客户号", "卡号后四位", "还款日期", "还款金额"]
    with lead.store.write() as conn:
        index_debtors(conn, [SearchRow(who, (file.debtor.name,), (file.debtor.customer_no,))])
    row = ["6225********0001", file.debtor.customer_no, file.lead_case.card_tail, "2026-12-14", "100.00"]
    other = [*row[:2], "9999", *row[3:]]
    path = a_file(row, other, header=header)
    assert payments.preview(lead, path, NEW).plan.rows[0][1] == who
    assert counts(take(lead, path)) == {"taken": 1, "unmatched": 1}
    debtor_with_two = debtor.another(who, balance=5_000)  # now it names two accounts
    told = FileTold("某某银行", FileKind.NEW)
    assert counts(take(lead, a_file(row, header=header), told)) == {"unmatched": 1}, debtor_with_two


def test_whose_file_it_is_must_be_known(lead, debtor, a_file):
    debtor()
    with pytest.raises(Refused) as asked:
        take(lead, a_file(["999", "2026-12-12", "7.00", "LS5"]))
    assert asked.value.message.code == "intake.payments.bank_asked"
    with pytest.raises(Refused) as unknown:
        take(lead, a_file(["999", "2026-12-12", "7.00", "LS5"]), FileTold("没有的银行"))
    assert unknown.value.message.code == "intake.payments.bank_unknown"
    report = take(lead, a_file(["999", "2026-12-12", "7.00", "LS5"]), FileTold("某某银行"))
    assert counts(report) == {"unmatched": 1}


@pytest.mark.parametrize(
    ("covers", "code"),
    [
        (DaySpan(date(2026, 12, 20), date(2026, 12, 3)), "intake.payments.days_turned"),
        (DaySpan(date(2026, 12, 3), date(2026, 12, 24)), "intake.payments.days_to_come"),
    ],
)
def test_days_that_are_none_to_tell_of_are_refused(lead, debtor, a_file, covers, code):
    path = a_file([account(lead, debtor()), "2026-12-14", "3000.00", "R1"])
    with pytest.raises(Refused) as refused:
        payments.preview(lead, path, FileTold(covers=covers))
    assert refused.value.message.code == code


def test_the_days_asked_about_end_before_the_last_bank_day(lead, debtor, a_file):
    rows = [[account(lead, debtor()), day, "3.00", ""] for day in ("2026-12-14", "2026-12-21")]
    seen = payments.preview(lead, a_file(*rows), NEW)  # it is Monday the 21st
    assert seen.suggested == DaySpan(date(2026, 12, 14), date(2026, 12, 18))


def test_a_file_called_off_leaves_nothing(lead, debtor, a_file):
    seen = payments.preview(lead, a_file([account(lead, debtor()), "2026-12-14", "3000.00", "R1"]), NEW)
    with pytest.raises(Trouble) as stopped:
        payments.import_payments(lead, seen, cancelled=lambda: True)
    assert stopped.value.message.code == "intake.cancelled"
    assert {rows_of(lead, table) for table in (t.bank_row, t.payment_match, t.batch, t.payments_taken)} == {0}
    assert counts(payments.import_payments(lead, seen)) == {"taken": 1}


def test_whoever_opens_or_dials_first_works_the_debtor_and_the_rest_is_made_up_for(
    lead, agent, debtor, a_file, monkeypatch
):
    first, second, third = debtor(balance=500_000), debtor(balance=500_000), debtor(balance=500_000)
    phone = cases.open_case(agent, second).numbers[0].phone.id
    path = a_file(*([account(lead, who), "2026-12-14", "5000.00", ""] for who in (first, second, third)))

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(payments, "derive", killed)
        with pytest.raises(KeyboardInterrupt):
            take(lead, path)
    assert rows_of(lead, t.payment_now) == 0
    assert cases.open_case(agent, first).nothing_owed is not None
    with pytest.raises(GateRefused):
        calling.begin(agent, debtor_id=second, phone_id=phone)
    assert recovery.recover(lead)
    assert not recovery.recover(lead)
    assert rows_of(lead, t.payment_now) == 3
    assert owed(agent, third) == 0
    assert verify(lead.store).ok


def test_the_proof_finds_money_that_somebody_changed(lead, debtor, a_file):
    who = debtor(balance=500_000)
    take(lead, a_file([account(lead, who), "2026-12-14", "3000.00", "R1"]))
    for statement in (
        "UPDATE payment_now SET allocated_minor = 1",
        "UPDATE account_case SET balance_minor = 500000",
        "DELETE FROM payment_now",
    ):
        with lead.store.write() as conn:
            conn.exec_driver_sql(statement)
        assert not verify(lead.store).ok, statement
        backup.rebuild(lead)
        assert verify(lead.store).ok, statement
    assert owed(lead, who) == 200_000


def test_a_row_of_nobodys_is_tried_again_when_its_account_is_placed(lead, a_file, tmp_path):
    row = files.account(7, 委案金额=5000.0)
    placed = tmp_path / "委案.csv"
    placed.write_bytes(files.text(files.grid([files.account(1)]), "gb18030"))
    take_placement(lead, placed)
    told = FileTold("某某银行", FileKind.NEW)
    report = take(lead, a_file([row["账户号"], "2026-12-14", "3000.00", "R1"]), told)
    assert counts(report) == {"unmatched": 1}
    later = tmp_path / "委案二.csv"
    later.write_bytes(files.text(files.grid([row]), "gb18030"))
    take_placement(lead, later)
    with lead.store.read() as conn:
        owed_now = t.account_case.c.account_number == row["账户号"]
        assert conn.execute(select(t.account_case.c.balance_minor).where(owed_now)).scalar_one() == 200_000
    assert rows_of(lead, t.money_stale) == 0


def take_placement(seat, path) -> None:
    seen = placements.preview(seat, path)
    placements.import_placement(seat, seen, {number: PlacementTerms("某某银行") for number in seen.ask_terms})


def test_a_row_of_nobodys_is_split_over_accounts_and_the_last_word_counts(lead, debtor, a_file):
    one, other = debtor(balance=500_000), debtor(balance=500_000)
    case = {who: cases.open_case(lead, who).file.lead_case.id for who in (one, other)}
    take(lead, a_file(["999", "2026-12-14", "3000.00", "R1"]), FileTold("某某银行", FileKind.NEW))
    (row,) = settling.waiting(lead)
    with pytest.raises(Refused):
        settling.split(lead, row, {case[one]: 100_000})
    settling.split(lead, row, {case[one]: 100_000, case[other]: 200_000}, reason="同一客户两个账户")
    assert (owed(lead, one), owed(lead, other)) == (400_000, 300_000)
    assert settling.waiting(lead) == ()
    assert verify(lead.store).ok
