"""The derived columns of a debtor's row: what their history adds up to and where they stand in the queue.

Pure, and always from the whole history, never by adding on: a taken-back outcome, a late row or a repair can't
leave the figures wrong. The values are as the store keeps them, by the name of their column.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from collector_desk.domain.book.accounts import together
from collector_desk.domain.book.contact_summary import (
    ContactSummary,
    calls_to_plain,
    iso_week,
    sum_up,
    summarise,
)
from collector_desk.domain.book.debts import CaseFacts, PhoneFacts, counted, message_to_plain
from collector_desk.domain.book.history import CallsSum, History, PastVisit
from collector_desk.domain.book.money import Money, column_of
from collector_desk.domain.book.products import product_of
from collector_desk.domain.book.queue import (
    PROMISE_WINDOW,
    QueueClass,
    QueueFacts,
    QueuePlace,
    QueueSettings,
    amount_key,
    place,
)
from collector_desk.domain.book.reach import hangs_on_calls, no_way, own_ways
from collector_desk.domain.conduct.known import Here, a_cap_may_be_used, judged
from collector_desk.domain.conduct.mandate import ending
from collector_desk.domain.conduct.owed import too_small
from collector_desk.domain.conduct.values import Decision
from collector_desk.domain.message import Message, msg
from collector_desk.domain.states import AfterVisit
from collector_desk.domain.vocabulary import (
    CaseState,
    ClaimState,
    Flag,
    NumberKind,
    NumberStanding,
    Outcome,
    PromiseState,
    Result,
    Verdict,
)

Figures = dict[str, Any]

DERIVED = (
    "attempts", "week", "contacts_this_week", "last_attempt_at", "last_outcome", "ever_reached", "callback_at",
    "try_again_at", "can_pay_part", "promises_made", "promises_broken", "flags", "lead_case_id", "lead_due",
    "cases", "balance_minor", "currency", "owed_beside", "product", "previous_overdue",
    "queue_case", "queue_class", "queue_key", "queue_amount", "queue_why", "queue_back_at", "queue_changes_at",
    "calls_sum",
)  # fmt: skip
"""The columns, as ``derived`` names them."""
PLACE = ("queue_class", "queue_key", "queue_amount", "queue_case", "queue_why")
"""What of them says where the row stands."""

_PAUSING = (
    Flag.DISPUTED,
    Flag.COMPLAINT_OPEN,
    Flag.CEASE,
    Flag.REPRESENTED,
    Flag.VULNERABLE,
    Flag.ILLNESS,
    Flag.TIME_BARRED,
    Flag.MINOR,
    Flag.BANKRUPT,
    Flag.NO_CAPACITY,
)
BROKEN_GOES_BACK = timedelta(days=30)
"""A broken promise older than this no longer lifts the case; later ones have followed."""
_BY_LIMIT = {QueueClass.LARGE_AMOUNT.value, QueueClass.BLOCKED.value}
_TOO_SMALL = "book.remainder_small"
_TOLD_TOO = (QueueClass.LATER, QueueClass.WAITING)
_MANDATE_ENDING, _MANDATE_LAST = "book.mandate_ending", "book.mandate_last"
MANDATE_TOLD = frozenset({_MANDATE_ENDING, _MANDATE_LAST})
"""The reasons that tell of a mandate's end."""
_BY_PACK = {_TOO_SMALL, *MANDATE_TOLD}
_PLACED_BY = {"queue_class", "queue_key", "queue_why", "queue_back_at", "queue_changes_at"}


def derived(past: History, settings: QueueSettings, here: Here, now: datetime) -> Figures:
    """What all this adds up to now. ``past`` has to be read for the local day of ``now``; without the calls
    themselves only where ``asks_for_calls`` says that they aren't needed."""
    owed = _owed(past.accounts)
    calls = past.calls or sum_up(past.attempts, settings.zone)
    summary = summarise(calls, _own_numbers(past.phones), now, settings.zone)
    summary = _with_visit(past.last_visit, summary)
    promises = past.promises
    standing = [one.due_at for one in promises if one.state is PromiseState.OPEN]
    ahead = [due for due in standing if not _passed(due, calls, now)]
    recent = now - BROKEN_GOES_BACK
    broken = [one for one in promises if one.state is PromiseState.BROKEN]
    broken_at = max((one.due_at for one in broken if not one.followed_up and one.due_at > recent), default=None)
    # whose calls were not read is closed by no cap
    blocked = _block(past, calls, settings.zone, here, now) if past.calls is None else None
    set_for = past.set_for
    if set_for is not None and set_for.attempts < summary.attempts:
        set_for = None  # an attempt made since has overtaken what was set before it
    claimed_until, claimed_why = _claimed(past, settings, now)
    if ahead and summary.last_outcome is Outcome.NOT_VERIFIED and summary.try_again_at:
        summary = replace(summary, try_again_at=None, try_again_after=None)  # what was promised stands
    remainder = _remainder(past.accounts)
    facts = QueueFacts(
        balance=owed.balance,
        previous_overdue=owed.previous_overdue,
        attempts=summary.attempts,
        contacts_this_week=summary.contacts_this_week,
        reachable=summary.ever_reached and not summary.lost_contact,
        lost_contact=summary.lost_contact,
        can_pay_part=summary.can_pay_part,
        open_promise_at=min(ahead, default=None),
        passed_promise_at=None if ahead else max(standing, default=None),
        broken_promise_at=broken_at,
        claimed_until=claimed_until,
        claimed_why=claimed_why,
        after_claim=_after_claim(past, calls, settings, now),
        money_back_at=_money_back(past, calls, recent),
        callback_at=summary.callback_at,
        try_again_at=summary.try_again_at,
        try_again_why=_tried(summary),
        no_number_why=no_way(past, here, now, settings.zone),
        scheduled_at=set_for.at if set_for else None,
        scheduled_why=set_for.why if set_for else None,
        blocked_until=blocked[0] if blocked else None,
        blocked_why=blocked[1] if blocked else None,
        paused_why=_paused(past.flags),
        waiting_why=past.waits_on or _small(remainder, here),
        remainder=remainder,
        last_outcome=summary.last_outcome,
        done_why=_done(past.flags, past.accounts),
        due_on=owed.lead.owed.due,
    )
    found = _until_mandate(place(facts, settings, now), owed.mandate_ends, settings, now)
    return {
        **_summary_columns(summary, now, settings.zone),
        "promises_made": sum(one.state is not PromiseState.VOID for one in promises),
        "promises_broken": len(broken),
        "flags": sorted(flag.value for flag in past.flags),
        "lead_case_id": owed.lead.id,
        "lead_due": owed.lead.owed.due,
        "cases": len(past.accounts),
        "balance_minor": owed.balance.minor,
        "currency": owed.balance.currency,
        "owed_beside": column_of(owed.beside),
        "product": product_of(owed.lead),
        "previous_overdue": owed.previous_overdue,
        "queue_case": owed.lead.number,
        **_place_columns(found, owed.balance),
        "calls_sum": calls_to_plain(calls),
    }


def asks_for_calls(past: History, settings: QueueSettings, here: Here, now: datetime) -> bool:
    """Whether what is known of a debtor's calls (``calls``) isn't enough: the calls themselves have to be read."""
    calls = past.calls
    if calls is None:
        return False  # they were
    return bool(calls.attempts and calls.zone != settings.zone) or hangs_on_calls(past, here, now, calls.recent)


def first_columns(
    balance: Money,
    previous_overdue: int | None,
    settings: QueueSettings,
    now: datetime,
    no_number_why: Message | None = None,
    mandate_ends: date | None = None,
    due_on: date | None = None,
) -> Figures:
    """The derived columns of a debtor just placed with us: nothing tried, nothing promised.

    ``mandate_ends``: the last day of the first of their mandates to end; ``due_on``: of the account that leads.
    """
    facts = QueueFacts(
        balance,
        previous_overdue,
        0,
        0,
        reachable=False,
        lost_contact=False,
        can_pay_part=False,
        no_number_why=no_number_why,
        due_on=due_on,
    )
    return {
        **_summary_columns(ContactSummary(), now, settings.zone),
        "promises_made": 0,
        "promises_broken": 0,
        "flags": [],
        "previous_overdue": previous_overdue,
        **_place_columns(_until_mandate(place(facts, settings, now), mandate_ends, settings, now), balance),
        "calls_sum": calls_to_plain(CallsSum()),
    }


def odd(stored: Mapping[str, Any], said: Figures) -> frozenset[str] | None:
    """In which columns a row is not what its history says; None where nothing can be said of it.

    That is where its place follows a limit: what counts as large, and the rules' caps, may have changed since
    without anybody's row being worked out.
    """
    names = {name for name in DERIVED if stored[name] != said[name]}
    if stored["week"] != said["week"]:
        names -= {"week", "contacts_this_week"}  # of a week gone by
    if stored["calls_sum"] is None:
        names -= {"calls_sum"}  # to be read with the next act
    codes = {stored["queue_why"]["code"], said["queue_why"]["code"]}
    by_limit = {stored["queue_class"], said["queue_class"]} & _BY_LIMIT or codes & _BY_PACK
    return None if by_limit and names and names <= _PLACED_BY else frozenset(names)


def _passed(due: datetime, calls: CallsSum, now: datetime) -> bool:
    """Whether a promise that still stands is no longer asked after: its hour is over, or it was asked after in it.

    From then on it waits for what the bank says was paid.
    """
    asked = any(at >= due and led_to is Result.EFFECTIVE for at, led_to in calls.recent)
    return due <= now and (asked or due + PROMISE_WINDOW <= now)


def _claimed(past: History, settings: QueueSettings, now: datetime) -> tuple[datetime | None, Message | None]:
    """Until when nobody is called for what they say they have paid, and why: on all that they owe."""
    zone = ZoneInfo(settings.zone)
    waiting = past.claims_on(now.astimezone(zone).date()) if past.claims else {}
    on = [waiting.get(case.id) for case in past.accounts if case.owing]
    claims = [one for one in on if one is not None]
    if not claims or len(claims) < len(on):
        return None, None
    first = min(claims, key=lambda one: one.silent_from)
    return datetime.combine(first.silent_from, time(), zone).astimezone(UTC), first.why


def _after_claim(past: History, calls: CallsSum, settings: QueueSettings, now: datetime) -> Message | None:
    """What became of the last thing they said they had paid, until somebody has talked with them about it."""
    today = now.astimezone(ZoneInfo(settings.zone)).date()
    owing = {case.id for case in past.accounts if case.owing}
    left = [one for one in past.claims if one.case_id in owing and not one.holds(today)]
    if not left:
        return None
    last = left[-1]
    if last.state is ClaimState.REFUTED:
        talked = any(at > last.told_at and led_to is Result.EFFECTIVE for at, led_to in calls.recent)
        return None if talked else last.why
    return msg("book.claim_silent", amount=last.amount, day=last.paid_on)


def _money_back(past: History, calls: CallsSum, recent: datetime) -> datetime | None:
    """When a payment was taken back, until somebody has talked with the debtor since, or had a new promise."""
    since = past.money_back_at
    if since is None or since <= recent:
        return None
    talked = any(at >= since and led_to is Result.EFFECTIVE for at, led_to in calls.recent)
    promised = any(one.given_at >= since for one in past.promises)
    return None if talked or promised else since


# --- what is owed -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Owed:
    lead: CaseFacts
    balance: Money
    beside: tuple[Money, ...]
    previous_overdue: int | None
    mandate_ends: date | None  # the earliest last day of the mandates that hold


def _owed(accounts: Sequence[CaseFacts]) -> _Owed:
    # A debtor who owes nothing keeps a lead account all the same: the screens show a closed case by it.
    counting = counted(accounts)
    sum_of = together([case.owed for case in counting])
    ends = [day for case in accounts if case.owing and (day := case.terms.mandate_ends) is not None]
    over = min(ends, default=None)
    return _Owed(counting[sum_of.lead], sum_of.balance, sum_of.beside, sum_of.previous_overdue, over)


def _until_mandate(found: QueuePlace, ends: date | None, settings: QueueSettings, now: datetime) -> QueuePlace:
    """The place until the next midnight at which a mandate's end changes it: it is told, told again, or over.

    Whoever may still work the case reads by when, and what is to be done until then.
    """
    if ends is None:
        return found
    zone = ZoneInfo(settings.law_zone)
    steps = (ends - timedelta(days=days) for days in settings.warned)
    midnights = [datetime.combine(day, time(), zone).astimezone(UTC) for day in (*steps, ends + timedelta(days=1))]
    turns = min((at for at in midnights if at > now), default=None)
    if turns is not None:
        found = replace(found, changes_at=min(found.changes_at or turns, turns))
    told = ending(ends, settings.warned, now.astimezone(zone).date())
    worked = found.queue_class.workable or found.queue_class in _TOLD_TOO
    if told is None or not worked or found.why.code == _TOO_SMALL:
        return found
    code = _MANDATE_LAST if told.last else _MANDATE_ENDING
    return replace(found, why=msg(code, day=told.day, on=f"{told.day:%m-%d}", why=found.why))


def _done(flags: frozenset[Flag], accounts: Sequence[CaseFacts]) -> Message | None:
    if Flag.DECEASED in flags:
        return msg("book.deceased")
    if Flag.PLAN_ACTIVE in flags:
        return msg("book.plan_active")
    if any(case.owing for case in accounts):
        return None
    over = [case.terms.mandate_ends for case in accounts if case.unpaid and not case.in_mandate]
    if over:
        return msg("book.mandate_over", day=max(day for day in over if day is not None))
    stopped = [case.stopped_on for case in accounts if case.unpaid and case.stopped_on is not None]
    if stopped:
        return msg("book.stopped", day=max(stopped))
    if any(case.state is CaseState.OPEN for case in accounts):
        return msg("book.paid_up")
    returned = any(case.state is CaseState.RETURNED for case in accounts)
    return msg("book.returned") if returned else msg("book.settled")


def _remainder(accounts: Sequence[CaseFacts]) -> tuple[Money, ...]:
    """What remained after all was paid, where nothing else is owed."""
    owing = [case for case in accounts if case.owing]
    return tuple(case.balance for case in owing) if all(case.remainder for case in owing) else ()


def _small(sums: Sequence[Money], here: Here) -> Message | None:
    return msg(_TOO_SMALL, amounts=sums) if too_small(sums, here.smallest) else None


# --- how the debtor is reached ------------------------------------------------------------------------------


def _own_numbers(phones: Iterable[PhoneFacts]) -> list[NumberStanding]:
    """What is known of the debtor's telephones at home and in the pocket; one held for the lead is no clue yet."""
    known = [phone for phone in phones if phone.kind in (NumberKind.MOBILE, NumberKind.HOME)]
    return [phone.standing for phone in known if phone.standing is not NumberStanding.HELD]


def _with_visit(visit: PastVisit | None, summary: ContactSummary) -> ContactSummary:
    """The next step an accepted visit report names holds until somebody has tried to reach the debtor again."""
    if visit is None or (summary.last_attempt_at and summary.last_attempt_at > visit.changed_at):
        return summary
    called = visit.next_step is AfterVisit.CALL_BACK
    return replace(
        summary,
        callback_at=visit.next_at if called else None,
        try_again_at=None if called else visit.next_at,
        try_again_after=None,
    )


def _block(past: History, calls: CallsSum, zone: str, here: Here, now: datetime) -> tuple[datetime, Message] | None:
    """Until when the rules close all their own numbers beyond today's hours, and why; None: not closed."""
    # Asking the gate is the dearest part, and of most debtors it need not be asked.
    own = own_ways(past, zone) if a_cap_may_be_used(past, calls.recent, here, now) else ()
    if not own:
        return None
    decisions = judged(past, own, here, now)
    capped = [decision for decision in decisions if _closed_by_caps(decision)]
    if len(capped) < len(decisions):
        return None  # one number open is enough to stay in the queue
    until = [decision.next_allowed_at for decision in capped if decision.next_allowed_at]
    return (min(until), _why(capped[0])) if until else None


def _closed_by_caps(decision: Decision) -> bool:
    """Blocked for more than the hour of the day, which closes every case alike and says nothing of this one."""
    return any(
        reason.verdict is Verdict.BLOCK and reason.n is not None and reason.m is not None
        for reason in decision.reasons
    )


def _why(decision: Decision) -> Message:
    reason = next(reason for reason in decision.reasons if reason.n is not None)
    return msg("book.cap_used", n=reason.n, m=reason.m)


def _tried(summary: ContactSummary) -> Message | None:
    """What the last try led to, which is why one tries again: a call, or else a visit."""
    if summary.try_again_at is None:
        return None
    outcome = summary.try_again_after
    return Message(f"Outcome.{outcome}") if outcome else msg("book.after_visit")


def _paused(flags: frozenset[Flag]) -> Message | None:
    found = [flag for flag in _PAUSING if flag in flags]
    return msg("book.paused", flags=tuple(Message(f"Flag.{flag}") for flag in found)) if found else None


# --- as columns ---------------------------------------------------------------------------------------------


def _summary_columns(summary: ContactSummary, now: datetime, zone: str) -> Figures:
    return {
        "attempts": summary.attempts,
        "week": iso_week(now, zone),
        "contacts_this_week": summary.contacts_this_week,
        "last_attempt_at": summary.last_attempt_at,
        "last_outcome": summary.last_outcome.value if summary.last_outcome else None,
        "ever_reached": summary.ever_reached,
        "callback_at": summary.callback_at,
        "try_again_at": summary.try_again_at,
        "can_pay_part": summary.can_pay_part,
    }


def _place_columns(found: QueuePlace, balance: Money) -> Figures:
    return {
        "queue_class": int(found.queue_class),
        "queue_key": found.key,
        "queue_amount": amount_key(balance),
        "queue_why": message_to_plain(found.why),
        "queue_back_at": found.back_at,
        "queue_changes_at": found.changes_at,
    }
