"""What a later file of the bank says of an account on file, and what its row of state is from then on.

Such a figure stands in what was placed of its debtor (``placed``), beside the accounts that are new: which account
it is of, the sum and the day it is of, and whatever else the file tells. Only a newer day changes anything, so that
two stores which took the same files in another order come to the same state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from collector_desk.domain.book.accounts import due_day
from collector_desk.domain.book.serials import serial_of
from collector_desk.domain.vocabulary import CaseState

Said = Mapping[str, Any]
OF = "of"
"""Under this key a part of a skeleton names the account on file whose figure it is."""
_PARTS = ("principal_minor", "interest_minor", "penalty_minor")
_LIKE = (
    *("limit_minor", "statement_day", "last_paid_on", "last_paid_minor", "previous_overdue"),
    *("minimum_minor", "overdue_minor"),
)
_BESIDE = (("minimum_minor", "minimum_as_of"), ("overdue_minor", "overdue_as_of"))
"""Figures beside the whole debt, each with its own day: one takes the place of none but itself."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A figure of an account on file: ``frame`` of the skeleton, ``words`` of the content (empty once erased)."""

    key: str
    frame: Said
    words: Said

    def after(self, case: Said) -> dict[str, Any]:
        """What of the account's row is otherwise from now on; nothing where its figure is as new."""
        frame, as_of = self.frame, date.fromisoformat(self.frame["balance_as_of"])
        if as_of <= case["balance_as_of"]:
            return {}
        owed = frame["figure_minor"]
        now: dict[str, Any] = {
            "figure_minor": owed,
            "balance_as_of": as_of,
            "placed_as_of": case["placed_as_of"] or case["balance_as_of"],
            # the parts of the sum before are no parts of this one
            **{name: frame.get(name) for name in _PARTS},
            **{name: _typed(name, frame[name]) for name in _LIKE if name in frame},
        }
        if case["state"] == CaseState.OPEN:
            now["balance_minor"] = owed
        for name, day in _BESIDE:
            if name in frame:
                now[day] = as_of
            elif case[name] is not None:
                now[day] = case[day] or case["balance_as_of"]
        if "bank_days" in frame or "due_on" in frame:
            now["bank_days"] = frame.get("bank_days")
            now["due_on"] = _typed("due_on", frame["due_on"]) if "due_on" in frame else case["due_on"]
        else:  # the days were counted up to the day of the figure before
            now["bank_days"] = None
            now["due_on"] = due_day(case["bank_days"], case["balance_as_of"], case["due_on"])
        if self.words.get("remark"):
            now["remark"] = self.words["remark"]
        if self.words.get("extras"):
            now["extras"] = {**case["extras"], **self.words["extras"]}
            now["bank_serial"] = serial_of(now["extras"].items())
        return now


def _typed(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name.endswith("_on") else value
