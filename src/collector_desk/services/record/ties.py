"""Writes down that a store is tied to this computer, and on whose word: the one writer of ``store_tie``."""

from collector_desk.domain.states import TieReason
from collector_desk.domain.vocabulary import Role
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.store.desk.people import active
from collector_desk.store.marks import machine_print
from collector_desk.store.standing import FITS, Standing, tied_text
from collector_desk.store.tables.history import store_tie


def write(act: Writing, seat: Seat, why: TieReason, *, standing: Standing = FITS, reason: str = "") -> None:
    """A line signed under the own key; with ``standing`` it gives up what the marks saw and the store lacks."""
    alone = not _other_leads(act, seat)
    given_up = b"".join(sorted({mark.hash for mark in standing.behind}))
    machine = machine_print(seat.store_id)
    text = tied_text(seat.store_id, why, machine, given_up, alone=alone, at=act.at)
    row = {
        "why": why,
        "machine": machine,
        "mark_seq": standing.furthest,
        "given_up": given_up,
        "alone": alone,
        "at": act.at,
        "signature": seat.unlocked.signing_key.sign(text),
        "reason": reason,
    }
    act.record(store_tie, row)


def _other_leads(act: Writing, seat: Seat) -> bool:
    """Whether somebody else could have answered: a lead with a password of their own."""
    return any(
        Role.LEAD in one.roles and not one.first_password and one.id != seat.person.id for one in active(act.conn)
    )
