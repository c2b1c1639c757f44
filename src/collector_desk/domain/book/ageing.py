"""Days past due, the stage of the work and the age bucket (domain.md 2)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from collector_desk.domain.vocabulary import Bucket, Stage


@dataclass(frozen=True, slots=True)
class StageLimits:
    """The last day of each stage; a team may set others."""

    polite: int = 30
    firm: int = 60
    escalation: int = 90


_ROUND = re.compile(r"\d{1,3}|[首一二两三四五六七八九十]")
_ROUND_DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)} | {"首": 1, "两": 2}
_LAST = 1000


def days_past_due(due: date, today: date) -> int:
    """Days past due on ``today``: the day after the final payment date is day 1; not yet due is 0 or less."""
    return (today - due).days


def carried_days(bank_days: int, as_of: date, today: date) -> int:
    """The bank's own figure carried on to ``today``: it wins over our reckoning from the due date."""
    return bank_days + (today - as_of).days


def stage_of(days: int, limits: StageLimits | None = None) -> Stage:
    """The stage of the work for that many days past due."""
    bounds = limits or StageLimits()
    if days <= 0:
        return Stage.PRE_DUE
    if days <= bounds.polite:
        return Stage.POLITE
    if days <= bounds.firm:
        return Stage.FIRM
    if days <= bounds.escalation:
        return Stage.ESCALATION
    return Stage.LEGAL


def bucket_of(days: int) -> Bucket:
    """The trade's usual bucket: M1 = 1-30 days, M2 = 31-60, … M6 = 151-180, then M6+."""
    if days <= 0:
        return Bucket.M0
    order = list(Bucket)
    return order[min((days - 1) // 30 + 1, len(order) - 1)]


def bucket_bounds(bucket: Bucket) -> tuple[int | None, int | None]:
    """First and last day past due of the bucket; None where it is open."""
    if bucket is Bucket.M0:
        return None, 0
    position = list(Bucket).index(bucket)
    first = (position - 1) * 30 + 1
    return first, None if bucket is Bucket.M6_PLUS else first + 29


def stage_bounds(stage: Stage, limits: StageLimits | None = None) -> tuple[int | None, int | None]:
    """First and last day past due of the stage; None where it is open."""
    bounds = limits or StageLimits()
    return {
        Stage.PRE_DUE: (None, 0),
        Stage.POLITE: (1, bounds.polite),
        Stage.FIRM: (bounds.polite + 1, bounds.firm),
        Stage.ESCALATION: (bounds.firm + 1, bounds.escalation),
        Stage.LEGAL: (bounds.escalation + 1, None),
    }[stage]


def round_order(name: str) -> tuple[int, str]:
    """Where a round of placement (一手, 二手, 第10手) stands among others; what names no number comes last."""
    found = _ROUND.search(unicodedata.normalize("NFKC", name))
    if not found:
        return _LAST, name
    return int(found[0]) if found[0].isdecimal() else _ROUND_DIGITS[found[0]], name
