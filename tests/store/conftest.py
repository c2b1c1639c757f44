"""Small stores for the tests of this room: Argon2id is made cheap, everything else is as in earnest."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from collector_desk.store import keys
from collector_desk.store.store import Store
from tests.samples.ids import an_id
from tests.samples.rows import Filer

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
            patch.setattr(keys, name, value)
        yield


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


@pytest.fixture(scope="module")
def asked(cheap_passwords: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of nobody, for all questions of a module."""
    store, _, _ = Store.create(tmp_path_factory.mktemp("asked") / "store", name="王", password="pw", at=AT)
    with store:
        yield store


class _UndoneError(Exception):
    """Ends a test's transaction."""


@pytest.fixture
def conn(asked: Store) -> Iterator[Connection]:
    """A transaction on it: whatever a test writes is undone at its end."""
    with suppress(_UndoneError), asked.write() as conn:
        yield conn
        raise _UndoneError


@pytest.fixture
def filed(conn: Connection, asked: Store) -> Filer:
    """Writes rows into that transaction."""
    return Filer(conn, asked.store_id, an_id("who"))
