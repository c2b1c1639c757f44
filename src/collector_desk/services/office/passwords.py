"""Which passwords are too easy to guess, judged by zxcvbn with what everybody knows of the store in its list.

It brings neither the database nor Qt: the first start asks it while a password is typed.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from enum import IntEnum

from collector_desk.domain.message import Refused
from collector_desk.domain.people import MIN_PASSWORD
from collector_desk.packs.pinyin import syllables

_LONGEST = 72  # what zxcvbn looks at; more only makes it slow
_SAFE = 3  # zxcvbn: "safely unguessable, moderate protection from offline slow-hash scenario"
_SURE = 4
_OURS = ("collector", "desk", "cuishou", "催收")


class Strength(IntEnum):
    """In rising order; below ``FAIR`` it is refused."""

    SHORT = 0
    WEAK = 1
    FAIR = 2
    GOOD = 3


def strength(password: str, known: Iterable[str] = ()) -> Strength:
    """How hard the password is to guess for who knows these names. 2 ms, the first time 70."""
    if len(password) < MIN_PASSWORD:
        return Strength.SHORT
    from zxcvbn import zxcvbn

    plain = unicodedata.normalize("NFKC", password)
    names = sorted({form for name in (*_OURS, *known) for form in _forms(name)})
    score = zxcvbn(_latin(plain, names)[:_LONGEST], user_inputs=names)["score"]
    return Strength.GOOD if score >= _SURE else Strength.FAIR if score >= _SAFE else Strength.WEAK


def check_password(password: str, known: Iterable[str] = ()) -> None:
    """Refuse a password that is too short, or that somebody who knows these names would try."""
    found = strength(password, known)
    if found is Strength.SHORT:
        raise Refused("office.weak_password", "password", least=MIN_PASSWORD)
    if found is Strength.WEAK:
        raise Refused("office.guessable_password", "password")


def _forms(name: str) -> Iterator[str]:
    """A name as it gets into passwords: whole and by its words, in characters, in pinyin, by initials."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    for part in (plain.replace(" ", ""), *plain.split()):
        if len(part) > 1:
            yield part
        sounds = [syllables().get(char, char) for char in part]
        if part and not part.isascii():
            yield "".join(sounds)
            yield from (sound for sound in (sounds[0], "".join(sounds[1:])) if len(sound) > 1)
            if len(sounds) > 1:
                yield "".join(sound[:1] for sound in sounds)


def _latin(password: str, names: Iterable[str]) -> str:
    """Names that stand in the password in characters, as zxcvbn looks them up: it folds the case of both."""
    return password.casefold() if any(name in password.casefold() for name in names) else password
