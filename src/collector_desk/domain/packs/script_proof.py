"""The proof that a script pack can't give a debt away and leaves nobody stuck.

Every state a call can be in is walked: the step, who is on the line, whether there is an outcome yet; with the two
moves that are possible everywhere, "someone else answers" and "it is the debtor after all". What a step gives away
is never taken on its own word: the fields in its text and the words of its text are looked at too.
"""

import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from collector_desk.domain.calls.outcomes import open_outcomes
from collector_desk.domain.calls.script_fields import FIELD_DISCLOSES, ScriptField
from collector_desk.domain.calls.script_words import ASKS_PROOF, DEBT_WORDS, NEVER_SAID, RECORDED
from collector_desk.domain.calls.scripts import (
    HOME,
    Branch,
    Check,
    Phase,
    Script,
    ScriptPack,
    ScriptPurpose,
    Step,
    fields_of,
)
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Disclosure, Speaker

Wording = Callable[[str, Speaker], Sequence[str]]
"""A text and who hears it to the phrases in it that may not be said."""

_RANK = {Disclosure.NOTHING: 0, Disclosure.IDENTITY: 1, Disclosure.DEBT: 2}
_FIELDS = {field.value: field for field in ScriptField}
_CHECKED = frozenset({Speaker.DEBTOR, Speaker.GUARANTOR})
_OPENING = (ScriptField.AGENCY_NEUTRAL, ScriptField.AGENT_NAME, ScriptField.AGENT_NUMBER)
_PLACES = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class ProofFinding:
    """One thing wrong with a pack: in which script, at which step and branch ("" for the whole)."""

    message: Message
    purpose: ScriptPurpose | None = None
    step: str = ""
    branch: int | None = None


@dataclass(frozen=True, slots=True)
class _State:
    purpose: ScriptPurpose
    step: str
    speaker: Speaker
    home: ScriptPurpose
    outcome: bool


def prove(pack: ScriptPack, wording: Wording | None = None) -> tuple[ProofFinding, ...]:
    """Everything that is wrong with a pack; empty means proved.

    ``wording`` gives the phrases of a text that may not be said to somebody; a short list of our own is used where
    none is given.
    """
    # A step met on many paths is at fault once.
    found = {
        (one.purpose, one.step, one.branch, one.message.code, repr(sorted(one.message.params.items()))): one
        for one in _every(pack, wording or basic_wording)
    }
    return tuple(found.values())


def basic_wording(text: str, speaker: Speaker) -> tuple[str, ...]:  # noqa: ARG001 -- the same for everybody
    """The phrases of the short list that stand in a text, in whatever language."""
    return tuple(phrase for language, phrases in NEVER_SAID.items() for phrase in _found(text, language, phrases))


def debt_words(text: str, language: str) -> tuple[str, ...]:
    """The words of a spoken text that tell of a debt, a bank or a product; fields don't count."""
    return _found(_PLACES.sub(" ", text), language, DEBT_WORDS.get(language, ()))


def really_discloses(step: Step, language: str) -> Disclosure:
    """What a step gives away by its declaration, its fields and its words together."""
    found = [step.discloses]
    found += [FIELD_DISCLOSES[field] for name in fields_of(step.say) if (field := _field(name))]
    if debt_words(step.say, language):
        found.append(Disclosure.DEBT)
    return max(found, key=_RANK.__getitem__)


def _every(pack: ScriptPack, wording: Wording) -> Iterator[ProofFinding]:
    seen: set[ScriptPurpose] = set()
    for script in pack.scripts:
        if script.purpose in seen:
            yield ProofFinding(msg("calls.scripts.purpose_twice"), script.purpose)
        seen.add(script.purpose)
        yield from _script_alone(pack, script)
        for step in script.steps:
            yield from _step_alone(pack, script, step, wording)
    if pack.script(ScriptPurpose.THIRD_PARTY) is None:
        yield ProofFinding(msg("calls.scripts.no_third_party"))
    yield from _walked(pack)


def _script_alone(pack: ScriptPack, script: Script) -> Iterator[ProofFinding]:
    ids = [step.id for step in script.steps]
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        yield ProofFinding(msg("calls.scripts.step_twice", step=twice), script.purpose, twice)
    start = script.step(script.start)
    if start is None:
        yield ProofFinding(msg("calls.scripts.no_start", step=script.start), script.purpose)
        return
    if not script.begins:
        return
    if script.entry in _CHECKED:
        yield ProofFinding(msg("calls.scripts.begins_checked"), script.purpose)
    said = set(fields_of(start.say))
    wanted = [field.value for field in _OPENING if field.value not in said]
    if wanted:
        yield ProofFinding(msg("calls.scripts.opening", fields=", ".join(wanted)), script.purpose, start.id)
    plain = start.say.casefold()
    if script.purpose is not ScriptPurpose.VOICEMAIL and not any(
        w in plain for w in RECORDED.get(pack.language, ())
    ):
        yield ProofFinding(msg("calls.scripts.not_told_recorded"), script.purpose, start.id)


def _step_alone(pack: ScriptPack, script: Script, step: Step, wording: Wording) -> Iterator[ProofFinding]:
    where = (script.purpose, step.id)
    if not step.say.strip():
        yield ProofFinding(msg("calls.scripts.nothing_said"), *where)
    for name in dict.fromkeys(fields_of(step.say)):
        if _field(name) is None:
            yield ProofFinding(msg("calls.scripts.unknown_field", field=name), *where)
    if "{" in (rest := _PLACES.sub("", step.say)) or "}" in rest:
        yield ProofFinding(msg("calls.scripts.stray_brace"), *where)
    unspoken = (step.headline, *step.guidance, *step.never_say, *(one.label for one in step.branches))
    if any("{" in text or "}" in text for text in unspoken):
        yield ProofFinding(msg("calls.scripts.brace_unspoken"), *where)
    spoken = _PLACES.sub(" ", step.say)
    for phrase in dict.fromkeys(one for ear in sorted(step.audience) for one in wording(spoken, ear)):
        yield ProofFinding(msg("calls.scripts.wording", phrase=phrase), *where)
    yield from _disclosures(pack, script, step)
    if not step.audience:
        yield ProofFinding(msg("calls.scripts.no_audience"), *where)
    if not step.branches:
        yield ProofFinding(msg("calls.scripts.no_branches"), *where)
    digits = [one.digit for one in step.branches if one.digit]
    for index, branch in enumerate(step.branches):
        yield from (ProofFinding(found, *where, index) for found in _branch_alone(pack, script, branch))
        if (
            branch.digit
            and branch.digit in digits[: digits.index(branch.digit)] + digits[digits.index(branch.digit) + 1 :]
        ):
            yield ProofFinding(msg("calls.scripts.digit_twice", digit=branch.digit), *where, index)
    checks = [one.check for one in step.branches if one.check]
    wanted = [Check.PASSED, Check.FAILED] if step.phase is Phase.IDENTITY else []
    if sorted(checks) != sorted(wanted):
        yield ProofFinding(msg("calls.scripts.check_branches"), *where)
    asked = ASKS_PROOF.get(pack.language, ())
    if step.phase is Phase.IDENTITY and asked and not any(words in step.say.casefold() for words in asked):
        yield ProofFinding(msg("calls.scripts.asks_no_proof"), *where)


def _disclosures(pack: ScriptPack, script: Script, step: Step) -> Iterator[ProofFinding]:
    """What the text gives away against what the step says it does, and for whom it is."""
    where = (script.purpose, step.id)
    declared = _RANK[step.discloses]
    open_ears = not step.audience <= _CHECKED
    for name in dict.fromkeys(fields_of(step.say)):
        field = _field(name)
        if field is None:
            continue
        if _RANK[FIELD_DISCLOSES[field]] > declared:
            yield ProofFinding(msg("calls.scripts.leak_field", field=name), *where)
    words = debt_words(step.say, pack.language)
    if words and step.discloses is not Disclosure.DEBT:
        yield ProofFinding(msg("calls.scripts.leak_word", words=", ".join(words)), *where)
    if step.discloses is Disclosure.DEBT and open_ears:
        yield ProofFinding(msg("calls.scripts.leak_audience"), *where)


def _branch_alone(pack: ScriptPack, script: Script, branch: Branch) -> Iterator[Message]:
    if bool(branch.digit) == bool(branch.check):
        yield msg("calls.scripts.digit_or_check")
    elif branch.digit and (len(branch.digit) != 1 or branch.digit not in "0123456789"):
        yield msg("calls.scripts.bad_digit", digit=branch.digit)
    if branch.becomes in _CHECKED and branch.check is not Check.PASSED:
        yield msg("calls.scripts.unchecked", speaker=branch.becomes)
    if branch.to is None:
        return
    if branch.to.startswith(HOME) and branch.becomes:
        yield msg("calls.scripts.home_keeps_speaker")
    homes = [one.purpose for one in _homes(pack)] or [script.purpose]
    if not any(pack.find(branch.to, within=script.purpose, home=home) for home in homes):
        yield msg("calls.scripts.no_target", target=branch.to)
    if branch.check is Check.PASSED:
        found = pack.find(branch.to, within=script.purpose, home=script.purpose)
        target = _step(pack, *found) if found else None
        if target and ScriptField.BANK.value not in fields_of(target.say):
            yield msg("calls.scripts.bank_not_named", step=target.id)


def _walked(pack: ScriptPack) -> Iterator[ProofFinding]:
    """What can only be seen by walking: who hears what, what is never reached, where nothing ends."""
    starts: list[_State] = []
    for script in pack.scripts:
        if script.begins:
            homes = [script] if script.identity_step else _homes(pack)
            starts += [
                _State(script.purpose, script.start, script.entry, home.purpose, outcome=False) for home in homes
            ]
    gives_away = {
        (script.purpose, step.id): really_discloses(step, pack.language)
        for script in pack.scripts
        for step in script.steps
    }
    reached: dict[_State, list[_State]] = {}
    ends: set[_State] = set()
    waiting = deque(starts)
    while waiting:
        state = waiting.popleft()
        step = _step(pack, state.purpose, state.step)
        if state in reached or step is None:
            continue
        reached[state] = []
        yield from _heard(state, step, gives_away[state.purpose, state.step])
        for index, branch in enumerate(step.branches):
            outcome = state.outcome or branch.outcome is not None
            if branch.outcome and branch.outcome not in open_outcomes(state.speaker):
                message = msg("calls.scripts.outcome_not_for", outcome=branch.outcome, speaker=state.speaker)
                yield ProofFinding(message, state.purpose, state.step, index)
            if branch.to is None:
                ends.add(state)
                if not outcome:
                    yield ProofFinding(msg("calls.scripts.no_outcome"), state.purpose, state.step, index)
                continue
            target = _target(pack, state, branch, outcome=outcome)
            if target is None:
                yield ProofFinding(
                    msg("calls.scripts.no_target", target=branch.to), state.purpose, state.step, index
                )
            else:
                reached[state].append(target)
        # Only a way that the script itself offers counts as a way out; the switches are added for what they tell.
        waiting.extend(reached[state])
        waiting.extend(_switches(pack, state))
    steps_seen = {(state.purpose, state.step) for state in reached}
    for script in pack.scripts:
        for step in script.steps:
            if (script.purpose, step.id) not in steps_seen:
                yield ProofFinding(msg("calls.scripts.unreachable"), script.purpose, step.id)
    yield from _stuck(reached, ends)


def _heard(state: _State, step: Step, gives_away: Disclosure) -> Iterator[ProofFinding]:
    where = (state.purpose, state.step)
    if state.speaker not in step.audience:
        yield ProofFinding(msg("calls.scripts.wrong_audience", speaker=state.speaker), *where)
    if state.speaker not in _CHECKED and gives_away is Disclosure.DEBT:
        yield ProofFinding(msg("calls.scripts.leak_path", speaker=state.speaker), *where)


def _target(pack: ScriptPack, state: _State, branch: Branch, *, outcome: bool) -> _State | None:
    found = pack.find(branch.to or "", within=state.purpose, home=state.home)
    speaker = Speaker.UNKNOWN if branch.to == HOME else branch.becomes or state.speaker
    return _State(*found, speaker, state.home, outcome) if found else None


def _switches(pack: ScriptPack, state: _State) -> Iterator[_State]:
    """Ctrl+T, possible at every step."""
    third = state.speaker is Speaker.THIRD_PARTY
    move = (
        Branch("", to=HOME)
        if third
        else Branch("", to=f"@{ScriptPurpose.THIRD_PARTY}", becomes=Speaker.THIRD_PARTY)
    )
    target = _target(pack, state, move, outcome=state.outcome)
    if target:
        yield target


def _homes(pack: ScriptPack) -> list[Script]:
    """The scripts a call to another person can come home to."""
    return [script for script in pack.scripts if script.begins and script.identity_step]


def _stuck(reached: dict[_State, list[_State]], ends: set[_State]) -> Iterator[ProofFinding]:
    """States from which no branch ever ends the call."""
    before: dict[_State, list[_State]] = {}
    for state, targets in reached.items():
        for target in targets:
            before.setdefault(target, []).append(state)
    good, waiting = set(ends), deque(ends)
    while waiting:
        for state in before.get(waiting.popleft(), ()):
            if state not in good:
                good.add(state)
                waiting.append(state)
    for state in reached:
        if state not in good:
            yield ProofFinding(msg("calls.scripts.never_ends"), state.purpose, state.step)


def _step(pack: ScriptPack, purpose: ScriptPurpose, step_id: str) -> Step | None:
    script = pack.script(purpose)
    return script.step(step_id) if script else None


def _field(name: str) -> ScriptField | None:
    return _FIELDS.get(name)


def _found(text: str, language: str, phrases: Sequence[str]) -> tuple[str, ...]:
    """The phrases in a text, whatever its width, case and hidden characters; English ones as whole words."""
    plain = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    if language == "zh_CN":
        plain = "".join(plain.split())
    pattern = _pattern(tuple(phrases), whole=language != "zh_CN")
    return tuple(dict.fromkeys(match.group().casefold() for match in pattern.finditer(plain)))


@cache
def _pattern(phrases: tuple[str, ...], *, whole: bool) -> re.Pattern[str]:
    if not phrases:
        return re.compile("(?!)")
    # The longest first, so that what is reported is the whole phrase.
    either = "|".join(re.escape(one) for one in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if whole else either, re.IGNORECASE)
