"""Rows of banks' lists of cases that name none of ours: which wait."""

import json
from datetime import date

from sqlalchemy import Connection

from collector_desk.domain.book.nobodys_words import Names, NobodysState, NobodysWord
from collector_desk.domain.money.questions import WAITING
from collector_desk.domain.vocabulary import BankWord, NobodysReason
from collector_desk.store.ids import packed, unpacked

_WAITING = (
    "SELECT w.id, w.batch_id, f.filename, w.line, k.bank_name, w.word, w.said_on, w.ends, w.why, w.content, "
    "EXISTS (SELECT 1 FROM bank_question q JOIN question_state s ON s.question_id = q.id "
    "WHERE q.about_id = w.id AND s.state IN (?, ?)) FROM words_row w JOIN words_taken k ON k.id = w.batch_id "
    "JOIN received_file f ON f.id = k.file_id WHERE w.content IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM words_row_line l WHERE l.row_id = w.id) ORDER BY w.id"
)


def waiting(conn: Connection) -> list[NobodysWord]:
    """All that wait, the oldest first, as far as they still say whom they meant."""
    found = []
    for key, batch, filename, line, bank, word, said_on, ends, why, content, asked in conn.exec_driver_sql(
        _WAITING, WAITING
    ):
        said = json.loads(content)
        found.append(
            NobodysWord(
                id=unpacked(key),
                batch_id=unpacked(batch),
                filename=filename or "",
                line=line,
                bank=bank,
                names=Names(**said["names"]),
                word=BankWord(word),
                said_on=date.fromisoformat(said_on),
                ends=date.fromisoformat(ends) if ends else None,
                why=NobodysReason(why),
                reason=said["reason"],
                asked=bool(asked),
            )
        )
    return found


def waiting_of(conn: Connection, batch_id: str) -> list[str]:
    """The ids of a list's rows that wait."""
    sql = (
        "SELECT w.id FROM words_row w WHERE w.batch_id = ? "
        "AND NOT EXISTS (SELECT 1 FROM words_row_line l WHERE l.row_id = w.id) ORDER BY w.id"
    )
    return [unpacked(key) for key in conn.exec_driver_sql(sql, (packed(batch_id),)).scalars()]


def all_let_go(conn: Connection, batch_id: str) -> bool:
    """Whether a list has such rows and every one of them was let go."""
    sql = (
        "SELECT count(*), count(l.id) FROM words_row w "
        "LEFT JOIN words_row_line l ON l.row_id = w.id AND l.state = ? WHERE w.batch_id = ?"
    )
    rows, gone = conn.exec_driver_sql(sql, (NobodysState.LET_GO, packed(batch_id))).one()
    return bool(rows) and rows == gone
