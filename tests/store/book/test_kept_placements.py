"""Questions about placements on file, and their files as the banks sent them."""

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.lists import PlacementInfo
from collector_desk.domain.plain import to_plain
from collector_desk.domain.states import BatchState
from collector_desk.store import tables as t
from collector_desk.store.book import placements
from collector_desk.store.book.placements import ReceivedFile

TERMS = PlacementTerms("某某银行", "手机银行")


def test_placements_come_by_number_with_their_terms_and_banks(conn, filed):
    terms = to_plain(TERMS)
    later, first = (
        filed(t.placement, number=number, bank_name=bank, terms=terms)
        for number, bank in (("2", "乙行"), ("1", "甲行"))
    )
    assert placements.placements(conn) == (PlacementInfo(first, "1", TERMS), PlacementInfo(later, "2", TERMS))
    assert placements.bank_of(conn, later) == "乙行"


def test_a_file_is_given_back_in_its_order_where_its_bytes_lie_here(conn, filed):
    def file(sha256: str, *, taken: bool = True, pieces: tuple[bytes, ...] = ()) -> str:
        file_id = filed(t.received_file, sha256=sha256, filename=f"{sha256}.xlsx", size=6)
        if taken:
            filed(t.batch, file_id=file_id, state=BatchState.VISIBLE)
        for position, content in reversed(list(enumerate(pieces))):
            filed(t.received_piece, file_id=file_id, position=position, content=content)
        return file_id

    here = file("a", pieces=(b"one", b"two"))
    file("b", taken=False, pieces=(b"three",))
    file("c")
    assert placements.received_file(conn, "a") == ReceivedFile(here, "a.xlsx", 6)
    assert [placements.received_file(conn, sha256) for sha256 in "bcd"] == [None] * 3
    assert list(placements.pieces_of(conn, here)) == [b"one", b"two"]
