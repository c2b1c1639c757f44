"""How many more calls the institution's caps leave, so that what widens them is told from what narrows them."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from collector_desk.domain.conduct import clock, times
from collector_desk.domain.conduct.case import Case
from collector_desk.domain.conduct.rules import AttemptCap, Pack
from collector_desk.domain.conduct.values import Action, Facts
from collector_desk.domain.vocabulary import Addressee, Channel


def widened(before: Facts, after: Facts, packs: Sequence[Pack], now: datetime) -> bool:
    """Whether any cap of the institution leaves more calls to the debtor by the second facts than by the first."""
    then, since = (rooms(facts, packs, now) for facts in (before, after))
    return any(since[rule] > then[rule] for rule in then)


def rooms(facts: Facts, packs: Sequence[Pack], now: datetime) -> dict[str, int]:
    """What each of these caps leaves now: of the institution's total where it is known, else of our share."""
    case, at = Case(Action(Channel.CALL, Addressee.DEBTOR), facts), clock.whole_second(now)
    found: dict[str, int] = {}
    for pack in packs:
        for rule in pack.rules:
            if not isinstance(rule, AttemptCap) or rule.per not in ("debtor", "debt"):
                continue
            if rule.scope == "seat" or rule.unknown_external == "ignore" or not times.cap_applies(rule, case):
                continue
            left = [_left(rule, case, at, where) for where in case.zones(pack, rule.tz) if where is not None]
            found[f"{pack.id}/{rule.id}"] = min(left, default=0)
    return found


def _left(rule: AttemptCap, case: Case, at: datetime, where: ZoneInfo) -> int:
    own = case.counted(rule)
    total, known = times.institution(rule, case, own, at, where)
    left = rule.max - times.used_in_window(total, rule, at, where)
    if not known:
        share = times.share_of(rule, case)
        if share is not None:
            left = min(left, share - times.used_in_window(own, rule, at, where))
        elif rule.unknown_external != "ask":
            left = 0  # where it asks for the figure, the figure is what it waits for
    return max(left, 0)
