"""The visit report as a form, without a window: what is asked for by what was answered, and the report from it.

What is typed stays text until then, so that a draft keeps half a time or half an amount as it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message, msg
from collector_desk.domain.text import times
from collector_desk.domain.text.amounts import NotAnAmountError, parse_money
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.text.typed import parse_day
from collector_desk.domain.visits.checks import VisitRules
from collector_desk.domain.visits.visit import (
    AddressFinding,
    Agreed,
    ConsentHow,
    Entry,
    EvidenceItem,
    Identified,
    Relation,
    Statement,
    VisitOutcome,
    VisitPlan,
    VisitReport,
)
from collector_desk.domain.vocabulary import ArrearsReason, PayChannel

Typed = Mapping[str, str]
"""What stands in the fields, by name; ``present`` holds ids with spaces between, ``statement:ID`` a statement."""

_Choice = TypeVar("_Choice", bound=StrEnum)

CHOICES: Mapping[str, type[StrEnum]] = {
    "outcome": VisitOutcome,
    "address": AddressFinding,
    "met": Relation,
    "identified": Identified,
    "entry": Entry,
    "consent": ConsentHow,
    "arrears_reason": ArrearsReason,
    "agreed": Agreed,
    "promise_channel": PayChannel,
}
LONG = frozenset({"outcome_reason", "said", "agreed_words", "handed_over", "unusual", "over_time_reason"})
TEXTS = LONG | {"new_address", "met_words", "consent_where", "recorded_where", "next_step"}
"""Fields that hold somebody's words; a statement does as well."""
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("way", ("outcome", "day", "set_out_at", "arrived_at", "left_at", "outcome_reason")),
    ("people", ("present", "recorded_where", "address", "new_address")),
    ("met", ("met", "identified", "debt_disclosed", "met_words")),
    ("entry", ("entry", "consent", "minutes_inside", "consent_where", "over_time_reason")),
    ("talk", ("said", "arrears_reason")),
    ("agreed", ("agreed", "promise_amount", "promise_on", "promise_channel", "agreed_words", "handed_over")),
    ("after", ("unusual", "next_step", "next_on")),
)
_OWES = (Relation.DEBTOR, Relation.GUARANTOR)


def chosen(kind: type[_Choice], typed: Typed, name: str) -> _Choice | None:
    """The member that a field of choice holds; None where nothing (or nothing known) is chosen."""
    value = typed.get(name, "")
    return next((member for member in kind if member.value == value), None)


def asked(typed: Typed, rules: VisitRules) -> frozenset[str]:
    """The fields to be filled in, by what was answered so far: nothing is asked that can't apply.

    ``rules``: beyond their minutes inside, a reason is asked for.
    """
    outcome = chosen(VisitOutcome, typed, "outcome")
    if outcome is None:
        return frozenset({"outcome"})
    fields = {"outcome", "next_step", "next_on"}
    if outcome is not VisitOutcome.DONE:
        fields.add("outcome_reason")
    if outcome is VisitOutcome.NOT_CARRIED_OUT:
        return frozenset(fields)
    fields |= {"day", "set_out_at", "arrived_at", "left_at", "present", "recorded_where", "address", "unusual"}
    if chosen(AddressFinding, typed, "address") is AddressFinding.NEW:
        fields.add("new_address")
    if outcome is VisitOutcome.NOT_FOUND:
        return frozenset(fields)
    return frozenset(fields | {"met", "entry"} | _of_entry(typed, rules) | _of_met(typed, outcome))


def _of_entry(typed: Typed, rules: VisitRules) -> set[str]:
    if chosen(Entry, typed, "entry") is not Entry.ALLOWED:
        return set()
    minutes = _whole(typed.get("minutes_inside", ""))
    over = {"over_time_reason"} if minutes is not None and minutes > rules.most_minutes_inside else set()
    return {"consent", "consent_where", "minutes_inside"} | over


def _of_met(typed: Typed, outcome: VisitOutcome) -> set[str]:
    met = chosen(Relation, typed, "met")
    said = {"said"} if outcome is VisitOutcome.DONE or met is not None else set()
    if met is None:
        return said
    if met is Relation.CHILD:  # the visit ends there: nothing more can have been talked about
        return said | {"met_words", "debt_disclosed"}
    fields = said | {"met_words", "identified", "debt_disclosed"}
    sure = chosen(Identified, typed, "identified") not in (None, Identified.NOT_IDENTIFIED)
    if met in _OWES and sure and typed.get("debt_disclosed") == "yes":
        fields |= {"arrears_reason", "agreed", "handed_over"}
        agreed = chosen(Agreed, typed, "agreed")
        if agreed is Agreed.PROMISE:
            fields |= {"promise_amount", "promise_on", "promise_channel"}
        if agreed not in (None, Agreed.NOTHING):
            fields.add("agreed_words")
    return fields


def answered_by(report: VisitReport, plan: VisitPlan, rules: VisitRules) -> frozenset[str]:
    """The fields that a report answers: those asked for, and a reason that another day's rules wanted."""
    reason = {"over_time_reason"} if report.over_time_reason else set()
    return asked(typed_of(report, plan), rules) | reason


@dataclass(frozen=True, slots=True)
class Composed:
    """A report from what was typed, what of it could not be read, by field, and the day of the visit as typed."""

    report: VisitReport
    unreadable: Mapping[str, Message]
    day: date | None


def compose(
    typed: Typed, plan: VisitPlan, today: date, rules: VisitRules, evidence: tuple[EvidenceItem, ...] = ()
) -> Composed:
    """The report that stands in the form. A field that is not asked for does not count, whatever is left in it."""
    reader = _Reader(typed, plan, today, rules)
    return Composed(reader.report(evidence), reader.unreadable, reader.day())


class _Reader:
    """Reads the fields that are asked for; remembers what it could not read."""

    def __init__(self, typed: Typed, plan: VisitPlan, today: date, rules: VisitRules) -> None:
        fields = asked(typed, rules)
        self._typed = {
            name: text for name, text in typed.items() if name in fields or name.startswith("statement:")
        }
        self._plan, self._today = plan, today
        self._zone = ZoneInfo(plan.zone)
        self.unreadable: dict[str, Message] = {}

    def report(self, evidence: tuple[EvidenceItem, ...]) -> VisitReport:
        typed, plan = self._typed, self._plan
        ids = typed.get("present", "").split()
        return VisitReport(
            outcome=chosen(VisitOutcome, typed, "outcome") or VisitOutcome.NOT_CARRIED_OUT,
            set_out_at=self._instant("set_out_at"),
            arrived_at=self._instant("arrived_at"),
            left_at=self._instant("left_at"),
            present=tuple(v.person_id for v in plan.team if v.person_id in ids),
            outcome_reason=self._text("outcome_reason"),
            address=chosen(AddressFinding, typed, "address") or AddressFinding.UNKNOWN,
            new_address=self._text("new_address", 300),
            met=chosen(Relation, typed, "met"),
            met_words=self._text("met_words", 500),
            identified=chosen(Identified, typed, "identified") or Identified.NOT_IDENTIFIED,
            debt_disclosed=typed.get("debt_disclosed") == "yes",
            entry=chosen(Entry, typed, "entry") or Entry.NOT_ASKED,
            consent=chosen(ConsentHow, typed, "consent"),
            consent_where=self._text("consent_where", 300),
            minutes_inside=self._minutes(),
            over_time_reason=self._text("over_time_reason"),
            recorded_where=self._text("recorded_where", 300),
            said=self._text("said"),
            arrears_reason=chosen(ArrearsReason, typed, "arrears_reason"),
            agreed=chosen(Agreed, typed, "agreed") or Agreed.NOTHING,
            promise_amount=self._amount(),
            promise_on=self._day("promise_on"),
            promise_channel=chosen(PayChannel, typed, "promise_channel"),
            agreed_words=self._text("agreed_words"),
            handed_over=self._text("handed_over"),
            evidence=evidence,
            unusual=self._text("unusual"),
            next_step=self._text("next_step", 500),
            next_on=self._day("next_on"),
            statements=tuple(
                Statement(v.person_id, v.name, text)
                for v in plan.team
                if (text := self._text(f"statement:{v.person_id}"))
            ),
        )

    def _text(self, name: str, limit: int = 5000) -> str:
        return cleaned(self._typed.get(name, ""), limit)

    def _instant(self, name: str) -> datetime | None:
        text = self._typed.get(name, "").strip()
        if not text:
            return None
        found = times.read(text)
        if found is None:
            self.unreadable[name] = msg("visits.time_unreadable")
            return None
        day = self._visit_day()
        return datetime.combine(day + timedelta(days=found.next_day), found.at, self._zone) if day else None

    def day(self) -> date | None:
        """The day typed; None where none is, or it can't be read."""
        return self._visit_day() if self._typed.get("day", "").strip() else None

    def _visit_day(self) -> date | None:
        text = self._typed.get("day", "").strip()
        if not text:
            return self._plan.start.astimezone(self._zone).date()
        day = parse_day(text, self._today, past=True)
        if day is None:
            self.unreadable["day"] = msg("visits.day_unreadable")
        return day

    def _day(self, name: str) -> date | None:
        text = self._typed.get(name, "").strip()
        if not text:
            return None
        day = parse_day(text, self._today)
        if day is None:
            self.unreadable[name] = msg("visits.day_unreadable")
        return day

    def _minutes(self) -> int | None:
        text = self._typed.get("minutes_inside", "").strip()
        found = _whole(text)
        if text and found is None:
            self.unreadable["minutes_inside"] = msg("visits.minutes_unreadable")
        return found

    def _amount(self) -> Money | None:
        text = self._typed.get("promise_amount", "").strip()
        if not text:
            return None
        try:
            return parse_money(text)
        except NotAnAmountError as error:
            unread = (
                msg("visits.amount_meant", figure=error.meant) if error.meant else msg("visits.amount_unreadable")
            )
            self.unreadable["promise_amount"] = unread
            return None


def typed_of(report: VisitReport, plan: VisitPlan) -> dict[str, str]:
    """A report as it stands in the form: made of taps, or sent back and to be mended."""
    zone = ZoneInfo(plan.zone)
    first = report.arrived_at or report.set_out_at or plan.start

    def clock(at: datetime | None) -> str:
        return f"{at.astimezone(zone):%H:%M}" if at else ""

    typed = {
        "outcome": report.outcome.value,
        "day": first.astimezone(zone).date().isoformat(),
        "set_out_at": clock(report.set_out_at),
        "arrived_at": clock(report.arrived_at),
        "left_at": clock(report.left_at),
        "present": " ".join(report.present),
        "minutes_inside": "" if report.minutes_inside is None else str(report.minutes_inside),
        "promise_amount": f"{report.promise_amount.decimal:f}" if report.promise_amount else "",
        "promise_on": report.promise_on.isoformat() if report.promise_on else "",
        "next_on": report.next_on.isoformat() if report.next_on else "",
        "debt_disclosed": "yes" if report.debt_disclosed else ("no" if report.met else ""),
        "address": "" if report.address is AddressFinding.UNKNOWN else report.address.value,
        "identified": report.identified.value if report.met else "",
        "entry": report.entry.value,
        "agreed": report.agreed.value,
    }
    for name in ("met", "consent", "arrears_reason", "promise_channel"):
        member = getattr(report, name)
        typed[name] = member.value if member else ""
    for name in (
        "outcome_reason",
        "new_address",
        "met_words",
        "consent_where",
        "over_time_reason",
        "recorded_where",
    ):
        typed[name] = getattr(report, name)
    for name in ("said", "agreed_words", "handed_over", "unusual", "next_step"):
        typed[name] = getattr(report, name)
    for statement in report.statements:
        typed[f"statement:{statement.person_id}"] = statement.text
    return typed


def _whole(text: str) -> int | None:
    """Minutes as typed, up to a day; None where it is no whole number."""
    plain = text.strip()
    return int(plain) if plain.isdecimal() and len(plain) <= 4 and int(plain) <= 1440 else None
