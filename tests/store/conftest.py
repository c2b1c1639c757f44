"""Small stores for the tests of this room: Argon2id is made cheap, everything else is as in earnest."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from collector_desk.store import keys
from collector_desk.store.store import Store

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "_PASSES", 1)
    monkeypatch.setattr(keys, "_LANES", 1)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Store, keys.Unlocked]]:
    store, person, _ = Store.create(tmp_path / "store", name="王", password="pw", at=AT)
    with store:
        yield store, person


@pytest.fixture
def raw(opened: tuple[Store, keys.Unlocked]) -> Iterator[Any]:
    """A keyed connection past all our code, as somebody with a password and a debugger has it."""
    import sqlcipher3

    store, _ = opened
    connection = sqlcipher3.connect(str(store.database_path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{store.key.hex()}'\"")
    yield connection
    connection.close()
