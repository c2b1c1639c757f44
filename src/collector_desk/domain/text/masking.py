"""Personal data behind a mask until it is needed: the one place that says how much stays readable."""

import re

_COMPOUND = frozenset(
    {"欧阳", "上官", "诸葛", "司马", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙"}
    | {"司徒", "司空", "端木", "东方", "南宫", "独孤", "西门", "百里", "东郭", "呼延", "轩辕"}
)
_RUN = re.compile(r"\d{7,}")
_FIGURE = re.compile(r"\d[\d,，.]*\d{2,}|\d{3,}|\d[\d.]*\s*[万千百]")
HIDDEN_AMOUNT = "¥****"
"""What stands where an amount is."""


def surname(name: str) -> str:
    """The family name: two characters for the compound ones, for a Latin name its last word."""
    text = name.strip()
    if not text:
        return ""
    if text[0].isascii():
        return text.split()[-1]
    return text[:2] if text[:2] in _COMPOUND and len(text) > 2 else text[:1]


def masked_name(name: str) -> str:
    """Surname and two stars, however long the name is: 张**."""
    return f"{surname(name)}**" if name.strip() else ""


def masked_number(number: str) -> str:
    """A phone number with its middle hidden: 161****5778; short ones keep their last two digits."""
    digits = number.strip()
    if len(digits) < 8:
        return "*" * max(len(digits) - 2, 0) + digits[-2:]
    return f"{digits[:3]}{'*' * (len(digits) - 7)}{digits[-4:]}"


def spaced_number(number: str) -> str:
    """A telephone number as it is read aloud: 161 4781 8502; others as they are."""
    plain = number.strip()
    whole = len(plain) == 11 and plain.isascii() and plain.isdigit() and plain.startswith("1")
    return f"{plain[:3]} {plain[3:7]} {plain[7:]}" if whole else plain


def masked_id(number: str) -> str:
    """An identity number: its last four characters only."""
    text = number.strip()
    return "*" * max(len(text) - 4, 0) + text[-4:] if len(text) > 4 else "*" * len(text)


def unveiled(masked: str, whole: str, typed: str) -> str:
    """A mask, lifted where ``whole`` holds what somebody typed: what they know already is no secret to them."""
    at = whole.casefold().find(typed.casefold()) if typed and len(masked) == len(whole) else -1
    return masked if at < 0 else masked[:at] + whole[at : at + len(typed)] + masked[at + len(typed) :]


def masked_account(number: str) -> str:
    """An account or card number: last four digits only."""
    return masked_id(number)


def district(address: str) -> str:
    """The city and district an address begins with; "" where they can't be told."""
    match = re.match(r"^(.{2,12}?[市州盟])?(.{1,12}?[区县旗市])?", address.strip())
    return match.group(0) if match else ""


def masked_address(address: str) -> str:
    """An address down to its city and district, the rest hidden."""
    return f"{district(address) or address.strip()[:3]}****" if address.strip() else ""


def masked_note(text: str, name: str) -> str:
    """What somebody wrote of a call: the debtor's name, amounts and numbers hidden; days and hours stay."""
    hidden = text.replace(name, masked_name(name)) if len(name) > 1 else text
    return _FIGURE.sub("****", hidden)


def masked_text(text: str) -> str:
    """Free text for a log: every run of seven digits or more is hidden."""
    return _RUN.sub(lambda found: "*" * len(found.group()), text)
