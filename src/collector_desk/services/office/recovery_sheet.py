"""The paper with the recovery code, made in the one moment in which the program knows the code."""

from collector_desk.documents.fonts import shared_fonts
from collector_desk.documents.letterhead import Lang
from collector_desk.documents.recovery_sheet import RecoverySheet, recovery_sheet_pdf
from collector_desk.services.desk.letterheads import letterhead, words_in
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.office.witness import told
from collector_desk.services.record import access
from collector_desk.store.journal import head

_SHOWN = 8  # of the store's id: enough to tell two stores of one agency apart


def recovery_sheet(seat: Seat, code: str, lang: Lang) -> bytes:
    """The sheet as a PDF that shows the code in clear; that it was made is history, the code is kept nowhere.

    Slow: for a worker.
    """
    with acting(seat, "access.export") as act:
        access.note(act, "recovery sheet", seat.store_id)
        agency = letterhead(act.conn)
        history = told(head(act.conn))
    store = f"{seat.folder.name} · {seat.store_id[:_SHOWN]}"
    sheet = RecoverySheet(tuple(code.split("-")), store, seat.person.name, seat.now(), seat.zone, history)
    return recovery_sheet_pdf(sheet, lang, agency, words_in(lang), shared_fonts()).data
