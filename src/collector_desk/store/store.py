"""The store: one encrypted file and its key slots in a folder, opened by a person, used in transactions.

Several processes may have it open at once; ``BEGIN IMMEDIATE`` serialises those who write.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from collector_desk.domain.message import Trouble
from collector_desk.domain.states import KeyEvent
from collector_desk.exchange.outgoing import refuse_inside_store
from collector_desk.exchange.store_folder import KEYS, TWIN, disk_trouble, is_store
from collector_desk.store import keys, presence, slots
from collector_desk.store.backup_file import DATABASE
from collector_desk.store.drives import refuse_network_drive
from collector_desk.store.engine import IMMEDIATE, make_engine, probe, translated
from collector_desk.store.ids import new_id
from collector_desk.store.journal import record
from collector_desk.store.keys import NewSlot, Unlocked
from collector_desk.store.migrate import migrate_if_due, stamp
from collector_desk.store.private import make_file, make_folder, tighten
from collector_desk.store.schema import create_all
from collector_desk.store.tables.history import key_event


class Store:
    """An open store. ``read()`` and ``write()`` may be used from any thread; ``close()`` when done."""

    def __init__(self, folder: Path, engine: Engine, key: bytes, store_id: str) -> None:
        """Use ``create`` or ``open``."""
        self.folder = folder
        self.database_path = folder / DATABASE
        self.store_id = store_id
        self.key = key
        self._engine = engine
        self._lock = threading.RLock()
        self._writing = False
        self._version = 0
        self._keys_laid: list[str] = []  # slots that go again if the transaction fails
        self._keys_replaced: list[str] = []  # and those that go once it is committed
        self._presence = presence.enter(folder)
        self._sitting: presence.Held | None = None
        # One connection for all writes of this process: data_version then tells other seats' changes only.
        try:
            with translated(self.database_path):
                self._writer = engine.connect().execution_options(**{IMMEDIATE: True})
                raw = self._writer.connection.driver_connection
                # imports touch many pages of the indexes
                raw.execute("PRAGMA cache_size = -65536")  # type: ignore[union-attr]
        except BaseException:
            if self._presence is not None:
                self._presence.leave()
            raise

    # --- making and opening ----------------------------------------------------------------------------

    @classmethod
    def create(
        cls, folder: Path, *, name: str, password: str, at: datetime, demo: bool = False
    ) -> "tuple[Store, Unlocked, str]":
        """Make a store in ``folder`` (made if missing), its first person, and the recovery code to print.

        Raises Trouble ``store.exists``, ``documents.outgoing.in_store``, ``store.network_drive``,
        ``store.disk_full`` and their like. Takes about half a second. Granting the first person's roles is the
        caller's act.
        """
        refuse_network_drive(folder)
        refuse_inside_store(folder)
        if is_store(folder):
            raise Trouble("store.exists", folder=str(folder))
        path = folder / DATABASE
        try:
            make_folder(folder)
            _set_aside(path, at)  # what a crash left of an earlier attempt; never deleted
            make_file(path)
        except OSError as error:
            raise disk_trouble(error, path) from error
        store_key, store_id, person_id = os.urandom(32), new_id(), new_id()
        slot = keys.make_slot(store_id, store_key, person_id=person_id, name=name, password=password)
        recovery, code = keys.make_recovery_slot(store_id, store_key)
        engine = make_engine(path, store_key)
        try:
            with translated(path), engine.connect().execution_options(**{IMMEDIATE: True}) as conn, conn.begin():
                create_all(conn)
                stamp(conn)
                conn.exec_driver_sql("INSERT INTO store_meta (key, value) VALUES ('store_id', ?)", (store_id,))
                row = {
                    "person_id": person_id,
                    "event": KeyEvent.ADMITTED,
                    "public_key": slot.public_key,
                    "slot_print": slot.fingerprint,
                    "recovery_print": keys.print_of(recovery),
                }
                record(conn, key_event, row, kind="store_created", actor_id=person_id, at=at)
            # the key file comes last: only with it the folder counts as a store
            keys.write_first_keys(folder, store_id, [slot.body, recovery], at, demo=demo)
        finally:
            engine.dispose()
        opened, unlocked = cls.open(folder, person_id, password)
        return opened, unlocked, code

    @classmethod
    def open(cls, folder: Path, who: str, password: str) -> "tuple[Store, Unlocked]":
        """Open the store for slot id, person id or name ``who``.

        Raises Trouble ``store.no_store``, ``store.wrong_password``, ``store.no_such_person``,
        ``store.slot_closed`` and ``store.slot_stale`` (the key file is an older one, see ``slots``),
        ``store.keys_damaged``, ``store.wrong_key`` (another key's database, or its head is damaged),
        ``store.damaged``, ``store.locked``, ``store.newer_program``, ``store.network_drive``.
        """
        refuse_network_drive(folder)
        refused = Trouble("store.wrong_password")
        for store_key, unlocked in keys.openings(folder, who, password):
            store = cls._open(folder, store_key, unlocked.store_id)
            try:
                with store.read() as conn:
                    slots.require_in_force(conn, unlocked.person_id, unlocked.slot_print)
            except Trouble as trouble:  # another slot of theirs may hold
                store.close()
                refused = trouble
                continue
            except BaseException:
                store.close()
                raise
            store._tidy_keys()
            return store, unlocked
        raise refused

    @classmethod
    def open_with_recovery(
        cls, folder: Path, code: str, *, who: str, new_password: str, at: datetime
    ) -> "tuple[Store, Unlocked, str]":
        """Open with the printed code and give ``who`` a new password; returns the new recovery code as well.

        The old code opens nothing any more, and the person gets a new signing key: the old one was wrapped under
        the lost password. Raises Trouble ``store.recovery_mistyped``, ``store.recovery_wrong`` and as ``open``.
        """
        refuse_network_drive(folder)
        store_key, store_id, fingerprint = keys.unlock_with_recovery(folder, code)
        person = keys.find_person(folder, who)
        store = cls._open(folder, store_key, store_id)
        try:
            with store.read() as conn:
                slots.require_recovery_in_force(conn, fingerprint)
                slots.require_not_closed(conn, person.person_id)
            slot = store.prepare_slot(person_id=person.person_id, name=person.name, password=new_password)
            recovery, new_code = store.prepare_recovery()
            with store.write() as conn:
                store.admit(conn, slot, actor_id=person.person_id, at=at)
                store.rotate_recovery(conn, recovery, actor_id=person.person_id, at=at)
            _, unlocked = keys.unlock(folder, person.person_id, new_password)
        except BaseException:
            store.close()
            raise
        return store, unlocked, new_code

    @classmethod
    def _open(cls, folder: Path, store_key: bytes, store_id: str) -> "Store":
        path = folder / DATABASE
        if not path.exists():  # SQLite would make an empty one
            raise Trouble("store.database_missing", folder=str(folder))
        for mine in (folder, path, folder / KEYS, folder / TWIN):
            tighten(mine)
        engine = make_engine(path, store_key)
        try:
            probe(engine, path)
            migrate_if_due(engine, path, store_key)
            return cls(folder, engine, store_key, store_id)
        except BaseException:
            engine.dispose()
            raise

    def prove(self, person_id: str, password: str) -> Unlocked:
        """The person, where this is their password now. Trouble as ``open``. Takes 0.2 s."""
        refused = Trouble("store.wrong_password")
        for _, unlocked in keys.openings(self.folder, person_id, password):
            try:
                with self.read() as conn:
                    slots.require_in_force(conn, unlocked.person_id, unlocked.slot_print)
            except Trouble as trouble:
                refused = trouble
                continue
            return unlocked
        raise refused

    def _tidy_keys(self) -> None:
        """Drop what an old key file, or a program killed in the middle, left in the key file."""
        with suppress(Trouble):  # it is refused whether it lies there or not
            with self.read() as conn:
                if not slots.left_over(conn, keys.slots(self.folder)):
                    return
            with self.write() as conn:  # alone: nobody is just letting somebody in
                keys.drop_slots(self.folder, slots.left_over(conn, keys.slots(self.folder)))

    # --- transactions ----------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of the store; nothing can be written in it. Trouble for what the surroundings do."""
        with translated(self.database_path), self._engine.connect() as conn:
            conn.connection.driver_connection.execute("PRAGMA query_only = ON")  # type: ignore[union-attr]
            try:
                with conn.begin():
                    yield conn
            finally:
                conn.connection.driver_connection.execute("PRAGMA query_only = OFF")  # type: ignore[union-attr]

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, alone among all seats: committed on a clean end, rolled back otherwise.

        Keep it below 50 ms. Raises Trouble ``store.locked`` if another seat holds the store for 5 s,
        ``store.disk_full`` and their like: then nothing of it was written.
        """
        with self._lock:
            if self._writing:
                raise RuntimeError("a write inside a write would not be one transaction")
            self._writing = True
            try:
                with translated(self.database_path), self._writer.begin():
                    yield self._writer
            except BaseException:
                if self._keys_laid:
                    keys.drop_slots(self.folder, self._keys_laid)
                raise
            else:
                if self._keys_replaced:
                    with suppress(Trouble):  # committed: what is left behind holds no more, and goes at a sign-in
                        keys.drop_slots(self.folder, self._keys_replaced)
            finally:
                self._writing = False
                self._keys_laid, self._keys_replaced = [], []

    def data_version(self) -> int:
        """A number that changes when another process committed something; cheap, ask it as often as you like."""
        if self._lock.acquire(blocking=False):  # while this process writes, nobody else can
            try:
                if not self._writing:
                    raw = self._writer.connection.driver_connection
                    with translated(self.database_path):
                        self._version = raw.execute("PRAGMA data_version").fetchone()[0]  # type: ignore[union-attr]
            finally:
                self._lock.release()
        return self._version

    def settle(self) -> None:
        """Move what was committed from the log into the database file; no commit depends on it."""
        with translated(self.database_path):
            raw = self._engine.raw_connection()
            try:
                raw.driver_connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()  # type: ignore[union-attr]
            finally:
                raw.close()

    def sit_down(self, person_id: str) -> None:
        """Let the other windows of the store know that this person sits at one now."""
        if self._sitting is None:
            self._sitting = presence.sit(self.folder, person_id)

    def get_up(self) -> None:
        """Nobody sits at this window now: it is locked, or it closes."""
        sitting, self._sitting = self._sitting, None
        if sitting is not None:
            sitting.leave()

    def open_elsewhere(self) -> bool:
        """Whether another window or a command has the store open now; where that can't be told, as if it had."""
        return self._presence is None or presence.others(self.folder, self._presence)

    @property
    def closed(self) -> bool:
        """Whether it was let go of."""
        return self._writer.closed

    def close(self) -> None:
        """Let go of the file. Closing twice is once."""
        with self._lock:
            self.get_up()
            self._writer.close()
            self._engine.dispose()
            if self._presence is not None:
                self._presence.leave()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- people's keys ---------------------------------------------------------------------------------

    def prepare_slot(self, *, name: str, password: str, person_id: str | None = None) -> NewSlot:
        """Make a person's slot ready; takes 0.2 s and changes nothing. Then ``admit`` it inside ``write()``."""
        return keys.make_slot(
            self.store_id, self.key, person_id=person_id or new_id(), name=name, password=password
        )

    def admit(self, conn: Connection, slot: NewSlot, *, actor_id: str, at: datetime) -> None:
        """Let the person in and write down their public key. Raises Refused ``store.name_taken``.

        Inside ``write()`` only, as all that changes the key file: it goes back if the transaction fails.
        """
        self._put_slot(conn, slot, KeyEvent.ADMITTED, kind="key_admitted", actor_id=actor_id, at=at)

    def _put_slot(
        self, conn: Connection, slot: NewSlot, event: KeyEvent, *, kind: str, actor_id: str, at: datetime
    ) -> None:
        row = {
            "person_id": slot.person_id,
            "event": event,
            "public_key": slot.public_key,
            "slot_print": slot.fingerprint,
        }
        record(conn, key_event, row, kind=kind, actor_id=actor_id, at=at)
        self._keys_replaced += keys.put_slot(self.folder, slot)
        self._keys_laid.append(slot.body["id"])

    def prepare_password(self, unlocked: Unlocked, old: str, new: str) -> NewSlot:
        """The person's slot under a new password, signing key kept; Trouble ``store.wrong_password``. 0.4 s."""
        proven = self.prove(unlocked.person_id, old)
        return keys.make_slot(
            self.store_id,
            self.key,
            person_id=proven.person_id,
            name=proven.name,
            password=new,
            signing_key=proven.signing_key,
        )

    def change_password(self, conn: Connection, slot: NewSlot, *, at: datetime) -> None:
        """Put the slot of ``prepare_password`` in the old one's place."""
        self._put_slot(conn, slot, KeyEvent.PASSWORD, kind="password_changed", actor_id=slot.person_id, at=at)

    def close_slot(self, conn: Connection, person_id: str, *, actor_id: str, at: datetime) -> None:
        """The person leaves: their password opens nothing any more. Raises Refused ``store.last_person``."""
        record(
            conn,
            key_event,
            {"person_id": person_id, "event": KeyEvent.CLOSED},
            kind="key_closed",
            actor_id=actor_id,
            at=at,
        )
        self._keys_replaced += keys.slots_of(self.folder, person_id)

    def prepare_recovery(self) -> tuple[dict[str, Any], str]:
        """A new recovery slot and its code to print; takes 0.2 s and changes nothing."""
        return keys.make_recovery_slot(self.store_id, self.key)

    def rotate_recovery(self, conn: Connection, slot: dict[str, Any], *, actor_id: str, at: datetime) -> None:
        """Put the new recovery slot in the old one's place."""
        row = {"person_id": actor_id, "event": KeyEvent.RECOVERY, "recovery_print": keys.print_of(slot)}
        record(conn, key_event, row, kind="recovery_rotated", actor_id=actor_id, at=at)
        self._keys_replaced += keys.put_recovery(self.folder, slot)
        self._keys_laid.append(slot["id"])


def _set_aside(path: Path, at: datetime) -> None:
    """Rename a database without a key file, and what belongs to it, out of the way."""
    for part in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        if part.exists():
            part.rename(part.with_name(f"{part.name}.{at:%Y%m%dT%H%M%S}.unfinished"))
