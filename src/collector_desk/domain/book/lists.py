"""The lines of the lists over the whole book: batches as they came in, cases by their number."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from collector_desk.domain.book.ageing import bucket_of
from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.states import BatchKind, HiddenUse
from collector_desk.domain.text.masking import masked_name
from collector_desk.domain.vocabulary import Bucket, CaseState


@dataclass(frozen=True, slots=True)
class HiddenColumn:
    """A column that its file hides, and whether it was taken."""

    sheet: str
    letter: str
    header: str
    use: HiddenUse


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch of a placement: what came in, when, and by whom."""

    id: str
    placement_id: str | None  # none, nor number and bank, where no row of the file could be read
    placement_number: str
    bank_name: str
    filename: str
    sha256: str
    rounds: tuple[str, ...]
    accepted: int
    set_aside: int
    duplicates: int
    amounts: tuple[Money, ...]  # a currency each, the largest first
    imported_at: datetime
    imported_by: str
    hidden: tuple[HiddenColumn, ...] = ()
    kind: BatchKind = BatchKind.PLACEMENT
    withdrawn: bool = False  # a payment file that counts for nothing any more, on a lead's word

    @property
    def of_payments(self) -> bool:
        """Whether it is a payment file: it may be taken out again, or shows whom one rang on it."""
        return self.kind is BatchKind.PAYMENTS


@dataclass(frozen=True, slots=True)
class PlacementInfo:
    """A placement with its terms."""

    id: str
    number: str
    terms: PlacementTerms


class CaseOrder(StrEnum):
    """By what the list of cases stands; amounts of one currency are never held against another's."""

    NUMBER = "number"
    BANK = "bank"
    PLACEMENT = "placement"
    AGE = "age"
    BALANCE = "balance"
    STATE = "state"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in the list of all; ``holder`` is the name of who works the debtor now, empty in the pool."""

    id: str
    number: str
    debtor_id: str
    name: str = field(repr=False)
    bank_name: str
    placement_number: str
    days: int
    balance: Money
    state: CaseState
    queue_class: QueueClass
    holder: str

    @property
    def masked(self) -> str:
        """The name as lists show it."""
        return masked_name(self.name)

    @property
    def bucket(self) -> Bucket:
        """Age bucket of this account."""
        return bucket_of(self.days)
