"""What has to be said and done with a contact, from the rules that stand over it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from collector_desk.domain.conduct.case import Case
from collector_desk.domain.conduct.content import words
from collector_desk.domain.conduct.findings import duty
from collector_desk.domain.conduct.people import THIRD_PARTIES
from collector_desk.domain.conduct.rules import (
    IdentityRule,
    LetterContent,
    MessageContent,
    OpeningDisclosure,
    Pack,
    Recording,
    Rule,
    ThirdPartyContact,
    VisitRule,
)
from collector_desk.domain.conduct.values import MustDo
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Channel

_SPOKEN = (Channel.CALL, Channel.VISIT)
_WRITTEN = {Channel.SMS: "sms", Channel.IM: "im", Channel.EMAIL: "email", Channel.LETTER: "letter"}

_DEMANDING = (
    IdentityRule, OpeningDisclosure, ThirdPartyContact, Recording, VisitRule, MessageContent, LetterContent
)  # fmt: skip


def duties(case: Case, packs: Sequence[Pack], end_by: datetime | None = None) -> Iterator[MustDo]:
    """The duties of every pack, in the packs' order and each once; first who shares the number and a near end."""
    if case.shared():
        yield MustDo(rule="gate.shared_number", detail=msg("conduct.do_shared_number"))
    if end_by is not None and case.outgoing and case.action.channel in _SPOKEN:
        yield MustDo(rule="gate.end_by", detail=msg("conduct.do_end_by", at=end_by))
    said: list[Message] = []
    for pack in packs:
        for rule in pack.rules:
            if not isinstance(rule, _DEMANDING):  # most ask for nothing
                continue
            for one in _of(rule, case):
                if one.detail not in said:  # two packs may ask for the same
                    said.append(one.detail)
                    yield one


def _of(rule: Rule, case: Case) -> Iterator[MustDo]:
    action, third = case.action, case.to in THIRD_PARTIES
    match rule:
        case IdentityRule() if action.channel in _SPOKEN and not third and not case.facts.identity_verified:
            yield duty(rule, msg("conduct.do_identity", m=rule.min_factors, among=rule.proofs))
        case OpeningDisclosure() if action.channel in rule.channels:
            yield from _opening(rule, case, third=third)
        case ThirdPartyContact() if third:
            yield duty(rule, msg("conduct.do_third_party"))
        case Recording() if action.channel in rule.channels:
            yield duty(rule, msg("conduct.do_record"))
        case VisitRule() if action.channel is Channel.VISIT:
            if rule.min_people:
                yield duty(rule, msg("conduct.do_visit_people", m=rule.min_people))
            if rule.carry:
                yield duty(rule, msg("conduct.do_visit_carry", parts=words("carry", rule.carry)))
            if rule.consent_for:
                yield duty(rule, msg("conduct.do_visit_entry"))
            if rule.max_minutes:
                yield duty(rule, msg("conduct.do_visit_minutes", m=rule.max_minutes))
        case MessageContent() if _WRITTEN.get(action.channel) in rule.applies and case.outgoing:
            wanted = rule.must_have | ({"opt_out"} if rule.opt_out else frozenset())
            if wanted:
                yield duty(rule, msg("conduct.do_contain", parts=words("part", wanted)))
        case LetterContent() if action.channel is Channel.LETTER and case.outgoing:
            yield duty(rule, msg("conduct.do_contain", parts=words("part", rule.must_have)))
        case _:
            return


def _opening(rule: OpeningDisclosure, case: Case, *, third: bool) -> Iterator[MustDo]:
    """After-identity openings are for the debtor alone: before it nobody hears a bank, a product or a debt."""
    if rule.after_identity and third:
        return
    say = rule.say if case.facts.identified_ever else (*rule.say_first, *rule.say)
    if say:
        code = "conduct.do_say_after_identity" if rule.after_identity else "conduct.do_say"
        yield duty(rule, msg(code, parts=words("say", tuple(say))))
