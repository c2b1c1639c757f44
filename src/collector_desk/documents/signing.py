"""The store's digital signature under a PDF (PAdES), so that any reader shows a later change."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

FIELD = "CollectorDesk"
_YEARS = 10


@dataclass(frozen=True, slots=True)
class SigningIdentity:
    """The store's key (PKCS 8) and self-signed certificate, both DER. The key belongs in the encrypted store."""

    key: bytes
    certificate: bytes


def new_identity(agency: str, now: datetime) -> SigningIdentity:
    """Make the store's identity: RSA with 3,072 bits, ten years, in the agency's name, never a person's.

    RSA because every reader of PDF 1.7 knows it; elliptic curves came with PDF 2.0, which PDF/A-2 does not allow.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID

    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    name = x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, agency[:64] or "-"),
        x509.NameAttribute(NameOID.COMMON_NAME, (agency[:40] or "-") + " · Collector Desk"),
    ])  # fmt: skip
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # seats' clocks differ a little
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SigningIdentity(secret, certificate.public_bytes(serialization.Encoding.DER))


def sign_pdf(pdf: bytes, identity: SigningIdentity, now: datetime, reason: str = "") -> bytes:
    """The PDF with one signature over all of it, which forbids any later change. ``reason`` is shown by readers."""
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
    from cryptography.hazmat.primitives.serialization import load_der_private_key
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class KeepingWriter(IncrementalPdfFileWriter):
        """Leaves the document's metadata as they were made: no second producer, no clock of the machine."""

        def _update_meta(self) -> None:
            pass

    class KnownKeySigner(signers.SimpleSigner):
        """Signs with the key read once: reading it tests its primes, and would be done twice a signature."""

        def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
            if digest_algorithm != "sha256" or not isinstance(secret, rsa.RSAPrivateKey):
                raise ValueError("made for another key or digest than new_identity gives")
            return secret.sign(data, padding.PKCS1v15(), hashes.SHA256())

    class TimedSigner(signers.PdfSigner):
        """Signs at the instant it is given, not at the machine's."""

        def init_signing_session(self, *args: Any, **options: Any) -> Any:
            session = super().init_signing_session(*args, **options)
            session.system_time = now
            return session

    certificate = x509.Certificate.load(identity.certificate)
    # made by new_identity and kept in the encrypted store, which vouches for every byte of it
    secret = load_der_private_key(identity.key, None, unsafe_skip_rsa_key_validation=True)
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason or None,
        name=certificate.subject.native["common_name"],
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # empty: the signer adds its own certificate
    signer = KnownKeySigner(certificate, keys.PrivateKeyInfo.load(identity.key), chain)
    out = io.BytesIO()
    writer = KeepingWriter(io.BytesIO(pdf))
    _place_field(writer, " · ".join(part for part in (reason, certificate.subject.native["common_name"]) if part))
    TimedSigner(about, signer).sign_pdf(writer, output=out)
    return out.getvalue()


def _place_field(writer: Any, words: str) -> None:
    """The signature's field, which nobody sees, with words for it and a place at the end of the structure."""
    from pyhanko.pdf_utils import generic
    from pyhanko.sign import fields

    fields.append_signature_field(writer, fields.SigFieldSpec(FIELD, readable_field_name=words))
    pdf: Any = generic  # its constructors have no types
    name = pdf.pdf_name
    field = writer.root["/AcroForm"]["/Fields"].raw_get(0)
    tree = writer.root["/StructTreeRoot"]
    number = int(tree["/ParentTreeNextKey"])
    place = writer.add_object(pdf.DictionaryObject({
        name("/Type"): name("/StructElem"),
        name("/S"): name("/Form"),
        name("/P"): tree.raw_get("/K"),
        name("/Pg"): writer.find_page_for_modification(0)[0],
        name("/K"): pdf.DictionaryObject({name("/Type"): name("/OBJR"), name("/Obj"): field}),
        name("/Alt"): pdf.TextStringObject(words),
    }))  # fmt: skip
    tree["/K"]["/K"].append(place)
    tree["/ParentTree"]["/Nums"] += [pdf.NumberObject(number), place]
    tree["/ParentTreeNextKey"] = pdf.NumberObject(number + 1)
    field.get_object()["/StructParent"] = pdf.NumberObject(number)
    for changed in (tree, tree["/K"]):
        writer.update_container(changed)
