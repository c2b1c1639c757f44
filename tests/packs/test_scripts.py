"""Script packs from files: the shipped ones are sound and alike, and every fault has its file and line."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from collector_desk.domain.calls.script_fields import FIELD_DISCLOSES, ScriptField
from collector_desk.domain.calls.scripts import PackStatus, Phase, ScriptPurpose, Step, fields_of
from collector_desk.domain.message import Message, Trouble
from collector_desk.domain.vocabulary import Disclosure, Outcome, Speaker
from collector_desk.packs.scripts import (
    BadScriptPack,
    PackFault,
    read_script_files,
    read_script_pack,
)
from collector_desk.resources import resource
from collector_desk.words.messages import LANGUAGES, Lang, render
from tests.samples.scripts import load_pack, shipped_pack

PACKS = {language: shipped_pack(language) for language in LANGUAGES}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resource("scripts", "zh_CN"), tmp_path / "zh_CN"))


def edit(folder: Path, name: str, change: Callable[[str], str]) -> int:
    """Change a file; the line at which the change begins."""
    path = folder / name
    before = path.read_text("utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, "utf-8")
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    return next(n for n, (old, new) in enumerate(pairs, start=1) if old != new)


def faults(folder: Path) -> tuple[PackFault, ...]:
    return read_script_pack(folder)[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_purpose_is_there_and_nothing_is_released(language: str) -> None:
    pack = PACKS[language]
    assert {one.purpose for one in pack.scripts} == set(ScriptPurpose)
    assert pack.language == language
    assert pack.status is PackStatus.DRAFT
    assert (pack.released_by, pack.released_on) == ("", None)
    assert len(pack.digest) == 64


def shape(step: Step) -> object:
    branches = [(b.digit, b.check, b.to, b.outcome, b.reason, b.becomes) for b in step.branches]
    return step.id, step.phase, step.audience, step.discloses, branches, len(step.never_say) > 0


def test_both_languages_walk_alike() -> None:
    chinese, english = PACKS["zh_CN"], PACKS["en"]
    for script in chinese.scripts:
        twin = english.script(script.purpose)
        assert twin is not None
        assert (script.start, script.entry, script.begins, script.stage, script.tone) == (
            twin.start, twin.entry, twin.begins, twin.stage, twin.tone,
        )  # fmt: skip
        assert [shape(step) for step in script.steps] == [shape(step) for step in twin.steps]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_be_said_before_the_check(language: str) -> None:
    """Neutral name, caller's name and number, the person's name, a number to call back: nothing else."""
    allowed = {field.value for field in ScriptField if FIELD_DISCLOSES[field] is not Disclosure.DEBT}
    for script in PACKS[language].scripts:
        for step in script.steps:
            if step.audience & {Speaker.UNKNOWN, Speaker.THIRD_PARTY}:
                assert set(fields_of(step.say)) <= allowed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_voicemail_is_name_and_number_only(language: str) -> None:
    script = PACKS[language].script(ScriptPurpose.VOICEMAIL)
    assert script is not None
    assert set(fields_of(script.steps[0].say)) == {
        "greeting", "agency_neutral", "agent_name", "agent_number", "person_called", "hotline",
    }  # fmt: skip
    assert {one.outcome for one in script.steps[0].branches if one.to is None} == {Outcome.VOICEMAIL}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_stage_has_a_way_for_whatever_is_said(language: str) -> None:
    """Third party, not now, refusal, dispute, hardship, a plan, paid, full and part, risk to life, a close."""
    pack = PACKS[language]
    for purpose in (
        ScriptPurpose.POLITE,
        ScriptPurpose.FIRM,
        ScriptPurpose.ESCALATION,
        ScriptPurpose.BROKEN_PROMISE,
    ):
        script = pack.script(purpose)
        assert script is not None
        targets = {branch.to for step in script.steps for branch in step.branches}
        outcomes = {branch.outcome for step in script.steps for branch in step.branches}
        assert {
            "@third_party", "@common.later", "@dispute", "@hardship", "@hardship.risk", "@plan_offer.talk",
            "@common.paid", "@common.agree", "@common.further", "@common.represented", "@common.stop", "refuse",
        } <= targets  # fmt: skip
        assert {Outcome.PROMISE_FULL, Outcome.PROMISE_PART, Outcome.REFUSES} <= outcomes


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short_enough_to_say(language: str) -> None:
    """In one breath: a Chinese sentence up to 50 characters, an English one up to 30 words, fields left out."""
    for script in PACKS[language].scripts:
        for step in script.steps:
            bare = step.say
            for name in fields_of(step.say):
                bare = bare.replace("{" + name + "}", "它" if language == "zh_CN" else "it")
            if language == "zh_CN":
                for mark in "。？！":
                    bare = bare.replace(mark, "\n")
                assert max(len(line) for line in bare.splitlines()) <= 50, (script.purpose, step.id)
            else:
                for mark in ".?!":
                    bare = bare.replace(mark, "\n")
                assert max(len(line.split()) for line in bare.splitlines()) <= 30, (script.purpose, step.id)


def test_the_digest_changes_with_any_byte(folder: Path) -> None:
    before = load_pack(folder).digest
    assert before == PACKS["zh_CN"].digest
    edit(folder, "polite.toml", lambda text: text.replace("两分钟就好", "一分钟就好"))
    assert load_pack(folder).digest != before


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("polite.toml", 'tone = "friendly"', 'tone = "loud"', "calls.scripts.not_one_of"),
        ("polite.toml", 'title = "温和提醒"', 'colour = "red"\ntitle = "温和提醒"', "calls.scripts.unknown_key"),
        (
            "polite.toml",
            'label = "方便", to = "state"',
            'label = "方便", go = "state"',
            "calls.scripts.unknown_key",
        ),
        (
            "polite.toml",
            'label = "方便", to = "state"',
            'label = "方便", to = "nowhere"',
            "calls.scripts.no_target",
        ),
        ("polite.toml", '"refuses", reason', '"refuses", outcome = "refuses", reason', "calls.scripts.not_toml"),
        (
            "polite.toml",
            'label = "挂断了", outcome = "refuses"',
            'label = "x", outcome = "arrest"',
            "calls.scripts.not_one_of",
        ),
        ("pack.toml", '  "firm.toml",', '  "fierce.toml",', "calls.scripts.no_file"),
        ("pack.toml", '  "firm.toml",', '  "../firm.toml",', "calls.scripts.no_file"),
        ("pack.toml", 'status = "draft"', 'status = "released"', "calls.scripts.release_unsigned"),
    ],
)
def test_a_fault_is_found_at_its_line(folder: Path, name: str, old: str, new: str, code: str) -> None:
    if code == "calls.scripts.not_toml":
        old, new = 'phase = "purpose"', 'phase = "purpose'
    line = edit(folder, name, lambda text: text.replace(old, new, 1))
    found = faults(folder)
    assert (name, line, code) in {(one.file, one.line, one.message.code) for one in found}
    with pytest.raises(BadScriptPack) as caught:
        load_pack(folder)
    for lang in LANGUAGES:
        assert name in render(caught.value.message, lang)


def test_a_missing_key_points_at_its_step(folder: Path) -> None:
    line = edit(folder, "firm.toml", lambda text: text.replace('id = "no_day"\n', "", 1))
    (found,) = faults(folder)
    assert (found.file, found.line, found.message.code) == ("firm.toml", line - 1, "calls.scripts.missing_key")


def test_a_leak_is_found_at_its_step_and_a_branch_at_its_line(folder: Path) -> None:
    line = edit(folder, "third_party.toml", lambda text: text.replace("谢谢您的好意。", "谢谢您替他还钱。"))
    (found,) = [one for one in faults(folder) if one.message.code == "calls.scripts.leak_word"]
    assert found.file == "third_party.toml"
    assert found.line < line <= found.line + 5
    line = edit(
        folder,
        "third_party.toml",
        lambda text: text.replace('digit = "8", label = "问数目', 'digit = "7", label = "问数目'),
    )
    twice = [one for one in faults(folder) if one.message.code == "calls.scripts.digit_twice"]
    assert [one.line for one in twice] == [line - 1, line]


def test_the_lexicon_judges_what_is_said(folder: Path) -> None:
    edit(
        folder,
        "firm.toml",
        lambda text: text.replace("您还有{amount_words}没有还", "您再不还就要坐牢，{amount_words}"),
    )
    assert "calls.scripts.wording" in {one.message.code for one in faults(folder)}


def test_what_is_no_pack_at_all(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        read_script_pack(tmp_path)
    assert caught.value.message.code == "calls.scripts.cannot_read"
    (folder / "polite.toml").write_bytes("好\n".encode() + b"\xff\xfe")
    (found,) = faults(folder)
    assert (found.file, found.line, found.message.code) == ("polite.toml", 2, "calls.scripts.not_utf8")


def test_every_phase_is_used_of_a_call_is_there() -> None:
    steps = [step for script in PACKS["zh_CN"].scripts for step in script.steps]
    assert {step.phase for step in steps} == set(Phase)


def test_a_script_that_is_not_listed_is_not_left_out_silently(folder: Path) -> None:
    edit(folder, "pack.toml", lambda text: text.replace('  "pre_due.toml",\n', ""))
    (found,) = faults(folder)
    assert (found.message.code, found.message.params["file"]) == ("calls.scripts.unlisted", "pre_due.toml")


def test_a_pack_is_read_from_memory_too(folder: Path) -> None:
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    pack, found = read_script_files(files)
    assert found == ()
    assert pack == PACKS["zh_CN"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_has_words(lang: Lang) -> None:
    for code, params in {
        "calls.scripts.leak_field": {"field": "bank"},
        "calls.scripts.unknown_field": {"field": "pin"},
        "calls.scripts.leak_path": {"speaker": Speaker.THIRD_PARTY},
        "calls.scripts.outcome_not_for": {"speaker": Speaker.UNKNOWN, "outcome": Outcome.DISPUTE},
        "calls.scripts.bank_not_named": {"step": "state"},
        "calls.scripts.stray_brace": {},
    }.items():
        text = render(Message(code, params), lang)
        assert text != code
        assert "Speaker." not in text
        assert "{{" not in text
    assert "{bank}" in render(Message("calls.scripts.leak_field", {"field": "bank"}), lang)
