"""How far the caps are used, for the lines on screen: "1 of 3 talks today", "2 of 6 unanswered", "until 22:00".

Shown, not decided: whether a call may be made is ``decide``'s answer alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from collector_desk.domain.conduct import clock, times
from collector_desk.domain.conduct.case import Case
from collector_desk.domain.conduct.decide import decide_case
from collector_desk.domain.conduct.rules import AttemptCap, Pack
from collector_desk.domain.conduct.values import Action, Decision, Facts
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Addressee, Channel, Verdict


@dataclass(frozen=True, slots=True)
class Count:
    """One cap being used up, ``n`` of ``m``; ``total_known``: ``n`` is the institution's total.

    Where it isn't, ``m`` is no more than this workstation's share.

    ``as_of`` is the time of the imported figure that is inside ``n``; None where none is.
    """

    rule: str
    counts: str
    n: int
    m: int
    total_known: bool
    as_of: datetime | None = None

    @property
    def message(self) -> Message:
        """E.g. "1 of 3 talks today"; with a figure in force "institution total as of 14:00: 2 of 3 talks"."""
        if self.as_of is not None and self.counts in ("effective", "connected"):
            return msg(f"conduct.line_total_{self.counts}", n=self.n, m=self.m, at=f"{self.as_of:%H:%M}")
        return msg(f"conduct.line_{self.counts}", n=self.n, m=self.m)


@dataclass(frozen=True, slots=True)
class NumberUse:
    """One number's line: its counters and the gate's answer for a call to it now."""

    number_id: str = field(repr=False)
    counts: tuple[Count, ...]
    decision: Decision

    @property
    def message(self) -> Message:
        """ "again tomorrow 08:00" where it is shut, else its counter, else until when it may be called."""
        if self.decision.verdict is Verdict.BLOCK:
            return when_again(self.decision)
        return self.counts[0].message if self.counts else until(self.decision)


@dataclass(frozen=True, slots=True)
class CapsUsed:
    """The debtor's line and those of the numbers. ``counts`` stand law first, in the packs' order."""

    counts: tuple[Count, ...]
    numbers: tuple[NumberUse, ...]
    decision: Decision
    institution_total_known: bool

    @property
    def talks(self) -> Count | None:
        """The counter of effective talks, the law's before the house's."""
        return next((count for count in self.counts if count.counts == "effective"), None)

    @property
    def messages(self) -> tuple[Message, ...]:
        """The debtor's line in parts: talks used, whose total that is, until when or when again."""
        parts = [self.talks.message] if self.talks else []
        if not self.institution_total_known:
            parts.append(msg("conduct.line_total_unknown"))
        blocked = self.decision.verdict is Verdict.BLOCK
        parts.append(when_again(self.decision) if blocked else until(self.decision))
        return tuple(parts)


def standing(facts: Facts, packs: Sequence[Pack], now: datetime, numbers: Sequence[str] = ()) -> CapsUsed:
    """The counters of a debtor at ``now``, and of each of ``numbers``, as a call to the debtor would meet them.

    A call that is not over counts for the decision and in no counter: what it led to is known when it has ended.
    """
    case = Case(Action(Channel.CALL, Addressee.DEBTOR), facts)
    over = Case(case.action, replace(facts, history=[one for one in facts.history if one.result is not None]))
    counts = tuple(_counts(over, packs, now, ("debtor", "debt")))
    return CapsUsed(
        counts=counts,
        numbers=tuple(_number(case, over, packs, now, number) for number in numbers),
        decision=decide_case(case, packs, now),
        institution_total_known=all(count.total_known for count in counts),
    )


def when_again(decision: Decision) -> Message:
    """When a blocked contact becomes possible again, or that time alone will not do it."""
    if decision.next_allowed_at is None:
        return msg("conduct.line_not_by_time")
    return msg("conduct.line_again", when=decision.next_allowed_at)


def until(decision: Decision) -> Message:
    """Until when a contact that is possible now stays so by the hours."""
    if decision.close_by is None:
        return msg("conduct.line_no_edge")
    return msg("conduct.line_until", when=decision.close_by)


def _number(case: Case, over: Case, packs: Sequence[Pack], now: datetime, number: str) -> NumberUse:
    action = Action(Channel.CALL, Addressee.DEBTOR, number_id=number)
    counts = tuple(_counts(over.about(action), packs, now, ("number",)))
    return NumberUse(number, counts, decide_case(case.about(action), packs, now))


def _counts(case: Case, packs: Sequence[Pack], now: datetime, per: tuple[str, ...]) -> list[Count]:
    """The caps of these sorts; where the zone is not sure, the count of the zone in which most is used."""
    at, counts = clock.whole_second(now), []
    for pack in packs:
        for rule in pack.rules:
            if not isinstance(rule, AttemptCap) or rule.per not in per or not times.cap_applies(rule, case):
                continue
            own = case.counted(rule)
            used = [
                (times.used_in_window(total, rule, at, where), known, _as_of(rule, case, at, where))
                for where in case.zones(pack, rule.tz)
                if where is not None
                for total, known in [times.institution(rule, case, own, at, where)]
            ]
            if used:
                n, _, as_of = max(used, key=lambda one: one[0])
                known = all(known for _, known, _ in used)
                share = None if known else times.share_of(rule, case)
                counts.append(Count(rule.id, rule.counts, n, rule.max if share is None else share, known, as_of))
    return counts


def _as_of(rule: AttemptCap, case: Case, at: datetime, where: ZoneInfo) -> datetime | None:
    """The local time of the institution's figure that counts for a cap now."""
    if rule.scope == "seat" or rule.unknown_external == "ignore":
        return None
    found = times.figure_of(rule, case, at, where)
    return found[0].as_of.astimezone(where) if found else None
