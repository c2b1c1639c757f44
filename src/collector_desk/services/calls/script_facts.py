"""The words a script needs for this case and this agent: from the file, the placement's terms and the agency."""

from datetime import datetime
from zoneinfo import ZoneInfo

from collector_desk.domain.book.debts import DebtorFile, PlacementTerms, asked_for
from collector_desk.domain.book.history import Guarantee
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.products import names_products, product_of
from collector_desk.domain.calls.said_instead import instead, whole
from collector_desk.domain.calls.script_fields import CallFacts, ScriptField, Sex, spoken_facts
from collector_desk.domain.calls.scripts import ScriptPurpose
from collector_desk.domain.message import Message
from collector_desk.domain.vocabulary import PromiseState, Stage
from collector_desk.intake.columns import Field
from collector_desk.intake.values import PlacementFile
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import Agency

_CARD = {"zh_CN": "信用卡", "en": "credit card"}
"""Said where nothing names the product and the file knows a card by its last figures."""
OF_FILE = frozenset({ScriptField.PRODUCT, ScriptField.DUE_DATE_WORDS, ScriptField.AMOUNT_WORDS})
"""What of scripts a bank's file may tell."""

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
    """The words of every field for this call; what is under talk is given as the agent types it."""
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
        product=product_of(case) or (_CARD.get(language, _CARD["en"]) if case.card_tail else ""),
        bank_hotline=case.terms.bank_hotline,
        complaint_number=case.terms.complaint_number,
        due=asked_for(case),
        balance=file.balance,
        days_past_due=max(case.days, 0),
        due_date=case.due_on,
        as_of=case.balance_as_of,
        pay_ways=tuple(way.strip() for way in case.terms.pay_ways.split("\n") if way.strip()),
        last_promised=last.amount if last else None,
        last_promised_by=last.due_at.astimezone(zone) if last else None,
        promised=promised,
        promised_by=promised_by.astimezone(zone) if promised_by else None,
        call_back_at=call_back_at.astimezone(zone) if call_back_at else None,
    )
    return whole(spoken_facts(facts, language), language)


def told_by(file: PlacementFile) -> frozenset[ScriptField]:
    """What a file's columns tell of that scripts say."""
    columns = [column for sheet in file.sheets for column in sheet.columns]
    fields = {column.field for column in columns}
    told = {
        ScriptField.PRODUCT: names_products(column.header for column in columns),
        ScriptField.DUE_DATE_WORDS: Field.DUE_ON in fields,
        ScriptField.AMOUNT_WORDS: Field.MINIMUM_DUE in fields,  # before the due day nothing else is asked for
    }
    return frozenset(field for field, there in told.items() if there)


def lacking(
    agency: Agency, terms: PlacementTerms, told: frozenset[ScriptField] = OF_FILE
) -> tuple[ScriptField, ...]:
    """What calls about a placement would say otherwise (``said_instead``) because nobody has given it.

    ``told``: by the placement's file.
    """
    given = {
        ScriptField.PAY_WAYS: terms.pay_ways,
        ScriptField.COMPLAINT_NUMBER: terms.complaint_number,
        ScriptField.BANK_HOTLINE: terms.bank_hotline,
        ScriptField.PRODUCT: terms.product or ScriptField.PRODUCT in told,
        ScriptField.DUE_DATE_WORDS: ScriptField.DUE_DATE_WORDS in told,
        ScriptField.AMOUNT_WORDS: ScriptField.AMOUNT_WORDS in told,
        ScriptField.AGENCY_NEUTRAL: agency.neutral_name or agency.name,
        ScriptField.HOTLINE: agency.hotline,
    }
    return tuple(field for field, value in given.items() if not (value.strip() if type(value) is str else value))


def said_instead(field: ScriptField, language: str, number: str = "") -> Message:
    """That a field is lacking and what a call says instead; ``number``: of the placement."""
    return Message(f"intake.without.{field}", {"number": number, "instead": instead(field, language)})


def sex_of(id_number: str) -> Sex | None:
    """How to address the holder, by the sequence digit of an 18-digit identity number (odd: male)."""
    if len(id_number) == 18 and id_number[16].isdigit():
        return Sex.MALE if int(id_number[16]) % 2 else Sex.FEMALE
    return None
