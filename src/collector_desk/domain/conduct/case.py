"""One question to the gate, prepared: the action and facts with the history sorted into counters once."""

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from collector_desk.domain.conduct import clock
from collector_desk.domain.conduct.rules import AttemptCap, Pack
from collector_desk.domain.conduct.values import (
    Action,
    Approval,
    ApprovalKind,
    Consent,
    ConsentScope,
    Facts,
    PastEvent,
)
from collector_desk.domain.vocabulary import Addressee, CallMode, Channel, Direction, Flag, Result

_COUNTED: dict[str, frozenset[Result | None]] = {
    # None is an attempt still open: until its result is known it may become any of these.
    "attempt": frozenset(
        {
            None,
            Result.BUSY,
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

_Group = tuple[Channel, Direction, Addressee, Result | None, CallMode]


@dataclass(slots=True)
class Case:
    """The question and what every rule asks of it. Lives for one ``decide`` only."""

    action: Action
    facts: Facts
    _groups: dict[_Group, list[PastEvent]] = field(default_factory=dict)
    _counters: dict[str, list[datetime]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        groups: defaultdict[_Group, list[PastEvent]] = defaultdict(list)
        for event in self.facts.history:
            groups[event.channel, event.direction, event.to, event.result, event.mode].append(event)
        self._groups = groups

    @property
    def outgoing(self) -> bool:
        """Whether we begin the contact; what the debtor begins may be answered."""
        return self.action.direction is Direction.OUT

    @property
    def to(self) -> Addressee:
        """Whom the rules see: a guarantor whose contract is not proven, and who is also a contact, is a contact."""
        action = self.action
        if action.to is Addressee.GUARANTOR and action.guarantor_proven is not True:
            others = action.relations - {"guarantor"}
            if action.guarantor_proven is False or others:
                return Addressee.CONTACT
        return action.to

    def flags(self) -> frozenset[Flag]:
        """The debtor's flags, and ``wrong_person`` where this very number is known to be somebody else's."""
        flags = self.facts.flags
        number = self.action.number_id
        if number is None or self.to is not Addressee.DEBTOR:
            return flags
        if number in self.facts.wrong_numbers or self._said_wrong(number):
            return flags | {Flag.WRONG_PERSON}
        return flags

    def _said_wrong(self, number: str) -> bool:
        return any(
            event.number_id == number
            for group, events in self._groups.items()
            if group[3] is Result.WRONG_PERSON and group[2] is Addressee.DEBTOR
            for event in events
        )

    def latest(self) -> datetime | None:
        """The newest instant any row of history bears: the clock may not stand before it."""
        times = [event.at for event in self.facts.history]
        if self.facts.high_water is not None:
            times.append(self.facts.high_water)
        return max(times, default=None)

    def events_to(self, *to: Addressee) -> list[PastEvent]:
        """The past calls of this debtor to and from these people, oldest first."""
        events = [
            event
            for group, members in self._groups.items()
            if group[2] in to and group[0] is Channel.CALL
            for event in members
            if self._is_ours(event)
        ]
        return sorted(events, key=lambda event: event.at)

    def counted(self, rule: AttemptCap) -> list[datetime]:
        """When the contacts a cap counts were made, in order; each rule's list is made once."""
        times = self._counters.get(rule.id)
        if times is None:
            times = self._counters[rule.id] = self._count(rule)
        return times

    def _count(self, rule: AttemptCap) -> list[datetime]:
        results = _COUNTED[rule.counts]
        modes = rule.count_modes or rule.modes
        excluded = self.callback_spans(rule.consent_lifts_days)
        # A number is a number, whoever was asked for on it.
        by_number = rule.per in ("number", "contact") and self.action.number_id is not None
        times: list[datetime] = []
        for (channel, direction, to, result, mode), events in self._groups.items():
            if (
                channel in rule.channels
                and direction in rule.directions
                and (to in rule.to or by_number)
                and result in results
                and (mode in modes or channel is not Channel.CALL)
            ):
                times += [event.at for event in events if self._concerns(rule.per, event)]
        if excluded:
            times = [at for at in times if not any(since <= at < until for since, until in excluded)]
        times.sort()
        return times

    def _concerns(self, per: str, event: PastEvent) -> bool:
        action = self.action
        match per:
            case "number":
                return self._same_number(event)
            case "contact":
                return self._is_ours(event) and self._same_number(event)
            case "debt":
                # Where either side names no debt the call counts: it may have been about this one.
                if action.debt_ids and event.debt_ids:
                    return not action.debt_ids.isdisjoint(event.debt_ids)
                return self._is_ours(event)
            case _:
                return self._is_ours(event)

    def _same_number(self, event: PastEvent) -> bool:
        return self.action.number_id is None or event.number_id == self.action.number_id

    def _is_ours(self, event: PastEvent) -> bool:
        return not event.debtor_id or event.debtor_id == self.facts.debtor_id

    def talks(self, *, inbound: bool, per_debt: bool) -> list[datetime]:
        """When talks with the identified debtor (or a call still open) took place, in order."""
        directions = {Direction.OUT, Direction.IN} if inbound else {Direction.OUT}
        return sorted(
            event.at
            for (channel, direction, to, result, _), events in self._groups.items()
            if channel is Channel.CALL
            and direction in directions
            and to is Addressee.DEBTOR
            and result in _COUNTED["effective"]
            for event in events
            if self._concerns("debt" if per_debt else "debtor", event)
        )

    # -- consents -------------------------------------------------------------------------------------------------

    def consents(self, scope: str) -> list[Consent]:
        """The consents of a scope that count for this channel: with words, proof and an end."""
        return [
            consent
            for consent in self.facts.consents
            if consent.scope == scope
            and consent.until is not None
            and consent.words
            and consent.proof
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

    def callback_spans(self, days: int) -> list[tuple[datetime, datetime]]:
        """The spans in which calls are made at the debtor's own wish, each at most ``days`` long."""
        if not days:
            return []
        spans = []
        for consent in self.consents(ConsentScope.CALL_BACK):
            since, until = self.span(consent)
            spans.append((since, min(until, since + timedelta(days=days))))
        return spans

    def lifting(self, scopes: frozenset[str]) -> list[tuple[datetime, datetime]]:
        """The spans in which consents of these scopes lift a cap."""
        return [self.span(consent) for scope in scopes for consent in self.consents(scope)]

    # -- approvals ------------------------------------------------------------------------------------------------

    def approval(self, kind: ApprovalKind, at: datetime, flag: Flag | None = None) -> Approval | None:
        """A lead's approval that holds at an instant, given by somebody other than who acts."""
        for approval in self.facts.approvals:
            if (
                approval.kind is kind
                and approval.flag in (None, flag)
                and approval.by
                and approval.by != self.action.actor_id
                and (approval.until is None or at < approval.until)
            ):
                return approval
        return None

    # -- zones ----------------------------------------------------------------------------------------------------

    def zones(self, pack: Pack, tz: str) -> list[ZoneInfo | None]:
        """The zones a rule is judged in, all of which must agree; ``None`` stands for a zone without data."""
        if tz == "own":
            return [clock.zone(name) for name in self.facts.zones]
        if tz != "debtor":
            return [clock.zone(tz)]
        names = dict.fromkeys(pack.tz if name in pack.home_zones else name for name in self.facts.zones)
        return [clock.zone(name) for name in names]


def within_days(times: list[datetime], days: int, at: datetime, where: ZoneInfo) -> int:
    """Where in ``times`` the window of ``days`` local days up to ``at`` begins."""
    first: date = clock.local_date(at, where) - timedelta(days=days - 1)
    return bisect_left(times, clock.day_start(first, where))


def with_extra(times: list[datetime], at: datetime, count: int) -> list[datetime]:
    """The same instants with ``count`` more at one instant, still in order."""
    result = list(times)
    for _ in range(count):
        insort(result, at)
    return result
