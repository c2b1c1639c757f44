"""Rows of a bank that wait for a person: which they are, and what the person says of them, one or many at once."""

import re
from collections.abc import Mapping, Sequence

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.money.payments import Settling
from collector_desk.domain.money.to_settle import ToSettle
from collector_desk.domain.people import Act, require
from collector_desk.domain.text.amounts import NotAnAmountError, parse_money
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import QuestionKind
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.money.derive import derive
from collector_desk.services.record import questions, row_decisions
from collector_desk.store.money import questions as asked
from collector_desk.store.money import to_settle

AT_ONCE = 200
"""So many rows are settled in one transaction: more would hold up every other seat."""


def waiting(seat: Seat) -> tuple[ToSettle, ...]:
    """The rows that wait, by how sure one may be of them. Raises Refused for who may not settle them."""
    require(seat.person, Act.SETTLE_PAYMENT)
    with seat.store.read() as conn:
        return tuple(to_settle.waiting(conn))


def settle(seat: Seat, rows: Sequence[ToSettle], settling: Settling, *, reason: str = "") -> Changes:
    """Say the same of these rows: their accounts are worked anew with it, and the queue follows.

    Raises Refused for who may not; ``money.settling.too_many``; ``money.settling.nobodys`` where a row that no
    account here bears is to be accepted: it can only be not ours, or be left until its placement comes.
    """
    require(seat.person, Act.SETTLE_PAYMENT)
    if len(rows) > AT_ONCE:
        raise Refused("money.settling.too_many", "rows", most=AT_ONCE)
    if settling is Settling.ACCEPT and any(not row.debtor_id for row in rows):
        raise Refused("money.settling.nobodys", "rows")
    debtors = sorted({row.debtor_id for row in rows if row.debtor_id})
    with acting(seat, "payment.settle") as act:
        still = {row.row_id for row in to_settle.waiting(act.conn)}
        for row in rows:
            if row.row_id in still:  # another seat may have been quicker
                row_decisions.write(act, row.row_id, row.debtor_id, settling, cleaned(reason, 300))
                if settling is Settling.NOT_OURS:
                    _ask(act, row)
        if settling is not Settling.LATER:
            derive(act, debtors)
    return Changes(debtors=frozenset(debtors), everything=not debtors)


def _ask(act: Writing, row: ToSettle) -> None:
    """What a row that isn't ours is about is for the bank to say; a row of nobody's was asked about as it came."""
    kind = QuestionKind.NOT_OURS if row.debtor_id else QuestionKind.UNMATCHED
    figures = {"amount": row.amount, "day": row.posted_on}
    questions.ask(act, row.debtor_id or None, row.case_id or None, kind, about=row.row_id, bank=row.bank, **figures)


def parts_of(seat: Seat, row: ToSettle, said: str) -> dict[str, int]:
    """How much goes to which case, as somebody types it: ``K7M-1011 300; K7M-1012 200``.

    Raises Refused ``money.settling.part_unread`` with the piece that can't be read, ``money.settling.no_case`` with
    the number that is no case here.
    """
    parts: dict[str, int] = {}
    for piece in filter(None, (one.strip() for one in re.split(r"[;；\n]", said))):
        number, _, amount = piece.partition(" ")
        try:
            minor = parse_money(amount, row.amount.currency).minor
        except NotAnAmountError as error:
            raise Refused("money.settling.part_unread", "parts", said=piece) from error
        with seat.store.read() as conn:
            case_id = to_settle.case_named(conn, number)
        if case_id is None:
            raise Refused("money.settling.no_case", "parts", number=number)
        parts[case_id] = parts.get(case_id, 0) + minor
    return parts


def split(seat: Seat, row: ToSettle, parts: Mapping[str, int], *, reason: str = "") -> Changes:
    """Let a row count in parts: how much of it, in minor units, goes to which case, whosever that is.

    So a row of nobody's is given to an account by hand, too. Raises Refused for who may not;
    ``money.settling.parts`` where they don't add up to the row, ``book.cases.gone`` where one is no case of ours.
    """
    require(seat.person, Act.SETTLE_PAYMENT)
    if sum(parts.values()) != row.amount.minor or any(minor <= 0 for minor in parts.values()):
        raise Refused("money.settling.parts", "parts", amount=row.amount)
    with acting(seat, "payment.settle") as act:
        owner = to_settle.owners(act.conn, parts)
        if len(owner) != len(parts):
            raise Refused("book.cases.gone")
        still = {one.row_id for one in to_settle.waiting(act.conn)}
        debtors = sorted({*owner.values(), row.debtor_id} - {""})
        if row.row_id in still:  # another seat may have been quicker
            said = [row_decisions.RowPart(owner[case_id], case_id, minor) for case_id, minor in parts.items()]
            row_decisions.write(act, row.row_id, row.debtor_id, Settling.SPLIT, cleaned(reason, 300), said)
            questions.settle(act, asked.waiting_about(act.conn, [row.row_id]))
            derive(act, debtors)
    return Changes(debtors=frozenset(debtors))
