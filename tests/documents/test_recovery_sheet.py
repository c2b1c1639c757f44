"""The recovery sheet: the code readable on the page and nowhere else."""

import io

import pypdf
import pytest

from collector_desk.documents.recovery_sheet import RecoverySheet, recovery_sheet_pdf
from collector_desk.words.messages import LANGUAGES
from tests.samples.visit_values import AGENCY, START, words

SHEET = RecoverySheet(("7K2M9", "QX4TB", "0HVN3", "ZR8WP", "5JD6C", "EYA1F"), "示例数据库", "周经理", START)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_group_stands_on_one_page(fonts, lang):
    result = recovery_sheet_pdf(SHEET, lang, AGENCY, words(lang), fonts)
    (page,) = pypdf.PdfReader(io.BytesIO(result.data)).pages
    found = page.extract_text()
    assert all(group in found for group in SHEET.groups)
    assert "周经理" in found
    assert found.count(AGENCY.root) == 2, "among the facts, and in the foot as on every paper of the store"
    assert result == recovery_sheet_pdf(SHEET, lang, AGENCY, words(lang), fonts)


def test_the_code_is_in_no_metadata_and_no_hash(fonts):
    result = recovery_sheet_pdf(SHEET, "en", AGENCY, words("en"), fonts)
    reader = pypdf.PdfReader(io.BytesIO(result.data))
    about = str(reader.metadata) + reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert not [group for group in SHEET.groups if group in about]
    other = RecoverySheet(SHEET.groups[::-1], SHEET.store_name, SHEET.issued_to, START)
    assert recovery_sheet_pdf(other, "en", AGENCY, words("en"), fonts).content_hash == result.content_hash
