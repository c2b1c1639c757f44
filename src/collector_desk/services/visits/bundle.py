"""All accepted reports of a placement in one zip for the bank."""

from collections.abc import Callable, Iterator
from pathlib import Path

from collector_desk.documents.bundle import BundleItem, write_bundle
from collector_desk.documents.letterhead import Lang
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act
from collector_desk.domain.visits.visit import VisitReport
from collector_desk.exchange.outgoing import writing
from collector_desk.services.desk.seat import Seat, acting, demand
from collector_desk.services.record import access
from collector_desk.services.visits import sight, signing
from collector_desk.store.visits.lists import accepted_of, case_numbers
from collector_desk.store.visits.reading import read_visit, read_visits
from collector_desk.words import messages


def accepted(seat: Seat, placement_number: str) -> tuple[str, ...]:
    """The ids of the visits whose reports were accepted, by number. Raises Refused for an unknown placement."""
    with seat.store.read() as conn:
        found = accepted_of(conn, placement_number)
    if found is None:
        raise Refused("visits.visit_bundle.no_placement", "placement", number=placement_number)
    return found


def bundle(
    seat: Seat,
    placement_number: str,
    out: Path,
    lang: Lang,
    progress: Callable[[int, int], bool] = lambda _done, _all: True,
    *,
    replace: bool = False,
) -> int:
    """Write the zip: signed PDFs, a list with hashes, SHA256SUMS; returns how many reports. A line of history each.

    One report is in memory at a time. ``progress`` gets how many are done of how many, and stops the work by
    returning False: then nothing is left behind and 0 comes back. Raises Refused without the right to export, for
    an unknown or empty placement; as ``outgoing.writing`` where it can't be written.
    """
    demand(seat, Act.EXPORT)
    ids = accepted(seat, placement_number)
    if not ids:
        raise Refused("visits.visit_bundle.empty", number=placement_number)
    with seat.store.read() as conn:
        sight.require_seen(conn, seat, *read_visits(conn, ids).values())

    def step(done: int) -> bool:
        if not progress(done, len(ids)):
            raise _StoppedError
        return True

    def words(code: str, /, **params: object) -> str:
        return messages.text(code, lang, **params)

    try:
        with writing(out, replace=replace) as file:
            return write_bundle(file, _items(seat, ids, lang), words, seat.now(), step)
    except _StoppedError:
        return 0


class _StoppedError(Exception):
    """Somebody stopped the work: what was begun goes away again."""


def _items(seat: Seat, ids: tuple[str, ...], lang: Lang) -> Iterator[BundleItem]:
    for visit_id in ids:
        paper = signing.final_report(seat, visit_id, lang)
        with acting(seat, "access.export") as act:
            visit = read_visit(act.conn, visit_id)
            access.note(act, "export", visit_id, debtor_id=visit.debtor_id)
            numbers = case_numbers(act.conn, visit.case_ids)
        report: VisitReport | None = visit.report
        outcome = messages.word(report.outcome, lang) if report else ""
        visited = report.arrived_at if report else None
        yield BundleItem(paper.number, paper.version, visited, outcome, numbers, paper.data)
