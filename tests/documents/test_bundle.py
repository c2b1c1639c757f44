"""The bank's bundle: every report, a list that is only text, hashes that fit; one report in memory at a time."""

import hashlib
import io
import zipfile
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from collector_desk.documents.bundle import BundleItem, write_bundle
from collector_desk.words.messages import LANGUAGES
from tests.samples.visit_values import START, words


def item(number: str, body: bytes = b"%PDF-", outcome: str = "done") -> BundleItem:
    return BundleItem(number, 1, START, outcome, ("HB-1", "HB-2"), body)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_list_and_hashes_fit(lang):
    out = io.BytesIO()
    items = [item(f"WF-{n}", b"%PDF-" + bytes([n])) for n in range(5)]
    assert write_bundle(out, items, words(lang), START) == 5
    with zipfile.ZipFile(out) as bundle:
        assert bundle.testzip() is None
        rows = list(load_workbook(io.BytesIO(bundle.read("list.xlsx"))).active.values)
        sums = dict(line.split("  ")[::-1] for line in bundle.read("SHA256SUMS").decode().splitlines())
        assert len(rows) == 6
        for row, one in zip(rows[1:], items, strict=True):
            assert bundle.read(row[5]) == one.pdf
            assert row[6] == hashlib.sha256(one.pdf).hexdigest() == sums[row[5]]
            assert row[:5] == (one.number, "1", "HB-1, HB-2", "2026-11-23 02:00", "done")


def test_names_stay_apart_and_inside_the_zip_and_cells_are_no_formulas():
    out = io.BytesIO()
    evil = ["../../etc/x", "..", "", "con\u202e", "a/b", "a?b", "=cmd|'/c calc'!A1"]
    write_bundle(out, [item(n, outcome="=1+1\x07") for n in evil], words("en"), START)
    with zipfile.ZipFile(out) as bundle:
        names = [n for n in bundle.namelist() if n.endswith(".pdf")]
        assert len({n.casefold() for n in names}) == len(evil)
        assert not [n for n in names if "/" in n or "\\" in n or n.startswith(".")]
        sheet = load_workbook(io.BytesIO(bundle.read("list.xlsx"))).active
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
        assert "'=1+1[U+0007]" in [cell.value for cell in cells]


def test_reports_are_asked_for_one_by_one_and_the_work_can_be_stopped():
    made: list[int] = []

    def reports() -> Iterator[BundleItem]:
        for number in range(500):
            made.append(number)
            yield item(f"WF-{number}")

    seen: list[int] = []

    def progress(done: int) -> bool:
        seen.append(done)
        assert len(made) == done
        return done < 7

    assert write_bundle(io.BytesIO(), reports(), words("en"), START, progress) == 7
    assert seen == list(range(1, 8))
