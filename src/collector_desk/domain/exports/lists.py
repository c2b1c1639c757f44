"""The lines of the list of what went out to a bank."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One export of contact records: its number, when and by whom, how many rows, the file and its hash."""

    number: str
    layout_id: str
    at: datetime
    by: str
    rows: int
    filename: str
    sha256: str
