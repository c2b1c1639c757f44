"""What is said where a field of a script isn't known: true of every case, so that nobody is stuck in a sentence.

A promise nobody has typed yet is spoken of without its figures; what the placement's terms or the agency's settings
lack is named when they are entered (``services.calls.script_facts.lacking``), not in the call.
"""

from collections.abc import Mapping

from collector_desk.domain.calls.script_fields import ScriptField

INSTEAD: Mapping[ScriptField, tuple[str, str]] = {
    # in Chinese, in English
    ScriptField.GREETING: ("您好", "Hello"),
    ScriptField.PERSON_CALLED: ("机主", "the holder of this number"),
    ScriptField.AGENCY_NEUTRAL: ("客户服务中心", "the service centre"),
    ScriptField.AGENT_NAME: ("客服人员", "the agent on duty"),
    ScriptField.AGENT_NUMBER: ("待分配", "not yet given"),
    ScriptField.HOTLINE: ("这个来电号码", "the number this call comes from"),
    ScriptField.CALL_BACK_WORDS: ("在您方便的时候", "a time that suits you"),
    ScriptField.HELP_LINE: ("12356", "12356"),
    ScriptField.DEBTOR_CALLED: ("主债务人", "the person you vouch for"),
    ScriptField.BANK: ("您的银行", "your bank"),
    ScriptField.PRODUCT: ("账单", "account"),
    ScriptField.BANK_HOTLINE: ("官网公布的电话", "the number on the bank's website"),
    ScriptField.COMPLAINT_NUMBER: ("官网公布的号码", "the number on its website"),
    ScriptField.AMOUNT_WORDS: ("账单上写的金额", "the amount on your statement"),
    ScriptField.BALANCE_WORDS: ("账单上的全部金额", "the whole balance on your statement"),
    ScriptField.DAYS_WORDS: ("一段时间", "some days"),
    ScriptField.DUE_DATE_WORDS: ("账单上写的那天", "the day on your statement"),
    ScriptField.AS_OF_WORDS: ("银行最近一次更新", "the bank's latest figures"),
    ScriptField.PAY_WAYS: ("银行官方渠道", "the bank's own official channels"),  # never a private account
    ScriptField.LAST_PROMISE_WORDS: ("之前约好的还款", "the payment agreed last time"),
    ScriptField.PROMISE_WORDS: ("按刚才说好的时间和金额还款", "what you just said, when you said"),
    ScriptField.PROMISE_AMOUNT_WORDS: ("说好的金额", "the amount agreed"),
    ScriptField.PROMISE_TIME_WORDS: ("说好的时间", "the time agreed"),
}


def instead(field: ScriptField, language: str) -> str:
    """What is said where nobody knows it."""
    chinese, english = INSTEAD[field]
    return chinese if language == "zh_CN" else english


def whole(known: Mapping[ScriptField, str], language: str) -> dict[ScriptField, str]:
    """The words of every field: as far as they are known, else what is said instead."""
    return {field: known.get(field) or instead(field, language) for field in ScriptField}
