"""The institution's counts come in, and the gate's answer follows."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, Role, Speaker, TaskKind, Verdict
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.intake import counts, recovery
from collector_desk.services.office import title_row
from collector_desk.services.permits import late_figures, tasks
from collector_desk.store import tables as t
from collector_desk.store.importlock import importing
from collector_desk.store.search import SearchRow, index_debtors
from collector_desk.store.tables.history import journal
from tests.samples import bank_files as files

SHANGHAI = ZoneInfo("Asia/Shanghai")
HEADER = ["身份证号", "账户号", "案件编号", "今日有效通话", "今日接通", "截至时间"]
NOON = "2026-11-23 12:00"
CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))


PEOPLE = {"lead": (("陈组长", frozenset({Role.LEAD})),)}


@pytest.fixture
def lead(seat_of):
    return seat_of("陈组长", Role.LEAD)


@pytest.fixture
def afternoon(clock):
    """Three o'clock."""
    clock.forward(hours=5)
    return clock


@pytest.fixture
def a_file(tmp_path):
    made = iter(range(99))

    def make(*rows, header=HEADER) -> Path:
        path = tmp_path / f"次数{next(made)}.csv"
        path.write_bytes(files.text([header, *rows], "gb18030"))
        return path

    return make


def take(seat, path, **more):
    return counts.import_counts(seat, counts.preview(seat, path, **more))


def account(seat, who) -> str:
    return cases.open_case(seat, who).file.lead_case.account_number


def decision(seat, who):
    return cases.open_case(seat, who).numbers[0].decision


def line(seat, who):
    return cases.open_case(seat, who).standing.talks


def reasons(report):
    return {found.reason.code for found in report.problems}


def call(seat, who, clock, minutes=5):
    begun = calling.begin(seat, debtor_id=who, phone_id=cases.open_case(seat, who).numbers[0].phone.id)
    clock.forward(minutes=minutes)
    said = "客户表示目前不愿意还款，已说明后续安排。"
    log = CallLog(
        Outcome.REFUSES, Speaker.DEBTOR, CHECKED, 60, said, ArrearsReason.WILL_NOT_PAY, recording="录音 1"
    )
    calling.finish(seat, begun.attempt.id, log)


def rows_of(seat, table) -> int:
    with seat.store.read() as conn:
        return conn.execute(select(func.count()).select_from(table)).scalar_one()


def test_what_the_share_allowed_the_institutions_figure_blocks(lead, agent, debtor, afternoon, a_file):
    full, free, other = debtor(), debtor(), debtor()
    assert decision(agent, full).verdict is Verdict.ALLOW
    assert line(agent, full).message.code == "conduct.line_effective"
    path = a_file(["", account(lead, full), "", 3, 5, NOON], ["", account(lead, free), "", 1, 1, NOON])
    report = take(lead, path)
    assert (report.accepted, report.set_aside, report.changes.everything) == (2, 0, True)
    with pytest.raises(GateRefused):  # asked in the transaction that opens the attempt
        calling.begin(agent, debtor_id=full, phone_id=cases.open_case(agent, full).numbers[0].phone.id)
    blocked = decision(agent, full)
    assert blocked.verdict is Verdict.BLOCK
    assert blocked.institution_total_known
    assert [(r.n, r.m) for r in blocked.reasons if r.rule == "cn.voice_talk_cap"] == [(3, 3)]
    shown = line(agent, free)
    assert (shown.n, shown.m, shown.message.params["at"]) == (1, 3, "12:00")
    assert decision(agent, other).verdict is Verdict.ALLOW  # of whom the bank said nothing: the share
    light, verdict = title_row.share_light(agent)
    assert (light.code, light.params["at"], verdict) == ("office.titles.counts_share", "12:00", Verdict.WARN)
    with lead.store.read() as conn:
        back = dict(conn.execute(select(t.debtor.c.id, t.debtor.c.queue_back_at)).all())
    assert back[full] is not None
    assert back[other] is None


def test_without_a_share_the_gate_asks_until_the_figure_is_there(manager, lead, agent, debtor, afternoon, a_file):
    settings.change(manager, Share())
    who = debtor()
    assert decision(agent, who).verdict is Verdict.ASK
    take(lead, a_file(["", account(lead, who), "", 0, 0, NOON]))
    assert decision(agent, who).verdict is Verdict.ALLOW


def test_it_needs_a_lead_or_a_manager(agent, debtor, a_file):
    path = a_file(["", "1", "", 1, 1, NOON])
    with pytest.raises(Refused):
        counts.preview(agent, path)
    with pytest.raises(Refused):
        counts.enter(agent, debtor(), effective=1, connected=1, as_of=agent.now())


def test_our_own_talk_comes_on_top_unless_the_bank_says_it_is_inside(lead, agent, debtor, clock, a_file):
    who, same = debtor(), debtor()
    for one in (who, same):
        call(agent, one, clock)
    clock.forward(hours=4)
    take(lead, a_file(["", account(lead, who), "", 2, 2, NOON]))
    take(lead, a_file(["", account(lead, same), "", 2, 2, NOON]), ours_included=True)
    assert (line(agent, who).n, line(agent, same).n) == (3, 2)


def test_the_same_file_again_is_nothing_new_and_says_so(lead, debtor, afternoon, a_file):
    path = a_file(["", account(lead, debtor()), "", 1, 1, NOON])
    first = take(lead, path)
    before = rows_of(lead, journal)
    again = take(lead, path)
    assert (again.already, again.accepted, again.counts) == (True, 0, first.counts)
    assert "intake.counts.same_file" in reasons(again)
    assert rows_of(lead, journal) == before


def test_another_file_with_the_same_figure_adds_nothing(lead, debtor, afternoon, a_file):
    number = account(lead, debtor())
    take(lead, a_file(["", number, "", 1, 1, NOON]))
    again = take(lead, a_file(["", number, "", "1次", 1, NOON]))
    assert (again.accepted, again.duplicates, again.counts) == (0, 1, None)
    assert rows_of(lead, t.external_count) == 1


def test_the_newer_time_wins_and_the_older_stays_in_the_history(lead, manager, agent, debtor, afternoon, a_file):
    who = debtor()
    number = account(lead, who)
    take(lead, a_file(["", number, "", 2, 2, "2026-11-23 14:00"]))
    older = take(lead, a_file(["", number, "", 0, 0, NOON]))
    assert "intake.counts.older" in reasons(older)
    assert line(agent, who).n == 2
    assert rows_of(lead, t.external_count) == 2
    falls = take(lead, a_file(["", number, "", 1, 2, "2026-11-23 14:30"]))
    assert "intake.counts.falls" in reasons(falls)
    assert (line(agent, who).n, line(agent, who).message.params["at"]) == (2, "14:00"), "the stricter one counts"
    (task,) = tasks.open_tasks(manager)
    tasks.settle(manager, task.id, approve=True, reason="已与银行核对，14:00 的数据有误")
    assert (line(agent, who).n, line(agent, who).message.params["at"]) == (1, "14:30")


def test_yesterdays_figure_is_kept_and_the_total_is_unknown(lead, agent, debtor, afternoon, a_file):
    who = debtor()
    report = take(lead, a_file(["", account(lead, who), "", 3, 3, "2026-11-22 18:00"]))
    assert (report.not_today, "intake.counts.not_today" in reasons(report)) == (1, True)
    assert decision(agent, who).verdict is Verdict.ALLOW
    assert not decision(agent, who).institution_total_known
    assert title_row.share_light(agent)[0].code == "office.titles.share"


def test_a_figure_of_today_is_unknown_again_tomorrow(lead, agent, debtor, afternoon, a_file):
    who = debtor()
    take(lead, a_file(["", account(lead, who), "", 3, 3, NOON]))
    afternoon.forward(hours=20)
    assert decision(agent, who).verdict is Verdict.ALLOW
    assert not decision(agent, who).institution_total_known
    queueing.tick(agent)
    with lead.store.read() as conn:
        assert conn.execute(select(t.debtor.c.queue_back_at)).scalar() is None


def test_a_newer_file_that_leaves_talks_out_does_not_make_them_unknown(lead, agent, debtor, afternoon, a_file):
    who = debtor()
    number = account(lead, who)
    take(lead, a_file(["", number, "", 3, "", NOON]))
    take(lead, a_file(["", number, "", "", 5, "2026-11-23 14:00"]))
    assert decision(agent, who).verdict is Verdict.BLOCK


def test_a_time_the_file_lacks_is_asked_once(lead, agent, debtor, afternoon, a_file):
    who = debtor()
    path = a_file([account(lead, who), 1], header=["账号", "有效通话"])
    seen = counts.preview(lead, path)
    assert seen.asks_as_of
    with pytest.raises(Refused) as refused:
        counts.import_counts(lead, seen)
    assert refused.value.field_name == "as_of"
    with pytest.raises(Refused):
        counts.preview(lead, path, as_of=lead.now() + timedelta(minutes=1))
    at = lead.now() - timedelta(hours=1)
    assert take(lead, path, as_of=at).accepted == 1
    assert line(agent, who).as_of == at
    later = take(lead, path, as_of=lead.now())  # the same bytes an hour later are news
    assert (later.already, later.accepted) == (False, 1)


def test_debtors_are_found_by_identity_number_account_and_case(lead, debtor, afternoon, a_file):
    by_id, by_account, by_case = debtor(), debtor(), debtor()
    file = cases.open_case(lead, by_id).file
    with lead.store.write() as conn:
        index_debtors(conn, [SearchRow(by_id, (file.debtor.name,), (file.debtor.id_number,))])
    report = take(
        lead,
        a_file(
            [file.debtor.id_number, "", "", 1, 1, NOON],
            ["", account(lead, by_account), "", 2, 2, NOON],
            ["", "", cases.open_case(lead, by_case).file.lead_case.number, 3, 3, NOON],
            ["", "99999", "", 1, 1, NOON],
            [file.debtor.id_number, account(lead, by_account), "", 1, 1, NOON],
            ["000103198201019999", account(lead, by_account), "", 1, 1, "2026-11-23 11:00"],
        ),
    )
    refused = {found.line: found.reason.code for found in report.problems if found.severity == "refused"}
    assert refused == {5: "intake.counts.unknown", 6: "intake.counts.two_people"}
    assert {"intake.counts.half_known", "intake.counts.newer_line"} <= reasons(report)
    assert (report.accepted, report.unknown, report.set_aside) == (3, 1, 2)
    assert [line(lead, who).n for who in (by_id, by_account, by_case)] == [1, 2, 3]


def test_several_lines_of_a_debtor_are_parts_of_one_figure(lead, agent, debtor, afternoon, a_file):
    who = debtor()
    file = cases.open_case(lead, who).file.lead_case
    report = take(
        lead,
        a_file(
            ["", file.account_number, "", 1, 1, NOON],
            ["", file.account_number, "", 2, 2, NOON],  # another agency's line
            ["", "", file.number, 0, 1, "2026-11-23 11:00"],  # by its other number
        ),
    )
    assert "intake.counts.added_up" in reasons(report)
    assert (report.accepted, line(agent, who).n) == (1, 3)
    assert line(agent, who).message.params["at"] == "11:00"  # all of it is true as of the oldest part


def test_times_of_one_number_in_one_file_are_a_row_of_readings(lead, agent, debtor, afternoon, a_file):
    who = debtor()
    number = account(lead, who)
    report = take(lead, a_file(["", number, "", 1, 1, "11:00"], ["", number, "", 2, 2, "13:00"]))
    assert "intake.counts.newer_line" in reasons(report)
    assert (report.accepted, rows_of(lead, t.external_count), line(agent, who).n) == (1, 2, 2)


def test_by_hand_from_the_case(lead, agent, debtor, afternoon):
    who = debtor()
    at = lead.now()
    changes = counts.enter(lead, who, effective=3, connected=4, as_of=at)
    assert changes.debtors == {who}
    assert decision(agent, who).verdict is Verdict.BLOCK
    wrong = [
        ({"effective": None, "connected": None}, "effective"),
        ({"effective": -1}, "effective"),
        ({"connected": 1000}, "connected"),
        ({"effective": 3, "connected": 2}, "connected"),
        ({"as_of": at + timedelta(seconds=1)}, "as_of"),
        ({"as_of": at - timedelta(days=1)}, "as_of"),
        ({"as_of": at - timedelta(minutes=1)}, "as_of"),
    ]
    for other, field in wrong:
        with pytest.raises(Refused) as refused:
            counts.enter(lead, who, **{"effective": 1, "connected": 4, "as_of": at} | other)
        assert refused.value.field_name == field
    assert rows_of(lead, t.counts_taken) == 1


def test_group_16_a_figure_that_comes_after_the_call_makes_a_late_line(lead, agent, debtor, clock, a_file):
    who, fine = debtor(), debtor()
    for one in (who, fine):
        call(agent, one, clock)
    clock.forward(hours=4)
    path = a_file(["", account(lead, who), "", 3, 3, NOON], ["", account(lead, fine), "", 2, 2, NOON])
    report = take(lead, path)
    assert report.late == 1
    (late,) = late_figures.since(lead, lead.today())
    assert (late.debtor_id, late.rule, late.n, late.m) == (who, "cn.voice_talk_cap", 4, 3)
    task = next(one for one in tasks.open_tasks(lead) if one.kind == TaskKind.LATE_FIGURE)
    assert late_figures.of_task(lead, task.id) == late
    assert counts.today(lead).late == 1
    take(lead, a_file(["", account(lead, who), "", 3, 4, "2026-11-23 13:00"]))
    assert len(late_figures.since(lead, lead.today())) == 1  # told once
    take(lead, a_file(["", account(lead, who), "", 5, 5, "2026-11-23 13:30"]))
    assert [one.n for one in late_figures.since(lead, lead.today())] == [6, 4]
    tasks.settle(lead, task.id, approve=True, reason="银行数据到达较晚，已与银行核对并告知法务。")


def test_edge_15_a_late_figure_of_yesterday_is_reported_too(lead, agent, debtor, clock, a_file):
    who = debtor()
    call(agent, who, clock)
    clock.forward(hours=23)
    report = take(lead, a_file(["", account(lead, who), "", 3, 3, "2026-11-23 20:00"]))
    assert report.late == 1
    assert decision(agent, who).verdict is Verdict.ALLOW


def test_no_transaction_holds_more_than_a_piece(lead, debtor, afternoon, a_file, monkeypatch):
    monkeypatch.setattr(counts, "_FIRST_PIECE", 10)
    monkeypatch.setattr(counts, "_LARGEST_PIECE", 10)
    numbers = [account(lead, debtor()) for _ in range(45)]
    held = []
    record_many = counts.record_many

    def counted(conn, table, rows, **more):
        held.append(len(rows))
        return record_many(conn, table, rows, **more)

    monkeypatch.setattr(counts, "record_many", counted)
    steps = []
    seen = counts.preview(lead, a_file(*(["", number, "", 1, 1, NOON] for number in numbers)))
    counts.import_counts(lead, seen, progress=lambda done, total: steps.append((done, total)))
    assert sum(held) == 45
    assert max(held) <= 10
    assert (45, 45) in steps


def test_cancelled_midway_nothing_is_in_force_and_the_file_comes_in_later(
    lead, agent, debtor, afternoon, a_file, monkeypatch
):
    monkeypatch.setattr(counts, "_FIRST_PIECE", 10)
    monkeypatch.setattr(counts, "_LARGEST_PIECE", 10)
    whos = [debtor() for _ in range(25)]
    seen = counts.preview(lead, a_file(*(["", account(lead, who), "", 3, 3, NOON] for who in whos)))
    asked = []
    with pytest.raises(Trouble):
        counts.import_counts(lead, seen, cancelled=lambda: bool(asked.append(1) or len(asked) > 1))
    assert rows_of(lead, t.external_count) > 0  # history, staged
    assert {decision(agent, who).verdict for who in whos} == {Verdict.ALLOW}
    assert counts.import_counts(lead, seen).accepted == 25
    assert {decision(agent, who).verdict for who in whos} == {Verdict.BLOCK}


def test_two_at_once_the_second_is_told_to_wait(lead, debtor, afternoon, a_file):
    seen = counts.preview(lead, a_file(["", account(lead, debtor()), "", 1, 1, NOON]))
    with importing(lead.store.folder), pytest.raises(Trouble) as trouble:
        counts.import_counts(lead, seen)
    assert trouble.value.message.code == "intake.import_running"
    assert rows_of(lead, t.counts_taken) == 0


def test_a_seat_that_died_before_the_queue_followed_is_made_up_for(
    lead, agent, debtor, afternoon, a_file, monkeypatch
):
    who = debtor()
    path = a_file(["", account(lead, who), "", 3, 3, NOON])

    def die(*_):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(counts, "_finish", die)
        with pytest.raises(MemoryError):
            take(lead, path)
    assert decision(agent, who).verdict is Verdict.BLOCK  # the gate never waits for the queue
    assert recovery.recover(lead)
    assert not recovery.recover(lead)
    with lead.store.read() as conn:
        assert conn.execute(select(t.debtor.c.queue_back_at)).scalar() is not None
    assert take(lead, path).already
