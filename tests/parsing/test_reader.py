"""The reader's process: it reads as the window would, and whatever becomes of it, the window gets a sentence."""

import subprocess
import sys
import textwrap
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.intake.counts import read_counts
from collector_desk.intake.placement import read_placement
from collector_desk.parsing import HIDDEN, files, process
from collector_desk.parsing.limits import MOST_MEMORY, Limits
from collector_desk.parsing.process import FileReader
from tests.samples import bank_files

TALKS = "from collector_desk.parsing import frames, limits\nimport os, sys, time\nout = sys.stdout.buffer\n"
READY = "frames.write(out, {'ready': True})\nhead, body = frames.read(sys.stdin.buffer)\n"
MORE = {"file": "one.csv", "password": None}
ENOUGH = Limits(256 << 20, 30, 60.0)


def played(code: str) -> FileReader:
    """A reader that does what ``code`` says once it was asked."""
    return FileReader(lambda: [sys.executable, "-c", TALKS + READY + textwrap.dedent(code)])


@pytest.fixture
def reader():
    made = FileReader()
    yield made
    made.close()


def ask(reader: FileReader, **more):
    return reader.ask("placement", "one.csv", b"x", MORE, **{"limits": ENOUGH} | more)


def code_of(reader: FileReader, **more) -> str:
    with pytest.raises(Trouble) as caught:
        ask(reader, **more)
    reader.close()
    assert caught.value.message.params["file"] == "one.csv"
    return caught.value.message.code


def alive(reader: FileReader) -> bool:
    return reader._process is not None and reader._process.poll() is None


# --- it reads as the window would --------------------------------------------------------------------------


def careless() -> list[dict]:
    bad = bank_files.account(3, 委案金额="一千") | {"联系人2姓名": "李四", "联系人2电话": "161 0000 1111"}
    return [bank_files.account(n, 最近还款日期="2026-10-01") for n in range(1, 700)] + [bad]


def test_a_placement_comes_over_whole(reader, tmp_path):
    content = bank_files.xlsx(bank_files.grid(careless()))
    path = tmp_path / "委案.xlsx"
    path.write_bytes(content)
    told = []
    over = files.read_placement(path, progress=lambda *each: told.append(each), reader=reader)
    here = read_placement(content, path.name)
    assert [*over.rows] == [*here.rows]
    assert len(over.rows) == 699
    assert type(over.rows[0]) is type(here.rows[0])
    assert [*over.aside] == [*here.aside]
    assert len(over.aside) == 1
    assert over.content == content
    for name in ("filename", "sha256", "kind", "encoding", "amounts", "set_aside", "sheets", "totals", "bank_hint"):
        assert getattr(over, name) == getattr(here, name), name
    assert dict(over.placements) == dict(here.placements)
    assert [*over.heads] == [*here.heads]
    assert [p.reason.code for p in over.problems] == [p.reason.code for p in here.problems]
    assert [(p.sheet, p.line, p.column, p.value, p.severity) for p in over.problems] == [
        (p.sheet, p.line, p.column, p.value, p.severity) for p in here.problems
    ]
    assert told[-1] == (701, 701)


def test_a_file_of_counts_comes_over_whole(reader, tmp_path):
    text = "账户号,今日有效联系次数,今日接通次数,数据截至\n62907950001,1,2,2026-11-29 10:00\n62907950002,0,一次,\n"
    path = tmp_path / "counts.csv"
    path.write_text(text, encoding="utf-8", newline="")
    when = {"now": datetime(2026, 11, 29, 12, tzinfo=UTC), "zone": ZoneInfo("Asia/Shanghai")}
    assert files.read_counts(path, reader=reader, **when) == read_counts(path, path.name, **when)


def test_what_it_refuses_is_refused_with_its_words(reader, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.7 and more")
    with pytest.raises(Trouble) as caught:
        files.read_placement(path, reader=reader)
    assert caught.value.message.code == "intake.is_pdf"
    assert caught.value.message.params == {"file": "report.pdf"}
    assert alive(reader)  # a refusal is an answer


def test_one_reader_reads_one_file_after_another(reader, tmp_path):
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path, serial in ((first, 1), (second, 2)):
        path.write_bytes(bank_files.xlsx(bank_files.grid([bank_files.account(serial)])))
    files.read_placement(first, reader=reader)
    before = reader._process.pid
    assert files.read_placement(second, reader=reader).rows[0].customer_no == "C0000002"
    assert reader._process.pid == before


def test_after_a_large_file_its_memory_comes_back(reader, tmp_path, monkeypatch):
    path = tmp_path / "large.xlsx"
    path.write_bytes(bank_files.xlsx(bank_files.grid([bank_files.account(1)])))
    monkeypatch.setattr(process, "_KEEP", len(path.read_bytes()) - 1)
    files.read_placement(path, reader=reader)
    assert reader._process is None


def test_two_who_ask_at_once_both_get_their_own(reader, tmp_path):
    found = {}

    def read(serial: int) -> None:
        path = tmp_path / f"{serial}.xlsx"
        path.write_bytes(bank_files.xlsx(bank_files.grid([bank_files.account(serial)])))
        found[serial] = files.read_placement(path, reader=reader).rows[0].customer_no

    asking = [threading.Thread(target=read, args=(serial,)) for serial in range(1, 5)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert found == {serial: f"C{serial:07d}" for serial in range(1, 5)}


def test_one_woken_beforehand_is_the_one_that_reads(reader, tmp_path):
    path = tmp_path / "one.xlsx"
    path.write_bytes(bank_files.xlsx(bank_files.grid([bank_files.account(1)])))
    reader.wake()
    woken = reader._process.pid
    reader.wake()
    assert len(files.read_placement(path, reader=reader).rows) == 1
    assert reader._process.pid == woken
    assert not [thread for thread in threading.enumerate() if "_heard" in thread.name]


def test_waking_one_that_does_not_start_is_said_to_whoever_asks():
    reader = FileReader(lambda: ["/no/such/python"])
    reader.wake()
    assert code_of(reader) == "parsing.not_started"


# --- whatever becomes of it --------------------------------------------------------------------------------


def test_a_reader_killed_amid_a_file_ends_in_a_sentence_and_the_next_file_is_read(reader, tmp_path):
    path = tmp_path / "many.xlsx"
    path.write_bytes(bank_files.xlsx(bank_files.grid(careless())))

    def kill(_done: int, _of: int) -> None:
        reader._process.kill()

    with pytest.raises(Trouble) as caught:
        files.read_placement(path, progress=kill, reader=reader)
    assert caught.value.message.code == "parsing.broke_off"
    assert len(files.read_placement(path, reader=reader).rows) == 699


def test_a_reader_killed_while_idle_is_started_anew(reader, tmp_path):
    path = tmp_path / "one.xlsx"
    path.write_bytes(bank_files.xlsx(bank_files.grid([bank_files.account(1)])))
    files.read_placement(path, reader=reader)
    reader._process.kill()
    reader._process.wait()
    assert len(files.read_placement(path, reader=reader).rows) == 1


def test_one_that_hangs_is_given_up_and_ended():
    reader = played("time.sleep(600)")
    with pytest.raises(Trouble) as caught:
        ask(reader, limits=Limits(256 << 20, 30, 0.3))
    assert caught.value.message.code == "parsing.too_slow"
    assert not alive(reader)


def test_one_that_is_called_off_is_ended_at_once():
    reader = played("frames.write(out, {'progress': [1, 100]})\ntime.sleep(600)")
    told = []
    with pytest.raises(Trouble) as caught:
        ask(reader, progress=lambda *each: told.append(each), cancelled=lambda: bool(told))
    assert caught.value.message.code == "intake.cancelled"
    assert not alive(reader)


def test_who_waits_for_another_file_can_call_off_too():
    reader = played("time.sleep(600)")
    with reader._busy:
        assert code_of_waiting(reader) == "intake.cancelled"


def code_of_waiting(reader: FileReader) -> str:
    with pytest.raises(Trouble) as caught:
        ask(reader, cancelled=lambda: True)
    return caught.value.message.code


@pytest.mark.parametrize(
    "command",
    [
        ["/no/such/python"],
        [sys.executable, "-c", "raise SystemExit(3)"],
        [sys.executable, "-c", "print('hello there')"],
    ],
)
def test_one_that_does_not_start_is_said(command):
    assert code_of(FileReader(lambda: command)) == "parsing.not_started"


@pytest.mark.parametrize(
    "code",
    [
        "out.write(b'no frame at all, whatever it is'); out.flush()",
        "out.write((9).to_bytes(4) + (0).to_bytes(8) + b'[1,2,3,4]'); out.flush()",
        "out.write((6).to_bytes(4) + (0).to_bytes(8) + b'{\"a\":}'); out.flush()",
        "out.write((2).to_bytes(4) + (1 << 60).to_bytes(8) + b'{}'); out.flush()",
        "frames.write(out, {'progress': [1, 2]})",
        "os._exit(1)",
    ],
)
def test_an_answer_that_is_none_counts_as_broken_off(code):
    assert code_of(played(code)) == "parsing.broke_off"


def test_a_fault_of_ours_is_told_by_its_place_and_never_by_the_files_words(caplog):
    reader = played("frames.write(out, {'fault': 'KeyError at collector_desk.intake.cells:12'})")
    assert code_of(reader) == "parsing.fault"
    assert [record.getMessage() for record in caplog.records] == [
        "a reader failed: KeyError at collector_desk.intake.cells:12"
    ]
    caplog.clear()


@pytest.mark.skipif(sys.platform == "win32", reason="there a job holds it, and no time of work is counted")
def test_one_that_works_on_and_on_is_ended_by_the_system():
    spins = "limits.hold_to(head['memory'], head['seconds'])\nwhile True: pass"
    assert code_of(played(spins), limits=Limits(256 << 20, 1, 60.0)) == "parsing.broke_off"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the system doesn't say what it holds")
def test_one_that_wants_too_much_memory_does_not_get_it(reader, tmp_path):
    path = tmp_path / "one.csv"
    path.write_bytes(b"x" * (4 << 20))
    with pytest.raises(Trouble) as caught:
        reader.ask(
            "placement",
            path.name,
            path.read_bytes(),
            MORE,
            limits=Limits(1 << 20, 30, 60.0),
        )
    assert caught.value.message.code in {"parsing.too_much", "parsing.broke_off"}


def test_no_file_gets_more_than_so_much():
    assert Limits.of(0).memory < Limits.of(1 << 20).memory < MOST_MEMORY
    assert Limits.of(400 << 20).memory == MOST_MEMORY == 1536 << 20


# --- its surroundings --------------------------------------------------------------------------------------


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks where Linux shows its processes")
def test_it_ends_when_whoever_started_it_is_killed():
    code = """
    import sys, threading
    from collector_desk.parsing.limits import Limits
    from collector_desk.parsing.process import FileReader
    reader = FileReader()
    reader._start("one.csv")
    print(reader._process.pid, flush=True)
    threading.Event().wait()
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE) as parent:
        stat = Path(f"/proc/{int(parent.stdout.readline())}/stat")
        assert stat.exists()
        parent.kill()
    until = time.monotonic() + 60
    while stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z":
        assert time.monotonic() < until, "the reader outlived its window"
        time.sleep(0.02)


def test_it_loads_no_window_and_no_database():
    code = "import sys, collector_desk.parsing.child\nprint(*sorted({name.split('.')[0] for name in sys.modules}))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "collector_desk" in found
    assert not {"PySide6", "shiboken6", "sqlalchemy", "sqlcipher3", "typer", "multiprocessing"} & set(found)


def test_the_bundled_program_is_a_reader_when_told_so(tmp_path):
    path = tmp_path / "one.xlsx"
    path.write_bytes(bank_files.xlsx(bank_files.grid([bank_files.account(1)])))
    reader = FileReader(lambda: [sys.executable, "-m", "collector_desk", HIDDEN])
    assert len(files.read_placement(path, reader=reader).rows) == 1
    reader.close()


def test_nothing_it_says_to_the_console_is_heard():
    """What a library prints in there would come between the answers."""
    code = """
    import os
    from collector_desk.parsing import child
    _, answers = child._pipes()
    os.write(1, b"a name")
    os.write(2, b"another")
    answers.write(b"!")
    answers.flush()
    """
    code = textwrap.dedent(code)
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, input=b"", check=True)
    assert found.stdout == b"!"
    assert found.stderr == b""
