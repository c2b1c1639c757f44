"""A number given in a call, or found: kept as the debtor's, unless known as somebody else's. Then a lead decides.

Known as somebody else's is what any file holds as a contact's or guarantor's, as wrong or as stopped, whatever way
it is written and whatever extension stands behind it.
"""

from dataclasses import dataclass, field

from sqlalchemy import and_, bindparam, or_, select

from collector_desk.domain.book.debts import DebtorFile, NumberSource, PhoneFacts
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.text import telephone
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import NumberKind, NumberStanding, TaskKind
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.services.record import numbers
from collector_desk.services.record.attempts import OpenAttempt
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection

_OTHERS_KIND = (NumberKind.CONTACT, NumberKind.GUARANTOR)


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """The number a task is about, as given, and as what this debtor's file knows it."""

    number: str = field(repr=False)
    kind: NumberKind
    standing: NumberStanding


def read(typed: str) -> telephone.NumbersRead:
    """The numbers that were typed. Raises Refused where something of it is none."""
    found = telephone.read(typed)
    if found.odd or not found.numbers:
        faults = {telephone.fault(each) for each in found.odd}
        code = "calls.number_no_area" if faults == {telephone.Fault.NO_AREA} else "calls.bad_number"
        raise Refused(code, "new_number", number=cleaned(typed, 30))
    return found


def take_in(act: Writing, file: DebtorFile, attempt: OpenAttempt, log: CallLog) -> None:
    """Keep what was given with where it comes from; part of the one transaction of ``calling.finish``."""
    if not log.new_number.strip():
        return
    found = read(log.new_number)
    keep(act, file, attempt.id, found, source=NumberSource.DEBTOR, words=cleaned(found.words, 40))


def keep(
    act: Writing,
    file: DebtorFile,
    attempt_id: str | None,
    found: telephone.NumbersRead,
    *,
    source: NumberSource,
    words: str,
) -> None:
    """Keep the numbers that were read, with where they come from."""
    for place, number in enumerate(found.numbers):
        _take(act, file, attempt_id, number, source, words, len(file.phones) + place)


def _take(
    act: Writing,
    file: DebtorFile,
    attempt_id: str | None,
    number: str,
    source: NumberSource,
    words: str,
    position: int,
) -> None:
    line = telephone.line(number)
    here = [phone for phone in file.phones if telephone.line(telephone.normal(phone.number) or "") == line]
    same = next((phone for phone in here if telephone.normal(phone.number) == number), None)
    if same is not None and not _somebody_elses(same):
        return  # on file already, as the debtor's
    if same is not None:
        # it stays what it is until a lead has decided
        numbers.ask_of_number(act, TaskKind.GIVEN_NUMBER, file.id, same.id, attempt_id)
        return
    held = any(map(_somebody_elses, here)) or _known_elsewhere(act.conn, file.id, line)
    standing = NumberStanding.HELD if held else NumberStanding.UNKNOWN
    phone_id = numbers.add(
        act,
        file.id,
        number,
        attempt_id=attempt_id,
        standing=standing,
        source=source,
        words=words,
        position=position,
    )
    if held:
        numbers.ask_of_number(act, TaskKind.GIVEN_NUMBER, file.id, phone_id, attempt_id)


def _somebody_elses(phone: PhoneFacts) -> bool:
    return phone.kind in _OTHERS_KIND or phone.standing in numbers.SHUT


_KNOWN_ELSEWHERE = (
    select(t.phone.c.id)
    .where(
        t.phone.c.debtor_id != bindparam("debtor_id"),
        # an extension stands behind a dash, and nothing else begins with the whole line
        or_(
            t.phone.c.number == bindparam("line"),
            and_(t.phone.c.number >= bindparam("first"), t.phone.c.number < bindparam("last")),
        ),
        or_(t.phone.c.kind.in_(_OTHERS_KIND), t.phone.c.standing.in_(numbers.SHUT)),
    )
    .limit(1)
)


def _known_elsewhere(conn: Connection, debtor_id: str, line: str) -> bool:
    asked = {"debtor_id": debtor_id, "line": line, "first": f"{line}-", "last": f"{line}."}
    return conn.execute(_KNOWN_ELSEWHERE, asked).first() is not None


_OF_TASK = (
    select(t.phone.c.id, t.phone.c.number, t.phone.c.kind, t.phone.c.standing)
    .join(t.given_number, t.given_number.c.phone_id == t.phone.c.id)
    .where(t.given_number.c.task_id == bindparam("task_id"))
)


def of_task(seat: Seat, task_id: str) -> GivenNumber | None:
    """The number a task is about; None where it is about none."""
    with seat.store.read() as conn:
        row = conn.execute(_OF_TASK, {"task_id": task_id}).first()
    return GivenNumber(row.number, NumberKind(row.kind), NumberStanding(row.standing)) if row else None


def decide(
    act: Writing, kind: TaskKind, task_id: str, debtor_id: str, attempt_id: str | None, *, theirs: bool
) -> None:
    """A lead's word, part of ``tasks.settle``: the number is the debtor's from now on, or it stays shut.

    One that was shut and is to be open again (``TaskKind.NUMBER_AGAIN``) stays whose it is.
    """
    row = act.conn.execute(_OF_TASK, {"task_id": task_id}).first()
    if row is None:
        raise Refused("permits.tasks.settled")
    if theirs:
        if kind is TaskKind.GIVEN_NUMBER:
            numbers.whose(act, row.id, debtor_id, NumberKind.MOBILE)
        numbers.learn(act, row.id, debtor_id, attempt_id, NumberStanding.UNKNOWN, NumberSource.LEAD)
    elif row.standing == NumberStanding.HELD:
        numbers.learn(act, row.id, debtor_id, attempt_id, NumberStanding.WRONG, NumberSource.LEAD)
