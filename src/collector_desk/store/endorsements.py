"""Whose signing keys are whose: each is endorsed by a key that counted before it, back to the root.

The first person's key is the root. A newcomer's first key is endorsed by the manager who lets them in, each further
one by the key before it, or by the pair of the recovery code. A key endorsed otherwise, or a second one beside the
first, counts for nothing, and ``verify`` names it: who can write the database still can't sign for another.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, select

from collector_desk.domain.message import Trouble
from collector_desk.domain.office.proof import FaultKind
from collector_desk.domain.states import KeyEvent, KeyPurpose
from collector_desk.domain.vocabulary import Role
from collector_desk.store.journal import record
from collector_desk.store.metadata import to_micros
from collector_desk.store.pairs import Publics, signed_by
from collector_desk.store.tables.desk import role_grant
from collector_desk.store.tables.history import ERASE_KIND, journal, key_event, person_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from collector_desk.store.keys import Unlocked

CODE = "recovery"
"""The holder of the printed code's pair."""

_LAST_NUMBER = 1 << 62
_KIND = "key_endorsed"


def endorsed_text(
    store_id: str, holder: str, purpose: str, publics: Publics, *, given: bool, at: datetime
) -> bytes:
    """The bytes an endorsement covers: store, holder, what for, both public keys, whose password, when."""
    lines = (holder, purpose, publics.signing.hex(), publics.sealing, int(given), to_micros(at))
    return "\n".join(("collector-desk key v1", store_id, *map(str, lines), "")).encode()


def granted_text(store_id: str, person_id: str, role: str, *, granted: bool, at: datetime) -> bytes:
    """The bytes covered by the signature of who gives a role or takes it."""
    return "\n".join(
        ("collector-desk role v1", store_id, person_id, role, str(int(granted)), str(to_micros(at)), "")
    ).encode()


def endorse(
    conn: Connection,
    store_id: str,
    publics: Publics,
    *,
    holder: str,
    purpose: KeyPurpose,
    by: "Ed25519PrivateKey",
    actor_id: str,
    at: datetime,
    given: bool = False,
    accepted_by: "Ed25519PrivateKey | None" = None,
) -> None:
    """Write down that these are the holder's public keys from now on, vouched for by the key ``by``."""
    text = endorsed_text(store_id, holder, purpose, publics, given=given, at=at)
    row = {
        "holder": holder,
        "purpose": purpose,
        "signing": publics.signing,
        "sealing": publics.sealing,
        "given": given,
        "at": at,
        "endorsed_by": by.public_key().public_bytes_raw(),
        "endorsement": by.sign(text),
        "accepted": accepted_by.sign(text) if accepted_by is not None else None,
    }
    record(conn, person_key, row, kind=_KIND, actor_id=actor_id, at=at)


@dataclass(slots=True)
class PersonKey:
    """One endorsed key, from its journal line on until the line of the next."""

    holder: str
    purpose: str
    publics: Publics
    given: bool
    at: datetime
    since: int
    until: int = _LAST_NUMBER


@dataclass(slots=True)
class Chain:
    """All keys of a store walked from the root, in the order of the journal."""

    store_id: str
    roots: list[bytes] = field(default_factory=list)
    keys: dict[str, list[PersonKey]] = field(default_factory=dict)
    managers: set[str] = field(default_factory=set)
    leads: dict[str, list[tuple[int, bool]]] = field(default_factory=dict)
    faults: list[tuple[FaultKind, int, str, str]] = field(default_factory=list)
    codes: dict[bytes, Publics] = field(default_factory=dict)
    _code: bytes | None = None
    _offered: bytes | None = None

    def current(self, holder: str) -> PersonKey | None:
        """The key that counts now; None for who has none, or left."""
        theirs = self.keys.get(holder)
        return theirs[-1] if theirs and theirs[-1].until == _LAST_NUMBER else None

    def in_force(self, holder: str) -> list[Publics]:
        """The public halves that are the holder's now; of the printed code also those of one just offered."""
        if holder == CODE:
            return [self.codes[code] for code in (self._code, self._offered) if code is not None]
        key = self.current(holder)
        return [] if key is None else [key.publics]

    def signer(self, signature: bytes, text: bytes, person_id: str, seq: int) -> FaultKind | None:
        """What is wrong with a person's signature at a line of the journal; None where nothing is."""
        for key in self.keys.get(person_id, ()):
            if signed_by(key.publics.signing, signature, text):
                if key.given:
                    return FaultKind.FIRST_PASSWORD
                return None if key.since <= seq < key.until else FaultKind.RESIGNED
        return FaultKind.BAD_SIGNATURE

    def was_lead(self, person_id: str, seq: int) -> bool:
        """Whether somebody was a lead at a line of the journal, by what managers signed."""
        changes = [on for since, on in self.leads.get(person_id, ()) if since < seq]
        return bool(changes) and changes[-1]

    # --- the walk ----------------------------------------------------------------------------------------

    def take_key(self, seq: int, row: Any) -> None:
        """A row of ``person_key``: it counts, or is a fault by name."""
        publics = Publics(bytes(row.signing), row.sealing)
        text = endorsed_text(self.store_id, row.holder, row.purpose, publics, given=row.given, at=row.at)
        fault = None
        if not signed_by(bytes(row.endorsed_by), bytes(row.endorsement), text):
            fault = FaultKind.UNENDORSED
        elif row.purpose == KeyPurpose.HANDED:
            fault = self._hand_on(row, publics, text)
            if fault is None:
                return
        else:
            fault = self._fault_of(row, bytes(row.endorsed_by), publics)
        if fault is not None:
            self.faults.append((fault, seq, person_key.name, row.id))
            return
        if row.holder == CODE:  # the old code holds until the new one is confirmed
            self.codes[publics.signing] = publics
            if self._code is None:
                self._code = publics.signing
            else:
                self._offered = publics.signing
            return
        theirs = self.keys.setdefault(row.holder, [])
        if theirs:
            theirs[-1].until = min(theirs[-1].until, seq)
        theirs.append(PersonKey(row.holder, row.purpose, publics, row.given, row.at, seq))
        if row.purpose == KeyPurpose.ROOT:
            self.roots.append(publics.signing)

    def _fault_of(self, row: Any, by: bytes, publics: Publics) -> FaultKind | None:
        before = self.current(row.holder)
        if row.purpose == KeyPurpose.ROOT:
            return FaultKind.SECOND_KEY if self.roots or by != publics.signing or row.given else None
        if row.purpose == KeyPurpose.RECOVERY and row.holder == CODE:
            vouched = self._is_manager(by) or self._is_code(by)
        elif row.purpose == KeyPurpose.RECOVERED:
            vouched = self._is_code(by) and before is not None and not row.given
        elif row.purpose == KeyPurpose.OWN:
            vouched = before is not None and before.publics.signing == by and not row.given
        else:
            vouched = row.purpose == KeyPurpose.ADMITTED and row.given and self._is_manager(by)
            if vouched and row.holder in self.keys:
                return FaultKind.SECOND_KEY
        if vouched:
            return None
        return FaultKind.SECOND_KEY if before is not None and row.holder != CODE else FaultKind.UNENDORSED

    def _hand_on(self, row: Any, publics: Publics, text: bytes) -> FaultKind | None:
        """The root goes to another person's key: the old root signs it, and so does who takes it on."""
        takes = self.current(row.holder)
        signed = row.accepted is not None and signed_by(publics.signing, bytes(row.accepted), text)
        if not self.roots or bytes(row.endorsed_by) != self.roots[-1] or not signed:
            return FaultKind.UNENDORSED
        if takes is None or takes.given or takes.publics != publics:
            return FaultKind.SECOND_KEY
        self.roots.append(publics.signing)
        return None

    def _is_manager(self, signing: bytes) -> bool:
        """Whether it is the key of a manager, or the root that made the store, which counts now."""
        for holder in self.keys:
            key = self.current(holder)
            if key is not None and key.publics.signing == signing and not key.given:
                return holder in self.managers or signing == self.roots[-1]
        return False

    def _is_code(self, signing: bytes) -> bool:
        return self._code is not None and signing == self._code

    def take_role(self, seq: int, row: Any) -> None:
        """A row of ``role_grant``: signed by a manager, or a fault."""
        text = granted_text(self.store_id, row.person_id, row.role, granted=row.granted, at=row.at)
        by = bytes(row.signed_by)
        if not signed_by(by, bytes(row.signature), text) or not self._is_manager(by):
            self.faults.append((FaultKind.ROLE_UNSIGNED, seq, role_grant.name, row.id))
        elif row.role == Role.MANAGER:
            (self.managers.add if row.granted else self.managers.discard)(row.person_id)
        elif row.role == Role.LEAD:
            self.leads.setdefault(row.person_id, []).append((seq, row.granted))

    def take_event(self, seq: int, event: str, person_id: str) -> None:
        """A row of ``key_event``: who leaves signs nothing from here on; a confirmed code replaces the old."""
        if event == KeyEvent.CLOSED:
            key = self.current(person_id)
            if key is not None:
                key.until = seq
            self.managers.discard(person_id)
            self.leads.setdefault(person_id, []).append((seq, False))
        elif event == KeyEvent.RECOVERY and self._offered is not None:
            self._code, self._offered = self._offered, None


def chain_of(conn: Connection, store_id: str) -> Chain:
    """The keys of the store behind the connection, as far as they go back to its first line's root."""
    chain = Chain(store_id)
    for seq, table, row in _rows(conn):
        if table is person_key:
            chain.take_key(seq, row)
        elif table is role_grant:
            chain.take_role(seq, row)
        else:
            chain.take_event(seq, row.event, row.person_id)
    return chain


def _rows(conn: Connection) -> list[tuple[int, Any, Any]]:
    """What makes the chain, in the order of the journal; few rows, however long the history is."""
    found = []
    for table in (person_key, role_grant, key_event):
        line = journal.c
        told = (line.row_id == table.c.id) & (line.table_name == table.name) & (line.kind != ERASE_KIND)
        # an outer join keeps its order: these few are looked up in the long journal, never the other way about
        statement = select(line.seq, *table.c).select_from(table.outerjoin(journal, told))
        found += [(row.seq, table, row) for row in conn.execute(statement) if row.seq is not None]
    return sorted(found, key=lambda one: one[0])


# --- at the door -----------------------------------------------------------------------------------------


_TOLD = person_key.outerjoin(journal, journal.c.row_id == person_key.c.id)
_LAST_OF = (
    select(person_key.c.signing, person_key.c.sealing, person_key.c.given)
    .select_from(_TOLD)
    .where(person_key.c.holder == bindparam("who"), person_key.c.purpose != KeyPurpose.HANDED)
    .order_by(journal.c.seq.desc())
    .limit(1)
)


_ROOTS = person_key.c.purpose.in_((KeyPurpose.ROOT, KeyPurpose.HANDED))
_NAMED_ROOT = select(person_key.c.id).where(_ROOTS, person_key.c.signing == bindparam("root"))


def require_own(conn: Connection, unlocked: "Unlocked") -> bool:
    """Whether the person still has the password somebody gave them.

    Raises Trouble where the history names another key for them (``store.key_exchanged``), or another root than the
    one their slot trusts (``store.root_differs``): somebody rewrote it.
    """
    if not is_root(conn, unlocked.root):
        raise Trouble("store.root_differs")
    last = conn.execute(_LAST_OF, {"who": unlocked.person_id}).first()
    if last is not None and last.signing == unlocked.public_key:
        return bool(last.given)
    key = chain_of(conn, unlocked.store_id).current(unlocked.person_id)  # what nobody vouched for is passed over
    if key is None or key.publics.signing != unlocked.public_key:
        raise Trouble("store.key_exchanged")
    return key.given


def is_root(conn: Connection, root: bytes) -> bool:
    """Whether the history names this key as the root of its keys, or as one it had before it was handed on."""
    return conn.execute(_NAMED_ROOT, {"root": root}).first() is not None


def root_of(conn: Connection) -> bytes:
    """The root of the store's keys as the history has it; ``require_own`` compares it with what the slots trust."""
    last = select(person_key.c.signing).select_from(_TOLD).where(_ROOTS).order_by(journal.c.seq.desc()).limit(1)
    return bytes(conn.execute(last).scalar_one())
