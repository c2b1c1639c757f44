"""A lead gives the cases of a mandate that is over back to the bank: the list, the numbered file, their end here.

One commit writes the list and ends every case on it, with the file; what follows (promises, visits, who holds them,
the queue) comes after it in pieces, after a crash at the next start.
"""

from pathlib import Path

from collector_desk.domain.book.closing import Account, Ending
from collector_desk.domain.changes import Changes
from collector_desk.domain.exports.bank_lists import EndingCase, EndingMandate
from collector_desk.domain.message import Refused, msg
from collector_desk.domain.people import Act, require
from collector_desk.domain.vocabulary import BankListKind, CaseState
from collector_desk.exchange import outgoing
from collector_desk.services.book import closing
from collector_desk.services.book.bank_lists import ListSent, law_day, one_file, write
from collector_desk.services.desk.seat import Seat, reading
from collector_desk.services.record import accounts, exports
from collector_desk.services.record.accounts import GoneBack
from collector_desk.store.book import derived
from collector_desk.store.engine import Connection
from collector_desk.store.exports import bank_lists as asked
from collector_desk.store.importlock import importing
from collector_desk.store.intake import unfinished
from collector_desk.words.messages import Lang, render

_WHAT = "return"


def give_back(
    seat: Seat, mandate: EndingMandate, target: Path, *, language: Lang = "zh_CN", replace: bool = False
) -> ListSent:
    """Give back every open case of a mandate that is over, on one numbered list; all of them or none.

    Raises Refused for anybody but a lead, while the mandate runs, where nothing is left; Trouble
    ``intake.import_running`` while a file comes in or another lead does the same, and as ``outgoing.writing``.
    Slow: for a worker.
    """
    require(seat.person, Act.CLOSE_CASE)
    today = seat.today()
    if not mandate.over(law_day(seat)):
        raise Refused("exports.lists.not_over", "cases", ends=mandate.ends)
    outgoing.check(target, replace=replace)
    kind = BankListKind.RETURN
    with importing(seat.store.folder):
        ReturnsLeft().clear(seat)
        with reading(seat, Act.EXPORT) as conn:
            some = asked.ending_cases(conn, mandate.placement_id, None, mandate.ends)
        if not some:
            raise Refused("exports.lists.nothing_left", "cases")
        with one_file(seat, target, replace=replace) as (out, act):
            sha256 = write(seat, out, kind, some, today, language)
            if len(asked.ending_cases(act.conn, mandate.placement_id, None, mandate.ends)) != len(some):
                raise Refused("exports.too_busy")
            list_id, number = exports.list_sent(
                act, kind, mandate.placement_id, mandate.bank, some, sha256, target.name
            )
            gone = [GoneBack(_account(case), today, number) for case in some]
            accounts.go_back(act, Ending.HANDED_BACK, gone)
            derived.mark_due(act.conn, [case.debtor_id for case in some], act.at)
            unfinished.mark(act.conn, _WHAT, list_id)
        _follow(seat, list_id, language)
    return ListSent(number, len(some), sha256, Changes(everything=True))


def _account(case: EndingCase) -> Account:
    return Account(case.id, case.number, case.debtor_id, CaseState.OPEN, case.balance.minor, case.balance.currency)


class ReturnsLeft:
    """A list whose cases went back while what follows of it is still to come."""

    def there(self, conn: Connection) -> bool:
        """Whether a killed process left one."""
        return unfinished.batch_of(conn, _WHAT) is not None

    def clear(self, seat: Seat) -> bool:
        """Go on with it."""
        with seat.store.read() as conn:
            left = unfinished.batch_of(conn, _WHAT)
        if left is not None:
            _follow(seat, left, "zh_CN")
        return left is not None


def _follow(seat: Seat, list_id: str, language: Lang) -> None:
    with seat.store.read() as conn:
        cases, number = asked.handed_back(conn, list_id), asked.number_of(conn, list_id)
    gone: dict[str, list[str]] = {}
    for debtor_id, case_id in cases:
        gone.setdefault(debtor_id, []).append(case_id)
    why = render(msg("book.closing.visit_withdrawn", ending=Ending.HANDED_BACK, document=number), language)
    closing.follow_up(seat, "bank_list", gone, why)
    with seat.store.write() as conn:
        unfinished.done(conn, _WHAT)
