"""Debtors put on file by hand, written down as a bank's file would have been: what is placed is history."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from collector_desk.services.desk.seat import Seat
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id
from collector_desk.store.intake.placed import PlacedRows
from collector_desk.store.journal import record_many
from collector_desk.store.projections.placed import PERSON

_WORDS = ("account_number", "card_tail", "remark", "extras")
_FRAME = [
    column.name
    for column in t.account_case.columns
    if column.name not in {*_WORDS, "issuer", "batch_id", "debtor_id", "balance_minor", "state"}
]

# built once: they are asked for every debtor of every test
_OF = bindparam("of", expanding=True)
_THEIRS = {table: select(table).where(table.c.debtor_id.in_(_OF)) for table in (t.account_case, t.phone, t.address)}
_PERSONS = select(t.debtor).where(t.debtor.c.id.in_(_OF))


def write_placed(
    seat: Seat,
    conn: Connection,
    batch_id: str,
    debtor_ids: Sequence[str],
    *,
    further: Sequence[str] = (),
    at: datetime | None = None,
) -> None:
    """What the rows of these debtors say, as just placed. ``further``: only these accounts, of debtors on file."""
    rows = PlacedRows(batch_id)
    for start in range(0, len(debtor_ids), 400):
        some = debtor_ids[start : start + 400]
        found = {table: list(conn.execute(theirs, {"of": some}).mappings()) for table, theirs in _THEIRS.items()}
        for person in conn.execute(_PERSONS, {"of": some}).mappings():
            of = {
                table: sorted(
                    (row for row in each if row["debtor_id"] == person["id"]),
                    key=lambda row: row.get("position", 0),
                )
                for table, each in found.items()
            }
            cases = [row for row in of[t.account_case] if not further or row["id"] in further]
            content = {
                "person": {name: person[name] for name in ("bank_name", *PERSON)},
                "cases": [{**{name: row[name] for name in _WORDS}, "sheet": "", "line": 2} for row in cases],
                "phones": [],
                "addresses": [],
            }
            if not further:
                names = ("id", "number", "kind", "owner_name", "relation")
                content["phones"] = [{name: row[name] for name in names} for row in of[t.phone]]
                content["addresses"] = [
                    {name: row[name] for name in ("id", "kind", "line")} for row in of[t.address]
                ]
            frames = [{name: _plain(row[name]) for name in _FRAME if row[name] is not None} for row in cases]
            rows.add(new_id() if further else person["id"], person["id"], frames, content)
    rows.insert(conn)
    record_many(conn, t.placed_piece, rows.lines(), kind="import", actor_id=seat.person.id, at=at or seat.now())


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
