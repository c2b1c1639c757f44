"""A field visit as one thing that can travel: request, plan, taps on the way, report, signatures, history.

What is checked in the finished report lies in ``visit_checks``; who may do which step in ``visit_steps``.
Sources: domain.md 9 (S0 visit rules), rules C13-C16, C24, C29.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Refused
from collector_desk.domain.plain import digest
from collector_desk.domain.vocabulary import ArrearsReason, Channel, Outcome, PayChannel


class VisitPurpose(StrEnum):
    """What a visit is for."""

    TALK = "talk"
    DELIVER_LETTER = "deliver_letter"
    CHECK_ADDRESS = "check_address"
    SIGN_PLAN = "sign_plan"


class PlaceKind(StrEnum):
    """What kind of place the address is."""

    HOME = "home"
    WORK = "work"
    NEUTRAL = "neutral"  # a place agreed with the debtor


class TapKind(StrEnum):
    """What the pair taps on the way; each tap keeps its instant."""

    SET_OUT = "set_out"
    ARRIVED = "arrived"
    MET = "met"
    NOBODY = "nobody"
    CHILD = "child"  # only a minor is there: the visit ends at the door
    ASKED_IN = "asked_in"
    ENTRY_REFUSED = "entry_refused"
    ENTERED = "entered"
    LEFT_HOME = "left_home"
    ASKED_TO_LEAVE = "asked_to_leave"
    BROKE_OFF = "broke_off"
    LEFT = "left"


class VisitOutcome(StrEnum):
    """How a visit ended."""

    DONE = "done"
    NOT_FOUND = "not_found"
    BROKEN_OFF = "broken_off"
    NOT_CARRIED_OUT = "not_carried_out"


class AddressFinding(StrEnum):
    """Whether the address holds."""

    RIGHT = "right"
    WRONG = "wrong"
    NEW = "new"
    UNKNOWN = "unknown"


class Relation(StrEnum):
    """Who was met."""

    DEBTOR = "debtor"
    GUARANTOR = "guarantor"
    SPOUSE = "spouse"
    FAMILY = "family"
    CHILD = "child"  # a minor: the visit ends there
    OTHER = "other"


class Identified(StrEnum):
    """How the person met was identified."""

    ID_CARD_SEEN = "id_card_seen"
    QUESTIONS = "questions"  # the check questions were answered rightly
    KNOWN = "known"  # identified at an earlier visit
    NOT_IDENTIFIED = "not_identified"


class Entry(StrEnum):
    """Whether the pair went inside."""

    NOT_ASKED = "not_asked"
    REFUSED = "refused"
    ALLOWED = "allowed"


class ConsentHow(StrEnum):
    """How the consent to enter was given, and so how it can be shown."""

    ON_RECORDING = "on_recording"
    WRITTEN = "written"
    BEFORE_COMPANION = "before_companion"


class Agreed(StrEnum):
    """What the talk led to."""

    NOTHING = "nothing"
    PROMISE = "promise"
    PLAN_REQUEST = "plan_request"
    CALL_BACK = "call_back"


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    PHOTO = "photo"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"


class SignedHow(StrEnum):
    """How a visitor signed."""

    DRAWN = "drawn"
    PASSWORD = "password"  # noqa: S105 -- a word of the trade, not a secret


@dataclass(frozen=True, slots=True)
class Visitor:
    """One member of a visit's team, as they were on the day."""

    person_id: str
    name: str
    badge: str = ""
    badge_until: date | None = None


@dataclass(frozen=True, slots=True)
class FailedAttempt:
    """An earlier try that did not reach its end: why a visit is asked for. The number is masked."""

    attempt_id: str
    at: datetime
    channel: Channel
    outcome: Outcome
    number_masked: str = ""


@dataclass(frozen=True, slots=True)
class BrokenPromise:
    """A promise that was not kept, as evidence for a visit."""

    amount: Money
    due: date


@dataclass(frozen=True, slots=True)
class VisitRequest:
    """Somebody asks for a visit. Raises Refused without an address or without evidence that calls failed.

    ``no_number``: none of the debtor's numbers can be called, which is as good as calls that failed.
    """

    purpose: VisitPurpose
    address: str = field(repr=False)
    place: PlaceKind
    requested_by: str
    requested_by_name: str
    requested_at: datetime
    attempts: tuple[FailedAttempt, ...]
    broken_promises: tuple[BrokenPromise, ...] = ()
    words: str = field(default="", repr=False)
    no_number: bool = False

    def __post_init__(self) -> None:
        if not self.address.strip():
            raise Refused("visits.address_missing", "address")
        if not (self.attempts or self.broken_promises or self.no_number):
            raise Refused("visits.no_evidence", "attempts")


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """Who goes, where and when. Raises Refused where one person would stand for two, or the times run backwards.

    ``zone`` is the IANA name of the place's time zone: the hours of the rules are the debtor's.
    """

    lead: Visitor
    companion: Visitor
    start: datetime
    end: datetime
    address: str = field(repr=False)
    place: PlaceKind = PlaceKind.HOME
    third: Visitor | None = None
    authority_letter: str = ""
    planned_by: str = ""
    zone: str = "Asia/Shanghai"

    def __post_init__(self) -> None:
        if not self.lead.person_id.strip():
            raise Refused("visits.visitor_missing", "lead")
        if not self.companion.person_id.strip():
            raise Refused("visits.visitor_missing", "companion")
        seen: set[str] = set()
        for name, visitor in (("lead", self.lead), ("companion", self.companion), ("third", self.third)):
            if visitor is None:
                continue
            marks = {"id " + visitor.person_id.strip().casefold()}
            if visitor.badge.strip():
                marks.add("badge " + visitor.badge.strip().casefold())
            if marks & seen:
                raise Refused("visits.same_person", name)
            seen |= marks
        if self.end <= self.start:
            raise Refused("visits.end_before_start", "end")

    @property
    def team(self) -> tuple[Visitor, ...]:
        """Everybody who goes, the lead visitor first."""
        return (self.lead, self.companion) + ((self.third,) if self.third else ())


@dataclass(frozen=True, slots=True)
class Tap:
    """One tap on the way. ``present`` holds the ids of who was there; with ASKED_IN, how and where consent lies.

    ``afterwards``: not tapped, but taken from the report that was handed in later.
    """

    kind: TapKind
    at: datetime
    by: str
    present: tuple[str, ...] = ()
    consent: ConsentHow | None = None
    recorded_where: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    afterwards: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A photo, recording or paper. ``sha256`` is that of the original, in hex; ``size`` in bytes."""

    evidence_id: str
    kind: EvidenceKind
    caption: str = field(repr=False)
    sha256: str
    size: int
    media_type: str
    taken_at: datetime | None = None
    indoors: bool = False
    indoors_reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one visitor alone says, where the two differ or saw different things."""

    person_id: str
    name: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signature:
    """A visitor's mark under one content. ``strokes`` are lines of points, both axes 0 to 1000, y downwards."""

    person_id: str
    name: str
    at: datetime
    how: SignedHow
    content_hash: str
    strokes: tuple[tuple[tuple[int, int], ...], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class VisitReport:
    """What the pair reports, once for both. Signatures are kept beside it: they sign its content hash.

    ``minutes_inside`` is None where nobody went in. ``present`` names who was there from arrival to the end.
    """

    outcome: VisitOutcome
    set_out_at: datetime | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    present: tuple[str, ...] = ()
    outcome_reason: str = field(default="", repr=False)
    address: AddressFinding = AddressFinding.UNKNOWN
    new_address: str = field(default="", repr=False)
    met: Relation | None = None
    met_words: str = field(default="", repr=False)
    identified: Identified = Identified.NOT_IDENTIFIED
    debt_disclosed: bool = False
    entry: Entry = Entry.NOT_ASKED
    consent: ConsentHow | None = None
    consent_where: str = field(default="", repr=False)
    minutes_inside: int | None = None
    over_time_reason: str = field(default="", repr=False)
    recorded_where: str = field(default="", repr=False)  # the audio or video of the visit (C24)
    said: str = field(default="", repr=False)
    arrears_reason: ArrearsReason | None = None
    agreed: Agreed = Agreed.NOTHING
    promise_amount: Money | None = None
    promise_on: date | None = None
    promise_channel: PayChannel | None = None
    agreed_words: str = field(default="", repr=False)
    handed_over: str = field(default="", repr=False)
    evidence: tuple[EvidenceItem, ...] = ()
    unusual: str = field(default="", repr=False)
    next_step: str = field(default="", repr=False)
    next_on: date | None = None
    statements: tuple[Statement, ...] = ()
    version: int = 1


def content_hash(report: VisitReport, plan: VisitPlan) -> str:
    """What both visitors sign: SHA-256 (hex) over plan and report, the same for equal values on any machine."""
    return digest(SignedContent(plan, report))


@dataclass(frozen=True, slots=True)
class SignedContent:
    """Plan and report together: a report is only worth its signature with who went, where and when."""

    plan: VisitPlan
    report: VisitReport


def add_signature(
    signatures: tuple[Signature, ...], new: Signature, report: VisitReport, plan: VisitPlan
) -> tuple[Signature, ...]:
    """The signatures with one more. Refused: not of the team, has signed already, or another content was signed."""
    current = content_hash(report, plan)
    if new.person_id not in {v.person_id for v in plan.team}:
        raise Refused("visits.not_of_the_team", "signatures")
    if new.content_hash != current:
        raise Refused("visits.signed_other_content", "signatures")
    valid = tuple(s for s in signatures if s.content_hash == current)  # a changed report needs all of them again
    if new.person_id in {s.person_id for s in valid}:
        raise Refused("visits.signed_twice", "signatures")
    return (*valid, new)


def fully_signed(signatures: tuple[Signature, ...], report: VisitReport, plan: VisitPlan) -> bool:
    """Whether everybody of the team has signed exactly this content."""
    current = content_hash(report, plan)
    return {v.person_id for v in plan.team} <= {s.person_id for s in signatures if s.content_hash == current}
