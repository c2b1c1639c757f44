"""The wording check: what a collector must not say or write, found however it is disguised.

One pass over the text by characters and one by sound (pinyin without tones), each with an Aho-Corasick automaton,
so that thousands of phrases cost no more than a few. What the debtor is quoted as saying may be rude; it never
carries a number of a person or a disclosure. What is told of the debtor's words without quotation marks only warns.
A sentence that denies ("we will not tell your family") is fine.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ahocorasick_rs import AhoCorasick

from collector_desk.domain.message import Message, msg
from collector_desk.domain.text.personal_numbers import NumberSort, find_numbers
from collector_desk.domain.text.plain_text import NO_FOLDING, Folding, Reader, Token, same_word
from collector_desk.domain.vocabulary import Speaker


class Category(StrEnum):
    """What is wrong with the wording."""

    INSULT = "insult"
    DISMISSIVE = "dismissive"
    THREAT = "threat"
    FALSE_AUTHORITY = "false_authority"
    DISCLOSURE = "disclosure"
    PRIVATE_ACCOUNT = "private_account"
    URGING_TO_BORROW = "urging_to_borrow"
    EXTRA_FEE = "extra_fee"
    FALSE_PROMISE = "false_promise"
    LEGAL_PRESSURE = "legal_pressure"
    SENSITIVE = "sensitive"
    PERSONAL_NUMBER = "personal_number"


class Severity(StrEnum):
    """Whether saving is blocked or the writer is only told."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One forbidden wording. ``*`` in the text stands for up to ten characters of the same clause.

    ``speakers``: it counts only with these on the line (empty: always). ``quotable``: fine inside what the other
    side is quoted as saying. ``deniable``: fine where the clause denies it.
    """

    text: str
    category: Category
    severity: Severity = Severity.BLOCK
    speakers: frozenset[Speaker] = frozenset()
    quotable: bool = True
    deniable: bool = True


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All forbidden wordings of a pack, how disguises are folded, how much each sort of number counts, and lawful
    words that contain a forbidden one (慢性病)."""

    phrases: tuple[Phrase, ...]
    folding: Folding = NO_FOLDING
    numbers: Mapping[NumberSort, Severity] | None = None
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordingFinding:
    """One finding: its span in the original text, what is wrong, how much it counts, and why in words."""

    start: int
    end: int
    category: Category
    severity: Severity
    reason: Message


@dataclass(frozen=True, slots=True)
class _Pattern:
    phrase: Phrase
    text: str  # the part of the phrase this pattern stands for, as tokens read it
    part: int  # which part of a phrase with gaps
    parts: int


_MAX_GAP = 3
_MAX_BETWEEN = 10
_CLAUSE_END = "，。！？；,.!?;\n"
_STOPS = "，。！？；\n"
_QUOTES = {"「": "」", "『": "』", "“": "”", "‘": "’", "《": "》", "«": "»", '"': '"', "＂": "＂"}
_OWN = (
    r"我们?(?:就|也|又|便|再)?(?:对\S{1,4}?)?(?:说|讲|答|告诉|告知|回他|回她|回复|警告)"
    r"|\b(?:I|agent)\s+(?:said|told|replied)\b"
)
_OWN_WORDS = re.compile(rf"(?:{_OWN})[^。！？!?\n]{{0,12}}\W*$", re.IGNORECASE)
_OWN_ANYWHERE = re.compile(rf"{_OWN}|告知|告诉他|告诉她|回复|told (?:him|her|them)", re.IGNORECASE)
_TOLD_OF = re.compile(
    r"(?<![对跟向和给让叫劝催逼])(?:客户|对方|本人|债务人|持卡人|借款人|家属|其|他|她|接听人|机主)\S{0,4}?"
    r"(?:说|称|表示|骂|问|认为|怀疑|担心|以为|觉得|质疑|反映|提到|威胁|扬言|声称|自称|打算|准备)"
    r"|辱骂|骂我"
    r"|\b(?:debtor|customer|he|she|they|caller)\s+(?:\w+ly\s+)?(?:says?|said|asks?|asked|thinks?|fears?|claims?"
    r"|claimed|believes?|worr\w+|called|calls|shouted|threaten\w*|suspects?)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"不会|不得|不能|不可|不应|不允许|没有|从没|未曾|从未|绝不|决不|绝对不|并非|不是|不要|请勿|切勿|无权|禁止|严禁"
    r"|无需|不用|不必|不需要|不曾|尚未|从不|不想|不愿|不准|不许|拒绝|害怕|怕|担心|避免|防止|以免|未|勿|没|别|不$"
    r"|\b(?:not|never|cannot|nobody|no|without|nor|avoid|afraid|forbidden"
    r"|(?:do|wo|does|did|ca|is|are|must|would|should|could)n[’']?t)\b",
    re.IGNORECASE,
)
_BREAKS_DENIAL = re.compile(
    r"就|则|才|只好|所以|那|马上|立刻|将|否则|不然|还|付|缴|清|接|\b(?:pay|then|or|unless|if|but|answer)\b",
    re.IGNORECASE,
)
_DOUBLE = re.compile(r"(?:不|没|非|难道|如果|要是|若|再|要|不得|不能|不会|不可)$")
_DENIED_AFTER = re.compile(
    r"^[^，。！？；,.!?;\n]{0,6}(?:是|都)?(?:不允许|不被允许|违规|违法|被禁止|不可以|不对)"
    r"|^[^.!?;\n]{0,20}\bis not allowed\b",
    re.IGNORECASE,
)


class WordingCheck:
    """The check, built once from a lexicon (some milliseconds) and asked at every key press.

    ``pinyin`` maps a Chinese character to its syllable without tone; without it only the written form is compared.
    """

    def __init__(self, lexicon: Lexicon, pinyin: Mapping[str, str] | None = None) -> None:
        self._lexicon = lexicon
        self._pinyin = pinyin or {}
        self._reader = Reader(lexicon.folding)
        self._written: list[_Pattern] = []
        self._spoken: list[_Pattern] = []
        spoken: list[str] = []
        for pattern in self._patterns(lexicon.phrases):
            self._written.append(pattern)
            if pattern.parts > 1 or pattern.text.isascii() or len(pattern.text) == 1:
                continue
            sound = "".join(self._pinyin.get(c, c) for c in pattern.text)
            polite = "".join("nin" if c == "你" else self._pinyin.get(c, c) for c in pattern.text)
            for each in {sound, polite}:
                self._spoken.append(pattern)
                spoken.append(each)
        parts: dict[int, set[int]] = {}
        for index, pattern in enumerate(self._written):
            parts.setdefault(id(pattern.phrase), set()).add(index)
        self._together = [frozenset(parts[id(pattern.phrase)]) for pattern in self._written]
        self._by_writing = AhoCorasick([p.text for p in self._written])
        self._lawful = AhoCorasick(["".join(t.char for t in self._reader.tokens(a)) for a in lexicon.allowed])
        self._by_sound = AhoCorasick(spoken)

    def check(self, text: str, speaker: Speaker = Speaker.DEBTOR, *, quoted: bool = False) -> list[WordingFinding]:
        """What is wrong in the text, in its order; ``speaker`` is who was on the line when it was said or noted.

        ``quoted``: all of it is what the other side is quoted as saying.
        """
        found = self._numbers(text)
        if text.strip():
            tokens = self._reader.tokens(text)
            quotes = [(0, len(text))] if quoted else _quoted(text)
            found |= self._search(text, tokens, speaker, quotes)
            joined = self._reader.joined(tokens)
            if joined is not None:
                found |= self._search(text, joined, speaker, quotes)
        return _without_covered(found.values())

    def blocks(self, text: str, speaker: Speaker = Speaker.DEBTOR) -> bool:
        """Whether the text may not be saved."""
        return any(f.severity is Severity.BLOCK for f in self.check(text, speaker))

    def _patterns(self, phrases: Iterable[Phrase]) -> Iterable[_Pattern]:
        for phrase in phrases:
            pieces = ["".join(t.char for t in self._reader.tokens(p)) for p in phrase.text.split("*")]
            for part, piece in enumerate(pieces):
                if piece:
                    yield _Pattern(phrase, piece, part, len(pieces))

    def _numbers(self, text: str) -> dict[tuple[int, int, Category], WordingFinding]:
        weights = self._lexicon.numbers or {}
        found = {}
        for number in find_numbers(text):
            severity = weights.get(number.sort)
            if severity is not None:
                key = (number.start, number.end, Category.PERSONAL_NUMBER)
                found[key] = WordingFinding(*key, severity, msg(f"packs.wording.{number.sort.value}"))
        return found

    def _search(
        self, text: str, tokens: Sequence[Token], speaker: Speaker, quotes: Sequence[tuple[int, int]]
    ) -> dict[tuple[int, int, Category], WordingFinding]:
        line = "".join(token.char for token in tokens)
        hits = self._written_hits(text, line, tokens) + self._sound_hits(tokens)
        if not hits:
            return {}
        lawful = [(a, b) for _, a, b in self._lawful.find_matches_as_indexes(line, overlapping=True)]
        found = {}
        for phrase, first, last in hits:
            if any(a <= first and last < b for a, b in lawful):
                continue
            if phrase.speakers and speaker not in phrase.speakers:
                continue
            start, end = tokens[first].start, tokens[last].end
            quoted = any(a <= start and end <= b for a, b in quotes)
            if (quoted and phrase.quotable) or (phrase.deniable and _denied(text, start, end)):
                continue
            severity = phrase.severity
            if last - first == 1 and phrase.category is not Category.INSULT and set(text[start:end]) & set(_STOPS):
                severity = Severity.WARN  # two characters across a sentence's end may be chance
            if phrase.quotable and _told_of_others(text, start):
                severity = Severity.WARN
            key = (start, end, phrase.category)
            reason = msg(f"packs.wording.{phrase.category.value}", phrase=phrase.text.replace("*", "…"))
            found[key] = WordingFinding(start, end, phrase.category, severity, reason)
        return found

    def _written_hits(self, text: str, line: str, tokens: Sequence[Token]) -> list[tuple[Phrase, int, int]]:
        hits: list[tuple[Phrase, int, int]] = []
        pieces: dict[Phrase, dict[int, list[tuple[int, int]]]] = {}
        found = self._by_writing.find_matches_as_indexes(line, overlapping=True)
        there = {index for index, _, _ in found}
        for index, first, after in found:
            if not self._together[index] <= there:
                continue  # a single character of a phrase with gaps: without the other parts it is nothing
            pattern = self._written[index]
            if not _stands_alone(tokens, first, after - 1) or not _close(tokens, first, after - 1):
                continue
            if pattern.parts == 1:
                hits.append((pattern.phrase, first, after - 1))
            else:
                pieces.setdefault(pattern.phrase, {}).setdefault(pattern.part, []).append((first, after - 1))
        for phrase, places in pieces.items():
            hits += [(phrase, a, b) for a, b in _chains(phrase.text.count("*") + 1, places, tokens, text)]
        return hits

    def _sound_hits(self, tokens: Sequence[Token]) -> list[tuple[Phrase, int, int]]:
        if not self._spoken:
            return []
        pinyin = self._pinyin
        parts = [pinyin.get(char, char) for char, _, _ in tokens]
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        place = 0
        for index, part in enumerate(parts):
            starts[place] = index
            place += len(part)
            ends[place] = index
        hits = []
        for index, begin, finish in self._by_sound.find_matches_as_indexes("".join(parts), overlapping=True):
            first, last = starts.get(begin), ends.get(finish)
            if first is None or last is None:
                continue
            pattern = self._spoken[index]
            meant = _sounds_meant(pattern.text, tokens[first : last + 1])
            if meant and _close(tokens, first, last) and _stands_alone(tokens, first, last):
                hits.append((pattern.phrase, first, last))
        return hits


def _sounds_meant(phrase: str, tokens: Sequence[Token]) -> bool:
    """Whether the same sound is meant as the phrase: two or three characters sound like much that is harmless."""
    han = [token.char for token in tokens if token.is_han]
    same = sum(char in phrase for char in han)
    if not han:
        return len(tokens) >= 5
    if len(han) < len(tokens):  # letters among the characters: the rest must be the phrase's own, or long enough
        return same == len(han) or (len(phrase) >= 4 and same > 0)
    return len(phrase) >= 5 or (len(phrase) == 4 and same >= 1) or (len(phrase) == 3 and same >= 2)


def _stands_alone(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Latin letters count only as whole words: no "ass" in "class"."""
    return not same_word(tokens, first - 1, first) and not same_word(tokens, last, last + 1)


def _close(tokens: Sequence[Token], first: int, last: int) -> bool:
    return all(tokens[i + 1].start - tokens[i].end <= _MAX_GAP for i in range(first, last))


def _chains(
    count: int, places: Mapping[int, list[tuple[int, int]]], tokens: Sequence[Token], text: str
) -> list[tuple[int, int]]:
    """The parts of a phrase with gaps, one after the other within one clause."""
    if len(places) < count:
        return []
    chains = list(places[0])
    for part in range(1, count):
        longer = []
        for first, last in chains:
            for begin, finish in places[part]:
                if last < begin <= last + 1 + _MAX_BETWEEN:
                    between = text[tokens[last].end : tokens[begin].start]
                    if not set(between) & set(_CLAUSE_END):
                        longer.append((first, finish))
                        break
        chains = longer
    return chains


def _quoted(text: str) -> list[tuple[int, int]]:
    """Spans of quoted speech of the other side; a quotation mark that is never closed quotes nothing."""
    spans: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        closing = _QUOTES.get(text[place])
        if closing is None:
            place += 1
            continue
        end = text.find(closing, place + 1)
        if end < 0:
            place += 1
            continue
        if not _OWN_WORDS.search(text[max(0, place - 40) : place]):
            spans.append((place, end + 1))
        place = end + 1
    return spans


def _told_of_others(text: str, start: int) -> bool:
    """Whether the clause tells what the other side said, without quotation marks (客户说我们是骗子)."""
    clause = text[max(text.rfind(mark, 0, start) for mark in _CLAUSE_END) + 1 : start]
    told = _TOLD_OF.search(clause)
    return told is not None and not _OWN_ANYWHERE.search(clause, told.end())


def _denied(text: str, start: int, end: int) -> bool:
    """Whether the clause denies what was found ("we will not …"), and not as a condition ("if you don't …")."""
    clause_start = max((text.rfind(mark, 0, start) for mark in _CLAUSE_END), default=-1) + 1
    before = text[max(clause_start, start - 30) : start]
    denial = None
    for denial in _DENIAL.finditer(before):  # noqa: B007 -- the last one counts
        pass
    if denial is not None:
        between = before[denial.end() :]
        near = len(between.split()) <= 4 if between.isascii() else len(between) <= 8
        if near and not _BREAKS_DENIAL.search(between) and not _DOUBLE.search(before[: denial.start()]):
            return True
    return bool(_DENIED_AFTER.search(text[end : end + 30]))


def _without_covered(findings: Iterable[WordingFinding]) -> list[WordingFinding]:
    """In the text's order, without findings that lie inside another of the same category."""
    ordered = sorted(findings, key=lambda f: (f.start, -f.end, f.severity is Severity.WARN))
    kept: list[WordingFinding] = []
    for finding in ordered:
        if not any(
            k.category is finding.category and k.start <= finding.start and finding.end <= k.end
            for k in kept
            if k.severity is Severity.BLOCK or finding.severity is Severity.WARN
        ):
            kept.append(finding)
    return kept
