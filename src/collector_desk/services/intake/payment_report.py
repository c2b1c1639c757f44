"""A payment file's report for machines: plain values, with people's data behind a mask if asked."""

from collections.abc import Callable
from typing import Any

from collector_desk.domain.message import Message
from collector_desk.domain.money.payments import RowStanding
from collector_desk.domain.plain import to_plain
from collector_desk.domain.vocabulary import PromiseState
from collector_desk.intake.payment_values import PaymentFile
from collector_desk.intake.problems import Problem
from collector_desk.services.intake.payments import PaymentReport
from collector_desk.services.intake.placement_report import masked_cell, masked_text_of

_COUNTED = (RowStanding.TAKEN, RowStanding.REPEATED, RowStanding.UNMATCHED, RowStanding.TO_SETTLE)


def plain_report(
    report: PaymentReport, file: PaymentFile, words: Callable[[Message], str], *, unmask: bool
) -> dict[str, Any]:
    """The report as the command line prints it in JSON."""
    sums = report.sums
    counts: dict[str, int] = {}
    for standing in _COUNTED:
        counts[standing.value] = report.of(standing).rows
        counts[f"{standing.value}_minor"] = report.of(standing).minor
    return {
        "file": report.filename,
        "sha256": report.sha256,
        "batch": report.batch,
        "rows": report.rows,
        **counts,
        "set_aside": sums.set_aside.rows,
        "set_aside_minor": sums.set_aside.minor,
        "allocated_minor": sums.allocated,
        "excess_minor": sums.excess,
        "currency": sums.currency,
        "covers": [sums.covers.first.isoformat(), sums.covers.last.isoformat()] if sums.covers else None,
        "promises": {
            "kept": report.promises.get(PromiseState.KEPT, 0),
            "part": report.promises.get(PromiseState.PARTLY, 0),
            "broken": report.promises.get(PromiseState.BROKEN, 0),
        },
        "to_confirm": report.to_confirm,
        "hidden_columns": [to_plain(column) for column in file.hidden],
        "already_imported": report.already,
        "told_anew": report.told_anew,
        "problems": [
            found.plain(words, found.value if unmask else masked_value(file, found)) for found in report.problems
        ],
    }


def masked_value(file: PaymentFile, found: Problem) -> str:
    """A finding's value with only so much left that its place can be recognised."""
    columns = file.columns_at(found.sheet, found.line)
    field = next((column.field for column in columns if column.header == found.column), None)
    return masked_cell(field, found.value) if found.column and found.value else masked_text_of(found)
