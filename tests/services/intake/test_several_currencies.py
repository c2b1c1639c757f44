"""A file of several currencies and products, from the preview to the queue: nothing is added unconverted."""

import csv
import io
from pathlib import Path

import pytest

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.money import Money
from collector_desk.intake.placement import read_placement
from collector_desk.services.book import overview, queueing, refresh
from collector_desk.services.intake import placements as intake
from collector_desk.store import keys

HEADER = ["委案批次号", "委案日期", "客户号", "客户姓名", "账户号", "委案金额", "币种", "逾期天数", "产品名称"]
ROWS = [
    ["XK202611-09", "2026-11-02", "C1", "朱雪彩", "6250000001", "1200.50", "人民币", "20", "个人消费贷款"],
    ["XK202611-09", "2026-11-02", "C1", "朱雪彩", "6250000002", "9000", "美元", "5", "信用卡"],
    ["XK202611-09", "2026-11-02", "C1", "朱雪彩", "6250000003", "300", "USD", "4", "信用卡"],
    ["XK202611-09", "2026-11-02", "C2", "王小明", "6250000004", "300000", "JPY", "9", ""],
]
TERMS = PlacementTerms("某某银行", product="某某分期")


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)


def written(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *rows])
    return out.getvalue().encode()


def taken(manager, folder: Path):
    path = folder / "several.csv"
    path.write_bytes(written(*ROWS))
    seen = intake.preview(manager, path)
    return intake.import_placement(manager, seen, dict.fromkeys(seen.ask_terms, TERMS))


def test_the_report_and_the_list_of_files_have_a_sum_a_currency(manager, tmp_path):
    sums = (Money(930_000, "USD"), Money(120_050), Money(300_000, "JPY"))
    report = taken(manager, tmp_path)
    assert report.amounts == sums
    assert intake.preview(manager, tmp_path / "several.csv").already.amounts == sums
    (line,) = overview.batches(manager)
    assert line.amounts == sums


def test_a_row_of_the_queue_names_the_product_and_shows_every_currency(manager, tmp_path):
    taken(manager, tmp_path)
    rows = {row.name: row for row in queueing.page(manager).rows}
    first, second = rows["朱雪彩"], rows["王小明"]
    assert (first.balance, first.beside, first.product) == (
        Money(120_050),
        (Money(930_000, "USD"),),
        "个人消费贷款",
    )
    assert first.owed == "¥1,200.50 + $9,300.00"
    assert (second.owed, second.beside, second.product) == ("JP¥300,000", (), "某某分期")
    with manager.store.read() as conn:
        again = refresh.odd_places(conn, [first.debtor_id, second.debtor_id], manager.now())
    assert len(again.compared) == 2
    assert not again.odd, "worked out anew it is what the import wrote"


def test_a_total_row_over_several_currencies_is_not_held_against_the_rows():
    total = ["合计", "", "", "", "", "310500.50", "", "", ""]
    found = read_placement(written(*ROWS, total), "several.csv")
    assert found.totals == ()
    assert [p.reason.code for p in found.problems if "total" in p.reason.code] == ["intake.total_of_several"]


@pytest.mark.parametrize(("stated", "matches"), [("300000", True), ("30", False)])
def test_a_total_row_of_one_foreign_currency_is_counted_by_its_decimals(stated, matches):
    found = read_placement(written(ROWS[3], ["合计", "", "", "", "", stated, "", "", ""]), "yen.csv")
    assert [check.matches for check in found.totals] == [matches]
    assert all("JP¥" in str(p.reason.params["stated"]) for p in found.problems if "total" in p.reason.code)
