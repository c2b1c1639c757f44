"""A placement's month worked out, and frozen by a lead: then it stays, and what comes late goes into the next."""

from zoneinfo import ZoneInfo

from collector_desk.domain.message import Refused
from collector_desk.domain.money.coverage import DaySpan, coverage
from collector_desk.domain.money.month import DaysTold, FrozenBy, PlacementMonth, open_lines
from collector_desk.domain.money.reconciling import Frozen, Month, together
from collector_desk.domain.money.statements import Theirs
from collector_desk.domain.people import Act, require
from collector_desk.services.desk.seat import Seat, acting, reading
from collector_desk.services.record import months as record
from collector_desk.store.book.placements import placements
from collector_desk.store.engine import Connection
from collector_desk.store.ids import new_id
from collector_desk.store.money import files, months, promised, statements
from collector_desk.store.money import questions as asked
from collector_desk.store.money.months import FrozenHead


def of_placement(seat: Seat, placement_id: str, month: Month) -> PlacementMonth:
    """The month as it stands now, or as it was frozen. Slow with many rows: for a worker.

    Raises Refused for who may not settle payments; ``money.month.to_come`` for one that has not begun.
    """
    if month.first > seat.today():
        raise Refused("money.month.to_come", "month")
    with reading(seat, Act.SETTLE_PAYMENT) as conn:
        place = next(one for one in placements(conn) if one.id == placement_id)
        frozen = months.heads(conn, placement_id)
        head = next((one for one in frozen if one.month == month), None)
        zone = ZoneInfo(seat.zone)
        if head is not None:
            part, by, as_of = months.part_frozen(conn, head.id), FrozenBy(head.by, head.at), head.at
            waiting, questions = head.waiting, head.asked
        else:
            before = _before(conn, frozen, month)
            part = together(months.parts_of(conn, placement_id, month, before, zone))
            by, as_of, waiting = None, seat.now(), open_lines(part, months.nobodys(conn, placement_id, month))
            questions = asked.asked_of(conn, placement_id)
        return PlacementMonth(
            placement_id=placement_id,
            placement_number=place.number,
            bank=place.terms.bank_name,
            month=month,
            as_of=as_of,
            part=part,
            names=months.names_of(conn, placement_id),
            ends=months.ends_in(conn, placement_id, month, zone),
            waiting=waiting,
            asked=questions,
            told=_told(conn, placement_id, month),
            frozen=by,
            theirs=_theirs(conn, placement_id, month, head),
            after=frozen[-1].id if frozen else None,
            next_to_freeze=frozen[-1].month.after if frozen else None,
        )


def _before(conn: Connection, frozen: list[FrozenHead], month: Month) -> Frozen | None:
    """What the frozen months say, where the last of them is the one before; a gap between is worked out."""
    return months.known_until(conn, frozen) if frozen and frozen[-1].month == month.before else None


def _theirs(conn: Connection, placement_id: str, month: Month, head: FrozenHead | None) -> Theirs | None:
    """What the bank says of it; of a frozen month what was there when it was frozen."""
    said = head.statement_id if head else statements.last(conn, placement_id, month)
    return statements.theirs(conn, said) if said else None


def _told(conn: Connection, placement_id: str, month: Month) -> DaysTold:
    (place,) = (one for one in promised.placements(conn) if one.id == placement_id)
    spans = [span for span, of in files.told(conn, place.bank) if not of or placement_id in of]
    found = coverage(spans, max(month.first, place.first_figure))
    inside = tuple(
        DaySpan(hole.first, min(hole.last, month.last)) for hole in found.holes if hole.first <= month.last
    )
    return DaysTold(min(found.known_up_to, month.last) if found.known_up_to else None, inside)


def freeze(seat: Seat, seen: PlacementMonth) -> None:
    """The month stays as it was seen: a lead's word, once, and not before it is over.

    Raises Refused for anybody but a lead; ``money.month.not_over``; ``money.month.frozen_already``, also where
    another window was quicker; ``money.month.not_in_turn`` where another one comes first.
    """
    require(seat.person, Act.FREEZE_MONTH)
    if seen.frozen is not None:
        raise Refused("money.month.frozen_already", "month", month=str(seen.month))
    if seen.month.last >= seat.today():
        raise Refused("money.month.not_over", "month", month=str(seen.month))
    if seen.next_to_freeze not in (None, seen.month):
        raise Refused("money.month.not_in_turn", "month", month=str(seen.next_to_freeze))
    frozen_id, kept = new_id(), months.pieces(seen.part)
    for position, content in enumerate(kept):  # a transaction each, so that nobody waits long for the store
        with acting(seat, "month.freeze") as act:
            record.write_piece(act, frozen_id, position, content)
    with acting(seat, "month.freeze") as act:
        require(seat.person, Act.FREEZE_MONTH)
        heads = months.heads(act.conn, seen.placement_id)
        if (heads[-1].id if heads else None) != seen.after:
            raise Refused("money.month.frozen_already", "month", month=str(heads[-1].month))
        record.write_frozen(act, frozen_id, seen, pieces=len(kept))
