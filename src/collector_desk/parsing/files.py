"""Foreign files read by the reader's process: the answers and troubles of ``intake``, and ``parsing.*``."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from collector_desk.intake.case_word_values import CaseWordsFile
from collector_desk.intake.columns import NO_CHOICE, HiddenChoice
from collector_desk.intake.counts import CountsFile
from collector_desk.intake.payment_values import PaymentFile
from collector_desk.intake.reading import read_bytes
from collector_desk.intake.statements import StatementFile
from collector_desk.intake.values import PlacementFile
from collector_desk.parsing import answers
from collector_desk.parsing.process import READER, FileReader

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


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
    more = {
        "file": source.name,
        "password": password,
        "today": today.isoformat() if today else None,
        "taken": sorted(hidden.taken),
        "left": sorted(hidden.left),
    }
    plain, before = reader.ask("placement", source.name, content, more, progress=progress, cancelled=cancelled)
    blocks = [(head["block"], body, head["last"]) for head, body in before]
    return answers.placement_from(plain, blocks, content)


def read_counts(
    source: Path,
    *,
    now: datetime,
    zone: ZoneInfo,
    password: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    reader: FileReader = READER,
) -> CountsFile:
    """A bank's file of counts. Raises Trouble as ``intake.counts.read_counts`` and ``FileReader.ask`` do."""
    more = {"file": source.name, "password": password, "now": now.isoformat(), "zone": zone.key}
    plain, _ = reader.ask("counts", source.name, read_bytes(source), more, progress=progress, cancelled=cancelled)
    return answers.counts_from(plain)


def read_payments(
    source: Path,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    reader: FileReader = READER,
) -> PaymentFile:
    """A bank's file of payments. Raises Trouble as ``intake.payments.read_payments`` and ``FileReader.ask`` do."""
    content, more = read_bytes(source), {"file": source.name, "password": password}
    plain, before = reader.ask("payments", source.name, content, more, progress=progress, cancelled=cancelled)
    return answers.payments_from(plain, [(head["block"], body, head["last"]) for head, body in before], content)


def read_case_words(
    source: Path,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    reader: FileReader = READER,
) -> CaseWordsFile:
    """A bank's list of cases. Raises Trouble as ``intake.case_words.read_case_words`` and ``FileReader.ask`` do."""
    content, more = read_bytes(source), {"file": source.name, "password": password}
    plain, _ = reader.ask("case_words", source.name, content, more, progress=progress, cancelled=cancelled)
    return answers.case_words_from(plain, content)


def read_statement(source: Path, *, password: str | None = None, reader: FileReader = READER) -> StatementFile:
    """A bank's statement of a month. Raises Trouble as ``intake.statements.read_statement``, ``FileReader.ask``."""
    content, more = read_bytes(source), {"file": source.name, "password": password}
    plain, _ = reader.ask("statement", source.name, content, more)
    return answers.statement_from(plain)
