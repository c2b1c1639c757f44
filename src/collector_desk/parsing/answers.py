"""What a reader answers, as plain JSON and back: troubles, findings, what a file was understood as."""

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from collector_desk.domain.book.debts import message_from_plain, message_to_plain
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.plain import from_plain, to_plain
from collector_desk.intake.case_word_values import CaseWordRow, CaseWordsFile
from collector_desk.intake.counts import CountRow, CountsFile
from collector_desk.intake.layout import SheetReport
from collector_desk.intake.payment_values import PaymentFile, opened_payments, squeezed_payments
from collector_desk.intake.plain_cells import cells_from, plain_cells
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.intake.spool import Spool
from collector_desk.intake.statements import StatementFile, StatementRow
from collector_desk.intake.values import (
    AsideRow,
    PlacementFile,
    PlacementRow,
    TableHead,
    TotalCheck,
    opened_aside,
    opened_rows,
    squeezed_aside,
    squeezed_rows,
)

Plain = dict[str, Any]
Block = tuple[str, bytes, bool]
"""What it is a block of, its bytes, whether it is the last of its kind."""
_ROWS, _ASIDE = "rows", "aside"


# --- troubles ----------------------------------------------------------------------------------------------


def plain_trouble(trouble: Trouble) -> Plain:
    """A refusal as it crosses over."""
    refused = isinstance(trouble, Refused)
    field_name = trouble.field_name if isinstance(trouble, Refused) else None
    return {"message": message_to_plain(trouble.message), "refused": refused, "field": field_name}


def trouble_from(plain: Plain) -> Trouble:
    """The refusal of ``plain_trouble``."""
    message = message_from_plain(plain["message"])
    if plain["refused"]:
        return Refused(message.code, plain["field"], **message.params)
    return Trouble(message.code, **message.params)


# --- a placement -------------------------------------------------------------------------------------------


def plain_placement(file: PlacementFile) -> Plain:
    """All of the file but its bytes and its rows, which go in ``blocks_of``."""
    return {
        "filename": file.filename,
        "sha256": file.sha256,
        "kind": file.kind,
        "encoding": file.encoding,
        "placements": {number: day.isoformat() if day else None for number, day in file.placements.items()},
        "amounts": dict(file.amounts),
        "set_aside": file.set_aside,
        "problems": _plain_problems(file.problems),
        "sheets": to_plain(file.sheets),
        "totals": to_plain(file.totals),
        "bank_hint": file.bank_hint,
        "balances": file.balances,
        "heads": [[head.sheet, list(head.lines), [plain_cells(row) for row in head.rows]] for head in file.heads],
    }


def blocks_of(file: PlacementFile) -> Iterator[Block]:
    """The rows of a file and those set aside, squeezed as the reader keeps them."""
    for name, rows in ((_ROWS, file.rows), (_ASIDE, file.aside)):
        if isinstance(rows, Spool):
            blocks = [*rows.blocks()]
            yield from ((name, block, at + 1 == len(blocks)) for at, block in enumerate(blocks))


def placement_from(plain: Plain, blocks: list[Block], content: bytes) -> PlacementFile:
    """The file of ``plain_placement`` with its rows and the bytes it was read from."""
    rows: Spool[PlacementRow] = Spool(squeezed_rows, opened_rows)
    aside: Spool[AsideRow] = Spool(squeezed_aside, opened_aside)
    for name, block, last in blocks:
        if name == _ROWS:
            rows.take_block(block, last=last)
        elif name == _ASIDE:
            aside.take_block(block, last=last)
    return PlacementFile(
        filename=plain["filename"],
        content=content,
        sha256=plain["sha256"],
        kind=plain["kind"],
        encoding=plain["encoding"],
        rows=rows,
        placements={no: date.fromisoformat(day) if day else None for no, day in plain["placements"].items()},
        amounts=plain["amounts"],
        set_aside=plain["set_aside"],
        problems=_problems_from(plain["problems"]),
        sheets=_sheets_from(plain["sheets"]),
        totals=tuple(from_plain(TotalCheck, each) for each in plain["totals"]),
        bank_hint=plain["bank_hint"],
        balances=plain["balances"],
        heads=[
            TableHead(sheet, tuple(lines), tuple(map(cells_from, rows))) for sheet, lines, rows in plain["heads"]
        ],
        aside=aside,
    )


# --- a file of counts --------------------------------------------------------------------------------------


def plain_counts(file: CountsFile) -> Plain:
    """All of the file."""
    return {
        "filename": file.filename,
        "sha256": file.sha256,
        "kind": file.kind,
        "encoding": file.encoding,
        "rows": [_plain_count(row) for row in file.rows],
        "set_aside": file.set_aside,
        "problems": _plain_problems(file.problems),
        "sheets": to_plain(file.sheets),
    }


def counts_from(plain: Plain) -> CountsFile:
    """The file of ``plain_counts``."""
    return CountsFile(
        filename=plain["filename"],
        sha256=plain["sha256"],
        kind=plain["kind"],
        encoding=plain["encoding"],
        rows=tuple(
            CountRow(
                **row
                | {
                    "as_of": datetime.fromisoformat(row["as_of"]) if row["as_of"] else None,
                    "day": date.fromisoformat(row["day"]) if row["day"] else None,
                }
            )
            for row in plain["rows"]
        ),
        set_aside=plain["set_aside"],
        problems=_problems_from(plain["problems"]),
        sheets=_sheets_from(plain["sheets"]),
    )


def _plain_count(row: CountRow) -> Plain:
    said = {each.name: getattr(row, each.name) for each in dataclasses.fields(row)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}


# --- a file of payments ------------------------------------------------------------------------------------


def plain_payments(file: PaymentFile) -> Plain:
    """All of the file but its bytes and its rows, which go in ``block_of_payments``."""
    return {
        "filename": file.filename,
        "sha256": file.sha256,
        "kind": file.kind,
        "encoding": file.encoding,
        "set_aside": file.set_aside,
        "aside_minor": file.aside_minor,
        "problems": _plain_problems(file.problems),
        "sheets": to_plain(file.sheets),
    }


def block_of_payments(file: PaymentFile) -> Block:
    """The rows."""
    return _ROWS, squeezed_payments(file.rows), True


def payments_from(plain: Plain, blocks: list[Block], content: bytes) -> PaymentFile:
    """The file of ``plain_payments`` with its rows and the bytes it was read from."""
    rows = tuple(row for _, block, _ in blocks for row in opened_payments(block))
    more = {"problems": _problems_from(plain["problems"]), "sheets": _sheets_from(plain["sheets"])}
    return PaymentFile(**{**plain, **more, "rows": rows, "content": content})


# --- a list of cases ---------------------------------------------------------------------------------------


def plain_case_words(file: CaseWordsFile) -> Plain:
    """All of the list but its bytes."""
    said = {name: getattr(file, name) for name in ("filename", "sha256", "kind", "encoding", "set_aside")}
    return {
        **said,
        "rows": [_plain_case_word(row) for row in file.rows],
        "problems": _plain_problems(file.problems),
        "sheets": to_plain(file.sheets),
    }


def case_words_from(plain: Plain, content: bytes) -> CaseWordsFile:
    """The list of ``plain_case_words`` with the bytes it was read from."""
    more = {"problems": _problems_from(plain["problems"]), "sheets": _sheets_from(plain["sheets"])}
    rows = tuple(from_plain(CaseWordRow, row) for row in plain["rows"])
    return CaseWordsFile(**{**plain, **more, "rows": rows, "content": content})


def _plain_case_word(row: CaseWordRow) -> Plain:
    said = {each.name: getattr(row, each.name) for each in dataclasses.fields(row)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}


# --- a bank's statement ------------------------------------------------------------------------------------


def plain_statement(file: StatementFile) -> Plain:
    """All of the file."""
    rows = [[*row[:4], row.day.isoformat() if row.day else None, *row[5:]] for row in file.rows]
    said = {"filename": file.filename, "sha256": file.sha256, "set_aside": file.set_aside}
    return {**said, "rows": rows, "problems": _plain_problems(file.problems)}


def statement_from(plain: Plain) -> StatementFile:
    """The file of ``plain_statement``."""
    days = (date.fromisoformat(row[4]) if row[4] else None for row in plain["rows"])
    rows = (StatementRow._make((*row[:4], day, *row[5:])) for row, day in zip(plain["rows"], days, strict=True))
    return StatementFile(**{**plain, "rows": tuple(rows), "problems": _problems_from(plain["problems"])})


# --- what both have ----------------------------------------------------------------------------------------


def _plain_problems(problems: tuple[Problem, ...]) -> list[list[Any]]:
    return [[p.sheet, p.line, p.column, p.value, message_to_plain(p.reason), p.severity.value] for p in problems]


def _problems_from(plain: list[list[Any]]) -> tuple[Problem, ...]:
    return tuple(
        Problem(sheet, line, column, value, message_from_plain(reason), ProblemSeverity(severity))
        for sheet, line, column, value, reason, severity in plain
    )


def _sheets_from(plain: list[Any]) -> tuple[SheetReport, ...]:
    return tuple(from_plain(SheetReport, each) for each in plain)
