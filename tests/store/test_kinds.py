"""Every table is history, a projection of it, or working state, as docs/architecture.md says of each."""

import re
from pathlib import Path

import collector_desk.store.schema  # noqa: F401 -- hangs every table on the metadata
from collector_desk.store.metadata import HISTORY, metadata
from collector_desk.store.projections.replay import DESK, WHOLE

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "architecture.md"
KINDS = ("history", "chain", "projection", "placed", "kept", "working")


def told() -> dict[str, str]:
    """Each table's kind, as the document has it."""
    text = DOCUMENT.read_text("utf-8")
    rows = re.findall(r"^\| (\w+) \| ((?:`\w+`[, ]*)+) \|", text, re.M)
    return {table: kind for kind, tables in rows if kind in KINDS for table in re.findall(r"`(\w+)`", tables)}


def test_every_table_is_of_a_kind() -> None:
    assert set(told()) == set(metadata.tables)


def test_history_is_what_triggers_keep() -> None:
    assert {table for table, kind in told().items() if kind == "history"} == set(HISTORY)


def test_projections_are_what_is_replayed() -> None:
    kinds = told()
    assert {table.name for table in (*WHOLE, *DESK)} == {
        table for table, kind in kinds.items() if kind == "projection"
    }
