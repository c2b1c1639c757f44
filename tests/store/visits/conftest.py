"""Visits by hand: lines of their history as acts write them, no act between."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from collector_desk.domain.plain import to_plain
from collector_desk.domain.states import VisitLine
from collector_desk.domain.visits.steps import StepTaken, VisitState, VisitStep
from collector_desk.domain.visits.visit import PlaceKind, VisitPlan, VisitPurpose, VisitRequest
from collector_desk.store import tables as t
from tests.samples.ids import an_id
from tests.samples.rows import AT, Filer
from tests.samples.visit_values import a_plan

ADDRESS = "武汉市江岸区示例路 88 号"


class VisitMaker:
    """Asks for a visit to 张三 and brings it where a test wants it; returns its id."""

    def __init__(self, filed: Filer) -> None:
        self.filed = filed
        self.debtor_id = filed(t.debtor, name="张三", visible=True)

    def __call__(
        self,
        state: VisitState = VisitState.REQUESTED,
        plan: VisitPlan | None = None,
        *,
        debtor_id: str = "",
        case_id: str = "",
        address: str = ADDRESS,
    ) -> str:
        wish = VisitRequest(
            VisitPurpose.TALK, address, PlaceKind.HOME, an_id("asks"), "赵申青", AT, (), no_number=True
        )
        given = {"case_id": case_id} if case_id else {}
        visit_id = self.filed(t.visit, debtor_id=debtor_id or self.debtor_id, request=to_plain(wish), **given)
        if plan is not None:
            self.plan(visit_id, plan)
        if state is not VisitState.REQUESTED:
            taken = StepTaken(VisitStep.OPEN, an_id("lead"), "主管", AT)
            self.line(visit_id, VisitLine.STEP, taken, state=state)
        return visit_id

    def plan(self, visit_id: str, plan: VisitPlan) -> str:
        pair = {"lead_visitor_id": plan.lead.person_id, "companion_id": plan.companion.person_id}
        return self.line(visit_id, VisitLine.PLAN, plan, planned_at=plan.start, **pair)

    def line(self, visit_id: str, kind: VisitLine, value: object, *, minutes: int = 0, **columns: Any) -> str:
        at = AT + timedelta(minutes=minutes)
        return self.filed(
            t.visit_line, visit_id=visit_id, line_kind=kind, content=to_plain(value), at=at, **columns
        )


@pytest.fixture
def visit(conn: Connection, filed: Filer) -> Callable[..., str]:
    return VisitMaker(filed)


@pytest.fixture
def plan() -> VisitPlan:
    return a_plan(address=ADDRESS)


@pytest.fixture
def account(filed: Filer) -> Callable[..., str]:
    """Accounts of one debtor: returns the case's id."""
    debtor_id = filed(t.debtor, name="张三", customer_no="C2")

    def make(placement: str = "XK-1", *, serial: int = 1001, balance: int = 100, currency: str = "CNY") -> str:
        return filed(
            t.account_case,
            batch_id=filed(t.batch, file_id=filed(t.received_file), state="visible"),
            placement_id=filed(t.placement, number=placement),
            debtor_id=debtor_id,
            serial=serial,
            balance_minor=balance,
            currency=currency,
            state="open",
        )

    return make
