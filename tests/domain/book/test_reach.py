import pytest

from collector_desk.domain.book.reach import OFF_ON_DAYS, Gone, OwnNumber, gone, no_number
from collector_desk.domain.vocabulary import NumberStanding

WRONG, STOPPED, DEAD = (OwnNumber(NumberStanding(each)) for each in ("wrong", "stopped", "dead"))
FINE = OwnNumber(NumberStanding.UNKNOWN)


def reasons(*numbers: OwnNumber) -> list[str]:
    found = no_number(numbers)
    return [why.code.removeprefix("book.number_") for why in found.params["why"]] if found else []


@pytest.mark.parametrize("standing", [NumberStanding.UNKNOWN, NumberStanding.LIVE])
def test_a_number_that_may_be_answered_is_not_gone(standing):
    assert gone(OwnNumber(standing)) is None


def test_each_way_of_being_gone_has_its_own_words():
    assert reasons(WRONG) == ["wrong"]
    assert reasons(STOPPED) == ["stopped"]
    assert reasons(DEAD) == ["dead"]
    assert reasons(OwnNumber(NumberStanding.LIVE, is_number=False)) == ["not_a_number"]
    assert reasons(OwnNumber(NumberStanding.HELD)) == ["held"]
    assert reasons() == ["none"]
    assert reasons(DEAD, WRONG, WRONG) == ["wrong", "dead"]


def test_one_that_waiting_opens_is_enough():
    assert no_number([WRONG, STOPPED, FINE]) is None


def test_a_telephone_that_is_switched_off_is_tried_on_other_days_before_it_is_given_up():
    found = [gone(OwnNumber(NumberStanding.DEAD, off_days=days)) for days in range(OFF_ON_DAYS + 1)]
    assert found == [Gone.DEAD, *[None] * (OFF_ON_DAYS - 1), Gone.DEAD]
