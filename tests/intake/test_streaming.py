"""A file is gone through in pieces: nothing depends on where a piece or a block ends."""

import csv
import io
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.intake import decoding
from collector_desk.intake.decoding import SourceText, decode, split_rows
from collector_desk.intake.placement import read_placement
from collector_desk.intake.spool import Spool
from tests.samples.bank_files import account, grid, text

CODECS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32", "big5")
WORDS = st.text(alphabet=st.sampled_from("ab1,\"' 王𬭎—"), max_size=6)


def spooled() -> Spool[int]:
    return Spool(pickle.dumps, pickle.loads)


@given(st.integers(0, 1700), st.integers(-1800, 1800), st.integers(-1800, 1800), st.integers(1, 600))
def test_a_spool_is_a_sequence_like_any_other(count: int, start: int, stop: int, step: int) -> None:
    numbers, kept = list(range(count)), spooled()
    kept.extend(numbers)
    assert len(kept) == count
    assert list(kept) == numbers
    assert kept == numbers
    part = kept[start:stop:step]
    assert list(part) == numbers[start:stop:step]
    assert list(part[1:]) == numbers[start:stop:step][1:]
    for at in (0, -1, start, count // 2):
        if -count <= at < count:
            assert kept[at] == numbers[at]
        else:
            with pytest.raises(IndexError):
                kept[at]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("piece", [1, 2, 3, 7, 1000])
def test_a_character_may_lie_across_two_pieces(codec: str, piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "_PIECE", piece)
    said = "客户,金額\r\n王明,1\r李四,2\n" * 9
    if codec == "big5":
        said = said.replace("户", "戶")
    made = SourceText.of(said.encode(codec), codec)
    assert "".join(made.pieces()).removeprefix("\ufeff") == said
    assert list(made.lines()) == said.splitlines(keepends=True)
    assert made.damage() == 0
    if codec not in {"utf-16-le", "big5"}:
        assert decode(said.encode(codec))[1] == codec.removesuffix("-sig")


@given(
    st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=1, max_size=9), st.sampled_from(("\n", "\r\n", "\r"))
)
def test_what_a_program_wrote_comes_back_cell_for_cell(rows: list[list[str]], end: str) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *rows])
    split = split_rows(SourceText.of(out.getvalue().encode(), "utf-8"))
    assert [list(row) for row in split.rows] == [["a", "b"], *rows]
    assert list(split.lines) == list(range(1, len(rows) + 2))
    assert split.widths is not None
    assert set(split.widths) == {2}
    assert not split.loose


def test_a_long_file_is_kept_squeezed_and_read_as_a_short_one_is() -> None:
    rows = [account(n) for n in range(1300)]
    rows[700]["委案金额"] = "much"
    rows[1299]["账户号"] = rows[3]["账户号"]
    found = read_placement(text(grid(rows)), "long.csv")
    assert len(found.rows) == 1298
    assert found.set_aside == 2
    assert [row.line for row in found.rows] == [n + 2 for n in range(1299) if n != 700]
    assert found.rows[-1].name == "黄𬭎䶮"
    assert found.amounts == {"CNY": 404_409 * 1298}
    assert list(found.placements) == ["XK202611-09"]
    refused = {problem.line: problem.reason.code for problem in found.problems if problem.severity == "refused"}
    assert set(refused) == {702, 1301}
    assert refused[1301] == "intake.account_twice"
    assert isinstance(found.rows, Spool)
    assert len(pickle.dumps(found.rows._blocks)) < 1298 * 120, "a row takes no more than a line of the file"
