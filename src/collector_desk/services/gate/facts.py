"""The conduct gate at this store: gathers what is known of a debtor and asks ``domain.conduct.decide``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Table, bindparam, exists, select

from collector_desk.domain.book.debts import NumberSource, PhoneFacts, PlacementTerms, message_to_plain
from collector_desk.domain.conduct import decide_all
from collector_desk.domain.conduct.rules import Pack
from collector_desk.domain.conduct.values import (
    Action,
    Approval,
    ApprovalKind,
    Consent,
    ConsentScope,
    Debt,
    Decision,
    Facts,
    Override,
    PastEvent,
    Purpose,
    Share,
)
from collector_desk.domain.message import Message, msg
from collector_desk.domain.plain import from_plain
from collector_desk.domain.states import VisitLine
from collector_desk.domain.text import telephone
from collector_desk.domain.visits.steps import VisitStep
from collector_desk.domain.visits.visit import TapKind
from collector_desk.domain.vocabulary import (
    Addressee,
    CaseState,
    Channel,
    Direction,
    Flag,
    NumberKind,
    NumberStanding,
    Result,
    Verdict,
)
from collector_desk.packs.rules import DEFAULT_PACKS, load_shipped
from collector_desk.services.desk.clock import Doubt
from collector_desk.services.desk.settings import read
from collector_desk.services.gate import institution_counts
from collector_desk.services.packs import in_use
from collector_desk.store import tables as t
from collector_desk.store.agreed import agreed
from collector_desk.store.book.debtors import phones_of
from collector_desk.store.calls import COUNTS, HOLDS
from collector_desk.store.engine import Connection
from collector_desk.store.journal import last_instant
from collector_desk.store.tables.history import journal

LOOK_BACK = timedelta(days=31)
NO_DOUBT = Doubt()


def active_packs(conn: Connection | None = None) -> tuple[Pack, ...]:
    """The rule packs of a Chinese card desk: those in use at the store, as shipped where no store is asked."""
    if conn is None:
        return tuple(load_shipped(pack_id) for pack_id in DEFAULT_PACKS)
    return in_use.rules(conn, DEFAULT_PACKS)


@dataclass(frozen=True, slots=True)
class JudgedNumber:
    """A number with the gate's answer for it."""

    phone: PhoneFacts
    decision: Decision

    @property
    def callable_now(self) -> bool:
        """Whether it may be dialled now, perhaps with a warning."""
        return self.decision.verdict in {Verdict.ALLOW, Verdict.WARN}


def action_for(phone: PhoneFacts | None, actor_id: str = "", *, direction: Direction = Direction.OUT) -> Action:
    """A call to this number: to the debtor on their own, to a guarantor or contact on theirs. None: a debtor calls.

    A contact whom the file calls a guarantor stays a contact until the contract is proven (rules, edge case 26).
    """
    kind = phone.kind if phone else None
    proven = kind is NumberKind.GUARANTOR
    to = Addressee.CONTACT if kind is NumberKind.CONTACT else Addressee.GUARANTOR if proven else Addressee.DEBTOR
    return Action(
        channel=Channel.CALL,
        to=to,
        number_id=phone.number if phone else None,
        direction=direction,
        purpose=Purpose.ASK_TO_PASS_ON if to is Addressee.CONTACT else Purpose.COLLECT,
        actor_id=actor_id,
        relations=frozenset({"contact", "guarantor"}) if proven else frozenset(),
        guarantor_proven=True if proven else None,
    )


_OF: BindParameter[str] = bindparam("debtor_id")
# Built once: building a statement costs five times what running it does, and all of these run at every call.
_RARE: dict[str, Table] = {
    "counts": t.external_count,
    "consents": t.consent,
    "approvals": t.approval,
    "overrides": t.gate_override,
    "visits": t.visit_state,
    "flags": t.flag_event,
}
"""What most debtors have none of: one look says which of these there is anything to read in."""
_THERE = select(
    t.debtor.c.zone, *(exists().where(table.c.debtor_id == _OF).label(name) for name, table in _RARE.items())
).where(t.debtor.c.id == _OF)
_EVENTS = (
    select(
        t.attempt.c.id,
        t.attempt.c.begun_at,
        t.attempt.c.channel,
        t.attempt.c.direction,
        t.attempt.c.addressee,
        t.attempt.c.debtor_id,
        t.phone.c.number,
        t.attempt_end.c.result,
        t.attempt_end.c.ended_at,
        HOLDS.label("holds"),
    )
    .select_from(  # with every end it ever had: a talk stays one
        t.attempt.outerjoin(t.attempt_end, t.attempt_end.c.attempt_id == t.attempt.c.id).outerjoin(
            t.phone, t.phone.c.id == t.attempt.c.phone_id
        )
    )
    .where(t.attempt.c.begun_at >= bindparam("since"), COUNTS)
    .order_by(t.attempt.c.begun_at, t.attempt_end.c.id)
)
_OWN_EVENTS = _EVENTS.where(t.attempt.c.debtor_id == _OF)
_NUMBERS: BindParameter[str] = bindparam("numbers", expanding=True)
_OTHERS = select(t.phone.c.debtor_id).where(t.phone.c.number.in_(_NUMBERS), t.phone.c.debtor_id != _OF)
_SHARED_EVENTS = _EVENTS.where(t.attempt.c.debtor_id.in_(_OTHERS), t.phone.c.number.in_(_NUMBERS))
_VISITED = (
    select(t.visit_line.c.visit_id, t.visit_line.c.line_kind, t.visit_line.c.step, t.visit_line.c.content)
    .join(t.visit_state, t.visit_state.c.visit_id == t.visit_line.c.visit_id)
    .where(
        t.visit_state.c.debtor_id == _OF,
        t.visit_state.c.changed_at >= bindparam("since"),
        t.visit_line.c.line_kind.in_([VisitLine.TAP, VisitLine.STEP]),
        t.visit_line.c.salt.is_not(None),
    )
    .order_by(t.visit_line.c.id)
)
_LED_TO = {
    VisitStep.FINISH: Result.CONNECTED,
    VisitStep.BREAK_OFF: Result.CONNECTED,
    VisitStep.FIND_NOBODY: Result.NO_ANSWER,
}
_FLAGS = (
    select(t.flag_event.c.flag, t.flag_event.c.on)
    .where(t.flag_event.c.debtor_id == _OF)
    .order_by(t.flag_event.c.id)
)
_CONSENTS = (
    select(t.consent, journal.c.at.label("withdrawn_at"))
    .select_from(
        t.consent.outerjoin(t.consent_withdrawn, t.consent_withdrawn.c.consent_id == t.consent.c.id).outerjoin(
            journal, journal.c.row_id == t.consent_withdrawn.c.id
        )
    )
    .where(t.consent.c.debtor_id == _OF, agreed(t.consent.c.task_id))
)
_DEBTS = (
    select(t.account_case.c.id, t.account_case.c.state, t.account_case.c.balance_minor, t.placement.c.terms)
    .join(t.placement, t.placement.c.id == t.account_case.c.placement_id)
    .where(t.account_case.c.debtor_id == _OF)
)
_APPROVALS = select(t.approval).where(t.approval.c.debtor_id == _OF)
_OVERRIDES = select(t.gate_override).where(t.gate_override.c.debtor_id == _OF)


def facts_of(
    conn: Connection,
    debtor_id: str,
    now: datetime,
    phones: Iterable[PhoneFacts],
    doubt: Doubt = NO_DOUBT,
    store_doubt: Message | None = None,
) -> Facts:
    """All the gate needs of one debtor, from a few indexed reads. A number is known by its digits.

    ``store_doubt``: why the store isn't the one this computer remembers (``desk.standing``).
    """
    known = tuple(phones)
    there = conn.execute(_THERE, {"debtor_id": debtor_id}).one()
    history = tuple(_history(conn, debtor_id, now, known, visited=there.visits))
    # caps of the law are the institution's, not the agency's: other agencies' calls count with ours
    own = {phone.number for phone in known if phone.own}
    external, earlier = institution_counts.figures_of(conn, debtor_id, now) if there.counts else (None, None)
    return Facts(
        debtor_id=debtor_id,
        debts=tuple(_debts(conn, debtor_id)),
        zones=(there.zone,) if there.zone else (),
        history=history,
        flags=flags_of(conn, debtor_id) if there.flags else frozenset(),
        consents=tuple(_consents(conn, debtor_id)) if there.consents else (),
        share=_share(conn),
        external=external,
        external_earlier=earlier,
        approvals=tuple(_approvals(conn, debtor_id)) if there.approvals else (),
        overrides=tuple(_overrides(conn, debtor_id)) if there.overrides else (),
        identified_ever=any(event.result is Result.EFFECTIVE for event in history),
        reserved_numbers=frozenset(phone.number for phone in known if phone.kind is NumberKind.MOBILE),
        shared_numbers=frozenset(phone.number for phone in known if phone.shared),
        wrong_numbers=frozenset(phone.number for phone in known if phone.standing is NumberStanding.WRONG),
        stopped_numbers=frozenset(phone.number for phone in known if phone.standing is NumberStanding.STOPPED)
        | _stopped_elsewhere(conn, debtor_id, known),
        held_numbers=frozenset(phone.number for phone in known if phone.standing is NumberStanding.HELD),
        accepted_numbers=_accepted(conn, debtor_id, history),
        not_numbers=frozenset(phone.number for phone in known if telephone.fault(phone.number)),
        contacts_reached=frozenset(
            event.number_id
            for event in history
            if event.number_id and event.number_id not in own and event.result is Result.CONNECTED
        ),
        # a clock behind the last act was set back: the rules about time can't be asked by it
        high_water=max(filter(None, (last_instant(conn), doubt.mark)), default=None),
        clock_jump=doubt.jump,
        store_doubt=store_doubt,
    )


_STOPPED_ELSEWHERE = select(t.phone.c.number).where(
    t.phone.c.number.in_(_NUMBERS),
    t.phone.c.debtor_id != _OF,
    t.phone.c.kind == NumberKind.CONTACT,
    t.phone.c.standing == NumberStanding.STOPPED,
)


def _stopped_elsewhere(conn: Connection, debtor_id: str, known: tuple[PhoneFacts, ...]) -> frozenset[str]:
    """Contacts of this debtor who asked, as another debtor's contact, never to be called."""
    shared = [phone.number for phone in known if phone.shared and phone.kind is NumberKind.CONTACT]
    if not shared:
        return frozenset()
    return frozenset(conn.execute(_STOPPED_ELSEWHERE, {"debtor_id": debtor_id, "numbers": shared}).scalars())


_ACCEPTED = (
    select(t.phone.c.number)
    .join(t.phone_event, t.phone_event.c.phone_id == t.phone.c.id)
    .where(
        t.phone.c.debtor_id == _OF,
        t.phone_event.c.source == NumberSource.LEAD,
        t.phone_event.c.standing == NumberStanding.UNKNOWN,
    )
)


def _accepted(conn: Connection, debtor_id: str, history: Iterable[PastEvent]) -> frozenset[str]:
    """Numbers a lead has decided are the debtor's; asked only where one turned out to be somebody else's."""
    if not any(event.result is Result.WRONG_PERSON for event in history):
        return frozenset()
    return frozenset(conn.execute(_ACCEPTED, {"debtor_id": debtor_id}).scalars())


def number_cards(
    conn: Connection,
    debtor_id: str,
    now: datetime,
    actor_id: str,
    doubt: Doubt = NO_DOUBT,
    store_doubt: Message | None = None,
) -> tuple[Facts, tuple[JudgedNumber, ...]]:
    """Every number of a debtor with the gate's answer, in the order in which they are to be tried."""
    phones = phones_of(conn, debtor_id)
    facts = facts_of(conn, debtor_id, now, phones, doubt, store_doubt)
    decisions = decide_all([action_for(phone, actor_id) for phone in phones], facts, active_packs(conn), now)
    cards = [JudgedNumber(phone, decision) for phone, decision in zip(phones, decisions, strict=True)]
    order = {NumberStanding.LIVE: 0, NumberStanding.UNKNOWN: 1}
    whose = {NumberKind.GUARANTOR: 1, NumberKind.CONTACT: 2}
    cards.sort(
        key=lambda card: (
            whose.get(card.phone.kind, 0),
            not card.callable_now,
            order.get(card.phone.standing, 2),
        )
    )
    return facts, tuple(cards)


def opens(
    conn: Connection, debtor_id: str, now: datetime, phones: Iterable[PhoneFacts], asked: Iterable[PhoneFacts]
) -> bool:
    """Whether any of the numbers asked for may be called now, or once time has passed."""
    facts = facts_of(conn, debtor_id, now, phones)
    decisions = decide_all([action_for(phone) for phone in asked], facts, active_packs(conn), now)
    return any(
        decision.verdict in {Verdict.ALLOW, Verdict.WARN} or decision.next_allowed_at for decision in decisions
    )


def queue_block(
    conn: Connection, debtor_id: str, now: datetime, phones: Sequence[PhoneFacts]
) -> tuple[datetime, Message] | None:
    """Until when the rules close all these numbers beyond today's hours, and why; None: not closed."""
    if not phones:
        return None
    facts = facts_of(conn, debtor_id, now, phones)
    decisions = decide_all([action_for(phone) for phone in phones], facts, active_packs(conn), now)
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


def reasons_to_plain(decision: Decision) -> list[dict[str, object]]:
    """The decision's reasons as history keeps them."""
    return [
        {
            "rule": reason.rule,
            "verdict": reason.verdict.value,
            "pack": reason.pack,
            "detail": message_to_plain(reason.detail),
            "until": reason.until.isoformat() if reason.until else None,
        }
        for reason in decision.reasons
    ]


def _history(
    conn: Connection, debtor_id: str, now: datetime, phones: tuple[PhoneFacts, ...], *, visited: bool
) -> list[PastEvent]:
    """This debtor's attempts, and other debtors' attempts on numbers they share."""
    since = now - LOOK_BACK
    rows = list(conn.execute(_OWN_EVENTS, {"debtor_id": debtor_id, "since": since}))
    if shared := [phone.number for phone in phones if phone.shared]:
        rows += conn.execute(_SHARED_EVENTS, {"debtor_id": debtor_id, "since": since, "numbers": shared})
    latest: dict[str, PastEvent] = {}
    heaviest: dict[str, Result] = {}  # a correction never counts for less than what it corrects
    for row in rows:
        result = Result(row.result) if row.result else None
        if result is not None:
            known = heaviest.get(row.id, result)
            if _weight(result) >= _weight(known):
                # whose number it is, is said by the number: here it counts that somebody picked up
                heaviest[row.id] = Result.CONNECTED if result is Result.WRONG_PERSON else result
            else:
                result = known
            if not row.holds and heaviest[row.id] is not Result.EFFECTIVE:
                result = None  # open again
        latest[row.id] = PastEvent(
            at=row.begun_at,
            channel=Channel(row.channel),
            direction=Direction(row.direction),
            # a talk with the debtor is one, on whomever's telephone (rules, edge case 23)
            to=Addressee.DEBTOR if result is Result.EFFECTIVE else Addressee(row.addressee),
            number_id=row.number,
            result=result,
            debtor_id=row.debtor_id,
            ended_at=row.ended_at,
        )
    return [*latest.values(), *(_visits(conn, debtor_id, since) if visited else ())]


_WEIGHTS = (Result.NO_ANSWER, Result.VOICEMAIL, Result.CONNECTED, Result.REFUSED, Result.EFFECTIVE)


def _weight(result: Result) -> int:
    """What counts for more caps, and closes more: from a dead number to a talk with the debtor."""
    counted = Result.CONNECTED if result is Result.WRONG_PERSON else result
    return _WEIGHTS.index(counted) + 1 if counted in _WEIGHTS else 0


def _visits(conn: Connection, debtor_id: str, since: datetime) -> list[PastEvent]:
    """When somebody stood at the debtor's door, and what it led to; still there: None."""
    arrived: dict[str, datetime] = {}
    led_to: dict[str, Result] = {}
    for row in conn.execute(_VISITED, {"debtor_id": debtor_id, "since": since}):
        if row.line_kind == VisitLine.TAP and row.content["kind"] == TapKind.ARRIVED:
            arrived[row.visit_id] = datetime.fromisoformat(row.content["at"])
        elif row.step in _LED_TO:
            led_to[row.visit_id] = _LED_TO[row.step]
    return [
        PastEvent(at, Channel.VISIT, Direction.OUT, Addressee.DEBTOR, None, led_to.get(visit_id))
        for visit_id, at in arrived.items()
    ]


def flags_of(conn: Connection, debtor_id: str) -> frozenset[Flag]:
    """The debtor's flags as the last event of each left them."""
    rows = conn.execute(_FLAGS, {"debtor_id": debtor_id})
    last: dict[str, bool] = {row.flag: row.on for row in rows}
    return frozenset(Flag(flag) for flag, on in last.items() if on)


def _debts(conn: Connection, debtor_id: str) -> list[Debt]:
    return [
        Debt(
            row.id, CaseState(row.state), row.balance_minor > 0, from_plain(PlacementTerms, row.terms).mandate_ends
        )
        for row in conn.execute(_DEBTS, {"debtor_id": debtor_id})
    ]


def _share(conn: Connection) -> Share | None:
    share = read(conn, Share)
    # nothing set is not a share of nothing: the gate then asks for the institution's total
    return None if share == Share() else share


def _consents(conn: Connection, debtor_id: str) -> list[Consent]:
    rows = conn.execute(_CONSENTS, {"debtor_id": debtor_id})
    return [
        Consent(
            scope=ConsentScope(row.scope),
            since=row.since,
            until=row.until,
            window=None if row.window_from is None else (row.window_from, row.window_to),
            words=row.words or "",
            proof=row.proof,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    ]


def _approvals(conn: Connection, debtor_id: str) -> list[Approval]:
    rows = conn.execute(_APPROVALS, {"debtor_id": debtor_id})
    return [
        Approval(
            ApprovalKind(row.approval_kind),
            row.approved_by,
            row.approved_at,
            row.until,
            Flag(row.flag) if row.flag else None,
        )
        for row in rows
    ]


def _overrides(conn: Connection, debtor_id: str) -> list[Override]:
    rows = conn.execute(_OVERRIDES, {"debtor_id": debtor_id})
    return [Override(row.rule, row.approved_by, row.reason or "", row.approved_at, row.until) for row in rows]
