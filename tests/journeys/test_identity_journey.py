"""Who is on the line, by ear: sounds, one slip of the finger, and nobody taken for somebody else."""

from datetime import timedelta

from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import Factor
from collector_desk.domain.vocabulary import Outcome, Speaker
from collector_desk.services.book import cases
from collector_desk.store import tables as t
from collector_desk.ui.theme import Tone

ENTER = Qt.Key.Key_Return
ALT = Qt.KeyboardModifier.AltModifier
NOTE = "接电话的人报不出后四位，没有核上，请他方便时打客服电话。"


def begin(desk, name: str = "谢贞") -> str:
    """The identity step of the first case."""
    who = desk.debtor(name)
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.key("1")
    return who


def say(desk, factor: Factor, said: str) -> None:
    desk.page.script.identity.field(factor).setFocus()
    desk.type(said)
    desk.key(ENTER)


def ended(desk):
    with desk.seat.store.read() as conn:
        return conn.execute(select(t.attempt_end)).mappings().one()


def test_a_name_that_sounds_right_and_the_last_four_open_the_case(desk):
    who = begin(desk)
    desk.type("谢珍")
    desk.key(ENTER)
    assert desk.page.call.identity.right == {Factor.NAME}
    desk.type(cases.open_case(desk.seat, who).file.debtor.id_number[-4:])
    desk.key(ENTER)
    assert desk.page.call.speaker is Speaker.DEBTOR
    assert desk.page.call.facts_open


def test_name_and_year_open_nothing_until_the_last_four_are_right(desk):
    who = begin(desk)
    say(desk, Factor.NAME, "xiezhen")
    say(desk, Factor.BIRTH_YEAR, "1982")
    page = desk.page
    assert page.call.identity.right == {Factor.NAME, Factor.BIRTH_YEAR}
    assert not page.call.facts_open
    assert page.call.walk.at_identity_check
    assert "后四位" in page.script.identity._line.text()
    say(desk, Factor.ID_LAST4, cases.open_case(desk.seat, who).file.debtor.id_number[-4:])
    assert page.call.facts_open


def test_a_slip_is_asked_again_once_and_stays_in_the_history(desk):
    who = begin(desk)
    say(desk, Factor.ID_LAST4, "9999")
    assert not desk.page.script.identity.slip.isVisible()
    desk.key("Z", ALT)
    assert desk.page.call.identity.failures == 1
    say(desk, Factor.NAME, "张贞")
    assert desk.page.call.walk.current.id == "not_verified"
    assert desk.page.script.identity.slip.isVisible()
    desk.key("Z", ALT)
    assert desk.page.call.walk.current.id == "identity"
    desk.type("谢贞")
    desk.key(ENTER)
    say(desk, Factor.BIRTH_YEAR, "1999")
    assert not desk.page.script.identity.slip.isVisible()
    desk.key("Z", ALT)
    assert desk.page.call.walk.current.id == "not_verified"
    desk.clock.forward(seconds=40)
    desk.key("1")
    desk.ctrl("N")
    desk.type(NOTE)
    desk.ctrl(ENTER)
    row = ended(desk)
    assert (row["identity_slip"], row["identity_failures"], row["outcome"]) == ("name", 2, "not_verified")
    assert cases.open_case(desk.seat, who).file.attempts == 1


def test_who_is_not_verified_is_nobody_else_and_the_queue_says_so(desk):
    who = begin(desk)
    for wrong in ("1111", "2222"):
        say(desk, Factor.ID_LAST4, wrong)
    page = desk.page
    assert page.script.speaker.tone is Tone.WARN
    assert "✕" in page.script.phases.accessibleName()
    assert not page.call.third_party
    desk.clock.forward(seconds=40)
    desk.key("1")
    assert page.call.outcome is Outcome.NOT_VERIFIED
    desk.ctrl("N")
    desk.type(NOTE)
    desk.ctrl(ENTER)
    assert page.call.attempt is None
    file = cases.open_case(desk.seat, who).file
    assert file.queue_class is QueueClass.LATER
    assert file.why.params["why"].code == "Outcome.not_verified"
    row = ended(desk)
    assert (row["speaker"], row["result"]) == ("unknown", "connected")


def test_a_call_back_agreed_before_outlives_a_failed_identity(desk):
    who = desk.debtor("谢贞")
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.key("3")  # not a good moment
    desk.key("1")
    desk.key("M")
    desk.key("E")
    desk.ctrl("N")
    desk.type("客户说在开会，约明天下午六点再打。")
    desk.clock.forward(seconds=20)
    desk.ctrl(ENTER)
    agreed = cases.open_case(desk.seat, who).file
    assert agreed.why.code == "book.callback_later"
    desk.clock.forward(hours=1)
    desk.ctrl("F")
    desk.type("谢")
    desk.key(ENTER)
    desk.key("D")
    desk.key("1")
    for wrong in ("1111", "2222"):
        say(desk, Factor.ID_LAST4, wrong)
    desk.clock.forward(seconds=40)
    desk.key("1")
    desk.ctrl("N")
    desk.type(NOTE)
    desk.ctrl(ENTER)
    after = cases.open_case(desk.seat, who).file
    assert after.attempts == 2
    assert (after.why.code, after.why.params) == (agreed.why.code, agreed.why.params)
    assert after.why.params["at"] - desk.seat.now() > timedelta(hours=12)
