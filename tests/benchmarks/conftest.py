"""The big store for the benchmarks, a copy they may write to, and what was measured told at the end."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.benchmark_tools import SAID, size
from tests.benchmarks.big_store import NOW, big_store
from tests.samples.store import SetClock, copy_store, known_here


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if SAID:
        terminalreporter.section("measured")
        load = f"; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else ""
        for line in [*SAID, f"(medians on this machine{load}: the ratios are what lasts)"]:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the big store, thrown away at the end of the run."""
    folder = tmp_path_factory.mktemp("big") / "store"
    copy_store(big_store(*size()), folder)
    if hasattr(os, "sync"):
        os.sync()  # else the first commits wait for the copy to reach the disk
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def clock(big: Path) -> SetClock:
    """Goes on where the last benchmark on the copy left off, or at ten the next morning."""
    known_here(big)  # each test has a home of its own
    if big not in _CLOCKS:
        _CLOCKS[big] = SetClock(NOW)
        _CLOCKS[big].forward(minutes=5)
    found = _CLOCKS[big]
    while not NOW.hour <= found.at.hour < NOW.hour + 7:  # else nobody may be called
        found.forward(hours=1)
    return found


_CLOCKS: dict[Path, SetClock] = {}
