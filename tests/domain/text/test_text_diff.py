"""The comparison: applied to the old text it gives the new one, whatever the two are."""

from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.text.diff import LineMark, diff_files

TEXTS = st.lists(st.sampled_from(["a", "b", "", "话术", "}"]), max_size=30).map("\n".join)


@given(TEXTS, TEXTS)
def test_gone_and_new_lines_lead_from_one_text_to_the_other(old, new):
    found = diff_files({"f": old}, {"f": new}, around=0)
    gone = {line.old for one in found for line in one.lines if line.mark is LineMark.GONE}
    came = {line.new: line.text for one in found for line in one.lines if line.mark is LineMark.NEW}
    kept = iter(text for number, text in enumerate(old.split("\n"), 1) if number not in gone)
    size = len(old.split("\n")) - len(gone) + len(came)
    made = [came[number] if number in came else next(kept) for number in range(1, size + 1)]
    assert "\n".join(made) == new
    assert bool(found) == (old != new)


def test_a_file_of_one_side_is_all_new_or_all_gone():
    new, gone = diff_files({"b": "x\ny"}, {"a": "1\n2"})
    assert (new.name, new.new, gone.name, gone.gone) == ("a", 2, "b", 2)
