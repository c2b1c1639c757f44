"""The layout in which a bank wants its contact records: which columns, under which heading, in which form.

A layout is read from TOML (``packs.layouts``). What is personal stands behind a mask unless the layout opens it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.message import Message, msg
from collector_desk.domain.text.cleaning import is_hidden
from collector_desk.domain.text.masking import masked_account, masked_id, masked_name, masked_number, masked_text
from collector_desk.domain.vocabulary import (
    Addressee,
    ArrearsReason,
    CaseState,
    Channel,
    Direction,
    Negotiated,
    NumberKind,
    Outcome,
    PromiseState,
    SentMark,
)


class ContactField(StrEnum):
    """What the house knows of a contact and a column can hold (domain.md 16)."""

    SERIAL = "serial"  # 个案序列号: the bank's, where its file had it, else our number
    CASE_NUMBER = "case_number"
    NAME = "name"
    CUSTOMER_NO = "customer_no"
    ID_NUMBER = "id_number"
    ACCOUNT = "account"
    CARD_TAIL = "card_tail"
    MEASURE = "measure"
    DIRECTION = "direction"
    AT = "at"
    SPOKEN_TO = "spoken_to"
    RELATION = "relation"
    NUMBER_KIND = "number_kind"
    NUMBER = "number"
    RECORD = "record"
    OUTCOME = "outcome"
    REASON = "reason"
    NEGOTIATED = "negotiated"
    PROMISED_ON = "promised_on"
    PROMISED = "promised"
    COLLECTOR = "collector"
    COLLECTOR_NO = "collector_no"
    STATE = "state"
    DAYS = "days"
    PLACED = "placed"
    BALANCE = "balance"
    CURRENCY = "currency"
    BATCH = "batch"
    PLACED_ON = "placed_on"
    RETURN_ON = "return_on"
    FOLLOW_UP = "follow_up"
    DISTRICT = "district"
    MARK = "mark"
    FIRST_SENT = "first_sent"
    BLANK = "blank"  # a column of the bank's form for what the house doesn't keep
    # of a case as it stands, and of no contact
    AS_OF = "as_of"  # the day of the bank's figure behind the balance
    PROMISE_STATE = "promise_state"
    END = "end"
    ENDED_ON = "ended_on"


class LayoutKind(StrEnum):
    """What the rows of a layout are."""

    CONTACTS = "contacts"
    STATUS = "status"  # a case as it stands


class Shape(Enum):
    """What kind of value a field is, and so what a layout may say of it."""

    TEXT = "text"
    CODE = "code"
    INSTANT = "instant"
    DAY = "day"
    AMOUNT = "amount"
    COUNT = "count"


class AmountForm(StrEnum):
    """How an amount is written: ``1234.50``, ``1,234.50``, or in the smallest unit, ``123450``."""

    PLAIN = "plain"
    GROUPED = "grouped"
    MINOR = "minor"


CODED: Mapping[ContactField, type[StrEnum]] = {
    ContactField.MEASURE: Channel,
    ContactField.DIRECTION: Direction,
    ContactField.RELATION: Addressee,
    ContactField.NUMBER_KIND: NumberKind,
    ContactField.OUTCOME: Outcome,
    ContactField.REASON: ArrearsReason,
    ContactField.NEGOTIATED: Negotiated,
    ContactField.STATE: CaseState,
    ContactField.MARK: SentMark,
    ContactField.PROMISE_STATE: PromiseState,
    ContactField.END: Ending,
}
"""The fields whose values are words of ours, for which a bank may have codes of its own."""

MASKS: Mapping[ContactField, Callable[[str], str]] = {
    ContactField.NAME: masked_name,
    ContactField.SPOKEN_TO: masked_name,
    ContactField.CUSTOMER_NO: masked_id,
    ContactField.ID_NUMBER: masked_id,
    ContactField.ACCOUNT: masked_account,
    ContactField.NUMBER: masked_number,
    ContactField.RECORD: masked_text,
}
"""What is personal, and how much of it stays readable behind its mask."""

_SHAPES = {
    ContactField.AT: Shape.INSTANT,
    ContactField.FOLLOW_UP: Shape.INSTANT,
    ContactField.PROMISED_ON: Shape.INSTANT,
    ContactField.PLACED_ON: Shape.DAY,
    ContactField.AS_OF: Shape.DAY,
    ContactField.ENDED_ON: Shape.DAY,
    ContactField.RETURN_ON: Shape.DAY,
    ContactField.PROMISED: Shape.AMOUNT,
    ContactField.PLACED: Shape.AMOUNT,
    ContactField.BALANCE: Shape.AMOUNT,
    ContactField.DAYS: Shape.COUNT,
}
_FORMAT = re.compile(r"(?:%[YmdHMS]|[-/.: 年月日时分秒])+")
_DAY_FORMAT = re.compile(r"(?:%[Ymd]|[-/. 年月日])+")
_IDENTIFYING = frozenset({ContactField.SERIAL, ContactField.CASE_NUMBER, ContactField.ACCOUNT})
_FORMATS = {Shape.INSTANT: "%Y-%m-%d %H:%M", Shape.DAY: "%Y-%m-%d", Shape.AMOUNT: AmountForm.PLAIN.value}

STATUS_ONLY = frozenset({ContactField.AS_OF, ContactField.PROMISE_STATE, ContactField.END, ContactField.ENDED_ON})
OF_STATUS = STATUS_ONLY | {
    *(ContactField.SERIAL, ContactField.CASE_NUMBER, ContactField.NAME, ContactField.CUSTOMER_NO),
    *(ContactField.ID_NUMBER, ContactField.ACCOUNT, ContactField.CARD_TAIL, ContactField.OUTCOME),
    *(ContactField.STATE, ContactField.DAYS, ContactField.PLACED, ContactField.BALANCE, ContactField.CURRENCY),
    *(ContactField.BATCH, ContactField.PLACED_ON, ContactField.RETURN_ON, ContactField.PROMISED),
    *(ContactField.PROMISED_ON, ContactField.MARK, ContactField.FIRST_SENT, ContactField.BLANK),
}
"""What a row about a case as it stands can hold; the first four are of no contact."""

Where = tuple[str | int, ...]


def shape_of(field: ContactField) -> Shape:
    """What kind of value a field is."""
    return Shape.CODE if field in CODED else _SHAPES.get(field, Shape.TEXT)


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """One column. ``from_file``: the headings of the bank's own file under which a serial is looked for."""

    heading: str
    field: ContactField
    format: str = ""
    masked: bool = True
    from_file: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        """The format that holds, where none is given as well."""
        return self.format or _FORMATS.get(shape_of(self.field), "")


@dataclass(frozen=True, slots=True)
class CodeMap:
    """A bank's codes for words of ours, both ways; ``back`` says what a code means that stands for several."""

    theirs: Mapping[str, str]
    back: Mapping[str, str]

    def ours(self, code: str) -> str:
        """What a code of the bank's means here; "" for one it doesn't know."""
        meant = [ours for ours, theirs in self.theirs.items() if theirs == code]
        return meant[0] if len(meant) == 1 else self.back.get(code, "")


@dataclass(frozen=True, slots=True)
class ContactLayout:
    """A bank's layout of contact records, or of cases as they stand.

    ``sensitive_notes``: it asks for the note also where health or family is its reason; a lead releases it then.
    ``sha256``: of the file it was read from.
    """

    id: str
    version: str
    title: Mapping[str, str]
    language: str
    sheet: str
    encoding: str
    sensitive_notes: bool
    columns: tuple[LayoutColumn, ...]
    codes: Mapping[ContactField, CodeMap]
    sha256: str = ""
    kind: LayoutKind = LayoutKind.CONTACTS

    @property
    def marks_in_record(self) -> bool:
        """Whether how a row stands to those before is said in the record's text, there being no column for it."""
        return all(column.field is not ContactField.MARK for column in self.columns)


def faults_of(layout: ContactLayout) -> Iterator[tuple[Where, Message]]:
    """Everything wrong with a layout, each with the place of its file where that stands."""
    seen: set[str] = set()
    for place, column in enumerate(layout.columns):
        where: Where = ("column", place)
        if not column.heading.strip() or any(map(is_hidden, column.heading)) or "\n" in column.heading:
            yield (*where, "heading"), msg("exports.layout.bad_heading")
        if column.heading in seen:
            yield (*where, "heading"), msg("exports.layout.heading_twice", heading=column.heading)
        seen.add(column.heading)
        yield from _column_faults(where, column)
        if (column.field not in OF_STATUS) if layout.kind is LayoutKind.STATUS else (column.field in STATUS_ONLY):
            yield (
                (*where, "field"),
                msg("exports.layout.not_of_kind", field=column.field.value, kind=layout.kind.value),
            )
    fields = {column.field for column in layout.columns}
    if not fields & _IDENTIFYING:
        yield ("column",), msg("exports.layout.no_case")
    if not fields & {ContactField.MARK, ContactField.RECORD}:
        yield ("column",), msg("exports.layout.no_marks")
    for field, codes in layout.codes.items():
        yield from _code_faults(field, codes)


def _column_faults(where: Where, column: LayoutColumn) -> Iterator[tuple[Where, Message]]:
    shape = shape_of(column.field)
    if column.format and not _fits(shape, column.format):
        yield (*where, "format"), msg("exports.layout.bad_format", format=column.format, field=column.field.value)
    if not column.masked and column.field not in MASKS:
        yield (*where, "masked"), msg("exports.layout.nothing_masked", field=column.field.value)
    if column.from_file and column.field is not ContactField.SERIAL:
        yield (*where, "from_file"), msg("exports.layout.not_from_file", field=column.field.value)


def _fits(shape: Shape, form: str) -> bool:
    if shape is Shape.INSTANT:
        return _FORMAT.fullmatch(form) is not None
    if shape is Shape.DAY:
        return _DAY_FORMAT.fullmatch(form) is not None
    return shape is Shape.AMOUNT and form in set(AmountForm)


def _code_faults(field: ContactField, codes: CodeMap) -> Iterator[tuple[Where, Message]]:
    where: Where = ("codes", field.value)
    words = CODED.get(field)
    if words is None:
        yield where, msg("exports.layout.not_coded", field=field.value)
        return
    known = set(words)
    for ours, theirs in codes.theirs.items():
        if ours not in known:
            yield (*where, ours), msg("exports.layout.unknown_value", value=ours, field=field.value)
        if not theirs.strip() or any(map(is_hidden, theirs)):
            yield (*where, ours), msg("exports.layout.bad_code", value=ours)
        elif not codes.ours(theirs):
            yield (*where, ours), msg("exports.layout.no_way_back", code=theirs, field=field.value)
    for theirs, ours in codes.back.items():
        if codes.theirs.get(ours) != theirs:
            yield ("back", field.value, theirs), msg("exports.layout.wrong_way_back", code=theirs, value=ours)
