"""Why is this case first? The one order of the queue and its reasons (domain.md 4).

A row is a debtor, led by the account longest past due; calls are the debtor's. ``place`` is pure: it says
where the row stands now, why, and at what instant that may change by itself (``changes_at``), so that the
store can keep the answer in an index and ask again only then.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo

from collector_desk.domain.book.money import Money
from collector_desk.domain.conduct.silence import CASES_AFTER
from collector_desk.domain.message import Message, msg
from collector_desk.domain.money.bank_days import BankDays
from collector_desk.domain.vocabulary import Bucket, Outcome, Stage

PROMISE_WINDOW = timedelta(minutes=60)
"""How long after its time a promise may be asked after, once: from then on it waits for what the bank says."""

CALL_BACK_EARLY, CALL_BACK_LATE = timedelta(minutes=5), timedelta(minutes=30)
"""How long before the agreed time a call back may be made, and until how long after it."""

TAKEN_BACK_FIRST = 10**10
"""Taken off the key of who had paid and whose payment was taken back: they stand before every broken promise."""

REMINDED_BEFORE = (3, 1)
"""Days before the due date on which somebody is reminded of it."""

ORDERED_IN = "CNY"
"""The one currency in which amounts are large or small here; nothing is converted."""

WEEKLY_TARGET_CONTACTABLE = 3
WEEKLY_TARGET_OTHERS = 4
"""Contacts aimed at a week (S0): targets that the conduct rules cap."""


class QueueClass(IntEnum):
    """The order; those from ``LATER`` on stand out of the way, with the instant they come back."""

    DUE_NOW = 1
    PROMISE_BROKEN = 2
    FIRST_OVERDUE = 3
    PROMISED_TODAY = 4
    CAN_PAY_PART = 5
    LARGE_AMOUNT = 6
    IN_WORK = 7
    LOST_CONTACT = 8
    NOT_DUE = 9  # to be reminded three days and one day before the due date
    LATER = 10  # a call-back, a promise or a retry set for later; a reminder whose day hasn't come
    NO_NUMBER = 11  # that waiting could open: find one, go there, or ask the lead
    BLOCKED = 12  # by the conduct rules
    PAUSED = 13  # by a flag until somebody has decided
    WAITING = 14  # for a visit, an approval, the bank
    DONE = 15  # settled, returned, deceased …

    @property
    def workable(self) -> bool:
        """Whether Enter may take a row of this class."""
        return self <= QueueClass.NOT_DUE


@dataclass(frozen=True, slots=True)
class QueueFacts:
    """What the order needs to know of a debtor; instants in UTC, amounts in minor units."""

    balance: Money
    previous_overdue: int | None
    attempts: int
    contacts_this_week: int
    reachable: bool
    lost_contact: bool
    can_pay_part: bool
    open_promise_at: datetime | None = None
    broken_promise_at: datetime | None = None  # not yet followed up
    money_back_at: datetime | None = None  # when a payment on file was told to be taken back; not yet followed up
    passed_promise_at: datetime | None = None  # its time is over, and the bank has not told of it yet
    claimed_until: datetime | None = None  # nobody is called before: what they say they paid is to be told of
    claimed_why: Message | None = None
    after_claim: Message | None = None  # what became of such a claim, to be read with the reason
    callback_at: datetime | None = None
    try_again_at: datetime | None = None
    try_again_why: Message | None = None  # what the last try led to
    scheduled_at: datetime | None = None  # when the gate opens, set by who was refused; no attempt since
    scheduled_why: Message | None = None
    blocked_until: datetime | None = None
    blocked_why: Message | None = None
    no_number_why: Message | None = None  # why none of the numbers can be called, now or later
    paused_why: Message | None = None
    waiting_why: Message | None = None
    done_why: Message | None = None
    due_on: date | None = None  # of the account that leads; past the day itself it is overdue
    last_outcome: Outcome | None = None  # of the last attempt that was ended
    remainder: tuple[Money, ...] = ()  # all that is owed, where it remained after payment in full


@dataclass(frozen=True, slots=True)
class QueueSettings:
    """What a lead and the packs set: from what amount a case is large, zones, when a mandate's end is told."""

    large_from: int | None
    zone: str = "Asia/Shanghai"
    law_zone: str = "Asia/Shanghai"  # by whose midnight a mandate is over
    warned: tuple[int, ...] = ()  # days before a mandate's last day on which it is told
    bank_days: BankDays = field(default_factory=BankDays, repr=False)
    silent_after: int = CASES_AFTER  # bank days without a bank's word after which a passed promise is worked again


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where a row stands: its class, the key that sorts within it (smaller first), why, and until when.

    ``back_at`` is the instant a row out of the way returns; ``changes_at`` the instant the place itself
    has to be worked out anew though nobody touched the case.
    """

    queue_class: QueueClass
    key: int
    why: Message
    back_at: datetime | None = None
    changes_at: datetime | None = None


def amount_key(balance: Money) -> int:
    """What sorts within a class, the larger first. Amounts of other currencies are not held against yuan: they
    stand behind them, by their case number."""
    return -balance.minor if balance.currency == ORDERED_IN else 0


def place(facts: QueueFacts, settings: QueueSettings, now: datetime) -> QueuePlace:
    """The row's place at ``now``. Exhaustive: every debtor has exactly one."""
    stopped = _stopped(facts)
    if stopped:
        return stopped
    if facts.open_promise_at and facts.open_promise_at + PROMISE_WINDOW <= now:
        facts = replace(facts, open_promise_at=None, passed_promise_at=facts.open_promise_at)
    timed = _timed(facts, settings, now)
    if facts.no_number_why:
        urgency = timed.queue_class if timed else QueueClass.IN_WORK
        changes_at = timed.changes_at if timed else None  # a promise breaks all the same
        return QueuePlace(QueueClass.NO_NUMBER, urgency, facts.no_number_why, changes_at=changes_at)
    blocked = _blocked(facts, now)
    if blocked and timed and timed.why.code in _PROMISED:
        return _promised_behind(timed, blocked, facts)
    set_for = timed and (timed.queue_class is QueueClass.LATER or timed.why is facts.claimed_why)
    if blocked and not (timed and set_for and _outlasts(timed, blocked)):
        return blocked
    by_merit = _after_call(facts, _by_merit(facts, settings, now))
    return timed or _after_claim(facts, _remains(facts, _bank_silent(facts, by_merit)))


def _after_call(facts: QueueFacts, found: QueuePlace) -> QueuePlace:
    """Worked on after a call: what the last one led to stands before everything else that is known."""
    if facts.last_outcome is None or found.queue_class in (QueueClass.NOT_DUE, QueueClass.LATER):
        return found
    return replace(found, why=msg("book.after_call", last=Message(f"Outcome.{facts.last_outcome}"), why=found.why))


def _after_claim(facts: QueueFacts, found: QueuePlace) -> QueuePlace:
    """They said that they had paid: the case is worked again, with what the bank has told, or has not."""
    if facts.after_claim is None:
        return found
    return replace(found, why=msg("book.after_claim", claim=facts.after_claim, why=found.why))


def _remains(facts: QueueFacts, found: QueuePlace) -> QueuePlace:
    """What remained after payment in full has its own reason: the promise was kept, and this is no broken word."""
    return replace(found, why=msg("book.remainder", amounts=facts.remainder)) if facts.remainder else found


def _bank_silent(facts: QueueFacts, found: QueuePlace) -> QueuePlace:
    """A promise whose days the bank never told of: the case is worked again, unpaid or not."""
    if facts.passed_promise_at is None:
        return found
    return replace(found, why=msg("book.bank_silent", at=facts.passed_promise_at, why=found.why))


def _stopped(facts: QueueFacts) -> QueuePlace | None:
    if facts.done_why:
        return QueuePlace(QueueClass.DONE, 0, facts.done_why)
    if facts.paused_why:
        return QueuePlace(QueueClass.PAUSED, 0, facts.paused_why)
    if facts.waiting_why:
        return QueuePlace(QueueClass.WAITING, 0, facts.waiting_why)
    return None


def _blocked(facts: QueueFacts, now: datetime) -> QueuePlace | None:
    if facts.blocked_until and facts.blocked_until > now:
        why = msg("book.blocked", why=facts.blocked_why or msg("book.conduct"), until=facts.blocked_until)
        return _until(QueueClass.BLOCKED, facts.blocked_until, why)
    return None


def _outlasts(timed: QueuePlace, blocked: QueuePlace) -> bool:
    """Whether what was agreed lies beyond the block: then the agreement is what the agent wants to read."""
    return bool(timed.back_at and blocked.back_at and timed.back_at >= blocked.back_at)


_PROMISED = frozenset({"book.promised_today", "book.promise_due"})


def _promised_behind(promised: QueuePlace, blocked: QueuePlace, facts: QueueFacts) -> QueuePlace:
    """Promised for today, with nobody to be called about it before the gate opens: the promise is what is read."""
    why = msg("book.promised_today_shut", at=facts.open_promise_at, why=facts.blocked_why or msg("book.conduct"))
    changes = [instant for instant in (promised.changes_at, blocked.changes_at) if instant]
    return QueuePlace(
        QueueClass.PROMISED_TODAY, promised.key, why, back_at=blocked.back_at, changes_at=min(changes, default=None)
    )


def _timed(facts: QueueFacts, settings: QueueSettings, now: datetime) -> QueuePlace | None:
    """What was set for its instant, call-backs and promises: they run by the minute."""
    if facts.scheduled_at:
        due = facts.scheduled_at <= now
        why = msg(
            "book.scheduled_due" if due else "book.scheduled",
            at=facts.scheduled_at,
            why=facts.scheduled_why or msg("book.conduct"),
        )
        if due:
            return QueuePlace(
                QueueClass.DUE_NOW, _key(facts.scheduled_at), why, changes_at=_call_back_ends(facts, now)
            )
        return _until(QueueClass.LATER, facts.scheduled_at, why)
    if facts.callback_at:
        if facts.callback_at <= now:
            why = msg("book.callback_due", at=facts.callback_at)
            ends = _call_back_ends(facts, now)
            return QueuePlace(QueueClass.DUE_NOW, _key(facts.callback_at), why, changes_at=ends)
        return _until(QueueClass.LATER, facts.callback_at, msg("book.callback_later", at=facts.callback_at))
    if facts.claimed_until and facts.claimed_until > now:
        why, until = facts.claimed_why or msg("book.conduct"), facts.claimed_until
        return QueuePlace(QueueClass.WAITING, _key(until), why, back_at=until, changes_at=until)
    if facts.try_again_at and facts.try_again_at > now:
        after = facts.try_again_why or msg("book.not_reached")
        return _until(QueueClass.LATER, facts.try_again_at, msg("book.try_again", at=facts.try_again_at, why=after))
    if facts.money_back_at and facts.balance.minor > 0:
        since = facts.money_back_at
        why = msg("book.payment_taken_back", since=since)
        return QueuePlace(QueueClass.PROMISE_BROKEN, _key(since) - TAKEN_BACK_FIRST, why)
    if facts.open_promise_at:
        return _promised(facts.open_promise_at, settings, now)
    if facts.broken_promise_at:
        since = facts.broken_promise_at
        return QueuePlace(QueueClass.PROMISE_BROKEN, _key(since), msg("book.promise_broken", since=since))
    if facts.passed_promise_at and now < (back := bank_silent_from(facts.passed_promise_at, settings)):
        why = msg("book.promise_passed", at=facts.passed_promise_at)
        return QueuePlace(QueueClass.WAITING, _key(facts.passed_promise_at), why, back_at=back, changes_at=back)
    return None


def bank_silent_from(due: datetime, settings: QueueSettings) -> datetime:
    """The instant from which a passed promise is worked again though the bank has not told of its days.

    The midnight after ``silent_after`` bank days beyond its grace, which ends with the first bank day after it.
    """
    zone = ZoneInfo(settings.zone)
    day = settings.bank_days.after(due.astimezone(zone).date())
    for _ in range(settings.silent_after):
        day = settings.bank_days.after(day)
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def _call_back_ends(facts: QueueFacts, now: datetime) -> datetime | None:
    """When the gate may shut again that a call back had opened; None: not in time to come."""
    ends = facts.callback_at + CALL_BACK_LATE if facts.callback_at else None
    return ends if ends and now < ends else None


def _promised(due: datetime, settings: QueueSettings, now: datetime) -> QueuePlace:
    if due <= now:
        ends = due + PROMISE_WINDOW
        return QueuePlace(QueueClass.DUE_NOW, _key(due), msg("book.promise_due", at=due), changes_at=ends)
    zone = ZoneInfo(settings.zone)
    if due.astimezone(zone).date() == now.astimezone(zone).date():
        why = msg("book.promised_today", at=due)
        return QueuePlace(QueueClass.PROMISED_TODAY, _key(due), why, back_at=due, changes_at=due)
    why = msg("book.promised_later", at=due)
    midnight = due.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return QueuePlace(QueueClass.LATER, _key(due), why, back_at=due, changes_at=midnight.astimezone(due.tzinfo))


def _by_merit(facts: QueueFacts, settings: QueueSettings, now: datetime) -> QueuePlace:
    if facts.due_on is not None and facts.due_on >= now.astimezone(ZoneInfo(settings.zone)).date():
        return _not_due(facts.due_on, settings, now)
    if facts.last_outcome is None:  # with the first ended attempt it is one among those in work
        first = facts.previous_overdue == 0
        untried = facts.attempts == 0
        why = "book.never_tried" if not first else "book.first_overdue_untried" if untried else "book.first_overdue"
        return QueuePlace(QueueClass.FIRST_OVERDUE, (0 if first else 1) if untried else 2, msg(why))
    if facts.can_pay_part:
        return QueuePlace(QueueClass.CAN_PAY_PART, 0, msg("book.can_pay_part"))
    if facts.lost_contact:
        return QueuePlace(QueueClass.LOST_CONTACT, 0, msg("book.lost_contact"))
    if (
        settings.large_from is not None
        and facts.balance.currency == ORDERED_IN
        and (facts.balance.minor >= settings.large_from)
    ):
        return QueuePlace(QueueClass.LARGE_AMOUNT, 0, msg("book.large_amount"))
    target = WEEKLY_TARGET_CONTACTABLE if facts.reachable else WEEKLY_TARGET_OTHERS
    left = max(target - facts.contacts_this_week, 0)
    changes_at = _next_monday(settings, now) if facts.contacts_this_week else None
    return QueuePlace(
        QueueClass.IN_WORK, target - left, msg("book.in_work", left=left, target=target), changes_at=changes_at
    )


def _not_due(due: date, settings: QueueSettings, now: datetime) -> QueuePlace:
    """Before the due date: a reminder three days and one day before it, on no other."""
    zone = ZoneInfo(settings.zone)
    today = now.astimezone(zone).date()

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), zone).astimezone(now.tzinfo)

    left = (due - today).days
    if left in REMINDED_BEFORE:
        tomorrow = midnight(today + timedelta(days=1))
        return QueuePlace(QueueClass.NOT_DUE, left, msg("book.not_due", due=due), changes_at=tomorrow)
    next_days = [due - timedelta(days=before) for before in REMINDED_BEFORE if before < left]
    return _until(
        QueueClass.LATER,
        midnight(next_days[0] if next_days else due + timedelta(days=1)),
        msg("book.not_due_later", due=due),
    )


def _until(queue_class: QueueClass, instant: datetime, why: Message) -> QueuePlace:
    return QueuePlace(queue_class, _key(instant), why, back_at=instant, changes_at=instant)


def _key(instant: datetime) -> int:
    return int(instant.timestamp())


def _next_monday(settings: QueueSettings, now: datetime) -> datetime:
    local = now.astimezone(ZoneInfo(settings.zone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight + timedelta(days=7 - local.weekday())).astimezone(now.tzinfo)


class QueueOrder(StrEnum):
    """By what the rows that are looked at stand: the trade's order, or one somebody wants for once."""

    TRADE = "trade"
    AMOUNT = "amount"  # the largest first
    AGE = "age"  # the oldest first


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What part of the queue is looked at, and in which order; amounts in minor units."""

    classes: frozenset[QueueClass] = frozenset()
    stage: Stage | None = None
    bucket: Bucket | None = None
    amount_from: int | None = None
    amount_to: int | None = None
    promise_due: bool = False
    never_tried: bool = False
    mine_only: bool = False
    open_before: datetime | None = None  # without promises of today whose debtor can't be called before then
    order: QueueOrder = QueueOrder.TRADE
    days_to: int | None = None  # not longer past due than this: what a junior agent may work
