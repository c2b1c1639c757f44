"""Works out anew what a debtor's history adds up to and where they stand in the queue, after every act.

Always from the whole history of that debtor, never by adding on: a taken-back outcome, a late row or a repair can't
leave the figures wrong. ``rebuild`` does it for everybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Select, bindparam, delete, exists, func, insert, or_, select, update

from collector_desk.domain.book.accounts import AccountOwed, due_day, together
from collector_desk.domain.book.contact_summary import ContactSummary, iso_week, summarise
from collector_desk.domain.book.debts import PhoneFacts, PlacementTerms, message_to_plain
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass, QueueFacts, QueuePlace, QueueSettings, place
from collector_desk.domain.message import Message, msg
from collector_desk.domain.office.proof import PlacesFound
from collector_desk.domain.plain import from_plain
from collector_desk.domain.states import AfterVisit
from collector_desk.domain.vocabulary import CaseState, Flag, NumberKind, NumberStanding, PromiseState
from collector_desk.services.book import reach
from collector_desk.services.desk.settings import DeskSettings, read
from collector_desk.services.gate import institution_counts
from collector_desk.services.gate.facts import flags_of, queue_block
from collector_desk.store import tables as t
from collector_desk.store.book.debtors import phones_of, waits_of
from collector_desk.store.calls import past_attempts
from collector_desk.store.engine import Connection
from collector_desk.store.numbers import shown
from collector_desk.store.store import Store

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
_TOP_TENTH = "top_tenth"
AT_ONCE = 10
"""So many debtors an act works out within its own transaction, 5 ms each: more would hold up every other seat."""
BROKEN_GOES_BACK = timedelta(days=30)
"""A broken promise older than this no longer lifts the case; later ones have followed."""


@dataclass(frozen=True, slots=True)
class _Accounts:
    lead_case_id: str | None
    lead_due: date | None
    lead_number: str
    count: int
    balance: Money
    previous_overdue: int | None
    any_owing: bool
    any_returned: bool
    mandate_over: date | None  # the last day of a mandate without which something would still be owed
    mandate_ends: date | None  # the earliest last day of those that hold


_OF: BindParameter[str] = bindparam("debtor_id")
# Built once: building a statement costs five times what running it does.
_PROMISES = select(t.promise_state).where(t.promise_state.c.debtor_id == _OF).order_by(t.promise_state.c.due_at)
_ACCOUNTS = select(
    t.account_case.c.id,
    shown(t.account_case),
    t.account_case.c.balance_minor,
    t.account_case.c.currency,
    t.account_case.c.bank_days,
    t.account_case.c.balance_as_of,
    t.account_case.c.due_on,
    t.account_case.c.previous_overdue,
    t.account_case.c.state,
    t.placement.c.terms,
).where(t.account_case.c.debtor_id == _OF, t.placement.c.id == t.account_case.c.placement_id)
_NEXT_OF_VISIT = (
    select(t.visit_state.c.next_step, t.visit_state.c.next_at, t.visit_state.c.changed_at)
    .where(t.visit_state.c.debtor_id == _OF, t.visit_state.c.next_at.is_not(None))
    .order_by(t.visit_state.c.changed_at.desc())
    .limit(1)
)
_DERIVED = (
    "attempts", "week", "contacts_this_week", "last_attempt_at", "last_outcome", "ever_reached", "callback_at",
    "try_again_at", "can_pay_part", "promises_made", "promises_broken", "flags", "lead_case_id", "lead_due",
    "cases", "balance_minor", "currency", "previous_overdue", "queue_case", "queue_class", "queue_key",
    "queue_amount", "queue_why", "queue_back_at", "queue_changes_at",
)  # fmt: skip
_KEEP = (
    update(t.debtor).where(t.debtor.c.id == bindparam("of")).values({name: bindparam(name) for name in _DERIVED})
)
_DUE = update(t.debtor).where(t.debtor.c.id == bindparam("of")).values(queue_changes_at=bindparam("at"))
_PLACED_BY = {"queue_class", "queue_key", "queue_why", "queue_back_at", "queue_changes_at"}
_BY_LIMIT = {QueueClass.LARGE_AMOUNT.value, QueueClass.BLOCKED.value}
_PLACE = ("queue_class", "queue_key", "queue_amount", "queue_case", "queue_why")
# Whoever left the row without an outcome left it for what it was: once its place changes it comes up again.
_OFFER_AGAIN = delete(t.left_row).where(
    t.left_row.c.debtor_id == bindparam("of"),
    exists().where(
        t.debtor.c.id == bindparam("of"),
        or_(*(t.debtor.c[name] != bindparam(name, type_=t.debtor.c[name].type) for name in _PLACE)),
    ),
)


def refresh(conn: Connection, debtor_ids: Iterable[str], now: datetime) -> None:
    """Work out the given debtors anew and keep the result in their row."""
    desk = _desk(conn)
    for debtor_id in debtor_ids:
        values = {**_worked_out(conn, debtor_id, desk, now), "of": debtor_id}
        conn.execute(_OFFER_AGAIN, values)  # before the row is written: it compares with the place it had
        conn.execute(_KEEP, values)


def _desk(conn: Connection) -> DeskSettings:
    desk = read(conn, DeskSettings)
    if desk.large_from is None:  # nobody set a figure: the top tenth of the book, as last counted
        desk = replace(desk, large_from=_top_tenth(conn))
    return desk


def odd_places(conn: Connection, debtor_ids: Sequence[str], now: datetime) -> PlacesFound:
    """Whose derived columns are not what their history adds up to; writes nothing.

    Not compared are those hidden yet, those just called, those due to be worked out anew, and those whose place
    follows a limit: what counts as large, and the rules' caps, may have changed since without anybody's row being
    worked out.
    """
    desk = _desk(conn)
    d = t.debtor.c
    columns = [d[name] for name in _DERIVED]
    here = (
        d.id.in_(debtor_ids),
        d.visible.is_(True),
        or_(d.queue_changes_at.is_(None), d.queue_changes_at > now),
        d.id.not_in(select(t.open_attempt.c.debtor_id)),  # a call begun moves nobody before its outcome
    )
    compared, odd = set(), set()
    for stored in conn.execute(select(d.id, *columns).where(*here)).mappings():
        try:
            said = _worked_out(conn, stored["id"], desk, now)
        except (ValueError, LookupError, TypeError):  # what it is worked out from is nothing an act wrote
            compared.add(stored["id"])
            odd.add(stored["id"])
            continue
        names = {name for name in _DERIVED if stored[name] != said[name]}
        if stored["week"] != said["week"]:
            names -= {"week", "contacts_this_week"}  # of a week gone by
        by_limit = {stored["queue_class"], said["queue_class"]} & _BY_LIMIT
        if by_limit and names and names <= _PLACED_BY:
            continue
        compared.add(stored["id"])
        if names:
            odd.add(stored["id"])
    return PlacesFound(frozenset(compared), frozenset(odd))


def settle(conn: Connection, debtor_ids: Sequence[str], at: datetime) -> None:
    """Put the debtors an act touched in their place: a few now, those beyond them at the next tick (``tick``).

    The first named is whom the act is about: their row has moved when the next one is asked for.
    """
    refresh(conn, debtor_ids[:AT_ONCE], at)
    if later := debtor_ids[AT_ONCE:]:
        conn.execute(_DUE, [{"of": debtor_id, "at": at} for debtor_id in later])


def change_at(conn: Connection, debtors: Select[Any], at: datetime) -> None:
    """Let the next tick work these debtors out anew: what they go by has changed, and they may be many."""
    conn.execute(update(t.debtor).where(t.debtor.c.id.in_(debtors)).values(queue_changes_at=at))


def due_for_refresh(conn: Connection, now: datetime, limit: int = 200) -> list[str]:
    """Debtors whose place changes by the mere passing of time, the longest overdue first."""
    statement = (
        select(t.debtor.c.id)
        .where(t.debtor.c.queue_changes_at <= now, t.debtor.c.visible.is_(True))
        .order_by(t.debtor.c.queue_changes_at)
        .limit(limit)
    )
    return list(conn.execute(statement).scalars())


def first_columns(
    balance: Money,
    previous_overdue: int | None,
    settings: QueueSettings,
    now: datetime,
    no_number_why: Message | None = None,
    mandate_ends: date | None = None,
) -> dict[str, Any]:
    """The derived columns of a debtor just placed with us: nothing tried, nothing promised.

    ``mandate_ends``: the last day of the first of their mandates to end.
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
    )
    return {
        **_summary_columns(ContactSummary(), now, settings.zone),
        "promises_made": 0,
        "promises_broken": 0,
        "flags": [],
        "previous_overdue": previous_overdue,
        **_place_columns(_until_mandate(place(facts, settings, now), mandate_ends, settings.zone), balance),
    }


def _until_mandate(found: QueuePlace, ends: date | None, zone: str) -> QueuePlace:
    """The place as it is until the midnight after a mandate's last day: then it has to be worked out anew."""
    if ends is None:
        return found
    over = datetime.combine(ends + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
    return replace(found, changes_at=min(found.changes_at or over, over))


def queue_settings(desk: DeskSettings) -> QueueSettings:
    """The part of the desk's settings that the order needs."""
    return QueueSettings(desk.large_from, desk.zone)


def _worked_out(conn: Connection, debtor_id: str, desk: DeskSettings, now: datetime) -> dict[str, Any]:
    accounts = _accounts(conn, debtor_id, now.astimezone(ZoneInfo(desk.zone)).date())
    attempts = past_attempts(conn, debtor_id)
    phones = phones_of(conn, debtor_id)
    summary = summarise(attempts, _own_numbers(phones), now, desk.zone)
    summary = _with_visit(conn, debtor_id, summary)
    promises = conn.execute(_PROMISES, {"debtor_id": debtor_id}).all()
    open_at = min((row.due_at for row in promises if row.state == PromiseState.OPEN), default=None)
    recent = now - BROKEN_GOES_BACK
    broken = [row for row in promises if row.state == PromiseState.BROKEN]
    broken_at = max((row.due_at for row in broken if not row.followed_up and row.due_at > recent), default=None)
    flags = flags_of(conn, debtor_id)
    # Asking the gate is the dearest part; where nobody called and no figure came in, no cap can be used.
    asked = attempts or institution_counts.figures_of(conn, debtor_id, now)[0] is not None
    ways = reach.ways(conn, debtor_id, phones, now, desk.zone)
    blocked = queue_block(conn, debtor_id, now, ways.own) if asked else None
    waits = waits_of(conn, debtor_id)
    # an attempt made since has overtaken what was set before it
    scheduled = waits.scheduled_at if waits.scheduled_after >= summary.attempts else None
    facts = QueueFacts(
        balance=accounts.balance,
        previous_overdue=accounts.previous_overdue,
        attempts=summary.attempts,
        contacts_this_week=summary.contacts_this_week,
        reachable=summary.ever_reached and not summary.lost_contact,
        lost_contact=summary.lost_contact,
        can_pay_part=summary.can_pay_part,
        open_promise_at=open_at,
        broken_promise_at=broken_at,
        callback_at=summary.callback_at,
        try_again_at=summary.try_again_at,
        try_again_why=_tried(summary),
        no_number_why=ways.no_number_why,
        scheduled_at=scheduled,
        scheduled_why=waits.scheduled_why,
        blocked_until=blocked[0] if blocked else None,
        blocked_why=blocked[1] if blocked else None,
        paused_why=_paused(flags),
        waiting_why=waits.on,
        done_why=_done(flags, accounts),
    )
    found = _until_mandate(place(facts, queue_settings(desk), now), accounts.mandate_ends, desk.zone)
    return {
        **_summary_columns(summary, now, desk.zone),
        "promises_made": len(promises),
        "promises_broken": len(broken),
        "flags": sorted(flag.value for flag in flags),
        "lead_case_id": accounts.lead_case_id,
        "lead_due": accounts.lead_due,
        "cases": accounts.count,
        "balance_minor": accounts.balance.minor,
        "currency": accounts.balance.currency,
        "previous_overdue": accounts.previous_overdue,
        "queue_case": accounts.lead_number,
        **_place_columns(found, accounts.balance),
    }


def _with_visit(conn: Connection, debtor_id: str, summary: ContactSummary) -> ContactSummary:
    """The next step an accepted visit report names holds until somebody has tried to reach the debtor again."""
    row = conn.execute(_NEXT_OF_VISIT, {"debtor_id": debtor_id}).first()
    if row is None or (summary.last_attempt_at and summary.last_attempt_at > row.changed_at):
        return summary
    called = row.next_step == AfterVisit.CALL_BACK
    return replace(
        summary,
        callback_at=row.next_at if called else None,
        try_again_at=None if called else row.next_at,
        try_again_after=None,
    )


def _summary_columns(summary: ContactSummary, now: datetime, zone: str) -> dict[str, Any]:
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


def _place_columns(found: QueuePlace, balance: Money) -> dict[str, Any]:
    return {
        "queue_class": int(found.queue_class),
        "queue_key": found.key,
        "queue_amount": -balance.minor,
        "queue_why": message_to_plain(found.why),
        "queue_back_at": found.back_at,
        "queue_changes_at": found.changes_at,
    }


def _accounts(conn: Connection, debtor_id: str, today: date) -> _Accounts:
    rows = conn.execute(_ACCOUNTS, {"debtor_id": debtor_id}).all()
    with_balance = [row for row in rows if row.state == CaseState.OPEN and row.balance_minor > 0]
    ends = {row.id: from_plain(PlacementTerms, row.terms).mandate_ends for row in with_balance}
    over = [day for day in ends.values() if day is not None and day < today]
    owing = [row for row in with_balance if ends[row.id] not in over]
    # A debtor who owes nothing keeps a lead account all the same: the screens show a closed case by it.
    open_rows = owing or [row for row in rows if row.state == CaseState.OPEN] or rows
    accounts = [
        AccountOwed(
            row.number,
            due_day(row.bank_days, row.balance_as_of, row.due_on),
            Money(row.balance_minor, row.currency),
            row.previous_overdue,
        )
        for row in open_rows
    ]
    owed = together(accounts)
    lead = accounts[owed.lead]
    return _Accounts(
        lead_case_id=open_rows[owed.lead].id,
        lead_due=lead.due,
        lead_number=lead.number,
        count=len(rows),
        balance=owed.balance,
        previous_overdue=owed.previous_overdue,
        any_owing=bool(owing),
        any_returned=any(row.state == CaseState.RETURNED for row in rows),
        mandate_over=max(over, default=None),
        mandate_ends=min((day for row in owing if (day := ends[row.id]) is not None), default=None),
    )


def _own_numbers(phones: Iterable[PhoneFacts]) -> list[NumberStanding]:
    """What is known of the debtor's telephones at home and in the pocket; one held for the lead is no clue yet."""
    known = [phone for phone in phones if phone.kind in (NumberKind.MOBILE, NumberKind.HOME)]
    return [phone.standing for phone in known if phone.standing is not NumberStanding.HELD]


def _tried(summary: ContactSummary) -> Message | None:
    """What the last try led to, which is why one tries again: a call, or else a visit."""
    if summary.try_again_at is None:
        return None
    outcome = summary.try_again_after
    return Message(f"Outcome.{outcome}") if outcome else msg("book.after_visit")


def _paused(flags: frozenset[Flag]) -> Message | None:
    found = [flag for flag in _PAUSING if flag in flags]
    return msg("book.paused", flags=tuple(Message(f"Flag.{flag}") for flag in found)) if found else None


def _done(flags: frozenset[Flag], accounts: _Accounts) -> Message | None:
    if Flag.DECEASED in flags:
        return msg("book.deceased")
    if Flag.PLAN_ACTIVE in flags:
        return msg("book.plan_active")
    if accounts.any_owing:
        return None
    if accounts.mandate_over is not None:
        return msg("book.mandate_over", day=accounts.mandate_over)
    return msg("book.returned") if accounts.any_returned else msg("book.settled")


def large_default(conn: Connection) -> int | None:
    """The balance above which the top tenth of the book lies, or None while it is empty; minor units."""
    count = conn.execute(select(func.count()).select_from(t.debtor)).scalar_one()
    if not count:
        return None
    statement = (
        select(t.debtor.c.balance_minor).order_by(t.debtor.c.balance_minor.desc()).offset(count // 10).limit(1)
    )
    return int(conn.execute(statement).scalar_one())


def count_top_tenth(store: Store) -> None:
    """Count anew from what balance on the top tenth of the book lies; after imports and in a rebuild."""
    with store.read() as conn:
        found = large_default(conn)
    with store.write() as conn:
        changed = conn.execute(update(t.worked_out).where(t.worked_out.c.key == _TOP_TENTH).values(value=found))
        if not changed.rowcount:
            conn.execute(insert(t.worked_out).values(key=_TOP_TENTH, value=found))


def _top_tenth(conn: Connection) -> int | None:
    found = conn.execute(select(t.worked_out.c.value).where(t.worked_out.c.key == _TOP_TENTH)).scalar()
    return int(found) if found is not None else None
