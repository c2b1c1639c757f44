"""Signed reports: whole for any reader, ours by the certificate, broken by any flipped byte."""

import asyncio
import io
import logging
import random
from datetime import timedelta

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from collector_desk.documents.signing import SigningIdentity, new_identity, sign_pdf
from collector_desk.documents.verify import verify_pdf
from collector_desk.documents.visit_report import visit_report_pdf
from collector_desk.words.messages import LANGUAGES, render
from tests.samples.visit_values import AGENCY, START, a_visit, at, words


@pytest.fixture(scope="module")
def identity() -> SigningIdentity:
    return new_identity(AGENCY.agency, START)


@pytest.fixture(scope="module")
def report(fonts):
    return visit_report_pdf(a_visit(), "zh_CN", AGENCY, words("zh_CN"), fonts)


@pytest.fixture(scope="module")
def signed(report, identity) -> bytes:
    return sign_pdf(report.data, identity, at(310), "外访报告")


def test_a_signed_report_says_who_when_and_what(signed, report, identity):
    found = verify_pdf(signed, [identity.certificate])
    assert (found.ours, found.unchanged, found.signed_at) == (True, True, at(310))
    assert (found.number, found.version, found.content_hash) == ("WF-2026-11-00042", 1, report.content_hash)
    assert found.chain_head == "5f" * 8
    assert found.signer == AGENCY.agency + " · Collector Desk"
    for lang in LANGUAGES:
        assert "WF-2026-11-00042" in render(found.verdict, lang)
    assert signed.startswith(report.data)  # what was made stays as it was; the signature comes behind it


def test_another_reader_finds_the_signature_whole(signed):
    signature = PdfFileReader(io.BytesIO(signed)).embedded_signatures[0]
    context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False, moment=at(310))
    status = asyncio.run(async_validate_pdf_signature(signature, context))
    assert status.bottom_line
    assert status.docmdp_ok


def test_somebody_elses_signature_is_not_ours(signed, report):
    other = new_identity("别的机构", START)
    found = verify_pdf(sign_pdf(report.data, other, at(310)), [new_identity("x", START).certificate])
    assert (found.ours, found.unchanged, found.verdict.code) == (False, True, "documents.verify_stranger")
    assert verify_pdf(signed, []).verdict.code == "documents.verify_stranger"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda _, plain: plain, "verify_not_signed"),
        (lambda *_: b"", "verify_not_pdf"),
        (lambda *_: b"MZ", "verify_not_pdf"),
        (lambda *_: b"%PDF-1.7\n%%EOF", "verify_damaged"),
        (lambda signed, _: signed[:-200], "verify_damaged"),
        (lambda signed, _: signed + b"\n% more", "verify_changed"),
    ],
)
def test_each_fault_has_its_words(signed, report, identity, spoil, code):
    found = verify_pdf(spoil(signed, report.data), [identity.certificate])
    assert found.verdict.code == "documents." + code
    assert not found.unchanged
    for lang in LANGUAGES:
        assert render(found.verdict, lang) != found.verdict.code


def test_a_second_signature_over_ours_shows(signed, identity):
    stranger = new_identity("别的机构", START)
    with pytest.raises(Exception, match=r"."):
        sign_pdf(signed, stranger, at(400))  # the first one forbids it


def test_any_flipped_bit_breaks_it(signed, identity, caplog):
    caplog.set_level(logging.CRITICAL)
    chance = random.Random(1123)  # noqa: S311 -- the same places each time
    first, length, second, _rest = map(int, PdfFileReader(io.BytesIO(signed)).embedded_signatures[0].byte_range)
    places = [*range(first, 12), *range(length - 40, length + 40), *range(second - 5, second + 60)]
    places += chance.sample(range(length, second), 250) + chance.sample(range(len(signed)), 150)
    survived = []
    for place in places:
        changed = bytearray(signed)
        changed[place] ^= 1 << chance.randrange(8)
        found = verify_pdf(bytes(changed), [identity.certificate])
        if found.ours and found.unchanged:
            survived.append(place)
    assert survived == []


def test_the_certificate_names_the_agency_and_lasts(identity):
    from cryptography import x509

    certificate = x509.load_der_x509_certificate(identity.certificate)
    assert AGENCY.agency in certificate.subject.rfc4514_string()
    assert certificate.not_valid_after_utc > START + timedelta(days=3600)
    assert new_identity(AGENCY.agency, START) != identity
