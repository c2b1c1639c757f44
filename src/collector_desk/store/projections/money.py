"""How every row of a payment file stands and what every account owes, after all rows, decisions and figures.

The one place that works it out, whoever asks: an act, a file, a rebuild, the proof. The rules are in
``domain/money``; here is what they are given, and what comes out is written only where it differs.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Date, bindparam, delete, exists, select, update

from collector_desk.domain.book.closing import GIVEN_BACK
from collector_desk.domain.money.allocation import AccountFigure
from collector_desk.domain.money.figures import remains, steps
from collector_desk.domain.money.ledger import Ledger, OwedAccount, RowNow, work
from collector_desk.domain.money.payments import FileKind, Payment, ReceivedRow, RowDecision, RowStanding, Settling
from collector_desk.domain.states import BatchState
from collector_desk.domain.vocabulary import CaseState, Flag
from collector_desk.store import tables as t
from collector_desk.store.ids import all_packed, packed, packed_list, unpacked
from collector_desk.store.kept import changed
from collector_desk.store.metadata import from_micros, to_micros
from collector_desk.store.money import figures
from collector_desk.store.sqlite.bulk import day
from collector_desk.store.tables.history import journal

Values = Mapping[str, Any]
Rows = dict[str, list[ReceivedRow]]
"""The rows of the bank by the case they belong to."""
_NOW = tuple(t.payment_now.c.keys())
_DAYS = tuple(column.name for column in t.payment_now.c if isinstance(column.type, Date))
_VALUES = itemgetter(*_NOW)


@dataclass(frozen=True, slots=True)
class DebtorMoney:
    """One debtor's accounts with all that was paid on them.

    ``part_of``: where a row was split, a part → its row; ``split``: the rows that were, with their case.
    """

    accounts: tuple[OwedAccount, ...]
    rows: Mapping[str, Sequence[ReceivedRow]]
    ledger: Ledger
    part_of: Mapping[str, str]
    split: tuple[tuple[str, ReceivedRow], ...] = ()

    def stored(self, debtor_id: str) -> dict[str, dict[str, Any]]:
        """The rows of ``payment_now`` it comes to, by their key."""
        by_id = {row.id: row for rows in self.rows.values() for row in rows}
        told = [(one, by_id[one.row_id]) for one in self.ledger.rows]
        told += [(RowNow(row.id, case_id, RowStanding.TAKEN, None), row) for case_id, row in self.split]
        return {
            one.row_id: {
                "id": one.row_id,
                "row_id": self.part_of.get(one.row_id, one.row_id),
                "debtor_id": debtor_id,
                "case_id": one.case_id,
                "standing": one.standing.value,
                "doubt": None if one.doubt is None else int(one.doubt),
                "posted_on": row.posted_on,
                "minor": row.minor,
                "currency": row.currency,
                "allocated_minor": one.allocated,
                "excess_minor": one.excess,
                "contained_minor": one.contained,
            }
            for one, row in told
        }

    def payments(self, case_id: str) -> tuple[Payment, ...]:
        """What of the rows on one account is a payment of its own."""
        worked = self.ledger.accounts.get(case_id)
        return tuple(share.payment for share in worked.shares) if worked else ()

    def paid(self, case_id: str) -> list[tuple[date, int]]:
        """What was paid on one of the accounts in its currency: by posting day, less what was taken back."""
        currency = next((one.figure.currency for one in self.accounts if one.case_id == case_id), "")
        of_account = self.payments(case_id)
        return [(one.row.posted_on, one.net) for one in of_account if one.row.currency == currency]

    def remainders(self, figures: Mapping[str, Sequence[tuple[date, int]]]) -> dict[str, bool | None]:
        """By account, whether what is owed on it is what remained after all was paid; None where it isn't."""
        return {
            account.case_id: remains(steps(figures.get(account.case_id, ()), self.paid(account.case_id))) or None
            for account in self.accounts
        }

    def balances(self) -> dict[str, int]:
        """What is owed on each of the accounts, by its case."""
        return {account.case_id: self.ledger.balance(account) for account in self.accounts}


_KNOWN = (
    select(t.payment_now.c.debtor_id)
    .where(t.payment_now.c.debtor_id.in_(bindparam("of", expanding=True)))
    .distinct()
)
_ROWS = (
    "SELECT m.debtor_id, m.case_id, r.id, r.skeleton, p.batch_id, b.told_kind, b.imported_at FROM payment_match m "
    "JOIN bank_row r ON r.id = m.row_id JOIN bank_piece p ON p.id = r.piece_id "
    "JOIN payments_taken k ON k.id = p.batch_id JOIN batch b ON b.id = k.id AND b.state = 'visible' "
    "WHERE m.debtor_id IN (SELECT unhex(value) FROM json_each(?))"
)
_FIGURE = (
    *("id", "debtor_id", "account_number", "placement_id", "currency", "placed_minor", "balance_as_of"),
    *("state", "figure_minor"),
)
_OF_CASE = itemgetter(*_FIGURE)
_CASES = select(*(t.account_case.c[name] for name in _FIGURE)).where(
    t.account_case.c.debtor_id.in_(bindparam("of", expanding=True))
)
_SAID, _NEWER = t.payment_decision, t.payment_decision.alias("newer")
_LAST = ~exists().where(_NEWER.c.row_id == _SAID.c.row_id, _NEWER.c.id > _SAID.c.id)
_WORDS = select(_SAID.c.row_id, _SAID.c.settling).where(_SAID.c.row_id.in_(bindparam("of", expanding=True)), _LAST)
_PARTS = (  # a part of a row that was split may go to another debtor's account
    select(
        *(t.payment_part.c[name] for name in ("debtor_id", "case_id", "minor", "row_id")),
        t.bank_row.c.skeleton,
        t.bank_piece.c.batch_id,
        t.batch.c.told_kind.label("kind"),
        t.batch.c.imported_at,
    )
    .join(_SAID, _SAID.c.id == t.payment_part.c.decision_id)
    .join(t.bank_row, t.bank_row.c.id == t.payment_part.c.row_id)
    .join(t.bank_piece, t.bank_piece.c.id == t.bank_row.c.piece_id)
    .join(t.payments_taken, t.payments_taken.c.id == t.bank_piece.c.batch_id)
    .join(t.batch, t.batch.c.id == t.payments_taken.c.id)
    .where(
        t.payment_part.c.debtor_id.in_(bindparam("of", expanding=True)),
        t.batch.c.state == BatchState.VISIBLE,
        _LAST,
    )
)
_RECALLED = (
    select(t.case_event.c.case_id, t.case_event.c.event, t.case_event.c.written_on)
    .where(t.case_event.c.debtor_id.in_(bindparam("of", expanding=True)))
    .order_by(t.case_event.c.id)
)
_FLAGGED = (
    select(t.flag_event.c.debtor_id, t.flag_event.c.flag, t.flag_event.c.on, journal.c.at)
    .join(journal, journal.c.row_id == t.flag_event.c.id)
    .where(
        t.flag_event.c.debtor_id.in_(bindparam("of", expanding=True)),
        t.flag_event.c.flag.in_((Flag.DECEASED, Flag.DISPUTED)),
    )
    .order_by(t.flag_event.c.id)
)
_PLACED = select(t.placement.c.id, t.placement.c.placed_on, t.placement.c.terms).where(
    t.placement.c.id.in_(bindparam("of", expanding=True))
)


def received(row_id: str, skeleton: Values, *, file_id: str, kind: str, micros: int) -> ReceivedRow:
    """A row of the bank as the rules speak of it."""
    paid, at = skeleton.get("paid_on"), skeleton.get("at")
    return ReceivedRow(
        id=row_id,
        place=(micros, skeleton["sheet"], skeleton["line"]),
        account="",  # the case it belongs to says it
        reference=skeleton["reference"],
        minor=skeleton["minor"],
        currency=skeleton["currency"],
        posted_on=date.fromisoformat(skeleton["posted_on"]),
        file_id=file_id,
        kind=FileKind(kind),
        received_at=from_micros(micros),
        assumed=bool(skeleton["assumed"]),
        paid_on=date.fromisoformat(paid) if paid else None,
        at=time.fromisoformat(at) if at else None,
    )


def rows_of(conn: Connection, debtor_ids: Sequence[str]) -> dict[str, Rows]:
    """What the banks told of these debtors, by debtor and case; nothing of a file still under way."""
    found: dict[str, Rows] = defaultdict(lambda: defaultdict(list))
    for debtor, case, row_id, skeleton, batch, kind, micros in conn.exec_driver_sql(
        _ROWS, (packed_list(debtor_ids),)
    ):
        row = received(unpacked(row_id), json.loads(skeleton), file_id=unpacked(batch), kind=kind, micros=micros)
        found[unpacked(debtor)][unpacked(case)].append(row)
    return found


def part_id(row_id: str, case_id: str) -> str:
    """The name of what of a row goes to one account, where it was split: the same in every store."""
    return hashlib.sha256(packed(row_id) + packed(case_id)).hexdigest()[:32]


@dataclass(slots=True)
class _Settled:
    """Rows after what people said of them."""

    rows: dict[str, Rows]
    decided: dict[str, RowDecision]
    parts: dict[str, str] = field(default_factory=dict)  # part → row
    split: dict[str, list[tuple[str, ReceivedRow]]] = field(default_factory=lambda: defaultdict(list))


def settled(conn: Connection, debtor_ids: Sequence[str], rows: dict[str, Rows]) -> _Settled:
    """Put people's words on the rows: one that was split counts by its parts, wherever they go."""
    every = [row.id for theirs in rows.values() for some in theirs.values() for row in some]
    words = {row.row_id: Settling(row.settling) for row in conn.execute(_WORDS, {"of": every})} if every else {}
    found = _Settled(rows, {row_id: RowDecision(row_id, settling) for row_id, settling in words.items()})
    if Settling.SPLIT in words.values():
        for who, theirs in rows.items():
            for case_id, some in theirs.items():
                gone = [row for row in some if words.get(row.id) is Settling.SPLIT]
                found.split[who] += [(case_id, row) for row in gone]
                theirs[case_id] = [row for row in some if row not in gone]
    for part in conn.execute(_PARTS, {"of": list(debtor_ids)}):
        name = part_id(part.row_id, part.case_id)
        bones, micros = json.loads(part.skeleton), to_micros(part.imported_at)
        row = received(name, bones, file_id=part.batch_id, kind=part.kind, micros=micros)
        theirs = rows.setdefault(part.debtor_id, defaultdict(list))
        theirs[part.case_id].append(replace(row, minor=part.minor))
        found.decided[name] = RowDecision(name, Settling.SPLIT)
        found.parts[name] = part.row_id
    return found


def accounts_of(
    conn: Connection, debtor_ids: Sequence[str], cases: Iterable[Values] | None = None
) -> dict[str, list[OwedAccount]]:
    """The bank's figures of these debtors' accounts; ``cases``: their rows of state, where they are at hand."""
    of = {"of": list(debtor_ids)}
    here: Sequence[Any] = conn.execute(_CASES, of).all() if cases is None else list(map(_OF_CASE, cases))
    placed = {row.id: row for row in conn.execute(_PLACED, {"of": list({case[3] for case in here})})}
    ended: dict[str, tuple[str, date | None]] = {
        row.case_id: (row.event, row.written_on) for row in conn.execute(_RECALLED, of)
    }
    flagged = _flagged_since(conn, debtor_ids)
    found: dict[str, list[OwedAccount]] = defaultdict(list)
    for case_id, debtor_id, number, placement_id, currency, placed_minor, as_of, state, newer in here:
        event, written_on = ended.get(case_id, ("", None))
        returned_on = written_on if event in GIVEN_BACK else None
        placement = placed.get(placement_id)
        figure = AccountFigure(
            placed_minor if newer is None else newer,
            currency,
            as_of,
            placement.placed_on if placement else None,
            returned_on,
            tail_days=placement.terms.get("tail_days", 0) if placement else 0,
            daily_ppm=placement.terms.get("daily_ppm", 0) if placement else 0,
            flagged_since=flagged.get(debtor_id),
        )
        found[debtor_id].append(OwedAccount(case_id, number, figure, state == CaseState.SETTLED))
    return found


def _flagged_since(conn: Connection, debtor_ids: Sequence[str]) -> dict[str, datetime]:
    """Of whom among them it is known that they died, or dispute the debt, and since when it was here."""
    up: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    for row in conn.execute(_FLAGGED, {"of": list(debtor_ids)}):
        if row.on:
            up[row.debtor_id].setdefault(row.flag, row.at)
        else:
            up[row.debtor_id].pop(row.flag, None)
    return {who: min(flags.values()) for who, flags in up.items() if flags}


def of_debtors(
    conn: Connection, debtor_ids: Sequence[str], cases: Iterable[Values] | None = None
) -> dict[str, DebtorMoney]:
    """The money of those among these debtors of whom a bank told anything, or of whom it was thought so."""
    found = settled(conn, debtor_ids, rows_of(conn, debtor_ids))
    stored = conn.execute(_KNOWN, {"of": list(debtor_ids)}).scalars()
    named = list(dict.fromkeys([*found.rows, *stored]))
    if not named:
        return {}
    asked = frozenset(named)
    wanted = None if cases is None else [case for case in cases if case["debtor_id"] in asked]
    accounts = accounts_of(conn, named, wanted)
    money = {}
    for who in named:
        theirs = found.rows.get(who, {})
        ledger = work(accounts[who], theirs, found.decided)
        money[who] = DebtorMoney(tuple(accounts[who]), theirs, ledger, found.parts, tuple(found.split.get(who, ())))
    return money


# --- writing -------------------------------------------------------------------------------------------------

_STORED = select(t.payment_now).where(t.payment_now.c.debtor_id.in_(bindparam("of", expanding=True)))
_PUT = (
    f"INSERT OR REPLACE INTO payment_now ({', '.join(_NOW)}) "  # noqa: S608
    f"VALUES (unhex(?), unhex(?), unhex(?), unhex(?), {', '.join('?' * (len(_NOW) - 4))})"
)
_BALANCE = (
    update(t.account_case).where(t.account_case.c.id == bindparam("of")).values(balance_minor=bindparam("owed"))
)
_BALANCES = select(
    *(t.account_case.c[name] for name in ("id", "debtor_id", "balance_minor", "figure_minor", "remainder"))
).where(t.account_case.c.debtor_id.in_(bindparam("of", expanding=True)))
_REMAINDER = (
    update(t.account_case).where(t.account_case.c.id == bindparam("of")).values(remainder=bindparam("remains"))
)


def keep(conn: Connection, debtor_ids: Sequence[str], said: Mapping[str, DebtorMoney]) -> list[str]:
    """Write what was worked out of these debtors where it differs; returns those whose balance is another one."""
    of = {"of": list(debtor_ids)}
    stored = {row["id"]: dict(row) for row in conn.execute(_STORED, of).mappings()}
    rows = {key: row for who, money in said.items() for key, row in money.stored(who).items()}
    gone = [key for key in stored if key not in rows]
    if gone:
        conn.execute(delete(t.payment_now).where(t.payment_now.c.id.in_(gone)))
    new = [row for key, row in rows.items() if stored.get(key) != row]
    if new:
        conn.exec_driver_sql(_PUT, [_VALUES(row | {name: day(row[name]) for name in _DAYS}) for row in new])
    if gone or new:
        changed(conn, t.payment_now)
    now = conn.execute(_BALANCES, {"of": list(said)}).all() if said else []
    owed = {row.id: row.balance_minor for row in now}
    moved, debtors = [], []
    for who, money in said.items():
        theirs = [{"of": case, "owed": minor} for case, minor in money.balances().items() if owed[case] != minor]
        moved += theirs
        if theirs:
            debtors.append(who)
    if moved:
        conn.execute(_BALANCE, moved)
        changed(conn, t.account_case)
    _keep_remainders(conn, said, now)
    return debtors


def _keep_remainders(conn: Connection, said: Mapping[str, DebtorMoney], stored: Sequence[Any]) -> None:
    """Say on which accounts what is owed remained after all was paid; only a later file can tell of that."""
    newer = sorted({row.debtor_id for row in stored if row.figure_minor is not None})
    if not newer:
        return
    told = figures.by_case(conn, newer)
    found = {case: remains for who in newer for case, remains in said[who].remainders(told).items()}
    other = [
        {"of": row.id, "remains": found[row.id]}
        for row in stored
        if row.id in found and row.remainder != found[row.id]
    ]
    if other:
        conn.execute(_REMAINDER, other)
        changed(conn, t.account_case)


def work_again(conn: Connection, debtor_ids: Sequence[str]) -> None:
    """Say anew how the rows of these debtors stand: for what moves no balance."""
    keep(conn, debtor_ids, of_debtors(conn, debtor_ids))


_OF_PLACEMENT = (
    select(t.payment_now.c.debtor_id)
    .distinct()
    .join(t.account_case, t.account_case.c.id == t.payment_now.c.case_id)
    .where(t.account_case.c.placement_id == bindparam("of"), t.payment_now.c.excess_minor > 0)
)


def work_excess_again(conn: Connection, placement_id: str) -> None:
    """The same of everybody who paid more than was owed on an account of a placement: its terms may explain it."""
    work_again(conn, list(conn.execute(_OF_PLACEMENT, {"of": placement_id}).scalars()))


_GONE_BACK = (
    "INSERT OR IGNORE INTO money_stale (debtor_id) SELECT DISTINCT n.debtor_id FROM payment_now n "
    "JOIN account_case c ON c.id = n.case_id WHERE c.placement_id = ? AND c.state = ?"
)


def mark_gone_back_stale(conn: Connection, placement_id: str) -> None:
    """Have all worked anew to whom money came on a case of this placement that went back: its tail changed."""
    conn.exec_driver_sql(_GONE_BACK, (packed(placement_id), CaseState.RETURNED))


_PAID_ON = (
    "INSERT OR IGNORE INTO money_stale (debtor_id) SELECT DISTINCT n.debtor_id FROM json_each(?) j "
    "JOIN payment_now n ON n.case_id = unhex(j.value)"
)


def mark_paid_stale(conn: Connection, case_ids: Iterable[str]) -> None:
    """Have all worked anew to whom money came on one of these cases: they went back, or came again."""
    conn.exec_driver_sql(_PAID_ON, (packed_list(list(case_ids)),))


def mark_stale(conn: Connection, debtor_ids: Sequence[str]) -> None:
    """Have these debtors' accounts worked anew before anybody sees them."""
    if debtor_ids:
        conn.exec_driver_sql(
            "INSERT OR IGNORE INTO money_stale (debtor_id) VALUES (?)", [(one,) for one in all_packed(debtor_ids)]
        )


_OF_FILE = (
    "INSERT OR IGNORE INTO money_stale (debtor_id) SELECT DISTINCT m.debtor_id FROM bank_piece p "
    "JOIN bank_row r ON r.piece_id = p.id JOIN payment_match m ON m.row_id = r.id "
    "WHERE p.batch_id = ?1 AND m.debtor_id IS NOT NULL UNION SELECT t.debtor_id FROM bank_piece p "
    "JOIN bank_row r ON r.piece_id = p.id JOIN payment_part t ON t.row_id = r.id WHERE p.batch_id = ?1"
)


def mark_file_stale(conn: Connection, batch_id: str) -> None:
    """The same of all to whom a payment file says anything, those to whom rows of it were split among them."""
    conn.exec_driver_sql(_OF_FILE, (packed(batch_id),))


def stale(conn: Connection, most: int) -> list[str]:
    """Debtors who are to be worked anew for what no row of theirs tells."""
    return list(conn.execute(select(t.money_stale.c.debtor_id).limit(most)).scalars())


def fresh(conn: Connection, debtor_ids: Sequence[str]) -> None:
    """These debtors were worked."""
    conn.exec_driver_sql(
        "DELETE FROM money_stale WHERE debtor_id IN (SELECT unhex(value) FROM json_each(?))",
        (packed_list(debtor_ids),),
    )
    changed(conn, t.money_stale)


def add_to(
    conn: Connection, debtor_ids: Sequence[str], rows: dict[Any, dict[str, dict[str, Any]]]
) -> dict[str, DebtorMoney]:
    """Put the money into a state worked out of history: how rows stand, and what is owed (``replay``)."""
    found = of_debtors(conn, debtor_ids, list(rows[t.account_case].values()))
    for who, money in found.items():
        rows[t.payment_now].update(money.stored(who))
        for case_id, minor in money.balances().items():
            rows[t.account_case][case_id]["balance_minor"] = minor
        newer = any(rows[t.account_case][one.case_id]["figure_minor"] is not None for one in money.accounts)
        told = figures.by_case(conn, [who]) if newer else {}
        for case_id, remainder in money.remainders(told).items():
            rows[t.account_case][case_id]["remainder"] = remainder
    return found
