"""Questions about what banks say of cases: whose a row is, what a list said, what held before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from collector_desk.domain.book.bank_words import Holding, SpokenOf
from collector_desk.domain.vocabulary import BankWord, CaseState
from collector_desk.store import tables as t
from collector_desk.store.book import named, nobodys_words
from collector_desk.store.ids import packed, packed_list, unpacked

_COLUMNS = (
    "c.id, (SELECT o.prefix FROM origin o WHERE o.store_id = c.issuer) || '-' || c.serial, c.debtor_id, c.state, "
    "c.balance_minor, c.currency, d.bank_name, c.account_number, c.card_tail, c.stopped_on, c.mandate_ends, "
    "coalesce(c.mandate_ends, json_extract(p.terms, '$.mandate_ends')), p.placed_on"
)


def _account(row: tuple[object, ...]) -> SpokenOf:
    case, number, debtor, state, minor, currency, bank, account, tail, stopped, own, ends, placed = row
    return SpokenOf(
        id=unpacked(case),  # type: ignore[arg-type]
        number=str(number),
        debtor_id=unpacked(debtor),  # type: ignore[arg-type]
        state=CaseState(str(state)),
        balance_minor=int(minor),  # type: ignore[call-overload]
        currency=str(currency),
        bank=str(bank),
        account_number=str(account),
        card_tail=str(tail),
        holding=Holding(_day(stopped), _day(own)),
        ends=_day(ends),
        placed_on=_day(placed),
    )


def _day(said: object) -> date | None:
    return date.fromisoformat(str(said)) if said else None


def by_account(conn: Connection, numbers: Iterable[str]) -> dict[str, list[SpokenOf]]:
    """The cases of these account numbers, the earlier placed first."""
    return named.by_account(conn, _COLUMNS, _account, numbers)


def by_person(conn: Connection, numbers: Iterable[str]) -> dict[str, list[SpokenOf]]:
    """The cases of those whose customer or identity number this is."""
    return named.by_person(conn, _COLUMNS, _account, numbers)


def by_serial(conn: Connection, numbers: Iterable[str]) -> dict[str, list[SpokenOf]]:
    """The cases to which a bank gave these numbers, the earlier placed first."""
    return named.by_serial(conn, _COLUMNS, _account, numbers)


def by_number(conn: Connection, numbers: Iterable[str]) -> dict[str, SpokenOf]:
    """The cases that bear these numbers of ours, by the number as it was written."""
    return named.by_number(conn, _COLUMNS, _account, numbers)


def one(conn: Connection, case_id: str) -> SpokenOf | None:
    """One account; None where there is none."""
    row = conn.exec_driver_sql(f"SELECT {_COLUMNS} {named.FROM} WHERE c.id = ?", (packed(case_id),)).first()
    return _account(tuple(row)) if row else None


# --- a list that counts --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SaidOf:
    """What a list said of one case."""

    debtor_id: str
    case_id: str
    word: BankWord
    said_on: date


_WORD = t.bank_word.c
_OF_BATCH = select(_WORD.debtor_id, _WORD.case_id, _WORD.word, _WORD.said_on)


def of_batch(conn: Connection, batch_id: str) -> list[SaidOf]:
    """What a list said, case by case; not that it was undone."""
    rows = conn.execute(_OF_BATCH.where(_WORD.batch_id == batch_id, _WORD.word != BankWord.UNDONE))
    return [SaidOf(row.debtor_id, row.case_id, BankWord(row.word), row.said_on) for row in rows]


def filename_of(conn: Connection, batch_id: str) -> str:
    """What a list's file is called."""
    statement = select(t.received_file.c.filename).join(t.batch, t.batch.c.file_id == t.received_file.c.id)
    return str(conn.execute(statement.where(t.batch.c.id == batch_id)).scalar() or "")


def is_undone(conn: Connection, batch_id: str) -> bool:
    """Whether a list was undone; one that named nobody here is where all its rows were let go."""
    said = set(conn.execute(select(_WORD.word).where(_WORD.batch_id == batch_id).distinct()).scalars())
    return BankWord.UNDONE in said or (not said and nobodys_words.all_let_go(conn, batch_id))


def held_before(conn: Connection, batch_id: str) -> dict[str, Holding]:
    """By case, what held before a list said something of it."""
    rows = conn.exec_driver_sql(
        "SELECT w.case_id, b.stopped_on, b.mandate_ends FROM bank_word w LEFT JOIN bank_word b ON b.id = "
        "(SELECT max(x.id) FROM bank_word x WHERE x.case_id = w.case_id AND x.id < w.id) WHERE w.batch_id = ?",
        (packed(batch_id),),
    )
    return {unpacked(case): Holding(_day(stopped), _day(ends)) for case, stopped, ends in rows}


_WORKED = ("attempt", "case_event", "bank_word", "promise", "visit", "payment_decision", "bank_list_row")


def worked_on(conn: Connection, batch_id: str, debtor_ids: Iterable[str]) -> int:
    """With how many of these debtors something was done since a list counts: by people, or by another list."""
    marks = ", ".join("?" * len(_WORKED))
    found = conn.exec_driver_sql(
        "SELECT count(DISTINCT j.debtor_id) FROM journal j WHERE j.seq > "  # noqa: S608
        "(SELECT min(n.seq) FROM bank_word w JOIN journal n ON n.row_id = w.id WHERE w.batch_id = ?) "
        "AND j.debtor_id IN (SELECT unhex(value) FROM json_each(?)) "
        f"AND j.table_name IN ({marks}) AND (j.kind <> 'words' OR EXISTS (SELECT 1 FROM bank_word o "
        "WHERE o.id = j.row_id AND o.batch_id <> ?))",
        (packed(batch_id), packed_list(list(debtor_ids)), *_WORKED, packed(batch_id)),
    )
    return int(found.scalar_one())


def voided_with(conn: Connection, batch_id: str) -> list[tuple[str, str]]:
    """The promises that went with what a list said, each with its debtor."""
    rows = conn.exec_driver_sql(
        "SELECT e.promise_id, j.debtor_id FROM promise_event e JOIN journal j ON j.row_id = e.id "
        "WHERE j.kind = 'words' AND e.state = 'void' AND j.debtor_id IN "
        "(SELECT debtor_id FROM bank_word WHERE batch_id = ?) AND j.seq > "
        "(SELECT min(n.seq) FROM bank_word w JOIN journal n ON n.row_id = w.id WHERE w.batch_id = ?)",
        (packed(batch_id), packed(batch_id)),
    )
    return [(unpacked(promise), unpacked(debtor)) for promise, debtor in rows]
