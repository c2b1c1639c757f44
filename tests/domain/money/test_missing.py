"""What a later file of the same days has no more of an earlier one."""

from datetime import date

from collector_desk.domain.money.missing import ToldRow, compare


def row(name, *, reference="", minor=500, day=10, here=False, repeated=False):
    return ToldRow(name, "d", "c", reference, minor, "CNY", date(2026, 11, day), here, repeated)


def named(rows):
    return [one.id for one in rows]


def test_a_reference_that_stands_there_again_is_not_missing_whatever_its_amount():
    found = compare(
        [row("a", reference="R1"), row("b", reference="R2"), row("x", reference="R1", minor=700, here=True)]
    )
    assert (named(found.missing), named(found.there)) == (["b"], ["a"])


def test_a_reversal_is_not_its_payment():
    found = compare([row("a", reference="R1"), row("x", reference="R1", minor=-500, here=True)])
    assert named(found.missing) == ["a"]


def test_rows_without_a_reference_are_counted():
    found = compare([row("a"), row("b"), row("c", day=11), row("x", here=True), row("y", day=11, here=True)])
    assert (named(found.missing), named(found.there)) == (["b"], ["a", "c"])


def test_what_was_the_same_one_again_is_asked_about_once():
    found = compare([row("a", reference="R1"), row("b", reference="R1", repeated=True)])
    assert named(found.missing) == ["a"]
