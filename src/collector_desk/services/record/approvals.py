"""A lead's word that opens something the rules leave to a lead: the one writer of approvals."""

from datetime import datetime

from collector_desk.domain.conduct.values import ApprovalKind
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t


def let_contacts_be_asked(act: Writing, debtor_id: str, until: datetime | None, words: str) -> None:
    """This debtor counts as lost: until then the reserved contacts may be asked for a way to reach them."""
    act.record(
        t.approval,
        {
            "debtor_id": debtor_id,
            "approval_kind": ApprovalKind.THIRD_PARTY.value,
            "until": until,
            "approved_by": act.person_id,
            "approved_at": act.at,
            "reason": words,
        },
    )
