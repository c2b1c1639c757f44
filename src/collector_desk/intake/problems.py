"""What was found wrong in a received file: where, what, why, and how bad. Also as a workbook to send back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, BinaryIO

from collector_desk.domain.message import Message
from collector_desk.domain.text.cells import safe_cell

_SHOWN = 80  # characters of a faulty value that a person needs to find it again


class ProblemSeverity(StrEnum):
    """How bad it is: the row stays out, the row goes in but look at it, or just so that you know."""

    REFUSED = "refused"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. ``line`` counts from 1 as a spreadsheet or editor does; 0 means the whole sheet or file.

    ``value`` is what stands in the file, shortened, and may be personal data: mask it before it is printed.
    """

    sheet: str
    line: int
    column: str
    value: str = field(repr=False)
    reason: Message
    severity: ProblemSeverity

    def plain(self, words: Callable[[Message], str], value: str) -> dict[str, Any]:
        """The finding for machines, with ``value`` as far as it may be seen."""
        return {
            "sheet": self.sheet,
            "line": self.line,
            "column": self.column,
            "value": value,
            "reason": words(self.reason),
            "severity": self.severity.value,
        }


def shown(value: object) -> str:
    """A faulty value as text short enough to show, with what cannot be seen made visible."""
    text = str(value)
    if len(text) > _SHOWN:
        text = text[:_SHOWN] + "…"
    return text if text.isprintable() else "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in text)


def problems_workbook(
    problems: Iterable[Problem],
    out: BinaryIO,
    *,
    words: Callable[[Message], str],
    headings: Sequence[str],
) -> None:
    """Write the findings as an .xlsx file for the bank or the lead.

    ``words`` renders a reason in the reader's language; ``headings`` are sheet, line, column, value, reason,
    severity in that language.
    """
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]

    book = Workbook(write_only=True)
    page = book.create_sheet("problems")
    page.freeze_panes = "A2"
    for letter, width in zip("ABCDEF", (18, 8, 18, 30, 70, 12), strict=True):
        page.column_dimensions[letter].width = width
    page.append(list(headings))
    for problem in problems:
        texts = (
            problem.sheet,
            problem.line,
            problem.column,
            problem.value,
            words(problem.reason),
            words(Message(f"intake.severity.{problem.severity.value}")),
        )
        cells = []
        for text in texts:
            cell = WriteOnlyCell(page, value=safe_cell(shown_whole(text)) if isinstance(text, str) else text)
            if isinstance(text, str):
                cell.data_type = "s"  # whatever it looks like, it is text
            cells.append(cell)
        page.append(cells)
    book.save(out)


def shown_whole(text: str) -> str:
    """Text with control characters made visible: a workbook may not hold them."""
    return text if text.isprintable() else "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in text)
