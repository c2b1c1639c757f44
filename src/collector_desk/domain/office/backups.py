"""What a backup says of itself, and when there was one."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """What a backup says of itself. ``last_seq`` and ``last_hash`` (hex): the last line of history in it."""

    store_id: str
    made_at: datetime
    last_seq: int
    size: int
    last_hash: str = ""


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When the store was last backed up, and by whom."""

    at: datetime
    by: str
