import re
from dataclasses import replace
from datetime import timedelta

import pytest

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.said_instead import instead
from collector_desk.domain.calls.script_fields import ScriptField, Sex
from collector_desk.domain.calls.scripts import ScriptPurpose, fields_of, render
from collector_desk.domain.vocabulary import Speaker, Stage
from collector_desk.intake.placement import read_placement
from collector_desk.packs.objections import load_cards
from collector_desk.services.book import cases, placements
from collector_desk.services.calls import script_facts
from collector_desk.services.desk.settings import Agency
from collector_desk.words.messages import LANGUAGES
from collector_desk.words.messages import render as render_message
from tests.samples.scripts import shipped_pack


def test_the_words_of_a_case(agent, debtor):
    file = cases.open_case(agent, debtor(days=45)).file
    words = script_facts.words_for(agent, file, "zh_CN")
    assert words[ScriptField.AMOUNT_WORDS] == "三万三千九百一十一元六角二分"
    assert words[ScriptField.DAYS_WORDS] == "四十五天"
    assert words[ScriptField.AGENCY_NEUTRAL] == "示例服务中心"
    assert words[ScriptField.PERSON_CALLED].startswith("朱")
    assert "雪彩" not in words[ScriptField.PERSON_CALLED]  # saying the whole name is one of the identity questions


def test_without_written_ways_to_pay_the_banks_own_are_named(agent, manager, debtor):
    who = debtor()
    file = cases.open_case(agent, who).file
    assert script_facts.words_for(agent, file, "zh_CN")[ScriptField.PAY_WAYS] == "银行官方渠道"
    (placement,) = placements.placements(manager)
    placements.set_terms(manager, placement.id, PlacementTerms("某某银行", "手机银行\n营业网点"))
    file = cases.open_case(agent, who).file
    assert script_facts.words_for(agent, file, "zh_CN")[ScriptField.PAY_WAYS] == "手机银行、营业网点"


def _placed(agent, manager, who, **terms):
    (placement,) = placements.placements(manager)
    placements.set_terms(manager, placement.id, PlacementTerms("某某银行", **terms))
    return cases.open_case(agent, who).file


def _with(file, **changes):
    lead = replace(file.lead_case, **changes)
    return replace(file, cases=tuple(lead if case.id == lead.id else case for case in file.cases))


def _words(agent, file, language="zh_CN"):
    return script_facts.words_for(agent, file, language)


def test_the_product_is_called_as_the_file_calls_it_and_a_loan_is_never_a_card(agent, manager, debtor):
    file = _placed(agent, manager, debtor(), product="消费贷款")
    assert _words(agent, file)[ScriptField.PRODUCT] == "消费贷款"
    named = _with(file, extras=(("产品名称", "个人经营贷"),))
    assert _words(agent, named)[ScriptField.PRODUCT] == "个人经营贷"
    bare = _placed(agent, manager, file.debtor.id)
    card, other = _with(bare, card_tail="1234"), _with(bare, card_tail="")
    assert [_words(agent, one)[ScriptField.PRODUCT] for one in (card, other)] == ["信用卡", "账单"]
    assert [_words(agent, one, "en")[ScriptField.PRODUCT] for one in (card, other)] == ["credit card", "account"]


def test_the_banks_number_to_check_us_by_has_always_words(agent, manager, debtor):
    who = debtor()
    assert _words(agent, _placed(agent, manager, who))[ScriptField.BANK_HOTLINE] == "官网公布的电话"
    file = _placed(agent, manager, who, bank_hotline="95500")
    assert (
        _words(agent, file)[ScriptField.BANK_HOTLINE]
        == _words(agent, file, "en")[ScriptField.BANK_HOTLINE]
        == "95500"
    )


def test_before_it_is_due_the_minimum_is_asked_for_and_never_the_whole(agent, debtor):
    file = cases.open_case(agent, debtor(days=45)).file
    early = _with(file, days=-3, minimum=Money(78_260))
    assert _words(agent, early)[ScriptField.AMOUNT_WORDS] == "七百八十二元六角"
    assert _words(agent, _with(file, days=0, minimum=None))[ScriptField.AMOUNT_WORDS] == "账单上写的金额"
    assert (
        _words(agent, _with(file, days=1))[ScriptField.AMOUNT_WORDS]
        == _words(agent, file)[ScriptField.AMOUNT_WORDS]
    )


def test_a_debtor_with_two_currencies_shows_both(agent, debtor):
    file = cases.open_case(agent, debtor(days=45)).file
    lead = replace(file.lead_case, balance=Money(1000))
    dollars = replace(lead, id="other", number="K7M-9999", balance=Money(900_000, "USD"), due_on=None, days=1)
    both = replace(file, cases=(lead, dollars, replace(dollars, id="third", balance=Money(5, "USD"))))
    assert both.owed in {"¥10.00 + $9,000.05", "$9,000.05 + ¥10.00"}
    assert replace(file, cases=(lead,)).owed == "¥10.00"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_with_an_empty_placement_every_script_and_every_answer_is_whole(agent, manager, debtor, language):
    bare = _with(
        _placed(agent, manager, debtor()),
        terms=PlacementTerms(""),
        due_on=None,
        minimum=None,
        card_tail="",
        extras=(),
        days=-3,
    )
    nobody = replace(bare.debtor, bank_name="", name="", id_number="")
    words = _words(agent, replace(bare, debtor=nobody, promises=()), language)
    said = [render(step, words) for script in shipped_pack(language).scripts for step in script.steps]
    cards = load_cards(language)
    texts = {card.words(speaker, stage) for card in cards for speaker in Speaker for stage in Stage}
    named = {name for text in texts for name in fields_of(text)}
    assert {ScriptField.PAY_WAYS, ScriptField.BANK_HOTLINE} <= named <= set(words)
    known = {field.value: word for field, word in words.items()}
    said += [re.sub(r"\{(\w+)\}", lambda found: known[found[1]], text) for text in texts]
    assert len(said) > 200
    for text in said:
        assert not re.search(r"[{}]|None|＿|\s[,.?;]|，[，。]|  ", text), text


def test_what_calls_would_say_otherwise_is_named_when_the_terms_are_entered():
    every = PlacementTerms("某某银行", "手机银行", "95500", bank_hotline="95500", product="消费贷款")
    agency = Agency(name="示例服务中心", hotline="0755-1")
    assert script_facts.lacking(agency, every) == ()
    assert script_facts.lacking(Agency(), PlacementTerms("某某银行", " ", "95500"), frozenset()) == (
        ScriptField.PAY_WAYS,
        ScriptField.BANK_HOTLINE,
        ScriptField.PRODUCT,
        ScriptField.DUE_DATE_WORDS,
        ScriptField.AMOUNT_WORDS,
        ScriptField.AGENCY_NEUTRAL,
        ScriptField.HOTLINE,
    )
    for field in script_facts.lacking(Agency(), PlacementTerms(""), frozenset()):
        for language in LANGUAGES:
            told = render_message(script_facts.said_instead(field, language, "XK-1"), language)
            assert instead(field, language) in told


def test_a_file_that_names_the_product_lacks_none():
    header = ["账户号", "客户姓名", "委案金额", "最后还款日", "最低还款额"]
    rows = [["6250000001", "朱雪彩", "100", "2026-10-15", "10"]]
    for more, product in ((["产品名称"], True), (["贷款种类"], True), (["网点"], False)):
        table = [header + more, *[[*row, "消费贷款"] for row in rows]]
        found = read_placement("\n".join(map(",".join, table)).encode(), "a.csv")
        told = script_facts.told_by(found)
        assert (ScriptField.PRODUCT in told) is product
        assert {ScriptField.DUE_DATE_WORDS, ScriptField.AMOUNT_WORDS} <= told


def test_which_script_begins(agent, debtor):
    file = cases.open_case(agent, debtor()).file
    now = agent.now()
    assert script_facts.purpose_for(file, Stage.FIRM, now) is ScriptPurpose.FIRM
    assert script_facts.purpose_for(file, Stage.FIRM, now, inbound=True) is ScriptPurpose.INBOUND
    assert script_facts.purpose_for(file, Stage.LEGAL, now + timedelta(days=1)) is ScriptPurpose.ESCALATION


def test_the_form_of_address_follows_the_identity_number():
    assert script_facts.sex_of("000103198201010015") is Sex.MALE
    assert script_facts.sex_of("000103198201010025") is Sex.FEMALE
    assert script_facts.sex_of("E1234567") is None
