"""A debtor of whom everything went back to the bank, as they are seen by whoever has no more to do with them."""

from collections.abc import Iterable
from dataclasses import replace

from collector_desk.domain.book.debts import CaseFacts, DebtorFile, PhoneFacts, QueueRow, TimelineEntry
from collector_desk.domain.text.masking import (
    masked_account,
    masked_address,
    masked_id,
    masked_name,
    masked_number,
    masked_text,
)


def masked_file(file: DebtorFile) -> DebtorFile:
    """The file with names, numbers, addresses and identity behind their masks for good."""
    debtor = replace(
        file.debtor,
        name=masked_name(file.debtor.name),
        id_number=masked_id(file.debtor.id_number),
        customer_no=masked_id(file.debtor.customer_no),
        employer="",
    )
    return replace(
        file,
        debtor=debtor,
        cases=tuple(map(_case, file.cases)),
        phones=tuple(map(masked_phone, file.phones)),
        addresses=tuple((key, kind, masked_address(line)) for key, kind, line in file.addresses),
        last_note="",
    )


def _case(case: CaseFacts) -> CaseFacts:
    extras = tuple((name, "****") for name, _ in case.extras)
    return replace(case, account_number=masked_account(case.account_number), remark="", extras=extras)


def masked_phone(phone: PhoneFacts) -> PhoneFacts:
    """A number and whose it is behind masks."""
    return replace(phone, number=masked_number(phone.number), owner_name=masked_name(phone.owner_name))


def masked_lines(lines: Iterable[TimelineEntry], name: str) -> tuple[TimelineEntry, ...]:
    """What happened, with numbers and the debtor's name hidden in what people wrote."""
    return tuple(
        replace(line, text=masked_text(line.text.replace(name, masked_name(name)) if name else line.text))
        for line in lines
    )


def masked_row(row: QueueRow) -> QueueRow:
    """A line of a list without the name."""
    return replace(row, name=masked_name(row.name))
