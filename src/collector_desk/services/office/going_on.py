"""Going on with a store that isn't the one its computer remembers: a lead's answer, for ever in the history."""

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, Refused
from collector_desk.domain.people import Act, may, require, require_own_password
from collector_desk.domain.states import StoreDoubt, TieReason
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.services.desk import standing
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.record import ties
from collector_desk.store import heads, marks
from collector_desk.store.standing import judge, unagreed

_NOT_A_LEADS = frozenset({None, StoreDoubt.OWN_ANSWER})


def may_answer(seat: Seat) -> bool:
    """Whether this person may go on with the store, and give up what was done since."""
    return may(seat.person.roles, Act.REPAIR_CLOCK)  # the lead's repairs of what machines did to a store


def waits(seat: Seat) -> Message | None:
    """What a lead is to answer here: the doubt about the store, or another lead's answer. None: nothing."""
    told = standing.doubt(seat)
    if told is not None:
        return told
    with seat.store.read() as conn:
        by = unagreed(conn, marks.machine_print(seat.store_id))
    return Message("office.going_on.agree") if by not in (None, seat.person.id) else None


def is_mine(seat: Seat) -> bool:
    """Whether what waits here waits for this person, as far as they may answer at all."""
    return waits(seat) is not None and seat.standing.doubt is not StoreDoubt.OWN_ANSWER


def answer(seat: Seat, reason: str) -> Changes:
    """A lead's word that the store is the one to go on with, and why. Everybody may dial again.

    But the lead themselves only once another one agreed, by this very act; where there is no other lead, the line
    says that they were alone. Raises Refused without a reason, and where nothing waits for this person.
    """
    require(seat.person, Act.REPAIR_CLOCK)
    words = cleaned(reason, 500)
    if not words:
        raise Refused("office.keeping.reason_missing", "reason")
    kept = marks.read(seat.folder, seat.store_id)
    with acting(seat, "store.go_on") as act:
        require(seat.person, Act.REPAIR_CLOCK)
        found = judge(act.conn, seat.store_id, kept, seat.person.id)
        if found.doubt not in _NOT_A_LEADS:
            ties.write(act, seat, TieReason(str(found.doubt)), standing=found, reason=words)
        elif unagreed(act.conn, marks.machine_print(seat.store_id)) in (None, seat.person.id):
            raise Refused("office.going_on.nothing")
        else:
            ties.write(act, seat, TieReason.AGREED, reason=words)
        heads.sign_head(act.conn, seat.unlocked, act.at)
    standing.tie(seat)
    return Changes(everything=True)


def restored(seat: Seat, reason: str) -> bool:
    """After a backup was put in place: tie it to this computer, if this person may; False: a lead has to answer.

    What was seen here later is given up only with a reason.
    """
    lead = may_answer(seat) and not seat.person.first_password
    found = seat.standing
    words = cleaned(reason, 500)
    if found.doubt is not None and not (lead and (words or not found.behind)):
        return False
    if seat.person.first_password:
        return True  # it fits, and a line they sign proves nothing
    with acting(seat, "store.restore") as act:
        require_own_password(seat.person)
        if found.doubt in _NOT_A_LEADS:
            ties.write(act, seat, TieReason.RESTORED, reason=words)
        else:
            ties.write(act, seat, TieReason(str(found.doubt)), standing=found, reason=words)
        heads.sign_head(act.conn, seat.unlocked, act.at)
    standing.tie(seat)
    return True
