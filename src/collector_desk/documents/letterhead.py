"""Who a document comes from, and what making one hands back."""

from dataclasses import dataclass
from typing import Literal, Protocol

from collector_desk.domain.message import Message

Lang = Literal["en", "zh_CN"]


class Words(Protocol):
    """Gives the words for a code in the document's language; the service passes ``words.messages.text``."""

    def __call__(self, code: str, /, **params: object) -> str:
        """The sentence of ``code`` with its figures."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The agency as it stands on its papers. ``logo`` is a PNG or JPEG; a seal is never an image, only a box."""

    agency: str
    hotline: str = ""
    address: str = ""
    licence: str = ""
    complaints: str = ""
    logo: bytes | None = None
    root: str = ""
    """The fingerprint of the key that all signatures of the store go back to."""


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """A finished PDF. ``warnings`` is for who made it; ``content_hash`` (hex) also stands in its QR code."""

    data: bytes
    warnings: tuple[Message, ...]
    content_hash: str
    pages: int
