"""The money of a store in lines without an id or a number of ours, for one digest that two stores compare."""

from collections.abc import Iterator

from sqlalchemy import Connection

from collector_desk.domain.money.digest import money_digest
from collector_desk.domain.money.payments import RowStanding

# of a row told twice only one counts; which of the two lies with the order in which they came
_ROWS = (
    "SELECT 'row', d.bank_name, c.account_number, json_extract(r.skeleton, '$.reference'), n.minor, n.currency, "
    "n.posted_on, n.standing, n.doubt, n.allocated_minor, n.excess_minor, n.contained_minor FROM payment_now n "
    "JOIN bank_row r ON r.id = n.row_id JOIN account_case c ON c.id = n.case_id "
    "JOIN debtor d ON d.id = n.debtor_id WHERE n.standing <> ?"
)
_NOBODYS = (
    "SELECT DISTINCT 'nobody', k.bank_name, json_extract(r.content, '$.account'), "
    "json_extract(r.skeleton, '$.reference'), json_extract(r.skeleton, '$.minor'), "
    "json_extract(r.skeleton, '$.currency'), json_extract(r.skeleton, '$.posted_on') FROM payment_match m "
    "JOIN bank_row r ON r.id = m.row_id JOIN bank_piece p ON p.id = r.piece_id "
    "JOIN payments_taken k ON k.id = p.batch_id JOIN batch b ON b.id = k.id AND b.state = 'visible' "
    "WHERE m.debtor_id IS NULL"
)
_ACCOUNTS = (
    "SELECT 'account', d.bank_name, c.account_number, c.currency, c.placed_minor, c.balance_minor, "
    "c.balance_as_of, c.state FROM account_case c JOIN debtor d ON d.id = c.debtor_id AND d.visible"
)
_PROMISES = (
    "SELECT 'promise', d.bank_name, c.account_number, p.amount_minor, p.currency, p.due_at, s.state "
    "FROM promise_state s JOIN promise p ON p.id = s.promise_id JOIN account_case c ON c.id = s.case_id "
    "JOIN debtor d ON d.id = c.debtor_id"
)
_CLAIMS = (
    "SELECT 'claim', d.bank_name, c.account_number, n.minor, n.currency, n.paid_on, n.state FROM claim_now n "
    "JOIN account_case c ON c.id = n.case_id JOIN debtor d ON d.id = c.debtor_id"
)


def digest_of_money(conn: Connection) -> str:
    """What was paid, how it stands, what is owed, what became of promises: equal where the same files came in."""
    return money_digest(_lines(conn))


def _lines(conn: Connection) -> Iterator[tuple[object, ...]]:
    told = ((_ROWS, (RowStanding.REPEATED,)), (_NOBODYS, ()), (_ACCOUNTS, ()), (_PROMISES, ()), (_CLAIMS, ()))
    for statement, arguments in told:
        for row in conn.exec_driver_sql(statement, arguments):
            yield tuple(row)
