"""Who stands surety: a contact counts as guarantor once two people saw a contract, and only as long as it holds.

Until then the strictest reading stands: a contact (rules, edge case 26).
"""

from collector_desk.domain.book.debts import PhoneFacts
from collector_desk.domain.book.history import Guarantee
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, require
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.text.references import is_reference, is_tail
from collector_desk.domain.vocabulary import NumberKind, TaskKind
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.record import numbers, second_person
from collector_desk.store import tables as t
from collector_desk.store.book.history import phones_of
from collector_desk.store.permits import guarantees as kept


def prove(seat: Seat, debtor_id: str, phone_id: str, proof: Guarantee) -> Changes:
    """Enter a contract of guarantee: once a lead other than who entered it agrees, this contact is a guarantor.

    Raises Refused where name, last four of the identity number, contract or its day is missing or says nothing, the
    day lies ahead, the number is the debtor's own, or the store has nobody who could agree.
    """
    require(seat.person, Act.PROVE_GUARANTEE)
    name, contract = cleaned(proof.name, 80), cleaned(proof.contract, 120)
    id_number = "".join(cleaned(proof.id_number, 40).split()).upper()
    if not name:
        raise Refused("permits.guarantees.no_name", "name")
    if not is_tail(id_number):
        raise Refused("permits.guarantees.no_id_number", "id_number")
    if not is_reference(contract):
        raise Refused("permits.guarantees.no_contract", "proof")
    if proof.signed_on is None or proof.signed_on > seat.today():
        raise Refused("permits.guarantees.no_day", "day")
    with acting(seat, "guarantee.prove") as act:
        numbers = _numbers_of(act, debtor_id, phone_id, NumberKind.CONTACT)
        task_id = second_person.ask(act, debtor_id, TaskKind.GUARANTEE)
        for phone in numbers:
            row = {
                "debtor_id": debtor_id,
                "phone_id": phone.id,
                "proven": True,
                "name": name,
                "id_number": id_number,
                "address": cleaned(proof.address, 200) or None,
                "contract": contract,
                "signed_on": proof.signed_on,
                "task_id": task_id,
            }
            act.record(t.guarantee, row)
    return Changes(debtors=frozenset({debtor_id}))


def of_task(seat: Seat, debtor_id: str, task_id: str) -> Guarantee | None:
    """The contract a task asks a lead to agree to."""
    with seat.store.read() as conn:
        asked = kept.of_task(conn, debtor_id, task_id)
    return asked[0].guarantee if asked else None


def decide(act: Writing, debtor_id: str, task_id: str, *, holds: bool) -> None:
    """A lead's word on it, part of ``tasks.settle``: these numbers are a guarantor's from now on, or not."""
    for one in kept.of_task(act.conn, debtor_id, task_id) if holds else ():
        numbers.whose(act, one.phone_id, debtor_id, NumberKind.GUARANTOR, one.guarantee.name)


def end(seat: Seat, debtor_id: str, phone_id: str, reason: str) -> Changes:
    """The guarantee no longer holds, or never did: a contact again, with all their numbers. Wants a reason."""
    require(seat.person, Act.PROVE_GUARANTEE)
    words = cleaned(reason, 2000)
    if not words:
        raise Refused("permits.tasks.no_reason", "reason")
    with acting(seat, "guarantee.end") as act:
        for phone in _numbers_of(act, debtor_id, phone_id, NumberKind.GUARANTOR):
            row = {"debtor_id": debtor_id, "phone_id": phone.id, "proven": False, "reason": words}
            act.record(t.guarantee, row)
            numbers.whose(act, phone.id, debtor_id, NumberKind.CONTACT, phone.owner_name)
    return Changes(debtors=frozenset({debtor_id}))


def _numbers_of(act: Writing, debtor_id: str, phone_id: str, kind: NumberKind) -> list[PhoneFacts]:
    phones = [phone for phone in phones_of(act.conn, debtor_id) if phone.kind is kind]
    chosen = next((phone for phone in phones if phone.id == phone_id), None)
    if chosen is None:
        raise Refused(
            "permits.guarantees.no_contact" if kind is NumberKind.CONTACT else "permits.guarantees.no_guarantor"
        )
    same = chosen.owner_name
    return [phone for phone in phones if phone.id == phone_id or (same and phone.owner_name == same)]
