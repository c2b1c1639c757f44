"""A reason of the conduct gate in plain words: the rule, what it means here, how well it is known, when again.

What is weakly known is never called a rule or law.
"""

from datetime import datetime, tzinfo

from collector_desk.domain.conduct import Confidence, Level, MustDo, Reason, clock
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Verdict
from collector_desk.words.messages import Lang, render, show_instant


def reason_words(reason: Reason, lang: Lang, *, again: datetime | None = None, zone: tzinfo | None = None) -> str:
    """The sentences of one reason, e.g. for the line under the gate's light.

    ``again`` is the decision's ``next_allowed_at``: a rule may end earlier by itself and another still stand.
    """
    parts = [reason.text.get(lang, "")]
    if reason.detail.code != "conduct.note":
        parts.append(_rendered(reason.detail, lang, zone))
    if reason.clause:
        parts.append(render(source_of(reason, lang), lang))
    if reason.overridden_by:
        parts.append(render(msg("conduct.overridden"), lang))
    if reason.verdict is Verdict.BLOCK:
        parts.append(_rendered(_when(reason, again), lang, zone))
    return _joined(parts, lang)


def duty_words(duty: MustDo, lang: Lang, *, zone: tzinfo | None = None) -> str:
    """The sentence of one duty."""
    return _rendered(duty.detail, lang, zone)


def _when(reason: Reason, again: datetime | None) -> Message:
    """When a block ends: never, with the last of all, by itself while another stays, or by somebody's act."""
    if reason.detail.code in _FOR_GOOD:
        return msg("conduct.never_again")
    if again:
        return msg("conduct.again_from", when=again)
    return msg("conduct.rule_until", when=reason.until) if reason.until else msg("conduct.not_by_time")


_FOR_GOOD = {
    "conduct.third_party_refused",
    "conduct.third_party_spoken",
    "conduct.stopped_number",
    "conduct.no_such_third_party",
}


def _rendered(message: Message, lang: Lang, zone: tzinfo | None) -> str:
    """The sentence with its instants to the second where they have one, and by whose clock they are told."""
    exact = {
        name: exact_instant(value, lang, zone) if isinstance(value, datetime) else value
        for name, value in message.params.items()
    }
    return render(Message(message.code, exact), lang, zone=zone)


def exact_instant(moment: datetime, lang: Lang, zone: tzinfo | None) -> str:
    """E.g. ``23 Nov 2026 08:00:01 (New York time)``: an edge is wrong if it is told to the minute only."""
    local = moment.astimezone(zone)
    words = show_instant(moment, lang, zone) + (f":{local.second:02d}" if local.second else "")
    key = getattr(local.tzinfo, "key", None)
    shown = clock.named(key) if key else f"UTC{local.isoformat()[-6:]}"
    return render(msg("conduct.at_in_zone", at=words, zone=shown), lang)


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
