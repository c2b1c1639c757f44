"""Papers as they are kept, and packs that were handed out."""

import hashlib
from datetime import date, timedelta

import pytest

from collector_desk.store import tables as t
from collector_desk.store.journal import erase_row
from collector_desk.store.numbers import own
from collector_desk.store.visits.papers import carried_packs, handed_out, kept_paper, whose_paper
from tests.samples.ids import an_id
from tests.samples.rows import AT

DAY = date(2026, 11, 24)
OF = {"kind": "report", "subject_id": an_id("visit"), "language": "en", "content_hash": "c" * 64}


@pytest.fixture
def paper(filed):
    def make(content: bytes = b"%PDF", sha256: str = "", **of: str) -> str:
        of = OF | of
        return filed(
            t.paper,
            paper_kind=of.pop("kind"),
            content=content,
            sha256=sha256 or hashlib.sha256(content).hexdigest(),
            version=2,
            pages=3,
            **of,
        )

    return make


def test_a_paper_is_found_by_exactly_what_it_is_of(conn, paper):
    paper()
    paper(b"other", language="zh_CN")
    found = kept_paper(conn, **OF)
    assert (found.content, found.pages, found.version, found.intact) == (b"%PDF", 3, 2, True)
    for name, value in {"kind": "incident", "subject_id": an_id("x"), "content_hash": "d" * 64}.items():
        assert kept_paper(conn, **OF | {name: value}) is None


def test_a_paper_whose_bytes_are_others_is_not_intact_and_an_erased_one_is_gone(conn, paper):
    paper_id = paper(sha256="e" * 64)
    assert not kept_paper(conn, **OF).intact
    erase_row(conn, t.paper, paper_id, actor_id=an_id("who"), at=AT)
    assert kept_paper(conn, **OF) is None


def test_whose_paper_bytes_are(conn, paper):
    paper(b"one", kind="incident", subject_id=an_id("incident"))
    assert whose_paper(conn, hashlib.sha256(b"one").hexdigest()) == ("incident", an_id("incident"))
    assert whose_paper(conn, "0" * 64) is None


@pytest.fixture
def pack(filed):
    def make(day: date = DAY, *, holder: str = "", back: str = "", pack: bytes = b"%PDF") -> str:
        made = filed(
            t.take_along,
            holder_id=holder or an_id("holder"),
            day=day,
            visits=[an_id("v1"), an_id("v2")],
            pages=4,
            sha256=hashlib.sha256(b"%PDF").hexdigest(),
            pack=pack,
            letter=b"letter",
        )
        if back:
            filed(t.take_along_back, pack_id=made, state=back, taken_by=an_id("lead"))
        return made

    return make


def test_packs_still_out_come_first_the_oldest_on_top(conn, pack, filed):
    who = filed(t.person, name="王走访", roles=[])
    home, today, late = pack(back="lost"), pack(holder=who), pack(DAY - timedelta(days=1))
    found = carried_packs(conn, today=DAY)
    assert [one.id for one in found] == [late, today, home]
    assert [one.state for one in found] == ["out", "out", "lost"]
    assert [one.overdue for one in found] == [True, False, False]
    assert (found[1].holder, found[1].visits, found[1].pages, found[1].made_at) == ("王走访", 2, 4, AT)
    assert [one.id for one in carried_packs(conn, today=DAY, out_only=True)] == [late, today]
    assert [one.id for one in carried_packs(conn, today=DAY, holder_id=who)] == [today]


def test_an_erased_pack_is_one_line_without_its_papers(conn, pack):
    pack_id = pack()
    erase_row(conn, t.take_along, pack_id, actor_id=an_id("who"), at=AT)
    assert [one.id for one in carried_packs(conn, today=DAY)] == [pack_id]
    assert handed_out(conn, pack_id).pack is None


def test_a_pack_as_it_was_handed_out(conn, pack):
    out, damaged = pack(), pack(back="returned", pack=b"%PDF.")
    found = handed_out(conn, out)
    assert (found.pack, found.letter, found.visits) == (b"%PDF", b"letter", (an_id("v1"), an_id("v2")))
    assert (found.intact, found.back, found.holder_id) == (True, False, an_id("holder"))
    assert found.number.startswith(f"{own(conn).prefix}-P")
    other = handed_out(conn, damaged)
    assert (other.intact, other.back) == (False, True)
    assert handed_out(conn, an_id("none")) is None
