"""What a conduct rule may not say although its types are right: contradictions, false authority."""

from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise

from collector_desk.domain.calls.identity import PROVING
from collector_desk.domain.conduct import Confidence, ConsentScope, Level
from collector_desk.domain.conduct.clock import zone
from collector_desk.domain.conduct.names import CARRIED, CONTENT_KINDS, EVENTS, HOLDS, MEANS, PARTS, PLACES, RECORDS
from collector_desk.domain.conduct.rules import (
    AttemptCap,
    BankSilence,
    ContactWindow,
    ConversationCooldown,
    Deadline,
    GateCondition,
    LetterContent,
    MandateWarning,
    MessageContent,
    Pack,
    PromiseKeeping,
    Rule,
    ThirdPartyGate,
    VisitRule,
)
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Verdict

HISTORY_DAYS = 30
"""How far back the facts go; a window longer than that can't be counted."""

MOST_CONTACTS = 1000
"""A cap above this caps nothing."""

_LEAST = {
    "max": 1,
    "window_days": 1,
    "days": 1,
    "max_months": 1,
    "keep_years": 1,
    "min_gap_days": 1,
    "due_days": 1,
    "min_factors": 1,
    "max_failures": 1,
    "kept_from": 1,
    "least": 1,
}
"""The least a number may be where 0 would say nothing, or too much."""

_NAMES = {
    "ban": MEANS,
    "unless_bank_agreed": MEANS,
    "consent_for": PLACES,
    "banned_places": PLACES,
    "carry": CARRIED,
    "must_have": PARTS,
    "must_not_have": PARTS,
    "only_also": PARTS,
    "forbid_fields": PARTS,
    "applies": CONTENT_KINDS,
    "records": RECORDS,
    "hold_flags": HOLDS,
    "must_include": PROVING,
}
"""Fields whose names have to be of the one vocabulary: a name misspelt would never meet anything."""

_Problem = tuple[str, Message]


def rule_problems(rule: Rule) -> Iterator[_Problem]:
    """The field at fault and what is wrong with it."""
    yield from _authority(rule)
    for field in fields(rule):
        value = getattr(rule, field.name)
        least = _LEAST.get(field.name, 0)
        if isinstance(value, int) and not isinstance(value, bool) and value < least:
            yield field.name, msg("conduct.number_too_small", field=field.name, least=least)
        for name in sorted((value or frozenset()) - _NAMES[field.name]) if field.name in _NAMES else ():
            yield field.name, msg("conduct.name_unknown", field=field.name, name=name)
        if (
            field.name in ("channels", "to", "applies", "flags", "fields", "ban", "purposes", "must_include")
            and not value
        ):
            yield field.name, msg("conduct.field_empty", field=field.name)
    match rule:
        case ContactWindow():
            yield from _window(rule)
        case AttemptCap():
            yield from _cap(rule)
        case ConversationCooldown():
            yield from _most("days", rule.days, HISTORY_DAYS)
            yield from _zone(rule.tz)
        case ThirdPartyGate():
            yield from _gate(rule)
        case MessageContent() | LetterContent():
            if rule.must_have & rule.must_not_have:
                yield "must_not_have", _against("must_not_have", "must_have")
        case Deadline():
            if rule.event not in EVENTS:
                yield "event", msg("conduct.name_unknown", field="event", name=rule.event)
            steps = (rule.due_days, *rule.extend_to)
            if any(later <= earlier for earlier, later in pairwise(steps)):
                yield "extend_to", _against("extend_to", "due_days")
        case PromiseKeeping():
            yield from _most("kept_from", rule.kept_from, 100)
            yield from _most("grace_bank_days", rule.grace_bank_days, HISTORY_DAYS)
            if rule.broken_below > rule.kept_from:
                yield "broken_below", _against("broken_below", "kept_from")
        case BankSilence():
            for name, days in (("board_after", rule.board_after), ("cases_after", rule.cases_after)):
                if days < 1:
                    yield name, msg("conduct.number_too_small", field=name, least=1)
                yield from _most(name, days, HISTORY_DAYS)
        case MandateWarning():
            if not rule.days or any(days < 1 for days in rule.days):
                yield "days", msg("conduct.number_too_small", field="days", least=1)
        case VisitRule() if rule.consent_for & rule.banned_places:
            yield "banned_places", _against("banned_places", "consent_for")


def pack_problems(pack: Pack) -> Iterator[tuple[tuple[str | int, ...], Message]]:
    """Where in the file something is wrong with the pack as a whole, and what."""
    if pack.valid_to is not None and pack.valid_to < pack.valid_from:
        yield ("pack", "valid_to"), _against("valid_to", "valid_from")
    if pack.on_unknown not in (Verdict.ASK, Verdict.BLOCK):
        yield ("pack", "on_unknown"), msg("conduct.unknown_must_not_pass")
    for field, names in (("tz", [pack.tz]), ("home_zones", sorted(pack.home_zones))):
        for name in names:
            if zone(name) is None:
                yield ("pack", field), msg("conduct.zone_not_known", zone=name)
    if not pack.rules:
        yield ("pack",), msg("conduct.field_empty", field="rule")
    ids: dict[str, int] = {}
    caps: dict[object, int] = {}
    for index, rule in enumerate(pack.rules):
        if rule.id in ids:
            yield ("rule", index), msg("conduct.rule_twice", rule=rule.id)
        ids[rule.id] = index
        calendar = getattr(rule, "calendar", None)
        if calendar is not None and calendar not in pack.calendars:
            yield ("rule", index), msg("conduct.calendar_not_known", calendar=calendar)
        if isinstance(rule, AttemptCap):
            same = (rule.channels, rule.counts, rule.per, rule.to, rule.modes, rule.window_days, rule.scope)
            if caps.setdefault(same, rule.max) != rule.max:
                yield ("rule", index), msg("conduct.two_caps", rule=rule.id)


def _authority(rule: Rule) -> Iterator[_Problem]:
    """Weak sources may not bind like the law, a house may not claim to be it, and the law has no override."""
    if rule.level is Level.HARD and rule.conf in (Confidence.W, Confidence.M):
        yield "conf", msg("conduct.weak_not_hard", conf=rule.conf.value)
    if rule.conf is Confidence.H and rule.level is not Level.HOUSE:
        yield "conf", msg("conduct.house_not_law")
    if rule.override is not None and rule.level is not Level.HOUSE:
        yield "override", msg("conduct.override_not_house")


def _window(rule: ContactWindow) -> Iterator[_Problem]:
    if rule.start == rule.end:
        yield "end", msg("conduct.window_empty")
    elif rule.end < rule.start and not rule.over_midnight:
        yield "end", msg("conduct.over_midnight", field="end")
    elif rule.end > rule.start and rule.over_midnight:
        yield "over_midnight", msg("conduct.not_over_midnight")
    if not rule.days or not rule.days <= frozenset(range(7)):
        yield "days", msg("conduct.days_wanted")
    yield from _zone(rule.tz)
    for name in rule.zones_only:
        yield from _zone(name)


def _cap(rule: AttemptCap) -> Iterator[_Problem]:
    if rule.max > MOST_CONTACTS:
        yield "max", msg("conduct.number_too_big", field="max", most=MOST_CONTACTS)
    yield from _most("window_days", rule.window_days, HISTORY_DAYS)
    yield from _zone(rule.tz)
    scopes = tuple(sorted(scope.value for scope in ConsentScope))
    if not rule.lifted_by <= frozenset(scopes):
        why = msg("conduct.want_one_of", choices=scopes)
        yield "lifted_by", msg("conduct.field_wrong", field="lifted_by", why=why)
    if rule.unknown_external != "ignore":
        # Only talks and connected calls of a day are imported from the institution.
        if rule.scope == "seat":
            yield "unknown_external", _against("unknown_external", "scope")
        if rule.counts not in ("effective", "connected"):
            yield "unknown_external", _against("unknown_external", "counts")
        if rule.window_days > 1:
            yield "unknown_external", _against("unknown_external", "window_days")


def _gate(rule: ThirdPartyGate) -> Iterator[_Problem]:
    yield from _zone(rule.tz)
    if not rule.opens_when or any(_conditions(one) != 1 for one in rule.opens_when):
        yield "opens_when", msg("conduct.one_condition")


def _conditions(one: GateCondition) -> int:
    figures = (one.failed_attempts, one.failed_days)
    if any(figure < 0 for figure in figures):
        return 0
    return sum((one.invalid_number, one.died, one.no_capacity, *(figure > 0 for figure in figures)))


def _against(field: str, other: str) -> Message:
    return msg("conduct.contradiction", field=field, other=other)


def _most(name: str, value: int, most: int) -> Iterator[_Problem]:
    if value > most:
        yield name, msg("conduct.window_too_long", field=name, most=most)


def _zone(name: str) -> Iterator[_Problem]:
    if name not in ("debtor", "own") and zone(name) is None:
        yield "tz", msg("conduct.zone_not_known", zone=name)
