"""A pack as a document: everything that is released is in it, and it reads as people read."""

import tomllib

import pytest

from collector_desk.domain.conduct.values import Confidence
from collector_desk.domain.vocabulary import Outcome
from collector_desk.packs.document import PackPart, document
from collector_desk.services.packs import shipped

SEARCHED = {"find", "alarm", "heard"}


def texts_of(value, name=""):
    """Every text of a table that is there for people to read."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from texts_of(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one, name)
    elif isinstance(value, str) and len(value) > 2:
        yield name, value


@pytest.mark.parametrize("pack", shipped.shipped(), ids=lambda pack: pack.id)
def test_nothing_of_a_shipped_pack_is_left_out(pack):
    lines = document(pack.files, "zh_CN")
    whole = "\n".join(" ".join([line.text, *(member.value for member in line.of)]) for line in lines)
    about = {str(step.get("headline")) for file in pack.files.values() for step in _steps(file)}
    for file in pack.files.values():
        for name, text in texts_of(tomllib.loads(file)):
            if name != "to":  # where a way leads is told by what that step is about
                assert text in whole, (name, text[:40])
    assert all(one in whole for one in about)


def _steps(file):
    return tomllib.loads(file).get("step", [])


def test_a_step_reads_as_what_is_said_what_never_is_and_the_ways_on():
    pack = shipped.shipped_scripts("zh_CN")
    lines = document(pack.files, "zh_CN")
    at = next(n for n, line in enumerate(lines) if line.text == "定下金额、日期、几点、渠道")
    step = lines[at : at + 9]
    assert [line.part for line in step[:3]] == [PackPart.HEADING, PackPart.SAYS, PackPart.GUIDE]
    assert PackPart.NEVER in {line.part for line in step}
    ways = [line for line in step if line.part is PackPart.WAY]
    assert ways[0].text.startswith("1 说定了 → 原样重复一遍")
    assert ways[1].of == (Outcome.PROMISE_PART,)


def test_a_rule_says_its_words_in_the_readers_language_its_clause_and_how_sure_it_is():
    pack = next(one for one in shipped.shipped() if one.id == "cn-card")
    for language, words in (("zh_CN", "22:00至次日08:00"), ("en", "No contact between 22:00")):
        lines = document(pack.files, language)
        at = next(n for n, line in enumerate(lines) if line.text.startswith(words))
        assert lines[at].part is PackPart.HEADING
        parts = {line.part: line for line in lines[at : at + 5]}
        assert "5.3" in parts[PackPart.CLAUSE].text
        assert parts[PackPart.SURE].of == (Confidence.Q,)


def test_a_file_that_cant_be_read_is_shown_as_it_is_written():
    lines = document({"a.toml": "this is = no toml = at all"}, "en")
    assert [line.part for line in lines] == [PackPart.TITLE, PackPart.OTHER]
    assert lines[1].text == "this is = no toml = at all"
