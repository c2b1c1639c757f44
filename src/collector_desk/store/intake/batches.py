"""Imports in the store: what is on file already, staging in pieces, making visible, clearing what a crash left.

A staged batch is invisible: its debtors have ``visible`` 0, and what comes for a debtor already on file hangs on a
*stand-in* (a debtor row with ``STAND_IN`` for its bank, the known debtor's id for its customer number, the batch's
id for its identity number) until the batch is made visible; then the stand-in goes, and the debtor on file gets
what is theirs as their history says (``projections.replay``).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.money import Money, column_of, money_of
from collector_desk.domain.plain import from_plain, to_plain
from collector_desk.domain.states import BatchKind
from collector_desk.domain.text.numbers import Numbered, spelt
from collector_desk.store import tables as t
from collector_desk.store.ids import all_packed, new_id, packed, unpacked
from collector_desk.store.search import SearchRow, key_of_number, remove_debtors
from collector_desk.store.sqlite.bulk import slices

STAND_IN = "→"
Key = tuple[str, str, str]
"""Bank, customer number and identity number: what makes two rows one debtor."""


@dataclass(frozen=True, slots=True)
class KnownPlacement:
    """A placement as the import will use it; ``fresh`` if this import makes it."""

    id: str
    number: str
    terms: PlacementTerms
    placed_on: date | None
    fresh: bool


@dataclass(frozen=True, slots=True)
class OnFile:
    """An account that is in the store already."""

    case_number: str
    placement_number: str
    state: str
    figure_minor: int  # the bank's newest one, and its day
    as_of: date
    balance_minor: int
    currency: str
    placed_on: date | None
    case_id: str
    debtor_id: str
    bank: str


@dataclass(frozen=True, slots=True)
class BatchInfo:
    """What a batch brought, as counted when it came in."""

    id: str
    state: str
    accepted: int
    set_aside: int
    duplicates: int
    amounts: tuple[Money, ...]
    refreshed: int = 0  # accounts on file of which it brought a newer figure


def _ids(conn: Connection, sql: str, *arguments: object) -> list[str]:
    """The ids a statement finds in its first column."""
    return [unpacked(row[0]) for row in conn.exec_driver_sql(sql, arguments)]


def accounts_on_file(conn: Connection, bank: str, accounts: Iterable[str]) -> dict[tuple[str, str], OnFile]:
    """Which of a bank's account numbers are in the store, with their currency; an open case before closed ones."""
    found: dict[tuple[str, str], OnFile] = {}
    for marks, some in slices(accounts):
        rows = conn.exec_driver_sql(
            "SELECT c.account_number, o.prefix, c.serial, p.number, c.state, "  # noqa: S608
            "coalesce(c.figure_minor, c.placed_minor), c.balance_as_of, c.balance_minor, c.currency, p.placed_on, "
            "c.id, c.debtor_id, p.bank_name FROM account_case c JOIN origin o ON o.store_id = c.issuer "
            "JOIN placement p ON p.id = c.placement_id JOIN debtor d ON d.id = c.debtor_id "
            f"WHERE c.account_number IN ({marks}) AND d.visible AND p.bank_name = ? "
            "ORDER BY c.state = 'open', c.id",
            (*some, bank),
        )
        for account, *about in rows:
            case = _on_file(*about)
            found[account, case.currency] = case
    return found


def _on_file(prefix: str, serial: int, *about: Any) -> OnFile:
    number, state, figure, as_of, balance, currency, placed_on, case_id, debtor_id, bank = about
    return OnFile(
        case_number=spelt(prefix, Numbered.CASE, serial),
        placement_number=number,
        state=state,
        figure_minor=figure,
        as_of=date.fromisoformat(as_of),
        balance_minor=balance,
        currency=currency,
        placed_on=date.fromisoformat(placed_on) if placed_on else None,
        case_id=unpacked(case_id),
        debtor_id=unpacked(debtor_id),
        bank=bank,
    )


@dataclass(frozen=True, slots=True)
class CaseHere:
    """An account that is open here."""

    account: str = field(repr=False)
    case_id: str
    debtor_id: str
    placement_number: str
    bank: str


def open_cases_of(conn: Connection, placement_numbers: Sequence[str]) -> list[CaseHere]:
    """All that are open under these placements, in the order they were numbered."""
    found: list[CaseHere] = []
    for marks, some in slices(placement_numbers):
        rows = conn.exec_driver_sql(
            "SELECT c.account_number, c.id, c.debtor_id, p.number, p.bank_name FROM account_case c "  # noqa: S608
            "JOIN placement p ON p.id = c.placement_id JOIN debtor d ON d.id = c.debtor_id "
            f"WHERE p.number IN ({marks}) AND c.state = 'open' AND d.visible ORDER BY c.serial",
            some,
        )
        found += [CaseHere(row[0], unpacked(row[1]), unpacked(row[2]), row[3], row[4]) for row in rows]
    return found


def accounts_of_any(conn: Connection, accounts: Sequence[str]) -> dict[tuple[str, str], OnFile]:
    """The same of accounts of which nobody says whose bank's they are: those that only one bank has here."""
    found: dict[tuple[str, str], OnFile] = {}
    several: set[tuple[str, str]] = set()
    for bank in conn.exec_driver_sql("SELECT DISTINCT bank_name FROM placement ORDER BY bank_name").scalars().all():
        here = accounts_on_file(conn, bank, accounts)
        several |= found.keys() & here.keys()
        found.update(here)
    return {account: case for account, case in found.items() if account not in several}


def debtors_on_file(conn: Connection, keys: Iterable[Key]) -> dict[Key, str]:
    """The ids of those debtors that are in the store."""
    wanted = set(keys)
    found: dict[Key, str] = {}
    for bank in {key[0] for key in wanted}:
        for marks, some in slices(key[1] for key in wanted if key[0] == bank and key[1]):
            rows = conn.exec_driver_sql(
                f"SELECT customer_no, id_number, id FROM debtor WHERE bank_name = ? AND customer_no IN ({marks})",  # noqa: S608
                (bank, *some),
            )
            found.update(((bank, customer, id_no), unpacked(debtor)) for customer, id_no, debtor in rows)
        for marks, some in slices(key[2] for key in wanted if key[0] == bank and not key[1]):
            rows = conn.exec_driver_sql(
                "SELECT id_number, id FROM debtor WHERE bank_name = ? AND customer_no = '' "  # noqa: S608
                f"AND id_number IN ({marks})",
                (bank, *some),
            )
            found.update(((bank, "", id_no), unpacked(debtor)) for id_no, debtor in rows)
    return {key: debtor for key, debtor in found.items() if key in wanted}


def banks_of(conn: Connection, placement_numbers: Iterable[str]) -> dict[str, str]:
    """The banks of placements on file, by their numbers."""
    banks: dict[str, str] = {}
    for marks, some in slices(placement_numbers):
        rows = conn.exec_driver_sql(f"SELECT number, bank_name FROM placement WHERE number IN ({marks})", some)  # noqa: S608
        banks.update((row[0], row[1]) for row in rows)
    return banks


def placement(conn: Connection, number: str) -> KnownPlacement | None:
    """A placement that is on file, by its number."""
    row = conn.execute(select(t.placement).where(t.placement.c.number == number)).first()
    if row is None:
        return None
    return KnownPlacement(row.id, number, from_plain(PlacementTerms, row.terms), row.placed_on, fresh=False)


def has_bank(conn: Connection, bank: str) -> bool:
    """Whether anything in the store is of that bank."""
    placed = conn.exec_driver_sql("SELECT 1 FROM placement WHERE bank_name = ? LIMIT 1", (bank,)).first()
    return bool(placed or conn.exec_driver_sql("SELECT 1 FROM debtor WHERE bank_name = ? LIMIT 1", (bank,)).first())


def names_of(conn: Connection, debtor_ids: Iterable[str]) -> dict[str, str]:
    """The names of debtors, by their ids."""
    names: dict[str, str] = {}
    for marks, some in slices(debtor_ids):
        ids = all_packed(some)
        rows = conn.exec_driver_sql(f"SELECT id, name FROM debtor WHERE id IN ({marks})", ids)  # noqa: S608
        names.update((unpacked(row[0]), row[1]) for row in rows)
    return names


@dataclass(frozen=True, slots=True)
class PersonOnFile:
    """Who a debtor on file is, by what makes debtors two."""

    bank: str
    customer_no: str = field(repr=False)
    id_number: str = field(repr=False)
    name: str = field(repr=False)


def people_on_file(conn: Connection, debtor_ids: Iterable[str]) -> dict[str, PersonOnFile]:
    """These debtors, by their ids."""
    people: dict[str, PersonOnFile] = {}
    for marks, some in slices(debtor_ids):
        rows = conn.exec_driver_sql(
            f"SELECT id, bank_name, customer_no, id_number, name FROM debtor WHERE id IN ({marks})",  # noqa: S608
            all_packed(some),
        )
        people.update((unpacked(row[0]), PersonOnFile(*row[1:])) for row in rows)
    return people


def findable_numbers(conn: Connection, numbers: Iterable[str]) -> dict[str, str]:
    """Which of these numbers (identity, customer, account) belong to a debtor in the store: number to debtor id."""
    keys = {key_of_number(number): number for number in numbers if number}
    found: dict[str, str] = {}
    for marks, some in slices(keys):
        rows = conn.exec_driver_sql(
            "SELECT k.key, s.debtor_id FROM search_key k JOIN search_debtor s ON s.doc = k.doc "  # noqa: S608
            f"JOIN debtor d ON d.id = s.debtor_id AND d.visible WHERE k.key IN ({marks})",
            some,
        )
        found.update((keys[key], unpacked(debtor)) for key, debtor in rows)
    return found


def batch_of_file(conn: Connection, sha256: str, kind: BatchKind = BatchKind.PLACEMENT) -> BatchInfo | None:
    """The visible batch a received file became."""
    row = conn.exec_driver_sql(
        "SELECT b.id, b.state, b.accepted, b.set_aside, b.duplicates, b.amounts, b.refreshed FROM batch b "
        "JOIN received_file f ON f.id = b.file_id WHERE f.sha256 = ? AND b.state = 'visible' "
        "AND b.from_batch IS NULL AND b.kind = ?",
        (sha256, kind),
    ).first()
    if row is None:
        return None
    return BatchInfo(unpacked(row[0]), row[1], row[2], row[3], row[4], money_of(json.loads(row[5])), row[6])


def staged_batches(conn: Connection, kind: BatchKind = BatchKind.PLACEMENT) -> list[str]:
    """Batches of a kind that were never made visible."""
    return _ids(conn, "SELECT id FROM batch WHERE state = 'staged' AND kind = ? ORDER BY id", kind)


def hidden_debtors(conn: Connection, batch_id: str, most: int = -1) -> list[str]:
    """Debtors of a batch that are not visible, stand-ins apart."""
    sql = "SELECT id FROM debtor WHERE batch_id = ? AND visible IS 0 AND bank_name <> ? ORDER BY rowid LIMIT ?"
    return _ids(conn, sql, packed(batch_id), STAND_IN, most)


def stand_ins(conn: Connection, batch_id: str) -> list[tuple[str, str]]:
    """The stand-ins of a batch with the id of the debtor each stands for."""
    rows = conn.exec_driver_sql(
        "SELECT id, customer_no FROM debtor WHERE bank_name = ? AND batch_id = ? ORDER BY id",
        (STAND_IN, packed(batch_id)),
    )
    return [(unpacked(row[0]), row[1]) for row in rows]


def unfinished_batches(conn: Connection) -> list[str]:
    """Visible batches of which a crash left something hidden."""
    return _ids(
        conn,
        "SELECT DISTINCT d.batch_id FROM debtor d JOIN batch b ON b.id = d.batch_id "
        "WHERE d.visible IS 0 AND b.state = 'visible'",
    )


# --- staging ------------------------------------------------------------------------------------------------

PIECE = 400_000
"""Bytes of a received file that one transaction takes."""


def stage_placement(conn: Connection, placement: KnownPlacement, at: datetime) -> None:
    """Keep a placement that this import makes."""
    conn.execute(
        insert(t.placement).values(
            id=placement.id,
            number=placement.number,
            bank_name=placement.terms.bank_name,
            placed_on=placement.placed_on,
            terms=to_plain(placement.terms),
            created_at=at,
        )
    )


def stage_file(conn: Connection, *, filename: str, sha256: str, size: int, at: datetime, by: str) -> str:
    """Keep a file's own row; its bytes follow in pieces. Returns its id."""
    file_id = new_id()
    row = {"id": file_id, "sha256": sha256, "filename": filename, "size": size}
    conn.execute(insert(t.received_file).values(**row, received_at=at, received_by=by))
    return file_id


def stage_batch(
    conn: Connection,
    batch: BatchInfo,
    *,
    file_id: str,
    placement_id: str | None,
    at: datetime,
    by: str,
    from_batch: str | None = None,
    kind: BatchKind = BatchKind.PLACEMENT,
    hidden: Sequence[object] = (),
) -> None:
    """Keep a batch that doesn't count yet, as it was counted before; ``from_batch``: whose rows set aside it is."""
    row = {one.name: getattr(batch, one.name) for one in fields(batch)}
    row["amounts"] = column_of(batch.amounts)
    more = {"file_id": file_id, "placement_id": placement_id, "from_batch": from_batch, "kind": kind}
    conn.execute(insert(t.batch).values(**row, **more, hidden=[*hidden], imported_at=at, imported_by=by))


def keep_piece(conn: Connection, file_id: str, position: int, content: bytes) -> None:
    """Archive one piece of a file."""
    conn.exec_driver_sql("INSERT INTO received_piece VALUES (?, ?, ?)", (packed(file_id), position, content))


def show_first(conn: Connection, batch_id: str, most: int) -> None:
    """Let the queue see as many of a batch's debtors as one short transaction can show."""
    show_debtors(conn, hidden_debtors(conn, batch_id, most))


def show_debtors(conn: Connection, debtor_ids: Sequence[str]) -> None:
    """Let the queue see these debtors."""
    if debtor_ids:
        conn.exec_driver_sql(
            "UPDATE debtor SET visible = 1 WHERE id = ?", [(debtor,) for debtor in all_packed(debtor_ids)]
        )


def mark_stale(conn: Connection, batch_id: str) -> None:
    """Have whoever opens a debtor for whom a batch brought something merge that first."""
    conn.exec_driver_sql(
        "INSERT OR IGNORE INTO money_stale (debtor_id) SELECT unhex(customer_no) FROM debtor "
        "WHERE bank_name = ? AND batch_id = ?",
        (STAND_IN, packed(batch_id)),
    )


def stand_ins_of(conn: Connection, known: Sequence[str]) -> list[tuple[str, str]]:
    """What came for these debtors with a batch that counts and wasn't merged yet: stand-ins, with whom they are.

    A stand-in names who it stands for in letters, where a customer's number belongs.
    """
    marks = ", ".join("?" * len(known))
    rows = conn.exec_driver_sql(
        "SELECT d.id, d.customer_no FROM debtor d JOIN batch b ON b.id = d.batch_id "  # noqa: S608
        f"WHERE d.bank_name = ? AND d.customer_no IN ({marks}) AND b.state = 'visible'",
        (STAND_IN, *known),
    )
    return [(unpacked(row[0]), row[1]) for row in rows]


def telling_stand_ins(conn: Connection, stand_ins: Sequence[str]) -> set[str]:
    """Those that bring something by which a debtor is found: accounts, numbers, another name. Figures are not."""
    marks = ", ".join("?" * len(stand_ins))
    rows = conn.exec_driver_sql(
        f"SELECT d.id FROM debtor d WHERE d.id IN ({marks}) AND ("  # noqa: S608
        "EXISTS (SELECT 1 FROM account_case c WHERE c.debtor_id = d.id) "
        "OR EXISTS (SELECT 1 FROM phone n WHERE n.debtor_id = d.id) "
        "OR EXISTS (SELECT 1 FROM placed p WHERE p.id = d.id AND p.content ->> 'corrected' IS NOT NULL))",
        all_packed(stand_ins),
    )
    return {unpacked(row[0]) for row in rows}


def drop_stand_ins(conn: Connection, stand_ins: Sequence[str]) -> None:
    """Take stand-ins away with what hangs on them: of the debtors they stand for it is history already."""
    drop_debtors(conn, stand_ins)


def drop_debtors(conn: Connection, debtor_ids: Sequence[str]) -> None:
    """Take debtors away with what hangs on them."""
    ids = all_packed(debtor_ids)
    marks = ", ".join("?" * len(ids))
    for table in ("phone", "address", "account_case", "left_row"):
        conn.exec_driver_sql(f"DELETE FROM {table} WHERE debtor_id IN ({marks})", tuple(ids))  # noqa: S608
    conn.exec_driver_sql(f"DELETE FROM debtor WHERE id IN ({marks})", tuple(ids))  # noqa: S608


def search_row(conn: Connection, debtor_id: str) -> SearchRow:
    """By what a debtor on file is found."""
    of = (packed(debtor_id),)
    name, customer, id_number = conn.exec_driver_sql(
        "SELECT name, customer_no, id_number FROM debtor WHERE id = ?", of
    ).one()
    cases = conn.exec_driver_sql("SELECT account_number, serial FROM account_case WHERE debtor_id = ?", of)
    numbers = [customer, id_number, *(str(number) for row in cases for number in row)]
    phones = conn.exec_driver_sql("SELECT number FROM phone WHERE debtor_id = ?", of)
    numbers.extend(row[0] for row in phones)
    return SearchRow(debtor_id, (name,), tuple(filter(None, numbers)))


# --- taking a staged batch away, a piece at a time ----------------------------------------------------------


def drop_piece(conn: Connection, batch_id: str, size: int = 100) -> bool:
    """Remove some debtors of a staged batch with all that hangs on them; False when none are left."""
    found = _ids(conn, "SELECT id FROM debtor WHERE batch_id = ? LIMIT ?", packed(batch_id), size)
    if not found:
        return False
    remove_debtors(conn, found)
    ids = all_packed(found)
    conn.exec_driver_sql(f"DELETE FROM placed WHERE id IN ({', '.join('?' * len(ids))})", ids)  # noqa: S608
    drop_debtors(conn, found)
    return True


def drop_findings(conn: Connection, batch_id: str, size: int = 1000) -> bool:
    """Remove some of a staged batch's findings and rows set aside; False when none are left."""
    gone = 0
    for table in ("set_aside_row", "aside_row", "aside_head"):  # the heads last: rows point at them
        done = conn.exec_driver_sql(
            f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE batch_id = ? LIMIT ?)",  # noqa: S608
            (packed(batch_id), size - gone),
        )
        gone += done.rowcount
    return gone > 0


def drop_file_piece(conn: Connection, batch_id: str) -> bool:
    """Remove a piece of a staged batch's own file; False when none is left."""
    done = conn.exec_driver_sql(
        "DELETE FROM received_piece WHERE (file_id, position) IN "
        "(SELECT p.file_id, p.position FROM received_piece p "
        "JOIN batch b ON b.file_id = p.file_id "
        "WHERE b.id = ? AND b.state = 'staged' AND b.from_batch IS NULL LIMIT 1)",
        (packed(batch_id),),
    )
    return done.rowcount > 0


def drop_batch(conn: Connection, batch_id: str) -> None:
    """Remove a staged batch that is empty by now, its file, and placements that only it had named."""
    file_id = conn.exec_driver_sql(
        "SELECT file_id FROM batch WHERE id = ? AND state = 'staged'", (packed(batch_id),)
    ).scalar_one()
    conn.exec_driver_sql("DELETE FROM batch WHERE id = ?", (packed(batch_id),))
    conn.exec_driver_sql(
        "DELETE FROM received_file WHERE id = ? AND id NOT IN (SELECT file_id FROM batch)", (file_id,)
    )
    conn.exec_driver_sql(
        "DELETE FROM placement WHERE NOT EXISTS (SELECT 1 FROM batch b WHERE b.placement_id = placement.id) "
        "AND NOT EXISTS (SELECT 1 FROM account_case c WHERE c.placement_id = placement.id)"
    )


# --- a placement's bank ------------------------------------------------------------------------------------


def debtors_of_placement(conn: Connection, placement_id: str) -> list[str]:
    """Debtors with a case of that placement."""
    sql = "SELECT DISTINCT debtor_id FROM account_case WHERE placement_id = ? ORDER BY debtor_id"
    return _ids(conn, sql, packed(placement_id))


def rename_bank(conn: Connection, debtor_ids: Sequence[str], old: str, new: str) -> None:
    """Give debtors of bank ``old`` its new name; one whom the new bank has already keeps the old."""
    conn.exec_driver_sql(
        "UPDATE OR IGNORE debtor SET bank_name = ? WHERE id = ? AND bank_name = ?",
        [(new, debtor, old) for debtor in all_packed(debtor_ids)],
    )
