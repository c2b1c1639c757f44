"""What nobody calls is found, what a library calls is not, and an exception that excuses nothing is named."""

from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging.test_tools import load

CALLED = """from enum import StrEnum


class Colour(StrEnum):
    RED = "red"


class Button:
    def paintEvent(self, event):
        return Colour(event)


def press():
    return Button()


BUTTON = press()
print(BUTTON)
"""


@pytest.fixture
def unused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script over a small program of one window, with one exception for it."""
    module = load("unused")
    monkeypatch.setattr(module, "PROGRAM", tmp_path)
    monkeypatch.setattr(module, "HOOKS", (module.Hooks("ui/*", ("*Event",), "Qt calls these"),))
    monkeypatch.setattr(module, "KEPT", {})
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "window.py").write_text(CALLED)
    return module


def test_what_has_a_caller_passes(unused: ModuleType) -> None:
    assert unused.main() == 0


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ("def lonely():\n    return 1\n", "ui/window.py:19: function lonely"),
        ("class Lonely:\n    pass\n", "ui/window.py:19: class Lonely"),
        ("LONELY = 3\n", "ui/window.py:19: variable LONELY"),
        ("class Card(Button):\n    def lonely(self):\n        pass\n\n\nCard()\n", ":20: method lonely"),
        ('def lonely():\n    return 1\n\n\n__all__ = ["lonely"]\n', ":19: function lonely"),
    ],
)
def test_what_is_planted_without_a_caller_fails(
    unused: ModuleType, capsys: pytest.CaptureFixture[str], planted: str, told: str
) -> None:
    with (unused.PROGRAM / "ui" / "window.py").open("a") as file:
        file.write(planted)
    assert unused.main() == 1
    assert told in capsys.readouterr().out


def test_a_form_is_a_caller_and_not_judged(unused: ModuleType) -> None:
    forms = unused.PROGRAM / "ui" / "forms"
    forms.mkdir()
    (unused.PROGRAM / "ui" / "card.py").write_text("class Card:\n    pass\n")
    assert unused.main() == 1
    (forms / "ui_small.py").write_text("def setupUi(self):\n    self.card = Card()\n")
    assert unused.main() == 0


def test_a_hook_counts_only_where_its_library_is(unused: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    (unused.PROGRAM / "plain.py").write_text("def leaveEvent():\n    pass\n")
    assert unused.main() == 1
    assert "plain.py:1: function leaveEvent" in capsys.readouterr().out


def test_an_exception_holds_for_its_module_and_must_excuse_something(
    unused: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (unused.PROGRAM / "plain.py").write_text("def lonely():\n    pass\n")
    unused.KEPT["plain.py:lonely"] = "its button comes later"
    assert unused.main() == 0
    (unused.PROGRAM / "plain.py").write_text("def lonely():\n    pass\n\n\nlonely()\n")
    assert unused.main() == 1
    assert "plain.py:lonely: this exception excuses nothing any more" in capsys.readouterr().out


def test_a_pattern_that_catches_nothing_is_named(unused: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    unused.HOOKS = (*unused.HOOKS, unused.Hooks("ui/*", ("old_*",), "a library we left"))
    assert unused.main() == 1
    assert "ui/*:old_*" in capsys.readouterr().out


def test_exceptions_stay_few(unused: ModuleType) -> None:
    fresh = load("unused")
    assert len(fresh.KEPT) <= fresh.MOST_KEPT
    assert all(fresh.KEPT.values())
