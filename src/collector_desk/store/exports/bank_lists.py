"""Questions about mandates that end: of which placements, which cases, what speaks for asking the bank."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from collector_desk.domain.book.money import Money
from collector_desk.domain.exports.bank_lists import EndingCase, EndingMandate
from collector_desk.domain.vocabulary import BankListKind, BankWord, CaseState, Flag, Outcome, PromiseState
from collector_desk.store import tables as t
from collector_desk.store.ids import packed, unpacked
from collector_desk.store.metadata import from_micros
from collector_desk.store.numbers import shown
from collector_desk.store.tables.history import journal

_ENDS = "coalesce(c.mandate_ends, json_extract(p.terms, '$.mandate_ends'))"
_STANDING = f"'{PromiseState.OPEN}', '{PromiseState.PROPOSED}'"
_PAID = "coalesce((SELECT sum(n.allocated_minor) FROM payment_now n WHERE n.case_id = c.id), 0)"
_PLAN = f"EXISTS (SELECT 1 FROM json_each(d.flags) f WHERE f.value = '{Flag.PLAN_ACTIVE}')"  # noqa: S608
_PROMISED = (
    f"(SELECT s.promise_id FROM promise_state s WHERE s.case_id = c.id AND s.state IN ({_STANDING}) LIMIT 1)"  # noqa: S608
)
_ASKED = (
    "(SELECT max(l.id) FROM bank_list_row r JOIN bank_list l ON l.id = r.list_id "  # noqa: S608
    f"WHERE r.case_id = c.id AND l.kind = '{BankListKind.EXTENSION}')"
)
_OPEN = (
    "FROM account_case c JOIN placement p ON p.id = c.placement_id "
    "JOIN debtor d ON d.id = c.debtor_id AND d.visible "
    f"WHERE c.state = '{CaseState.OPEN}'"
)


def mandates(conn: Connection, until: date) -> list[EndingMandate]:
    """The placements of which open cases reach their last day by then, the earliest first."""
    rows = conn.exec_driver_sql(
        f"SELECT p.id, p.number, p.bank_name, {_ENDS} AS ends, c.currency, count(*), sum(c.balance_minor), "
        f"sum({_PROMISED} IS NOT NULL OR {_PLAN} OR {_PAID} > 0), sum({_ASKED} IS NOT NULL) "
        f"{_OPEN} AND ends <= ? GROUP BY p.id, ends, c.currency ORDER BY ends, p.number, sum(c.balance_minor) DESC",
        (until.isoformat(),),
    )
    found: dict[tuple[bytes, str], EndingMandate] = {}
    for placement, number, bank, ends, currency, cases, minor, worth, asked in rows:
        before = found.get((placement, ends))
        money = Money(minor, currency)
        found[placement, ends] = EndingMandate(
            unpacked(placement),
            number,
            bank,
            date.fromisoformat(ends),
            cases + (before.cases if before else 0),
            worth + (before.worth if before else 0),
            asked + (before.asked if before else 0),
            (*(before.open if before else ()), money),
        )
    return list(found.values())


def ending_cases(conn: Connection, placement_id: str, first: date | None, last: date) -> list[EndingCase]:
    """The open cases of a placement whose last day lies in these days, by their number; no ``first``: long over."""
    number = "(SELECT o.prefix FROM origin o WHERE o.store_id = c.issuer) || '-' || c.serial"
    refused = (
        "(SELECT w.word FROM bank_word w WHERE w.case_id = c.id AND w.word IN "  # noqa: S608
        f"('{BankWord.EXTEND}', '{BankWord.NO_EXTENSION}') ORDER BY w.id DESC LIMIT 1)"
    )
    rows = conn.exec_driver_sql(
        f"SELECT c.id, c.debtor_id, {number}, p.number, c.account_number, d.name, c.currency, c.placed_minor, "
        f"c.balance_minor, c.balance_as_of, {_ENDS} AS ends, {_PROMISED}, {_PLAN}, {_PAID}, d.last_attempt_at, "
        f"d.last_outcome, {_ASKED}, {refused} {_OPEN} AND p.id = ? AND ends BETWEEN ? AND ? ORDER BY c.serial",
        (packed(placement_id), first.isoformat() if first else "", last.isoformat()),
    ).all()
    promised = _promised(conn, [unpacked(row[11]) for row in rows if row[11]])
    asked = _numbers(conn, {unpacked(row[16]) for row in rows if row[16]})
    return [_case(tuple(row), promised, asked) for row in rows]


def _case(
    row: tuple[Any, ...], promised: Mapping[str, tuple[Money, datetime]], asked: Mapping[str, str]
) -> EndingCase:
    currency = row[6]
    amount, due = promised.get(unpacked(row[11]), (None, None)) if row[11] else (None, None)
    return EndingCase(
        id=unpacked(row[0]),
        debtor_id=unpacked(row[1]),
        number=row[2],
        placement_number=row[3],
        account_number=row[4],
        name=row[5],
        placed=Money(row[7], currency),
        balance=Money(row[8], currency),
        as_of=date.fromisoformat(row[9]),
        ends=date.fromisoformat(row[10]),
        promised=amount,
        due_at=due,
        plan=bool(row[12]),
        paid=Money(row[13], currency),
        last_at=from_micros(row[14]) if row[14] is not None else None,
        last_outcome=Outcome(row[15]) if row[15] else None,
        asked=asked.get(unpacked(row[16]), "") if row[16] else "",
        refused=row[17] == BankWord.NO_EXTENSION,
    )


def _promised(conn: Connection, ids: Iterable[str]) -> dict[str, tuple[Money, datetime]]:
    statement = select(t.promise.c.id, t.promise.c.amount_minor, t.promise.c.currency, t.promise.c.due_at)
    rows = conn.execute(statement.where(t.promise.c.id.in_(list(ids))))
    return {row.id: (Money(row.amount_minor, row.currency), row.due_at) for row in rows}


def _numbers(conn: Connection, ids: Iterable[str]) -> dict[str, str]:
    rows = conn.execute(select(t.bank_list.c.id, shown(t.bank_list)).where(t.bank_list.c.id.in_(list(ids))))
    return {row.id: row.number for row in rows}


def number_of(conn: Connection, list_id: str) -> str:
    """The number of a list."""
    return _numbers(conn, [list_id]).get(list_id, "")


def last_list(conn: Connection, placement_id: str) -> str | None:
    """The last list of a placement: another one meanwhile means looking again."""
    statement = select(t.bank_list.c.id).where(t.bank_list.c.placement_id == placement_id)
    found = conn.execute(statement.order_by(t.bank_list.c.id.desc()).limit(1)).scalar()
    return str(found) if found else None


def handed_back(conn: Connection, list_id: str) -> list[tuple[str, str]]:
    """The cases of a list, each with its debtor."""
    row = t.bank_list_row.c
    found = conn.execute(select(row.debtor_id, row.case_id).where(row.list_id == list_id).order_by(row.line))
    return [(one.debtor_id, one.case_id) for one in found]


@dataclass(frozen=True, slots=True)
class SentList:
    """A list that went out."""

    number: str
    kind: BankListKind
    at: datetime
    rows: int
    filename: str


def lists(conn: Connection, placement_id: str, *, most: int) -> tuple[SentList, ...]:
    """The lists of a placement, the last first."""
    one = t.bank_list.c
    rows = conn.execute(
        select(shown(t.bank_list), one.kind, journal.c.at, one.rows, one.filename)
        .join(journal, journal.c.row_id == one.id)
        .where(one.placement_id == placement_id)
        .order_by(one.id.desc())
        .limit(most)
    )
    return tuple(SentList(row.number, BankListKind(row.kind), row.at, row.rows, row.filename or "") for row in rows)
