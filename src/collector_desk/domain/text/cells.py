"""Text as it may stand in a cell of a table that leaves the house: shown by a spreadsheet, never run by one."""

from decimal import Decimal

from collector_desk.domain.text.cleaning import visible

Cell = str | Decimal | int
"""What a cell of a table that goes out may hold."""

MOST = 32_000
"""Characters a cell may hold: a spreadsheet takes no more than 32,767."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a formula of a cell; the wide signs do so where Chinese or Japanese is set."""


def safe_cell(text: str) -> str:
    """Text that a spreadsheet shows and never runs: what would begin a formula gets an apostrophe before it."""
    return "'" + text if text.lstrip(" \u3000\u00a0").startswith(_FORMULA_STARTS) else text


def one_line(text: str) -> str:
    """Text for one cell: what is invisible made visible, line ends and tabs as spaces, no longer than a cell."""
    return visible(" ".join(text.split("\n")).replace("\t", " "))[:MOST]
