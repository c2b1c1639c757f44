"""The rules about when and how often: contact windows, caps, cooldowns."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from collector_desk.domain.conduct import clock
from collector_desk.domain.conduct.case import Case, Lift, with_extra, within_days
from collector_desk.domain.conduct.clock import Daily
from collector_desk.domain.conduct.findings import ask, breach, remark
from collector_desk.domain.conduct.rules import AttemptCap, ContactWindow, ConversationCooldown, Pack
from collector_desk.domain.conduct.values import Consent, ConsentScope, External, Reason
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Channel, Verdict

# -- hours --------------------------------------------------------------------------------------------------------


def contact_window(rule: ContactWindow, pack: Pack, case: Case, at: datetime) -> Iterator[Reason]:
    """Outside the hours: blocked until they open in every zone the debtor may be in, or agreed hours begin."""
    if not window_applies(rule, case):
        return
    span = _daily(rule, pack)
    for where in case.zones(pack, rule.tz):
        if where is None:
            continue  # the gate itself has already blocked: no zone data
        yield from _calendar_gap(rule, pack, at, where)
        if clock.inside(span, at, where):
            continue
        agreed = _agreed(rule, case)
        if any(_agreed_now(consent, at, where) for consent in agreed):
            yield remark(rule, pack, msg("conduct.agreed_hours"))
            continue
        opens = [clock.next_opening(span, at, where)]
        opens += [_agreed_next(consent, at, where) for consent in agreed]
        yield breach(
            rule,
            pack,
            case,
            at,
            msg(
                "conduct.closed_day" if rule.calendar else "conduct.outside_hours",
                start=clock_words(rule.start),
                end=clock_words(rule.end),
                zone=clock.named(str(where)),
            ),
            until=min((moment for moment in opens if moment is not None), default=None),
        )


def window_applies(rule: ContactWindow, case: Case) -> bool:
    """Whether a contact window is about this contact at all."""
    return (
        case.outgoing
        and case.action.channel in rule.channels
        and case.to in rule.to
        and (not rule.zones_only or not rule.zones_only.isdisjoint(case.facts.zones))
    )


def closes_at(rule: ContactWindow, pack: Pack, case: Case, at: datetime) -> datetime | None:
    """The edge at which a contact that is allowed at ``at`` has to be over; ``None`` where there is none."""
    if not rule.must_end_inside or not window_applies(rule, case):
        return None
    span, agreed, edges = _daily(rule, pack), _agreed(rule, case), []
    for where in case.zones(pack, rule.tz):
        edge = _edge(span, agreed, at, where) if where is not None else None
        if edge is not None and edge > at:  # else the hours are shut and a lead let it pass: there is no edge
            edges.append(edge)
    return min(edges, default=None)


def _edge(span: Daily, agreed: list[Consent], at: datetime, where: ZoneInfo) -> datetime | None:
    """Follow hours that join on to one another to where none of them holds any longer."""
    edge = at
    for _ in range(8):
        ends = [clock.next_closing(span, edge, where)] if clock.inside(span, edge, where) else []
        for consent in agreed:
            if _agreed_now(consent, edge, where) and consent.window and consent.until:
                shut = clock.next_closing(Daily(*consent.window), edge, where)
                ends.append(min(shut, _ended(consent)) if shut else _ended(consent))
        if not ends:
            return edge
        if any(end is None for end in ends):
            return None
        edge = max(end for end in ends if end is not None)
    return edge


def _daily(rule: ContactWindow, pack: Pack) -> Daily:
    calendar = pack.calendars.get(rule.calendar) if rule.calendar else None
    return Daily(
        start=rule.start,
        end=rule.end,
        open_edges=rule.edges == "open_open",
        days=rule.days,
        closed=calendar.closed if calendar else frozenset(),
    )


def _calendar_gap(rule: ContactWindow, pack: Pack, at: datetime, where: ZoneInfo) -> Iterator[Reason]:
    if rule.calendar is None:
        return
    calendar, year = pack.calendars.get(rule.calendar), clock.local_date(at, where).year
    if calendar is None or year not in calendar.years:
        yield remark(rule, pack, msg("conduct.calendar_missing", year=str(year)), verdict=Verdict.WARN)


def _agreed(rule: ContactWindow, case: Case) -> list[Consent]:
    if rule.override_by_consent is None:
        return []
    return [consent for consent in case.consents(ConsentScope.AGREED_HOURS) if consent.window is not None]


def _ended(consent: Consent) -> datetime:
    """When a consent stops holding: at its end, or at once when it is withdrawn."""
    until = consent.until or consent.since
    return until if consent.withdrawn_at is None else min(until, consent.withdrawn_at)


def _agreed_now(consent: Consent, at: datetime, where: ZoneInfo) -> bool:
    return (
        consent.window is not None
        and consent.since <= at < _ended(consent)
        and clock.inside(Daily(*consent.window), at, where)
    )


def _agreed_next(consent: Consent, at: datetime, where: ZoneInfo) -> datetime | None:
    if consent.window is None:
        return None
    opens = clock.next_opening(Daily(*consent.window), max(at, clock.next_whole_second(consent.since)), where)
    return opens if opens is not None and opens < _ended(consent) else None


# -- caps ---------------------------------------------------------------------------------------------------------


def cap_applies(rule: AttemptCap, case: Case) -> bool:
    """Whether a cap is about this contact at all."""
    action = case.action
    return (
        case.outgoing
        and action.channel in rule.channels
        and case.to in rule.to
        and (action.channel is not Channel.CALL or action.mode in rule.modes)
    )


def attempt_cap(rule: AttemptCap, pack: Pack, case: Case, at: datetime) -> Iterator[Reason]:
    """Used up: blocked until the oldest counted day leaves the window; unknown total: the share decides, or ask."""
    if not cap_applies(rule, case):
        return
    for where in case.zones(pack, rule.tz):
        if where is None:
            continue
        lifts = case.lifts(rule.lifted_by, rule.consent_lifts_days, where)
        if _holds(lifts, at):
            yield remark(rule, pack, msg("conduct.lifted_by_consent"))
            continue
        reason = _judge_cap(rule, pack, case, at, where, lifts)
        if reason is not None:
            yield reason


def _judge_cap(
    rule: AttemptCap, pack: Pack, case: Case, at: datetime, where: ZoneInfo, lifts: list[Lift]
) -> Reason | None:
    own = case.counted(rule)
    total, known = institution(rule, case, own, at, where)
    n, until = _used(total, rule.max, rule.window_days, at, where)
    if n >= rule.max:
        detail = msg("conduct.cap_used", n=n, m=rule.max, what=_what(rule))
        return breach(rule, pack, case, at, detail, until=_sooner(until, lifts, at), n=n, m=rule.max)
    if known:
        return None
    share = share_of(rule, case)
    if share is None:
        if rule.unknown_external == "ask":
            return ask(
                rule, pack, msg("conduct.total_unknown", n=n, m=rule.max), "institution_total", n=n, m=rule.max
            )
        return breach(rule, pack, case, at, msg("conduct.total_unknown", n=n, m=rule.max), n=n, m=rule.max)
    mine, until = _used(own, share, rule.window_days, at, where)
    if mine >= share:
        detail = msg("conduct.share_used", n=mine, m=share, of=rule.max)
        return breach(rule, pack, case, at, detail, until=_sooner(until, lifts, at), n=mine, m=share)
    return remark(rule, pack, msg("conduct.within_share", n=mine, m=share, of=rule.max), n=mine, m=share)


def institution(
    rule: AttemptCap, case: Case, own: list[datetime], at: datetime, where: ZoneInfo
) -> tuple[list[datetime], bool]:
    """Our contacts with those imported of the same day, and whether the institution's total is known now.

    A figure of another day says nothing about today; one dated after now is counted but does not make the total
    known. Our own contacts come on top of the figure, but for those it says to hold (``External.ours_included``):
    over by its time, and no more of them than the figure itself counts, else it can't hold them.
    """
    if rule.scope == "seat" or rule.unknown_external == "ignore":
        return own, True
    found = figure_of(rule, case, at, where)
    if found is None:
        return _with_their_talks(rule, case, own, at, where), False
    external, count = found
    if external.ours_included:
        day = clock.local_date(external.as_of, where)
        inside = sum(clock.local_date(moment, where) == day for moment in case.reported(rule))
        count -= inside if inside <= count else 0
    return with_extra(own, external.as_of, count), clock.whole_second(external.as_of) <= at


def figure_of(rule: AttemptCap, case: Case, at: datetime, where: ZoneInfo) -> tuple[External, int] | None:
    """The institution's figure in force for a cap on the local day of ``at``, and what it counts."""
    for external in (case.facts.external, case.facts.external_earlier):
        count = _figure(rule, external)
        if external is not None and count is not None:
            same = clock.local_date(external.as_of, where) == clock.local_date(at, where)
            return (external, count) if same else None
    return None


def share_of(rule: AttemptCap, case: Case) -> int | None:
    """This workstation's share of a cap, never above the cap itself; ``None``: none is set."""
    share = case.facts.share
    if share is None:
        return None
    part = share.of(rule.counts)
    return None if part is None else min(part, rule.max)


def _figure(rule: AttemptCap, external: External | None) -> int | None:
    if external is None:
        return None
    talks, connected = external.effective_today, external.connected_today
    if rule.counts == "effective" or connected is None:
        return talks if rule.counts == "effective" else None
    return max(connected, talks or 0)  # whoever was talked to was connected


def _with_their_talks(
    rule: AttemptCap, case: Case, own: list[datetime], at: datetime, where: ZoneInfo
) -> list[datetime]:
    """Our contacts with the institution's talks, where it tells those but no connected calls: at least these."""
    external = case.facts.external
    if external is None or not external.effective_today or rule.counts != "connected":
        return own
    same = clock.local_date(external.as_of, where) == clock.local_date(at, where)
    return with_extra(own, external.as_of, external.effective_today) if same and not external.ours_included else own


def used_in_window(total: list[datetime], rule: AttemptCap, at: datetime, where: ZoneInfo) -> int:
    """How many of these contacts fall into the rule's window."""
    return len(total) - within_days(total, rule.window_days, at, where)


def _used(
    times: list[datetime], most: int, days: int, at: datetime, where: ZoneInfo
) -> tuple[int, datetime | None]:
    """How many fall into the window, and from when on fewer than ``most`` will."""
    n = len(times) - within_days(times, days, at, where)
    if n < most or most <= 0:
        return n, None
    # The most-th newest has to leave the window, and it does when its day does.
    leaving = clock.local_date(times[len(times) - most], where)
    return n, clock.day_start(leaving + timedelta(days=days), where)


# -- cooldown -----------------------------------------------------------------------------------------------------


def conversation_cooldown(rule: ConversationCooldown, pack: Pack, case: Case, at: datetime) -> Iterator[Reason]:
    """After a talk: blocked until the local day that is ``days`` after it begins."""
    if not case.outgoing or case.action.channel not in rule.channels:
        return
    talks = case.talks(inbound=rule.inbound_counts, per_debt=rule.per == "debt")
    if not talks:
        return
    for where in case.zones(pack, rule.tz):
        if where is None:
            continue
        ends = clock.day_start(clock.local_date(talks[-1], where) + timedelta(days=rule.days), where)
        if at >= ends:
            continue
        lifts = case.lifts(frozenset(), rule.consent_lifts_days, where)
        if _holds(lifts, at):
            yield remark(rule, pack, msg("conduct.lifted_by_consent"))
            continue
        detail = msg("conduct.cooldown", days=rule.days)
        yield breach(rule, pack, case, at, detail, until=_sooner(ends, lifts, at))


# -- small helpers ------------------------------------------------------------------------------------------------


def clock_words(second: int) -> str:
    """A time of day as it is read: 08:00, 24:00."""
    return f"{second // 3600:02d}:{second // 60 % 60:02d}"


def _what(rule: AttemptCap) -> Message:
    """What a cap counts, in words: calls, visits, or contacts of several sorts."""
    if rule.channels == {Channel.VISIT}:
        return msg("conduct.counts_visits")
    return msg(f"conduct.counts_{rule.counts}" if rule.channels == {Channel.CALL} else "conduct.counts_contacts")


def _holds(lifts: list[Lift], at: datetime) -> bool:
    return any(lift.holds(at) for lift in lifts)


def _sooner(until: datetime | None, lifts: list[Lift], at: datetime) -> datetime | None:
    """The end of a block, or the earlier instant at which a consent given beforehand begins to lift it."""
    starts = [lift.begins(at) for lift in lifts]
    return min((moment for moment in (*starts, until) if moment is not None), default=None)
