"""Invented situations to try a conduct pack with, read from JSON: see ``docs/conduct.md`` for the format.

A field that is left out is not known. A field that can't be read refuses the whole file by the scenario's id and
the field's name; fields nobody knows are reported, not used.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from collector_desk.domain.conduct import (
    Action,
    Approval,
    ApprovalKind,
    Consent,
    ConsentScope,
    Content,
    External,
    Facts,
    Override,
    PastEvent,
    Purpose,
    Share,
    VisitPlan,
)
from collector_desk.domain.conduct.clock import zone as zone_of
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.vocabulary import (
    Addressee,
    CallMode,
    Channel,
    Direction,
    Disclosure,
    Flag,
    Result,
)

_T = TypeVar("_T")
_E = TypeVar("_E", bound=Enum)
_STATED = "as the scenario says"
_OTHER_NAMES = {"hours": "agreed_hours", "contact_hours": "agreed_hours", "more_calls": "more_talks"}
_KNOWN = {
    "scenario": {"id", "now", "debtor", "action", "history", "external", "share"},
    "debtor": {
        "id", "zone", "zones", "flags", "consents", "approvals", "overrides", "identity_verified",
        "identity_failures", "identified_ever", "reserved_numbers", "shared_numbers", "wrong_numbers",
        "stopped_numbers", "contacts_reached", "high_water",
    },
    "action": {
        "channel", "to", "number", "direction", "mode", "purpose", "actor", "debts", "discloses", "means",
        "content", "visit", "recording", "recording_reason", "relations", "guarantor_proven",
    },
    "history": {"at", "channel", "direction", "to", "number", "result", "mode", "debtor", "debts", "ended"},
    "consent": {"scope", "from", "to", "window", "words", "proof", "withdrawn", "channels"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scenario:
    """One question to the gate; ``warnings`` name what was in the file and had no effect."""

    id: str | int
    now: datetime
    action: Action
    facts: Facts
    warnings: tuple[Message, ...] = ()

    @property
    def zone(self) -> tzinfo | None:
        """The zone to show instants in: the debtor's, else that of ``now``."""
        return (zone_of(self.facts.zones[0]) if self.facts.zones else None) or self.now.tzinfo


def read_scenarios(path: Path) -> tuple[Scenario, ...]:
    """The scenarios of a file, in its order. Raises ``Refused`` for what can't be read."""
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise Refused("conduct.pack_not_readable", file=path.name) from error
    except ValueError as error:
        raise Refused("conduct.scenarios_not_json", file=path.name, why=str(error)) from error
    rows = data if isinstance(data, list) else [data]
    return tuple(_Reader(row, number).read() for number, row in enumerate(rows, start=1))


class _Reader:
    """One scenario; ``_field`` is where it is reading, for the message when that fails."""

    def __init__(self, raw: object, number: int) -> None:
        self.raw = raw if isinstance(raw, dict) else {}
        given = self.raw.get("id", number)
        self.id = given if isinstance(given, int) and not isinstance(given, bool) else str(given)
        self.warnings: list[Message] = []
        self.zone: tzinfo = ZoneInfo("UTC")

    def read(self) -> Scenario:
        debtor, action = self._part("debtor"), self._part("action")
        self._notice("scenario", self.raw)
        self._notice("debtor", debtor)
        self._notice("action", action)
        zones = self._get("debtor.zone", lambda: _zones(debtor))
        self.zone = (zone_of(zones[0]) if zones else None) or self.zone
        now = self._get("now", lambda: self._instant(self.raw["now"]))
        facts = self._facts(debtor, zones)
        return Scenario(self.id, now, self._action(action), facts, tuple(self.warnings))

    def _part(self, name: str) -> Mapping[str, Any]:
        value = self.raw.get(name, {})
        if not isinstance(value, dict):
            raise Refused("conduct.scenario_wrong", id=self.id, field=name)
        return value

    def _get(self, field: str, read: Callable[[], _T]) -> _T:
        try:
            return read()
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise Refused("conduct.scenario_wrong", id=self.id, field=field) from error

    def _notice(self, table: str, raw: Mapping[str, Any]) -> None:
        for name in sorted(set(raw) - _KNOWN[table]):
            self.warnings.append(msg("conduct.scenario_unknown", id=self.id, field=f"{table}.{name}"))

    def _facts(self, debtor: Mapping[str, Any], zones: tuple[str, ...]) -> Facts:
        external, share = self.raw.get("external"), self.raw.get("share")
        high_water = debtor.get("high_water")
        return Facts(
            debtor_id=str(debtor.get("id", "debtor")),
            zones=zones,
            history=self._get("history", lambda: tuple(self._events())),
            flags=self._get("debtor.flags", lambda: frozenset(Flag(flag) for flag in debtor.get("flags") or ())),
            consents=self._get("debtor.consents", lambda: tuple(self._consents(debtor.get("consents") or ()))),
            share=self._get("share", lambda: _share(share)) if share is not None else None,
            external=self._get("external", lambda: self._external(external)) if external is not None else None,
            approvals=self._get("debtor.approvals", lambda: tuple(self._approvals(debtor.get("approvals") or ()))),
            overrides=self._get("debtor.overrides", lambda: tuple(self._overrides(debtor.get("overrides") or ()))),
            identity_verified=bool(debtor.get("identity_verified", False)),
            identity_failures=self._get(
                "debtor.identity_failures", lambda: _count(debtor.get("identity_failures", 0)) or 0
            ),
            identified_ever=bool(debtor.get("identified_ever", False)),
            reserved_numbers=_names(debtor["reserved_numbers"]) if "reserved_numbers" in debtor else None,
            shared_numbers=_names(debtor.get("shared_numbers")),
            wrong_numbers=_names(debtor.get("wrong_numbers")),
            stopped_numbers=_names(debtor.get("stopped_numbers")),
            contacts_reached=_names(debtor.get("contacts_reached")),
            high_water=self._get("debtor.high_water", lambda: self._maybe(high_water)),
        )

    def _events(self) -> Iterator[PastEvent]:
        for raw in self.raw.get("history") or ():
            self._notice("history", raw)
            yield PastEvent(
                at=self._instant(raw["at"]),
                channel=Channel(raw["channel"]),
                direction=Direction(raw.get("direction", "out")),
                to=Addressee(raw.get("to", "debtor")),
                number_id=_text(raw.get("number")),
                result=_one(Result, raw.get("result")),
                mode=CallMode(raw.get("mode", "talk")),
                debtor_id=str(raw.get("debtor", "")),
                debt_ids=_names(raw.get("debts")),
                ended_at=self._maybe(raw.get("ended")),
            )

    def _consents(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[Consent]:
        for raw in rows:
            self._notice("consent", raw)
            name = str(raw["scope"])
            window = _window(raw.get("window"))
            channels = frozenset(Channel(channel) for channel in raw.get("channels") or ())
            scope = _OTHER_NAMES.get(name, name)
            if scope in set(Channel) and window is not None:
                scope, channels = "agreed_hours", frozenset({Channel(scope)})
            if scope not in set(ConsentScope):
                self.warnings.append(msg("conduct.scenario_consent", scope=name))
                continue
            yield Consent(
                scope=ConsentScope(scope),
                since=self._instant(raw["from"]),
                until=self._maybe(raw.get("to"), end=True),
                window=window,
                words=str(raw.get("words", _STATED) or ""),
                proof=str(raw.get("proof", _STATED) or ""),
                withdrawn_at=self._maybe(raw.get("withdrawn")),
                channels=channels,
            )

    def _approvals(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[Approval]:
        for raw in rows:
            yield Approval(
                ApprovalKind(raw["kind"]),
                str(raw["by"]),
                self._instant(raw["at"]),
                self._maybe(raw.get("until"), end=True),
                _one(Flag, raw.get("flag")),
            )

    def _overrides(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[Override]:
        for raw in rows:
            at, until = self._instant(raw["at"]), self._instant(raw["until"], end=True)
            yield Override(str(raw["rule"]), str(raw["by"]), str(raw["reason"]), at, until)

    def _external(self, raw: Mapping[str, Any]) -> External:
        return External(
            self._instant(raw["as_of"]),
            _count(raw.get("effective_today")),
            _count(raw.get("connected_today")),
            ours_included=raw.get("ours_included") is True,
        )

    def _action(self, raw: Mapping[str, Any]) -> Action:
        return self._get(
            "action",
            lambda: Action(
                channel=Channel(raw["channel"]),
                to=Addressee(raw.get("to", "debtor")),
                number_id=_text(raw.get("number")),
                direction=Direction(raw.get("direction", "out")),
                mode=CallMode(raw.get("mode", "talk")),
                purpose=_one(Purpose, raw.get("purpose")),
                actor_id=str(raw.get("actor", "")),
                debt_ids=_names(raw.get("debts")),
                discloses=Disclosure(raw.get("discloses", "nothing")),
                means=_names(raw.get("means")),
                content=_content(raw.get("content")),
                visit=_visit(raw.get("visit")),
                recording=raw.get("recording"),
                recording_reason=str(raw.get("recording_reason", "")),
                relations=_names(raw.get("relations")),
                guarantor_proven=raw.get("guarantor_proven"),
            ),
        )

    def _maybe(self, value: object, *, end: bool = False) -> datetime | None:
        return None if value is None else self._instant(value, end=end)

    def _instant(self, value: object, *, end: bool = False) -> datetime:
        """An ISO instant; without an offset in the debtor's zone, a bare day as its beginning (or its end)."""
        text = str(value)
        if len(text) == 10:
            day = date.fromisoformat(text) + timedelta(days=end)
            return datetime.combine(day, time(), self.zone)
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=self.zone)


def _zones(debtor: Mapping[str, Any]) -> tuple[str, ...]:
    zones = debtor.get("zones", debtor.get("zone"))
    if zones is None:
        return ()
    return (zones,) if isinstance(zones, str) else tuple(str(name) for name in zones)


def _share(raw: Mapping[str, Any]) -> Share:
    return Share(_count(raw.get("effective")), _count(raw.get("connected")))


def _count(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(value)
    return value


def _names(value: object) -> frozenset[str]:
    return frozenset(str(name) for name in value) if isinstance(value, list) else frozenset()


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _one(enum: type[_E], value: object) -> _E | None:
    return None if value is None else enum(value)


def _window(value: object) -> tuple[int, int] | None:
    """``"20:00-01:00"``, ``["20:00", "01:00"]`` or ``{"start", "end"}`` as seconds of the day."""
    if value is None:
        return None
    if isinstance(value, str):
        edges: list[Any] = value.replace("–", "-").split("-")
    elif isinstance(value, dict):
        edges = [value.get("start", value.get("from")), value.get("end", value.get("to"))]
    else:
        edges = list(value) if isinstance(value, list) else []
    start, end = (_seconds(str(edge).strip()) for edge in edges)
    if start == end:
        raise ValueError(value)
    return start, end


def _seconds(text: str) -> int:
    hour, minute, *second = (int(part) for part in text.split(":"))
    total = hour * 3600 + minute * 60 + sum(second)
    if not (0 <= minute < 60 and 0 <= total <= 86_400):
        raise ValueError(text)
    return total


def _content(raw: Mapping[str, Any] | None) -> Content | None:
    if raw is None:
        return None
    hits = raw.get("hits")
    return Content(str(raw["kind"]), _names(raw.get("parts")), None if hits is None else _names(hits))


def _visit(raw: Mapping[str, Any] | None) -> VisitPlan | None:
    if raw is None:
        return None
    carried = raw.get("carried")
    return VisitPlan(
        people=int(raw["people"]),
        place=_text(raw.get("place")),
        entry_consent=raw.get("entry_consent"),
        carried=None if carried is None else _names(carried),
        av_record=raw.get("av_record"),
        child_opened=bool(raw.get("child_opened", False)),
    )
