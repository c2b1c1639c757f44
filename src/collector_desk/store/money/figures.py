"""Every figure a bank gave of a debtor's accounts: what they were placed with, and what later files said."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Connection, RowMapping

from collector_desk.domain.book.money import Money
from collector_desk.domain.money.make_up import BankFigure
from collector_desk.store.ids import packed, packed_list, unpacked
from collector_desk.store.metadata import from_micros
from collector_desk.store.projections.figures import OF

_COUNTS = "k.batch_id NOT IN (SELECT batch_id FROM batch_undone)"
_PLACED = (
    "SELECT p.skeleton, p.content, b.imported_at, f.filename FROM placed p "  # noqa: S608
    "JOIN placed_piece k ON k.id = p.piece_id JOIN batch b ON b.id = k.batch_id "
    f"JOIN received_file f ON f.id = b.file_id WHERE p.debtor_id = ? AND {_COUNTS}"
)


def of_debtor(conn: Connection, debtor_id: str) -> list[BankFigure]:
    """By the day they are of, the one told last behind the others of its day."""
    rows = conn.exec_driver_sql(_PLACED, (packed(debtor_id),)).mappings()
    found = [figure for row in rows for figure in _figures(row)]
    return sorted(found, key=lambda one: (one.case_id, one.as_of, one.told_at))


_OF_MANY = (
    "SELECT p.skeleton FROM placed p JOIN placed_piece k ON k.id = p.piece_id "  # noqa: S608
    f"WHERE p.debtor_id IN (SELECT unhex(value) FROM json_each(?)) AND {_COUNTS} ORDER BY p.id"
)


def refreshed(conn: Connection, debtor_ids: Sequence[str]) -> list[str]:
    """Those of these debtors of whose accounts a later file told anything."""
    rows = conn.exec_driver_sql(
        "SELECT DISTINCT debtor_id FROM account_case WHERE figure_minor IS NOT NULL "
        "AND debtor_id IN (SELECT unhex(value) FROM json_each(?))",
        (packed_list(debtor_ids),),
    )
    return [unpacked(row[0]) for row in rows]


def by_case(conn: Connection, debtor_ids: Sequence[str]) -> dict[str, list[tuple[date, int]]]:
    """The figures of these debtors' accounts, by the day they are of; of one day in the order they were told."""
    found: dict[str, list[tuple[date, int]]] = {}
    for (skeleton,) in conn.exec_driver_sql(_OF_MANY, (packed_list(debtor_ids),)) if debtor_ids else ():
        for frame in json.loads(skeleton):
            placed = OF not in frame
            case_id = frame["id"] if placed else frame[OF]
            minor = frame["placed_minor"] if placed else frame["figure_minor"]
            found.setdefault(case_id, []).append((date.fromisoformat(frame["balance_as_of"]), minor))
    return {case_id: sorted(figures, key=lambda one: one[0]) for case_id, figures in found.items()}


def _figures(row: RowMapping) -> Iterator[BankFigure]:
    frames = json.loads(row["skeleton"])
    words = json.loads(row["content"])["cases"] if row["content"] else [{}] * len(frames)
    for frame, said in zip(frames, words, strict=True):
        placed = OF not in frame
        minor = frame["placed_minor"] if placed else frame["figure_minor"]
        yield BankFigure(
            case_id=frame["id"] if placed else frame[OF],
            amount=Money(minor, frame["currency"]),
            as_of=date.fromisoformat(frame["balance_as_of"]),
            told_at=from_micros(row["imported_at"]),
            filename=row["filename"],
            sheet=said.get("sheet", ""),
            line=said.get("line", 0),
            placed=placed,
        )
