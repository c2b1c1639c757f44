"""What is odd about an account that can be read: said beside it, or, where it may be another person's, kept out."""

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from collector_desk.domain.message import Message, msg
from collector_desk.domain.text import names
from collector_desk.intake import cells
from collector_desk.intake.columns import PHONES, Field
from collector_desk.intake.rowreader import RowReader
from collector_desk.intake.values import PlacementRow

_RESIDENT_ID = re.compile(r"^(?:居民)?身份证|^(?:resident )?id(?: ?card)?$|^$", re.IGNORECASE)

People = dict[tuple[str, str], tuple[str, str, int]]
"""By customer and identity number: the name, sheet and line of the first row that has them."""


@lru_cache(maxsize=256)
def _is_resident(id_type: str) -> bool:
    return _RESIDENT_ID.match(id_type) is not None


def look_over(reader: RowReader, row: PlacementRow, account: Field, named: Set[Field | None]) -> None:
    """What is odd but does not keep a row out: the bank's figures win, a person decides.

    ``named``: what the table has columns of; that it has none of a thing at all is said once (``lacking``).
    """
    if row.id_no and _is_resident(row.id_type):
        doubt = cells.id_doubt(row.id_no)
        if doubt:
            reader.warn(Field.ID_NO, doubt, row.id_no)
    elif not row.id_no and Field.ID_NO in named:
        reader.warn(Field.ID_NO, "intake.id_missing")
    if row.principal is not None and row.interest is not None and row.penalty is not None:
        parts = row.principal + row.interest + row.penalty + (row.fees or 0)
        if parts != row.amount:
            reader.warn(Field.AMOUNT, "intake.parts_differ", reader.raw(Field.AMOUNT))
    if row.amount == 0:
        reader.warn(Field.AMOUNT, "intake.amount_zero", reader.raw(Field.AMOUNT))
    if not (row.mobiles or row.home_phones or row.work_phones or PHONES.isdisjoint(named)):
        reader.warn(Field.MOBILE, "intake.no_number")
    own = (*row.mobiles, *row.home_phones)
    if any(contact.phone in own for contact in row.contacts if contact.phone):
        reader.warn(Field.MOBILE, "intake.number_shared", reader.raw(Field.MOBILE))
    if "*" in row.account_no:
        reader.warn(account, "intake.account_masked", row.account_no)
    if row.card_tail and (len(row.card_tail) != 4 or not row.card_tail.isdigit()):
        reader.warn(Field.CARD_TAIL, "intake.card_tail_form", row.card_tail)


def lacking(named: Set[Field | None]) -> Iterator[Message]:
    """What of a person the table tells of nobody: said once, where every row would have to say it."""
    if Field.ID_NO not in named:
        yield msg("intake.no_id_column")
    if PHONES.isdisjoint(named):
        yield msg("intake.no_phone_column")


def is_somebody_else(reader: RowReader, row: PlacementRow, people: People) -> bool:
    """Rows of one customer number and one identity number are one person, whatever the spelling of the name.

    With only one of the two numbers, another name may be another person: the later row stays out, save where the
    names differ by nothing but a character that was lost or hidden in one of them.
    """
    if not row.customer_no and not row.id_no:
        return False
    key = (row.customer_no, row.id_no)
    first = people.setdefault(key, (row.name, row.sheet, row.line))
    if first[0] == row.name or names.folded(first[0]) == names.folded(row.name):
        return False
    if all(key) or names.perhaps_one(first[0], row.name):
        reader.warn(Field.NAME, "intake.name_differs", row.name, sheet=first[1], line=first[2])
        return False
    reader.refuse(Field.NAME, "intake.name_of_another", row.name, sheet=first[1], line=first[2])
    return True
