"""Flipped bits and foreign objects in the file are told by the proof; an honest file is silent."""

import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.domain.office.proof import FaultKind
from collector_desk.store.keys import Unlocked
from collector_desk.store.store import DATABASE, Store
from collector_desk.store.verify import verify
from tests.store.test_verify import faults, fill

Opened = tuple[Store, Unlocked]
FLIPS, SEED = 50, 20261130


def test_fifty_of_fifty_flipped_bits_are_told(opened: Opened, tmp_path: Path) -> None:
    """At opening, or by the proof: a file with one bit flipped is never called whole."""
    store, _ = opened
    fill(opened, 200)
    store.close()
    whole = (store.folder / DATABASE).read_bytes()
    draw = Random(SEED)  # noqa: S311 -- the same bits in every run
    silent = []
    folder = tmp_path / "flipped"
    shutil.copytree(store.folder, folder)
    for _ in range(FLIPS):
        place, bit = draw.randrange(len(whole)), draw.randrange(8)
        data = bytearray(whole)
        data[place] ^= 1 << bit
        (folder / DATABASE).write_bytes(data)
        try:
            again, _ = Store.open(folder, "王", "pw")
        except Trouble:
            continue
        with again:
            if verify(again).ok:
                silent.append((place, bit))
    assert silent == []


def test_how_many_pages_are_bad_is_said(opened: Opened, tmp_path: Path) -> None:
    store, _ = opened
    fill(opened, 200)
    store.close()
    file = store.folder / DATABASE
    whole = file.read_bytes()
    told = set()
    for page in range(3, len(whole) // 4096):  # somewhere behind what opening reads
        data = bytearray(whole)
        for one in (page, page - 1):
            data[-one * 4096 + 99] ^= 1
        file.write_bytes(data)
        try:
            again, _ = Store.open(store.folder, "王", "pw")
        except Trouble:
            continue
        with again:
            report = verify(again)
        faults(report)
        told = {(found.fault, found.table) for found in report.findings}
        break
    assert (FaultKind.PAGES, "2") in told


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        (
            "CREATE TRIGGER helpful AFTER INSERT ON attempt BEGIN UPDATE debtor SET zone = 'America/New_York'; END",
            "helpful",
        ),
        ("CREATE VIEW people AS SELECT * FROM person", "people"),
        ("CREATE INDEX quick ON person (name)", "quick"),
        ("DROP INDEX ix_journal_row_id", "ix_journal_row_id"),
    ],
)
def test_what_nobody_made_and_what_is_gone_is_named(opened: Opened, raw: Any, statement: str, name: str) -> None:
    assert verify(opened[0]).ok
    raw.execute(statement)
    report = verify(opened[0])
    assert [(found.fault, found.table) for found in report.findings] == [(FaultKind.SCHEMA, name)]
    faults(report)


def test_an_index_made_otherwise_is_named(opened: Opened, raw: Any) -> None:
    raw.execute("DROP INDEX ix_journal_row_id")
    raw.execute("CREATE INDEX ix_journal_row_id ON journal (row_id) WHERE seq > 5")
    assert [found.table for found in verify(opened[0]).findings] == ["ix_journal_row_id"]
