"""Reads the history of debtors, of one or of many: each part of it by one statement, by the same functions.

What a transaction has read of a debtor it keeps (``store.kept``), part by part: the gate, the queue and the screen
ask for the whole and it is read once, and what an act wrote in between is read anew, and no more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import (
    BinaryExpression,
    BindParameter,
    Connection,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.operators import in_op
from sqlalchemy.sql.visitors import iterate, replacement_traverse

from collector_desk.domain.book.contact_summary import calls_from_plain
from collector_desk.domain.book.debts import CaseFacts, Debtor, NumberSource, PhoneFacts, PromiseFacts
from collector_desk.domain.book.derived import DERIVED
from collector_desk.domain.book.history import FIGURES_LAST, LOOK_BACK, History
from collector_desk.domain.money.payments import RowStanding
from collector_desk.domain.office.tasks import WaitingTask
from collector_desk.domain.states import BatchState, VisitLine
from collector_desk.domain.vocabulary import ClaimState, NumberKind, NumberStanding, Result
from collector_desk.store import tables as t
from collector_desk.store.agreed import agreed
from collector_desk.store.book import rows
from collector_desk.store.calls import COUNTS, HOLDS
from collector_desk.store.kept import kept, read_from
from collector_desk.store.numbers import shown
from collector_desk.store.sqlite.bulk import json_text
from collector_desk.store.tables.history import journal

AT_ONCE = 200
"""So many debtors one statement reads."""

_ASKED: BindParameter[str] = bindparam("ids", type_=String())
_IDS = select(func.unhex(func.json_each(_ASKED).table_valued("value").c.value))
"""The ids asked for, out of one text: written into the statement one by one they cost as much as reading them."""
_ID: BindParameter[str] = bindparam("id", type_=t.debtor.c.id.type)
_SINCE = bindparam("since", type_=t.attempt.c.begun_at.type)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A part of the history: the statement that reads it for many, that for one, and what a debtor's rows come to.

    The statement names the debtor in its first column, ``of``.
    """

    name: str
    statement: Select[Any]
    one: Select[Any]
    value: Callable[[Sequence[Any]], Any]
    tables: frozenset[Table]


def _part(name: str, statement: Select[Any], value: Callable[[Sequence[Any]], Any]) -> _Part:
    return _Part(name, statement, _for_one(statement), value, read_from(statement))


def _for_one(statement: Select[Any]) -> Select[Any]:
    """The statement with "is" in place of "is one of"."""

    def is_the_one(element: Any, **_: Any) -> Any:
        listed = isinstance(element, BinaryExpression) and element.operator is in_op
        asked = listed and any(getattr(part, "key", None) == _ASKED.key for part in iterate(element.right))
        return element.left == _ID if asked else None

    return cast("Select[Any]", replacement_traverse(statement, {}, is_the_one))


# --- the statements: built once, building one costs five times what running it does ---------------------------

_UNANSWERED = (ClaimState.WAITING, ClaimState.REFUTED)
_RARE: dict[str, Any] = {
    "counts": exists().where(t.external_count.c.debtor_id == t.debtor.c.id),
    "consents": exists().where(t.consent.c.debtor_id == t.debtor.c.id),
    "approvals": exists().where(t.approval.c.debtor_id == t.debtor.c.id),
    "overrides": exists().where(t.gate_override.c.debtor_id == t.debtor.c.id),
    "visits": exists().where(t.visit_state.c.debtor_id == t.debtor.c.id),
    "flags": exists().where(t.flag_event.c.debtor_id == t.debtor.c.id),
    "tasks": exists().where(t.task_state.c.debtor_id == t.debtor.c.id, t.task_state.c.open.is_(True)),
    "set_for": exists().where(t.scheduled.c.debtor_id == t.debtor.c.id),
    "claims": exists().where(t.claim_now.c.debtor_id == t.debtor.c.id, t.claim_now.c.state.in_(_UNANSWERED)),
    "money_back_at": exists().where(t.payment_now.c.debtor_id == t.debtor.c.id, t.payment_now.c.minor < 0),
}
"""What most debtors have none of: the look at their row says which of these there is anything to read in."""

_NOT_WORKED = (
    exists()
    .where(
        t.payment_match.c.debtor_id == t.debtor.c.id,
        t.bank_row.c.id == t.payment_match.c.row_id,
        t.bank_piece.c.id == t.bank_row.c.piece_id,
        t.batch.c.id == t.bank_piece.c.batch_id,
        t.batch.c.state == BatchState.VISIBLE,  # of a file that counts
    )
    .where(~exists().where(t.payment_now.c.row_id == t.payment_match.c.row_id).correlate(t.payment_match))
)
_STALE = or_(_NOT_WORKED, exists().where(t.money_stale.c.debtor_id == t.debtor.c.id))

_DEBTOR = _part(
    "debtor",
    select(
        t.debtor.c.id.label("of"),
        *(t.debtor.c[name] for name in DERIVED),
        *(there.label(f"has_{name}") for name, there in _RARE.items()),
        exists().where(t.open_attempt.c.debtor_id == t.debtor.c.id).label("is_called"),
        _STALE.label("money_stale"),
        t.debtor.c.id,
        t.debtor.c.bank_name,
        t.debtor.c.customer_no,
        t.debtor.c.name,
        t.debtor.c.id_type,
        t.debtor.c.id_number,
        t.debtor.c.employer,
        t.debtor.c.zone,
        t.debtor.c.holder_id,
    ).where(t.debtor.c.id.in_(_IDS)),
    lambda found: found[0],
)
ACCOUNT_COLUMNS = (
    t.account_case,
    shown(t.account_case),
    t.placement.c.number.label("placement_number"),
    type_coerce(t.placement.c.terms, Text).label("terms"),  # read once of all who were placed on the same
)
"""What ``rows.accounts`` takes, of an account joined to its placement."""
_ACCOUNTS = _part(
    "accounts",
    select(
        t.account_case.c.debtor_id.label("of"),
        *ACCOUNT_COLUMNS,
    )
    .join(t.placement, t.placement.c.id == t.account_case.c.placement_id)
    .where(t.account_case.c.debtor_id.in_(_IDS))
    .order_by(t.account_case.c.issuer, t.account_case.c.serial),
    tuple,
)
_OTHER = t.phone.alias("other")
_PHONES = _part(
    "phones",
    select(
        t.phone.c.debtor_id.label("of"),
        t.phone,
        exists()
        .where(_OTHER.c.number == t.phone.c.number, _OTHER.c.debtor_id != t.phone.c.debtor_id)
        .label("shared"),
    )
    .where(t.phone.c.debtor_id.in_(_IDS))
    .order_by(t.phone.c.position),
    rows.phones,
)
_END = t.attempt_end.c
_TRIED = (
    t.attempt.c.id,
    t.attempt.c.begun_at,
    t.attempt.c.channel,
    t.attempt.c.direction,
    t.attempt.c.addressee,
    t.attempt.c.debtor_id,
    t.attempt.c.phone_id,
    _END.id.label("end_id"),
    _END.outcome,
    _END.result,
    _END.speaker,
    _END.next_step,
    _END.next_at,
    _END.ended_at,
    _END.note,
    HOLDS.label("holds"),
)
# with every end an attempt ever had: a talk stays one
_ATTEMPTS = _part(
    "attempts",
    select(t.attempt.c.debtor_id.label("of"), *_TRIED)
    .select_from(t.attempt.outerjoin(t.attempt_end, _END.attempt_id == t.attempt.c.id))
    .where(t.attempt.c.debtor_id.in_(_IDS), COUNTS)
    .order_by(t.attempt.c.begun_at, t.attempt.c.id, _END.id),
    rows.attempts,
)
_MINE = t.phone.alias("mine")
_OTHERS = _part(
    "others",
    select(_MINE.c.debtor_id.label("of"), *_TRIED, t.phone.c.number)
    .select_from(
        _MINE.join(t.phone, and_(t.phone.c.number == _MINE.c.number, t.phone.c.debtor_id != _MINE.c.debtor_id))
        .join(t.attempt, and_(t.attempt.c.debtor_id == t.phone.c.debtor_id, t.attempt.c.phone_id == t.phone.c.id))
        .outerjoin(t.attempt_end, _END.attempt_id == t.attempt.c.id)
    )
    .where(_MINE.c.debtor_id.in_(_IDS), t.attempt.c.begun_at >= _SINCE, COUNTS)
    .order_by(t.attempt.c.begun_at, t.attempt.c.id, _END.id),
    rows.others,
)
_STOPPED_ELSEWHERE = _part(
    "stopped_elsewhere",
    select(_MINE.c.debtor_id.label("of"), _MINE.c.number)
    .select_from(
        _MINE.join(_OTHER, and_(_OTHER.c.number == _MINE.c.number, _OTHER.c.debtor_id != _MINE.c.debtor_id))
    )
    .where(
        _MINE.c.debtor_id.in_(_IDS),
        _MINE.c.kind == NumberKind.CONTACT,
        _OTHER.c.kind == NumberKind.CONTACT,
        _OTHER.c.standing == NumberStanding.STOPPED,
    ),
    rows.numbers,
)
_ACCEPTED = _part(
    "accepted",
    select(t.phone.c.debtor_id.label("of"), t.phone.c.number)
    .join(t.phone_event, t.phone_event.c.phone_id == t.phone.c.id)
    .where(
        t.phone.c.debtor_id.in_(_IDS),
        t.phone_event.c.source == NumberSource.LEAD,
        t.phone_event.c.standing == NumberStanding.UNKNOWN,
    ),
    rows.numbers,
)
_VISITS = _part(
    "visits",
    select(
        t.visit_state.c.debtor_id.label("of"),
        t.visit_state.c.visit_id,
        t.visit_state.c.state,
        t.visit_state.c.changed_at,
        t.visit_state.c.next_step,
        t.visit_state.c.next_at,
        t.visit_line.c.line_kind,
        t.visit_line.c.step,
        t.visit_line.c.content,
    )
    .select_from(
        t.visit_state.outerjoin(
            t.visit_line,
            and_(
                t.visit_line.c.visit_id == t.visit_state.c.visit_id,
                t.visit_state.c.changed_at >= _SINCE,
                t.visit_line.c.line_kind.in_([VisitLine.TAP, VisitLine.STEP]),
                t.visit_line.c.salt.is_not(None),
            ),
        )
    )
    .where(t.visit_state.c.debtor_id.in_(_IDS))
    .order_by(t.visit_line.c.id),
    rows.visits,
)
_COUNTS = _part(
    "counts",
    select(
        t.external_count.c.debtor_id.label("of"),
        t.external_count.c.as_of,
        t.external_count.c.effective_today,
        t.external_count.c.connected_today,
        t.external_count.c.ours_included,
    )
    .join(t.counts_taken, t.counts_taken.c.id == t.external_count.c.counts_id)  # else its import never ended
    .where(
        t.external_count.c.debtor_id.in_(_IDS),
        t.external_count.c.as_of >= _SINCE,
        agreed(t.external_count.c.task_id),
    )
    .order_by(t.external_count.c.as_of.desc(), t.external_count.c.id.desc()),
    rows.counts,
)
_FLAGS = _part(
    "flags",
    select(t.flag_event.c.debtor_id.label("of"), t.flag_event.c.flag, t.flag_event.c.on)
    .where(t.flag_event.c.debtor_id.in_(_IDS))
    .order_by(t.flag_event.c.id),
    rows.flags,
)
_PROMISES = _part(
    "promises",
    select(
        t.promise_state.c.debtor_id.label("of"), t.promise, t.promise_state.c.state, t.promise_state.c.followed_up
    )
    .select_from(t.promise_state.join(t.promise, t.promise.c.id == t.promise_state.c.promise_id))
    .where(t.promise_state.c.debtor_id.in_(_IDS))
    .order_by(t.promise.c.due_at, t.promise.c.id),
    rows.promises,
)
_CLAIMS = _part(
    "claims",
    select(t.claim_now.c.debtor_id.label("of"), t.claim_now)
    .where(t.claim_now.c.debtor_id.in_(_IDS), t.claim_now.c.state.in_(_UNANSWERED))
    .order_by(t.claim_now.c.told_at, t.claim_now.c.id),
    rows.claims,
)
_NOTED, _WITHDRAWN = journal.alias("noted"), journal.alias("withdrawn")
_CONSENTS = _part(
    "consents",
    select(
        t.consent.c.debtor_id.label("of"),
        t.consent,
        _NOTED.c.at.label("noted_at"),
        _NOTED.c.kind,
        _WITHDRAWN.c.at.label("withdrawn_at"),
        agreed(t.consent.c.task_id).label("agreed"),
    )
    .select_from(
        t.consent.outerjoin(_NOTED, _NOTED.c.row_id == t.consent.c.id)
        .outerjoin(t.consent_withdrawn, t.consent_withdrawn.c.consent_id == t.consent.c.id)
        .outerjoin(_WITHDRAWN, _WITHDRAWN.c.row_id == t.consent_withdrawn.c.id)
    )
    .where(t.consent.c.debtor_id.in_(_IDS))
    .order_by(t.consent.c.id),
    rows.consents,
)
_APPROVALS = _part(
    "approvals",
    select(t.approval.c.debtor_id.label("of"), t.approval)
    .where(t.approval.c.debtor_id.in_(_IDS))
    .order_by(t.approval.c.id),
    rows.approvals,
)
_OVERRIDES = _part(
    "overrides",
    select(t.gate_override.c.debtor_id.label("of"), t.gate_override)
    .where(t.gate_override.c.debtor_id.in_(_IDS))
    .order_by(t.gate_override.c.id),
    rows.overrides,
)
_TASKS = _part(
    "tasks",
    select(t.task_state.c.debtor_id.label("of"), t.task.c.id, t.task.c.kind, t.task.c.attempt_id)
    .select_from(t.task_state.join(t.task, t.task.c.id == t.task_state.c.task_id))
    .where(t.task_state.c.debtor_id.in_(_IDS), t.task_state.c.open.is_(True))
    .order_by(t.task.c.id),
    rows.tasks,
)
_SET_FOR = _part(
    "set_for",
    select(t.scheduled.c.debtor_id.label("of"), t.scheduled.c.due_at, t.scheduled.c.why, t.scheduled.c.attempts)
    .where(t.scheduled.c.debtor_id.in_(_IDS))
    .order_by(t.scheduled.c.id),
    rows.set_for,
)
_BACK, _PAID = t.payment_now.alias("back"), t.payment_now.alias("paid")
_BACK_ROW, _PAID_ROW = t.bank_row.alias("back_row"), t.bank_row.alias("paid_row")
_BACK_PIECE, _PAID_PIECE = t.bank_piece.alias("back_piece"), t.bank_piece.alias("paid_piece")


def _reference(row: Any) -> Any:
    return func.json_extract(row.c.skeleton, "$.reference")


# of a payment that came with its reversal in one file nobody ever thought that it was paid
_MONEY_BACK = _part(
    "money_back_at",
    select(_BACK.c.debtor_id.label("of"), func.max(t.batch.c.imported_at).label("at"))
    .select_from(
        _BACK.join(_BACK_ROW, _BACK_ROW.c.id == _BACK.c.row_id)
        .join(_BACK_PIECE, _BACK_PIECE.c.id == _BACK_ROW.c.piece_id)
        .join(t.batch, t.batch.c.id == _BACK_PIECE.c.batch_id)
        .join(_PAID, and_(_PAID.c.case_id == _BACK.c.case_id, _PAID.c.minor > 0))
        .join(_PAID_ROW, _PAID_ROW.c.id == _PAID.c.row_id)
        .join(_PAID_PIECE, _PAID_PIECE.c.id == _PAID_ROW.c.piece_id)
    )
    .where(
        _BACK.c.debtor_id.in_(_IDS),
        _BACK.c.minor < 0,
        _BACK.c.standing == RowStanding.TAKEN,
        _PAID.c.standing == RowStanding.TAKEN,
        _PAID_PIECE.c.batch_id != _BACK_PIECE.c.batch_id,
        or_(
            and_(_reference(_BACK_ROW) != "", _reference(_BACK_ROW) == _reference(_PAID_ROW)),
            _PAID.c.minor == -_BACK.c.minor,
        ),
    )
    .group_by(_BACK.c.debtor_id),
    lambda found: found[0].at,
)
_GUARANTEES = _part(
    "guarantees",
    select(t.phone.c.debtor_id.label("of"), t.guarantee)
    .select_from(t.phone.join(t.guarantee, t.guarantee.c.phone_id == t.phone.c.id))
    .where(t.phone.c.debtor_id.in_(_IDS), agreed(t.guarantee.c.task_id))
    .order_by(t.guarantee.c.id),
    rows.guarantees,
)
_BY_RARE = {
    part.name: part
    for part in (
        *(_COUNTS, _CONSENTS, _APPROVALS, _OVERRIDES, _VISITS, _FLAGS, _TASKS, _SET_FOR),
        *(_CLAIMS, _MONEY_BACK),
    )
}


# --- reading -------------------------------------------------------------------------------------------------


def of(conn: Connection, debtor_id: str, today: date, law_day: date | None = None) -> History | None:
    """The history of one debtor, or None where there is no such debtor. ``today`` is the desk's local day,
    ``law_day`` that by which mandates hold (else the same)."""
    return of_many(conn, [debtor_id], today, law_day).get(debtor_id)


def of_many(
    conn: Connection, debtor_ids: Iterable[str], today: date, law_day: date | None = None
) -> dict[str, History]:
    """The histories of those of these debtors that there are."""
    return _of_many(conn, debtor_ids, today, law_day or today, by_sum=False)


def of_uncalled(
    conn: Connection, debtor_ids: Iterable[str], today: date, law_day: date | None = None
) -> dict[str, History]:
    """The same without the calls themselves where what they come to stands in the debtor's row (``calls``).

    For those nobody called since they were worked out; whose call is under way, theirs are read all the same.
    """
    return _of_many(conn, debtor_ids, today, law_day or today, by_sum=True)


def _of_many(
    conn: Connection, debtor_ids: Iterable[str], today: date, law_day: date, *, by_sum: bool
) -> dict[str, History]:
    wanted = list(dict.fromkeys(debtor_ids))
    found: dict[str, History] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found |= _Reading(conn, wanted[start : start + AT_ONCE], today, law_day).histories(by_sum=by_sum)
    return found


def promises_of(conn: Connection, debtor_id: str) -> tuple[PromiseFacts, ...]:
    """The debtor's promises alone."""
    found: tuple[PromiseFacts, ...] = _read(conn, _PROMISES, [debtor_id]).get(debtor_id, ())
    return found


def promises_of_many(conn: Connection, debtor_ids: Iterable[str]) -> dict[str, tuple[PromiseFacts, ...]]:
    """The promises of those of these debtors who gave any."""
    return _read(conn, _PROMISES, list(debtor_ids))


def phones_of(conn: Connection, debtor_id: str) -> tuple[PhoneFacts, ...]:
    """The debtor's numbers, their own first (rules: a contact only when the gate opens)."""
    found: tuple[PhoneFacts, ...] = _read(conn, _PHONES, [debtor_id]).get(debtor_id, ())
    return found


def tasks_of(conn: Connection, debtor_id: str) -> tuple[WaitingTask, ...]:
    """What waits for a lead about the debtor, the first asked first."""
    found: tuple[WaitingTask, ...] = _read(conn, _TASKS, [debtor_id]).get(debtor_id, ())
    return found


class _Reading:
    """One round over some debtors: what is kept is taken from there, what is not is read."""

    def __init__(self, conn: Connection, ids: Sequence[str], today: date, law_day: date) -> None:
        self._conn, self._ids, self._today, self._law_day = conn, ids, today, law_day
        # By whole days and one more, whatever the hour and the zone: who counts by the hour looks at the rows.
        begin = datetime.combine(today - timedelta(days=1), time(), UTC)
        self._weeks, self._days = begin - LOOK_BACK, begin - FIGURES_LAST

    def histories(self, *, by_sum: bool) -> dict[str, History]:
        debtors = _read(self._conn, _DEBTOR, self._ids)
        ids = list(debtors)
        parts: dict[str, dict[str, Any]] = {}
        summed = {
            who: row for who, row in debtors.items() if by_sum and not row.is_called and row.calls_sum is not None
        }
        parts["calls"] = {who: calls_from_plain(row.calls_sum) for who, row in summed.items()}
        parts["attempts"] = _read(self._conn, _ATTEMPTS, [who for who in ids if who not in summed])
        for part in (_PHONES, _PROMISES):
            parts[part.name] = _read(self._conn, part, ids)
        for name, part in _BY_RARE.items():
            some = [who for who, row in debtors.items() if getattr(row, f"has_{name}")]
            since = {_VISITS: self._weeks, _COUNTS: self._days}.get(part)
            parts[name] = _read(self._conn, part, some, since)
        self._conditional(ids, parts)
        accounts = self._accounts(ids)
        return {who: _history(who, debtors[who], accounts.get(who, ()), parts) for who in ids}

    def _conditional(self, ids: Sequence[str], parts: dict[str, dict[str, Any]]) -> None:
        """What only their numbers, or what somebody said on one, give a reason to read."""
        phones = parts["phones"]
        shared = [who for who in ids if any(phone.shared for phone in phones.get(who, ()))]
        parts["others"] = _read(self._conn, _OTHERS, shared, self._weeks)
        contacts = [who for who in shared if any(_is_contact(phone) and phone.shared for phone in phones[who])]
        parts["stopped_elsewhere"] = _read(self._conn, _STOPPED_ELSEWHERE, contacts)
        sureties = [who for who in ids if any(phone.kind is NumberKind.GUARANTOR for phone in phones.get(who, ()))]
        parts["guarantees"] = _read(self._conn, _GUARANTEES, sureties)
        strangers = [who for who in ids if _met_a_stranger(who, parts["attempts"], parts["others"])]
        parts["accepted"] = _read(self._conn, _ACCEPTED, strangers)

    def _accounts(self, ids: Sequence[str]) -> dict[str, tuple[CaseFacts, ...]]:
        found = _read(self._conn, _ACCOUNTS, ids)
        return {who: rows.accounts(some, self._today, self._law_day) for who, some in found.items()}


def _is_contact(phone: PhoneFacts) -> bool:
    return phone.kind is NumberKind.CONTACT


def _met_a_stranger(who: str, *parts: dict[str, Any]) -> bool:
    """Whether somebody on one of the numbers turned out to be another."""
    return any(end.result is Result.WRONG_PERSON for part in parts for one in part.get(who, ()) for end in one.ends)


def _read(conn: Connection, part: _Part, ids: Sequence[str], since: datetime | None = None) -> dict[str, Any]:
    """A part of the history of these debtors, by debtor; those who have nothing of it are left out."""
    known = kept(conn, part.name if since is None else f"{part.name} since {since:%F}", part.tables)
    if missing := [who for who in ids if who not in known]:
        alone = len(missing) == 1
        asked: dict[str, Any] = {"id": missing[0]} if alone else {"ids": json_text(missing)}
        if since is not None:
            asked["since"] = since
        known.update(dict.fromkeys(missing))
        found = conn.execute(part.one if alone else part.statement, asked).all()
        known.update((who, part.value(some)) for who, some in _by_debtor(found))
    return {who: known[who] for who in ids if known[who] is not None}


def _by_debtor(found: Iterable[Any]) -> Iterable[tuple[str, list[Any]]]:
    grouped: defaultdict[str, list[Any]] = defaultdict(list)
    for row in found:
        grouped[row[0]].append(row)
    return grouped.items()


def _history(who: str, row: Any, accounts: tuple[CaseFacts, ...], parts: dict[str, dict[str, Any]]) -> History:
    debtor = Debtor(
        id=row.id,
        bank_name=row.bank_name,
        customer_no=row.customer_no,
        name=row.name,
        id_type=row.id_type,
        id_number=row.id_number,
        employer=row.employer,
        zone=row.zone,
        holder_id=row.holder_id,
        figures=dict(zip(DERIVED, row[1:], strict=False)),
        money_stale=bool(row.money_stale),
    )
    said = {name: part[who] for name, part in parts.items() if who in part}
    return History(debtor=debtor, accounts=accounts, **{"phones": (), **said})
