"""Lexicon, short forms and speech from files: every fault with its file and line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from collector_desk.commands.packs import app
from collector_desk.domain.calls.short_forms import by_name, expand
from collector_desk.domain.message import Trouble
from collector_desk.packs.lexicon import load_lexicon, read_lexicon
from collector_desk.packs.word_lists import load_codes, load_speech, read_codes, read_speech
from collector_desk.resources import resource
from collector_desk.words.messages import LANGUAGES, render


def shipped(name: str) -> str:
    return resource("objections", name).read_text("utf-8")


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('    "老赖",', '    "老 赖", "老赖",', "packs.wording.twice"),
        ('    "老赖",', '    "，。", "老赖",', "packs.wording.reads_as_nothing"),
        ('    "老赖",', '    "老赖*", ', "packs.wording.reads_as_nothing"),
        ('    "老赖",', '    "妈妈的", ', "packs.wording.lawful_too"),
        ('    "老赖",', '    "a", ', "packs.wording.one_letter"),
        ('    "老赖",', '    "老\u202e赖", ', "packs.wording.hidden"),
        ('    "老赖",', f'    "{"赖" * 61}", ', "packs.wording.too_long"),
        ('    "老赖",', '    "老*赖*皮*鬼*啊", ', "packs.wording.too_long"),
        ('category = "threat"', 'category = "personal_number"', "packs.wording.numbers_are_no_words"),
        ('category = "threat"', 'category = "rude"', "calls.scripts.not_one_of"),
        ('severity = "warn"', 'severity = "perhaps"', "calls.scripts.not_one_of"),
        ('phone_number = "warn"', "", "packs.wording.number_unweighed"),
        ('card_number = "block"', 'card_number = "warn"', "packs.wording.number_must_block"),
        ('"马扁" =', '"马" =', "packs.wording.bad_split"),
        ('"腦" =', '"腦髓" =', "packs.wording.bad_character"),
        ("[numbers]", "surprise = 1\n[numbers]", "calls.scripts.unknown_key"),
        ("[numbers]", "[numbers", "calls.scripts.not_toml"),
    ],
)
def test_a_fault_of_the_lexicon_stands_at_its_line(old, new, code):
    text = shipped("lexicon.toml")
    broken = text.replace(old, new, 1)
    _, faults = read_lexicon("mine.toml", broken.encode())
    assert code in {fault.message.code for fault in faults}
    fault = next(fault for fault in faults if fault.message.code == code)
    where = "[numbers]" if code == "packs.wording.number_unweighed" else new.split("\n")[0]
    assert (fault.file, fault.line) == ("mine.toml", line_of(broken, where))
    for lang in LANGUAGES:
        assert "\u202e" not in render(fault.message, lang)


def test_all_faults_come_at_once_and_the_shipped_lists_have_none():
    text = shipped("lexicon.toml").replace('"老赖"', '"", "老赖"', 1).replace('card_number = "block"', "", 1)
    assert len(read_lexicon("l", text.encode())[1]) == 2
    for name in ("lexicon", "speech", "shortcodes"):
        assert CliRunner().invoke(app, ["check", str(resource("objections", f"{name}.toml"))]).exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('codes = ["忙", "m', 'codes = ["ptp", "m', "packs.short_forms.taken"),
        ('codes = ["忙"', 'codes = ["忙 碌"', "packs.short_forms.bad_name"),
        ('codes = ["忙"', 'codes = ["11"', "packs.short_forms.bad_name"),
        ('codes = ["忙"', 'codes = ["老赖"', "packs.wording.insult"),
        ("en = \"Can't talk now;", 'en = "Idiot;', "packs.wording.insult"),
        ("en = \"Can't talk now;", "en = \"Can't\u200b talk now;", "packs.short_forms.hidden"),
        ('zh_CN = "对方现在不方便说话', 'zh_CN = "已告知其同事欠款', "packs.wording.disclosure"),
        ('zh_CN = "对方现在不方便说话', 'zh = "对方现在不方便说话', "calls.scripts.unknown_key"),
    ],
)
def test_a_fault_of_the_short_forms_stands_at_its_line(old, new, code):
    text = shipped("shortcodes.toml")
    assert old in text
    broken = text.replace(old, new, 1)
    _, faults = read_codes("mine.toml", broken.encode(), "en")
    (fault,) = [fault for fault in faults if fault.message.code == code]
    assert (fault.file, fault.line) == ("mine.toml", line_of(broken, new))


def test_a_fault_of_the_speech_words_stands_at_its_line():
    text = shipped("speech.toml")
    broken = text.replace('"咱" =', '"\u200b" =', 1)
    _, faults = read_speech("mine.toml", broken.encode())
    assert [(fault.line, fault.message.code) for fault in faults] == [
        (line_of(broken, '"\u200b"'), "calls.objections.bad_word")
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_shipped_short_forms(lang):
    codes = by_name(load_codes(lang))
    assert {"ptp", "忙"} <= set(codes)
    assert expand("/ptp", codes)[0] == codes["ptp"]


def test_the_command_says_file_and_line(tmp_path: Path):
    for name, load in (("lexicon", load_lexicon), ("speech", load_speech), ("shortcodes", None)):
        path = tmp_path / f"{name}.toml"
        path.write_text(f"{shipped(path.name)}\nthis is no TOML\n", "utf-8")
        done = CliRunner().invoke(app, ["check", str(path), "--json", "--lang", "en"])
        (answer,) = [json.loads(line) for line in done.stdout.splitlines()]
        assert (done.exit_code, answer["kind"]) == (1, name)
        (fault,) = answer["faults"]
        assert fault["line"] == shipped(path.name).count("\n") + 2
        assert f"{path.name}:" in CliRunner().invoke(app, ["check", str(path), "--lang", "en"]).stderr
        if load:
            with pytest.raises(Trouble) as caught:
                load(path)
            assert caught.value.message.params["line"] == fault["line"]


def test_a_word_that_may_not_be_used_is_found_at_its_line_by_the_command(tmp_path: Path):
    path = tmp_path / "team.toml"
    text = shipped("lexicon.toml").replace('"骗子"', '"骗子", "骗 子"', 1)
    path.write_text(text, "utf-8")
    done = CliRunner().invoke(app, ["check", str(path), "--lang", "en"])
    assert done.exit_code == 1
    assert f"team.toml:{line_of(text, '骗 子')}:" in done.stderr
