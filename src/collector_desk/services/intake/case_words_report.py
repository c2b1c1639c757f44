"""The report on a bank's list of cases for machines: plain values, with people's data behind a mask if asked."""

from collections.abc import Callable
from typing import Any

from collector_desk.domain.message import Message
from collector_desk.domain.plain import to_plain
from collector_desk.domain.vocabulary import BankWord
from collector_desk.intake.case_word_values import CaseWordsFile
from collector_desk.intake.problems import Problem
from collector_desk.services.intake.case_words import CaseWordsReport
from collector_desk.services.intake.placement_report import masked_cell, masked_text_of

SAID = tuple(word for word in BankWord if word is not BankWord.UNDONE)


def counts(report: CaseWordsReport) -> dict[str, int]:
    """How many rows came to what; together they are all rows."""
    return {
        **{word.value: report.words.get(word, 0) for word in SAID},
        "idle": report.idle,
        "unmatched": report.unmatched,
        "set_aside": report.set_aside,
    }


def plain_report(
    report: CaseWordsReport, file: CaseWordsFile, words: Callable[[Message], str], *, unmask: bool
) -> dict[str, Any]:
    """The report as the command line prints it in JSON."""
    return {
        "file": report.filename,
        "sha256": report.sha256,
        "batch": report.batch,
        "rows": report.rows,
        **counts(report),
        "hidden_columns": [to_plain(column) for column in file.hidden],
        "already_imported": report.already,
        "problems": [
            found.plain(words, found.value if unmask else masked_value(file, found)) for found in report.problems
        ],
    }


def masked_value(file: CaseWordsFile, found: Problem) -> str:
    """A finding's value with only so much left that its place can be recognised."""
    columns = file.columns_at(found.sheet, found.line)
    field = next((column.field for column in columns if column.header == found.column), None)
    return masked_cell(field, found.value) if found.column and found.value else masked_text_of(found)
