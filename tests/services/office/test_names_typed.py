"""A person is found by their name however it is typed; where two could be meant nobody is."""

from pathlib import Path

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.services.desk.settings import Agency
from collector_desk.services.office import people
from collector_desk.store import keys

PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Jose Müller", "Jose Mu\u0308ller"),
        ("Jose Müller", "ＪＯＳＥ Müller "),
        ("阿卜杜拉·买买提", "阿卜杜拉•买买提"),
        ("马云", "⻢云"),
        ("王小明", "王小明\u200b"),
    ],
)
def test_a_name_is_the_same_however_it_is_typed(tmp_path: Path, name: str, typed: str) -> None:
    people.create_store(tmp_path / "store", name=name, password=PASSWORD, agency=Agency()).seat.store.close()
    seat = people.sign_in(tmp_path / "store", typed, PASSWORD)
    assert seat.person.name == name
    seat.store.close()


@pytest.mark.parametrize("typed", ["", " ", "王小", "\u200b", "王小明明"])
def test_another_name_is_nobodys(tmp_path: Path, typed: str) -> None:
    people.create_store(tmp_path / "store", name="王小明", password=PASSWORD, agency=Agency()).seat.store.close()
    with pytest.raises(Trouble) as caught:
        people.sign_in(tmp_path / "store", typed, PASSWORD)
    assert caught.value.message.code == "store.no_such_person"
