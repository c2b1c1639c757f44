"""Kinds and states that the store keeps in a column and no screen has a word for (those with one: ``vocabulary``).

One enum a column, so that a state is written and asked for by its name and a slip in it is found before it runs.
"""

from enum import StrEnum


class BatchState(StrEnum):
    """How far an import of a file has come."""

    STAGED = "staged"  # being written in pieces; nobody sees it, and a crash leaves nothing of it
    VISIBLE = "visible"
    UNDONE = "undone"  # nobody had acted on it: as if it had never come
    WITHDRAWN = "withdrawn"  # its rows count for nothing, on a lead's word


class BatchKind(StrEnum):
    """What a batch brought."""

    PLACEMENT = "placement"
    PAYMENTS = "payments"
    WORDS = "words"  # what a bank says of cases: recalled, stopped, to stay longer


class PaymentsEvent(StrEnum):
    """What is said of a payment file after it came in."""

    UNDONE = "undone"
    WITHDRAWN = "withdrawn"
    TOLD = "told"  # its days, or what it holds of them, are others than was said


class CoverageEvent(StrEnum):
    """What is said of the days a bank has told of, besides its files."""

    PROPOSED = "proposed"  # one person says that nothing was paid on them: it counts once another says the same
    TOLD = "told"  # nothing was paid on them
    LOWERED = "lowered"  # less is known than was said


class HiddenUse(StrEnum):
    """What became of a column that its file hides (words: ``intake.hidden_use.<value>``)."""

    TAKEN = "taken"
    BESIDE = "beside"  # another one that means the same counts: kept as a further fact
    LEFT = "left"


class TaskDecision(StrEnum):
    """How a task left the leads' list. The case's history tells each (``book.timeline.task_<value>``)."""

    APPROVED = "approved"
    REFUSED = "refused"
    RELEASED = "released"  # collecting may go on
    # what nobody has to decide any more:
    TAKEN_BACK = "taken_back"  # its outcome was
    REPLACED = "replaced"  # by a new promise
    WITHDRAWN = "withdrawn"  # by who asked, or the debtor
    SUPERSEDED = "superseded"  # by a newer figure
    CLOSED = "closed"  # with the case


class PaymentSource(StrEnum):
    """Who told of a payment."""

    DEBTOR = "debtor"  # shown by the debtor; it stands until the bank's file confirms it
    BANK = "bank"


class AddressSource(StrEnum):
    """From where an address is known."""

    BANK = "bank"
    VISIT = "visit"


class DraftKind(StrEnum):
    """What half-finished work is about."""

    CALL = "call"  # bound to its attempt
    VISIT = "visit"
    INCIDENT = "incident"
    PACK = "pack"  # bound to the draft's own id


class VisitLine(StrEnum):
    """What one line of a visit's history holds."""

    STEP = "step"
    PLAN = "plan"
    TAP = "tap"
    REPORT = "report"
    SIGNATURE = "signature"
    REVIEW = "review"
    NEXT = "next"  # what the accepted report says comes next
    SETTLED = "settled"  # nothing is owed any more, told to who stands at the door


class AfterVisit(StrEnum):
    """What an accepted report says comes next."""

    CALL_BACK = "call_back"  # agreed with the debtor
    NEXT_STEP = "next_step"


class PackBack(StrEnum):
    """What became of the papers taken along on a round."""

    RETURNED = "returned"
    LOST = "lost"


class AlarmLine(StrEnum):
    """What one line of a danger's history says."""

    OPENED = "opened"  # a lead has it before them
    TOLD = "told"  # somebody was told of it


class KeyEvent(StrEnum):
    """What happened to a person's slot of the key file, or to the recovery code's."""

    ADMITTED = "admitted"
    PASSWORD = "password"  # noqa: S105 -- the event of a new one, not a secret
    CLOSED = "closed"
    OFFERED = "recovery_offered"  # a new code, which opens nothing until somebody shows that they have it on paper
    RECOVERY = "recovery"  # that was shown
    REKEYED = "rekeyed"  # the store was written anew under another key


class StoreDoubt(StrEnum):
    """Why what this computer remembers of a store doesn't fit the store in the folder: look, but don't dial."""

    PUT_BACK = "put_back"  # the folder was put back to an earlier state
    ONE_PUT_BACK = "one_put_back"  # and one of the two marks with it
    MARKS_GONE = "marks_gone"  # the store was used here, and no mark of it can be read
    FOREIGN = "foreign"  # another store lay in this folder
    NEW_HERE = "new_here"  # this computer never saw the store
    OWN_ANSWER = "own_answer"  # a lead went on with it, and another one has not agreed yet


class TieReason(StrEnum):
    """Why a store was tied to a computer; the last five answer a ``StoreDoubt`` of that name."""

    MADE = "made"
    RESTORED = "restored"  # a lead put a backup in its place
    AGREED = "agreed"  # another lead, with the answer before it
    PUT_BACK = "put_back"
    ONE_PUT_BACK = "one_put_back"
    MARKS_GONE = "marks_gone"
    FOREIGN = "foreign"
    NEW_HERE = "new_here"


class KeyPurpose(StrEnum):
    """Why a pair of keys is somebody's, and by that who has to vouch for it."""

    ROOT = "root"  # of the first person: all others go back to it
    HANDED = "root_handed"  # the root goes to another's key
    ADMITTED = "admitted"  # under the first password, by the manager
    OWN = "own"  # by the key before it
    RECOVERED = "recovered"  # by the printed code's key
    RECOVERY = "recovery"  # the printed code's own
