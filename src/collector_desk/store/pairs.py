"""A pair of keys: one half opens what was sealed to it (X25519, by age), the other signs (Ed25519).

The public halves stand in the history, endorsed; the private ones lie wrapped in the key file. What is sealed to
the public half of somebody reaches them wherever they are, without their password.
"""

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_RAW = 32
_PRINT_GROUPS, _PRINT_GROUP = 5, 4


@dataclass(frozen=True, slots=True)
class Publics:
    """The public halves: 32 raw bytes that check signatures, and the age recipient (``age1…``) to seal to."""

    signing: bytes
    sealing: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Both private halves; ``opening`` is the age identity."""

    signing: "Ed25519PrivateKey" = field(repr=False)
    opening: str = field(repr=False)

    @property
    def publics(self) -> Publics:
        """What anybody may know of it."""
        from pyrage import x25519

        sealing = str(x25519.Identity.from_str(self.opening).to_public())
        return Publics(self.signing.public_key().public_bytes_raw(), sealing)

    def halves(self) -> bytes:
        """The private halves as they are wrapped; ``pair_of`` reads them."""
        return self.signing.private_bytes_raw() + self.opening.encode()

    def open(self, sealed: bytes) -> bytes:
        """What was sealed to this pair. ValueError where it was sealed to another, or is damaged."""
        import pyrage
        from pyrage import x25519

        try:
            return bytes(pyrage.decrypt(sealed, [x25519.Identity.from_str(self.opening)]))
        except pyrage.DecryptError as error:
            raise ValueError("sealed to another key") from error


def new_pair() -> Pair:
    """A fresh pair."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from pyrage import x25519

    return Pair(Ed25519PrivateKey.generate(), str(x25519.Identity.generate()))


def pair_of(halves: bytes) -> Pair:
    """The pair of ``Pair.halves``."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Pair(Ed25519PrivateKey.from_private_bytes(halves[:_RAW]), halves[_RAW:].decode())


def seal(sealing: str, secret: bytes) -> bytes:
    """``secret`` for the holder of the pair with this public half alone."""
    import pyrage
    from pyrage import x25519

    return bytes(pyrage.encrypt(secret, [x25519.Recipient.from_str(sealing)]))


def signed_by(signing: bytes, signature: bytes, text: bytes) -> bool:
    """Whether the signature over the text is this key's."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(signing).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_print(signing: bytes) -> str:
    """A public key as people compare it: 5 groups of 4 digits and letters (80 bits)."""
    text = hashlib.sha256(signing).hexdigest().upper()
    groups = range(0, _PRINT_GROUPS * _PRINT_GROUP, _PRINT_GROUP)
    return "-".join(text[start : start + _PRINT_GROUP] for start in groups)
