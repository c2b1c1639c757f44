"""Invented situations to try a conduct pack with, read from JSON: see ``docs/conduct.md`` for the format.

Every scenario gets its answer: one that can't be read is ``Unread``, named by field and row, and counts as blocked.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from collector_desk.domain.conduct import (
    Action,
    Approval,
    Consent,
    ConsentScope,
    Content,
    Debt,
    External,
    Facts,
    Override,
    PastEvent,
    PlannedVisit,
    Share,
)
from collector_desk.domain.conduct.clock import UTC_ZONE
from collector_desk.domain.conduct.clock import zone as zone_of
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.text.cleaning import visible
from collector_desk.domain.vocabulary import Addressee, Channel, Result
from collector_desk.packs.scenario_file import (
    ActionPart,
    ConsentPart,
    ContentPart,
    DebtorPart,
    ExternalPart,
    ScenarioPart,
    VisitPart,
    without_remarks,
)
from collector_desk.packs.wanted import wanted

_STATED = "as the scenario says"
_OTHER_NAMES = {"hours": "agreed_hours", "contact_hours": "agreed_hours", "more_calls": "more_talks"}
_LONGEST_NUMBER = 18


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


@dataclass(frozen=True, slots=True)
class Unread:
    """A scenario that can't be read, and why; nothing in it is judged."""

    id: str | int
    why: Message


def read_scenarios(path: Path) -> tuple[Scenario | Unread, ...]:
    """The scenarios of a file, in its order. Raises ``Refused`` where the file is no list of scenarios."""
    rows = _rows(path)
    ids = [_id_of(row, number) for number, row in enumerate(rows, start=1)]
    times = Counter(ids)
    read: list[Scenario | Unread] = []
    for one, row in zip(ids, rows, strict=True):
        try:
            found: Scenario | Unread = _scenario(one, row, twice=times[one] > 1)
        except Refused as refused:
            found = Unread(one, refused.message)
        except ValidationError as error:
            faults = error.errors(include_url=False)
            why, field = wanted(faults[0]), _place(faults[0]["loc"])
            found = Unread(one, msg("conduct.scenario_wrong", id=_shown(one), field=field, why=why, n=len(faults)))
        read.append(found)
    return tuple(read)


# -- the file -----------------------------------------------------------------------------------------------------


class _TwiceError(ValueError):
    """A field that stands twice in one object."""


class _NumberError(ValueError):
    """NaN, or digits without end."""


def _rows(path: Path) -> list[Any]:
    file = path.name
    try:
        data = json.loads(
            path.read_bytes().decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_int=_whole,
        )
    except OSError as error:
        raise Refused("conduct.pack_not_readable", file=file) from error
    except UnicodeDecodeError as error:
        raise Refused("conduct.scenarios_not_utf8", file=file) from error
    except json.JSONDecodeError as error:
        raise Refused("conduct.scenarios_not_json", file=file, line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise Refused("conduct.scenarios_too_deep", file=file) from error
    except _TwiceError as error:
        raise Refused("conduct.scenarios_field_twice", file=file, field=visible(str(error))) from error
    except _NumberError as error:
        raise Refused("conduct.scenarios_number", file=file) from error
    if not isinstance(data, list):
        raise Refused("conduct.scenarios_not_a_list", file=file)
    if not data:
        raise Refused("conduct.scenarios_none", file=file)
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return found


def _no_number(text: str) -> float:
    raise _NumberError(text)


def _whole(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise _NumberError
    return int(text)


def _id_of(row: object, number: int) -> str | int:
    given = row.get("id") if isinstance(row, dict) else None
    return given if isinstance(given, str | int) and not isinstance(given, bool) else number


def _shown(one: str | int) -> str | int:
    """A scenario's id as it may stand in a sentence."""
    return visible(one).replace("\n", " ")[:80] if isinstance(one, str) else one


def _place(where: tuple[str | int, ...]) -> object:
    """Where in a scenario, as a person finds it: "history, row 3, result"; rows begin at 1."""
    index = next((index for index, part in enumerate(where) if isinstance(part, int)), None)
    if index is None:
        return visible(".".join(str(part) for part in where))
    field, row = ".".join(map(str, where[:index])), int(where[index]) + 1
    rest = visible(".".join(map(str, where[index + 1 :])))
    if not rest:
        return msg("conduct.scenario_row", field=field, row=row)
    return msg("conduct.scenario_row_field", field=field, row=row, part=rest)


# -- one scenario -------------------------------------------------------------------------------------------------


def _scenario(one: str | int, given: object, *, twice: bool) -> Scenario:
    if not isinstance(given, dict):
        raise Refused("conduct.scenario_no_object", id=_shown(one))
    if given.get("id") is not None and given["id"] is not one:
        raise Refused("conduct.scenario_id", id=_shown(one))
    row, remarks = without_remarks(given)
    try:
        text = json.dumps(row, ensure_ascii=False).encode("utf-8")
    except (UnicodeEncodeError, RecursionError) as error:
        raise Refused("conduct.scenario_text", id=_shown(one)) from error
    part = ScenarioPart.model_validate_json(text, context={"zone": _one_zone(row)})
    zones = part.debtor.zones if part.debtor.zones is not None else _given(part.debtor.zone)
    history = tuple(_events(part))
    consents, warnings = _consents(part.debtor, one, row, history)
    warnings += [msg("conduct.scenario_remark", id=_shown(one), field=visible(name)[:80]) for name in remarks]
    warnings += [msg("conduct.scenario_twice", id=_shown(one))] if twice else []
    return Scenario(one, part.now, _action(part.action), _facts(part, zones, history, consents), tuple(warnings))


def _given(zone: str | None) -> tuple[str, ...]:
    return () if zone is None else (zone,)


def _one_zone(row: Mapping[str, Any]) -> tzinfo | None:
    """The debtor's zone where only one is possible: by it instants without an offset are read."""
    debtor = row.get("debtor")
    if not isinstance(debtor, dict):
        return None
    zones = debtor.get("zones", [debtor.get("zone")])
    name = zones[0] if isinstance(zones, list) and len(zones) == 1 else None
    return zone_of(name) if isinstance(name, str) else None


def _facts(
    part: ScenarioPart, zones: tuple[str, ...], history: tuple[PastEvent, ...], consents: tuple[Consent, ...]
) -> Facts:
    debtor, share = part.debtor, part.share
    where = (zone_of(zones[0]) if zones else None) or part.now.tzinfo or UTC_ZONE
    return Facts(
        debtor_id=debtor.id,
        debts=_debts(debtor),
        zones=zones,
        history=history,
        flags=debtor.flags,
        consents=consents,
        share=Share(share.effective, share.connected) if share else None,
        external=_external(part.external, part.now.astimezone(where)) if part.external else None,
        approvals=tuple(Approval(one.kind, one.by, one.at, one.until, one.flag) for one in debtor.approvals),
        overrides=tuple(Override(one.rule, one.by, one.reason, one.at, one.until) for one in debtor.overrides),
        identity_verified=debtor.identity_verified,
        identity_failures=debtor.identity_failures,
        identified_ever=debtor.identified_ever,
        reserved_numbers=debtor.reserved_numbers,
        shared_numbers=debtor.shared_numbers,
        wrong_numbers=debtor.wrong_numbers,
        stopped_numbers=debtor.stopped_numbers,
        held_numbers=debtor.held_numbers,
        accepted_numbers=debtor.accepted_numbers,
        not_numbers=debtor.not_numbers,
        contacts_reached=debtor.contacts_reached,
        high_water=debtor.high_water,
    )


def _debts(debtor: DebtorPart) -> tuple[Debt, ...] | None:
    if debtor.debts is None:
        return None
    return tuple(Debt(one.id, one.state, one.owed, one.mandate_ends) for one in debtor.debts)


def _events(part: ScenarioPart) -> Iterator[PastEvent]:
    for event in part.history:
        yield PastEvent(
            at=event.at,
            channel=event.channel,
            direction=event.direction,
            to=event.to,
            number_id=event.number,
            result=event.result,
            mode=event.mode,
            debtor_id=event.debtor,
            debt_ids=event.debts,
            ended_at=event.ended,
        )


def _consents(
    debtor: DebtorPart, one: str | int, row: Mapping[str, Any], history: tuple[PastEvent, ...]
) -> tuple[tuple[Consent, ...], list[Message]]:
    found, warnings = [], []
    for index, part in enumerate(debtor.consents):
        scope, channels = _OTHER_NAMES.get(part.scope, part.scope), part.channels
        if scope in set(Channel) and part.window is not None:
            scope, channels = "agreed_hours", frozenset({Channel(scope)})
        if scope not in set(ConsentScope):
            warnings.append(msg("conduct.scenario_consent", id=_shown(one), scope=visible(part.scope)[:80]))
        elif part.since is not None:
            bare_day = len(row["debtor"]["consents"][index]["from"]) == len("2026-11-23")
            since = _given_in_talk(part.since, history) if bare_day and scope == "call_back" else part.since
            found.append(_consent(part, ConsentScope(scope), since, channels))
    return tuple(found), warnings


def _given_in_talk(day: datetime, history: tuple[PastEvent, ...]) -> datetime:
    """A call back asked for on a day, nobody says when: in the first talk of that day, which so does not use it."""
    ends = day + timedelta(days=1)
    talks = [
        event.at
        for event in history
        if event.channel is Channel.CALL
        and event.to is Addressee.DEBTOR
        and event.result is Result.EFFECTIVE
        and day <= event.at < ends
    ]
    return min(talks, default=day)


def _consent(part: ConsentPart, scope: ConsentScope, since: datetime, channels: frozenset[Channel]) -> Consent:
    return Consent(
        scope=scope,
        since=since,
        until=part.until,
        window=part.window,
        words=_STATED if part.words is None else part.words,
        proof=_STATED if part.proof is None else part.proof,
        withdrawn_at=part.withdrawn,
        channels=channels,
    )


def _external(part: ExternalPart, now: datetime) -> External:
    """A figure nobody dated counts, but as of the day's last second: it never makes the total known."""
    as_of = part.as_of or datetime.combine(now.date(), time(23, 59, 59), now.tzinfo)
    dated = part.as_of is not None
    return External(as_of, part.effective_today, part.connected_today, ours_included=part.ours_included and dated)


def _action(part: ActionPart) -> Action:
    return Action(
        channel=part.channel,
        to=part.to,
        number_id=part.number,
        direction=part.direction,
        mode=part.mode,
        purpose=part.purpose,
        actor_id=part.actor,
        debt_ids=part.debts,
        discloses=part.discloses,
        means=part.means,
        content=_content(part.content) if part.content else None,
        visit=_visit(part.visit) if part.visit else None,
        recording=part.recording,
        recording_reason=part.recording_reason,
        relations=part.relations,
        guarantor_proven=part.guarantor_proven,
    )


def _content(part: ContentPart) -> Content:
    return Content(part.kind, part.parts, part.hits)


def _visit(part: VisitPart) -> PlannedVisit:
    return PlannedVisit(
        people=part.people,
        place=part.place,
        entry_consent=part.entry_consent,
        carried=part.carried,
        av_record=part.av_record,
        child_opened=part.child_opened,
    )
