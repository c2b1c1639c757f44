"""What can be tried of a pack of words before anybody works by it: its check, its short forms, its finder."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from collector_desk.domain.objections import ObjectionIndex
from collector_desk.domain.short_forms import ShortForm
from collector_desk.domain.wording import WordingCheck
from collector_desk.packs import objections
from collector_desk.packs.lexicon import LEXICON_FILE, built_check, read_lexicon
from collector_desk.packs.pack_files import CARDS, cards_in
from collector_desk.packs.word_lists import CODES_FILE, SPEECH_FILE, load_speech, read_codes, read_speech


@dataclass(frozen=True, slots=True)
class TriedWords:
    """One of them is there: the check of a lexicon; short forms, or a finder of answers, by language."""

    check: WordingCheck | None = None
    short_forms: Mapping[str, tuple[ShortForm, ...]] = field(default_factory=dict)
    finders: Mapping[str, ObjectionIndex] = field(default_factory=dict)


def read_words(files: Mapping[str, str]) -> TriedWords:
    """Build what is in these files, which have no fault. Takes up to some tenths of a second."""
    raw = {name: text.encode("utf-8") for name, text in files.items()}
    if LEXICON_FILE in raw:
        lexicon = read_lexicon(LEXICON_FILE, raw[LEXICON_FILE])[0]
        return TriedWords(check=built_check(lexicon) if lexicon else None)
    languages = objections.LANGUAGES
    if CODES_FILE in raw:
        return TriedWords(
            short_forms={lang: read_codes(CODES_FILE, raw[CODES_FILE], lang)[0] for lang in languages}
        )
    speech = read_speech(SPEECH_FILE, raw[SPEECH_FILE])[0] if SPEECH_FILE in raw else None
    cards = {
        lang: cards_in(files, lang) if CARDS in raw else tuple(objections.shipped_cards(lang).values())
        for lang in languages
    }
    return TriedWords(
        finders={lang: objections.built_index(cards, speech or load_speech(), lang) for lang in languages}
    )
