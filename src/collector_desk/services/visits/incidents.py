"""Incidents: begun with two taps, on the leads' list at once, written down afterwards, version by version."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from collector_desk.documents.fonts import shared_fonts
from collector_desk.documents.incident import IncidentData, incident_pdf
from collector_desk.documents.letterhead import DocumentResult, Lang
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.plain import digest, to_plain
from collector_desk.domain.states import DraftKind
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.text.merging import Draft
from collector_desk.domain.visits.incidents import (
    FLAG_OF,
    TASK_OF,
    Incident,
    IncidentKind,
    IncidentReport,
    check,
    may_see,
    require_sight,
)
from collector_desk.domain.visits.visit import PlaceKind
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk import drafts, letterheads
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.record import access, flags, tasks
from collector_desk.services.visits import sight, signing
from collector_desk.services.visits.signing import PaperKind, SignedPaper, Subject
from collector_desk.store import journal
from collector_desk.store import tables as t
from collector_desk.store.book.debtors import queue_row
from collector_desk.store.desk import drafts as kept
from collector_desk.store.engine import Connection
from collector_desk.store.numbers import next_number
from collector_desk.store.visits import incidents as filed
from collector_desk.store.visits.reading import number_of, read_visit

_TEXTS = ("happened", "done", "people", "witnesses", "injury", "police", "needs")


def begin(
    seat: Seat, kind: IncidentKind, *, visit_id: str | None = None, debtor_id: str | None = None
) -> tuple[str, Changes]:
    """Begin an incident by the second of two taps: the leads' list has it now, due at once; returns its id.

    Of a visit or of a debtor. Danger to a life pauses contact until a lead has released it.
    """
    with acting(seat, "incident.begin") as act:
        return open_now(act, seat, kind, visit_id=visit_id, debtor_id=debtor_id)


def open_now(
    act: Writing,
    seat: Seat,
    kind: IncidentKind,
    *,
    visit_id: str | None = None,
    debtor_id: str | None = None,
    happened: str = "",
) -> tuple[str, Changes]:
    """Begin an incident inside another act's transaction; ``happened`` where that act knows it already."""
    place = ""
    if visit_id is not None:
        visit = read_visit(act.conn, visit_id)
        debtor_id = visit.debtor_id
        place = visit.plan.address if visit.plan else visit.request.address
    if debtor_id is None:
        raise Refused("visits.incidents.of_nothing")
    task_id = tasks.open_task(act, debtor_id, TASK_OF.get(kind, TaskKind.INCIDENT))
    serial, number = next_number(act.conn, t.incident)
    row = {
        "issuer": seat.store_id,
        "serial": serial,
        "debtor_id": debtor_id,
        "visit_id": visit_id,
        "incident_kind": kind.value,
        "begun_at": act.at,
        "begun_by": seat.person.id,
        "task_id": task_id,
    }
    incident_id = act.record(t.incident, row)
    _write(act, incident_id, debtor_id, IncidentReport(kind, act.at, place, happened=happened))
    flag = FLAG_OF.get(kind)
    if flag is not None:
        flags.put(act, debtor_id, flag, on=True, reason=number)
    return incident_id, _changed(debtor_id, visit_id)


def write(seat: Seat, incident_id: str, report: IncidentReport) -> Changes:
    """Keep what happened as the next version; what stood there before stays in the history.

    Raises Refused with the field at fault, or where it would drop words that another typed into the draft. The
    kind stays as it was tapped.
    """
    with acting(seat, "incident.write") as act:
        present = _read(act.conn, seat, incident_id)
        clean = replace(
            report,
            kind=present.report.kind,
            version=present.report.version + 1,
            place=cleaned(report.place, 300),
            people=cleaned(report.people, 1000),
            happened=cleaned(report.happened),
            injury=cleaned(report.injury, 2000) if report.injured else "",
            police=cleaned(report.police, 500) if report.police_called else "",
            done=cleaned(report.done, 4000),
            witnesses=cleaned(report.witnesses, 1000),
            needs="" if report.safe else cleaned(report.needs, 1000),
        )
        check(clean)
        _refuse_dropping(act.conn, seat, incident_id, clean)
        _write(act, incident_id, present.debtor_id, clean)
        kept.forget(act.conn, DraftKind.INCIDENT, incident_id)
    return _changed(present.debtor_id, present.visit_id)


def typed(seat: Seat, incident_id: str) -> Draft:
    """The draft of an incident's report, whoever writes it; where there is none, the report as it was kept last."""
    with seat.store.read() as conn:
        return kept.read(conn, DraftKind.INCIDENT, incident_id) or _kept(_read(conn, seat, incident_id))


def save_draft(
    seat: Seat,
    incident_id: str,
    fields: Mapping[str, Any],
    *,
    base: Mapping[str, Any],
    window: str,
    chosen: Collection[tuple[str, str]] = (),
) -> Draft:
    """Keep what stands in a window's fields, merged with what the others typed; returns the draft as it is now."""
    with seat.store.write() as conn:
        stored = kept.read(conn, DraftKind.INCIDENT, incident_id) or _kept(_read(conn, seat, incident_id))
        return drafts.put(
            conn,
            seat,
            DraftKind.INCIDENT,
            incident_id,
            fields,
            base=base,
            window=window,
            chosen=chosen,
            stored=stored,
        )


def load(seat: Seat, incident_id: str) -> Incident:
    """One incident; raises Refused for who has no business with it."""
    with seat.store.read() as conn:
        return _read(conn, seat, incident_id)


def incidents(seat: Seat, *, open_only: bool = False) -> tuple[Incident, ...]:
    """Those this person may read, open ones first, then the newest."""
    with seat.store.read() as conn:
        found = [one for one in filed.all_incidents(conn) if may_see(one, seat.person)]
    return tuple(sorted((one for one in found if one.open or not open_only), key=lambda one: not one.open))


def unwritten(seat: Seat, visit_id: str | None = None) -> tuple[tuple[str, str], ...]:
    """Visits this person was on, of which an incident was filed and never written down, and the incident's id."""
    with seat.store.read() as conn:
        found = filed.unwritten(conn, seat.person.id)
    return tuple(one for one in found if visit_id in (None, one[0]))


def of_task(seat: Seat, task_id: str) -> Incident | None:
    """The incident behind a task of the leads' list, so that the list can open it."""
    with seat.store.read() as conn:
        one = filed.incident_of_task(conn, task_id)
    if one is not None:
        require_sight(one, seat.person)
    return one


def paper(seat: Seat, incident_id: str, lang: Lang) -> SignedPaper:
    """The incident's PDF, signed by the store and kept: the same bytes at every later look. Run it in a worker.

    Raises Refused while nothing has been written yet, and where everything of the debtor's went back. A line of
    history says who took it.
    """
    one = load(seat, incident_id)
    with seat.store.read() as conn:
        if sight.hidden_debtors(conn, seat, [one.debtor_id]):
            raise Refused("visits.returned")
    if one.report.version == 0:
        raise Refused("visits.incidents.not_written")
    mark = digest(one.report)
    subject = Subject(PaperKind.INCIDENT, one.id, one.debtor_id, one.number, one.report.version, mark)
    made = signing.keep(seat, subject, lang, lambda: _print(seat, one, lang))
    with acting(seat, "access.print") as act:
        access.note(act, "print", one.id, debtor_id=one.debtor_id)
    return made


def _print(seat: Seat, one: Incident, lang: Lang) -> DocumentResult:
    with seat.store.read() as conn:
        visit = read_visit(conn, one.visit_id) if one.visit_id else None
        debtor = queue_row(conn, one.debtor_id, today=seat.today())
        data = IncidentData(
            number=one.number,
            case_number=debtor.case_number if debtor else "",
            visit_number=number_of(conn, visit.visit_id) if visit else "",
            team=tuple(member.name for member in visit.plan.team) if visit and visit.plan else (),
            place=visit.plan.place if visit and visit.plan else PlaceKind.NEUTRAL,
            begun_by=one.begun_by_name,
            begun_at=one.begun_at,
            report=one.report,
            made_by=seat.person.name,
            made_at=seat.now(),
            chain_head=journal.head(conn).hash.hex(),
            zone=seat.zone,
        )
        head = letterheads.letterhead(conn)
    return incident_pdf(data, lang, head, letterheads.words_in(lang), shared_fonts())


def _kept(one: Incident) -> Draft:
    """The report as the fields of its form hold it."""
    report = one.report
    texts = {name: getattr(report, name) for name in _TEXTS}
    ticks = {"injured": report.injured, "police_called": report.police_called, "unsafe": not report.safe}
    return Draft(DraftKind.INCIDENT, one.id, texts | ticks, one.begun_at, one.begun_by_name)


def _refuse_dropping(conn: Connection, seat: Seat, incident_id: str, report: IncidentReport) -> None:
    """What the others typed stands in the report."""
    draft = kept.read(conn, DraftKind.INCIDENT, incident_id)
    if draft is None:
        return
    for one in draft.beside:
        raise Refused("visits.two_texts", one.name, name=draft.names.get(one.person_id, ""))
    asked = {"injury": report.injured, "police": report.police_called, "needs": not report.safe}
    for name, author in draft.authors.items():
        if author == seat.person.id or name not in _TEXTS or not asked.get(name, True):
            continue
        if cleaned(str(draft.content.get(name, ""))) not in getattr(report, name):
            raise Refused("visits.words_of_another", name, name=draft.names.get(author, ""))


# --- parts -----------------------------------------------------------------------------------------------


def _read(conn: Connection, seat: Seat, incident_id: str) -> Incident:
    one = filed.incident_of(conn, incident_id)
    if one is None:
        raise Refused("visits.incidents.gone")
    require_sight(one, seat.person)
    return one


def _write(act: Writing, incident_id: str, debtor_id: str, report: IncidentReport) -> None:
    row = {"incident_id": incident_id, "version": report.version, "content": to_plain(report)}
    act.record(t.incident_line, row, debtor_id=debtor_id)


def _changed(debtor_id: str, visit_id: str | None) -> Changes:
    return Changes(debtors=frozenset({debtor_id}), visits=frozenset({visit_id} if visit_id else ()))
