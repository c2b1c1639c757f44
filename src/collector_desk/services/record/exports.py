"""What goes out to a bank: the one writer of the numbered export and of the rows in it."""

from collections.abc import Iterable
from datetime import datetime

from collector_desk.domain.exports.contacts import SentRow
from collector_desk.domain.exports.layout import ContactLayout
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id
from collector_desk.store.numbers import next_number


def contacts_sent(
    act: Writing,
    rows: Iterable[SentRow],
    *,
    placement_id: str,
    bank_name: str,
    layout: ContactLayout,
    since: datetime | None,
    until: datetime,
    sha256: str,
    filename: str,
    notes_released: bool,
) -> str:
    """Write that these rows went out in one file; returns the number of the export."""
    export_id = new_id()
    sent = [
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
        for line, row in enumerate(rows, 1)
    ]
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
            "rows": len(sent),
            "sha256": sha256,
            "notes_released": notes_released,
            "filename": filename,
        },
    )
    act.record_all(t.contact_sent, sent)
    return number
