"""A file of scenarios is read strictly: what can't be read is named by scenario, field and row, in one line."""

import json
from datetime import UTC, date, datetime

import pytest

from collector_desk.domain.conduct import Debt, External
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Addressee, CaseState, Direction
from collector_desk.packs.scenarios import Scenario, Unread, read_scenarios
from collector_desk.words.messages import LANGUAGES, render

DAY = "2026-11-23"
NOW = f"{DAY}T15:00:00+08:00"
CONSENT = {"scope": "agreed_hours", "from": "2026-11-20", "to": "2026-11-30", "window": "22:00-23:30"}


def event(**more):
    return {
        "at": f"{DAY}T09:00:00+08:00",
        "channel": "call",
        "direction": "out",
        "to": "debtor",
        "number": "n1",
        "result": "busy",
        **more,
    }


def scenario(*, debtor=None, action=None, **more):
    return {
        "id": "s1",
        "now": NOW,
        "debtor": {"zone": "Asia/Shanghai", **(debtor or {})},
        "action": {"channel": "call", "to": "debtor", "number": "n1", **(action or {})},
        "history": [],
        "share": {"effective": 1, "connected": 1},
        **more,
    }


def visit(**more):
    return {"channel": "visit", "visit": {"people": 2, "place": "home", **more}}


@pytest.fixture
def read(tmp_path):
    def reading(content):
        file = tmp_path / "s.json"
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return read_scenarios(file)

    return reading


@pytest.fixture
def refused(read):
    """The one line a file, or its last scenario, is refused with, in English; it has words in Chinese too."""

    def refusing(content):
        try:
            *judged, last = read(content)
        except Refused as caught:
            why = caught.message
        else:
            assert all(isinstance(one, Scenario) for one in judged)
            assert isinstance(last, Unread)
            why = last.why
        lines = {lang: render(why, lang) for lang in LANGUAGES}
        assert all("conduct." not in line and "\n" not in line for line in lines.values())
        assert lines["en"] != lines["zh_CN"]
        return lines["en"]

    return refusing


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"debtor": {"stopped_numbers": "n1"}}, "debtor.stopped_numbers: it has to be a list"),
        ({"debtor": {"wrong_numbers": {"n1": 1}}}, "debtor.wrong_numbers: it has to be a list"),
        ({"debtor": {"flags": ["dead"]}}, "debtor.flags, row 1: it has to be one of plan_active, deceased"),
        ({"debtor": {"identity_verified": "no"}}, "debtor.identity_verified: it has to be true or false"),
        ({"debtor": {"identity_failures": True}}, "debtor.identity_failures: it has to be a whole number"),
        ({"debtor": {"zone": 8}}, "debtor.zone: it has to be a text"),
        ({"debtor": {"zones": ["UTC"]}}, "debtor: give zone or zones, not both"),
        ({"debtor": {"consents": {}}}, "debtor.consents: it has to be a list"),
        (
            {"debtor": {"consents": [{**CONSENT, "windows": 1}]}},
            "debtor.consents, row 1, windows: there is no such field",
        ),
        (
            {"debtor": {"consents": [{**CONSENT, "window": "22-23"}]}},
            "debtor.consents, row 1, window: it has to be two",
        ),
        (
            {"debtor": {"consents": [{**CONSENT, "to": "2026-02-30"}]}},
            "debtor.consents, row 1, to: it has to be a day",
        ),
        ({"debtor": {"stoped_numbers": ["n1"]}}, "debtor.stoped_numbers: there is no such field"),
        ({"action": {"means": "private_phone"}}, "action.means: it has to be a list"),
        ({"action": {"means": ["burner_phone"]}}, "action.means: it has to be one of address_book_blast"),
        ({"action": {"relations": ["boss"]}}, "action.relations: it has to be one of agent"),
        ({"action": {"recording": "no"}}, "action.recording: it has to be true or false"),
        ({"action": {"guarantor_proven": "no"}}, "action.guarantor_proven: it has to be true or false"),
        ({"action": {"channel": None}}, "action.channel: it is missing"),
        ({"action": {"number": 5}}, "action.number: it has to be a text"),
        (
            {"action": {"content": {"kind": "sms", "hits": [{"lexicon": "x"}]}}},
            "action.content.hits, row 1: it has to",
        ),
        ({"action": visit(entry_consent="no")}, "action.visit.entry_consent: it has to be true or false"),
        ({"action": visit(place="moon")}, "action.visit.place: it has to be one of doorstep, home"),
        ({"action": visit(people=-1)}, "action.visit.people: it has to be at least 0"),
        ({"action": visit(people="2")}, "action.visit.people: it has to be a whole number"),
        ({"action": visit(peeple=2)}, "action.visit.peeple: there is no such field"),
        (
            {"history": [event(), event(result="maybe")]},
            "history, row 2, result: it has to be one of not_connected",
        ),
        ({"history": [event(at=DAY)]}, "history, row 1, at: it has to be an instant"),
        ({"history": [{"at": NOW, "to": "debtor"}]}, "history, row 1, channel: it is missing"),
        ({"histroy": [event()]}, "histroy: there is no such field"),
        ({"history": {}}, "history: it has to be a list"),
        ({"external": {"effective": 1, "as_of": NOW}}, "external.effective: there is no such field"),
        ({"external": {"effective_today": -1, "as_of": NOW}}, "external.effective_today: it has to be at least 0"),
        ({"external": {"effective_today": 1.0, "as_of": NOW}}, "external.effective_today: it has to be a whole"),
        ({"share": {"effective": "two"}}, "share.effective: it has to be a whole number"),
        ({"share": {"efective": 2}}, "share.efective: there is no such field"),
        ({"now": "yesterday"}, "now: it has to be an instant"),
        ({"now": f"{DAY} 15:00:00+08:00"}, "now: it has to be an instant"),
        ({"debtor": []}, "debtor: it has to be an object"),
        ({"shar": {"effective": 3}}, "shar: there is no such field"),
    ],
)
def test_what_can_not_be_read_is_named_by_field_and_row(refused, given, named):
    whole = scenario(**given) if given.get("debtor") != [] else {**scenario(), "debtor": []}
    line = refused([scenario(id="first"), whole])
    assert line.startswith(f"Scenario s1: {named}")
    assert "it was not judged" in line


def test_what_nobody_knows_is_said_and_has_no_effect(read):
    (one,) = read([scenario(debtor={"name": "x", "flags": None}, expected="block", history=[event(colour="red")])])
    assert [warning.params["field"] for warning in one.warnings] == ["debtor.name", "history.colour", "expected"]
    assert one.facts.flags == frozenset()


def test_a_past_contact_of_which_little_is_said_counts(read):
    (one,) = read([scenario(history=[{"at": NOW, "channel": "call", "result": "effective"}])])
    (past,) = one.facts.history
    assert (past.direction, past.to) == (Direction.OUT, Addressee.DEBTOR)
    without = scenario()
    del without["history"]
    (one,) = read([without])
    assert one.facts.history == ()


@pytest.mark.parametrize("field", ["now", "action"])
def test_what_every_scenario_has_to_say(refused, field):
    assert refused([{name: value for name, value in scenario().items() if name != field}]).startswith(
        f"Scenario s1: {field}: it is missing"
    )


def test_a_value_is_never_told_back(refused):
    line = refused([scenario(action={"channel": "13800138000", "number": "13900139000"})])
    assert "138" not in line
    assert "139" not in line


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[" * 200_000, "nested too deeply"),
        (b'[{"a":' * 50_000, "nested too deeply"),
        (b"", "not JSON: line 1, column 1"),
        (b'[{"id": "a",}]', "not JSON: line 1"),
        ("[]".encode("utf-16"), "not UTF-8"),
        ("[“场景”]".encode("gbk"), "not UTF-8"),
        (b'[{"id": 1, "now": ' + b"9" * 5000 + b"}]", "a number that is too long"),
        (b"[NaN]", "is no number"),
        (b"5", "has to hold a list"),
        (b"null", "has to hold a list"),
        (b"{}", "has to hold a list"),
        (b"[]", "holds no scenario"),
        (b"[null]", "Scenario 1 has to be an object"),
        (b'[{"id": ["x"]}]', "Scenario number 1: its id"),
        (b'[{"id": true}]', "Scenario number 1: its id"),
        (b'[{"id": 1, "now": 1, "now": 2}]', "the field now stands twice"),
        (b'[{"id": "\\ud800"}]', "not valid Unicode"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_plain_line(refused, content, words):
    assert words in refused(content)


def test_two_scenarios_of_one_name_are_judged_and_said(read):
    both = read([scenario(), scenario(id="s2"), scenario()])
    assert [[warning.code for warning in one.warnings] for one in both] == [
        ["conduct.scenario_twice"], [], ["conduct.scenario_twice"],
    ]  # fmt: skip


def test_a_name_that_hides_something_is_shown_as_it_is(refused):
    assert "\u202e" not in refused([scenario(id="a\u202eb\x1b[31m", now="x")])


@pytest.mark.parametrize(
    ("since", "until"),
    [("0001-01-01", "9999-12-31"), ("2026-11-20", "9999-12-31T23:59:59+08:00"), ("1969-01-01", "3000-01-01")],
)
def test_group_4_a_consent_may_hold_for_ever(read, since, until):
    (one,) = read([scenario(debtor={"consents": [{**CONSENT, "from": since, "to": until}]})])
    assert one.facts.consents[0].since < one.now
    assert one.facts.consents[0].until > datetime(2999, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("year", ["0001", "9999", "1969"])
@pytest.mark.parametrize("field", ["now", "at", "high_water"])
def test_group_9_an_instant_of_no_real_age_is_refused(refused, field, year):
    moment = f"{year}-06-01T00:00:00+08:00"
    given = {
        "now": {"now": moment},
        "at": {"history": [event(at=moment)]},
        "high_water": {"debtor": {"high_water": moment}},
    }
    assert "it has to be an instant" in refused([scenario(**given[field])])


def test_an_instant_without_an_offset_wants_one_zone(read, refused):
    (one,) = read([scenario(now=f"{DAY}T15:00:00")])
    assert one.now.isoformat() == NOW
    nowhere = scenario(now=f"{DAY}T15:00:00")
    nowhere["debtor"] = {}
    assert "offset" in refused([nowhere])
    nowhere["debtor"] = {"zones": ["Asia/Shanghai", "UTC"]}
    assert "offset" in refused([nowhere])


@pytest.mark.parametrize(
    ("withdrawn", "holds"), [(True, False), (False, True), (None, True), (DAY, False), ("2026-11-24", True)]
)
def test_group_29_withdrawn_is_a_day_an_instant_or_yes(read, withdrawn, holds):
    (one,) = read([scenario(debtor={"consents": [{**CONSENT, "withdrawn": withdrawn}]})])
    (consent,) = one.facts.consents
    assert (consent.withdrawn_at is None or consent.withdrawn_at > one.now) is holds


def test_group_4_a_consent_without_its_beginning_grants_nothing(read):
    (one,) = read([scenario(debtor={"consents": [{**CONSENT, "from": None}]})])
    assert one.facts.consents == ()


def test_a_consent_nobody_knows_grants_nothing_and_is_said(read):
    (one,) = read([scenario(debtor={"consents": [{**CONSENT, "scope": "moonlight"}]})])
    assert one.facts.consents == ()
    assert [warning.code for warning in one.warnings] == ["conduct.scenario_consent"]


def test_group_16_a_figure_nobody_dated_tightens_and_makes_nothing_known(read):
    (one,) = read([scenario(external={"effective_today": 2, "ours_included": True})])
    assert one.facts.external == External(datetime.fromisoformat(f"{DAY}T23:59:59+08:00"), 2, None)


def test_group_19_a_call_back_given_on_a_bare_day_is_not_used_by_the_talk_it_was_given_in(read):
    wish = {"scope": "call_back", "from": DAY, "to": "2026-11-28"}
    talks = [event(at=f"{DAY}T{hour}:00:00+08:00", result="effective") for hour in (12, 10)]
    (one,) = read([scenario(debtor={"consents": [wish]}, history=talks)])
    assert one.facts.consents[0].since == datetime.fromisoformat(f"{DAY}T10:00:00+08:00")


def test_how_the_debts_stand_can_be_said(read):
    debts = [
        {"id": "a", "state": "settled"},
        {"id": "b", "owed": False},
        {"id": "c", "mandate_ends": "2026-11-30"},
    ]
    said, unsaid = read([scenario(debtor={"debts": debts}), scenario(id="s2")])
    assert isinstance(said, Scenario)
    assert said.facts.debts == (
        Debt("a", CaseState.SETTLED),
        Debt("b", owed=False),
        Debt("c", mandate_ends=date(2026, 11, 30)),
    )
    assert unsaid.facts.debts is None


@pytest.mark.parametrize(
    "debt", [{"state": "paid"}, {"owed": "no"}, {"balance": 0, "owned": True}, {"mandate_ends": "soon"}]
)
def test_a_debt_that_cannot_be_read_is_named(read, debt):
    (found,) = read([scenario(debtor={"debts": [debt]})])
    assert isinstance(found, Unread)
    assert "debtor.debts" in render(found.why, "en")
