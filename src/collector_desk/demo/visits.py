"""The demo's field visits, one in each state a screen can show, through the same services as real ones."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from collector_desk.demo.clock import ForwardClock
from collector_desk.demo.history import Acquaintance
from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Refused
from collector_desk.domain.visits.incidents import IncidentKind
from collector_desk.domain.visits.visit import (
    AddressFinding,
    Agreed,
    Entry,
    Identified,
    PlaceKind,
    Relation,
    SignedHow,
    VisitOutcome,
    VisitPlan,
    VisitPurpose,
    VisitReport,
)
from collector_desk.domain.vocabulary import ArrearsReason, PayChannel
from collector_desk.services.desk.seat import Seat
from collector_desk.services.permits import alarms
from collector_desk.services.visits import incidents, visiting


class Visits:
    """Asks for visits in the evenings and lets them go their way."""

    def __init__(
        self,
        agent: Seat,
        lead: Seat,
        pair: tuple[Seat, Seat],
        clock: ForwardClock,
        words: Mapping[str, Any],
    ) -> None:
        self._agent = agent
        self._lead = lead
        self._pair = pair
        self._clock = clock
        self._words = words
        self._zone = ZoneInfo(lead.zone)
        self._ids: dict[str, tuple[str, Acquaintance]] = {}
        self._letter = 30

    def evening(self, day: date, back: int, told: Callable[[str], Acquaintance | None]) -> None:
        """What is done about visits in the evening of a day that lies ``back`` days before today.

        ``told`` knows the debtor of the story that leads to a visit.
        """
        self._clock.come_to(datetime.combine(day, time(21, 40), self._zone))
        if back in (12, 9, 6, 5, 3, 2):
            name = f"v{back}"
            debtor = told(name)
            if debtor is not None:
                self._ask(name, debtor)
        if back == 6 and "v9" in self._ids:
            visiting.refuse(self._lead, self._ids.pop("v9")[0], self._words["refused"])
        for name, plan_at, over_at in (("v12", 11, 10), ("v6", 5, 4), ("v5", 4, 1)):
            if back == plan_at:
                self._plan(name, day + timedelta(days=plan_at - over_at), 10 if name != "v6" else 15)
            if back == over_at:
                self._report(name, found=name in ("v12", "v5"))
        if back == 9:
            self._accept("v12")
        if back == 3 and "v6" in self._ids:
            visiting.review(self._lead, self._ids["v6"][0], accepted=False, words=self._words["sent_back"])
        if back == 1:
            self._plan("v3", day + timedelta(days=1), 16)

    def _ask(self, name: str, debtor: Acquaintance) -> None:
        """Ask for a visit to a debtor who was tried in vain; where the rules close it, none comes of it."""
        try:
            visit_id, _ = visiting.request(
                self._agent,
                debtor_id=debtor.id,
                purpose=VisitPurpose.DELIVER_LETTER if name == "v2" else VisitPurpose.TALK,
                address=debtor.file.addresses[0][2],
                place=PlaceKind.HOME,
                words=self._words["letter_words" if name == "v2" else "words"],
            )
        except Refused:
            return
        self._ids[name] = (visit_id, debtor)

    def _plan(self, name: str, day: date, hour: int) -> None:
        if name not in self._ids:
            return
        visit_id, debtor = self._ids[name]
        self._letter += 1
        start = datetime.combine(day, time(hour), self._zone)
        first, second = (visiting.visitor(seat.person) for seat in self._pair)
        letter = self._words["plan_letter"].format(number=self._letter)
        address = debtor.file.addresses[0][2]
        plan = VisitPlan(first, second, start, start + timedelta(hours=1), address, authority_letter=letter)
        visiting.open_and_plan(self._lead, visit_id, plan)

    def _report(self, name: str, *, found: bool) -> None:
        if name not in self._ids:
            return
        visit_id, debtor = self._ids[name]
        visit = visiting.load(self._lead, visit_id)
        if visit.plan is None:
            return
        if not found:
            self._incident(visit_id, visit.plan.start)
        report = self._met(visit.plan, debtor) if found else self._nobody(visit.plan)
        visiting.hand_in(self._pair[0], visit_id, report)
        for seat in self._pair:
            visiting.sign(seat, visit_id, how=SignedHow.PASSWORD)

    def _incident(self, visit_id: str, at: datetime) -> None:
        """Something went wrong on the way: told, written down, and read by the lead, who has yet to settle it."""
        said = self._words["incident"]
        incident_id, _ = incidents.begin(self._pair[0], IncidentKind.RECORDING, visit_id=visit_id)
        kept = incidents.load(self._pair[0], incident_id)
        report = replace(kept.report, at=at, happened=said["happened"], done=said["done"], people=said["people"])
        incidents.write(self._pair[0], incident_id, report)
        alarms.open_alarm(self._lead, kept.task_id)

    def _accept(self, name: str) -> None:
        if name in self._ids:
            visiting.review(self._lead, self._ids[name][0], accepted=True, words=self._words["accepted"])

    def _nobody(self, plan: VisitPlan) -> VisitReport:
        return VisitReport(
            outcome=VisitOutcome.NOT_FOUND,
            set_out_at=plan.start - timedelta(minutes=35),
            arrived_at=plan.start + timedelta(minutes=4),
            left_at=plan.start + timedelta(minutes=16),
            present=tuple(seat.person.id for seat in self._pair),
            address=AddressFinding.RIGHT,
            outcome_reason=self._words["not_found"],
            recorded_where=self._words["recorded"],
            next_step=self._words["not_found_next"],
        )

    def _met(self, plan: VisitPlan, debtor: Acquaintance) -> VisitReport:
        owed = debtor.file.lead_case.balance
        amount = Money(min(300_000, owed.minor // 10_000 * 10_000 or owed.minor), owed.currency)
        day = plan.start.astimezone(self._zone).date()
        return VisitReport(
            outcome=VisitOutcome.DONE,
            set_out_at=plan.start - timedelta(minutes=40),
            arrived_at=plan.start + timedelta(minutes=2),
            left_at=plan.start + timedelta(minutes=21),
            present=tuple(seat.person.id for seat in self._pair),
            address=AddressFinding.RIGHT,
            met=Relation.DEBTOR,
            met_words=self._words["identified_words"],
            identified=Identified.ID_CARD_SEEN,
            debt_disclosed=True,
            entry=Entry.NOT_ASKED,
            recorded_where=self._words["recorded"],
            said=self._words["said"],
            arrears_reason=ArrearsReason.WAITING_WAGES,
            agreed=Agreed.PROMISE,
            promise_amount=amount,
            promise_on=day + timedelta(days=2),
            promise_channel=PayChannel.BANK_APP,
            agreed_words=self._words["agreed"].format(amount=amount.minor // 100),
            handed_over=self._words["handed_over"],
            next_step=self._words["next_step"],
            next_on=day + timedelta(days=3),
        )
