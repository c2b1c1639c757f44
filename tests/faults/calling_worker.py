"""Makes calls until it is killed, or races for one: run by ``test_calling.py``.

``calling_worker.py FOLDER NAME`` reads a line for each child to fork: ``calls`` (until killed) or ``race DEBTOR
PHONE MINUTES`` (after ten). A child prints what was confirmed to it, and a line at every beginning and end of a
transaction, so that it can be killed there.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Connection

from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, Speaker
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.desk import drafts
from collector_desk.services.desk.seat import Seat
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.gate.facts import active_packs
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.store.journal import last_instant
from collector_desk.store.store import Store
from tests.samples.store import PASSWORD, SetClock

keys._MEMORY_KIB, keys._PASSES, keys._LANES = 64, 1, 1
_write = Store.write
UNREACHED = (Outcome.NO_ANSWER, Outcome.BUSY, Outcome.VOICEMAIL)
TALK = CallLog(
    Outcome.REFUSES,
    Speaker.DEBTOR,
    IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4})),
    talk_seconds=80,
    recording="R-1",
    note="客户表示对账单金额无异议，但目前不愿还款，已说明后果与协商渠道。",
    reason=ArrearsReason.WILL_NOT_PAY,
)


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())  # one write: whole lines or nothing


@contextmanager
def watched(store: Store) -> Iterator[Connection]:
    say("-")
    with _write(store) as conn:
        yield conn
        say("-")
    say("-")


def signed_in(folder: Path, name: str) -> tuple[Seat, SetClock]:
    clock = SetClock()
    seat = people.sign_in(folder, name, PASSWORD, clock=clock)
    with seat.store.read() as conn:
        clock.at = max(clock.at, last_instant(conn) or clock.at) + timedelta(seconds=20)
    return seat, clock


def next_day(clock: SetClock) -> None:
    clock.at = (clock.at + timedelta(days=1)).replace(hour=2, minute=0)  # ten in Shanghai


def calls(folder: Path, name: str, chance: Random) -> None:
    seat, clock = signed_in(folder, name)
    Store.write = watched  # type: ignore[assignment,method-assign]
    while True:
        clock.forward(seconds=30)
        if seat.local(clock.at).hour >= 20:
            next_day(clock)
        attempt = calling.open_attempt(seat)
        if attempt is None:
            queueing.tick(seat)
            row = queueing.next_row(seat)
            card = cases.open_case(seat, row.debtor_id).next_number if row else None
            if row is None or card is None:
                next_day(clock)
                continue
            queueing.claim(seat, row.debtor_id)
            try:
                attempt = calling.begin(seat, debtor_id=row.debtor_id, phone_id=card.phone.id).attempt
            except GateRefused:
                next_day(clock)
                continue
            say("begun", attempt.id)
        for number in range(chance.randrange(1, 4)):
            drafts.save(seat, "call", attempt.id, {"note": f"第{number}稿", "number": number})
            say("draft", attempt.id, number)
        clock.forward(seconds=40)
        calling.finish(seat, attempt.id, CallLog(chance.choice(UNREACHED)))
        say("finished", attempt.id)
        if chance.random() < 0.3:
            clock.forward(seconds=5)
            with suppress(Refused):  # the midnight may have passed
                back, _ = calling.take_back(seat)
                say("taken", back.id)


def race(folder: Path, name: str, debtor_id: str, phone_id: str, minutes: str) -> None:
    """Talk to the debtor if that may be; one turned away because a colleague is at it tries until told why not."""
    seat, clock = signed_in(folder, name)
    clock.at = SetClock().at + timedelta(minutes=int(minutes))  # both seats at the very same second
    active_packs()
    say("ready")
    sys.stdin.readline()
    while True:
        try:
            begun = calling.begin(seat, debtor_id=debtor_id, phone_id=phone_id)
        except GateRefused as refused:
            say("refused", refused.decision.verdict.value)
            return
        except Refused as held:
            if held.message.code != "calls.held_by_other":
                raise
            continue
        calling.finish(seat, begun.attempt.id, TALK)
        queueing.release(seat)
        say("talked", begun.attempt.id)
        return


def main() -> None:
    folder, name = Path(sys.argv[1]), sys.argv[2]
    active_packs()  # once, for all children
    say("started")
    for turn, line in enumerate(iter(sys.stdin.readline, "")):
        what = line.split()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                if what[0] == "calls":
                    calls(folder, name, Random(turn))  # noqa: S311
                else:
                    race(folder, name, *what[1:])
                status = 0
            finally:
                os._exit(status)
        say("child", child)
        _, ended = os.waitpid(child, 0)
        say("ended", ended)


main()
