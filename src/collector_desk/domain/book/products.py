"""What the debtor owes on, called as the bank's file calls it: a loan is never spoken of as a card."""

from collector_desk.domain.book.debts import CaseFacts
from collector_desk.domain.text.bare import folded

_HEADINGS = frozenset(
    {
        "产品",
        "产品名称",
        "产品类型",
        "产品类别",
        "贷款产品",
        "贷款类型",
        "贷款种类",
        "业务类型",
        "业务品种",
        "业务种类",
    }
    | {"信贷产品", "授信品种", "卡产品", "卡种", "product", "productname", "producttype", "loantype", "productline"}
)
_LONGEST = 40


def product_of(case: CaseFacts) -> str:
    """The product as the file names it, else as the terms of its placement do; nothing where neither says."""
    for heading, value in case.extras:
        name = "".join(folded(heading).casefold().split()).rstrip("'")
        if name in _HEADINGS and value.strip():
            return value.strip()[:_LONGEST]
    return case.terms.product.strip()[:_LONGEST]
