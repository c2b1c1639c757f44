"""Who stands surety: a contact counts as guarantor once two people saw a contract, and only as long as it holds.

Until then the strictest reading stands: a contact (rules, edge case 26).
"""

from typing import Any

from sqlalchemy import bindparam, select

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
from collector_desk.store.book.rows import guarantee


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


_OF_TASK = (
    select(t.guarantee)
    .join(t.phone, t.phone.c.id == t.guarantee.c.phone_id)
    .where(t.phone.c.debtor_id == bindparam("debtor_id"), t.guarantee.c.task_id == bindparam("task_id"))
    .order_by(t.guarantee.c.id)
)


def of_task(seat: Seat, debtor_id: str, task_id: str) -> Guarantee | None:
    """The contract a task asks a lead to agree to."""
    with seat.store.read() as conn:
        row = conn.execute(_OF_TASK, {"debtor_id": debtor_id, "task_id": task_id}).first()
    return guarantee(row) if row else None


def decide(act: Writing, debtor_id: str, task_id: str, *, holds: bool) -> None:
    """A lead's word on it, part of ``tasks.settle``: these numbers are a guarantor's from now on, or not."""
    rows = act.conn.execute(_OF_TASK, {"debtor_id": debtor_id, "task_id": task_id}).all()
    for row in rows if holds else ():
        numbers.whose(act, row.phone_id, debtor_id, NumberKind.GUARANTOR, row.name or "")


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


def _numbers_of(act: Writing, debtor_id: str, phone_id: str, kind: NumberKind) -> list[Any]:
    phone = t.phone.c
    rows = act.conn.execute(select(t.phone).where(phone.debtor_id == debtor_id, phone.kind == kind.value)).all()
    chosen = next((row for row in rows if row.id == phone_id), None)
    if chosen is None:
        raise Refused(
            "permits.guarantees.no_contact" if kind is NumberKind.CONTACT else "permits.guarantees.no_guarantor"
        )
    return [
        row for row in rows if row.id == phone_id or (chosen.owner_name and row.owner_name == chosen.owner_name)
    ]
