import shutil

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.domain.vocabulary import Outcome, Speaker, Stage
from collector_desk.packs.objections import LANGUAGES, load_cards, shipped_cards
from collector_desk.resources import resource

WANTED = """
who_are_you which_department which_company are_you_debt_collectors where_is_your_office doubts_call_is_fraud
cant_verify_identity how_much_do_i_owe how_to_pay busy_now cannot_hear forgot no_money wages_late
waiting_for_payment loan_fell_through family_emergency lost_job business_failed card_or_app_fault
someone_else_pays already_paid fees_too_high not_my_debt other_bank_gave_plan wants_plan principal_only
small_payments close_the_card pay_when_paid refuses_to_pay stop_calling dont_call_family_or_work will_complain
sue_me recording_you lawyer_represents debt_relief_agent credit_record how_got_my_number time_barred
stop_interest card_fraud illness wants_settlement_letter will_you_visit insult_or_hang_up risk_to_life
third_party_answers wrong_number left_company debtor_died
""".split()  # noqa: SIM905 -- the list as the customer wrote it


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_card_is_there_with_its_own_words(lang):
    cards = shipped_cards(lang)
    assert set(cards) == set(WANTED)
    assert len({card.title for card in cards.values()}) == len(cards)
    wordings = [text for card in cards.values() for text in card.sounds_like]
    assert len(set(wordings)) == len(wordings)


def test_risk_to_life_carries_help_and_leads_the_list():
    for lang in LANGUAGES:
        first = next(iter(shipped_cards(lang).values()))
        assert first.id == "risk_to_life"
        assert [each.number for each in first.help_numbers] == ["12356", "120", "110"]
        assert first.outcome is Outcome.RISK_TO_LIFE
        for stage in Stage:
            assert "{amount_words}" not in first.words(Speaker.DEBTOR, stage)


def test_records_are_led_to_by_their_cards():
    cards = shipped_cards("en")
    assert cards["will_complain"].outcome is Outcome.COMPLAINT
    assert cards["stop_calling"].outcome is Outcome.STOP_CALLING
    assert cards["debtor_died"].outcome is Outcome.DECEASED
    assert cards["lawyer_represents"].outcome is Outcome.REPRESENTED


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(resource("objections"), tmp_path / "mine")
    return tmp_path / "mine"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "Forgot"', 'title = "Forgot"\ntitel = "x"', "titel"),
        ("[forgot]", "[forgotten]", "in only one of"),
        (
            "This is {agent_name} of {agency_neutral}, staff number {agent_number}; the call is recorded. I need",
            "It is about {amount_words}",
            "gives away too much",
        ),
        ("My name is {agent_name}, I would", "It is about a debt, I would", "disclosure"),
        ("No problem, it happens.", "You idiot.", "insult"),
        ("No problem, it happens.", "{salary}", "unknown field"),
        ("[forgot]", "[forgot", "line"),
    ],
)
def test_a_card_that_may_not_be_said_is_refused_with_file_and_line(folder, old, new, told):
    path = folder / "en.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Trouble) as caught:
        load_cards("en", folder)
    message = caught.value.message
    assert message.code == "calls.objections.pack_broken"
    assert message.params["file"] == "en.toml"
    assert message.params["line"] >= 1
    assert told in message.params["detail"]


def test_the_line_is_that_of_the_fault(folder):
    path = folder / "en.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    place = next(i for i, line in enumerate(lines) if "No problem, it happens." in line)
    lines[place] = 'say = "You idiot."'
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(Trouble) as caught:
        load_cards("en", folder)
    assert caught.value.message.params["line"] == place + 1


def test_help_numbers_can_be_edited(folder):
    path = folder / "cards.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"12356"', '"010-12345"'), encoding="utf-8")
    assert load_cards("en", folder)[0].help_numbers[0].number == "010-12345"
