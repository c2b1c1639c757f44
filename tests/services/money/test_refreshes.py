"""The same account in a new file of the bank: a newer figure counts, and nothing else changes unseen."""

from datetime import date

import pytest
from sqlalchemy import select

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.vocabulary import CaseState, QuestionKind
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.intake import placements, recovery
from collector_desk.services.intake.placement_plan import Fate, FiguresTold
from collector_desk.services.money import make_up, questions
from collector_desk.store import tables as t
from collector_desk.store.importlock import importing
from collector_desk.store.verify import verify
from tests.services.money.conftest import nov


@pytest.fixture
def who(debtor, clock):
    """Placed on the 23rd with 10,000; a week has passed."""
    placed = debtor(balance=1_000_000)
    clock.forward(days=7)
    return placed


def opened(agent, who):
    return cases.open_case(agent, who).file


def codes(report):
    return [found.reason.code for found in report.problems if found.reason.code.startswith("intake.on_file")]


def stands(agent, who):
    case = opened(agent, who).lead_case
    return case.balance, case.balance_as_of


def test_a_newer_figure_counts_up_and_down_and_the_older_ones_stay_in_the_history(agent, manager, bank, who):
    up = bank.refreshes((who, 25, 10_200))
    assert (up.refreshing.fates, up.accepted, up.duplicates) == ({Fate.REFRESHED: 1}, 0, 0)
    assert (up.refreshing.before, up.refreshing.after) == ({"CNY": 1_000_000}, {"CNY": 1_020_000})
    assert stands(agent, who) == (Money(1_020_000), nov(25))
    bank.refreshes((who, 27, 9_000))
    assert stands(agent, who) == (Money(900_000), nov(27))
    assert opened(agent, who).lead_case.placed == Money(1_000_000)
    assert verify(manager.store).ok


def test_what_was_paid_before_the_figure_is_in_it_and_what_came_after_is_not(agent, manager, bank, who):
    bank.tells((who, 24, 1_000, "R1"), (who, 28, 500, "R2"))
    assert stands(agent, who)[0] == Money(850_000)
    bank.refreshes((who, 26, 9_063.20))
    assert stands(agent, who) == (Money(906_320 - 50_000), nov(26))
    bank.tells((who, 25, 500, "R3"))  # late: the figure has it already
    assert stands(agent, who)[0] == Money(856_320)
    bank.tells((who, 28, -500, "R2"))
    assert stands(agent, who)[0] == Money(906_320)
    assert verify(manager.store).ok


def test_the_same_again_is_a_repeat_and_other_figures_of_that_day_a_question(agent, manager, bank, who):
    bank.refreshes((who, 25, 9_000))
    again = bank.refreshes((who, 25, 9_000, {"本人手机": "16100000001"}))
    assert (again.batch, again.refreshing.fates, codes(again)) == (
        None,
        {Fate.REPEATED: 1},
        ["intake.on_file_repeated"],
    )
    other = bank.refreshes((who, 25, 8_000))
    assert (other.refreshing.fates, codes(other)) == ({Fate.QUESTION: 1}, ["intake.on_file_question"])
    older = bank.refreshes((who, 24, 7_000))
    assert (older.refreshing.fates, codes(older)) == ({Fate.OLDER: 1}, ["intake.on_file_older"])
    assert stands(agent, who) == (Money(900_000), nov(25))


def test_an_account_open_in_another_placement_is_asked_about(agent, bank, who):
    moved = bank.refreshes((who, 25, 9_000, {"委案批次号": "XK202612-01"}))
    assert (moved.refreshing.fates, codes(moved)) == ({Fate.QUESTION: 1}, ["intake.on_file_elsewhere"])
    assert stands(agent, who)[0] == Money(1_000_000)


def test_the_day_is_read_off_the_row_else_told_else_off_the_name_and_else_asked(agent, manager, bank, who):
    seen = bank.previews((who, None, 9_000))
    assert (seen.asks_day, codes(placements.dry_run(seen))) == (True, ["intake.on_file_undated"])
    with pytest.raises(Refused) as refused:
        bank.refreshes((who, None, 9_000))
    assert (refused.value.message.code, refused.value.field_name) == ("intake.as_of_asked", "as_of")
    bank.refreshes((who, None, 9_000), name="余额-2026-11-25.csv")
    assert stands(agent, who) == (Money(900_000), nov(25))
    bank.refreshes((who, None, 8_000), name="余额-2026-11-26.csv", as_of=27)
    assert stands(agent, who) == (Money(800_000), nov(27))
    bank.refreshes((who, 28, 7_000), as_of=29)
    assert stands(agent, who) == (Money(700_000), nov(28))
    with pytest.raises(Refused) as refused:
        placements.preview(manager, bank.written((who, None, 6_000)), FiguresTold(date(2027, 1, 1)))
    assert refused.value.message.code == "intake.as_of_ahead"


def test_the_days_past_due_follow_the_file_and_else_run_on(agent, bank, who):
    before = opened(agent, who).lead_case.days
    bank.refreshes((who, 25, 9_000))
    assert opened(agent, who).lead_case.days == before
    bank.refreshes((who, 26, 9_000, {"逾期天数": 5}))
    case = opened(agent, who).lead_case
    assert (case.bank_days, case.days) == (5, 9)


def test_numbers_come_in_addition_and_a_corrected_name_with_its_history(agent, manager, bank, who):
    bank.refreshes((who, 25, 9_000, {"本人手机": "16155550001", "客户姓名": "朱雪采"}))
    file = opened(agent, who)
    assert (file.debtor.name, len(file.phones)) == ("朱雪采", 2)
    assert [found.debtor_id for found in cases.find(agent, "16155550001")] == [who]
    assert verify(manager.store).ok


def test_somebody_else_by_name_and_number_lends_the_account_its_figure_alone(agent, manager, bank, who):
    stranger = {"本人手机": "16155550001", "客户姓名": "李强", "证件号码": "110101199003070038"}
    report = bank.refreshes((who, 25, 9_000, stranger))
    assert "intake.name_on_file" in [found.reason.code for found in report.problems]
    file = opened(agent, who)
    assert (file.debtor.name, len(file.phones), file.lead_case.balance) == ("朱雪彩", 1, Money(900_000))
    assert verify(manager.store).ok


def test_a_sound_identity_number_of_the_same_name_is_a_correction(agent, manager, bank, who):
    bank.refreshes((who, 25, 9_000, {"证件号码": "11010519491231002X"}))
    assert opened(agent, who).debtor.id_number == "11010519491231002X"
    bank.refreshes((who, 26, 9_000, {"证件号码": "110105194912310021"}))  # its check digit is wrong: kept
    assert opened(agent, who).debtor.id_number == "11010519491231002X"
    assert verify(manager.store).ok


def test_whoever_opens_a_debtor_before_the_file_is_worked_sees_the_new_figure(
    agent, manager, bank, who, monkeypatch
):
    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(placements, "_finish", killed)
    with pytest.raises(KeyboardInterrupt):
        bank.refreshes((who, 25, 9_000))
    assert stands(agent, who) == (Money(900_000), nov(25))
    monkeypatch.undo()
    recovery.recover(manager)
    assert stands(agent, who) == (Money(900_000), nov(25))
    assert verify(manager.store).ok


def test_a_batch_says_how_many_figures_it_brought(manager, bank, who):
    report = bank.refreshes((who, 25, 9_000))
    with manager.store.read() as conn:
        kept = conn.execute(select(t.batch).where(t.batch.c.id == report.batch)).one()
    assert (kept.accepted, kept.refreshed) == (0, 1)


def test_every_figure_leads_back_to_its_file_and_line(agent, bank, who, debtor, clock):
    other = debtor()
    bank.refreshes((other, 25, 1), (who, 25, 9_000))
    clock.forward(minutes=1)
    bank.refreshes((who, 27, 8_500.50), name="余额.csv")
    (told,) = make_up.figures_of_debtor(agent, who).values()
    assert [(one.amount, one.as_of, one.filename, one.line) for one in told] == [
        (Money(900_000), nov(25), "委案1.csv", 3),
        (Money(850_050), nov(27), "余额.csv", 2),
    ]
    detail = [entry.detail[0] for entry in cases.open_case(agent, who).timeline]
    assert [(one.params["amount"], one.params["day"]) for one in detail if one.code == "book.timeline.figure"] == [
        (Money(850_050), nov(27)),
        (Money(900_000), nov(25)),
    ]


def test_a_file_of_balances_alone_needs_no_name_and_places_nobody(agent, manager, bank, who, tmp_path):
    path = tmp_path / "每日余额.csv"
    path.write_text(
        f"数据日期：2026-11-26\n账号,最新欠款\n{bank.account(who)},8800.00\n6299999999999999,1.00\n", "utf-8"
    )
    seen = placements.preview(manager, path)
    assert (seen.file.balances, dict(seen.ask_terms), seen.new_debtors) == (True, {}, 0)
    report = placements.import_placement(manager, seen)
    assert report.refreshing.fates == {Fate.REFRESHED: 1, Fate.UNKNOWN: 1}
    assert [found.reason.code for found in report.problems if found.line == 4] == ["intake.account_unknown"]
    assert stands(agent, who) == (Money(880_000), nov(26))
    assert verify(manager.store).ok


def test_a_file_without_names_that_tells_no_balance_is_still_no_placement(manager, tmp_path):
    path = tmp_path / "委案.csv"
    path.write_text("账号,委案金额,逾期天数\n6200000000000001,1.00,3\n", "utf-8")
    with pytest.raises(Trouble) as trouble:
        placements.preview(manager, path)
    assert trouble.value.message.code == "intake.columns_missing"


def again(manager, path, as_of=None):
    return placements.preview(manager, path, FiguresTold(as_of))


def test_the_same_bytes_of_another_day_are_said_to_be_a_refresh_and_left_to_who_takes_them(
    agent, manager, bank, who
):
    path = bank.written((who, None, 9_000), name="余额-2026-11-25.csv")
    placements.import_placement(manager, placements.preview(manager, path))
    assert again(manager, path).already  # of the same day: a repeat
    assert again(manager, path, nov(25)).already
    assert again(manager, path, nov(24)).already  # older than what is on file
    seen = again(manager, path, nov(27))
    assert (seen.already, seen.again is not None, seen.plan.refreshing.refreshed) == (None, True, 1)
    report = placements.import_placement(manager, seen)
    assert (report.already, report.refreshing.refreshed) == (False, 1)
    assert stands(agent, who) == (Money(900_000), nov(27))
    assert again(manager, path, nov(27)).already
    assert verify(manager.store).ok


def test_by_their_name_alone_the_same_bytes_are_asked_about(agent, manager, bank, who):
    path = bank.written((who, None, 9_000), name="余额-2026-11-25.csv")
    placements.import_placement(manager, placements.preview(manager, path))
    renamed = path.with_name("余额-2026-11-28.csv")
    renamed.write_bytes(path.read_bytes())
    seen = again(manager, renamed)
    assert (seen.asks_again, seen.asks_day, placements.dry_run(seen).already) == (True, True, True)
    with pytest.raises(Refused) as refused:
        placements.import_placement(manager, seen)
    assert (refused.value.message.code, refused.value.field_name) == ("intake.again_asked", "as_of")
    assert stands(agent, who) == (Money(900_000), nov(25))
    placements.import_placement(manager, again(manager, renamed, nov(28)))
    assert stands(agent, who) == (Money(900_000), nov(28))


def test_the_same_bytes_whose_rows_say_their_day_are_a_repeat_under_any(manager, bank, who):
    path = bank.written((who, 25, 9_000))
    placements.import_placement(manager, placements.preview(manager, path))
    assert again(manager, path, nov(28)).already


def asked(manager):
    return [(one.kind, one.figures) for one in questions.waiting(manager)]


def test_what_only_the_bank_can_say_is_asked_once_and_changes_nothing(agent, manager, bank, who):
    bank.refreshes((who, 25, 9_000))
    bank.refreshes((who, 25, 8_000))
    bank.refreshes((who, 25, 8_000), name="同一天.csv")
    bank.refreshes((who, 26, 8_000, {"委案批次号": "XK202612-01"}))
    (kind, figures), (moved, where) = asked(manager)
    assert (kind, figures["before"], figures["amount"], figures["day"]) == (
        QuestionKind.FIGURE_DIFFERS,
        Money(900_000),
        Money(800_000),
        nov(25),
    )
    assert (moved, where["said"]) == (QuestionKind.ACCOUNT_MOVED, "XK202612-01")
    assert stands(agent, who) == (Money(900_000), nov(25))
    assert verify(manager.store).ok


def test_what_a_full_list_lacks_is_asked_about_and_stays_open(agent, manager, bank, who, debtor):
    other = debtor()
    seen = placements.preview(manager, bank.written((who, 25, 9_000)), FiguresTold(full=True))
    assert seen.plan.refreshing.missing == 1
    placements.import_placement(manager, seen)
    ((kind, _),) = asked(manager)
    assert kind is QuestionKind.ACCOUNT_MISSING
    assert opened(agent, other).lead_case.state is CaseState.OPEN
    bank.refreshes((who, 26, 8_000))  # nobody says that this one is full
    assert len(asked(manager)) == 1


def test_two_windows_at_once_the_second_waits_and_a_call_begun_meanwhile_knows_the_new_figure(
    agent, manager, bank, who, monkeypatch
):
    with importing(manager.store.folder), pytest.raises(Trouble) as trouble:
        bank.refreshes((who, 25, 9_000))
    assert trouble.value.message.code == "intake.import_running"
    assert stands(agent, who)[0] == Money(1_000_000)

    def still_working(seat, _):
        number = cases.open_case(agent, who).next_number.phone.id
        begun = calling.begin(agent, debtor_id=who, phone_id=number)
        assert begun.attempt is not None

    monkeypatch.setattr(placements, "_finish", still_working)
    bank.refreshes((who, 25, 9_000))
    assert stands(agent, who)[0] == Money(900_000)
    monkeypatch.undo()
    recovery.recover(manager)
    assert verify(manager.store).ok
