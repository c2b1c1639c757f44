"""A reason of the conduct gate in plain words: the rule, what it means here, how well it is known, when again.

What is weakly known is never called a rule or law.
"""

from datetime import datetime, tzinfo

from collector_desk.domain.conduct import Confidence, Duty, Level, Reason
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Verdict
from collector_desk.packs.messages import Lang, render


def reason_words(reason: Reason, lang: Lang, *, again: datetime | None = None, zone: tzinfo | None = None) -> str:
    """The sentences of one reason, e.g. for the line under the gate's light.

    ``again`` is the decision's ``next_allowed_at``: a rule may end earlier by itself and another still stand.
    """
    parts = [reason.text.get(lang, "")]
    if reason.detail.code != "conduct.note":
        parts.append(render(reason.detail, lang, zone=zone))
    if reason.clause:
        parts.append(render(source_of(reason, lang), lang))
    if reason.overridden_by:
        parts.append(render(msg("conduct.overridden"), lang))
    if reason.verdict is Verdict.BLOCK:
        again_words = msg("conduct.again_from", when=again) if again else msg("conduct.line_not_by_time")
        parts.append(render(again_words, lang, zone=zone))
    return _joined(parts, lang)


def duty_words(duty: Duty, lang: Lang, *, zone: tzinfo | None = None) -> str:
    """The sentence of one duty."""
    return render(duty.detail, lang, zone=zone)


def source_of(reason: Reason, lang: Lang) -> Message:
    """Where a reason comes from, as strongly as its source allows."""
    clause = reason.clause_zh if lang == "zh_CN" and reason.clause_zh else reason.clause
    if reason.conf in (Confidence.W, Confidence.M):
        return msg("conduct.from_weak", clause=clause)
    if reason.level is Level.HOUSE:
        return msg("conduct.from_house", clause=clause)
    if reason.level is Level.SOFT:
        return msg("conduct.from_guideline", clause=clause)
    return msg("conduct.from_law", clause=clause)


def _joined(parts: list[str], lang: Lang) -> str:
    return ("" if lang == "zh_CN" else " ").join(part for part in parts if part)
