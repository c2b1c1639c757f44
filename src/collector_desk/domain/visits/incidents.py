"""What must reach a lead at once: threats, injuries, police, a refused exit, danger to a life (domain.md 9 and 11).

Begun with two taps, filled in when everybody is safe. An incident is never closed by who reported it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from collector_desk.domain.message import Refused
from collector_desk.domain.people import Person
from collector_desk.domain.vocabulary import Flag, Role, TaskKind


class IncidentKind(StrEnum):
    """What happened, in the order of the form's keys."""

    THREAT = "threat"
    INJURY = "injury"
    POLICE = "police"
    REFUSED_EXIT = "refused_exit"
    RISK_TO_LIFE = "risk_to_life"
    RECORDING = "recording"  # failed, muted, objected to, or a private phone used
    DATA_LEAK = "data_leak"
    OTHER = "other"


FLAG_OF = {IncidentKind.RISK_TO_LIFE: Flag.VULNERABLE}
"""Kinds that pause contact with the debtor until a lead has released it."""

TASK_OF = {IncidentKind.RISK_TO_LIFE: TaskKind.RISK_TO_LIFE}
"""The kinds whose task on the leads' list is another than ``TaskKind.INCIDENT``."""

_SEES_ALL = frozenset({Role.LEAD, Role.MANAGER, Role.LEGAL})


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """What is written down of it. ``at`` is when it happened, ``safe`` whether everybody is out of danger."""

    kind: IncidentKind
    at: datetime
    place: str = field(default="", repr=False)
    people: str = field(default="", repr=False)  # who was there, of ours and others
    happened: str = field(default="", repr=False)
    injured: bool = False
    injury: str = field(default="", repr=False)
    police_called: bool = False
    police: str = field(default="", repr=False)  # station, officer's number, file number
    done: str = field(default="", repr=False)  # what was done at once, who was told
    witnesses: str = field(default="", repr=False)
    safe: bool = True
    needs: str = field(default="", repr=False)  # help that is wanted now
    version: int = 0  # 0: begun, nothing written yet


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident with its newest report. ``open``: a lead has not settled it yet. ``team``: who was there."""

    id: str
    number: str
    debtor_id: str
    debtor_name: str = field(repr=False)
    visit_id: str | None
    team: frozenset[str]
    begun_at: datetime
    begun_by: str
    begun_by_name: str
    task_id: str
    open: bool
    report: IncidentReport


def check(report: IncidentReport) -> None:
    """Raise Refused with the field that is missing. What is not known yet can be added by a later version."""
    if len(report.happened.strip()) < 4:
        raise Refused("visits.incidents.happened_missing", "happened")
    if not report.done.strip():
        raise Refused("visits.incidents.done_missing", "done")
    if report.injured and not report.injury.strip():
        raise Refused("visits.incidents.injury_missing", "injury")
    if report.police_called and not report.police.strip():
        raise Refused("visits.incidents.police_missing", "police")
    if not report.safe and not report.needs.strip():
        raise Refused("visits.incidents.needs_missing", "needs")


def require_sight(incident: Incident, person: Person) -> None:
    """An incident is read by who reported it, who was there, and leads, managers and legal. Raises Refused."""
    if not may_see(incident, person):
        raise Refused("visits.incidents.not_yours")


def may_see(incident: Incident, person: Person) -> bool:
    """Whether this person reads the incident."""
    return person.id == incident.begun_by or person.id in incident.team or bool(person.roles & _SEES_ALL)
