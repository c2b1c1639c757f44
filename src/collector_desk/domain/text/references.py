"""References to a proof: what somebody else can look up, told from what only fills a field.

"x", "1", "无", "test", "111111" or "123456" say nothing that a second person could check.
"""

import unicodedata

MIN_SIGNS, MIN_FIGURES, MIN_DIFFERENT = 6, 3, 4
_FILLING = """
na none nil null no nothing unknown test tests testing todo tbd xxx xx x abc abcd asdf asdfgh qwer qwerty aaa foo
bar proof record recording file doc document ref reference number contract message
无 没有 暂无 不详 未知 测试 凭证 录音 文件 编号 合同 资料 略 同上 待补 见附件
"""
_FILLERS = frozenset(_FILLING.split())
_RUNS = ("01234567890123456789", "98765432109876543210")


def is_reference(text: str) -> bool:
    """Whether a text names something that can be found again: words, and figures that are no mere run."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    signs = [char for char in plain if char.isalnum()]
    figures = "".join(char for char in signs if char.isdecimal())
    words = "".join(char if char.isalpha() else " " for char in plain).split()
    if len(signs) < MIN_SIGNS or len(figures) < MIN_FIGURES or len(set(signs)) < MIN_DIFFERENT:
        return False
    if len(set(figures)) == 1 or any(figures in run for run in _RUNS):
        return False
    bare = [word for word in words if word not in _FILLERS]
    return bool(bare) or len(figures) > MIN_SIGNS


def is_tail(text: str) -> bool:
    """Whether a text may be an identity number or its last four characters: no single sign repeated."""
    return len(text) >= 4 and len(set(text)) > 1
