"""Text that means harm, or looks as if: what every field that takes free text is tried with."""

HOSTILE = {
    "markup": "<b>粗</b><img src='file:///etc/passwd'><script>alert(1)</script>",
    "entity": "&amp;<!ENTITY x SYSTEM 'file:///etc/passwd'>]]>",
    "equals": '=HYPERLINK("http://example.invalid","点我")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(A1:A9)",
    "tab first": "\t=1+1",
    "control": "一\x00二\x07三\x1b[31m四\x7f\x85",
    "line ends": "一\r\n二\r三\u2028四\u2029五\n",
    "bidi": "付款\u202e\u2067001 fdp.exe\u2069",
    "zero width": "张\u200b三\ufeff\u2060李\u00ad四",
    "emoji": "😀👨\u200d👩\u200d👧🏳️\u200d🌈",
    "rare": "𠮷𬭎\ue000\U000f0000",
    "half a pair": "前\ud800后\udfff",
    "combining": "Z" + "\u0301\u0323" * 300,
    "path": "../../../etc/passwd\x00.txt",
    "device": "C:\\CON\\aux|nul:",
    "sql": "'; DROP TABLE debtor; --\" OR 1=1",
    "fields": "{x} {0.__class__} {name!r:>9} {{}} %s %(a)d %n ${HOME}",
    "lone brace": "}{",
    "digits": "9" * 6000,
    "full width": "＝１＋１　＠ｓｕｍ（Ａ１）",
    "long": "长" * 100_000,
    "one line": "a" * 100_000,
    "spaces": " \t\u3000\u00a0 ",
}
HIDDEN = frozenset("\x00\x07\x1b\x7f\x85\r\u2028\u2029\u202e\u2067\u2069\u200b\ufeff\u2060\u00ad\ud800\udfff\ue000")
"""What must not be left in anything stored, shown or printed: it hides or reorders what a person reads."""
