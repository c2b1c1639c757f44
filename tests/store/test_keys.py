import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.message import Refused, Trouble
from collector_desk.exchange.store_folder import KEYS, TWIN
from collector_desk.store import keyfile, keys
from collector_desk.store.keys import Unlocked
from collector_desk.store.recovery import ALPHABET, new_code, normalise_code
from collector_desk.store.store import Store
from collector_desk.words.messages import render

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
Opened = tuple[Store, Unlocked]


def code_of(caught: pytest.ExceptionInfo[Trouble]) -> str:
    return caught.value.message.code


# --- the printed code ------------------------------------------------------------------------------------


def test_a_code_is_easy_to_type() -> None:
    code = new_code()
    assert [len(group) for group in code.split("-")] == [4] * 8
    plain = code.replace("-", "")
    assert normalise_code(code) == plain
    assert normalise_code(f"  {code.lower()} ".replace("-", "  ")) == plain
    assert normalise_code(code.replace("0", "O").replace("1", "l").replace("V", "u")) == plain
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isalnum() else char for char in code)
    assert normalise_code(wide) == plain


@given(position=st.integers(0, 31), other=st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_noticed(position: int, other: str) -> None:
    plain = "7" + "0123456789ABCDEFGHJKMNPQRSTVWX"  # 31 characters; the last follows from them
    whole = next(plain + last for last in ALPHABET if _valid(plain + last))
    typed = whole[:position] + other + whole[position + 1 :]
    assert _valid(typed) == (typed == whole)


def _valid(text: str) -> bool:
    try:
        return normalise_code(text) == text
    except Trouble:
        return False


@pytest.mark.parametrize("typed", ["", "ABCD", "*" * 32, "0" * 31 + "1", "王" * 32])
def test_nonsense_is_a_typing_error(typed: str) -> None:
    with pytest.raises(Trouble) as caught:
        normalise_code(typed)
    assert code_of(caught) == "store.recovery_mistyped"


# --- slots -----------------------------------------------------------------------------------------------


def test_the_same_password_from_another_input_method(opened: Opened) -> None:
    store, boss = opened
    slot = store.prepare_slot(name="陈", password="Ｐａｓｓ１２３é", root=boss.root)
    with store.write() as conn:
        store.admit(conn, slot, by=boss, at=AT)
    assert keys.unlock(store.folder, "陈", "Pass123e\u0301")[1].person_id == slot.person_id


def test_no_slot_without_a_password(opened: Opened) -> None:
    with pytest.raises(Refused) as caught:
        opened[0].prepare_slot(name="陈", password="", root=opened[1].root)
    assert code_of(caught) == "store.password_empty"


def test_a_slot_exchanged_between_people_opens_nothing(opened: Opened) -> None:
    """Each wrapped key is bound to its slot and person."""
    store, boss = opened
    slot = store.prepare_slot(name="陈", password="x", root=boss.root)
    with store.write() as conn:
        store.admit(conn, slot, by=boss, at=AT)
    body = keyfile.read_keys(store.folder)
    first, second = (found for found in body["slots"] if found["kind"] == keys.PERSON)
    first["kdf"], first["key"], first["signing"] = second["kdf"], second["key"], second["signing"]
    keyfile.write_keys(store.folder, body)
    with pytest.raises(Trouble) as caught:
        keys.unlock(store.folder, first["id"], "x")
    assert code_of(caught) == "store.wrong_password"


def test_nothing_secret_is_in_the_key_file_or_in_a_repr(opened: Opened) -> None:
    store, boss = opened
    text = (store.folder / KEYS).read_text("utf-8")
    for secret in (store.key, boss.signing_key.private_bytes_raw()):
        assert secret.hex() not in text
        assert secret.hex() not in repr(boss)
    assert "signing_key" not in repr(boss)


def test_the_recovery_slot_can_be_exchanged(opened: Opened) -> None:
    store, boss = opened
    new = store.prepare_recovery(boss)
    with store.write() as conn:
        store.offer_recovery(conn, new, by=boss.signing_key, actor_id=boss.person_id, at=AT)
    assert len([slot for slot in keys.slots(store.folder) if slot["kind"] == keys.RECOVERY]) == 2
    with store.write() as conn:
        store.confirm_recovery(conn, actor_id=boss.person_id, at=AT)
        store.confirm_recovery(conn, actor_id=boss.person_id, at=AT)  # twice is once
    ((found, code),) = keys.unlock_with_recovery(store.folder, new.code)
    assert (found, code.store_id, code.root) == ([store.key], store.store_id, boss.root)


def test_the_key_file_goes_back_with_its_transaction(opened: Opened) -> None:
    store, boss = opened
    before = (store.folder / KEYS).read_bytes()
    slot = store.prepare_slot(name="陈", password="x", root=boss.root)
    recovery = store.prepare_recovery(boss)

    def admit_and_fail() -> None:
        with store.write() as conn:
            store.admit(conn, slot, by=boss, at=AT)
            store.offer_recovery(conn, recovery, by=boss.signing_key, actor_id=boss.person_id, at=AT)
            raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        admit_and_fail()
    assert (store.folder / KEYS).read_bytes() == before
    with store.write() as conn:
        store.admit(conn, slot, by=boss, at=AT)
    assert [person.name for person in keys.people(store.folder)] == ["王", "陈"]


# --- the file --------------------------------------------------------------------------------------------


def test_a_damaged_key_file_is_read_from_its_twin(opened: Opened) -> None:
    folder = opened[0].folder
    (folder / KEYS).write_bytes(b"\x00" * 10)
    assert [person.name for person in keys.people(folder)] == ["王"]
    (folder / TWIN).unlink()
    with pytest.raises(Trouble) as caught:
        keys.people(folder)
    assert code_of(caught) == "store.keys_damaged"


@pytest.mark.parametrize("damage", ["one digit", "not json", "a list", "other text"])
def test_damage_is_told_from_absence(opened: Opened, damage: str) -> None:
    folder = opened[0].folder
    for name in (KEYS, TWIN):
        text = (folder / name).read_text("utf-8")
        changed = {
            "one digit": text.replace('"passes": 1', '"passes": 2'),
            "not json": text[:-20],
            "a list": "[]",
            "other text": json.dumps({"body": {"slots": []}, "sha256": ""}),
        }[damage]
        (folder / name).write_text(changed, "utf-8")
    with pytest.raises(Trouble) as caught:
        Store.open(folder, "王", "pw")
    assert code_of(caught) == "store.keys_damaged"


def test_no_store_here(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(Trouble) as caught:
            keys.people(folder)
        assert code_of(caught) == "store.no_store"


def test_a_key_file_of_a_newer_program_or_of_one_before_the_first_release(opened: Opened) -> None:
    body = keyfile.read_keys(opened[0].folder)
    for number, code in ((3, "store.newer_program"), (1, "store.older_store")):
        keyfile.write_keys(opened[0].folder, {**body, "format": number})
        with pytest.raises(Trouble) as caught:
            keys.people(opened[0].folder)
        assert code_of(caught) == code


def test_the_lock_keeps_changes_apart(opened: Opened) -> None:
    folder = opened[0].folder
    with keyfile.locked_keys(folder), pytest.raises(Trouble) as caught, keyfile.locked_keys(folder, patience=0.0):
        pass
    assert code_of(caught) == "store.locked"

    def count_up() -> None:
        for _ in range(10):
            with keyfile.locked_keys(folder):
                body = keyfile.read_keys(folder)
                keyfile.write_keys(folder, {**body, "count": body.get("count", 0) + 1})

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert keyfile.read_keys(folder)["count"] == 40
    assert not list(folder.glob("*.part"))


def test_a_leftover_without_keys_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"half made")
    store, _, _ = Store.create(tmp_path, name="王", password="pw", at=AT)
    store.close()
    assert (tmp_path / "store.db.20261122T080000.unfinished").read_bytes() == b"half made"


def test_every_message_has_its_words() -> None:
    """Each Trouble of this room renders in both languages with the figures it is given."""
    import re

    import collector_desk.store

    folder = Path(collector_desk.store.__file__).parent
    used = set()
    for path in folder.rglob("*.py"):
        used |= set(re.findall(r'"(store\.[a-z_]+)"', path.read_text("utf-8")))
    used.remove("store.db")  # the file's name
    figures = {
        "folder": "f",
        "file": "f",
        "found": "1",
        "known": "1",
        "name": "n",
        "given": 1,
        "wanted": 2,
        "free": 1,
    }
    figures |= {"now": AT, "last": AT, "mark": 2, "tables": "t", "backup": "b", "lines": 1, "rows": 1, "heads": 1}
    figures |= {
        "seq": 1,
        "count": 1,
        "person": "p",
        "at": AT,
        "root": "r",
        "free": 1,
        "debtors": 1,
        "digest": "d",
        "of": 2,
        "seed": 7,
        "store": "K7M",
        "place": 1,
    }
    from collector_desk.domain.message import Message

    for code in used:
        for lang in ("en", "zh_CN"):
            assert render(Message(code, figures), lang) != code
