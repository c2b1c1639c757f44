"""What the rules in use say of a complaint's deadline and of a plan stands with the matter a lead decides."""

from dataclasses import replace
from datetime import date

from collector_desk.domain.conduct.rules import Deadline
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, TaskKind
from collector_desk.services.gate.facts import active_packs
from collector_desk.services.permits import task_rules, tasks
from tests.services.permits.test_tasks import logged


def said(manager, lang="zh_CN"):
    (task,) = tasks.open_tasks(manager)
    return task, task_rules.said_by_rules(manager, task, lang)


def test_a_complaint_says_by_when_it_has_to_be_decided(agent, manager, debtor, clock, monkeypatch):
    logged(agent, debtor(), outcome=Outcome.COMPLAINT, note="客户投诉来电过于频繁，要求书面答复，已安抚并登记。")
    clock.forward(days=3)  # counted from the day it came
    task, lines = said(manager)
    assert task.kind is TaskKind.COMPLAINT
    assert [line.code for line in lines] == ["conduct.decide_by", "conduct.decide_by_then"]
    assert lines[0].params["day"] == date(2026, 12, 8)
    assert "投诉" in lines[0].params["why"]
    assert lines[1].params["days"] == (date(2026, 12, 23), date(2027, 1, 22))

    def sooner(conn):
        return [
            replace(pack, rules=tuple(replace(r, due_days=7) if isinstance(r, Deadline) else r for r in pack.rules))
            for pack in active_packs(conn)
        ]

    monkeypatch.setattr(task_rules, "active_packs", sooner)
    assert said(manager, "en")[1][0].params["day"] == date(2026, 11, 30)


def test_a_plan_says_what_it_may_be(agent, manager, debtor):
    logged(
        agent,
        debtor(),
        outcome=Outcome.WANTS_PLAN,
        note="客户申请个性化分期，说明收入下降，愿意提供证明。",
        reason=ArrearsReason.WAITING_WAGES,
    )
    task, lines = said(manager)
    assert task.kind is TaskKind.PLAN_REQUEST
    assert [line.code for line in lines] == ["conduct.plan_at_most", "conduct.plan_recording"]
    assert lines[0].params["m"] == 60
