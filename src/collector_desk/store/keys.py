"""Key slots: one random key opens the store, and each person holds it wrapped under their own password.

password --Argon2id--> key-encryption key --AES-256-GCM--> store key, and the person's Ed25519 signing key.
A recovery slot is opened by the printed code instead and holds no signing key: nobody can sign for another.
"""

import os
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from collector_desk.domain.message import Refused, Trouble
from collector_desk.store.keyfile import FORMAT, locked_keys, read_keys, write_keys
from collector_desk.store.recovery import new_code, normalise_code

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PERSON = "person"
RECOVERY = "recovery"
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
    found = [
        SlotInfo(slot["id"], slot["person_id"], slot["name"])
        for slot in read_keys(folder)["slots"]
        if slot["kind"] == PERSON
    ]
    return sorted(found, key=lambda info: info.name)


def _person_slot(body: dict[str, Any], who: str) -> dict[str, Any]:
    """The slot with this id, person id, or (if only one has it) this name."""
    slots: list[dict[str, Any]] = [slot for slot in body["slots"] if slot["kind"] == PERSON]
    for field_name in ("id", "person_id", "name"):
        matching = [slot for slot in slots if slot[field_name] == who]
        if len(matching) == 1:
            return matching[0]
    raise Trouble("store.no_such_person")


def find_person(folder: Path, who: str) -> SlotInfo:
    """The one person with this slot id, person id or name; Trouble ``store.no_such_person``."""
    slot = _person_slot(read_keys(folder), who)
    return SlotInfo(slot["id"], slot["person_id"], slot["name"])


def unlock(folder: Path, who: str, password: str) -> tuple[bytes, Unlocked]:
    """The store key and the person, for slot id, person id or name ``who``.

    Raises Trouble ``store.wrong_password``, ``store.no_such_person``, ``store.keys_damaged``. Takes about 0.2 s.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    body = read_keys(folder)
    slot = _person_slot(body, who)
    store_id, slot_id, person_id = body["store_id"], slot["id"], slot["person_id"]
    try:
        kek = _kek(password, slot["kdf"])
        store_key = _unseal(kek, slot["key"], f"{store_id}/{slot_id}/key")
        if store_key is None:
            raise Trouble("store.wrong_password")
        signing = _unseal(kek, slot["signing"], f"{store_id}/{slot_id}/{person_id}/signing")
    except (KeyError, ValueError, TypeError) as error:
        raise Trouble("store.keys_damaged", folder=str(folder)) from error
    if signing is None:
        raise Trouble("store.keys_damaged", folder=str(folder))
    key = Ed25519PrivateKey.from_private_bytes(signing)
    return store_key, Unlocked(store_id, person_id, slot_id, slot["name"], key)


def unlock_with_recovery(folder: Path, typed: str) -> tuple[bytes, str]:
    """The store key and the store's id, for a typed recovery code.

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
                return key, str(body["store_id"])
    raise Trouble("store.recovery_wrong")


def write_first_keys(folder: Path, store_id: str, slots: list[dict[str, Any]], at: datetime) -> None:
    """The key file of a new store."""
    body = {"format": FORMAT, "store_id": store_id, "created": at.isoformat(), "slots": slots}
    with locked_keys(folder):
        write_keys(folder, body)


def put_slot(folder: Path, slot: NewSlot) -> dict[str, Any]:
    """Admit a slot; an older slot of the same person is replaced. Returns the file's body as it was before."""
    with locked_keys(folder):
        body = read_keys(folder)
        others = [old for old in body["slots"] if old.get("person_id") != slot.person_id]
        if any(old.get("name") == slot.body["name"] for old in others):
            raise Refused("store.name_taken", field_name="name", name=slot.body["name"])
        write_keys(folder, {**body, "slots": [*others, slot.body]})
    return body


def close_slot(folder: Path, person_id: str) -> dict[str, Any]:
    """Destroy a person's wrapped keys: their password opens nothing any more. The last person can't be closed.

    Returns the file's body as it was before.
    """
    with locked_keys(folder):
        body = read_keys(folder)
        left = [slot for slot in body["slots"] if slot.get("person_id") != person_id]
        if not any(slot["kind"] == PERSON for slot in left):
            raise Refused("store.last_person")
        write_keys(folder, {**body, "slots": left})
    return body


def replace_recovery(folder: Path, slot: dict[str, Any]) -> dict[str, Any]:
    """Put a new recovery slot in the place of the old one; the old code opens nothing any more.

    Returns the file's body as it was before.
    """
    with locked_keys(folder):
        body = read_keys(folder)
        others = [old for old in body["slots"] if old["kind"] != RECOVERY]
        write_keys(folder, {**body, "slots": [*others, slot]})
    return body


def put_back(folder: Path, body: dict[str, Any]) -> None:
    """Make the key file what it was: the transaction it belonged to failed."""
    with locked_keys(folder):
        write_keys(folder, body)
