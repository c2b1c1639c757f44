"""PostScript outlines to TrueType outlines, with fontTools. Only ``fonts`` calls this, to fill its cache."""

import io
from pathlib import Path
from typing import Any

_TOLERANCE = 1.0  # of 1000 units: not visible at any size a page is printed in
_EPOCH = (
    3_000_000_000  # a fixed date in the font's header: the same characters give the same bytes on every machine
)


def covered(source: Path) -> frozenset[int]:
    """The code points the font has a shape for."""
    from fontTools.ttLib import TTFont

    with TTFont(source, lazy=True) as font:
        return frozenset(font.getBestCmap())


def convert(source: Path, wanted: "set[int] | frozenset[int]", known: bytes | None) -> bytes:
    """A TrueType font of the wanted characters, taking from ``known`` (an earlier result) what it holds already."""
    from fontTools.ttLib import TTFont

    with TTFont(source, lazy=True) as font:
        cmap = font.getBestCmap()
        glyphs, metrics, names = _known(known)
        shapes = font.getGlyphSet()
        for code in sorted(wanted - names.keys()):
            name = cmap[code]
            names[code] = name
            if name not in glyphs:
                glyphs[name], metrics[name] = _convert_one(font, shapes, name)
        if ".notdef" not in glyphs:
            glyphs[".notdef"], metrics[".notdef"] = _convert_one(font, shapes, ".notdef")
        return _assemble(font, glyphs, metrics, names)


def _known(known: bytes | None) -> tuple[dict[str, Any], dict[str, tuple[int, int]], dict[int, str]]:
    if known is None:
        return {}, {}, {}
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(known), lazy=False)
    table = font["glyf"]
    return (
        {name: table[name] for name in font.getGlyphOrder()},
        dict(font["hmtx"].metrics),
        dict(font.getBestCmap()),
    )


def _convert_one(font: Any, shapes: Any, name: str) -> tuple[Any, tuple[int, int]]:
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    shapes[name].draw(Cu2QuPen(pen, _TOLERANCE, reverse_direction=True))
    glyph = pen.glyph()
    glyph.recalcBounds(None)
    left = getattr(glyph, "xMin", 0) if glyph.numberOfContours else 0
    return glyph, (font["hmtx"][name][0], left)


def _assemble(
    source: Any, glyphs: dict[str, Any], metrics: dict[str, tuple[int, int]], names: dict[int, str]
) -> bytes:
    """Every table but outlines, widths and characters is made of fixed values: what is embedded in a document may
    depend on the document's characters only, not on what the cache happens to hold besides."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    order = [".notdef", *sorted(glyphs.keys() - {".notdef"})]
    head, hhea = source["head"], source["hhea"]
    builder = FontBuilder(head.unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: metrics[name] for name in order})
    builder.setupHorizontalHeader(ascent=hhea.ascent, descent=hhea.descent)
    builder.setupNameTable({"familyName": "Noto Sans SC", "styleName": "Regular", "psName": "NotoSansSC-Regular"})
    builder.setupPost(keepGlyphNames=False)
    font = builder.font
    font["OS/2"] = DefaultTable("OS/2")
    font["OS/2"].data = source.reader["OS/2"]  # as it is: compiled anew it would name the first and last character
    font.recalcBBoxes = False
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = _EPOCH
    for side in ("xMin", "yMin", "xMax", "yMax"):
        setattr(font["head"], side, getattr(head, side))
    _fix_limits(font, hhea)
    file = io.BytesIO()
    font.save(file, reorderTables=None)
    return file.getvalue()


def _fix_limits(font: Any, hhea: Any) -> None:
    for name in ("advanceWidthMax", "minLeftSideBearing", "minRightSideBearing", "xMaxExtent"):
        setattr(font["hhea"], name, getattr(hhea, name))
    maxp = font["maxp"]
    for name in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
                 "maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth", "maxCompositePoints",
                 "maxCompositeContours"):  # fmt: skip
        setattr(maxp, name, 0)
    maxp.maxZones, maxp.maxPoints, maxp.maxContours = 1, 2000, 200  # above any glyph of the font
