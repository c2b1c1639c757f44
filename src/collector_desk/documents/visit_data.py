"""What stands in a visit report and in the papers beside it: plain values, gathered by the services."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from collector_desk.domain.book.money import Money
from collector_desk.domain.visits.checks import ReportFinding
from collector_desk.domain.visits.evidence import Printable
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
class VisitReportData:
    """All that stands in the report. ``made_at``: when this copy was made; ``chain_head``: the journal's, hex.

    ``photos``: the pictures to print beside their lines, by the id of the evidence.
    """

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
    photos: Mapping[str, Printable] = field(default_factory=dict, repr=False)
    chain_head: str = ""
