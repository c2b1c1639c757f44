"""The conduct gate at this store: what is known of a debtor put to ``domain.conduct.decide``."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from collector_desk.domain.book.debts import PhoneFacts, message_to_plain
from collector_desk.domain.book.history import History
from collector_desk.domain.conduct import decide_all, known, mandate
from collector_desk.domain.conduct.known import Here, action_for
from collector_desk.domain.conduct.rules import Pack
from collector_desk.domain.conduct.values import Decision, Facts, Share
from collector_desk.domain.message import Message, Refused
from collector_desk.domain.vocabulary import NumberKind, NumberStanding, Verdict
from collector_desk.packs.rules import DEFAULT_PACKS, load_shipped
from collector_desk.services.desk.clock import Doubt
from collector_desk.services.desk.settings import DeskSettings, read
from collector_desk.services.packs import in_use
from collector_desk.store.book import history
from collector_desk.store.engine import Connection
from collector_desk.store.journal import last_instant

NO_DOUBT = Doubt()


def active_packs(conn: Connection | None = None) -> tuple[Pack, ...]:
    """The rule packs of a Chinese card desk: those in use at the store, as shipped where no store is asked."""
    if conn is None:
        return tuple(load_shipped(pack_id) for pack_id in DEFAULT_PACKS)
    return in_use.rules(conn, DEFAULT_PACKS)


@dataclass(frozen=True, slots=True)
class JudgedNumber:
    """A number with the gate's answer for it."""

    phone: PhoneFacts
    decision: Decision

    @property
    def callable_now(self) -> bool:
        """Whether it may be dialled now, perhaps with a warning."""
        return self.decision.verdict in {Verdict.ALLOW, Verdict.WARN}


def here(conn: Connection, doubt: Doubt = NO_DOUBT, store_doubt: Message | None = None) -> Here:
    """What is the same for every debtor of this store.

    ``store_doubt``: why the store isn't the one this computer remembers (``desk.standing``).
    """
    share = read(conn, Share)
    return Here(
        active_packs(conn),
        # nothing set is not a share of nothing: the gate then asks for the institution's total
        None if share == Share() else share,
        max(filter(None, (last_instant(conn), doubt.mark)), default=None),
        doubt.jump,
        store_doubt,
    )


def law_day(conn: Connection, now: datetime) -> date:
    """The day by which mandates hold or are over (``domain.conduct.mandate``)."""
    return mandate.law_day(active_packs(conn), now)


def past_of(conn: Connection, debtor_id: str, now: datetime) -> History:
    """All that is known of a debtor, read once in a transaction. Raises Refused where there is no such debtor."""
    today = now.astimezone(ZoneInfo(read(conn, DeskSettings).zone)).date()
    past = history.of(conn, debtor_id, today, law_day(conn, now))
    if past is None:
        raise Refused("book.cases.gone")
    return past


def facts_of(
    conn: Connection,
    debtor_id: str,
    now: datetime,
    doubt: Doubt = NO_DOUBT,
    store_doubt: Message | None = None,
) -> Facts:
    """All the gate needs of one debtor. ``store_doubt`` as for ``here``."""
    return known.facts_of(past_of(conn, debtor_id, now), here(conn, doubt, store_doubt), now)


def number_cards(past: History, facts: Facts, at: Here, now: datetime, actor_id: str) -> tuple[JudgedNumber, ...]:
    """Every number of a debtor with the gate's answer, in the order in which they are to be tried."""
    decisions = decide_all([action_for(phone, actor_id) for phone in past.phones], facts, at.packs, now)
    cards = [JudgedNumber(phone, decision) for phone, decision in zip(past.phones, decisions, strict=True)]
    order = {NumberStanding.LIVE: 0, NumberStanding.UNKNOWN: 1}
    whose = {NumberKind.GUARANTOR: 1, NumberKind.CONTACT: 2}
    cards.sort(
        key=lambda card: (
            whose.get(card.phone.kind, 0),
            not card.callable_now,
            order.get(card.phone.standing, 2),
        )
    )
    return tuple(cards)


def reasons_to_plain(decision: Decision) -> list[dict[str, object]]:
    """The decision's reasons as history keeps them."""
    return [
        {
            "rule": reason.rule,
            "verdict": reason.verdict.value,
            "pack": reason.pack,
            "detail": message_to_plain(reason.detail),
            "until": reason.until.isoformat() if reason.until else None,
        }
        for reason in decision.reasons
    ]
