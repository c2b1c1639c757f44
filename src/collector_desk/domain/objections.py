"""Finds the answer to what a debtor says, by meaning as well as by letters, while it is typed.

Four ways of reading what was typed (Chinese, its sound, English, initials) each give every card a score; the best
counts. A score joins how close the wordings are (weighted n-grams) with the card's own patterns ("office or family,
and call"), each pattern weighing less the more other cards' wordings it fits too.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ahocorasick_rs import AhoCorasick

from collector_desk.domain.objection_cards import HelpNumber, Hit, ObjectionCard, Speech
from collector_desk.domain.speech import Listener, cut_pinyin, has_han, syllables_of

__all__ = ["HelpNumber", "Hit", "ObjectionCard", "ObjectionIndex", "Speech"]

_LEAST = 0.1  # below it a hit is chance
_LEAST_ALONE = 0.6  # of a single character: only where it says it all (滚)
_SOUND = 0.8  # the same sound in other characters counts less than the characters
_ENDINGS = ("ing", "ed", "es", "ly", "s")

_Grams = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Pattern:
    card: str
    parts: tuple[frozenset[int], ...]  # numbers of the pieces that satisfy each part
    weight: float
    alarm: bool


class _Reading:
    """One way of reading: the cards' wordings and patterns as grams and strings of that reading.

    ``line_of`` gives the line grams are taken from; ``pieces_in`` the line patterns are looked for in, which may
    hold more (filler words too); ``piece_of`` reads one piece of a pattern.
    """

    def __init__(
        self,
        wordings: Sequence[tuple[str, str]],
        patterns: Sequence[tuple[str, str, bool]],
        how: "_How",
    ) -> None:
        self._how = how
        raw = [how.grams(how.line(text)) for _, text in wordings]
        seen: Counter[str] = Counter()
        for grams in raw:
            seen.update(grams.keys())
        self.idf = {gram: math.log((len(raw) + 1) / (count + 0.5)) for gram, count in seen.items()}
        self._rare = math.log(len(raw) + 1)
        self._cards = [card for card, _ in wordings]
        self._posting: dict[str, list[tuple[int, float]]] = {}
        self._length: list[float] = []
        for number, grams in enumerate(raw):
            weights = {gram: size * self.idf[gram] for gram, size in grams.items()}
            self._length.append(math.sqrt(sum(w * w for w in weights.values())) or 1.0)
            for gram, weight in weights.items():
                self._posting.setdefault(gram, []).append((number, weight))
        self._read_patterns(wordings, patterns)

    def _read_patterns(
        self, wordings: Sequence[tuple[str, str]], patterns: Sequence[tuple[str, str, bool]]
    ) -> None:
        numbers: dict[str, int] = {}
        rows: list[tuple[str, tuple[frozenset[int], ...], bool]] = []
        for card, text, alarm in patterns:
            parts = []
            for part in text.split("+"):
                pieces = [piece for each in part.split("|") if (piece := self._how.piece(each))]
                if pieces:
                    parts.append(frozenset(numbers.setdefault(piece, len(numbers)) for piece in pieces))
            if len(parts) == 1:  # alternatives stand for themselves: each weighs by how special it is
                rows += [(card, (frozenset({number}),), alarm) for number in sorted(parts[0])]
            elif parts:
                rows.append((card, tuple(parts), alarm))
        self._sizes = [self._how.units(piece) for piece in numbers]
        self._pieces = AhoCorasick(list(numbers))
        using: dict[int, set[int]] = {}
        for place, (_, parts_of, _) in enumerate(rows):
            for number in parts_of[0]:
                using.setdefault(number, set()).add(place)
        self._using = using
        strangers: list[set[str]] = [set() for _ in rows]
        for owner, text in wordings:
            found = self._found(text)
            for place in {place for number in found for place in using.get(number, ())}:
                card, parts_of, _ = rows[place]
                if owner != card and all(part & found for part in parts_of):
                    strangers[place].add(owner)
        self._patterns = [
            _Pattern(card, parts_of, 1 / (1 + 0.35 * len(others)), alarm)
            for (card, parts_of, alarm), others in zip(rows, strangers, strict=True)
        ]

    def _found(self, text: str) -> frozenset[int]:
        line = self._how.pieces_in(text)
        return frozenset(n for n, _, _ in self._pieces.find_matches_as_indexes(line, overlapping=True))

    def scores(self, text: str) -> tuple[dict[str, float], set[str]]:
        """Each card's score for what was typed, and the cards whose alarm it sets off."""
        close = self._closeness(self._how.line(text))
        told: dict[str, float] = {}
        alarms: set[str] = set()
        found = self._found(text)
        for place in {place for number in found for place in self._using.get(number, ())}:
            pattern = self._patterns[place]
            if not all(part & found for part in pattern.parts):
                continue
            if pattern.alarm:
                alarms.add(pattern.card)
            units = sum(max(self._sizes[number] for number in part & found) for part in pattern.parts)
            fit = min(1.4, 0.5 + 0.2 * units) * pattern.weight
            miss = 1 - told.get(pattern.card, 0.0)
            told[pattern.card] = 1 - miss * (1 - min(0.9, 0.5 * fit))
        cards = close.keys() | told.keys()
        return {card: 0.7 * close.get(card, 0.0) + 0.6 * told.get(card, 0.0) for card in cards}, alarms

    def _closeness(self, line: str) -> dict[str, float]:
        grams = self._how.grams(line)
        weights = {gram: size * self.idf.get(gram, self._rare) for gram, size in grams.items()}
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        dots: dict[int, float] = {}
        for gram, weight in weights.items():
            for number, other in self._posting.get(gram, ()):
                dots[number] = dots.get(number, 0.0) + weight * other
        best: dict[str, list[float]] = {}
        for number, dot in dots.items():
            cosine = dot / (length * self._length[number])
            covered = min(1.0, dot / (length * length))
            best.setdefault(self._cards[number], []).append(0.65 * cosine + 0.35 * covered)
        result = {}
        for card, values in best.items():
            values.sort(reverse=True)
            # A card that several wordings point to is likelier than one with a single chance hit.
            result[card] = min(1.0, values[0] + 0.15 * sum(values[1:3]))
        return result


@dataclass(frozen=True, slots=True)
class _How:
    """The functions of one way of reading; ``units`` is a piece's size in Chinese characters, roughly."""

    line: Callable[[str], str]
    pieces_in: Callable[[str], str]
    piece: Callable[[str], str]
    units: Callable[[str], float]
    grams: Callable[[str], _Grams]


class ObjectionIndex:
    """The finder. ``cards`` are those shown; ``also`` the same cards in other languages, for their wordings.

    ``pinyin`` maps a character to its syllable. Building takes some tens of milliseconds, a search a few.
    """

    def __init__(
        self,
        cards: Sequence[ObjectionCard],
        speech: Speech | None = None,
        pinyin: Mapping[str, str] | None = None,
        also: Sequence[ObjectionCard] = (),
    ) -> None:
        self._titles = {card.id: card.title for card in cards}
        self._order = {card.id: number for number, card in enumerate(cards)}
        self._listener = Listener(speech or Speech({}))
        self._pinyin = pinyin or {}
        self._known = frozenset(self._pinyin.values())
        everything = [card for card in (*cards, *also) if card.id in self._titles]
        wordings = [(card.id, text) for card in everything for text in (*card.sounds_like, card.title)]
        patterns = [(card.id, text, False) for card in everything for text in card.find]
        patterns += [(card.id, text, True) for card in everything for text in card.alarm]
        chinese = [each for each in wordings if has_han(each[1])]
        chinese_patterns = [each for each in patterns if has_han(each[1])]
        ear = self._listener
        characters = _How(ear.chinese, ear.both, ear.plain, len, _character_grams)
        sound = _How(self._sound_line, self._sound_both, self._sound_piece, _syllable_count, _syllable_grams)
        words = _How(self._word_line, self._word_line, self._word_piece, _letters_as_units, _word_grams)
        self._by_characters = _Reading(chinese, chinese_patterns, characters)
        self._by_sound = _Reading(chinese, chinese_patterns, sound)
        english = [each for each in wordings if not has_han(each[1])]
        self._by_words = _Reading(english, [each for each in patterns if not has_han(each[1])], words)
        self._starts = self._sound_starts(wordings, chinese_patterns)

    def find(self, text: str, limit: int = 3) -> list[Hit]:
        """The cards that fit best, best first; empty where the text is no objection.

        An alarm (risk to life) comes first, whatever else fits.
        """
        if self._listener.is_idle(text):
            return []
        scores, alarms = self._scores(text)
        least = _LEAST_ALONE if len(text.strip()) == 1 else _LEAST
        kept = {card: score for card, score in scores.items() if score >= least or card in alarms}
        ranked = sorted(kept, key=lambda card: (card not in alarms, -kept[card], self._order[card]))
        return [
            Hit(card, self._titles[card], 1.0 if card in alarms else round(min(0.99, kept[card]), 3))
            for card in ranked[:limit]
        ]

    def _scores(self, text: str) -> tuple[dict[str, float], set[str]]:
        if has_han(text):
            scores, alarms = self._by_characters.scores(text)
            heard, heard_alarms = self._by_sound.scores(text)
            alarms |= heard_alarms
            scores = _best(scores, heard, _SOUND)
            words = self._word_line(text)
            if len(words) > 4:  # both languages in one text
                known, known_alarms = self._by_words.scores(text)
                scores = _best(scores, known, 1.0)
                alarms |= known_alarms
            return scores, alarms
        words = self._word_line(text)
        scores, alarms = self._by_words.scores(text)
        letters = "".join(char for char in text.casefold() if char.isalnum())
        syllables = cut_pinyin(letters, self._known) if letters.isascii() and len(letters) <= 120 else None
        if syllables and not self._mostly_english(words):
            heard, heard_alarms = self._by_sound.scores(" ".join(syllables))
            scores = _best(scores, heard, 1.0)
            alarms |= heard_alarms
        if 2 <= len(letters) <= 16 and letters.isascii():
            scores = _best(scores, self._typed_start(letters), 1.0)
        return scores, alarms

    def _mostly_english(self, line: str) -> bool:
        """Whether most words are known from English wordings, so that reading them as pinyin would be chance."""
        words = line.split()
        known = sum(1 for word in words if word in self._by_words.idf or _stem(word) in self._by_words.idf)
        return len(words) > 1 and known * 2 > len(words)

    def _word_line(self, text: str) -> str:
        line = self._listener.english(text)
        return f" {line} " if line else ""

    def _word_piece(self, text: str) -> str:
        return self._word_line(text).rstrip()  # the beginning of a word is enough

    def _sound_line(self, text: str) -> str:
        return self._spoken(self._listener.chinese(text) if has_han(text) else text)

    def _sound_both(self, text: str) -> str:
        return (
            " ".join(map(self._spoken, self._listener.both(text).split("\n")))
            if has_han(text)
            else self._spoken(text)
        )

    def _sound_piece(self, text: str) -> str:
        return self._spoken(self._listener.plain(text))

    def _spoken(self, line: str) -> str:
        """Syllables between spaces; what is typed in letters is cut into syllables already."""
        parts = syllables_of(line, self._pinyin) if has_han(line) else line.split()
        return f" {' '.join(parts)} " if parts else ""

    def _sound_starts(
        self, wordings: Sequence[tuple[str, str]], patterns: Sequence[tuple[str, str, bool]]
    ) -> list[tuple[str, str, str]]:
        """Card, letters and initials of everything short a person may begin to type."""
        texts = {(card, self._listener.chinese(text)) for card, text in wordings if has_han(text)}
        for card, pattern, _ in patterns:
            if "+" not in pattern:
                texts |= {(card, self._listener.chinese(piece)) for piece in pattern.split("|")}
        rows = []
        for card, text in sorted(texts):
            cut = syllables_of(text, self._pinyin)
            rows.append((card, "".join(cut), "".join(each[:1] for each in cut)))
        return rows

    def _typed_start(self, letters: str) -> dict[str, float]:
        """Scores of cards for a beginning of pinyin or a row of initials."""
        scores: dict[str, float] = {}
        for card, sound, initials in self._starts:
            score = 0.0
            if initials == letters:
                score = 0.85
            elif len(letters) >= 3 and initials.startswith(letters):
                score = 0.45 + 0.3 * len(letters) / len(initials)
            elif len(letters) >= 3 and letters in initials:
                score = 0.3 + 0.2 * len(letters) / len(initials)
            if len(letters) >= 3 and sound.startswith(letters):
                score = max(score, 0.5 + 0.4 * len(letters) / len(sound))
            if score > scores.get(card, 0.0):
                scores[card] = score
        return scores


def _best(first: Mapping[str, float], second: Mapping[str, float], share: float) -> dict[str, float]:
    return {card: max(first.get(card, 0.0), share * second.get(card, 0.0)) for card in first.keys() | second.keys()}


def _character_grams(line: str) -> _Grams:
    grams = dict.fromkeys(line, 0.35)
    grams |= {line[i : i + 2]: 1.0 for i in range(len(line) - 1)}
    grams |= {line[i : i + 3]: 1.1 for i in range(len(line) - 2)}
    return grams


def _syllable_grams(line: str) -> _Grams:
    parts = line.split()
    grams = dict.fromkeys(parts, 0.25)
    grams |= {" ".join(parts[i : i + 2]): 1.0 for i in range(len(parts) - 1)}
    grams |= {" ".join(parts[i : i + 3]): 1.1 for i in range(len(parts) - 2)}
    return grams


def _syllable_count(piece: str) -> float:
    return float(len(piece.split()))


def _letters_as_units(piece: str) -> float:
    return len(piece) / 4


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word.removesuffix(ending)
    return word


def _word_grams(line: str) -> _Grams:
    words = [_stem(word) for word in line.split()]
    grams = dict.fromkeys(words, 1.0)
    grams |= {f"{a} {b}": 1.0 for a, b in pairwise(words)}
    grams |= {f"#{word[i : i + 4]}": 0.25 for word in words if len(word) > 4 for i in range(len(word) - 3)}
    return grams
