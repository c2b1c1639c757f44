"""A report on a file of counts for machines: plain values, with people's numbers behind a mask if asked."""

from collections.abc import Callable
from typing import Any

from collector_desk.domain.message import Message
from collector_desk.domain.plain import to_plain
from collector_desk.domain.text.masking import masked_id, masked_text
from collector_desk.intake.count_columns import NAMING
from collector_desk.intake.counts import CountsFile
from collector_desk.intake.problems import Problem
from collector_desk.services.intake.counts import CountsReport


def plain_report(
    report: CountsReport, file: CountsFile, words: Callable[[Message], str], *, unmask: bool
) -> dict[str, Any]:
    """The report as the command line prints it in JSON."""
    return {
        "file": report.filename,
        "sha256": report.sha256,
        "counts": report.counts,
        "accepted": report.accepted,
        "set_aside": report.set_aside,
        "unknown": report.unknown,
        "duplicates": report.duplicates,
        "not_today": report.not_today,
        "newest_as_of": report.newest_as_of.isoformat() if report.newest_as_of else None,
        "hidden_columns": [to_plain(column) for column in file.hidden],
        "already_imported": report.already,
        "late": report.late,
        "problems": [
            found.plain(words, found.value if unmask else masked_value(file, found)) for found in report.problems
        ],
    }


def masked_value(file: CountsFile, found: Problem) -> str:
    """A finding's value with only so much left that its place can be recognised."""
    columns = [column for sheet in file.sheets if sheet.name == found.sheet for column in sheet.columns]
    known = next((column.field for column in columns if column.header == found.column), None)
    if known in NAMING:
        return masked_id(found.value.removeprefix("[U+0009]"))
    # A clerk's columns slip: what stands under a figure or a time may be anybody's number all the same.
    return masked_text(
        found.value if known else found.value[:1] + "**" if found.column and found.value else found.value
    )
