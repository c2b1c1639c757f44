"""Works out anew what debtors' histories add up to and where they stand in the queue, after every act.

Always from the whole history of a debtor (``domain.book.derived``), of one as of many: what is read, worked out and
written for a thousand is the same three steps. ``rebuild`` does it for everybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from collector_desk.domain.book.derived import Figures, asks_for_calls, derived, odd
from collector_desk.domain.book.history import History
from collector_desk.domain.book.queue import QueueSettings
from collector_desk.domain.conduct import mandate, silence
from collector_desk.domain.conduct.known import Here
from collector_desk.domain.conduct.rules import Pack
from collector_desk.domain.office.proof import PlacesFound
from collector_desk.packs.bank_days import bank_days
from collector_desk.services.desk.settings import DeskSettings, read
from collector_desk.services.gate.facts import here, law_day
from collector_desk.store.book import derived as rows
from collector_desk.store.book import history
from collector_desk.store.engine import Connection
from collector_desk.store.store import Store

AT_ONCE = 10
"""So many debtors an act works out within its own transaction: more would hold up every other seat."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """What places are worked out by at this store, at this instant."""

    settings: QueueSettings
    here: Here
    now: datetime

    def figures(self, past: History) -> Figures:
        return derived(past, self.settings, self.here, self.now)


def _desk(conn: Connection, now: datetime) -> _Desk:
    desk = read(conn, DeskSettings)
    if desk.large_from is None:  # nobody set a figure: the top tenth of the book, as last counted
        desk = replace(desk, large_from=rows.top_tenth(conn))
    at = here(conn)
    return _Desk(queue_settings(desk, at.packs), at, now)


def queue_settings(desk: DeskSettings, packs: Sequence[Pack]) -> QueueSettings:
    """The part of the desk's settings and the packs in use that the order needs."""
    return QueueSettings(
        desk.large_from,
        desk.zone,
        mandate.law_zone(packs).key,
        mandate.warned_days(packs),
        bank_days(),
        silence.cases_after(packs),
    )


def histories(conn: Connection, debtor_ids: Iterable[str], now: datetime) -> dict[str, History]:
    """All that is known of these debtors, as they are worked out by: read once in a transaction."""
    return history.of_many(conn, debtor_ids, _today(conn, now), law_day(conn, now))


def uncalled(conn: Connection, debtor_ids: Iterable[str], now: datetime) -> dict[str, History]:
    """The same of debtors nobody called since they were worked out: what their calls come to stands in their
    rows."""
    return history.of_uncalled(conn, debtor_ids, _today(conn, now), law_day(conn, now))


def _today(conn: Connection, now: datetime) -> date:
    return now.astimezone(ZoneInfo(read(conn, DeskSettings).zone)).date()


def refresh(conn: Connection, debtor_ids: Iterable[str], now: datetime) -> None:
    """Work out the given debtors anew and keep the result in their rows."""
    work_out(conn, histories(conn, debtor_ids, now), now)


def refresh_uncalled(conn: Connection, debtor_ids: Iterable[str], now: datetime) -> None:
    """The same of many whom something else than a call moved, e.g. the clock or a payment; half the work."""
    work_out(conn, uncalled(conn, debtor_ids, now), now)


def refresh_apart(store: Store, debtor_ids: Sequence[str], now: datetime) -> None:
    """The same, worked out before the transaction that writes it: that one holds nobody up, however many they are.

    Where anything at all was committed in between, they are worked out within it, a few at a time.
    """
    before = store.commits()
    with store.read() as conn:
        worked = _worked_out(conn, uncalled(conn, debtor_ids, now), now)
    with store.write() as conn:
        if store.commits() == before:
            rows.keep(conn, *worked)
            return
    for start in range(0, len(debtor_ids), AT_ONCE):
        with store.write() as conn:
            refresh_uncalled(conn, debtor_ids[start : start + AT_ONCE], now)


def work_out(conn: Connection, pasts: Mapping[str, History], now: datetime) -> None:
    """The same of debtors whose histories were read already, in this transaction."""
    rows.keep(conn, *_worked_out(conn, pasts, now))


def _worked_out(
    conn: Connection, pasts: Mapping[str, History], now: datetime
) -> tuple[dict[str, Figures], dict[str, Mapping[str, Any]]]:
    """What their histories add up to, and what their rows have, by the debtor."""
    desk = _desk(conn, now)
    unread = [who for who, past in pasts.items() if asks_for_calls(past, desk.settings, desk.here, now)]
    if unread:
        pasts = {**pasts, **histories(conn, unread, now)}
    said = {who: desk.figures(past) for who, past in pasts.items()}
    return said, {who: past.debtor.figures for who, past in pasts.items()}


def settle(conn: Connection, debtor_ids: Sequence[str], at: datetime) -> None:
    """Put the debtors an act touched in their place: a few now, those beyond them at the next tick (``tick``).

    The first named is whom the act is about: their row has moved when the next one is asked for.
    """
    refresh(conn, debtor_ids[:AT_ONCE], at)
    rows.mark_due(conn, debtor_ids[AT_ONCE:], at)


def odd_places(conn: Connection, debtor_ids: Sequence[str], now: datetime) -> PlacesFound:
    """Whose derived columns are not what their history adds up to; writes nothing.

    Not compared are those hidden yet, those just called, those due to be worked out anew, and those whose place
    follows a limit that may have changed (``derived.odd``).
    """
    desk = _desk(conn, now)
    compared, found = set(), set()
    for who in rows.settled(conn, debtor_ids, now):
        try:
            past = histories(conn, [who], now)[who]
            names = odd(past.debtor.figures, desk.figures(past))
        except (ValueError, LookupError, TypeError):  # what it is worked out from is nothing an act wrote
            compared.add(who)
            found.add(who)
            continue
        if names is None:
            continue
        compared.add(who)
        if names:
            found.add(who)
    return PlacesFound(frozenset(compared), frozenset(found))


def count_top_tenth(store: Store) -> None:
    """Count anew from what balance on the top tenth of the book lies; after imports and in a rebuild."""
    with store.read() as conn:
        found = rows.large_default(conn)
    with store.write() as conn:
        rows.keep_top_tenth(conn, found)
