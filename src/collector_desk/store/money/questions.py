"""Questions to the banks: which were asked already, which wait, and all of them as the list shows them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping

from collector_desk.domain.book.debts import message_from_plain, message_to_plain
from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message
from collector_desk.domain.money.month import AskedLine
from collector_desk.domain.money.questions import WAITING, BankQuestion, NewQuestion, SentIn
from collector_desk.domain.text.numbers import Numbered, spelt
from collector_desk.domain.vocabulary import QuestionKind, QuestionState
from collector_desk.store.ids import packed, packed_list, unpacked
from collector_desk.store.metadata import from_micros

Same = tuple[str, str, str]
"""By what two questions are one: the kind, what it is about or whose it is, and without the former its figures."""
_THESE = "IN (SELECT unhex(value) FROM json_each(?))"


def figures_of(question: NewQuestion) -> dict[str, object]:
    """Its figures as the store keeps them."""
    return message_to_plain(Message("", question.figures))


def same(question: NewQuestion) -> Same:
    """By what it is one with another."""
    if question.about is not None:
        return question.kind, question.about, ""
    return question.kind, question.case_id or question.debtor_id or question.bank, _said(figures_of(question))


def _said(figures: object) -> str:
    return json.dumps(figures, sort_keys=True, ensure_ascii=False)


def asked_already(conn: Connection, wanted: Sequence[NewQuestion]) -> set[Same]:
    """Which of these were asked before and whose reason has not gone since."""
    found: set[Same] = set()
    about = [one.about for one in wanted if one.about is not None]
    if about:
        rows = conn.exec_driver_sql(
            "SELECT q.kind, q.about_id FROM bank_question q JOIN question_state s ON s.question_id = q.id "  # noqa: S608
            f"WHERE q.about_id {_THESE} AND s.state <> ?",
            (packed_list(about), QuestionState.SETTLED),
        )
        found |= {(kind, unpacked(of), "") for kind, of in rows}
    if len(about) < len(wanted):
        kinds = sorted({one.kind.value for one in wanted if one.about is None})
        rows = conn.exec_driver_sql(
            "SELECT q.kind, q.case_id, q.debtor_id, q.bank_name, q.figures FROM bank_question q "  # noqa: S608
            "JOIN question_state s ON s.question_id = q.id WHERE q.about_id IS NULL AND s.state <> ? "
            f"AND q.kind IN ({', '.join('?' * len(kinds))})",
            (QuestionState.SETTLED, *kinds),
        )
        for kind, case, debtor, bank, figures in rows:
            whose = unpacked(case) if case else unpacked(debtor) if debtor else bank
            found.add((kind, whose, _said(json.loads(figures))))
    return found


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """A question that was asked: enough to write what became of it."""

    id: str
    kind: QuestionKind
    state: QuestionState
    debtor_id: str | None
    about: str | None


_ASKED = (
    "SELECT q.id, q.kind, s.state, q.debtor_id, q.about_id FROM bank_question q "
    "JOIN question_state s ON s.question_id = q.id "
)


def _asked(rows: Iterable[Sequence[Any]]) -> list[AskedBefore]:
    return [
        AskedBefore(
            unpacked(key),
            QuestionKind(kind),
            QuestionState(state),
            unpacked(debtor) if debtor else None,
            unpacked(about) if about else None,
        )
        for key, kind, state, debtor, about in rows
    ]


def these(conn: Connection, question_ids: Iterable[str]) -> list[AskedBefore]:
    """These questions as they stand now."""
    return _asked(conn.exec_driver_sql(f"{_ASKED} WHERE q.id {_THESE}", (packed_list(question_ids),)))


def waiting_of(conn: Connection, debtor_ids: Sequence[str]) -> list[AskedBefore]:
    """The questions about these debtors to which there is no answer yet."""
    sql = f"{_ASKED} WHERE s.debtor_id {_THESE} AND s.state IN (?, ?)"
    return _asked(conn.exec_driver_sql(sql, (packed_list(debtor_ids), *WAITING)))


def waiting_about(conn: Connection, ids: Iterable[str]) -> list[AskedBefore]:
    """The same about these rows or claims."""
    sql = f"{_ASKED} WHERE q.about_id {_THESE} AND s.state IN (?, ?)"
    return _asked(conn.exec_driver_sql(sql, (packed_list(ids), *WAITING)))


_NOBODYS = (
    "SELECT r.id, k.bank_name, r.skeleton FROM bank_piece p JOIN bank_row r ON r.piece_id = p.id "
    "JOIN payment_match m ON m.row_id = r.id JOIN payments_taken k ON k.id = p.batch_id "
    "JOIN batch b ON b.id = k.id AND b.state = 'visible' WHERE p.batch_id = ? AND m.debtor_id IS NULL ORDER BY r.id"
)


def of_nobodys_rows(conn: Connection, batch_id: str) -> list[NewQuestion]:
    """What there is to ask about the rows of a file that no account here bears."""
    found = []
    for row_id, bank, skeleton in conn.exec_driver_sql(_NOBODYS, (packed(batch_id),)):
        bones = json.loads(skeleton)
        day = date.fromisoformat(bones["posted_on"])
        figures = {"amount": Money(bones["minor"], bones["currency"]), "day": day}
        found.append(NewQuestion(QuestionKind.UNMATCHED, about=unpacked(row_id), figures=figures, bank=bank))
    return found


def about_found_rows(conn: Connection) -> list[AskedBefore]:
    """The questions that wait about rows of nobody's whose account has come since."""
    sql = (
        f"{_ASKED} JOIN payment_match m ON m.row_id = q.about_id "
        "WHERE q.kind = ? AND s.state IN (?, ?) AND m.debtor_id IS NOT NULL"
    )
    return _asked(conn.exec_driver_sql(sql, (QuestionKind.UNMATCHED, *WAITING)))


def waiting_about_file(conn: Connection, batch_id: str) -> list[AskedBefore]:
    """The questions that wait about the rows of a payment file."""
    sql = (
        f"{_ASKED} JOIN bank_row r ON r.id = q.about_id JOIN bank_piece p ON p.id = r.piece_id "
        "WHERE p.batch_id = ? AND s.state IN (?, ?)"
    )
    return _asked(conn.exec_driver_sql(sql, (packed(batch_id), *WAITING)))


def waiting_of_kind(conn: Connection, bank: str, kind: QuestionKind) -> list[AskedBefore]:
    """Those of one kind for one bank."""
    sql = f"{_ASKED} WHERE q.bank_name = ? AND q.kind = ? AND s.state IN (?, ?)"
    return _asked(conn.exec_driver_sql(sql, (bank, kind, *WAITING)))


_OF_PLACEMENT = (
    "SELECT q.kind, count(*) FROM bank_question q JOIN question_state s ON s.question_id = q.id "
    "JOIN account_case c ON c.id = q.case_id WHERE c.placement_id = ? AND s.state IN (?, ?) GROUP BY 1 ORDER BY 1"
)


def asked_of(conn: Connection, placement_id: str) -> tuple[AskedLine, ...]:
    """How many questions about the cases of a placement have no answer yet, by what they ask."""
    rows = conn.exec_driver_sql(_OF_PLACEMENT, (packed(placement_id), *WAITING))
    return tuple(AskedLine(QuestionKind(kind), count) for kind, count in rows)


_LISTED = (
    "SELECT q.id, q.kind, s.state, q.bank_name, q.debtor_id, q.figures, j.at, who.name AS asked_by, "
    "coalesce(o.prefix, '') AS prefix, c.serial, coalesce(c.account_number, '') AS account, "
    "coalesce(d.name, '') AS name, r.skeleton, r.content, w.content AS said, w.line AS said_line, "
    "f.filename, x.serial AS export_serial, "
    "xo.prefix AS export_prefix, l.line, a.words, a.answered_on FROM bank_question q "
    "JOIN question_state s ON s.question_id = q.id "
    "JOIN journal j ON j.row_id = q.id AND j.table_name = 'bank_question' AND j.kind <> 'erase' "
    "LEFT JOIN person who ON who.id = j.actor_id LEFT JOIN account_case c ON c.id = q.case_id "
    "LEFT JOIN origin o ON o.store_id = c.issuer LEFT JOIN debtor d ON d.id = q.debtor_id "
    "LEFT JOIN bank_row r ON r.id = q.about_id LEFT JOIN bank_piece p ON p.id = r.piece_id "
    "LEFT JOIN payments_taken k ON k.id = p.batch_id LEFT JOIN words_row w ON w.id = q.about_id "
    "LEFT JOIN words_taken wk ON wk.id = w.batch_id "
    "LEFT JOIN received_file f ON f.id = coalesce(k.file_id, wk.file_id) "
    "LEFT JOIN bank_question_line l ON l.id = (SELECT min(id) FROM bank_question_line "
    "WHERE question_id = q.id AND state = 'sent') "
    "LEFT JOIN questions_export x ON x.id = l.export_id LEFT JOIN origin xo ON xo.store_id = x.issuer "
    "LEFT JOIN bank_question_line a ON a.id = (SELECT max(id) FROM bank_question_line "
    "WHERE question_id = q.id AND state = 'answered') "
)


def waiting(conn: Connection, bank: str = "") -> list[BankQuestion]:
    """All to which there is no answer yet, or those of one bank: what nobody has sent first, the oldest first."""
    sql = f"{_LISTED} WHERE s.state IN (?, ?) AND (? = '' OR q.bank_name = ?) ORDER BY j.seq"
    found = [_listed(row) for row in conn.exec_driver_sql(sql, (*WAITING, bank, bank)).mappings()]
    return sorted(found, key=lambda one: (one.state is not QuestionState.OPEN, one.bank))


def of_debtor(conn: Connection, debtor_id: str) -> list[BankQuestion]:
    """Every question ever asked about a debtor, the oldest first."""
    sql = f"{_LISTED} WHERE q.debtor_id {_THESE} ORDER BY j.seq"
    return [_listed(row) for row in conn.exec_driver_sql(sql, (packed_list([debtor_id]),)).mappings()]


def _listed(row: RowMapping) -> BankQuestion:
    content = json.loads(row["content"]) if row["content"] else {}
    bones = json.loads(row["skeleton"]) if row["skeleton"] else {}
    sent = None
    if row["export_serial"] is not None:
        number = spelt(row["export_prefix"], Numbered.QUESTIONS, row["export_serial"])
        sent = SentIn(number, row["line"])
    return BankQuestion(
        id=unpacked(row["id"]),
        kind=QuestionKind(row["kind"]),
        state=QuestionState(row["state"]),
        bank=row["bank_name"],
        debtor_id=unpacked(row["debtor_id"]) if row["debtor_id"] else "",
        case_number=spelt(row["prefix"], Numbered.CASE, row["serial"]) if row["serial"] is not None else "",
        name=row["name"],
        account=row["account"] or content.get("account", "") or _named(row["said"]),
        figures=message_from_plain(json.loads(row["figures"])).params,
        asked_at=from_micros(row["at"]),
        asked_by=row["asked_by"] or "",
        reference=bones.get("reference", ""),
        filename=row["filename"] or "",
        line=bones.get("line", 0) or row["said_line"] or 0,
        sent=sent,
        answer=row["words"] or "",
        answered_on=date.fromisoformat(row["answered_on"]) if row["answered_on"] else None,
    )


def _named(said: str | None) -> str:
    """The number by which a row of a list names the case that nobody here knows."""
    names = json.loads(said)["names"] if said else {}
    order = ("account_no", "serial", "case_no", "customer_no", "id_no")
    return next((names[name] for name in order if names.get(name)), "")
