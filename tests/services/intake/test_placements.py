import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.office.proof import FaultKind
from collector_desk.domain.vocabulary import NumberKind, Role
from collector_desk.intake.placement import read_placement
from collector_desk.services.book import cases, placements, queueing
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import placement_plan, recovery
from collector_desk.services.intake import placements as intake
from collector_desk.services.intake.placements import ImportReport
from collector_desk.services.office import backup, people
from collector_desk.store import keys
from collector_desk.store import tables as t
from collector_desk.store.ids import packed
from collector_desk.store.importlock import importing
from collector_desk.store.intake import batches
from collector_desk.store.verify import verify
from collector_desk.words.messages import LANGUAGES, render

PASSWORD = "correct horse"
HEADER = [
    "委案批次号",
    "委案日期",
    "客户号",
    "客户姓名",
    "证件号码",
    "账户号",
    "委案金额",
    "逾期天数",
    "历史逾期次数",
    "本人手机",
]
HEADER += ["单位电话", "家庭地址", "联系人1姓名", "联系人1关系", "联系人1电话", "备注"]


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "_PASSES", 1)
    monkeypatch.setattr(keys, "_LANES", 1)


TERMS = PlacementTerms("某某银行", "手机银行", "95000", date(2027, 6, 30), "合同第 8 条")


def row(serial: int, **changes: Any) -> list[Any]:
    good = {
        "委案批次号": "XK202611-09",
        "委案日期": "20261102",
        "客户号": f"C{serial:05d}",
        "客户姓名": "朱雪彩",
        "证件号码": f"00010319820101{serial:04d}",
        "账户号": f"6250000000{serial:05d}",
        "委案金额": f"{serial}00.25",
        "逾期天数": 20 + serial,
        "历史逾期次数": 1,
        "本人手机": f"161{serial:08d}",
        "单位电话": "",
        "家庭地址": "广州市天河区和平街25号9栋2601室",
        "联系人1姓名": "薛某",
        "联系人1关系": "朋友",
        "联系人1电话": "16199999999",
        "备注": "",
    }
    assert set(changes) <= set(good)
    return list((good | changes).values())


def a_file(folder: Path, *rows: list[Any], name: str = "placement.csv") -> Path:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *rows])
    path = folder / name
    path.write_bytes(out.getvalue().encode("gb18030"))
    return path


def take(seat: Seat, path: Path, terms: PlacementTerms = TERMS) -> ImportReport:
    seen = intake.preview(seat, path)
    return intake.import_placement(seat, seen, dict.fromkeys(seen.ask_terms, terms))


def count(seat: Seat, table: Any) -> int:
    with seat.store.read() as conn:
        return int(conn.execute(select(func.count()).select_from(table)).scalar_one())


def everything(seat: Seat) -> dict[str, int]:
    tables = (
        t.debtor,
        t.account_case,
        t.phone,
        t.address,
        t.batch,
        t.received_file,
        t.received_piece,
        t.set_aside_row,
        t.placement,
    )
    return {table.name: count(seat, table) for table in tables}


def codes(report: ImportReport) -> list[str]:
    assert all(render(p.reason, lang) != p.reason.code for p in report.problems for lang in LANGUAGES)
    return [problem.reason.code for problem in report.problems if problem.reason.code != "intake.id_check_digit"]


def test_a_file_becomes_debtors_with_their_accounts(manager: Seat, tmp_path: Path) -> None:
    second = row(3, 客户号="C00001", 证件号码="000103198201010001", 本人手机="16100000001", 单位电话="020-00622939")
    report = take(manager, a_file(tmp_path, row(1), row(2, 历史逾期次数=0), second))
    assert (report.accepted, report.set_aside, report.duplicates, report.amounts) == (3, 0, 0, (Money(60075),))
    assert report.changes.everything
    page = queueing.page(manager)
    assert page.counts == {QueueClass.FIRST_OVERDUE: 2}
    first, other = page.rows
    assert (first.case_number, first.cases, other.cases) == ("K7M-1003", 1, 2)
    assert (other.case_number, other.balance, other.days) == ("K7M-1002", Money(40050), 23 + 21)
    file = cases.open_case(manager, other.debtor_id).file
    assert [(case.number, case.balance) for case in file.cases] == [
        ("K7M-1001", Money(10025)),
        ("K7M-1002", Money(30025)),
    ]
    assert [(p.number, p.kind, p.owner_name, p.relation) for p in file.phones] == [
        ("16100000001", NumberKind.MOBILE, "", ""),
        ("020-00622939", NumberKind.WORK, "", ""),
        ("16199999999", NumberKind.CONTACT, "薛某", "朋友"),
    ]
    assert [line for _, _, line in file.addresses] == ["广州市天河区和平街25号9栋2601室"]
    assert file.cases[0].terms == TERMS
    assert file.cases[0].balance_as_of == date(2026, 11, 2)
    assert verify(manager.store).ok


def test_the_import_is_one_line_of_history_and_the_file_is_archived(
    manager: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "PIECE", 100)
    path = a_file(tmp_path, row(1), row(2))
    before = count(manager, t.import_event)
    report = take(manager, path)
    assert count(manager, t.import_event) == before + 1
    assert report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    with manager.store.read() as conn:
        kept = conn.execute(select(t.received_file)).one()
        assert (kept.sha256, kept.filename) == (report.sha256, "placement.csv")
        pieces = conn.exec_driver_sql(
            "SELECT content FROM received_piece WHERE file_id = ? ORDER BY position", (packed(kept.id),)
        )
        assert b"".join(pieces.scalars()) == path.read_bytes()


def test_the_same_file_twice_says_so_and_changes_nothing(manager: Seat, tmp_path: Path) -> None:
    path = a_file(tmp_path, row(1), row(2))
    first = take(manager, path)
    before = everything(manager)
    again = take(manager, path)
    assert (again.already, again.batch, again.accepted, again.duplicates) == (True, first.batch, 0, 2)
    assert codes(again) == ["intake.same_file"]
    assert everything(manager) == before


def test_accounts_on_file_with_the_same_figure_stay_out_with_their_case(manager: Seat, tmp_path: Path) -> None:
    take(manager, a_file(tmp_path, row(1), row(2)))
    elsewhere = row(2, 委案批次号="XK202612-01")
    report = take(manager, a_file(tmp_path, row(1), elsewhere, row(3), name="next.csv"))
    assert (report.accepted, report.duplicates) == (1, 2)
    assert codes(report) == ["intake.on_file_repeated", "intake.on_file_elsewhere"]
    assert "K7M-1001" in render(report.problems[-2].reason, "zh_CN")
    assert count(manager, t.account_case) == 3
    nothing = take(manager, a_file(tmp_path, row(2), row(1), name="none.csv"))
    assert (nothing.batch, nothing.already, nothing.accepted, nothing.duplicates) == (None, False, 0, 2)
    with pytest.raises(Refused) as caught:
        take(manager, a_file(tmp_path, name="bare.csv"))
    assert caught.value.message.code == "intake.nothing_new"


def test_a_new_account_of_somebody_on_file_under_another_name_keeps_the_name(manager: Seat, tmp_path: Path) -> None:
    take(manager, a_file(tmp_path, row(1), row(2)))
    other = row(1, 账户号="625000000000077", 客户姓名="李强")
    report = take(manager, a_file(tmp_path, other, name="other.csv"))
    assert (report.accepted, codes(report)) == (1, ["intake.name_on_file"])
    with manager.store.read() as conn:
        assert "李强" not in set(conn.execute(select(t.debtor.c.name).where(t.debtor.c.visible)).scalars())


def test_a_returned_account_may_be_placed_again(manager: Seat, tmp_path: Path) -> None:
    take(manager, a_file(tmp_path, row(1)))
    with manager.store.write() as conn:
        conn.execute(t.account_case.update().values(state="returned"))
    report = take(manager, a_file(tmp_path, row(1, 委案批次号="XK202612-01"), name="next.csv"))
    assert (report.accepted, report.duplicates) == (1, 0)


def test_a_new_account_joins_the_debtor_on_file(manager: Seat, tmp_path: Path) -> None:
    take(manager, a_file(tmp_path, row(1)))
    (before,) = queueing.page(manager).rows
    more = row(7, 客户号="C00001", 证件号码="000103198201010001", 联系人1电话="16188888888", 逾期天数=90)
    seen = intake.preview(manager, a_file(tmp_path, more, name="next.csv"))
    assert (seen.new_debtors, seen.known_debtors, dict(seen.ask_terms)) == (0, 1, {})
    intake.import_placement(manager, seen)
    (after,) = queueing.page(manager).rows
    assert (after.debtor_id, after.cases, after.balance) == (before.debtor_id, 2, Money(10025 + 70025))
    assert after.case_number == "K7M-1002"
    file = cases.open_case(manager, after.debtor_id).file
    assert [p.number for p in file.phones] == ["16100000001", "16100000007", "16199999999", "16188888888"]
    assert [line for _, _, line in file.addresses] == ["广州市天河区和平街25号9栋2601室"]
    assert count(manager, t.debtor) == 1
    assert [found.debtor_id for found in cases.find(manager, "625000000000007")] == [after.debtor_id]
    assert [found.debtor_id for found in cases.find(manager, "16188888888")] == [after.debtor_id]


def test_people_who_share_only_one_number_stay_two(manager: Seat, tmp_path: Path) -> None:
    take(manager, a_file(tmp_path, row(1)))
    same_id = row(2, 证件号码="000103198201010001", 客户姓名="王五")
    same_customer = row(3, 客户号="C00002")
    report = take(manager, a_file(tmp_path, same_id, same_customer, name="next.csv"))
    assert codes(report) == ["intake.id_shared", "intake.customer_shared"]
    assert count(manager, t.debtor) == 3


def test_accounts_without_any_person_number_are_debtors_of_their_own(manager: Seat, tmp_path: Path) -> None:
    nobody = [row(n, 客户号="", 证件号码="") for n in (1, 2)]
    take(manager, a_file(tmp_path, *nobody, row(3, 客户号="")))
    take(manager, a_file(tmp_path, row(4, 客户号="", 证件号码="000103198201010003"), name="next.csv"))
    assert count(manager, t.debtor) == 3
    assert count(manager, t.account_case) == 4


def test_terms_are_asked_once_and_remembered(manager: Seat, tmp_path: Path) -> None:
    seen = intake.preview(manager, a_file(tmp_path, row(1)))
    assert dict(seen.ask_terms) == {"XK202611-09": PlacementTerms("")}
    with pytest.raises(Refused) as caught:
        intake.import_placement(manager, seen)
    assert caught.value.message.code == "intake.terms_missing"
    assert everything(manager)["batch"] == 0
    intake.import_placement(manager, seen, {"XK202611-09": TERMS})
    assert dict(intake.preview(manager, a_file(tmp_path, row(2), name="b.csv")).ask_terms) == {}
    (known,) = placements.placements(manager)
    assert (known.number, known.terms) == ("XK202611-09", TERMS)


def test_terms_can_be_changed_and_a_bank_named_later(manager: Seat, tmp_path: Path) -> None:
    take(manager, a_file(tmp_path, row(1)), PlacementTerms(""))
    (known,) = placements.placements(manager)
    placements.set_terms(manager, known.id, TERMS)
    (file,) = [cases.open_case(manager, r.debtor_id).file for r in queueing.page(manager).rows]
    assert (file.debtor.bank_name, file.cases[0].terms) == ("某某银行", TERMS)
    report = take(manager, a_file(tmp_path, row(1), row(2), name="b.csv"))
    assert (report.accepted, report.duplicates) == (1, 1)
    for bad in ("", batches.STAND_IN):
        with pytest.raises(Refused):
            placements.set_terms(manager, known.id, PlacementTerms(bad))


def test_a_dry_run_writes_nothing(manager: Seat, tmp_path: Path) -> None:
    before = everything(manager)
    seen = intake.preview(manager, a_file(tmp_path, row(1), row(2, 账户号=""), row(3)))
    report = intake.dry_run(seen)
    assert (report.batch, report.accepted, report.set_aside) == (None, 2, 1)
    assert everything(manager) == before


def test_what_is_set_aside_is_kept_with_its_reason(manager: Seat, tmp_path: Path) -> None:
    report = take(manager, a_file(tmp_path, row(1), row(2, 账户号="6.25E+14"), row(3, 委案金额="约三千")))
    assert (report.accepted, report.set_aside) == (1, 2)
    with manager.store.read() as conn:
        kept = conn.execute(select(t.set_aside_row).where(t.set_aside_row.c.severity == "refused")).all()
    assert {(r.line, r.column, r.value, r.reason_code) for r in kept} == {
        (3, "账户号", "6.25E+14", "intake.digits_lost"),
        (4, "委案金额", "约三千", "intake.not_an_amount"),
    }


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by a word whenever a file is planned anew."""
    times: list[str] = []

    class Counted(placement_plan._Planner):
        def plan(self) -> placement_plan.PlacementPlan:
            times.append("planned")
            return super().plan()

    monkeypatch.setattr(placement_plan, "_Planner", Counted)
    return times


@pytest.mark.parametrize("bank", ["某某银行", ""])
def test_what_the_preview_planned_is_taken_over(
    manager: Seat, tmp_path: Path, planned: list[str], bank: str
) -> None:
    """A new bank's name, asked for by the preview and given afterwards, changes only whose they are."""
    path = a_file(tmp_path, row(1), row(2), row(2, 账户号="9", 客户姓名="朱雪"), row(3, 委案批次号="XK202611-10"))
    report = take(manager, path, PlacementTerms(bank))
    assert planned == ["planned"]
    assert report.accepted == 4
    assert [found.reason.code for found in report.problems].count("intake.bank_unknown") == (not bank)
    with manager.store.read() as conn:
        assert set(conn.execute(select(t.debtor.c.bank_name)).scalars()) == {bank}
    assert queueing.page(manager, limit=1).total == 3


def test_a_plan_is_made_anew_where_another_window_imported_meanwhile(
    manager: Seat, tmp_path: Path, planned: list[str], seat_of: Callable[..., Seat]
) -> None:
    path = a_file(tmp_path, row(1), row(2), row(3))
    seen = intake.preview(manager, path)
    assert seen.plan.duplicates == 0
    other = seat_of("他", Role.LEAD)
    take(other, a_file(tmp_path, row(2), row(4), name="other.csv"))
    planned.clear()
    report = intake.import_placement(manager, seen, dict.fromkeys(seen.ask_terms, TERMS))
    assert planned == ["planned"]
    assert (report.accepted, report.duplicates) == (2, 1)
    assert count(manager, t.account_case) == 4
    assert verify(manager.store).ok


@pytest.mark.parametrize("held", [3, 10_000])
def test_every_search_key_arrives_however_many_may_wait(
    manager: Seat, tmp_path: Path, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_KEYS_HELD", held)
    take(manager, a_file(tmp_path, *(row(n, 客户姓名="单曾" + chr(0x4E00 + n)) for n in range(1, 150))))
    with manager.store.read() as conn:
        promised = conn.exec_driver_sql("SELECT k.value, s.doc FROM search_debtor s, json_each(s.keys) k").all()
        there = conn.exec_driver_sql("SELECT key, doc FROM search_key").all()
    assert len(there) > 2000
    assert sorted(map(tuple, there)) == sorted(map(tuple, promised))


def test_a_plan_is_made_anew_for_a_bank_the_store_has(manager: Seat, tmp_path: Path, planned: list[str]) -> None:
    take(manager, a_file(tmp_path, row(1)))
    seen = intake.preview(manager, a_file(tmp_path, row(1, 账户号="9", 委案批次号="XK202612-01"), name="next.csv"))
    assert seen.new_debtors == 1  # of a bank nobody has named yet
    planned.clear()
    intake.import_placement(manager, seen, dict.fromkeys(seen.ask_terms, TERMS))
    assert planned == ["planned"]
    assert count(manager, t.debtor) == 1  # it is the one the store has


def test_a_plan_made_while_a_dead_import_lay_about_is_made_anew(
    manager: Seat, tmp_path: Path, planned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its debtors were on file then and are gone now, and no line of history says so."""
    first = a_file(tmp_path, row(1), name="first.csv")
    with monkeypatch.context() as patch:
        patch.setattr(intake.PlacementIntake, "commit", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            take(manager, first)
    seen = intake.preview(manager, a_file(tmp_path, row(1, 账户号="9"), name="next.csv"))
    planned.clear()
    intake.import_placement(manager, seen, {"XK202611-09": TERMS})
    assert planned == ["planned"]
    assert count(manager, t.debtor) == count(manager, t.account_case) == 1
    assert verify(manager.store).ok


def test_only_heads_import(agent: Seat, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        intake.preview(agent, a_file(tmp_path, row(1)))
    assert caught.value.message.code == "office.not_allowed"


def test_cancelling_leaves_nothing(manager: Seat, tmp_path: Path) -> None:
    before = everything(manager)
    path = a_file(tmp_path, *[row(n) for n in range(1, 200)])
    seen = intake.preview(manager, path)
    steps: list[int] = []
    with pytest.raises(Trouble) as caught:
        intake.import_placement(
            manager,
            seen,
            {"XK202611-09": TERMS},
            progress=lambda done, _all: steps.append(done),
            cancelled=lambda: bool(steps),
        )
    assert caught.value.message.code == "intake.cancelled"
    assert steps
    assert everything(manager) == before
    assert cases.find(manager, "16100000001") == ()
    assert take(manager, path).accepted == 199


def test_nobody_sees_a_staged_batch(manager: Seat, tmp_path: Path, seat_of: Callable[..., Seat]) -> None:
    take(manager, a_file(tmp_path, row(1)))
    other = seat_of("李四", Role.SENIOR_AGENT)
    seen = intake.preview(
        manager, a_file(tmp_path, row(2), row(3, 客户号="C00001", 证件号码="000103198201010001"), name="b.csv")
    )
    sights: list[tuple[int, int, int]] = []

    def look(_done: int, _all: int) -> None:
        page = queueing.page(other)
        sights.append((page.total, page.rows[0].cases, len(cases.find(other, "16100000002"))))

    intake.import_placement(manager, seen, progress=look)
    assert set(sights) == {(1, 1, 0)}
    look(0, 0)
    assert sights[-1] == (2, 2, 1)


def test_one_import_at_a_time(manager: Seat, tmp_path: Path) -> None:
    seen = intake.preview(manager, a_file(tmp_path, row(1)))
    with importing(manager.store.folder), pytest.raises(Trouble) as caught:
        intake.import_placement(manager, seen, {"XK202611-09": TERMS})
    assert caught.value.message.code == "intake.import_running"
    assert intake.import_placement(manager, seen, {"XK202611-09": TERMS}).accepted == 1


def test_a_crash_while_staging_is_cleared_at_the_next_start(
    manager: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(manager, a_file(tmp_path, row(1)))
    before = everything(manager)
    path = a_file(tmp_path, *[row(n) for n in range(2, 120)], name="b.csv")
    with monkeypatch.context() as patch:
        patch.setattr(intake, "_drop", lambda *_: None)  # a killed process clears nothing
        with pytest.raises(Trouble):
            intake.import_placement(manager, intake.preview(manager, path), cancelled=_after(1))
    assert everything(manager) != before
    with importing(manager.store.folder):
        assert not recovery.recover(manager)  # somebody imports: it may be theirs
    assert recovery.recover(manager)
    assert everything(manager) == before
    assert not recovery.recover(manager)
    assert take(manager, path).accepted == 118


def test_a_crash_after_the_commit_is_finished_at_the_next_start(
    manager: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(manager, a_file(tmp_path, row(1)))
    monkeypatch.setattr(intake, "_SHOWN_AT_ONCE", 5)
    joining = row(50, 客户号="C00001", 证件号码="000103198201010001")
    with monkeypatch.context() as patch:
        patch.setattr(intake, "_finish", lambda *_: None)
        take(manager, a_file(tmp_path, *[row(n) for n in range(2, 20)], joining, name="b.csv"))
    assert queueing.page(manager).total == 6
    people.sign_in(manager.store.folder, "林主管", PASSWORD, clock=manager.clock).store.close()  # the next start
    assert not recovery.recover(manager)
    assert queueing.page(manager).total == 19
    assert count(manager, t.debtor) == 19
    assert verify(manager.store).ok


def test_the_plain_original_can_go_once_it_is_archived(manager: Seat, tmp_path: Path) -> None:
    path = a_file(tmp_path, row(1))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(Refused):
        placements.remove_original(manager, path, sha256)
    take(manager, path)
    other = a_file(tmp_path, row(2), name="other.csv")
    with pytest.raises(Refused) as caught:
        placements.remove_original(manager, other, sha256)
    assert caught.value.message.code == "intake.original_differs"
    placements.remove_original(manager, path, sha256)
    assert (path.exists(), other.exists()) == (False, True)


def test_with_a_link_goes_what_it_leads_to(manager: Seat, tmp_path: Path) -> None:
    path, link = a_file(tmp_path, row(1)), tmp_path / "link.csv"
    link.symlink_to(path)
    take(manager, link)
    placements.remove_original(manager, link, hashlib.sha256(path.read_bytes()).hexdigest())
    assert not path.exists()
    assert not link.is_symlink()


def test_a_link_to_a_link_leads_to_the_file_too(manager: Seat, tmp_path: Path) -> None:
    path, link, more = a_file(tmp_path, row(1)), tmp_path / "link.csv", tmp_path / "more.csv"
    link.symlink_to(path)
    more.symlink_to(link)
    take(manager, more)
    placements.remove_original(manager, more, hashlib.sha256(path.read_bytes()).hexdigest())
    assert not path.exists()
    assert not more.is_symlink()


def test_a_link_that_leads_elsewhere_by_now_takes_nothing_away(manager: Seat, tmp_path: Path) -> None:
    path, link = a_file(tmp_path, row(1)), tmp_path / "link.csv"
    link.symlink_to(path)
    take(manager, link)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    other = tmp_path / "other.csv"
    other.write_bytes(b"somebody else's")
    link.unlink()
    link.symlink_to(other)
    with pytest.raises(Refused, match="original_differs"):
        placements.remove_original(manager, link, digest)
    assert path.exists()
    assert other.read_bytes() == b"somebody else's"
    assert link.is_symlink()


def test_stored_values_come_back_as_sqlalchemy_reads_them(manager: Seat, tmp_path: Path) -> None:
    take(manager, a_file(tmp_path, row(1)))
    with manager.store.read() as conn:
        debtor = conn.execute(select(t.debtor)).one()
        case = conn.execute(select(t.account_case)).one()
    assert (debtor.flags, debtor.visible, debtor.ever_reached, debtor.lead_due) == (
        [],
        True,
        False,
        date(2026, 10, 12),
    )
    assert json.dumps(debtor.queue_why)
    assert (case.balance_as_of, case.extras, case.state) == (date(2026, 11, 2), {}, "open")


def test_the_search_index_stays_whole_over_files_of_known_debtors(manager: Seat, tmp_path: Path) -> None:
    """Asked by a connection that knew the index before, by a backup, and of the index itself."""
    serials = range(1, 60)
    take(manager, a_file(tmp_path, *map(row, serials)))
    assert verify(manager.store).ok
    for place, digit in ((1, "7"), (2, "8")):
        again = [
            row(n, 账户号=f"62{place}000000{n:06d}", 本人手机=f"16{digit}{n:08d}") for n in serials[:: place + 1]
        ]
        take(manager, a_file(tmp_path, *again, name=f"{place}.csv"))
        report = verify(manager.store)
        assert report.ok, report.first
        backup.back_up(manager, tmp_path / f"{place}.cdbackup")
    with manager.store.write() as conn:
        conn.exec_driver_sql("INSERT INTO search_digits (search_digits) VALUES ('integrity-check')")
        conn.exec_driver_sql("DELETE FROM search_digits_data WHERE id > 1000")  # and what is wrong with it is told
    assert FaultKind.PAGES in [finding.fault for finding in verify(manager.store).findings]


@pytest.mark.shared
def test_the_real_files_go_in_completely(manager: Seat, shared_data: Path) -> None:
    first = take(manager, shared_data / "placement-2026-11-a.xlsx")
    seen = intake.preview(manager, shared_data / "placement-2026-11-b.csv")
    assert not seen.ask_terms  # the same placement
    second = intake.import_placement(manager, seen)
    assert [(r.accepted, r.set_aside, r.duplicates) for r in (first, second)] == [(3000, 0, 0), (2121, 0, 0)]
    assert first.amounts + second.amounts == (Money(17_557_880_255), Money(12_912_524_483))
    with manager.store.read() as conn:
        total = conn.execute(select(func.sum(t.account_case.c.balance_minor))).scalar_one()
    assert total == 17_557_880_255 + 12_912_524_483
    assert queueing.page(manager, limit=1).total == count(manager, t.debtor) == 4875
    expected = {r.account_no for name in ("placement-2026-11-a.xlsx", "placement-2026-11-b.csv")
                for r in read_placement(shared_data / name, name).rows}  # fmt: skip
    with manager.store.read() as conn:
        assert set(conn.execute(select(t.account_case.c.account_number)).scalars()) == expected
    assert verify(manager.store).ok


def _after(times: int) -> Callable[[], bool]:
    calls = 0

    def cancelled() -> bool:
        nonlocal calls
        calls += 1
        return calls > times

    return cancelled


HOSTILE = [
    "<b>粗</b><img src=x onerror=1>",
    "=HYPERLINK(1)",
    "+1+cmd|' /C calc'!A0",
    "{name} %s {0.__class__}",
    "a\u202eb\u200bc",
    "𠮷𬭎\ue000",
]
HOSTILE += ["'; DROP TABLE debtor; --", "&amp;<!ENTITY x SYSTEM 'file:///'>", "一\r\n二\x00三\x1b[31m", "长" * 499]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_goes_through_as_text(manager: Seat, tmp_path: Path, text: str) -> None:
    words = ("客户姓名", "家庭地址", "联系人1姓名", "联系人1关系", "备注")
    numbers = ("委案批次号", "客户号", "证件号码", "账户号", "本人手机", "联系人1电话")
    rows = [row(1, **dict.fromkeys(words, text)), *(row(n, **{name: text}) for n, name in enumerate(numbers, 2))]
    path = tmp_path / "hostile.csv"
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *rows, row(50)])
    path.write_bytes(out.getvalue().encode("utf-8"))
    report = take(manager, path)
    assert report.accepted + report.set_aside == len(rows) + 1
    codes(report)
    for seen in queueing.page(manager).rows:
        file = cases.open_case(manager, seen.debtor_id).file
        shown = [
            file.debtor.name,
            file.debtor.id_number,
            file.cases[0].remark,
            *(line for _, _, line in file.addresses),
        ]
        shown += [
            file.debtor.customer_no,
            *(part for p in file.phones for part in (p.number, p.owner_name, p.relation)),
        ]
        assert not any(char in value for value in shown for char in "\u202e\u200b\x00\x1b\r\n")
    assert cases.find(manager, text[:40]) is not None
    assert verify(manager.store).ok
