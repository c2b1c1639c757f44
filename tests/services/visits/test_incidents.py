import functools
import io
from dataclasses import replace

import pypdf
import pytest

from collector_desk.documents.signing import new_identity
from collector_desk.domain.message import Refused
from collector_desk.domain.visits.incidents import IncidentKind
from collector_desk.domain.vocabulary import Flag, Role
from collector_desk.services.book import cases
from collector_desk.services.office import certificates
from collector_desk.services.permits import tasks
from collector_desk.services.visits import incidents, signing
from tests.samples import visit_story

_new_identity = functools.cache(new_identity)


@pytest.fixture(autouse=True)
def _one_key(monkeypatch):
    monkeypatch.setattr(certificates, "new_identity", _new_identity)


STORIES = {"visit": visit_story.AT_THE_DOOR}


@pytest.fixture
def visit(told):
    return told


def written(seat, incident_id, **changes):
    report = incidents.load(seat, incident_id).report
    told = replace(
        report, happened="对方持木棍堵在门口，声称不许离开。", done="立即退出并拨打 110，已电话告知主管。"
    )
    incidents.write(seat, incident_id, replace(told, **changes))


def test_two_taps_put_it_on_top_of_the_leads_list(manager, team, visit):
    incident_id, changes = incidents.begin(team[0], IncidentKind.THREAT, visit_id=visit)
    assert visit in changes.visits
    first = tasks.open_tasks(manager)[0]
    assert (first.kind, first.due_at, first.opened_by) == ("incident", manager.now(), team[0].person.id)
    found = incidents.of_task(manager, first.id)
    assert (found.id, found.number, first.note) == (incident_id, "K7M-E1001", "K7M-E1001")
    assert found.report.place == visit_story.ADDRESS


def test_danger_to_a_life_pauses_contact_until_a_lead_releases_it(manager, team, visit):
    incident_id, changes = incidents.begin(team[0], IncidentKind.RISK_TO_LIFE, visit_id=visit)
    (debtor_id,) = changes.debtors
    assert Flag.VULNERABLE in cases.open_case(manager, debtor_id).file.flags
    task = incidents.load(manager, incident_id).task_id
    tasks.settle(manager, task, approve=True, reason="已联系家属，本人平安")
    assert Flag.VULNERABLE not in cases.open_case(manager, debtor_id).file.flags
    assert incidents.incidents(manager, open_only=True) == ()


def test_who_reported_it_does_not_settle_it(manager, visit):
    incident_id, _ = incidents.begin(manager, IncidentKind.DATA_LEAK, visit_id=visit)
    task = incidents.load(manager, incident_id).task_id
    with pytest.raises(Refused) as refused:
        tasks.settle(manager, task, approve=True, reason="无事")
    assert refused.value.message.code == "office.own_proposal"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"happened": " "}, "happened"),
        ({"done": ""}, "done"),
        ({"injured": True}, "injury"),
        ({"police_called": True}, "police"),
        ({"safe": False}, "needs"),
    ],
)
def test_what_is_missing_is_named(team, visit, changes, field):
    incident_id, _ = incidents.begin(team[0], IncidentKind.THREAT, visit_id=visit)
    with pytest.raises(Refused) as refused:
        written(team[0], incident_id, **changes)
    assert refused.value.field_name == field
    assert incidents.load(team[0], incident_id).report.version == 0


def test_a_later_version_keeps_the_kind_and_only_those_concerned_read_it(manager, agent, seat_of, team, visit):
    incident_id, _ = incidents.begin(team[0], IncidentKind.THREAT, visit_id=visit)
    written(team[0], incident_id, kind=IncidentKind.OTHER)
    written(team[1], incident_id, police_called=True, police="示例派出所，警情 0012")
    report = incidents.load(manager, incident_id).report
    assert (report.version, report.kind, report.police) == (2, IncidentKind.THREAT, "示例派出所，警情 0012")
    for seat in (agent, seat_of("孙旁人", Role.VISITOR)):
        with pytest.raises(Refused):
            incidents.load(seat, incident_id)
        assert incidents.incidents(seat) == ()


def test_its_paper_is_signed_and_names_no_debtor(manager, team, visit):
    incident_id, _ = incidents.begin(team[0], IncidentKind.REFUSED_EXIT, visit_id=visit)
    with pytest.raises(Refused):
        incidents.paper(team[0], incident_id, "zh_CN")
    written(team[0], incident_id)
    paper = incidents.paper(team[0], incident_id, "zh_CN")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.data)).pages)
    assert "对方持木棍堵在门口" in text.replace("\n", "")
    assert "朱雪彩" not in text
    checked = signing.verify(manager, paper.data)
    assert checked.found.ours
    assert checked.kept
    assert (checked.found.number, checked.found.version) == (paper.number, 1)
    assert incidents.paper(manager, incident_id, "zh_CN").data == paper.data


def test_keeping_the_report_never_drops_what_the_other_typed(team, visit):
    first, second = team
    incident_id, _ = incidents.begin(first, IncidentKind.THREAT, visit_id=visit)
    base = incidents.typed(second, incident_id).content
    incidents.save_draft(second, incident_id, base | {"witnesses": "保安李师傅"}, base=base, window="b")
    with pytest.raises(Refused) as refused:
        written(first, incident_id)
    assert refused.value.field_name == "witnesses"
    written(first, incident_id, witnesses="保安李师傅、邻居一名")
    assert incidents.load(first, incident_id).report.version == 1
    late = incidents.save_draft(second, incident_id, base | {"people": "赵同行"}, base=base, window="b")
    assert late.content["witnesses"] == "保安李师傅、邻居一名"
    assert late.content["people"] == "赵同行"
