"""The rules about means and matter: what is used, sent, said, carried and recorded."""

from collections.abc import Iterator
from datetime import datetime

from collector_desk.domain.conduct.case import Case
from collector_desk.domain.conduct.findings import ask, breach, remark
from collector_desk.domain.conduct.names import PARTS
from collector_desk.domain.conduct.rules import (
    ChannelBan,
    LetterContent,
    MessageContent,
    Pack,
    ProhibitedPhrase,
    Recording,
    Rule,
    VisitRule,
)
from collector_desk.domain.conduct.values import ApprovalKind, Reason
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Channel, Verdict


def words(group: str, names: frozenset[str] | tuple[str, ...]) -> tuple[Message, ...]:
    """Names of a pack's vocabulary as messages, so that they are shown in the person's language."""
    ordered = names if isinstance(names, tuple) else sorted(names)
    return tuple(msg(f"conduct.{group}_{name}") for name in ordered)


def channel_ban(rule: ChannelBan, pack: Pack, case: Case, at: datetime) -> Iterator[Reason]:
    """Banned means are not used; those the bank may agree to are asked for."""
    for means in sorted(case.action.means & rule.ban):
        if means in rule.unless_bank_agreed and case.approval(ApprovalKind.BANK_MEANS, at):
            yield remark(rule, pack, msg("conduct.means_agreed", means=msg(f"conduct.means_{means}")))
        else:
            detail = msg("conduct.means_banned", means=msg(f"conduct.means_{means}"))
            later = case.approved_later(ApprovalKind.BANK_MEANS, at) if means in rule.unless_bank_agreed else None
            yield breach(rule, pack, case, at, detail, until=later)


def message_content(rule: MessageContent, pack: Pack, case: Case, at: datetime) -> Iterator[Reason]:
    """A message holds what it must, nothing it must not, and nothing else where the rule closes the list."""
    content = case.action.content
    if not case.outgoing or content is None or content.kind not in rule.applies:
        return
    wanted = rule.must_have | ({"opt_out"} if rule.opt_out else frozenset())
    unwanted = content.parts & rule.must_not_have
    if rule.only_also is not None:
        unwanted |= content.parts - wanted - rule.only_also
    yield from _parts(rule, pack, case, at, wanted - content.parts, unwanted)


def letter_content(rule: LetterContent, pack: Pack, case: Case, at: datetime) -> Iterator[Reason]:
    """A collection letter is whole: all its items, and nothing that poses as somebody else's paper."""
    content = case.action.content
    if not case.outgoing or content is None or content.kind != Channel.LETTER:
        return
    yield from _parts(rule, pack, case, at, rule.must_have - content.parts, content.parts & rule.must_not_have)


def _parts(
    rule: Rule, pack: Pack, case: Case, at: datetime, missing: frozenset[str], unwanted: frozenset[str]
) -> Iterator[Reason]:
    if missing:
        detail = msg("conduct.parts_missing", parts=words("part", missing))
        yield breach(rule, pack, case, at, detail, n=len(missing))
    if unwanted:
        # A part outside the vocabulary has no words of its own: it is shown as it was named.
        parts = (*words("part", unwanted & PARTS), *sorted(unwanted - PARTS))
        yield breach(rule, pack, case, at, msg("conduct.parts_unwanted", parts=parts))


def prohibited_phrase(rule: ProhibitedPhrase, pack: Pack, case: Case, at: datetime) -> Iterator[Reason]:
    """Judges what the wording check found; text nobody checked is not sent."""
    content = case.action.content
    if not case.outgoing or content is None or content.kind not in rule.applies:
        return
    if rule.when_flag is not None and rule.when_flag not in case.facts.flags:
        return
    if content.hits is None:
        yield ask(rule, pack, msg("conduct.wording_not_checked"), "wording_check")
    elif rule.lexicon in content.hits:
        if rule.action == "ask":
            yield ask(rule, pack, msg("conduct.wording_found"), "approved_wording")
        else:
            yield breach(rule, pack, case, at, msg("conduct.wording_found"))


def recording(rule: Recording, pack: Pack, case: Case, at: datetime) -> Iterator[Reason]:
    """What can't be recorded wants a reason, and is shown as an incident."""
    action = case.action
    if action.channel not in rule.channels or action.recording is not False:
        return
    if rule.missing == "block":
        yield breach(rule, pack, case, at, msg("conduct.not_recorded"))
    elif action.recording_reason.strip():
        yield remark(rule, pack, msg("conduct.not_recorded"), verdict=Verdict.WARN)
    else:
        yield ask(rule, pack, msg("conduct.recording_reason"), "recording_reason")


def visit(rule: VisitRule, pack: Pack, case: Case, at: datetime) -> Iterator[Reason]:
    """A visit as it stands at check-in; while it is only planned (no details) the rule just gives duties."""
    plan = case.action.visit
    if case.action.channel is not Channel.VISIT or plan is None:
        return
    if plan.people < rule.min_people:
        detail = msg("conduct.visit_people", n=plan.people, m=rule.min_people)
        yield breach(rule, pack, case, at, detail, n=plan.people, m=rule.min_people)
    if rule.carry:
        if plan.carried is None:
            yield ask(rule, pack, msg("conduct.visit_carry", parts=words("carry", rule.carry)), "carried")
        elif rule.carry - plan.carried:
            missing = words("carry", rule.carry - plan.carried)
            yield breach(rule, pack, case, at, msg("conduct.visit_carry", parts=missing))
    if plan.place is None and (rule.banned_places or rule.consent_for):
        yield ask(rule, pack, msg("conduct.visit_place_unknown"), "place")
    if plan.place in rule.banned_places:
        yield breach(rule, pack, case, at, msg("conduct.visit_place"))
    if plan.place in rule.consent_for:
        if plan.entry_consent is None:
            yield ask(rule, pack, msg("conduct.visit_entry"), "entry_consent")
        elif not plan.entry_consent:
            yield breach(rule, pack, case, at, msg("conduct.visit_entry"))
    if rule.av_record and plan.av_record is False:
        yield remark(rule, pack, msg("conduct.visit_not_recorded"), verdict=Verdict.WARN)
    if rule.stop_if_child and plan.child_opened:
        yield breach(rule, pack, case, at, msg("conduct.visit_child"))
