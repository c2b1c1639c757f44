"""What the bank placed of one debtor in one file, and which rows of state follow from it.

It is written once, as two texts: the *skeleton* (ids, numbers of ours, figures and days) stays for good, the
*content* (whoever it is about, in the bank's words, with sheet and line) goes when the law has it erased. An import
makes its rows of state by the same functions as a rebuild does.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Table

from collector_desk.domain.book.debts import NumberSource
from collector_desk.domain.book.serials import serial_of
from collector_desk.domain.states import AddressSource
from collector_desk.domain.vocabulary import CaseState, NumberStanding
from collector_desk.store import tables as t
from collector_desk.store.projections.facts import Changed, Effect, Joined, Made, Recorded
from collector_desk.store.projections.figures import OF, Refreshed

Said = Mapping[str, Any]
PERSON = ("name", "id_type", "id_number", "customer_no", "employer", "zone")
"""What of a debtor's row the bank placed. The bank's own name is not among them: a lead may correct it later."""

_ACCOUNT: dict[str, Any] = {
    **dict.fromkeys(t.account_case.c.keys()),
    **dict.fromkeys(("account_number", "card_tail", "round", "remark"), ""),
    "extras": {},
    "state": CaseState.OPEN.value,
}
_UNKNOWN, _BANKS_NUMBER, _BANKS_ADDRESS = (
    NumberStanding.UNKNOWN.value,
    NumberSource.BANK.value,
    AddressSource.BANK.value,
)


def account_row(issuer: str, batch_id: str, debtor_id: str, frame: Said, words: Said) -> dict[str, Any]:
    """An account as it begins, of its part of the skeleton and of the content; days as text.

    ``issuer``: the store that took it in, whose number it bears.
    """
    row = {**_ACCOUNT, **frame, **words}
    row["batch_id"], row["debtor_id"], row["balance_minor"] = batch_id, debtor_id, row["placed_minor"]
    row["issuer"] = issuer
    row["bank_serial"] = serial_of(row["extras"].items()) if row["extras"] else None
    row.pop("sheet", None)
    row.pop("line", None)
    return row


def phone_row(batch_id: str, debtor_id: str, position: int, said: Said) -> dict[str, Any]:
    """A number as it begins."""
    return {
        "id": said["id"],
        "batch_id": batch_id,
        "debtor_id": debtor_id,
        "number": said["number"],
        "kind": said["kind"],
        "owner_name": said["owner_name"],
        "relation": said["relation"],
        "standing": _UNKNOWN,
        "source": _BANKS_NUMBER,
        "position": position,
    }


def address_row(batch_id: str, debtor_id: str, position: int, said: Said) -> dict[str, Any]:
    """An address as it begins."""
    return {
        "id": said["id"],
        "batch_id": batch_id,
        "debtor_id": debtor_id,
        "kind": said["kind"],
        "line": said["line"],
        "source": _BANKS_ADDRESS,
        "position": position,
    }


def placed(fact: Recorded) -> Iterator[Effect | Joined | Refreshed]:
    """The debtor's person, accounts, numbers and addresses; of a debtor on file already all but the person, unless
    the file corrects it, and of accounts on file their newer figures.

    Where the content was erased the accounts stay with their figures, the person is blank, and the numbers and
    addresses are gone: an empty one would be none.
    """
    batch_id, debtor_id = fact["batch_id"], fact["debtor_id"]
    frames = json.loads(fact["skeleton"])
    content = json.loads(fact["content"]) if fact["content"] is not None else {}
    words = content.get("cases") or [{}] * len(frames)
    if fact["id"] == debtor_id:
        # the customer's number is part of what makes debtors two: the blank one is their own
        blank = {**dict.fromkeys(PERSON, ""), "customer_no": debtor_id}
        person = content.get("person") or blank
        yield Changed(t.debtor, debtor_id, {"batch_id": batch_id, **{name: person[name] for name in PERSON}})
    elif corrected := content.get("corrected"):
        yield Changed(t.debtor, debtor_id, corrected)
    for frame, said in zip(frames, words, strict=True):
        if OF in frame:
            yield Refreshed(frame[OF], frame, said)
            continue
        account = account_row(fact["store_id"], batch_id, debtor_id, frame, said)
        yield Made(t.account_case, _typed(t.account_case, account))
    phones, addresses = content.get("phones", ()), content.get("addresses", ())
    numbers = [phone_row(batch_id, debtor_id, place, said) for place, said in enumerate(phones)]
    yield Joined(t.phone, numbers, "number")
    lines = [address_row(batch_id, debtor_id, place, said) for place, said in enumerate(addresses)]
    yield Joined(t.address, lines, "line")


@cache
def _days(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if isinstance(column.type, Date))


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    for name in _days(table):
        if row[name] is not None:
            row[name] = date.fromisoformat(row[name])
    return row


# --- the proof -----------------------------------------------------------------------------------------------


def digest_of(salt: bytes, skeleton: str, content: str) -> bytes:
    """What a row's digest must be as long as its content is there."""
    return hashlib.sha256(b"\0".join((salt, skeleton.encode(), content.encode()))).digest()


class PieceHash:
    """The hash over the rows of one piece, in their order; erasing the content of a row doesn't change it."""

    def __init__(self) -> None:
        self.rows = 0
        self._hash = hashlib.sha256()

    def add(self, row_id: bytes, debtor_id: bytes, digest: bytes, skeleton: str) -> None:
        """Take in the next row: each part has its fixed length."""
        self.rows += 1
        self._hash.update(row_id + debtor_id + digest + hashlib.sha256(skeleton.encode()).digest())

    def value(self) -> bytes:
        """The hash of the rows so far."""
        return self._hash.digest()


def joined(present: Iterable[Said], rows: Iterable[Said], same: str) -> Iterator[dict[str, Any]]:
    """Those of ``rows`` that are not among the debtor's present ones by the column ``same``, behind them."""
    there = list(present)
    known = {row[same] for row in there}
    behind = max((row["position"] for row in there), default=-1) + 1
    return ({**row, "position": row["position"] + behind} for row in rows if row[same] not in known)
