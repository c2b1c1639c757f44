"""What a file of scenarios may hold: a typed model of it, read without guessing. See ``docs/conduct.md``.

No unknown value is passed over and no type is bent: a name misspelt or a "no" where false is meant would otherwise
open what the rules shut. A field left out, or null, is not known; a field that is nearly one of ours is a slip, any
other one a remark.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from collector_desk.domain.conduct import ApprovalKind, Purpose
from collector_desk.domain.conduct.names import CARRIED, CONTENT_KINDS, MEANS, PLACES, RELATIONS
from collector_desk.domain.vocabulary import (
    Addressee,
    CallMode,
    CaseState,
    Channel,
    Direction,
    Disclosure,
    Flag,
    Result,
)

FIRST = datetime(1970, 1, 2, tzinfo=UTC)
LAST = datetime(2999, 12, 30, tzinfo=UTC)
"""What lies beyond is no instant of a real case, and for the ends of a span as good as always."""

_MOST = 10_000
_NEARLY = 0.7  # how like one of ours a field's name is when it is taken for a slip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}([.]\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_T = TypeVar("_T")


def _wrong(code: str) -> PydanticCustomError:
    return PydanticCustomError(code, code)


def _moment(text: str, info: ValidationInfo) -> datetime:
    """An ISO instant; without an offset by the debtor's one zone."""
    if not _INSTANT.fullmatch(text):
        raise _wrong("conduct.want_instant")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise _wrong("conduct.want_instant") from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=_zone(info))


def _zone(info: ValidationInfo) -> tzinfo:
    where: tzinfo | None = (info.context or {}).get("zone")
    if where is None:
        raise _wrong("conduct.want_offset")
    return where


def _instant(value: Any, info: ValidationInfo) -> datetime:
    """When something is or was: an instant of this age."""
    moment = _moment(value, info) if isinstance(value, str) else None
    if moment is None or not FIRST.year < moment.year <= LAST.year:
        raise _wrong("conduct.want_instant")
    return moment


def _edge(value: Any, info: ValidationInfo, days: int) -> datetime:
    """An end of a span: an instant, or a bare day by its beginning ``days`` later. What is far off is cut."""
    if not isinstance(value, str):
        raise _wrong("conduct.want_day_or_instant")
    if not _DAY.fullmatch(value):
        if not _INSTANT.fullmatch(value):
            raise _wrong("conduct.want_day_or_instant")
        return _cut(_moment(value, info))
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise _wrong("conduct.want_day_or_instant") from error
    if not FIRST.year < day.year < LAST.year:
        return FIRST if day.year <= FIRST.year else LAST
    return datetime.combine(day + timedelta(days=days), time(), _zone(info))


def _cut(moment: datetime) -> datetime:
    if FIRST.year < moment.year < LAST.year:
        return moment
    return FIRST if moment.year <= FIRST.year else LAST


def _begin(value: Any, info: ValidationInfo) -> datetime | None:
    return None if value is None else _edge(value, info, 0)


def _end(value: Any, info: ValidationInfo) -> datetime | None:
    return None if value is None else _edge(value, info, 1)


def _withdrawn(value: Any, info: ValidationInfo) -> datetime | None:
    """When; ``true``: it is withdrawn, nobody says since when, so it never held."""
    if isinstance(value, bool):
        return FIRST if value else None
    return _begin(value, info)


def _window(value: Any) -> tuple[int, int] | None:
    """``"20:00-01:00"``, ``["20:00", "01:00"]`` or ``{"start", "end"}`` as seconds of the day."""
    if value is None:
        return None
    edges: list[Any] = []
    if isinstance(value, str):
        edges = value.replace("–", "-").split("-")
    elif isinstance(value, dict) and set(value) in ({"start", "end"}, {"from", "to"}):
        edges = [value.get("start", value.get("from")), value.get("end", value.get("to"))]
    elif isinstance(value, list):
        edges = value
    if len(edges) != 2 or not all(isinstance(edge, str) for edge in edges):
        raise _wrong("conduct.want_window")
    return _seconds(edges[0].strip()), _seconds(edges[1].strip())


def _seconds(text: str) -> int:
    found = _CLOCK.fullmatch(text)
    hour, minute, second = (int(part or 0) for part in found.groups()) if found else (99, 0, 0)
    total = hour * 3600 + minute * 60 + second
    if minute > 59 or second > 59 or total > 86_400:
        raise _wrong("conduct.want_window")
    return total


def _one_of(names: frozenset[str]) -> Callable[[_T], _T]:
    """A check that a name, or each of several, is one of the vocabulary."""

    def check(value: _T) -> _T:
        given = value if isinstance(value, frozenset) else {value}
        if given - {None} - names:
            choices = {"choices": tuple(sorted(names))}
            raise PydanticCustomError("conduct.want_one_of", "conduct.want_one_of", choices)
        return value

    return check


Instant = Annotated[datetime, PlainValidator(_instant)]
Begin = Annotated[datetime | None, PlainValidator(_begin)]
End = Annotated[datetime | None, PlainValidator(_end)]
Names = frozenset[str]
Count = Annotated[int, Field(ge=0, le=_MOST)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ConsentPart(_Part):
    """Something the debtor agreed to; without ``from`` or ``to`` it grants nothing."""

    scope: str
    since: Begin = Field(None, alias="from")
    until: End = Field(None, alias="to")
    window: Annotated[tuple[int, int] | None, PlainValidator(_window)] = None
    words: str | None = None
    proof: str | None = None
    withdrawn: Annotated[datetime | None, PlainValidator(_withdrawn)] = None
    channels: frozenset[Channel] = frozenset()


class ApprovalPart(_Part):
    """A lead's approval."""

    kind: ApprovalKind
    by: str
    at: Instant
    until: End = None
    flag: Flag | None = None


class OverridePart(_Part):
    """A lead's decision to let one rule pass."""

    rule: str
    by: str
    reason: str
    at: Instant
    until: Annotated[datetime, PlainValidator(_end)]


class DebtPart(_Part):
    """One account placed with us; where nobody says otherwise it is open and something is owed."""

    id: str = ""
    state: CaseState = CaseState.OPEN
    owed: bool = True
    mandate_ends: date | None = None


class DebtorPart(_Part):
    """Whom it is about."""

    id: str = "debtor"
    debts: tuple[DebtPart, ...] | None = None
    zone: str | None = None
    zones: tuple[str, ...] | None = None
    flags: frozenset[Flag] = frozenset()
    consents: tuple[ConsentPart, ...] = ()
    approvals: tuple[ApprovalPart, ...] = ()
    overrides: tuple[OverridePart, ...] = ()
    identity_verified: bool = False
    identity_failures: Count = 0
    identified_ever: bool = False
    reserved_numbers: Names | None = None
    shared_numbers: Names = frozenset()
    wrong_numbers: Names = frozenset()
    stopped_numbers: Names = frozenset()
    held_numbers: Names = frozenset()
    accepted_numbers: Names = frozenset()
    not_numbers: Names = frozenset()
    contacts_reached: Names = frozenset()
    high_water: Annotated[datetime | None, PlainValidator(lambda v, i: None if v is None else _instant(v, i))] = (
        None
    )

    @model_validator(mode="after")
    def _one_way(self) -> "DebtorPart":
        if self.zone is not None and self.zones is not None:
            raise _wrong("conduct.want_one_zone")
        return self


class ContentPart(_Part):
    """What a message carries."""

    kind: Annotated[str, AfterValidator(_one_of(CONTENT_KINDS))]
    parts: Names = frozenset()
    hits: Names | None = None


class VisitPart(_Part):
    """A visit as it stands."""

    people: Count
    place: Annotated[str | None, AfterValidator(_one_of(PLACES))] = None
    entry_consent: bool | None = None
    carried: Annotated[Names | None, AfterValidator(_one_of(CARRIED))] = None
    av_record: bool | None = None
    child_opened: bool = False


class ActionPart(_Part):
    """The contact in question."""

    channel: Channel
    to: Addressee
    number: str | None = None
    direction: Direction = Direction.OUT
    mode: CallMode = CallMode.TALK
    purpose: Purpose | None = None
    actor: str = ""
    debts: Names = frozenset()
    discloses: Disclosure = Disclosure.NOTHING
    means: Annotated[Names, AfterValidator(_one_of(MEANS))] = frozenset()
    content: ContentPart | None = None
    visit: VisitPart | None = None
    recording: bool | None = None
    recording_reason: str = ""
    relations: Annotated[Names, AfterValidator(_one_of(RELATIONS))] = frozenset()
    guarantor_proven: bool | None = None


class EventPart(_Part):
    """One past contact. Where nobody says otherwise it went out to the debtor: so it counts."""

    at: Instant
    channel: Channel
    direction: Direction = Direction.OUT
    to: Addressee = Addressee.DEBTOR
    number: str | None = None
    result: Result | None = None
    mode: CallMode = CallMode.TALK
    debtor: str = ""
    debts: Names = frozenset()
    ended: Annotated[datetime | None, PlainValidator(lambda v, i: None if v is None else _instant(v, i))] = None


class ExternalPart(_Part):
    """The institution's figure; without ``as_of`` it can only tighten."""

    effective_today: Count | None = None
    connected_today: Count | None = None
    as_of: Annotated[datetime | None, PlainValidator(lambda v, i: None if v is None else _instant(v, i))] = None
    ours_included: bool = False


class SharePart(_Part):
    """This workstation's share."""

    effective: Count | None = None
    connected: Count | None = None


class ScenarioPart(_Part):
    """One scenario, whole."""

    id: str | int | None = None
    now: Instant
    debtor: DebtorPart = DebtorPart()
    action: ActionPart
    history: tuple[EventPart, ...] = ()
    external: ExternalPart | None = None
    share: SharePart | None = None


def without_remarks(given: Any, part: type[BaseModel] = ScenarioPart) -> tuple[Any, list[str]]:
    """The object as the model of ``part`` reads it, and the names of the fields nobody knows.

    What is null is left out. A name nearly like one of ours stays, so that the model refuses it.
    """
    if not isinstance(given, dict):
        return given, []
    ours = {field.alias or name: field.annotation for name, field in part.model_fields.items()}
    kept: dict[str, Any] = {}
    remarks: list[str] = []
    for name, value in given.items():
        if value is None:
            continue
        if name not in ours and not get_close_matches(name.casefold(), ours, n=1, cutoff=_NEARLY):
            remarks.append(name)
            continue
        inner = _part_in(ours.get(name))
        many = value if isinstance(value, list) else [value]
        read = [without_remarks(one, inner) if inner else (one, []) for one in many]
        kept[name] = [one for one, _ in read] if isinstance(value, list) else read[0][0]
        remarks += [f"{name}.{remark}" for _, found in read for remark in found]
    return kept, remarks


def _part_in(annotation: Any) -> type[BaseModel] | None:
    """The model of the objects a field holds, if it holds any."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _part_in(one))), None)
