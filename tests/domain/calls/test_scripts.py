"""Walking a script: whatever is pressed, the wrong ear hears nothing, and going back is exact."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.said_instead import instead, whole
from collector_desk.domain.calls.script_fields import (
    FIELD_DISCLOSES,
    GAP,
    CallFacts,
    ScriptField,
    Sex,
    called,
    spoken_facts,
    surname,
)
from collector_desk.domain.calls.scripts import ScriptPack, ScriptPurpose, Walk, fields_of, render
from collector_desk.domain.packs.script_proof import debt_words
from collector_desk.domain.vocabulary import Disclosure, Outcome, Speaker, Stage
from tests.samples.scripts import shipped_pack, small_pack

PACKS = {language: shipped_pack(language) for language in ("zh_CN", "en")}
CHECKED = (Speaker.DEBTOR, Speaker.GUARANTOR)
MARK = "§debt§"
MARKED = {field: MARK if FIELD_DISCLOSES[field] is Disclosure.DEBT else field.value for field in ScriptField}
HOMES = [
    ScriptPurpose.POLITE,
    ScriptPurpose.FIRM,
    ScriptPurpose.ESCALATION,
    ScriptPurpose.PRE_DUE,
    ScriptPurpose.INBOUND,
    ScriptPurpose.GUARANTOR,
]


def begin(pack: ScriptPack | None = None, purpose: ScriptPurpose = ScriptPurpose.POLITE) -> Walk:
    return Walk.begin(pack or small_pack(), purpose)


def moves(walk: Walk) -> list[str]:
    """Everything a person could do now."""
    found = [one.digit for one in walk.branches]
    if walk.at_identity_check:
        found += ["passed", "failed"]
    if walk.can_switch:
        found.append("switch")
    if not walk.ended and walk.speaker is Speaker.THIRD_PARTY:
        found.append("debtor")
    if walk.can_go_back:
        found.append("back")
    return found


def do(walk: Walk, move: str) -> Walk:
    match move:
        case "passed" | "failed":
            return walk.checked(passed=move == "passed")
        case "switch":
            return walk.switch_to_third_party()
        case "debtor":
            return walk.switch_to_debtor()
        case "back":
            return walk.back()
        case digit:
            return walk.choose(digit)


@settings(max_examples=60)
@given(st.data())
def test_whatever_is_pressed_only_the_checked_hear_of_the_debt(data: st.DataObject) -> None:
    pack = PACKS[data.draw(st.sampled_from(sorted(PACKS)))]
    home = data.draw(st.sampled_from(HOMES))
    start = data.draw(st.sampled_from([home, ScriptPurpose.THIRD_PARTY, ScriptPurpose.VOICEMAIL]))
    walk = Walk.begin(pack, start, home=home)
    passed = False
    for _ in range(data.draw(st.integers(1, 25))):
        possible = moves(walk)
        if not possible:
            break
        move = data.draw(st.sampled_from(possible))
        before, walk = walk, do(walk, move)
        passed = passed or move == "passed"
        assert walk.speaker in walk.current.audience
        if walk.speaker not in CHECKED:
            assert MARK not in render(walk.current, MARKED)
        if walk.speaker in CHECKED:
            assert passed, "nobody becomes the debtor without a check"
        if move != "back" and walk.can_go_back:
            # An offered branch is gone; else everything is as it was, the speaker too.
            assert walk.back() == replace(before, extra=(), ended=False)
        if before.speaker is Speaker.THIRD_PARTY and move == "back":
            assert walk.speaker not in CHECKED


@settings(max_examples=60)
@given(st.data())
def test_every_end_has_an_outcome(data: st.DataObject) -> None:
    pack = PACKS[data.draw(st.sampled_from(sorted(PACKS)))]
    walk = Walk.begin(pack, data.draw(st.sampled_from(HOMES)))
    for _ in range(60):
        if walk.ended:
            break
        walk = do(walk, data.draw(st.sampled_from([move for move in moves(walk) if move != "back"])))
    if walk.ended:
        assert walk.outcome is not None
        assert walk.branches == ()
        assert walk.outcomes[-1] is walk.outcome or walk.outcome in walk.outcomes


def test_a_call_from_greeting_to_promise() -> None:
    walk = begin(PACKS["zh_CN"]).choose("1")
    assert walk.at_identity_check
    walk = walk.checked(passed=True)
    assert (walk.current.id, walk.speaker) == ("purpose", Speaker.DEBTOR)
    walk = walk.choose("1").choose("1")
    assert walk.reason == "forgot"
    walk = walk.choose("1")
    assert (walk.here.purpose, walk.current.id, walk.outcome) == (
        ScriptPurpose.COMMON,
        "agree",
        Outcome.PROMISE_FULL,
    )
    walk = walk.choose("1").choose("1").choose("1")
    assert walk.ended
    assert [stop.step for stop in walk.path] == [
        "greet", "identity", "purpose", "state", "offer", "agree", "confirm", "promise_close",
    ]  # fmt: skip
    assert [stop.digit for stop in walk.path] == ["1", "", "1", "1", "1", "1", "1", "1"]
    assert walk.back().current.id == "promise_close"


def test_going_back_takes_outcome_and_reason_back() -> None:
    walk = begin().choose("1").checked(passed=True).choose("1")
    assert walk.outcome is Outcome.PROMISE_FULL
    assert walk.back().outcome is None
    assert walk.back().back().speaker is Speaker.UNKNOWN


def test_from_a_third_party_there_is_no_way_back_to_the_debt() -> None:
    walk = begin().choose("1").checked(passed=True).switch_to_third_party()
    assert walk.speaker is Speaker.THIRD_PARTY
    assert not walk.can_go_back
    with pytest.raises(ValueError, match="back"):
        walk.back()
    again = walk.switch_to_debtor()
    assert (again.current.id, again.speaker) == ("identity", Speaker.UNKNOWN)
    assert again.back().speaker is Speaker.THIRD_PARTY


def test_a_call_to_a_third_party_comes_home_to_the_stage_of_the_case() -> None:
    walk = Walk.begin(PACKS["en"], ScriptPurpose.THIRD_PARTY, home=ScriptPurpose.FIRM).choose("1")
    assert (walk.here.purpose, walk.current.id, walk.speaker) == (ScriptPurpose.FIRM, "identity", Speaker.UNKNOWN)


def test_what_is_not_possible_is_refused() -> None:
    walk = begin()
    with pytest.raises(ValueError, match="no branch 9"):
        walk.choose("9")
    with pytest.raises(ValueError, match="no identity check"):
        walk.checked(passed=True)
    with pytest.raises(ValueError, match="nothing to go back"):
        walk.back()
    with pytest.raises(ValueError, match="no third party"):
        walk.switch_to_debtor()
    with pytest.raises(ValueError, match="begins"):
        Walk.begin(PACKS["en"], ScriptPurpose.COMMON)
    with pytest.raises(ValueError, match="checks no identity"):
        Walk.begin(PACKS["en"], ScriptPurpose.VOICEMAIL)
    over = walk.choose("3")
    assert over.ended
    assert not over.can_switch
    with pytest.raises(ValueError, match="no branch"):
        over.choose("1")


def test_an_objection_card_offers_its_next_question() -> None:
    walk = begin().choose("1").checked(passed=True)
    offered = walk.offering("Shall we note a dispute?", outcome=Outcome.DISPUTE)
    assert [one.digit for one in offered.branches] == ["1", "2", "3", "4"]
    taken = offered.choose("4")
    assert (taken.current.id, taken.outcome) == ("purpose", Outcome.DISPUTE)
    assert [one.digit for one in taken.branches] == ["1", "2", "3"]
    assert taken.back() == walk
    assert walk.offering("close", to="close").choose("4").current.id == "close"
    with pytest.raises(ValueError, match="may not be said"):
        begin().offering("purpose", to="purpose")
    full = walk
    for _ in range(7):
        full = full.offering("more")
    with pytest.raises(ValueError, match="room"):
        full.offering("one too many")


def test_each_stage_has_its_script_and_legal_has_none() -> None:
    for pack in PACKS.values():
        for stage, purpose in (
            (Stage.PRE_DUE, ScriptPurpose.PRE_DUE),
            (Stage.POLITE, ScriptPurpose.POLITE),
            (Stage.FIRM, ScriptPurpose.FIRM),
            (Stage.ESCALATION, ScriptPurpose.ESCALATION),
        ):
            assert [one.purpose for one in pack.scripts if one.stage is stage] == [purpose]
        assert not [one for one in pack.scripts if one.stage is Stage.LEGAL]


FACTS = CallFacts(
    now=datetime(2026, 10, 8, 9, 30, tzinfo=UTC),
    debtor_name="欧阳明月",
    debtor_sex=Sex.FEMALE,
    agency_neutral="恒信客户服务中心",
    agent_name="李敏",
    agent_number="1023",
    hotline="400 000 1234",
    bank="示例银行",
    product="信用卡",
    due=Money(3391162),
    days_past_due=35,
    due_date=date(2026, 9, 3),
    as_of=date(2026, 10, 8),
    promised=Money(300000),
    promised_by=datetime(2026, 10, 10, 18, tzinfo=UTC),
)


def say(walk: Walk, facts: CallFacts = FACTS) -> str:
    return render(walk.current, whole(spoken_facts(facts, walk.pack.language), walk.pack.language))


def test_the_figures_are_said_in_words() -> None:
    walk = begin(PACKS["zh_CN"])
    assert say(walk).startswith("您好，请问是欧阳女士吗？我是恒信客户服务中心的李敏，工号1023。")
    state = walk.choose("1").checked(passed=True).choose("1")
    assert "截至十月八号" in say(state)
    assert "三万三千九百一十一元六角二分" in say(state)
    assert "三十五天" in say(state)
    confirm = state.choose("1").choose("1").choose("1")
    assert "您十月十号下午六点之前还三千元" in say(confirm)
    english = begin(PACKS["en"]).choose("1").checked(passed=True).choose("1").choose("1").choose("1").choose("1")
    assert "three thousand yuan by six in the evening on the tenth of October" in say(english)


def test_what_is_not_known_is_said_otherwise() -> None:
    walk = begin(PACKS["zh_CN"]).choose("1").checked(passed=True).choose("1")
    bare = replace(FACTS, due=None, as_of=None)
    assert say(walk, bare).startswith("截至银行最近一次更新，您这边还有账单上写的金额没还上")


@pytest.mark.parametrize("language", sorted(PACKS))
def test_every_field_of_every_script_has_words_with_nothing_known(language: str) -> None:
    nothing = whole({}, language)
    assert set(nothing) == set(ScriptField)
    assert all(re.search(r"\w", text) for text in nothing.values()), "said, not left out"
    assert "None" not in nothing.values()
    for script in PACKS[language].scripts:
        for step in script.steps:
            named = set(fields_of(step.say))
            assert named <= {field.value for field in ScriptField}
            text = render(step, nothing)
            assert not re.search(r"[{}]|None|＿", text), text
            assert GAP not in text
            assert not re.search(r"\s[,.?;]|，。|，，|  |:\s*[.。]|：\s*[。，]", text), (
                f"a hole where a value stood: {text}"
            )


@pytest.mark.parametrize("language", sorted(PACKS))
@pytest.mark.parametrize("field", list(ScriptField))
def test_one_field_that_is_not_known_changes_no_other(language: str, field: ScriptField) -> None:
    known = {each: f"<{each}>" for each in ScriptField if each is not field}
    words = whole(known, language)
    assert {each: words[each] for each in known} == known
    assert words[field] == instead(field, language)


def test_what_is_said_instead_gives_nothing_away_that_the_field_does_not() -> None:
    for field in ScriptField:
        if FIELD_DISCLOSES[field] is Disclosure.DEBT:
            continue
        for language in PACKS:
            assert not debt_words(instead(field, language), language), field


@given(st.text(min_size=1, max_size=300))
def test_hostile_names_stay_text(name: str) -> None:
    facts = replace(FACTS, debtor_name=name, agent_name=name, agency_neutral=name, bank=name)
    for language, pack in PACKS.items():
        words = spoken_facts(facts, language)
        for purpose in (ScriptPurpose.POLITE, ScriptPurpose.VOICEMAIL):
            script = pack.script(purpose)
            assert script is not None
            for one in script.steps:
                text = render(one, words)
                assert "\n" not in text
                assert "\u202e" not in text
                assert len(text) < 1000


@pytest.mark.parametrize(
    "name",
    ["{amount_words}", "{bank}", "<b>王</b>", "{}", "{0}", "王" * 100_000, "\u202e王", "王\x00\x1b[31m", "🙂"],
)
def test_a_name_is_never_read_as_a_field(name: str) -> None:
    facts = spoken_facts(replace(FACTS, agent_name=name, debtor_name=name), "zh_CN")
    text = render(begin(PACKS["zh_CN"]).current, facts)
    assert "三万" not in text
    assert "示例银行" not in text
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert len(text) < 400


def test_how_people_are_addressed() -> None:
    assert called("王小明", Sex.MALE, "zh_CN") == "王先生"
    assert called("王小明", None, "zh_CN") == "王先生／女士"
    assert called("诸葛亮", Sex.MALE, "en") == "Mr 诸葛"
    assert called("", Sex.MALE, "en") == ""
    assert surname("买买提·吐尔逊") == "买买提"
    assert surname("Anna Maria Lee") == "Lee"
    assert surname("欧阳") == "欧"
    assert surname("𠮷田") == "𠮷"


def test_the_guarantor_is_the_person_called_and_the_debtor_named_only_after_the_check() -> None:
    words = spoken_facts(replace(FACTS, guarantor_name="赵云", guarantor_sex=Sex.MALE), "zh_CN")
    assert words[ScriptField.PERSON_CALLED] == "赵先生"
    assert words[ScriptField.DEBTOR_CALLED] == "欧阳女士"
    walk = begin(PACKS["zh_CN"], ScriptPurpose.GUARANTOR).choose("1")
    assert "欧阳" not in render(walk.current, words)
    assert "欧阳女士" in render(walk.checked(passed=True).current, words)
    assert walk.checked(passed=True).speaker is Speaker.GUARANTOR
