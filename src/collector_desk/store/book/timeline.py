"""Everything that happened with a debtor, newest first: one line per act, read off the journal."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.book.debts import PLACED_AGAIN, NumberSource, TimelineEntry, message_from_plain
from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message, msg
from collector_desk.domain.money.payments import RowStanding
from collector_desk.domain.states import PaymentSource
from collector_desk.domain.visits.steps import VisitStep
from collector_desk.domain.vocabulary import (
    BankWord,
    CaseState,
    Flag,
    NumberStanding,
    Outcome,
    PayChannel,
    SentMark,
    Speaker,
)
from collector_desk.store import tables as t
from collector_desk.store.ids import packed
from collector_desk.store.metadata import from_micros, metadata
from collector_desk.store.numbers import shown
from collector_desk.store.projections.figures import OF
from collector_desk.store.tables.history import journal

_HIDDEN = {
    *("attempt", "gate_decision", "taken_back", "task", "consent_withdrawn", "evidence"),
    *("phone_added", "phone_owner", "address_added", "promise_followed"),
}
"""Told by another line (an attempt by its end), or of no use to who reads the case."""
_NUMBERED = {
    t.visit.name: shown(t.visit),
    t.case_event.name: (
        select(shown(t.account_case)).where(t.account_case.c.id == t.case_event.c.case_id).scalar_subquery()
    ).label("number"),
    t.bank_word.name: (
        select(shown(t.account_case)).where(t.account_case.c.id == t.bank_word.c.case_id).scalar_subquery()
    ).label("number"),
    t.bank_list_row.name: (
        select(shown(t.bank_list)).where(t.bank_list.c.id == t.bank_list_row.c.list_id).scalar_subquery()
    ).label("number"),
    t.contact_sent.name: (
        select(shown(t.contacts_export))
        .where(t.contacts_export.c.id == t.contact_sent.c.export_id)
        .scalar_subquery()
        .label("number")
    ),
}
"""Of these rows the number is told, which the store puts together."""
_WORDS = ("note", "reason", "document", "reference")
"""Where rows have the words of a person."""
_SAYS_WHO = frozenset({Outcome.THIRD_PARTY, Outcome.NOT_VERIFIED})
"""Outcomes that say who was on the line."""
_NOBODY = frozenset({Outcome.NO_ANSWER, Outcome.BUSY, Outcome.OFF, Outcome.VOICEMAIL})
_SHOWN_BY = {NumberStanding.DEAD: Outcome.OFF, NumberStanding.WRONG: Outcome.WRONG_NUMBER}


def of_debtor(
    conn: Connection, debtor_id: str, taken: Collection[str], *, limit: int = 200, again: bool = False
) -> tuple[TimelineEntry, ...]:
    """The debtor's history, newest first, and what their banks say was paid, at the moment they said so.

    ``taken``: the ends of attempts that no longer hold; ``again``: whether an account of theirs was placed again.
    """
    lines = conn.execute(
        select(journal.c.at, journal.c.table_name, journal.c.row_id, journal.c.actor_id, t.person.c.name)
        .select_from(journal.outerjoin(t.person, t.person.c.id == journal.c.actor_id))
        .where(journal.c.debtor_id == debtor_id, journal.c.table_name.not_in(_HIDDEN))
        .order_by(journal.c.seq.desc())
        .limit(limit)
    ).all()
    rows = _rows(conn, lines)
    outcomes = {row.attempt_id: row.outcome for row in rows.values() if hasattr(row, "outcome")}
    found = []
    for line in lines:
        row = rows.get(line.row_id)
        if line.table_name == "phone_event" and _said_already(row, outcomes):
            continue
        tell = _TELLERS.get(line.table_name)
        detail = tell(row) if row is not None and tell else ()
        if not detail:
            continue
        found.append(
            TimelineEntry(
                at=line.at,
                kind=line.table_name,
                actor=line.name or "",
                detail=detail,
                text=next(filter(None, (getattr(row, name, None) for name in _WORDS)), ""),
                taken_back=line.row_id in taken or getattr(row, "attempt_end_id", None) in taken,
            )
        )
    found += _told(conn, debtor_id, limit)
    if again:
        found += _placed_again(conn, debtor_id)
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:limit])


_PAID = (
    "SELECT n.minor, n.currency, n.posted_on, b.imported_at, 0 FROM payment_now n "
    "JOIN bank_row r ON r.id = n.row_id JOIN bank_piece p ON p.id = r.piece_id JOIN batch b ON b.id = p.batch_id "
    "WHERE n.debtor_id = ? AND n.standing IN (?, ?)"
)
_NEWER = (
    "SELECT f.value ->> 'figure_minor', f.value ->> 'currency', f.value ->> 'balance_as_of', b.imported_at, 1 "  # noqa: S608
    "FROM placed p, json_each(p.skeleton) f JOIN placed_piece k ON k.id = p.piece_id "
    "JOIN batch b ON b.id = k.batch_id AND b.state = 'visible' "
    f"WHERE p.debtor_id = ? AND f.value ->> '{OF}' IS NOT NULL"
)
_TOLD = f"SELECT * FROM ({_PAID} UNION ALL {_NEWER}) ORDER BY 3 DESC LIMIT ?"  # noqa: S608


def _told(conn: Connection, debtor_id: str, limit: int) -> list[TimelineEntry]:
    """What a bank's files say was paid or taken back, and is owed by now: proved by the pieces of the files, so no
    line of the journal's."""
    found = []
    who = packed(debtor_id)
    asked = (who, RowStanding.TAKEN, RowStanding.TO_SETTLE, who, limit)
    for minor, currency, said_on, told_at, figure in conn.exec_driver_sql(_TOLD, asked):
        code = "book.timeline.payment_bank" if minor > 0 else "book.timeline.payment_back"
        if figure:
            code = "book.timeline.figure"
        detail = msg(code, amount=Money(abs(minor), currency), day=date.fromisoformat(said_on))
        kind = "figure" if figure else "payment"
        found.append(TimelineEntry(at=from_micros(told_at), kind=kind, actor="", detail=(detail,)))
    return found


_AGAIN = (
    "SELECT b.imported_at, p.number, "
    "(SELECT r.prefix FROM origin r WHERE r.store_id = o.issuer) || '-' || o.serial, "
    "coalesce(e.written_on, date(j.at / 1000000, 'unixepoch')) AS ended FROM account_case c "
    "JOIN batch b ON b.id = c.batch_id JOIN placement p ON p.id = c.placement_id "
    "JOIN account_case o ON o.debtor_id = c.debtor_id AND o.account_number = c.account_number "
    "AND o.currency = c.currency AND o.id < c.id AND o.state <> ? "
    "JOIN case_event e ON e.id = (SELECT max(x.id) FROM case_event x WHERE x.case_id = o.id) "
    "JOIN journal j ON j.row_id = e.id AND j.table_name = 'case_event' AND j.kind <> 'erase' "
    "WHERE c.debtor_id = ? ORDER BY ended"
)


def _placed_again(conn: Connection, debtor_id: str) -> list[TimelineEntry]:
    """A line between what happened under an earlier placement of an account and what happened since."""
    found = {}
    for told_at, placement, number, ended in conn.exec_driver_sql(_AGAIN, (CaseState.OPEN, packed(debtor_id))):
        day = date.fromisoformat(ended)
        detail = msg("book.timeline.placed_again", placement=placement, number=number, day=day, on=ended)
        found[told_at] = TimelineEntry(at=from_micros(told_at), kind=PLACED_AGAIN, actor="", detail=(detail,))
    return list(found.values())


def _rows(conn: Connection, lines: Any) -> dict[str, Any]:
    """The history rows behind the journal lines, one query a table."""
    wanted: dict[str, list[str]] = {}
    for line in lines:
        wanted.setdefault(line.table_name, []).append(line.row_id)
    found = {}
    for name, ids in wanted.items():
        table = metadata.tables[name]
        numbered = _NUMBERED.get(name)
        columns = (table,) if numbered is None else (table, numbered)
        for row in conn.execute(select(*columns).where(table.c.id.in_(ids))):
            found[row.id] = row
    return found


def _said_already(row: Any, outcomes: dict[str, str]) -> bool:
    """Whether what a call showed of its number is what the line of the call says: off, wrong, or spoken to."""
    if row is None or row.source != NumberSource.CALL or row.attempt_id not in outcomes:
        return False
    told = _SHOWN_BY.get(NumberStanding(row.standing))
    return row.standing == NumberStanding.LIVE or (told is not None and outcomes[row.attempt_id] == told)


def _call(row: Any) -> tuple[Message, ...]:
    if Outcome(row.outcome) in _NOBODY:  # whose identity was not checked needs no telling
        return (msg("book.timeline.unreached", outcome=Outcome(row.outcome)),)
    outcome = Outcome(row.outcome)
    said = msg("book.timeline.call", outcome=outcome, speaker=Speaker(row.speaker))
    if outcome in _SAYS_WHO:
        said = msg("book.timeline.unreached", outcome=outcome, speaker=Speaker(row.speaker))
    return (
        said,
        *((msg("book.timeline.talk", seconds=row.talk_seconds),) if row.talk_seconds else ()),
    )


def _promise(row: Any) -> tuple[Message, ...]:
    amount = Money(row.amount_minor, row.currency)
    return (msg("book.timeline.promise", amount=amount, due=row.due_at, channel=PayChannel(row.channel)),)


def _payment(row: Any) -> tuple[Message, ...]:
    code = "book.timeline.payment_bank" if row.source == PaymentSource.BANK else "book.timeline.payment_shown"
    return (msg(code, amount=Money(row.amount_minor, row.currency), day=row.paid_on),)


def _case_event(row: Any) -> tuple[Message, ...]:
    if row.event == Ending.REOPENED:
        return (msg("book.timeline.case_reopened", number=row.number),)
    amount = Money(row.balance_minor, row.currency)
    return (msg(f"book.timeline.case_{row.event}", number=row.number, amount=amount, day=row.written_on),)


def _bank_word(row: Any) -> tuple[Message, ...]:
    if row.word == BankWord.RECALL:  # told by the end of the case itself
        return ()
    return (msg(f"book.timeline.word_{row.word}", number=row.number, day=row.mandate_ends),)


def _sent(row: Any) -> tuple[Message, ...]:
    if row.number is None:  # its export never ended: nothing went out
        return ()
    return (msg("book.timeline.sent", number=row.number, line=row.line, mark=SentMark(row.mark)),)


def _flag(row: Any) -> tuple[Message, ...]:
    return (msg("book.timeline.flag_on" if row.on else "book.timeline.flag_off", flag=Flag(row.flag)),)


def _visit_line(row: Any) -> tuple[Message, ...]:
    """Steps only; plan, taps and signatures are told by the step they belong to."""
    return (msg("book.timeline.visit_step", step=VisitStep(row.step)),) if row.step else ()


_TELLERS: dict[str, Callable[[Any], tuple[Message, ...]]] = {
    "attempt_end": _call,
    "promise": _promise,
    "promise_event": lambda row: (msg(f"book.timeline.promise_{row.state}"),),
    "payment": _payment,
    "case_event": _case_event,
    "bank_word": _bank_word,
    "bank_list_row": lambda row: (msg("book.timeline.listed", number=row.number, line=row.line),),
    "phone_event": lambda row: (msg("book.timeline.number", standing=NumberStanding(row.standing)),),
    "flag_event": _flag,
    "task_done": lambda row: (msg(f"book.timeline.task_{row.decision}"),),
    "lead_asked": lambda _: (msg("book.timeline.lead_asked"),),
    "visit": lambda row: (msg("book.timeline.visit_asked", number=row.number),),
    "visit_line": _visit_line,
    "access": lambda row: (msg(f"book.timeline.access_{row.what}"),),
    "consent": lambda _: (msg("book.timeline.consent"),),
    "approval": lambda _: (msg("book.timeline.approval"),),
    "gate_override": lambda _: (msg("book.timeline.override"),),
    "scheduled": lambda row: (msg("book.timeline.scheduled", at=row.due_at, why=message_from_plain(row.why)),),
    "contact_sent": _sent,
    "guarantee": lambda row: (msg("book.timeline.guarantee" if row.proven else "book.timeline.guarantee_ended"),),
}
