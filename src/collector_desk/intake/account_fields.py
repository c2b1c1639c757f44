"""The fields of one account, each read from its cells by its own grammar."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from collector_desk.domain.book.money import exponent
from collector_desk.intake import cells
from collector_desk.intake.columns import ColumnMatch, Field
from collector_desk.intake.contradictions import MOST_DAYS_BEFORE
from collector_desk.intake.layout import only_total
from collector_desk.intake.rowreader import REMARK_LIMIT, TEXT_LIMIT, RowReader
from collector_desk.intake.values import Contact, PlacementRow

NEEDED = (Field.AMOUNT, Field.PRINCIPAL, Field.INTEREST, Field.PENALTY, Field.FEES, Field.MINIMUM_DUE)
AMOUNTS = (*NEEDED, Field.OVERDUE, Field.CREDIT_LIMIT, Field.LAST_PAID)
"""Columns of money; each is a field of ``PlacementRow`` by the same name."""
_FIGURES = re.compile(r"[\d\s.,/*-]+")


class Plain:
    """How nearly all texts of a column are written, and what one so written means: the grammar's word, but sooner.

    No blank at its ends, no marks and nothing unseen in it. ``applies``: whether that holds of the table now.
    """

    def __init__(self, shape: str, made: Callable[[str], Any], applies: Callable[[], bool] = lambda: True) -> None:
        self.fits = re.compile(shape).fullmatch
        self.made = made
        self.applies = applies
        self._all = re.compile(rf"(?:(?:{shape})?\n)*+").fullmatch

    def fits_all(self, cells: Sequence[str]) -> bool:
        """Whether each of them is so written, or empty."""
        return self._all("\n".join((*cells, ""))) is not None


_IDENTIFIER = Plain(r"[0-9A-Za-z]{0,63}[0-9]", str)
_DOCUMENT = Plain(r"[0-9]{1,63}[0-9X]", str)
_TAIL = Plain(r"[0-9]{4}", str)
_PHONE = Plain(r"1[3-9][0-9]{9}|(?:010|02[0-9]|0[3-9][0-9]{2})-(?!0+(?![0-9]))[0-9]{7,8}", lambda number: (number,))
_WORDS = Plain(rf"[^#＃Ee\n][^\n]{{{cells.LONGEST_PLACEHOLDER},{TEXT_LIMIT - 1}}}", str)


@dataclass(frozen=True, slots=True)
class FieldCells:
    """One field of the row: how it is read from the reader's present row, and which columns that looks at."""

    read: Callable[[], Any]
    columns: tuple[int, ...]
    plain: Plain | None = None


@dataclass(frozen=True, slots=True)
class ContactGroup:
    """The columns of one person beside the debtor. ``heading`` says who that is, where no column does."""

    name: FieldCells
    relation: FieldCells
    phones: FieldCells
    heading: str
    columns: tuple[ColumnMatch | None, ...]


class AccountFields:
    """Reads the fields of the row its reader has taken up. ``account``: the column that names the account.

    ``currency`` is what a heading or title names; ``number`` and ``placed_on``: what titles say of the placement,
    ``as_of``: of which day they say the figures are. ``nameless``: the table names nobody, only accounts.
    """

    def __init__(
        self,
        reader: RowReader,
        columns: Sequence[ColumnMatch],
        account: Field,
        *,
        currency: str,
        number: str,
        placed_on: date | None,
        as_of: date | None = None,
        nameless: bool = False,
    ) -> None:
        self.reader = reader
        self._account = account
        self._said_currency = currency
        self._number, self._placed_on, self._as_of = number, placed_on, as_of
        self._currency, self._places = "CNY", exponent("CNY")
        groups: dict[str, dict[Field, ColumnMatch]] = {}
        for column in columns:
            if column.contact and column.field:
                groups.setdefault(column.contact, {})[column.field] = column
        self.contacts = [self._group(group) for group in groups.values()]
        heading = next((c.header for c in columns if c.field is account), "")
        self._beside = [c for c in columns if c.twice and c.header == heading]
        self.currency = FieldCells(self._currency_of_row, self._at(Field.CURRENCY))
        self.who = {
            "account_no": FieldCells(self._account_no, self._at(account, more=self._beside), _IDENTIFIER),
            "name": FieldCells(str, ()) if nameless else FieldCells(self._name, self._at(Field.NAME)),
        }
        self.money = {
            field.value: FieldCells(partial(self._amount, field), self._at(field), self._plain_amount(field))
            for field in AMOUNTS
        }
        self.rest = self._rest(columns)

    def _at(self, *fields: Field, more: Sequence[ColumnMatch] = ()) -> tuple[int, ...]:
        own = [column for field in fields for column in self.reader.columns_of(field)]
        return tuple(column.index for column in (*own, *more))

    def _group(self, group: Mapping[Field, ColumnMatch]) -> ContactGroup:
        reader = self.reader
        name, relation, phone = map(group.get, (Field.CONTACT_NAME, Field.CONTACT_RELATION, Field.CONTACT_PHONE))

        def part(column: ColumnMatch | None, read: Callable[[ColumnMatch], Any], plain: Plain | None) -> FieldCells:
            if column is None:
                return FieldCells(tuple if read == reader.phones_at else str, ())
            return FieldCells(partial(read, column), (column.index,), plain)

        return ContactGroup(
            part(name, reader.word_at, None),
            part(relation, reader.word_at, None),
            part(phone, reader.phones_at, _PHONE),
            next(iter(group.values())).relation,
            (name, relation),
        )

    def _rest(self, columns: Sequence[ColumnMatch]) -> dict[str, FieldCells]:
        """The other fields in the order in which they are read, which is that of the findings."""
        r, at = self.reader, self._at
        extras = [column for column in columns if column.field is None]
        return {
            "placement_no": FieldCells(
                lambda: r.identifier(Field.PLACEMENT_NO) or self._number, at(Field.PLACEMENT_NO)
            ),
            "placed_on": FieldCells(lambda: r.day(Field.PLACED_ON) or self._placed_on, at(Field.PLACED_ON)),
            "round": FieldCells(lambda: r.text(Field.ROUND), at(Field.ROUND)),
            "customer_no": FieldCells(lambda: r.identifier(Field.CUSTOMER_NO), at(Field.CUSTOMER_NO), _IDENTIFIER),
            "id_type": FieldCells(lambda: r.text(Field.ID_TYPE), at(Field.ID_TYPE)),
            "id_no": FieldCells(lambda: r.identifier(Field.ID_NO).upper(), at(Field.ID_NO), _DOCUMENT),
            "card_tail": FieldCells(
                self._card_tail, at(Field.CARD_TAIL, Field.CARD_NO), None if at(Field.CARD_NO) else _TAIL
            ),
            "days_past_due": FieldCells(
                lambda: r.count(Field.DAYS_PAST_DUE, -MOST_DAYS_BEFORE, 36_500), at(Field.DAYS_PAST_DUE)
            ),
            "statement_day": FieldCells(
                lambda: r.count(Field.STATEMENT_DAY, 1, 31, needed=False), at(Field.STATEMENT_DAY)
            ),
            "due_on": FieldCells(lambda: r.day(Field.DUE_ON), at(Field.DUE_ON)),
            "last_paid_on": FieldCells(lambda: r.day(Field.LAST_PAID_ON, needed=False), at(Field.LAST_PAID_ON)),
            "previous_overdue": FieldCells(
                lambda: r.count(Field.PREVIOUS_OVERDUE, 0, 9_999, needed=False), at(Field.PREVIOUS_OVERDUE)
            ),
            "opened_on": FieldCells(lambda: r.day(Field.OPENED_ON, needed=False), at(Field.OPENED_ON)),
            "as_of": FieldCells(lambda: r.day(Field.AS_OF, needed=False) or self._as_of, at(Field.AS_OF)),
            "mobiles": FieldCells(lambda: r.phones(Field.MOBILE), at(Field.MOBILE), _PHONE),
            "home_phones": FieldCells(lambda: r.phones(Field.HOME_PHONE), at(Field.HOME_PHONE), _PHONE),
            "employer": FieldCells(lambda: r.word(Field.EMPLOYER), at(Field.EMPLOYER), _WORDS),
            "work_phones": FieldCells(lambda: r.phones(Field.WORK_PHONE), at(Field.WORK_PHONE), _PHONE),
            "home_address": FieldCells(lambda: r.word(Field.HOME_ADDRESS), at(Field.HOME_ADDRESS), _WORDS),
            "registered_address": FieldCells(
                lambda: r.word(Field.REGISTERED_ADDRESS), at(Field.REGISTERED_ADDRESS), _WORDS
            ),
            "remark": FieldCells(lambda: r.text(Field.REMARK, REMARK_LIMIT), at(Field.REMARK)),
            "extras": FieldCells(r.extras, at(more=extras)),
        }

    def read(self) -> PlacementRow:
        """The whole row. Whether it must stay out, the reader says; what couldn't be read is nothing then."""
        reader = self.reader
        found = {name: part.read() for name, part in self.who.items()}
        found["currency"] = self.currency.read()
        self.hold_to(found["currency"])
        found |= {name: part.read() for name, part in self.money.items()}
        amount = found["amount"]
        if amount is None and not reader.refused:
            reader.refuse(Field.AMOUNT, "intake.amount_missing", reader.raw(Field.AMOUNT))
        if amount is not None and amount < 0:
            reader.refuse(Field.AMOUNT, "intake.amount_negative", reader.raw(Field.AMOUNT))
        found["amount"] = amount or 0
        found["contacts"] = self._contact_list()
        found |= {name: part.read() for name, part in self.rest.items()}
        return PlacementRow(sheet=reader.sheet, line=reader.line, **found)

    def hold_to(self, currency: str) -> None:
        """The currency in which the row's money is read."""
        self._currency, self._places = currency, exponent(currency)

    def _account_no(self) -> str:
        reader = self.reader
        account = reader.identifier(self._account)
        if not account and not reader.refused:
            reader.refuse(self._account, "intake.account_missing", reader.raw(self._account))
        if any(reader.text_at(column) not in {"", account} for column in self._beside):
            reader.refuse(self._account, "intake.two_accounts", account)
        return account

    def _name(self) -> str:
        reader = self.reader
        name = reader.name(Field.NAME, 200)
        if not reader.refused and not name:
            reader.refuse(Field.NAME, "intake.name_missing", reader.raw(Field.NAME))
        elif name and (only_total(name) or _FIGURES.fullmatch(name)):
            reader.refuse(Field.NAME, "intake.not_a_name", name)
        return name

    def _currency_of_row(self) -> str:
        """The currency column's word; where it is silent, what a heading or title names, or the amount's own mark
        (also the one its format shows); else yuan."""
        reader = self.reader
        if reader.refuse_error(Field.CURRENCY):
            return "CNY"
        text = reader.word(Field.CURRENCY)
        if not text:
            return self._said_currency or cells.currency_of_amount(reader.raw(Field.AMOUNT)) or "CNY"
        try:
            return cells.currency(text)
        except cells.Unreadable as bad:
            reader.refuse(Field.CURRENCY, bad.reason.code, reader.raw(Field.CURRENCY))
            return "CNY"

    def _amount(self, field: Field) -> int | None:
        return self.reader.amount(field, self._places, self._currency, needed=field in NEEDED)

    def _plain_amount(self, field: Field) -> Plain | None:
        column = next(iter(self.reader.columns_of(field)), None)
        if column is None or column.power:
            return None
        return Plain(
            r"[0-9]{1,14}\.[0-9]{2}",
            lambda said: int(said[:-3] + said[-2:]),
            lambda: self._places == 2 and column.currency in {"", self._currency},
        )

    def _card_tail(self) -> str:
        reader = self.reader
        given = reader.raw(Field.CARD_TAIL)
        if given is None or (type(given) is str and not given.strip()):
            card = reader.identifier(Field.CARD_NO)
            return card[-4:] if len(card) >= 12 else ""
        tail = reader.identifier(Field.CARD_TAIL)
        if tail and type(given) is not str and len(tail) < 4:
            tail = tail.zfill(4)  # all that a number can lose is the zeros in front, and a tail has four digits
        return tail

    def _contact_list(self) -> tuple[Contact, ...]:
        found: list[Contact] = []
        for group in self.contacts:
            name, numbers, relation = group.name.read(), group.phones.read(), group.relation.read()
            if not numbers and (
                name or relation
            ):  # nobody to call, but what the bank says of them stays with the case
                for column in group.columns:
                    self.reader.leave(column)
            if numbers or name or relation:
                found.extend(Contact(name, relation or group.heading, number) for number in numbers or ("",))
        return tuple(found)
