"""Currencies by the names and signs people give them, in files, formats of cells and typed amounts."""

from collections.abc import Mapping

_NAMES: Mapping[str, str] = {
    "CNY": "人民币 人民幣 人民币元 rmb cny cnh",
    "USD": "美元 美金 usd us$",
    "HKD": "港币 港幣 港元 hkd hk$",
    "EUR": "欧元 歐元 eur €",
    "GBP": "英镑 英鎊 gbp £",
    "JPY": "日元 日圆 日圓 日币 jpy jp¥",
    "TWD": "新台币 新臺幣 新台幣 台币 台幣 臺幣 twd nt$",
    "VND": "越南盾 vnd ₫",
}
NAMES: Mapping[str, str] = {name: code for code, names in _NAMES.items() for name in names.split()}
"""What names one currency and no other."""

MARKS: Mapping[str, tuple[str, ...]] = {
    **{name: (code,) for name, code in NAMES.items()},
    "¥": ("CNY", "JPY"),
    "$": ("USD", "HKD", "TWD"),
}
"""What stands before or behind a figure, and whose it may be."""
