"""The visit report as a PDF: gathered from visit, debtor's file, agency and chain; what leaves is history."""

from dataclasses import dataclass, replace

from collector_desk.documents.fonts import shared_fonts
from collector_desk.documents.letterhead import DocumentResult, Lang
from collector_desk.documents.visit_data import AccountOnPaper, VisitReportData
from collector_desk.documents.visit_report import visit_report_pdf
from collector_desk.domain.book.debts import DebtorFile
from collector_desk.domain.book.products import product_of
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.visits.steps import Visit
from collector_desk.services.desk.letterheads import letterhead, words_in
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.gate.facts import law_day
from collector_desk.services.record import access
from collector_desk.services.visits import evidence, sight, visiting
from collector_desk.services.visits.reading import load
from collector_desk.store import journal
from collector_desk.store.book import debtors
from collector_desk.store.engine import Connection
from collector_desk.store.visits.reading import number_of
from collector_desk.words import messages


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """A finished report. ``file_name`` is its number and version: nothing personal ever stands in a file's name."""

    file_name: str
    number: str
    document: DocumentResult


def report_pdf(seat: Seat, visit_id: str, lang: Lang) -> ReportPaper:
    """Print the report of a visit as it stands, signed or not. Slow: for a worker (text only about 100 ms).

    Raises Refused where there is no report yet, and where everything of the debtor's went back (``sight``).
    """
    visit = load(seat, visit_id)
    with seat.store.read() as conn:
        sight.require_seen(conn, seat, visit)
        file = debtors.debtor_file(conn, visit.debtor_id, today=seat.today(), law_day=law_day(conn, seat.now()))
        if file is None:
            raise Refused("book.cases.gone")
        data = _data(conn, seat, visit, file, lang)
        head = replace(letterhead(conn), complaints=file.lead_case.terms.complaint_number)

    document = visit_report_pdf(data, lang, head, words_in(lang), shared_fonts())
    return ReportPaper(f"{data.number}-v{data.report.version}.pdf", data.number, document)


def note_access(seat: Seat, visit_id: str, what: str) -> Changes:
    """Keep in the history that the paper was printed ("print") or saved outside the store ("export")."""
    visit = load(seat, visit_id)
    with acting(seat, f"access.{what}") as act:
        access.note(act, what, visit_id, debtor_id=visit.debtor_id)
    return Changes(visits=frozenset({visit_id}))


def _data(conn: Connection, seat: Seat, visit: Visit, file: DebtorFile, lang: Lang) -> VisitReportData:
    if visit.report is None or visit.plan is None:
        raise Refused("visits.report_missing")
    cases = tuple(
        AccountOnPaper(
            case_number=case.number,
            bank=case.terms.bank_name or file.debtor.bank_name,
            product=product_of(case)
            or (messages.text("visits.visiting.card", lang, tail=case.card_tail) if case.card_tail else ""),
            account=case.account_number,
            balance=case.balance,
            balance_on=case.balance_as_of,
            days_past_due=case.days,
        )
        for case in file.cases
        if case.id in visit.case_ids
    )
    return VisitReportData(
        number=number_of(conn, visit.visit_id),
        debtor_name=file.debtor.name,
        id_number=file.debtor.id_number,
        cases=cases,
        request=visit.request,
        plan=visit.plan,
        report=visit.report,
        made_by=seat.person.name,
        made_at=seat.now(),
        signatures=visit.signatures,
        findings=tuple(visiting.findings_in(conn, visit, visit.report)),
        review=visit.review,
        photos=evidence.photos(conn, visit.visit_id, [item.evidence_id for item in visit.report.evidence]),
        chain_head=journal.head(conn).hash.hex(),
    )
