"""What the gate has to know, out of a debtor's history and of where it is asked: the ``Facts`` it decides by."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeGuard

from collector_desk.domain.book.debts import PhoneFacts
from collector_desk.domain.book.history import LOOK_BACK, History, PastAttempt
from collector_desk.domain.conduct.case import COUNTED
from collector_desk.domain.conduct.decide import decide_all
from collector_desk.domain.conduct.owed import smallest_sums
from collector_desk.domain.conduct.rules import AttemptCap, Pack, Rule, SmallestSum
from collector_desk.domain.conduct.values import (
    Action,
    Debt,
    Decision,
    External,
    Facts,
    PastEvent,
    Purpose,
    Share,
)
from collector_desk.domain.message import Message
from collector_desk.domain.text import telephone
from collector_desk.domain.vocabulary import (
    Addressee,
    Channel,
    ClaimState,
    Direction,
    NumberKind,
    NumberStanding,
    Result,
)


@dataclass(frozen=True, slots=True)
class Here:
    """What is the same for every debtor: the packs in use, our share of the caps, what speaks against the clock.

    ``high_water`` is the latest instant known here, ``clock_jump`` how far the clock was set ahead of late,
    ``store_doubt`` why the store isn't the one this computer remembers.
    """

    packs: tuple[Pack, ...]
    share: Share | None = None
    high_water: datetime | None = None
    clock_jump: timedelta = timedelta(0)
    store_doubt: Message | None = None
    caps: tuple[AttemptCap, ...] = field(init=False)  # those of the packs that are of calls to a debtor
    quiet: timedelta | None = field(
        init=False
    )  # after so long without a try none is used up; None: some leave none
    smallest: tuple[SmallestSum, ...] = field(init=False)  # below which sums the packs want nobody called

    def __post_init__(self) -> None:
        """Look out once what is asked of every debtor: whether a cap may be used up, whether too little is owed."""
        object.__setattr__(self, "smallest", smallest_sums(self.packs))
        caps = tuple(rule for pack in self.packs for rule in pack.rules if _caps_calls(rule))
        object.__setattr__(self, "caps", caps)
        most = [rule.max for rule in caps]
        if self.share:
            most += [part for part in (self.share.effective, self.share.connected) if part is not None]
        days = max((rule.window_days for rule in caps), default=0) + 1  # one more, for the zones
        object.__setattr__(self, "quiet", timedelta(days=days) if min(most, default=1) > 0 else None)


def action_for(phone: PhoneFacts | None, actor_id: str = "", *, direction: Direction = Direction.OUT) -> Action:
    """A call to this number: to the debtor on their own, to a guarantor or contact on theirs. None: a debtor calls.

    A contact whom the file calls a guarantor stays a contact until the contract is proven (rules, edge case 26).
    """
    kind = phone.kind if phone else None
    proven = kind is NumberKind.GUARANTOR
    to = Addressee.CONTACT if kind is NumberKind.CONTACT else Addressee.GUARANTOR if proven else Addressee.DEBTOR
    return Action(
        channel=Channel.CALL,
        to=to,
        number_id=phone.number if phone else None,
        direction=direction,
        purpose=Purpose.ASK_TO_PASS_ON if to is Addressee.CONTACT else Purpose.COLLECT,
        actor_id=actor_id,
        relations=frozenset({"contact", "guarantor"}) if proven else frozenset(),
        guarantor_proven=True if proven else None,
    )


def judged(past: History, phones: Iterable[PhoneFacts], here: Here, now: datetime) -> tuple[Decision, ...]:
    """The gate's answer for a call to each of these numbers, by nobody in particular."""
    return decide_all([action_for(phone) for phone in phones], facts_of(past, here, now), here.packs, now)


RECENT = timedelta(days=9)
"""So far back from the last attempt others are told of beside it: the week, and what the caps on calls count."""

Tried = tuple[datetime, Result | None]
"""When somebody tried, and what the caps count it as (``counts_as``)."""


def a_cap_may_be_used(past: History, recent: Sequence[Tried], here: Here, now: datetime) -> bool:
    """Whether any cap on calls to this debtor can be used up; a no spares the gate's whole answer.

    ``recent``: their attempts within ``RECENT`` of the last one. Never no where the gate would block by a cap: all
    is counted that was done or told within its window and a day more, for the zones, if it led to what the cap
    counts, on whatever number and by whatever sort of contact.
    """
    if (
        here.quiet
        and not (past.others or past.visits or past.counts)
        and (not recent or recent[-1][0] < now - here.quiet)
    ):
        return False  # nineteen of twenty
    figures = past.figures_at(now)
    talks = max((one.effective_today or 0 for one in figures), default=0)
    connected = max((one.connected_today or 0 for one in figures), default=0)
    tried = [*recent, *((one.at, counts_as(one)) for one in past.others)]
    doors = [one.arrived_at for one in past.visits if one.arrived_at is not None]
    for rule in here.caps:
        since, results = now - timedelta(days=rule.window_days + 1), COUNTED[rule.counts]
        if recent and since < recent[-1][0] - RECENT:
            return True  # it asks for more than is told
        own = sum(at >= since and result in results for at, result in tried) + sum(at >= since for at in doors)
        ours_alone = rule.scope == "seat" or rule.unknown_external == "ignore"
        share = None if ours_alone or here.share is None else here.share.of(rule.counts)
        figure = talks if rule.counts == "effective" else max(talks, connected)
        if own + (0 if ours_alone else figure) >= rule.max or (share is not None and own >= share):
            return True
    return False


def _caps_calls(rule: Rule) -> TypeGuard[AttemptCap]:
    return isinstance(rule, AttemptCap) and Channel.CALL in rule.channels and Addressee.DEBTOR in rule.to


def facts_of(past: History, here: Here, now: datetime) -> Facts:
    """All the gate needs of one debtor. A number is known by its digits."""
    known = past.phones
    events = tuple(_events(past, now - LOOK_BACK))
    # caps of the law are the institution's, not the agency's: other agencies' calls count with ours
    external, earlier = in_force(past.figures_at(now))
    return Facts(
        debtor_id=past.debtor.id,
        debts=tuple(
            Debt(
                case.id,
                case.state,
                case.balance.minor > 0,
                case.terms.mandate_ends,
                *_claimed(case.id, past),
                stopped=case.stopped_on is not None,
                remainder=case.balance if case.remainder else None,
            )
            for case in past.accounts
        ),
        zones=(past.debtor.zone,) if past.debtor.zone else (),
        history=events,
        flags=past.flags,
        consents=tuple(one.consent for one in past.consents if one.agreed),
        share=here.share,
        external=external,
        external_earlier=earlier,
        approvals=past.approvals,
        overrides=past.overrides,
        identified_ever=any(event.result is Result.EFFECTIVE for event in events),
        reserved_numbers=frozenset(phone.number for phone in known if phone.kind is NumberKind.MOBILE),
        shared_numbers=frozenset(phone.number for phone in known if phone.shared),
        wrong_numbers=_standing(known, NumberStanding.WRONG),
        stopped_numbers=_standing(known, NumberStanding.STOPPED) | past.stopped_elsewhere,
        held_numbers=_standing(known, NumberStanding.HELD),
        accepted_numbers=past.accepted,
        not_numbers=frozenset(phone.number for phone in known if telephone.fault(phone.number)),
        contacts_reached=_reached(known, events),
        # a clock behind the last act was set back: the rules about time can't be asked by it
        high_water=here.high_water,
        clock_jump=here.clock_jump,
        store_doubt=here.store_doubt,
    )


def _claimed(case_id: str, past: History) -> tuple[Message | None, date | None]:
    """What the debtor says they have paid on an account and the bank is still to tell of."""
    waiting = [one for one in past.claims if one.case_id == case_id and one.state is ClaimState.WAITING]
    last = max(waiting, key=lambda one: one.silent_from, default=None)
    return (last.why, last.silent_from) if last else (None, None)


def in_force(counts: Sequence[External]) -> tuple[External | None, External | None]:
    """Of figures, the newest first: the newest, and the newest before it for one that it leaves out.

    Whether they are of the debtor's own day, and so in force, is for the gate to say.
    """
    if not counts:
        return None, None
    newest = counts[0]
    for found in counts[1:]:
        if (newest.effective_today is None and found.effective_today is not None) or (
            newest.connected_today is None and found.connected_today is not None
        ):
            return newest, found
    return newest, None


def _standing(phones: Iterable[PhoneFacts], standing: NumberStanding) -> frozenset[str]:
    return frozenset(phone.number for phone in phones if phone.standing is standing)


def _reached(phones: Iterable[PhoneFacts], events: Iterable[PastEvent]) -> frozenset[str]:
    """Numbers that are not the debtor's own on which somebody was spoken to."""
    own = {phone.number for phone in phones if phone.own}
    return frozenset(
        event.number_id
        for event in events
        if event.result is Result.CONNECTED and event.number_id and event.number_id not in own
    )


def _events(past: History, since: datetime) -> Iterator[PastEvent]:
    """This debtor's attempts, other debtors' attempts on numbers they share, and visits at the door."""
    numbers = {phone.id: phone.number for phone in past.phones}
    for attempt in past.attempts:
        if attempt.at >= since:
            yield event_of(attempt, numbers.get(attempt.phone_id or ""))
    for attempt in past.others:
        if attempt.at >= since:
            yield event_of(attempt, attempt.number)
    for visit in past.visits:
        if visit.arrived_at is not None and visit.changed_at >= since:
            yield PastEvent(visit.arrived_at, Channel.VISIT, Direction.OUT, Addressee.DEBTOR, None, visit.led_to)


def counts_as(attempt: PastAttempt) -> Result | None:
    """What an attempt led to as the caps count it: by the heaviest of its ends.

    A correction never counts for less than what it corrects. Open again it has no result; a talk stays one.
    """
    result: Result | None = None
    heaviest: Result | None = None
    for end in attempt.ends:
        result = end.result
        if heaviest is None or _weight(result) >= _weight(heaviest):
            # whose number it is, is said by the number: here it counts that somebody picked up
            heaviest = Result.CONNECTED if result is Result.WRONG_PERSON else result
        else:
            result = heaviest
        if not end.holds and heaviest is not Result.EFFECTIVE:
            result = None  # open again
    return result


def event_of(attempt: PastAttempt, number: str | None) -> PastEvent:
    """An attempt on a number as the caps count it."""
    result = counts_as(attempt)
    return PastEvent(
        at=attempt.at,
        channel=attempt.channel,
        direction=attempt.direction,
        # a talk with the debtor is one, on whomever's telephone (rules, edge case 23)
        to=Addressee.DEBTOR if result is Result.EFFECTIVE else attempt.to,
        number_id=number,
        result=result,
        debtor_id=attempt.debtor_id,
        ended_at=attempt.ends[-1].ended_at if attempt.ends else None,
    )


_WEIGHTS = (Result.NO_ANSWER, Result.VOICEMAIL, Result.CONNECTED, Result.REFUSED, Result.EFFECTIVE)


def _weight(result: Result) -> int:
    """What counts for more caps, and closes more: from a dead number to a talk with the debtor."""
    counted = Result.CONNECTED if result is Result.WRONG_PERSON else result
    return _WEIGHTS.index(counted) + 1 if counted in _WEIGHTS else 0
