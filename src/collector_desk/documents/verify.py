"""Is this PDF ours, and is it as it was signed?"""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from collector_desk.domain.message import Message, msg


@dataclass(frozen=True, slots=True)
class Verified:
    """What can be said of a PDF. ``verdict`` is the sentence for people.

    The rest is what the document says of itself; it counts only where ``ours`` and ``unchanged`` both hold.
    """

    ours: bool
    unchanged: bool
    verdict: Message
    signer: str = ""
    signed_at: datetime | None = None
    number: str = ""
    version: int = 0
    content_hash: str = ""
    chain_head: str = ""


def verify_pdf(data: bytes, certificates: Iterable[bytes]) -> Verified:
    """Judge a PDF against the certificates (DER) this store has ever signed with. Never raises for its content."""
    known = set(certificates)
    if not data.startswith(b"%PDF-"):
        return _no("verify_not_pdf")
    try:
        return _judge(data, known)
    except Exception:  # noqa: BLE001 -- what a reader raises for a spoilt file has no common family
        return _no("verify_damaged")


def chain_head(data: bytes) -> str:
    """The last line of history when a PDF of ours was made: the beginning of its hash (hex); "" where it has none.

    Whoever made the PDF: a store put back to before it doesn't know its seal any more.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        return _marks(PdfFileReader(io.BytesIO(data)))[3]
    except Exception:  # noqa: BLE001 -- what a reader raises for a spoilt file has no common family
        return ""


def _judge(data: bytes, known: set[bytes]) -> Verified:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(data))
    signatures = reader.embedded_signatures
    if not signatures:
        return _no("verify_not_signed")
    signature = signatures[0]
    certificate = signature.signer_cert
    signer = str(certificate.subject.native.get("common_name", ""))
    signed_at = signature.self_reported_timestamp
    number, version, digest, head = _marks(reader)
    ours = certificate.dump() in known
    whole = len(signatures) == 1 and _covers_all(data, signature) and _plain(signature) and _right(data, signature)
    if not whole:
        verdict = msg("documents.verify_changed")
    elif not ours:
        verdict = msg("documents.verify_stranger", signer=signer)
    else:
        verdict = msg("documents.verify_good", number=number, version=version, signer=signer, at=signed_at)
    return Verified(ours, whole, verdict, signer, signed_at, number, version, digest, head)


def _covers_all(data: bytes, signature: Any) -> bool:
    """The signature covers every byte but its own, and those are written in the one way ours are."""
    first, length, second, rest = (int(part) for part in signature.byte_range)
    message = bytes(signature.sig_object["/Contents"])
    own = b"<" + message.hex().upper().encode() + b">"
    return first == 0 and second + rest == len(data) and data[length:second] == own


def _right(data: bytes, signature: Any) -> bool:
    """The digest is that of the file, and the certificate's key has signed it."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    _first, length, second, _rest = (int(part) for part in signature.byte_range)
    attributes = signature.signer_info["signed_attrs"]
    stated = {one["type"].native: one["values"].native[0] for one in attributes}
    if stated.get("message_digest") != hashlib.sha256(data[:length] + data[second:]).digest():
        return False
    key = x509.load_der_x509_certificate(signature.signer_cert.dump()).public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    try:
        signed = signature.signer_info["signature"].native
        key.verify(signed, attributes.untag().dump(), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _plain(signature: Any) -> bool:
    """Parts of the message are not signed themselves. It is put together anew from what is, and must be the same:
    so that no byte of the file can differ unseen."""
    from asn1crypto import cms

    message = bytes(signature.sig_object["/Contents"])
    certificate, one = signature.signer_cert, signature.signer_info
    signer = cms.SignerInfo({
        "version": "v1",
        "sid": cms.SignerIdentifier({
            "issuer_and_serial_number": cms.IssuerAndSerialNumber({
                "issuer": certificate.issuer, "serial_number": certificate.serial_number,
            }),
        }),
        "digest_algorithm": {"algorithm": "sha256"},
        "signed_attrs": one["signed_attrs"],
        "signature_algorithm": {"algorithm": "sha256_rsa"},
        "signature": one["signature"],
    })  # fmt: skip
    content = cms.SignedData({
        "version": "v1",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {"content_type": "data"},
        "certificates": [certificate],
        "signer_infos": [signer],
    })  # fmt: skip
    written: bytes = cms.ContentInfo({"content_type": "signed_data", "content": content}).dump()
    return message.startswith(written) and not message[len(written) :].strip(b"\0")


def _marks(reader: Any) -> tuple[str, int, str, str]:
    """Number, version, content hash and chain head, as visit reports and incidents write them beside the title."""
    subject = str(reader.trailer["/Info"]["/Subject"])
    parts = subject.split(":")
    if len(parts) != 5 or parts[0] not in ("CDV", "CDI"):
        return "", 0, "", ""
    return parts[1], int(parts[2]), parts[3].lower(), parts[4].lower()


def _no(code: str) -> Verified:
    return Verified(ours=False, unchanged=False, verdict=msg(f"documents.{code}"))
