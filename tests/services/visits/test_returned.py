"""Papers and files of visits to debtors of whom everything went back: for leads and legal alone, by every way."""

import functools

import pytest

from collector_desk.documents.signing import new_identity
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Role
from collector_desk.services.office import certificates
from collector_desk.services.visits import bundle, evidence, papers, reading, signing, take_along, visiting
from tests.samples import visit_story
from tests.samples.stories import Story
from tests.samples.words_of_bank import WordsOfBank
from tests.services.visits.test_evidence import photo

_new_identity = functools.cache(new_identity)


@pytest.fixture(autouse=True)
def _one_key(monkeypatch):
    monkeypatch.setattr(certificates, "new_identity", _new_identity)


def lived(cast):
    """A pair took papers along, photographed, signed; the lead accepted. Returns visit, pack and photo."""
    visit_id = visit_story.requested(cast.agent, cast.debtor("朱雪彩", days=75))
    visit_story.planned(cast.manager, cast.team, visit_id)
    pack = take_along.make(cast.manager, (visit_id,), cast.team[0].person.id, "zh_CN").id
    cast.clock.forward(days=1)
    visit_story.arrived(cast.team, visit_id)
    piece = evidence.add(cast.team[0], visit_id, photo(), caption="和平街25号门牌")[0]
    visit_story.signed(cast.team, visit_id)
    visiting.review(cast.manager, visit_id, accepted=True, words="内容完整")
    return visit_id, pack, piece


STORIES = {"visited": Story(("agent", "team"), lived)}


@pytest.fixture
def visited(told):
    return told


@pytest.fixture
def gone(manager, visited, tmp_path):
    """All of the debtor's is recalled."""
    bank = WordsOfBank(manager, tmp_path)
    bank.recalls(reading.load(manager, visited[0]).debtor_id)
    return visited


WAYS = {
    "the report as it stands": lambda seat, visit, _pack, _piece: papers.report_pdf(seat, visit, "zh_CN"),
    "the signed report": lambda seat, visit, _pack, _piece: signing.final_report(seat, visit, "zh_CN"),
    "the pack taken along": lambda seat, _visit, pack, _piece: take_along.copy_of(seat, pack),
    "a photo": lambda seat, _visit, _pack, piece: evidence.shown(seat, piece),
    "a photo without its boxes": lambda seat, _visit, _pack, piece: evidence.unmasked(seat, piece),
    "the file as it came": lambda seat, _visit, _pack, piece: evidence.original(seat, piece),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_no_way_shows_it_to_the_pair_and_every_way_to_lead_and_legal(manager, seat_of, team, gone, way):
    with pytest.raises(Refused) as refused:
        way(team[0], *gone)
    assert refused.value.message.code == "visits.returned"
    way(manager, *gone)
    if way is not WAYS["the pack taken along"]:  # legal has no business with packs
        way(seat_of("周法务", Role.LEGAL), *gone)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_before_it_went_back_the_pair_sees_it_all(team, visited, way):
    way(team[0], *visited)


def test_what_is_listed_is_behind_masks(agent, manager, team, gone):
    visit_id, _, _ = gone
    assert [row.debtor_name for row in reading.rows(team[0])] == ["朱**"]
    assert [row.debtor_name for row in reading.rows(manager)] == ["朱雪彩"]
    seen, whole = reading.load(agent, visit_id), reading.load(manager, visit_id)
    assert seen.request.address == seen.plan.address == "****"
    assert whole.report.outcome_reason not in ("", "****")
    assert seen.report.outcome_reason == "****"
    assert (seen.state, seen.report.arrived_at) == (whole.state, whole.report.arrived_at)
    (piece,) = evidence.pieces(team[0], visit_id)
    assert (piece.facts.caption, piece.thumb, piece.facts.north_e6) == ("", b"", None)
    (piece,) = evidence.pieces(manager, visit_id)
    assert piece.facts.caption == "和平街25号门牌"
    assert piece.thumb


def test_a_manager_who_is_no_lead_writes_no_such_reports_out(seat_of, manager, gone, tmp_path):
    boss = seat_of("郑经理", Role.MANAGER)
    with manager.store.read() as conn:
        number = conn.exec_driver_sql("SELECT number FROM placement").scalar_one()
    with pytest.raises(Refused) as refused:
        bundle.bundle(boss, number, tmp_path / "out.zip", "zh_CN")
    assert refused.value.message.code == "visits.returned"
    assert not (tmp_path / "out.zip").exists()
    assert bundle.bundle(manager, number, tmp_path / "out.zip", "zh_CN") == 1


def test_who_stands_at_the_door_while_it_is_recalled_still_reports(manager, agent, team, debtor, clock, tmp_path):
    visit_id = visit_story.requested(agent, debtor("朱雪彩", days=75))
    visit_story.planned(manager, team, visit_id)
    clock.forward(days=1)
    visit_story.arrived(team, visit_id)
    WordsOfBank(manager, tmp_path).recalls(reading.load(manager, visit_id).debtor_id)
    assert reading.load(team[0], visit_id).plan.address != "****"
    assert reading.load(agent, visit_id).plan.address == "****"
    visit_story.signed(team, visit_id)
    assert papers.report_pdf(team[1], visit_id, "zh_CN").document.data
