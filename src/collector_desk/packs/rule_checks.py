"""What a conduct rule may not say although its types are right: contradictions, false authority."""

from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise

from collector_desk.domain.conduct import Confidence, ConsentScope, Level
from collector_desk.domain.conduct.clock import zone
from collector_desk.domain.conduct.rules import (
    AttemptCap,
    ContactWindow,
    ConversationCooldown,
    Deadline,
    Evidence,
    GateCondition,
    LetterContent,
    MessageContent,
    Pack,
    RepaymentPlan,
    Retention,
    Rule,
    ThirdPartyGate,
    Visit,
)
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Verdict

HISTORY_DAYS = 30
"""How far back the facts go; a window longer than that can't be counted."""

_Problem = tuple[str, Message]


def rule_problems(rule: Rule) -> Iterator[_Problem]:
    """The field at fault and what is wrong with it."""
    yield from _authority(rule)
    for field in fields(rule):
        value = getattr(rule, field.name)
        if isinstance(value, int) and not isinstance(value, bool) and value < 0:
            yield field.name, msg("conduct.number_too_small", field=field.name, least=0)
        if field.name in ("channels", "to", "applies", "flags", "fields", "ban", "purposes") and not value:
            yield field.name, msg("conduct.field_empty", field=field.name)
    match rule:
        case ContactWindow():
            yield from _window(rule)
        case AttemptCap():
            yield from _cap(rule)
        case ConversationCooldown():
            yield from _least("days", rule.days, 1)
            yield from _most("days", rule.days, HISTORY_DAYS)
            yield from _zone(rule.tz)
        case ThirdPartyGate():
            yield from _gate(rule)
        case MessageContent() | LetterContent():
            if rule.must_have & rule.must_not_have:
                yield "must_not_have", msg("conduct.contradiction")
        case RepaymentPlan():
            yield from _least("max_months", rule.max_months, 1)
        case Retention():
            yield from _least("keep_years", rule.keep_years, 1)
        case Evidence():
            yield from _least("min_gap_days", rule.min_gap_days, 1)
        case Deadline():
            yield from _least("due_days", rule.due_days, 1)
            steps = (rule.due_days, *rule.extend_to)
            if any(later <= earlier for earlier, later in pairwise(steps)):
                yield "extend_to", msg("conduct.contradiction")
        case Visit() if rule.consent_for & rule.banned_places:
            yield "banned_places", msg("conduct.contradiction")


def pack_problems(pack: Pack) -> Iterator[tuple[int, Message]]:
    """The index of the rule at fault (-1: the pack's head) and what is wrong with it."""
    if pack.valid_to is not None and pack.valid_to < pack.valid_from:
        yield -1, msg("conduct.contradiction")
    if pack.on_unknown not in (Verdict.ASK, Verdict.BLOCK):
        yield -1, msg("conduct.unknown_must_not_pass")
    for name in (pack.tz, *pack.home_zones):
        if zone(name) is None:
            yield -1, msg("conduct.zone_not_known", zone=name)
    if not pack.rules:
        yield -1, msg("conduct.field_empty", field="rule")
    ids: dict[str, int] = {}
    caps: dict[object, int] = {}
    for index, rule in enumerate(pack.rules):
        if rule.id in ids:
            yield index, msg("conduct.rule_twice", rule=rule.id)
        ids[rule.id] = index
        calendar = getattr(rule, "calendar", None)
        if calendar is not None and calendar not in pack.calendars:
            yield index, msg("conduct.calendar_not_known", calendar=calendar)
        if isinstance(rule, AttemptCap):
            same = (rule.channels, rule.counts, rule.per, rule.to, rule.modes, rule.window_days, rule.scope)
            if caps.setdefault(same, rule.max) != rule.max:
                yield index, msg("conduct.two_caps", rule=rule.id)


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
    if not rule.days or not rule.days <= frozenset(range(7)):
        yield "days", msg("conduct.days_wanted")
    yield from _zone(rule.tz)
    for name in rule.zones_only:
        yield from _zone(name)


def _cap(rule: AttemptCap) -> Iterator[_Problem]:
    yield from _least("max", rule.max, 1)
    yield from _least("window_days", rule.window_days, 1)
    yield from _most("window_days", rule.window_days, HISTORY_DAYS)
    yield from _zone(rule.tz)
    if not rule.lifted_by <= frozenset(scope.value for scope in ConsentScope):
        yield "lifted_by", msg("conduct.field_wrong", field="lifted_by", why="")
    if rule.unknown_external != "ignore" and (
        rule.scope == "seat" or rule.counts not in ("effective", "connected") or rule.window_days != 1
    ):
        # Only talks and connected calls of a day are imported from the institution.
        yield "unknown_external", msg("conduct.contradiction")


def _gate(rule: ThirdPartyGate) -> Iterator[_Problem]:
    yield from _zone(rule.tz)
    if not rule.opens_when or any(_conditions(one) != 1 for one in rule.opens_when):
        yield "opens_when", msg("conduct.one_condition")


def _conditions(one: GateCondition) -> int:
    figures = (one.failed_attempts, one.failed_days)
    if any(figure < 0 for figure in figures):
        return 0
    return sum((one.invalid_number, one.died, one.no_capacity, *(figure > 0 for figure in figures)))


def _least(name: str, value: int, least: int) -> Iterator[_Problem]:
    if 0 <= value < least:
        yield name, msg("conduct.number_too_small", field=name, least=least)


def _most(name: str, value: int, most: int) -> Iterator[_Problem]:
    if value > most:
        yield name, msg("conduct.number_too_big", field=name, most=most)


def _zone(name: str) -> Iterator[_Problem]:
    if name not in ("debtor", "own") and zone(name) is None:
        yield "tz", msg("conduct.zone_not_known", zone=name)
