"""What proving a store's history found, and what the answer is worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from collector_desk.domain.message import Message, msg


class FaultKind(StrEnum):
    """What can be wrong with the history."""

    LINE_CHANGED = "line_changed"  # a journal line's hash doesn't fit
    LINE_MISSING = "line_missing"  # a gap in the numbers
    ROW_CHANGED = "row_changed"
    ROW_MISSING = "row_missing"
    CONTENT_CHANGED = "content_changed"  # the bytes of a piece of evidence are not those its row names
    ROW_EXTRA = "row_extra"  # in a history table, but not in the journal
    BLANKED = "blanked"  # erased without a line that says so
    NOT_ERASED = "not_erased"  # a line says erased, the content is there
    TIME_BACK = "time_back"
    BAD_SIGNATURE = "bad_signature"
    HEAD_DIFFERS = "head_differs"  # somebody signed another history
    RESIGNED = "resigned"  # signed under a key that was not theirs at that line
    FIRST_PASSWORD = "first_password"  # signed under a password somebody else had given  # noqa: S105
    UNENDORSED = "unendorsed"  # a key nobody vouched for who could
    SECOND_KEY = "second_key"  # a key beside the one its holder has
    ROLE_UNSIGNED = "role_unsigned"  # a role no manager signed for
    ROOT_DIFFERS = "root_differs"  # the keys go back to another root than the one known here
    TAIL_CUT = "tail_cut"
    OLDER_COPY = "older_copy"
    FOREIGN = "foreign"  # another store lay in this folder
    MARKS_GONE = "marks_gone"  # it was used here, and no mark of it can be read
    TIE_UNSIGNED = "tie_unsigned"  # gone on with an older copy, without the signature of a lead
    WITNESS = "witness"  # a paper, a PDF or a backup saw more; its name stands in the table's place
    TRIGGER = "trigger"  # the guard that keeps a table written once is gone
    UNREADABLE = "unreadable"  # damaged pages
    PAGES = "pages"  # damaged pages; their number stands in the table's place
    SCHEMA = "schema"  # a trigger, view or index that nobody made, or one that is gone
    STATE_DIFFERS = "state_differs"  # what is shown is not what the history says


@dataclass(frozen=True, slots=True)
class Sample:
    """So many debtors, drawn by a seed that is told: the same again for who gives the same seed."""

    size: int
    seed: int

    def of(self, debtors: Sequence[str]) -> frozenset[str]:
        """Whom it takes of these."""
        drawn = Random(self.seed).sample(debtors, min(self.size, len(debtors)))  # noqa: S311 -- told, not secret
        return frozenset(drawn)


@dataclass(frozen=True, slots=True)
class PlacesFound:
    """Whose place in the queue was compared, and who of them stands otherwise than their history says."""

    compared: frozenset[str]
    odd: frozenset[str]


@dataclass(frozen=True, slots=True)
class Compared:
    """How many debtors' places were compared, and how many that was asked of wait to be worked out anew."""

    debtors: int = 0
    waiting: int = 0

    def with_more(self, debtors: int, waiting: int) -> "Compared":
        """These and further ones."""
        return Compared(self.debtors + debtors, self.waiting + waiting)


@dataclass(frozen=True, slots=True)
class HistoryFault:
    """One thing wrong: at journal line ``seq`` (None: none), in ``table``, row ``row_id``."""

    fault: FaultKind
    seq: int | None = None
    table: str = ""
    row_id: str = ""

    @property
    def message(self) -> Message:
        """What to tell a person."""
        return msg(f"store.fault_{self.fault}", seq=self.seq or 0, table=self.table, row=self.row_id)


@dataclass(frozen=True, slots=True)
class Witness:
    """What something outside saw of the history: a line's hash, or how it begins (hex); ``place`` 0: not said."""

    name: str
    place: int
    hash: str


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """``findings`` in the order of the journal, the first hundred; ``faults`` counts all.

    ``proved`` and ``unproved`` say what the result is worth. ``complete`` is False if it was cancelled.
    ``money``: the digest of what was paid and is owed, equal for two stores that took the same files in.
    """

    lines: int
    rows: int
    erased: int
    heads: int
    faults: int
    findings: tuple[HistoryFault, ...]
    proved: tuple[Message, ...]
    unproved: tuple[Message, ...]
    complete: bool
    money: str = ""

    @property
    def ok(self) -> bool:
        """Nothing found, and all of it looked at."""
        return self.complete and not self.faults

    @property
    def first(self) -> HistoryFault | None:
        """The first thing wrong."""
        return self.findings[0] if self.findings else None
