"""What is being typed, as it is kept."""

from collector_desk.domain.states import DraftKind
from collector_desk.domain.text.merging import Beside, Common
from collector_desk.store import tables as t
from collector_desk.store.desk import drafts
from tests.samples.ids import an_id
from tests.samples.rows import AT

CALL, VISIT = DraftKind.CALL, DraftKind.VISIT
SUBJECT, OTHER = an_id("subject"), an_id("other")


def test_a_draft_comes_back_with_the_names_of_all_who_typed_at_it(conn, filed):
    first, second, third = (filed(t.person, name=name, roles=[]) for name in "甲乙丙")
    common = Common({"note": "一"}, {"note": second}, (Beside("note", third, "w2", "二"),))
    drafts.keep(conn, VISIT, SUBJECT, common, person_id=first, at=AT)
    found = drafts.read(conn, VISIT, SUBJECT)
    assert (found.kind, found.subject_id, found.content, found.saved_at) == (VISIT, SUBJECT, {"note": "一"}, AT)
    assert (found.by, found.authors, found.beside) == ("甲", {"note": second}, common.beside)
    assert found.names == {first: "甲", second: "乙", third: "丙"}
    assert not found.is_alone(first)
    assert drafts.read(conn, CALL, SUBJECT) is None
    assert drafts.read(conn, VISIT, OTHER) is None


def test_keeping_writes_over_this_draft_and_no_other(conn, filed):
    first, second = (filed(t.person, name=name, roles=[]) for name in "甲乙")
    for kind, subject in ((CALL, SUBJECT), (CALL, OTHER), (VISIT, SUBJECT)):
        drafts.keep(conn, kind, subject, Common({"note": "旧"}), person_id=first, at=AT)
    drafts.keep(conn, CALL, SUBJECT, Common({"note": "新"}), person_id=second, at=AT)
    found = drafts.read(conn, CALL, SUBJECT)
    assert (found.content, found.by) == ({"note": "新"}, "乙")
    assert drafts.read(conn, CALL, OTHER).content == drafts.read(conn, VISIT, SUBJECT).content == {"note": "旧"}


def test_ones_own_of_a_kind_come_the_last_begun_first(conn, filed):
    own, others = (filed(t.person, name=name, roles=[]) for name in "甲乙")
    subjects = sorted([SUBJECT, OTHER])
    for subject in subjects:
        drafts.keep(conn, CALL, subject, Common({}), person_id=own, at=AT)
    drafts.keep(conn, VISIT, SUBJECT, Common({}), person_id=own, at=AT)
    drafts.keep(conn, CALL, an_id("third"), Common({}), person_id=others, at=AT)
    found = drafts.of_person(conn, CALL, own)
    assert [one.subject_id for one in found] == subjects[::-1]
    assert {one.by for one in found} == {"甲"}


def test_a_draft_is_handed_over_with_all_that_was_typed(conn, filed):
    first, second = (filed(t.person, name=name, roles=[]) for name in "甲乙")
    drafts.keep(conn, CALL, SUBJECT, Common({"note": "一"}), person_id=first, at=AT)
    drafts.keep(conn, CALL, OTHER, Common({}), person_id=first, at=AT)
    drafts.hand_over(conn, CALL, SUBJECT, second)
    assert (drafts.read(conn, CALL, SUBJECT).by, drafts.read(conn, CALL, OTHER).by) == ("乙", "甲")
    assert drafts.read(conn, CALL, SUBJECT).content == {"note": "一"}


def test_a_draft_is_forgotten_alone(conn, filed):
    who = filed(t.person, name="甲", roles=[])
    for subject in (SUBJECT, OTHER):
        drafts.keep(conn, CALL, subject, Common({}), person_id=who, at=AT)
    drafts.forget(conn, CALL, SUBJECT)
    drafts.forget(conn, VISIT, OTHER)
    assert drafts.read(conn, CALL, SUBJECT) is None
    assert drafts.read(conn, CALL, OTHER) is not None
