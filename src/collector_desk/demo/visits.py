"""The demo's field visits, one in each state a screen can show, through the same services as real ones."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from collector_desk.demo.history import Debtor, SetClock
from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Refused
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
from collector_desk.services.visits import visiting

LEAST_TRIES = 2
"""Failed calls before the demo asks for a visit."""


class Visits:
    """Asks for visits in the evenings and lets them go their way."""

    def __init__(
        self, agent: Seat, lead: Seat, pair: tuple[Seat, Seat], clock: SetClock, words: Mapping[str, Any]
    ) -> None:
        self._agent = agent
        self._lead = lead
        self._pair = pair
        self._clock = clock
        self._words = words
        self._zone = ZoneInfo(lead.zone)
        self._ids: dict[str, tuple[str, Debtor]] = {}
        self._waiting: list[str] = []
        self._letter = 30

    def evening(self, day: date, back: int, debtors: Sequence[Debtor]) -> None:
        """What is done about visits in the evening of a day that lies ``back`` days before today."""
        self._clock.at = max(datetime.combine(day, time(21, 40), self._zone), self._clock.at)
        if back in (12, 9, 7, 6, 5, 3, 2):
            self._waiting.append(f"v{back}")
        for name in list(self._waiting):
            if self._ask(name, debtors):
                self._waiting.remove(name)
        if back == 6 and "v9" in self._ids:
            visiting.refuse(self._lead, self._ids.pop("v9")[0], self._words["refused"])
        for name, plan_at, over_at in (("v12", 11, 10), ("v7", 6, 5), ("v6", 5, 4), ("v5", 4, 1)):
            if back == plan_at:
                self._plan(name, day + timedelta(days=plan_at - over_at), 10 if name != "v6" else 15)
            if back == over_at:
                self._report(name, found=name in ("v12", "v5"))
        if back == 9:
            self._accept("v12")
        if back == 3:
            self._accept("v7")
        if back == 3 and "v6" in self._ids:
            visiting.review(self._lead, self._ids["v6"][0], accepted=False, words=self._words["sent_back"])
        if back == 1:
            self._plan("v3", day + timedelta(days=1), 16)

    def _ask(self, name: str, debtors: Sequence[Debtor]) -> bool:
        """Ask for a visit to the debtor who was tried most in vain; False where nobody is ripe for one."""
        ripe = [
            debtor
            for debtor in debtors
            if debtor.failures >= LEAST_TRIES
            and not debtor.stopped
            and not debtor.promise_id
            and debtor.file.addresses
            and debtor.days_on(self._clock.at.astimezone(self._zone).date()) > 30
        ]
        if not ripe:
            return False
        debtor = max(ripe, key=lambda one: (one.days > 45, one.failures, one.balance.minor))
        address = debtor.file.addresses[0][2]
        try:
            visit_id, _ = visiting.request(
                self._agent,
                debtor_id=debtor.id,
                purpose=VisitPurpose.DELIVER_LETTER if name == "v2" else VisitPurpose.TALK,
                address=address,
                place=PlaceKind.HOME,
                words=self._words["letter_words" if name == "v2" else "words"],
            )
        except Refused:  # the rules close visits to this debtor for now
            debtor.stopped = True
            return False
        debtor.stopped = name != "v9"  # while a visit is under way nobody calls
        self._ids[name] = (visit_id, debtor)
        return True

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
        visit_id, _ = self._ids[name]
        visit = visiting.load(self._lead, visit_id)
        if visit.plan is None:
            return
        report = self._met(visit.plan) if found else self._nobody(visit.plan)
        visiting.hand_in(self._pair[0], visit_id, report)
        for seat in self._pair:
            visiting.sign(seat, visit_id, how=SignedHow.PASSWORD)

    def _accept(self, name: str) -> None:
        if name not in self._ids:
            return
        visit_id, debtor = self._ids[name]
        visiting.review(self._lead, visit_id, accepted=True, words=self._words["accepted"])
        debtor.stopped = False

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

    def _met(self, plan: VisitPlan) -> VisitReport:
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
            promise_amount=Money(300_000),
            promise_on=day + timedelta(days=2),
            promise_channel=PayChannel.BANK_APP,
            agreed_words=self._words["agreed"],
            handed_over=self._words["handed_over"],
            next_step=self._words["next_step"],
            next_on=day + timedelta(days=3),
        )
