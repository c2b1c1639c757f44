from datetime import timedelta

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.calls.script_fields import ScriptField, Sex
from collector_desk.domain.calls.scripts import ScriptPurpose
from collector_desk.domain.vocabulary import Stage
from collector_desk.services.book import cases, placements
from collector_desk.services.calls import script_facts


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
