"""The store: one encrypted file and its key slots in a folder, opened by a person, used in transactions.

Several processes may have it open at once; ``BEGIN IMMEDIATE`` serialises those who write.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, RootTransaction

from collector_desk.domain.message import Trouble
from collector_desk.domain.states import KeyEvent, KeyPurpose
from collector_desk.domain.text.numbers import DEMO_PREFIX, draw_prefix
from collector_desk.exchange.outgoing import refuse_inside_store
from collector_desk.exchange.store_folder import KEYS, TWIN, disk_trouble, is_store
from collector_desk.store import endorsements, keys, presence, rekeying, replacing, slots
from collector_desk.store.backup_file import DATABASE
from collector_desk.store.drives import refuse_network_drive
from collector_desk.store.engine import BUSY_MS, make_engine, probe, translated, writer
from collector_desk.store.ids import new_id
from collector_desk.store.journal import found_store, record
from collector_desk.store.kept import keeping
from collector_desk.store.keyfile import mend
from collector_desk.store.keys import NewRecovery, NewSlot, Unlocked
from collector_desk.store.migrate import migrate_if_due, stamp
from collector_desk.store.pairs import Publics
from collector_desk.store.private import make_file, make_folder, tighten
from collector_desk.store.schema import create_all
from collector_desk.store.tables.history import key_event
from collector_desk.store.turns import Turns

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


PATIENCE = 5.0
"""Seconds somebody waits for another window's transaction before they are told."""


class Store:
    """An open store. ``read()`` and ``write()`` may be used from any thread; ``close()`` when done."""

    def __init__(self, folder: Path, engine: Engine, key: bytes, store_id: str) -> None:
        """Use ``create`` or ``open``."""
        self.folder = folder
        self.database_path = folder / DATABASE
        self.store_id = store_id
        self.key = key
        self._engine = engine
        self._turns = Turns(folder)
        self.patience = PATIENCE
        self._writing = False
        self._commits = 0
        self._version = 0
        self._keys_laid: list[str] = []  # slots that go again if the transaction fails
        self._offered: bytes | None = None  # the printed code that waits to be confirmed here
        self._keys_replaced: list[str] = []  # and those that go once it is committed
        self._presence = presence.enter(folder)
        self._sitting: presence.Held | None = None
        # One connection for all writes of this process: data_version then tells other seats' changes only.
        try:
            with translated(self.database_path):
                self._writer = writer(engine)
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
        cls,
        folder: Path,
        *,
        name: str,
        password: str,
        at: datetime,
        first: "Callable[[Store, Connection, Unlocked], None] | None" = None,
        demo: bool = False,
    ) -> "tuple[Store, Unlocked, str]":
        """Make a store in ``folder`` (made if missing), its first person, and the recovery code to print.

        ``first`` writes what the store begins with, in the same transaction: there is all of it or no store.
        Raises Trouble ``store.exists``, ``documents.outgoing.in_store``, ``store.network_drive``,
        ``store.disk_full`` and their like. Takes about half a second.
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
        recovery = keys.make_recovery_slot(store_id, store_key, slot.root)
        store = cls(folder, make_engine(path, store_key), store_key, store_id)
        unlocked = slot.unlocked
        try:
            with store.write() as conn:
                create_all(conn)
                stamp(conn)
                found_store(conn, store_id, DEMO_PREFIX if demo else draw_prefix())
                row = {
                    "person_id": person_id,
                    "event": KeyEvent.ADMITTED,
                    "slot_print": slot.fingerprint,
                    "recovery_print": recovery.fingerprint,
                }
                record(conn, key_event, row, kind="store_created", actor_id=person_id, at=at)
                by = unlocked.signing_key
                for holder, purpose, publics in (
                    (person_id, KeyPurpose.ROOT, slot.publics),
                    (endorsements.CODE, KeyPurpose.RECOVERY, recovery.publics),
                ):
                    endorsements.endorse(
                        conn, store_id, publics, holder=holder, purpose=purpose, by=by, actor_id=person_id, at=at
                    )
                if first is not None:
                    first(store, conn, unlocked)
            # the key file comes last: only with it the folder counts as a store
            keys.write_first_keys(folder, store_id, [slot.body, recovery.body], at, demo=demo)
            store._offered = recovery.fingerprint
        except BaseException:
            store.close()
            raise
        return store, unlocked, recovery.code

    @classmethod
    def open(cls, folder: Path, who: str, password: str) -> "tuple[Store, Unlocked]":
        """Open the store for slot id, person id or name ``who``.

        Raises Trouble ``store.no_store``, ``store.wrong_password``, ``store.no_such_person``,
        ``store.slot_closed`` and ``store.slot_stale`` (the key file is an older one, see ``slots``),
        ``store.key_exchanged`` and ``store.root_differs`` (the history names other keys, see ``endorsements``),
        ``store.keys_damaged``, ``store.wrong_key`` (another key's database, or its head is damaged),
        ``store.damaged``, ``store.locked``, ``store.newer_program``, ``store.network_drive``.
        """
        refuse_network_drive(folder)
        replacing.settle(folder)
        refused = Trouble("store.wrong_password")
        for store_keys, unlocked in keys.openings(folder, who, password):
            store = cls._open(folder, store_keys, unlocked.store_id)
            try:
                with store.read() as conn:
                    slots.require_in_force(conn, unlocked.person_id, unlocked.slot_print)
                    endorsements.require_own(conn, unlocked)
            except Trouble as trouble:  # another slot of theirs may hold
                store._tidy_keys()
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
        cls,
        folder: Path,
        typed: str,
        *,
        who: str,
        new_password: str,
        at: datetime,
    ) -> "tuple[Store, Unlocked, str]":
        """Open with the printed code and give ``who`` a new password; offers a new recovery code as well.

        The code's own key endorses the person's new one, for the old was wrapped under the lost password. The code
        goes on opening the store until the new one is confirmed. Raises Trouble ``store.recovery_mistyped``,
        ``store.recovery_wrong`` and as ``open``.
        """
        refuse_network_drive(folder)
        replacing.settle(folder)
        person = keys.find_person(folder, who)
        refused = Trouble("store.recovery_wrong")
        for store_keys, code in keys.unlock_with_recovery(folder, typed):
            store = cls._open(folder, store_keys, code.store_id)
            try:
                with store.read() as conn:
                    slots.require_recovery_in_force(conn, code.fingerprint)
                    slots.require_not_closed(conn, person.person_id)
                slot = keys.make_slot(
                    store.store_id,
                    store.key,
                    person_id=person.person_id,
                    name=person.name,
                    password=new_password,
                    root=code.root,
                )
                recovery = keys.make_recovery_slot(store.store_id, store.key, code.root)
                by, actor = code.pair.signing, person.person_id
                with store.write() as conn:
                    slots.require_recovery_in_force(conn, code.fingerprint)
                    kind = slots.RECOVERED_KIND
                    store._put_slot(conn, slot, KeyEvent.PASSWORD, kind=kind, actor_id=actor, at=at)
                    store._endorse(conn, slot.publics, actor, KeyPurpose.RECOVERED, by=by, actor_id=actor, at=at)
                    store.offer_recovery(conn, recovery, by=by, actor_id=actor, at=at)
            except Trouble as trouble:
                store.close()
                refused = trouble
                continue
            except BaseException:
                store.close()
                raise
            return store, slot.unlocked, recovery.code
        raise refused

    @classmethod
    def _open(cls, folder: Path, store_keys: Sequence[bytes], store_id: str) -> "Store":
        path = folder / DATABASE
        if not path.exists():  # SQLite would make an empty one
            raise Trouble("store.database_missing", folder=str(folder))
        for mine in (folder, path, folder / KEYS, folder / TWIN):
            tighten(mine)
        engine, store_key = _fitting(path, store_keys)
        try:
            migrate_if_due(engine, path, store_key)
            store = cls(folder, engine, store_key, store_id)
        except BaseException:
            engine.dispose()
            raise
        if len(store_keys) > 1:  # it was being written anew under another key
            try:
                rekeying.settle(folder, newer=store_key != store_keys[0])
            except BaseException:
                store.close()
                raise
        return store

    def prove(self, person_id: str, password: str) -> Unlocked:
        """The person, where this is their password now. Trouble as ``open``. Takes 0.2 s."""
        refused = Trouble("store.wrong_password")
        for _, unlocked in keys.openings(self.folder, person_id, password):
            try:
                with self.read() as conn:
                    slots.require_in_force(conn, unlocked.person_id, unlocked.slot_print)
                    endorsements.require_own(conn, unlocked)
            except Trouble as trouble:
                refused = trouble
                continue
            return unlocked
        raise refused

    def _tidy_keys(self) -> None:
        """Drop what an old key file, or a program killed in the middle, left in the key file."""
        with suppress(Trouble):  # it is refused whether it lies there or not
            mend(self.folder)
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
                with conn.begin(), keeping(conn):
                    yield conn
            finally:
                conn.connection.driver_connection.execute("PRAGMA query_only = OFF")  # type: ignore[union-attr]

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, alone among all seats: committed on a clean end, rolled back otherwise.

        Keep it below 50 ms. Raises Trouble ``store.locked`` if another seat holds the store for 5 s,
        ``store.disk_full`` and their like: then nothing of it was written.
        """
        with self._turns.of_this_process():
            if self._writing:
                raise RuntimeError("a write inside a write would not be one transaction")
            self._writing = True
            try:
                transaction = self._turns.begin(self._begin, self.patience)
                with translated(self.database_path), transaction, keeping(self._writer):
                    yield self._writer
                self._commits += 1
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

    def _begin(self) -> RootTransaction:
        """Begin a transaction, or say at once that another process writes: whose turn is next is for ``Turns``."""
        raw = self._writer.connection.driver_connection
        with translated(self.database_path):
            raw.execute("PRAGMA busy_timeout = 0")  # type: ignore[union-attr]
            try:
                return self._writer.begin()
            finally:
                raw.execute(f"PRAGMA busy_timeout = {BUSY_MS}")  # type: ignore[union-attr]

    def commits(self) -> tuple[int, int]:
        """What was committed so far, here and by others: the same as long as nothing was. Within a write too."""
        with self._turns.of_this_process(), translated(self.database_path):
            raw = self._writer.connection.driver_connection
            return self._commits, raw.execute("PRAGMA data_version").fetchone()[0]  # type: ignore[union-attr]

    def data_version(self) -> int:
        """A number that changes when another process committed something; cheap, ask it as often as you like."""
        with self._turns.if_free() as free:
            if free and not self._writing:  # while this process writes, nobody else can
                raw = self._writer.connection.driver_connection
                with translated(self.database_path):
                    self._version = raw.execute("PRAGMA data_version").fetchone()[0]  # type: ignore[union-attr]
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
        with self._turns.of_this_process():
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

    def prepare_slot(self, *, name: str, password: str, root: bytes, person_id: str | None = None) -> NewSlot:
        """Make a person's slot ready; takes 0.2 s and changes nothing. Then ``admit`` it inside ``write()``."""
        return keys.make_slot(
            self.store_id, self.key, person_id=person_id or new_id(), name=name, password=password, root=root
        )

    def admit(self, conn: Connection, slot: NewSlot, *, by: Unlocked, at: datetime) -> None:
        """Let the person in under a password they have to change, and vouch for their key.

        Inside ``write()`` only, as all that changes the key file: it goes back if the transaction fails. Raises
        Refused ``store.name_taken``.
        """
        actor = by.person_id
        self._put_slot(conn, slot, KeyEvent.ADMITTED, kind="key_admitted", actor_id=actor, at=at)
        purpose = KeyPurpose.ADMITTED
        self._endorse(
            conn, slot.publics, slot.person_id, purpose, by=by.signing_key, actor_id=actor, at=at, given=True
        )

    def _put_slot(
        self, conn: Connection, slot: NewSlot, event: KeyEvent, *, kind: str, actor_id: str, at: datetime
    ) -> None:
        row = {
            "id": slot.body["id"],  # the pending slot is named after its event
            "person_id": slot.person_id,
            "event": event,
            "slot_print": slot.fingerprint,
        }
        dead = slots.left_over(conn, keys.slots(self.folder))
        record(conn, key_event, row, kind=kind, actor_id=actor_id, at=at)
        self._keys_replaced += keys.put_slot(self.folder, slot, dead)
        self._keys_laid.append(slot.body["id"])

    def _endorse(
        self,
        conn: Connection,
        publics: Publics,
        holder: str,
        purpose: KeyPurpose,
        *,
        by: "Ed25519PrivateKey",
        actor_id: str,
        at: datetime,
        given: bool = False,
    ) -> None:
        endorsements.endorse(
            conn,
            self.store_id,
            publics,
            holder=holder,
            purpose=purpose,
            by=by,
            actor_id=actor_id,
            at=at,
            given=given,
        )

    def prepare_password(self, proven: Unlocked, new: str) -> NewSlot:
        """The slot under a new password of who just proved the old one. Takes 0.2 s.

        The pair stays, unless the old password was one that somebody gave them: who gave it could have opened it.
        """
        with self.read() as conn:
            given = endorsements.require_own(conn, proven)
        return keys.make_slot(
            self.store_id,
            self.key,
            person_id=proven.person_id,
            name=proven.name,
            password=new,
            root=proven.root,
            pair=None if given else proven.pair,
            follows=proven,
        )

    def change_password(self, conn: Connection, slot: NewSlot, *, at: datetime) -> None:
        """Put the slot of ``prepare_password`` in the old one's place; a new key is endorsed by the old one."""
        before = slot.follows
        if before is None:
            raise ValueError("a slot that follows nothing")
        slots.require_in_force(conn, before.person_id, before.slot_print)
        actor = slot.person_id
        self._put_slot(conn, slot, KeyEvent.PASSWORD, kind="password_changed", actor_id=actor, at=at)
        if slot.publics.signing != before.public_key:
            by, purpose = before.signing_key, KeyPurpose.OWN
            self._endorse(conn, slot.publics, actor, purpose, by=by, actor_id=actor, at=at)

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

    def hand_on_root(self, conn: Connection, *, by: Unlocked, to: Unlocked, at: datetime) -> None:
        """Who holds the root hands it on: both sign. Slots of before go on trusting the root that signed for it."""
        endorsements.endorse(
            conn,
            self.store_id,
            to.pair.publics,
            holder=to.person_id,
            purpose=KeyPurpose.HANDED,
            by=by.signing_key,
            actor_id=by.person_id,
            at=at,
            accepted_by=to.signing_key,
        )

    def prepare_recovery(self, unlocked: Unlocked) -> NewRecovery:
        """A new recovery slot and its code to print; takes 0.2 s and changes nothing."""
        return keys.make_recovery_slot(self.store_id, self.key, unlocked.root)

    def offer_recovery(
        self, conn: Connection, new: NewRecovery, *, by: "Ed25519PrivateKey", actor_id: str, at: datetime
    ) -> None:
        """Lay the new recovery slot beside the old one, which goes by ``confirm_recovery``."""
        row = {
            "id": new.body["id"],
            "person_id": actor_id,
            "event": KeyEvent.OFFERED,
            "recovery_print": new.fingerprint,
        }
        record(conn, key_event, row, kind="code_offered", actor_id=actor_id, at=at)
        holder, purpose = endorsements.CODE, KeyPurpose.RECOVERY
        self._endorse(conn, new.publics, holder, purpose, by=by, actor_id=actor_id, at=at)
        keys.put_recovery(self.folder, new.body)
        self._keys_replaced += slots.left_over(conn, keys.slots(self.folder))  # one offered before, never confirmed
        self._keys_laid.append(new.body["id"])
        self._offered = new.fingerprint

    def confirm_recovery(self, conn: Connection, *, actor_id: str, at: datetime) -> None:
        """The code offered here is on paper: from now on it opens the store, and no older one. Twice is once.

        Raises Trouble ``store.recovery_overtaken`` where somebody made another meanwhile.
        """
        code = slots.code_to_confirm(conn)
        if code is None and self._offered is None:
            return
        codes = {
            keys.print_of(slot): slot["id"] for slot in keys.slots(self.folder) if slot["kind"] == keys.RECOVERY
        }
        if code is None or code != self._offered or code not in codes:
            raise Trouble("store.recovery_overtaken")
        row = {"person_id": actor_id, "event": KeyEvent.RECOVERY, "recovery_print": code}
        record(conn, key_event, row, kind="recovery_rotated", actor_id=actor_id, at=at)
        self._keys_replaced += [slot_id for fingerprint, slot_id in codes.items() if fingerprint != code]
        self._offered = None


def _fitting(path: Path, store_keys: Sequence[bytes]) -> tuple[Engine, bytes]:
    """An engine under the key that opens the file. Trouble ``store.wrong_key`` where none does."""
    refused: Trouble | None = None
    for store_key in store_keys:
        engine = make_engine(path, store_key)
        try:
            probe(engine, path)
        except Trouble as trouble:
            engine.dispose()
            if trouble.message.code != "store.wrong_key":
                raise
            refused = trouble
        except BaseException:
            engine.dispose()
            raise
        else:
            return engine, store_key
    raise refused or Trouble("store.wrong_key", file=path.name)


def _set_aside(path: Path, at: datetime) -> None:
    """Rename a database without a key file, and what belongs to it, out of the way."""
    for part in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        if part.exists():
            part.rename(part.with_name(f"{part.name}.{at:%Y%m%dT%H%M%S}.unfinished"))
