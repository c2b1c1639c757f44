"""A placement's rows as they are made for the driver, without a store."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.intake.values import Contact, PlacementRow
from collector_desk.store.ids import new_id
from collector_desk.store.intake.batches import KnownPlacement
from collector_desk.store.intake.placed import PlacedRows, content_text, skeleton_text
from collector_desk.store.intake.rows import PlannedDebtor, RowMaker
from collector_desk.store.numbers import Issuer
from collector_desk.store.sqlite.bulk import json_text

PLACEMENT = KnownPlacement(new_id(), "XK-1", PlacementTerms("某某银行"), date(2026, 11, 2), fresh=True)
TEXT = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(
    ['"', "\\", "\x00\x1f\x7f", "\u2028𠮷", "王"]
)
NUMBER = st.none() | st.integers(-(10**15), 10**15)
DAY = st.none() | st.dates()
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
KINDS = {str: TEXT, int | None: NUMBER, date | None: DAY, tuple[str, ...]: TEXTS, int: st.integers(0, 10**9)}
CONTACTS = st.lists(st.builds(Contact, TEXT, TEXT, TEXT), max_size=2).map(tuple)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple)
ROWS = st.builds(
    PlacementRow,
    **{name: KINDS[kind] for name, kind in PlacementRow.__annotations__.items() if kind in KINDS}
    | {"placement_no": st.just("XK-1"), "contacts": CONTACTS, "extras": PAIRS, "days_past_due": st.none()},
)


class Told(PlacedRows):
    """What was to be written of each debtor, beside it."""

    def __init__(self) -> None:
        super().__init__("batch")
        self.told: list[tuple[Sequence[Mapping[str, Any]], Mapping[str, Any]]] = []

    def add(
        self, row_id: str, debtor_id: str, skeleton: Sequence[Mapping[str, Any]], content: Mapping[str, Any]
    ) -> None:
        self.told.append((skeleton, content))


@given(st.lists(ROWS, min_size=1, max_size=2), TEXT, TEXT)
def test_what_was_placed_is_written_as_json_writes_it(rows: list[PlacementRow], customer: str, id_no: str) -> None:
    maker = RowMaker(
        "batch", {"XK-1": PLACEMENT}, lambda *_: {}, date(2026, 11, 3), "Asia/Shanghai", Issuer(new_id(), "K7M"), 1
    )
    maker.placed = Told()
    maker.make([PlannedDebtor(new_id(), ("某某银行", customer, id_no), None, rows)])
    ((skeleton, content),) = maker.placed.told
    assert skeleton_text(skeleton) == json_text(skeleton)
    assert content_text(content) == json_text(content)
    assert len(skeleton) == len(content["cases"]) == len(rows)
