"""What taking a payment file in will do, before anything is written: whose each row is, how it stands."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Refused, msg
from collector_desk.domain.money.ledger import Ledger, work
from collector_desk.domain.money.payments import FileKind, ReceivedRow, RowStanding
from collector_desk.intake.payment_values import PaymentFile, PaymentRow
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.store import journal
from collector_desk.store.engine import Connection
from collector_desk.store.metadata import to_micros
from collector_desk.store.money import matching
from collector_desk.store.money.files import Sums
from collector_desk.store.money.matching import CaseOnFile, NobodysRow
from collector_desk.store.money.received import Matched
from collector_desk.store.projections import money

_AT_ONCE = 500  # debtors whose accounts are worked together
_FILE = "new"  # a row of the file by its place, as long as it has no id


@dataclass(frozen=True, slots=True)
class PaymentPlan:
    """Everything a file will do: whose each row is, how it will stand. ``bank`` is "" where nothing tells it."""

    rows: Sequence[Matched] = field(repr=False)
    bank: str
    placements: tuple[str, ...]
    debtors: tuple[str, ...]
    standings: Mapping[RowStanding, Sums]
    allocated: int
    excess: int
    amounts: tuple[Money, ...]  # of its rows, a currency each, the largest first
    findings: tuple[Problem, ...] = field(repr=False)
    basis: tuple[object, ...] = field(repr=False)  # what it hangs on: made of the same, it says the same

    def count(self, standing: RowStanding) -> int:
        """How many rows will stand so."""
        return self.standings.get(standing, Sums()).rows

    @property
    def currency(self) -> str:
        """That of most of it."""
        return self.amounts[0].currency if self.amounts else "CNY"


def made(
    conn: Connection,
    file: PaymentFile,
    *,
    bank: str,
    kind: FileKind,
    now: datetime,
    before: PaymentPlan | None = None,
) -> PaymentPlan:
    """The plan for a file by what is in the store; that of ``before``, of this file, where nothing happened since.

    Raises Refused ``intake.payments.several_banks`` where its accounts are of several and none is named,
    ``intake.payments.bank_unknown`` where the one named placed nothing here.
    """
    basis = journal.last_line(conn), bank, kind
    if before is not None and before.basis == basis:
        return before
    if bank and bank not in matching.banks(conn):
        raise Refused("intake.payments.bank_unknown", "bank", bank=bank)
    cases = _cases(conn, file, bank)
    named = {case.bank for case in cases if case is not None}
    if len(named) > 1:
        raise Refused("intake.payments.several_banks", "bank", banks=sorted(named))
    rows: list[Matched] = [
        (row, case.debtor_id if case else None, case.id if case else None)
        for row, case in zip(file.rows, cases, strict=True)
    ]
    found: dict[int, tuple[RowStanding, int, int]] = {}
    for number, standing, into, beyond in _standings(conn, rows, kind, now):
        found[number] = standing, into, beyond
    sums: dict[RowStanding, Sums] = {}
    for number, (row, debtor, _) in enumerate(rows):
        standing = RowStanding.UNMATCHED if debtor is None else found[number][0]
        so_far = sums.get(standing, Sums())
        sums[standing] = Sums(so_far.rows + 1, so_far.minor + row.amount)
    return PaymentPlan(
        rows=rows,
        bank=bank or next(iter(named), ""),
        placements=tuple(sorted({case.placement_id for case in cases if case is not None})),
        debtors=tuple(dict.fromkeys(debtor for _, debtor, _ in rows if debtor is not None)),
        standings=sums,
        allocated=sum(into for _, into, _ in found.values()),
        excess=sum(beyond for _, _, beyond in found.values()),
        amounts=_amounts(file),
        findings=tuple(_findings(file, rows, found)),
        basis=basis,
    )


def _amounts(file: PaymentFile) -> tuple[Money, ...]:
    sums: defaultdict[str, int] = defaultdict(int)
    for row in file.rows:
        sums[row.currency] += row.amount
    found = [Money(minor, currency) for currency, minor in sums.items()]
    return tuple(sorted(found, key=lambda one: -abs(one.minor)))


# --- whose a row is ------------------------------------------------------------------------------------------


def _cases(conn: Connection, file: PaymentFile, bank: str) -> list[CaseOnFile | None]:
    accounts = _of_bank(matching.by_account(conn, (row.account_no for row in file.rows)), bank)
    rest = [row for row in file.rows if row.account_no not in accounts and row.card_tail]
    people = _of_bank(matching.by_person(conn, (no for row in rest for no in (row.customer_no, row.id_no))), bank)
    return [_case(row, accounts, people) for row in file.rows]


def _of_bank(found: Mapping[str, list[CaseOnFile]], bank: str) -> dict[str, list[CaseOnFile]]:
    if not bank:
        return dict(found)
    theirs = {number: [case for case in cases if case.bank == bank] for number, cases in found.items()}
    return {number: cases for number, cases in theirs.items() if cases}


def found_since(conn: Connection) -> list[tuple[NobodysRow, CaseOnFile]]:
    """Of the rows that were nobody's those whose account has come since."""
    rows = matching.nobodys(conn)
    by_bank: defaultdict[str, list[NobodysRow]] = defaultdict(list)
    for row in rows:
        by_bank[row.bank].append(row)
    found = []
    for bank, theirs in by_bank.items():
        accounts = _of_bank(matching.by_account(conn, (row.account for row in theirs)), bank)
        rest = [row for row in theirs if row.account not in accounts and row.card_tail]
        people = _of_bank(
            matching.by_person(conn, (no for row in rest for no in (row.customer_no, row.id_no))), bank
        )
        for row in theirs:
            case = _named(row.account, (row.customer_no, row.id_no), row.card_tail, row.posted_on, accounts, people)
            if case is not None:
                found.append((row, case))
    return found


def _case(
    row: PaymentRow, accounts: Mapping[str, list[CaseOnFile]], people: Mapping[str, list[CaseOnFile]]
) -> CaseOnFile | None:
    person = row.customer_no, row.id_no
    return _named(row.account_no, person, row.card_tail, row.posted_on, accounts, people)


def _named(
    account: str,
    person: tuple[str, str],
    card_tail: str,
    posted_on: date,
    accounts: Mapping[str, list[CaseOnFile]],
    people: Mapping[str, list[CaseOnFile]],
) -> CaseOnFile | None:
    if account in accounts:
        return _of_day(accounts[account], posted_on)
    if not card_tail:
        return None
    here = [case for no in person for case in people.get(no, ()) if case.card_tail == card_tail]
    if len({(case.bank, case.account) for case in here}) != 1:
        return None  # nobody, or several: a person has to say
    return _of_day(here, posted_on)


def _of_day(cases: Sequence[CaseOnFile], posted_on: date) -> CaseOnFile:
    """Of an account placed more than once the case that was with us on the day: they come in order."""
    before = [case for case in cases if case.placed_on is None or case.placed_on <= posted_on]
    return before[-1] if before else cases[0]


# --- how it will stand ---------------------------------------------------------------------------------------


def _standings(
    conn: Connection, rows: Sequence[Matched], kind: FileKind, now: datetime
) -> Iterator[tuple[int, RowStanding, int, int]]:
    """Of each row that is somebody's: its place in the file, how it stands, what goes where."""
    fresh: dict[str, dict[str, list[ReceivedRow]]] = {}
    micros = to_micros(now)
    for number, (row, debtor, case) in enumerate(rows):
        if debtor is not None and case is not None:
            fresh.setdefault(debtor, {}).setdefault(case, []).append(_received(number, row, kind, now, micros))
    debtors = list(fresh)
    for start in range(0, len(debtors), _AT_ONCE):
        some = debtors[start : start + _AT_ONCE]
        known, accounts = money.settled(conn, some, money.rows_of(conn, some)), money.accounts_of(conn, some)
        for who in some:
            before = known.rows.get(who, {})
            theirs = {case: [*before.get(case, ()), *new] for case, new in fresh[who].items()}
            yield from _of_file(work(accounts[who], {**before, **theirs}, known.decided))


def _of_file(ledger: Ledger) -> Iterator[tuple[int, RowStanding, int, int]]:
    for one in ledger.rows:
        if one.row_id.startswith(_FILE):
            yield int(one.row_id[len(_FILE) :]), one.standing, one.allocated, one.excess


def _received(number: int, row: PaymentRow, kind: FileKind, now: datetime, micros: int) -> ReceivedRow:
    return ReceivedRow(
        id=f"{_FILE}{number:09}",
        place=(micros, row.sheet, row.line),
        account=row.account_no,
        reference=row.reference,
        minor=row.amount,
        currency=row.currency,
        posted_on=row.posted_on,
        file_id=_FILE,
        kind=kind,
        received_at=now,
        assumed=row.assumed,
        paid_on=row.paid_on,
        at=row.at,
    )


def _findings(
    file: PaymentFile, rows: Sequence[Matched], found: Mapping[int, tuple[RowStanding, int, int]]
) -> Iterator[Problem]:
    """What a person will have to look at, row by row."""
    for number, (row, debtor, _) in enumerate(rows):
        code = "intake.payments.unmatched" if debtor is None else ""
        if debtor is not None and found[number][0] is RowStanding.TO_SETTLE:
            code = "intake.payments.to_settle"
        if code:
            sheet = file.sheets[row.sheet].name
            headings = [
                column.header for column in file.columns_at(sheet, row.line) if column.field == "account_no"
            ]
            heading = headings[0] if headings else ""
            yield Problem(sheet, row.line, heading, row.account_no, msg(code), ProblemSeverity.WARNING)
