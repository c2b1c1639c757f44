"""``collector-desk conduct``: scenarios in, one answer a line out."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from collector_desk.commands.conduct import app
from collector_desk.domain.message import Refused
from collector_desk.packs.scenarios import read_scenarios

DAY = "2026-11-23"


def scenario(**more):
    return {
        "id": "s1",
        "now": f"{DAY}T20:15:00+08:00",
        "debtor": {"zone": "Asia/Shanghai", "flags": [], "consents": []},
        "action": {"channel": "call", "to": "debtor", "number": "n1"},
        "history": [],
        "external": {"effective_today": 0, "connected_today": 0, "as_of": f"{DAY}T09:00:00+08:00"},
        **more,
    }


def talk(hour, result="effective"):
    return {
        "at": f"{DAY}T{hour:02d}:00:00+08:00",
        "channel": "call",
        "direction": "out",
        "to": "debtor",
        "number": "n1",
        "result": result,
    }


@pytest.fixture
def check(tmp_path):
    def run(scenarios, *arguments):
        file = tmp_path / "scenarios.json"
        file.write_text(json.dumps(scenarios), "utf-8")
        done = CliRunner().invoke(app, ["check", str(file), "--json", "--lang", "en", *arguments])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run


def test_the_worked_example(check):
    (answer,) = check([scenario(history=[talk(9), talk(12), talk(15)])], "--pack", "cn-card")
    assert answer["id"] == "s1"
    assert answer["verdict"] == "block"
    assert answer["reasons"][0]["rule"] == "cn.voice_talk_cap"
    assert "3 of 3" in answer["reasons"][0]["text"]
    assert answer["next_allowed_at"] == "2026-11-24T08:00:00+08:00"
    assert answer["must_do"] == []
    (first,) = check([scenario()], "--pack", "cn-card")
    assert any("Record" in task for task in first["must_do"])


def test_only_the_packs_named_are_asked_and_a_store_has_two(check):
    once = [scenario(history=[talk(9)])]
    assert check(once, "--pack", "cn-card")[0]["verdict"] == "allow"
    assert check(once)[0]["verdict"] == "block"
    assert check(once, "--pack", "cn-card", "--pack", "house")[0]["verdict"] == "block"


def test_neither_figure_nor_share_is_unknown(check):
    unknown = scenario()
    del unknown["external"]
    (answer,) = check([unknown], "--pack", "cn-card")
    assert (answer["verdict"], answer["reasons"][0]["ask_for"]) == ("ask", "institution_total")
    (shared,) = check([{**unknown, "share": {"effective": 1, "connected": 1}}], "--pack", "cn-card")
    assert shared["verdict"] == "allow"
    assert shared["institution_total_known"] is False


@pytest.mark.parametrize("window", ["22:30-01:00", ["22:30", "01:00"], {"start": "22:30", "end": "01:00"}])
def test_agreed_hours_in_any_spelling(check, window):
    consent = {"scope": "agreed_hours", "from": "2026-11-20", "to": "2026-11-30", "window": window}
    late = scenario(now=f"{DAY}T23:00:00+08:00", debtor={"zone": "Asia/Shanghai", "consents": [consent]})
    assert check([late], "--pack", "cn-card")[0]["verdict"] == "allow"
    for lack in ({"to": None}, {"proof": ""}, {"withdrawn": f"{DAY}T22:59:00+08:00"}, {"scope": "moonlight"}):
        late["debtor"]["consents"] = [{**consent, **lack}]
        assert check([late], "--pack", "cn-card")[0]["verdict"] == "block"


def test_the_last_day_of_a_consent_is_whole(check):
    consent = {"scope": "agreed_hours", "from": "2026-11-20", "to": DAY, "window": "22:00-23:59"}
    debtor = {"zone": "Asia/Shanghai", "consents": [consent]}
    answers = check(
        [
            scenario(id=1, now=f"{DAY}T23:00:00+08:00", debtor=debtor),
            scenario(id=2, now="2026-11-24T23:00:00+08:00", debtor=debtor),
        ],
        "--pack",
        "cn-card",
    )
    assert [(answer["id"], answer["verdict"]) for answer in answers] == [(1, "allow"), (2, "block")]


def test_answers_come_in_the_order_of_the_file_in_the_debtors_time(check):
    americans = [
        scenario(id="b", now="2026-11-23T12:00:00+00:00", debtor={"zone": "America/New_York"}),
        scenario(id="a", now="2026-11-23T17:00:00+00:00", debtor={"zone": "America/New_York"}),
    ]
    answers = check(americans, "--pack", "us-regf")
    assert [answer["id"] for answer in answers] == ["b", "a"]
    assert answers[0]["next_allowed_at"] == "2026-11-23T08:00:01-05:00"
    assert answers[1]["next_allowed_at"] is None


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_what_can_not_be_read_is_blocked_and_everything_else_judged(tmp_path, lang):
    bad = scenario(id="bad")
    bad["debtor"]["flags"] = ["dead"]
    file = tmp_path / "s.json"
    file.write_text(json.dumps([scenario(id="first"), bad, scenario(id="last")]), "utf-8")
    done = CliRunner().invoke(app, ["check", str(file), "--json", "--lang", lang, "--pack", "cn-card"])
    assert done.exit_code == 1
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(answer["id"], answer["verdict"]) for answer in answers] == [
        ("first", "allow"), ("bad", "block"), ("last", "allow"),
    ]  # fmt: skip
    (reason,) = answers[1]["reasons"]
    assert reason["rule"] == "scenario"
    assert reason["text"] in done.stderr
    assert {"en": "debtor.flags", "zh_CN": "未作判断"}[lang] in reason["text"]
    assert (answers[1]["must_do"], answers[1]["next_allowed_at"]) == ([], None)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Refused):
        read_scenarios(tmp_path / "none.json")


def test_the_documents_own_example_is_read_and_judged_as_it_says(check):
    text = (Path(__file__).parents[2] / "docs" / "conduct.md").read_text("utf-8")
    example = json.loads(text[text.index('[{"id": "fourth talk"') :].partition("```")[0])
    (answer,) = check(example, "--pack", "cn-card")
    assert (answer["id"], answer["verdict"]) == ("fourth talk", "block")
    assert answer["next_allowed_at"] == "2026-11-24T08:00:00+08:00"


def test_what_a_name_hides_does_not_reach_the_terminal(tmp_path):
    file = tmp_path / "s.json"
    file.write_text(json.dumps([scenario(id="a\n\x1b[31m\u202eb")]), "utf-8")
    done = CliRunner().invoke(app, ["check", str(file), "--lang", "en"])
    assert done.stdout.startswith("a [U+001B][31m[U+202E]b: ")


def test_group_1_the_time_is_told_to_the_second_and_by_whose_clock(check):
    american = scenario(now="2026-11-23T12:00:00+00:00", debtor={"zone": "America/New_York"})
    (answer,) = check([american], "--pack", "us-regf")
    assert "Possible again from 23 Nov 2026 08:00:01 (New York time)." in answer["reasons"][0]["text"]


def test_group_6_the_clock_of_xinjiang_is_named(check):
    late = scenario(now=f"{DAY}T22:00:00+08:00", debtor={"zone": "Asia/Urumqi"})
    (answer,) = check([late])
    texts = " ".join(reason["text"] for reason in answer["reasons"])
    assert "outside 08:00-22:00 (Beijing time)" in texts
    assert "24 Nov 2026 08:00 (Xinjiang time)" in texts


def test_visits_are_not_called_calls_and_two_packs_ask_for_a_thing_once(check):
    visited = {**talk(9, "connected"), "channel": "visit"}
    visit = scenario(now=f"{DAY}T15:00:00+08:00", action={"channel": "visit", "to": "debtor"}, history=[visited])
    (answer,) = check([visit])
    assert any("1 of 1 used (visits)" in reason["text"] for reason in answer["reasons"])
    (planned,) = check([{**visit, "history": []}])
    assert len(planned["must_do"]) == len(set(planned["must_do"]))


def test_group_25_what_never_comes_back_and_what_ends_by_itself_are_told_apart(check):
    contact = {"channel": "call", "to": "contact", "number": "c1"}
    refused = {**talk(9, "refused"), "to": "contact", "number": "c1"}
    (answer,) = check(
        [scenario(now=f"{DAY}T23:00:00+08:00", action=contact, history=[refused])], "--pack", "cn-card"
    )
    told = {reason["rule"]: reason["text"] for reason in answer["reasons"]}
    assert answer["next_allowed_at"] is None
    assert told["cn.third_party"].endswith("It stays so: this contact is not possible again.")
    assert told["cn.hours"].endswith("This rule alone ends 24 Nov 2026 08:00 (Beijing time).")
    assert told["cn.third_gate"].endswith("Time alone does not lift this.")


def test_a_pack_from_a_file_is_judged_by_itself(check, tmp_path):
    from collector_desk.resources import resource

    own = tmp_path / "own.toml"
    own.write_text(
        resource("rules", "cn-card.toml").read_text("utf-8").replace('end = "22:00"', 'end = "20:00"'), "utf-8"
    )
    assert check([scenario()], "--pack", str(own))[0]["verdict"] == "block"
    assert check([scenario()], "--pack", "cn-card")[0]["verdict"] == "allow"


def test_further_facts_of_a_scenario_reach_the_gate(check):
    contact = {"channel": "call", "to": "contact", "number": "c1", "purpose": "ask_to_pass_on", "actor": "agent"}
    missed = [{**talk(9, "no_answer"), "at": f"2026-11-{day}T{hour}:00:00+08:00"} for day, hour in
              ((20, "09"), (21, "13"), (22, "19"))]  # fmt: skip
    lost = scenario(action=contact, history=missed)
    assert check([lost], "--pack", "cn-card")[0]["verdict"] == "ask"
    approval = {"kind": "third_party", "by": "lead", "at": "2026-11-22T20:00:00+08:00", "until": "2026-12-01"}
    lost["debtor"]["approvals"] = [approval]
    assert check([lost], "--pack", "cn-card")[0]["verdict"] == "allow"
    alone = scenario(
        action={"channel": "visit", "to": "debtor", "visit": {"people": 1, "place": "street", "carried": []}}
    )
    assert check([alone], "--pack", "cn-card")[0]["verdict"] == "block"


def test_the_list_shows_every_rule_with_its_level_and_confidence():
    done = CliRunner().invoke(app, ["list", "--json", "--lang", "zh_CN"])
    packs = {pack["pack"]: pack for pack in map(json.loads, done.stdout.splitlines())}
    assert set(packs) == {"cn-card", "house", "us-regf", "vn-2019"}
    hours = packs["cn-card"]["rules"][0]
    assert (hours["id"], hours["level"], hours["conf"]) == ("cn.hours", "hard", "Q")
    assert "22:00" in hours["text"]
    plain = CliRunner().invoke(app, ["list", "--pack", "house", "--lang", "en"])
    assert "house.one_talk" in plain.stdout


def test_the_plain_output_names_verdict_and_time(tmp_path):
    file = tmp_path / "s.json"
    file.write_text(json.dumps([scenario(now=f"{DAY}T22:00:00+08:00")]), "utf-8")
    done = CliRunner().invoke(app, ["check", str(file), "--pack", "cn-card", "--lang", "en"])
    assert done.stdout.startswith("s1: block -> 2026-11-24T08:00:00+08:00")
