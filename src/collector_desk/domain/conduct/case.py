"""One question to the gate, prepared: the action and facts with the history sorted into counters once."""

from bisect import bisect_left
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from collector_desk.domain.conduct import clock
from collector_desk.domain.conduct.clock import Daily
from collector_desk.domain.conduct.rules import AttemptCap, Pack
from collector_desk.domain.conduct.values import (
    Action,
    Approval,
    ApprovalKind,
    Consent,
    ConsentScope,
    Facts,
)
from collector_desk.domain.vocabulary import Addressee, CallMode, Channel, Direction, Flag, Result

COUNTED: dict[str, frozenset[Result | None]] = {
    # None is an attempt still open: until its result is known it may become any of these. A busy tone or a dead
    # number never reached anybody's phone and is no attempt in this sense.
    "attempt": frozenset(
        {
            None,
            Result.NO_ANSWER,
            Result.VOICEMAIL,
            Result.CONNECTED,
            Result.EFFECTIVE,
            Result.WRONG_PERSON,
            Result.REFUSED,
        }
    ),
    "unanswered": frozenset({None, Result.BUSY, Result.NO_ANSWER}),
    "connected": frozenset(
        {None, Result.VOICEMAIL, Result.CONNECTED, Result.EFFECTIVE, Result.WRONG_PERSON, Result.REFUSED}
    ),
    "effective": frozenset({None, Result.EFFECTIVE}),
}
"""What each sort of cap counts."""


class Sort(NamedTuple):
    """Everything of a past event but its instant: events alike in it are counted together."""

    channel: Channel
    direction: Direction
    to: Addressee
    result: Result | None
    mode: CallMode
    number: str | None
    debtor: str
    debts: frozenset[str]
    reported: bool = False  # over by the time of the institution's figure, so that it may be inside it


class Lift(NamedTuple):
    """A span in which a consent lifts a rule, daily within the consent's window where it names one."""

    since: datetime
    until: datetime  # exclusive
    daily: Daily | None
    where: ZoneInfo

    def holds(self, at: datetime) -> bool:
        """Whether the consent lifts the rule at this instant."""
        within = self.since <= at < self.until
        return within and (self.daily is None or clock.inside(self.daily, at, self.where))

    def begins(self, at: datetime) -> datetime | None:
        """The first whole second after ``at`` at which it holds, seen from one at which it does not."""
        start: datetime | None = max(at, clock.next_whole_second(self.since))
        if start is not None and self.daily is not None:
            start = clock.next_opening(self.daily, start, self.where)
        return start if start is not None and at < start < self.until else None


def _whom(action: Action) -> Addressee:
    """Of two relations the stricter counts, unless the guarantor's contract is proven."""
    if action.to is Addressee.GUARANTOR and action.guarantor_proven is not True:
        others = action.relations - {"guarantor"}
        if action.guarantor_proven is False or others:
            return Addressee.CONTACT
    if action.to is Addressee.CONTACT and action.guarantor_proven is True and "guarantor" in action.relations:
        return Addressee.GUARANTOR
    return action.to


class Case:
    """The question and what every rule asks of it. Lives for one ``decide`` only.

    ``outgoing``: we begin the contact; what the debtor begins may be answered. ``to``: whom the rules see.
    """

    __slots__ = ("_counters", "action", "facts", "outgoing", "sorts", "to")

    def __init__(
        self, action: Action, facts: Facts, sorts: list[tuple[Sort, list[datetime]]] | None = None
    ) -> None:
        self.action = action
        self.facts = facts
        self.outgoing = action.direction is Direction.OUT
        self.to = _whom(action)
        self._counters: dict[str, list[datetime]] = {}
        self.sorts = sorts if sorts is not None else sorted_out(facts)

    def about(self, action: Action) -> "Case":
        """The same facts asked about another action, without sorting the history again."""
        return Case(action, self.facts, self.sorts)

    def flags(self) -> frozenset[Flag]:
        """The debtor's flags, and ``wrong_person`` where this very number is known to be somebody else's."""
        flags = self.facts.flags
        if self.to is Addressee.DEBTOR and self.wrong_number():
            return flags | {Flag.WRONG_PERSON}
        return flags

    def wrong_number(self) -> bool:
        """Whether the number turned out to be somebody else's: it is left alone, whoever is asked for."""
        number = self.action.number_id
        return number is not None and (
            number in self.facts.wrong_numbers
            # Who picked up in the debtor's place may be the contact this number is known by.
            or (
                number not in self.facts.accepted_numbers
                and any(
                    sort.number == number and sort.result is Result.WRONG_PERSON and sort.to is self.action.to
                    for sort, _ in self.sorts
                )
            )
        )

    def latest(self) -> datetime | None:
        """The newest instant any row of history bears: the clock may not stand before it."""
        instants = [max(instants) for _, instants in self.sorts]
        if self.facts.high_water is not None:
            instants.append(self.facts.high_water)
        return max(instants, default=None)

    def with_people(self, *to: Addressee) -> list[tuple[Sort, list[datetime]]]:
        """The past contacts of this debtor's case with these people, by their sort."""
        return [(sort, instants) for sort, instants in self.sorts if sort.to in to and self._is_ours(sort)]

    def counted(self, rule: AttemptCap) -> list[datetime]:
        """When the contacts a cap counts were made, in order; each rule's list is made once."""
        times = self._counters.get(rule.id)
        if times is None:
            times = self._counters[rule.id] = self._count(rule, self.sorts)
        return times

    def reported(self, rule: AttemptCap) -> list[datetime]:
        """Those of ``counted`` that were over when the institution's figure was drawn up."""
        return self._count(rule, [(sort, instants) for sort, instants in self.sorts if sort.reported])

    def _count(self, rule: AttemptCap, sorts: list[tuple[Sort, list[datetime]]]) -> list[datetime]:
        results = COUNTED[rule.counts]
        modes = rule.count_modes or rule.modes
        asked_for = self._asked_for(rule.consent_lifts_days)
        # A number is a number, whoever was asked for on it.
        by_number = rule.per in ("number", "contact") and self.action.number_id is not None
        times: list[datetime] = []
        for sort, instants in sorts:
            if (
                sort.channel in rule.channels
                and sort.direction in rule.directions
                and (sort.to in rule.to or (by_number and sort.number is not None))
                and sort.result in results
                and (sort.mode in modes or sort.channel is not Channel.CALL)
                and self._concerns(rule.per, sort)
            ):
                times += instants
        if asked_for:
            # Where the zone is not sure, a call was made at the debtor's wish only if it was so in all of them.
            times = [at for at in times if not all(any(lift.holds(at) for lift in one) for one in asked_for)]
        times.sort()
        return times

    def _concerns(self, per: str, sort: Sort) -> bool:
        match per:
            case "number":
                return self.same_number(sort) and (sort.number is not None or self._is_ours(sort))
            case "contact":
                return self._is_ours(sort) and self.same_number(sort)
            case "debt":
                # Where either side names no debt the call counts: it may have been about this one.
                if self.action.debt_ids and sort.debts:
                    return not self.action.debt_ids.isdisjoint(sort.debts) or self._on_shared(sort)
                return self._is_ours(sort) or self._on_shared(sort)
            case _:
                return self._is_ours(sort) or self._on_shared(sort)

    def same_number(self, sort: Sort) -> bool:
        """Whether a past event was on the number asked about; a number not said, there or here, may be any."""
        return self.action.number_id is None or sort.number is None or sort.number == self.action.number_id

    def _on_shared(self, sort: Sort) -> bool:
        """Whether an event is another debtor's on the very number asked about: it counts against both."""
        number = self.action.number_id
        return number is not None and sort.number == number and not self._is_ours(sort)

    def shared(self) -> bool:
        """Whether another debtor has the number as well."""
        number = self.action.number_id
        return number is not None and (
            number in self.facts.shared_numbers
            or any(sort.number == number and not self._is_ours(sort) for sort, _ in self.sorts)
        )

    def _is_ours(self, sort: Sort) -> bool:
        return not sort.debtor or sort.debtor == self.facts.debtor_id

    def talks(self, *, inbound: bool, per_debt: bool) -> list[datetime]:
        """When talks with the identified debtor (or a call still open) took place, in order."""
        directions = {Direction.OUT, Direction.IN} if inbound else {Direction.OUT}
        return sorted(
            instant
            for sort, instants in self.with_people(Addressee.DEBTOR)
            if sort.channel is Channel.CALL
            and sort.direction in directions
            and sort.result in COUNTED["effective"]
            and (not per_debt or self._concerns("debt", sort))
            for instant in instants
        )

    # -- consents -------------------------------------------------------------------------------------------------

    def consents(self, scope: str) -> list[Consent]:
        """The consents of a scope that count here: the debtor's, for the debtor, with words, proof and an end.

        What the debtor agreed to opens nothing towards anybody else.
        """
        if self.to is not Addressee.DEBTOR:
            return []
        return [
            consent
            for consent in self.facts.consents
            if consent.scope == scope
            and consent.until is not None
            and consent.words
            and consent.proof
            and (consent.window is None or consent.window[0] != consent.window[1])
            and (not consent.channels or self.action.channel in consent.channels)
        ]

    def span(self, consent: Consent) -> tuple[datetime, datetime]:
        """From when until when (exclusive) a consent holds; a call back is used up by the next talk."""
        until = consent.until or consent.since
        if consent.withdrawn_at is not None:
            until = min(until, consent.withdrawn_at)
        if consent.scope is ConsentScope.CALL_BACK:
            used = [at for at in self.talks(inbound=True, per_debt=False) if at > consent.since]
            if used:
                until = min(until, used[0] + timedelta(microseconds=1))
        return consent.since, until

    def lifts(self, scopes: frozenset[str], days: int, where: ZoneInfo) -> list[Lift]:
        """What lifts a rule by consents of these scopes, and by calls back for at most ``days`` days each."""
        found = [self._lift(consent, None, where) for scope in scopes for consent in self.consents(scope)]
        if days:
            found += [self._lift(one, days, where) for one in self.consents(ConsentScope.CALL_BACK)]
        return found

    def _lift(self, consent: Consent, days: int | None, where: ZoneInfo) -> Lift:
        since, until = self.span(consent)
        if days is not None:
            until = min(until, since + timedelta(days=days))
        return Lift(since, until, Daily(*consent.window) if consent.window else None, where)

    def _asked_for(self, days: int) -> list[list[Lift]]:
        """The calls back the debtor asked for, once for every zone they may be in; empty where there are none."""
        if not days or not self.consents(ConsentScope.CALL_BACK):
            return []
        zones = [zone for zone in map(clock.zone, self.facts.zones) if zone is not None]
        return [self.lifts(frozenset(), days, zone) for zone in zones]

    # -- approvals ------------------------------------------------------------------------------------------------

    def approval(self, kind: ApprovalKind, at: datetime, flag: Flag | None = None) -> Approval | None:
        """A lead's approval that holds at an instant, given by then by somebody other than who acts."""
        return next((one for one in self._approvals(kind, flag) if _given(one) <= at and _runs(one, at)), None)

    def approved_later(self, kind: ApprovalKind, at: datetime, flag: Flag | None = None) -> datetime | None:
        """When the first approval dated after ``at`` begins to hold; ``None``: there is none."""
        later = [_given(one) for one in self._approvals(kind, flag) if _given(one) > at and _runs(one, _given(one))]
        return min(later, default=None)

    def _approvals(self, kind: ApprovalKind, flag: Flag | None) -> list[Approval]:
        # A release names the pause it is for: one that names none releases none.
        return [
            approval
            for approval in self.facts.approvals
            if approval.kind is kind
            and approval.flag is flag
            and approval.by
            and approval.by != self.action.actor_id
        ]

    # -- zones ----------------------------------------------------------------------------------------------------

    def zones(self, pack: Pack, tz: str) -> list[ZoneInfo | None]:
        """The zones a rule is judged in, all of which must agree; ``None`` stands for a zone without data."""
        if tz == "own":
            return [clock.zone(name) for name in self.facts.zones]
        if tz != "debtor":
            return [clock.zone(tz)]
        names = dict.fromkeys(pack.tz if name in pack.home_zones else name for name in self.facts.zones)
        return [clock.zone(name) for name in names]


def _given(approval: Approval) -> datetime:
    return clock.whole_second(approval.at)


def _runs(approval: Approval, at: datetime) -> bool:
    return approval.until is None or at < approval.until


def within_days(times: list[datetime], days: int, at: datetime, where: ZoneInfo) -> int:
    """Where in ``times`` the window of ``days`` local days up to ``at`` begins."""
    first: date = clock.local_date(at, where) - timedelta(days=days - 1)
    return bisect_left(times, clock.day_start(first, where))


def with_extra(times: list[datetime], at: datetime, count: int) -> list[datetime]:
    """The same instants with ``count`` more at one instant, still in order."""
    place = bisect_left(times, at)
    return [*times[:place], *[at] * count, *times[place:]]


def sorted_out(facts: Facts) -> list[tuple[Sort, list[datetime]]]:
    """The history by its sorts: one look at each event, so that every rule reads a few short lists."""
    groups: defaultdict[tuple[object, ...], list[datetime]] = defaultdict(list)
    figures = [
        figure.as_of for figure in (facts.external, facts.external_earlier) if figure and figure.ours_included
    ]
    as_of = min(figures, default=None)
    for event in facts.history:
        groups[
            event.channel,
            event.direction,
            event.to,
            event.result,
            event.mode,
            event.number_id,
            event.debtor_id,
            event.debt_ids,
            as_of is not None and event.result is not None and (event.ended_at or event.at) <= as_of,
        ].append(event.at)
    return [(Sort._make(key), instants) for key, instants in groups.items()]
