"""The demo store: invented people with real balances, three weeks of work behind it and a live day ahead.

A client of the services like any other: what it shows, a user can do. It is lived at seats with a forward clock, so
it verifies. It runs on drafts of the packs, because it says of itself that it is a demo.
"""

import shutil
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from collector_desk.demo.bank_file import write_demo_file
from collector_desk.demo.book import DemoPerson, Parameters, make_book
from collector_desk.demo.clock import ForwardClock
from collector_desk.demo.ends import EarlierMandate
from collector_desk.demo.history import Weeks
from collector_desk.demo.payments import FILES, paid, told_to, write_payment_file
from collector_desk.demo.sign import PASSWORD
from collector_desk.demo.stories import earlier_stories, yesterdays_stories
from collector_desk.demo.visits import Visits
from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.message import Refused
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import FileKind
from collector_desk.domain.vocabulary import Role
from collector_desk.exchange import outgoing
from collector_desk.exchange.store_folder import disk_trouble, holds_store, is_store
from collector_desk.packs.bank_days import bank_days
from collector_desk.parsing.files import get_ready
from collector_desk.resources import resource
from collector_desk.services.book import queueing
from collector_desk.services.desk import settings, standing
from collector_desk.services.desk.clock import Clock, SystemClock
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import Agency, DeskSettings
from collector_desk.services.intake import counts, payments, placements
from collector_desk.services.office import people

FIRST = "for the first day only"
"""What everybody is let in with, and changes at once: with it nobody signs a visit."""
LEAD, AGENT, JUNIOR, VISITORS = "林主管", "张晓", "李明", ("王走访", "赵同行")
SIZE, SEED, WEEKS = 600, 2026, 3
RECORDER = "录音平台"
SHARE = Share(effective=3, connected=6)
"""The demo workstation's share of the caps."""

Progress = Callable[[int, int], None]
_STAFF = {
    AGENT: {Role.AGENT, Role.SENIOR_AGENT},
    JUNIOR: {Role.AGENT},
    **{name: {Role.VISITOR} for name in VISITORS},
}
_SHARES = ((21, 0.55), (11, 0.33), (1, 0.12))  # when each placement came, in days before today, and its part
_MAKING = ".making"


def open_demo(
    folder: Path,
    *,
    clock: Clock | None = None,
    progress: Progress | None = None,
    size: int = SIZE,
    seed: int = SEED,
) -> Seat:
    """Sign the demo's agent in, at the demo made by ``make_demo`` where there is none yet."""
    watch = clock or SystemClock()
    make_demo(folder, clock=watch, progress=progress, size=size, seed=seed)
    seat = people.sign_in(folder, AGENT, PASSWORD, clock=watch)
    while queueing.tick(seat).debtors:  # the night that passed since its last evening
        pass
    return seat


def make_demo(
    folder: Path,
    *,
    clock: Clock | None = None,
    progress: Progress | None = None,
    size: int = SIZE,
    seed: int = SEED,
) -> None:
    """Make the demo (``size`` accounts, and those of an earlier mandate), unless ``folder`` holds a store already.

    One seed makes one book. A making that was broken off leaves nothing at ``folder``.
    """
    if is_store(folder):
        return
    making = folder.with_name(folder.name + _MAKING)
    _make_room(folder, making)
    now = (clock or SystemClock()).now()
    _make(making, now, max(size, 1), seed, progress or (lambda _done, _all: None))
    if folder.is_dir():
        folder.rmdir()  # an empty one; what came meanwhile stops us here
    making.rename(folder)
    standing.moved(making, folder)


def _make_room(folder: Path, making: Path) -> None:
    """What a making broken off left goes; anything else at the two places is somebody's, and is left alone."""
    if outgoing.is_there(making) and not holds_store(making):
        raise Refused("documents.outgoing.exists", file=making.name)
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise Refused("documents.outgoing.not_a_store", folder=str(folder))
    except OSError as error:
        raise disk_trouble(error, folder) from error
    if outgoing.is_there(folder) and not folder.is_dir():
        raise Refused("documents.outgoing.exists", file=folder.name)
    shutil.rmtree(making, ignore_errors=True)


def _make(folder: Path, now: datetime, size: int, seed: int, progress: Progress) -> None:
    """Live the weeks up to ``now`` in a store of its own, every person at a seat of their own."""
    get_ready()
    words = _toml("people.toml")
    notes = _toml("notes.toml")
    parameters = Parameters(_toml("parameters.toml"))
    rng = Random(seed)  # noqa: S311 -- invented people, no secrets
    zone = ZoneInfo(DeskSettings().zone)
    today = now.astimezone(zone).date()
    clock = ForwardClock(datetime.combine(today - timedelta(days=7 * WEEKS + 1), time(17), zone), zone)
    agency = Agency(**words["agency"])
    made = people.create_store(folder, name=LEAD, password=PASSWORD, agency=agency, demo=True, clock=clock)
    seats = [made.seat]
    try:
        settings.change(made.seat, SHARE)
        desk = settings.get(made.seat, DeskSettings)
        settings.change(made.seat, replace(desk, recording_system=RECORDER))
        for name, roles in _STAFF.items():
            people.add(made.seat, name=name, password=FIRST, roles=frozenset(roles))
            # with the first one nobody signs a visit
            seats.append(people.first_sign_in(folder, name, given=FIRST, own=PASSWORD, clock=clock))
            progress(len(seats) * 3, 100)
        mandate = EarlierMandate(made.seat, parameters, words, today, seed)
        run = _Run(seats, clock, parameters, words, notes, rng, progress, mandate)
        run.weeks(now.astimezone(zone), _books(parameters, words, size, today, rng))
        run.this_morning(now.astimezone(zone))
        clock.come_to(min(now, datetime.combine(today, time(), zone)))
        while seats:
            people.sign_out(seats[-1])
            seats.pop()
        progress(100, 100)
    except BaseException:
        for seat in seats:
            seat.let_go()
        raise


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resource("demo", name).read_text("utf-8"))


def _books(
    parameters: Parameters, words: Mapping[str, Any], size: int, today: date, rng: Random
) -> dict[date, list[DemoPerson]]:
    """The people of each placement, by the day it came."""
    books: dict[date, list[DemoPerson]] = {}
    left, first = size, 1
    for number, (back, share) in enumerate(_SHARES):
        count = left if number == len(_SHARES) - 1 else min(left, round(size * share))
        day = today - timedelta(days=back)
        books[day] = list(make_book(parameters, words, size=count, today=day, rng=rng, first=first))
        first += len(books[day])
        left -= count
    return books


def _unpaid_due(today: date) -> int:
    """How many days back a promise was due whose grace the bank's last file just covers: not paid, it is broken."""
    days = bank_days()
    last = told_to(today - timedelta(days=FILES[-1]), days)
    return (today - last).days + 1


class _Run:
    """The making under way."""

    def __init__(
        self,
        seats: Sequence[Seat],
        clock: ForwardClock,
        parameters: Parameters,
        words: Mapping[str, Any],
        notes: Mapping[str, Any],
        rng: Random,
        progress: Progress,
        mandate: EarlierMandate,
    ) -> None:
        lead, senior, junior, first, second = seats
        self._lead = lead
        self._clock = clock
        self._words = words
        self._progress = progress
        self._rng = rng
        self._told_to = clock.local().date()  # the last day of which the bank told what was paid
        self._weeks = Weeks((senior, junior), lead, clock, parameters, notes, rng)
        self._mandate = mandate
        self._visits = Visits(senior, lead, (first, second), clock, notes["visits"])

    def weeks(self, now: datetime, books: Mapping[date, Sequence[DemoPerson]]) -> None:
        """Day after day: what came from the bank, the calls, what the lead decides, the visits."""
        days, today = 7 * WEEKS, now.date()
        stories = [*earlier_stories(_unpaid_due(today)), *yesterdays_stories(now)]
        for back in range(days, 0, -1):
            day = today - timedelta(days=back)
            if books.get(day):
                self._import(day, books[day], list(books).index(day) + 1)
                self._weeks.look_through()
            self._clock.come_to(datetime.combine(day, time(8, 55), now.tzinfo))
            self._mandate.morning(day, back, self._terms(day))
            self._weeks.apart = self._mandate.debtors
            if back in FILES:
                self._payments(day, books)
            self._weeks.close(day, back)
            self._weeks.live(day, back, stories)
            self._clock.come_to(datetime.combine(day, time(21, 35), now.tzinfo))
            self._weeks.decide()
            self._visits.evening(day, back, self._weeks.told)
            self._progress(15 + 84 * (days - back + 1) // days, 100)

    def _import(self, day: date, book: Sequence[DemoPerson], number: int) -> None:
        """The bank's workbook, read and taken in."""
        self._clock.come_to(datetime.combine(day, time(8, 40), ZoneInfo(self._lead.zone)))
        bank = self._words["bank"]
        placement = bank["placement"].format(day=day, number=number)
        terms = self._terms(day)
        with TemporaryDirectory(prefix="collector-desk-demo-") as own:
            path = Path(own) / bank["filename"].format(day=day)
            write_demo_file(path, bank, placement, day, book)
            seen = placements.preview(self._lead, path)
        placements.import_placement(self._lead, seen, {placement: terms})

    def _terms(self, day: date) -> PlacementTerms:
        """What no file says of a placement that came on a day."""
        bank = self._words["bank"]
        return PlacementTerms(
            bank_name=bank["name"],
            pay_ways=bank["pay_ways"],
            complaint_number=bank["complaint_number"],
            mandate_ends=day + timedelta(days=120),
            contract_terms=bank["contract_terms"],
            daily_ppm=500,
        )

    def _payments(self, day: date, books: Mapping[date, Sequence[DemoPerson]]) -> None:
        """The bank's file of what came in since the one before, taken in with the days it tells of."""
        last = told_to(day, bank_days())
        first, self._told_to = self._told_to, last
        ways = self._words["bank"]["payment_ways"]
        others = [
            (placed, person, account)
            for placed, book in books.items()
            for person in book
            for account in person.accounts
        ]
        rows = paid(self._rng, ways, self._weeks.words, others, first + timedelta(days=1), last)
        with TemporaryDirectory(prefix="collector-desk-demo-") as own:
            path = Path(own) / self._words["bank"]["payments"].format(day=day)
            write_payment_file(path, self._words["bank"], rows)
            told = payments.FileTold(
                bank=self._words["bank"]["name"], kind=FileKind.NEW, covers=DaySpan(first + timedelta(days=1), last)
            )
            seen = payments.preview(self._lead, path, told)
        payments.import_payments(self._lead, seen)
        self._weeks.paid({row.account_no for row in rows})

    def this_morning(self, now: datetime) -> None:
        """What the bank's other agencies did today already, where the day has begun: it closes a few debtors."""
        at = now.replace(hour=8, minute=5, second=0, microsecond=0)
        if at > now:
            return
        self._clock.come_to(at)
        for debtor in self._weeks.spoken_to()[:3]:
            counts.enter(
                self._lead, debtor.id, effective=SHARE.effective, connected=SHARE.connected, as_of=self._clock.now()
            )
