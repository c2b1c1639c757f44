"""What a bank is asked: by a person's word, by a file, by the money itself; answered, closed, or cleared."""

from datetime import date

import pytest

from collector_desk.domain.message import Message, Refused
from collector_desk.domain.money.payments import FileKind, Settling
from collector_desk.domain.vocabulary import QuestionKind, QuestionState
from collector_desk.services.desk.seat import acting
from collector_desk.services.money import questions, settling
from collector_desk.services.record import questions as record
from collector_desk.store.money.questions import of_debtor
from collector_desk.store.projections import replay
from collector_desk.store.verify import verify
from collector_desk.words.messages import LANGUAGES, render
from tests.services.money.conftest import nov

NOBODYS = "6299999999999999"


def kinds(seat):
    return [one.kind for one in questions.waiting(seat)]


def states(seat, who):
    with seat.store.read() as conn:
        return [(one.kind, one.state) for one in of_debtor(conn, who)]


@pytest.mark.parametrize("kind", QuestionKind)
def test_every_kind_has_its_sentence(kind):
    figures = {
        "amount": "¥1",
        "day": nov(3),
        "reference": "R",
        "before": "¥2",
        "before_day": nov(2),
        "told": nov(4),
        "placement": "XK-1",
        "said": "XK-2",
        "word": "撤案",
    }
    for lang in LANGUAGES:
        assert len(render(Message(f"money.question.{kind}", figures), lang)) > 15


def test_a_row_that_is_not_ours_is_asked_about_once_with_its_file_and_line(manager, bank, debtor, clock):
    who = debtor(balance=100_000)
    clock.forward(days=3)
    bank.tells((who, 24, 1500, "R1"))
    (row,) = settling.waiting(manager)
    settling.settle(manager, [row], Settling.NOT_OURS)
    settling.settle(manager, [row], Settling.NOT_OURS)
    (asked,) = questions.waiting(manager)
    assert (asked.kind, asked.state, asked.bank) == (QuestionKind.NOT_OURS, QuestionState.OPEN, "某某银行")
    assert (asked.amount.minor, asked.day, asked.reference) == (150_000, nov(24), "R1")
    assert (asked.filename, asked.line, asked.masked) == ("还款1.csv", 2, "朱**")
    assert verify(manager.store).ok


def test_rows_nobody_knows_are_asked_about_till_somebody_gives_them_to_a_case(manager, bank, debtor, clock):
    who = debtor(balance=100_000)
    clock.forward(days=3)
    bank.tells((who, 24, 5, "R1"), (NOBODYS, 24, 7, "R2"), (NOBODYS, 25, 8, "R3"))
    assert kinds(manager) == [QuestionKind.UNMATCHED] * 2
    row = next(one for one in settling.waiting(manager) if one.reference == "R2")
    settling.settle(manager, [row], Settling.NOT_OURS)  # asked already, as it came
    assert len(questions.waiting(manager)) == 2
    row = next(one for one in settling.waiting(manager) if one.reference == "R3")
    settling.split(manager, row, {case_of(manager, who): 800})
    (left,) = questions.waiting(manager)
    assert (left.reference, left.masked) == ("R2", "************9999")
    assert verify(manager.store).ok


def case_of(seat, who):
    with seat.store.read() as conn:
        return replay.of_debtors(conn, [who]).rows[replay.t.account_case].popitem()[0]


def test_a_clash_is_asked_about_and_clears_with_the_word_on_it(manager, bank, debtor, clock):
    who = debtor(balance=100_000)
    clock.forward(days=4)
    bank.tells((who, 24, 5, "R1"))
    bank.tells((who, 25, 5, "R1"))
    (asked,) = questions.waiting(manager)
    assert asked.kind is QuestionKind.CLASH
    assert "24 Nov 2026" in render(asked.sentence, "en")
    (row,) = settling.waiting(manager)
    settling.settle(manager, [row], Settling.ACCEPT)
    assert questions.waiting(manager) == ()
    assert states(manager, who) == [(QuestionKind.CLASH, QuestionState.SETTLED)]
    assert verify(manager.store).ok


def test_what_a_later_file_of_the_same_days_has_no_more_is_asked_and_clears_when_it_is_back(
    manager, bank, debtor, clock
):
    who, other = debtor(balance=100_000), debtor(balance=100_000)
    clock.forward(days=6)
    bank.tells((who, 24, 5, "R1"), (other, 24, 6, "R2"), covers=(24, 24), kind=FileKind.CUMULATIVE)
    bank.tells((other, 24, 6, "R2"), (other, 25, 7, "R3"), covers=(24, 25), kind=FileKind.CUMULATIVE)
    (asked,) = questions.waiting(manager)
    assert (asked.kind, asked.reference) == (QuestionKind.MISSING_ROW, "R1")
    bank.tells(
        (who, 24, 5, "R1"), (other, 24, 6, "R2"), (other, 25, 7, "R3"), covers=(24, 26), kind=FileKind.CUMULATIVE
    )
    assert questions.waiting(manager) == ()
    bank.tells((other, 25, 7, "R3"), (other, 24, 6, "R2"), covers=(24, 27), kind=FileKind.CUMULATIVE)
    assert kinds(manager) == [QuestionKind.MISSING_ROW]  # gone again: asked again
    assert states(manager, who) == [
        (QuestionKind.MISSING_ROW, QuestionState.SETTLED),
        (QuestionKind.MISSING_ROW, QuestionState.OPEN),
    ]


def test_new_only_files_say_nothing_of_what_they_leave_out(manager, bank, debtor, clock):
    who = debtor(balance=100_000)
    clock.forward(days=6)
    bank.tells((who, 24, 5, "R1"), covers=(24, 24))
    bank.tells((who, 25, 6, "R2"), covers=(24, 25))
    assert questions.waiting(manager) == ()


def test_an_answer_and_a_word_that_none_is_needed_take_them_off_the_list(manager, agent, bank, debtor, clock):
    debtor()
    clock.forward(days=3)
    bank.tells((NOBODYS, 24, 7, "R2"), (NOBODYS, 25, 8, "R3"), named="某某银行")
    first, second = questions.waiting(manager)
    for act, code in (
        (lambda: questions.answer(manager, [first], " "), "money.questions.words"),
        (lambda: questions.answer(manager, [first], "已核实", date(2027, 1, 1)), "money.questions.day"),
        (lambda: questions.answer(agent, [first], "已核实"), "office.not_allowed"),
        (lambda: questions.waiting(agent), "office.not_allowed"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.message.code == code
    questions.answer(manager, [first], "该账户已于上月退案", nov(25))
    questions.close(manager, [first, second], "已电话核实")  # the first has its answer: it stays
    assert questions.waiting(manager) == ()
    with manager.store.read() as conn:
        stored = dict(conn.exec_driver_sql("SELECT state, count(*) FROM question_state GROUP BY 1").all())
    assert stored == {"answered": 1, "closed": 1}
    assert verify(manager.store).ok


def test_the_same_is_asked_once_by_case_and_figures(manager, debtor):
    who = debtor()
    case = case_of(manager, who)
    with acting(manager, "test") as act:
        asked = [record.ask(act, who, case, QuestionKind.NOT_OURS, day=nov(day)) for day in (3, 3, 4)]
        assert asked == [True, False, True]
        with pytest.raises(ValueError, match="needs a bank"):
            record.ask(act, who, None, QuestionKind.NOT_OURS)
    assert len(questions.waiting(manager)) == 2


def test_how_they_stand_is_replayed_and_a_meddled_row_is_named(manager, bank, debtor, clock):
    who = debtor(balance=100_000)
    clock.forward(days=4)
    bank.tells((who, 24, 5, "R1"), (NOBODYS, 24, 7, "R2"))
    bank.tells((who, 25, 5, "R1"))
    with manager.store.write() as conn:
        conn.exec_driver_sql("UPDATE question_state SET state = 'answered'")
    with manager.store.read() as conn:
        of_who = list(replay.differences(conn, [who], replay.of_debtors(conn, [who])))
        of_desk = list(replay.desk_differences(conn, replay.of_the_desk(conn)))
    assert [one.table for one in (*of_who, *of_desk)] == ["question_state"] * 2
    with manager.store.write() as conn:
        replay.rebuild(conn, [who])
        replay.rebuild_desk(conn)
    assert verify(manager.store).ok
    assert len(questions.waiting(manager)) == 2
