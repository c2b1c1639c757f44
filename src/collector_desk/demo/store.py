"""The demo store: invented people with real balances, three weeks of work behind it and a live day ahead.

Made through the same intake, calls, visits and history as a real store, so that it verifies. It runs on drafts of
the packs, because it says of itself that it is a demo.
"""

import csv
import hashlib
import io
import shutil
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from collector_desk.demo.book import DemoAccount, DemoPerson, Parameters, make_book
from collector_desk.demo.history import SHARE, Debtor, SetClock, Weeks
from collector_desk.demo.visits import Visits
from collector_desk.demo.work import Reply, temper
from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, PayChannel, Role, Speaker, TaskKind
from collector_desk.exchange import outgoing
from collector_desk.exchange.store_folder import disk_trouble, holds_store, is_store
from collector_desk.intake.values import Contact, PlacementFile, PlacementRow
from collector_desk.resources import resource
from collector_desk.services.book import queueing, refresh
from collector_desk.services.desk import settings
from collector_desk.services.desk.clock import Clock, SystemClock
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.desk.settings import Agency, DeskSettings
from collector_desk.services.intake import placements
from collector_desk.services.office import people
from collector_desk.services.permits import tasks
from collector_desk.store import tables as t
from collector_desk.store.book.debtors import debtor_file

PASSWORD = "demo-2026-desk"  # noqa: S105 -- everybody's in the demo, printed in the README
LEAD, AGENT, JUNIOR, VISITORS = "林主管", "张晓", "李明", ("王走访", "赵同行")
SIZE, SEED, WEEKS = 600, 2026, 3
MOST_PLAYED = 1200
RECORDER = "录音平台"
"""Debtors with history behind them: what two agents manage in three weeks. The rest of a larger book is untried."""

Progress = Callable[[int, int], None]
_SHARES = ((21, 0.55), (11, 0.33), (1, 0.12))  # when each placement came, in days before today, and its part
_MAKING = ".making"
_RELEASED = frozenset({TaskKind.PROMISE_APPROVAL, TaskKind.DISPUTE, TaskKind.COMPLAINT, TaskKind.PLAN_REQUEST})
"""What the demo's lead decides so that work goes on; after the rest the case stays paused."""
_IN_HAND = {TaskKind.PROMISE_APPROVAL: -timedelta(hours=20), TaskKind.DISPUTE: timedelta(days=1)}
"""How long before (or, negative, after) its time a task is decided, unless on the day it is due."""


def open_demo(
    folder: Path,
    *,
    clock: Clock | None = None,
    progress: Progress | None = None,
    size: int = SIZE,
    seed: int = SEED,
) -> Seat:
    """Sign the demo's agent in; where ``folder`` holds no store yet, the demo is made first (``size`` accounts).

    One seed makes one book. A making that was broken off leaves nothing at ``folder``.
    """
    watch = clock or SystemClock()
    if not is_store(folder):
        making = folder.with_name(folder.name + _MAKING)
        _make_room(folder, making)
        _make(making, watch.now(), max(size, 1), seed, progress or (lambda _done, _all: None))
        if folder.is_dir():
            folder.rmdir()  # an empty one; what came meanwhile stops us here
        making.rename(folder)
    seat = people.sign_in(folder, AGENT, PASSWORD, clock=watch)
    queueing.tick(seat, limit=200)
    return seat


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
    words = _toml("people.toml")
    notes = _toml("notes.toml")
    parameters = Parameters(_toml("parameters.toml"))
    rng = Random(seed)  # noqa: S311 -- invented people, no secrets
    local = now.astimezone(ZoneInfo(DeskSettings().zone))
    today = local.date()
    first_day = today - timedelta(days=7 * WEEKS + 1)
    clock = SetClock(datetime.combine(first_day, time(17), local.tzinfo))
    agency = Agency(**words["agency"])
    made = people.create_store(folder, name=LEAD, password=PASSWORD, agency=agency, demo=True, clock=clock)
    lead = made.seat
    try:
        agents, pair = _staff(lead)
        settings.change(lead, SHARE)
        progress(4, 100)
        batches = _books(parameters, words, size, today, rng)
        run = _Run(lead, agents, pair, clock, parameters, words, notes, rng, progress)
        run.three_weeks(local, batches)
        run.this_morning(local)
        run.work_out(now)
        clock.at = max(clock.at, min(now, datetime.combine(today, time(), local.tzinfo)))
        people.sign_out(lead)
    except BaseException:
        lead.store.close()
        raise


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resource("demo", name).read_text("utf-8"))


def _staff(lead: Seat) -> tuple[tuple[Seat, Seat], tuple[Seat, Seat]]:
    """The demo's people, each at a seat that can act (nobody's signature is given for them)."""

    def add(name: str, *roles: Role) -> Seat:
        return replace(lead, person=people.add(lead, name=name, password=PASSWORD, roles=frozenset(roles)))

    senior, junior = add(AGENT, Role.AGENT, Role.SENIOR_AGENT), add(JUNIOR, Role.AGENT)
    first, second = (add(name, Role.VISITOR) for name in VISITORS)
    return (senior, junior), (first, second)


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


class _Run:
    """The making under way."""

    def __init__(
        self,
        lead: Seat,
        agents: tuple[Seat, Seat],
        pair: tuple[Seat, Seat],
        clock: SetClock,
        parameters: Parameters,
        words: Mapping[str, Any],
        notes: Mapping[str, Any],
        rng: Random,
        progress: Progress,
    ) -> None:
        self._lead = lead
        self._clock = clock
        self._parameters = parameters
        self._words = words
        self._notes = notes
        self._rng = rng
        self._progress = progress
        self._debtors: list[Debtor] = []
        self._visits = Visits(agents[0], lead, pair, clock, notes["visits"])
        self._weeks = Weeks(agents, clock, self._debtors, notes, notes, rng)

    def three_weeks(self, now: datetime, books: Mapping[date, Sequence[DemoPerson]]) -> None:
        """Day after day: what came from the bank, the calls, what the lead decides, the visits."""
        days, today = 7 * WEEKS, now.date()
        for back in range(days, 0, -1):
            day = today - timedelta(days=back)
            if books.get(day):
                self._import(day, books[day], list(books).index(day) + 1, played=back > 1)
            if day.weekday() < 6 or back == 1:
                asked = _live_replies(now, self._notes) if back == 1 else ()
                self._weeks.play(day, asked=asked)
                self._decide(day)
            self._visits.evening(day, back, self._debtors)
            self._progress(30 + 55 * (days - back + 1) // days, 100)

    def _import(self, day: date, book: Sequence[DemoPerson], number: int, *, played: bool) -> None:
        self._clock.at = max(self._clock.at, datetime.combine(day, time(8, 40), ZoneInfo(self._lead.zone)))
        bank = self._words["bank"]
        placement = bank["placement"].format(day=day, number=number)
        file = _file_of(book, placement, day, bank["filename"].format(number=number), self._words)
        terms = PlacementTerms(
            bank_name=bank["name"],
            pay_ways=bank["pay_ways"],
            complaint_number=bank["complaint_number"],
            mandate_ends=day + timedelta(days=120),
            contract_terms=bank["contract_terms"],
        )
        seen = placements.preview(self._lead, file)

        def told(done: int, total: int) -> None:
            if number == 1:
                self._progress(4 + 26 * done // max(total, 1), 100)

        placements.import_placement(self._lead, seen, {placement: terms}, progress=told)
        if number == 1:
            self._set_large()
        room = MOST_PLAYED - len(self._debtors)
        if played and room > 0:
            self._know(book[:room], day)

    def _set_large(self) -> None:
        """Large begins where the top tenth of the first placement does."""
        with self._lead.store.read() as conn:
            desk = settings.read(conn, DeskSettings)
            large = refresh.large_default(conn)
        settings.change(self._lead, replace(desk, large_from=large, recording_system=RECORDER))

    def _know(self, book: Sequence[DemoPerson], day: date) -> None:
        """Take people among those whose weeks are played."""
        by_customer = {person.customer_no: person for person in book}
        numbers = list(by_customer)
        with self._lead.store.read() as conn:
            for start in range(0, len(numbers), 400):
                debtor = t.debtor.c
                rows = conn.execute(
                    select(debtor.id, debtor.customer_no).where(
                        debtor.customer_no.in_(numbers[start : start + 400])
                    )
                ).all()
                ids = {row.customer_no: row.id for row in rows}
                for customer in numbers[start : start + 400]:
                    file = debtor_file(conn, ids[customer], today=day)
                    if file is None:
                        continue
                    months = max(account.months for account in by_customer[customer].accounts)
                    how = temper(self._rng, self._parameters.groups[months].unpaid_next_month)
                    lead = file.lead_case
                    self._debtors.append(Debtor(file, day, lead.days, how, lead.balance))

    def _decide(self, day: date) -> None:
        """The lead's evening: further promises are agreed to, some disputes are settled, the rest waits."""
        said = self._notes["decisions"]
        self._clock.at = max(self._clock.at, datetime.combine(day, time(21, 35), ZoneInfo(self._lead.zone)))
        known = {debtor.id: debtor for debtor in self._debtors}
        for task in tasks.open_tasks(self._lead):
            if task.kind not in said or task.due_at > self._clock.at + _IN_HAND.get(task.kind, timedelta(0)):
                continue
            approve = task.kind in _RELEASED
            tasks.settle(self._lead, task.id, approve=approve, reason=said[task.kind])
            known[task.debtor_id].stopped = not approve

    # --- today -----------------------------------------------------------------------------------------

    def this_morning(self, now: datetime) -> None:
        """What the bank's other agencies did today already, where the day has begun: it closes a few debtors."""
        at = now.replace(hour=8, minute=5, second=0, microsecond=0)
        if at > now:
            return
        self._clock.at = max(self._clock.at, at)
        ready = [d for d in self._debtors if not d.stopped and not d.promise_id and not d.next_at and d.events]
        ready += [d for d in self._debtors if d.next_at and d.next_at <= at and not d.stopped and d not in ready]
        with acting(self._lead, "counts.external") as act:
            taken = {"newest_as_of": at, "ours_included": False, "accepted": len(ready[:3]), "set_aside": 0}
            counts_id = act.record(t.counts_taken, taken)
            for debtor in ready[:3]:
                counts = {"effective_today": SHARE.effective, "connected_today": SHARE.connected}
                row = {"counts_id": counts_id, "debtor_id": debtor.id, "as_of": at, "ours_included": False}
                act.record(t.external_count, row | counts)

    def work_out(self, now: datetime) -> None:
        """Where everybody stands now."""
        touched = [debtor.id for debtor in self._debtors]
        done = 0
        while done < len(touched):
            with self._lead.store.write() as conn:
                refresh.refresh(conn, touched[done : done + 20], now)
            done += 20
            self._progress(85 + 15 * min(done, len(touched)) // max(len(touched), 1), 100)


def _live_replies(now: datetime, notes: Mapping[str, Any]) -> tuple[Reply, ...]:
    """What yesterday's last calls came to, so that today begins with something for each class and each list."""
    worked = min(max(now, now.replace(hour=9, minute=30)), now.replace(hour=18, minute=0))

    def said(outcome: Outcome, place: int, **other: Any) -> Reply:
        note = notes[outcome.value][place % len(notes[outcome.value])]
        return Reply(outcome, Speaker.DEBTOR, 60 + 9 * place, note, **other)

    def promise(outcome: Outcome, hour: int, place: int, days: int = 1) -> Reply:
        share = 1.0 if outcome is Outcome.PROMISE_FULL else 0.3
        why, way = ArrearsReason.WAITING_WAGES, PayChannel.BANK_APP
        return said(outcome, place, reason=why, channel=way, share=share, days=days, hour=hour)

    def back(minutes: int, place: int) -> Reply:
        at = worked + timedelta(minutes=minutes)
        return said(Outcome.CALL_BACK, place, days=1, hour=at.hour, minute=at.minute // 5 * 5)

    return (
        said(Outcome.DISPUTE, 0, reason=ArrearsReason.DISPUTED_CHARGE),
        said(Outcome.WANTS_PLAN, 1, reason=ArrearsReason.LOST_JOB),
        said(Outcome.COMPLAINT, 2),
        promise(Outcome.PROMISE_FULL, 12, 3, days=6),
        back(-25, 0),
        back(-5, 1),
        back(20, 2),
        back(60, 3),
        promise(Outcome.PROMISE_FULL, 12, 0),
        promise(Outcome.PROMISE_PART, 15, 1),
        promise(Outcome.PROMISE_FULL, 18, 2),
        promise(Outcome.PROMISE_FULL, 18, 4),
    )


def _file_of(
    book: Sequence[DemoPerson], placement: str, day: date, filename: str, words: Mapping[str, Any]
) -> PlacementFile:
    """The placement as the bank's file would say it; what is archived is that file's plain text."""
    rows: list[PlacementRow] = []
    text = io.StringIO()
    writer = csv.writer(text)
    for person in book:
        for account in person.accounts:
            row = _row_of(person, account, placement, day, len(rows) + 2)
            rows.append(row)
            writer.writerow(
                [placement, row.customer_no, row.name, row.id_no, row.account_no, account.amount, account.days]
            )
    content = text.getvalue().encode()
    return PlacementFile(
        filename=filename,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        kind="csv",
        encoding="utf-8",
        rows=tuple(rows),
        set_aside=0,
        problems=(),
        sheets=(),
        totals=(),
        bank_hint=words["bank"]["name"],
    )


def _row_of(person: DemoPerson, account: DemoAccount, placement: str, day: date, line: int) -> PlacementRow:
    return PlacementRow(
        sheet="",
        line=line,
        placement_no=placement,
        placed_on=day,
        round=account.round,
        customer_no=person.customer_no,
        name=person.name,
        id_type=person.id_type,
        id_no=person.id_no,
        card_tail=account.card_tail,
        account_no=account.account_no,
        currency="CNY",
        credit_limit=account.limit,
        amount=account.amount,
        principal=account.principal,
        interest=account.interest,
        penalty=account.penalty,
        fees=None,
        minimum_due=account.principal // 10,
        days_past_due=account.days,
        statement_day=account.statement_day,
        due_on=account.due_on,
        last_paid_on=account.last_paid_on,
        last_paid=account.last_paid or None,
        previous_overdue=account.previous_overdue,
        opened_on=account.opened_on,
        mobiles=(person.mobile,),
        home_phones=(person.home_phone,) if person.home_phone else (),
        employer=person.employer,
        work_phones=(person.work_phone,) if person.work_phone else (),
        home_address=person.home_address,
        registered_address=person.registered_address,
        contacts=tuple(Contact(*contact) for contact in person.contacts),
        remark=account.remark,
        extras=(),
    )
