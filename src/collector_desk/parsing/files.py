"""Foreign files read by the reader's process: the answers and troubles of ``intake``, and ``parsing.*``.

``hidden``: which columns that a file hides somebody wants taken or left; Refused ``intake.not_hidden`` for one it
doesn't hide.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from collector_desk.domain.message import Refused
from collector_desk.intake.case_word_values import CaseWordsFile
from collector_desk.intake.columns import NO_CHOICE, HiddenChoice
from collector_desk.intake.counts import CountsFile
from collector_desk.intake.layout import TablesRead
from collector_desk.intake.payment_values import PaymentFile
from collector_desk.intake.reading import read_bytes
from collector_desk.intake.statements import StatementFile
from collector_desk.intake.values import PlacementFile
from collector_desk.parsing import answers
from collector_desk.parsing.process import READER, FileReader

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
File = TypeVar("File", bound=TablesRead)


def get_ready() -> None:
    """A file is about to be chosen: the reader starts meanwhile, half a second nobody then waits for."""
    READER.wake()


def read_placement(
    source: Path,
    *,
    today: date | None = None,
    password: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    hidden: HiddenChoice = NO_CHOICE,
    reader: FileReader = READER,
) -> PlacementFile:
    """A bank's placement file. Raises Trouble as ``intake.placement.read_placement`` and ``FileReader.ask`` do."""
    content = read_bytes(source)
    more = _asked(source, password, hidden) | {"today": today.isoformat() if today else None}
    plain, before = reader.ask("placement", source.name, content, more, progress=progress, cancelled=cancelled)
    blocks = [(head["block"], body, head["last"]) for head, body in before]
    return _checked(answers.placement_from(plain, blocks, content), hidden)


def read_counts(
    source: Path,
    *,
    now: datetime,
    zone: ZoneInfo,
    password: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    hidden: HiddenChoice = NO_CHOICE,
    reader: FileReader = READER,
) -> CountsFile:
    """A bank's file of counts. Raises Trouble as ``intake.counts.read_counts`` and ``FileReader.ask`` do."""
    more = _asked(source, password, hidden) | {"now": now.isoformat(), "zone": zone.key}
    plain, _ = reader.ask("counts", source.name, read_bytes(source), more, progress=progress, cancelled=cancelled)
    return _checked(answers.counts_from(plain), hidden)


def read_payments(
    source: Path,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    hidden: HiddenChoice = NO_CHOICE,
    reader: FileReader = READER,
) -> PaymentFile:
    """A bank's file of payments. Raises Trouble as ``intake.payments.read_payments`` and ``FileReader.ask`` do."""
    content, more = read_bytes(source), _asked(source, password, hidden)
    plain, before = reader.ask("payments", source.name, content, more, progress=progress, cancelled=cancelled)
    blocks = [(head["block"], body, head["last"]) for head, body in before]
    return _checked(answers.payments_from(plain, blocks, content), hidden)


def read_case_words(
    source: Path,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    hidden: HiddenChoice = NO_CHOICE,
    reader: FileReader = READER,
) -> CaseWordsFile:
    """A bank's list of cases. Raises Trouble as ``intake.case_words.read_case_words`` and ``FileReader.ask`` do."""
    content, more = read_bytes(source), _asked(source, password, hidden)
    plain, _ = reader.ask("case_words", source.name, content, more, progress=progress, cancelled=cancelled)
    return _checked(answers.case_words_from(plain, content), hidden)


def read_statement(source: Path, *, password: str | None = None, reader: FileReader = READER) -> StatementFile:
    """A bank's statement of a month. Raises Trouble as ``intake.statements.read_statement``, ``FileReader.ask``."""
    content, more = read_bytes(source), _asked(source, password, NO_CHOICE)
    plain, _ = reader.ask("statement", source.name, content, more)
    return answers.statement_from(plain)


def _asked(source: Path, password: str | None, hidden: HiddenChoice) -> dict[str, Any]:
    """What the reader is told of any file."""
    choice = {"taken": sorted(hidden.taken), "left": sorted(hidden.left)}
    return {"file": source.name, "password": password, **choice}


def _checked(file: File, hidden: HiddenChoice) -> File:
    """The file. Raises Refused ``intake.not_hidden`` where a column was named that it doesn't hide."""
    there = {name for column in file.hidden for name in (column.letter, f"{column.sheet}!{column.letter}")}
    if unknown := hidden.names() - there:
        raise Refused("intake.not_hidden", file=file.filename, columns=tuple(sorted(unknown)))
    return file
