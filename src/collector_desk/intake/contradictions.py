"""Figures of one account held against each other: what can't be keeps the row out, what hardly can is said.

The bank's figures win as long as they can all be true. A due date may be the newest statement's while the days
count from an older one; a card's opening day may be that of the card that replaced it: such differences are
findings.
"""

from datetime import date, timedelta

from collector_desk.domain.book.money import Money
from collector_desk.intake.columns import Field
from collector_desk.intake.rowreader import RowReader
from collector_desk.intake.values import PlacementRow

MOST_DAYS = 10_950
"""Thirty years past due: longer than anybody has owed on a card here."""
MOST_DAYS_BEFORE = 366
_SLACK = 3  # days by which a bank's count and its due date differ by the hour a file is made
_AHEAD = timedelta(days=31)  # a file may come before the day it is placed on
_TOMORROW = timedelta(days=1)  # a file made just past midnight, read in another zone
_PARTS = (Field.PRINCIPAL, Field.INTEREST, Field.PENALTY, Field.FEES, Field.MINIMUM_DUE)
_MANY_LIMITS = 10  # as a slip of the point would make it


def impossible(reader: RowReader, row: PlacementRow, today: date | None) -> None:
    """Refuse the present row where two of its figures can't both be true."""
    placed, due, days = row.placed_on, row.due_on, row.days_past_due
    if placed and today and placed > today + _AHEAD:
        reader.refuse(Field.PLACED_ON, "intake.placed_in_future", placed, day=placed, today=today)
        return
    as_of = row.as_of or placed or today
    if as_of is None:
        return
    latest = max(as_of, today or as_of) + _TOMORROW
    for field, day in ((Field.LAST_PAID_ON, row.last_paid_on), (Field.OPENED_ON, row.opened_on)):
        if day and day > latest:
            reader.refuse(field, "intake.day_in_future", day, day=day, today=latest - _TOMORROW)
    if days is None:
        return
    if days > MOST_DAYS:
        reader.refuse(Field.DAYS_PAST_DUE, "intake.days_too_many", days, days=days, most=MOST_DAYS)
    elif days > 0 and due and due > as_of + _TOMORROW:
        reader.refuse(Field.DAYS_PAST_DUE, "intake.days_before_due", days, days=days, due=due, as_of=as_of)


def unlikely(reader: RowReader, row: PlacementRow, today: date | None) -> None:
    """Say what of the present row hardly fits together; it goes in as the bank has it."""
    due, days = row.due_on, row.days_past_due
    as_of = row.as_of or row.placed_on or today
    if days is None and due is None:
        if reader.has(Field.DAYS_PAST_DUE) or reader.has(Field.DUE_ON):  # else it is said of the table
            reader.warn(Field.DAYS_PAST_DUE, "intake.age_unknown")
    elif days is not None and due is not None and as_of and _apart(days, due, as_of, today or as_of):
        ours = (as_of - due).days
        reader.warn(Field.DAYS_PAST_DUE, "intake.days_differ", days, days=days, due=due, ours=ours, as_of=as_of)
    if row.opened_on and as_of:
        first = due if days is None else min(due or date.max, as_of - timedelta(days=days))
        if first and row.opened_on > first:
            reader.warn(Field.OPENED_ON, "intake.opened_after_due", row.opened_on, day=row.opened_on, due=first)
    if row.placed_on and today and row.placed_on > today + _TOMORROW:
        reader.warn(Field.PLACED_ON, "intake.placed_ahead", row.placed_on, day=row.placed_on, today=today)
    if row.last_paid_on and row.opened_on and row.last_paid_on < row.opened_on:
        reader.warn(Field.LAST_PAID_ON, "intake.paid_before_opened", row.last_paid_on, opened=row.opened_on)
    _amounts(reader, row)


def _apart(days: int, due: date, as_of: date, today: date) -> bool:
    """Whether the days fit no day from the placement to today: the bank may have counted them on any of these."""
    first, last = sorted(((as_of - due).days, (today - due).days))
    return not first - _SLACK <= days <= last + _SLACK


def _amounts(reader: RowReader, row: PlacementRow) -> None:
    whole = row.amount
    parts = (row.principal, row.interest, row.penalty, row.fees, row.minimum_due)
    for field, part in zip(_PARTS, parts, strict=True):
        if part is None or 0 <= part <= whole:
            continue
        if part < 0:
            reader.warn(field, "intake.part_negative", reader.raw(field))
        else:
            words = {"part": Money(part, row.currency), "whole": Money(whole, row.currency)}
            reader.warn(field, "intake.part_above_whole", reader.raw(field), **words)
    if row.credit_limit and whole > _MANY_LIMITS * row.credit_limit:
        words = {"whole": Money(whole, row.currency), "limit": Money(row.credit_limit, row.currency)}
        reader.warn(Field.AMOUNT, "intake.far_above_limit", reader.raw(Field.AMOUNT), **words)
