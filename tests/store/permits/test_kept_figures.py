"""Questions about an institution's figures that hang on a task, or came after our calls."""

from datetime import date, timedelta

import pytest

from collector_desk.domain.conduct.late import LateFigure
from collector_desk.domain.conduct.values import External
from collector_desk.store import tables as t
from collector_desk.store.permits import figures
from tests.samples.ids import an_id
from tests.samples.rows import AT

FILE, TASK, HOUR = an_id("file"), an_id("task"), timedelta(hours=1)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def who(filed) -> str:
    return filed(t.debtor, customer_no="1", zone="Asia/Shanghai")


def test_what_one_file_said_of_each_the_latest_first(conn, filed, who):
    other = filed(t.debtor, customer_no="2")
    for whose, counts_id, hours, connected in (
        (who, FILE, 0, 1),
        (who, FILE, 2, 3),
        (who, an_id("x"), 1, 9),
        (other, FILE, 1, 9),
    ):
        said = {"as_of": AT + hours * HOUR, "connected_today": connected, "ours_included": True}
        filed(t.external_count, debtor_id=whose, counts_id=counts_id, **said)
    told = {
        hours: External(AT + hours * HOUR, None, connected, True) for hours, connected in ((0, 1), (1, 9), (2, 3))
    }
    assert figures.taken_of(conn, [who, other], FILE) == {who: [told[2], told[0]], other: [told[1]]}


def test_a_task_is_about_the_latest_figure_that_hangs_on_it(conn, filed, who):
    for hours, task_id in ((0, TASK), (1, TASK), (2, None)):
        said = {"as_of": AT + hours * HOUR, "effective_today": hours, "task_id": task_id}
        filed(t.external_count, debtor_id=who, **said)
    assert figures.figure_of_task(conn, who, TASK) == External(AT + HOUR, 1)
    assert figures.figure_of_task(conn, an_id("other"), TASK) is None


def test_the_most_that_was_told_is_of_this_debtor_rule_and_day(conn, filed, who):
    assert figures.most_told(conn, who, "cap", MONDAY) == 0
    for whose, rule, day, n in (
        (who, "cap", MONDAY, 4),
        (who, "cap", MONDAY, 5),
        (who, "cap", TUESDAY, 7),
        (who, "other", MONDAY, 8),
        (an_id("other"), "cap", MONDAY, 9),
    ):
        filed(t.late_figure, debtor_id=whose, rule=rule, day=day, n=n)
    assert figures.most_told(conn, who, "cap", MONDAY) == 5


def test_passed_caps_are_found_by_their_task_and_since_a_day(conn, filed, who):
    for day, n, task_id in ((MONDAY, 4, an_id("first")), (TUESDAY, 5, TASK), (TUESDAY, 6, an_id("last"))):
        filed(t.late_figure, debtor_id=who, task_id=task_id, rule="cap", day=day, n=n, m=3)
    expected = LateFigure(who, "cap", TUESDAY, AT, 5, 3)
    assert figures.late_of_task(conn, TASK) == expected
    assert figures.late_of_task(conn, an_id("none")) is None
    assert [one.n for one in figures.late_since(conn, TUESDAY)] == [6, 5]
    assert figures.late_since(conn, TUESDAY)[1] == expected
