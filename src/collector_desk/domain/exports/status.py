"""A case as it stands, as it goes back to the bank: its state, the balance with its day, the promise, the end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.book.debts import CaseFacts
from collector_desk.domain.book.money import Money
from collector_desk.domain.exports.contacts import CellPrinting, SentRow
from collector_desk.domain.exports.layout import ContactField
from collector_desk.domain.plain import digest
from collector_desk.domain.vocabulary import Outcome, PromiseState


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """One case. ``outcome`` is that of the debtor's last call; ``at``: when this was looked at."""

    debtor_id: str
    case: CaseFacts
    name: str = field(repr=False)
    customer_no: str = field(repr=False)
    id_number: str = field(repr=False)
    at: datetime
    outcome: Outcome | None = None
    promised: Money | None = None
    promised_at: datetime | None = None
    promise: PromiseState | None = None
    ending: Ending | None = None
    ended_on: date | None = None

    @property
    def about_id(self) -> str:
        """The case itself."""
        return self.case.id

    @property
    def said_id(self) -> str:
        """Another one as soon as anything of it is otherwise."""
        case = self.case
        said = (
            *(case.state.value, case.balance.minor, case.balance_as_of.isoformat()),
            *(self.outcome, self.promise, self.promised.minor if self.promised else None),
            *(self.promised_at.isoformat() if self.promised_at else None, self.ending),
            self.ended_on.isoformat() if self.ended_on else None,
        )
        return digest([str(one) for one in said])[:32]


class StatusPrinting(CellPrinting[CaseStatus]):
    """The cells of cases as they stand."""

    def _amount_of(self, field: ContactField, row: SentRow[CaseStatus]) -> Money | None:
        return row.contact.promised if field is ContactField.PROMISED else super()._amount_of(field, row)

    def _instant_of(self, field: ContactField, row: SentRow[CaseStatus]) -> datetime | None:
        assert field is ContactField.PROMISED_ON  # noqa: S101 -- the only instant of a status (``OF_STATUS``)
        return row.contact.promised_at

    def _day_of(self, field: ContactField, row: SentRow[CaseStatus]) -> date | None:
        if field is ContactField.AS_OF:
            return row.contact.case.balance_as_of
        return row.contact.ended_on if field is ContactField.ENDED_ON else super()._day_of(field, row)

    def _text_of(self, field: ContactField, row: SentRow[CaseStatus]) -> str:
        return _TEXTS[field](row.contact)

    def _coded(self, field: ContactField, row: SentRow[CaseStatus]) -> str | None:
        one = row.contact
        return {
            ContactField.STATE: one.case.state,
            ContactField.OUTCOME: one.outcome,
            ContactField.PROMISE_STATE: one.promise,
            ContactField.END: one.ending,
        }[field]


_TEXTS: Mapping[ContactField, Callable[[CaseStatus], str]] = {
    ContactField.CASE_NUMBER: lambda one: one.case.number,
    ContactField.NAME: lambda one: one.name,
    ContactField.CUSTOMER_NO: lambda one: one.customer_no,
    ContactField.ID_NUMBER: lambda one: one.id_number,
    ContactField.ACCOUNT: lambda one: one.case.account_number,
    ContactField.CARD_TAIL: lambda one: one.case.card_tail,
    ContactField.CURRENCY: lambda one: one.case.balance.currency,
    ContactField.BATCH: lambda one: one.case.placement_number,
    ContactField.BLANK: lambda _: "",
}
