"""Packs to take along: made for one person and one day, numbered, out until somebody else ticks them off."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from collector_desk.documents.fonts import shared_fonts
from collector_desk.documents.letterhead import DocumentResult, Lang
from collector_desk.documents.take_along import (
    TakeAlongCase,
    TakeAlongPack,
    authority_letter_pdf,
    take_along_pdf,
)
from collector_desk.documents.visit_data import AccountOnPaper
from collector_desk.domain.book.debts import CaseFacts as OwnFacts
from collector_desk.domain.book.debts import DebtorFile
from collector_desk.domain.calls.script_fields import Sex, called
from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct.rules import VisitRule
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.people import Act, may, require
from collector_desk.domain.states import PackBack
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.visits.incidents import IncidentKind
from collector_desk.domain.visits.lists import CarriedPack
from collector_desk.domain.visits.rounds import read_address, rounds
from collector_desk.domain.visits.steps import GOING, Visit
from collector_desk.services.calls.script_facts import sex_of
from collector_desk.services.desk import letterheads, settings
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.gate.facts import active_packs, law_day
from collector_desk.services.record import access
from collector_desk.services.visits import incidents, sight
from collector_desk.services.visits.rounds import stop_of
from collector_desk.store import tables as t
from collector_desk.store.book.debtors import debtor_file
from collector_desk.store.engine import Connection
from collector_desk.store.numbers import next_number
from collector_desk.store.visits.papers import carried_packs, handed_out
from collector_desk.store.visits.reading import number_of, numbers_of, read_visits
from collector_desk.store.visits.rounds import order_of
from collector_desk.words import messages


@dataclass(frozen=True, slots=True)
class MadePack:
    """A pack just made: its papers, to be printed."""

    id: str
    number: str
    pack: DocumentResult
    letter: DocumentResult


def make(seat: Seat, visit_ids: tuple[str, ...], holder_id: str, lang: Lang) -> MadePack:
    """Make the pack of planned visits of one pair on one day, in the round's order. Slow: run it in a worker.

    By who plans, or by who goes. A line of history for the pack and for every case taken along. Raises Refused
    where the visits are not of one day and pair, or the holder still has a pack of an earlier day.
    """
    with seat.store.read() as conn:
        visits = _checked(conn, seat, visit_ids, holder_id)
        data = _data(conn, seat, visits, holder_id, lang)
        head = letterheads.letterhead(conn)
        serial, number = next_number(conn, t.take_along)
        _refuse_still_out(conn, seat, holder_id)
    words = letterheads.words_in(lang)
    while True:
        named = replace(data, number=number)
        papers = (
            take_along_pdf(named, lang, head, words, shared_fonts()),
            authority_letter_pdf(named, lang, head, words, shared_fonts()),
        )
        with acting(seat, "take_along.make") as act:
            free, after = next_number(act.conn, t.take_along)
            if free == serial:
                return MadePack(_noted(act, serial, holder_id, visits, data.day, *papers), number, *papers)
        serial, number = free, after  # another seat made one meanwhile: the number stands on every page


def _noted(
    act: Writing,
    serial: int,
    holder_id: str,
    visits: tuple[Visit, ...],
    day: date,
    paper: DocumentResult,
    letter: DocumentResult,
) -> str:
    row = {
        "issuer": act.store_id,
        "serial": serial,
        "holder_id": holder_id,
        "day": day,
        "visits": [visit.visit_id for visit in visits],
        "pages": paper.pages,
        "sha256": hashlib.sha256(paper.data).hexdigest(),
        "pack": paper.data,
        "letter": letter.data,
    }
    for visit in visits:
        access.note(act, "print", visit.visit_id, debtor_id=visit.debtor_id)
    return act.record(t.take_along, row)


def packs(seat: Seat, *, out_only: bool = False) -> tuple[CarriedPack, ...]:
    """All packs for who plans, one's own for who goes; those still out first, the oldest on top."""
    own = None if may(seat.person.roles, Act.OPEN_VISIT) else seat.person.id
    with seat.store.read() as conn:
        return carried_packs(conn, today=seat.today(), holder_id=own, out_only=out_only)


@dataclass(frozen=True, slots=True)
class IssuedPack:
    """A pack as it was handed out, byte for byte."""

    number: str
    pack: bytes
    letter: bytes


def copy_of(seat: Seat, pack_id: str) -> IssuedPack:
    """The numbered copy as issued, to be shown again; a line of history for every case in it.

    By who plans, and by who holds it. Raises Refused for anybody else, an unknown pack, and one of somebody of whom
    everything went back (``sight``), Trouble where the kept bytes are not those that were issued.
    """
    with acting(seat, "access.print") as act:
        one = handed_out(act.conn, pack_id)
        if one is None or one.pack is None or one.letter is None:
            raise Refused("visits.take_along.gone")
        if one.holder_id != seat.person.id:
            require(seat.person, Act.OPEN_VISIT)
        if not one.intact:
            raise Trouble("visits.signing.damaged", number=one.number)
        visits = read_visits(act.conn, one.visits).values()
        sight.require_seen(act.conn, seat, *visits)
        for visit in visits:
            access.note(act, "print", visit.visit_id, debtor_id=visit.debtor_id)
    return IssuedPack(one.number, one.pack, one.letter)


def overdue(seat: Seat) -> tuple[CarriedPack, ...]:
    """The packs of earlier days that nobody has ticked off: for the lead's list."""
    return tuple(row for row in packs(seat, out_only=True) if row.overdue)


def take_back(seat: Seat, pack_id: str, *, lost: bool = False, words: str = "") -> Changes:
    """Tick a pack off as handed back, or as lost, which is an incident at once. Never by its holder."""
    require(seat.person, Act.OPEN_VISIT)
    said = cleaned(words, 2000)
    if lost and not said:
        raise Refused("visits.reason_missing", "words")
    with acting(seat, "take_along.back") as act:
        one = handed_out(act.conn, pack_id)
        if one is None:
            raise Refused("visits.take_along.gone")
        if one.holder_id == seat.person.id:
            raise Refused("visits.take_along.own_pack")
        if one.back:
            raise Refused("visits.take_along.back_already")
        state = PackBack.LOST if lost else PackBack.RETURNED
        act.record(t.take_along_back, {
            "pack_id": pack_id, "state": state, "taken_by": seat.person.id, "words": said or None,
        })  # fmt: skip
        lost_of = read_visits(act.conn, one.visits).values() if lost else ()
        if lost:  # in the same transaction: a pack is never lost without its incident
            incidents.open_now(
                act, seat, IncidentKind.DATA_LEAK, visit_id=one.visits[0], happened=f"{one.number}: {said}"
            )
    return Changes(visits=frozenset(one.visits), debtors=frozenset(visit.debtor_id for visit in lost_of))


# --- parts -----------------------------------------------------------------------------------------------


def _checked(conn: Connection, seat: Seat, visit_ids: tuple[str, ...], holder_id: str) -> tuple[Visit, ...]:
    visits = read_visits(conn, dict.fromkeys(visit_ids))
    plans = {visit.visit_id: visit.plan for visit in visits.values() if visit.plan and visit.state in GOING}
    if not visits or len(plans) != len(visits):
        raise Refused("visits.take_along.no_visits")
    if len({seat.local(plan.start).date() for plan in plans.values()}) > 1:
        raise Refused("visits.take_along.no_visits")
    if len({frozenset(member.person_id for member in plan.team) for plan in plans.values()}) > 1:
        raise Refused("visits.take_along.other_pairs")
    first = next(iter(plans.values()))
    team = {member.person_id for member in first.team}
    if holder_id not in team:
        raise Refused("visits.take_along.not_your_round")
    if seat.person.id not in team:
        require(seat.person, Act.OPEN_VISIT)
    order, numbers = order_of(conn, seat.local(first.start).date()), numbers_of(conn, plans)
    stops = [stop_of(visit_id, numbers[visit_id], plan) for visit_id, plan in plans.items()]
    return tuple(visits[stop.visit_id] for one in rounds(stops, order) for stop in one.stops)


def _data(conn: Connection, seat: Seat, visits: tuple[Visit, ...], holder_id: str, lang: Lang) -> TakeAlongPack:
    plan = visits[0].plan
    assert plan is not None  # _checked has seen to it  # noqa: S101
    day = seat.local(plan.start).date()
    agency = settings.read(conn, settings.Agency)
    spares = frozenset(order_of(conn, day).spares)
    areas = dict.fromkeys(read_address(visit.plan.address).area for visit in visits if visit.plan)
    rules = tuple(
        rule.text[lang] for pack in active_packs(conn) for rule in pack.rules if isinstance(rule, VisitRule)
    )
    return TakeAlongPack(
        number="",
        holder=next(member.name for member in plan.team if member.person_id == holder_id),
        team=plan.team,
        day=day,
        area=" · ".join(area for area in areas if area),
        cases=tuple(_case(conn, seat, visit, lang, spare=visit.visit_id in spares) for visit in visits),
        neutral_name=agency.neutral_name or agency.name,
        hotline=agency.hotline,
        rules=rules,
        made_by=seat.person.name,
        made_at=seat.now(),
        authority_letter=plan.authority_letter,
        zone=seat.zone,
    )


def _case(conn: Connection, seat: Seat, visit: Visit, lang: Lang, *, spare: bool) -> TakeAlongCase:
    file = debtor_file(conn, visit.debtor_id, today=seat.today(), law_day=law_day(conn, seat.now()))
    if file is None or visit.plan is None:
        raise Refused("book.cases.gone")
    sex = sex_of(file.debtor.id_number)
    promise = file.open_promise
    promised = ""
    if promise:
        due = f"{seat.local(promise.due_at):%Y-%m-%d}"
        promised = messages.text("visits.take_along.promise_open", lang, amount=promise.amount, due=due)
    return TakeAlongCase(
        number=number_of(conn, visit.visit_id),
        debtor_name=file.debtor.name,
        called=called(file.debtor.name, sex, lang),
        looks=_looks(file, sex, lang),
        id_tail=file.debtor.id_number.strip()[-4:] if len(file.debtor.id_number.strip()) >= 8 else "",
        purpose=visit.request.purpose,
        address=visit.plan.address,
        place=visit.plan.place,
        other_addresses=tuple(line for _, _, line in file.addresses if line != visit.plan.address),
        phones=tuple(phone.masked for phone in file.phones if phone.own),
        start=visit.plan.start,
        accounts=tuple(_account(one, file) for one in file.cases),
        attempts=visit.request.attempts,
        broken=visit.request.broken_promises,
        promised=promised,
        last_note=file.last_note,
        warnings=tuple(messages.word(flag, lang) for flag in sorted(file.flags)),
        spare=spare,
    )


def _looks(file: DebtorFile, sex: Sex | None, lang: Lang) -> str:
    year = file.debtor.id_number[6:10]
    if sex is None or not year.isdigit():
        return ""
    word = messages.text("visits.take_along.man" if sex is Sex.MALE else "visits.take_along.woman", lang)
    return messages.text("visits.take_along.looks_known", lang, sex=word, year=year)


def _account(one: OwnFacts, file: DebtorFile) -> AccountOnPaper:
    return AccountOnPaper(
        one.number,
        one.terms.bank_name or file.debtor.bank_name,
        "",
        one.account_number,
        one.balance,
        one.balance_as_of,
        one.days,
    )


def _refuse_still_out(conn: Connection, seat: Seat, holder_id: str) -> None:
    for one in carried_packs(conn, today=seat.today(), holder_id=holder_id, out_only=True):
        if one.overdue:
            raise Refused("visits.take_along.still_out", holder=one.holder, number=one.number)
