"""The finished papers of the store: signed once with its certificate, kept, the same bytes at every later look."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from collector_desk.documents.letterhead import DocumentResult, Lang
from collector_desk.documents.signing import sign_pdf
from collector_desk.documents.verify import Verified, verify_pdf
from collector_desk.domain.message import Message, Refused, Trouble
from collector_desk.domain.visits.steps import Visit, VisitState
from collector_desk.domain.visits.visit import content_hash, fully_signed
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.office import certificates
from collector_desk.services.visits import papers, sight
from collector_desk.services.visits.reading import load
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.visits.papers import kept_paper, whose_paper
from collector_desk.store.visits.reading import number_of, read_visit


class PaperKind(StrEnum):
    """What a kept paper is."""

    REPORT = "report"  # accepted, with the review on it
    SIGNED_REPORT = "signed_report"  # signed by the pair, not reviewed yet
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A finished, digitally signed PDF. ``warnings`` only when it has just been made."""

    number: str
    version: int
    data: bytes
    sha256: str
    pages: int
    warnings: tuple[Message, ...] = ()

    @property
    def file_name(self) -> str:
        """From the number alone: a file's name carries no personal data."""
        return f"{self.number}-v{self.version}.pdf"


def report_kind(visit: Visit) -> PaperKind | None:
    """The kind of final paper the visit's report has come to; None while it can still change or is not signed."""
    if visit.state in (VisitState.ACCEPTED, VisitState.FILED):
        return PaperKind.REPORT
    if visit.state is VisitState.REPORTED and visit.report and visit.plan:
        return PaperKind.SIGNED_REPORT if fully_signed(visit.signatures, visit.report, visit.plan) else None
    return None


def final_report(seat: Seat, visit_id: str, lang: Lang) -> SignedPaper:
    """The final PDF of a visit's report: the kept one, else made, signed and kept now. Run it in a worker.

    Raises Refused ``visits.signing.not_final`` while the report can still change, Trouble where the kept one is
    damaged.
    """
    visit = load(seat, visit_id)
    with seat.store.read() as conn:
        sight.require_seen(conn, seat, visit)
        number = number_of(conn, visit_id)
    kind = report_kind(visit)
    if kind is None or visit.report is None or visit.plan is None:
        raise Refused("visits.signing.not_final")
    mark = content_hash(visit.report, visit.plan)
    subject = Subject(kind, visit_id, visit.debtor_id, number, visit.report.version, mark)
    return keep(seat, subject, lang, lambda: papers.report_pdf(seat, visit_id, lang).document)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a kept paper is of: ``content_hash`` says which content of it."""

    kind: PaperKind
    id: str
    debtor_id: str
    number: str
    version: int
    content_hash: str


def keep(seat: Seat, subject: Subject, lang: Lang, make: Callable[[], DocumentResult]) -> SignedPaper:
    """The kept paper of this subject and language; made, signed and kept where there is none yet."""
    with seat.store.read() as conn:
        kept = _kept(conn, subject, lang)
    if kept is not None:
        return kept
    made = make()
    data = sign_pdf(made.data, certificates.identity(seat), seat.now(), subject.number)
    sha256 = hashlib.sha256(data).hexdigest()
    with acting(seat, "paper.sign") as act:
        kept = _kept(act.conn, subject, lang)
        if kept is not None:  # another seat was quicker: its bytes are the ones
            return kept
        row = {
            "paper_kind": subject.kind.value,
            "subject_id": subject.id,
            "debtor_id": subject.debtor_id,
            "language": lang,
            "version": subject.version,
            "content_hash": subject.content_hash,
            "sha256": sha256,
            "pages": made.pages,
            "content": data,
        }
        act.record(t.paper, row)
    return SignedPaper(subject.number, subject.version, data, sha256, made.pages, made.warnings)


@dataclass(frozen=True, slots=True)
class Checked:
    """What can be said of a PDF. ``kept``: the store holds exactly these bytes. ``signers``: who signed it,
    and when. ``newer_version``: the report's present version where the PDF shows an older one.
    """

    found: Verified
    sha256: str
    kept: bool
    signers: tuple[tuple[str, datetime], ...] = ()
    newer_version: int | None = None


def verify(seat: Seat, data: bytes) -> Checked:
    """What can be said of a PDF that somebody hands in: ours, unchanged, who signed, which version."""
    found = verify_pdf(data, certificates.certificates(seat))
    sha256 = hashlib.sha256(data).hexdigest()
    with seat.store.read() as conn:
        known = whose_paper(conn, sha256)
        if known is None or known[0] == PaperKind.INCIDENT:
            return Checked(found, sha256, known is not None)
        visit = read_visit(conn, known[1])
    signers = tuple((one.name, one.at) for one in visit.signatures if one.content_hash == found.content_hash)
    present = visit.report.version if visit.report else 0
    return Checked(found, sha256, True, signers, present if present > found.version else None)


def _kept(conn: Connection, subject: Subject, lang: Lang) -> SignedPaper | None:
    kept = kept_paper(
        conn, kind=subject.kind, subject_id=subject.id, language=lang, content_hash=subject.content_hash
    )
    if kept is None:
        return None
    if not kept.intact:
        raise Trouble("visits.signing.damaged", number=subject.number)
    return SignedPaper(subject.number, kept.version, kept.content, kept.sha256, kept.pages)
