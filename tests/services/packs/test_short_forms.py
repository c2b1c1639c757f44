"""Short forms people add: who may, what is refused, what others see, and that nothing of it is overwritten."""

import pytest
from sqlalchemy import select, text

from collector_desk.domain.calls.short_forms import MAX_TEXT, FormWish, Whose, by_name
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Role
from collector_desk.services.packs import short_forms
from collector_desk.store import tables as t
from collector_desk.store.tables.history import journal

PLAIN = FormWish("/回访", "约好 … 回访，已说明官方渠道。")


PEOPLE = {"lead": (("周组长", frozenset({Role.LEAD})),), "other": (("王小二", frozenset({Role.AGENT})),)}


@pytest.fixture
def lead(seat_of):
    return seat_of("周组长", Role.LEAD)


@pytest.fixture
def other(seat_of):
    return seat_of("王小二", Role.AGENT)


def refused_code(seat, wish, form_id="", **how):
    with pytest.raises(Refused) as refused:
        short_forms.save(seat, wish, form_id, **how)
    return refused.value.message.code, refused.value.field_name


def lines(seat):
    with seat.store.read() as conn:
        return conn.execute(select(t.short_form).order_by(t.short_form.c.id)).all()


def test_ones_own_act_for_oneself_alone(agent, other):
    form_id, changes = short_forms.save(agent, PLAIN)
    assert changes == Changes(settings=True)
    assert by_name(short_forms.usable(agent, "zh_CN"))["回访"] == PLAIN.text
    assert by_name(short_forms.usable(agent, "en"))["回访"] == PLAIN.text
    assert "回访" not in by_name(short_forms.every(other, "zh_CN"))
    for act in (
        lambda: short_forms.save(other, PLAIN, form_id),
        lambda: short_forms.delete(other, form_id),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.message.code == "packs.short_forms.gone"
    short_forms.save(other, PLAIN)  # the same name of their own


def test_a_change_and_a_deletion_are_new_lines_with_their_line_of_the_journal(agent):
    form_id, _ = short_forms.save(agent, PLAIN)
    changed, _ = short_forms.save(agent, FormWish("hf", PLAIN.text), form_id)
    assert changed == form_id
    assert "回访" not in by_name(short_forms.usable(agent, "zh_CN"))
    short_forms.delete(agent, form_id)
    assert "hf" not in by_name(short_forms.usable(agent, "zh_CN"))
    kept = lines(agent)
    assert [(row.name, row.gone) for row in kept] == [("回访", False), ("hf", False), ("hf", True)]
    with agent.store.read() as conn:
        kinds = conn.execute(
            select(journal.c.kind).where(journal.c.row_id.in_([row.id for row in kept])).order_by(journal.c.seq)
        ).scalars()
        assert list(kinds) == ["short_form.save", "short_form.save", "short_form.delete"]
    with pytest.raises(Exception, match="written once"), agent.store.write() as conn:
        conn.execute(text("UPDATE short_form SET name = 'x'"))
    with pytest.raises(Refused) as refused:
        short_forms.delete(agent, form_id)
    assert refused.value.message.code == "packs.short_forms.gone"
    assert refused_code(agent, PLAIN, form_id)[0] == "packs.short_forms.gone"


def test_the_teams_are_a_leads(agent, lead, manager):
    team = FormWish("tt", "已转主管跟进。", team=True)
    assert refused_code(agent, team)[0] == "office.not_allowed"
    form_id, _ = short_forms.save(lead, team)
    (form,) = [one for one in short_forms.usable(agent, "en") if "tt" in one.names]
    assert (form.whose, form.text) == (Whose.TEAM, team.text)
    with pytest.raises(Refused) as refused:
        short_forms.delete(agent, form_id)
    assert refused.value.message.code == "office.not_allowed"
    # one's own may stand in its place, for oneself
    mine = FormWish("tt", "我自己来跟进。")
    assert refused_code(agent, mine) == ("packs.short_forms.team_has_it", "name")
    short_forms.save(agent, FormWish("tt", mine.text, replaces=True))
    assert by_name(short_forms.usable(agent, "zh_CN"))["tt"] == mine.text
    assert by_name(short_forms.usable(lead, "zh_CN"))["tt"] == team.text
    short_forms.delete(lead, form_id)
    assert "tt" not in by_name(short_forms.usable(lead, "zh_CN"))


def test_who_makes_no_calls_adds_none(seat_of):
    legal = seat_of("许法务", Role.LEGAL)
    assert refused_code(legal, PLAIN)[0] == "office.not_allowed"


def test_a_shipped_name_is_taken_only_where_one_says_so(agent, lead):
    assert refused_code(agent, FormWish("ptp", PLAIN.text)) == ("packs.short_forms.shipped_has_it", "name")
    team = FormWish("忙", PLAIN.text, team=True, replaces=True)
    assert refused_code(lead, team) == ("packs.short_forms.shipped_for_team", "name")
    form_id, _ = short_forms.save(agent, FormWish("PTP", PLAIN.text, replaces=True))
    assert short_forms.replaces(agent, form_id)
    codes = by_name(short_forms.usable(agent, "zh_CN"))
    assert codes["ptp"] == PLAIN.text
    assert codes["承诺"].startswith("本人承诺")
    short_forms.save(agent, FormWish("ptp", "改过的一句话。", replaces=True), form_id)  # itself is no clash


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("这人是老赖。", "packs.wording.insult"),
        ("卡号4111111111111111", "packs.wording.card_number"),
        ("身份证110101199003070038", "packs.wording.identity_number"),
        ("已告知其家人欠款", "packs.wording.disclosure"),
        ("好" * (MAX_TEXT + 1), "packs.short_forms.too_long"),
        ("约好\u202e明天", "packs.short_forms.hidden"),
    ],
)
def test_words_that_are_refused_leave_nothing_behind(agent, words, code):
    assert refused_code(agent, FormWish("hf", words), knowingly=True) == (code, "text")
    assert lines(agent) == []


def test_what_looks_like_somebodys_data_wants_a_second_save(agent, debtor):
    debtor("欧阳锦")
    for words in ("致电 13900000000 核实。", "工单 4400123 已登记。", "欧阳锦约好明天还。"):
        assert refused_code(agent, FormWish("hf", words)) == ("packs.short_forms.confirm", "text")
        assert short_forms.check(agent, FormWish("hf", words)).warnings
    assert not short_forms.check(agent, FormWish("hf", "欧阳先生约好明天还。")).warnings
    short_forms.save(agent, FormWish("hf", "工单 4400123 已登记。"), knowingly=True)


def test_markup_is_kept_as_it_is_typed(agent):
    words = "<b>约好</b> {amount} %s '; DROP TABLE short_form; --"
    short_forms.save(agent, FormWish("hf", words))
    assert by_name(short_forms.usable(agent, "en"))["hf"] == words


def test_there_is_an_end_to_them(agent, monkeypatch):
    monkeypatch.setattr(short_forms, "MOST", 1)
    form_id, _ = short_forms.save(agent, PLAIN)
    assert refused_code(agent, FormWish("hf", PLAIN.text))[0] == "packs.short_forms.too_many"
    short_forms.save(agent, FormWish("hf", PLAIN.text), form_id)
