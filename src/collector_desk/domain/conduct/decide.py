"""The gate: may this contact be made now, and if not, why and when.

Every rule of every pack is asked; the strictest answer wins. A rule that blocks also says when it alone would
let the contact through, which can't be too late; so going from the latest of these instants to the next until
nothing blocks any more finds the first possible second.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from collector_desk.domain.conduct import clock, content, owed, people, times
from collector_desk.domain.conduct.case import Case
from collector_desk.domain.conduct.findings import STRICTNESS, core, strictest
from collector_desk.domain.conduct.must_do import duties
from collector_desk.domain.conduct.names import PARTS
from collector_desk.domain.conduct.rules import ContactWindow, Pack, ProhibitedPhrase, Rule, StateStop
from collector_desk.domain.conduct.values import Action, Decision, Facts, Reason
from collector_desk.domain.message import msg
from collector_desk.domain.text import telephone
from collector_desk.domain.vocabulary import Addressee, Channel, Flag, Verdict

_LEAPS = 200  # more hops than this means that the rules never agree, e.g. zones without a common hour
_CLOCK_JUMP = timedelta(minutes=5)

_NOT_A_NUMBER = {
    None: "conduct.not_a_number",
    telephone.Fault.NO_NUMBER: "conduct.not_a_number",
    telephone.Fault.SHORT: "conduct.short_number",
    telephone.Fault.NO_AREA: "conduct.no_area_code",
}

_Judge = Callable[[Any, Pack, Case, datetime], Iterator[Reason]]
_JUDGES: dict[str, _Judge] = {
    "contact_window": times.contact_window,
    "attempt_cap": times.attempt_cap,
    "conversation_cooldown": times.conversation_cooldown,
    "state_stop": people.state_stop,
    "third_party_gate": people.third_party_gate,
    "third_party_contact": people.third_party_contact,
    "identity_check": people.identity_check,
    "channel_ban": content.channel_ban,
    "message_content": content.message_content,
    "letter_content": content.letter_content,
    "prohibited_phrase": content.prohibited_phrase,
    "recording": content.recording,
    "visit": content.visit,
    "smallest_sum": owed.smallest_sum,
}
"""Kinds that judge a contact. Others are duties (``must_do``) or asked by ``records`` in their own moment."""


def decide(action: Action, facts: Facts, packs: Sequence[Pack], now: datetime) -> Decision:
    """May ``action`` be done at ``now``? Pure: the same question always gets the same answer.

    ``packs`` are those valid at the event's time (``packs.rules``); none, or one not valid at ``now``, blocks.
    ``now`` has to be aware; fractions of a second are cut off, since every rule speaks of whole seconds.
    """
    return decide_case(Case(action, facts), packs, now)


def decide_all(
    actions: Sequence[Action], facts: Facts, packs: Sequence[Pack], now: datetime
) -> tuple[Decision, ...]:
    """``decide`` for several actions on the same facts, e.g. each number of a debtor: the history is read once."""
    case: Case | None = None
    decisions = []
    for action in actions:
        case = Case(action, facts) if case is None else case.about(action)
        decisions.append(decide_case(case, packs, now))
    return tuple(decisions)


def decide_case(case: Case, packs: Sequence[Pack], now: datetime) -> Decision:
    """``decide`` for a question already prepared."""
    at = clock.whole_second(now)
    reasons = sorted(_judge(case, packs, at), key=lambda reason: -STRICTNESS[reason.verdict])
    verdict = strictest(reasons)
    again, edge = None, None
    if verdict is Verdict.BLOCK:
        again, meet = _next_allowed(case, packs, reasons)
        if not meet and len(case.facts.zones) > 1:
            reasons.insert(0, core("no_common_hour", Verdict.BLOCK, msg("conduct.no_common_hour")))
    else:
        edge = close_by(case, packs, at)
    return Decision(
        verdict=verdict,
        reasons=tuple(reasons),
        next_allowed_at=again,
        # What must not be done asks for nothing to be said or carried with it.
        must_do=tuple(duties(case, packs, _soon(edge, at))) if verdict is not Verdict.BLOCK else (),
        pack_hash=hash_of(packs),
        close_by=edge,
        institution_total_known=not any(
            reason.detail.code in ("conduct.within_share", "conduct.share_used", "conduct.total_unknown")
            for reason in reasons
        ),
    )


def closing(edge: datetime | None, now: datetime) -> Reason | None:
    """What to tell somebody whose allowed contact is running: warned before the edge of the hours and at it.

    ``None`` while there is time. A contact is judged by when it began; ``Decision.close_by`` told the edge then.
    """
    if edge is None or now < edge - timedelta(minutes=CLOSING_MINUTES):
        return None
    if now < edge:
        return core("closing_soon", Verdict.WARN, msg("conduct.closing_soon", at=edge), until=edge)
    return core("close_now", Verdict.WARN, msg("conduct.close_now", at=edge), until=edge)


def _soon(edge: datetime | None, at: datetime) -> datetime | None:
    return edge if edge is not None and edge - at <= timedelta(minutes=END_NEAR_MINUTES) else None


CLOSING_MINUTES = 5
END_NEAR_MINUTES = 30
"""From so long before the edge of the hours on it is a duty to end by then."""


def hash_of(packs: Sequence[Pack]) -> str:
    """One hash for all packs asked: a single pack's own, else that of their ids and hashes in order of id."""
    if len(packs) == 1:
        return packs[0].hash
    joined = "\n".join(sorted(f"{pack.id}:{pack.hash}" for pack in packs))
    return hashlib.sha256(joined.encode()).hexdigest()


def close_by(case: Case, packs: Sequence[Pack], at: datetime) -> datetime | None:
    """The first edge of the hours after ``at``, over all packs."""
    edges = [
        times.closes_at(rule, pack, case, at)
        for pack in packs
        for rule in pack.rules
        if isinstance(rule, ContactWindow)
    ]
    return min((edge for edge in edges if edge is not None), default=None)


def valid_span(pack: Pack) -> tuple[datetime, datetime | None]:
    """From when until when (exclusive) a pack holds, by its own law time."""
    where = clock.zone(pack.tz) or clock.UTC_ZONE
    until = clock.day_start(pack.valid_to + timedelta(days=1), where) if pack.valid_to else None
    return clock.day_start(pack.valid_from, where), until


def _judge(case: Case, packs: Sequence[Pack], at: datetime) -> Iterator[Reason]:
    yield from _own_checks(case, packs, at)
    for pack in packs:
        for rule in pack.rules:
            judge = _JUDGES.get(rule.kind)
            if judge is not None:
                yield from judge(rule, pack, case, at)
        for note in pack.notes:
            if case.outgoing and case.action.channel in note.channels:
                yield Reason(note.id, Verdict.ALLOW, msg("conduct.note"), pack=pack.id, text=note.text)


def _own_checks(case: Case, packs: Sequence[Pack], at: datetime) -> Iterator[Reason]:
    """What the gate needs before any rule can be trusted: packs that hold, a sane clock, a known zone."""
    if not packs:
        yield core("no_pack", Verdict.BLOCK, msg("conduct.no_pack"))
    for pack in packs:
        since, until = valid_span(pack)
        if at < since:
            yield core("pack_early", Verdict.BLOCK, msg("conduct.pack_early", pack=pack.id), until=since)
        elif until is not None and at >= until:
            yield core("pack_expired", Verdict.BLOCK, msg("conduct.pack_expired", pack=pack.id))
    mark = case.latest()
    if mark is not None and at < clock.whole_second(mark):
        mark = clock.whole_second(mark)
        yield core("clock_back", Verdict.BLOCK, msg("conduct.clock_back", mark=mark), until=mark)
    if case.facts.clock_jump > _CLOCK_JUMP:
        yield core("clock_jump", Verdict.ASK, msg("conduct.clock_jump"), fact="date_confirmed")
    if not case.outgoing:
        return
    if case.facts.store_doubt is not None:  # what was done since may be missing: no cap can be trusted
        yield core("store_doubt", Verdict.BLOCK, case.facts.store_doubt)
    yield from owed.nothing_to_collect(case, packs, at)
    yield from owed.claim_waits(case, packs, at)
    number = case.action.number_id
    if number is not None and number in case.facts.stopped_numbers:
        yield core("stopped_number", Verdict.BLOCK, msg("conduct.stopped_number"))
    if number is not None and number in case.facts.held_numbers:
        yield core("held_number", Verdict.BLOCK, msg("conduct.held_number"))
    if number is not None and number in case.facts.not_numbers and case.action.channel is not Channel.VISIT:
        yield core("not_a_number", Verdict.BLOCK, msg(_NOT_A_NUMBER[telephone.fault(number)]))
    yield from _wrong_person(case, packs)
    yield from _content_known(case, packs)
    yield from _zone_checks(case, packs)


def _wrong_person(case: Case, packs: Sequence[Pack]) -> Iterator[Reason]:
    """Somebody else's number is left alone under every pack, and so is who is not the debtor."""
    flag = Flag.WRONG_PERSON
    if flag not in case.flags() and not case.wrong_number():
        return
    if flag in case.flags() and any(_stops(rule, flag, case) for pack in packs for rule in pack.rules):
        return  # the pack says so itself, with its clause
    if case.to is Addressee.DEBTOR or case.wrong_number():
        yield core("wrong_person", Verdict.BLOCK, people.state_words(case, flag))


def _stops(rule: Rule, flag: Flag, case: Case) -> bool:
    return (
        isinstance(rule, StateStop)
        and flag in rule.flags
        and case.to in rule.to
        and case.action.channel in rule.channels
        and rule.verdict is Verdict.BLOCK
        and rule.until == "flag_ends"
        and rule.override is None
        and case.action.purpose not in rule.exceptions
    )


def _content_known(case: Case, packs: Sequence[Pack]) -> Iterator[Reason]:
    """A phrase list that found something, or a part of a message, that no rule knows does not pass unasked."""
    content = case.action.content
    if content is None:
        return
    judged = {rule.lexicon for pack in packs for rule in pack.rules if isinstance(rule, ProhibitedPhrase)}
    if (content.hits or frozenset()) - judged:
        yield core("wording_unknown", Verdict.ASK, msg("conduct.wording_unknown"), fact="approved_wording")
    if unknown := tuple(sorted(content.parts - PARTS)):
        yield core("part_unknown", Verdict.ASK, msg("conduct.part_unknown", parts=unknown), fact="content")


def _zone_checks(case: Case, packs: Sequence[Pack]) -> Iterator[Reason]:
    zones = case.facts.zones
    if not zones:
        verdict = strictest_unknown(packs)
        yield core("zone", verdict, msg("conduct.zone_unknown"), fact="zone" if verdict is Verdict.ASK else None)
    for name in zones:
        if clock.zone(name) is None:
            yield core("zone_data", Verdict.BLOCK, msg("conduct.zone_data", zone=name))
    for pack in packs:
        abroad = tuple(clock.named(name) for name in zones if name not in pack.home_zones)
        if pack.warn_abroad and abroad:
            yield core("zone_abroad", Verdict.WARN, msg("conduct.zone_abroad", zone=abroad))


def strictest_unknown(packs: Sequence[Pack]) -> Verdict:
    """What an unknown fact counts as under these packs."""
    return max((pack.on_unknown for pack in packs), key=STRICTNESS.__getitem__, default=Verdict.BLOCK)


def _next_allowed(case: Case, packs: Sequence[Pack], reasons: Sequence[Reason]) -> tuple[datetime | None, bool]:
    """The first second at which nothing blocks any longer; ``None`` where time alone does not help.

    The second part is False where every rule opens by itself, but never all of them at once.
    """
    for _ in range(_LEAPS):
        instants = [reason.until for reason in reasons if reason.verdict is Verdict.BLOCK]
        at = max((until for until in instants if until is not None), default=None)
        if at is None or None in instants:
            return None, True
        reasons = list(_judge(case, packs, at))
        if not any(reason.verdict is Verdict.BLOCK for reason in reasons):
            return at, True
    return None, False
