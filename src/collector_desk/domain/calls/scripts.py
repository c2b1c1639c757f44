"""Call scripts: a graph of steps with the words to say, and a walk along it.

A pack holds the scripts of one language. A step says what it gives away and to whom it may be said; that no path
gives a debt away to the wrong ear is proved by ``script_proof`` before a pack is used at all. The walk is a value:
each move gives a new one, so that going back is exact and a path can be stored.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from collector_desk.domain.calls.script_fields import GAP, ScriptField
from collector_desk.domain.vocabulary import ArrearsReason, Disclosure, Outcome, Speaker, Stage

HOME = "@home"
"""Target of a branch: the identity check of the script the call was begun for (the debtor came to the phone).

``@home.step`` is a step of that script, the speaker staying who it is.
"""

_PLACE = re.compile(r"\{([^{}]*)\}")
_DIGITS = "1234567890"
_FIELDS = {field.value: field for field in ScriptField}


class ScriptPurpose(StrEnum):
    """What a script is for; a pack holds one script for each."""

    PRE_DUE = "pre_due"
    POLITE = "polite"
    FIRM = "firm"
    ESCALATION = "escalation"
    PROMISE_FOLLOW_UP = "promise_follow_up"
    BROKEN_PROMISE = "broken_promise"
    PLAN_OFFER = "plan_offer"
    INBOUND = "inbound"
    DISPUTE = "dispute"
    HARDSHIP = "hardship"
    DECEASED = "deceased"
    GUARANTOR = "guarantor"
    THIRD_PARTY = "third_party"
    VOICEMAIL = "voicemail"
    UNCHECKED = "unchecked"  # what every call may say before the identity check
    COMMON = "common"  # what every talk with the debtor shares: the promise, paid already, later


class Phase(StrEnum):
    """Where in a call a step stands (domain.md 5)."""

    GREET = "greet"
    IDENTITY = "identity"
    PURPOSE = "purpose"
    STATE = "state"
    REASON = "reason"
    OFFER = "offer"
    AGREE = "agree"
    CONFIRM = "confirm"
    CARE = "care"  # somebody is unwell: no more of the debt
    MESSAGE = "message"
    CLOSE = "close"


class ScriptTone(StrEnum):
    """One tone a script; later stages are harder in matter, never in manner."""

    FRIENDLY = "friendly"
    FIRM = "firm"
    FINAL = "final"


class PackStatus(StrEnum):
    """A draft runs in demo and rehearsal only."""

    DRAFT = "draft"
    RELEASED = "released"


class Check(StrEnum):
    """The answer of the identity check, which the program gives and no digit can choose."""

    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Branch:
    """One way on. It has a digit, or ``check`` where the identity check decides.

    ``to`` is a step of the same script, ``@purpose`` or ``@purpose.step`` of another one, ``@home`` (the identity
    check again) or ``@home.step``; None ends the call. ``outcome`` and ``reason`` stay with the walk until a later
    branch says otherwise; ``becomes`` says who is on the line from here.
    """

    label: str
    digit: str = ""
    check: Check | None = None
    to: str | None = None
    outcome: Outcome | None = None
    reason: ArrearsReason | None = None
    becomes: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to say. ``headline`` is for those who know it by heart, ``guidance`` for newcomers."""

    id: str
    phase: Phase
    headline: str
    say: str
    discloses: Disclosure
    audience: frozenset[Speaker]
    branches: tuple[Branch, ...]
    guidance: tuple[str, ...] = ()
    never_say: tuple[str, ...] = ()

    def branch(self, digit: str) -> Branch | None:
        """The branch of a digit, None where there is none."""
        return next((one for one in self.branches if one.digit == digit), None)

    def after_check(self, check: Check) -> Branch | None:
        """The branch the identity check takes, None where the step checks nothing."""
        return next((one for one in self.branches if one.check is check), None)


@dataclass(frozen=True, slots=True)
class Script:
    """The steps for one purpose. ``entry`` is who is on the line where it ``begins`` a call.

    One that begins no call is reached from another script only.
    """

    purpose: ScriptPurpose
    title: str
    tone: ScriptTone
    entry: Speaker
    start: str
    steps: tuple[Step, ...]
    begins: bool = True
    stage: Stage | None = None

    def step(self, step_id: str) -> Step | None:
        """The step of that id, None where there is none."""
        return next((one for one in self.steps if one.id == step_id), None)

    @property
    def identity_step(self) -> Step | None:
        """The step that checks identity, None where the script has none."""
        return next((one for one in self.steps if one.phase is Phase.IDENTITY), None)


@dataclass(frozen=True, slots=True)
class ScriptPack:
    """All scripts of one language. ``digest`` is the SHA-256 of the files it was read from."""

    id: str
    version: str
    language: str
    author: str
    status: PackStatus
    scripts: tuple[Script, ...]
    released_by: str = ""
    released_on: date | None = None
    digest: str = ""

    def script(self, purpose: ScriptPurpose) -> Script | None:
        """The script for a purpose, None where the pack has none."""
        return next((one for one in self.scripts if one.purpose is purpose), None)

    def find(self, target: str, *, within: ScriptPurpose, home: ScriptPurpose) -> tuple[ScriptPurpose, str] | None:
        """Where a branch target leads, in a call begun for ``home``; None where there is no such step."""
        name, _, step_id = target.removeprefix("@").partition(".")
        if not target.startswith("@"):
            script, step_id = self.script(within), target
        elif name == HOME[1:]:
            script = self.script(home)
            identity = script.identity_step if script else None
            step_id = step_id or (identity.id if identity else "")
        else:
            script = next((one for one in self.scripts if one.purpose == name), None)
            step_id = step_id or (script.start if script else "")
        return (script.purpose, step_id) if script and script.step(step_id) else None


def fields_of(say: str) -> Iterator[str]:
    """The names between braces in a spoken text, known or not, in order."""
    return (match.group(1) for match in _PLACE.finditer(say))


def render(step: Step, facts: Mapping[ScriptField, str]) -> str:
    """The words of a step with the call's figures (``said_instead.whole``); what no field is called is a gap.

    The figures are put in once: braces in a name are text. The result is plain text, never markup.
    """
    known = {field.value: text for field, text in facts.items()}
    return _PLACE.sub(lambda match: known.get(match.group(1)) or GAP, step.say)


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of a walk: where, who was on the line, and what was chosen to leave it ("" while there)."""

    purpose: ScriptPurpose
    step: str
    speaker: Speaker
    digit: str = ""
    label: str = ""
    outcome: Outcome | None = None
    reason: ArrearsReason | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """A way through a pack's scripts. Each move returns a new walk; an impossible one raises ValueError."""

    pack: ScriptPack
    home: ScriptPurpose
    stops: tuple[Stop, ...]
    extra: tuple[Branch, ...] = ()
    ended: bool = False

    @classmethod
    def begin(cls, pack: ScriptPack, purpose: ScriptPurpose, *, home: ScriptPurpose | None = None) -> "Walk":
        """Begin a call with a script. ``home`` names the debtor's own script where the call goes to another person.

        Raises ValueError where the pack lacks the script, it can't begin a call, or ``home`` checks no identity.
        """
        script, debtors = pack.script(purpose), pack.script(home or purpose)
        if script is None or not script.begins:
            raise ValueError(f"no call begins with the script {purpose}")
        if debtors is None or debtors.identity_step is None:
            raise ValueError(f"the script {home or purpose} checks no identity")
        return cls(pack, debtors.purpose, (Stop(purpose, script.start, script.entry),))

    @property
    def here(self) -> Stop:
        """Where the walk stands."""
        return self.stops[-1]

    @property
    def script(self) -> Script:
        """The script the walk is in."""
        found = self.pack.script(self.here.purpose)
        if found is None:
            raise ValueError(f"the pack has no script {self.here.purpose}")
        return found

    @property
    def current(self) -> Step:
        """The step to say now; after the end, the last one said."""
        found = self.script.step(self.here.step)
        if found is None:
            raise ValueError(f"the script {self.here.purpose} has no step {self.here.step}")
        return found

    @property
    def speaker(self) -> Speaker:
        """Who is on the line, as far as it is known."""
        return self.here.speaker

    @property
    def path(self) -> tuple[Stop, ...]:
        """Every step that was said, with the branch taken: what the log keeps."""
        return self.stops

    @property
    def outcome(self) -> Outcome | None:
        """What the call has led to so far, by the branches taken."""
        return next((stop.outcome for stop in reversed(self.stops) if stop.outcome), None)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every outcome met on the way, in order: a complaint after a dispute leaves both."""
        return tuple(dict.fromkeys(stop.outcome for stop in self.stops if stop.outcome))

    @property
    def reason(self) -> ArrearsReason | None:
        """The reason for arrears, by the branches taken."""
        return next((stop.reason for stop in reversed(self.stops) if stop.reason), None)

    @property
    def branches(self) -> tuple[Branch, ...]:
        """The branches with a digit that can be chosen now, those an objection card offered last."""
        if self.ended:
            return ()
        return tuple(one for one in self.current.branches if one.digit) + self.extra

    @property
    def at_identity_check(self) -> bool:
        """Whether the identity check decides the way on; ``checked`` takes its answer."""
        return not self.ended and self.current.after_check(Check.PASSED) is not None

    @property
    def can_switch(self) -> bool:
        """Whether "someone else answers" (Ctrl+T) is possible from here."""
        third = self.pack.script(ScriptPurpose.THIRD_PARTY)
        return not self.ended and self.speaker is not Speaker.THIRD_PARTY and third is not None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a step to go back to. Never from a third party into a talk with the debtor."""
        if self.ended:
            return True
        return len(self.stops) > 1 and not (
            self.speaker in (Speaker.THIRD_PARTY, Speaker.UNKNOWN)
            and self.stops[-2].speaker in (Speaker.DEBTOR, Speaker.GUARANTOR)
        )

    def choose(self, digit: str) -> "Walk":
        """Take the branch of a digit."""
        branch = next((one for one in self.branches if one.digit == digit), None)
        if branch is None:
            raise ValueError(f"no branch {digit} here")
        return self._take(branch)

    def checked(self, *, passed: bool) -> "Walk":
        """Take the branch the identity check decided."""
        branch = self.current.after_check(Check.PASSED if passed else Check.FAILED)
        if self.ended or branch is None:
            raise ValueError("no identity check here")
        return self._take(branch)

    def back(self) -> "Walk":
        """Go back one step: who was on the line, outcome and reason are again as they were there."""
        if not self.can_go_back:
            raise ValueError("nothing to go back to")
        kept = self.stops if self.ended else self.stops[:-1]
        last = Stop(kept[-1].purpose, kept[-1].step, kept[-1].speaker)
        return replace(self, stops=(*kept[:-1], last), extra=(), ended=False)

    def switch_to_third_party(self) -> "Walk":
        """Someone else is on the line (Ctrl+T): from here only the third-party script."""
        third = self.pack.script(ScriptPurpose.THIRD_PARTY)
        if not self.can_switch or third is None:
            raise ValueError("no switch to a third party here")
        return self._take(Branch("", to=f"@{third.purpose}", becomes=Speaker.THIRD_PARTY))

    def switch_to_debtor(self) -> "Walk":
        """It is the debtor after all (Ctrl+T again): identity has to be checked, whatever was checked before."""
        if self.ended or self.speaker is not Speaker.THIRD_PARTY:
            raise ValueError("no third party is on the line")
        return self._take(Branch("", to=HOME))

    def offering(self, label: str, *, outcome: Outcome | None = None, to: str | None = None) -> "Walk":
        """Offer one more branch at this step, such as an objection card's next question, under the next free digit.

        ``to`` (a step or script the present speaker may hear) leads on; without it the walk stays where it is and
        keeps the outcome. Raises ValueError where no digit is free or ``to`` may not be said to who is on the line.
        """
        taken = {one.digit for one in self.branches}
        digit = next((one for one in _DIGITS if one not in taken), None)
        if self.ended or digit is None:
            raise ValueError("no room for another branch")
        target = to or self.here.step
        found = self.pack.find(target, within=self.here.purpose, home=self.home)
        script = self.pack.script(found[0]) if found else None
        step = script.step(found[1]) if found and script else None
        if step is None or self.speaker not in step.audience:
            raise ValueError("that may not be said here")
        return replace(self, extra=(*self.extra, Branch(label, digit=digit, to=target, outcome=outcome)))

    def _take(self, branch: Branch) -> "Walk":
        left = replace(
            self.here,
            digit=branch.digit,
            label=branch.label,
            outcome=branch.outcome,
            reason=branch.reason,
        )
        if branch.to is None:
            return replace(self, stops=(*self.stops[:-1], left), extra=(), ended=True)
        found = self.pack.find(branch.to, within=self.here.purpose, home=self.home)
        if found is None:
            raise ValueError(f"no step {branch.to}")
        speaker = Speaker.UNKNOWN if branch.to == HOME else branch.becomes or self.speaker
        return replace(self, stops=(*self.stops[:-1], left, Stop(*found, speaker)), extra=())
