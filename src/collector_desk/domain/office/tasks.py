"""What a lead decides, as data in this one place (``TASK_RULES``): one row a kind.

Everything that asks "until when?", "does it hold collecting up?", "who may decide it?", "what do the two answers
say?" reads it here. A new kind is a member of ``TaskKind`` with its word, a row here with the words of its answers,
and, where deciding it changes more than the list, its function in ``services/permits/tasks.py`` (``_EFFECTS``).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from collector_desk.domain.calls.outcomes import rule_for
from collector_desk.domain.message import Message, msg
from collector_desk.domain.people import Act
from collector_desk.domain.vocabulary import Flag, Outcome, TaskKind

_RELEASED, _KEPT = msg("permits.tasks.yes_release"), msg("permits.tasks.no_release")
_PAUSED = msg("permits.tasks.hint_pause")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRule:
    """One kind of task: ``within`` is the time it may take, zero where somebody must act at once.

    ``yes`` and ``no`` are the words of its two answers; None where there is only one way out.
    """

    kind: TaskKind
    within: timedelta
    yes: Message = _RELEASED
    no: Message | None = _KEPT
    hint: Message = _PAUSED
    flag: Flag | None = None  # holds collecting up until somebody releases it
    flag_stays: bool = False  # even then: only taking the outcome back lifts it
    urgent: bool = False  # before a lead's eyes at once, at every window
    decided_by: Act = Act.SETTLE_TASK  # AGREE: what it is about opens nothing before (``record/second_person``)
    opener_bound: bool = True  # who opened it may not decide it; False where it is about somebody else's act
    about_number: bool = False
    holds_debtor: bool = True  # the debtor waits for it, and not just one of their numbers
    agents_words: bool = False  # its note was written for the lead, not of a call

    @property
    def pauses(self) -> bool:
        """Whether collecting stops until it is released."""
        return self.flag is not None

    @property
    def outlives_outcome(self) -> bool:
        """Whether it stays on the list when the call's outcome is taken back: no stop vanishes by a correction."""
        return self.pauses or self.about_number


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """A task about a debtor that waits for a lead, and the attempt whose outcome opened it."""

    id: str
    kind: TaskKind
    attempt_id: str | None


_NOW, _HOURS, _DAYS = timedelta(0), timedelta(hours=1), timedelta(days=1)
_AGREED, _NOT_AGREED = msg("permits.tasks.yes_agree"), msg("permits.tasks.no_agree")
_STAYS_SHUT = msg("permits.tasks.no_number_open")

_ROWS = (
    TaskRule(kind=TaskKind.RISK_TO_LIFE, within=_NOW, flag=Flag.VULNERABLE, urgent=True),
    TaskRule(
        kind=TaskKind.INCIDENT,
        within=_NOW,
        yes=msg("permits.tasks.yes_incident"),
        no=None,
        hint=msg("permits.tasks.hint_incident"),
        urgent=True,
    ),
    TaskRule(kind=TaskKind.COMPLAINT, within=24 * _HOURS, flag=Flag.COMPLAINT_OPEN),
    TaskRule(kind=TaskKind.DISPUTE, within=3 * _DAYS, flag=Flag.DISPUTED),
    TaskRule(kind=TaskKind.HARDSHIP, within=3 * _DAYS, flag=Flag.VULNERABLE),
    TaskRule(kind=TaskKind.REPRESENTED, within=2 * _DAYS, flag=Flag.REPRESENTED),
    TaskRule(kind=TaskKind.CEASE, within=1 * _DAYS, flag=Flag.CEASE),
    # Who died owes nothing more to us: deciding the task doesn't open the telephone again.
    TaskRule(kind=TaskKind.DECEASED, within=1 * _DAYS, flag=Flag.DECEASED, flag_stays=True),
    TaskRule(
        kind=TaskKind.PLAN_REQUEST,
        within=3 * _DAYS,
        yes=msg("permits.tasks.yes_plan"),
        no=msg("permits.tasks.no_plan"),
        hint=msg("permits.tasks.hint_plan"),
    ),
    TaskRule(
        kind=TaskKind.PROMISE_APPROVAL,
        within=_NOW,  # the debtor was told it counts once a lead has agreed
        yes=msg("permits.tasks.yes_promise"),
        no=msg("permits.tasks.no_promise"),
        hint=msg("permits.tasks.hint_promise"),
    ),
    TaskRule(
        kind=TaskKind.GIVEN_NUMBER,
        within=1 * _DAYS,
        yes=msg("permits.tasks.yes_given_number"),
        no=_STAYS_SHUT,
        hint=msg("permits.tasks.hint_given_number"),
        about_number=True,
        holds_debtor=False,  # one number waits, the debtor does not
    ),
    TaskRule(
        kind=TaskKind.NUMBER_AGAIN,
        within=1 * _DAYS,
        yes=msg("permits.tasks.yes_number_again"),
        no=_STAYS_SHUT,
        hint=msg("permits.tasks.hint_number_again"),
        about_number=True,
    ),
    TaskRule(
        kind=TaskKind.NO_NUMBER,
        within=1 * _DAYS,
        yes=msg("permits.tasks.yes_no_number"),
        no=None,
        hint=msg("permits.tasks.hint_no_number"),
        agents_words=True,
    ),
    TaskRule(
        kind=TaskKind.CONTACTS,
        within=1 * _DAYS,
        yes=msg("permits.tasks.yes_contacts"),
        no=msg("permits.tasks.no_contacts"),
        hint=msg("permits.tasks.hint_contacts"),
        decided_by=Act.OVERRIDE_GATE,
        holds_debtor=False,  # the debtor's own numbers are tried meanwhile
        agents_words=True,
    ),
    TaskRule(
        kind=TaskKind.CONSENT,
        within=1 * _DAYS,
        yes=_AGREED,
        no=_NOT_AGREED,
        hint=msg("permits.tasks.hint_consent"),
        decided_by=Act.AGREE,
    ),
    TaskRule(
        kind=TaskKind.GUARANTEE,
        within=1 * _DAYS,
        yes=_AGREED,
        no=_NOT_AGREED,
        hint=msg("permits.tasks.hint_guarantee"),
        decided_by=Act.AGREE,
    ),
    TaskRule(
        kind=TaskKind.COUNTS_FALL,
        within=1 * _DAYS,
        yes=_AGREED,
        no=_NOT_AGREED,
        hint=msg("permits.tasks.hint_counts_fall"),
        decided_by=Act.AGREE,
    ),
    TaskRule(
        kind=TaskKind.LATE_FIGURE,
        within=1 * _DAYS,
        yes=msg("permits.tasks.yes_late_figure"),
        no=msg("permits.tasks.no_late_figure"),
        hint=msg("permits.tasks.hint_late_figure"),
        opener_bound=False,  # who took the figure in made none of the calls it is about
    ),
    TaskRule(
        kind=TaskKind.FIGURE_FELL,
        within=1 * _DAYS,
        yes=msg("permits.tasks.yes_figure_fell"),
        no=msg("permits.tasks.no_figure_fell"),
        hint=msg("permits.tasks.hint_figure_fell"),
        opener_bound=False,  # who took the bank's file in made nothing fall
    ),
    TaskRule(
        kind=TaskKind.CURRENT_AGAIN,
        within=3 * _DAYS,
        yes=msg("permits.tasks.yes_current_again"),
        no=msg("permits.tasks.no_current_again"),
        hint=msg("permits.tasks.hint_current_again"),
        opener_bound=False,  # who took the bank's file in paid nothing of it
    ),
    TaskRule(
        kind=TaskKind.SETTLED,
        within=3 * _DAYS,
        yes=msg("permits.tasks.yes_settled"),
        no=msg("permits.tasks.no_settled"),
        hint=msg("permits.tasks.hint_settled"),
        opener_bound=False,  # who took the bank's file in paid nothing of it
        holds_debtor=False,  # what the debtor owes on other accounts is collected meanwhile
    ),
    TaskRule(
        kind=TaskKind.CLOSED_IN_DOUBT,
        within=1 * _DAYS,
        yes=msg("permits.tasks.yes_closed_in_doubt"),
        no=msg("permits.tasks.no_closed_in_doubt"),
        hint=msg("permits.tasks.hint_closed_in_doubt"),
        opener_bound=False,  # who withdrew the file closed nothing
        holds_debtor=False,  # what the debtor owes on other accounts is collected meanwhile
    ),
)

TASK_RULES = {rule.kind: rule for rule in _ROWS}
"""Every kind's rule; complete, the urgent ones first and danger to a life before everything."""

URGENT = tuple(rule.kind for rule in _ROWS if rule.urgent)
"""What must be before a lead at once, in the order in which it stands on the list."""


def kept_up_by(flag: Flag) -> tuple[TaskKind, ...]:
    """The kinds for whose sake a flag is up: while one of them is open, the flag stays."""
    return tuple(rule.kind for rule in _ROWS if rule.flag is flag)


def is_taken_back(kind: TaskKind, attempt_id: str | None, said: Outcome | None) -> bool:
    """Whether the outcome behind a pause no longer says so; ``said`` is the outcome that holds now."""
    if not TASK_RULES[kind].pauses or attempt_id is None:
        return False
    return said is None or rule_for(said).opens is not kind


@dataclass(frozen=True, slots=True)
class LeadTask:
    """One open task, as the leads' list shows it; ``outcome``: what now holds of the call that opened it."""

    id: str
    debtor_id: str
    debtor_name: str = field(repr=False)
    kind: TaskKind
    due_at: datetime
    opened_by: str | None
    note: str = field(repr=False)
    attempt_id: str | None = None
    outcome: Outcome | None = None

    @property
    def rule(self) -> TaskRule:
        """What holds for tasks of its kind."""
        return TASK_RULES[self.kind]

    @property
    def taken_back(self) -> bool:
        """Whether the outcome that raised this pause was corrected since."""
        return is_taken_back(self.kind, self.attempt_id, self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTask:
    """A task as it is before it is settled; ``acted``: who called, or wrote or reported what it is about."""

    id: str
    debtor_id: str
    kind: TaskKind
    open: bool
    opened_by: str | None
    attempt_id: str | None
    outcome: Outcome | None
    acted: frozenset[str]

    @property
    def rule(self) -> TaskRule:
        """What holds for tasks of its kind."""
        return TASK_RULES[self.kind]

    @property
    def bound(self) -> frozenset[str]:
        """Who may not decide it: nobody decides what they called, wrote, reported or asked for."""
        asked = {self.opened_by} if self.rule.opener_bound and self.opened_by else set()
        return self.acted | asked

    @property
    def taken_back(self) -> bool:
        """Whether the outcome that raised this pause was corrected since."""
        return is_taken_back(self.kind, self.attempt_id, self.outcome)
