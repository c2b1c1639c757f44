"""A file's cells as JSON: text is text, figures are figures, and days and times say what they are."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

_FROM_ISO: dict[str, Callable[[str], object]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


def plain_cells(cells: Iterable[Any]) -> list[Any]:
    """Cells as ``reading`` gives them, so that JSON can hold them."""
    return [_plain(cell) for cell in cells]


def cells_from(plain: Iterable[Any]) -> tuple[Any, ...]:
    """The cells of ``plain_cells``."""
    return tuple(_cell_from(cell) for cell in plain)


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"seconds": cell.total_seconds()}
    return cell


def _cell_from(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    ((kind, value),) = cell.items()
    if kind == "seconds":
        return timedelta(seconds=value)
    return _FROM_ISO[kind](value)
