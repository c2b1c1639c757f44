"""Placements on file: what no file says of them, their received files in the archive, the plain originals."""

import hashlib
from pathlib import Path

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.lists import PlacementInfo
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.people import Act, require
from collector_desk.domain.plain import to_plain
from collector_desk.domain.text.cleaning import cleaned_value
from collector_desk.intake.reading import read_bytes
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat, acting, reading
from collector_desk.services.money.derive import work_stale
from collector_desk.services.record import access
from collector_desk.store.book import derived
from collector_desk.store.book import placements as on_file
from collector_desk.store.intake import batches
from collector_desk.store.projections import money


def placements(seat: Seat) -> tuple[PlacementInfo, ...]:
    """All placements on file, by number."""
    with seat.store.read() as conn:
        return on_file.placements(conn)


def set_terms(seat: Seat, placement_id: str, terms: PlacementTerms) -> Changes:
    """Change what no file says of a placement; a line of history. A new bank name goes to its debtors as well."""
    require(seat.person, Act.SET_PLACEMENT_TERMS)
    terms = cleaned_value(terms)
    if not terms.bank_name.strip() or terms.bank_name == batches.STAND_IN:
        raise Refused("intake.bank_missing", "bank_name")
    with acting(seat, "placement.terms") as act:
        old, tail = on_file.bank_of(act.conn, placement_id), on_file.tail_of(act.conn, placement_id)
        settings.note(act, f"placement.{placement_id}", to_plain(terms))
        # whose mandate ends on another day now stands elsewhere in the queue: the next tick works them out anew
        derived.mark_placement_due(act.conn, placement_id, act.at)
        money.work_excess_again(act.conn, placement_id)  # which the interest in the new terms may explain
        if terms.tail_days != tail:  # what came after a return counts now, or no longer
            money.mark_gone_back_stale(act.conn, placement_id)
    work_stale(seat)  # killed before, the next start does it
    if old != terms.bank_name:
        with seat.store.read() as conn:
            ids = batches.debtors_of_placement(conn, placement_id)
        for start in range(0, len(ids), 200):
            with seat.store.write() as conn:
                batches.rename_bank(conn, ids[start : start + 200], old, terms.bank_name)
    return Changes(everything=True)


def remove_original(seat: Seat, path: Path, sha256: str) -> None:
    """Delete the plain original once its bytes lie in the store; refused where it differs from them."""
    with reading(seat, Act.IMPORT) as conn:
        kept = batches.batch_of_file(conn, sha256)
    if kept is None:
        raise Refused("intake.not_archived")
    if hashlib.sha256(read_bytes(path)).hexdigest() != sha256:
        raise Refused("intake.original_differs", file=path.name)
    try:
        path.resolve().unlink()  # what a link leads to is the bank's file, and lies there in clear
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Trouble("intake.not_removed", file=path.name, reason=error.strerror or "") from error


def note_export(seat: Seat, sha256: str) -> None:
    """Write down that the findings of a file, values and all, were taken out or shown unmasked."""
    with acting(seat, "access.export") as act:
        access.note(act, "import problems", sha256)
