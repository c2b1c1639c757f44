"""Every code the program can say has words in both languages, and the words fit the figures given."""

import ast
import string
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path

import pytest

from collector_desk.domain import vocabulary
from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.resources import resource
from collector_desk.words import messages
from collector_desk.words.messages import LANGUAGES, render, text, word

SOURCE = Path(messages.__file__).parents[1]
FILES = sorted(resource("messages").glob("*.toml"))
ENUMS = [thing for thing in vars(vocabulary).values() if isinstance(thing, type) and issubclass(thing, StrEnum)]
SAYERS = {"Trouble", "Refused", "msg", "Message", "text"}


@dataclass(frozen=True)
class Use:
    """One place of the source that names a code."""

    place: str
    code: str
    params: frozenset[str]
    open_ended: bool  # **params at the call: what is given can't be seen here


def placeholders(pattern: str) -> set[str]:
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(pattern) if name}


def own_troubles(tree: ast.AST) -> set[str]:
    """Names of classes of the file that descend from Trouble or Refused."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
            if bases & (SAYERS | found):
                found.add(node.name)
    return found


def constants(node: ast.expr) -> list[str]:
    """The texts an argument can be: a constant, or either side of ``a if x else b``."""
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def uses_in(source: str, place: str) -> Iterator[Use]:
    tree = ast.parse(source)
    sayers = SAYERS | own_troubles(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        function = node.func
        called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if called not in sayers and not (called == "__init__" and "super()" in ast.unparse(function)):
            continue
        # Qt's own ``widget.text()`` and the like never carry a dotted lower-case code as first argument.
        for code in constants(node.args[0]):
            if "." in code and code.replace(".", "").replace("_", "").isalnum():
                given = {word.arg for word in node.keywords if word.arg} - {"field_name"}
                loose = any(word.arg is None for word in node.keywords) or called == "Message"
                yield Use(f"{place}:{node.lineno}", code, frozenset(given), loose)


def all_uses() -> list[Use]:
    return [
        use
        for path in sorted(SOURCE.rglob("*.py"))
        for use in uses_in(path.read_text("utf-8"), str(path.relative_to(SOURCE)))
    ]


def test_every_code_of_the_source_has_words_that_fit() -> None:
    wrong = []
    for use in all_uses():
        for lang in LANGUAGES:
            pattern = messages._pattern(use.code, lang)
            if pattern is None:
                wrong.append(f"{use.place}: {use.code} has no words in {lang}")
            elif not use.open_ended and not placeholders(pattern) <= use.params:
                missing = sorted(placeholders(pattern) - use.params)
                wrong.append(f"{use.place}: {use.code} ({lang}) wants {missing}")
    assert wrong == []


def test_the_scan_sees_what_it_should() -> None:
    seen = list(
        uses_in(
            'class Full(Trouble):\n    def __init__(self): super().__init__("store.full", path=1)\n'
            'raise Refused("a.b" if x else "a.c", field_name="f", n=1)\nmsg("d.e", **more)\nedit.text("plain")\n',
            "x.py",
        )
    )
    assert {(use.code, use.params, use.open_ended) for use in seen} == {
        ("store.full", frozenset({"path"}), False),
        ("a.b", frozenset({"n"}), False),
        ("a.c", frozenset({"n"}), False),
        ("d.e", frozenset(), True),
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_languages_say_the_same_figures(path: Path) -> None:
    wrong = []
    for code, words in tomllib.loads(path.read_text("utf-8")).items():
        room = "vocabulary" if code[0].isupper() else code.split(".")[0]
        if room != path.stem:
            wrong.append(f"{code} belongs into {room}.toml")
        if set(words) != set(LANGUAGES) or not all(line.strip() for line in words.values()):
            wrong.append(f"{code} needs words in exactly {LANGUAGES}")
        elif placeholders(words["en"]) != placeholders(words["zh_CN"]):
            wrong.append(f"{code} has other figures in Chinese than in English")
    assert wrong == []


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_every_word_of_the_trade_has_both_languages(enum: type[StrEnum]) -> None:
    for member in enum:
        for lang in LANGUAGES:
            assert messages._pattern(f"{enum.__name__}.{member.value}", lang), f"{member!r} in {lang}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_two_members_never_share_a_word(enum: type[StrEnum], lang: messages.Lang) -> None:
    assert len({word(member, lang) for member in enum}) == len(enum)


def enums_of_the_source() -> Iterator[tuple[str, str, set[str]]]:
    """Place, name and values (as the words are filed) of every enum of the program."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.ClassDef):
                continue
            if {"StrEnum", "IntEnum"} & {ast.unparse(base) for base in node.bases}:
                members = [line for line in node.body if isinstance(line, ast.Assign)]
                values = {str(ast.literal_eval(line.value)) for line in members}
                yield str(path.relative_to(SOURCE)), node.name, values


def test_vocabulary_has_words_for_all_members_of_an_enum_or_none() -> None:
    written: dict[str, set[str]] = {}
    for code in messages._room("vocabulary"):
        name, _, value = code.partition(".")
        written.setdefault(name, set()).add(value)
    found = [(place, name, values) for place, name, values in enums_of_the_source() if name in written]
    assert [
        f"{place}: {name} differs by {sorted(values ^ written[name])}"
        for place, name, values in found
        if values != written[name]
    ] == []
    assert sorted(written) == sorted(name for _, name, _ in found), "each worded enum is there exactly once"


class TestFigures:
    @pytest.fixture(autouse=True)
    def _sentence(self, monkeypatch: pytest.MonkeyPatch) -> None:
        words = {
            "probe.say": {"en": "<{x}>", "zh_CN": "「{x}」"},
            "probe.inner": {"en": "in {y}", "zh_CN": "内{y}"},
        }
        real = messages._room
        monkeypatch.setattr(messages, "_room", lambda name: words if name == "probe" else real(name))

    @pytest.mark.parametrize(
        ("value", "english", "chinese"),
        [
            ("a{b}c", "<a{b}c>", "「a{b}c」"),
            (1234567, "<1234567>", "「1234567」"),
            (Money(3_391_162), "<¥33,911.62>", "「¥33,911.62」"),
            (date(2026, 1, 5), "<5 Jan 2026>", "「2026年1月5日」"),
            (datetime(2026, 1, 4, 23, 5, tzinfo=UTC), "<5 Jan 2026 07:05>", "「2026年1月5日 07:05」"),
            (vocabulary.Channel.VISIT, "<Field visit>", "「外访」"),
            (msg("probe.inner", y=Money(100)), "<in ¥1.00>", "「内¥1.00」"),
            ((vocabulary.Bucket.M1, "x"), "<M1, x>", "「M1、x」"),
        ],
    )
    def test_shown(self, value: object, english: str, chinese: str) -> None:
        zone = timezone(timedelta(hours=8))
        assert render(msg("probe.say", x=value), "en", zone=zone) == english
        assert render(msg("probe.say", x=value), "zh_CN", zone=zone) == chinese

    def test_trouble_carries_its_message(self) -> None:
        assert render(Refused("probe.say", field_name="note", x=1).message, "en") == "<1>"

    def test_missing_figure_is_our_bug(self) -> None:
        with pytest.MonkeyPatch.context() as patch:
            said: list[tuple[object, ...]] = []
            patch.setattr(messages._log, "error", lambda *args: said.append(args))
            assert text("probe.say", "en", y="secret") == "probe.say"
        assert "secret" not in str(said)
        assert "probe.say" in str(said)


@pytest.mark.parametrize("code", ["nowhere.at_all", "store.never_written", "Outcome.none", "", "../x.y", "nodot"])
def test_unknown_code_is_shown_as_it_is_and_logged(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[object, ...]] = []
    monkeypatch.setattr(messages._log, "error", lambda *args: said.append(args))
    assert render(Message(code), "zh_CN") == code
    assert len(said) == 1
