import functools
import hashlib
import json
import zipfile
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from collector_desk.documents.signing import new_identity
from collector_desk.domain.message import Refused
from collector_desk.domain.office.proof import FaultKind
from collector_desk.resources import home_folder
from collector_desk.services.office import backup, certificates, people, witness
from collector_desk.services.visits import bundle as visit_bundle
from collector_desk.services.visits import signing, visiting
from collector_desk.store import tables as t
from tests.samples import visit_story
from tests.samples.put_back import aside, put_back
from tests.samples.store import PASSWORD
from tests.samples.stories import Story

_new_identity = functools.cache(new_identity)  # the key of three thousand bits is made once for all tests


@pytest.fixture(autouse=True)
def _one_key(monkeypatch):
    monkeypatch.setattr(certificates, "new_identity", _new_identity)


def signed(cast):
    """Both sign what they found at the door."""
    visit_id = visit_story.at_the_door(cast)
    visit_story.signed(cast.team, visit_id)
    return visit_id


STORIES = {"handed_in": Story(("agent", "team"), signed)}


@pytest.fixture
def handed_in(told):
    """A visit whose report both have signed; returns its id."""
    return told


@pytest.fixture
def accepted(manager, handed_in):
    visiting.review(manager, handed_in, accepted=True, words="内容完整")
    return handed_in


def test_the_identity_is_made_once_and_a_new_one_before_it_ends(manager, clock):
    first = certificates.identity(manager)
    assert certificates.identity(manager) == first
    clock.forward(days=365 * 10)
    second = certificates.identity(manager)
    assert second.certificate != first.certificate
    assert certificates.certificates(manager) == (first.certificate, second.certificate)
    with manager.store.read() as conn:
        keys = (
            conn.execute(select(t.signing_identity.c.private_key).order_by(t.signing_identity.c.id)).scalars().all()
        )
    assert keys == [None, second.key]  # nobody can sign in the name of the old one any more


def test_every_later_look_shows_the_same_bytes(manager, accepted, clock):
    first = signing.final_report(manager, accepted, "zh_CN")
    clock.forward(days=30)
    again = signing.final_report(manager, accepted, "zh_CN")
    assert again.data == first.data
    assert first.sha256 == hashlib.sha256(first.data).hexdigest()
    assert first.file_name == f"{first.number}-v1.pdf"
    english = signing.final_report(manager, accepted, "en")
    assert english.data != first.data


def test_the_signed_and_the_accepted_report_are_two_papers(manager, handed_in):
    signed = signing.final_report(manager, handed_in, "en")
    visiting.review(manager, handed_in, accepted=True, words="内容完整")
    accepted = signing.final_report(manager, handed_in, "en")
    assert accepted.data != signed.data
    for paper in (signed, accepted):
        assert signing.verify(manager, paper.data).kept


def test_an_unsigned_report_is_never_sealed(manager, agent, debtor, team, clock):
    visit_id = visit_story.requested(agent, debtor(days=75))
    visit_story.planned(manager, team, visit_id)
    clock.forward(days=1)
    visit_story.arrived(team, visit_id)
    visiting.hand_in(team[0], visit_id, visit_story.not_found(team))
    with pytest.raises(Refused) as refused:
        signing.final_report(manager, visit_id, "en")
    assert refused.value.message.code == "visits.signing.not_final"


def test_verifying_tells_ours_from_changed_and_from_strangers(manager, accepted):
    paper = signing.final_report(manager, accepted, "zh_CN")
    good = signing.verify(manager, paper.data)
    assert (good.found.ours, good.found.unchanged, good.kept) == (True, True, True)
    assert (good.found.number, good.found.version, good.newer_version) == (paper.number, 1, None)
    assert [name for name, _ in good.signers] == ["王走访", "赵同行"]
    broken = bytearray(paper.data)
    broken[len(broken) // 2] ^= 1
    bad = signing.verify(manager, bytes(broken))
    assert not (bad.found.ours and bad.found.unchanged)
    assert (bad.kept, bad.signers) == (False, ())
    assert not signing.verify(manager, b"no pdf").found.ours


def test_the_bundle_holds_the_very_papers_of_the_store(manager, accepted, tmp_path):
    out = tmp_path / "bank.zip"
    steps = []
    assert visit_bundle.bundle(manager, "XK202611-01", out, "en", lambda *step: steps.append(step) or True) == 1
    assert steps == [(1, 1)]
    paper = signing.final_report(manager, accepted, "en")
    with zipfile.ZipFile(out) as bundle:
        assert bundle.read(paper.file_name) == paper.data
        rows = list(load_workbook(bundle.open("list.xlsx")).active.values)
    assert rows[1][0] == paper.number
    assert rows[1][6] == paper.sha256
    with manager.store.read() as conn:
        assert ("export", accepted) in conn.execute(select(t.access.c.what, t.access.c.subject_id)).all()


def test_a_bundle_is_refused_or_stopped_without_a_trace(manager, agent, handed_in, tmp_path):
    out = tmp_path / "bank.zip"
    for seat, number, code in (
        (agent, "XK202611-01", "office.not_allowed"),
        (manager, "XK-none", "visits.visit_bundle.no_placement"),
        (manager, "XK202611-01", "visits.visit_bundle.empty"),
    ):
        with pytest.raises(Refused) as refused:
            visit_bundle.bundle(seat, number, out, "en")
        assert refused.value.message.code == code
    visiting.review(manager, handed_in, accepted=True, words="内容完整")
    assert visit_bundle.bundle(manager, "XK202611-01", out, "en", lambda *_: False) == 0
    assert list(tmp_path.glob("bank*")) == []
    out.write_bytes(b"theirs")
    with pytest.raises(Refused) as refused:
        visit_bundle.bundle(manager, "XK202611-01", out, "en")
    assert refused.value.message.code == "documents.outgoing.exists"
    assert out.read_bytes() == b"theirs"


def test_what_a_crash_left_of_a_bundle_is_in_nobodys_way(manager, accepted, tmp_path):
    """Killed midway there is a part and no zip; the papers made until then are kept and not made again."""
    out = tmp_path / "bank.zip"
    before = signing.final_report(manager, accepted, "en")
    (tmp_path / ".collector-desk-dead.part").write_bytes(b"PK half a zip")
    assert visit_bundle.bundle(manager, "XK202611-01", out, "en") == 1
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["bank.zip"]
    with zipfile.ZipFile(out) as bundle:
        assert bundle.testzip() is None
        assert bundle.read(before.file_name) == before.data
        cells = [cell for row in load_workbook(bundle.open("list.xlsx")).active.values for cell in row if cell]
    assert not any(str(cell).startswith(("=", "+", "-", "@")) for cell in cells)


def test_the_command_line_says_ours_or_what_is_wrong(manager, accepted, clock, tmp_path, monkeypatch, capsys):
    from collector_desk.commands.run import run_commands

    monkeypatch.setattr(people, "SystemClock", lambda: clock)
    monkeypatch.setenv("COLLECTOR_DESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("COLLECTOR_DESK_LANG", "en")
    store = ["--store", str(manager.store.folder), "--user", "林主管"]
    paper = signing.final_report(manager, accepted, "zh_CN")
    file = tmp_path / "report.pdf"
    file.write_bytes(paper.data)

    def run(*arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["collector-desk", "visit", *arguments, *store])
        return run_commands()

    assert run("verify", str(file), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["ours"]
    assert said["unchanged"]
    assert said["kept"]
    assert (said["number"], said["version"]) == (paper.number, 1)
    assert [one["name"] for one in said["signers"]] == ["王走访", "赵同行"]
    file.write_bytes(paper.data.replace(b"CollectorDesk", b"CollectorDisk", 1))
    assert run("verify", str(file)) == 1
    assert capsys.readouterr().out.strip()
    assert run("verify", str(tmp_path / "none.pdf")) == 1
    out = tmp_path / "all.zip"
    assert run("bundle", "--placement", "XK202611-01", "--out", str(out)) == 0
    assert "1 reports" in capsys.readouterr().out
    assert out.is_file()


def test_an_older_version_is_known_as_replaced(manager, team, handed_in, clock):
    old = signing.final_report(team[0], handed_in, "en")
    visiting.review(manager, handed_in, accepted=False, words="请补充门牌情况")
    clock.forward(minutes=5)
    visiting.hand_in(team[1], handed_in, visit_story.not_found(team, arrived_at=manager.now() - timedelta(hours=1)))
    checked = signing.verify(manager, old.data)
    assert (checked.found.version, checked.newer_version) == (1, 2)
    assert len(checked.signers) == 2


def test_a_report_s_pdf_tells_of_a_store_and_all_its_marks_put_back_together(manager, handed_in, clock, tmp_path):
    """What this computer can't notice (docs/security.md): the paper outside saw a line that is gone."""
    folder, marks = manager.folder, home_folder() / "marks"
    before, of_before = aside(folder), aside(marks)
    visiting.review(manager, handed_in, accepted=True, words="内容完整")
    paper = tmp_path / "report.pdf"
    paper.write_bytes(signing.final_report(manager, handed_in, "en").data)
    assert backup.verify(manager, witnesses=[witness.read(str(paper))]).ok
    manager.store.close()
    put_back(before, folder)
    put_back(of_before, marks)
    seat = people.sign_in(folder, manager.person.id, PASSWORD, clock=clock)
    assert seat.standing.doubt is None
    told = backup.verify(seat, witnesses=[witness.read(str(paper))])
    assert [(one.fault, one.table) for one in told.findings] == [(FaultKind.WITNESS, "report.pdf")]
    seat.store.close()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("nothing-here.pdf", "office.witness_missing"),
        ("12-zz", "office.witness_missing"),  # mistyped from the paper: the sentence says how it looks
        ("a-folder", "office.witness_missing"),
        ("no.pdf", "office.no_witness"),
        ("text.pdf", "office.no_witness"),
    ],
)
def test_what_saw_nothing_is_no_witness(given, code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "no.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "text.pdf").write_bytes(b"a letter")
    (tmp_path / "a-folder").mkdir()
    with pytest.raises(Refused) as caught:
        witness.read(given)
    assert caught.value.message.code == code
