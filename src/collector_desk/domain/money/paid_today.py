"""A payment that came today of somebody a collector holds, and what became of what was promised."""

from dataclasses import dataclass, field

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message, msg
from collector_desk.domain.text.masking import masked_name
from collector_desk.domain.vocabulary import PromiseState


@dataclass(frozen=True, slots=True)
class PaidToday:
    """What a debtor's payments of today's files come to. ``promise``: how the last promise stands now; None: there
    was none."""

    debtor_id: str
    name: str = field(repr=False)
    amount: Money
    promise: PromiseState | None

    @property
    def said(self) -> Message:
        """In a sentence, behind the mask."""
        if self.promise is None:
            return msg("money.paid_today", name=masked_name(self.name), amount=self.amount)
        return msg(
            "money.paid_today_promised", name=masked_name(self.name), amount=self.amount, promise=self.promise
        )
