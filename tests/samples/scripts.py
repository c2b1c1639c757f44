"""Script packs for tests: small ones built by hand, the shipped ones, and whatever lies in a folder."""

from dataclasses import replace
from pathlib import Path

from collector_desk.domain.calls.scripts import (
    Branch,
    Check,
    PackStatus,
    Phase,
    Script,
    ScriptPack,
    ScriptPurpose,
    ScriptTone,
    Step,
)
from collector_desk.domain.vocabulary import Disclosure, Outcome, Speaker, Stage
from collector_desk.packs.scripts import BadScriptPack, read_script_pack
from collector_desk.resources import resource

OPEN = "This is {agent_name} from {agency_neutral}, number {agent_number}. The call is recorded."
CHECKED = frozenset({Speaker.DEBTOR})
UNKNOWN = frozenset({Speaker.UNKNOWN})
THIRD = frozenset({Speaker.THIRD_PARTY})


def load_pack(folder: Path) -> ScriptPack:
    """The pack in a folder; BadScriptPack with every fault where it has one."""
    pack, faults = read_script_pack(folder)
    if pack is None or faults:
        raise BadScriptPack(faults)
    return pack


def shipped_pack(language: str) -> ScriptPack:
    """The pack that comes with the program, ``zh_CN`` or ``en``: always a draft."""
    return load_pack(resource("scripts", language))


def step(
    step_id: str,
    say: str,
    *branches: Branch,
    phase: Phase = Phase.OFFER,
    discloses: Disclosure = Disclosure.NOTHING,
    audience: frozenset[Speaker] = CHECKED,
) -> Step:
    return Step(step_id, phase, step_id, say, discloses, audience, branches)


def small_pack() -> ScriptPack:
    """One script for the debtor, one for third parties; it proves."""
    polite = Script(
        ScriptPurpose.POLITE,
        "Polite",
        ScriptTone.FRIENDLY,
        Speaker.UNKNOWN,
        "greet",
        (
            step(
                "greet",
                OPEN + " Is that {person_called}?",
                Branch("yes", digit="1", to="identity"),
                Branch("other", digit="2", to="@third_party", becomes=Speaker.THIRD_PARTY),
                Branch("gone", digit="3", outcome=Outcome.HANGS_UP),
                phase=Phase.GREET,
                discloses=Disclosure.IDENTITY,
                audience=UNKNOWN,
            ),
            step(
                "identity",
                "Your full name and the last four of your ID, please.",
                Branch("right", check=Check.PASSED, to="purpose", becomes=Speaker.DEBTOR),
                Branch("wrong", check=Check.FAILED, to="not_known"),
                phase=Phase.IDENTITY,
                audience=UNKNOWN,
            ),
            step(
                "not_known",
                "I am sorry, goodbye.",
                Branch("end", digit="1", outcome=Outcome.THIRD_PARTY),
                phase=Phase.CLOSE,
                audience=UNKNOWN,
            ),
            step(
                "purpose",
                "We call for {bank} about {amount_words}.",
                Branch("will pay", digit="1", to="close", outcome=Outcome.PROMISE_FULL),
                Branch("no", digit="2", to="close", outcome=Outcome.REFUSES),
                Branch("again", digit="3", to="purpose"),
                phase=Phase.PURPOSE,
                discloses=Disclosure.DEBT,
            ),
            step("close", "Thank you, goodbye.", Branch("end", digit="1"), phase=Phase.CLOSE),
        ),
        stage=Stage.POLITE,
    )
    third = Script(
        ScriptPurpose.THIRD_PARTY,
        "Third party",
        ScriptTone.FRIENDLY,
        Speaker.THIRD_PARTY,
        "ask",
        (
            step(
                "ask",
                OPEN + " Is {person_called} there? Please ask them to ring {hotline}.",
                Branch("here", digit="1", to="@home"),
                Branch("not here", digit="2", outcome=Outcome.THIRD_PARTY),
                phase=Phase.MESSAGE,
                discloses=Disclosure.IDENTITY,
                audience=THIRD,
            ),
        ),
    )
    return ScriptPack("small", "1", "en", "me", PackStatus.DRAFT, (polite, third))


def with_step(pack: ScriptPack, purpose: ScriptPurpose, changed: Step) -> ScriptPack:
    """The pack with one step put in the place of the one with its id."""
    scripts = tuple(
        replace(one, steps=tuple(changed if step.id == changed.id else step for step in one.steps))
        if one.purpose is purpose
        else one
        for one in pack.scripts
    )
    return replace(pack, scripts=scripts)
