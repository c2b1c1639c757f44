"""How one rule's finding becomes a reason: its level decides, an override or a weak source softens."""

from collections.abc import Iterable
from datetime import datetime

from collector_desk.domain.conduct import clock
from collector_desk.domain.conduct.case import Case
from collector_desk.domain.conduct.rules import Pack, Rule
from collector_desk.domain.conduct.values import Level, MustDo, Override, Reason
from collector_desk.domain.message import Message
from collector_desk.domain.vocabulary import Verdict

STRICTNESS = {Verdict.ALLOW: 0, Verdict.WARN: 1, Verdict.ASK: 2, Verdict.BLOCK: 3}


def breach(
    rule: Rule,
    pack: Pack,
    case: Case,
    at: datetime,
    detail: Message,
    *,
    until: datetime | None = None,
    n: int | None = None,
    m: int | None = None,
) -> Reason:
    """The rule is broken by this contact: block or warn by its level, warn where a lead has let it pass."""
    verdict = rule.verdict
    override = None
    if verdict is Verdict.BLOCK and rule.override == "lead":
        override, later = _override(rule, case, at)
        until = min((moment for moment in (until, later) if moment is not None), default=None)
    if override is not None:
        verdict = Verdict.WARN
    return Reason(
        rule=rule.id,
        verdict=verdict,
        detail=detail,
        pack=pack.id,
        level=rule.level,
        clause=rule.clause,
        clause_zh=rule.clause_zh,
        conf=rule.conf,
        text=rule.text,
        n=n,
        m=m,
        until=until if verdict is Verdict.BLOCK else None,
        overridable=rule.override == "lead",
        overridden_by=override.by if override else None,
    )


def ask(
    rule: Rule, pack: Pack, detail: Message, fact: str, *, n: int | None = None, m: int | None = None
) -> Reason:
    """A fact the rule needs is missing; ``fact`` names it."""
    return _plain(rule, pack, detail, Verdict.ASK, n=n, m=m, ask_for=fact)


def remark(
    rule: Rule,
    pack: Pack,
    detail: Message,
    *,
    verdict: Verdict = Verdict.ALLOW,
    n: int | None = None,
    m: int | None = None,
) -> Reason:
    """Something worth showing that does not stand in the way."""
    return _plain(rule, pack, detail, verdict, n=n, m=m)


def _plain(
    rule: Rule,
    pack: Pack,
    detail: Message,
    verdict: Verdict,
    *,
    n: int | None = None,
    m: int | None = None,
    ask_for: str | None = None,
) -> Reason:
    return Reason(
        rule=rule.id,
        verdict=verdict,
        detail=detail,
        pack=pack.id,
        level=rule.level,
        clause=rule.clause,
        clause_zh=rule.clause_zh,
        conf=rule.conf,
        text=rule.text,
        n=n,
        m=m,
        ask_for=ask_for,
    )


def core(
    name: str, verdict: Verdict, detail: Message, *, until: datetime | None = None, fact: str | None = None
) -> Reason:
    """A finding of the gate itself rather than of a pack's rule: house policy, never to be overridden."""
    return Reason(rule=f"gate.{name}", verdict=verdict, detail=detail, level=Level.HOUSE, until=until, ask_for=fact)


def duty(rule: Rule, detail: Message) -> MustDo:
    """Something the rule wants said or done."""
    return MustDo(rule=rule.id, detail=detail, text=rule.text)


def strictest(reasons: Iterable[Reason]) -> Verdict:
    """The verdict of all reasons together: block, then ask, then warn."""
    return max((reason.verdict for reason in reasons), key=STRICTNESS.__getitem__, default=Verdict.ALLOW)


def _override(rule: Rule, case: Case, at: datetime) -> tuple[Override | None, datetime | None]:
    """The lead's decision that lets the rule pass now, and when the first one dated later will."""
    later = None
    for override in case.facts.overrides:
        if (
            override.rule == rule.id
            and override.by
            and override.by != case.action.actor_id
            and override.reason.strip()
            and at < override.until
        ):
            given = clock.whole_second(override.at)
            if given <= at:
                return override, None
            if given < override.until:
                later = min(later or given, given)
    return None, later
