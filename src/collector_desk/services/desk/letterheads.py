"""The agency as it stands on its papers."""

from sqlalchemy import Connection

from collector_desk.documents.letterhead import Letterhead, Words
from collector_desk.services.desk import settings
from collector_desk.words import messages
from collector_desk.words.messages import Lang


def letterhead(conn: Connection) -> Letterhead:
    """Name, hotline and address from the settings."""
    agency = settings.read(conn, settings.Agency)
    return Letterhead(agency.letterhead or agency.name, agency.hotline, agency.office_address)


def words_in(lang: Lang) -> Words:
    """What gives a document its words in one language."""

    def words(code: str, /, **params: object) -> str:
        return messages.text(code, lang, **params)

    return words
