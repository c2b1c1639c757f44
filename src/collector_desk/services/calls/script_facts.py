"""The words a script needs for this case and this agent: from the file, the placement's terms and the agency."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from collector_desk.domain.book.debts import CaseFacts, DebtorFile
from collector_desk.domain.book.history import Guarantee
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.products import product_of
from collector_desk.domain.calls.script_fields import CallFacts, ScriptField, Sex, spoken_facts
from collector_desk.domain.calls.scripts import ScriptPurpose
from collector_desk.domain.vocabulary import PromiseState, Stage
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import Agency

_CARD = {"zh_CN": "信用卡", "en": "credit card"}
_ACCOUNT = {"zh_CN": "账单", "en": "account"}
"""Said where nothing names the product: a card only where the file knows one by its last figures."""
_HOTLINE = {"zh_CN": "官网公布的电话", "en": "the number on the bank's website"}
_OFFICIAL = {"zh_CN": "银行官方渠道", "en": "the bank's own official channels"}
"""Said where nobody has written down the bank's ways to pay: true of every bank, and never a private account."""

_STAGE_SCRIPT = {
    Stage.PRE_DUE: ScriptPurpose.PRE_DUE,
    Stage.POLITE: ScriptPurpose.POLITE,
    Stage.FIRM: ScriptPurpose.FIRM,
    Stage.ESCALATION: ScriptPurpose.ESCALATION,
    Stage.LEGAL: ScriptPurpose.ESCALATION,
}


def purpose_for(file: DebtorFile, stage: Stage, now: datetime, *, inbound: bool = False) -> ScriptPurpose:
    """Which script begins the call: a debtor calling back, a promise due or broken, else the stage's."""
    if inbound:
        return ScriptPurpose.INBOUND
    promise = file.open_promise
    if promise and promise.due_at <= now:
        return ScriptPurpose.PROMISE_FOLLOW_UP
    if any(promise.state is PromiseState.BROKEN and not promise.followed_up for promise in file.promises):
        return ScriptPurpose.BROKEN_PROMISE
    return _STAGE_SCRIPT[stage]


def words_for(
    seat: Seat,
    file: DebtorFile,
    language: str,
    *,
    guarantee: Guarantee | None = None,
    promised: Money | None = None,
    promised_by: datetime | None = None,
    call_back_at: datetime | None = None,
) -> dict[ScriptField, str]:
    """The words of every field known for this call; what is under talk is given as the agent types it."""
    zone = ZoneInfo(file.debtor.zone or seat.zone)
    case = file.lead_case
    agency = settings.get(seat, Agency)
    last = file.open_promise or (file.promises[-1] if file.promises else None)
    facts = CallFacts(
        now=seat.now().astimezone(zone),
        debtor_name=file.debtor.name,
        debtor_sex=sex_of(file.debtor.id_number),
        guarantor_name=guarantee.name if guarantee else "",
        guarantor_sex=sex_of(guarantee.id_number) if guarantee else None,
        agency_neutral=agency.neutral_name or agency.name,
        agent_name=seat.person.name,
        agent_number=seat.person.number,
        hotline=agency.hotline,
        bank=case.terms.bank_name or file.debtor.bank_name,
        product=product_of(case) or _said(_CARD if case.card_tail else _ACCOUNT, language),
        bank_hotline=case.terms.bank_hotline or _said(_HOTLINE, language),
        complaint_number=case.terms.complaint_number,
        due=_due(case),
        balance=file.balance,
        days_past_due=max(case.days, 0),
        due_date=case.due_on,
        as_of=case.balance_as_of,
        pay_ways=tuple(way.strip() for way in case.terms.pay_ways.split("\n") if way.strip())
        or (_said(_OFFICIAL, language),),
        last_promised=last.amount if last else None,
        last_promised_by=last.due_at.astimezone(zone) if last else None,
        promised=promised,
        promised_by=promised_by.astimezone(zone) if promised_by else None,
        call_back_at=call_back_at.astimezone(zone) if call_back_at else None,
    )
    return spoken_facts(facts, language)


def _said(words: Mapping[str, str], language: str) -> str:
    return words.get(language, words["en"])


def _due(case: CaseFacts) -> Money | None:
    """What is asked for: the amount placed with us as the bank has it now; before it is due the instalment or the
    minimum, and where the file has neither, nothing, for the whole balance isn't due then."""
    return case.balance if case.days > 0 else case.minimum


def sex_of(id_number: str) -> Sex | None:
    """How to address the holder, by the sequence digit of an 18-digit identity number (odd: male)."""
    if len(id_number) == 18 and id_number[16].isdigit():
        return Sex.MALE if int(id_number[16]) % 2 else Sex.FEMALE
    return None
