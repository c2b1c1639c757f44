"""Which case a row of a bank's list names: by every number it bears of a case, else by the person with the card's
last figures. Where two of its numbers name different cases a person has to say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from collector_desk.domain.book.bank_words import SpokenOf, chosen
from collector_desk.domain.book.nobodys_words import Names
from collector_desk.domain.book.serials import as_sought
from collector_desk.domain.vocabulary import NobodysReason
from collector_desk.store.book import bank_words as asked
from collector_desk.store.engine import Connection

_Cases = Mapping[str, Sequence[SpokenOf]]


@dataclass(frozen=True, slots=True)
class Directory:
    """The cases that some rows may mean."""

    accounts: _Cases = field(repr=False)
    serials: _Cases = field(repr=False)
    numbers: Mapping[str, SpokenOf] = field(repr=False)
    people: _Cases = field(repr=False)

    @classmethod
    def of(cls, conn: Connection, rows: Sequence[Names]) -> "Directory":
        """Asked of the store at once."""
        accounts = asked.by_account(conn, (row.account_no for row in rows))
        said = [no for row in rows for no in (row.serial, row.case_no) if no]
        rest = [row for row in rows if row.account_no not in accounts and row.card_tail]
        return cls(
            accounts,
            asked.by_serial(conn, (as_sought(no) for no in said)),
            asked.by_number(conn, said),
            asked.by_person(conn, (no for row in rest for no in (row.customer_no, row.id_no))),
        )

    def meant(self, row: Names) -> SpokenOf | NobodysReason:
        """The case a row names, or why it names none."""
        said = [cases for cases in self._by_number(row) if cases]
        if said:
            here = {one.id for one in said[0]}.intersection(*({one.id for one in cases} for cases in said[1:]))
            if not here:
                return NobodysReason.CONTRADICTS
            found = [one for one in said[0] if one.id in here]
        else:
            found = list(self._by_person(row))
        if not found:
            return NobodysReason.UNMATCHED
        return chosen(found) or NobodysReason.SEVERAL

    def _by_number(self, row: Names) -> Iterator[Sequence[SpokenOf]]:
        yield self.accounts.get(row.account_no, ())
        for number in (row.serial, row.case_no):
            ours = self.numbers.get(number)
            yield self.serials.get(as_sought(number), ()) or ([ours] if ours is not None else ())

    def _by_person(self, row: Names) -> Iterator[SpokenOf]:
        seen: set[str] = set()
        for number in (row.customer_no, row.id_no):
            for account in self.people.get(number, ()) if row.card_tail else ():
                if account.card_tail == row.card_tail and account.id not in seen:
                    seen.add(account.id)
                    yield account
