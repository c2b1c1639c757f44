"""What was typed, reduced to what was meant: Chinese without filler and regional turns, English without
contractions, pinyin cut into syllables."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from collector_desk.domain.calls.objection_cards import Promise, Speech
from collector_desk.domain.text.plain_text import Reader

_HAN = re.compile(r"[\u2e80-\u9fff\U00020000-\U0003ffff]")
_CONTRACTIONS = (
    (r"\bcan['’]?t\b|\bcannot\b", "can not"),
    (r"\bwon['’]?t\b", "will not"),
    (r"\b(do|does|did|is|are|was|were|has|have|had|could|should|would|must|need)n['’]?t\b", r"\1 not"),
    (r"\bain['’]?t\b", "is not"),
    (r"\bi['’]?m\b", "i am"),
    (r"\b(i|you|we|they)['’]?ve\b", r"\1 have"),
    (r"\b(you|we|they)['’]re\b|\btheyre\b|\byoure\b", r"\1 are"),
    (r"\b(i|you|he|she|it|we|they|that|there|nobody)['’]ll\b", r"\1 will"),
    (r"\b(i|you|he|she|we|they)['’]d\b", r"\1 would"),
    (r"\b(he|she|it|that|what|who|where|how|there|here|everyone|nobody)['’]s\b", r"\1 is"),
    (r"\b(hes|shes|thats|whats|whos|wheres|theres)\b", lambda found: found[0][:-1] + " is"),
    (r"['’]s\b", ""),
    (r"\bgonna\b", "going to"),
    (r"\bwanna\b", "want to"),
    (r"\bgotta\b", "got to"),
    (r"\b(u|ya)\b", "you"),
    (r"\bur\b", "your"),
    (r"\banymore\b", "any more"),
    (r"\bpls\b|\bplz\b", "please"),
)
_FIGURE = "[0-9零〇一二两三四五六七八九十百千万半]"
_NUMBER = f"{_FIGURE}{{1,12}}(?!{_FIGURE})"  # a whole run or none: read piecemeal, it would take for ever
_HOUR = "(?:[0-9]{1,4}|[二两三四五六七八九]|十[一二]?)点(?:半|钟)?"  # 一点 is more often a little than an hour
_DATE = rf"(?:{_HOUR}|{_NUMBER}(?:年|月|号|日|分|天内|天之内|小时内|个小时内))"
_AMOUNT = rf"{_NUMBER}(?:块钱|块|元)?"
_RULES = tuple((re.compile(pattern), text) for pattern, text in _CONTRACTIONS)


def has_han(text: str) -> bool:
    """Whether Chinese characters are in the text."""
    return bool(_HAN.search(text))


class Listener:
    """Normalises what is typed, always the same way for the cards and for the question."""

    def __init__(self, speech: Speech) -> None:
        self._reader = Reader()
        self._folded = lru_cache(8192)(self._fold)
        same = speech.same
        keys = sorted(same, key=len, reverse=True)
        self._same = dict(same)
        self._same_pattern = re.compile("|".join(map(re.escape, keys))) if keys else None
        self._filler = _any_of(speech.filler)
        self._filler_english = re.compile(rf"\b(?:{_alternatives(speech.filler_english)})\b")
        self._idle = frozenset(self._bare(text) for text in speech.idle)
        parts = sorted((text for text in self._idle if text), key=len, reverse=True)
        self._idle |= {self._bare(text) for text in speech.alone}
        self._idle_run = re.compile(rf"(?:{_alternatives(parts)}|{_DATE}|{_AMOUNT})+")
        said = speech.promise
        self._when = re.compile(rf"{_alternatives(said.when)}|{_DATE}")
        self._promise = re.compile(rf"(?:{_alternatives((*said.when, *said.words))}|{_DATE}|{_AMOUNT})+")
        self._promise_english = speech.promise_english

    def chinese(self, text: str) -> str:
        """Letters and characters in a row, without filler words."""
        line = self._folded(text)
        return (self._filler.sub("", line) if self._filler else line) or line

    def plain(self, text: str) -> str:
        """Letters and characters in a row, filler words kept."""
        return self._folded(text)

    def both(self, text: str) -> str:
        """With and without filler words, on two lines: patterns may hold what else is filler."""
        line = self._folded(text)
        return f"{line}\n{self._filler.sub('', line)}" if self._filler else line

    def english(self, text: str) -> str:
        """Lower-case words with single spaces, contractions written out, without filler words."""
        line = text.casefold().replace("\u2019", "'")
        for pattern, full in _RULES:
            line = pattern.sub(full, line)
        line = re.sub(r"[^a-z0-9%' ]+", " ", line).replace("'", "")
        line = self._filler_english.sub(" ", line)
        return " ".join(line.split())

    def is_idle(self, text: str) -> bool:
        """Whether it says nothing to answer: yes, thanks, hello, dates, amounts, rows of such, and promises."""
        bare = self._bare(text)
        if not bare or bare in self._idle or self._idle_run.fullmatch(bare):
            return True
        return bare.isdigit() or (len(bare) < 2 and not has_han(bare)) or self._is_promise(text, bare)

    def _is_promise(self, text: str, bare: str) -> bool:
        """Whether a time to pay is named and nothing else said."""
        if has_han(text):
            return bool(self._promise.fullmatch(bare) and self._when.search(bare))
        words = {word.lstrip("0123456789") or "1" for word in self.english(text).split()}
        known: Promise = self._promise_english
        return not words.isdisjoint(known.when) and words <= {*known.when, *known.words, "1"}

    def _bare(self, text: str) -> str:
        if has_han(text):
            line = self._folded(text)
            return self._filler.sub("", line) if self._filler else line
        return self.english(text).replace(" ", "")

    def _fold(self, text: str) -> str:
        line = "".join(token.char for token in self._reader.tokens(text))
        if self._same_pattern is None:
            return line
        return self._same_pattern.sub(lambda found: self._same[found[0]], line)


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word) or r"(?!)"


def _any_of(words: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile(_alternatives(words)) if words else None


def syllables_of(line: str, pinyin: Mapping[str, str]) -> list[str]:
    """The syllables of a Chinese line; letters and digits stay as they are."""
    return [pinyin.get(char, char) for char in line]


def cut_pinyin(letters: str, known: frozenset[str]) -> list[str] | None:
    """Typed pinyin cut into syllables, the last one possibly unfinished; None where it is no pinyin.

    The fewest syllables win (``xian`` is one), as input methods do.
    """
    if not letters:
        return None
    whole = _fewest(letters, known)
    if whole is not None:
        return whole
    for size in range(1, 5):  # an unfinished last syllable
        head, tail = letters[:-size], letters[-size:]
        if head and any(each.startswith(tail) for each in known):
            cut = _fewest(head, known)
            if cut is not None:
                return [*cut, tail]
    return None


def _fewest(letters: str, known: frozenset[str]) -> list[str] | None:
    rows: list[list[str] | None] = [[]] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for size in range(min(6, end), 0, -1):
            before = rows[end - size]
            if before is None or letters[end - size : end] not in known:
                continue
            current = rows[end]
            if current is None or len(before) + 1 < len(current):
                rows[end] = [*before, letters[end - size : end]]
    return rows[-1]
