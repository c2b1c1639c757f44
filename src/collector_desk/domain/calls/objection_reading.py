"""One way of reading what a debtor says (characters, sound, English words): how well each card fits it.

Three witnesses are heard. The nearest wordings (weighted n-grams) know what was said almost like this before. The
card's evidence (how much oftener a gram comes in its wordings than in others') finds what is buried in a long
sentence. The card's own patterns ("office or family, and call") know what a few wordings cannot show; a pattern
weighs less the more other cards' wordings it fits too.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ahocorasick_rs import AhoCorasick

Grams = Mapping[str, float]

_NEAR, _TOLD, _EVIDENCE = 0.7, 0.6, 1 / 20
_UNSEEN = 0.002  # share of a card's wordings taken as holding a gram that none of them does
_COMMON = 30  # wordings: what stands in more of them (and in a twentieth) tells none apart, and takes long
_REACH = 14.0  # parts of a pattern stand together within so many Chinese characters
_MOST_PLACES = 200  # places of a pattern's parts tried; more only come in pasted text


@dataclass(frozen=True, slots=True)
class How:
    """The functions of one way of reading.

    ``line`` gives the line grams are taken from; ``pieces_in`` the line patterns are looked for in, which may hold
    more (filler words too); ``piece`` reads one piece of a pattern; ``units`` is a text's size in Chinese
    characters, roughly.
    """

    line: Callable[[str], str]
    pieces_in: Callable[[str], str]
    piece: Callable[[str], str]
    units: Callable[[str], float]
    grams: Callable[[str], Grams]


@dataclass(frozen=True, slots=True)
class Pattern:
    """``a|b+c`` as the numbers of its pieces; with one of ``unless`` in the text it does not count."""

    card: str
    parts: tuple[frozenset[int], ...]
    unless: frozenset[int]
    alarm: bool
    weight: float = 1.0


class Reading:
    """The cards' wordings and patterns as grams and strings of one reading."""

    def __init__(
        self, wordings: Sequence[tuple[str, str]], patterns: Sequence[tuple[str, str, bool]], how: How
    ) -> None:
        self._how = how
        raw = [how.grams(how.line(text)) for _, text in wordings]
        seen: Counter[str] = Counter()
        for grams in raw:
            seen.update(grams.keys())
        self.idf = {gram: math.log((len(raw) + 1) / (count + 0.5)) for gram, count in seen.items()}
        self._rare = math.log(len(raw) + 1)
        self._cards = [card for card, _ in wordings]
        common = max(_COMMON, len(raw) // 20)
        self._posting: dict[str, list[tuple[int, float]]] = {}
        self._length: list[float] = []
        for number, grams in enumerate(raw):
            weights = {gram: size * self.idf[gram] for gram, size in grams.items()}
            length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
            self._length.append(length)
            for gram, weight in weights.items():
                if seen[gram] <= common:
                    self._posting.setdefault(gram, []).append((number, weight))
        self._speaks_for = _evidence(self._cards, raw)
        self._read_patterns(wordings, patterns)

    def scores(self, text: str) -> tuple[dict[str, float], dict[str, float]]:
        """Each card's score for what was typed; the cards whose alarm it sets off, with the size of what did."""
        grams = self._how.grams(self._how.line(text))
        scores = {card: _NEAR * value for card, value in self._nearness(grams).items()}
        told, alarms = self._told(text)
        for card, value in told.items():
            scores[card] = scores.get(card, 0.0) + _TOLD * value
        for gram, size in grams.items():
            for card, value in self._speaks_for.get(gram, ()):
                scores[card] = scores.get(card, 0.0) + _EVIDENCE * size * value
        return scores, alarms

    def _nearness(self, grams: Grams) -> dict[str, float]:
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

    def _read_patterns(
        self, wordings: Sequence[tuple[str, str]], patterns: Sequence[tuple[str, str, bool]]
    ) -> None:
        numbers: dict[str, int] = {}
        rows = []
        for card, text, alarm in patterns:
            parts = [(part.startswith("!"), self._numbered(part.lstrip("!"), numbers)) for part in text.split("+")]
            wanted = tuple(found for refuses, found in parts if found and not refuses)
            unless = frozenset().union(*(found for refuses, found in parts if refuses))
            if len(wanted) == 1:  # alternatives stand for themselves: each weighs by how special it is
                rows += [Pattern(card, (frozenset({each}),), unless, alarm) for each in sorted(wanted[0])]
            elif wanted:
                rows.append(Pattern(card, wanted, unless, alarm))
        self._sizes = [self._how.units(piece) for piece in numbers]
        self._pieces = AhoCorasick(list(numbers))
        self._using: dict[int, list[int]] = {}
        for place, pattern in enumerate(rows):
            for number in pattern.parts[0]:
                self._using.setdefault(number, []).append(place)
        self._patterns = rows
        strangers: list[set[str]] = [set() for _ in rows]
        for owner, text in wordings:
            for place, _ in self._fitting(text):
                if owner != rows[place].card:
                    strangers[place].add(owner)
        self._patterns = [
            Pattern(row.card, row.parts, row.unless, row.alarm, 1 / (1 + 0.35 * len(others)))
            for row, others in zip(rows, strangers, strict=True)
        ]

    def _numbered(self, part: str, numbers: dict[str, int]) -> frozenset[int]:
        pieces = [piece for each in part.split("|") if (piece := self._how.piece(each))]
        return frozenset(numbers.setdefault(piece, len(numbers)) for piece in pieces)

    def _fitting(self, text: str) -> Iterable[tuple[int, float]]:
        """The numbers of the patterns that fit a text, each with the size of what was found of it."""
        line = self._how.pieces_in(text)
        found: dict[int, list[tuple[int, int]]] = {}
        for number, start, end in self._pieces.find_matches_as_indexes(line, overlapping=True):
            found.setdefault(number, []).append((start, end))
        reach = _REACH * len(line) / (self._how.units(line) or 1.0)
        for place in {place for number in found for place in self._using.get(number, ())}:
            pattern = self._patterns[place]
            parts = pattern.parts
            if len(parts) > 1 and any(part.isdisjoint(found) for part in parts):
                continue
            if pattern.unless and not pattern.unless.isdisjoint(found):
                continue
            hits = [part & found.keys() for part in parts]
            if len(hits) == 1 or len(line) <= reach or _together(hits, found, reach):
                yield place, sum(max(self._sizes[number] for number in part) for part in hits)

    def _told(self, text: str) -> tuple[dict[str, float], dict[str, float]]:
        told: dict[str, float] = {}
        alarms: dict[str, float] = {}
        for place, units in self._fitting(text):
            pattern = self._patterns[place]
            if pattern.alarm:
                alarms[pattern.card] = max(units, alarms.get(pattern.card, 0.0))
            fit = min(1.4, 0.5 + 0.2 * units) * pattern.weight
            miss = 1 - told.get(pattern.card, 0.0)
            told[pattern.card] = 1 - miss * (1 - min(0.9, 0.5 * fit))
        return told, alarms


def _together(hits: Sequence[Iterable[int]], found: Mapping[int, list[tuple[int, int]]], reach: float) -> bool:
    """Whether one place of each part stands within ``reach`` letters: far apart they have nothing to do."""
    places = [[span for number in part for span in found[number]] for part in hits]
    if math.prod(map(len, places)) > _MOST_PLACES:
        return True
    return any(max(end for _, end in row) - min(start for start, _ in row) <= reach for row in product(*places))


def _evidence(cards: Sequence[str], raw: Sequence[Grams]) -> dict[str, list[tuple[str, float]]]:
    """For each gram the cards it speaks for: the log of how much oftener their wordings hold it than all do."""
    wordings = Counter(cards)
    holding: dict[str, dict[str, int]] = {}
    for card, grams in zip(cards, raw, strict=True):
        for gram in grams:
            counts = holding.get(gram)
            if counts is None:
                holding[gram] = {card: 1}
            else:
                counts[card] = counts.get(card, 0) + 1
    result = {}
    for gram, counts in holding.items():
        shares = [(card, count / wordings[card]) for card, count in counts.items()]
        mean = sum(share for _, share in shares) / len(wordings)
        result[gram] = [
            (card, math.log((share + _UNSEEN) / (mean + _UNSEEN))) for card, share in shares if share > mean
        ]
    return result
