"""An import's report for machines and for the bank: plain values, with people's data behind a mask if asked."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from collector_desk.domain.message import Message
from collector_desk.domain.plain import to_plain
from collector_desk.domain.text.masking import masked_address, masked_id, masked_name, masked_text
from collector_desk.exchange.outgoing import writing
from collector_desk.intake.columns import Field
from collector_desk.intake.problems import Problem, problems_workbook
from collector_desk.intake.values import PlacementFile
from collector_desk.services.intake.placement_plan import Fate
from collector_desk.services.intake.placements import ImportReport

_NAMES = {Field.NAME, Field.CONTACT_NAME, Field.PAYER}
_NUMBERS = {
    Field.CUSTOMER_NO,
    Field.ID_NO,
    Field.CARD_TAIL,
    Field.CARD_NO,
    Field.ACCOUNT_NO,
    Field.MOBILE,
    Field.HOME_PHONE,
    Field.WORK_PHONE,
    Field.CONTACT_PHONE,
    Field.REFERENCE,
}
_ADDRESSES = {Field.HOME_ADDRESS, Field.REGISTERED_ADDRESS}
_NAMELESS = {f"intake.row.{kind}" for kind in ("title", "header", "repeated_header", "total", "subtotal")}
_MISPLACED = re.compile(r"^[^\W\d_]{2,20}$|\d{11}")  # a name, or digits too many, where an amount or a day belongs
_WORDS = {Field.EMPLOYER, Field.REMARK, Field.CONTACT_RELATION, None}


def plain_report(
    report: ImportReport, file: PlacementFile, words: Callable[[Message], str], *, unmask: bool
) -> dict[str, Any]:
    """The report as the command line prints it in JSON."""
    return {
        "file": report.filename,
        "balances": file.balances,
        "sha256": report.sha256,
        "batch": report.batch,
        "accepted": report.accepted,
        "set_aside": report.set_aside,
        "duplicates": report.duplicates,
        "amounts": plain_amounts(report),
        **_plain_refreshing(report),
        "hidden_columns": [to_plain(column) for column in file.hidden],
        "already_imported": report.already,
        "problems": [
            found.plain(words, found.value if unmask else masked_value(file, found)) for found in report.problems
        ],
    }


def _plain_refreshing(report: ImportReport) -> dict[str, Any]:
    """What became of accounts on file; ``duplicates`` are those of them without an effect."""
    found = report.refreshing

    def sums(by_currency: Mapping[str, int]) -> list[dict[str, Any]]:
        return [{"amount_minor": minor, "currency": name} for name, minor in sorted(by_currency.items())]

    return {
        "refreshed": found.refreshed,
        "refreshed_before": sums(found.before),
        "refreshed_after": sums(found.after),
        "repeated": found.count(Fate.REPEATED),
        "questions": found.count(Fate.QUESTION),
        "missing": found.missing,
        "unknown": found.count(Fate.UNKNOWN),
        "older": found.count(Fate.OLDER),
        "undated": found.count(Fate.UNDATED),
    }


def plain_amounts(report: ImportReport) -> list[dict[str, Any]]:
    """What went in, a currency each."""
    return [{"amount_minor": one.minor, "currency": one.currency} for one in report.amounts]


def masked_value(file: PlacementFile, found: Problem) -> str:
    """A finding's value with only so much left that its place can be recognised."""
    if not found.column or not found.value:
        return masked_text_of(found)
    return masked_cell(_field_of(file, found), found.value)


def masked_text_of(found: Problem) -> str:
    """What a finding says of a whole row, likewise."""
    return masked_text(found.value) if _says_no_names(found) else found.value[:1] + "**"


def masked_cell(field: Field | None, value: str) -> str:
    """A cell's value likewise, by what its column holds."""
    if field in _NAMES:
        return masked_name(value)
    if field in _NUMBERS:
        return masked_id(value.removeprefix("[U+0009]").strip())
    if field in _ADDRESSES:
        return masked_address(value)
    if field in _WORDS or _MISPLACED.search(value):
        return value[:1] + "**"
    return value


def _says_no_names(found: Problem) -> bool:
    """Whether a row without an account is one that names nobody: a title, a header, a total."""
    kind = found.reason.params.get("kind")
    return not found.value or (isinstance(kind, Message) and kind.code in _NAMELESS)


def _field_of(file: PlacementFile, found: Problem) -> Field | None:
    columns = file.columns_at(found.sheet, found.line)
    return next((column.field for column in columns if column.header == found.column), None)


def write_problems(
    problems: Iterable[Problem],
    path: Path,
    words: Callable[[Message], str],
    headings: Sequence[str],
    *,
    replace: bool = False,
) -> None:
    """Write findings, values and all, as a workbook. Raises as ``outgoing.writing``."""
    with writing(path, replace=replace) as out:
        problems_workbook(problems, out, words=words, headings=headings)
