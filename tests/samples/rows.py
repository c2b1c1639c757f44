"""Rows by hand for tests of single questions to the store: what a test says, the rest says nothing."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Integer, LargeBinary, String, Table, insert

from collector_desk.store.ids import new_id
from collector_desk.store.journal import record
from collector_desk.store.kept import changed
from collector_desk.store.metadata import HISTORY, Id, UtcMicros

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class Filer:
    """Writes rows inside a transaction: history as acts record it, with what follows from it, and bare state."""

    def __init__(self, conn: Connection, store_id: str, actor_id: str) -> None:
        self.conn, self.store_id, self.actor_id = conn, store_id, actor_id
        self.count = 0

    def __call__(self, table: Table, *, by: str = "", at: datetime = AT, whose: str = "", **said: Any) -> str:
        """One row; returns its key. A row of history is of ``by``, and of the debtor ``whose`` where it names none.

        Its instants may not go back: rows come in their order.
        """
        row = {
            column.name: said.pop(column.name) if column.name in said else self._nothing(column)
            for column in table.columns
            if column.name in said
            or not (column.nullable or column.server_default is not None or column.name == "salt")
        }
        assert not said, f"{table.name} has no {', '.join(said)}"
        key = next(column.name for column in table.primary_key.columns)
        if table.name not in HISTORY:
            self.conn.execute(insert(table), row)
            changed(self.conn, table)
            return str(row[key])
        return record(
            self.conn,
            table,
            row,
            kind="test",
            actor_id=by or self.actor_id,
            at=at,
            debtor_id=whose or None,
        )

    def _nothing(self, column: Column[Any]) -> Any:
        self.count += 1
        if column.name in {"issuer", "serial"}:  # numbered here, one after the other
            return self.store_id if column.name == "issuer" else self.count
        for kind, value in _NOTHING.items():
            if isinstance(column.type, kind):
                return value
        return new_id() if isinstance(column.type, Id) else {}


_NOTHING: Mapping[type, Any] = {
    Boolean: False,
    UtcMicros: AT,
    Integer: 0,
    Date: date(2026, 11, 2),
    String: "",
    LargeBinary: bytes(32),
}
