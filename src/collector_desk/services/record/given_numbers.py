"""A number given in a call, or found: kept as the debtor's, unless known as somebody else's. Then a lead decides.

Known as somebody else's is what any file holds as a contact's or guarantor's, as wrong or as stopped, whatever way
it is written and whatever extension stands behind it.
"""

from collector_desk.domain.book.debts import SHUT, DebtorFile, GivenNumber, NumberSource, PhoneFacts
from collector_desk.domain.calls.log import CallLog, OpenAttempt
from collector_desk.domain.message import Refused
from collector_desk.domain.office.tasks import AskedTask
from collector_desk.domain.text import telephone
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import NumberKind, NumberStanding, TaskKind
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.services.record import numbers
from collector_desk.store.record import contacts


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
        numbers.ask_of_number(act, TaskKind.GIVEN_NUMBER, file.debtor.id, same.id, attempt_id)
        return
    held = any(map(_somebody_elses, here)) or contacts.is_somebody_elses(act.conn, file.debtor.id, line)
    standing = NumberStanding.HELD if held else NumberStanding.UNKNOWN
    phone_id = numbers.add(
        act,
        file.debtor.id,
        number,
        attempt_id=attempt_id,
        standing=standing,
        source=source,
        words=words,
        position=position,
    )
    if held:
        numbers.ask_of_number(act, TaskKind.GIVEN_NUMBER, file.debtor.id, phone_id, attempt_id)


def _somebody_elses(phone: PhoneFacts) -> bool:
    return not phone.own or phone.standing in SHUT


def of_task(seat: Seat, task_id: str) -> GivenNumber | None:
    """The number a task is about; None where it is about none."""
    with seat.store.read() as conn:
        return contacts.number_asked_about(conn, task_id)


def decide(act: Writing, task: AskedTask, *, theirs: bool) -> None:
    """A lead's word, part of ``tasks.settle``: the number is the debtor's from now on, or it stays shut.

    One that was shut and is to be open again (``TaskKind.NUMBER_AGAIN``) stays whose it is.
    """
    given = contacts.number_asked_about(act.conn, task.id)
    if given is None:
        raise Refused("permits.tasks.settled")
    if theirs:
        if task.kind is TaskKind.GIVEN_NUMBER:
            numbers.whose(act, given.id, task.debtor_id, NumberKind.MOBILE)
        numbers.learn(act, given.id, task.debtor_id, task.attempt_id, NumberStanding.UNKNOWN, NumberSource.LEAD)
    elif given.standing is NumberStanding.HELD:
        numbers.learn(act, given.id, task.debtor_id, task.attempt_id, NumberStanding.WRONG, NumberSource.LEAD)
