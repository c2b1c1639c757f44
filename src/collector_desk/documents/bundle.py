"""All accepted reports of a placement in one zip for the bank: the PDFs, a list, and the hash of each."""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from collector_desk.documents.letterhead import Words
from collector_desk.domain.text.cells import one_line, safe_cell

_NO_NAME = re.compile(r"[^0-9A-Za-z._-]+")


@dataclass(frozen=True, slots=True)
class BundleItem:
    """One report: its number and version name the file; ``outcome`` and ``case_numbers`` stand in the list."""

    number: str
    version: int
    visited_at: datetime | None
    outcome: str
    case_numbers: tuple[str, ...]
    pdf: bytes


def write_bundle(
    out: IO[bytes],
    items: Iterable[BundleItem],
    words: Words,
    made_at: datetime,
    progress: Callable[[int], bool] = lambda _done: True,
) -> int:
    """Write the zip, one report at a time: ``items`` may make each PDF only when asked. Returns how many went in.

    ``progress`` gets the count so far and stops the work by returning False; the caller then removes the file.
    """
    rows: list[tuple[str, ...]] = []
    sums: list[str] = []
    taken: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for item in items:
            name = _file_name(item, taken)
            digest = hashlib.sha256(item.pdf).hexdigest()
            _put(bundle, name, item.pdf, made_at)
            visited = f"{item.visited_at.astimezone(UTC):%Y-%m-%d %H:%M}" if item.visited_at else ""
            cases = ", ".join(item.case_numbers)
            rows.append((item.number, str(item.version), cases, visited, item.outcome, name, digest))
            sums.append(f"{digest}  {name}\n")
            if not progress(len(rows)):
                return len(rows)
        _put(bundle, "list.xlsx", _list(rows, words, made_at), made_at)
        _put(bundle, "SHA256SUMS", "".join(sums).encode(), made_at)
    return len(rows)


def _file_name(item: BundleItem, taken: set[str]) -> str:
    """From the report's number alone: a file's name carries no personal data."""
    stem = (_NO_NAME.sub("_", item.number).strip("._") or "report")[:60] + f"-v{item.version}"
    name, count = f"{stem}.pdf", 1
    while name.casefold() in taken:
        count += 1
        name = f"{stem}-{count}.pdf"
    taken.add(name.casefold())
    return name


def _put(bundle: zipfile.ZipFile, name: str, data: bytes, at: datetime) -> None:
    stamp = at.astimezone(UTC)
    entry = zipfile.ZipInfo(name, (stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    bundle.writestr(entry, data)


def _list(rows: list[tuple[str, ...]], words: Words, at: datetime) -> bytes:
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.styles import Font  # type: ignore[import-untyped]

    book = Workbook()
    book.properties.created = book.properties.modified = at.astimezone(UTC).replace(tzinfo=None)
    book.properties.creator = "Collector Desk"
    sheet = book.create_sheet(words("documents.bundle_list"), 0)
    del book[book.sheetnames[1]]
    columns = ("number", "version", "case_number", "bundle_visited", "status", "bundle_file", "bundle_hash")
    sheet.append([words(f"documents.{column}") for column in columns])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([safe_cell(one_line(value)) for value in row])
    for letter, width in zip("ABCDEFG", (24, 9, 28, 18, 16, 32, 68), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
