"""What can be tried of a pack of words before anybody works by it: its check, its short forms, its finder."""

from collections.abc import Mapping
from dataclasses import dataclass

from collector_desk.domain.calls.objections import ObjectionIndex
from collector_desk.domain.calls.short_forms import ShortForm
from collector_desk.domain.text.wording import WordingCheck
from collector_desk.packs import objections
from collector_desk.packs.lexicon import LEXICON_FILE, built_check, read_lexicon
from collector_desk.packs.pack_files import CARDS, cards_in
from collector_desk.packs.word_lists import CODES_FILE, SPEECH_FILE, load_speech, read_codes, read_speech


@dataclass(frozen=True, slots=True)
class TriedWords:
    """One of them is there: the check of a lexicon, short forms, or a finder of answers."""

    check: WordingCheck | None = None
    short_forms: tuple[ShortForm, ...] = ()
    finder: ObjectionIndex | None = None


def read_words(files: Mapping[str, str], language: str) -> TriedWords:
    """Build what is in these files, which have no fault. A finder takes some tenths of a second, the rest less."""
    raw = {name: text.encode("utf-8") for name, text in files.items()}
    if LEXICON_FILE in raw:
        lexicon = read_lexicon(LEXICON_FILE, raw[LEXICON_FILE])[0]
        return TriedWords(check=built_check(lexicon) if lexicon else None)
    if CODES_FILE in raw:
        return TriedWords(short_forms=read_codes(CODES_FILE, raw[CODES_FILE], language)[0])
    speech = read_speech(SPEECH_FILE, raw[SPEECH_FILE])[0] if SPEECH_FILE in raw else None
    cards = {
        lang: cards_in(files, lang) if CARDS in raw else tuple(objections.shipped_cards(lang).values())
        for lang in objections.LANGUAGES
    }
    return TriedWords(finder=objections.built_index(cards, speech or load_speech(), language))
