"""What goes out to a bank: the one writer of the numbered export and of the rows in it."""

from collections.abc import Iterable
from datetime import datetime

from collector_desk.domain.exports.contacts import SentRow
from collector_desk.domain.exports.layout import ContactLayout
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t
from collector_desk.store.numbers import next_number


def rows_sent(act: Writing, export_id: str, rows: Iterable[SentRow], *, first_line: int) -> None:
    """Write some of the rows of an export, in their order; none of them counts before ``contacts_sent``."""
    act.record_all(
        t.contact_sent,
        [
            {
                "export_id": export_id,
                "line": line,
                "debtor_id": row.contact.debtor_id,
                "case_id": row.contact.case.id,
                "attempt_id": row.contact.attempt_id,
                "attempt_end_id": row.contact.end.id if row.contact.end else None,
                "mark": row.mark.value,
                "first_id": row.first.row_id if row.first else None,
            }
            for line, row in enumerate(rows, first_line)
        ],
    )


def contacts_sent(
    act: Writing,
    export_id: str,
    *,
    rows: int,
    placement_id: str,
    bank_name: str,
    layout: ContactLayout,
    since: datetime | None,
    until: datetime,
    sha256: str,
    filename: str,
    notes_released: bool,
) -> str:
    """Write that an export's rows went out in one file; from now on they count. Returns its number."""
    serial, number = next_number(act.conn, t.contacts_export)
    act.record(
        t.contacts_export,
        {
            "id": export_id,
            "issuer": act.store_id,
            "serial": serial,
            "placement_id": placement_id,
            "bank_name": bank_name,
            "layout_id": layout.id,
            "layout_version": layout.version,
            "layout_sha256": layout.sha256,
            "since": since,
            "until": until,
            "rows": rows,
            "sha256": sha256,
            "notes_released": notes_released,
            "filename": filename,
        },
    )
    return number
