"""The words a script's text is looked at for: what tells of a debt, and what is never said to anybody."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", "|").split("|") if part.strip())


DEBT_WORDS = {
    "zh_CN": _words("""
        欠|逾期|还款|还钱|还清|还上|没还|未还|账单|帐单|账户|帐户|账号|信用|银行|行里|贷款|借款|借钱|透支|额度|债|催
        钱|款|金额|元|分期|利息|滞纳|违约|征信|律师|法院|法务|法律|起诉|诉讼|上门|外访|委托|卡|费|减免|资金|金融|结清
        缴|宽限|合同|担保|扣|追偿|追收|个案|案件|产品|名下
    """),
    "en": _words("""
        owe|owes|owed|owing|debt|debts|debtor|overdue|arrears|bank|bank's|banks|card|cards|loan|loans|lend|lender
        lending|borrow|borrowed|pay|pays|paid|paying|payment|payments|repay|repayment|repayments|account|accounts
        balance|balances|collect|collects|collecting|collection|collector|amount|amounts|instalment|instalments
        installment|installments|credit|court|courts|lawyer|lawyers|attorney|legal|sue|sued|visit|visits|money|bill
        bills|due|interest|fee|fees|penalty|yuan|fen|contract|guarantee|guarantor|statement|finance|financial|sum
        lawsuit|recover|recovery|default|product|products
    """),
}
"""Words that tell or hint at a debt, a bank or a product: a text with one of them discloses it."""

RECORDED = {"zh_CN": ("录音",), "en": ("record",)}
"""How a text says that the call is recorded."""

ASKS_PROOF = {
    "zh_CN": ("后四位", "末四位"),
    "en": ("last four", "final four"),
}
"""How an identity step asks for what only the person knows."""

NEVER_SAID = {
    "zh_CN": _words("""
        拘留|坐牢|判刑|刑事|公安|警察|派出所|黑名单|老赖|失信|恶意|诈骗犯|随便你|不关我的事|懂不懂|没钱就|后果自负|丢人
        查封|强制执行|最后通牒|曝光|你单位|你领导|你同事|去借|私人账户转|让家里人还
    """),
    "en": _words("""
        jail|prison|arrest|arrested|police|criminal|blacklist|blacklisted|shame|shameful|deadbeat|liar|seize
        your boss|your employer|or else|last chance|stupid|borrow from
    """),
}
"""A short list for the proof where no wording check is at hand; ``domain.text.wording`` knows far more."""
