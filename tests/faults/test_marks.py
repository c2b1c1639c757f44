"""The mark outside the store: cut off, crowded out, spoilt, raced for. It harms no work, and takes back no word."""

import errno
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.states import StoreDoubt
from collector_desk.domain.vocabulary import Outcome
from collector_desk.resources import home_folder, machine_folder
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.desk import standing
from collector_desk.services.desk.seat import Seat
from collector_desk.services.office import people
from collector_desk.store import marks
from collector_desk.store.verify import verify
from collector_desk.words.messages import LANGUAGES, render
from tests.samples.put_back import aside, put_back, with_machine_folder
from tests.samples.store import PASSWORD, DebtorMaker, SetClock

KILLS = int(os.environ.get("COLLECTOR_DESK_KILLS", "16"))
WHO = "林主管"
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files and signals")


def call(seat: Seat, who: str) -> None:
    phone = cases.open_case(seat, who).numbers[0].phone.id
    begun = calling.begin(seat, debtor_id=who, phone_id=phone)
    calling.finish(seat, begun.attempt.id, CallLog(Outcome.NO_ANSWER))


def doubt(folder: Path) -> StoreDoubt | None:
    """As the next morning finds it."""
    seat = people.sign_in(folder, WHO, PASSWORD, clock=SetClock())
    found = seat.standing.doubt
    seat.let_go()
    return found


def user_mark(seat: Seat) -> Path:
    return home_folder() / "marks" / f"{seat.store_id}.json"


# --- killed ------------------------------------------------------------------------------------------------


@posix
def test_killed_between_act_and_mark_or_while_it_is_written_nobody_is_told_a_lie(lead: Seat) -> None:
    people.sign_out(lead)
    command = [sys.executable, "-m", "tests.faults.marks_worker", str(lead.folder), str(KILLS), "20261130"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith(": 0 wrong\n")


# --- two at once -------------------------------------------------------------------------------------------


def test_two_windows_at_one_store_move_one_mark_and_it_never_goes_back(lead: Seat) -> None:
    with_machine_folder()
    who = DebtorMaker(lead)()
    other = people.sign_in(lead.folder, WHO, PASSWORD, clock=lead.clock)
    for seat in (lead, other, lead, other):
        call(seat, who)
        assert standing.move(seat) is None
    with lead.store.read() as conn:
        assert {mark.place for mark in marks.read(lead.folder, lead.store_id).marks} == {marks.mark_of(conn).place}
    call(lead, who)
    with lead.store.read() as conn:
        late = marks.mark_of(conn)  # read here, written only after the other window went further
    call(other, who)
    assert standing.move(other) is None
    furthest = marks.read(lead.folder, lead.store_id)
    assert marks.advance(lead.folder, late) is None
    assert marks.read(lead.folder, lead.store_id) == furthest
    other.let_go()
    assert doubt(lead.folder) is None


def test_a_mark_overtaken_in_the_same_instant_only_lags(lead: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both windows looked before either wrote: the later writer may set it back. That is behind the store: fine."""
    with lead.store.read() as conn:
        early = marks.mark_of(conn)
    call(lead, DebtorMaker(lead)())
    assert standing.move(lead) is None
    real = marks._load
    monkeypatch.setattr(marks, "_load", lambda _path: None)
    assert marks.advance(lead.folder, early) is None
    monkeypatch.setattr(marks, "_load", real)
    assert marks.read(lead.folder, lead.store_id).marks[0].place == early.place
    assert doubt(lead.folder) is None


# --- a full disk, a place that can't be written --------------------------------------------------------------


def test_a_full_disk_at_the_mark_is_told_once_and_the_calls_go_on(
    lead: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_machine_folder()
    who = DebtorMaker(lead)()
    call(lead, who)
    assert standing.move(lead) is None
    before = marks.read(lead.folder, lead.store_id)
    full = True

    def replace_file(path: Path, data: bytes) -> None:
        if full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        real(path, data)

    real = marks.replace_file
    monkeypatch.setattr(marks, "replace_file", replace_file)
    call(lead, who)
    told = standing.move(lead)
    assert told is not None
    for lang in LANGUAGES:
        assert render(told, lang) != told.code
    call(lead, who)
    assert standing.move(lead) is None, "once is enough"
    assert marks.read(lead.folder, lead.store_id) == before
    assert doubt(lead.folder) is None
    full = False
    call(lead, who)
    assert standing.move(lead) is None
    with lead.store.read() as conn:
        assert {mark.place for mark in marks.read(lead.folder, lead.store_id).marks} == {marks.mark_of(conn).place}
    assert verify(lead.store).ok


def test_where_one_place_can_t_be_written_the_other_one_tells(lead: Seat) -> None:
    """A file lies where the user's folder of marks should be."""
    with_machine_folder()
    who = DebtorMaker(lead)()
    for path in (home_folder() / "marks").iterdir():
        path.unlink()
    (home_folder() / "marks").rmdir()
    (home_folder() / "marks").write_bytes(b"")
    kept = aside(lead.folder)
    call(lead, who)
    told = standing.move(lead)
    assert told is not None
    assert told.code == "office.mark_not_written"
    assert people.sign_out(lead) is None
    put_back(kept, lead.folder)
    assert doubt(lead.folder) is StoreDoubt.PUT_BACK


# --- the clock ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [-400, -1, 1, 400])
def test_a_wrong_clock_changes_nothing_of_it(lead: Seat, days: int) -> None:
    """A mark bears no time: the order of history is what it goes by."""
    call(lead, DebtorMaker(lead)())
    kept = aside(lead.folder)
    call(lead, cases_of(lead))
    assert standing.move(lead) is None
    lead.let_go()
    clock = SetClock()
    clock.at += timedelta(days=days)
    seat = people.sign_in(lead.folder, WHO, PASSWORD, clock=clock)
    assert seat.standing.doubt is None
    seat.let_go()
    put_back(kept, lead.folder)
    seat = people.sign_in(lead.folder, WHO, PASSWORD, clock=clock)
    assert seat.standing.doubt is StoreDoubt.PUT_BACK
    seat.let_go()


def cases_of(seat: Seat) -> str:
    with seat.store.read() as conn:
        return str(conn.exec_driver_sql("SELECT lower(hex(id)) FROM debtor").scalar_one())


# --- hostile bytes -------------------------------------------------------------------------------------------


def spoilt(good: bytes) -> dict[str, bytes]:
    """What may lie where a mark lay."""
    mark = json.loads(good)

    def but(**other: object) -> bytes:
        return json.dumps(mark | other).encode()

    return {
        "nothing": b"",
        "half": good[: len(good) // 2],
        "no text": b"\xff\xfe\x00{",
        "a list": b"[]",
        "an empty mark": b"{}",
        "null": b"null",
        "deep": b"[" * 15_000,
        "huge number": but(place=0).replace(b'"place": 0', b'"place": ' + b"9" * 10_000),
        "far": but(place=1 << 70),
        "before the beginning": but(place=-1),
        "true": but(place=True),
        "a fraction": but(place=3.0),
        "a word": but(place="3"),
        "short hash": but(hash="ab"),
        "no hex": but(hash="zz" * 32),
        "no root": but(root=None),
        "another store's": but(store_id="ab" * 16),
        "no store's": but(store_id="../../x"),
        "folders by name": but(folders={"a": 1}),
        "odd folders": but(folders=["../..", 7]),
        "many folders": but(folders=["ab" * 16] * 5000),
        "of another kind": but(format=99),
        "long": good + b" " * (1 << 21),
    }


@pytest.mark.parametrize("what", sorted(spoilt(b"{}")))
def test_hostile_bytes_in_a_mark_are_a_mark_that_is_gone(lead: Seat, what: str) -> None:
    call(lead, DebtorMaker(lead)())
    assert standing.move(lead) is None
    path = user_mark(lead)
    path.write_bytes(spoilt(path.read_bytes())[what])
    assert doubt(lead.folder) is StoreDoubt.MARKS_GONE
    # the seat that knows better writes it anew with its next act
    call(lead, cases_of(lead))
    assert standing.move(lead) is None
    assert doubt(lead.folder) is None


def test_with_the_other_mark_whole_a_spoilt_one_is_no_doubt(lead: Seat) -> None:
    with_machine_folder()
    kept = aside(lead.folder)
    call(lead, DebtorMaker(lead)())
    assert standing.move(lead) is None
    user_mark(lead).write_bytes(b"\x00" * 100)
    assert doubt(lead.folder) is None
    lead.let_go()
    put_back(kept, lead.folder)
    assert doubt(lead.folder) is StoreDoubt.PUT_BACK


@posix
@pytest.mark.parametrize("what", ["a folder", "a pipe nobody writes to", "a device without an end", "a loop"])
def test_what_is_no_file_is_no_mark_and_holds_nobody_up(lead: Seat, what: str) -> None:
    call(lead, DebtorMaker(lead)())
    assert standing.move(lead) is None
    path = user_mark(lead)
    path.unlink()
    if what == "a folder":
        path.mkdir()
    elif what == "a pipe nobody writes to":
        os.mkfifo(path)
    elif what == "a device without an end":
        path.symlink_to("/dev/zero")
    else:
        path.symlink_to(path)
    assert doubt(lead.folder) is StoreDoubt.MARKS_GONE


def test_a_littered_folder_of_marks_slows_nobody_down(lead: Seat) -> None:
    folder = home_folder() / "marks"
    for number in range(3000):
        (folder / f"{number:032x}.json").write_bytes(b"{}")
    opened = []
    real = Path.open

    def counted(self: Path, *args: object, **more: object) -> object:
        opened.append(self)
        return real(self, *args, **more)  # type: ignore[call-overload]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", counted)
        marks.read(lead.folder, lead.store_id)
    assert len(opened) <= 1000


@posix
def test_other_users_may_read_the_machine_s_marks_and_nobody_those_of_the_user(lead: Seat) -> None:
    with_machine_folder()
    assert standing.tie(lead) is None
    (machine,) = machine_folder().iterdir()
    assert machine.stat().st_mode & 0o777 == 0o644
    assert user_mark(lead).stat().st_mode & 0o077 == 0
    told = machine.read_text("utf-8")
    assert str(lead.folder) not in told
    assert WHO not in told
