"""Finds the answer to what a debtor says, by meaning as well as by letters, while it is typed.

Four ways of reading what was typed (Chinese, its sound, English, initials) each give every card a score; the best
counts. How one reading scores is in ``objection_reading``.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from collector_desk.domain.calls.objection_cards import HelpNumber, Hit, ObjectionCard, Speech
from collector_desk.domain.calls.objection_reading import Grams, How, Reading
from collector_desk.domain.calls.speech import Listener, cut_pinyin, has_han, syllables_of

__all__ = ["HelpNumber", "Hit", "ObjectionCard", "ObjectionIndex", "Speech"]

_LEAST = 0.18  # below it a hit is chance
_SHARE = 0.2  # of the best: with less a card only fills the list
_LEAST_ALONE = 0.6  # of a single character: only where it says it all (滚)
_SOUND = 0.8  # the same sound in other characters counts less than the characters
_ALARM_BY_SOUND = 3.0  # syllables
_WHO = "我你他她"  # left out when initials are typed
_SPOKEN = {"还": "huan", "行": "hang"}  # in this trade; the table knows one reading of a character
_READINGS = {"huan": "hai", "hang": "xing", "liao": "le", "dei": "de", "dou": "du", "nei": "na", "zhei": "zhe"}
# 是 and 死, 信 and 醒: too much that is harmless would sound like an alarm
_TOLD_APART = frozenset({"shi", "si", "zhi", "zi", "chi", "ci", "sha", "sa", "zha", "za", "cha", "ca", "xing"})
_ENDINGS = ("ing", "ed", "es", "ly", "s")


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
        self._known = frozenset(self._pinyin.values()) | _READINGS.keys()
        self._heard_as = {syllable: _heard_as(syllable) for syllable in self._known}
        everything = [card for card in (*cards, *also) if card.id in self._titles]
        wordings = [(card.id, text) for card in everything for text in (*card.sounds_like, *card.heard, card.title)]
        patterns = [(card.id, text, False) for card in everything for text in card.find]
        patterns += [(card.id, text, True) for card in everything for text in card.alarm]
        chinese = [each for each in wordings if has_han(each[1])]
        chinese_patterns = [each for each in patterns if has_han(each[1])]
        ear = self._listener
        characters = How(ear.chinese, ear.both, ear.plain, len, _character_grams)
        sound = How(self._sound_line, self._sound_both, self._sound_piece, _syllable_count, _syllable_grams)
        words = How(self._word_line, self._word_line, self._word_piece, _letters_as_units, _word_grams)
        self._by_characters = Reading(chinese, chinese_patterns, characters)
        self._by_sound = Reading(chinese, chinese_patterns, sound)
        english = [each for each in wordings if not has_han(each[1])]
        self._by_words = Reading(english, [each for each in patterns if not has_han(each[1])], words)
        self._starts = self._sound_starts(wordings, chinese_patterns)

    def find(self, text: str, limit: int = 3) -> list[Hit]:
        """The cards that fit best, best first; empty where the text is no objection.

        An alarm (risk to life) comes first, whatever else fits.
        """
        if self._listener.is_idle(text):
            return []
        scores, alarms = self._scores(text)
        least = _LEAST_ALONE if len(text.strip()) == 1 else _LEAST
        least = max(least, _SHARE * max(scores.values(), default=0.0))
        kept = {card: score for card, score in scores.items() if score >= least or card in alarms}
        ranked = sorted(kept, key=lambda card: (card not in alarms, -kept[card], self._order[card]))
        return [Hit(card, self._titles[card], _shown(kept[card], card in alarms)) for card in ranked[:limit]]

    def _scores(self, text: str) -> tuple[dict[str, float], set[str]]:
        if has_han(text):
            scores, alarms = self._by_characters.scores(text)
            heard, heard_alarms = self._by_sound.scores(text)
            # 上吊 sounds like 上调: by its sound alone only what is longer sets off an alarm.
            alarms |= {card: size for card, size in heard_alarms.items() if size >= _ALARM_BY_SOUND}
            scores = _best(scores, heard, _SOUND)
            if len(self._word_line(text)) > 4:  # both languages in one text
                known, known_alarms = self._by_words.scores(text)
                scores = _best(scores, known, 1.0)
                alarms |= known_alarms
            return scores, set(alarms)
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
        return scores, set(alarms)

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
        heard = self._heard_as
        return f" {' '.join([heard.get(part, part) for part in parts])} " if parts else ""

    def _sound_starts(
        self, wordings: Sequence[tuple[str, str]], patterns: Sequence[tuple[str, str, bool]]
    ) -> list[tuple[str, str, str, float]]:
        """Card, letters, initials and weight of everything short a person may begin to type."""
        texts: dict[tuple[str, str], float] = {}
        for card, pattern, alarm in patterns:
            if "+" not in pattern:
                pieces = [self._listener.chinese(piece) for piece in pattern.split("|")]
                texts |= {(card, piece): 0.9 for piece in pieces if len(piece) > 2 or not alarm}
        for card, text in wordings:
            if has_han(text):
                line = self._listener.chinese(text)
                texts[card, line] = 1.0
                texts.setdefault((card, line.lstrip(_WHO)), 0.95)
        rows = []
        for (card, text), weight in sorted(texts.items()):
            cut = [_SPOKEN.get(char) or self._pinyin.get(char, char) for char in text]
            rows.append((card, "".join(cut), "".join(each[:1] for each in cut), weight))
        return rows

    def _typed_start(self, letters: str) -> dict[str, float]:
        """Scores of cards for a beginning of pinyin or a row of initials."""
        scores: dict[str, float] = {}
        size = len(letters)
        for card, sound, initials, weight in self._starts:
            score = 0.0
            if initials == letters:
                score = 0.9
            elif size >= 3 and letters in initials:
                begins = initials.startswith(letters)
                score = (0.45 if begins else 0.3) + (0.3 if begins else 0.2) * size / len(initials)
            if size >= 3 and sound.startswith(letters):
                score = max(score, 0.5 + 0.4 * size / len(sound))
            if score * weight > scores.get(card, 0.0):
                scores[card] = score * weight
        return scores


def _shown(score: float, alarm: bool) -> float:
    """The score between 0 and 1; sums of what speaks for a card have no upper end."""
    return 1.0 if alarm else round(min(0.999, 1 - math.exp(-1.5 * score)), 3)


def _heard_as(syllable: str) -> str:
    """What a syllable is taken for: readings of one character, and sounds that many people do not keep apart."""
    heard = _READINGS.get(syllable, syllable)
    if heard in _TOLD_APART:
        return heard
    if heard[1:2] == "h" and heard[0] in "zcs":
        heard = heard[0] + heard[2:]
    return heard.removesuffix("g") if heard.endswith("ng") and not heard.endswith("ong") else heard


def _best(first: Mapping[str, float], second: Mapping[str, float], share: float) -> dict[str, float]:
    return {card: max(first.get(card, 0.0), share * second.get(card, 0.0)) for card in first.keys() | second.keys()}


def _character_grams(line: str) -> Grams:
    grams = dict.fromkeys(line, 0.35)
    grams |= {line[i : i + 2]: 1.0 for i in range(len(line) - 1)}
    return grams


def _syllable_grams(line: str) -> Grams:
    parts = line.split()
    grams = dict.fromkeys(parts, 0.25)
    grams |= {" ".join(parts[i : i + 2]): 1.0 for i in range(len(parts) - 1)}
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


def _word_grams(line: str) -> Grams:
    words = [_stem(word) for word in line.split()]
    grams = dict.fromkeys(words, 1.0)
    grams |= {f"{a} {b}": 1.0 for a, b in pairwise(words)}
    grams |= {f"#{word[i : i + 4]}": 0.25 for word in words if len(word) > 4 for i in range(len(word) - 3)}
    return grams
