import io

import pypdf
import pytest
from sqlalchemy import select

from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Role
from collector_desk.services.permits import tasks
from collector_desk.services.visits import incidents, rounds, take_along
from collector_desk.store import tables as t
from tests.samples import visit_story
from tests.samples.stories import Story

HOME = "广州市天河区和平街25号9栋2601室"
NEAR = "广州市天河区和平街3号1栋101室"


def planned(cast):
    """Two visits of one pair tomorrow, the farther house first."""
    first = visit_story.requested(cast.agent, cast.debtor("朱雪彩", days=75), HOME)
    second = visit_story.requested(cast.agent, cast.debtor("欧阳明哲", days=80), NEAR)
    visit_story.planned(cast.manager, cast.team, first, hours=24, address=HOME)
    visit_story.planned(cast.manager, cast.team, second, hours=26, address=NEAR)
    return first, second


STORIES = {"two": Story(("agent", "team"), planned)}


@pytest.fixture
def two(told):
    """The ids of the two."""
    return told


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_page_for_the_round_and_one_for_each_case(manager, team, two, lang):
    made = take_along.make(manager, two, team[0].person.id, lang)
    pages = text_of(made.pack.data)
    assert len(pages) == made.pack.pages == 3
    assert "欧阳明哲" in pages[1]  # house 3 is gone to before house 25
    assert "朱雪彩" in pages[2]
    assert "某某银行" in pages[2]
    assert all(made.number in page for page in pages)
    assert "朱雪彩" not in pages[0]  # the round sheet lies open on the way: surnames only
    assert "某某银行" not in pages[0]
    assert made.number == "K7M-P1001"


def test_the_letter_names_no_debtor_bank_or_debt(manager, team, two):
    made = take_along.make(manager, two, team[0].person.id, "zh_CN")
    (letter,) = text_of(made.letter.data)
    assert "王走访" in letter
    assert "赵同行" in letter
    for private in ("朱", "欧阳", "银行", "欠款", "和平街", "催收员"):
        assert private not in letter.replace("示例催收服务有限公司", "")


def test_what_is_said_before_identity_names_no_bank(manager, team, two):
    made = take_along.make(manager, two, team[0].person.id, "zh_CN")
    page = text_of(made.pack.data)[1].replace("\n", "")
    said = page[page.index("“您好，我是") :]
    assert "某某银行" not in said
    assert "示例服务中心" in said


def test_a_pack_is_out_until_somebody_else_ticks_it_off(manager, team, two, clock):
    made = take_along.make(manager, two, team[0].person.id, "en")
    (row,) = take_along.packs(manager, out_only=True)
    assert (row.number, row.holder, row.visits, row.pages, row.state) == (made.number, "王走访", 2, 3, "out")
    assert not row.overdue
    clock.forward(days=2)
    assert take_along.packs(team[0])[0].overdue
    assert take_along.packs(team[1]) == ()
    with pytest.raises(Refused) as refused:
        take_along.make(manager, two, team[0].person.id, "en")
    assert refused.value.message.code == "visits.take_along.still_out"
    with pytest.raises(Refused):
        take_along.take_back(team[0], made.id)
    take_along.take_back(manager, made.id)
    assert take_along.packs(manager)[0].state == "returned"
    with pytest.raises(Refused) as refused:
        take_along.take_back(manager, made.id)
    assert refused.value.message.code == "visits.take_along.back_already"


def test_a_lost_pack_is_an_incident_at_once(manager, team, two):
    made = take_along.make(manager, two, team[0].person.id, "en")
    with pytest.raises(Refused):
        take_along.take_back(manager, made.id, lost=True)
    take_along.take_back(manager, made.id, lost=True, words="在地铁上遗失")
    assert [task.kind for task in tasks.open_tasks(manager)] == ["incident"]


def test_the_numbered_copy_is_shown_again_as_issued_and_the_look_is_history(manager, team, two, clock):
    made = take_along.make(manager, two, team[0].person.id, "zh_CN")
    clock.forward(days=3)
    again = take_along.copy_of(manager, made.id)
    assert (again.number, again.pack, again.letter) == (made.number, made.pack.data, made.letter.data)
    assert take_along.copy_of(team[0], made.id).pack == again.pack
    with pytest.raises(Refused):
        take_along.copy_of(team[1], made.id)  # it is the other one's, by name
    with manager.store.read() as conn:
        looks = conn.execute(select(t.access.c.subject_id).where(t.access.c.what == "print")).scalars().all()
    assert len(looks) == 3 * len(two)


def test_an_overdue_pack_stands_on_the_leads_list_until_it_is_ticked_off(manager, team, two, clock):
    made = take_along.make(manager, two, team[0].person.id, "en")
    assert take_along.overdue(manager) == ()
    clock.forward(days=2)
    assert [row.number for row in take_along.overdue(manager)] == [made.number]
    take_along.take_back(manager, made.id)
    assert take_along.overdue(manager) == ()


def test_losing_a_pack_and_its_incident_are_one_act(manager, team, two, monkeypatch):
    made = take_along.make(manager, two, team[0].person.id, "en")
    monkeypatch.setattr(incidents.tasks, "open_task", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take_along.take_back(manager, made.id, lost=True, words="在地铁上遗失")
    assert take_along.packs(manager)[0].state == "out", "never lost without an incident"
    monkeypatch.undo()
    take_along.take_back(manager, made.id, lost=True, words="在地铁上遗失")
    [one] = incidents.incidents(manager)
    assert one.report.happened == f"{made.number}: 在地铁上遗失"


def test_only_the_pair_and_one_day(manager, agent, team, two, seat_of, clock):
    stranger = seat_of("孙旁人", Role.VISITOR)
    for seat, ids, holder, code in (
        (manager, two, stranger.person.id, "visits.take_along.not_your_round"),
        (stranger, two, team[0].person.id, "office.not_allowed"),
        (manager, (), team[0].person.id, "visits.take_along.no_visits"),
    ):
        with pytest.raises(Refused) as refused:
            take_along.make(seat, ids, holder, "en")
        assert refused.value.message.code == code
    take_along.make(team[1], two, team[0].person.id, "en")  # who goes may make it too
    with manager.store.read() as conn:
        taken = conn.execute(select(t.access.c.subject_id).where(t.access.c.what == "print")).scalars().all()
    assert sorted(taken) == sorted(two)


def test_the_round_by_address_by_hand_and_with_spares(manager, agent, team, two, debtor, seat_of):
    first, second = two
    day = manager.local(manager.now()).date().replace(day=24)
    waits = visit_story.requested(agent, debtor("孙某", days=90), "广州市天河区和平街9号")
    visit_story.requested(agent, debtor("周某", days=90), "广州市越秀区中山路9号")
    plan = rounds.day_plan(manager, day)
    (one,) = plan.rounds
    assert [stop.visit_id for stop in one.stops] == [second, first]
    assert [stop.early for stop in one.stops] == [False, True]
    assert [wait.visit_id for wait in plan.waiting] == [waits]
    assert plan.names[team[0].person.id] == "王走访"
    rounds.put_in_order(manager, day, (first, second), (second,))
    (one,) = rounds.day_plan(team[0], day).rounds
    assert [(stop.visit_id, stop.spare) for stop in one.stops] == [(first, False), (second, True)]
    assert rounds.day_plan(seat_of("孙旁人", Role.VISITOR), day).rounds == ()
    with pytest.raises(Refused) as refused:
        rounds.put_in_order(manager, day, (waits,))
    assert refused.value.message.code == "visits.rounds.other_visits"
    with pytest.raises(Refused):
        rounds.put_in_order(agent, day, (first,))
