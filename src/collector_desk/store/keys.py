"""Key slots: one random key opens the store, and each person holds it wrapped under their own password.

password --Argon2id--> key-encryption key --AES-256-GCM--> store key, and the person's Ed25519 signing key.
A recovery slot is opened by the printed code instead and holds no signing key: nobody can sign for another.
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
from collector_desk.exchange.store_folder import FORMAT
from collector_desk.store.keyfile import locked_keys, read_keys, write_keys
from collector_desk.store.recovery import new_code, normalise_code

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PERSON = "person"
RECOVERY = "recovery"
_DEMO = "demo"
_MEMORY_KIB, _PASSES, _LANES = 65536, 3, 4


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """What the sign-in screen may know of a person before any password."""

    slot_id: str
    person_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A person who proved their password; ``signing_key`` signs the history's head in their name."""

    store_id: str
    person_id: str
    slot_id: str
    name: str
    signing_key: "Ed25519PrivateKey" = field(repr=False)
    slot_print: bytes = field(default=b"", repr=False)

    @property
    def public_key(self) -> bytes:
        """The 32 raw bytes of the Ed25519 public key."""
        return self.signing_key.public_key().public_bytes_raw()


@dataclass(frozen=True, slots=True)
class NewSlot:
    """A slot made ready outside any transaction (Argon2id is slow); it counts once it is admitted."""

    body: dict[str, Any] = field(repr=False)
    public_key: bytes

    @property
    def person_id(self) -> str:
        """Whose slot it is."""
        return str(self.body["person_id"])

    @property
    def fingerprint(self) -> bytes:
        """The slot's fingerprint."""
        return print_of(self.body)


def print_of(slot: dict[str, Any]) -> bytes:
    """The fingerprint by which the history knows a slot of the key file: every byte of it counts."""
    text = json.dumps(slot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
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


def _seal(kek: bytes, secret: bytes, bound_to: str) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    return b64encode(nonce + AESGCM(kek).encrypt(nonce, secret, bound_to.encode())).decode()


def _unseal(kek: bytes, sealed: str, bound_to: str) -> bytes | None:
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


def make_slot(
    store_id: str,
    store_key: bytes,
    *,
    person_id: str,
    name: str,
    password: str,
    signing_key: "Ed25519PrivateKey | None" = None,
) -> NewSlot:
    """A person's slot, with a fresh signing key unless the old one is carried over. Takes about 0.2 s."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if not password:
        raise Refused("store.password_empty", field_name="password")
    signing = signing_key or Ed25519PrivateKey.generate()
    slot_id, kdf = os.urandom(8).hex(), _fresh_kdf()
    kek = _kek(password, kdf)
    body = {
        "id": slot_id,
        "kind": PERSON,
        "person_id": person_id,
        "name": name,
        "kdf": kdf,
        "key": _seal(kek, store_key, f"{store_id}/{slot_id}/key"),
        "signing": _seal(kek, signing.private_bytes_raw(), f"{store_id}/{slot_id}/{person_id}/signing"),
    }
    return NewSlot(body, signing.public_key().public_bytes_raw())


def make_recovery_slot(store_id: str, store_key: bytes) -> tuple[dict[str, Any], str]:
    """The recovery slot and the code to print. Takes about 0.2 s."""
    code = new_code()
    slot_id, kdf = os.urandom(8).hex(), _fresh_kdf()
    kek = _kek(normalise_code(code), kdf)
    body = {
        "id": slot_id,
        "kind": RECOVERY,
        "kdf": kdf,
        "key": _seal(kek, store_key, f"{store_id}/{slot_id}/key"),
    }
    return body, code


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
    for field_name in ("id", "person_id", "name"):
        matching = [slot for slot in slots if slot[field_name] == who]
        if matching and len({slot["person_id"] for slot in matching}) == 1:
            return matching[::-1]
    raise Trouble("store.no_such_person")


def find_person(folder: Path, who: str) -> SlotInfo:
    """The one person with this slot id, person id or name; Trouble ``store.no_such_person``."""
    slot = _person_slots(read_keys(folder), who)[0]
    return SlotInfo(slot["id"], slot["person_id"], slot["name"])


def unlock(folder: Path, who: str, password: str) -> tuple[bytes, Unlocked]:
    """The store key and the person, for slot id, person id or name ``who``; whether the slot holds says the store.

    Raises Trouble ``store.wrong_password``, ``store.no_such_person``, ``store.keys_damaged``. Takes about 0.2 s.
    """
    return next(openings(folder, who, password))


def openings(folder: Path, who: str, password: str) -> Iterator[tuple[bytes, Unlocked]]:
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


def _open_slot(store_id: str, slot: dict[str, Any], password: str) -> tuple[bytes, Unlocked] | None:
    """What the password opens; None where it is another's. ValueError where the slot is damaged."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    slot_id, person_id = slot["id"], slot["person_id"]
    kek = _kek(password, slot["kdf"])
    store_key = _unseal(kek, slot["key"], f"{store_id}/{slot_id}/key")
    if store_key is None:
        return None
    signing = _unseal(kek, slot["signing"], f"{store_id}/{slot_id}/{person_id}/signing")
    if signing is None:
        raise ValueError("a slot of two persons")
    key = Ed25519PrivateKey.from_private_bytes(signing)
    return store_key, Unlocked(store_id, person_id, slot_id, slot["name"], key, print_of(slot))


def unlock_with_recovery(folder: Path, typed: str) -> tuple[bytes, str, bytes]:
    """The store key, the store's id and the slot's fingerprint, for a typed recovery code.

    Raises Trouble ``store.recovery_mistyped`` (a typing error), ``store.recovery_wrong`` (another code).
    """
    code = normalise_code(typed)
    body = read_keys(folder)
    for slot in body["slots"]:
        if slot["kind"] == RECOVERY:
            try:
                key = _unseal(_kek(code, slot["kdf"]), slot["key"], f"{body['store_id']}/{slot['id']}/key")
            except (KeyError, ValueError, TypeError) as error:
                raise Trouble("store.keys_damaged", folder=str(folder)) from error
            if key is not None:
                return key, str(body["store_id"]), print_of(slot)
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


def put_slot(folder: Path, slot: NewSlot) -> list[str]:
    """Lay a person's slot beside the old ones; returns the ids of those that it is to replace.

    They go (``drop_slots``) once the history says that the new one holds, else the new one goes: a program killed
    in between leaves both, and the history decides.
    """
    with locked_keys(folder):
        body = read_keys(folder)
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


def put_recovery(folder: Path, slot: dict[str, Any]) -> list[str]:
    """Lay a new recovery slot beside the old one, as ``put_slot``; returns the ids of what it replaces."""
    with locked_keys(folder):
        body = read_keys(folder)
        write_keys(folder, {**body, "slots": [*body["slots"], slot]})
    return [old["id"] for old in body["slots"] if old["kind"] == RECOVERY]


def drop_slots(folder: Path, slot_ids: Collection[str]) -> None:
    """Destroy these wrapped keys: what they were wrapped under opens nothing any more."""
    with locked_keys(folder):
        body = read_keys(folder)
        left = [slot for slot in body["slots"] if slot["id"] not in slot_ids]
        if len(left) < len(body["slots"]):
            write_keys(folder, {**body, "slots": left})
