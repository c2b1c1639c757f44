"""How the balances of a debtor came about, for whoever may see the case."""

from collector_desk.domain.money.make_up import BankFigure, MadeOf
from collector_desk.services.desk.seat import Seat
from collector_desk.store.money import figures, make_up


def of_debtor(seat: Seat, debtor_id: str) -> dict[str, tuple[MadeOf, ...]]:
    """By account, every row of a bank on it, by posting day; nothing for accounts without any."""
    found: dict[str, list[MadeOf]] = {}
    with seat.store.read() as conn:
        for one in make_up.of_debtor(conn, debtor_id):
            found.setdefault(one.case_id, []).append(one)
    return {case_id: tuple(rows) for case_id, rows in found.items()}


def figures_of_debtor(seat: Seat, debtor_id: str) -> dict[str, tuple[BankFigure, ...]]:
    """By account, every figure the bank gave of it, by its day; the last one is what the balance begins with."""
    found: dict[str, list[BankFigure]] = {}
    with seat.store.read() as conn:
        for one in figures.of_debtor(conn, debtor_id):
            found.setdefault(one.case_id, []).append(one)
    return {case_id: tuple(told) for case_id, told in found.items()}
