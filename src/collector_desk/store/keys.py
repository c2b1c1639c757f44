"""Key slots: one random key opens the store, and each person holds it sealed to a pair of keys of their own.

password --Argon2id--> key-encryption key --AES-256-GCM--> the private halves of the pair --age--> store key.
A recovery slot is the same under the printed code, and its pair endorses what recovery makes. Each slot carries,
under its password, the root that all signing keys go back to: who can write the database can't pretend another.
"""

import hashlib
import json
import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.text.names import folded
from collector_desk.exchange.store_folder import FORMAT
from collector_desk.store.ids import new_id
from collector_desk.store.keyfile import locked_keys, read_keys, write_keys
from collector_desk.store.pairs import Pair, Publics, new_pair, pair_of, seal
from collector_desk.store.recovery import new_code, normalise_code

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PERSON = "person"
RECOVERY = "recovery"
_DEMO = "demo"
_MEMORY_KIB, _PASSES, _LANES = 65536, 3, 4
_RAW = 32


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """What the sign-in screen may know of a person before any password."""

    slot_id: str
    person_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A person who proved their password, with their pair; ``root`` is the key their slot trusts above all."""

    store_id: str
    person_id: str
    slot_id: str
    name: str
    pair: Pair = field(repr=False)
    root: bytes = field(repr=False)
    slot_print: bytes = field(default=b"", repr=False)

    @property
    def signing_key(self) -> "Ed25519PrivateKey":
        """Signs in the person's name."""
        return self.pair.signing

    @property
    def public_key(self) -> bytes:
        """The 32 raw bytes of the Ed25519 public key."""
        return self.signing_key.public_key().public_bytes_raw()


@dataclass(frozen=True, slots=True)
class Code:
    """A printed code that proved itself: the pair behind it, the root it trusts, the slot's fingerprint."""

    store_id: str
    pair: Pair = field(repr=False)
    root: bytes = field(repr=False)
    fingerprint: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewSlot:
    """A slot made ready outside any transaction (Argon2id is slow); it counts once the history names it."""

    body: dict[str, Any] = field(repr=False)
    publics: Publics
    pair: Pair = field(repr=False)
    root: bytes = field(repr=False)
    store_id: str
    follows: Unlocked | None = field(default=None, repr=False)
    """Whose slot it replaces, with the key that was theirs."""

    @property
    def person_id(self) -> str:
        """Whose slot it is."""
        return str(self.body["person_id"])

    @property
    def fingerprint(self) -> bytes:
        """The slot's fingerprint."""
        return print_of(self.body)

    @property
    def unlocked(self) -> Unlocked:
        """Who has it, as if they had just proved the password."""
        name, slot_id = str(self.body["name"]), str(self.body["id"])
        return Unlocked(self.store_id, self.person_id, slot_id, name, self.pair, self.root, self.fingerprint)


@dataclass(frozen=True, slots=True)
class NewRecovery:
    """A recovery slot made ready, and the code to print."""

    body: dict[str, Any] = field(repr=False)
    publics: Publics
    code: str = field(repr=False)

    @property
    def fingerprint(self) -> bytes:
        """The slot's fingerprint."""
        return print_of(self.body)


_SEALED = ("key", "next_key")
"""What of a slot is the store key, sealed: it changes with the store's key and not with the person's."""


def print_of(slot: dict[str, Any]) -> bytes:
    """The fingerprint by which the history knows a slot of the key file: every byte of it but the sealed key."""
    own = {name: value for name, value in slot.items() if name not in _SEALED}
    text = json.dumps(own, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def _kek(secret: str, kdf: dict[str, Any]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    # full-width digits of an input method and decomposed accents are the same password
    return hash_secret_raw(
        unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass"),
        b64decode(kdf["salt"]),
        time_cost=min(int(kdf["passes"]), 20),  # bounds: a forged file must not hang the machine
        memory_cost=min(int(kdf["memory_kib"]), 1 << 20),
        parallelism=min(int(kdf["lanes"]), 16),
        hash_len=32,
        type=Type.ID,
    )


def _wrap(kek: bytes, secret: bytes, bound_to: str) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    return b64encode(nonce + AESGCM(kek).encrypt(nonce, secret, bound_to.encode())).decode()


def _unwrap(kek: bytes, sealed: str, bound_to: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    raw = b64decode(sealed)
    try:
        return AESGCM(kek).decrypt(raw[:12], raw[12:], bound_to.encode())
    except InvalidTag:
        return None


def _fresh_kdf() -> dict[str, Any]:
    salt = b64encode(os.urandom(16)).decode()
    return {"name": "argon2id", "memory_kib": _MEMORY_KIB, "passes": _PASSES, "lanes": _LANES, "salt": salt}


def _slot(store_id: str, store_key: bytes, secret: str, pair: Pair, root: bytes, **of: str) -> dict[str, Any]:
    slot_id, kdf, publics = new_id(), _fresh_kdf(), pair.publics
    body: dict[str, Any] = {
        "id": slot_id,
        **of,
        "kdf": kdf,
        "signing": b64encode(publics.signing).decode(),
        "sealing": publics.sealing,
    }
    body["halves"] = _wrap(_kek(secret, kdf), root + pair.halves(), _bound_to(store_id, body))
    return {**body, "key": seal_key(store_id, store_key, publics.sealing)}


def _bound_to(store_id: str, body: dict[str, Any]) -> str:
    """What the wrapped halves are bound to: exchanged between slots, people or stores they open nothing."""
    return "/".join(
        (store_id, body["id"], body["kind"], body.get("person_id", ""), body["signing"], body["sealing"])
    )


def seal_key(store_id: str, store_key: bytes, sealing: str) -> str:
    """The store key for the holder of a pair."""
    return b64encode(seal(sealing, store_id.encode() + b"\n" + store_key)).decode()


def open_key(store_id: str, pair: Pair, sealed: str) -> bytes:
    """The store key of ``seal_key``. ValueError where it is another store's or another pair's."""
    name, _, store_key = pair.open(b64decode(sealed)).partition(b"\n")
    if name != store_id.encode() or len(store_key) != _RAW:
        raise ValueError("another store's key")
    return store_key


def make_slot(
    store_id: str,
    store_key: bytes,
    *,
    person_id: str,
    name: str,
    password: str,
    root: bytes | None = None,
    pair: Pair | None = None,
    follows: Unlocked | None = None,
) -> NewSlot:
    """A person's slot, with a fresh pair unless the old one is carried over. Takes about 0.2 s.

    Without a ``root`` the pair is the root itself: the first person's of a store.
    """
    if not password:
        raise Refused("store.password_empty", field_name="password")
    own = pair or new_pair()
    trusted = root or own.publics.signing
    body = _slot(store_id, store_key, password, own, trusted, kind=PERSON, person_id=person_id, name=name)
    return NewSlot(body, own.publics, own, trusted, store_id, follows)


def make_recovery_slot(store_id: str, store_key: bytes, root: bytes) -> NewRecovery:
    """The recovery slot and the code to print. Takes about 0.2 s."""
    code, pair = new_code(), new_pair()
    return NewRecovery(
        _slot(store_id, store_key, normalise_code(code), pair, root, kind=RECOVERY), pair.publics, code
    )


def people(folder: Path) -> list[SlotInfo]:
    """Who can sign in, by name; needs no password."""
    found = {
        slot["person_id"]: SlotInfo(slot["id"], slot["person_id"], slot["name"])
        for slot in read_keys(folder)["slots"]
        if slot["kind"] == PERSON
    }
    return sorted(found.values(), key=lambda info: info.name)


def says_demo(folder: Path) -> bool:
    """Whether the key file calls its store a demo; good for a hint before the sign-in, and for nothing else.

    Anybody can write it there: what a demo may do is asked of the store's own settings.
    """
    return read_keys(folder).get(_DEMO) is True


def _person_slots(body: dict[str, Any], who: str) -> list[dict[str, Any]]:
    """The slots of the one person with this slot id, person id or name, the newest first.

    There are two only while a password is being changed, or where the program was killed meanwhile.
    """
    slots: list[dict[str, Any]] = [slot for slot in body["slots"] if slot["kind"] == PERSON]
    wanted = folded(who)  # however the name was typed: full width, another dot, a blank behind it
    for matching in (
        *([slot for slot in slots if slot[field_name] == who] for field_name in ("id", "person_id", "name")),
        [slot for slot in slots if wanted and folded(slot["name"]) == wanted],
    ):
        if matching and len({slot["person_id"] for slot in matching}) == 1:
            return matching[::-1]
    raise Trouble("store.no_such_person")


def find_person(folder: Path, who: str) -> SlotInfo:
    """The one person with this slot id, person id or name; Trouble ``store.no_such_person``."""
    slot = _person_slots(read_keys(folder), who)[0]
    return SlotInfo(slot["id"], slot["person_id"], slot["name"])


def unlock(folder: Path, who: str, password: str) -> tuple[list[bytes], Unlocked]:
    """The store keys and the person, for slot id, person id or name ``who``; whether the slot holds says the store.

    Raises Trouble ``store.wrong_password``, ``store.no_such_person``, ``store.keys_damaged``. Takes about 0.2 s.
    """
    return next(openings(folder, who, password))


def openings(folder: Path, who: str, password: str) -> Iterator[tuple[list[bytes], Unlocked]]:
    """``unlock`` with every slot of the person that the password opens; at least one, or Trouble."""
    body = read_keys(folder)
    opened = False
    for slot in _person_slots(body, who):
        try:
            found = _open_slot(str(body["store_id"]), slot, password)
        except (KeyError, ValueError, TypeError) as error:
            raise Trouble("store.keys_damaged", folder=str(folder)) from error
        if found is not None:
            opened = True
            yield found
    if not opened:
        raise Trouble("store.wrong_password")


def _open_slot(store_id: str, slot: dict[str, Any], password: str) -> tuple[list[bytes], Unlocked] | None:
    """What the password opens; None where it is another's. ValueError where the slot is damaged."""
    opened = _open_halves(store_id, slot, password)
    if opened is None:
        return None
    pair, root = opened
    who = Unlocked(store_id, slot["person_id"], slot["id"], slot["name"], pair, root, print_of(slot))
    return store_keys(store_id, slot, pair), who


def _open_halves(store_id: str, slot: dict[str, Any], secret: str) -> tuple[Pair, bytes] | None:
    halves = _unwrap(_kek(secret, slot["kdf"]), slot["halves"], _bound_to(store_id, slot))
    return None if halves is None else (pair_of(halves[_RAW:]), halves[:_RAW])


def store_keys(store_id: str, slot: dict[str, Any], pair: Pair) -> list[bytes]:
    """The keys this slot holds: one, or two where the store was just being written anew under another."""
    return [open_key(store_id, pair, slot[name]) for name in _SEALED if name in slot]


def unlock_with_recovery(folder: Path, typed: str) -> Iterator[tuple[list[bytes], Code]]:
    """The store keys and what the typed recovery code proves, for every slot it opens; at least one, or Trouble.

    Raises Trouble ``store.recovery_mistyped`` (a typing error), ``store.recovery_wrong`` (another code).
    """
    code = normalise_code(typed)
    body = read_keys(folder)
    store_id, opened = str(body["store_id"]), False
    for slot in body["slots"]:
        if slot["kind"] != RECOVERY:
            continue
        try:
            found = _open_halves(store_id, slot, code)
            if found is not None:
                opened = True
                yield store_keys(store_id, slot, found[0]), Code(store_id, *found, print_of(slot))
        except (KeyError, ValueError, TypeError) as error:
            raise Trouble("store.keys_damaged", folder=str(folder)) from error
    if not opened:
        raise Trouble("store.recovery_wrong")


def write_first_keys(
    folder: Path, store_id: str, slots: list[dict[str, Any]], at: datetime, *, demo: bool = False
) -> None:
    """The key file of a new store."""
    body: dict[str, Any] = {"format": FORMAT, "store_id": store_id, "created": at.isoformat(), "slots": slots}
    if demo:
        body[_DEMO] = True
    with locked_keys(folder):
        write_keys(folder, body)


def put_slot(folder: Path, slot: NewSlot, dead: Collection[str] = ()) -> list[str]:
    """Lay a person's slot beside the old ones; returns the ids of those that it is to replace.

    They go (``drop_slots``) once the history says that the new one holds, else the new one goes: a program killed
    in between leaves both, and the history decides. ``dead`` are slots nobody has any more: they block no name.
    """
    with locked_keys(folder):
        body = read_keys(folder)
        body["slots"] = [old for old in body["slots"] if old["id"] not in dead]
        others = [old for old in body["slots"] if old.get("person_id") != slot.person_id]
        if any(old.get("name") == slot.body["name"] for old in others):
            raise Refused("store.name_taken", field_name="name", name=slot.body["name"])
        write_keys(folder, {**body, "slots": [*body["slots"], slot.body]})
    return [old["id"] for old in body["slots"] if old.get("person_id") == slot.person_id]


def slots(folder: Path) -> list[dict[str, Any]]:
    """All slots of the key file, as they lie in it."""
    return list(read_keys(folder)["slots"])


def slots_of(folder: Path, person_id: str) -> list[str]:
    """The ids of a person's slots. The last person has to stay: Refused ``store.last_person``."""
    slots = [slot for slot in read_keys(folder)["slots"] if slot["kind"] == PERSON]
    if all(slot["person_id"] == person_id for slot in slots):
        raise Refused("store.last_person")
    return [slot["id"] for slot in slots if slot["person_id"] == person_id]


def put_recovery(folder: Path, slot: dict[str, Any]) -> None:
    """Lay a new recovery slot beside the old one, which opens the store until the new code is confirmed."""
    with locked_keys(folder):
        body = read_keys(folder)
        write_keys(folder, {**body, "slots": [*body["slots"], slot]})


def publics_of(slot: dict[str, Any]) -> Publics:
    """The public halves of a slot's pair, as the key file has them."""
    return Publics(b64decode(slot["signing"]), str(slot["sealing"]))


def write_slots(folder: Path, slots: list[dict[str, Any]]) -> None:
    """Put these in the place of all slots."""
    with locked_keys(folder):
        write_keys(folder, {**read_keys(folder), "slots": slots})


def settle(folder: Path, *, newer: bool) -> None:
    """Where slots hold two store keys: keep the newer, or the older."""
    with locked_keys(folder):
        body = read_keys(folder)
        if not any("next_key" in slot for slot in body["slots"]):
            return
        kept = []
        for slot in body["slots"]:
            one = {name: value for name, value in slot.items() if name != "next_key"}
            kept.append({**one, "key": slot["next_key"]} if newer and "next_key" in slot else one)
        write_keys(folder, {**body, "slots": kept})


def drop_slots(folder: Path, slot_ids: Collection[str]) -> None:
    """Destroy these wrapped keys: what they were wrapped under opens nothing any more."""
    with locked_keys(folder):
        body = read_keys(folder)
        left = [slot for slot in body["slots"] if slot["id"] not in slot_ids]
        if len(left) < len(body["slots"]):
            write_keys(folder, {**body, "slots": left})
