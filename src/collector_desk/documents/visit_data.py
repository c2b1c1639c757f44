"""What stands in a visit report and in the papers beside it: plain values, gathered by the services."""

from dataclasses import dataclass, field
from datetime import date, datetime

from collector_desk.domain.book.money import Money
from collector_desk.domain.visits.checks import ReportFinding
from collector_desk.domain.visits.steps import Review
from collector_desk.domain.visits.visit import Signature, VisitPlan, VisitReport, VisitRequest


@dataclass(frozen=True, slots=True)
class AccountOnPaper:
    """One account the visit was about. The account number is masked on the page, whatever is handed in."""

    case_number: str
    bank: str
    product: str
    account: str = field(repr=False)
    balance: Money
    balance_on: date
    days_past_due: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture to print beside its evidence line: a JPEG or PNG copy without place and time inside it."""

    evidence_id: str
    data: bytes


@dataclass(frozen=True, slots=True)
class VisitReportData:
    """All that stands in the report. ``made_at``: when this copy was made; ``chain_head``: the journal's, hex."""

    number: str
    debtor_name: str = field(repr=False)
    id_number: str = field(repr=False)
    cases: tuple[AccountOnPaper, ...]
    request: VisitRequest
    plan: VisitPlan
    report: VisitReport
    made_by: str
    made_at: datetime
    signatures: tuple[Signature, ...] = ()
    findings: tuple[ReportFinding, ...] = ()
    review: Review | None = None
    photos: tuple[Photo, ...] = ()
    chain_head: str = ""
