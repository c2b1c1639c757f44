"""What goes out to a bank: the one writer of the numbered exports and of the rows in them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from collector_desk.domain.exports.bank_lists import EndingCase
from collector_desk.domain.exports.contacts import Sent, SentRow
from collector_desk.domain.exports.layout import ContactLayout
from collector_desk.domain.money.month import PlacementMonth
from collector_desk.domain.vocabulary import BankListKind
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id
from collector_desk.store.numbers import next_number


def rows_sent(act: Writing, export_id: str, rows: Iterable[SentRow[Sent]], *, first_line: int) -> None:
    """Write some of the rows of an export, in their order; none of them counts before ``contacts_sent``."""
    act.record_all(
        t.contact_sent,
        [
            {
                "export_id": export_id,
                "line": line,
                "debtor_id": row.contact.debtor_id,
                "case_id": row.contact.case.id,
                "about_id": row.contact.about_id,
                "said_id": row.contact.said_id,
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


def list_sent(
    act: Writing,
    kind: BankListKind,
    placement_id: str,
    bank_name: str,
    cases: Sequence[EndingCase],
    sha256: str,
    filename: str,
) -> tuple[str, str]:
    """Write that a list of cases went out in one file. Returns its id and its number."""
    serial, number = next_number(act.conn, t.bank_list)
    row = {
        "id": new_id(),
        "issuer": act.store_id,
        "serial": serial,
        "kind": kind.value,
        "placement_id": placement_id,
    }
    more = {"bank_name": bank_name, "rows": len(cases), "sha256": sha256, "filename": filename}
    list_id = act.record(t.bank_list, row | more)
    act.record_all(
        t.bank_list_row,
        [
            {"list_id": list_id, "line": line, "debtor_id": case.debtor_id, "case_id": case.id}
            for line, case in enumerate(cases, 1)
        ],
    )
    return list_id, number


def month_sent(act: Writing, seen: PlacementMonth, *, sha256: str, filename: str) -> str:
    """Write that a placement's month went out in one file; returns its number."""
    serial, number = next_number(act.conn, t.month_export)
    act.record(
        t.month_export,
        {
            "issuer": act.store_id,
            "serial": serial,
            "placement_id": seen.placement_id,
            "bank_name": seen.bank,
            "month": str(seen.month),
            "frozen": seen.frozen is not None,
            "sha256": sha256,
            "filename": filename,
        },
    )
    return number
