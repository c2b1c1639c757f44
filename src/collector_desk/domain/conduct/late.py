"""A figure that comes after the calls were made: which caps it shows to have been passed by then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from collector_desk.domain.conduct import clock, times
from collector_desk.domain.conduct.caps_used import Count
from collector_desk.domain.conduct.case import Case
from collector_desk.domain.conduct.rules import AttemptCap, Pack
from collector_desk.domain.conduct.values import Action, External, Facts
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Addressee, Channel


@dataclass(frozen=True, slots=True)
class LateFigure:
    """One cap passed: ``n`` instead of ``m`` on a day, known since a figure as of ``as_of`` came in."""

    debtor_id: str
    rule: str
    day: date
    as_of: datetime
    n: int
    m: int

    @property
    def message(self) -> Message:
        """E.g. "On 23 Nov there were 4 effective talks (cap 3), as the figure as of … showed afterwards."."""
        return msg("intake.counts.late", day=self.day, n=self.n, m=self.m, as_of=self.as_of)


def passed_caps(facts: Facts, figure: External, packs: Sequence[Pack], now: datetime) -> tuple[Count, ...]:
    """The institution's caps that our calls of the figure's day and the figure together pass.

    Only calls of ours count as passing one: what others did without us is theirs to report.
    """
    facts = replace(facts, external=figure, external_earlier=None)
    case = Case(Action(Channel.CALL, Addressee.DEBTOR), facts)
    found = []
    for pack in packs:
        for rule in pack.rules:
            if isinstance(rule, AttemptCap) and rule.per in ("debtor", "debt") and times.cap_applies(rule, case):
                count = _passed(rule, pack, case, figure, now)
                if count is not None:
                    found.append(count)
    return tuple(found)


def _passed(rule: AttemptCap, pack: Pack, case: Case, figure: External, now: datetime) -> Count | None:
    if rule.scope == "seat" or rule.unknown_external == "ignore":
        return None
    for where in case.zones(pack, rule.tz):
        if where is None:
            continue
        day = clock.local_date(figure.as_of, where)
        if day > clock.local_date(now, where):
            continue
        own = [at for at in case.counted(rule) if clock.local_date(at, where) <= day]
        if not any(clock.local_date(at, where) == day for at in own):
            continue
        total, known = times.institution(rule, case, own, figure.as_of, where)
        n = times.used_in_window(total, rule, figure.as_of, where)
        if known and n > rule.max:
            return Count(rule.id, rule.counts, n, rule.max, total_known=True, as_of=figure.as_of.astimezone(where))
    return None
