"""The agency as it stands on its papers."""

from collector_desk.documents.letterhead import Letterhead, Words
from collector_desk.services.desk import settings
from collector_desk.store.endorsements import root_of
from collector_desk.store.engine import Connection
from collector_desk.store.pairs import key_print
from collector_desk.words import messages
from collector_desk.words.messages import Lang


def letterhead(conn: Connection) -> Letterhead:
    """Name, hotline and address from the settings, and what the store's signatures go back to."""
    agency = settings.read(conn, settings.Agency)
    root = key_print(root_of(conn))
    return Letterhead(agency.letterhead or agency.name, agency.hotline, agency.office_address, root=root)


def words_in(lang: Lang) -> Words:
    """What gives a document its words in one language."""

    def words(code: str, /, **params: object) -> str:
        return messages.text(code, lang, **params)

    return words
