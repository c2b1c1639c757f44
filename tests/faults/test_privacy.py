"""Personal data stays in the encrypted store: nothing of it in printed values, logs, errors or other files."""

import dataclasses
import importlib
import logging
import pkgutil
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

import collector_desk
from collector_desk.commands import run
from collector_desk.domain.calls.identity import IdentityFacts
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.message import Trouble
from collector_desk.domain.vocabulary import Role
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.desk import drafts, settings
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import Agency
from collector_desk.services.office import people
from collector_desk.services.office.backup import back_up, suggested_name
from collector_desk.services.packs import releases
from collector_desk.services.visits import papers
from collector_desk.store import keys
from collector_desk.store import tables as t
from collector_desk.store.journal import erase_row
from collector_desk.store.projections import replay
from tests.samples.store import PASSWORD, DebtorMaker, SetClock, let_in
from tests.samples.visit_story import planned, requested, signed

NAME = "欧阳霁明"
NOTE = "客户住院治疗中"

PERSONAL = {
    "account_no", "account_number", "addresses", "agreed_words", "caption", "card_no", "card_tail",
    "customer_no", "debtor_name", "employer", "extras", "handed_over", "happened", "home_address",
    "home_phones", "id_no", "id_number", "indoors_reason", "injury", "last_note", "met_words",
    "mobiles", "names", "new_address", "new_number", "note", "number_id", "outcome_reason",
    "owner_name", "password", "police", "recovery_code", "registered_address", "remark", "said",
    "unusual", "witnesses", "work_phones",
}  # fmt: skip
_ROOMS = ("domain", "services", "store", "intake", "documents")
INVENTED = ("demo_", "rehearsal", "script_words")
"""Modules whose people nobody is."""


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("_MEMORY_KIB", 64), ("_PASSES", 1), ("_LANES", 1)):
        monkeypatch.setattr(keys, name, value)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def lead(tmp_path: Path, clock: SetClock) -> Iterator[Seat]:
    made = people.create_store(
        tmp_path / "store", name="林主管", password=PASSWORD, agency=Agency("示例公司", "示例中心"), clock=clock
    )
    settings.change(made.seat, Share(effective=3, connected=6))
    releases.release_all(made.seat)
    yield made.seat
    made.seat.store.close()


def holds(data: bytes, *secrets: str) -> bool:
    return any(secret.encode(how) in data for secret in secrets for how in ("utf-8", "utf-16-le", "gb18030"))


# --- what values print -------------------------------------------------------------------------------------


def dataclasses_of_the_program() -> Iterator[type]:
    for room in _ROOMS:
        package = importlib.import_module(f"{collector_desk.__name__}.{room}")
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if "migrations" in found.name or any(word in found.name for word in INVENTED):
                continue
            for kind in vars(importlib.import_module(found.name)).values():
                if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind.__module__ == found.name:
                    yield kind


def test_no_value_prints_what_is_personal_in_it() -> None:
    telling = [
        f"{kind.__module__}.{kind.__name__}.{field.name}"
        for kind in dataclasses_of_the_program()
        for field in dataclasses.fields(kind)
        if field.repr and field.name in PERSONAL
    ]
    assert telling == []


def test_the_file_of_a_debtor_prints_nothing_of_them(lead: Seat) -> None:
    debtor = DebtorMaker(lead)
    who = debtor(NAME)
    case = cases.open_case(lead, who)
    attempt = calling.begin(lead, debtor_id=who, phone_id=case.next_number.phone.id).attempt
    drafts.save(lead, "call", attempt.id, {"note": NOTE})
    digits = case.file.phones[0].number
    printed = [case, case.identity, case.numbers, attempt, drafts.load(lead, "call", attempt.id)]
    printed += cases.find(lead, NAME)
    for value in printed:
        for secret in (
            NAME,
            NOTE,
            digits,
            case.file.debtor.id_number,
            case.file.lead_case.account_number,
            "和平街",
        ):
            assert secret not in repr(value), type(value).__name__
    assert repr(IdentityFacts(NAME, "1", (), ())) == "IdentityFacts()"


# --- errors and logs ---------------------------------------------------------------------------------------


def test_errors_carry_codes_and_no_values(lead: Seat) -> None:
    who = DebtorMaker(lead)(NAME)
    with pytest.raises(Trouble) as caught:
        cases.by_number(lead, NAME)
    assert str(caught.value) == "book.cases.no_such_number"
    with lead.store.read() as conn:
        row = dict(conn.execute(select(t.debtor).where(t.debtor.c.id == who)).mappings().one())
    assert row["name"] == NAME
    with pytest.raises(IntegrityError) as broken, lead.store.write() as conn:
        conn.execute(insert(t.debtor).values(**row))
    assert NAME not in str(broken.value)
    assert row["id_number"] not in str(broken.value)


def test_a_bug_of_a_command_is_logged_without_what_it_was_about(
    lead: Seat, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog, desk_home: Path
) -> None:
    DebtorMaker(lead)(NAME)

    def fails(_seat: Seat, number: str) -> None:
        raise ValueError(f"{NAME} {number} 16188005778")

    monkeypatch.setattr(cases, "by_number", fails)
    monkeypatch.setenv("COLLECTOR_DESK_PASSWORD", PASSWORD)
    arguments = ["case", "K7M-1001", "--user", "林主管", "--store", str(lead.store.folder)]
    monkeypatch.setattr(sys, "argv", ["collector-desk", *arguments])
    before = list(logging.getLogger().handlers)
    try:
        assert run.run_commands() == 1
    finally:
        for handler in set(logging.getLogger().handlers) - set(before):
            logging.getLogger().removeHandler(handler)
            handler.close()
    said = "".join(capsys.readouterr())
    assert "Traceback" not in said
    assert NAME not in said
    written = b"".join(file.read_bytes() for file in (desk_home / "log").iterdir())
    assert b"ValueError" in written
    assert not holds(written, NAME, "16188005778", str(lead.store.folder))
    caplog.clear()


# --- files -------------------------------------------------------------------------------------------------


def test_nothing_on_the_disk_can_be_read(lead: Seat, tmp_path: Path) -> None:
    """Database, write-ahead log, key file, backup: while the store is open and after it is closed."""
    who = DebtorMaker(lead)(NAME)
    case = cases.open_case(lead, who)
    attempt = calling.begin(lead, debtor_id=who, phone_id=case.next_number.phone.id).attempt
    drafts.save(lead, "call", attempt.id, {"note": NOTE})
    secrets = NAME, NOTE, case.file.phones[0].number, case.file.debtor.id_number, "和平街"
    folder = lead.store.folder
    log = folder / "store.db-wal"
    logs = list(folder.glob("*-wal"))
    assert logs, log
    assert logs[0].stat().st_size > 4096
    backup = tmp_path / suggested_name(lead)
    back_up(lead, backup)
    for file in (*folder.rglob("*"), backup):
        assert not file.is_file() or not holds(file.read_bytes(), *secrets), file.name
    assert not any(holds(str(file).encode(), *secrets) for file in folder.rglob("*"))


def test_a_report_leaves_no_trace_but_itself(
    lead: Seat, clock: SetClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk_home: Path
) -> None:
    """File name and metadata name nobody; nothing stays in the folder for temporary files or beside the program."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    team = []
    for name in ("王走访", "赵同行"):
        let_in(lead, name=name, password=PASSWORD, roles=frozenset({Role.VISITOR}))
        team.append(people.sign_in(lead.store.folder, name, PASSWORD, clock=clock))
    let_in(lead, name="张晓", password=PASSWORD, roles=frozenset({Role.AGENT, Role.SENIOR_AGENT}))
    agent = people.sign_in(lead.store.folder, "张晓", PASSWORD, clock=clock)
    who = DebtorMaker(lead)(NAME, days=75)
    visit = requested(agent, who)
    planned(lead, team, visit, hours=1)
    clock.forward(hours=1)
    signed(team, visit)
    paper = papers.report_pdf(lead, visit, "zh_CN")
    for seat in (*team, agent):
        seat.store.close()
    assert NAME not in paper.file_name
    reader = PdfReader(BytesIO(paper.document.data))
    told = " ".join(map(str, (reader.metadata or {}).values()))
    told += reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert NAME not in told
    assert "和平街" not in told
    for place in (scratch, desk_home):
        for file in place.rglob("*"):
            assert NAME not in file.name
            assert not file.is_file() or not holds(file.read_bytes(), NAME, "和平街"), file.name


def test_an_erased_name_is_gone_from_the_file(lead: Seat) -> None:
    """What is overwritten leaves no copy in free pages: the file is encrypted and secure_delete is on."""
    who = DebtorMaker(lead)(NAME)
    with lead.store.write() as conn:
        assert conn.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
        assert conn.exec_driver_sql("PRAGMA temp_store").scalar() == 2
        erase_row(conn, t.placed, who, actor_id=lead.person.id, at=lead.now())
        replay.rebuild(conn, [who])
    assert cases.open_case(lead, who).file.debtor.name == ""
