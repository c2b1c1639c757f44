"""A few hundred spoilt bank files: each is read or ends in a sentence, and none needs more than it may."""

from tests.faults import mutated_files

FILES, SEED = 250, 20261130


def test_spoilt_files_are_read_or_refused_within_their_limits() -> None:
    ends: list[tuple[str, str]] = []
    mutated_files.read_all(FILES, SEED, lambda name, end, _seconds: ends.append((name, end)))
    assert len(ends) == FILES
    assert {end for _, end in ends if end.startswith("parsing.")} == set()
    for name in mutated_files.originals():
        assert "read" in {end for sort, end in ends if sort == name}, f"no {name} was good enough to be read"
