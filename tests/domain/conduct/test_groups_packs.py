"""Edge cases 39 and 40: packs. What is wrong with one is an error at its line; old events keep their pack."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from collector_desk.domain.conduct import decide, hash_of
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Flag, Verdict
from collector_desk.packs.rules import BadRulePack, check_set, load_pack, load_shipped, shipped_ids
from collector_desk.words.messages import LANGUAGES, render

ALLOW, BLOCK = Verdict.ALLOW, Verdict.BLOCK

HEAD = """[pack]
id = "try"
version = "1"
jurisdiction = "XX"
valid_from = 2020-01-01
tz = "Asia/Shanghai"
title = { en = "Try", zh_CN = "试" }

"""
CAP = """[[rule]]
id = "try.cap"
kind = "attempt_cap"
channels = ["call"]
counts = "attempt"
per = "debtor"
max = 3
window_days = 1
level = "hard"
clause = "Try 1"
conf = "Q"
text = { en = "Few calls.", zh_CN = "少打。" }
"""
HOURS = """[[rule]]
id = "try.hours"
kind = "contact_window"
channels = ["call"]
start = "08:00"
end = "22:00"
level = "hard"
clause = "Try 2"
conf = "Q"
text = { en = "Hours.", zh_CN = "时段。" }
"""
FIRST_RULE = HEAD.count("\n") + 1


def fault(tmp_path, text, **more):
    path = tmp_path / "try.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadRulePack) as refused:
        load_pack(path, **more)
    for lang in LANGUAGES:
        assert "try.toml" in render(refused.value.message, lang)
    first = refused.value.problems[0]
    return first.file, first.line, first.what.code


def test_the_small_pack_of_these_tests_is_whole(tmp_path):
    path = tmp_path / "try.toml"
    path.write_text(HEAD + CAP + HOURS, "utf-8")
    assert [rule.id for rule in load_pack(path).rules] == ["try.cap", "try.hours"]


@pytest.mark.parametrize(
    ("line", "instead", "code"),
    [
        ('kind = "attempt_cap"', 'kind = "attempt_hat"', "conduct.kind_unknown"),
        ("max = 3", "maximum = 3", "conduct.field_unknown"),
        ("max = 3", "max = 0", "conduct.number_too_small"),
        ("max = 3", "max = -1", "conduct.number_too_small"),
        ("max = 3", "max = 100000000000000000000", "conduct.number_too_big"),
        ("max = 3", 'max = 3\nlifted_by = ["whatever"]', "conduct.field_wrong"),
        ("max = 3", 'max = "3"', "conduct.field_wrong"),
        ("max = 3", "max = true", "conduct.field_wrong"),
        ("max = 3", "max = 2.5", "conduct.field_wrong"),
        ("window_days = 1", "window_days = 0", "conduct.number_too_small"),
        ("window_days = 1", "window_days = 31", "conduct.window_too_long"),
        ('channels = ["call"]', 'channels = ["telepathy"]', "conduct.field_wrong"),
        ('channels = ["call"]', "channels = []", "conduct.field_empty"),
        ('conf = "Q"', 'conf = "W"', "conduct.weak_not_hard"),
        ('conf = "Q"', 'conf = "H"', "conduct.house_not_law"),
        ('text = { en = "Few calls.", zh_CN = "少打。" }', 'text = { en = "Few." }', "conduct.text_wanted"),
        ('level = "hard"', 'level = "hard"\noverride = "lead"', "conduct.override_not_house"),
        ('per = "debtor"', 'per = "debtor"\ntz = "Asia/Atlantis"', "conduct.zone_not_known"),
        ('per = "debtor"', 'per = "debtor"\nunknown_external = "ask"', "conduct.contradiction"),
    ],
)
def test_group_39_a_wrong_field_is_an_error_at_its_line(tmp_path, line, instead, code):
    text = HEAD + CAP.replace(line, instead)
    at = FIRST_RULE + CAP[: CAP.index(line)].count("\n") + instead.count("\n")
    assert fault(tmp_path, text) == ("try.toml", at, code)


def test_group_39_a_missing_field_is_an_error_at_its_rule(tmp_path):
    assert fault(tmp_path, HEAD + CAP.replace("max = 3\n", "")) == ("try.toml", FIRST_RULE, "conduct.field_missing")


def test_group_39_a_rule_twice_is_an_error_at_the_second(tmp_path):
    second = FIRST_RULE + CAP.count("\n")
    assert fault(tmp_path, HEAD + CAP + CAP) == ("try.toml", second, "conduct.rule_twice")


def test_group_39_two_caps_on_the_same_thing_contradict(tmp_path):
    other = CAP.replace("try.cap", "try.other").replace("max = 3", "max = 4")
    assert fault(tmp_path, HEAD + CAP + other)[1:] == (FIRST_RULE + CAP.count("\n"), "conduct.two_caps")


@pytest.mark.parametrize(
    ("line", "instead", "code"),
    [
        ('end = "22:00"', 'end = "08:00"', "conduct.window_empty"),
        ('end = "22:00"', 'end = "25:00"', "conduct.time_wanted"),
        ('end = "22:00"', 'end = "22"', "conduct.time_wanted"),
        ('end = "22:00"', 'end = "07:00"', "conduct.over_midnight"),
        ('end = "22:00"', 'end = "22:00"\nover_midnight = true', "conduct.not_over_midnight"),
        ('end = "22:00"', 'end = "22:00"\ndays = [7]', "conduct.days_wanted"),
        ('end = "22:00"', 'end = "22:00"\ncalendar = "moon"', "conduct.calendar_not_known"),
    ],
)
def test_group_39_impossible_hours_are_an_error(tmp_path, line, instead, code):
    assert fault(tmp_path, HEAD + HOURS.replace(line, instead))[2] == code


@pytest.mark.parametrize(
    ("line", "instead", "at", "code"),
    [
        ('id = "try"', 'id = "try"\ncolour = "red"', 3, "conduct.field_unknown"),
        ('id = "try"', 'id = "try"\nhash = "00"', 3, "conduct.field_unknown"),
        ("valid_from = 2020-01-01", "valid_from = 2020-01-01\nvalid_to = 2019-01-01", 6, "conduct.contradiction"),
        ('tz = "Asia/Shanghai"', 'tz = "Asia/Atlantis"', 6, "conduct.zone_not_known"),
        ('tz = "Asia/Shanghai"', 'tz = "UTC"\non_unknown = "allow"', 7, "conduct.unknown_must_not_pass"),
        ("valid_from = 2020-01-01", "valid_from = soon", 5, "conduct.pack_not_toml"),
    ],
)
def test_group_39_a_wrong_head_is_an_error(tmp_path, line, instead, at, code):
    assert fault(tmp_path, HEAD.replace(line, instead) + CAP) == ("try.toml", at, code)


def test_group_39_hours_over_midnight_hold_where_the_pack_says_so(desk, pack_of, window_rule):
    pack = pack_of(window_rule("20:00", "02:00", "over_midnight = true"))
    assert [desk.ask(f"2026-11-23T{at}", packs=[pack]).verdict for at in ("19:59", "23:00", "01:59", "02:00")] == [
        BLOCK, ALLOW, ALLOW, BLOCK
    ]  # fmt: skip


@pytest.mark.parametrize(("line", "least"), [("max = -3", 1), ("window_days = -1", 1), ("window_days = 0", 1)])
def test_group_39_the_least_is_told_once_and_rightly(tmp_path, line, least):
    path = tmp_path / "try.toml"
    old = line.split(" = ")[0]
    known = CAP.replace('per = "debtor"', 'per = "debtor"\nscope = "institution"\nunknown_external = "ask"')
    known = known.replace('counts = "attempt"', 'counts = "effective"')
    path.write_text(HEAD + re.sub(rf"{old} = \d+", line, known), "utf-8")
    with pytest.raises(BadRulePack) as refused:
        load_pack(path)
    (problem,) = refused.value.problems
    assert problem.what.params["least"] == least


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("channel_ban", 'ban = ["private_fone"]'),
        ("visit", 'banned_places = ["scool"]'),
        ("visit", 'carry = ["bagde"]'),
        ("letter_content", 'must_have = ["seel"]'),
        ("message_content", 'applies = ["smss"]'),
    ],
)
def test_group_39_a_name_outside_the_vocabulary_would_never_meet_anything(tmp_path, kind, line):
    rule = CAP[: CAP.index("kind")] + f'kind = "{kind}"\n{line}\n' + CAP[CAP.index("level") :]
    assert fault(tmp_path, HEAD + rule) == ("try.toml", FIRST_RULE + 3, "conduct.name_unknown")


def test_group_39_what_is_wrong_is_told_in_chinese_too(tmp_path):
    path = tmp_path / "try.toml"
    path.write_text(HEAD + CAP.replace("max = 3", 'max = "3"').replace('"call"', '"telex"'), "utf-8")
    with pytest.raises(BadRulePack) as refused:
        load_pack(path)
    told = [render(problem.what, "zh_CN") for problem in refused.value.problems]
    assert told[0].startswith("channels的值有误：只能是以下之一：call")
    assert told[1] == "max的值有误：须为整数"


def test_group_39_a_mark_before_the_text_does_no_harm(tmp_path):
    path = tmp_path / "try.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + CAP).encode())
    assert load_pack(path).id == "try"


def test_group_39_an_unknown_table_or_no_rule_at_all_is_an_error(tmp_path):
    assert fault(tmp_path, HEAD + CAP + "[extra]\na = 1\n")[2] == "conduct.field_unknown"
    assert fault(tmp_path, HEAD)[2] == "conduct.field_empty"
    assert fault(tmp_path, CAP)[2] == "conduct.field_missing"


def test_group_39_all_problems_are_told_at_once(tmp_path):
    path = tmp_path / "try.toml"
    path.write_text(HEAD + CAP.replace("max = 3", "max = 0") + HOURS.replace('"22:00"', '"08:00"'), "utf-8")
    with pytest.raises(BadRulePack) as refused:
        load_pack(path)
    assert [problem.what.code for problem in refused.value.problems] == [
        "conduct.number_too_small",
        "conduct.window_empty",
    ]


def test_group_39_text_that_is_not_utf8_and_files_that_are_not_there(tmp_path):
    path = tmp_path / "try.toml"
    path.write_bytes(HEAD.encode() + "clause = 少".encode("gbk"))
    with pytest.raises(BadRulePack):
        load_pack(path)
    with pytest.raises(Refused):
        load_pack(tmp_path / "none.toml")
    with pytest.raises(Refused):
        load_shipped("../house")


def test_group_39_an_expired_pack_is_an_error_on_loading_and_blocks_when_asked(desk, pack_of, tmp_path):
    ended = HEAD.replace("2020-01-01", "2020-01-01\nvalid_to = 2026-11-22")
    assert fault(tmp_path, ended + CAP, today=date(2026, 11, 23)) == ("try.toml", 6, "conduct.pack_is_expired")
    pack = pack_of(CAP, ended)
    assert desk.ask("2026-11-22T23:59:59", packs=[pack]).verdict is ALLOW
    decision = desk.ask("12:00", packs=[pack])
    assert (decision.verdict, decision.next_allowed_at) == (BLOCK, None)


def test_group_39_a_pack_from_the_future_blocks_until_it_holds(desk, pack_of):
    pack = pack_of(CAP, HEAD.replace("2020-01-01", "2026-12-01"))
    decision = desk.ask("12:00", packs=[pack])
    assert decision.verdict is BLOCK
    assert decision.next_allowed_at == desk.at("2026-12-01T00:00")


def test_group_39_no_pack_at_all_blocks(desk):
    assert desk.ask("12:00", packs=[]).verdict is BLOCK


def test_group_39_of_two_packs_the_strictest_answer_wins(desk, pack_of, window_rule):
    early = pack_of(window_rule("06:00", "21:00"))
    alone = desk.ask("21:30")
    both = desk.ask("21:30", packs=["cn-card", early])
    assert (alone.verdict, both.verdict) == (ALLOW, BLOCK)
    assert desk.ask("07:00", packs=["cn-card", early]).next_allowed_at == desk.at("08:00")


def test_group_39_the_same_rule_in_two_packs_is_refused():
    pack = load_shipped("cn-card")
    with pytest.raises(Refused, match="pack_twice"):
        check_set([pack, pack])
    with pytest.raises(Refused, match="rule_in_two_packs"):
        check_set([pack, replace(pack, id="cn-copy")])


def test_group_40_an_old_event_is_judged_by_the_pack_of_its_day(desk, pack_of, window_rule):
    old = pack_of(window_rule("07:00", "22:00"), HEAD.replace("2020-01-01", "2020-01-01\nvalid_to = 2026-11-22"))
    new = pack_of(window_rule("09:00", "22:00"), HEAD.replace("2020-01-01", "2026-11-23"))
    sunday, monday = desk.at("2026-11-22T08:30"), desk.at("2026-11-23T08:30")
    assert decide(desk.call(), desk.facts(), [old], sunday).verdict is ALLOW
    assert decide(desk.call(), desk.facts(), [new], monday).verdict is BLOCK
    assert decide(desk.call(), desk.facts(), [new], sunday).verdict is BLOCK, "a pack judges nothing before its day"


def test_group_40_every_decision_bears_the_hash_of_its_packs(desk, pack_of):
    one, other = pack_of(CAP), pack_of(CAP + "# a word more\n")
    assert one.hash != other.hash
    assert desk.ask("12:00", packs=[one]).pack_hash == one.hash
    law, house = load_shipped("cn-card"), load_shipped("house")
    assert hash_of([law, house]) == hash_of([house, law])
    assert hash_of([law, house]) != hash_of([law])


# -- the packs as shipped


@pytest.mark.parametrize("pack_id", ["cn-card", "house", "us-regf", "vn-2019"])
def test_a_shipped_pack_loads_is_a_draft_and_speaks_both_languages(pack_id):
    pack = load_shipped(pack_id)
    assert pack.id == pack_id
    assert pack.status == "draft"
    assert all(rule.text["en"] and rule.text["zh_CN"] for rule in pack.rules)


def test_the_shipped_packs_stand_side_by_side():
    assert shipped_ids() == ("cn-card", "house", "us-regf", "vn-2019")
    check_set(load_shipped(pack_id) for pack_id in shipped_ids())


def test_the_laws_packs_hold_no_contact_rule_of_the_house():
    for pack_id in ("cn-card", "us-regf"):
        judged = {rule.id for rule in load_shipped(pack_id).rules if rule.level == "house"}
        assert judged <= {"cn.effective"}  # a rule for reports; it judges no contact


def test_what_is_weakly_known_only_warns():
    for pack_id in shipped_ids():
        for rule in load_shipped(pack_id).rules:
            if rule.conf in ("W", "M"):
                assert rule.verdict is Verdict.WARN


def test_every_kind_of_rule_is_used_by_a_shipped_pack():
    from collector_desk.domain.conduct.rules import KINDS

    used = {rule.kind for pack_id in shipped_ids() for rule in load_shipped(pack_id).rules}
    assert used == set(KINDS)


def test_names_nobody_confirmed_are_not_printed():
    from collector_desk.resources import resource

    for path in resource("rules").glob("*.toml"):
        text = path.read_text("utf-8")
        assert "70号" not in text
        assert "自律公约" not in text


def test_a_released_hold_of_one_debtor_says_nothing_of_time(desk):
    blocked = desk.ask("12:00", packs=["us-regf"], flags=frozenset({Flag.CEASE}))
    assert blocked.next_allowed_at is None


def test_a_naive_instant_is_refused(desk):
    # The machine's own zone would be guessed otherwise.
    with pytest.raises(ValueError, match="aware"):
        decide(desk.call(), desk.facts(), [load_shipped("cn-card")], datetime(2026, 11, 23, 12))  # noqa: DTZ001
    assert decide(
        desk.call(), desk.facts(), [load_shipped("cn-card")], datetime(2026, 11, 23, 4, tzinfo=UTC) + timedelta(0)
    )
