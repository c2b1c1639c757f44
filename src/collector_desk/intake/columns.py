"""Which column means what: the headings banks use, in Chinese and English, matched to our fields."""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from collector_desk.domain.text.bare import folded
from collector_desk.intake.units import unit_of_heading


class Field(StrEnum):
    """What a column of a bank's file can hold."""

    PLACEMENT_NO = "placement_no"
    PLACED_ON = "placed_on"
    ROUND = "round"
    CUSTOMER_NO = "customer_no"
    NAME = "name"
    ID_TYPE = "id_type"
    ID_NO = "id_no"
    CARD_TAIL = "card_tail"
    CARD_NO = "card_no"
    ACCOUNT_NO = "account_no"
    CURRENCY = "currency"
    CREDIT_LIMIT = "credit_limit"
    AMOUNT = "amount"
    PRINCIPAL = "principal"
    INTEREST = "interest"
    PENALTY = "penalty"
    FEES = "fees"
    MINIMUM_DUE = "minimum_due"
    OVERDUE = "overdue"
    DAYS_PAST_DUE = "days_past_due"
    STATEMENT_DAY = "statement_day"
    DUE_ON = "due_on"
    LAST_PAID_ON = "last_paid_on"
    LAST_PAID = "last_paid"
    PREVIOUS_OVERDUE = "previous_overdue"
    OPENED_ON = "opened_on"
    MOBILE = "mobile"
    HOME_PHONE = "home_phone"
    EMPLOYER = "employer"
    WORK_PHONE = "work_phone"
    HOME_ADDRESS = "home_address"
    REGISTERED_ADDRESS = "registered_address"
    REMARK = "remark"
    CONTACT_NAME = "contact_name"
    CONTACT_RELATION = "contact_relation"
    CONTACT_PHONE = "contact_phone"
    PAID_ON = "paid_on"
    POSTED_ON = "posted_on"
    PAID_AT = "paid_at"
    PAID = "paid"
    PAY_CHANNEL = "pay_channel"
    REFERENCE = "reference"
    PAYER = "payer"
    OWED_AFTER = "owed_after"
    SETTLED_SAID = "settled_said"
    CASE_NO = "case_no"
    SERIAL = "serial"  # of a case, the bank's own
    EFFECTIVE_TODAY = "effective_today"
    CONNECTED_TODAY = "connected_today"
    AS_OF = "as_of"
    SAID = "said"  # what becomes of a case
    SAID_ON = "said_on"
    SAID_WHY = "said_why"
    ANSWER = "answer"
    NEW_END = "new_end"


_SHARED: Mapping[Field, str] = {
    Field.PLACEMENT_NO: "委案批次号 批次号 委案批次 委外批次号 委案编号 委托批次 placementno "
    "placementnumber placement batchno batch",
    Field.CUSTOMER_NO: "客户号 客户编号 客户代码 客户id 核心客户号 customerno customernumber customerid cif",
    Field.NAME: "客户姓名 客户名称 姓名 持卡人姓名 持卡人 借款人姓名 借款人 债务人姓名 债务人 户名 name "
    "customername fullname debtorname",
    Field.ID_TYPE: "证件类型 证件种类 idtype documenttype",
    Field.ID_NO: "证件号码 证件号 身份证号 身份证号码 身份证 客户证件号码 idno idnumber idcard "
    "documentno documentnumber",
    Field.CARD_TAIL: "卡号后四位 卡号尾号 卡尾号 尾号 卡号末四位 卡片后四位 cardtail last4 lastfour "
    "cardlast4 cardending",
    Field.CARD_NO: "卡号 信用卡号 信用卡卡号 卡片号码 cardno cardnumber",
    Field.ACCOUNT_NO: "账户号 账户号码 户口号码 户口号 账号 帐号 帐户号 账户 账户编号 贷款账号 借据号 借据编号 "
    "合同号 合同编号 accountno accountnumber account accountid loanno contractno",
    Field.CURRENCY: "币种 币别 货币 currency ccy",
}
_PLACEMENT: Mapping[Field, str] = {
    **_SHARED,
    Field.PLACED_ON: "委案日期 委托日期 委外日期 委案时间 placementdate placedon dateplaced",
    Field.ROUND: "手别 委案手别 委外手别 手数 轮次 round placementround",
    Field.CREDIT_LIMIT: "信用额度 授信额度 额度 固定额度 creditlimit limit",
    Field.AS_OF: "数据日期 数据截止日期 数据截止日 截止日期 截至日期 截止日 余额日期 统计日期 asof asofdate "
    "dataasof datadate balancedate",
    Field.AMOUNT: "最新欠款 最新欠款金额 最新余额 最新欠款余额 当前余额 "
    "委案金额 委托金额 委外金额 欠款金额 欠款总额 总欠款 逾期金额 逾期总额 应还总额 "
    "欠款合计 当前欠款 "
    "currentbalance latestbalance "
    "amountplaced placedamount amount balance outstanding totaldue totalamount",
    Field.PRINCIPAL: "本金 欠款本金 本金余额 逾期本金 剩余本金 principal",
    Field.INTEREST: "利息 欠款利息 逾期利息 interest",
    Field.PENALTY: "违约金 滞纳金 逾期违约金 罚息 penalty latefee latecharge",
    Field.FEES: "费用 手续费 其他费用 fees fee charges",
    Field.MINIMUM_DUE: "最低还款额 最低还款 最低应还 最低应还款额 本期应还 本期应还金额 本期应还款额 "
    "每期应还 每期还款额 月供 期供 minimumdue minimumpayment mindue minpayment",
    Field.OVERDUE: "逾期部分 逾期部分金额 逾期应还金额 逾期应还款额 overdueamount overduepart pastdueamount",
    Field.DAYS_PAST_DUE: "逾期天数 逾期日数 拖欠天数 dpd dayspastdue daysoverdue overduedays",
    Field.STATEMENT_DAY: "账单日 帐单日 statementday billingday cycleday",
    Field.DUE_ON: "到期还款日 还款日 最后还款日 到期日 应还款日 duedate paymentduedate",
    Field.LAST_PAID_ON: "最近还款日期 最后还款日期 上次还款日期 最近一次还款日期 lastpaymentdate lastpaid",
    Field.LAST_PAID: "最近还款金额 最后还款金额 上次还款金额 最近一次还款金额 lastpaymentamount",
    Field.PREVIOUS_OVERDUE: "历史逾期次数 逾期次数 累计逾期次数 previousoverdue previousoverduecount timesoverdue",
    Field.OPENED_ON: "开卡日期 开户日期 开卡日 发卡日期 opened openedon opendate accountopened",
    Field.MOBILE: "本人手机 手机 手机号 手机号码 本人手机号 本人手机号码 移动电话 本人电话 联系电话 联络电话 "
    "手提电话 mobile mobilephone cellphone phone mobilenumber",
    Field.HOME_PHONE: "住宅电话 家庭电话 住址电话 宅电 homephone hometel",
    Field.EMPLOYER: "单位名称 工作单位 单位 公司名称 employer company companyname",
    Field.WORK_PHONE: "单位电话 办公电话 公司电话 workphone officephone businessphone employerphone",
    Field.HOME_ADDRESS: "家庭地址 住宅地址 现住址 居住地址 住址 地址 账单地址 homeaddress address residence",
    Field.REGISTERED_ADDRESS: "户籍地址 户籍所在地 户口地址 身份证地址 registeredaddress permanentaddress",
    Field.REMARK: "备注 说明 附注 remark remarks note notes comment comments",
}
_PAYMENT: Mapping[Field, str] = {
    **_SHARED,
    Field.PAID_ON: "还款日期 交易日期 缴款日期 交易日 paymentdate paidon transactiondate date",
    Field.POSTED_ON: "入账日期 入账日 记账日期 记账日 到账日期 到账日 postingdate postedon posteddate valuedate",
    Field.PAID_AT: "还款时间 交易时间 入账时间 paymenttime transactiontime time",
    Field.PAID: "还款金额 入账金额 交易金额 到账金额 缴款金额 回款金额 金额 amount amountpaid paymentamount paid",
    Field.PAY_CHANNEL: "还款渠道 渠道 还款方式 交易渠道 channel paymentchannel method",
    Field.REFERENCE: "流水号 交易流水号 流水 交易流水 参考号 reference ref transactionid transactionno serialno",
    Field.PAYER: "还款人 付款人 缴款人 还款人姓名 付款人姓名 payer paidby",
    Field.OWED_AFTER: "最新欠款 还款余额 剩余欠款 还款后余额 balanceafter remainingbalance",
    Field.SETTLED_SAID: "是否结清 结清标志 结清状态 settled paidinfull",
    Field.REMARK: "备注 说明 附注 摘要 remark remarks note notes",
}
_OVERDUE = frozenset({"逾期金额", "逾期总额"})
"""Headings of what is owed that say the overdue part where another column says the whole."""
LATEST = frozenset(
    {
        *("最新欠款", "最新欠款金额", "最新余额", "最新欠款余额", "当前余额", "当前欠款"),
        *("currentbalance", "latestbalance", "balance"),
    }
)
"""Of the headings of what is owed those that a file of balances alone bears."""
_NUMERALS = {n: i for i, n in enumerate("一二三四五六七八九十", 1)}
_RELATIVES = "配偶|父亲|母亲|子女|兄弟|姐妹|亲属|直系亲属|朋友|同事|担保人|保证人|共同借款人|共借人|共同债务人"
_PARTS = {
    "姓名": Field.CONTACT_NAME,
    "名称": Field.CONTACT_NAME,
    "": Field.CONTACT_NAME,
    "name": Field.CONTACT_NAME,
    "关系": Field.CONTACT_RELATION,
    "与本人关系": Field.CONTACT_RELATION,
    "与客户关系": Field.CONTACT_RELATION,
    "与持卡人关系": Field.CONTACT_RELATION,
    "relation": Field.CONTACT_RELATION,
    "relationship": Field.CONTACT_RELATION,
    "电话": Field.CONTACT_PHONE,
    "手机": Field.CONTACT_PHONE,
    "手机号": Field.CONTACT_PHONE,
    "手机号码": Field.CONTACT_PHONE,
    "电话号码": Field.CONTACT_PHONE,
    "联系电话": Field.CONTACT_PHONE,
    "联系方式": Field.CONTACT_PHONE,
    "号码": Field.CONTACT_PHONE,
    "phone": Field.CONTACT_PHONE,
    "mobile": Field.CONTACT_PHONE,
    "tel": Field.CONTACT_PHONE,
    "telephone": Field.CONTACT_PHONE,
}
_CONTACT = re.compile(
    r"(?:第?(?P<before>[一二三四五六七八九十]|\d{1,2})?位?(?:紧急|其他|亲属)?联系人|(?:emergency)?contact(?:person)?"
    rf"|(?P<relative>{_RELATIVES}))"
    r"(?P<middle>[一二三四五六七八九十]|\d{1,2})?(?P<part>\D*?)(?P<after>[一二三四五六七八九十]|\d{1,2})?"
)
PHONES = frozenset({Field.MOBILE, Field.HOME_PHONE, Field.WORK_PHONE})
_ONE_OF_SEVERAL = re.compile(r"(.+?)[一二三四五1-9]")
_NUMBERED = "一二三四五六七八九十0123456789"
_ABOUT = re.compile(r"(?:基本)?(?:信息|资料|情况|明细)$| (?:info|information|details)$", re.I)
_SOMEBODY_ELSE = re.compile(
    rf"(?:紧急|其他|亲属)?(?:联系人|{_RELATIVES})[一二三四五六七八九十\d]*|(?:工作|任职)?单位|公司"
    r"|(?:emergency)?contact(?:person)?\d*|guarantor\d*|spouse|employer|company"
)
_UNIT_BRACKET = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]$")
_TRADITIONAL = str.maketrans(
    "戶號帳賬證額還貸據餘單聯絡繫電話機備註發開類種幣總應債務關係親屬緊編稱數歷費違約滯納罰處別銀網業產貨當擔碼經辦",
    "户号账账证额还贷据余单联络系电话机备注发开类种币总应债务关系亲属紧编称数历费违约滞纳罚处别银网业产货当担码经办",
)
"""Of the characters of headings the traditional ones, and those written now."""
_BRACKETS = re.compile(r"\([^()]*\)")
_NOISE = re.compile(r"[\s*:_\-./#()'\"、，,]+")


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """What became of one column. ``field`` is None where the heading was not understood: its cells are extras.

    ``contact`` tells whose contact column it is ("1", "2", "配偶"). ``power`` is the power of ten of the unit its
    heading names (4 for 万元, -2 for 分; None where it names none), ``currency`` the currency it names.
    ``twice`` says that another column already holds this field, so that this one counts as an extra;
    ``hidden`` that nobody who opens the sheet sees it; ``left`` that it is not read, for somebody said so.
    """

    index: int
    letter: str
    header: str
    field: Field | None
    contact: str = ""
    relation: str = ""
    power: int | None = None
    currency: str = ""
    twice: bool = False
    hidden: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class HiddenChoice:
    """Which hidden columns somebody wants taken, whatever means the same, or left: "D", "Sheet1!D" of one sheet."""

    taken: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()

    def names(self) -> frozenset[str]:
        """All that were named."""
        return self.taken | self.left

    def of(self, sheet: str, hidden: frozenset[int]) -> "Hidden":
        """The same for one sheet that hides these columns."""

        def meant(names: frozenset[str]) -> frozenset[int]:
            return frozenset(at for at in hidden if {letter(at), f"{sheet}!{letter(at)}"} & names)

        return Hidden(hidden, meant(self.taken), meant(self.left))


@dataclass(frozen=True, slots=True)
class Hidden:
    """Columns a sheet hides, by their index; which of them count before others, which are not read."""

    columns: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()

    def rank(self, index: int) -> int:
        """Of columns of one meaning the lowest counts: one that is wanted though hidden, then one that is seen."""
        return -1 if index in self.taken else int(index in self.columns)

    def first(self, meanings: Iterable[tuple[int, Hashable]]) -> frozenset[int]:
        """Of the columns that mean something those that count: of each meaning one."""
        best: dict[Hashable, tuple[int, int]] = {}
        for index, meant in meanings:
            rank = self.rank(index), index
            best[meant] = min(best.get(meant, rank), rank)
        return frozenset(index for _, index in best.values())

    def left_out(self, headers: Sequence[str]) -> Iterator[ColumnMatch]:
        """The columns with a heading that are not read."""
        for index in sorted(self.left):
            if index < len(headers) and headers[index]:
                yield ColumnMatch(index, letter(index), headers[index], None, hidden=True, left=True)


NONE_HIDDEN = Hidden()
NO_CHOICE = HiddenChoice()


def normal(header: str) -> str:
    """A heading without what varies from file to file: width, case, blanks, brackets, stars."""
    return _NOISE.sub("", _BRACKETS.sub("", _plain(header)))


def _plain(header: str) -> str:
    return folded(header).casefold().translate(_TRADITIONAL)


@cache
def _synonyms(payments: bool) -> Mapping[str, Field]:
    table = _PAYMENT if payments else _PLACEMENT
    return {word: field for field, words in table.items() for word in words.split()}


@cache
def _meaning(header: str, payments: bool) -> tuple[Field | None, str, str]:
    """Field, contact key and implied relation of a heading."""
    known = _synonyms(payments)
    short = normal(header)
    whole = _NOISE.sub("", _plain(header))
    found = known.get(whole) or known.get(short)
    if found or payments:
        return found, "", ""
    numbered = _ONE_OF_SEVERAL.fullmatch(short)
    if numbered and known.get(numbered[1]) in PHONES:
        return known[numbered[1]], "", ""
    for text in (short, whole):
        match = _CONTACT.fullmatch(text)
        if match and match["part"] in _PARTS:
            number = match["before"] or match["middle"] or match["after"] or "1"
            relative = match["relative"] or ""
            return _PARTS[match["part"]], relative or str(_NUMERALS.get(number, number)), relative
    return None, "", ""


def under_group(group: str, heading: str, *, payments: bool = False) -> str:
    """What a heading means below a merged one: both words where they name a field together or are somebody else's.

    ``group`` alone ("欠款明细", a title) adds nothing, and the heading keeps its own meaning.
    """
    plain = _ABOUT.sub("", group.strip())
    for joined in (plain + heading, f"{plain} {heading}"):
        if _meaning(joined, payments)[0] is not None and (
            _meaning(joined, payments) != _meaning(heading, payments)
        ):
            return joined
    if _SOMEBODY_ELSE.fullmatch(normal(plain)):
        return f"{plain} {heading}"
    if unit_of_heading(group) != (None, "") and unit_of_heading(heading) == (None, ""):
        unit = _UNIT_BRACKET.search(group)
        return heading + unit[0] if unit else heading
    return heading


def letter(index: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def match_columns(
    headers: Sequence[str], *, payments: bool = False, hidden: Hidden = NONE_HIDDEN
) -> tuple[ColumnMatch, ...]:
    """What every non-empty heading means.

    Of two with one meaning one that is seen wins over a ``hidden`` one, unless somebody wants that taken, else the
    earlier, of two amounts owed the plainer (委案金额 before 逾期金额); the other is an extra. Several columns that
    are the debtor's own phones by their words all count. "关系" and "电话" right of a contact are that contact's,
    and a second "联系人" without a number is another contact.
    """
    found: list[tuple[int, str, Field | None, str, str]] = []
    contacts = _Contacts()
    for index, header in enumerate(headers):
        if header and index not in hidden.left:
            field, contact, relation = contacts.place(header, *_meaning(header, payments))
            found.append((index, header, field, contact, relation))
    best: dict[tuple[Field, str], tuple[int, int, int]] = {}
    for index, header, field, contact, _ in found:
        if field is not None:
            rank = (hidden.rank(index), _rank(header, field, payments), index)
            best[field, contact] = min(best.get((field, contact), rank), rank)
    matches = []
    for index, header, field, contact, relation in found:
        twice = field is not None and best[field, contact][2] != index
        if twice and field in PHONES:
            twice = normal(header) in _PARTS  # a bare "手机" further right may be anybody's
        power, currency = unit_of_heading(header)
        if twice and field is Field.AMOUNT and normal(header) in _OVERDUE and (Field.OVERDUE, "") not in best:
            field, twice = Field.OVERDUE, False  # noqa: PLW2901 -- beside the whole it is a part
            best[field, ""] = (0, 0, index)
        known = None if twice else field
        unseen = index in hidden.columns
        match = ColumnMatch(index, letter(index), header, known, contact, relation, power, currency, twice, unseen)
        matches.append(match)
    return (*matches, *hidden.left_out(headers))


class _Contacts:
    """Follows the headings from left to right to tell whose contact a bare "关系" or "电话" is."""

    def __init__(self) -> None:
        self._has: dict[str, set[Field]] = {}
        self._now: dict[str, str] = {}  # under what key the present one of several unnumbered contacts goes
        self._last = ""

    def place(self, header: str, field: Field | None, contact: str, relation: str) -> tuple[Field | None, str, str]:
        """The meaning of the next heading, given those before it."""
        part = _PARTS.get(normal(header)) if normal(header) else None
        if self._last and part is not None and part is not Field.CONTACT_NAME:
            if part not in self._has[self._last]:
                self._has[self._last].add(part)
                return part, self._last, self._last if self._last in _RELATIVES.split("|") else ""
            field = None  # a second bare phone beside a contact: theirs or the debtor's, the file doesn't say
        elif contact:
            if not any(digit in normal(header) for digit in _NUMBERED):
                contact = self._unnumbered(field, contact)
            self._has.setdefault(contact, set()).add(field or Field.CONTACT_NAME)
            self._last = contact
            return field, contact, relation
        if field is not None:
            self._last = ""
        return field, contact, relation

    def _unnumbered(self, field: Field | None, contact: str) -> str:
        key = self._now.get(contact, contact)
        while field in self._has.get(key, ()):
            key += "'"
        self._now[contact] = key
        return key


def _rank(header: str, field: Field, payments: bool) -> int:
    """How plainly a heading names what is owed or the account: the place of its word in our list."""
    if field not in {Field.AMOUNT, Field.ACCOUNT_NO}:
        return 0  # what stands further right may be somebody else's
    words = list(_synonyms(payments))
    text = normal(header)
    return words.index(text) if text in words else len(words)


@cache
def words_of_headings(payments: bool) -> frozenset[str]:
    """Words that are headings by themselves."""
    return frozenset(_synonyms(payments))


def understood(headers: Sequence[str], *, payments: bool = False) -> frozenset[Field]:
    """The fields a row of cells would name if it were the header; few or none for a row of data."""
    found = (_meaning(header, payments)[0] for header in headers if header and len(header) < 40)
    return frozenset(field for field in found if field is not None)
