"""What a backup says of itself."""

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
