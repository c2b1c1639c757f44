"""Promises to pay: what may be agreed on the phone, what waits for a lead, and the one-key presets."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message, msg


class Weight(StrEnum):
    """How much a finding counts."""

    REFUSE = "refuse"
    WAITS_FOR_LEAD = "waits_for_lead"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class PromiseLimits:
    """How far out a promise may lie, in calendar days; a team may set others.

    ``mandate_ends``: the last day on which the account is ours to collect; None: not said.
    """

    days: int = 2
    default_time: time = time(18, 0)
    mandate_ends: date | None = None


@dataclass(frozen=True, slots=True)
class PromiseFinding:
    """One thing about a promise; ``field_name`` is the field of the form it belongs to."""

    weight: Weight
    field_name: str
    message: Message


@dataclass(frozen=True, slots=True)
class PromiseCheck:
    """What was found, and the promise's due instant (UTC) where date and time make one."""

    due_at: datetime | None
    findings: tuple[PromiseFinding, ...]

    @property
    def refused(self) -> bool:
        """Whether it can't be saved as it stands."""
        return any(f.weight is Weight.REFUSE for f in self.findings)

    @property
    def waits_for_lead(self) -> bool:
        """Whether it only counts once a lead has agreed; the debtor is told so."""
        return any(f.weight is Weight.WAITS_FOR_LEAD for f in self.findings)


@dataclass(frozen=True, slots=True)
class PromisePresets:
    """The one-key values of the promise form."""

    full: Money
    today: date
    tomorrow: date
    at: time


def presets(balance: Money, now: datetime, zone: tzinfo, limits: PromiseLimits | None = None) -> PromisePresets:
    """Full amount, today, tomorrow, 18:00, in the debtor's zone."""
    today = now.astimezone(zone).date()
    return PromisePresets(balance, today, today + timedelta(days=1), (limits or PromiseLimits()).default_time)


def check_promise(
    amount: Money | None,
    day: date | None,
    at: time | None,
    *,
    balance: Money,
    full: Money | None = None,
    now: datetime,
    zone: tzinfo,
    limits: PromiseLimits | None = None,
) -> PromiseCheck:
    """Judge one promise against the balance and the calendar of the debtor's ``zone``; ``now`` is aware.

    Missing or past values refuse, and so does more than is owed; ``full``: it is to be all that is asked for, as it
    was shown and said, not a fen more or less. More than ``limits.days`` calendar days out waits for a lead's word.
    """
    limits = limits or PromiseLimits()
    found = _amount_findings(amount, balance, full=full)
    if day is None:
        found.append(PromiseFinding(Weight.REFUSE, "date", msg("calls.promises.no_date")))
    if at is None:
        found.append(PromiseFinding(Weight.REFUSE, "time", msg("calls.promises.no_time")))
    due = None
    if day is not None and at is not None:
        due = datetime.combine(day, at, zone).astimezone(UTC)
        today = now.astimezone(zone).date()
        if due <= now:
            field = "date" if day < today else "time"
            found.append(PromiseFinding(Weight.REFUSE, field, msg("calls.promises.past", now=now)))
        elif (day - today).days > limits.days:
            text = msg("calls.promises.too_far", days=limits.days, last=today + timedelta(days=limits.days))
            found.append(PromiseFinding(Weight.WAITS_FOR_LEAD, "date", text))
        elif limits.mandate_ends is not None and day > limits.mandate_ends:
            text = msg("calls.promises.beyond_mandate", last=limits.mandate_ends)
            found.append(PromiseFinding(Weight.WARN, "date", text))
    return PromiseCheck(due, tuple(found))


def _amount_findings(amount: Money | None, balance: Money, *, full: Money | None) -> list[PromiseFinding]:
    if amount is None:
        return [PromiseFinding(Weight.REFUSE, "amount", msg("calls.promises.no_amount"))]
    if amount.currency != balance.currency:
        text = msg("calls.promises.other_currency", currency=balance.currency)
        return [PromiseFinding(Weight.REFUSE, "amount", text)]
    if amount.minor <= 0:
        return [PromiseFinding(Weight.REFUSE, "amount", msg("calls.promises.not_positive"))]
    if amount.minor > balance.minor:
        return [PromiseFinding(Weight.REFUSE, "amount", msg("calls.promises.above_balance", balance=balance))]
    if full is not None and amount != full:
        return [PromiseFinding(Weight.REFUSE, "amount", msg("calls.promises.not_full", balance=full))]
    return []
