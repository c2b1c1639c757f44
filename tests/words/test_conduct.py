"""The gate's reasons in words: complete in both languages, honest about their source."""

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from collector_desk.domain.calls.speech import has_han
from collector_desk.domain.conduct import Action, Confidence, External, Facts, Level, PastEvent, Reason, decide
from collector_desk.domain.message import msg
from collector_desk.domain.vocabulary import Addressee, Channel, Direction, Flag, Result, Verdict
from collector_desk.packs.rules import load_shipped, shipped_ids
from collector_desk.resources import resource
from collector_desk.words.conduct import duty_words, reason_words
from collector_desk.words.messages import LANGUAGES

SHANGHAI = ZoneInfo("Asia/Shanghai")
SOURCE = Path(__file__).parents[2] / "src" / "collector_desk"


def blocked():
    at = datetime(2026, 11, 23, 20, 15, tzinfo=SHANGHAI)
    talks = tuple(
        PastEvent(at.replace(hour=hour), Channel.CALL, Direction.OUT, Addressee.DEBTOR, "n1", Result.EFFECTIVE)
        for hour in (9, 12, 15)
    )
    facts = Facts(
        debtor_id="d", zones=("Asia/Shanghai",), history=talks, external=External(at.replace(hour=9), 0, 0)
    )
    return decide(Action(Channel.CALL, Addressee.DEBTOR, "n1"), facts, [load_shipped("cn-card")], at)


def test_a_block_says_rule_clause_count_and_when_again():
    decision = blocked()
    english = reason_words(decision.reasons[0], "en", again=decision.next_allowed_at, zone=SHANGHAI)
    for part in ("At most 3 effective talks", "3 of 3", "GB/T 45251-2025 5.3", "24 Nov 2026 08:00"):
        assert part in english
    chinese = reason_words(decision.reasons[0], "zh_CN", again=decision.next_allowed_at, zone=SHANGHAI)
    for part in ("不超过3次", "第5.3条", "2026年11月24日 08:00"):
        assert part in chinese


@pytest.mark.parametrize(
    ("level", "conf", "words"),
    [
        (Level.HARD, Confidence.Q, "Rule: X 1."),
        (Level.SOFT, Confidence.Q, "Source (advises, does not forbid): X 1."),
        (Level.SOFT, Confidence.W, "Not confirmed: X 1."),
        (Level.SOFT, Confidence.M, "Not confirmed: X 1."),
        (Level.HOUSE, Confidence.H, "House rule, not the law."),
    ],
)
def test_the_source_is_called_what_it_is(level, conf, words):
    reason = Reason("x", Verdict.WARN, msg("conduct.note"), level=level, clause="X 1", conf=conf)
    assert reason_words(reason, "en") == words


def test_every_code_used_in_the_source_has_words():
    import tomllib

    with resource("messages", "conduct.toml").open("rb") as file:
        words = tomllib.load(file)
    used: set[str] = set()
    for path in [*SOURCE.rglob("conduct/*.py"), *SOURCE.glob("packs/*.py"), SOURCE / "commands/conduct.py"]:
        used |= set(re.findall(r'"(conduct\.[a-z_]+)"', path.read_text("utf-8")))
    assert used <= set(words)
    assert all(set(entry) == set(LANGUAGES) for entry in words.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_duties_and_refusals_of_the_shipped_packs_have_words(lang, caplog):
    """Whatever the packs can say about their own lists (what to say, carry, contain) is shown, never as a code."""
    packs = [load_shipped(pack_id) for pack_id in shipped_ids()]
    now = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    seen = ""
    for channel in Channel:
        for to in Addressee:
            for means in ("private_phone", "private_social_app", "public_notice", "number_rotation",
                          "address_book_blast", "postcard", "calling_machine"):  # fmt: skip
                action = Action(channel, to, "n1", means=frozenset({means}))
                facts = Facts(debtor_id="d", zones=("Asia/Shanghai",), flags=frozenset(Flag))
                decision = decide(action, facts, packs, now)
                seen += "".join(reason_words(reason, lang) for reason in decision.reasons)
                seen += "".join(duty_words(duty, lang) for duty in decision.must_do)
    assert "conduct." not in seen
    assert not caplog.records


def test_every_rule_names_its_clause_in_both_languages():
    for path in sorted(resource("rules").glob("*.toml")):
        for rule in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
            assert rule["clause"].isascii(), rule["id"]
            assert has_han(rule["clause_zh"]), rule["id"]
