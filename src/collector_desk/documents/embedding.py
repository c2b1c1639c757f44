"""How the font goes into a PDF: as reportlab subsets it, but with text that every reader can copy out again."""

from typing import Any

from reportlab.pdfbase import pdfdoc, ttfonts

_MOST_PER_BLOCK = 100  # the PDF standard's limit for one beginbfchar block; strict readers drop the rest


def to_unicode_map(name: str, subset: list[int]) -> str:
    """The CMap from the subset's codes to UTF-16, characters beyond U+FFFF as surrogate pairs.

    reportlab's own writes these as five digits in one block, which readers take for other characters.
    """
    pairs = [f"<{code:02X}> <{chr(c).encode('utf-16-be').hex().upper()}>" for code, c in enumerate(subset) if c]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(pairs), _MOST_PER_BLOCK):
        block = pairs[start : start + _MOST_PER_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


class DeskFont(ttfonts.TTFont):
    """A TrueType font whose ToUnicode maps are whole, and which never prints a blank for a character."""

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> Any:  # noqa: N802 -- reportlab's name
        """The runs of each subset. reportlab would print nothing for an unknown character; here it is an error:
        what the font lacks was to be replaced by ``ink`` before."""
        known = self.face.charToGlyph
        unknown = {code for code in map(ord, text) if code not in known}
        if unknown:
            raise LookupError("no outline for " + " ".join(f"U+{code:04X}" for code in sorted(unknown)[:5]))
        return super().splitString(text, doc, encoding)

    def addObjects(self, doc: Any) -> None:  # noqa: N802 -- reportlab's name
        """Add the font's objects to the document, then put the right maps in the place of reportlab's."""
        subsets = list(self.state[doc].subsets)
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = f"{ttfonts.SUBSETN(number).decode()}+{self.face.name.decode()}"
            stream: pdfdoc.PDFStream = doc.idToObject["toUnicodeCMap:" + name]
            stream.content = to_unicode_map(name, subset)
