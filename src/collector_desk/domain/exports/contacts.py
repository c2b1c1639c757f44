"""What goes to a bank in its layout: which rows, how each stands to what went before, and what its cells say.

The rows are contacts, or the cases themselves (``exports.status``)."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from typing import Generic, Protocol, TypeVar

from collector_desk.domain.book.debts import OTHERS, CaseFacts
from collector_desk.domain.book.money import Money, format_figure
from collector_desk.domain.calls.log import PROMISES
from collector_desk.domain.exports.layout import (
    CODED,
    MASKS,
    AmountForm,
    ContactField,
    ContactLayout,
    LayoutColumn,
    Shape,
    shape_of,
)
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.text.cells import Cell, one_line
from collector_desk.domain.text.masking import district
from collector_desk.domain.vocabulary import (
    Addressee,
    ArrearsReason,
    CaseState,
    Channel,
    Direction,
    Negotiated,
    NumberKind,
    Outcome,
    SentMark,
    Speaker,
)

Words = Callable[[Message], str]

_SENSITIVE_REASONS = frozenset({ArrearsReason.ILLNESS_FAMILY})
_SENSITIVE_OUTCOMES = frozenset({Outcome.HARDSHIP, Outcome.RISK_TO_LIFE, Outcome.DECEASED})
_NEGOTIATED = {
    Outcome.PROMISE_FULL: Negotiated.IN_FULL,
    Outcome.PROMISE_PART: Negotiated.IN_PART,
    Outcome.WANTS_PLAN: Negotiated.BY_PLAN,
}
_NAMES_FIRST = frozenset({SentMark.REPEAT, SentMark.CORRECTED, SentMark.TAKEN_BACK})


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of an attempt that holds: what the call came to."""

    id: str
    outcome: Outcome
    speaker: Speaker
    reason: ArrearsReason | None
    next_at: datetime | None
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """One attempt to reach somebody about an account; ``end`` is None where no outcome of it holds for the bank."""

    attempt_id: str
    debtor_id: str
    at: datetime
    channel: Channel
    direction: Direction
    end: Ended | None
    name: str = field(repr=False)
    customer_no: str = field(repr=False)
    id_number: str = field(repr=False)
    number: str = field(repr=False)
    number_kind: NumberKind | None
    owner_name: str = field(repr=False)
    relation: str
    address: str = field(repr=False)
    collector: str
    collector_no: str
    case: CaseFacts
    promised: Money | None = None
    promised_at: datetime | None = None

    @property
    def about_id(self) -> str:
        """What the row is about: the attempt."""
        return self.attempt_id

    @property
    def said_id(self) -> str | None:
        """What is said of it: the end that holds."""
        return self.end.id if self.end else None

    @property
    def sensitive(self) -> bool:
        """Whether health or family is behind what was said: the note tells a story that need not go around."""
        end = self.end
        return end is not None and (end.reason in _SENSITIVE_REASONS or end.outcome in _SENSITIVE_OUTCOMES)

    @property
    def to(self) -> Addressee:
        """Whom it was with, or where nobody spoke, whose number it is."""
        speaker = self.end.speaker if self.end else Speaker.UNKNOWN
        if speaker is Speaker.DEBTOR:
            return Addressee.DEBTOR
        if self.number_kind in OTHERS:
            return Addressee.GUARANTOR if self.number_kind is NumberKind.GUARANTOR else Addressee.CONTACT
        if speaker is Speaker.GUARANTOR:
            return Addressee.GUARANTOR
        return Addressee.OTHER if speaker is Speaker.THIRD_PARTY else Addressee.DEBTOR


@dataclass(frozen=True, slots=True)
class SentPlace:
    """Where a row stands that the bank has: the number of its export and the line there, from 1."""

    row_id: str
    export: str
    line: int


@dataclass(frozen=True, slots=True)
class SentBefore:
    """What the bank has of something: where it came first, what was said of it last (None: taken back), where."""

    first: SentPlace
    last_said: str | None
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The time a whole export covers; without a beginning all that was before."""

    since: datetime | None
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Whether an instant lies in it."""
        return at <= self.until and (self.since is None or at >= self.since)


class Sendable(Protocol):
    """What a row of an export may be: about what, what is said of it, of whom and when."""

    @property
    def about_id(self) -> str:
        """By what it is found again."""

    @property
    def said_id(self) -> str | None:
        """Another one where something else is said of it; None where nothing is any more."""

    @property
    def debtor_id(self) -> str:
        """Whose it is."""

    @property
    def case(self) -> CaseFacts:
        """The account."""

    @property
    def at(self) -> datetime:
        """When it was."""


Sent = TypeVar("Sent", bound=Sendable)


@dataclass(frozen=True, slots=True)
class SentRow(Generic[Sent]):
    """A row with how it stands to what the bank has; ``first`` where it has it already."""

    contact: Sent
    mark: SentMark
    first: SentPlace | None = None


def rows_to_send(
    contacts: Iterable[Sent],
    sent: Mapping[str, SentBefore],
    covered: Sequence[Span],
    *,
    span: Span,
    repeats: bool,
) -> tuple[SentRow[Sent], ...]:
    """What goes out now, in the order of time: what the bank hasn't, or has otherwise; with ``repeats`` the rest.

    ``covered``: what the exports before this one covered.
    """
    found = []
    for contact in contacts:
        if span.holds(contact.at):
            row = _row(contact, sent.get(contact.about_id), covered)
            if row is not None and (repeats or row.mark is not SentMark.REPEAT):
                found.append(row)
    return tuple(sorted(found, key=lambda row: (row.contact.at, row.contact.about_id)))


def _row(contact: Sent, before: SentBefore | None, covered: Sequence[Span]) -> SentRow[Sent] | None:
    if before is None:
        if contact.said_id is None:
            return None  # still talking, or taken back before anybody was told
        late = any(span.holds(contact.at) for span in covered)
        return SentRow(contact, SentMark.LATE if late else SentMark.NEW)
    if contact.said_id is None:
        return SentRow(contact, SentMark.TAKEN_BACK, before.first) if before.last_said else None
    mark = SentMark.REPEAT if contact.said_id == before.last_said else SentMark.CORRECTED
    return SentRow(contact, mark, before.first)


@dataclass(frozen=True, slots=True)
class CellPrinting(ABC, Generic[Sent]):
    """What the cells of an export need besides its rows; what each row's fields hold its kind says.

    ``released``: a lead lets notes with a sensitive reason go out where the layout asks for them. ``covered``: all
    that is personal stays behind its mask whatever the layout says, as a screen shows it; ``hides_returned``: so
    does what is of a case that went back, for who is no longer to see it.
    """

    layout: ContactLayout
    words: Words
    zone: tzinfo
    placed_on: date | None
    released: bool = False
    covered: bool = False
    hides_returned: bool = False

    def withholds(self, contact: Sent) -> bool:  # noqa: ARG002 -- most rows have no note
        """Whether outcome and code stand for the note."""
        return False

    def cells(self, row: SentRow[Sent]) -> tuple[Cell, ...]:
        """The cells of a row. Raises Refused (``exports.unmapped``) for a word the bank's codes don't know."""
        if self.hides_returned and not self.covered and row.contact.case.state is CaseState.RETURNED:
            return replace(self, covered=True).cells(row)
        return tuple(self._cell(column, row) for column in self.layout.columns)

    def _cell(self, column: LayoutColumn, row: SentRow[Sent]) -> Cell:
        shape = shape_of(column.field)
        if shape is Shape.CODE:
            return one_line(self._code(column.field, row))
        if shape is Shape.COUNT:
            return row.contact.case.days
        if shape is Shape.AMOUNT:
            return _amount(self._amount_of(column.field, row), column.form)
        if shape is Shape.INSTANT:
            at = self._instant_of(column.field, row)
            return at.astimezone(self.zone).strftime(column.form) if at else ""
        if shape is Shape.DAY:
            day = self._day_of(column.field, row)
            return day.strftime(column.form) if day else ""
        return self._text(column, row)

    def _text(self, column: LayoutColumn, row: SentRow[Sent]) -> str:
        if column.field is ContactField.SERIAL:
            text = _serial(column, row.contact.case)
        elif column.field is ContactField.FIRST_SENT:
            text = self._first(row)
        else:
            text = self._text_of(column.field, row)
        return one_line(self._behind_mask(column, text))

    def _amount_of(self, field: ContactField, row: SentRow[Sent]) -> Money | None:
        return row.contact.case.placed if field is ContactField.PLACED else row.contact.case.balance

    @abstractmethod
    def _instant_of(self, field: ContactField, row: SentRow[Sent]) -> datetime | None:
        """What an instant's column says of a row."""

    def _day_of(self, field: ContactField, row: SentRow[Sent]) -> date | None:
        return self.placed_on if field is ContactField.PLACED_ON else row.contact.case.terms.mandate_ends

    @abstractmethod
    def _text_of(self, field: ContactField, row: SentRow[Sent]) -> str:
        """What a text's column says of a row, before it goes behind its mask."""

    @abstractmethod
    def _coded(self, field: ContactField, row: SentRow[Sent]) -> str | None:
        """Our word for which the bank may have a code; None where there is none."""

    def _behind_mask(self, column: LayoutColumn, text: str) -> str:
        mask = MASKS.get(column.field)
        return mask(text) if mask and (column.masked or self.covered) else text

    def _first(self, row: SentRow[Sent]) -> str:
        if row.first is None or row.mark not in _NAMES_FIRST:
            return ""
        return self.words(msg("exports.first_sent", number=row.first.export, line=row.first.line))

    def _code(self, field: ContactField, row: SentRow[Sent]) -> str:
        value = row.mark if field is ContactField.MARK else self._coded(field, row)
        if value is None:
            return ""
        known = self.layout.codes.get(field)
        word = self.words(Message(f"{CODED[field].__name__}.{value}"))
        if known is None:
            return word
        if value not in known.theirs:
            raise Refused("exports.unmapped", value=word, code=f"{value}", field=field.value, layout=self.layout.id)
        return known.theirs[value]


class Printing(CellPrinting[ContactRecord]):
    """The cells of contacts."""

    def withholds(self, contact: ContactRecord) -> bool:
        """Whether outcome and code stand for the note."""
        open_notes = self.layout.sensitive_notes and self.released and not self.covered
        return contact.sensitive and not open_notes

    def _amount_of(self, field: ContactField, row: SentRow[ContactRecord]) -> Money | None:
        if field is ContactField.PROMISED:
            return row.contact.promised if _promise(row) else None
        return super()._amount_of(field, row)

    def _instant_of(self, field: ContactField, row: SentRow[ContactRecord]) -> datetime | None:
        return _INSTANTS[field](row)

    def _text(self, column: LayoutColumn, row: SentRow[ContactRecord]) -> str:
        if column.field is ContactField.RECORD:
            return self._record(column, row)
        return super()._text(column, row)

    def _text_of(self, field: ContactField, row: SentRow[ContactRecord]) -> str:
        return _TEXTS[field](row.contact)

    def _coded(self, field: ContactField, row: SentRow[ContactRecord]) -> str | None:
        return _coded(field, row)

    def _code(self, field: ContactField, row: SentRow[ContactRecord]) -> str:
        if field is ContactField.RELATION and row.contact.relation and row.contact.number_kind in OTHERS:
            return row.contact.relation  # the bank's own word for this contact
        return super()._code(field, row)

    def _record(self, column: LayoutColumn, row: SentRow[ContactRecord]) -> str:
        contact, parts = row.contact, []
        if self.layout.marks_in_record and row.mark is not SentMark.NEW:
            parts.append(f"[{self._mark_and_first(row)}]")
        if self.withholds(contact):
            parts.append(self.words(self._instead(contact)))
        elif contact.end is not None:
            note = contact.end.note
            parts.append(note[:1] + "**" if self.covered and note else self._behind_mask(column, note))
        return one_line(" ".join(filter(None, parts)))

    def _instead(self, contact: ContactRecord) -> Message:
        assert contact.end is not None  # noqa: S101 -- what has no end has no reason
        outcome, reason = contact.end.outcome, contact.end.reason
        if reason is None:
            return msg("exports.instead_of_note", outcome=outcome, code=outcome.value)
        return msg("exports.instead_of_note_reason", outcome=outcome, reason=reason, code=reason.value)

    def _mark_and_first(self, row: SentRow[ContactRecord]) -> str:
        return " ".join(filter(None, (self._code(ContactField.MARK, row), self._first(row))))


def _serial(column: LayoutColumn, case: CaseFacts) -> str:
    given = dict(case.extras)
    return next((given[name] for name in column.from_file if given.get(name, "").strip()), case.number)


def _coded(field: ContactField, row: SentRow[ContactRecord]) -> str | None:
    contact, end = row.contact, row.contact.end
    if field is ContactField.OUTCOME:
        return end.outcome if end else None
    if field is ContactField.REASON:
        return end.reason if end else None
    if field is ContactField.NEGOTIATED:
        return _NEGOTIATED.get(end.outcome) if end else None
    return {
        ContactField.MEASURE: contact.channel,
        ContactField.DIRECTION: contact.direction,
        ContactField.RELATION: contact.to,
        ContactField.NUMBER_KIND: contact.number_kind,
        ContactField.STATE: contact.case.state,
    }[field]


def _amount(amount: Money | None, form: str) -> Cell:
    if amount is None:
        return ""
    if form == AmountForm.MINOR:
        return amount.minor
    return format_figure(amount) if form == AmountForm.GROUPED else amount.decimal


def _spoken_to(contact: ContactRecord) -> str:
    if contact.to is Addressee.DEBTOR:
        return contact.name
    return contact.owner_name if contact.number_kind in OTHERS else ""


def _promise(row: SentRow[ContactRecord]) -> bool:
    end = row.contact.end
    return end is not None and end.outcome in PROMISES


_INSTANTS: Mapping[ContactField, Callable[[SentRow[ContactRecord]], datetime | None]] = {
    ContactField.AT: lambda row: row.contact.at,
    ContactField.FOLLOW_UP: lambda row: row.contact.end.next_at if row.contact.end else None,
    ContactField.PROMISED_ON: lambda row: row.contact.promised_at if _promise(row) else None,
}
_TEXTS: Mapping[ContactField, Callable[[ContactRecord], str]] = {
    ContactField.CASE_NUMBER: lambda contact: contact.case.number,
    ContactField.NAME: lambda contact: contact.name,
    ContactField.CUSTOMER_NO: lambda contact: contact.customer_no,
    ContactField.ID_NUMBER: lambda contact: contact.id_number,
    ContactField.ACCOUNT: lambda contact: contact.case.account_number,
    ContactField.CARD_TAIL: lambda contact: contact.case.card_tail,
    ContactField.SPOKEN_TO: _spoken_to,
    ContactField.NUMBER: lambda contact: contact.number,
    ContactField.COLLECTOR: lambda contact: contact.collector,
    ContactField.COLLECTOR_NO: lambda contact: contact.collector_no,
    ContactField.CURRENCY: lambda contact: contact.case.balance.currency,
    ContactField.BATCH: lambda contact: contact.case.placement_number,
    ContactField.DISTRICT: lambda contact: district(contact.address),
    ContactField.BLANK: lambda _: "",
}
