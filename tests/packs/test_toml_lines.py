"""Lines of a TOML text, found for error messages."""

import tomllib

import pytest

from collector_desk.packs.toml_lines import LineIndex, toml_error_line

TEXT = '''# head
[pack]
id = "a"
scripts = [
  "one.toml",
  "two.toml",   # last
]

[[step]]
id = "greet"
say = """
Good day,
[[step]]
id = "not me"
"""
branches = [
  { key = "1", to = "x, y" },
  # the other
  { key = "2", to = "z" },
]

[[step]]
id = "end"
text.en = "Bye"
[[step.branches]]
key = "1"
[[step.branches]]
key = "2"
'''


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (("pack",), 2),
        (("pack", "id"), 3),
        (("pack", "scripts"), 4),
        (("pack", "scripts", 0), 5),
        (("pack", "scripts", 1), 6),
        (("step", 0), 9),
        (("step", 0, "id"), 10),
        (("step", 0, "say"), 11),
        (("step", 0, "branches", 0), 17),
        (("step", 0, "branches", 1), 19),
        (("step", 0, "branches", 1, "to"), 19),
        (("step", 1), 22),
        (("step", 1, "text", "en"), 24),
        (("step", 1, "branches", 1), 27),
        (("step", 1, "branches", 1, "key"), 28),
        (("step", 1, "missing"), 22),
        (("nowhere",), 1),
        ((), 1),
    ],
)
def test_the_line_of_a_path(where, line):
    tomllib.loads(TEXT)  # the sample is TOML
    assert LineIndex(TEXT).line(where) == line


def test_a_broken_text_still_gives_the_lines_it_has():
    assert LineIndex("[pack]\nid = [1, 2").line(("pack", "id")) == 2
    assert LineIndex('a = "unclosed\nb = 1').line(("a",)) == 1


def test_the_line_a_toml_error_names():
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads("a = 1\nb = soon\n")
    assert toml_error_line(str(error.value)) == 2
    assert toml_error_line("nothing said") == 1
