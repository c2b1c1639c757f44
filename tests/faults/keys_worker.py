"""Kills acts on a store's keys and files at drawn moments, and says what is found at the next opening.

``python -m tests.faults.keys_worker KILLS SEED`` prints a line for every act: how often it was killed, how often
that left it undone or done, and what then was not as it has to be. Half of the kills fall at a moment of the clock,
half directly before or after a step that the disk keeps (fsync, rename, removal, commit). ``test_keys.py`` runs it.
"""

import contextlib
import itertools
import os
import pathlib
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from collector_desk.domain.message import Trouble
from collector_desk.domain.vocabulary import Role
from collector_desk.exchange.store_folder import is_store
from collector_desk.services.desk.seat import Seat
from collector_desk.services.office import backup, going_on, keyring, people
from collector_desk.store import keys, migrate, slots
from collector_desk.store.backup_file import DATABASE
from collector_desk.store.engine import make_engine
from collector_desk.store.store import Store
from collector_desk.store.verify import verify
from tests.samples.store import PASSWORD, SetClock, copy_store, let_in

BOSS, AGENT, NEWCOMER, LATER = "林主管", "张晓", "新人", "后来的人"
OTHER = "another phrase"
keys._MEMORY_KIB, keys._PASSES, keys._LANES = 64, 1, 1


def seat_of(folder: Path, who: str, *passwords: str) -> Seat:
    """Sign in with whichever of these is the person's password now."""
    refused = Trouble("store.wrong_password")
    for password in passwords:
        try:
            return people.sign_in(folder, who, password, clock=SetClock())
        except Trouble as trouble:
            refused = trouble
    raise refused


@dataclass(frozen=True)
class Made:
    """The store that each act is tried on."""

    folder: Path
    code: str
    saved: Path  # a backup of it as it was before ``LATER`` came
    steps: Path  # the migrations of a program that knows one more


_STEP = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = {revision!r}, {previous!r}


def upgrade() -> None:
    op.add_column("setting", sa.Column("note", sa.Text(), nullable=True))
"""
NEXT = f"{len(migrate.KNOWN) + 1:04d}"


@contextlib.contextmanager
def next_program(made: Made) -> Iterator[None]:
    """As the next program opens a store: it brings it up first."""
    before = migrate.MIGRATIONS, migrate.KNOWN, migrate.HEAD
    migrate.MIGRATIONS, migrate.KNOWN, migrate.HEAD = made.steps, (*migrate.KNOWN, NEXT), NEXT
    try:
        yield
    finally:
        migrate.MIGRATIONS, migrate.KNOWN, migrate.HEAD = before


# --- the acts ----------------------------------------------------------------------------------------------


def init(made: Made) -> None:
    people.create_store(made.folder, name=BOSS, password=PASSWORD, clock=SetClock())


def recover(made: Made) -> None:
    people.recover(made.folder, AGENT, made.code, OTHER, clock=SetClock())


def recover_and_confirm(made: Made) -> None:
    seat, code = people.recover(made.folder, AGENT, made.code, OTHER, clock=SetClock())
    (made.folder.parent / "code").write_text(code)
    keyring.confirm_recovery(seat)


def add(made: Made) -> None:
    seat = seat_of(made.folder, BOSS, PASSWORD)
    people.add(seat, name=NEWCOMER, password=OTHER, roles=frozenset({Role.AGENT}))


def password(made: Made) -> None:
    people.change_password(seat_of(made.folder, AGENT, PASSWORD), old=PASSWORD, new=OTHER)


def leave(made: Made) -> None:
    seat = seat_of(made.folder, BOSS, PASSWORD)
    people.leave(seat, next(one.id for one in people.everybody(seat) if one.name == AGENT))


def new_code(made: Made) -> None:
    seat = seat_of(made.folder, BOSS, PASSWORD)
    code = keyring.new_recovery_code(seat)
    (made.folder.parent / "code").write_text(code)
    keyring.confirm_recovery(seat)


def restore(made: Made) -> None:
    """A backup of before ``LATER`` came, put in the place of what this machine saw signed."""
    people.sign_out(seat_of(made.folder, BOSS, PASSWORD))
    where, clock = made.folder, SetClock()
    backup.restore(made.saved, where, who=BOSS, password=PASSWORD, reason="a test", clock=clock)


def bring_up(made: Made) -> None:
    with next_program(made):
        seat_of(made.folder, BOSS, PASSWORD)


def rekey(made: Made) -> None:
    keyring.rekey(made.folder, who=BOSS, password=PASSWORD, clock=SetClock())


ACTS: dict[str, Callable[[Made], None]] = {
    "init": init,
    "recover": recover,
    "recover, confirm": recover_and_confirm,
    "add a person": add,
    "change password": password,
    "close a person": leave,
    "new recovery code": new_code,
    "re-key": rekey,
    "restore a backup": restore,
    "migrate": bring_up,
}


# --- what has to hold afterwards ---------------------------------------------------------------------------


def look(name: str, made: Made, before: bytes, finished: bool) -> tuple[bool, list[str]]:
    """Whether the act counts, and what is not as it has to be. Raises Trouble where somebody can't come in."""
    folder, wrong = made.folder, []
    if name == "migrate":
        return _brought_up(made, before, finished)
    if name == "init" and not is_store(folder):
        init(made)
        return False, ["confirmed and lost"] if finished else []
    boss = _boss(made) if name == "restore a backup" else seat_of(folder, BOSS, PASSWORD)
    try:
        wrong += _agree(boss)
        if boss.standing.doubt is not None:
            wrong.append("taken for put back")
        everybody = {one.name: one for one in people.everybody(boss)}
        done = {
            "init": lambda: True,
            "recover": lambda: _comes_in(folder, AGENT, OTHER),
            "recover, confirm": lambda: not _code_opens(made, made.code),
            "add a person": lambda: NEWCOMER in everybody,
            "change password": lambda: _comes_in(folder, AGENT, OTHER),
            "close a person": lambda: not everybody[AGENT].active,
            "new recovery code": lambda: not _code_opens(made, made.code),
            "re-key": lambda: boss.store.key != before,
            "restore a backup": lambda: LATER not in everybody,
        }[name]()
        if finished and not done:
            wrong.append("confirmed and lost")
        if name in ("recover", "recover, confirm", "change password") and not (
            _comes_in(folder, AGENT, PASSWORD) or _comes_in(folder, AGENT, OTHER)
        ):
            wrong.append("neither password opens")
        if name == "add a person" and not done:
            people.add(boss, name=NEWCOMER, password=OTHER, roles=frozenset({Role.AGENT}))
        if name == "add a person" and not _comes_in(folder, NEWCOMER, OTHER):
            wrong.append("a ghost")
        if name == "close a person" and _comes_in(folder, AGENT, PASSWORD) == done:
            wrong.append("closed and not closed")
        if "code" in name or "recover" in name:
            later = folder.parent / "code"
            codes = [made.code, *([later.read_text()] if later.exists() else [])]
            if sum(_code_opens(made, code) for code in codes) != 1:
                wrong.append("no code opens, or two")
        if name == "restore a backup" and done and not _still_beside(folder):
            wrong.append("the store of before is gone")
        if any(folder.glob("*.rekeyed*")) or any(folder.glob("*.part")) or any(folder.parent.glob(".store*")):
            wrong.append("something left over")
    finally:
        boss.store.close()
    return done, wrong


def _boss(made: Made) -> Seat:
    """Sign in; where the restored store waits for a lead who gives the later work up, that first."""
    seat = seat_of(made.folder, BOSS, PASSWORD)
    if seat.standing.doubt is not None:
        going_on.answer(seat, "a test")
    return seat


def _still_beside(folder: Path) -> bool:
    """Whether the store that a restore replaced lies beside it, whole."""
    (kept,) = folder.parent.glob("store.before-restore-*")
    return any(one.name == LATER for one in keys.people(kept)) and _opens(kept)


def _opens(folder: Path) -> bool:
    store, _ = Store.open(folder, BOSS, PASSWORD)
    with store:
        return verify(store).ok


def _brought_up(made: Made, before: bytes, finished: bool) -> tuple[bool, list[str]]:
    """The same of a migration: the next opening by the same program does what is still to do."""
    wrong = []
    engine = make_engine(made.folder / DATABASE, before)
    with engine.connect() as conn:
        done = migrate.read_version(conn) == NEXT
    engine.dispose()
    if finished and not done:
        wrong.append("confirmed and lost")
    with next_program(made), seat_of(made.folder, BOSS, PASSWORD).store as store:
        with store.read() as conn:
            if migrate.read_version(conn) != NEXT:
                wrong.append("not brought up")
        if not verify(store).ok:
            wrong.append("history broken")
    saved = made.folder / "backups"
    if not any(backup.inspect(file) for file in saved.glob("*.cdbackup")):
        wrong.append("no backup from before")
    if any(not file.name.endswith(".cdbackup") for file in saved.iterdir()):
        wrong.append("something left over")
    return done, wrong


def _agree(seat: Seat) -> list[str]:
    """Key file and history: the same people, no slot that holds no more, and the history is whole."""
    wrong = []
    with seat.store.read() as conn:
        laid = keys.slots(seat.folder)
        if slots.in_force(conn, laid) != laid or any("next_key" in slot for slot in laid):
            wrong.append("slots nobody has")
    active = sorted(one.name for one in people.everybody(seat) if one.active)
    if sorted(one.name for one in keys.people(seat.folder)) != active:
        wrong.append("key file and people differ")
    if not backup.verify(seat).ok:
        wrong.append("history broken")
    return wrong


def _comes_in(folder: Path, who: str, secret: str) -> bool:
    try:
        seat_of(folder, who, secret).store.close()
    except Trouble:
        return False
    return True


def _code_opens(made: Made, code: str) -> bool:
    """Whether the code is in force, without using it."""
    seat = seat_of(made.folder, BOSS, PASSWORD)
    try:
        found = list(keys.unlock_with_recovery(made.folder, code))
        with seat.store.read() as conn:
            slots.require_recovery_in_force(conn, found[0][1].fingerprint)
    except Trouble:
        return False
    finally:
        seat.store.close()
    return True


# --- killing -----------------------------------------------------------------------------------------------


class Points:
    """Counts what the disk keeps, and kills the process at one of those points."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.count = 0

    def pass_by(self) -> None:
        self.count += 1
        if self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, place: Any, name: str) -> None:
        real = getattr(place, name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.pass_by()
            try:
                return real(*args, **kwargs)
            finally:
                self.pass_by()

        setattr(place, name, counted)

    def install(self) -> None:
        self.around(os, "fsync")
        for name in ("replace", "rename", "unlink"):
            self.around(pathlib.Path, name)
        self.around(Connection, "_commit_impl")


def run_child(made: Made, act: Callable[[Made], None], at: int, after: float | None) -> tuple[bool, int]:
    """Run the act in a child; killed at point ``at``, or ``after`` seconds. Whether it ended, how many points."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            points = Points(at)
            points.install()
            act(made)
            os.write(writing, str(points.count).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    if after is not None:
        time.sleep(after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as said:
        told = said.read()
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError("the act failed by itself")
    return bool(told), int(told or 0)


@dataclass
class Line:
    kills: int = 0
    ended: int = 0
    undone: int = 0
    done: int = 0
    wrong: list[str] = field(default_factory=list)


def template(place: Path) -> Made:
    """A store with an agent, its recovery code on paper."""
    made = people.create_store(place / "store", name=BOSS, password=PASSWORD, clock=SetClock())
    keyring.confirm_recovery(made.seat)
    let_in(made.seat, name=AGENT, password=PASSWORD, roles=frozenset({Role.AGENT}))
    backup.back_up(made.seat, place / "saved.cdbackup")
    let_in(made.seat, name=LATER, password=PASSWORD, roles=frozenset({Role.AGENT}))
    made.seat.store.close()
    steps = place / "migrations"
    shutil.copytree(migrate.MIGRATIONS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    text = _STEP.format(revision=NEXT, previous=migrate.HEAD)
    (steps / "versions" / f"{NEXT}_next.py").write_text(text, "utf-8")
    return Made(place / "store", made.recovery_code, place / "saved.cdbackup", steps)


@contextlib.contextmanager
def fresh(ready: Made, name: str) -> Iterator[Made]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "store"
        os.environ["COLLECTOR_DESK_HOME"] = scratch  # one store id in all copies: each has its own marks
        if name != "init":
            copy_store(ready.folder, folder)
        yield replace(ready, folder=folder)


def kill_all(kills: int, seed: int, ready: Made) -> dict[str, Line]:
    """So many kills over all acts in turn."""
    drawn = random.Random(seed)  # noqa: S311 -- the same moments in every run
    table = {name: Line() for name in ACTS}
    points, spans = {}, {}
    for name, act in ACTS.items():
        with fresh(ready, name) as made:
            began = time.monotonic()
            _, points[name] = run_child(made, act, 0, None)
            spans[name] = time.monotonic() - began
    with fresh(ready, "any") as made, seat_of(made.folder, BOSS, PASSWORD).store as store:
        before = store.key
    names = itertools.cycle(ACTS)
    while sum(line.kills for line in table.values()) < kills:  # an act that ended first was none
        name = next(names)
        line = table[name]
        with fresh(ready, name) as made:
            by_clock = drawn.random() < 0.5
            moment, point = drawn.uniform(0, spans[name]), drawn.randint(1, points[name])
            finished, _ = run_child(made, ACTS[name], 0 if by_clock else point, moment if by_clock else None)
            line.kills += not finished
            line.ended += finished
            try:
                done, wrong = look(name, made, before, finished)
            except Trouble as trouble:
                done, wrong = False, [trouble.message.code]
            line.done += done
            line.undone += not done
            line.wrong += wrong
    return table


def main() -> int:
    kills, seed = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as place:
        os.environ["COLLECTOR_DESK_HOME"] = place
        table = kill_all(kills, seed, template(Path(place)))
    lines = [f"{'act':20} {'killed':>6} {'ended first':>11} {'undone':>6} {'done':>6} {'wrong':>6}"]
    for name, line in table.items():
        figures = f"{line.kills:6} {line.ended:11} {line.undone:6} {line.done:6} {len(line.wrong):6}"
        lines.append(f"{name:20} {figures} {', '.join(sorted(set(line.wrong)))}".rstrip())
    lines.append(f"{sum(line.kills for line in table.values())} kills, seed {seed}")
    sys.stdout.write("\n".join(lines) + "\n")
    return int(any(line.wrong for line in table.values()))


if __name__ == "__main__":
    sys.exit(main())
