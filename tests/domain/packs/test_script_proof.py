"""The proof finds every planted leak and every trap."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector_desk.domain.calls.script_fields import FIELD_DISCLOSES, ScriptField
from collector_desk.domain.calls.script_words import DEBT_WORDS
from collector_desk.domain.calls.scripts import Branch, Check, Phase, ScriptPack, ScriptPurpose, Step
from collector_desk.domain.packs.script_proof import basic_wording, debt_words, prove
from collector_desk.domain.vocabulary import Disclosure, Outcome, Speaker
from tests.samples.scripts import CHECKED, THIRD, UNKNOWN, shipped_pack, small_pack, step, with_step

PACKS = {language: shipped_pack(language) for language in ("zh_CN", "en")}
OPEN_STEPS = {
    language: [
        (script.purpose, one)
        for script in pack.scripts
        for one in script.steps
        if not one.audience <= {Speaker.DEBTOR, Speaker.GUARANTOR}
    ]
    for language, pack in PACKS.items()
}
DEBT_FIELDS = [field for field in ScriptField if FIELD_DISCLOSES[field] is Disclosure.DEBT]


def codes(pack: ScriptPack) -> set[str]:
    return {one.message.code for one in prove(pack)}


def polite(pack: ScriptPack, step_id: str) -> Step:
    script = pack.script(ScriptPurpose.POLITE)
    found = script.step(step_id) if script else None
    assert found is not None
    return found


def changed(step_id: str, change: Callable[[Step], Step]) -> ScriptPack:
    pack = small_pack()
    return with_step(pack, ScriptPurpose.POLITE, change(polite(pack, step_id)))


def test_a_sound_pack_proves() -> None:
    assert prove(small_pack()) == ()


def test_the_shipped_packs_have_steps_before_the_check_to_try_leaks_on() -> None:
    assert all(len(steps) > 30 for steps in OPEN_STEPS.values())


@settings(max_examples=20)
@given(st.data())
def test_a_debt_field_planted_before_the_check_is_found(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(sorted(PACKS)))
    purpose, one = data.draw(st.sampled_from(OPEN_STEPS[language]))
    field = data.draw(st.sampled_from(DEBT_FIELDS))
    where = data.draw(st.integers(0, len(one.say)))
    # Beside a field, never inside its braces, where it would be no field at all.
    while one.say[:where].count("{") != one.say[:where].count("}"):
        where += 1
    leaky = replace(one, say=f"{one.say[:where]}{{{field}}}{one.say[where:]}")
    found = prove(with_step(PACKS[language], purpose, leaky))
    assert any(f.step == one.id and f.message.code == "calls.scripts.leak_field" for f in found)
    assert any(f.step == one.id and f.message.code == "calls.scripts.leak_path" for f in found)


@settings(max_examples=20)
@given(st.data())
def test_a_debt_word_planted_before_the_check_is_found(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(sorted(PACKS)))
    purpose, one = data.draw(st.sampled_from(OPEN_STEPS[language]))
    word = data.draw(st.sampled_from(DEBT_WORDS[language]))
    disguise = data.draw(st.sampled_from(["{}", "{} ", "\u200b".join]))
    written = disguise(word) if callable(disguise) else disguise.format(word)
    leaky = replace(one, say=f"{one.say} {written.upper()}.")
    found = prove(with_step(PACKS[language], purpose, leaky))
    assert any(f.step == one.id and f.message.code == "calls.scripts.leak_word" for f in found)


@settings(max_examples=20)
@given(st.data())
def test_an_honest_declaration_does_not_open_the_path(data: st.DataObject) -> None:
    """Declaring the leak, or widening who may hear it, still leaves the path that leads there."""
    language = data.draw(st.sampled_from(sorted(PACKS)))
    purpose, one = data.draw(st.sampled_from(OPEN_STEPS[language]))
    leaky = replace(one, say=one.say + " {bank}", discloses=Disclosure.DEBT, audience=frozenset(Speaker))
    found = {f.message.code for f in prove(with_step(PACKS[language], purpose, leaky)) if f.step == one.id}
    assert {"calls.scripts.leak_audience", "calls.scripts.leak_path"} <= found


@settings(max_examples=20)
@given(st.data())
def test_a_shortcut_past_the_check_is_found(data: st.DataObject) -> None:
    """No branch but a passed check may lead to a step that tells of the debt."""
    language = data.draw(st.sampled_from(sorted(PACKS)))
    pack = PACKS[language]
    purpose, one = data.draw(st.sampled_from(OPEN_STEPS[language]))
    told = [
        (script.purpose, target.id)
        for script in pack.scripts
        for target in script.steps
        if target.discloses is Disclosure.DEBT
    ]
    target = data.draw(st.sampled_from(told))
    becomes = data.draw(st.sampled_from([None, Speaker.DEBTOR, Speaker.GUARANTOR]))
    short = Branch("shortcut", digit="x", to=f"@{target[0]}.{target[1]}", becomes=becomes)
    found = prove(with_step(pack, purpose, replace(one, branches=(*one.branches, short))))
    assert {f.message.code for f in found} & {
        "calls.scripts.wrong_audience",
        "calls.scripts.leak_path",
        "calls.scripts.unchecked",
    }


@pytest.mark.parametrize(
    ("pack", "code"),
    [
        (changed("purpose", lambda s: replace(s, audience=CHECKED | UNKNOWN)), "calls.scripts.leak_audience"),
        (changed("purpose", lambda s: replace(s, discloses=Disclosure.IDENTITY)), "calls.scripts.leak_field"),
        (
            changed("purpose", lambda s: replace(s, say="We call about a {amount_words}")),
            "calls.scripts.bank_not_named",
        ),
        (changed("purpose", lambda s: replace(s, say=s.say + " {card_pin}")), "calls.scripts.unknown_field"),
        (changed("purpose", lambda s: replace(s, say=s.say + " {")), "calls.scripts.stray_brace"),
        (changed("purpose", lambda s: replace(s, say=s.say + " You go to prison.")), "calls.scripts.wording"),
        (changed("purpose", lambda s: replace(s, guidance=("say {bank}",))), "calls.scripts.brace_unspoken"),
        (changed("purpose", lambda s: replace(s, say=" ")), "calls.scripts.nothing_said"),
        (changed("purpose", lambda s: replace(s, audience=frozenset())), "calls.scripts.no_audience"),
        (changed("purpose", lambda s: replace(s, audience=THIRD)), "calls.scripts.wrong_audience"),
        (changed("purpose", lambda s: replace(s, branches=())), "calls.scripts.no_branches"),
        (changed("purpose", lambda s: replace(s, branches=(s.branches[2],))), "calls.scripts.never_ends"),
        (changed("purpose", lambda s: replace(s, branches=(Branch("x", digit="1"),))), "calls.scripts.no_outcome"),
        (
            changed("purpose", lambda s: replace(s, branches=(*s.branches, s.branches[0]))),
            "calls.scripts.digit_twice",
        ),
        (changed("purpose", lambda s: replace(s, branches=(Branch("x", digit="12"),))), "calls.scripts.bad_digit"),
        (changed("purpose", lambda s: replace(s, branches=(Branch("x"),))), "calls.scripts.digit_or_check"),
        (
            changed("purpose", lambda s: replace(s, branches=(Branch("x", digit="1", to="z"),))),
            "calls.scripts.no_target",
        ),
        (
            changed("purpose", lambda s: replace(s, branches=(Branch("x", digit="1", outcome=Outcome.DECEASED),))),
            "calls.scripts.outcome_not_for",
        ),
        (
            changed("greet", lambda s: replace(s, branches=(Branch("x", digit="1", to="purpose"),))),
            "calls.scripts.wrong_audience",
        ),
        (
            changed("greet", lambda s: replace(s, branches=(replace(s.branches[0], becomes=Speaker.DEBTOR),))),
            "calls.scripts.unchecked",
        ),
        (changed("greet", lambda s: replace(s, branches=s.branches[1:])), None),
        (changed("greet", lambda s: replace(s, say="Hello, the call is recorded.")), "calls.scripts.opening"),
        (
            changed("greet", lambda s: replace(s, say=s.say.replace("recorded", "free"))),
            "calls.scripts.not_told_recorded",
        ),
        (changed("identity", lambda s: replace(s, branches=s.branches[:1])), "calls.scripts.check_branches"),
        (
            changed("identity", lambda s: replace(s, say="Your name and year of birth, please.")),
            "calls.scripts.asks_no_proof",
        ),
        (changed("close", lambda s: replace(s, phase=Phase.IDENTITY)), "calls.scripts.check_branches"),
        (
            changed(
                "identity", lambda s: replace(s, branches=(s.branches[0], replace(s.branches[1], to="purpose")))
            ),
            "calls.scripts.leak_path",
        ),
    ],
)
def test_each_fault_has_its_name(pack: ScriptPack, code: str | None) -> None:
    # Leaving out the way to the check is no fault while "it is the debtor after all" leads there.
    assert (code in codes(pack)) if code else codes(pack) == set()


def test_a_step_nobody_reaches_is_named() -> None:
    pack = small_pack()
    lonely = step("lonely", "Hello.", Branch("end", digit="1", outcome=Outcome.REFUSES))
    scripts = tuple(
        replace(one, steps=(*one.steps, lonely)) if one.purpose is ScriptPurpose.POLITE else one
        for one in pack.scripts
    )
    found = prove(replace(pack, scripts=scripts))
    assert [(f.message.code, f.step) for f in found] == [("calls.scripts.unreachable", "lonely")]


def test_a_pack_without_third_parties_a_purpose_or_step_twice_and_a_missing_start() -> None:
    pack = small_pack()
    first, third = pack.scripts
    assert "calls.scripts.no_third_party" in codes(replace(pack, scripts=(first,)))
    assert "calls.scripts.purpose_twice" in codes(replace(pack, scripts=(first, third, third)))
    assert "calls.scripts.no_start" in codes(replace(pack, scripts=(replace(first, start="nowhere"), third)))
    twice = replace(first, steps=(*first.steps, first.steps[-1]))
    assert "calls.scripts.step_twice" in codes(replace(pack, scripts=(twice, third)))


def test_a_call_can_not_begin_with_identity_taken_for_checked() -> None:
    pack = small_pack()
    first, third = pack.scripts
    found = codes(replace(pack, scripts=(replace(first, entry=Speaker.DEBTOR), third)))
    assert "calls.scripts.begins_checked" in found


def test_the_switch_to_a_third_party_is_walked_too() -> None:
    """The third-party script may hold nothing of the debt even where no branch of a script leads there."""
    pack = small_pack()
    third = pack.scripts[1].steps[0]
    leaky = replace(third, say=third.say + " It is about {product}.")
    found = prove(with_step(pack, ScriptPurpose.THIRD_PARTY, leaky))
    assert {"calls.scripts.leak_field", "calls.scripts.leak_path"} <= {f.message.code for f in found}


def test_home_can_not_say_who_is_on_the_line() -> None:
    pack = small_pack()
    third = pack.scripts[1].steps[0]
    wrong = replace(third, branches=(replace(third.branches[0], becomes=Speaker.UNKNOWN), third.branches[1]))
    assert "calls.scripts.home_keeps_speaker" in codes(with_step(pack, ScriptPurpose.THIRD_PARTY, wrong))


def test_the_wording_check_is_asked_for_every_ear() -> None:
    heard: set[Speaker] = set()

    def spy(text: str, speaker: Speaker) -> tuple[str, ...]:
        heard.add(speaker)
        return ("goodbye",) if "goodbye" in text and speaker is Speaker.DEBTOR else ()

    found = prove(small_pack(), spy)
    assert heard == {Speaker.UNKNOWN, Speaker.DEBTOR, Speaker.THIRD_PARTY}
    assert [(f.message.code, f.step) for f in found] == [("calls.scripts.wording", "close")]


def test_words_are_found_as_words() -> None:
    assert debt_words("My name is Owen, I am certain", "en") == ()
    assert debt_words("About your LOAN.", "en") == ("loan",)
    assert debt_words("关于您的信 用 卡", "zh_CN") == ("信用", "卡")
    assert debt_words("Ｌｏａｎ", "en") == ("loan",)
    assert debt_words("{amount_words}", "zh_CN") == ()
    assert basic_wording("再不还就坐牢", Speaker.DEBTOR) == ("坐牢",)


def test_check_is_what_no_digit_can_choose() -> None:
    for pack in PACKS.values():
        for script in pack.scripts:
            for one in script.steps:
                for branch in one.branches:
                    if branch.becomes in (Speaker.DEBTOR, Speaker.GUARANTOR):
                        assert branch.check is Check.PASSED
                        assert not branch.digit
