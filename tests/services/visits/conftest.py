"""The room's own template: with the store's certificate, which would take a second in every test that signs."""

from pathlib import Path

import pytest

from collector_desk.services.office import certificates
from tests.samples.store import SetClock, copy_store, sit_down
from tests.services.conftest import MANAGER


@pytest.fixture(scope="session")
def ready_store(ready_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the common template in which papers were signed before."""
    folder = tmp_path_factory.mktemp("signing") / "store"
    copy_store(ready_store, folder)
    seat = sit_down(folder, MANAGER, clock=SetClock())
    certificates.identity(seat)
    seat.store.close()
    return folder
