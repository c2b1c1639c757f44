"""What the debtor owes on, called as the bank's file calls it: a loan is never spoken of as a card."""

from collections.abc import Iterable
from functools import lru_cache

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
PRODUCT_LENGTH = 40


def product_of(case: CaseFacts) -> str:
    """The product as the file names it, else as the terms of its placement do; nothing where neither says."""
    return product_named(case.extras, case.terms.product)


def product_named(extras: Iterable[tuple[str, str]], terms: str) -> str:
    """The same of an account's further columns and of what the terms say."""
    for heading, value in extras:
        if _names_it(heading) and (product := value.strip()):
            return product[:PRODUCT_LENGTH]
    return terms.strip()[:PRODUCT_LENGTH]


def names_products(headings: Iterable[str]) -> bool:
    """Whether a file with these columns names the product."""
    return any(map(_names_it, headings))


@lru_cache(maxsize=256)
def _names_it(heading: str) -> bool:
    return "".join(folded(heading).casefold().split()).rstrip("'") in _HEADINGS
