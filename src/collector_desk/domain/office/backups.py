"""What a backup says of itself."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """What a backup says of itself."""

    store_id: str
    made_at: datetime
    last_seq: int
    size: int
