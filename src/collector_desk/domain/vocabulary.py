"""The words of the trade, once: the same in packs, events, command line and store (``StrEnum`` values).

The screen's words for them are in ``resources/messages/vocabulary.toml`` as ``<EnumName>.<value>``.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a person of the store may be; a person may hold several."""

    AGENT = "agent"
    SENIOR_AGENT = "senior_agent"
    VISITOR = "visitor"
    LEAD = "lead"
    MANAGER = "manager"
    LEGAL = "legal"


class Stage(StrEnum):
    """Stage of the work, by days past due."""

    PRE_DUE = "pre_due"
    POLITE = "polite"
    FIRM = "firm"
    ESCALATION = "escalation"
    LEGAL = "legal"


class Bucket(StrEnum):
    """The trade's usual age bucket by days past due."""

    M0 = "M0"
    M1 = "M1"
    M2 = "M2"
    M3 = "M3"
    M4 = "M4"
    M5 = "M5"
    M6 = "M6"
    M6_PLUS = "M6+"


class Channel(StrEnum):
    """By what means a person is approached."""

    CALL = "call"
    SMS = "sms"
    IM = "im"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"


class Direction(StrEnum):
    """Who began the contact."""

    OUT = "out"
    IN = "in"


class Addressee(StrEnum):
    """To whom a contact goes."""

    DEBTOR = "debtor"
    GUARANTOR = "guarantor"
    CONTACT = "contact"
    OTHER = "other"


class CallMode(StrEnum):
    """A talk, or a one-way notice (告知式)."""

    TALK = "talk"
    NOTICE = "notice"


class Result(StrEnum):
    """What became of an attempt, as the conduct rules count it."""

    NOT_CONNECTED = "not_connected"  # dead number, network
    BUSY = "busy"
    NO_ANSWER = "no_answer"  # rang out
    VOICEMAIL = "voicemail"
    CONNECTED = "connected"  # picked up, no identified debtor or no talk
    EFFECTIVE = "effective"  # a talk with the identified debtor
    WRONG_PERSON = "wrong_person"
    REFUSED = "refused"
    INVALID = "invalid"


class Flag(StrEnum):
    """States of a debtor that stop or limit contact."""

    PLAN_ACTIVE = "plan_active"
    DECEASED = "deceased"
    NO_CAPACITY = "no_capacity"
    WRONG_PERSON = "wrong_person"
    CEASE = "cease"
    REPRESENTED = "represented"
    DISPUTED = "disputed"
    COMPLAINT_OPEN = "complaint_open"
    VULNERABLE = "vulnerable"
    ILLNESS = "illness"
    TIME_BARRED = "time_barred"
    MINOR = "minor"
    BANKRUPT = "bankrupt"


class Outcome(StrEnum):
    """What a call led to, as the agent logs it (domain.md 5)."""

    PROMISE_FULL = "promise_full"
    PROMISE_PART = "promise_part"
    PAID_ALREADY = "paid_already"
    DISPUTE = "dispute"
    WANTS_PLAN = "wants_plan"
    REFUSES = "refuses"
    CALL_BACK = "call_back"
    THIRD_PARTY = "third_party"
    NOT_VERIFIED = "not_verified"  # spoke, and the identity check was not passed: nobody else, nobody known
    WRONG_NUMBER = "wrong_number"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    OFF = "off"
    VOICEMAIL = "voicemail"
    HANGS_UP = "hangs_up"
    DECEASED = "deceased"
    HARDSHIP = "hardship"
    COMPLAINT = "complaint"
    REPRESENTED = "represented"
    STOP_CALLING = "stop_calling"
    RISK_TO_LIFE = "risk_to_life"


class CaseState(StrEnum):
    """How an account placed with us stands at the bank."""

    OPEN = "open"
    SETTLED = "settled"
    RETURNED = "returned"  # recalled by the bank, or given back to it


class BankWord(StrEnum):
    """What a bank says of an account that lies with us, in a list or a letter."""

    RECALL = "recall"  # it takes the case back (撤案)
    STOP = "stop"  # nobody collects until it says so again (停催)
    LIFT = "lift"  # collecting goes on
    EXTEND = "extend"  # the case stays with us until another day (留案)
    NO_EXTENSION = "no_extension"  # it was asked to stay, and doesn't
    UNDONE = "undone"  # a list was taken in by mistake: what it said holds no more


class InTheWay(StrEnum):
    """What was done since with the cases of a file, so that it can't be undone."""

    CALL = "call"
    VISIT = "visit"
    PROMISE = "promise"  # given, or said to be paid
    DECISION = "decision"  # whatever else a person decided or wrote down
    BANK_LIST = "bank_list"  # the bank said something of them, or was told
    PAYMENTS = "payments"  # a payment file has rows on them
    LATER_FILE = "later_file"  # another file told of the accounts this one placed


class LeansOn(StrEnum):
    """What was decided by the rows of a payment file, so that it is in doubt once that is withdrawn."""

    KEPT = "kept"  # a promise, whole or in part: decided anew by what is left
    CLOSED = "closed"  # an account, as settled or current again: a lead is asked
    ROW = "row"  # one of its rows was settled by a person


class NobodysReason(StrEnum):
    """Why a row of a bank's list of cases is nobody's."""

    UNMATCHED = "unmatched"  # no case of ours bears its numbers
    SEVERAL = "several"  # several do
    CONTRADICTS = "contradicts"  # its numbers name different cases


class BankListKind(StrEnum):
    """What a list of cases that goes to a bank is for."""

    EXTENSION = "extension"  # they are asked to stay (留案)
    RETURN = "return"  # they go back (退案)


class AskReason(StrEnum):
    """Why a bank is asked to leave a case with us."""

    PROMISE = "promise"
    PLAN = "plan"
    PART_PAID = "part_paid"
    CHOSEN = "chosen"  # a lead thinks so


class PromiseState(StrEnum):
    """What became of a promise."""

    OPEN = "open"  # it stands
    PROPOSED = "proposed"  # further out than an agent may agree to: a lead decides
    KEPT = "kept"  # what came in reaches it
    PARTLY = "partly"  # some of it came in by the end of grace, as the bank told
    BROKEN = "broken"  # next to nothing of it did, as the bank told: the only one held against them
    CANCELLED = "cancelled"  # replaced or taken back
    REFUSED = "refused"  # by the lead
    VOID = "void"  # its ground went before its time (recall, plan, dispute, death): it counts nowhere


class TaskKind(StrEnum):
    """What a lead has to decide: a row each of the table of rules (``domain/office/tasks.py``)."""

    RISK_TO_LIFE = "risk_to_life"
    INCIDENT = "incident"
    COMPLAINT = "complaint"
    DISPUTE = "dispute"
    HARDSHIP = "hardship"
    REPRESENTED = "represented"
    CEASE = "cease"
    DECEASED = "deceased"
    PLAN_REQUEST = "plan_request"
    PROMISE_APPROVAL = "promise_approval"
    GIVEN_NUMBER = "given_number"  # given as the debtor's, known as somebody else's
    NUMBER_AGAIN = "number_again"  # shut, and a call or a correction would open it
    NO_NUMBER = "no_number"  # none of the debtor's can be called
    CONTACTS = "contacts"  # nobody reaches the debtor: may the reserved contacts be asked?
    CONSENT = "consent"
    GUARANTEE = "guarantee"
    COUNTS_FALL = "counts_fall"  # an institution's figure that leaves more calls than before
    LATE_FIGURE = "late_figure"  # a figure that came after our calls and shows a cap passed
    FIGURE_FELL = "figure_fell"  # the bank's figure did, below what known payments explain
    CURRENT_AGAIN = "current_again"  # what had to be paid by the terms was
    SETTLED = "settled"  # by the bank's payments nothing is owed any more
    CLOSED_IN_DOUBT = "closed_in_doubt"  # on the word of a payment file that was withdrawn


class AddressKind(StrEnum):
    """Whose address it is, as the bank gave it or as it was learnt."""

    HOME = "home"
    REGISTERED = "registered"
    WORK = "work"


class RecordingGap(StrEnum):
    """Why there is no recording of a call."""

    RECORDER_FAILED = "recorder_failed"
    DEBTOR_OBJECTS = "debtor_objects"
    PRIVATE_PHONE = "private_phone"
    OTHER = "other"  # wants words


class ArrearsReason(StrEnum):
    """Why the debtor is in arrears: a code, not a story (sensitive ones are PIPL 28 data)."""

    FORGOT = "forgot"
    BUSY = "busy"
    SHORT_OF_CASH = "short_of_cash"
    WAITING_WAGES = "waiting_wages"
    WAITING_PAYMENT = "waiting_payment"
    LOST_JOB = "lost_job"
    ILLNESS_FAMILY = "illness_family"
    BUSINESS_TROUBLE = "business_trouble"
    DISPUTED_CHARGE = "disputed_charge"
    CARD_FAULT = "card_fault"
    OTHER_TO_PAY = "other_to_pay"
    NOT_ADMITTED = "not_admitted"
    CANNOT_PAY = "cannot_pay"
    WILL_NOT_PAY = "will_not_pay"
    OTHER = "other"


class NumberKind(StrEnum):
    """Whose number it is, as the bank gave it or as it was learnt."""

    MOBILE = "mobile"
    HOME = "home"
    WORK = "work"
    GUARANTOR = "guarantor"  # a contact whose contract of guarantee a senior or lead has seen
    CONTACT = "contact"


class NumberStanding(StrEnum):
    """What is known of a number."""

    UNKNOWN = "unknown"
    LIVE = "live"
    DEAD = "dead"  # off or out of service
    WRONG = "wrong"  # belongs to somebody else
    STOPPED = "stopped"  # this person asked never to be called
    HELD = "held"  # given as the debtor's, known as somebody else's: a lead decides


class PayChannel(StrEnum):
    """How a promised payment is to be made: the bank's own ways only."""

    BANK_APP = "bank_app"
    ONLINE_BANKING = "online_banking"
    BRANCH = "branch"
    AUTO_DEBIT = "auto_debit"
    THIRD_PARTY_APP = "third_party_app"
    OTHER = "other"


class SentMark(StrEnum):
    """How a contact record that goes to the bank stands to what the bank was sent before."""

    NEW = "new"
    LATE = "late"  # of a time that an earlier export covered, and not in it
    REPEAT = "repeat"  # went out as it is
    CORRECTED = "corrected"  # went out with another outcome
    TAKEN_BACK = "taken_back"  # went out, and its outcome holds no more


class ClaimState(StrEnum):
    """What became of a payment that a debtor said they had made."""

    WAITING = "waiting"  # the bank has not told of all its days
    CONFIRMED = "confirmed"  # by a payment that the bank told of
    REFUTED = "refuted"  # the bank has told of its days, and nothing in them answers it
    IN_FIGURE = "in_figure"  # of days that the bank's own figure has in it


class QuestionKind(StrEnum):
    """What a bank is asked about the money it told of; each has its sentence, ``money.question.<value>``."""

    NOT_OURS = "not_ours"  # somebody here said that a row isn't ours
    UNMATCHED = "unmatched"  # no account here bears the row's number
    CLASH = "clash"  # a reference known with another amount or day
    CLAIM = "claim"  # the debtor says they paid, and the bank has told of those days without it
    MISSING_ROW = "missing_row"  # a later file with all of its days has it no more
    FIGURE_DIFFERS = "figure_differs"  # two figures of one account and day
    ACCOUNT_MOVED = "account_moved"  # open here under another placement than the file names
    ACCOUNT_MISSING = "account_missing"  # open here, and not in a file that is said to hold all
    WORD_UNMATCHED = "word_unmatched"  # a row of a list of cases (recalled, stopped, …) that names none of ours


class QuestionState(StrEnum):
    """How a question to a bank stands."""

    OPEN = "open"
    SENT = "sent"
    ANSWERED = "answered"
    CLOSED = "closed"  # somebody said that it needs no answer any more
    SETTLED = "settled"  # what made it is gone: asked again where it comes back


class Negotiated(StrEnum):
    """What a talk came to about paying, as banks ask for it (谈判方式)."""

    IN_FULL = "in_full"
    IN_PART = "in_part"
    BY_PLAN = "by_plan"


class Speaker(StrEnum):
    """Who is on the line, as far as it is known."""

    UNKNOWN = "unknown"  # nobody checked yet
    DEBTOR = "debtor"  # identity checked
    THIRD_PARTY = "third_party"
    GUARANTOR = "guarantor"


class Disclosure(StrEnum):
    """What a sentence gives away."""

    NOTHING = "nothing"
    IDENTITY = "identity"
    DEBT = "debt"


class Verdict(StrEnum):
    """The conduct gate's answer; the strictest wins."""

    ALLOW = "allow"
    WARN = "warn"
    ASK = "ask"
    BLOCK = "block"
