"""Short forms of notes: ``/ptp`` typed in a note becomes a sentence. They come with the program, from the team's
lead, or are one's own; one's own go before the team's, the team's before the program's.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from collector_desk.domain.message import Message, msg
from collector_desk.domain.text.cleaning import is_hidden
from collector_desk.domain.text.wording import Category, Severity, WordingFinding
from collector_desk.domain.vocabulary import Speaker

MAX_NAME = 12
"""Characters of a name, without its slash."""
MAX_TEXT = 300
"""Characters of what a short form stands for."""
ENDS = " \t\n，。,.;；:：!！?？、)）”」』"
"""What finishes a short form, typed behind it."""

_SLASHES = "/／"
_STARTS = rf"(?:[{_SLASHES}]|、(?=[a-zA-Zａ-ｚＡ-Ｚ]))"
"""What opens one: a slash, or what its key gives with a Chinese input method on, before Latin letters."""
_ENDED = re.escape(ENDS)
_CODE = re.compile(rf"{_STARTS}([^\s{_SLASHES}{_ENDED}]{{1,24}})(?=$|[\s{_ENDED}])")
_BEGUN = re.compile(rf"{_STARTS}([^\s{_SLASHES}{_ENDED}]{{0,24}})$")
_NAME = re.compile(rf"[a-z〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]{{1,{MAX_NAME}}}")
_FIGURES = re.compile(r"\d(?:[\s\-.·]?\d){4,}")


class Figure(StrEnum):
    """What of the log a short form may hold: filled in where it is known already."""

    AMOUNT = "amount"
    WHEN = "when"
    WAY = "way"


_FIGURE = re.compile(r"【(金额|时间|方式)】|\[(amount|when|way)\]")
_CALLED = {"金额": Figure.AMOUNT, "时间": Figure.WHEN, "方式": Figure.WAY} | {one.value: one for one in Figure}
GAP = "…"
"""Stands where the agent fills something in; two of them are the ellipsis of Chinese."""
_GAP = re.compile(rf"(?<!{GAP}){GAP}(?!{GAP})")


class Whose(StrEnum):
    """Where a short form comes from."""

    OWN = "own"
    TEAM = "team"
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class ShortForm:
    """Any of ``names`` (without the slash) typed in a note becomes ``text``. ``id`` is "" for the program's."""

    names: tuple[str, ...] = field(repr=False)
    text: str = field(repr=False)
    whose: Whose = Whose.SHIPPED
    id: str = ""


@dataclass(frozen=True, slots=True)
class FormWish:
    """A short form as it is typed in: for the whole team or oneself, and whether it replaces one of that name."""

    name: str
    text: str = field(repr=False)
    team: bool = False
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class FormFinding:
    """Something about one field, ``name`` or ``text``."""

    field_name: str
    message: Message


@dataclass(frozen=True, slots=True)
class FormCheck:
    """What stands in the way, and what has to be confirmed."""

    refusals: tuple[FormFinding, ...] = ()
    warnings: tuple[FormFinding, ...] = ()


Wording = Callable[[str, Speaker], Sequence[WordingFinding]]


def folded(name: str) -> str:
    """A name as it is compared: without its slash, full width or capitals."""
    plain = unicodedata.normalize("NFKC", name).casefold().strip()
    return plain.removeprefix("/")


def by_name(forms: Iterable[ShortForm]) -> dict[str, str]:
    """Each name and what it stands for; the first of a name counts."""
    texts: dict[str, str] = {}
    for form in forms:
        for name in form.names:
            texts.setdefault(folded(name), form.text)
    return texts


def in_force(forms: Iterable[ShortForm]) -> tuple[ShortForm, ...]:
    """What acts for one person, their own first: a name one of them takes is gone from those behind it."""
    taken: set[str] = set()
    found = []
    for form in sorted(forms, key=lambda one: list(Whose).index(one.whose)):
        names = tuple(name for name in form.names if folded(name) not in taken)
        taken |= {folded(name) for name in names}
        if names:
            found.append(ShortForm(names, form.text, form.whose, form.id))
    return tuple(found)


def filled(text: str, figures: Mapping[Figure, str]) -> str:
    """What a short form becomes: the log's figures where they are known, else a gap."""
    return _FIGURE.sub(lambda found: figures.get(_CALLED[found[1] or found[2]], "") or GAP, text)


def gap_after(text: str, place: int) -> int | None:
    """Where the next gap stands, round and round; None where there is none."""
    found = [one.start() for one in _GAP.finditer(text)]
    return next((at for at in found if at >= place), found[0] if found else None)


def expand(
    text: str, codes: Mapping[str, str], cursor: int | None = None, typed: tuple[int, int] | None = None
) -> tuple[str, int]:
    """Replace each complete ``/name`` by its text; returns the new text and where the cursor then stands.

    ``codes`` maps folded names to texts. A name counts once a space, punctuation or the end follows it; with
    ``typed`` (from, to) only those that what was typed there has just finished. Unknown names, dates (11/22) and
    addresses (a/b) stay as typed.
    """
    place = len(text) if cursor is None else cursor
    parts: list[str] = []
    done = 0
    moved = 0
    for found in _CODE.finditer(text):
        value = codes.get(folded(found[1]))
        just = typed is None or typed[0] <= found.end() < typed[1]
        if value is None or not just or not _free(text, found.start()):
            continue
        parts += [text[done : found.start()], value]
        done = found.end()
        if done <= place:
            moved += len(value) - len(found[0])
        elif found.start() < place:
            moved += len(value) - (place - found.start())
    parts.append(text[done:])
    return "".join(parts), place + moved


def begun(text: str, cursor: int) -> tuple[int, str] | None:
    """The short form being typed at the cursor: where its slash stands, and its letters so far; None elsewhere."""
    found = _BEGUN.search(text, max(cursor - 26, 0), cursor)
    if found is None or not _free(text, found.start()):
        return None
    return found.start(), found[1]


def offered(forms: Iterable[ShortForm], typed: str) -> list[ShortForm]:
    """The short forms whose name begins with what is typed; all of them for nothing typed."""
    start = folded(typed)
    return [form for form in forms if any(folded(name).startswith(start) for name in form.names)]


def check_form(wish: FormWish, others: Sequence[ShortForm], wording: Wording) -> FormCheck:
    """Judge a short form before it is kept. ``others`` are all but the one that is changed itself."""
    refused = [*_name_refusals(wish, others, wording), *_text_refusals(wish.text, wording)]
    warned = () if refused else tuple(_text_warnings(wish.text, wording))
    return FormCheck(tuple(refused), warned)


def _free(text: str, slash: int) -> bool:
    """Whether a slash may begin a short form: not inside a word, a figure or a path."""
    before = text[slash - 1] if slash else " "
    return not (before in _SLASHES or (before.isascii() and before.isalnum()))


def _name_refusals(wish: FormWish, others: Sequence[ShortForm], wording: Wording) -> Iterable[FormFinding]:
    name = folded(wish.name)
    if not name:
        yield _of_name("packs.short_forms.no_name")
    elif not _NAME.fullmatch(name):
        yield _of_name("packs.short_forms.bad_name", most=MAX_NAME)
    elif reasons := _blocked(name, wording):
        yield FormFinding("name", reasons[0])
    else:
        yield from _clashes(wish, name, others)


def _clashes(wish: FormWish, name: str, others: Sequence[ShortForm]) -> Iterable[FormFinding]:
    same = {form.whose for form in others if name in map(folded, form.names)}
    mine = Whose.TEAM if wish.team else Whose.OWN
    if mine in same:
        yield _of_name("packs.short_forms.taken", name=name)
    elif Whose.SHIPPED in same and wish.team:
        yield _of_name("packs.short_forms.shipped_for_team", name=name)
    elif not wish.replaces and not wish.team and same:
        code = "packs.short_forms.team_has_it" if Whose.TEAM in same else "packs.short_forms.shipped_has_it"
        yield _of_name(code, name=name)


def _text_refusals(text: str, wording: Wording) -> Iterable[FormFinding]:
    if not text.strip():
        yield FormFinding("text", msg("packs.short_forms.no_text"))
    elif len(text) > MAX_TEXT:
        yield FormFinding("text", msg("packs.short_forms.too_long", most=MAX_TEXT))
    elif any(map(is_hidden, text)):
        yield FormFinding("text", msg("packs.short_forms.hidden"))
    elif reasons := _blocked(text, wording):
        yield FormFinding("text", reasons[0])


def _text_warnings(text: str, wording: Wording) -> Iterable[FormFinding]:
    """What looks like somebody's number, and what the wording check warns of."""
    found = wording(text, Speaker.DEBTOR)
    numbers = any(one.category is Category.PERSONAL_NUMBER for one in found)
    if numbers or _FIGURES.search(unicodedata.normalize("NFKC", text)):
        yield FormFinding("text", msg("packs.short_forms.figures"))
    elif found:
        yield FormFinding("text", found[0].reason)


def _blocked(text: str, wording: Wording) -> list[Message]:
    """Why it can't be written with the debtor or with anybody else on the line: it may be used with both."""
    found = [*wording(text, Speaker.DEBTOR), *wording(text, Speaker.THIRD_PARTY)]
    return [one.reason for one in found if one.severity is Severity.BLOCK]


def _of_name(code: str, **params: str | int) -> FormFinding:
    return FormFinding("name", msg(code, **params))
