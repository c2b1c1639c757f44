"""How what debtors say they have paid stands, after all the banks told: the one place that works it out.

The rules are in ``domain/money/claims``; an act, a rebuild and the proof come through here, and what comes out is
written only where it differs.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from collector_desk.domain.money.claims import ClaimNow, judge
from collector_desk.store import tables as t
from collector_desk.store.kept import changed
from collector_desk.store.money import files, promised
from collector_desk.store.projections.money import DebtorMoney

Stored = dict[str, dict[str, Any]]
"""Rows of ``claim_now`` by their key."""
_STORED = select(t.claim_now).where(t.claim_now.c.debtor_id.in_(bindparam("of", expanding=True)))


def of_debtors(conn: Connection, debtor_ids: Sequence[str], money: Mapping[str, DebtorMoney]) -> Stored:
    """How the claims of these debtors stand. ``money``: of those of whom a bank told anything."""
    claims = promised.claims(conn, debtor_ids)
    if not claims:
        return {}
    from collector_desk.packs.bank_days import bank_days  # reads TOML by heavy means: whoever opens a store waits

    cases = promised.placed(conn, sorted(claims))
    told = cache(lambda bank: files.told(conn, bank))
    found: Stored = {}
    for case_id, theirs in claims.items():
        case = cases.get(case_id)
        if case is None:
            continue  # its account is gone: what the proof says of that, it says elsewhere
        paid = money[case.debtor_id].payments(case_id) if case.debtor_id in money else ()
        up_to = files.known_up_to(told(case.bank), case.placement_id, case.as_of)
        for one in judge(theirs, paid, as_of=case.as_of, known_up_to=up_to, days=bank_days()):
            found[one.claim.id] = _row(one, case_id, case.debtor_id)
    return found


def _row(now: ClaimNow, case_id: str, debtor_id: str) -> dict[str, Any]:
    return {
        "id": now.claim.id,
        "debtor_id": debtor_id,
        "case_id": case_id,
        "state": now.state.value,
        "minor": now.claim.minor,
        "currency": now.claim.currency,
        "paid_on": now.claim.day,
        "told_at": now.claim.told_at,
        "window_ends": now.window_ends,
        "silent_from": now.silent_from,
        "told_to": now.told_to,
        "row_id": now.row_id,
    }


def keep(conn: Connection, debtor_ids: Sequence[str], rows: Stored) -> None:
    """Write what was worked out of these debtors where it differs."""
    stored = {row["id"]: dict(row) for row in conn.execute(_STORED, {"of": list(debtor_ids)}).mappings()}
    amiss = [key for key in {**stored, **rows} if stored.get(key) != rows.get(key)]
    if not amiss:
        return
    conn.execute(delete(t.claim_now).where(t.claim_now.c.id.in_(amiss)))
    new = [rows[key] for key in amiss if key in rows]
    if new:
        conn.execute(insert(t.claim_now), new)
    changed(conn, t.claim_now)
