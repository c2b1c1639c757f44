"""Cases as they stand go back to the bank: once, again where something of them changed, in its own codes."""

import csv
import io

import pytest

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.exports.layout import LayoutKind
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Outcome, SentMark
from collector_desk.packs.layouts import layout_named, read_layout
from collector_desk.services.book import cases, closing
from collector_desk.services.exports.contacts import Wish, export, placement_numbered, preview
from tests.services.calls.test_taking_back import called, promise, talk
from tests.services.money.conftest import bank, nov

__all__ = ["bank"]
OWN = (
    '[layout]\nid = "a-bank"\nversion = "1"\nkind = "status"\n[layout.title]\nen = "A"\nzh_CN = "甲"\n'
    '[[column]]\nheading = "案号"\nfield = "case_number"\n[[column]]\nheading = "结果"\nfield = "outcome"\n'
    '[[column]]\nheading = "标记"\nfield = "mark"\n[codes.outcome]\nrefuses = "R1"\nno_answer = "N1"\n'
    '[codes.mark]\nnew = "0"\ncorrected = "1"\nrepeat = "2"\nlate = "3"\ntaken_back = "4"\n'
)


@pytest.fixture
def wish(manager, debtor):
    debtor("王小明", balance=100_000)
    return Wish(placement_numbered(manager, "XK202611-01"), "generic-status", kind=LayoutKind.STATUS)


@pytest.fixture
def sent(manager, wish, tmp_path):
    files = iter(range(9))

    def go(wished=wish):
        target = tmp_path / f"out-{next(files)}.csv"
        done = export(manager, wished, target)
        rows = csv.DictReader(io.StringIO(target.read_bytes().decode("utf-8-sig"), newline=""))
        return done, list(rows)

    return go


def test_a_case_goes_out_once_and_again_when_it_stands_otherwise(manager, agent, bank, debtor, sent, wish, clock):
    who = debtor("朱雪彩", balance=500_000)
    first, rows = sent()
    assert (first.number, first.total) == ("K7M-N1001", 2)
    assert [(row["催收状态"], row["最新欠款"], row["标记"]) for row in rows] == [
        ("在催", "1000.00", "新增"),
        ("在催", "5000.00", "新增"),
    ]
    assert "王小明" not in str(rows)
    with pytest.raises(Refused) as refused:
        sent()
    assert refused.value.message.code == "exports.nothing_new"
    called(agent, who, promise(24))
    clock.forward(days=2)
    bank.tells((who, 24, 100, "R1"))
    _, (row,) = sent()
    assert (row["最新欠款"], row["承诺状态"], row["标记"]) == ("4900.00", "待兑现", "更正")
    assert row["首次回传"] == "首次回传 K7M-N1001 第 2 行"
    (account,) = cases.open_case(agent, who).file.cases
    closing.close(manager, account.id, Ending.RECALLED, document="撤案函 2026-77", written_on=nov(24))
    _, (row,) = sent()
    assert (row["催收状态"], row["结案方式"], row["结案日期"]) == ("已退案", "银行退案", "2026-11-24")
    whole, rows = sent(Wish(wish.placement_id, wish.layout_id, again=True))
    assert (len(rows), whole.counts[SentMark.REPEAT]) == (2, 2)


def test_a_word_without_a_code_refuses_the_whole_file(manager, agent, debtor, wish, desk_home, tmp_path):
    (desk_home / "layouts").mkdir(parents=True, exist_ok=True)
    (desk_home / "layouts" / "a.toml").write_text(OWN, "utf-8")
    own = Wish(wish.placement_id, "a-bank")
    who = debtor("朱雪彩")
    called(agent, who, talk(Outcome.REFUSES))
    export(manager, own, tmp_path / "a.csv")
    assert "R1" in (tmp_path / "a.csv").read_text("utf-8-sig")
    other = debtor()
    called(agent, other, talk(Outcome.HARDSHIP))
    with pytest.raises(Refused) as refused:
        export(manager, own, tmp_path / "b.csv")
    assert refused.value.message.code == "exports.unmapped"
    assert not (tmp_path / "b.csv").exists()
    assert layout_named("a-bank").codes["outcome"].ours("R1") == Outcome.REFUSES


def test_a_layout_of_the_other_kind_is_refused(manager, wish):
    with pytest.raises(Refused) as refused:
        preview(manager, Wish(wish.placement_id, "generic", kind=LayoutKind.STATUS))
    assert refused.value.message.code == "exports.other_kind"
    _, faults = read_layout(
        "a.toml", OWN.replace('"outcome"', '"record"').replace("codes.outcome", "codes.reason").encode()
    )
    assert "exports.layout.not_of_kind" in [one.message.code for one in faults]
    _, faults = read_layout(
        "a.toml", OWN.replace('kind = "status"', "").replace('"case_number"', '"as_of"').encode()
    )
    assert "exports.layout.not_of_kind" in [one.message.code for one in faults]
