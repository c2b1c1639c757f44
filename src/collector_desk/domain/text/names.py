"""What a person's name is: one folding for the search, the identity check and telling people apart.

The dot of a name is typed in a dozen ways or left out, a printer's font gives the radical ⻢ for 马, a copied cell
unseen characters. Names are one where their foldings are.
"""

import re
import unicodedata

from collector_desk.domain.text.bare import bare

DOTS = "·•‧∙⋅・･●⸱ꞏ᛫․．"
"""What files put between the parts of a name that is written in several."""

SEPARATORS = DOTS + " \t\n\r\v\f\u3000-‐‑‒–—―_/.,'’‘`\"“”()（）+"
"""What stands between the parts of a name and says nothing."""
_NOTHING = dict.fromkeys(map(ord, SEPARATORS))
_RADICALS = dict(
    zip(
        "⺁⺄⺇⺒⺓⺛⺜⺝⺞⺠⺧⺩⺪⺫⺬⺮⺶⺼⺽⻀⻁⻃⻄⻅⻆⻇⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻟⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂乙几巳幺旡日月歺民牛王疋目示竹羊肉臼艹虎覀西见角角贝足车長长门雨青韦页风飞食飠首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
        strict=True,
    )
)
"""Radicals that stand for a whole character; those of the Kangxi block every normal form knows."""
_LOST = re.compile(r"锟斤|斤拷|烫烫|屯屯|[\ufffd□]|[?？]{2}|[\u00a1-\u00ff]{4}|[\u00c2-\u00f4][\u0080-\u00bf]")
_USUAL = re.compile("[\u4e00-\u9fff]+")  # no normal form, no case and none of the above knows any of them
_WILD = re.compile(r"[?？*＊□\ufffd]+")


def folded(name: str) -> str:
    """A name without anything in which one writing of it may differ from another."""
    if _USUAL.fullmatch(name):
        return name  # most are
    if name.isascii():
        return bare(name).casefold().translate(_NOTHING)
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", bare(name)).casefold())
    if not plain.isascii():
        plain = "".join(
            _RADICALS.get(char, char) for char in plain if unicodedata.category(char) not in ("Me", "Mn")
        )
    return plain.translate(_NOTHING)


def lost(text: str, *, name: bool = False) -> bool:
    """Whether a text was lost before the file was made: what one encoding makes of another, ??? and □.

    In a ``name`` a single question mark is such a loss too.
    """
    return _LOST.search(text) is not None or (name and re.search(r"[?？]", text) is not None)


def perhaps_one(one: str, other: str) -> bool:
    """Whether two names may be one of which a character was lost or hidden: 王? and 王䶮."""
    first, second = _WILD.sub("?", folded(one)), _WILD.sub("?", folded(other))
    if len(first) != len(second) or not first:
        return False
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return all("?" in pair for pair in pairs) and len(pairs) < len(first)
