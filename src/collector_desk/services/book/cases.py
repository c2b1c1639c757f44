"""A case on the screen: the debtor's file, numbers with the gate's answer, timeline, looking behind a mask."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from collector_desk.domain.book.debts import DebtorFile, QueueRow, TimelineEntry, placed_before
from collector_desk.domain.book.gone import masked_file, masked_lines, masked_phone, masked_row
from collector_desk.domain.book.history import Guarantee
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import IdentityFacts
from collector_desk.domain.conduct import caps_used as conduct_standing
from collector_desk.domain.conduct import known, mandate
from collector_desk.domain.conduct.mandate import MandateEnds
from collector_desk.domain.conduct.owed import NOTHING_TO_COLLECT
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.people import Act, may, require
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.text.masking import masked_id, masked_number, surname, unveiled
from collector_desk.domain.text.numbers import Numbered
from collector_desk.domain.vocabulary import NumberKind
from collector_desk.services.desk import standing
from collector_desk.services.desk.clock import doubt_of
from collector_desk.services.desk.seat import Seat, acting, still_here
from collector_desk.services.gate.facts import JudgedNumber, here, number_cards, past_of
from collector_desk.services.money.derive import catch_up
from collector_desk.services.record import access
from collector_desk.store import numbers, search
from collector_desk.store.book import debtors, timeline
from collector_desk.store.engine import Connection
from collector_desk.store.record.open_attempts import is_called


@dataclass(frozen=True, slots=True)
class OpenCase:
    """What the call screen shows of a debtor at one instant."""

    file: DebtorFile
    numbers: tuple[JudgedNumber, ...]
    timeline: tuple[TimelineEntry, ...]
    standing: conduct_standing.CapsUsed
    guarantees: Mapping[str, Guarantee] = field(default_factory=dict, repr=False)  # by the number's id
    ends: MandateEnds | None = None  # that a mandate ends, within the pack's days before

    @property
    def identity(self) -> IdentityFacts:
        """What the identity check compares with; never shown."""
        return IdentityFacts(
            self.file.debtor.name,
            self.file.debtor.id_number,
            tuple(line for _, _, line in self.file.addresses),
            tuple(case.opened_on for case in self.file.cases if case.opened_on),
        )

    @property
    def nothing_owed(self) -> Message | None:
        """Why there is nothing to collect from this debtor, in the gate's words; None where there is."""
        found = (reason.detail for reason in self.standing.decision.reasons if reason.rule == NOTHING_TO_COLLECT)
        return next(found, None)

    @property
    def next_number(self) -> JudgedNumber | None:
        """The number to dial first, or None where none may be called. A guarantor is only ever chosen."""
        chosen = (card for card in self.numbers if card.callable_now)
        return next((card for card in chosen if card.phone.kind is not NumberKind.GUARANTOR), None)


def open_case(seat: Seat, debtor_id: str, *, history: int = 200) -> OpenCase:
    """The debtor's file with numbers and timeline. Raises Refused where there is no such debtor."""
    found = _looked_at(seat, debtor_id, history)
    if found.file.debtor.money_stale:  # a bank's file came: their accounts before anybody else's
        catch_up(seat, debtor_id)
        found = _looked_at(seat, debtor_id, history)
    return found


def _looked_at(seat: Seat, debtor_id: str, history: int) -> OpenCase:
    now = seat.now()
    with seat.store.read() as conn:
        still_here(conn, seat)
        past = past_of(conn, debtor_id, now)
        file = past.file(debtors.addresses_of(conn, debtor_id))
        at = here(conn, doubt_of(seat.clock), standing.doubt(seat, conn))
        lines = timeline.of_debtor(
            conn,
            debtor_id,
            past.taken_back,
            limit=history,
            again=any(placed_before(one, past.accounts) for one in past.accounts),
        )
        hidden = file.gone and not (_may_see(seat) or is_called(conn, debtor_id))
    facts = known.facts_of(past, at, now)
    cards = number_cards(past, facts, at, now, seat.person.id)
    counts = conduct_standing.standing(facts, at.packs, now, [card.phone.number for card in cards])
    if hidden:
        cards = tuple(replace(card, phone=masked_phone(card.phone)) for card in cards)
        return OpenCase(masked_file(file), cards, masked_lines(lines, file.debtor.name), counts)
    day, warned = mandate.law_day(at.packs, now), mandate.warned_days(at.packs)
    return OpenCase(file, cards, lines, counts, past.guarantees, mandate.ending(file.mandate_ends, warned, day))


def _may_see(seat: Seat) -> bool:
    """Whether this person still sees who somebody is whose cases all went back to the bank."""
    return may(seat.person.roles, Act.SEE_RETURNED)


def by_number(seat: Seat, case_number: str) -> OpenCase:
    """The case with that number, prefix and dash left out or not.

    Raises Refused where there is none, or where several stores gave out the one meant and no prefix says which.
    """
    with seat.store.read() as conn:
        found = numbers.debtors_named(conn, [case_number], [Numbered.CASE]).get(case_number, [])
    if len(set(found)) != 1:
        code = "book.cases.number_of_several" if found else "book.cases.no_such_number"
        raise Refused(code, number=cleaned(case_number, 40))
    return open_case(seat, found[0])


def told_apart(seat: Seat, text: str, rows: Sequence[QueueRow]) -> dict[str, Message]:
    """What tells those found apart: name, telephone and ID behind their masks, but for what was typed."""
    ids = [row.debtor_id for row in rows]
    with seat.store.read() as conn:
        gone = frozenset() if _may_see(seat) else debtors.gone(conn, ids)
        known = debtors.numbers_of(conn, [one for one in ids if one not in gone])
    typed = text.strip()
    digits = "".join(char for char in typed if char.isdigit())
    found = {}
    for row in rows:
        if row.debtor_id not in known:
            continue
        id_number, phones = known[row.debtor_id]
        family = surname(row.name)
        hidden = family + "*" * (len(row.name) - len(family)) if row.name.startswith(family) else row.masked
        phone = next((one for one in phones if digits and digits in one), next(iter(phones), ""))
        found[row.debtor_id] = msg(
            "book.found",
            name=unveiled(hidden, row.name, typed),
            phone=unveiled(masked_number(phone), phone, digits),
            id=unveiled(masked_id(id_number), id_number, digits)[-10:],
        )
    return found


def find(seat: Seat, text: str, *, limit: int = 20) -> tuple[QueueRow, ...]:
    """Debtors by name, pinyin initials, three digits or more of phone, ID, account or case.

    One's own first, and last of all those with whom everything is done.
    """
    with seat.store.read() as conn:
        ids = search.find(conn, text, limit=limit)
        rows = debtors.queue_rows(conn, ids, today=seat.today())
        gone = frozenset() if _may_see(seat) else debtors.gone(conn, ids)
        rows = [masked_row(row) if row.debtor_id in gone else row for row in rows]
    return tuple(
        sorted(rows, key=lambda row: (row.queue_class is QueueClass.DONE, row.holder_id != seat.person.id))
    )


def unmask(seat: Seat, debtor_id: str, what: str) -> None:
    """Look behind a mask: one line of history saying who looked at what (a field's name, never its content)."""
    require(seat.person, Act.SEE_UNMASKED)
    with acting(seat, "access.unmask") as act:
        _require_theirs(act.conn, seat, [debtor_id])
        access.note(act, what, debtor_id, debtor_id=debtor_id)


def unmask_list(seat: Seat, debtor_ids: Sequence[str]) -> None:
    """The same for a whole list, e.g. one printed unmasked: a line of history each."""
    require(seat.person, Act.SEE_UNMASKED)
    with acting(seat, "access.unmask") as act:
        _require_theirs(act.conn, seat, debtor_ids)
        for debtor_id in debtor_ids:
            access.note(act, "unmask", debtor_id, debtor_id=debtor_id)


def _require_theirs(conn: Connection, seat: Seat, debtor_ids: Collection[str]) -> None:
    """Refuse to lift masks of who went back to the bank, but for a lead, legal, or who is on the line with them."""
    gone = frozenset() if _may_see(seat) else debtors.gone(conn, debtor_ids)
    if any(not is_called(conn, debtor_id) for debtor_id in gone):
        require(seat.person, Act.SEE_RETURNED)
