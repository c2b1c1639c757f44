"""The workshop: copy, check, hand in, return, release, go back; and what live calls then go by."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from collector_desk.domain.calls.scripts import ScriptPurpose, render
from collector_desk.domain.calls.short_forms import by_name
from collector_desk.domain.message import Refused
from collector_desk.domain.packs.life import PackKind, PackStep
from collector_desk.domain.text.diff import LineMark
from collector_desk.domain.vocabulary import Role, Speaker
from collector_desk.packs.pack_files import head_of
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.office import people
from collector_desk.services.packs import in_use, objections, releases, shipped, short_forms, wording, workshop
from collector_desk.services.packs.choices import PackAct, choices
from collector_desk.store import tables as t

CHINESE = (PackKind.SCRIPTS, "cn-card-zh")


PEOPLE = {"lead": (("周组长", frozenset({Role.LEAD})),), "legal": (("许法务", frozenset({Role.LEGAL})),)}


@pytest.fixture
def lead(seat_of):
    return seat_of("周组长", Role.LEAD)


@pytest.fixture
def legal(seat_of):
    return seat_of("许法务", Role.LEGAL)


def state_of(seat, pack=CHINESE, *, version=None):
    found = [one for one in releases.states(seat) if (one.kind, one.id) == pack]
    return next(one for one in found if (one.version == version if version else one.in_use))


def changed(draft, *, say="说完停下来，慢慢听他说。"):
    """The draft with one more piece of guidance in the polite script: another content, without a fault."""
    text = draft.files["polite.toml"]
    at = text.index("guidance = [") + len("guidance = [")
    return replace(draft, files={**draft.files, "polite.toml": text[:at] + f'"{say}", ' + text[at:]})


def with_file(draft, name, text):
    return replace(draft, files={**draft.files, name: text})


def handed_in(lead, say="说完停下来，慢慢听他说。"):
    draft = changed(workshop.copy(lead, state_of(lead)), say=say)
    workshop.hand_in(lead, draft)
    return state_of(lead, version=draft.version)


def active(seat, language="zh_CN"):
    with seat.store.read() as conn:
        return releases.active_scripts(conn, language)


def test_a_copy_is_the_next_version_by_its_author_and_is_kept(lead):
    draft = workshop.copy(lead, state_of(lead))
    assert head_of(draft.kind, draft.files).version == "2026.2"
    assert 'author = "周组长"' in draft.files["pack.toml"]
    assert workshop.check(draft) == ()
    workshop.keep(lead, changed(draft))
    (kept,) = workshop.drafts_of(lead)
    assert kept.files == changed(draft).files
    workshop.give_up(lead, kept)
    assert workshop.drafts_of(lead) == ()


def test_a_draft_is_its_authors_alone(lead, manager):
    workshop.copy(lead, state_of(lead))
    assert workshop.drafts_of(manager) == ()


def test_only_heads_may_copy_and_only_legal_or_manager_release(lead, legal, agent):
    for seat in (agent, legal):
        with pytest.raises(Refused) as refused:
            workshop.copy(seat, state_of(seat))
        assert refused.value.message.code == "office.not_allowed"
    version = handed_in(lead)
    for seat in (agent, lead):
        with pytest.raises(Refused) as refused:
            workshop.release(seat, version)
        assert refused.value.message.code == "office.not_allowed"


def test_faults_come_with_file_and_line_and_stop_the_handing_in(lead):
    draft = workshop.copy(lead, state_of(lead))
    lines = draft.files["polite.toml"].split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("discloses"))
    broken = replace(
        draft, files={**draft.files, "polite.toml": "\n".join([*lines[:at], "dicloses = 1", *lines[at:]])}
    )
    (fault,) = workshop.check(broken)
    assert (fault.file, fault.line, fault.message.code) == ("polite.toml", at + 1, "calls.scripts.unknown_key")
    with pytest.raises(Refused) as refused:
        workshop.hand_in(lead, broken)
    assert refused.value.message.params["line"] == at + 1
    assert workshop.drafts_of(lead)  # what was typed is still there


def test_a_script_that_tells_a_third_party_of_the_debt_is_a_fault(lead):
    draft = workshop.copy(lead, state_of(lead))
    text = draft.files["third_party.toml"]
    at = text.index('say = "') + len('say = "')
    telling = replace(
        draft, files={**draft.files, "third_party.toml": text[:at] + "他欠{amount_words}。" + text[at:]}
    )
    assert {fault.file for fault in workshop.check(telling)} == {"third_party.toml"}


@pytest.mark.parametrize(
    ("pack", "file", "old", "new"),
    [
        ((PackKind.RULES, "cn-card"), "cn-card.toml", "[pack]", "[pack]\nsurprise = 1"),
        ((PackKind.OBJECTIONS, "cards"), "zh_CN.toml", "[risk_to_life]", "[risk_to_life]\nsurprise = 1"),
    ],
)
def test_rules_and_answers_are_checked_too(lead, pack, file, old, new):
    draft = workshop.copy(lead, state_of(lead, pack))
    assert workshop.check(draft) == ()
    broken = replace(draft, files={**draft.files, file: draft.files[file].replace(old, new, 1)})
    faults = workshop.check(broken)
    assert {fault.file for fault in faults} == {file}


def test_a_copy_cant_pass_for_another_pack_or_an_old_version(lead):
    draft = workshop.copy(lead, state_of(lead))
    head = draft.files["pack.toml"]
    other = replace(draft, files={**draft.files, "pack.toml": head.replace("cn-card-zh", "cn-card-en", 1)})
    assert [fault.message.code for fault in workshop.check(other)] == ["packs.another_pack"]
    same = changed(replace(draft, files={**draft.files, "pack.toml": head.replace("2026.2", "2026.1", 1)}))
    with pytest.raises(Refused) as refused:
        workshop.hand_in(lead, same)
    assert refused.value.message.code == "packs.same_version"


def test_live_calls_go_by_the_release_and_keep_its_hash(lead, legal, agent, debtor):
    before = active(agent).digest
    version = handed_in(lead)
    assert version.step is PackStep.HANDED_IN
    assert workshop.drafts_of(lead) == ()
    assert active(agent).digest == before  # handed in is not released
    workshop.release(legal, version)
    assert active(agent).digest == version.sha256 != before
    after = state_of(legal)
    assert (after.released_by, after.in_use, after.author) == ("许法务", True, "周组长")
    assert after.released_at == legal.now()
    who = debtor()
    phone = cases.open_case(agent, who).next_number.phone.id
    with pytest.raises(Refused) as refused:  # the screen still showed the scripts of before
        calling.begin(agent, debtor_id=who, phone_id=phone, script_hash=before)
    assert refused.value.message.code == "packs.scripts_changed"
    begun = calling.begin(agent, debtor_id=who, phone_id=phone)
    with agent.store.read() as conn:
        on = select(t.ground.c.script_hash).join(t.attempt, t.attempt.c.ground_id == t.ground.c.id)
        kept = conn.execute(on.where(t.attempt.c.id == begun.attempt.id)).scalar_one().hex()
    assert kept == version.sha256
    assert workshop.content(legal, after)["polite.toml"].count("慢慢听他说") == 1


def test_who_wrote_or_handed_in_cant_release(manager, lead):
    workshop.hand_in(manager, changed(workshop.copy(manager, state_of(manager))))
    version = state_of(manager, version="2026.2")
    with pytest.raises(Refused) as refused:
        workshop.release(manager, version)
    assert refused.value.message.code == "packs.own_pack"


def test_a_returned_version_says_why_and_is_mended_in_a_copy(lead, legal):
    version = handed_in(lead)
    with pytest.raises(Refused) as refused:
        workshop.return_(legal, version, " ")
    assert refused.value.field_name == "reason"
    workshop.return_(legal, version, "第二句语气太硬")
    back = state_of(lead, version=version.version)
    assert (back.step, back.reason, back.step_by) == (PackStep.RETURNED, "第二句语气太硬", "许法务")
    with pytest.raises(Refused):
        workshop.release(legal, back)
    assert workshop.copy(lead, back).version == "2026.3"


def test_going_back_to_an_earlier_version_takes_two_persons(manager, lead, legal):
    first = state_of(lead)
    second = handed_in(lead)
    workshop.release(legal, second)
    earlier = state_of(legal, version=first.version)
    for seat in (manager, legal):
        with pytest.raises(Refused) as refused:
            workshop.release(seat, earlier)
        assert refused.value.message.code == "packs.not_handed_in"
    workshop.propose(legal, earlier, "新的问候语客户听不懂")
    with pytest.raises(Refused) as refused:
        workshop.release(legal, earlier)
    assert refused.value.message.code == "packs.own_pack"
    workshop.release(manager, earlier)
    assert state_of(legal).sha256 == first.sha256 == active(legal).digest


def test_withdrawn_scripts_stop_calls_until_another_release(manager, lead, legal, agent, debtor):
    version = handed_in(lead)
    workshop.release(legal, version)
    workshop.withdraw(legal, state_of(legal), "发现错误表述")
    who = debtor()
    phone = cases.open_case(agent, who).next_number.phone.id
    with agent.store.read() as conn:
        spoken = in_use.script_digest(conn, "zh_CN")
    with pytest.raises(Refused) as refused:
        calling.begin(agent, debtor_id=who, phone_id=phone, script_hash=spoken)
    assert refused.value.message.code == "calls.unreleased"
    assert releases.unreleased(manager) == ()  # one person alone can't choose what comes instead
    workshop.propose(lead, state_of(lead, version="2026.1"), "先回到旧版")
    workshop.release(legal, state_of(lead, version="2026.1"))
    assert calling.begin(agent, debtor_id=who, phone_id=phone).attempt


def test_who_handed_in_can_take_it_back(lead, legal):
    version = handed_in(lead)
    with pytest.raises(Refused):
        workshop.withdraw(legal, version, "不是我提交的")
    workshop.withdraw(lead, version, "还要再改")
    with pytest.raises(Refused):
        workshop.release(legal, version)
    assert state_of(lead).version == "2026.1"


def test_states_list_shipped_and_own_versions_once(lead, legal):
    version = handed_in(lead)
    found = releases.states(legal)
    assert len({one.sha256 for one in found}) == len(found)
    assert {one.sha256 for one in found} == {pack.sha256 for pack in shipped.shipped()} | {version.sha256}
    assert sum(one.in_use for one in found) == sum(
        releases.needed(pack.kind, pack.id) for pack in shipped.shipped()
    )


def test_a_new_store_may_not_call_until_released_but_the_demo_may(tmp_path, clock):
    agency = settings.Agency("示例", "示例", "400")
    made = people.create_store(tmp_path / "new", name="甲", password="correct horse", agency=agency, clock=clock)
    seat = made.seat
    try:
        with seat.store.read() as conn, pytest.raises(Refused):
            releases.require_released(conn)
        wanted = {pack.id for pack in shipped.shipped()} - {"us-regf", "vn-2019"}  # to be tried, not to call by
        assert {state.id for state in releases.unreleased(seat)} == wanted
        settings.change(seat, DeskSettings(demo=True))
        with seat.store.read() as conn:
            releases.require_released(conn)
            assert releases.active_scripts(conn, "en").digest == shipped.shipped_scripts("en").sha256
        releases.release_all(seat)
        assert releases.unreleased(seat) == ()
        assert {one.id for one in releases.states(seat) if one.released_by == "甲"} == wanted
    finally:
        seat.store.close()


def test_a_rehearsal_walks_the_draft_with_invented_figures(lead):
    draft = workshop.copy(lead, state_of(lead))
    judged = workshop.judge(draft)
    begins = dict(judged.begins)
    assert ScriptPurpose.POLITE in begins
    for purpose in begins:
        for case_id in ("first", "broken"):
            walk = workshop.rehearse(lead, draft, purpose, case_id, judged=judged).walk
            assert walk.branches or walk.at_identity_check
    tried = workshop.rehearse(lead, draft, ScriptPurpose.POLITE)
    assert "示例服务中心" in render(tried.walk.current, tried.words)
    broken = replace(draft, files={**draft.files, "polite.toml": "["})
    with pytest.raises(Refused) as refused:
        workshop.rehearse(lead, broken, ScriptPurpose.POLITE)
    assert refused.value.message.params["file"] == "polite.toml"


def test_the_comparison_shows_what_went_and_what_came(lead):
    draft = changed(workshop.copy(lead, state_of(lead)))
    base, files = workshop.in_use_content(lead, *CHINESE)
    assert base.in_use
    found = {one.name: one for one in workshop.diff(files, draft.files)}
    assert set(found) == {"pack.toml", "polite.toml"}
    assert (found["polite.toml"].gone, found["polite.toml"].new) == (1, 1)
    new = next(line for line in found["polite.toml"].lines if line.mark is LineMark.NEW)
    assert "慢慢听他说" in new.text
    assert draft.files["polite.toml"].split("\n")[new.new - 1] == new.text


LEXICON, SHORT_FORMS, SPEECH = ((PackKind.OBJECTIONS, name) for name in ("lexicon", "shortcodes", "speech"))


def released(lead, legal, pack, old, new):
    """The next version of a one-file pack, one thing in it changed, released by another person."""
    draft = workshop.copy(lead, state_of(lead, pack))
    ((name, text),) = draft.files.items()
    assert old in text
    draft = with_file(draft, name, text.replace(old, new, 1))
    workshop.hand_in(lead, draft)
    waiting = state_of(lead, pack, version=draft.version)
    with pytest.raises(Refused):
        workshop.release(lead, waiting)
    workshop.release(legal, state_of(legal, pack, version=draft.version))
    return draft


def test_a_released_lexicon_is_what_notes_are_checked_by(lead, legal, agent):
    said = "他说本人像只铁公鸡。"
    draft = workshop.copy(lead, state_of(lead, LEXICON))
    assert draft.version == "2"
    assert not wording.check_in_use(agent).check(said)
    workshop.give_up(lead, draft)
    released(lead, legal, LEXICON, '"老赖",', '"老赖", "铁公鸡",')
    (found,) = wording.check_in_use(agent).check("真是铁公鸡。")
    assert found.reason.params["phrase"] == "铁公鸡"
    with agent.store.read() as conn:
        assert [one.code for one in wording.blocking_words("真是铁公鸡。", Speaker.DEBTOR, conn)] == [
            "packs.wording.insult"
        ]
    workshop.withdraw(legal, state_of(legal, LEXICON), "太严")
    assert not wording.check_in_use(agent).check(
        "真是铁公鸡。"
    )  # what came with the program, until another is there


def test_released_short_forms_and_speech_are_the_ones_in_use(lead, legal, agent):
    released(lead, legal, SHORT_FORMS, 'codes = ["ptp", "承诺"]', 'codes = ["ptp", "承诺", "dy"]')
    assert by_name(short_forms.usable(agent, "zh_CN"))["dy"].startswith("本人承诺")
    assert not objections.find("木佬佬", "zh_CN", seat=agent)
    released(lead, legal, SPEECH, "[same]", '[same]\n"木佬佬" = "我忘记还款了"')
    assert objections.find("木佬佬", "zh_CN", seat=agent)[0].id == "forgot"
    assert not objections.find("木佬佬", "zh_CN")


@pytest.mark.parametrize("pack", [LEXICON, SHORT_FORMS, SPEECH])
def test_a_word_list_with_a_fault_is_not_handed_in(lead, pack):
    draft = workshop.copy(lead, state_of(lead, pack))
    ((name, text),) = draft.files.items()
    broken = with_file(draft, name, f"{text}\n[surprise]\nx = 1\n")
    line = text.count("\n") + 2
    assert [(fault.file, fault.line) for fault in workshop.check(broken)] == [(name, line)]
    with pytest.raises(Refused) as refused:
        workshop.hand_in(lead, broken)
    assert refused.value.message.code == "packs.has_faults"


def test_a_draft_of_words_is_tried_before_anybody_works_by_it(lead):
    draft = workshop.copy(lead, state_of(lead, LEXICON))
    text = draft.files["lexicon.toml"].replace('"老赖",', '"老赖", "铁公鸡",', 1)
    check = workshop.words(with_file(draft, "lexicon.toml", text), "zh_CN").check
    assert check.blocks("铁公鸡")
    assert not check.check("铁公鸡", quoted=True)
    assert check.check("卡号 4111 1111 1111 1111", quoted=True)  # a number is none the better for being quoted
    forms = workshop.words(workshop.copy(lead, state_of(lead, SHORT_FORMS)), "zh_CN").short_forms
    assert by_name(forms)["ptp"].startswith("本人承诺")
    for pack in (SPEECH, (PackKind.OBJECTIONS, "cards")):
        finder = workshop.words(workshop.copy(lead, state_of(lead, pack)), "zh_CN").finder
        assert finder.find("我忘记还款了")[0].id == "forgot"
    with pytest.raises(Refused):
        workshop.words(workshop.copy(lead, state_of(lead)), "en")


def test_released_rules_decide(lead, legal, agent, debtor):
    """The day begins at 11 by the team's own rules: at ten nobody is called any more."""
    who = debtor()
    assert cases.open_case(agent, who).next_number
    draft = workshop.copy(lead, state_of(lead, (PackKind.RULES, "cn-card")))
    text = draft.files["cn-card.toml"]
    assert 'start = "08:00"' in text
    draft = with_file(draft, "cn-card.toml", text.replace('start = "08:00"', 'start = "11:00"'))
    workshop.hand_in(lead, draft)
    assert cases.open_case(agent, who).next_number  # not released yet
    workshop.release(legal, state_of(legal, (PackKind.RULES, "cn-card"), version=draft.version))
    case = cases.open_case(agent, who)
    assert case.next_number is None
    with pytest.raises(GateRefused) as refused:
        calling.begin(agent, debtor_id=who, phone_id=case.file.phones[0].id)
    assert agent.local(refused.value.decision.next_allowed_at).hour == 11


def test_released_answers_are_the_ones_found(lead, legal, agent):
    draft = workshop.copy(lead, state_of(lead, (PackKind.OBJECTIONS, "cards")))
    title = objections.cards("zh_CN", agent)["forgot"].title
    draft = with_file(
        draft, "zh_CN.toml", draft.files["zh_CN.toml"].replace(f'title = "{title}"', 'title = "一时忘了"')
    )
    workshop.hand_in(lead, draft)
    assert objections.cards("zh_CN", agent)["forgot"].title == title
    workshop.release(legal, state_of(legal, (PackKind.OBJECTIONS, "cards"), version=draft.version))
    assert objections.cards("zh_CN", agent)["forgot"].title == "一时忘了"
    assert "一时忘了" in {hit.title for hit in objections.find("我忘记还款了", "zh_CN", seat=agent)}
    assert objections.cards("zh_CN")["forgot"].title == title


def test_only_what_is_open_to_the_person_is_offered(manager, lead, legal, agent):
    first = state_of(lead)
    assert choices(lead, first) == {PackAct.COPY}
    assert choices(legal, first) == {PackAct.WITHDRAW}
    assert choices(agent, first) == set()
    assert choices(lead, workshop.copy(lead, first)) == {PackAct.HAND_IN, PackAct.GIVE_UP}
    second = handed_in(lead)
    assert choices(lead, second) == {PackAct.COPY, PackAct.TAKE_BACK}
    assert choices(legal, second) == {PackAct.RETURN, PackAct.RELEASE}
    workshop.release(legal, second)
    earlier = state_of(lead, version="2026.1")
    assert choices(lead, earlier) == {PackAct.COPY, PackAct.HAND_IN}
    assert choices(legal, earlier) == {PackAct.HAND_IN}
    workshop.propose(legal, earlier, "回到旧版")
    assert choices(legal, state_of(legal, version="2026.1")) == {PackAct.TAKE_BACK}
    assert choices(manager, state_of(manager, version="2026.1")) == {PackAct.COPY, PackAct.RETURN, PackAct.RELEASE}
