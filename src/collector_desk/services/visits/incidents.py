"""Incidents: begun with two taps, on the leads' list at once, written down afterwards, version by version."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from collector_desk.documents.fonts import shared_fonts
from collector_desk.documents.incident import IncidentData, incident_pdf
from collector_desk.documents.letterhead import DocumentResult, Lang
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.plain import digest, from_plain, to_plain
from collector_desk.domain.states import DraftKind
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.text.merging import Draft
from collector_desk.domain.visits.incidents import (
    FLAG_OF,
    TASK_OF,
    IncidentKind,
    IncidentReport,
    check,
    require_sight,
)
from collector_desk.domain.visits.visit import PlaceKind
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk import drafts, letterheads
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.record import access, flags, tasks
from collector_desk.services.record.visits import read_visit
from collector_desk.services.visits import signing
from collector_desk.services.visits.signing import PaperKind, SignedPaper, Subject
from collector_desk.store import journal
from collector_desk.store import tables as t
from collector_desk.store.desk import drafts as kept
from collector_desk.store.engine import Connection
from collector_desk.store.numbers import next_number, shown

_TEXTS = ("happened", "done", "people", "witnesses", "injury", "police", "needs")


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident with its newest report. ``open``: a lead has not settled it yet."""

    id: str
    number: str
    debtor_id: str
    debtor_name: str = field(repr=False)
    visit_id: str | None
    begun_at: datetime
    begun_by: str
    begun_by_name: str
    task_id: str
    open: bool
    report: IncidentReport


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
        ids = conn.execute(select(t.incident.c.id).order_by(t.incident.c.id.desc())).scalars().all()
        found = []
        for incident_id in ids:
            try:
                found.append(_read(conn, seat, incident_id))
            except Refused:
                continue
    return tuple(sorted((one for one in found if one.open or not open_only), key=lambda one: not one.open))


def unwritten(seat: Seat, visit_id: str | None = None) -> tuple[tuple[str, str], ...]:
    """Visits this person was on, of which an incident was filed and never written down, and the incident's id."""
    line, incident = t.incident_line.c, t.incident.c
    told = select(line.incident_id).where(line.version > 0)
    statement = (
        select(incident.visit_id, incident.id)
        .join(t.visit_state, t.visit_state.c.visit_id == incident.visit_id)
        .where(
            incident.id.not_in(told),
            or_(
                incident.begun_by == seat.person.id,
                t.visit_state.c.lead_visitor_id == seat.person.id,
                t.visit_state.c.companion_id == seat.person.id,
            ),
        )
        .order_by(incident.id)
    )
    if visit_id is not None:
        statement = statement.where(incident.visit_id == visit_id)
    with seat.store.read() as conn:
        return tuple((row.visit_id, row.id) for row in conn.execute(statement))


def of_task(seat: Seat, task_id: str) -> Incident | None:
    """The incident behind a task of the leads' list, so that the list can open it."""
    with seat.store.read() as conn:
        incident_id = conn.execute(select(t.incident.c.id).where(t.incident.c.task_id == task_id)).scalar()
        return _read(conn, seat, incident_id) if incident_id else None


def paper(seat: Seat, incident_id: str, lang: Lang) -> SignedPaper:
    """The incident's PDF, signed by the store and kept: the same bytes at every later look. Run it in a worker.

    Raises Refused while nothing has been written yet. A line of history says who took it.
    """
    one = load(seat, incident_id)
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
        case = conn.execute(select(t.debtor.c.queue_case).where(t.debtor.c.id == one.debtor_id)).scalar_one()
        number = conn.execute(select(shown(t.visit)).where(t.visit.c.id == one.visit_id)).scalar()
        data = IncidentData(
            number=one.number,
            case_number=str(case),
            visit_number=number or "",
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
    row = conn.execute(
        select(
            t.incident, shown(t.incident), t.debtor.c.name, t.person.c.name.label("by_name"), t.task_state.c.open
        )
        .select_from(
            t.incident.join(t.debtor, t.debtor.c.id == t.incident.c.debtor_id)
            .join(t.task_state, t.task_state.c.task_id == t.incident.c.task_id)
            .outerjoin(t.person, t.person.c.id == t.incident.c.begun_by)
        )
        .where(t.incident.c.id == incident_id)
    ).first()
    line = t.incident_line.c
    content = conn.execute(
        select(line.content)
        .where(line.incident_id == incident_id, line.salt.is_not(None))
        .order_by(line.version.desc())
        .limit(1)
    ).scalar()
    if row is None or content is None:
        raise Refused("visits.incidents.gone")
    team: frozenset[str] = frozenset()
    if row.visit_id:
        visit = read_visit(conn, row.visit_id)
        team = frozenset(member.person_id for member in visit.plan.team) if visit.plan else team
    require_sight(row.begun_by, team, seat.person.id, seat.person.roles)
    return Incident(
        row.id,
        row.number,
        row.debtor_id,
        row.name,
        row.visit_id,
        row.begun_at,
        row.begun_by,
        row.by_name or "",
        row.task_id,
        row.open,
        from_plain(IncidentReport, content),
    )


def _write(act: Writing, incident_id: str, debtor_id: str, report: IncidentReport) -> None:
    row = {"incident_id": incident_id, "version": report.version, "content": to_plain(report)}
    act.record(t.incident_line, row, debtor_id=debtor_id)


def _changed(debtor_id: str, visit_id: str | None) -> Changes:
    return Changes(debtors=frozenset({debtor_id}), visits=frozenset({visit_id} if visit_id else ()))
